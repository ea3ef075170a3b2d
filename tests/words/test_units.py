"""Unit cells: rosters, line breaks inside and between names, aliases, slips, and rosters learned from a ledger."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tongbao.model import Place
from tongbao.words.collective import is_collective
from tongbao.words.learning import learn
from tongbao.words.units import Doubt, Roster

ROSTER, _ = Roster.from_rows(
    [
        ["名称", "简称/别名", "排序"],
        ["县财政局", "", 1],
        ["县发展和改革委员会", "发改委、县发改局", 2],
        ["县住房和城乡建设局", "住建局", 3],
        ["县自然资源和规划局", "自规局", 4],
        ["县公安局", "", 5],
        ["县人社局", "", 6],
        ["县民政局", "", 7],
        ["县委宣传部", "", 8],
        ["云溪县人民政府办公室", "县府办", 9],
        ["青石镇", "", 10],
        ["柳林镇", "", 11],
        ["云溪东区建设办公室", "", 12],
    ]
)


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("县财政局、县公安局", "县财政局 县公安局"),
        ("县财政局，县公安局；县民政局/青石镇", "县财政局 县公安局 县民政局 青石镇"),
        ("县财政局\n县公安局", "县财政局 县公安局"),
        ("县财政局 县公安局", "县财政局 县公安局"),
        ("县住房和城乡\n建设局", "县住房和城乡建设局"),
        ("县自然资源和\n规划局\n县财政局", "县自然资源和规划局 县财政局"),
        ("云溪东区\n建设办公室\n青石镇", "云溪东区建设办公室 青石镇"),
        ("青  石  镇", "青石镇"),
        ("住建局、发改委", "县住房和城乡建设局 县发展和改革委员会"),
        ("云溪县财政局", "县财政局"),
        ("财政局", "县财政局"),
        ("宣传部", "县委宣传部"),
        ("县政府办公室", "云溪县人民政府办公室"),
        ("县人社局、公安局、民政局", "县人社局 县公安局 县民政局"),
        ("县财政局、县公安局及青石镇", "县财政局 县公安局 青石镇"),
        ("县自然资源和规划局和县财政局", "县自然资源和规划局 县财政局"),
        ("县自然资源和规划局", "县自然资源和规划局"),
        ("牵头单位：县公安局\n配合单位：县财政局、青石镇", "县公安局 县财政局 青石镇"),
        ("县公安局牵头，县财政局配合", "县公安局 县财政局"),
        ("县公安局（牵头）、县财政局（配合）", "县公安局 县财政局"),
        ("1.县公安局 2.县财政局", "县公安局 县财政局"),
        ("县公安局、县公安局", "县公安局"),
        ("各相关单位", "各相关单位"),
        ("县财政局、各乡（街道）", "县财政局 各乡（街道）"),
        ("", ""),
    ],
)
def test_a_cell_names_its_units_in_the_order_typed(cell: str, units: str) -> None:
    read = ROSTER.read(cell)
    assert " ".join(read.units) == units
    assert read.doubts == ()


@pytest.mark.parametrize(
    ("cell", "heads"),
    [
        ("县财政局 李明", ("李明",)),
        ("县财政局（李明）", ("李明",)),
        ("县财政局（李明、王小川）、县公安局", ("李明", "王小川")),
        ("县财政局\n李明 13900000000\n县公安局\n王局长", ("李明", "13900000000", "王局长")),
    ],
)
def test_heads_beside_a_unit_are_not_units(cell: str, heads: tuple[str, ...]) -> None:
    read = ROSTER.read(cell)
    assert set(read.units) <= {"县财政局", "县公安局"}
    assert read.heads == heads
    assert read.doubts == ()


@pytest.mark.parametrize(
    ("cell", "units", "doubt"),
    [
        (
            "县自然资源局和规划局",
            ("县自然资源和规划局",),
            Doubt("县自然资源局和规划局", "县自然资源和规划局", (), "不在单位名单里，只差一个字"),
        ),
        ("柳林镇镇", ("柳林镇",), Doubt("柳林镇镇", "柳林镇", (), "不在单位名单里，只差一个字")),
        ("县财正局", ("县财正局",), Doubt("县财正局", "", ("县财政局",), "不在单位名单里")),
        ("市财政局", ("市财政局",), Doubt("市财政局", "", ("县财政局",), "不在单位名单里")),
        ("青石镇、某某单位", ("青石镇", "某某单位"), Doubt("某某单位", "", (), "不在单位名单里")),
        ("县财政局（县国资办）", ("县财政局",), Doubt("县国资办", "", (), "写在单位后面的括号里，没有算作单位")),
        (
            "青石新区\n管理办公室",
            ("青石新区管理办公室",),
            Doubt(
                "青石新区\n管理办公室",
                "青石新区管理办公室",
                ("青石新区、管理办公室",),
                "不在单位名单里，也看不准换行处是不是两个单位",
            ),
        ),
    ],
)
def test_what_is_not_on_the_roster_is_asked(cell: str, units: tuple[str, ...], doubt: Doubt) -> None:
    read = ROSTER.read(cell)
    assert read.units == units
    assert read.doubts == (doubt,)


def test_a_slip_that_may_mean_two_units_is_not_decided() -> None:
    roster = Roster.from_names(["云溪县河道管理中心", "云溪县水道管理中心"])
    read = roster.read("云溪县道管理中心")
    assert read.units == ("云溪县道管理中心",)
    assert read.doubts[0].candidates == ("云溪县河道管理中心", "云溪县水道管理中心")


def test_a_carried_place_is_that_of_the_unit_before_it() -> None:
    roster = Roster.from_names(["市公安局", "县公安局", "市民政局", "县民政局"])
    assert roster.read("县民政局、公安局").units == ("县民政局", "县公安局")
    assert roster.read("市民政局、公安局").units == ("市民政局", "市公安局")
    assert roster.read("公安局").doubts != ()


@pytest.mark.parametrize(
    ("name", "collective"), [("各乡镇", True), ("有关部门和单位", True), ("青石镇", False), ("县财政局", False)]
)
def test_collective_names_stand_for_several_units(name: str, collective: bool) -> None:
    assert is_collective(name) is collective


def test_units_order_as_the_roster_does_and_unknown_ones_come_last() -> None:
    assert sorted(["青石镇", "某某局", "县公安局", "县财政局"], key=ROSTER.order) == [
        "县财政局",
        "县公安局",
        "青石镇",
        "某某局",
    ]


def test_a_roster_sheet_is_read_by_its_headers_and_its_mistakes_are_told() -> None:
    roster, problems = Roster.from_rows(
        [
            ["单位名单", "", ""],
            ["序号", "单位名称", "简称"],
            ["2", "县财政局", "财局"],
            ["1", "县公安局", "局里"],
            ["三", "县民政局", "局里；民政"],
            ["", "县财政局", ""],
        ],
        Place("units.xlsx", "名单"),
    )
    assert [u.name for u in roster.units] == ["县公安局", "县财政局", "县民政局"]
    assert roster.find("财局") == "县财政局"
    assert roster.find("局里") is None
    assert [(p.code, p.place.cell, p.message) for p in problems] == [
        ("roster_twice", "6", "单位“县财政局”写了两次（第3行、第6行）"),
        ("roster_alias", "4", "“局里”既指“县公安局”又指“县民政局”，不作简称用"),
        ("roster_order", "5", "单位“县民政局”的排序“三”不是数字，排在最后"),
    ]


def test_a_sheet_without_names_is_no_roster() -> None:
    roster, problems = Roster.from_rows([["电话", "地址"], ["1", "2"]])
    assert roster.units == ()
    assert [p.message for p in problems] == ["单位名单里找不到“名称”一列"]


def test_a_ledger_teaches_the_names_that_stand_alone_and_those_broken_over_lines() -> None:
    roster, doubts = learn(
        [
            "自然资源和规划局\n财政金融局\n东河片区\n青石镇",
            "财政金融局\n交通运输局",
            "自然资源和\n规划局",
            "住房和城乡\n建设局\n卫生健康委\n柳林街道",
            "南山高新\n片区\n自然资源和规划局",
            "发展改革和统计局\n各相关单位",
            "住房和城乡\n建设局",
        ]
    )
    assert [u.name for u in roster.units] == [
        "自然资源和规划局",
        "财政金融局",
        "东河片区",
        "青石镇",
        "交通运输局",
        "住房和城乡建设局",
        "卫生健康委",
        "柳林街道",
        "南山高新片区",
        "发展改革和统计局",
    ]
    assert doubts == ()


def test_evidence_of_other_cells_decides_a_line_break() -> None:
    cell = "南山新区\n建设办公室"
    assert [u.name for u in learn([cell])[0].units] == ["南山新区建设办公室"]
    assert learn([cell])[1] == (
        Doubt(cell, "南山新区建设办公室", ("南山新区、建设办公室",), "中间换行，看不准是不是两个单位"),
    )
    assert learn([cell, "南山新区建设办公室"])[1] == ()
    assert [u.name for u in learn([cell, "南山新区"])[0].units] == ["南山新区", "建设办公室"]


def test_two_spellings_of_one_unit_are_one_and_told() -> None:
    cells = [
        "区财政局",
        "区财政局",
        "区住建局",
        "财政局",
        "区自然资源和规划局",
        "区自然资源和规划局",
        "区自然资源局和规划局",
    ]
    roster, doubts = learn(cells)
    assert [(u.name, u.aliases) for u in roster.units] == [
        ("区财政局", ("财政局",)),
        ("区住建局", ()),
        ("区自然资源和规划局", ("区自然资源局和规划局",)),
    ]
    assert [(d.text, d.why) for d in doubts] == [
        ("财政局", "与“区财政局”像是同一个单位"),
        ("区自然资源局和规划局", "与“区自然资源和规划局”只差一个字"),
    ]


@pytest.mark.parametrize("roster", [["财政局", "石桥镇", "东山片区"], ["财政局", "石桥镇"]])
def test_an_area_on_a_line_of_its_own_is_not_swallowed_by_the_town_below(roster: list[str]) -> None:
    assert Roster.from_names(roster).read("财政局\n东山片区\n石桥镇").units == ("财政局", "东山片区", "石桥镇")


def test_a_collective_name_on_a_line_of_its_own_is_no_part_of_the_unit_above() -> None:
    roster, _ = learn(["县财政局\n各相关单位", "各相关\n单位"])
    assert roster.read("县财政局\n各相关单位").units == ("县财政局", "各相关单位")
    assert roster.read("各相关\n单位").units == ("各相关单位",)


def test_units_of_another_level_are_not_taken_for_ours() -> None:
    roster, _ = learn(["区财政局", "区住建局", "区公安局", "市民政局", "民政局"])
    assert [u.name for u in roster.units][-2:] == ["市民政局", "民政局"]


NAMES = st.lists(st.sampled_from([u.name for u in ROSTER.units]), min_size=1, max_size=6, unique=True)


@given(NAMES, st.sampled_from(["、", "，", "\n", " ", "；\n"]))
def test_known_names_are_found_whatever_separates_them(names: list[str], separator: str) -> None:
    assert ROSTER.read(separator.join(names)).units == tuple(names)


@given(NAMES, st.data())
def test_a_known_name_is_found_wherever_a_line_break_cuts_it(names: list[str], data: st.DataObject) -> None:
    cuts = [data.draw(st.integers(1, len(n) - 1)) for n in names]
    cell = "、".join(f"{n[:i]}\n{n[i:]}" for n, i in zip(names, cuts, strict=True))
    assert ROSTER.read(cell).units == tuple(names)


@example("1（\n区（")
@given(st.text("县市区财政局和及、（） \n镇王明各单位：牵头1.委", max_size=30))
def test_any_cell_is_read_and_any_ledger_learned(cell: str) -> None:
    ROSTER.read(cell)
    roster, _ = learn([cell, cell[::-1]])
    assert all(unit.name == unit.name.strip() for unit in roster.units)


def test_a_cell_full_of_something_else_is_not_read_as_units() -> None:
    read = ROSTER.read("县财政局和" * 1000)
    assert read.units == ()
    assert [d.why for d in read.doubts] == ["太长，不像是单位名称，没有读"]


# ---------------------------------------------------------------------------------------------- nothing is lost


@pytest.mark.parametrize(
    "cell",
    [
        "县卫健委\n县水利局",
        "县卫健委、县水利局",
        "县卫健委，县水利局",
        "县卫健委；县水利局",
        "县卫健委/县水利局",
        "县卫健委+县水利局",
        "县卫健委 县水利局",
        "县卫健委县水利局",
        "县卫健委和县水利局",
        "县卫健委（牵头）\n县水利局（配合）",
        "牵头：县卫健委；配合：县水利局",
        "县卫健委牵头负责，县水利局配合",
        "1.县卫健委 2.县水利局",
        "1.县卫健委2.县水利局",
        "1、县卫健委\n2、县水利局",
        "一、县卫健委\n二、县水利局",
        "①县卫健委②县水利局",
        "县卫\n健委\n县水\n利局",
        "县卫健委\n水利局",
        "县卫健委\n松岭县水利局",
    ],
)
def test_a_unit_that_is_not_on_the_roster_stands_beside_one_that_is(cell: str) -> None:
    read = Roster.from_names(["水利局"]).at_home("松岭县").read(cell)
    assert read.units == ("县卫健委", "水利局")
    assert [d.text for d in read.doubts] == ["县卫健委"]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("水利局等有关部门", "水利局 有关部门"),
        ("财政局、水利局等相关单位", "财政局 水利局 相关单位"),
        ("县水利局及各乡镇", "水利局 各乡镇"),
        ("县水利局\n及各乡镇", "水利局 各乡镇"),
        ("各乡镇和县水利局", "各乡镇 水利局"),
        ("县水利局各科室", "水利局 各科室"),
        ("水利局等部门", "水利局 等部门"),
        ("水利局、财政局等5个单位", "水利局 财政局 等5个单位"),
        ("水利局等", "水利局 等"),
        ("各乡镇县水利局", "各乡镇 水利局"),
        ("各乡镇\n县水利局", "各乡镇 水利局"),
        ("财政局水利局", "财政局 水利局"),
        ("县财政局县水利局", "财政局 水利局"),
    ],
)
def test_named_units_are_not_swallowed_by_those_that_nobody_can_list(cell: str, units: str) -> None:
    read = Roster.from_names(["水利局", "财政局"]).at_home("松岭县").read(cell)
    assert " ".join(read.units) == units
    assert read.doubts == ()


@pytest.mark.parametrize(
    "name",
    [
        "各相关单位",
        "各乡镇",
        "有关部门和单位",
        "县直各部门",
        "云溪县政府各部门",
        "各乡（街道）",
        "镇街",
        "县直有关部门",
        "其他责任单位",
        "相关县区",
        "各县（市、区）",
        "各乡镇及有关部门",
        "各乡镇和街道",
        "县安委会成员单位",
        "各局委办",
        "相关行业主管部门",
        "县委各部门",
        "等部门",
        "等5个单位",
        "有关乡镇（街道）",
    ],
)
def test_names_of_several_units(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "水利局等有关部门",
        "县水利局及各乡镇",
        "县相关产业发展中心",
        "各乡镇和县水利局",
        "卫健委各科室",
        "青石镇各村",
        "城关街道各社区",
        "县有关企业服务中心",
        "财政局等成员单位",
        "县其他事务中心",
        "乡镇企业局",
        "县中等职业学校",
    ],
)
def test_names_that_hold_a_unit(name: str) -> None:
    assert not is_collective(name)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("县水利局", "水利局"),
        ("松岭县水利局", "水利局"),
        ("市水利局", "市水利局"),
        ("云溪县水利局", "云溪县水利局"),
        ("青石镇水利局", "青石镇水利局"),
        ("县卫健委县水利局", "县卫健委县水利局"),
        ("县政府办公室", "县政府办公室"),
    ],
)
def test_only_the_place_of_the_office_may_stand_in_front(name: str, unit: str) -> None:
    roster = Roster.from_names(["水利局", "县委办公室"]).at_home("松岭县")
    assert (roster.find(name) or name) == unit


def test_a_place_that_the_ledger_has_before_other_units_may_stand_in_front() -> None:
    roster = Roster.from_names(["水利局"])
    assert roster.read("县水利局").units == ("县水利局",)
    assert roster.seeing(["县财政局、县公安局"]).read("县水利局").units == ("水利局",)


def test_what_stands_in_brackets_is_printed_with_its_unit() -> None:
    read = ROSTER.read("县财政局（县国资办）、县公安局（李明）")
    assert read.units == ("县财政局", "县公安局")
    assert read.printed == ("县财政局（县国资办）", "县公安局")


TYPED = [
    "县卫健委",
    "县水利局",
    "县教育局",
    "城关镇",
    "松岭化工",
    "县住房和城乡建设局",
    "县相关产业发展中心",
    "县人民法院",
    "高新区管委会",
    "县消防救援大队",
    "河东街道",
    "县供销社",
]
BETWEEN = ["、", "，", "；", "/", "\n", " ", "和", "及", "（牵头）、", "\n\n", "；配合单位："]


def letters(text: str) -> str:
    """A cell without what separates units and without the place in front, for comparison."""
    for word in ("（牵头）", "配合单位：", *"、，；/ \n和及县"):
        text = text.replace(word, "")
    return text


@given(st.lists(st.sampled_from(TYPED), min_size=1, max_size=5, unique=True), st.data())
def test_the_units_of_a_cell_joined_give_the_cell(names: list[str], data: st.DataObject) -> None:
    listed = data.draw(st.lists(st.sampled_from(TYPED), unique=True))
    roster = Roster.from_names(n.removeprefix("县") if data.draw(st.booleans()) else n for n in listed)
    cell = names[0] + "".join(data.draw(st.sampled_from(BETWEEN)) + name for name in names[1:])
    if data.draw(st.booleans()):
        at = data.draw(st.integers(1, len(cell) - 1))
        cell = f"{cell[:at]}\n{cell[at:]}" if "（" not in cell and "：" not in cell else cell
    read = roster.at_home("松岭县").read(cell)
    assert letters("".join(read.units)) == letters(cell)
    known = {"各乡镇"} | {n.removeprefix("县") for n in listed}
    untold = {u for u in read.units if not any(d.text.replace("\n", "") == u for d in read.doubts)}
    assert {u.removeprefix("县") for u in untold} <= known


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("城关镇\n人民政府", "城关镇人民政府"),
        ("柳林街道\n办事处", "柳林街道办事处"),
        ("国家税务总局\n云溪县税务局", "国家税务总局云溪县税务局"),
        ("青石镇\n人民政府、县水利局", "青石镇人民政府 县水利局"),
        ("县水利局 责任人：李明", "县水利局"),
        ("县水利局\n联系人：王小川", "县水利局"),
        ("县水利局，分管领导：王小川", "县水利局"),
        ("县水利局（牵头）县财政局", "县水利局 县财政局"),
        ("县水利局牵头，县财政局配合", "县水利局 县财政局"),
        ("县水利局牵头县财政局配合", "县水利局 县财政局"),
        ("县水利局会同县财政局", "县水利局 县财政局"),
        ("县水利局、县财政局按职责分工负责", "县水利局 县财政局"),
        ("县财政局按照各自职责落实", "县财政局"),
        ("县水利局、其他有关部门按职责分工负责", "县水利局 其他有关部门"),
        ("县水利局等5部门", "县水利局 等5部门"),
        ("会同县水利局、县财政局", "会同县水利局 县财政局"),
        ("责任人：李明", ""),
        ("分管领导：王小川", ""),
    ],
)
def test_what_stands_beside_or_between_units_is_no_part_of_them(cell: str, units: str) -> None:
    roster, _ = learn([cell])
    assert list(roster.read(cell).units) == units.split()


def test_how_units_work_together_stays_in_print() -> None:
    read = Roster.from_names(["县水利局", "县财政局"]).read("县水利局、县财政局按职责分工负责")
    assert read.printed == ("县水利局", "县财政局按职责分工负责")
    assert read.doubts == ()


@pytest.mark.parametrize(
    "listed", ["县各界联谊会", "县各族青年交流中心", "县相关产业服务中心", "相关产业园区管理办公室"]
)
def test_a_name_that_the_roster_lists_is_a_unit(listed: str) -> None:
    read = Roster.from_names(["县水利局", listed]).read(f"县水利局、{listed}")
    assert (read.units, read.collective) == (("县水利局", listed), ())
    assert Roster.from_names(["县水利局"]).read("县水利局、各乡镇").collective == ("各乡镇",)


@pytest.mark.parametrize("name", ["青石镇", "青石镇人民政府", "青石镇政府", "云溪县青石镇", "云溪县青石镇人民政府"])
def test_a_town_is_one_unit_with_and_without_its_government(name: str) -> None:
    for own in ("青石镇", "青石镇人民政府"):
        assert Roster.from_names([own, "县水利局"]).at_home("云溪县").read(name).units == (own,)
    learned, _ = learn(["青石镇人民政府", "青石镇人民政府", name], "云溪县")
    assert learned.read(name).units == ("青石镇人民政府",)


def test_the_place_of_the_office_makes_no_other_unit() -> None:
    cells = ["云溪县水利局", "县水利局", "县水利局、县财政局", "云溪县人民医院", "松岭县水利局"]
    roster, _ = learn(cells, "云溪县")
    assert [u.name for u in roster.units] == ["县水利局", "县财政局", "云溪县人民医院", "松岭县水利局"]
    assert roster.read("云溪县水利局").units == ("县水利局",)


@pytest.mark.parametrize(
    ("cell", "units", "heads"),
    [
        ("县水利局 13812345678", ("县水利局",), ("13812345678",)),
        ("县水利局（0551-1234567）", ("县水利局",), ("0551-1234567",)),
        ("县水利局 李明 13812345678", ("县水利局",), ("李明", "13812345678")),
        ("县水利局（联系人：李明，13812345678）、县财政局", ("县水利局", "县财政局"), ("李明", "13812345678")),
        ("县水利局 联系电话：2345678", ("县水利局",), ("2345678",)),
        ("县水利局\n联系人：王小川\n县财政局", ("县水利局", "县财政局"), ("王小川",)),
        ("第2人民医院、县水利局", ("第2人民医院", "县水利局"), ()),
    ],
)
def test_whom_to_call_is_no_unit_and_is_told_of(cell, units, heads):
    read = Roster.from_names(["县水利局", "县财政局"]).read(cell)
    assert (read.units, read.heads) == (units, heads)
