"""The colours of cells, wherever a workbook keeps them; a file that tells none stays as it was read."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import Stop

from tests.support.drawing import saved, workbook
from tests.support.folders import ROOT
from tongbao.excel import sheets
from tongbao.excel.fills import with_fills
from tongbao.excel.grid import Fills

TABLE = "| 序号 | 事项 |\n| 1 | 修路 |\n| 2 | 架桥 |"


def fills(data: bytes, name: str = "台账.xlsx") -> Fills | None:
    book, _ = sheets.parse(data, name)
    assert book
    return with_fills(book, data).sheets[0].fills


def filled(cell: str, fill: Any) -> dict[tuple[int, int], str]:
    book = workbook(TABLE)
    book.worksheets[0][cell].fill = fill
    found = fills(saved(book))
    assert found is not None
    return dict(found.cells)


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (PatternFill("solid", fgColor="FFFF0000"), "FF0000"),
        (PatternFill("solid", fgColor=Color(indexed=13)), "FFFF00"),
        (PatternFill("solid", fgColor=Color(theme=4)), "4F81BD"),
        (PatternFill("lightUp", fgColor="FF00B050"), "00B050"),
        (GradientFill(stop=[Stop(Color("FFFFC000"), 0), Stop(Color("FFFFFFFF"), 1)]), "FFC000"),
    ],
)
def test_every_way_to_fill_a_cell(fill: Any, colour: str) -> None:
    assert filled("B2", fill) == {(2, 2): colour}


@pytest.mark.parametrize(
    "fill", [PatternFill(), PatternFill("solid", fgColor="FFFFFFFF"), PatternFill("solid", fgColor=Color(theme=0))]
)
def test_white_is_no_colour(fill: Any) -> None:
    assert filled("B2", fill) == {}


def test_an_empty_cell_has_its_colour_too() -> None:
    assert filled("D9", PatternFill("solid", fgColor="FFFF0000")) == {(9, 4): "FF0000"}


@pytest.mark.parametrize("name", ["底色.ods", "底色.xls"])
def test_other_formats_tell_the_same(name: str) -> None:
    found = fills((ROOT / "tests" / "data" / name).read_bytes(), name)
    assert found is not None
    assert found.cells == {(2, 2): "FF0000", (3, 1): "00B050", (3, 2): "00B050", (3, 3): "00B050", (4, 2): "FCD5B5"}


def test_a_format_without_colours_tells_none() -> None:
    assert fills("序号,事项\n1,修路\n".encode("gb18030"), "台账.csv") is None
