"""Amounts that should have grown: told row by row, or once for a column that nobody brought up to date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.builders import column, kind, ledger
from tongbao.config.kinds import ColumnType, Holds, Kind, Label, names_growth
from tongbao.matching.changes import compare
from tongbao.matching.stale_amounts import amount_unchanged
from tongbao.matching.two_periods import How, Matching, Pair
from tongbao.model import State

HEAD = "|序号|事项|责任单位|计划投资|累计完成投资（万元）|进展|状态|\n"


def works() -> Kind:
    """Works with a plan, and what was done of it so far."""
    return kind(
        [
            column("序号"),
            column("事项", required=True),
            column("责任单位", type=ColumnType.UNITS),
            column("计划投资", type=ColumnType.AMOUNT, unit="万元"),
            column("完成投资", "累计完成投资", type=ColumnType.AMOUNT, unit="万元"),
            column("进展"),
            column("状态", type=ColumnType.STATUS, required=True),
        ],
        [
            Label("完成", State.DONE),
            Label("正常", State.ON_TRACK, default=True),
            Label("滞后", State.LAGGING),
            Label("暂缓", State.SUSPENDED),
        ],
    )


def lines(*rows: tuple[str, str, str]) -> str:
    """A ledger of (完成投资, 进展, 状态)."""
    listed = enumerate(rows, 1)
    return HEAD + "\n".join(f"|{n}|工程{n}|县交通局|#90|{done}|{how}|{state}|" for n, (done, how, state) in listed)


def said(before: str, now: str, by: Kind | None = None) -> list[str]:
    by = by or works()
    prior, current = ledger(before, by, "2025-04-30"), ledger(now, by, "2025-05-31")
    pairs = tuple(Pair(a, b, How.EXACT) for a, b in zip(prior.rows, current.rows, strict=True))
    changes, _ = compare(current, prior, Matching(pairs, (), ()), [prior])
    return [f"{p.level.label} {p.place.cell} {p.item}：{p.message}" for p in amount_unchanged(changes, by)]


def test_an_amount_that_is_last_period_s() -> None:
    before = lines(("#10", "在建", "正常"), ("#20", "在建", "正常"))
    assert said(before, lines(("#10", "封顶", "正常"), ("#25", "封顶", "正常"))) == [
        "请核 E2 第1项 工程1：“累计完成投资（万元）”与上期相同，都是10"
    ]
    assert said(before, lines(("#10", "封顶", "滞后"), ("#25", "封顶", "正常")))
    assert said(before, lines(("#11", "封顶", "正常"), ("#25", "封顶", "正常"))) == []


@pytest.mark.parametrize(
    ("done", "how", "state"),
    [
        ("#10", "竣工", "完成"),
        ("#10", "等待资金", "暂缓"),
        ("#10", "因资金不到位停工", "滞后"),
        ("#0", "未开工", "滞后"),
        ("#0", "办理手续", "正常"),
        ("", "在建", "正常"),
        ("#90", "资金已全部到位", "正常"),
        ("#95", "超额完成投资", "正常"),
    ],
)
def test_what_stands_still_for_a_reason_is_not_told(done: str, how: str, state: str) -> None:
    before = lines((done, "在建", "正常"), ("#20", "在建", "正常"))
    assert said(before, lines((done, how, state), ("#25", "在建", "正常"))) == []


def test_a_row_that_was_done_before_and_is_open_again_is_not_compared() -> None:
    assert said(lines(("#10", "竣工", "完成")), lines(("#10", "返工", "正常"))) == []


def test_a_whole_column_that_stands_still_is_one_line() -> None:
    rows = [(f"#{n}", "在建", "正常") for n in range(11, 51)]
    assert said(lines(*rows), lines(*rows)) == [
        "请核 E ：“累计完成投资（万元）”40项在办的都与上期相同，像是整列没有更新"
    ]
    grown = [("#60", "在建", "正常"), *rows[1:]]
    assert len(said(lines(*rows), lines(*grown))) == 39


def test_a_plan_and_the_numbers_of_one_period_do_not_grow() -> None:
    by = works()
    flow = replace(by, columns=tuple(replace(c, period=Holds.FLOW) if c.field == "完成投资" else c for c in by.columns))
    rows = lines(("#10", "在建", "正常"))
    assert said(rows, rows)
    assert said(rows, rows, flow) == []


@pytest.mark.parametrize(
    ("name", "grows"),
    [
        ("累计完成投资", True),
        ("完成率", True),
        ("已拨付资金", True),
        ("实际支出", True),
        ("年度计划投资", False),
        ("计划完成投资", False),
        ("未完成投资", False),
        ("总投资", False),
        ("目标完成数", False),
        ("剩余应完成数", False),
    ],
)
def test_names_of_numbers_that_grow(name: str, grows: bool) -> None:
    assert names_growth(name) is grows
