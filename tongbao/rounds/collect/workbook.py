"""The workbooks for the units, and the ledger with their answers in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Alignment, Border, Protection

from tongbao.config.kinds import Kind
from tongbao.config.status_from import Stands
from tongbao.excel.grid import Book, Seen, Sheet
from tongbao.excel.writing.formulas import remember, saved_with
from tongbao.excel.writing.opening import Whole, lost, saved
from tongbao.excel.writing.sheetxml import lines_of, row_height
from tongbao.excel.writing.struck import unstruck
from tongbao.excel.writing.surgery import Shift, merge_as_it_is
from tongbao.excel.writing.workbook import TITLE, TO_FILL_IN, cell_at, put, same_value
from tongbao.ledger.spans import Spans
from tongbao.ledger.stacked import part_with, rows_without
from tongbao.ledger.state_shares import is_share
from tongbao.model import ID, Ledger, Place, Row, Table
from tongbao.rounds import dressing
from tongbao.rounds.collect.sent import COPY_SHEET, Nature, Sent, Stamp, copy_lines, open_fields
from tongbao.rounds.ids import id_header

GUIDE = "填报说明"


class Splitter:
    """Cuts a ledger's workbook into one for each unit. The workbook is opened once."""

    def __init__(self, whole: Whole, book: Book, ledger: Ledger, kind: Kind, ids: Mapping[Place, str]) -> None:
        """`whole` and `book` are the same file, opened to write on and as read."""
        self._looks, self._values = whole.looks.book, whole.values
        self._ledger, self._kind, self._ids = ledger, kind, ids
        grids = {sheet.name: sheet for sheet in book.sheets}
        working = [table for table in ledger.tables if not table.closed]
        self._sheets = [_Whole(grids[table.sheet], table, kind, ledger.rows) for table in working]

    def workbook(self, stamp: Stamp, rows: Sequence[Row]) -> tuple[bytes, list[list[str]]]:
        """The workbook of one unit as bytes, and the lines of its hidden copy: its rows under their headings, all cells
        locked but those it fills in.

        Nothing else of the ledger is in it: no other rows, no other sheets, no formulas that refer to them.
        """
        out = _with_looks_of(self._looks)
        sent: list[Sent] = []
        for whole in self._sheets:
            name = whole.table.sheet
            own = [row for row in rows if row.place.sheet == name]
            if own:
                cut = _Cut(whole, self._kind, own)
                cut.copy(self._looks[name], self._values[name], out.create_sheet(name))
                cut.prepare(self._ids)
                sent += cut.account(self._ids)
        _explain(out, stamp, self._kind)
        lines = copy_lines(stamp, sent)
        _hide_copy(out, lines)
        out.properties.title, out.properties.creator = f"{stamp.unit} {stamp.period}", stamp.office
        return saved(out), lines


def _with_looks_of(source: Workbook) -> Workbook:
    """An empty workbook with the format tables of the source, so that copied cells keep their look."""
    out: Any = Workbook()
    out.remove(out.worksheets[0])
    tables = ("fonts", "fills", "borders", "alignments", "protections", "number_formats", "cell_styles", "named_styles")
    for table in tables:
        setattr(out, f"_{table}", getattr(source, f"_{table}"))
    out.epoch = source.epoch
    assert isinstance(out, Workbook)
    return out


# ---------------------------------------------------------------------------------------------- one sheet of one unit


class _Whole:
    """A sheet of the whole ledger: where merged values stand, and which lines belong together; `others` are the rows of
    the table of closed items, where that stands on it too."""

    def __init__(self, grid: Sheet, table: Table, kind: Kind, rows: Sequence[Row]) -> None:
        self.grid, self.table, self.seen = grid, table, Seen(grid)
        part = part_with(grid, table.header_row)
        self.spans = Spans(part, kind, [row for row in rows if row.place.sheet == table.sheet])
        self.others = rows_without(part, grid)


def _shares(table: Table, kind: Kind) -> Iterator[int]:
    """The columns whose share of what is done says how a row stands, where no words do."""
    if kind.status_from and kind.status_from.where in (Stands.DEADLINE, Stands.TEXT, Stands.SHARE):
        found = (*table.headers.values(), *table.others)
        yield from (header.column for header in found if is_share(header.text))


