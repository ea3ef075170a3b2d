"""A workbook written from what the reader found: values as they were shown, merged ranges, what is hidden, comments.

It has no looks but the width of its columns and the colours of its cells, which may say something, and no formulas.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.grid import Book, Range, Sheet
from tongbao.excel.values import Cell as Value
from tongbao.excel.values import SeenNumber, holds, text_of
from tongbao.excel.writing.alike import alike
from tongbao.excel.writing.sheetxml import LONGEST_CELL, extent
from tongbao.words.text import clean

# Cells that hold something: openpyxl makes an object of each, and all of the workbook is copied twice.
_MOST_CELLS = 300_000
# Merged ranges: openpyxl takes some tenths of a millisecond for each, 10 000 items have 9 000.
MOST_RANGES = 30_000
# And an object for each cell that they cover.
MOST_MERGED_CELLS = 300_000
_WIDTHS = (8.0, 40.0)  # characters


def written_afresh(book: Book) -> Workbook | None:
    """The sheets of a workbook in a new one; None where they hold too much for that, or none of them is in sight."""
    ranges = [area for sheet in book.sheets for area in sheet.merges]
    if len(ranges) > MOST_RANGES or sum(map(_size, ranges)) > MOST_MERGED_CELLS:
        return None
    if sum(len(row) for sheet in book.sheets for row in sheet.cells) > _MOST_CELLS:
        return None
    new = Workbook()
    new.remove(new.worksheets[0])
    for sheet in book.sheets:
        page = new.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        _fill(page, sheet)
    new.active = next((n for n, sheet in enumerate(book.sheets) if not sheet.hidden), 0)
    return new if any(not sheet.hidden for sheet in book.sheets) else None


def left_behind(book: Book) -> tuple[str, ...]:
    """What the reader knows of and the new workbook lacks, in the clerk's words."""
    seen = [sheet.marks for sheet in book.sheets if not sheet.hidden]
    named = {
        "图片": any(marks.pictures for marks in seen),
        "文本框和图形": any(marks.boxes for marks in seen),
        "筛选（各行全部显示）": any(marks.filtered for marks in seen),
    }
    return tuple(name for name, there in named.items() if there)


def _size(area: Range) -> int:
    top, left, bottom, right = area
    return (bottom - top + 1) * (right - left + 1)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    merges = list(_apart(sheet.merges))
    merged = {(top, left) for top, left, _, _ in merges}
    widths: dict[int, float] = {}
    for row, values in enumerate(sheet.cells, 1):
        for column, value in enumerate(values, 1):
            if holds(value) or isinstance(value, SeenNumber):  # also a number of which its format shows nothing
                _put(page.cell(row, column), value, sheet.marks.failed.get((row, column), ""))
                if (row, column) not in merged:
                    longest = max(map(extent, text_of(value).splitlines()), default=0)
                    widths[column] = max(widths.get(column, 0), longest)
    _lay_out(page, sheet, widths)
    for (row, column), colour in sheet.fills.cells.items() if sheet.fills else ():
        if row <= len(sheet.cells) and column <= len(sheet.cells[row - 1]):
            page.cell(row, column).fill = PatternFill("solid", fgColor=f"FF{colour}")
    for at, text in sheet.marks.comments.items():
        page.cell(*at).comment = Comment(clean(text), "")
    for top, left, bottom, right in merges:
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _lay_out(page: Worksheet, sheet: Sheet, widths: dict[int, float]) -> None:
    """Columns as wide as their texts, within limits. Rows that only a filter hides are in sight: it is not there."""
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _WIDTHS[0]), _WIDTHS[1])
    for column in sheet.marks.hidden_columns:
        page.column_dimensions[get_column_letter(column)].hidden = True
    if not sheet.marks.filtered:
        for row in sheet.marks.hidden_rows:
            page.row_dimensions[row].hidden = True


def _apart(merges: tuple[Range, ...]) -> Iterator[Range]:
    """The merged ranges without those that lie over an earlier one: Excel calls such a file damaged."""
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in merges:
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if taken.isdisjoint(cells):
            taken |= cells
            yield top, left, bottom, right


def _put(cell: Cell | MergedCell, value: Value, failed: str) -> None:
    """Writes a value as it was shown; a formula that failed stays an error, so that it is told again."""
    assert isinstance(cell, Cell)  # cells are merged when all are written
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    written, code = alike(value)
    if isinstance(written, str):
        cell.value = clean(written)[:LONGEST_CELL]
        cell.data_type = "e" if failed and cell.value in ERROR_CODES else "s"
        return
    cell.value = written
    if code:
        cell.number_format = code
