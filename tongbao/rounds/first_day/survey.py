"""What a workbook holds, seen without a kind: its tables, their columns with what stands below, what is said around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongbao.config.vocabulary import Vocabulary
from tongbao.excel.grid import Address, Book, Sheet
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger.choice import shown
from tongbao.ledger.headers import Layout, candidates, goes_on, header_pieces
from tongbao.ledger.linewords import (
    are_column_numbers,
    begins_as_heading,
    is_chinese_number,
    is_day_made,
    is_legend,
    is_note,
    is_number,
    is_signature,
    is_total,
)
from tongbao.ledger.stacked import stacked
from tongbao.rounds.first_day.legends import legend_in
from tongbao.words.text import key, one_line

# Characters of a header; what is longer is a sentence (set by feel: 存在问题及交办事项（含上期未完成的）has 18).
_LONGEST_HEADER = 30
# Below a table so many cells without a neighbour in their line end it: what follows are notes and signatures.
_FIGURE = re.compile(r"[-+]?[\d.,%％]+")


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column: its number (from 1), its header texts, group header first, what its lines hold; and what the lines
    of other periods hold in it (`more`), which helps to tell what it is. `explained`: notes say what each of its words
    means."""

    number: int
    parts: tuple[str, ...]
    cells: tuple[Cell, ...]
    more: tuple[Cell, ...] = ()
    explained: bool = False

    @property
    def header(self) -> str:
        """The header on one line."""
        return "".join(self.parts)

    @property
    def values(self) -> list[Cell]:
        """The cells that hold something."""
        return [cell for cell in self.cells if holds(cell)]

    @property
    def evidence(self) -> list[Cell]:
        """The cells that hold something, those of other periods too."""
        return [cell for cell in (*self.cells, *self.more) if holds(cell)]

    @property
    def said(self) -> list[str]:
        """What these show, each on one line."""
        return [one_line(text_of(cell)) for cell in self.evidence]

    @property
    def texts_by_row(self) -> list[str]:
        """What the cell of each line shows, on one line; empty where it holds nothing."""
        return [one_line(text_of(cell)) for cell in self.cells]

    @property
    def texts(self) -> list[str]:
        """What these show, each on one line."""
        return [one_line(text_of(cell)) for cell in self.values]


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table: the rows of its header, its columns, its lines; what stands above it, what below or beside it; and
    the heading over each line, empty where there is none. `notes` is what other small sheets of the book say, which may
    explain its words."""

    sheet: Sheet
    top: int
    bottom: int
    columns: tuple[ColumnSeen, ...]
    rows: tuple[int, ...]
    above: tuple[str, ...]
    asides: tuple[str, ...]
    headings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its sheet."""
        return self.sheet.name

    @property
    def shape(self) -> frozenset[str]:
        """The headers as a set, to know a table of the same ledger again."""
        return frozenset(key(c.parts[-1]) for c in self.columns)

    def column(self, number: int) -> ColumnSeen:
        """A column by its number."""
        return next(c for c in self.columns if c.number == number)


@dataclass(frozen=True, slots=True)
class BookSeen:
    """A workbook that was looked through: its tables, and the names of sheets without one."""

    book: Book
    tables: tuple[TableSeen, ...]
    without: tuple[str, ...]


def pooled(table: TableSeen, others: Sequence[TableSeen]) -> TableSeen:
    """The table, each column knowing what columns of the same header hold in other tables."""
    columns = tuple(replace(c, more=tuple(_in_others(c, table, others))) for c in table.columns)
    return replace(table, columns=columns)


def _in_others(column: ColumnSeen, table: TableSeen, others: Sequence[TableSeen]) -> Iterator[Cell]:
    for other in others:
        if other.sheet is not table.sheet and (same := same_column(column, other)):
            yield from same.cells


# What changes from period to period in a header: 截至5月底进展, 2025年三季度完成情况.
_OF_ITS_TIME = re.compile(r"[\d一二三四五六七八九十]+|[上下]半?(?=年|季|月|期)")


_SPELT: tuple[Callable[[ColumnSeen], str], ...] = (
    lambda c: key(c.header),
    lambda c: key(c.parts[-1]),
    lambda c: _OF_ITS_TIME.sub("", key(c.header)),
)


def same_column(column: ColumnSeen, table: TableSeen) -> ColumnSeen | None:
    """The column of another table that is the same: by its whole header, its own one, that without its time."""
    for spelt in _SPELT:
        same = [c for c in table.columns if spelt(c) == spelt(column)]
        if len(same) == 1:
            return same[0]
    return None