class _Cut:
    """The part of a sheet that goes to one unit: its rows with their title, header, headings, merged values."""

    def __init__(self, whole: _Whole, kind: Kind, own: Sequence[Row]) -> None:
        self.whole, self.kind, self.own = whole, kind, own
        table, height = whole.table, len(whole.grid.cells)
        lines = whole.spans.belonging([row.place.row for row in own])
        above = set(range(1, table.header_row + 1)) - whole.others
        self.kept = sorted(above | set(lines))
        self.shift = Shift(set(range(1, height + 1)) - set(self.kept))
        self.headings = [heading.text for heading, _ in whole.spans.headings() if heading.row in lines]
        self.columns = [h for name, h in table.headers.items() if name != ID] + list(table.others)
        self.id_column = table.headers[ID].column if ID in table.headers else 0
        self.id_name = id_header(kind, table)
        self.opened = {table.headers[name].column for name in open_fields(kind) if name in table.headers}
        self.opened |= set(_shares(table, kind))
        self.target: Any = None

    def copy(self, looks: Any, values: Any, target: Any) -> None:
        """Copies the lines that stay, with looks, heights, widths and merged ranges; formulas become values."""
        self.target = target
        heirs, width = self._heirs(looks), looks.max_column
        for row in self.kept:
            new = self.shift.row(row) or 1
            for column in range(1, width + 1):
                origin = heirs.get((row, column), (row, column))
                model = looks.cell(*origin)
                cell: Any = (MergedCell if isinstance(model, MergedCell) else Cell)(target, new, column)
                cell._style = copy(model._style)
                if isinstance(cell, Cell):
                    rich = isinstance(model.value, CellRichText)  # with what is struck out in it
                    same_value(cell, model if rich else values.cell(*origin))
                    if unstruck(cell):  # it counts as empty, and what is typed there must not be struck out
                        cell.value = None
                target._cells[new, column] = cell
            target.row_dimensions[new].height = looks.row_dimensions[row].height
        for area in looks.merged_cells.ranges:
            left = self.shift.area(area.coord)
            if left and ":" in left:
                merge_as_it_is(target, left)
        for letter, dimension in looks.column_dimensions.items():
            place = target.column_dimensions[letter]
            place.width, place.hidden = dimension.width, dimension.hidden
            place.min, place.max = dimension.min, dimension.max

    def _heirs(self, looks: Any) -> dict[tuple[int, int], tuple[int, int]]:
        """Cell → first cell of its merged range, where that one is cut off and the cell is the first to stay."""
        found = {}
        for area in looks.merged_cells.ranges:
            if self.shift.row(area.min_row) is None and self.shift.rows(area.min_row, area.max_row):
                heir = next(row for row in range(area.min_row, area.max_row + 1) if self.shift.row(row) is not None)
                found[heir, area.min_col] = (area.min_row, area.min_col)
        return found

    def prepare(self, ids: Mapping[Place, str]) -> None:
        """Writes the ids, opens the cells that may be filled in, and locks the rest (without a password)."""
        sheet, last = self.target, self.shift.row(self.own[-1].place.row) or 1
        right = max(header.column for header in self.columns)
        self.id_column = self.id_column or dressing.free_column(sheet, right, self.whole.table.header_row, last)
        columns = {**{name: h.column for name, h in self.whole.table.headers.items()}, ID: self.id_column}
        table = dressing.Table(sheet, columns, self.whole.spans.top, self.whole.table.header_row, last)
        dressing.add_ids(table, self.whole.table.header_row, self.id_name)
        for row in self.own:
            line = self.shift.row(row.place.row) or 1
            dressing.write_id(table, line, ids[row.place])
            for column in self.opened:
                cell = self._filled_in_at(line, column)
                if isinstance(cell, Cell):
                    cell.protection, cell.fill = Protection(locked=False), TO_FILL_IN
        dressing.dress(table, self.kind, ())
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False

    def _filled_in_at(self, line: int, column: int) -> Any:
        """The cell itself; where it is merged with a heading above, the first of those cells, which alone can be typed
        into."""
        cell, top = self.target.cell(line, column), self.shift.row(self.whole.table.header_row) or 1
        if isinstance(cell, Cell):
            return cell
        areas = (area for area in self.target.merged_cells.ranges if cell.coordinate in area and area.min_row > top)
        return next((self.target.cell(area.min_row, area.min_col) for area in areas), cell)

    def account(self, ids: Mapping[Place, str]) -> Iterator[Sent]:
        """All cells of the part as they are sent, for the hidden copy."""
        name, header = self.whole.table.sheet, self.whole.table.header_row
        fields = {header.column: field for field, header in self.whole.table.headers.items()}
        for one in self.columns:
            text = self._text(header, one.column)
            yield Sent(Nature.HEADER, name, one.column, text, field=fields.get(one.column, ""))
        yield Sent(Nature.ID_HEADER, name, self.id_column, self._text(header, self.id_column) or self.id_name)
        yield from (Sent(Nature.HEADING, name, value=text) for text in self.headings)
        for row in self.own:
            for one in self.columns:
                nature = Nature.OPEN if one.column in self.opened else Nature.LOCKED
                yield Sent(nature, name, one.column, id=ids[row.place], value=self._text(row.place.row, one.column))

    def _text(self, row: int, column: int) -> str:
        return self.whole.seen.text(row, column)


