"""Items that were split in other words: a new row that begins with what an item has lost is a part of it."""

from __future__ import annotations

import pytest

from tests.support.pairing import matched, number, pairs
from tongbao.matching.two_periods import Matching

OTHERS = "县教育局 | 扩建白塔镇中心小学，年底前投入使用\n县水利局 | 整治云水河河道，清淤3公里\n县交通局 | 改建青禾镇至柳湾公路"
WHOLE = "完成滨河路雨污分流改造，压实属地责任，落实配套资金"


def ledger(first: str, *last: str) -> str:
    """A ledger of four rows, and what was added behind them."""
    return "\n".join(["单位 | 事项", f"县住建局 | {first}", OTHERS, *last])


def parts(found: Matching) -> list[tuple[int, int]]:
    return [(number(p.prior), number(p.current)) for p in found.split]


@pytest.mark.parametrize(
    ("rest", "part"),
    [
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "落实配套资金", id="to the letter"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "落实配在资金", id="a slip"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "保障配套资金", id="another word"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "落实配套资金，6月底前到位", id="gone on with"),
        pytest.param("完成滨河路雨污分流改造，", "压实在地责任，落实配套资金", id="two clauses"),
        pytest.param("完成滨河路雨污分流改造", "压实属地责任、落实配套资金", id="two clauses with another sign"),
        pytest.param(
            "完成滨河路雨污分流改造，压实属地责任", "落实配套资金并于6月底前到位", id="gone on with without one"
        ),
        pytest.param("抓好滨河路雨污分流提升改造", "筹集配套的资金", id="both rewritten"),
    ],
)
def test_a_row_that_begins_with_a_clause_that_an_item_lost_is_its_part(rest: str, part: str):
    found = matched(ledger(WHOLE), ledger(rest, f"县住建局 | {part}"))
    assert parts(found) == [(1, 1), (1, 5)]
    assert found.new == ()
    assert all(pair.assumed for pair in found.split), "it is told of"


def test_a_part_is_found_wherever_it_stands_and_also_where_both_have_another_unit_now():
    now = ledger("完成滨河路雨污分流改造，压实属地责任", "县民政局 | 建设养老服务中心", "县住建局 | 落实配在资金")
    assert parts(matched(ledger(WHOLE), now)) == [(1, 1), (1, 6)]
    moved = now.replace("县住建局", "县城投公司")
    assert (1, 6) in parts(matched(ledger(WHOLE), moved))


def test_the_parts_of_a_project_whose_name_is_put_otherwise_are_its_parts():
    then, now = (
        "名称 | 单位 | 事项\n" + rows + "白塔镇中心小学 | 县教育局 | 扩建教学楼\n云水河治理工程 | 县水利局 | 清淤3公里"
        for rows in (
            "滨河公园项目 | 县住建局 | 协调解决选址论证，每周报送进展情况\n",
            "云溪县滨河公园项目 | 县住建局 | 协调解决选址论证\n云溪县滨河公园项目 | 县住建局 | 每周报送进展情况\n",
        )
    )
    assert parts(matched(then, now)) == [(1, 1), (1, 2)]


def test_a_clause_in_far_other_words_is_asked_about():
    found = matched(ledger(WHOLE), ledger("完成滨河路雨污分流改造，压实属地责任", "县住建局 | 足额筹措并管好配套资金"))
    assert [(number(q.row), [number(row) for row, _ in q.candidates], q.why) for q in found.questions] == [
        (1, [1, 5], "像是拆成了几项")
    ]


@pytest.mark.parametrize(
    ("rest", "new"),
    [
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "县住建局 | 新建滨江公园，落实配套资金", id="behind another task"),
        pytest.param(WHOLE, "县住建局 | 落实配套资金", id="the item has it still"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任，保障配套资金", "县住建局 | 落实配套资金", id="in other words"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "县财政局 | 落实配套资金", id="of another unit"),
    ],
)  # fmt: skip
def test_a_row_with_a_clause_of_an_item_is_new_where_the_item_lost_nothing_to_it(rest: str, new: str):
    found = matched(ledger(WHOLE), ledger(rest, new))
    assert pairs(found) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert [number(row) for row in found.new] == [5]
    assert found.questions == ()


