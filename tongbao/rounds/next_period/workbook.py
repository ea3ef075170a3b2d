"""The workbook of the next ledger: the old one changed, with all that the office keeps in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.config.kinds import Kind
from tongbao.config.status_from import Stands
from tongbao.excel.writing.formulas import remember, saved_with
from tongbao.excel.writing.opening import Whole, lost
from tongbao.excel.writing.remarks import remark
from tongbao.excel.writing.sheet_copies import add_copy
from tongbao.excel.writing.struck import unstruck
from tongbao.excel.writing.surgery import Shift, drop_pictures, merge_as_it_is, reshape
from tongbao.excel.writing.workbook import cell_at, mark_prepared, same_value
from tongbao.ledger.labels import Labels
from tongbao.ledger.state_heads import Heads
from tongbao.model import (
    DEADLINE,
    ID,
    LAST_PROGRESS,
    NO,
    OUR_SHEET,
    PHOTOS,
    PROGRESS,
    TASK,
    Level,
    Place,
    Problem,
    Row,
)
from tongbao.rounds.dressing import Due, Stale, Table, add_ids, dress, free_column, write_id
from tongbao.rounds.ids import id_header
from tongbao.rounds.next_period.archive import Archive, look_like
from tongbao.rounds.next_period.left_behind import formulas_of, lost_references, told_of_totals, typed_totals
from tongbao.rounds.next_period.naming import next_file_name
from tongbao.rounds.next_period.next_sheet import NextSheet
from tongbao.rounds.next_period.period_texts import follow_names, follow_period, told
from tongbao.rounds.next_period.succession import Carried, Part, Succession
from tongbao.rounds.writing_on import told_of_form
from tongbao.words.text import key


def next_book(
    old: Whole, data: bytes, found: Succession, kind: Kind, units: Sequence[str] = (), *, config_sheet: str = ""
) -> tuple[bytes, list[Problem]]:
    """The bytes of the next ledger, made from the old one (opened, and its bytes), and what was not carried on.

    `units` are the names to choose from, those of the old ledger where none are given; `config_sheet` is the sheet
    that the settings name, which keeps its name.
    """
    file, name = found.old.file, next_file_name(found.old, found.period, old.looks)
    units = units or found.old.units
    book, values = old.looks.book, old.values
    cached = remember(book, values, _emptied(found), _add_sheet(found.added, book, values) if found.added else ())
    archive = Archive(book, values, found, kind)
    problems: list[Problem] = []
    totals: list[Cell] = []
    formulas = formulas_of(book)
    texts = follow_period(book, found)
    for part in found.parts:
        sheet = book[part.table.sheet]
        problems += _unfilter(sheet, file)
        if not found.added:  # else what is closed stands on the sheet of its period
            archive.close(part)
        totals += _carry(sheet, values[part.table.sheet], found, part, kind, units)
    _take_out(book, found.old.taken_up)
    texts += follow_names(book, found, config_sheet)
    mark_prepared(book, found.period.token, *(found.added.prepared if found.added else ()))
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    after = saved_with(book, cached)
    left = [*told_of_totals(totals, found.closed, name), *lost_references(book, formulas, name)]
    problems += [*told(texts, found), *left, *_not_carried(lost(data, after, old.looks.left_out), file)]
    return after, [*told_of_form(old, file, "上期台账", "下期台账"), *problems]


def _add_sheet(added: NextSheet, book: Workbook, values: Workbook) -> list[str]:
    """Adds the sheet of the new period to both; gives the sheets whose formulas look at nothing that will change."""
    untouched = [sheet.title for sheet in book.worksheets if sheet.title != OUR_SHEET]
    for one in (book, values):
        add_copy(one, added.old, added.new, before=added.first)
    return untouched


def _take_out(book: Workbook, rows: Iterable[Row]) -> None:
    """Takes rows out of the sheet 销号 that were left there though their items are worked on again."""
    gone: dict[str, set[int]] = {}
    for row in rows:
        gone.setdefault(row.place.sheet, set()).add(row.place.row)
    for sheet, lines in gone.items():
        reshape(book[sheet], Shift(frozenset(lines), []))


def _emptied(found: Succession) -> dict[str, set[int]]:
    """The columns, by sheet, whose cells change: results of formulas on them are not kept."""
    fields = (NO, PROGRESS, LAST_PROGRESS)
    return {
        part.table.sheet: {part.table.headers[f].column for f in fields if f in part.table.headers}
        | {header.column for header in part.amounts.flows}
        for part in found.parts
    }


def _not_carried(names: Sequence[str], file: str) -> Iterable[Problem]:
    """A warning that names the parts of the old workbook (pictures, charts) that the new one lacks."""
    if names:
        message = f"下期台账里没有带过去：{'、'.join(names)}"
        fix = "需要的请从上期台账复制过去"
        yield Problem(Level.WARNING, "not_carried", message, fix, place=Place(file))


def _unfilter(sheet: Worksheet, file: str) -> Iterable[Problem]:
    """Takes off a filter that was left on, so that all rows are in sight, and says so in a note."""
    if sheet.auto_filter.ref and sheet.auto_filter.filterColumn:
        sheet.auto_filter.filterColumn = []
        for dimension in sheet.row_dimensions.values():
            dimension.hidden = False
        message = "上期台账开着筛选，下期台账里已取消，各行全部显示"
        yield Problem(Level.NOTE, "unfiltered", message, "", place=Place(file, sheet.title))


# ---------------------------------------------------------------------------------------------- rows that go on


def _carry(
    sheet: Worksheet, values: Worksheet, found: Succession, part: Part, kind: Kind, units: Sequence[str]
) -> list[Cell]:
    """Takes the closed rows out, puts missing columns in, and prepares the rows that stay for the new period.

    Returns the typed totals that are not true any more.
    """
    _fade(sheet, part, kind)
    stale = _stale(values, part)
    columns = {field: header.column for field, header in part.table.headers.items()}
    columns |= {h.text: h.column for h in part.table.others if key(h.text) in (key(LAST_PROGRESS), key(ID))}
    beside = columns.get(PROGRESS, 0)
    inserted = [beside] if beside and LAST_PROGRESS not in columns else []
    shift = Shift(part.dropped, inserted)
    reshape(sheet, shift)
    columns = {field: shift.column(column) for field, column in columns.items()}
    rows = [(c, shift.row(c.row.place.row) or 0) for c in part.kept]
    header = shift.row(part.table.header_row) or 1
    if inserted:
        columns[LAST_PROGRESS] = columns[PROGRESS] - 1
        _head(sheet, header, columns[LAST_PROGRESS], LAST_PROGRESS)
        _merge_like(sheet, columns[PROGRESS], columns[LAST_PROGRESS], header)
    _name_table_columns(sheet)
    last = max((row for _, row in rows), default=header)
    if ID not in columns:
        columns[ID] = free_column(sheet, _last_column(part, shift), header, last)
    table = Table(sheet, columns, shift.row(part.top) or 1, header, last)
    add_ids(table, header, id_header(kind, part.table))
    flows = [shift.column(header.column) for header in part.amounts.flows]
    for carried, row in rows:
        _renew(table, carried, row, kind)
        _empty(sheet, row, flows)
    _drop_photos(sheet, columns, [row for carried, row in rows if not carried.waits])
    told = found.telling.get(sheet.title)
    totals = sorted(filter(None, map(shift.row, told.totals if told else ())))
    for total in totals:
        _empty(sheet, total, flows)
    growing = [*map(shift.column, stale.columns)]
    dress(table, kind, units, _due(table, found, rows), replace(stale, columns=growing))
    return typed_totals(sheet, totals, () if part.closed else growing) if part.closed or growing else []


def _last_column(part: Part, shift: Shift) -> int:
    told = [h.column for h in (*part.table.headers.values(), *part.table.others)]
    return max(shift.column(column) for column in told)


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Writes the header of an inserted column, as high as that of its right neighbour and in the same look."""
    neighbour = [m for m in sheet.merged_cells.ranges if _covers(m, row, column + 1) and m.min_col == m.max_col]
    top = neighbour[0].min_row if neighbour else row
    for area in list(sheet.merged_cells.ranges):
        if any(_covers(area, line, column) for line in range(top, row + 1)):
            sheet.unmerge_cells(area.coord)
    cell = cell_at(sheet, top, column)
    cell.value = text
    look_like(cell, sheet.cell(top, column + 1))
    if top < row:
        sheet.merge_cells(start_row=top, end_row=row, start_column=column, end_column=column)


