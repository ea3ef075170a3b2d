"""Rows under one task and one unit that might as well be each other: asked about only where another figure follows."""

from __future__ import annotations

import pytest

from tests.support.pairing import assumed, matched, number, pairs
from tongbao.matching.two_periods import Matching

TASK = "完成临河标准厂房竣工验收，并做好群众工作"
OTHERS = (
    "县教育局 | 扩建白塔镇中心小学，年底前投入使用 | 完成招标 | ",
    "县水利局 | 整治云水河河道，清淤3公里 | 完成可研 | ",
    "县交通局 | 改建青禾镇至柳湾公路 | 已进场 | ",
    "县民政局 | 建设县养老服务中心 | 已封顶 | ",
    "县商务局 | 培育电商企业，6月底前见效 | 已签约 | ",
    "县林业局 | 造林三千亩 | 已育苗 | ",
)
HALF, SIGNED, DUG = "资金到位七成，其余正在筹措。", "完成招标，正在签订合同。", "施工单位进场，完成基础开挖。"
SHUFFLED = [4, 1, 5, 0, 3, 2]


def ledger(*ours: tuple[str, str], order: list[int] | None = None, at: int = 0) -> str:
    """Rows of one task and unit, each with its progress and state, among six others."""
    rows = [OTHERS[n] for n in order or range(len(OTHERS))]
    rows[at:at] = [f"县住建局 | {TASK} | {said} | {state}" for said, state in ours]
    return "\n".join(["单位 | 事项 | 进展 | 状态", *rows])


def asked(found: Matching) -> list[tuple[int, set[int]]]:
    return [(number(q.row), {number(row) for row, _ in q.candidates}) for q in found.questions]


BOTH = [(1, {4, 5}), (2, {4, 5})]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param(("", "滞后"), ("", "滞后"), id="which of two lags again"),
        pytest.param(("滞后", ""), ("滞后", ""), id="and the other way round"),
        pytest.param(("滞后", ""), ("滞后", "完成"), id="was it the lagging one that is finished"),
    ],
)
def test_where_nothing_tells_two_rows_apart_and_a_figure_hangs_on_it_a_person_is_asked(before, now):
    """In a ledger that keeps no order: both report the same, in other words than last period."""
    then = ledger(("基础开挖", before[0]), ("基础开挖", before[1]))
    today = ledger(("主体施工", now[0]), ("主体施工", now[1]), order=SHUFFLED, at=3)
    assert asked(matched(then, today)) == BOTH


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param(("", ""), ("", "滞后"), id="one lags now, none did"),
        pytest.param(("滞后", "滞后"), ("", "滞后"), id="both lagged"),
        pytest.param(("", ""), ("", "完成"), id="one of two is finished"),
        pytest.param(("", "完成"), ("", "完成"), id="what is over stays over"),
    ],
)
def test_where_all_count_alike_nobody_is_asked(before, now):
    then = ledger(("基础开挖", before[0]), ("基础开挖", before[1]))
    found = matched(then, ledger(("主体施工", now[0]), ("主体施工", now[1]), order=SHUFFLED, at=3))
    assert asked(found) == []
    assert {1, 2} == {i for i, _ in assumed(found)}


def test_where_the_ledger_keeps_its_order_this_decides_and_is_told_of():
    then = ledger(("基础开挖", "滞后"), ("基础开挖", ""))
    found = matched(then, ledger(("主体施工", "滞后"), ("主体施工", "")))
    assert asked(found) == []
    assert {(1, 1), (2, 2)} <= set(assumed(found))


def test_what_a_row_reports_tells_it_from_its_like():
    then = ledger(("一号厂房基础开挖", "滞后"), ("二号厂房正在招标", ""))
    now = ledger(("二号厂房完成招标", ""), ("一号厂房主体封顶", "滞后"), order=SHUFFLED, at=3)
    found = matched(then, now)
    assert asked(found) == []
    assert {(1, 5), (2, 4)} <= set(pairs(found))


@pytest.mark.parametrize(
    ("before", "now", "closed", "options"),
    [
        pytest.param(
            [(HALF, "完成"), (SIGNED, ""), ("图纸审查", "")],
            [(HALF, "滞后"), (HALF, "")],
            ["已开工"], [(6, {4})], id="with a phrase that two have",
        ),
        pytest.param(
            [("已开工", ""), ("已开工", "完成"), ("已开工", ""), (SIGNED, "")],
            [("图纸审查", ""), (HALF, ""), ("图纸审查", "滞后")],
            ["图纸审查"], [(7, {5})], id="all in other words",
        ),
        pytest.param(
            [(DUG, "完成"), ("已开工", ""), ("协调用地", ""), (DUG, "完成"), (HALF, "")],
            [(DUG, ""), (DUG, "滞后"), ("协调用地", ""), (DUG, "")],
            ["协调用地"], [(4, {4, 7, 101}), (7, {4, 7, 101}), (8, {4, 7, 101})], id="one of two that were over",
        ),
    ],
)  # fmt: skip
def test_that_one_of_them_is_taken_up_again_while_another_is_finished_hangs_on_no_order(before, now, closed, options):
    """One was finished; now one is finished on the sheet 销号, and where that one stood one is worked on."""
    today = ledger(*now, at=3) + "\n销号" + "".join(f"\n县住建局 | {TASK} | {said} | 完成" for said in closed)
    assert asked(matched(ledger(*before, at=3), today)) == options


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param(
            [("已完成前期准备", "滞后"), ("完成招标", "")],
            [("已完成可研批复", ""), ("正在有序推进", "滞后")],
            id="which of two lags again",
        ),
        pytest.param(
            [("已完成前期准备", "滞后"), ("完成招标", "")],
            [("已完成可研批复", "完成"), ("正在有序推进", "滞后")],
            id="was it the lagging one that is finished",
        ),
        pytest.param(
            [("已办理手续", "滞后"), ("正在摸底", "")],
            [("已召开会议", ""), ("进行评审", "滞后")],
            id="one character",
        ),
    ],
)
def test_a_common_word_in_what_two_rows_report_tells_them_not_apart_where_a_figure_hangs_on_it(before, now):
    found = matched(ledger(*before), ledger(*now, order=SHUFFLED, at=3))
    assert asked(found) == BOTH
