"""A sheet gets another name: formulas, links, rules and defined names follow, or nothing is done at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableFormula

from tests.support.drawing import saved, workbook
from tongbao.excel.writing.sheet_names import rename_sheet

LEDGER = "| 序号 | 事项 |\n| 1 | 修桥 |"
SUMMARY = "| 项数 |\n| #1 |"


def two_sheets(first: str = "1月") -> Any:
    """A ledger, and a summary that may look at it."""
    return workbook(LEDGER, SUMMARY, names=(first, "统计"))


def renamed(book: Any, old: str = "1月", new: str = "2月") -> Any:
    """The book as it is opened again after its sheet got another name."""
    assert rename_sheet(book[old], new)
    return load_workbook(io.BytesIO(saved(book)))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=COUNTA('1月'!B2:B9)", "=COUNTA('2月'!B2:B9)"),
        ("=1月!B2+'1月'!B3", "='2月'!B2+'2月'!B3"),
        ("=COUNTA('11月'!B2:B9)", "=COUNTA('11月'!B2:B9)"),  # a longer name that ends alike
        ("=[1]1月!B2", "=[1]1月!B2"),  # a sheet of another file
        ("='1月'!#REF!*2", "='2月'!#REF!*2"),  # a reference that was lost earlier
        ("=SUM('1月'!B2:'1月'!B9)", "=SUM('2月'!B2:'2月'!B9)"),
        ("=SUM('1月'!$B:$B)+'1月'!合计", "=SUM('2月'!$B:$B)+'2月'!合计"),
    ],
)
def test_formulas_follow(formula: str, expected: str) -> None:
    book = two_sheets()
    book["统计"]["B1"] = formula
    assert renamed(book)["统计"]["B1"].value == expected


def test_the_formula_of_a_column_in_a_formatted_table_follows() -> None:
    book = two_sheets()
    sheet = book["统计"]
    sheet.append(["x", 1])
    table: Any = Table(displayName="表1", ref="A1:B3")
    table._initialise_columns()
    table.tableColumns[1].calculatedColumnFormula = TableFormula(attr_text="'1月'!A2+1")
    sheet.add_table(table)
    column = renamed(book)["统计"].tables["表1"].tableColumns[1]
    assert column.calculatedColumnFormula.attr_text == "'2月'!A2+1"


def test_an_array_formula_follows() -> None:
    book = two_sheets()
    book["统计"]["B1"] = ArrayFormula("B1:B1", "=SUM(LEN('1月'!B2:B9))")
    assert renamed(book)["统计"]["B1"].value.text == "=SUM(LEN('2月'!B2:B9))"


def test_a_name_with_an_apostrophe_is_doubled_as_excel_wants_it() -> None:
    book = two_sheets("一'月")
    book["统计"]["B1"] = "=COUNTA('一''月'!B2:B9)"
    assert renamed(book, "一'月", "二'月")["统计"]["B1"].value == "=COUNTA('二''月'!B2:B9)"


def test_links_rules_and_defined_names_follow() -> None:
    book = two_sheets()
    summary = book["统计"]
    summary["A1"].hyperlink = Hyperlink(ref="A1", location="'1月'!B2")
    looked_up = DataValidation("list", formula1="='1月'!$B$2:$B$9")
    plain = DataValidation("list", formula1='"1月,2月"')
    looked_up.add("C1:C9")
    plain.add("D1:D9")
    summary.add_data_validation(looked_up)
    summary.add_data_validation(plain)
    summary.conditional_formatting.add("E1:E9", FormulaRule(["'1月'!$A$2=1"]))
    book.defined_names["事项"] = DefinedName("事项", attr_text="'1月'!$B$2:$B$9")
    summary.defined_names["本表"] = DefinedName("本表", attr_text="'1月'!$A$2")
    after = renamed(book)
    found = after["统计"]
    assert found["A1"].hyperlink.location == "'2月'!B2"
    assert [rule.formula1 for rule in found.data_validations.dataValidation] == ["='2月'!$B$2:$B$9", '"1月,2月"']
    assert [rule.formula for one in found.conditional_formatting for rule in one.rules] == [["'2月'!$A$2=1"]]
    assert after.defined_names["事项"].attr_text == "'2月'!$B$2:$B$9"
    assert found.defined_names["本表"].attr_text == "'2月'!$A$2"


def test_what_is_printed_stays_what_is_printed() -> None:
    book = two_sheets()
    book["1月"].print_area = "A1:B2"
    book["1月"].print_title_rows = "1:1"
    sheet = renamed(book)["2月"]
    assert (sheet.print_area, sheet.print_title_rows) == ("'2月'!$A$1:$B$2", "$1:$1")


@pytest.mark.parametrize(
    ("cell", "new"),
    [
        ('=INDIRECT("1月!A1")', "2月"),
        ('=IF(A1="1月底",1,0)', "2月"),  # not meant for a sheet, but it might be
        ("=SUM('1月:统计'!A1)", "2月"),
        ("=SUM('统计:1月'!A1)", "2月"),
        ("", "统计"),
        ("", "1" * 32),
    ],
    ids=["indirect", "text", "first-of-a-span", "last-of-a-span", "taken", "too-long"],
)
def test_where_the_name_cannot_follow_nothing_is_done(cell: str, new: str) -> None:
    book = two_sheets()
    book["统计"]["B1"] = cell or "=COUNTA('1月'!B2:B9)"
    before = book["统计"]["B1"].value
    assert not rename_sheet(book["1月"], new)
    assert (book.sheetnames, book["统计"]["B1"].value) == (["1月", "统计"], before)


def test_names_that_differ_in_case_alone_are_one_name() -> None:
    book = workbook(LEDGER, SUMMARY, names=("Jan", "FEB"))
    assert not rename_sheet(book["Jan"], "feb")


def test_a_sheet_that_a_chart_draws_keeps_its_name() -> None:
    book = two_sheets()
    chart = BarChart()
    chart.add_data(Reference(book["1月"], min_col=1, min_row=1, max_row=2))
    book["统计"].add_chart(chart, "D1")
    assert not rename_sheet(book["1月"], "2月")