def _name_table_columns(sheet: Worksheet) -> None:
    """Gives the columns of formatted tables the names in their header cells; Excel calls a file with others damaged."""
    for table in sheet.tables.values():
        left, top, _, _ = range_boundaries(table.ref)
        for n, column in enumerate(table.tableColumns):
            column.name = str(sheet.cell(int(top or 1), int(left or 1) + n).value or column.name)


def _covers(area: CellRange, row: int, column: int) -> bool:
    return area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col


def _merge_like(sheet: Worksheet, column: int, new: int, header: int) -> None:
    """Merges the new column downwards where its neighbour is merged."""
    letter = get_column_letter(new)
    for area in list(sheet.merged_cells.ranges):
        if area.min_col == area.max_col == column and area.min_row > header:
            merge_as_it_is(sheet, f"{letter}{area.min_row}:{letter}{area.max_row}")


def _fade(sheet: Worksheet, part: Part, kind: Kind) -> None:
    """Takes away the colours that say how rows stand that must be judged anew."""
    for at in part.faded:
        cell: Any = sheet.cell(*at)
        if kind.status_from and kind.status_from.where is Stands.FONTS:
            font = copy(cell.font)
            font.color = None
            cell.font = font
        else:
            cell.fill = PatternFill()


def _clear_status(table: Table, carried: Carried, row: int, kind: Kind) -> None:
    """Clears what says how a row stands, and remarks there what was said last."""
    head_of = kind.status_from.head_of if kind.status_from else ""
    cells = [cell for name in kind.state_fields if (cell := _cell(table, row, name))]
    for cell in cells if not head_of else ():
        if unstruck(cell) or carried.asks:
            cell.value = None
    if head_of and head_of != PROGRESS and carried.asks and cells:  # the text stays, without its head
        head = Heads(Labels(kind)).known(str(cells[0].value or ""))
        cells[0].value = head.rest if head else cells[0].value
    told = cells[0] if cells else _cell(table, row, TASK)
    if told and (cells or carried.remark):  # what an earlier run remarked there is of a status of before
        remark(told, carried.remark)


