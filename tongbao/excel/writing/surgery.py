"""Rows taken out of a sheet and columns put in, so that everything that points into the sheet follows.

openpyxl's own `delete_rows` moves values alone: merged ranges, formulas, rules, heights and links stay behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.writing.references import LOST, column_formulas, named_ranges, unquoted
from tongbao.excel.writing.sheetxml import LAST_ROW

_FEW = 10_000  # rows; no table of an office ends so far down
_LAST_COLUMN = 16_384  # of a sheet; columns that are pushed beyond it would fall on it
# References as formulas write them. A name such as `A1B` or a column of a table matches none of them and stays; a cell
# joined to a function, as in `D2:OFFSET(D2,1,0)`, is no whole reference either, and its `D2:` stays too (tried).
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
_COLUMN = re.compile(r"(\$?)([A-Z]{1,3})")
_ROW = re.compile(r"(\$?)(\d{1,7})")
# A reference with or without its sheet. `[1]台账!A1`, a sheet of another file, does not match and stays.
# Both ends with the sheet's name, `台账!A1:台账!B3`, which says no more than `台账!A1:B3`.
_NAMED_TWICE = re.compile(r"^((?:'(?:[^']|'')+'|[^'!\[\]:]+)!)([^!:]+):\1")
_QUALIFIED = re.compile(r"(?:('(?:[^']|'')+'|[^'!\[\]:]+)!)?([^!]+)")


class Shift:
    """Where the rows and columns of a sheet go: rows `dropped` vanish, an empty column comes before each of `inserted`.

    All numbers are 1-based and those of the sheet as it was.
    """

    def __init__(self, dropped: Collection[int] = (), inserted: Collection[int] = ()) -> None:
        self.dropped = sorted(set(dropped))
        self.inserted = sorted(inserted)

    def row(self, row: int) -> int | None:
        """The new number of a row, None where it is dropped."""
        before = bisect_left(self.dropped, row)
        gone = before < len(self.dropped) and self.dropped[before] == row
        return None if gone else row - before

    def column(self, column: int) -> int:
        """The new number of a column."""
        return min(_LAST_COLUMN, column + bisect_right(self.inserted, column))

    def rows(self, first: int, last: int) -> tuple[int, int] | None:
        """The new first and last row of a span of rows, None where all its rows are dropped."""
        start = first - bisect_left(self.dropped, first)
        end = last - bisect_right(self.dropped, last)
        return (start, end) if start <= end else None

    def area(self, ref: str) -> str | None:
        """What is left of a range such as `A3:F9`, None where nothing is."""
        left, top, right, bottom = (int(n or 1) for n in range_boundaries(ref))
        rows = self.rows(top, bottom)
        if rows is None:
            return None
        # Whole columns stay whole; earlier versions made of them areas that end a few rows before the last.
        last = LAST_ROW if bottom > LAST_ROW - _FEW else rows[1]
        return CellRange(None, self.column(left), rows[0], self.column(right), last).coord

    def areas(self, areas: MultiCellRange) -> MultiCellRange:
        """What is left of several ranges; perhaps none."""
        left = (self.area(area.coord) for area in areas.sorted())
        return MultiCellRange([CellRange(area) for area in left if area])

    def formula(self, text: str, of: str, within: str) -> str:
        """A formula (with its `=`) with its references to the sheet `of` moved; it stands in the sheet `within`.

        A reference to rows that are all dropped becomes `#REF!`.
        """
        tokens = Tokenizer(text)
        for token in tokens.items:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                token.value = self._reference(token.value, of, within)
        return str(tokens.render())  # type: ignore[no-untyped-call]

    def _reference(self, text: str, of: str, within: str) -> str:
        text = _NAMED_TWICE.sub(r"\1\2:", text)
        match = _QUALIFIED.fullmatch(text)
        sheet = match and match[1]
        if not match or (unquoted(sheet) if sheet else within) != of:
            return text
        moved = self._moved(match[2])
        if moved in (None, LOST):  # Excel takes a lost reference with a sheet's name for damage in some places
            return moved or text
        return f"{sheet}!{moved}" if sheet else str(moved)

    def _moved(self, ref: str) -> str | None:
        """A reference without its sheet, moved; None for what is no reference to cells (a name, a table)."""
        ends = ref.split(":")
        if all(map(_CELL.fullmatch, ends)) and len(ends) <= 2:
            return self._moved_cells(ends)
        if len(ends) == 2 and all(map(_COLUMN.fullmatch, ends)):
            moved = (_COLUMN.sub(lambda m: m[1] + self._letters(m[2]), end) for end in ends)
            return ":".join(moved)
        if len(ends) == 2 and all(map(_ROW.fullmatch, ends)):
            numbers = self.rows(*(int(end.strip("$")) for end in ends))
            dollars = ("$" if end.startswith("$") else "" for end in ends)
            return ":".join(f"{d}{n}" for d, n in zip(dollars, numbers, strict=True)) if numbers else LOST
        return None

    def _moved_cells(self, ends: list[str]) -> str:
        parts = [m for m in map(_CELL.fullmatch, ends) if m]
        numbers = self.rows(int(parts[0][4]), int(parts[-1][4]))
        if numbers is None:
            return LOST
        return ":".join(f"{m[1]}{self._letters(m[2])}{m[3]}{number}" for m, number in zip(parts, numbers, strict=False))

    def _letters(self, letters: str) -> str:
        return get_column_letter(self.column(column_index_from_string(letters)))


# ---------------------------------------------------------------------------------------------- the operation


def reshape(sheet: Worksheet, shift: Shift) -> None:
    """Carries out a shift on a sheet and on all that refers to it. A new column looks like its right neighbour."""
    _rescue_merged_values(sheet, shift)
    _move_merges(sheet, shift)
    _move_cells(sheet, shift)
    _move_dimensions(sheet, shift)
    _move_rules(sheet, shift)
    _move_pages(sheet, shift)
    _move_tables(sheet, shift)
    _move_drawings(sheet, shift)
    book = sheet.parent
    assert isinstance(book, Workbook)
    _move_formulas(book, sheet.title, shift)


def _rescue_merged_values(sheet: Worksheet, shift: Shift) -> None:
    """Where the first row of a merged range is dropped, its value moves to the first of its rows that stays."""
    for area in sheet.merged_cells.ranges:
        left = shift.rows(area.min_row, area.max_row)
        if left and shift.row(area.min_row) is None:
            heir = next(r for r in range(area.min_row, area.max_row + 1) if shift.row(r) is not None)
            first = sheet.cell(area.min_row, area.min_col)
            cell = _blank_like(first, heir, area.min_col)
            cell.value = first.value
            sheet._cells[heir, area.min_col] = cell


class _Plain(MergedCellRange):
    """A merged range that leaves the borders of its cells as they are."""

    def _get_borders(self) -> None:
        pass


def merge_as_it_is(sheet: Worksheet, area: str) -> None:
    """Adds a merged range (`A3:A5`) and leaves its cells alone: openpyxl's own way is slow for thousands of ranges."""
    sheet.merged_cells.ranges.add(_Plain(sheet, area))