# ---------------------------------------------------------------------------------------------- beside the sheet

_RULES = (
    "1. 只填黄色的格，其他格已锁定：进展写到本期末为止的实际情况，{status}。",
    "2. 不要增行、删行、改表头，不要改“编号”；有新事项或要调整分工的，另行告知督查室。",
    "3. 行高、列宽可以调整。填好后保存为 .xlsx，原样退回。",
)


def _explain(out: Workbook, stamp: Stamp, kind: Kind) -> None:
    sheet = out.create_sheet(GUIDE)
    rules = [rule.format(status=_of_status(kind)) for rule in _RULES]
    texts = [f"{stamp.report}：{stamp.unit}填报（{stamp.period}）", *rules, f"发出单位：{stamp.office}"]
    for row, text in enumerate(texts, 1):
        cell = put(cell_at(sheet, row, 1), text, align=Alignment(vertical="center"))
        cell.border = Border()
    sheet["A1"].font = TITLE
    sheet.column_dimensions["A"].width = 100


def _of_status(kind: Kind) -> str:
    """How a unit says how its items stand."""
    source = kind.status_from
    if source is None:
        return "状态从下拉列表中选"
    if source.columns:
        return f"状态在“{'”“'.join(asked.header for asked in source.columns)}”栏里填，打勾的只打一个"
    if source.head_of:
        return f"“{source.head_of}”的开头用括号写明状态，如（{kind.labels[0].name}）"
    return "状态由发出单位判定"


def _hide_copy(out: Workbook, lines: Sequence[Sequence[str]]) -> None:
    sheet = out.create_sheet(COPY_SHEET)
    sheet.sheet_state = "veryHidden"
    for row, texts in enumerate(lines, 1):
        for column, text in enumerate(texts, 1):
            if text:
                cell = cell_at(sheet, row, column)
                cell.value, cell.data_type = text, "s"


# ---------------------------------------------------------------------------------------------- what came back


def merged_book(
    whole: Whole, data: bytes, ledger: Ledger, kind: Kind, ids: Mapping[Place, str], writes: Mapping[Place, str]
) -> tuple[bytes, list[str]]:
    """The bytes of the ledger with the accepted answers in it and an id on every row, and what it lost by that.

    `whole` and `data` are the same file.
    """
    book, values = whole.looks.book, whole.values
    changing: dict[str, set[int]] = {}
    for place in writes:
        changing.setdefault(place.sheet, set()).add(place.column)
    cached = remember(book, values, changing)
    for place, text in writes.items():
        cell = cell_at(book[place.sheet], place.row, place.column)
        unstruck(cell)
        cell.value = text or None
        if text:
            cell.data_type = "s"
        _make_room(book[place.sheet], cell, text)
    for table in ledger.tables:
        rows = [row for row in ledger.rows if row.place.sheet == table.sheet and not table.closed]
        if rows:
            dressed = _dressed(book[table.sheet], table, rows[-1].place.row)
            dressing.add_ids(dressed, table.header_row, id_header(kind, table))
            for row in rows:
                dressing.write_id(dressed, row.place.row, ids[row.place])
    after = saved_with(book, cached)
    return after, lost(data, after, whole.looks.left_out)


def _dressed(sheet: Any, table: Table, last: int) -> dressing.Table:
    """The table of the ledger with a column for ids, which is a new one where it has none."""
    columns = {name: header.column for name, header in table.headers.items()}
    if ID not in columns:
        right = max(h.column for h in (*table.headers.values(), *table.others))
        columns[ID] = dressing.free_column(sheet, right, table.header_row, last)
    return dressing.Table(sheet, columns, table.header_row, table.header_row, last)


def _make_room(sheet: Any, cell: Any, text: str) -> None:
    """Raises the row where it has a height of its own that would hide a part of the text; others fit themselves."""
    row, column = sheet.row_dimensions[cell.row], sheet.column_dimensions[cell.column_letter]
    if row.height and cell.coordinate not in sheet.merged_cells:
        row.height = max(row.height, row_height(lines_of(text, column.width)))
