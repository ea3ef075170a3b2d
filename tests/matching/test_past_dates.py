"""Next steps whose date is over are told in one line; dates of history, and dates to come, are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.builders import column, kind, ledger
from tongbao.config.kinds import ColumnType, Kind, Label
from tongbao.matching.changes import compare
from tongbao.matching.past_dates import next_step_past
from tongbao.matching.silence import settled
from tongbao.matching.two_periods import How, Matching, Pair
from tongbao.model import Ledger, State
from tongbao.words.periods import parse_period

HEAD = "|序号|事项|进展|下一步|状态|\n"


def works(field: str = "下一步") -> Kind:
    """Tasks with a next step."""
    columns = [column("序号"), column("事项", required=True), column("进展"), column(field)]
    labels = [Label("完成", State.DONE), Label("正常", State.ON_TRACK), Label("滞后", State.LAGGING)]
    return kind([*columns, column("状态", type=ColumnType.STATUS, required=True)], labels)


def lines(*steps: str, status: str = "滞后", how: str = "在办") -> str:
    return HEAD + "\n".join(f"|{n}|工程{n}|{how}|{step}|{status}|" for n, step in enumerate(steps, 1))


def month(table: str, by: Kind, name: str) -> Ledger:
    """The ledger of a whole month."""
    period = parse_period(name)
    assert period is not None
    return replace(ledger(table, by, period.last.isoformat()), period=period)


def said(now: str, before: str = "", period: str = "2025-10", earlier: str = "2025-09") -> list[str]:
    """What a run of a period says, with the ledger of the period before where there is one."""
    by = works()
    current, prior = month(now, by, period), month(before, by, earlier) if before else None
    pairs = tuple(Pair(a, b, How.EXACT) for a, b in zip(prior.rows, current.rows, strict=True)) if prior else ()
    link = Matching(pairs, (), ()) if prior else None
    current, link = settled(current, link, by, lambda row: None)
    changes, _ = compare(current, prior, link, [prior] if prior else [])
    return [f"{p.level.label} {p.place.cell}：{p.message}" for p in next_step_past(changes, by)]


def test_all_rows_are_told_in_one_line() -> None:
    assert said(lines("9月底前签订协议", "抓紧施工", "三季度内完成招标，12月底前开工")) == [
        "提示 D2：下一步里写的期限已经过去的2项：第1项 工程1（“9月底前”）、第3项 工程3（“3季度内”）"
    ]


@pytest.mark.parametrize(
    "step",
    [
        "2025年9月底前签订协议",
        "9月30日前完成交地",
        "9月底之前报批",
        "力争九月底以前通车",
        "8月至9月底前完成桩基",
        "9月份内办结",
        "今年6月底前完成",
        "2024年内完成审计",
        "上半年前期工作完成；9月20日前进场",
    ],
)
def test_a_limit_that_is_over(step: str) -> None:
    assert len(said(lines(step))) == 1


@pytest.mark.parametrize(
    "step",
    [
        "10月底前签订协议",
        "2025年12月底前通车",
        "年底前完工",
        "年内完成",
        "3月底前完成",  # next year's, in October
        "2026年3月底前完成",
        "明年6月底前完成",
        "已于9月底前完成征迁，抓紧施工",
        "原定9月底前的招标改为11月底前",
        "因雨未能在9月底前交地，抓紧协调",
        "9月15日专题会议明确的事项逐项落实",
        "8月前期工作的资料归档",
        "10日内报批",
        "汛期前加固",
        "",
    ],
)
def test_dates_to_come_and_history(step: str) -> None:
    assert said(lines(step)) == []


def test_a_month_without_a_year_is_read_as_of_when_it_was_written() -> None:
    step = lines("12月底前开工")
    assert said(step, step, "2026-01", "2025-12")
    assert not said(step, lines("抓紧开工"), "2026-01", "2025-12")
    assert said(lines("9月底前签订协议"), lines("9月底前签订协议"))


def test_rows_that_are_done_or_that_nobody_filled_in_are_told_as_such() -> None:
    assert not said(lines("9月底前签订协议", status="完成"))
    before = lines("9月底前签订协议", how="在办")
    assert not said(lines("9月底前签订协议", how=""), before)