def survey(book: Book, vocabulary: Vocabulary) -> BookSeen:
    """The tables of the sheets in sight."""
    seen = {sheet.name: table_of(_of_open(sheet), vocabulary) for sheet in shown(book)}
    tables = tuple(replace(t, notes=_notes(book, t)) for t in seen.values() if t)
    return BookSeen(book, tables, tuple(name for name, table in seen.items() if table is None))


def _of_open(sheet: Sheet) -> Sheet:
    """The sheet without the table of closed items that stands on it beside the other."""
    return both.open if (both := stacked(sheet)) else sheet


def table_of(sheet: Sheet, vocabulary: Vocabulary) -> TableSeen | None:
    """The table of a sheet; None where no lines of it can be a header with something below."""
    found = _header(sheet, vocabulary)
    if found is None:
        return None
    top, bottom = found
    texts = {c: tuple(parts) for c, parts in header_pieces(sheet, top, bottom).items()}
    above = tuple(one_line(text_of(v)) for row in sheet.cells[: top - 1] for v in row if holds(v))
    lines = _lines(sheet, bottom, texts, above[-1] if above and begins_as_heading(above[-1]) else "")
    rows = [line.row for line in lines.items]
    if not rows:
        return None
    origins = sheet.origins(bottom + 1)
    columns = tuple(
        ColumnSeen(c, parts, tuple(_below(sheet, origins, line, c) for line in lines.items))
        for c, parts in texts.items()
    )
    headings = tuple(line.heading for line in lines.items)
    return TableSeen(sheet, top, bottom, columns, tuple(rows), above, tuple(lines.asides), headings)


def _below(sheet: Sheet, origins: Mapping[Address, Address], line: _ItemLine, column: int) -> Cell:
    """What a line holds in a column; nothing where a copy of the header above it calls the column otherwise."""
    return "" if column in line.otherwise else sheet.value(*origins.get((line.row, column), (line.row, column)))


def explained(table: TableSeen, tables: Sequence[TableSeen]) -> TableSeen:
    """The table, its columns knowing whether notes of any of the tables explain what stands in them in all of these."""
    told = legend_in(text for one in tables for text in legend_texts(one))
    if not told:
        return table
    columns = zip(table.columns, pooled(table, tables).columns, strict=True)
    return replace(table, columns=tuple(replace(c, explained=_is_explained(whole, told)) for c, whole in columns))


def _is_explained(column: ColumnSeen, told: Mapping[str, str]) -> bool:
    words = {key(text) for text in column.said}  # a single word is no column of states
    return len(words) > 1 and len(words) < len(column.said) and all(word in told for word in words)


# ---------------------------------------------------------------------------------------------- the header


