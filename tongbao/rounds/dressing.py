"""The helps of a ledger that we write: lists to choose from, coloured deadlines, frozen header, page set-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.config.kinds import ColumnType, Kind
from tongbao.config.status_from import Asked
from tongbao.excel.prepared import DUE_TABLE, LAST_TABLE
from tongbao.excel.writing.remarks import remark
from tongbao.excel.writing.sheetxml import LAST_ROW
from tongbao.excel.writing.workbook import (
    CENTRED,
    GREY,
    OUR_TITLE,
    cell_at,
    drop_down,
    hidden_list,
    print_setup,
    put,
)
from tongbao.model import DEADLINE, ID
from tongbao.words.periods import chinese_date

# Rows below the last one that have lists and colours too, for items that the clerk will add. Set by feel; rows beyond
# them have no list and no colour, and are read all the same.
_SPARE_ROWS = 100
_ID_WIDTH = 10.0
# A screen 1366 pixels wide leaves so many for cells; a digit of the standard font takes seven, and a column without a
# width of its own has 8.43 digits.
_SCREEN, _DIGIT, _STANDARD_WIDTH = 1300, 7, 8.43
_OVERDUE, _DUE_SOON, _STALE = "FFC7CE", "FFEB9C", "FCE4D6"
ID_PROMPT = "程序凭编号认出同一事项，请不要改动；新事项留空即可。"


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger's table in a workbook: `columns` by field, its header in the rows `top` to `header`, its `last` row."""

    sheet: Worksheet
    columns: Mapping[str, int]
    top: int
    header: int
    last: int

    def cells(self, field: str) -> str:
        """The cells of a field as a range, `F3:F140`, with the rows for items to come."""
        letter = get_column_letter(self.columns[field])
        return f"{letter}{self.header + 1}:{letter}{self.last + _SPARE_ROWS}"


@dataclass(frozen=True, slots=True)
class Due:
    """The days that colour deadlines: overdue on or before `since`, soon due on or before `until`.

    `phrases` are the deadlines written in words, as they stand in the cells, with the day that each means.
    """

    since: date
    until: date
    phrases: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Stale:
    """Numbers that are still last period's: their columns, and by the id of a row what stood in each of these."""

    columns: Sequence[int] = ()
    values: Mapping[str, Sequence[str | int | float]] = field(default_factory=dict)


def dress(table: Table, kind: Kind, units: Sequence[str], due: Due | None = None, stale: Stale | None = None) -> None:
    """Gives a ledger's sheet its helps. Those of an earlier run are replaced; lists and colours of the office stay."""
    _clear_ours(table.sheet)
    _offer_words(table, kind, units)
    if due and DEADLINE in table.columns:
        _colour_deadlines(table, kind, due)
    if stale and stale.columns and stale.values and ID in table.columns:
        _mark_stale(table, kind, stale)
    if ID in table.columns:
        _guard_ids(table)
    table.sheet.freeze_panes = table.sheet.freeze_panes or f"A{table.header + 1}"
    _fit_screen(table)
    print_setup(table.sheet, (table.top, table.header))
    _print_without_ids(table)


def _fit_screen(table: Table) -> None:
    """Zooms out until all columns are in sight; a zoom that the office has set itself stays."""
    # 70 % is taken, by feel, for the smallest that can still be read. The new ledgers of the six kinds come to 70 to
    # 87 %; a wider one has to be scrolled.
    last = max(table.columns.values())
    widths = dict.fromkeys(range(1, last + 1), _STANDARD_WIDTH)
    for letters, dimension in table.sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letters)
        widths |= dict.fromkeys(range(first, min(dimension.max or first, last) + 1), dimension.width)
    pixels = sum(widths.values()) * _DIGIT
    if table.sheet.sheet_view.zoomScale in (None, 100):
        table.sheet.sheet_view.zoomScale = max(70, min(100, int(100 * _SCREEN / pixels)))


def _clear_ours(sheet: Worksheet) -> None:
    """Takes out the lists and colours of an earlier run, known by their title and by the table that they look into."""
    rules = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [rule for rule in rules if rule.errorTitle != OUR_TITLE]
    kept = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            if not any(name in formula for formula in rule.formula for name in (DUE_TABLE, LAST_TABLE)):
                kept.add(str(one.sqref), rule)
    sheet.conditional_formatting = kept


