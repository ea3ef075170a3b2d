"""What the next ledger cannot bring up to date by itself: totals that somebody typed, formulas whose rows have left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.writing.references import LOST
from tongbao.model import Level, Place, Problem
from tongbao.words.text import first_few

# Cells named in one line (set by feel: a line and a half); who has more of them sees the rest beside these.
_NAMED = 12

# The formulas of a workbook by the identity of their cells, which may move.
Formulas = dict[int, str]


def formulas_of(book: Workbook) -> Formulas:
    """All formulas, before rows leave."""
    return {id(cell): _formula(cell) for sheet in book.worksheets for cell in _formula_cells(sheet)}


def lost_references(book: Workbook, before: Formulas, file: str) -> Iterator[Problem]:
    """A warning that names each formula that looked at a row which has left, with the formula as it was."""
    cells = [cell for sheet in book.worksheets for cell in _formula_cells(sheet) if LOST in _formula(cell)]
    lost = [(cell, old) for cell in cells if LOST not in (old := before.get(id(cell), ""))]
    if lost:
        named = [f"“{cell.parent.title}”{cell.coordinate}（原为{old}）" for cell, old in lost]
        message = f"{len(lost)}个公式引用的行已经移走，引用丢失：{first_few(named, _NAMED, '、')}"
        yield Problem(Level.WARNING, "reference_lost", message, "移走的行在“销号”表里，请改公式", place=Place(file))


def _formula_cells(sheet: Worksheet) -> Iterable[Cell]:
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell) and cell.data_type == "f"]


def _formula(cell: Cell) -> str:
    return str(getattr(cell.value, "text", cell.value))


def typed_totals(sheet: Worksheet, rows: Iterable[int], columns: Collection[int] = ()) -> list[Cell]:
    """The cells of total rows that hold a number, or a text with one (合计3项), and no formula.

    `columns`: those looked at; all where none are given.
    """
    cells = (cell for row in rows for cell in sheet[row] if isinstance(cell, Cell) and cell.data_type != "f")
    return [cell for cell in cells if _has_number(cell.value) and (not columns or cell.column in columns)]


def _has_number(value: object) -> bool:
    return not isinstance(value, bool | date) and any(sign.isdigit() for sign in str(value or ""))


def told_of_totals(totals: Sequence[Cell], gone: int, file: str) -> Iterator[Problem]:
    """A note that names the typed totals, which are last period's; `gone` rows that they count have left."""
    if totals:
        several = len({cell.parent.title for cell in totals}) > 1
        named = [f"“{cell.parent.title}”{cell.coordinate}" if several else str(cell.coordinate) for cell in totals]
        counted = f"，移走的{gone}项仍算在里面" if gone else ""
        message = f"合计、小计里手工填的数还是上期的{counted}：{first_few(named, _NAMED, '、')}"
        fix = "请按本期改，或改用公式"
        yield Problem(Level.NOTE, "totals_typed", message, fix, place=Place(file, totals[0].parent.title))