def _move_merges(sheet: Worksheet, shift: Shift) -> None:
    """Moves the merged ranges, not their cells. A range of which one cell is left is merged no longer."""
    moved = [area for old in sheet.merged_cells.ranges if (area := shift.area(old.coord)) and ":" in area]
    sheet.merged_cells.ranges = set()
    for area in moved:
        merge_as_it_is(sheet, area)


def _move_cells(sheet: Worksheet, shift: Shift) -> None:
    cells: dict[tuple[int, int], Cell | MergedCell] = {}
    for (row, column), cell in sheet._cells.items():
        new = shift.row(row)
        if new is None:
            continue
        if column in shift.inserted:
            cells[new, shift.column(column) - 1] = _blank_like(cell, new, shift.column(column) - 1)
        cell.row, cell.column = new, shift.column(column)
        cells[new, cell.column] = cell
        if isinstance(cell, Cell) and cell.hyperlink:
            cell.hyperlink.ref = cell.coordinate
    sheet._cells = cells
    covered = {place for area in sheet.merged_cells.ranges for place in area.cells}
    covered -= {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
    for place, cell in cells.items():
        if isinstance(cell, MergedCell) and place not in covered:
            cells[place] = _blank_like(cell, *place)


def _blank_like(cell: Any, row: int, column: int) -> Cell:
    blank: Any = Cell(cell.parent, row, column)
    blank._style = copy(cell._style)
    assert isinstance(blank, Cell)
    return blank


def _move_dimensions(sheet: Worksheet, shift: Shift) -> None:
    heights = {}
    for row, dimension in sheet.row_dimensions.items():
        if (new := shift.row(row)) is not None:
            dimension.index = new
            heights[new] = dimension
    sheet.row_dimensions.clear()
    sheet.row_dimensions.update(heights)
    if shift.inserted:
        singles = list(_single_columns(sheet))
        sheet.column_dimensions.clear()
        for column, width in singles:
            places = [shift.column(column)] + [shift.column(column) - 1] * (column in shift.inserted)
            for place in places:
                _set_dimension(sheet, place, width)


def _single_columns(sheet: Worksheet) -> Iterator[tuple[int, ColumnDimension]]:
    """(number, width and look) of every single column: a dimension of openpyxl may stand for many columns."""
    # Runs that end with the sheet reach to column 16384: what is more than ten columns beyond the table is let go.
    beyond = sheet.max_column + 10
    for letters, dimension in sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letters)
        for column in range(first, min(dimension.max or first, beyond) + 1):
            yield column, dimension


def _set_dimension(sheet: Worksheet, column: int, like: ColumnDimension) -> None:
    fresh = copy(like)
    fresh.index = get_column_letter(column)
    fresh.min = fresh.max = column
    sheet.column_dimensions[fresh.index] = fresh


