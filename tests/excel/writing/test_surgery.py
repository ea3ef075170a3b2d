"""Rows taken out of a sheet, columns put in: everything that points into the sheet follows."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.support.drawing import saved
from tongbao.excel.writing.surgery import Shift, reshape


def sheet_of(rows: int = 8, columns: int = 4) -> Any:
    sheet: Any = Workbook().active
    sheet.title = "台账"
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            sheet.cell(row, column).value = f"{row}/{column}"
    return sheet


def after(sheet: Any, dropped: Collection[int] = (), inserted: Collection[int] = ()) -> Any:
    reshape(sheet, Shift(dropped, inserted))
    return load_workbook(io.BytesIO(saved(sheet.parent)))["台账"]


def column(sheet: Any, letter: str) -> list[Any]:
    return [cell.value for cell in sheet[letter]]


def test_dropped_rows_close_up_and_inserted_columns_are_empty() -> None:
    sheet = after(sheet_of(4, 2), {2, 3}, [2])
    assert [[c.value for c in line] for line in sheet] == [["1/1", None, "1/2"], ["4/1", None, "4/2"]]


def test_merged_ranges_shrink_and_their_value_outlives_the_first_row() -> None:
    sheet = sheet_of()
    sheet.merge_cells("A3:A6")
    sheet.merge_cells("B7:B8")
    sheet.merge_cells("A1:D1")
    found = after(sheet, {3, 4, 8}, [3])
    assert {str(area) for area in found.merged_cells.ranges} == {"A3:A4", "A1:E1"}
    assert (found["A3"].value, found["B5"].value) == ("3/1", "7/2")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=C7/D7", "=C5/E5"),
        ("=SUM(C2:C8)", "=SUM(C2:C6)"),
        ("=SUM($C$3:$C$4)", "=SUM(#REF!)"),
        ("=SUM(C3:C5)", "=SUM(C3:C3)"),
        ("=D:D", "=E:E"),
        ("=SUM(2:5)", "=SUM(2:3)"),
        ("='台账'!D8+别表!D8", "='台账'!E6+别表!D8"),
        ('=IF(A7="D7",1,D5)', '=IF(A5="D7",1,E3)'),
    ],
)
def test_formulas_follow(formula: str, expected: str) -> None:
    sheet = sheet_of()
    sheet["B7"] = formula
    assert after(sheet, {3, 4}, [4])["B5"].value == expected


def test_formulas_of_other_sheets_and_names_follow() -> None:
    sheet = sheet_of()
    sheet.parent.create_sheet("统计")["A1"] = "=COUNTA(台账!B2:B8)+B5"
    sheet.parent.defined_names["事项"] = DefinedName("事项", attr_text="台账!$B$2:$B$8")
    reshape(sheet, Shift({3}, [1]))
    assert sheet.parent["统计"]["A1"].value == "=COUNTA(台账!C2:C7)+B5"
    assert sheet.parent.defined_names["事项"].attr_text == "台账!$C$2:$C$7"


def test_looks_heights_widths_comments_and_links_move_with_their_cells() -> None:
    sheet = sheet_of()
    sheet["C6"].font, sheet["C6"].comment = Font(bold=True), Comment("看附件", "王")
    sheet["C6"].hyperlink = "附件/批复.pdf"
    sheet.row_dimensions[6].height, sheet.column_dimensions["C"].width = 55, 33
    found = after(sheet, {2}, [2])
    cell = found["D5"]
    assert (cell.value, cell.font.bold, cell.comment.text) == ("6/3", True, "看附件")
    assert (cell.hyperlink.target, cell.hyperlink.ref) == ("附件/批复.pdf", "D5")
    assert (found.row_dimensions[5].height, found.column_dimensions["D"].width) == (55, 33)


def test_a_run_of_equal_columns_is_taken_apart() -> None:
    sheet = sheet_of()
    book = sheet.parent
    sheet.column_dimensions["B"].width = 20
    sheet.column_dimensions.group("B", "D", hidden=False)
    sheet.column_dimensions["B"].min, sheet.column_dimensions["B"].max = 2, 4
    found = after(load_workbook(io.BytesIO(saved(book)))["台账"], inserted=[3])
    assert [found.column_dimensions[letter].width for letter in "BCDE"] == [20, 20, 20, 20]


def test_rules_follow_even_where_their_first_row_goes() -> None:
    sheet = sheet_of()
    sheet.conditional_formatting.add("C3:C8", FormulaRule(["$C3<>$D3"], fill=PatternFill(bgColor="FFFF0000")))
    choice = DataValidation("list", formula1='"甲,乙"')
    custom = DataValidation("custom", formula1="LEN(D3)<9")
    choice.add("D3:D8")
    custom.add("D3:D8")
    sheet.add_data_validation(choice)
    sheet.add_data_validation(custom)
    found = after(sheet, {3}, [4])
    [format_] = found.conditional_formatting
    assert (str(format_.sqref), format_.rules[0].formula) == ("C3:C7", ["$C3<>$E3"])
    rules = found.data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("E3:E7", '"甲,乙"'), ("E3:E7", "LEN(E3)<9")]


def test_a_formatted_table_keeps_its_columns_in_step() -> None:
    sheet = sheet_of(5, 3)
    for letter, text in zip("ABC", ["甲", "乙", "丙"], strict=True):
        sheet[f"{letter}1"] = text
    sheet.add_table(Table(displayName="表1", ref="A1:C5"))
    found = after(load_workbook(io.BytesIO(saved(sheet.parent)))["台账"], {2}, [3]).tables["表1"]
    assert (found.ref, [c.name for c in found.tableColumns]) == ("A1:D4", ["甲", "乙", "列4", "丙"])


def test_print_area_filter_and_page_breaks_follow() -> None:
    sheet = sheet_of()
    sheet.print_area, sheet.auto_filter.ref = "A1:D8", "A2:D8"
    found = after(sheet, {4, 5}, [1])
    assert (found.print_area, found.auto_filter.ref) == ("'台账'!$B$1:$E$6", "B2:E6")


@given(st.sets(st.integers(1, 12), max_size=11), st.sets(st.integers(1, 5), max_size=3))
def test_every_value_that_stays_is_found_where_the_shift_says(dropped: set[int], inserted: set[int]) -> None:
    sheet = sheet_of(12, 5)
    sheet.merge_cells("A4:A9")
    shift = Shift(dropped, inserted)
    reshape(sheet, shift)
    for row in range(1, 13):
        for col in range(2, 6):
            if (new := shift.row(row)) is not None:
                assert sheet.cell(new, shift.column(col)).value == f"{row}/{col}"
    kept = 12 - len(dropped)
    assert sheet.max_row == max(1, kept)
