"""A copy of the ledger: problems are marked in their cells, and a first sheet lists them with links to the cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.writing.listing import Way
from tongbao.excel.writing.opening import UnopenableError, open_book, saved
from tongbao.excel.writing.remarks import annotate
from tongbao.excel.writing.sheetxml import lines_of, row_height
from tongbao.excel.writing.workbook import (
    BAND_GREY,
    CENTRED,
    HEAD,
    TEXT,
    TITLE,
    cell_at,
    fill,
    heading,
    link_inside,
    print_setup,
    put,
)
from tongbao.ledger.problem_list import COLUMNS, SHEET, by_unit, counts, folded, problem_list, texts
from tongbao.model import Level, Problem, Row

_COLOURS = {Level.ERROR: fill("FFC7CE"), Level.WARNING: fill("FFEB9C"), Level.NOTE: fill("DDEBF7")}
_RANKS = list(_COLOURS)
# Comments are drawn one by one when a sheet opens; the number is set by feel, without a measurement in Excel or WPS.
# The worst problems have theirs; the cells of the rest are only coloured, and stand in the list.
_MOST_COMMENTS = 500


def marked_ledger(
    file: str, data: bytes, problems: Iterable[Problem], rows: Sequence[Row] = (), way: Way | None = None
) -> bytes:
    """The marked copy of a ledger in any format, as the bytes of an .xlsx file; for a file that cannot be read, or is
    too large to be written, the list alone.

    Only problems of this file are taken. `rows` are the ledger's rows, by which a problem has its unit; `way` gives
    the path to the ledger, for a list alone.
    """
    own = [p for p in problems if p.place.file == file]
    if any(p.code.startswith("file_") for p in own):  # what is not read is not written either
        return problem_list(file, own, rows, way)
    try:
        book = open_book(data, file)
    except UnopenableError:
        return problem_list(file, own, rows, way)
    marked = book.sheetnames
    _mark(book, own)
    page = book.create_sheet(SHEET, 0)
    _list(page, file, by_unit(own, rows), marked)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is page
    book.active = 0
    return saved(book)


# ---------------------------------------------------------------------------------------------- the cells


def _mark(book: Workbook, problems: Sequence[Problem]) -> None:
    """Colours each cell by its worst problem, and puts a comment with the problem and its fix on it."""
    milder_first = sorted(problems, key=lambda p: -_RANKS.index(p.level))
    for number, problem in enumerate(milder_first):
        for place in (problem.place, *problem.also):
            if place.sheet in book.sheetnames and place.row:
                cell = _holder(book[place.sheet], place.row, place.column or 1)
                cell.fill = _COLOURS[problem.level]
                if len(problems) - number <= _MOST_COMMENTS:
                    annotate(cell, f"【{problem.level.label}】{problem.message}" + _fix(problem))


def _fix(problem: Problem) -> str:
    return f"\n怎么改：{problem.fix}" if problem.fix else ""


def _holder(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the first cell of the merged range that covers it."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    area = next(
        m for m in sheet.merged_cells.ranges if m.min_row <= row <= m.max_row and m.min_col <= column <= m.max_col
    )
    return cell_at(sheet, area.min_row, area.min_col)


# ---------------------------------------------------------------------------------------------- the list


def _list(page: Worksheet, file: str, found: Sequence[tuple[str, list[Problem]]], marked: Sequence[str]) -> None:
    told = "这是标出问题的副本，只供查看：请改原台账，保存后再运行一次。"
    above = [f"问题清单：{file}", f"{counts(found)}。{told}"]
    for row, text in enumerate(above, 1):
        put(cell_at(page, row, 1), text, TITLE if row == 1 else TEXT, Alignment(vertical="center")).border = Border()
    heading(page, 3, list(COLUMNS), list(COLUMNS.values()))
    page.freeze_panes = "A4"
    print_setup(page, (3, 3))
    row = 4
    for unit, problems in found:
        _band(page, row, unit or "全表", len(problems))
        for same in folded(problems):
            row += 1
            _entry(page, row, same, marked)
        row += 1


def _band(page: Worksheet, row: int, unit: str, count: int) -> None:
    for column in range(1, len(COLUMNS) + 1):
        put(
            cell_at(page, row, column),
            f"{unit}（{count}处）" if column == 1 else None,
            HEAD,
            Alignment(vertical="center"),
        )
        page.cell(row, column).fill = BAND_GREY


def _entry(page: Worksheet, row: int, same: Sequence[Problem], marked: Sequence[str]) -> None:
    first = same[0]
    values = texts(same)
    for column, value in enumerate(values, 1):
        put(cell_at(page, row, column), value)
    level = put(cell_at(page, row, 1), first.level.label, HEAD, CENTRED)
    level.fill = _COLOURS[first.level]
    if first.place.sheet in marked and first.place.row:
        address = first.place.cell if first.place.column else f"A{first.place.row}"
        link_inside(cell_at(page, row, 2), first.place.sheet, address)
    widths = COLUMNS.values()
    height = max(lines_of(value, width) for value, width in zip(values, widths, strict=True))
    page.row_dimensions[row].height = row_height(height)