# ---------------------------------------------------------------------------------------------- lists


def _offer_words(table: Table, kind: Kind, units: Sequence[str]) -> None:
    labels = [label.name for label in kind.labels]
    for column in kind.columns:
        if column.field in table.columns and not _has_list(table, column.field):
            if column.type is ColumnType.STATUS and not _is_coloured(kind):
                drop_down(table.sheet, table.cells(column.field), labels, "可选状态")
            elif column.type is ColumnType.UNITS and units:
                drop_down(table.sheet, table.cells(column.field), units, "可选单位")


def _is_coloured(kind: Kind) -> bool:
    """Do the rows of a ledger say by their colour how they stand? Then no word is typed in the column for that."""
    return kind.status_from is not None and kind.status_from.by_colour


def _has_list(table: Table, field: str) -> bool:
    """Is there a list of the office's own on the first cell of the field?"""
    first = f"{get_column_letter(table.columns[field])}{table.header + 1}"
    return any(rule.type == "list" and first in rule.sqref for rule in table.sheet.data_validations.dataValidation)


# ---------------------------------------------------------------------------------------------- deadlines


def _colour_deadlines(table: Table, kind: Kind, due: Due) -> None:
    """Red: due when the last circular was made. Yellow: due within the new period. Rows that are done have no colour.

    Dates are compared as they are. Phrases (3月底前) are looked up in a hidden table, so one that is edited loses its
    colour.
    """
    book = table.sheet.parent
    assert isinstance(book, Workbook)
    hidden_list(book, DUE_TABLE, [*due.phrases.items()] or [("", due.until)])
    letter, row = get_column_letter(table.columns[DEADLINE]), table.header + 1
    cell = f"${letter}{row}"
    read = f"IFERROR(VLOOKUP({cell},{DUE_TABLE},2,FALSE),{cell})"
    still_open = "".join(f",{test}" for test in _not_done(table, kind))
    for limit, colour in ((due.since, _OVERDUE), (due.until, _DUE_SOON)):
        day = f"DATE({limit.year},{limit.month},{limit.day})"
        look = DifferentialStyle(fill=PatternFill(bgColor="FF" + colour))
        test = f'AND({cell}<>"",ISNUMBER({read}),{read}<={day}{still_open})'
        rule = Rule("expression", formula=[test], dxf=look, stopIfTrue=True)
        table.sheet.conditional_formatting.add(table.cells(DEADLINE), rule)
    told = f"红色：{chinese_date(due.since)}以前已到期；黄色：{chinese_date(due.until)}以前到期。"
    remark(_header_cell(table, table.columns[DEADLINE]), told)


def _header_cell(table: Table, column: int) -> Cell:
    """The header of a column; in a header of several rows it may be merged downwards, or across others."""
    rows = range(table.header, table.top - 1, -1)
    found = next((cell for row in rows if isinstance(cell := table.sheet.cell(row, column), Cell)), None)
    return found or cell_at(table.sheet, table.top, 1)


def _not_done(table: Table, kind: Kind) -> Iterable[str]:
    """The conditions that a row is not done, one for each status word: Excel takes no lists of values in such rules."""
    for asked in kind.status_from.columns if kind.status_from else ():
        yield from _not_ticked(table, kind, asked)
    field = kind.status.field
    if field in table.columns:
        cell = f"${get_column_letter(table.columns[field])}{table.header + 1}"
        finished = [it for it in kind.labels if it.is_done or it.withdrawn]
        words = dict.fromkeys(word for label in finished for word in (label.name, *label.words))
        yield from (f'{cell}<>"{word}"' for word in words if '"' not in word)


def _not_ticked(table: Table, kind: Kind, asked: Asked) -> Iterable[str]:
    """The conditions that a column which is ticked, or answered, does not say that a row is done."""
    ended = {it.name for it in kind.labels if it.is_done or it.withdrawn}
    if asked.field in table.columns:
        cell = f"${get_column_letter(table.columns[asked.field])}{table.header + 1}"
        yield from ([f'{cell}=""'] if asked.label in ended else [])
        yield from (f'{cell}<>"{answer}"' for answer, label in asked.answers.items() if label in ended)


# ---------------------------------------------------------------------------------------------- last period's numbers


