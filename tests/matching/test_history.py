"""Items followed through the ledgers: in invented years all counts are the true ones, and what has misled them before."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from tests.support.drawn import drawn
from tests.support.followed import HABITS, followed
from tests.support.trials import tried
from tests.support.year import Item, Year
from tongbao.config.kinds import Base
from tongbao.matching.answers import Answer, Mark, Verdict
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.register import based
from tongbao.matching.two_periods import Changes
from tongbao.model import Level, Problem, Row


def tasks(rows: list[Row] | tuple[Row, ...], year: Year, month: int) -> list[str]:
    """The items that rows are of, whatever their wording."""
    known = {v.text: item.task for item in year.items for v in item.months.values()}
    return sorted(known[row.text] for row in rows)


def names(items: list[Item]) -> list[str]:
    return sorted(item.task for item in items)


def assert_true(changes: Changes, problems: list[Problem], year: Year, month: int) -> None:
    truth, now = year.truth(month), {row.text: row for row in changes.current.rows}
    assert [p for p in problems if p.level is Level.ERROR] == []
    assert tasks(changes.counted, year, month) == names(truth.counted)
    assert tasks([r for r in changes.counted if r.done], year, month) == names(truth.done)
    if changes.prior:
        for part in ("closed_before", "newly_completed", "added", "withdrawn"):
            assert tasks(getattr(changes, part), year, month) == names(getattr(truth, part)), part
        assert tasks([p.current for p in changes.reopened], year, month) == names(truth.reopened)
    for item in truth.counted:
        row = now.get(item.months[month].text)
        if row and row.is_open:
            past = changes.past[row.place]
            told = (past.lagging_periods, past.moved, past.same_progress)
            assert told == year.past(item, month), item


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("answers", [False, True], ids=["ids", "answers"])
def test_whatever_the_office_does_with_finished_rows_every_month_is_the_true_one(habit, answers):
    for seed in range(tried(150, 25)):
        year = Year(random.Random(seed), answers=answers)
        for month, changes, problems in followed(year, habit):
            assert_true(changes, problems, year, month)
            if habit != "at once":  # there some rows never stood under a 序号
                groups = {item.group for item in year.truth(month).counted}
                assert len({changes.items[row.place] for row in changes.counted}) == len(groups)


@pytest.mark.parametrize("habit", HABITS)
def test_a_ledger_put_right_afterwards_counts_in_every_later_month(habit):
    for seed in range(tried(100, 15)):
        year = Year(random.Random(seed))
        right, _ = year.corrected()
        for month, changes, problems in followed(year, habit, right):
            assert_true(changes, problems, right, month)


# ---------------------------------------------------------------------------------------------- one at a time


def last_of(*tables: str, answers: tuple[Answer, ...] = ()) -> Changes:
    """The last of some months against the one before."""
    found = [drawn(table, f"2025-{month:02d}") for month, table in enumerate(tables, 1)]
    links = [match(before, now, answers)[0] for before, now in pairwise(found)]
    changes, _ = compare(found[-1], found[-2], links[-1], found[:-1], links[:-1])
    return based(changes, Base.ALL, None)


def told(changes: Changes) -> tuple[int, int, int]:
    """The past of the only open row: periods of lag, changes of its deadline, earlier periods with its progress."""
    (row,) = (row for row in changes.current.rows if row.is_open)
    past = changes.past[row.place]
    return past.lagging_periods, past.moved, past.same_progress


OPENED = "事项 | 时限 | 进展 | 状态\n修桥 | 2025-03-31 | 桥墩完工 |"
FINISHED = "事项 | 时限 | 进展 | 状态\n修桥 | 2025-03-31 | 桥墩完工 | 完成"
AGAIN = "事项 | 时限 | 进展 | 状态\n修桥 | 2025-09-30 | 桥墩完工 | 滞后"


@pytest.mark.parametrize(
    "meanwhile",
    [
        [FINISHED, FINISHED, FINISHED],
        [FINISHED, "事项\n种树", "事项\n种树"],
        [FINISHED, "事项\n种树\n销号\n修桥", "事项\n种树\n销号\n修桥"],
        ["事项\n种树\n销号\n修桥"] * 3,
        ["事项\n种树\n销号\n修桥", "事项\n种树", "事项\n种树"],
    ],
    ids=["kept", "deleted", "moved later", "moved at once", "moved, then deleted"],
)
def test_an_item_taken_up_again_is_compared_with_what_it_was_when_finished(meanwhile):
    assert told(last_of(OPENED, *meanwhile, AGAIN)) == (1, 1, 2)


@pytest.mark.parametrize("state", ["完成", ""])
def test_all_parts_of_a_split_item_count_also_on_the_sheet_of_closed_items(state):
    whole = Mark(text="修路")
    parts = ("修东路", "修西路", "修南路")
    answers = tuple(Answer(("2025-01", "2025-02"), whole, Verdict.SPLIT, Mark(text=part)) for part in parts)
    gone = "".join(f"\n{part} | 完成" for part in parts)
    changes = last_of(f"事项 | 状态\n修路 | {state}\n种树 |", f"事项 | 状态\n种树 |\n销号{gone}", answers=answers)
    assert sorted(row.text for row in changes.counted) == ["修东路", "修南路", "修西路", "种树"]


def test_rows_of_one_number_are_one_item_also_when_they_left_in_different_months():
    changes = last_of(
        "序号 | 事项 | 状态\n1 | 修东路 | 完成\n1 | 修西路 |\n2 | 种树 |",
        "序号 | 事项 | 状态\n1 | 修西路 | 完成\n2 | 种树 |",
        "序号 | 事项 | 状态\n1 | 种树 |",
    )
    assert len(changes.counted) == 3
    assert len({changes.items[row.place] for row in changes.counted}) == 2


def test_a_row_that_got_a_number_of_its_own_before_the_others_left_is_an_item_of_its_own():
    changes = last_of(
        "序号 | 事项 | 状态\n1 | 修东路 | \n1 | 修西路 |",
        "序号 | 事项 | 状态\n1 | 修东路 | 完成\n2 | 修西路 |",
        "序号 | 事项 | 状态\n1 | 修西路 |",
    )
    assert len({changes.items[row.place] for row in changes.counted}) == 2


def test_of_several_merged_into_one_the_open_one_is_carried_on():
    answers = tuple(
        Answer(("2025-01", "2025-02"), Mark(text=text), Verdict.MERGED, Mark(text="整治全域河道"))
        for text in ("清理水葫芦", "疏浚河道", "修复护岸")
    )
    changes = last_of(
        "事项 | 状态\n清理水葫芦 | 完成\n疏浚河道 | 滞后\n修复护岸 |",
        "事项 | 状态\n整治全域河道 | 滞后",
        answers=answers,
    )
    assert {row.text: row.label for row in changes.counted} == {"清理水葫芦": "完成", "整治全域河道": "滞后"}
    assert told(changes)[0] == 2
