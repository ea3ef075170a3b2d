"""A copy of the ledger with its problems marked in their cells, and a first sheet that lists them and leads there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.model import Level, Problem, Row
from tongbao.sheetxml import lines_of, row_height
from tongbao.workbook import (
    BAND_GREY,
    CENTRED,
    HEAD,
    TEXT,
    TITLE,
    UnopenableError,
    annotate,
    cell_at,
    fill,
    heading,
    link_inside,
    open_book,
    print_setup,
    put,
    saved,
)

SHEET = "问题清单"
_COLUMNS = {"级别": 7, "单元格": 16, "表头": 12, "事项": 30, "原值": 20, "问题": 38, "怎么改": 34}
_COLOURS = {Level.ERROR: fill("FFC7CE"), Level.WARNING: fill("FFEB9C"), Level.NOTE: fill("DDEBF7")}
_RANKS = list(_COLOURS)
# Comments are drawn one by one when a sheet opens; beyond this many cells are only coloured.
_MOST_COMMENTS = 500


def marked_ledger(file: str, data: bytes, problems: Iterable[Problem], rows: Sequence[Row] = ()) -> bytes:
    """The marked copy of a ledger, as the bytes of an .xlsx file; of other formats (xls, csv, ods) the list alone.

    Only problems of this file are taken. `rows` are the ledger's rows: they tell to which unit a problem belongs.
    """
    own = [p for p in problems if p.place.file == file]
    try:
        book = open_book(data)
    except UnopenableError:
        book = Workbook()
        book.remove(book.worksheets[0])
    marked = book.sheetnames
    _mark(book, own)
    page = book.create_sheet(SHEET, 0)
    _list(page, file, _by_unit(own, rows), marked)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is page
    book.active = 0
    return saved(book)


# ---------------------------------------------------------------------------------------------- the cells


def _mark(book: Workbook, problems: Sequence[Problem]) -> None:
    """Colours the cells by their worst problem, and says in a comment what is wrong."""
    milder_first = sorted(problems, key=lambda p: -_RANKS.index(p.level))
    for number, problem in enumerate(milder_first):
        place = problem.place
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


def _by_unit(problems: Iterable[Problem], rows: Iterable[Row]) -> list[tuple[str, list[Problem]]]:
    """The problems in sheet order, gathered by the unit of their row; those of no row come first."""
    units = {(row.place.sheet, row.place.row): "、".join(row.units) for row in rows}
    gathered: dict[str, list[Problem]] = {"": []}
    for problem in sorted(problems, key=lambda p: (p.place, _RANKS.index(p.level))):
        gathered.setdefault(units.get((problem.place.sheet, problem.place.row), ""), []).append(problem)
    return [(unit, found) for unit, found in gathered.items() if found]


def _list(page: Worksheet, file: str, by_unit: Sequence[tuple[str, list[Problem]]], marked: Sequence[str]) -> None:
    own = [p for _, found in by_unit for p in found]
    counts = "，".join(f"{level.label}{sum(p.level is level for p in own)}处" for level in _RANKS)
    above = [f"问题清单：{file}", f"{counts}。这是标出问题的副本，只供查看：请改原台账，保存后再运行一次。"]
    for row, text in enumerate(above, 1):
        put(cell_at(page, row, 1), text, TITLE if row == 1 else TEXT, Alignment(vertical="center")).border = Border()
    heading(page, 3, list(_COLUMNS), list(_COLUMNS.values()))
    page.freeze_panes = "A4"
    print_setup(page, (3, 3))
    row = 4
    for unit, found in by_unit:
        _band(page, row, unit or "全表", len(found))
        for same in _folded(found):
            row += 1
            _entry(page, row, same, marked)
        row += 1


def _band(page: Worksheet, row: int, unit: str, count: int) -> None:
    for column in range(1, len(_COLUMNS) + 1):
        put(
            cell_at(page, row, column),
            f"{unit}（{count}处）" if column == 1 else None,
            HEAD,
            Alignment(vertical="center"),
        )
        page.cell(row, column).fill = BAND_GREY


def _folded(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems that say the very same of several cells become one entry, in the place of the first."""
    same: dict[tuple[str, ...], list[Problem]] = {}
    for p in problems:
        same.setdefault((p.level, p.code, p.message, p.fix, p.header, p.value), []).append(p)
    return list(same.values())


def _entry(page: Worksheet, row: int, same: Sequence[Problem], marked: Sequence[str]) -> None:
    first = same[0]
    values = [first.level.label, _cells(same), first.header, _items(same), first.value, first.message, first.fix]
    for column, value in enumerate(values, 1):
        put(cell_at(page, row, column), value)
    level = put(cell_at(page, row, 1), first.level.label, HEAD, CENTRED)
    level.fill = _COLOURS[first.level]
    if first.place.sheet in marked and first.place.row:
        address = first.place.cell if first.place.column else f"A{first.place.row}"
        link_inside(cell_at(page, row, 2), first.place.sheet, address)
    widths = _COLUMNS.values()
    height = max(lines_of(str(value), width) for value, width in zip(values, widths, strict=True))
    page.row_dimensions[row].height = row_height(height)


def _cells(same: Sequence[Problem]) -> str:
    """`台账!H5、H9、K7`: the sheet is said once."""
    by_sheet = groupby(same, key=lambda p: p.place.sheet)
    return "；".join(f"{s}!{cells}" if s else "" for s, found in by_sheet if (cells := _addresses(found)) or s)


def _addresses(problems: Iterable[Problem]) -> str:
    return "、".join(p.place.cell if p.place.column else f"第{p.place.row}行" for p in problems if p.place.row)


def _items(same: Sequence[Problem]) -> str:
    items = list(dict.fromkeys(p.item for p in same if p.item))
    return "；".join(items[:3]) + (f"等{len(items)}项" if len(items) > 3 else "")