def _mark_stale(table: Table, kind: Kind, stale: Stale) -> None:
    """Colours the numbers that are still last period's; the colour goes by itself when a number is changed.

    They are compared with a hidden copy, by the id of the row: rows may be sorted, and new ones put between them.
    """
    book = table.sheet.parent
    assert isinstance(book, Workbook)
    name = f"{LAST_TABLE}{book.index(table.sheet) + 1}"
    hidden_list(book, name, [(id, *values) for id, values in stale.values.items()])
    row = table.header + 1
    id_cell = f"${get_column_letter(table.columns[ID])}{row}"
    still_open = "".join(f",{test}" for test in _not_done(table, kind))
    for n, column in enumerate(stale.columns, 2):
        letter = get_column_letter(column)
        cell = f"${letter}{row}"
        same = f"IFERROR(VLOOKUP({id_cell},{name},{n},FALSE)={cell},FALSE)"
        look = DifferentialStyle(fill=PatternFill(bgColor="FF" + _STALE))
        rule = Rule("expression", formula=[f'AND({cell}<>"",{same}{still_open})'], dxf=look, stopIfTrue=True)
        table.sheet.conditional_formatting.add(f"{letter}{row}:{letter}{table.last + _SPARE_ROWS}", rule)
        remark(_header_cell(table, column), _STALE_TOLD)


_STALE_TOLD = "有底色的是上期数，未更新。改成本期的数，底色自动消失；确实没有变化的，不用管。"


# ---------------------------------------------------------------------------------------------- ids


def _guard_ids(table: Table) -> None:
    """Makes Excel refuse what is typed into the ids, and say why they are there."""
    rule = DataValidation("custom", formula1="FALSE", allow_blank=True, errorTitle=OUR_TITLE)
    rule.errorStyle, rule.error, rule.showErrorMessage = "stop", ID_PROMPT, True
    rule.promptTitle, rule.prompt, rule.showInputMessage = "编号", ID_PROMPT, True
    rule.add(table.cells(ID))
    table.sheet.add_data_validation(rule)


def add_ids(table: Table, header: int, name: str = ID) -> None:
    """Writes the header of the ids, in the look of its left neighbour, and sets their width, where it is missing."""
    sheet, column = table.sheet, table.columns[ID]
    cell = sheet.cell(header, column)
    if isinstance(cell, Cell) and cell.value is None:
        cell.value = name
        dressed: Any = cell
        model: Any = sheet.cell(header, column - 1)
        dressed._style = copy(model._style)
        sheet.column_dimensions[get_column_letter(column)].width = _ID_WIDTH


def free_column(sheet: Worksheet, after: int, top: int, last: int) -> int:
    """The first column right of a table where ids have room: nothing stands beside its rows, and nothing is merged."""
    cells: Mapping[tuple[int, int], Any] = sheet._cells

    def taken(column: int) -> bool:
        beside = (cells.get((row, column)) for row in range(top, last + 1))
        return any(isinstance(cell, MergedCell) or cell.value is not None for cell in beside if cell is not None)

    return next(column for column in count(after + 1) if not taken(column))


def write_id(table: Table, row: int, id: str) -> None:
    """Writes the id of a row. Each row has its own, so ids that somebody has merged stand apart again."""
    column = table.columns[ID]
    for area in list(table.sheet.merged_cells.ranges) if _is_covered(table.sheet, row, column) else ():
        if (row, column) in area.cells:
            table.sheet.unmerge_cells(area.coord)
    put(cell_at(table.sheet, row, column), id, GREY, CENTRED)


def _is_covered(sheet: Worksheet, row: int, column: int) -> bool:
    return isinstance(sheet.cell(row, column), MergedCell)


def _print_without_ids(table: Table) -> None:
    """Leaves a last column of ids out of the printed page, unless the office has set a print area itself."""
    # Down to the last row of a sheet is how openpyxl writes whole columns (`$A:$H`): Excel prints no further than the
    # last row in use, and none that the clerk adds is left out. With an end of its own, empty pages would be printed.
    last = max(table.columns.values())
    if table.columns.get(ID) == last > 1 and not table.sheet.print_area:
        table.sheet.print_area = f"A1:{get_column_letter(last - 1)}{LAST_ROW}"
