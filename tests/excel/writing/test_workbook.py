"""What every workbook of ours has: texts that stay texts, lists to choose from, pages that print."""

from __future__ import annotations

import gc
import io
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from openpyxl import Workbook, load_workbook

from tongbao.excel.writing.opening import UnopenableError, open_book, saved
from tongbao.excel.writing.sheetxml import lines_of
from tongbao.excel.writing.workbook import drop_down, table_book


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_a_table_has_its_header_rows_and_lists() -> None:
    choices = {"答复": ["同一项", "不是同一项"]}
    sheet = opened(table_book("对应关系", {"上期": 30, "答复": 12}, [["修桥", ""], ["=cmd", ""]], choices))["对应关系"]
    assert [[c.value for c in line] for line in sheet["A1:B3"]] == [["上期", "答复"], ["修桥", None], ["=cmd", None]]
    assert sheet["A3"].data_type == "s"
    [rule] = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"同一项,不是同一项"', "B2:B103")


def test_notes_stand_above_the_header() -> None:
    sheet = opened(table_book("表", {"甲": 9}, [["1"]], notes=["先填这里"]))["表"]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value, sheet.freeze_panes] == [
        "先填这里",
        "甲",
        "1",
        "A3",
    ]


def test_a_long_list_goes_to_the_hidden_sheet_under_a_name() -> None:
    book = Workbook()
    units = [f"云溪县第{n}号责任单位" for n in range(60)]
    drop_down(book.worksheets[0], "A1:A9", units, "可选单位")
    again = opened(saved(book))
    assert again["程序用"].sheet_state == "hidden"
    assert again.defined_names["可选单位"].attr_text == "'程序用'!$A$2:$A$61"
    assert again.worksheets[0].data_validations.dataValidation[0].formula1 == "=可选单位"
    assert again["程序用"]["A61"].value == "云溪县第59号责任单位"


def test_a_name_defined_again_replaces_its_list() -> None:
    book = Workbook()
    for count in (80, 70):
        drop_down(book.worksheets[0], "A1:A9", [f"云溪县{n}号单位" for n in range(count)], "可选单位")
    drop_down(book.worksheets[0], "B1:B9", ["甲,乙", "丙"], "可选状态")
    sheet = opened(saved(book))["程序用"]
    assert [sheet.cell(1, c).value for c in (1, 2, 3)] == ["可选单位", "可选状态", None]
    assert sheet["A72"].value is None


def test_a_word_with_a_comma_never_splits_the_list() -> None:
    book = Workbook()
    drop_down(book.worksheets[0], "A1", ["完成,销号", "在办"], "可选状态")
    assert book.worksheets[0].data_validations.dataValidation[0].formula1 == "=可选状态"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", "序号：事项".encode("gb18030"), b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused_in_one_way(data: bytes) -> None:
    with pytest.raises(UnopenableError):
        open_book(data)


# ---------------------------------------------------------------------------------------------- macros


def with_macros(**changed: Callable[[bytes], bytes]) -> bytes:
    """A workbook with macros; some of its parts (by the stem of their name) as they are changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(Workbook()))) as plain, zipfile.ZipFile(out, "w") as parts:
        for name in (*plain.namelist(), "xl/vbaProject.bin"):
            content = plain.read(name) if name in plain.namelist() else b"macro"
            change = changed.get(name.rpartition("/")[2].partition(".")[0])
            parts.writestr(name, change(content) if change else content)
    return out.getvalue()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def test_macros_are_in_the_file_that_is_saved() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(open_book(with_macros())))) as parts:
        assert parts.read("xl/vbaProject.bin") == b"macro"
        assert b"macroEnabled" in parts.read("[Content_Types].xml")


@pytest.mark.parametrize(
    "data",
    [
        with_macros(),
        with_macros(sheet1=half),
        with_macros(theme1=half),
        with_macros(workbook=half),
        with_macros().replace(b"macro", b"Macro"),  # its checksum does not hold
        b"PK\x03\x04junk",
    ],
    ids=["whole", "sheet", "theme", "workbook", "macro", "no-zip"],
)
@pytest.mark.parametrize("values", [False, True])
def test_a_workbook_leaves_without_a_word(monkeypatch: pytest.MonkeyPatch, data: bytes, *, values: bool) -> None:
    heard: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)
    with suppress(UnopenableError):
        saved(open_book(data, values=values))
    gc.collect()
    assert heard == []


@pytest.mark.parametrize("data", [with_macros(sheet1=half), with_macros().replace(b"macro", b"Macro")])
def test_a_damaged_workbook_with_macros_is_refused_when_it_is_opened(data: bytes) -> None:
    with pytest.raises(UnopenableError):
        open_book(data)


# ---------------------------------------------------------------------------------------------- how high a text stands


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("短", 1), ("十个汉字占二十个宽度", 2), ("一\n二\n三", 3)])
def test_lines_of_a_text(text: str, lines: int) -> None:
    assert lines_of(text, 12) == lines
