"""A sheet whose header was found: where the table stands on it, and all that tells its lines apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.config.kinds import ColumnType, Kind
from tongbao.excel.grid import Address, Sheet
from tongbao.excel.values import holds, text_of
from tongbao.ledger.headers import Layout
from tongbao.ledger.labels import Labels
from tongbao.ledger.linewords import is_number
from tongbao.ledger.state_heads import Heads
from tongbao.model import ID, LAST_PROGRESS, NO, STATUS, TASK, UNIT
from tongbao.words.text import key, one_line

# The share of the table's columns over which a heading is merged: many forms leave 序号 or 备注 out. Three of five
# columns are a heading, two of five are asked about. It costs: a task merged over three of five columns, with nothing
# but its number beside it, is taken for a heading and not counted. Two columns at least, or any cell of a narrow
# table would be wide.
_WIDE = 0.6
# What a colour means is said in so few characters; a longer text alone in its line may be a task.
_MEANING = 14


@dataclass(frozen=True, slots=True)
class Frame:
    """The table of a sheet below its header; `no` and `task` are columns, 0 where the sheet has none.

    `rows` are the numbers of the rows that hold something; `units` the columns of units, `own` those of which a value
    makes a row (who answers for it, its id, its last progress), `judged` those that say how a row stands, `headed` the
    rows whose text begins with that (`elsewhere`: no column is for it alone), `first` and `last` those of the outermost
    headers. `origins` leads from a covered cell to the first cell of its merged range, `covered` are the rows with such
    cells, `wide` the first cells of what is merged over the table. `titles` are the keys of what stands above the
    header, `words` the key of each header by column; `numbered`: items are numbered 1, 2, 3. `struck` are the rows
    whose task is struck out as a whole, with its text: they are as if taken out of the table. `explains` are rows that
    say what a colour means.
    """

    sheet: Sheet
    layout: Layout
    rows: tuple[int, ...]
    origins: Mapping[Address, Address]
    covered: frozenset[int]
    no: int
    task: int
    units: frozenset[int]
    own: frozenset[int]
    judged: frozenset[int]
    headed: frozenset[int]
    elsewhere: bool
    first: int
    last: int
    wide: frozenset[Address]
    titles: frozenset[str]
    words: Mapping[int, str]
    headers: frozenset[str]
    numbered: bool
    struck: Mapping[int, str]
    explains: frozenset[int]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, on one line."""
        return one_line(text_of(self.sheet.value(row, column)))

    def judges(self, row: int, filled: Collection[int]) -> bool:
        """Does something in these cells of a row say how it stands?"""
        return row in self.headed or not self.judged.isdisjoint(filled)

    def may_judge(self, row: int) -> bool:
        """Can a row say for itself how it stands, and is not covered by a merged cell that says it for several?"""
        return self.elsewhere or any((row, column) not in self.origins for column in self.judged)


def frame_of(sheet: Sheet, layout: Layout, kind: Kind) -> Frame:
    """The table of a sheet whose header was found."""
    columns = layout.columns
    origins = sheet.origins(layout.bottom + 1)
    struck = _struck_rows(sheet, layout.bottom, columns.get(TASK, 0), origins) if sheet.marks.struck else {}
    rows = tuple(row for row in _rows_below(sheet, layout.bottom) if row not in struck)
    no = columns.get(NO, 0)
    return Frame(
        sheet=sheet,
        layout=layout,
        rows=rows,
        origins=origins,
        covered=frozenset(row for row, _ in origins),
        no=no,
        task=columns.get(TASK, 0),
        units=frozenset(c for f, c in columns.items() if (d := kind.column(f)) and d.type is ColumnType.UNITS),
        own=frozenset(columns[f] for f in (_unit_field(columns, kind), ID, LAST_PROGRESS) if f in columns),
        judged=frozenset(columns[f] for f in _judging(kind) if f in columns),
        headed=frozenset(_headed(sheet, rows, columns.get(_head_field(kind), 0), kind)),
        elsewhere=kind.status_from is not None and not kind.status_from.columns,
        first=min(layout.texts),
        last=max(layout.texts),
        wide=frozenset(_wide_cells(sheet, max(layout.texts) - min(layout.texts) + 1)),
        titles=frozenset(key(text_of(v)) for row in sheet.cells[: layout.top - 1] for v in row if v != ""),
        words={c: key(text) for c, text in layout.texts.items()},
        headers=frozenset(layout.texts.values()),
        numbered=any(is_number(text_of(sheet.value(row, no)).strip()) for row in rows),
        struck=struck,
        explains=frozenset(_explaining(sheet, rows, kind)),
    )


def _explaining(sheet: Sheet, rows: Iterable[int], kind: Kind) -> Iterator[int]:
    """The rows of a legend below a table whose colours say how its items stand: one text beside one coloured cell, or a
    word of state alone."""
    if kind.status_from is None or not kind.status_from.by_colour:
        return
    labels = Labels(kind)
    coloured = Counter(row for row, _ in sheet.fills.cells) if sheet.fills else Counter[int]()
    for row in rows:
        texts = [one_line(text_of(value)) for value in sheet.cells[row - 1] if holds(value)]
        if len(texts) != 1 or len(texts[0]) > _MEANING:
            continue
        if coloured[row] == 1 or labels.named(texts[0])[0] or kind.vocabulary.sure(texts[0]):
            yield row


def _rows_below(sheet: Sheet, bottom: int) -> Iterator[int]:
    below = enumerate(sheet.cells[bottom:], bottom + 1)
    return (row for row, cells in below if cells.count("") < len(cells))


def _struck_rows(sheet: Sheet, bottom: int, task: int, origins: Mapping[Address, Address]) -> dict[int, str]:
    """The rows whose task is struck out as a whole, with its text; of a merged one all rows that it covers."""
    whole = {at: text for at, text in sheet.marks.struck.items() if at[0] > bottom and not holds(sheet.value(*at))}
    own = {row: text for (row, column), text in whole.items() if column == task}
    return own | {row: whole[first] for (row, column), first in origins.items() if column == task and first in whole}


def _wide_cells(sheet: Sheet, width: int) -> Iterator[Address]:
    """The first cells of the ranges that are merged over most of the table's width."""
    return ((top, left) for top, left, _, right in sheet.merges if right - left + 1 >= max(2, _WIDE * width))


def _unit_field(columns: Mapping[str, int], kind: Kind) -> str:
    return kind.units.field if kind.units.field in columns else UNIT


def _judging(kind: Kind) -> tuple[str, ...]:
    """The fields that hold nothing but how a row stands; a kind made on the spot may have none."""
    if _head_field(kind):
        return ()
    return kind.state_fields if any(c.type is ColumnType.STATUS for c in kind.columns) else (STATUS,)


def _head_field(kind: Kind) -> str:
    return kind.status_from.head_of if kind.status_from else ""


def _headed(sheet: Sheet, rows: Sequence[int], column: int, kind: Kind) -> Iterator[int]:
    """The rows whose text in a column begins with how they stand; none where no column is asked so."""
    if column:
        heads = Heads(Labels(kind))
        yield from (row for row in rows if heads.known(text_of(sheet.value(row, column))))
