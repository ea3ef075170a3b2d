"""Rows that nobody filled in: found by what stood there last period, told by unit, counted as the clerk decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.builders import meetings, projects
from tests.support.drawing import xlsx
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.ledger.read import read_book
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.silence import Decision, heard, settled, silences
from tongbao.model import Filling, Ledger, Level, Picture, Place, Problem, Row
from tongbao.words.periods import parse_period

HEAD = "| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |\n"
# Another row in which the office leaves its status empty both times: its habit.
HABIT = "| 9 | 修订县域商业体系建设规划 | 县商务局 | {} | |\n"
OTHER = "| 8 | 组织森林防火专项行动 | 县林业局 | {} | 正常推进 |\n"


def ledger(when: str, table: str, kind: Kind | None = None, *, prepared: bool = False) -> Ledger:
    book, _ = sheets.parse(xlsx(table), f"台账{when}.xlsx")
    span = parse_period(when)
    assert book
    assert span
    found, _ = read_book(book, kind or meetings(), span, as_of=span.last, roster=None)
    assert found
    return replace(found, prepared=prepared)


def undecided(row: Row) -> None:
    return None


def after(before: str, now: str, *, prepared: bool = False, decide=undecided, kind: Kind | None = None) -> Ledger:
    old, new = ledger("2024-01", before, kind), ledger("2024-02", now, kind, prepared=prepared)
    return settled(new, match(old, new)[0], kind or meetings(), decide)[0]


def row(progress: str, status: str) -> str:
    return f"| 1 | 完成大坝安全鉴定并报批 | 县水利局 | {progress} | {status} |\n"


R, C, U, S = Filling.REPORTED, Filling.COPIED, Filling.UNFILLED, Filling.STATUSLESS


# before: 进展 and 状态; now: 进展 and 状态; then for a ledger kept by hand, for one that the program prepared.
@pytest.mark.parametrize(
    ("before", "now", "by_hand", "prepared"),
    [
        (("在编制", "正常推进"), ("已编完", "正常推进"), R, R),
        (("在编制", "正常推进"), ("已编完", "需加快推进"), R, R),
        (("在编制", "正常推进"), ("在编制", "需加快推进"), R, R),
        (("在编制", "正常推进"), ("", "需加快推进"), R, R),
        (("在编制", "正常推进"), ("", "正常推进"), U, R),  # typed anew, where the program had emptied it
        (("在编制", "正常推进"), ("在编制", "正常推进"), C, C),
        (("在编制", "正常推进"), ("在 编制。", "正常推进"), C, C),
        (("在编制", "正常推进"), ("无变化", "正常推进"), C, C),
        (("在编制", "正常推进"), ("—", "正常推进"), C, C),
        (("在编制", "正常推进"), ("无进展", "正常推进"), R, R),  # that work stands still is news
        (("在编制", "正常推进"), ("已编完", ""), S, S),
        (("在编制", "正常推进"), ("在编制", ""), U, U),
        (("在编制", "正常推进"), ("", ""), U, U),
        (("", "正常推进"), ("", "正常推进"), C, R),
        (("", "正常推进"), ("在编制", "正常推进"), R, R),
        (("在编制", ""), ("已编完", ""), R, R),  # nothing was emptied: the office leaves it so
        (("在编制", ""), ("在编制", ""), C, U),
        (("在编制", ""), ("", ""), U, U),
        (("在编制", "正常推进"), ("已报批", "完成"), R, R),
        (("在编制", "正常推进"), ("", "完成"), R, R),
        (("在编制", "正常推进"), ("", "撤销"), R, R),
        (("在编制", "正常推进"), ("", "未报送"), R, R),  # the clerk has decided in the cell
    ],
)
def test_what_was_filled_in(before, now, by_hand, prepared):
    old, new = HEAD + row(*before) + OTHER.format("甲"), HEAD + row(*now) + OTHER.format("乙")
    assert after(old, new).rows[0].filling is by_hand
    assert after(old, new, prepared=True).rows[0].filling is prepared


@pytest.mark.parametrize(
    ("now", "filling"),
    [(("已编完", ""), R), (("在编制", ""), C), (("", ""), U), (("", "正常推进"), U), (("在编制", "正常推进"), C)],
)
def test_an_office_that_leaves_statuses_empty_by_habit(now, filling):
    old = HEAD + row("在编制", "正常推进") + OTHER.format("甲") + HABIT.format("甲")
    new = HEAD + row(*now) + OTHER.format("乙") + HABIT.format("乙")
    assert after(old, new).rows[0].filling is filling


def test_a_copy_in_which_most_statuses_were_emptied_shows_no_habit():
    old = HEAD + row("在编制", "正常推进") + OTHER.format("甲") + HABIT.format("甲")
    new = HEAD + row("在编制", "") + OTHER.format("甲").replace("正常推进", "") + HABIT.format("甲")
    assert [r.filling for r in after(old, new).rows] == [U, U, U]


def test_one_emptied_status_is_no_emptied_column():
    old = HEAD + row("在编制", "需加快推进") + HABIT.format("甲")
    found = after(old, HEAD + row("已编完", "") + HABIT.format("乙"))
    assert [(r.filling, r.label) for r in found.rows] == [(R, "正常推进"), (R, "正常推进")]


def ledger_of_five(*rows: tuple[str, str]) -> str:
    tasks = ("完成大坝安全鉴定", "组织森林防火", "新建中心小学", "整治占道经营", "改造农贸市场")
    return HEAD + "".join(f"| {n} | {tasks[n]} | 县水利局 | {said} | {word} |\n" for n, (said, word) in enumerate(rows))


def test_statuses_that_go_while_others_come_show_the_habit():
    late, done = "需加快推进", "完成"
    old = ledger_of_five(("甲", late), ("甲", late), ("甲", late), ("甲", ""), ("甲", ""))
    caught_up = [("乙", ""), ("乙", "")]
    for others in ([("乙", late), ("乙", late), ("乙", "")], [("乙", ""), ("乙", late), ("乙", done)]):
        found = after(old, ledger_of_five(*caught_up, *others))
        assert [(r.filling, r.label) for r in found.rows[:2]] == [(R, "正常推进")] * 2
    found = after(old, ledger_of_five(*caught_up, ("乙", ""), ("乙", ""), ("乙", "")))
    assert [r.label for r in found.rows] == [late] * 3 + ["正常推进"] * 2
    assert after(old, ledger_of_five(("甲", ""), *caught_up[1:], *others)).rows[0].label == late


def test_a_sheet_without_progress_tells_by_the_status_alone():
    head = "| 序号 | 交办事项 | 责任单位 | 备注 |\n"
    rows = "| 1 | 完成大坝安全鉴定并报批 | 县水利局 | {} |\n| 2 | 组织森林防火 | 县林业局 | 正常推进 |\n"
    assert [r.filling for r in after(head + rows.format("正常推进"), head + rows.format("正常推进")).rows] == [R, R]
    assert [r.filling for r in after(head + rows.format("正常推进"), head + rows.format("")).rows] == [U, R]


@pytest.mark.parametrize(
    ("cells", "filling"),
    [
        ("4.5 | 基础施工 | 达序时", R),
        ("4 | 基础施工 | 达序时", C),
        ("4.5 | 基础施工 |", S),
        ("4 | |", U),
    ],
)
def test_an_amount_that_moved_is_news(cells, filling):
    head = "| 序号 | 项目名称 | 责任单位 | 总投资 | 累计完成投资 | 形象进度 | 状态 |\n"
    other = "| 2 | 县医院迁建 | 县卫健委 | 9 | {} | {} | 达序时 |"
    old = head + "| 1 | 新材料产业园 | 经开区 | 20 | 4 | 基础施工 | 达序时 |\n" + other.format(1, "在建")
    new = head + f"| 1 | 新材料产业园 | 经开区 | 20 | {cells} |\n" + other.format(2, "封顶")
    assert after(old, new, kind=projects()).rows[0].filling is filling


# ---------------------------------------------------------------------------------------------- first ledgers


def test_a_first_ledger_that_nobody_filled_in():
    new = ledger("2024-01", HEAD + row("", "") + OTHER.format("").replace("正常推进", ""))
    assert [r.filling for r in settled(new, None, meetings(), undecided)[0].rows] == [U, U]


def test_a_first_ledger_with_some_news():
    new = ledger("2024-01", HEAD + row("", "") + OTHER.format("甲"))
    found = settled(new, None, meetings(), undecided)[0]
    assert [(r.filling, r.label) for r in found.rows] == [(S, "正常推进"), (R, "正常推进")]


# ---------------------------------------------------------------------------------------------- how it counts


OLD = HEAD + row("在编制", "需加快推进") + OTHER.format("甲")
NEW = HEAD + row("", "") + OTHER.format("乙")
HALF = HEAD + row("已编完", "") + OTHER.format("乙")


def counts(now: str, decision: Decision | None) -> tuple[str, str, str]:
    found = after(OLD, now, prepared=True, decide=lambda row: decision).rows[0]
    return found.label, found.state.value, found.get("进展")


@pytest.mark.parametrize(
    ("now", "decision", "then"),
    [
        (NEW, None, ("未报送", "unreported", "")),
        (NEW, Decision.NOT_REPORTED, ("未报送", "unreported", "")),
        (NEW, Decision.AS_BEFORE, ("需加快推进", "lagging", "在编制")),
        (HALF, None, ("", "unknown", "已编完")),
        (HALF, Decision.NOT_REPORTED, ("需加快推进", "lagging", "已编完")),
        (HALF, Decision.AS_BEFORE, ("需加快推进", "lagging", "已编完")),
    ],
)
def test_what_becomes_of_it(now, decision, then):
    assert counts(now, decision) == then


def test_what_was_not_reported_last_period_is_not_known_as_before():
    first, second, third = (ledger(f"2024-0{n}", t, prepared=n > 1) for n, t in enumerate((OLD, NEW, NEW), 1))
    second = settled(second, match(first, second)[0], meetings(), lambda row: Decision.NOT_REPORTED)[0]
    third = settled(third, match(second, third)[0], meetings(), lambda row: Decision.AS_BEFORE)[0]
    assert third.rows[0].label == "未报送"


def test_emptying_a_status_opens_nothing_and_turns_no_lag_into_progress():
    old = HEAD + row("已报批", "完成") + row("在编制", "需加快推进").replace("1 |", "2 |", 1).replace("大坝", "泵站")
    new = old.replace("完成 |\n", "|\n").replace("需加快推进", "")
    rest = HABIT + OTHER + OTHER.replace("8", "7").replace("森林防火", "防汛")
    found = after(old + rest.replace("{}", "甲"), new + rest.replace("{}", "乙"))
    assert [(r.label, r.done) for r in found.rows[:2]] == [("完成", True), ("需加快推进", False)]


# ---------------------------------------------------------------------------------------------- what is told


def told(now: str, decision: Decision | None = None, *, prepared: bool = True) -> list[tuple[str, str]]:
    old, new = ledger("2024-01", OLD), ledger("2024-02", now, prepared=prepared)
    new, link = settled(new, match(old, new)[0], meetings(), lambda row: decision)
    changes, _ = compare(new, old, link, [old])
    return [(p.level.label, p.message) for p in silences(changes, lambda row: decision, meetings())]


def test_it_is_told_unit_by_unit():
    more = "| 2 | 落实配套资金并拨付 | 县水利局、县财政局 | | |\n"
    assert told(NEW + more) == [
        (
            "必改",
            "县水利局有2项没有填报本期情况：第1项 完成大坝安全鉴定并报批（第2行）；第2项 落实配套资金并拨付（第4行）",
        ),
        ("必改", "县财政局有1项没有填报本期情况：第2项 落实配套资金并拨付（第4行）"),
    ]
    assert told(HALF) == [("必改", "县水利局有1项填了进展，没有填状态：第1项 完成大坝安全鉴定并报批（第2行）")]
    assert told(NEW, Decision.AS_BEFORE) == [
        ("请核", "县水利局有1项没有填报，照上期计：第1项 完成大坝安全鉴定并报批（第2行）")
    ]
    assert told(NEW, Decision.NOT_REPORTED) == [
        ("请核", "县水利局有1项没有填报，列为未报送：第1项 完成大坝安全鉴定并报批（第2行）")
    ]
    copied = HEAD + row("在编制", "需加快推进") + OTHER.format("乙")
    assert told(copied, prepared=False) == [
        ("请核", "县水利局有1项状态、进展与上期一字不差：第1项 完成大坝安全鉴定并报批（第2行）")
    ]


def test_a_picture_for_a_progress_is_told_beside_the_row():
    old, new = ledger("2024-01", OLD), ledger("2024-02", NEW, prepared=True)
    first = new.rows[0]
    shown = replace(first, pictures=(Picture(new.place(first, "进展"), "xl/media/image1.png"),))
    new = replace(new, rows=(shown, *new.rows[1:]))
    new, link = settled(new, match(old, new)[0], meetings(), undecided)
    changes, _ = compare(new, old, link, [old])
    (told,) = silences(changes, undecided, meetings())
    assert told.message == (
        "县水利局有1项没有填报本期情况：第1项 完成大坝安全鉴定并报批（第2行，“完成情况”一格是图片）"
    )


@pytest.mark.parametrize("beside", ["cell_picture", "only_comment"])
def test_of_a_progress_that_is_there_otherwise_than_as_a_text_is_not_told_that_it_is_missing(beside):
    place = Place("台账.xlsx", "台账", 2, 4)
    two = [Problem(Level.WARNING, code, "", place=place) for code in (beside, "progress_missing")]
    assert [p.code for p in heard(two, ledger("2024-01", OLD))] == [beside]


def test_a_whole_ledger_without_news_is_one_line_that_names_all_units():
    tasks = ["安全鉴定", "泵站检测", "河道清淤", "小学新建", "医院搬迁", "道路拓宽", "桥梁重建"]
    units = ["县水利局", "县财政局", "县水利局", "县教育局", "县水利局", "县财政局", "县水利局、县教育局"]
    row = "| {} | {} | {} | {} | {} |\n"
    rows = [(n, task, unit) for n, (task, unit) in enumerate(zip(tasks, units, strict=True), 1)]
    old = HEAD + "".join(row.format(*r, "在办", "正常推进") for r in rows)
    new = HEAD + "".join(row.format(*r, "", "") for r in rows)
    before, now = ledger("2024-01", old), ledger("2024-02", new, prepared=True)
    now, link = settled(now, match(before, now)[0], meetings(), undecided)
    changes, _ = compare(now, before, link, [before])
    (problem,) = silences(changes, undecided, meetings())
    assert problem.message == "整本台账还没有填报本期情况，共7项：县水利局4项、县财政局2项、县教育局2项"


def test_a_status_that_counts_as_last_period_is_told_as_such():
    (said,) = told(HALF, Decision.AS_BEFORE)
    assert said == ("请核", "县水利局有1项没有填状态，状态照上期计：第1项 完成大坝安全鉴定并报批（第2行）")


def test_the_progress_of_a_finished_row_is_not_lost_with_its_status():
    old = HEAD + row("已报批", "完成") + OTHER.format("甲") + HABIT.format("甲")
    found = after(old, HEAD + row("", "") + OTHER.format("乙") + HABIT.format("乙")).rows[0]
    assert (found.done, found.get("进展")) == (True, "已报批")
