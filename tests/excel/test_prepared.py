"""The mark of a ledger that was prepared for a period, written and found again."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.drawing import xlsx
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.prepared import prepared_for
from tongbao.excel.sheets import parse
from tongbao.excel.writing.opening import open_book, saved
from tongbao.excel.writing.workbook import hidden_list, mark_prepared


def token(book: Workbook) -> str:
    """What a reader finds in a workbook, once saved."""
    read, problems = parse(saved(book), "台账.xlsx")
    assert read is not None, problems
    return prepared_for(read)


@pytest.mark.parametrize("period", ["2025-06", "2025-Q3", "2025-H1", "2025-06-30", "2025", "2025-01至2025-10"])
def test_the_mark_is_found_whatever_the_form_of_the_period(period: str) -> None:
    book = Workbook()
    mark_prepared(book, period)
    assert token(book) == period
    assert book["程序用"].sheet_state == "hidden"


def test_a_ledger_without_the_sheet_or_without_the_mark_was_kept_by_hand() -> None:
    book = open_book(xlsx("| 序号 | 事项 |\n| 1 | 修路 |"))
    assert token(book) == ""
    hidden_list(book, "可选单位", [["县交通局"], ["县住建局"]])
    assert token(book) == ""


def test_a_later_mark_replaces_the_earlier_one() -> None:
    book = Workbook()
    mark_prepared(book, "2025-05")
    mark_prepared(book, "2025-06")
    assert token(book) == "2025-06"
    assert [c.value for c in book["程序用"]["A"]].count("结转") == 1


def test_lists_and_the_mark_keep_each_other_in_whatever_order_they_are_written() -> None:
    book = Workbook()
    mark_prepared(book, "2025-06")
    for count in (3, 40, 2):
        hidden_list(book, "时限对照", [(f"{n}月底前", date(2025, n % 12 + 1, 1)) for n in range(count)])
        hidden_list(book, "可选单位", [[f"云溪县{n}号单位"] for n in range(2 * count)])
        assert token(book) == "2025-06"
    mark_prepared(book, "2025-07")
    again = load_workbook(io.BytesIO(saved(book)))
    sheet = again["程序用"]
    assert [sheet.cell(1, c).value for c in (1, 2, 3)] == ["时限对照", "时限对照", "可选单位"]
    assert [again.defined_names[name].attr_text for name in ("时限对照", "可选单位")] == [
        "'程序用'!$A$2:$B$3",
        "'程序用'!$C$2:$C$5",
    ]
    assert [sheet.cell(r, 3).value for r in range(2, 6)] == [f"云溪县{n}号单位" for n in range(4)]
    assert token(again) == "2025-07"


def test_the_mark_is_looked_for_in_the_sheet_of_the_program_alone() -> None:
    rows = (("结转", "2025-06"),)
    assert prepared_for(Book("台账.xlsx", (Sheet("台账", rows),))) == ""
    assert prepared_for(Book("台账.xlsx", (Sheet("程序用", rows, hidden=True),))) == "2025-06"
    assert prepared_for(Book("台账.xlsx", (Sheet("程序用", (("结转",),), hidden=True),))) == ""
