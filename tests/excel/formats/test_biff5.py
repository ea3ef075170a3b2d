"""Workbooks of Excel 2 to 95."""

from __future__ import annotations

import pytest

from tests.support.foreign import PLAIN
from tests.support.old_excel import compound, excel2, excel4, excel95
from tongbao.excel import sheets
from tongbao.excel.grid import Sheet


def first(data: bytes, name: str = "台账2022-02.xls") -> Sheet:
    book, problems = sheets.parse(data, name)
    assert book is not None, problems
    return book.sheets[0]


@pytest.mark.parametrize("page", [936, 1252, None, 54936])
def test_chinese_excel_95_is_read_whatever_it_says_of_its_code_page(page: int | None) -> None:
    sheet = first(compound(excel95(PLAIN, page=page)))
    assert sheet.name == "台账"
    assert sheet.texts() == PLAIN


def test_european_letters_are_not_taken_for_chinese() -> None:
    data = excel95([["a", "Mxller"]], page=1252).replace(b"Mxller", b"M\xfcller")
    assert first(compound(data)).texts() == [["a", "Müller"]]


def test_days_hidden_rows_and_struck_words_of_excel_95() -> None:
    sheet = first(compound(excel95([["时限", "序号"], ["@44681", "12"]], hidden_row=2, struck=True)))
    assert sheet.texts() == [["", ""], ["2022年4月30日", ""]]
    assert sheet.marks.hidden_rows == {2}
    assert {(1, 1), (1, 2), (2, 2)} <= sheet.marks.struck.keys()


@pytest.mark.parametrize("make", [excel4, excel2])
def test_a_file_of_one_sheet_is_named_after_itself(make) -> None:
    sheet = first(make(PLAIN))
    assert sheet.name == "台账2022-02"
    assert sheet.texts() == PLAIN


@pytest.mark.parametrize("data", [excel4(PLAIN)[:-6], excel2(PLAIN)[:-30], compound(excel95(PLAIN)[:-40])])
def test_one_that_is_cut_off_is_told(data: bytes) -> None:
    assert sheets.parse(data, "台账.xls")[1][0].code == "file_damaged"


def test_one_with_a_password_is_told() -> None:
    data = compound(excel95(PLAIN).replace(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00", 1))
    assert sheets.parse(data, "台账.xls")[1][0].code == "file_encrypted"


def test_the_workbook_of_an_embedded_object_is_not_the_ledger() -> None:
    assert first(compound(excel95(PLAIN), embedded=excel95([["别的", "表"]]))).texts() == PLAIN
