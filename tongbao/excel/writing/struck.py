"""Struck-out cells of a workbook that is written on: what is typed there next must not be struck out too."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText


def unstruck(cell: Cell) -> bool:
    """Takes the line off the look of a cell; was all that it holds struck out?

    Words that are struck out one by one (rich text) lie in the value, and stay with it.
    """
    if not cell.font.strike:
        return False
    font: Any = copy(cell.font)
    font.strike = False
    cell.font = font
    return not isinstance(cell.value, CellRichText)