def asked(found: Matching) -> list[tuple[int, list[int]]]:
    return [(number(q.row), [number(row) for row, _ in q.candidates]) for q in found.questions]


def test_an_item_divided_by_other_signs_has_lost_nothing():
    now = WHOLE.replace("，", "、")
    found = matched(ledger(WHOLE), ledger(now, "县住建局 | 落实配套资金，建设停车场"))
    assert parts(found) == []
    assert asked(found) == []
    assert (1, 1) in pairs(found)


@pytest.mark.parametrize("cut", [1, 2])
def test_of_two_items_that_lost_one_clause_the_part_is_of_the_one_with_its_units(cut: int):
    rows = ["县商务局 | 推进粮库扩容，并做好群众工作", "县水利局、县商务局 | 推进矿山修复，并做好群众工作"]
    then = "\n".join(["单位 | 事项", *rows[::-1][:cut], *rows[:1] * (cut == 1), OTHERS])
    now = "\n".join(["单位 | 事项", *(row.split("，")[0] for row in rows), "县商务局 | 并做好群众众工作", OTHERS])
    found = matched(then, now)
    whole = {p.prior.text for p in found.split}
    assert whole == {"推进粮库扩容，并做好群众工作"}


# ---------------------------------------------------------------------------------------------- put into one


HEAD = "序号 | 单位 | 事项 | 进展 | 状态\n"
MORE = "8 | 县文旅局 | 筹办农民丰收节 | {0} |\n9 | 县信访局 | 化解信访积案 | {0} |"
ROADS = ("学府路东延", "滨河路改造", "凤凰大道北延", "云水大桥加固")


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("sign", ["；", "，", "、"])
def test_an_item_made_of_several_takes_each_of_them_along(count: int, sign: str):
    several = "".join(f"{n} | 县住建局 | 实施{road} | 设计 |\n" for n, road in enumerate(ROADS[:count], 1))
    one = sign.join(f"实施{road}" for road in ROADS[:count])
    found = matched(HEAD + several + MORE.format("甲"), HEAD + f"1 | 县住建局 | {one} | 开工 |\n" + MORE.format("乙"))
    assert (found.gone, found.questions, found.new) == ((), (), ())
    assert len(found.merged) + pairs(found).count((1, 1)) == count
    assert all(pair.assumed for pair in found.merged), "it is told of"


def test_an_item_that_went_while_others_were_put_into_one_is_asked_about():
    rows = "".join(f"{n} | 县住建局 | 实施{road} | 设计 |\n" for n, road in enumerate(ROADS[:3], 1))
    now = HEAD + f"1 | 县住建局 | 实施{ROADS[0]}；实施{ROADS[2]} | 开工 |\n" + MORE.format("乙")
    found = matched(HEAD + rows + MORE.format("甲"), now)
    assert [row.text for row in found.gone] == [f"实施{ROADS[1]}"]


def test_two_items_of_two_units_put_into_one_of_both():
    before = "1 | 县财政局 | 落实专项债券资金 | 申报 |\n2 | 县自然资源局 | 足额保障安置费用 | 测算 |\n"
    one = "1 | 县财政局、县自然资源局 | 落实专项债券资金，足额保障安置费用 | 到位 |\n"
    found = matched(HEAD + before + MORE.format("甲"), HEAD + one + MORE.format("乙"))
    assert (found.gone, found.questions) == ((), ())


# ---------------------------------------------------------------------------------------------- the same words again


@pytest.mark.parametrize("last", [False, True])
def test_two_rows_where_one_of_their_words_stood_before_are_asked_about(last: bool):
    rows = ["县住建局 | 滨河路改造工程", "县文旅局 | 筹办农民丰收节", "县信访局 | 化解信访积案"]
    now = [*rows, rows[0]] if last else [rows[0], *rows]
    found = matched("\n".join(["单位 | 事项", *rows]), "\n".join(["单位 | 事项", *now]))
    assert [(n, len(options)) for n, options in asked(found)] == [(1, 2)]