def _move_rules(sheet: Worksheet, shift: Shift) -> None:
    """Moves validations and conditional formats. Their formulas are written for the first cell of their range."""
    rules = sheet.data_validations.dataValidation
    for rule in rules:
        heir = _heir(rule.sqref, shift)
        for name in ("formula1", "formula2"):
            setattr(rule, name, _rule_formula(getattr(rule, name), rule.sqref, heir, sheet.title, shift))
        rule.sqref = shift.areas(rule.sqref)
    sheet.data_validations.dataValidation = [rule for rule in rules if rule.sqref]
    formats = ConditionalFormattingList()
    for old in sheet.conditional_formatting:
        heir = _heir(old.sqref, shift)
        if heir:
            for rule in old.rules:
                rule.formula = [_rule_formula(f, old.sqref, heir, sheet.title, shift) or f for f in rule.formula]
                formats.add(str(shift.areas(old.sqref)), rule)
    sheet.conditional_formatting = formats


def _heir(areas: MultiCellRange, shift: Shift) -> str | None:
    """The old address of the first cell of the ranges that stays, None where none does."""
    for area in areas.sorted():
        for row in range(area.min_row, area.max_row + 1):
            if shift.row(row) is not None:
                return f"{get_column_letter(area.min_col)}{row}"
    return None


def _rule_formula(text: str | None, areas: MultiCellRange, heir: str | None, sheet: str, shift: Shift) -> str | None:
    if not text or not heir or text.startswith('"'):
        return text
    first = areas.sorted()[0]
    origin = f"{get_column_letter(first.min_col)}{first.min_row}"
    moved = Translator("=" + text, origin=origin).translate_formula(heir)
    return shift.formula(moved, sheet, sheet)[1:]


def _move_pages(sheet: Worksheet, shift: Shift) -> None:
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shift.area(sheet.auto_filter.ref)
    if sheet.print_area:
        areas = re.findall(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)", sheet.print_area)
        moved = [shift.area(f"{a}{b}:{c}{d}") for a, b, c, d in areas]
        sheet.print_area = ",".join(filter(None, moved)) or None
    breaks = RowBreak()
    for one in sheet.row_breaks.brk:
        if (row := shift.row(one.id)) is not None:
            breaks.append(Break(id=row, min=one.min, max=one.max, man=one.man, pt=one.pt))
    sheet.row_breaks = breaks


def _move_tables(sheet: Worksheet, shift: Shift) -> None:
    """Moves formatted tables (套用表格格式), in which an inserted column needs an entry of its own."""
    for table in sheet.tables.values():
        left, _, right, _ = (int(n or 1) for n in range_boundaries(table.ref))
        table.ref = shift.area(table.ref) or table.ref
        if table.autoFilter and table.autoFilter.ref:
            table.autoFilter.ref = shift.area(table.autoFilter.ref) or table.ref
        for column in reversed(shift.inserted):
            if left < column <= right:
                number = max(c.id for c in table.tableColumns) + 1
                table.tableColumns.insert(column - left, TableColumn(id=number, name=f"列{number}"))


def _move_drawings(sheet: Worksheet, shift: Shift) -> None:
    drop_pictures(sheet, lambda row, _: row in shift.dropped)
    drawn: Any = sheet
    for drawing in (*drawn._images, *drawn._charts):
        for corner in (getattr(drawing.anchor, "_from", None), getattr(drawing.anchor, "to", None)):
            if corner is not None:
                corner.row -= bisect_left(shift.dropped, corner.row + 1)
                corner.col = shift.column(corner.col + 1) - 1


def drop_pictures(sheet: Worksheet, where: Callable[[int, int], bool]) -> None:
    """Takes out the pictures whose upper left corner lies in such a cell (row, column)."""
    drawn: Any = sheet
    corners = ((image, getattr(image.anchor, "_from", None)) for image in drawn._images)
    drawn._images = [image for image, at in corners if at is None or not where(at.row + 1, at.col + 1)]


def _move_formulas(book: Workbook, of: str, shift: Shift) -> None:
    """Moves the references to the sheet in the cells and links of all sheets, and in defined names."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type == "f":
                cell.value = _moved_value(cell.value, of, sheet.title, shift)
            if isinstance(cell, Cell) and cell.hyperlink and cell.hyperlink.location:
                cell.hyperlink.location = shift.formula("=" + cell.hyperlink.location, of, sheet.title)[1:]
        for formula in column_formulas(sheet):
            formula.attr_text = shift.formula("=" + formula.attr_text, of, sheet.title)[1:]
    for names, within in named_ranges(book):
        for name in names:
            if name.attr_text and not name.attr_text.startswith('"'):
                name.attr_text = shift.formula("=" + name.attr_text, of, within)[1:]


def _moved_value(value: Any, of: str, within: str, shift: Shift) -> Any:
    if isinstance(value, ArrayFormula):
        value.text = shift.formula(value.text or "=", of, within)
        if of == within:
            value.ref = shift.area(value.ref) or value.ref
        return value
    return shift.formula(value, of, within) if isinstance(value, str) else value
