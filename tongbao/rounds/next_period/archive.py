"""The sheet 销号 of a ledger: the closed rows, each with the period in which it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.config.kinds import ColumnType, Kind
from tongbao.excel.writing.remarks import annotate, office_remark
from tongbao.excel.writing.workbook import cell_at, print_setup, same_value
from tongbao.model import CLOSED_IN, ID, NO, TASK, Header, Table
from tongbao.rounds.ids import id_header
from tongbao.rounds.next_period.succession import Carried, Part, Succession
from tongbao.words.text import key, one_line

SHEET = "销号"
# Characters; the columns of headings have 20.
_WIDTHS = {CLOSED_IN: 14.0, ID: 10.0}


class Archive:
    """Moves closed rows into the sheet 销号 of a workbook, each value under the header that it had.

    `values` is the same workbook with the results of its formulas: a closed row keeps these, and no formulas.
    """

    def __init__(self, book: Workbook, values: Workbook, found: Succession, kind: Kind) -> None:
        self._book, self._values, self._found, self._kind = book, values, found, kind
        self._target: _Target | None = None

    def close(self, part: Part) -> None:
        """Writes the closed rows of one sheet below the rows that are there already."""
        if not part.closed:
            return
        target = self._target = self._target or _target(self._book, self._found)
        source = _Source(self._book[part.table.sheet], self._values[part.table.sheet], part.table, self._kind)
        sections = self._kind.sections
        levels = [level for level in sections if level not in part.table.headers]
        added = _head(source, target, (*levels, CLOSED_IN, ID))
        self._headings_to_columns(target, [level for level in sections if level in added])
        for carried in part.closed:
            source.copy(carried, target)
            told = {level: text for level, text in zip(sections, carried.row.section, strict=False) if level in levels}
            told |= {CLOSED_IN: self._found.old.period.label, ID: carried.id}
            for name, text in told.items():
                target.write(target.next, name, text, source.look(carried))
            target.next += 1
        if target.alone:
            print_setup(target.sheet, (target.header, target.header))
            target.sheet.freeze_panes = target.sheet.freeze_panes or f"A{target.header + 1}"

    def _headings_to_columns(self, target: _Target, levels: Iterable[str]) -> None:
        """Writes the headings of older rows into new heading columns, as the reader takes one or the other."""
        for level in levels:
            depth = self._kind.sections.index(level)
            for row in self._found.old.closed:
                if row.place.sheet == target.sheet.title and depth < len(row.section):
                    model = target.sheet.cell(row.place.row, min(target.fields.values(), default=1))
                    target.write(row.place.row, level, row.section[depth], model)


def _head(source: _Source, target: _Target, names: Iterable[str]) -> list[str]:
    """Adds the headers of the ledger that are missing, then columns for `names` (headings, period, id).

    Returns the fields or names of the columns that are new.
    """
    row = source.table.header_row
    added = []
    for column, header in source.headers.items():
        field_name = source.field_of(column)
        if not target.known(header.text, field_name, source.own_text(column)):
            width = source.sheet.column_dimensions[get_column_letter(column)].width
            target.add(header.text, field_name, source.sheet.cell(row, column), width, source.own_text(column))
            added.append(field_name)
    for name in names:
        if not target.known(name, name):
            text = id_header(source.kind, source.table) if name == ID else name
            target.add(text, name, source.sheet.cell(row, min(source.headers)), _WIDTHS.get(name, 20))
            added.append(name)
    if target.next == target.header + 1:
        target.sheet.row_dimensions[target.header].height = source.sheet.row_dimensions[row].height
    return added


# ---------------------------------------------------------------------------------------------- where from


class _Source:
    """The sheet that the closed rows leave. `headers` are all its columns, from left to right."""

    def __init__(self, sheet: Worksheet, known: Worksheet, table: Table, kind: Kind) -> None:
        self.sheet, self.known, self.table, self.kind = sheet, known, table, kind
        found = (*table.headers.values(), *table.others)
        self.headers: dict[int, Header] = {h.column: h for h in sorted(found, key=lambda h: h.column)}
        self._first = {(r, c): (m.min_row, m.min_col) for m in sheet.merged_cells.ranges for r, c in m.cells}

    def field_of(self, column: int) -> str:
        """The field that a column holds, empty for an undeclared one."""
        return next((name for name, header in self.table.headers.items() if header.column == column), "")

    def own_text(self, column: int) -> str:
        """The header of a column as the sheet 销号 has it, in one row: the lowest of several rows where no other column
        has the same there, for by that the settings know it; else all of them together."""
        texts = [self._lowest(number) for number in self.headers]
        own = self._lowest(column)
        return own if own and texts.count(own) == 1 else self.headers[column].text

    def _lowest(self, column: int) -> str:
        value = self.known.cell(*self._origin(self.table.header_row, column)).value
        return one_line(str(value)) if value is not None else ""

    def copy(self, carried: Carried, target: _Target) -> None:
        """Copies one row, cell by cell; the value of a merged cell is written into each of its rows."""
        row = carried.row.place.row
        for column, header in self.headers.items():
            name = self.field_of(column)
            origin = self._origin(row, column) if self._fills(name) else (row, column)
            written = cell_at(target.sheet, target.next, target.known(header.text, name, self.own_text(column)))
            cell, value = self.sheet.cell(*origin), self.known.cell(*origin)
            if not isinstance(value, MergedCell):
                same_value(written, value)
            if isinstance(cell.value, CellRichText):  # with the words in it that are struck out, as they are
                written.value = cell.value
            look_like(written, cell)
            if isinstance(cell, Cell) and (office := office_remark(cell)):
                annotate(written, office)
            if isinstance(cell, Cell) and cell.hyperlink:
                written.hyperlink = copy(cell.hyperlink)
        target.sheet.row_dimensions[target.next].height = self.sheet.row_dimensions[row].height

    def look(self, carried: Carried) -> Any:
        """The cell whose look the added columns take: that of the first column."""
        return self.sheet.cell(*self._origin(carried.row.place.row, min(self.headers)))

    def _fills(self, name: str) -> bool:
        """Does a merged cell of this field hold for all its rows?"""
        column = self.kind.column(name)
        return name in (NO, TASK) or (column is not None and (column.fill or column.type is ColumnType.STATUS))

    def _origin(self, row: int, column: int) -> tuple[int, int]:
        return self._first.get((row, column), (row, column))


# ---------------------------------------------------------------------------------------------- where to


@dataclass(slots=True)
class _Target:
    """The sheet 销号: its columns by field and by header (as key), its header row, and the row that comes next.

    `alone`: no other table is on it.
    """

    sheet: Worksheet
    header: int
    next: int
    fields: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    alone: bool = True

    def known(self, text: str, name: str, own: str = "") -> int:
        """The column of a field or a header (`own`: as it stands there), 0 where there is none; what the office calls
        编号 may be no id."""
        column = self.texts.get(key(text)) or self.texts.get(key(own), 0)
        return self.fields.get(name) or (0 if name == ID and column in self.fields.values() else column)

    def add(self, text: str, name: str, model: Any, width: float, shown: str = "") -> None:
        """A new column at the right for a field (or for a header alone), its header in the look of `model`; `shown` is
        what is written there, where that is less than the whole header."""
        column = max([*self.fields.values(), *self.texts.values()], default=0) + 1
        self.texts[key(text)] = column
        if name:
            self.fields[name] = column
        cell = cell_at(self.sheet, self.header, column)
        cell.value = shown or text
        look_like(cell, model)
        self.sheet.column_dimensions[get_column_letter(column)].width = width

    def write(self, row: int, name: str, text: str, model: Any) -> None:
        """Writes one of the added columns of a row."""
        cell = cell_at(self.sheet, row, self.known(name, name))
        cell.value = text
        look_like(cell, model)


def _target(book: Workbook, found: Succession) -> _Target:
    """The sheet 销号 that the reader knows, or a new one; a table on the sheet of what is open, if nothing follows."""
    working = {t.sheet for t in found.old.tables if not t.closed}
    closed = [t for t in found.old.tables if t.closed and (t.sheet not in working or _ends_with(book, t, found))]
    if table := next(iter(closed), None):
        sheet = book[table.sheet]
        fields = {name: header.column for name, header in table.headers.items()}
        texts = {key(h.text): h.column for h in (*table.headers.values(), *table.others)}
        return _Target(sheet, table.header_row, _last_row(sheet) + 1, fields, texts, table.sheet not in working)
    sheet = book.create_sheet(SHEET)
    return _Target(sheet, header=1, next=2)


def _ends_with(book: Workbook, table: Table, found: Succession) -> bool:
    """Does a sheet end with the closed items of this table?"""
    rows = [row.place.row for row in found.old.closed if row.place.sheet == table.sheet]
    return _last_row(book[table.sheet]) <= max(rows, default=0)


def _last_row(sheet: Worksheet) -> int:
    rows = range(sheet.max_row, 0, -1)
    return next((row for row in rows if any(cell.value not in (None, "") for cell in sheet[row])), 0)


def look_like(cell: Any, model: Any) -> None:
    """Gives a cell the look of another one."""
    cell._style = copy(model._style)
