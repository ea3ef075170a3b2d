"""Of which period a ledger is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.drawing import saved, workbook
from tests.support.folders import TEMPLATES
from tongbao.config.vocabulary import load_vocabulary
from tongbao.excel import sheets
from tongbao.rounds.first_day.dating import dated, told_until, year_of_cells
from tongbao.rounds.first_day.survey import TableSeen, survey

TABLE = """
| {title} |
| 序号 | 事项 | 责任单位 | 时限 | {progress} |
| 1 | 修缮旧桥 | 县交通局 | {deadline} | 施工 |
| 2 | 清理河道 | 县水利局 | {deadline} | 三成 |
"""


def tables(title: str = "督办事项台账", progress: str = "进展", deadline: str = "6月底") -> tuple[TableSeen, ...]:
    """The only table of a workbook."""
    data = saved(workbook(TABLE.format(title=title, progress=progress, deadline=deadline), names=["a"]))
    book, _ = sheets.parse(data, "台账.xlsx")
    assert book
    return survey(book, load_vocabulary(TEMPLATES)).tables


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("台账4.30", (4, 30), (4, 30)),
        ("台账0430", (4, 30), (4, 30)),
        ("台账4-30（终稿）", (4, 30), (4, 30)),
        ("隐患（第18周4.28-5.4）", (4, 28), (5, 4)),
        ("周报4.21-4.25", (4, 21), (4, 25)),
        ("清单（4月30日更新）", (4, 30), (4, 30)),
        ("周报20250512-0518", (5, 12), (5, 18)),
        ("重点项目1.5亿元台账5月", (5, 1), (5, 31)),
        ("台账5月V1.2", (5, 1), (5, 31)),
    ],
)
def test_a_day_without_its_year_has_that_of_the_title(name: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    found = dated(Path(f"桌面/{name}.xlsx"), tables("2025年督办事项台账")).period
    assert found
    assert (found.first, found.last) == (date(2025, *first), date(2025, *last))


def test_a_name_of_one_day_and_a_title_of_its_week_is_that_week() -> None:
    found = dated(Path("桌面/交办单20250317.xlsx"), tables("周期：2025年3月17日至3月21日")).period
    assert found
    assert (found.first, found.last) == (date(2025, 3, 17), date(2025, 3, 21))


def test_a_name_of_one_day_in_the_month_of_its_title_stays_that_day() -> None:
    found = dated(Path("桌面/交办单20250317.xlsx"), tables("2025年3月交办单")).period
    assert found
    assert found.last == date(2025, 3, 17)


def test_headers_tell_the_period_where_nothing_else_does() -> None:
    found = dated(Path("桌面/推进表（新）.xlsx"), tables(progress="截至2025年5月底进展"))
    assert found.period
    assert found.period.last == date(2025, 5, 31)
    assert found.told_by == "“截至2025年5月底进展”一栏的表头"


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("截至5月底进展情况", 5),
        ("二季度完成情况", 6),
        ("1-9月完成投资", 9),
        ("三季度工作打算", 0),
        ("6月底前完成目标", 0),
        ("进展", 0),
    ],
)
def test_only_headers_of_what_was_done_tell_a_time(header: str, month: int) -> None:
    until = told_until(header)
    assert (until.month if until else 0) == month


@pytest.mark.parametrize(
    ("deadline", "year"), [("2025年6月底", 2025), ("2025-06-30", 2025), ("6月底", 0), ("2025个", 0)]
)
def test_the_year_of_most_dates_is_that_of_the_lines(deadline: str, year: int) -> None:
    assert year_of_cells(tables(deadline=deadline)) == year
