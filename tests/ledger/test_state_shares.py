"""Rows that say by a share of what is done how they stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.support.builders import meetings, read
from tongbao.config.share_bounds import Bound, bound_of
from tongbao.config.status_from import Stands, StatusFrom
from tongbao.config.status_kind import with_status_from
from tongbao.ledger.state_shares import over_of_year, share_in

ROWS = """
| 序号 | 事项 | 完成时限 | 完成率 | 应达 |
| 1 | 修路 | 2022年12月底 | 100% | 50% |
| 2 | 架桥 | 2022年12月底 | 9% | 10% |
| 3 | 建校 | 2022年12月底 | 5% | 1% |
| 4 | 植树 | 2022年1月10日 | 60% | 20% |
| 5 | 清淤 | 2022年12月底 | | |
"""
DONE, LATE, GOING = "完成", "需加快推进", "正常推进"


def labels(*below: Bound) -> list[str]:
    source = StatusFrom(Stands.SHARE, share_of="完成率", below=below)
    found, _ = read(ROWS, with_status_from(meetings(), source))
    assert found
    return [row.label for row in found.rows]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ((Bound(LATE, Decimal(8)),), [DONE, GOING, LATE, LATE, GOING]),
        ((Bound(LATE, header="应达"),), [DONE, LATE, GOING, LATE, GOING]),
        ((Bound(LATE, header="应达", less=Decimal(2)),), [DONE, GOING, GOING, LATE, GOING]),
    ],
)
def test_what_is_below_is_behind_and_the_rest_goes_by_its_day(below: tuple[Bound, ...], expected: list[str]) -> None:
    assert labels(*below) == expected


def test_shares_are_read_as_they_are_typed() -> None:
    typed = ("85%", "5/8", "已完成", "已完成85%", "", "未启动")
    assert [share_in(text) for text in typed] == [85, Decimal("62.5"), 100, 85, None, None]
    assert share_in("0.85", fractions=True) == 85


def test_bounds_are_read_as_they_are_typed() -> None:
    assert bound_of("a", "序时-10") == Bound("a", less=Decimal(10))
    assert bound_of("a", "60%") == Bound("a", Decimal(60))
    assert bound_of("a", "应完成进度") == Bound("a", header="应完成进度")


def test_how_much_of_the_year_is_over() -> None:
    assert [over_of_year(date(2025, month, day)) for month, day in ((5, 31), (6, 30), (12, 31))] == [
        Decimal("41.7"),
        Decimal("50.0"),
        Decimal("100.0"),
    ]
