"""What falls: totals that are explained or stop the paper, amounts of one item that went down; over invented years too."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.builders import column, kind, ledger
from tests.support.drawing import xlsx
from tests.support.drawn import drawn
from tests.support.followed import HABITS, followed
from tests.support.followed import ledger as invented
from tests.support.trials import tried
from tests.support.year import Year
from tongbao.config.kinds import Base, Column, ColumnType, Count, Kind, Label
from tongbao.config.office import Report
from tongbao.matching.answers import Answer, Mark, Verdict
from tongbao.matching.changes import compare
from tongbao.matching.falls import falls, numeral_fell
from tongbao.matching.match import match
from tongbao.matching.register import based, plan_year
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, Level, Problem, State

BASES = tuple(Base)


def works(*amounts: Column) -> Kind:
    """Works with an amount done, and others."""
    columns = [column("序号"), column("事项", required=True), column("责任单位", type=ColumnType.UNITS), column("进展")]
    amount = column("完成投资", type=ColumnType.AMOUNT, unit="万元")
    status = column("状态", type=ColumnType.STATUS, required=True)
    labels = [Label("完成", State.DONE), Label("正常", State.ON_TRACK, default=True), Label("滞后", State.LAGGING)]
    return kind([*columns, *(amounts or [amount]), status], labels)


def fallen(
    *found: Ledger | str, base: Base = Base.ALL, count: Count = Count.ROWS, answers: tuple[Answer, ...] = (), opening: int = 0,
    starts: date | None = None, label: str = "2025",
) -> tuple[list[Problem], list[Problem]]:  # fmt: skip
    """What is said of totals that fell, and of the rows of the two periods, in the last of these ledgers."""
    ledgers = [drawn(one, f"{label}-{n:02d}") if isinstance(one, str) else one for n, one in enumerate(found, 1)]
    links = [match(before, now, answers)[0] for before, now in pairwise(ledgers)]
    changes, problems = compare(ledgers[-1], ledgers[-2], links[-1], ledgers[:-1], links[:-1])
    return judged(changes, base, ledgers[0], count, opening, starts), problems


def judged(
    changes: Changes, base: Base, first: Ledger, count: Count = Count.ROWS, opening: int = 0, starts: date | None = None
) -> list[Problem]:
    report = Report("试", "works", "题", Path(), Path(), opening_closed=opening, year_starts=starts)
    changes = based(changes, base, plan_year(changes.current.period, starts))
    return list(falls(changes, replace(works(), count=count), report, first))


def messages(problems: list[Problem]) -> list[str]:
    return [f"{p.level.label} {p.message}" for p in problems]


BEFORE = "序号 | 事项 | 状态\n1 | 修路 |\n2 | 建桥 | 滞后\n3 | 种树 | 完成\n4 | 清淤 |"


# ---------------------------------------------------------------------------------------------- totals


def test_a_total_that_did_not_fall_is_not_spoken_of():
    assert fallen(BEFORE, BEFORE + "\n5 | 办学 |")[0] == []
    assert fallen(BEFORE, "序号 | 事项 | 状态\n1 | 修路 |\n2 | 建桥 | 滞后\n3 | 清淤 |")[0] == []


def test_what_was_withdrawn_and_merged_explains_why_the_total_fell():
    now = "序号 | 事项 | 状态 | 理由\n1 | 修路 | |\n2 | 清淤 | 撤销 | 政策调整\n3 | 办学 | |"
    merged = Answer(("2025-01", "2025-02"), Mark(text="建桥"), Verdict.MERGED, Mark(text="修路"))
    found, _ = fallen(BEFORE, now, answers=(merged,), opening=55)
    assert messages(found) == ["提示 总数由59变为58：并入1项、撤销1项，增加1项"]


def test_withdrawn_by_an_answer_explains_as_well():
    answer = Answer(("2025-01", "2025-02"), Mark(text="建桥"), Verdict.WITHDRAWN, Mark(), "上级取消")
    found, _ = fallen(BEFORE, "序号 | 事项 | 状态\n1 | 修路 |\n4 | 清淤 |", answers=(answer,))
    assert messages(found) == ["提示 总数由4变为3：撤销1项"]


@pytest.mark.parametrize("base", BASES)
def test_rows_that_are_gone_stop_the_paper_with_their_places(base):
    found, rows = fallen(BEFORE, "序号 | 事项 | 状态\n1 | 修路 |\n3 | 种树 | 完成", base=base)
    assert messages(found) == [
        "必改 总数上期4、本期2，上期计入的2项本期不再计入，没有说明：2025-01.xlsx“台账”第3行；2025-01.xlsx“台账”第5行"
    ]
    assert "2025-02.xlsx" in found[0].fix
    message = "上期未完成，本期的2025-02.xlsx里没有，去向不明"
    assert [(p.place.file, p.place.row, p.message) for p in rows] == [("2025-01.xlsx", n, message) for n in (3, 5)]


def test_by_the_sheet_finished_rows_leave_as_a_matter_of_course():
    later = "序号 | 事项 | 状态\n1 | 修路 |\n2 | 建桥 | 滞后\n3 | 清淤 |"
    assert messages(fallen(BEFORE, later, base=Base.SHEET)[0]) == ["提示 总数由4变为3：办结后移出台账1项"]
    assert messages(fallen(BEFORE, later + "\n销号\n | 种树 | 完成", base=Base.SHEET)[0]) == [
        "提示 总数由4变为3：办结后移出台账1项"
    ]


def test_with_the_old_plan_year_go_its_finished_items_and_what_was_closed_before_the_first_ledger():
    found, _ = fallen(
        drawn(BEFORE, "2025-03"), drawn(BEFORE, "2025-04"), base=Base.YEAR, opening=20, starts=date(2024, 4, 1)
    )
    assert messages(found) == ["提示 总数由24变为3：上一计划年度办结不再计入21项"]
    assert "year_starts" in found[0].fix


def test_a_new_plan_year_is_told_also_where_as_many_items_came():
    found, _ = fallen(drawn(BEFORE, "2024-12"), drawn(BEFORE + "\n5 | 办学 |", "2025-01"), base=Base.YEAR)
    assert messages(found) == ["提示 总数由4变为4：上一计划年度办结不再计入1项，增加1项"]


def test_in_a_new_plan_year_a_row_that_is_gone_stops_the_paper_all_the_same():
    found, _ = fallen(
        drawn(BEFORE, "2024-12"), drawn("序号 | 事项 | 状态\n1 | 修路 |\n2 | 建桥 | 滞后", "2025-01"), base=Base.YEAR
    )
    assert messages(found) == ["必改 总数上期4、本期2，上期计入的1项本期不再计入，没有说明：2024-12.xlsx“台账”第5行"]


SUBROWS = "序号 | 事项 | 状态\n1 | 修东路 |\n1 | 修西路 |\n2 | 种树 |\n3 | 清淤 |"


def test_where_items_are_counted_one_of_their_rows_may_go():
    withdrawn = "序号 | 事项 | 状态 | 理由\n1 | 修东路 | |\n1 | 修西路 | 撤销 | 政策调整\n2 | 种树 | |\n3 | 清淤 | |"
    assert fallen(SUBROWS, withdrawn, count=Count.ITEMS)[0] == []
    assert messages(fallen(SUBROWS, withdrawn)[0]) == ["提示 总数由4变为3：撤销1项"]


def test_two_items_that_bear_one_number_now_stop_the_paper_where_items_are_counted():
    mistyped = "序号 | 事项 | 状态\n1 | 修东路 |\n1 | 修西路 |\n2 | 种树 |\n2 | 清淤 |"
    assert messages(fallen(SUBROWS, mistyped, count=Count.ITEMS)[0]) == [
        "必改 总数上期3、本期2，上期计入的1项本期不再计入，没有说明：2025-01.xlsx“台账”第5行（本期在“台账”第5行）"
    ]
    assert fallen(SUBROWS, mistyped)[0] == []


def test_items_put_under_one_number_on_purpose_are_explained():
    now = drawn("序号 | 事项 | 状态\n1 | 修东路 |\n1 | 修西路 |\n2 | 种树 |\n2 | 清淤 |", "2025-02")
    now = replace(now, rows=(*now.rows[:3], replace(now.rows[3], merged=frozenset({"序号"}))))
    assert messages(fallen(SUBROWS, now, count=Count.ITEMS)[0]) == ["提示 总数由3变为2：归入同一序号1项"]


def test_a_row_lost_in_an_earlier_period_is_told_with_both_places_until_it_is_back_or_answered():
    later = "序号 | 事项 | 状态\n1 | 修路 |\n2 | 建桥 | 滞后"
    assert [p.code for p in fallen(BEFORE, later)[1]] == ["unaccounted"]
    (problem,) = fallen(BEFORE, later, later, later)[1]
    assert (problem.code, problem.level) == ("lost_before", Level.WARNING)
    assert problem.message == "2025-01.xlsx“台账”第5行未完成，2025-02.xlsx里没有，以后也没有，去向不明"
    assert "-p 2025-02" in problem.fix
    answer = Answer(("2025-01", "2025-02"), Mark(text="清淤"), Verdict.WITHDRAWN, Mark(), "上级取消")
    assert fallen(BEFORE, later, later, answers=(answer,))[1] == []
    (back,) = fallen(BEFORE, later, BEFORE)[1]
    assert "上期的2025-02.xlsx里没有，2025-01.xlsx“台账”第5行却有" in back.message


# ---------------------------------------------------------------------------------------------- invented years


@pytest.mark.parametrize("habit", HABITS)
def test_a_right_ledger_is_never_stopped_and_each_fall_is_explained(habit):
    for seed in range(tried(100, 15)):
        year = Year(random.Random(seed), answers=seed % 3 == 0)
        first = invented(year, 1, habit)
        for month, changes, problems in followed(year, habit):
            assert [p for p in problems if p.code in ("unaccounted", "lost_before")] == []
            for base in BASES:
                found = judged(changes, base, first, random.Random(seed).choice(list(Count)))
                assert [p for p in found if p.level is Level.ERROR] == [], (seed, month, base)
            before = year.previous(month)
            if before and len(year.truth(month).counted) < len(year.truth(before).counted):
                (note,) = judged(changes, Base.ALL, first)
                truth = year.truth(month)
                assert ("撤销" in note.message, "并入" in note.message) == (bool(truth.withdrawn), bool(truth.merged))


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("habit", HABITS)
def test_rows_taken_out_of_a_ledger_stop_the_paper_or_are_explained(habit, base):
    told: Counter[str] = Counter()
    for seed in range(tried(100, 15)):
        rng = random.Random(seed)
        year = Year(random.Random(seed))
        month = rng.choice(year.ledgers[1:])
        known = [invented(year, m, habit) for m in year.ledgers if m <= month]
        now, before = known[-1], {row.id: row for row in known[-2].rows}
        # One part of what was split is new here: without it the other parts carry the item on.
        parts = {i.whole.months[month].id for i in year.items if i.whole and min(i.months) == month}
        old = [row for row in now.rows if row.id in before.keys() - parts and not row.withdrawn]
        taken = rng.sample(old, min(len(old), rng.randint(1, 3)))
        damaged = replace(now, rows=tuple(row for row in now.rows if row not in taken))
        found, rows = fallen(*known[:-1], damaged, base=base, answers=tuple(year.given()))
        stops = any(p.level is Level.ERROR for p in (*found, *rows))
        open_before = [row for row in taken if before[row.id].is_open]
        assert stops == bool(open_before), (seed, month)
        shown = [sum(not row.withdrawn for row in one.rows) for one in (known[-2], damaged)]
        if base is Base.SHEET and not stops and shown[1] < shown[0]:
            (note,) = found
            assert "办结后移出台账" in note.message
        told["stopped" if stops else "explained"] += 1
    assert told["stopped"]
    assert told["explained"] or habit != "keep"


# ---------------------------------------------------------------------------------------------- amounts of one item


@pytest.mark.parametrize(
    ("field", "header", "told"),
    [
        ("累计完成投资", "累计完成投资", True),
        ("累计完成投资", "实际投资", True),
        ("整改资金", "已整改金额", True),
        ("到位资金", "到位资金", True),
        ("完成投资", "1至本月累计完成", True),
        ("完成投资", "本月完成投资", False),
        ("累计完成投资", "当期完成", False),
        ("完成投资", "未完成投资", False),
        ("剩余投资", "尚未完成", False),
        ("计划完成投资", "计划完成投资", False),
        ("总投资", "总投资", False),
    ],
)
def test_only_what_can_not_fall_is_told(field: str, header: str, told: bool) -> None:
    by = works(column(field, header, type=ColumnType.AMOUNT, unit="万元"))
    table = f"|序号|事项|责任单位|{header}|进展|状态|\n|1|修路|县交通局|#{{}}|正在施工|正常|"
    before, now = ledger(table.format("80.5"), by, "2022-01-19"), ledger(table.format("70.5"), by, "2022-02-07")
    assert [p.code for p in shrunk(before, now, by)] == ["numeral_fell"] * told


def shrunk(before: Ledger, now: Ledger, by: Kind) -> list[Problem]:
    matching, _ = match(before, now)
    changes, _ = compare(now, before, matching, [before])
    return list(numeral_fell(changes, by))


def test_an_amount_that_fell_on_the_way_to_the_sheet_of_closed_items_is_told_with_both_cells() -> None:
    head = "|序号|事项|责任单位|完成投资|进展|状态|"
    before = ledger(
        f"{head}\n|1|修路|县交通局|#80.5|正在施工|正常|\n|2|建桥|县交通局|#9|正在施工|正常|", works(), "2022-01-19"
    )
    sheets = f"{head}\n|2|建桥|县交通局|#9|开始合龙|正常|", "|事项|责任单位|完成投资|状态|\n|修路|县交通局|#8.05|完成|"
    now = ledger(xlsx(*sheets, names=["台账", "销号"]), works(), "2022-02-07")
    (problem,) = shrunk(before, now, works())
    assert (problem.place.sheet, problem.place.cell) == ("销号", "C2")
    assert "80.5（台账 2022-01-19.xlsx“台账”D2），本期是8.05" in problem.message
