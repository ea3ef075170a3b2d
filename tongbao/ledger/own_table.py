"""The table of a ledger as its sheet shows it: all its columns with their stacked headers, and every line's own cells.

The reader knows rows and fields; here is what an annex needs that looks like the office's own ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Address, Book, Seen
from tongbao.ledger import headers
from tongbao.ledger.choice import Choice
from tongbao.ledger.line import Line, What
from tongbao.ledger.outline import sections
from tongbao.ledger.rawtable import RawTable, gather
from tongbao.ledger.stacked import part_with
from tongbao.model import Ledger
from tongbao.words.text import key, one_line

# Levels of headings that are kept apart: more than any ledger has (a kind itself counts two at most).
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a header: its text, and where it begins; several columns have it in common where it is merged."""

    text: str
    origin: Address
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the sheet: its header from the group header down, the field read from it (empty: none), its width.

    The width is in characters, 0 where the file keeps none.
    """

    number: int
    pieces: tuple[Piece, ...]
    field: str = ""
    width: float = 0.0
    hidden: bool = False

    @property
    def name(self) -> str:
        """The whole header on one line, group header first."""
        return "".join(one_line(piece.text) for piece in self.pieces)

    @property
    def leaf(self) -> str:
        """The lowest text of the header, on one line."""
        return next((one_line(piece.text) for piece in reversed(self.pieces) if piece.text), "")


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What an item shows: the headings over it, its texts by column.

    `begun`: by column, where the cell begins that is merged downwards and covers this line, or begins in it.
    """

    titles: tuple[str, ...]
    texts: Mapping[int, str]
    begun: Mapping[int, Address]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The table of one sheet: its columns from left to right, and its items by the number of their row."""

    sheet: str
    columns: tuple[OwnColumn, ...]
    lines: Mapping[int, OwnLine]


def own_tables(book: Book, ledger: Ledger, kind: Kind) -> list[OwnTable]:
    """The tables of the working sheets from which a ledger was read, in their order."""
    by_name = {sheet.name: sheet for sheet in book.sheets}
    found = []
    for table in ledger.tables:
        if table.sheet in by_name and not table.closed:
            sheet = part_with(by_name[table.sheet], table.header_row)
            if layout := headers.find(sheet, kind):
                found.append(_own(gather(book, kind, Choice(sheet, layout)), kind))
    return found


def _own(table: RawTable, kind: Kind) -> OwnTable:
    seen = Seen(table.choice.sheet)
    columns = tuple(_columns(table, kind, seen))
    down = {
        (row, column): (top, left)
        for top, left, bottom, right in table.choice.sheet.merges
        if top < bottom
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    headed = sections(table.lines, _LEVELS)
    lines: dict[int, OwnLine] = {}
    titles: tuple[str, ...] = ()
    for first, *more in _items(table.lines):
        if first.what is What.HEADING:
            titles = headed[first.row]
        else:
            rows = [first.row, *(line.row for line in more)]
            texts = {c.number: _text(seen, rows, c.number) for c in columns}
            begun = {c.number: down[first.row, c.number] for c in columns if (first.row, c.number) in down}
            lines[first.row] = OwnLine(titles, texts, begun)
    return OwnTable(table.choice.sheet.name, columns, lines)


def _items(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The headings, each alone, and the items, each with the lines that continue it."""
    item: list[Line] = []
    for line in lines:
        if line.what is What.MORE and item:
            item.append(line)
        elif line.what in (What.HEADING, What.ITEM, What.PART):
            if item:
                yield item
            item = [line]
    if item:
        yield item


def _text(seen: Seen, rows: Iterable[int], column: int) -> str:
    """What an item shows in a column: of a cell merged sideways only its first column shows it, as on the sheet."""
    cells = dict.fromkeys(seen.first(row, column) for row in rows)
    return "\n".join(text for row, c in cells if c == column and (text := seen.text(row, c)))


# ---------------------------------------------------------------------------------------------- columns


def _columns(table: RawTable, kind: Kind, seen: Seen) -> Iterator[OwnColumn]:
    """The columns under the header, from the first to the last that has one: one without a header stands among them."""
    layout, marks = table.choice.layout, table.choice.sheet.marks
    fields = {column.number: name for name, column in table.columns.items()}
    pieces = {c: _pieces(seen, layout.top, layout.bottom, c) for c in range(1, max(layout.texts, default=0) + 1)}
    last = _last_covered(table, max(layout.texts, default=0))
    pieces |= {c: _pieces(seen, layout.top, layout.bottom, c) for c in range(len(pieces) + 1, last + 1)}
    headed = [c for c, found in pieces.items() if found]
    for c in range(min(headed, default=1), max(headed, default=0) + 1):
        hidden = c in marks.hidden_columns
        yield OwnColumn(c, tuple(pieces[c]), fields.get(c, ""), marks.widths.get(c, 0.0), hidden)


def _last_covered(table: RawTable, last: int) -> int:
    """The last column that the header covers: one merged sideways reaches further than its text."""
    top, bottom = table.choice.layout.top, table.choice.layout.bottom
    merges = table.choice.sheet.merges
    return max([last, *(right for t, left, b, right in merges if top <= t and b <= bottom and left <= last)])


def _pieces(seen: Seen, top: int, bottom: int, column: int) -> list[Piece]:
    found: list[Piece] = []
    for row in range(top, bottom + 1):
        text, origin = seen.text(row, column), seen.first(row, column)
        if text and not (found and (origin == found[-1].origin or key(text) == key(found[-1].text))):
            found.append(Piece(text, origin, seen.sheet.name))
    return found