def test_a_task_given_to_one_more_unit_is_new_there_and_nothing_is_asked():
    rows = ["县住建局 | 滨河路改造工程", "县文旅局 | 筹办农民丰收节", "县信访局 | 化解信访积案"]
    now = [*rows, "县城管局 | 滨河路改造工程"]
    found = matched("\n".join(["单位 | 事项", *rows]), "\n".join(["单位 | 事项", *now]))
    assert asked(found) == []
    assert [number(row) for row in found.new] == [4]


@pytest.mark.parametrize("kept", ["A", ""])
@pytest.mark.parametrize("names", [("东段", "西段"), ("（东段）", "（西段）"), ("1号", "2号")])
def test_parts_that_are_named_after_the_whole_are_its_parts(kept: str, names: tuple[str, str]):
    head = "编号 | 单位 | 名称 | 事项 | 进展\n"
    others = "B | 县卫健委 | 县医院迁建 | 建设病房楼 | {0}\nC | 县商务局 | 冷链物流园 | 建设冷库 | {0}"
    before = "A | 县住建局 | 滨河路改造项目 | 改造道路3公里，敷设管网，并做好群众工作 | 施工\n"
    now = f"{kept} | 县住建局 | 滨河路改造项目{names[0]} | 改造道路3公里 | 封顶\n"
    now += f" | 县住建局 | 滨河路改造项目{names[1]} | 敷设管网，并做好群众工作 | 进场\n"
    found = matched(head + before + others.format("甲"), head + now + others.format("乙"))
    assert found.new == () or found.questions


@pytest.mark.parametrize("kept", ["7", ""])
@pytest.mark.parametrize("names", [("东段", "西段"), ("（南区）", "（北区）"), ("1号楼", "2号楼"), ("一期", "二期")])
@pytest.mark.parametrize("whole", ["滨河路改造", "盐池中学新建工程", "推进滨河路改造{}，年底前完工"])
def test_rows_that_are_named_after_an_item_by_their_task_alone_are_asked_about(
    kept: str, names: tuple[str, str], whole: str
):
    head, others = "编号 | 单位 | 事项 | 进展\n", "8 | 县卫健委 | 县医院迁建 | {0}\n9 | 县商务局 | 冷链物流园建设 | {0}"
    one, two = (whole.format(name) if "{}" in whole else f"{whole}{name}" for name in names)
    before = f"7 | 县住建局 | {whole.format('')} | 施工\n" + others.format("甲")
    now = f"{kept} | 县住建局 | {one} | 封顶\n | 县住建局 | {two} | 进场\n" + others.format("乙")
    (asked,) = matched(head + before, head + now).questions
    assert {number(row) for row, _ in asked.candidates} == {1, 2}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("滨河路改造", "滨河路改造二期"),  # a further phase, the item stands as it was
        ("滨河路改造工程", "滨河路改造二期工程"),
        ("滨河路提升改造", "滨河路改造二期"),  # put otherwise, no part itself
        ("滨河路改造（一期）", "滨江路改造（二期）"),  # named after another one
    ],
)
def test_a_further_phase_of_an_item_that_goes_on_is_no_part_of_it(one: str, two: str):
    then, now = ledger("滨河路改造"), ledger(one, f"县住建局 | {two}")
    assert matched(then, now).split == ()


def test_rows_of_one_text_were_not_merged_into_one_that_has_no_more_than_that_text():
    one = "县住建局 | 推进金山小学建设，落实配套资金"
    found = matched(
        ledger("修缮文庙", one, one, one), ledger("修缮文庙", "县住建局 | 进一步推进金山小学建设，落实配套资金")
    )
    assert found.merged == ()


