"""Two tables on one sheet: of what is open, and of what is closed."""

from __future__ import annotations

import pytest

from tongbao.excel.grid import Sheet
from tongbao.excel.values import holds
from tongbao.ledger.stacked import stacked


def sheet(text: str) -> Sheet:
    """A sheet of plain texts, a line each."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    return Sheet("督办", [[*row, *[""] * (width - len(row))] for row in rows])


def rows_of(part: Sheet) -> list[int]:
    """The numbers of the rows that hold something."""
    return [n for n, row in enumerate(part.cells, 1) if any(map(holds, row))]


OPEN = "| 序号 | 事项 | 责任部门 | 推进状态 |\n| 1 | 改造演播厅 | 技术中心 | 正常推进 |"
CLOSED = "| 序号 | 事项 | 责任部门 | 办结日期 |\n| 1 | 审计设备采购 | 审计科 | 3月16日 |"


@pytest.mark.parametrize(
    "heading", ["二、已办结事项", "（二）已完成（3项）", "2.已销号问题", "已办结", "二、本月已办结事项："]
)
def test_the_closed_table_below_is_a_sheet_of_its_own(heading: str) -> None:
    found = stacked(sheet(f"| 一、未办结事项 |\n{OPEN}\n| {heading} |\n{CLOSED}"))
    assert found
    assert (rows_of(found.open), rows_of(found.closed)) == ([1, 2, 3], [4, 5, 6])


def test_the_closed_table_may_stand_above() -> None:
    found = stacked(sheet(f"| 督办情况表 |\n| 一、已办结事项 |\n{CLOSED}\n| 二、正在办理事项 |\n{OPEN}"))
    assert found
    assert (rows_of(found.open), rows_of(found.closed)) == ([1, 5, 6, 7], [2, 3, 4])


@pytest.mark.parametrize(
    "text",
    [
        f"{OPEN}\n| 二、未办结事项 |\n{CLOSED}",  # what is not closed
        f"{OPEN}\n| 二、已办结事项 |\n| 2 | 审计设备采购 | 审计科 | 已办结 |",  # a section without a header of its own
        f"| 一、已办结事项 |\n{CLOSED}",  # no other table
        OPEN,
    ],
)
def test_any_other_sheet_is_one_table(text: str) -> None:
    assert stacked(sheet(text)) is None