def _renew(table: Table, carried: Carried, row: int, kind: Kind) -> None:
    """Prepares one row: writes id and 序号, moves the progress aside, clears the status and remarks the old one."""
    write_id(table, row, carried.id)
    no = _cell(table, row, NO)
    if no and carried.no:
        number = isinstance(no.value, int | float) and carried.no.isdecimal()
        no.value = int(carried.no) if number else carried.no
    _clear_status(table, carried, row, kind)
    if carried.waits:
        return
    progress, last = _cell(table, row, PROGRESS), _cell(table, row, LAST_PROGRESS)
    if progress and unstruck(progress):  # struck out as a whole: it was not read, and is not what is known
        progress.value = None
    if progress and last and progress.value not in (None, ""):  # what was last known of a row that nobody filled, stays
        same_value(last, progress)
        progress.value = None


def _drop_photos(sheet: Worksheet, columns: Mapping[str, int], rows: Iterable[int]) -> None:
    """Takes out the pictures in the cells of what is done: they show it as it was last period, not as it will be."""
    cells = {(row, columns[field]) for row in rows for field in (PROGRESS, PHOTOS) if field in columns}
    drop_pictures(sheet, lambda *cell: cell in cells)


def _empty(sheet: Worksheet, row: int, columns: Iterable[int]) -> None:
    """Empties the numbers of one period alone, also of a done row (nothing was done for it since) and of a total that
    was typed. Formulas stay."""
    for column in columns:
        cell = sheet.cell(row, column)
        if isinstance(cell, Cell) and cell.data_type != "f":
            cell.value = None


def _stale(values: Worksheet, part: Part) -> Stale:
    """The numbers that grow, as they stood last period, by the id of their row."""
    columns = [header.column for header in part.amounts.growing]
    return Stale(
        columns, {c.id: [_known(values, c.row.place.row, n) for n in columns] for c in part.kept if not c.waits}
    )


def _known(values: Worksheet, row: int, column: int) -> str | int | float:
    value = values.cell(row, column).value
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _cell(table: Table, row: int, field: str) -> Cell | None:
    """The cell of a field; None where there is no such column, or where a merged cell from above covers it."""
    cell = table.sheet.cell(row, table.columns[field]) if field in table.columns else None
    return cell if isinstance(cell, Cell) else None


def _due(table: Table, found: Succession, rows: Iterable[tuple[Carried, int]]) -> Due:
    """The days that colour deadlines, and the last day of each phrase in words; the later one where it means two."""
    phrases: dict[str, date] = {}
    for carried, row in rows:
        cell, last = _cell(table, row, DEADLINE), carried.row.deadline.last
        if cell and last and cell.value and not cell.is_date:
            phrases[str(cell.value)] = max(last, phrases.get(str(cell.value), last))
    return Due(found.old.as_of, found.period.last, phrases)