def _header(sheet: Sheet, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """The rows of the header: those that say most by words that the vocabulary knows, whole, and short."""
    ranges = _whole(sheet, list(dict.fromkeys(candidates(sheet))))
    scores = {rows: _score(sheet, rows, vocabulary) for rows in ranges}
    best = max(ranges, key=lambda rows: (scores[rows], rows[0] - rows[1], -rows[0]), default=None)
    return best if best and scores[best] > 0 else None


def _whole(sheet: Sheet, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges without those that go on below, where a longer one holds the header whole."""
    cut = {rows for rows in ranges if _goes_on(sheet, rows)}
    whole = {top for top, bottom in ranges if (top, bottom) not in cut}
    return [rows for rows in ranges if rows not in cut or rows[0] not in whole]


def _goes_on(sheet: Sheet, rows: tuple[int, int]) -> bool:
    columns = {str(c): c for c in header_pieces(sheet, *rows)}
    return goes_on(sheet, Layout(sheet.name, *rows, columns=columns))


def _score(sheet: Sheet, rows: tuple[int, int], vocabulary: Vocabulary) -> int:
    """What is known says most; of two ranges that know as much, the one in which every cell may be a header."""
    texts = header_pieces(sheet, *rows)
    if len(texts) < 2:
        return 0
    known = sum(bool(vocabulary.fields("".join(parts)) or vocabulary.fields(parts[-1])) for parts in texts.values())
    short = sum(_may_be_header(parts[-1]) for parts in texts.values())
    return 3 * known + 2 * short - len(texts) if known or short == len(texts) else 0


def _may_be_header(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and not _FIGURE.fullmatch(text)


# ---------------------------------------------------------------------------------------------- the lines


@dataclass(frozen=True, slots=True)
class _ItemLine:
    """A line that may be an item: its row, the heading above it, the columns that have another header there."""

    row: int
    heading: str
    otherwise: frozenset[int]


@dataclass(slots=True)
class _Lines:
    """The lines that may be items, and the texts of those that are none."""

    items: list[_ItemLine] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)


def _lines(sheet: Sheet, bottom: int, headers: Mapping[int, Sequence[str]], heading: str) -> _Lines:
    """The lines below a header; those with two values or more may be items. `heading` is the one above the header."""
    found = _Lines()
    otherwise = frozenset[int]()
    for number, cells in enumerate(sheet.cells[bottom:], bottom + 1):
        filled = [c for c in headers if c <= len(cells) and holds(cells[c - 1])]
        texts = [one_line(text_of(v)) for v in cells if holds(v)]
        if number == bottom + 1 and are_column_numbers(texts):
            continue
        if (other := _other_words(cells, filled, headers)) is not None:
            otherwise = other
        elif len(filled) >= 2 and not _is_aside(texts):
            found.items.append(_ItemLine(number, heading, otherwise))
        elif texts:
            found.asides += texts
            if len(set(texts)) == 1 and not _is_aside(texts):
                heading = texts[0]
    return _unsigned(found, sheet, headers)


def _unsigned(found: _Lines, sheet: Sheet, headers: Mapping[int, Sequence[str]]) -> _Lines:
    """The lines without a last one that says who made the table and when: its day stands among other things than days,
    or its name among numbers."""
    if len(found.items) < 2:
        return found
    *rows, last = ([one_line(text_of(sheet.value(it.row, c))) for c in headers] for it in found.items)
    texts = [text for text in last if text]
    if not is_signature(texts):
        return found
    first, day = last.index(texts[0]), len(last) - 1 - last[::-1].index(texts[-1])
    if any(is_number(row[first]) for row in rows) or not any(is_day_made(row[day]) for row in rows):
        return _Lines(found.items[:-1], [*found.asides, *texts])
    return found


def _other_words(
    cells: Sequence[Cell], filled: Sequence[int], headers: Mapping[int, Sequence[str]]
) -> frozenset[int] | None:
    """The columns that a copy of the header names otherwise; None for a line that is no copy of it."""
    said = {c: key(one_line(text_of(cells[c - 1]))) for c in filled}
    same = [c for c, text in said.items() if text == key(headers[c][-1])]
    copied = len(same) >= 2 and len(same) * 2 > len(said)
    return frozenset(said) - frozenset(same) if copied else None


def _is_aside(texts: Sequence[str]) -> bool:
    """Is this a total, a note, a signature or a heading in two cells?"""
    first = texts[0]
    return is_total(first) or is_note(first) or is_legend(texts) or (len(texts) == 2 and is_chinese_number(first))


# A sheet of notes has no more lines and columns than these; a column of them is called so.
_NOTED_ROWS, _NOTED_COLUMNS = 15, 4
_LEGEND = re.compile(r"图例|说明|颜色含义|标识含义")


def _notes(book: Book, table: TableSeen) -> tuple[str, ...]:
    """The lines of small sheets beside a table, two cells as a word and its meaning: 绿灯：已完成."""
    lines = [
        [one_line(text_of(v)) for v in row if holds(v)]
        for sheet in shown(book)
        if sheet.name != table.name and _is_small(sheet)
        for row in sheet.cells
    ]
    return tuple("：".join(line) if len(line) == 2 else "；".join(line) for line in lines if line)


def _is_small(sheet: Sheet) -> bool:
    widest = max((sum(map(holds, row)) for row in sheet.cells), default=0)
    return sum(any(map(holds, row)) for row in sheet.cells) <= _NOTED_ROWS and widest <= _NOTED_COLUMNS


def legend_texts(table: TableSeen) -> Iterator[str]:
    """All that may explain the words and colours of a table: what is said around it, in its headers, in cells beside
    its columns, in a column of explanations, on sheets of notes."""
    yield from around(table)
    yield from (column.header for column in table.columns)
    own = {c.number for c in table.columns if not _LEGEND.search(c.header)}
    for row in table.rows:
        cells = enumerate(table.sheet.cells[row - 1], 1)
        yield from (one_line(text_of(value)) for number, value in cells if number not in own and holds(value))
    yield from table.notes


def around(table: TableSeen) -> Iterator[str]:
    """All that is said beside the items: above the header, in headings, below the table, in boxes."""
    yield from table.above
    yield from table.asides
    yield from (text for _, text in table.sheet.marks.boxes)
