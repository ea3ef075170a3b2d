"""A workbook written from what the reader found: values, merged ranges, hidden sheets; no looks, no formulas."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.grid import Address, Book, Cell, Sheet, holds
from tongbao.excel.writing.sheetxml import LONGEST_CELL, extent
from tongbao.words.text import clean

# Cells that hold something: openpyxl makes an object of each, and all of the workbook is copied twice.
_MOST_CELLS = 300_000
# Merged ranges: openpyxl takes some tenths of a millisecond for each, 10 000 items have 9 000.
MOST_RANGES = 30_000
_DAY, _PERCENT = 'yyyy"年"m"月"d"日"', "%"
_WIDTHS = (8.0, 40.0)  # characters


def written_afresh(book: Book) -> Workbook | None:
    """The sheets of a workbook in a new one; None where they hold too much for that."""
    if sum(len(sheet.merges) for sheet in book.sheets) > MOST_RANGES:
        return None
    if sum(len(row) for sheet in book.sheets for row in sheet.cells) > _MOST_CELLS:
        return None
    new = Workbook()
    new.remove(new.worksheets[0])
    for sheet in book.sheets:
        page = new.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        _fill(page, sheet)
    return new if any(not sheet.hidden for sheet in book.sheets) else None


def _fill(page: Worksheet, sheet: Sheet) -> None:
    widths: dict[int, float] = {}
    merged = {(top, left) for top, left, _, _ in sheet.merges}
    for row, values in enumerate(sheet.cells, 1):
        for column, value in enumerate(values, 1):
            if holds(value):
                _put(page, (row, column), value, sheet.marks.shown.get((row, column), ""))
                if (row, column) not in merged:
                    longest = max(map(extent, str(value).splitlines()), default=0)
                    widths[column] = max(widths.get(column, 0), longest)
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _WIDTHS[0]), _WIDTHS[1])
    for top, left, bottom, right in sheet.merges:
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in sheet.marks.hidden_rows:
        page.row_dimensions[row].hidden = True


def _put(page: Worksheet, at: Address, value: Cell, shown: str) -> None:
    """A value with the look that it has on the screen: a day, a percentage, or as the text that is shown."""
    cell = page.cell(*at)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if shown.endswith(_PERCENT) and isinstance(value, float):
        cell.value = value
        decimals = len(shown.rstrip(_PERCENT).strip().partition(".")[2])
        cell.number_format = "0" + ("." + "0" * decimals if decimals else "") + _PERCENT
    elif shown or isinstance(value, str):
        cell.value = clean(shown or str(value))[:LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
        if isinstance(value, date):
            cell.number_format = _DAY
