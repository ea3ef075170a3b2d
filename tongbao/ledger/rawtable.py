"""The lines of a table gathered into raw rows: what stands in each field, before it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.excel.grid import Address, Book
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger.choice import Choice
from tongbao.ledger.columns import ReadColumn, read_columns
from tongbao.ledger.frame import Frame, frame_of
from tongbao.ledger.line import Line, What
from tongbao.ledger.lines import lines_of, renamed
from tongbao.ledger.outline import sections
from tongbao.model import NO, TASK, UNIT, Place
from tongbao.words.text import clean

# How the names of columns begin whose units only assist: they answer for no row.
_ASSISTING = ("配合", "协办", "督导", "验收")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before its values are typed: what stands in each field, from one line or several.

    `cells` gives for each field whose value comes from a merged cell the first cell of that; `merged` are the fields
    among them whose cell begins in a row further up. `others` is what stands under headers that no field claims.
    """

    row: int
    section: tuple[str, ...]
    values: Mapping[str, Cell]
    cells: Mapping[str, Address]
    merged: frozenset[str]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of a file: its lines, each of a known kind, and the raw rows made of them.

    `numbered`: at least one row has a number.
    """

    file: str
    choice: Choice
    frame: Frame
    columns: Mapping[str, ReadColumn]
    lines: Sequence[Line]
    rows: Sequence[RawRow]
    numbered: bool

    def place(self, row: int, column: int = 0) -> Place:
        """A place on the sheet of this table."""
        return Place(self.file, self.choice.sheet.name, row, column)

    def answering(self, kind: Kind) -> str:
        """The field whose units answer for the rows: that of the kind; where the sheet lacks it, another of units.

        The column 责任单位 goes first, and one of units that only assist (配合单位) is never taken.
        """
        others = (name for name, column in self.columns.items() if column.declared.type is ColumnType.UNITS)
        fitting = (kind.units.field, UNIT, *(name for name in others if not name.startswith(_ASSISTING)))
        return next((name for name in fitting if name in self.columns), "")

    def unit_cells(self) -> Iterator[str]:
        """The texts of all unit cells, from which a roster may be learned."""
        fields = [name for name, column in self.columns.items() if column.declared.type is ColumnType.UNITS]
        for raw in self.rows:
            yield from (text_of(raw.values[f]) for f in fields if holds(raw.values[f]))

    def percent_columns(self) -> Iterator[tuple[Column, list[Cell]]]:
        """Each percent column with the raw values of its rows."""
        for name, column in self.columns.items():
            if column.declared.type is ColumnType.PERCENT:
                yield column.declared, [raw.values[name] for raw in self.rows]


def gather(book: Book, kind: Kind, choice: Choice) -> RawTable:
    """The table of a chosen sheet. `lines` has every line that holds something, also those that are in no row."""
    frame = frame_of(choice.sheet, choice.layout, kind)
    columns = read_columns(choice.layout, kind)
    lines = _trailing_aside(lines_of(frame), frame.task)
    levels = [level for level in kind.sections if level not in columns]
    rows = _rows(frame, columns, lines, max(1, len(levels)))
    numbered = any(holds(raw.values.get(NO, "")) for raw in rows)
    return RawTable(book.file, choice, frame, columns, lines, rows, numbered)


# ---------------------------------------------------------------------------------------------- rows


def _rows(frame: Frame, columns: Mapping[str, ReadColumn], lines: Sequence[Line], depth: int) -> list[RawRow]:
    headings = sections(lines, depth)
    unread = {number: frame.layout.texts[number] for number in frame.layout.others}
    section: tuple[str, ...] = ()
    rows: list[RawRow] = []
    below: dict[int, str] = {}
    for line in lines:
        match line.what:
            case What.HEADING:
                section = headings[line.row]
            case What.ASIDE:
                below = below if (other := renamed(frame, line)) is None else other
            case What.ITEM | What.PART:
                named = unread | below
                others = {named[c]: _cleaned(frame, line, c) for c in line.filled if c in named}
                read = {name: column for name, column in columns.items() if column.number not in below}
                rows.append(_blank(_raw_row(frame, read, line, section, others), columns))
            case What.MORE:
                rows[-1] = _continued(rows[-1], frame, columns, line)
    return rows


def _blank(row: RawRow, columns: Mapping[str, ReadColumn]) -> RawRow:
    """The row with nothing in the fields whose column has another header there."""
    missing = columns.keys() - row.values.keys()
    return replace(row, values={**row.values, **dict.fromkeys(missing, "")}) if missing else row


def _cleaned(frame: Frame, line: Line, column: int) -> str:
    return clean(text_of(frame.sheet.value(line.row, column)))


def _raw_row(
    frame: Frame,
    columns: Mapping[str, ReadColumn],
    line: Line,
    section: tuple[str, ...],
    others: Mapping[str, str],
) -> RawRow:
    """The raw row of one line; a merged cell gives its value to all its lines where its column fills down."""
    row = frame.sheet.cells[line.row - 1]
    values: dict[str, Cell] = {name: row[column.number - 1] for name, column in columns.items()}
    cells: dict[str, Address] = {}
    if line.row in frame.covered:
        covering = dict(_covering(frame, columns, line.row))
        cells = {name: origin for name, origin in covering.items() if _gives(columns[name], origin, line.row)}
        values |= {name: frame.sheet.value(*origin) if name in cells else "" for name, origin in covering.items()}
    for name in _failed(frame, columns, line.row, cells):
        values[name] = ""
    merged = frozenset(name for name, (begun, _) in cells.items() if begun < line.row)
    return RawRow(line.row, section, values, cells, merged, others)


def _covering(frame: Frame, columns: Mapping[str, ReadColumn], row: int) -> Iterator[tuple[str, Address]]:
    """The fields whose cell in this row lies under a merged range, each with the first cell of that range."""
    for name, column in columns.items():
        if origin := frame.origins.get((row, column.number)):
            yield name, origin


def _gives(column: ReadColumn, origin: Address, row: int) -> bool:
    """Does a merged cell give its value to this row? If it begins in this row (merged sideways), only the task."""
    return column.fills_down if origin[0] < row else column.declared.field == TASK


def _failed(frame: Frame, columns: Mapping[str, ReadColumn], row: int, cells: Mapping[str, Address]) -> Iterator[str]:
    """The fields whose formula failed in this row; what such a cell shows (#REF!) is no value."""
    if failed := frame.sheet.marks.failed:
        yield from (name for name, column in columns.items() if cells.get(name, (row, column.number)) in failed)


def _continued(last: RawRow, frame: Frame, columns: Mapping[str, ReadColumn], line: Line) -> RawRow:
    """The row with the texts of a further line joined to its own, field by field, under each other."""
    fields = {column.number: name for name, column in columns.items()}
    values, others = dict(last.values), dict(last.others)
    for column in line.filled:
        text = text_of(frame.sheet.value(line.row, column))
        if name := fields.get(column):
            values[name] = _joined(text_of(values[name]), text)
        else:
            header = frame.layout.texts.get(column, "")
            others[header] = _joined(others.get(header, ""), clean(text))
    return replace(last, values=values, others=others)


def _joined(above: str, below: str) -> str:
    return "\n".join(filter(None, [above, below]))


# ---------------------------------------------------------------------------------------------- signatures


def _trailing_aside(lines: list[Line], task: int) -> list[Line]:
    """The lines, where headings and short single cells below the last item are asides: signatures and dates."""
    last = max((n for n, line in enumerate(lines) if line.what in (What.ITEM, What.PART, What.MORE)), default=-1)
    return [
        Line(What.ASIDE, line.row, line.filled, line.text) if n > last >= 0 and _is_signature(line, task) else line
        for n, line in enumerate(lines)
    ]


# Characters of an office with a name and a date (云溪县人民政府督查室 has 10). A longer text, or one that ends as a
# sentence does, is content that lost its item, and is asked about; 路基已成 in the column of progress is taken for a
# signature, in a note.
_SIGNATURE_AT_MOST = 20


def _is_signature(line: Line, task: int) -> bool:
    """Is a line below the last item a signature? A task alone in its line is none."""
    if line.what is What.HEADING:
        return True
    alone = line.what is What.DOUBT and len(line.filled) == 1 and line.filled[0] != task
    return alone and len(line.text) <= _SIGNATURE_AT_MOST and line.text[-1:] not in "。；"
