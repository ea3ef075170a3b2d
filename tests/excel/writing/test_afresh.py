"""A workbook written from what was read: what is hidden, merged, failed; and what it lacks is known."""

from __future__ import annotations

import io
import struct

import pytest
from openpyxl import load_workbook

from tests.support.drawing import saved
from tests.support.folders import ROOT
from tests.support.foreign import xml_book, xml_cell
from tests.support.foreign_more import z
from tests.support.old_excel import compound, excel95, record
from tests.support.other_forms import ODS, ods, open_table
from tongbao.excel import sheets
from tongbao.excel.formats.beyond import beside
from tongbao.excel.grid import Book, Marks, Sheet
from tongbao.excel.writing.afresh import left_behind, written_afresh
from tongbao.excel.writing.opening import opened

CELLS = [["台账", "", ""], ["序号", "事项", "备注"], ["001", "修路", "#REF!"], ["002", "架桥", ""]]


def again(*pages: Sheet) -> tuple[Sheet, ...]:
    new = written_afresh(Book("台账.xls", pages))
    assert new is not None
    book, problems = sheets.parse(saved(new), "台账.xlsx")
    assert book is not None, problems
    return book.sheets


def test_what_is_hidden_merged_and_failed_stays_so() -> None:
    marks = Marks(frozenset({4}), frozenset({2}), failed={(3, 3): "#REF!"}, comments={(3, 2): "等批复"})
    (page,) = again(Sheet("台账", CELLS, ((1, 1, 1, 3), (1, 2, 2, 2)), marks=marks))
    assert page.texts() == CELLS
    assert page.merges == ((1, 1, 1, 3),)  # the second lies over it
    assert (page.marks.hidden_rows, page.marks.hidden_columns) == (frozenset({4}), frozenset({2}))
    assert (page.marks.failed, page.marks.comments) == ({(3, 3): "#REF!"}, {(3, 2): "等批复"})


def test_hidden_sheets_go_along_and_what_a_filter_hides_is_in_sight() -> None:
    marks = Marks(frozenset({3}), filtered=True)
    first, second = again(Sheet("字典", [["2022-001"]], hidden=True), Sheet("台账", CELLS, marks=marks))
    assert (first.name, first.hidden, first.texts()) == ("字典", True, [["2022-001"]])
    assert (second.marks.hidden_rows, second.hidden) == (frozenset(), False)
    assert left_behind(Book("台账.xls", (Sheet("台账", CELLS, marks=marks),))) == ("筛选（各行全部显示）",)


def test_a_workbook_without_a_sheet_in_sight_is_not_written() -> None:
    assert written_afresh(Book("台账.xls", (Sheet("字典", [["1"]], hidden=True),))) is None


def test_sheets_have_names_that_excel_can_hold() -> None:
    name = "2022年全县重点督办事项办理情况调度台账（政府系统）[1] 2022-02"
    data = "序号,事项\n1,修路\n".encode()
    read, _ = sheets.parse(data, f"{name}.csv")
    assert read is not None
    (only,) = opened(data, f"{name}.csv").book.sheetnames
    assert only == read.sheets[0].name
    assert len(only) <= 31
    twice = opened(ods(open_table(CELLS, "表/1"), open_table(CELLS, "表_1")), "台账.ods").book
    assert twice.sheetnames == ["表_1", "表_1(2)"]


def test_the_form_of_the_file_is_known_and_what_its_name_says_falsely() -> None:
    rows = [["序号", "事项"], ["1", "修路"]]
    assert opened(compound(excel95(rows)), "台账.XLS").form == ".xls"
    false = opened(compound(excel95(rows)), "台账.xlsx")
    assert (false.form, false.suffix("台账.xlsx")) == ("别的格式（只是名字像 .xlsx）", ".xlsx")
    assert opened(compound(excel95(rows)), "台账.xlsm").suffix("台账.xlsm") == ".xlsx"


def test_what_lies_beside_the_cells_is_named() -> None:
    rows = [["序号", "事项"], ["1", "修路"]]
    objects = b"".join(record(0x5D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + bytes(14)) for kind in (8, 5, 0x14))
    old = compound(excel95(rows) + objects + record(0x1C, bytes(8)))
    assert beside(old) == ("图片", "图表", "批注")
    assert beside(compound(excel95(rows))) == ()
    drawn = z(**{"mimetype": ODS.encode(), "Pictures__1.png": b"x", "content.xml": b"<x/>"})
    assert beside(drawn) == ("图片",)
    assert beside(b"<html>") == ()


def test_number_formats_of_other_programs_go_on_being_shown() -> None:
    cells = "".join(
        xml_cell(text, "Number", f" ss:StyleID=`{style}`")
        for style, text in (("a", "1"), ("b", "123456"), ("c", "0.855"), ("d", "44621"), ("e", "1234.5"))
    )
    styles = "".join(
        f'<Style ss:ID="{id}"><NumberFormat ss:Format="{code}"/></Style>'
        for id, code in {"a": "000", "b": "0!.0,&quot;万&quot;", "c": "0.0%", "d": "yyyy/m", "e": "#,##0.00"}.items()
    )
    data = xml_book(f"<Row>{xml_cell('数')}{cells}</Row>", styles=styles)
    before, _ = sheets.parse(data, "台账.xml")
    after, _ = sheets.parse(saved(opened(data, "台账.xml").book), "台账.xlsx")
    assert before is not None
    assert after is not None
    assert after.sheets[0].texts() == before.sheets[0].texts()
    assert after.sheets[0].texts() == [["数", "001", "12.3万", "85.5%", "2022年3月", "1,234.50"]]
    row = load_workbook(io.BytesIO(saved(opened(data, "台账.xml").book))).worksheets[0][1]
    assert [cell.value for cell in row[1:4]] == [1, 123456, 0.855]


@pytest.mark.parametrize("name", ["底色.ods", "底色.xls"])
def test_the_colours_of_cells_stay_for_they_may_say_how_a_row_stands(name: str) -> None:
    page = opened((ROOT / "tests" / "data" / name).read_bytes(), name).book.worksheets[0]
    assert [page[cell].fill.fgColor.rgb for cell in ("B2", "C3", "B4")] == ["FFFF0000", "FF00B050", "FFFCD5B5"]
    assert page["B5"].fill.patternType is None