HAZARDS = """单位 | 事项 | 企业
城关街道 | 灭火器过期 | 万家超市
城关街道 | 配电箱没有接地 | 安居工地
城关街道 | 电缆私拉乱接 | 利民菜场
南湖街道 | 安全出口上锁 | 第三中学
南湖街道 | 消防通道堵塞 | 南湖宾馆
南湖街道 | 液化气瓶间没有报警器 | 湖鲜酒楼"""


def test_a_new_row_of_the_same_words_at_another_enterprise_is_another_item():
    found = matched(HAZARDS, HAZARDS + "\n城关街道 | 灭火器过期 | 安居工地")
    assert ([row.others["企业"] for row in found.new], found.questions) == (["安居工地"], ())


def test_a_new_row_of_the_same_words_under_another_person_is_asked_about():
    lines = [line.split(" | ") for line in HAZARDS.splitlines()[1:]]
    people = "单位 | 事项 | 经办人\n" + "\n".join(f"{unit} | {task} | {unit[0]}某" for unit, task, _ in lines)
    found = matched(people, people + "\n城关街道 | 灭火器过期 | 郑某")
    assert found.questions


REST = (
    "\n4 | 县教育局 | 扩建白塔镇中心小学\n5 | 县水利局 | 整治云水河河道，清淤3公里\n6 | 县交通局 | 改建青禾镇至柳湾公路"
)


def numbered(*rows: str) -> str:
    return "\n".join(["编号 | 单位 | 事项", *rows]) + REST


@pytest.mark.parametrize(
    ("whole", "one", "others"),
    [
        pytest.param("滨河路改造", "滨河路改造东段", ["滨河路改造西段"], id="stretches"),
        pytest.param("推进滨河路改造工程", "推进滨河路（东段）改造工程", ["推进滨河路（西段）改造工程"], id="within the name"),
        pytest.param("新城产业园建设", "新城产业园一期建设", ["新城产业园二期建设"], id="phases"),
        pytest.param("新城产业园建设", "新城产业园一期建设", ["新城产业园二期建设", "新城产业园三期建设"], id="three"),
        pytest.param("建设停车场，落实资金", "建设城东停车场，落实资金", ["建设城西停车场"], id="sides of the town"),
        pytest.param("实施供热管网改造", "实施供热管网改造第一标段", ["实施供热管网改造第二标段，年底前完工"], id="lots"),
    ],
)  # fmt: skip
def test_where_an_item_got_a_number_and_a_new_row_has_the_next_a_person_is_asked_whether_it_was_split(
    whole: str, one: str, others: list[str]
):
    """The first one kept the 编号, which says that it is the item, not that it is all of it."""
    now = numbered(f"7 | 县住建局 | {one}", *(f" | 县住建局 | {other}" for other in others))
    found = matched(numbered(f"7 | 县住建局 | {whole}"), now)
    options = [1, *range(2, 2 + len(others))]
    assert [(number(q.row), [number(row) for row, _ in q.candidates], q.why) for q in found.questions] == [
        (1, options, "像是拆成了几项")
    ]


@pytest.mark.parametrize(
    ("whole", "one", "new"),
    [
        pytest.param("滨河路改造", "滨河路改造", "县住建局 | 滨河路改造西段", id="the item has no number"),
        pytest.param("滨河路改造一期", "滨河路改造一期", "县住建局 | 滨河路改造二期", id="it had its own before"),
        pytest.param("滨河路改造", "滨河路改造东段", "县水务集团 | 滨河路改造西段", id="another unit"),
        pytest.param("滨河路改造", "滨河路改造东段", "县住建局 | 迎宾路改造西段", id="another road"),
        pytest.param("滨河路改造", "滨河路改造东段", "县住建局 | 滨河路改造二期", id="a number of another kind"),
    ],
)
def test_a_row_with_a_number_is_new_where_no_other_one_got_its_own(whole: str, one: str, new: str):
    found = matched(numbered(f"7 | 县住建局 | {whole}"), numbered(f"7 | 县住建局 | {one}", f" | {new}"))
    assert (1, 1) in pairs(found)
    assert ([number(row) for row in found.new], found.questions) == ([2], ())
