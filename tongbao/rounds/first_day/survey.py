"""What a workbook holds, seen without a kind: its tables, their columns with what stands below, what is said around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tongbao.config.vocabulary import Vocabulary
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger.choice import shown
from tongbao.ledger.headers import Layout, candidates, goes_on, header_pieces
from tongbao.ledger.linewords import are_column_numbers, is_chinese_number, is_legend, is_note, is_total
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
    def texts(self) -> list[str]:
        """What these show, each on one line."""
        return [one_line(text_of(cell)) for cell in self.values]


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table: the rows of its header, its columns, its lines; what stands above it, what below or beside it.

    `notes` is what other small sheets of the book say, which may explain its words."""

    sheet: Sheet
    top: int
    bottom: int
    columns: tuple[ColumnSeen, ...]
    rows: tuple[int, ...]
    above: tuple[str, ...]
    asides: tuple[str, ...]
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
    seen = {sheet.name: table_of(sheet, vocabulary) for sheet in shown(book)}
    tables = tuple(_explained(replace(t, notes=_notes(book, t))) for t in seen.values() if t)
    return BookSeen(book, tables, tuple(name for name, table in seen.items() if table is None))


def table_of(sheet: Sheet, vocabulary: Vocabulary) -> TableSeen | None:
    """The table of a sheet; None where no lines of it can be a header with something below."""
    found = _header(sheet, vocabulary)
    if found is None:
        return None
    top, bottom = found
    texts = {c: tuple(parts) for c, parts in header_pieces(sheet, top, bottom).items()}
    rows, asides = _lines(sheet, bottom, list(texts))
    if not rows:
        return None
    origins = sheet.origins(bottom + 1)
    columns = tuple(
        ColumnSeen(c, parts, tuple(sheet.value(*origins.get((row, c), (row, c))) for row in rows))
        for c, parts in texts.items()
    )
    above = tuple(one_line(text_of(v)) for row in sheet.cells[: top - 1] for v in row if holds(v))
    return _explained(TableSeen(sheet, top, bottom, columns, tuple(rows), above, tuple(asides)))


def _explained(table: TableSeen) -> TableSeen:
    """The table, its columns knowing whether notes explain their words; a single word is no column of states."""
    told = legend_in(legend_texts(table))
    columns = (replace(c, explained=_is_explained(c, told)) for c in table.columns)
    return replace(table, columns=tuple(columns)) if told else table


def _is_explained(column: ColumnSeen, told: Mapping[str, str]) -> bool:
    words = {key(text) for text in column.said}
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


def _lines(sheet: Sheet, bottom: int, columns: Sequence[int]) -> tuple[list[int], list[str]]:
    """The lines that may be items (two values or more), and the texts of the lines that are none."""
    rows: list[int] = []
    asides: list[str] = []
    for number, cells in enumerate(sheet.cells[bottom:], bottom + 1):
        filled = [c for c in columns if c <= len(cells) and holds(cells[c - 1])]
        texts = [one_line(text_of(v)) for v in cells if holds(v)]
        if number == bottom + 1 and are_column_numbers(texts):
            continue
        if len(filled) >= 2 and not _is_aside(texts):
            rows.append(number)
        elif texts:
            asides += texts
    return rows, asides


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
