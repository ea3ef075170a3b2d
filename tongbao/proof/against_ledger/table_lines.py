"""The lines of a table, printed and edited, and which edited line is which printed one (most of all: of the annex)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

from tongbao.proof.basis.kept import Line, PrintedTable
from tongbao.proof.text.tokens import bare
from tongbao.word.document import Cell, Table
from tongbao.words.folding import fold

# The part of the printed columns that a table must have to be the printed one, or a piece of it: with 序号 and 事项 of
# four columns it is (at 0.8 the whole table is told as gone), with 序号 alone it is a table of other things. The cost:
# an annex that lost more than half of its columns is not compared.
FITS = 0.5
# The part of a row's text that must be left for it to be known again: 乙路改建项目 is 乙路改造工程 with another number
# (at 0.8 it is told as one row less and one more), 粮库扩建 in its place is a new row (at 0.05 every cell is told as
# wrong). Set by feel.
SAME_ROW = 0.4
# The rows in which a header is looked for: a title over the table, and three rows of the header itself.
_HEADER_ROWS = 4
# A cell that more rows than this have (a status, a unit) does not tell which row it is; it also bounds the time.
_MANY = 50


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """A cell's text as cells are compared: folded, without punctuation and line breaks."""
    return bare(fold(text.replace("\n", "")).text)


@dataclass(frozen=True, slots=True)
class Item:
    """A printed line that is no title, with the title of its section."""

    line: Line
    section: str

    @property
    def name(self) -> str:
        """What the line is called in a message: its first cells."""
        return " ".join([cell.replace("\n", "") for cell in self.line.cells if cell][:3])


@dataclass(frozen=True, slots=True)
class EditedLine:
    """An edited line: its cells by printed column (None: the column is gone), the title above it."""

    cells: tuple[Cell | None, ...]
    section: str
    title: bool = False

    @property
    def paragraph(self) -> int:
        """Its first paragraph."""
        return next((n for c in self.cells if c for n in c.paragraphs), 0)

    @property
    def name(self) -> str:
        """What the line is called in a message: its first cells."""
        return " ".join([c.text.replace("\n", "") for c in self.cells if c and c.text][:3])


def printed_items(printed: PrintedTable) -> list[Item]:
    """The items of a printed table, each with the title of its section."""
    items, section = [], ""
    for line in printed.lines:
        if line.title:
            section = line.cells[0] or ""
        else:
            items.append(Item(line, section))
    return items


# ---------------------------------------------------------------------------------------------- columns


def columns(table: Table, printed: PrintedTable) -> tuple[int | None, ...] | None:
    """For each printed column its number in the table (None: it is gone); None where it is no part of that at all."""
    _, names = _header(table, printed)
    places = _by_header(names, printed)
    if any(place is None for place in places):
        places = _by_content(table, printed, places)
    return tuple(places) if sum(p is not None for p in places) >= FITS * len(places) else None


def _header(table: Table, printed: PrintedTable) -> tuple[int, list[str]]:
    """How many rows the header has, and what it says over each column; none where the table has no such header.

    It is looked for in the first rows, alone or stacked: then a column has the texts of all its rows.
    """
    rows = table.rows[:_HEADER_ROWS]
    single = [(n, [plain(c.text) for c in row]) for n, row in enumerate(rows, 1)]
    stacked = [(n, _stacked(rows[top:n])) for n in range(2, len(rows) + 1) for top in range(n - 1)]
    known = {plain(h) for h in printed.headers}
    best = max([*single, *stacked], key=lambda found: len(known & set(found[1])), default=(0, []))
    return best if sum(plain(h) in best[1] for h in printed.headers) >= FITS * len(printed.headers) else (0, [])


def _stacked(rows: Sequence[Sequence[Cell]]) -> list[str]:
    least = min(map(len, rows))
    texts = ([plain(row[n].text) for row in rows] for n in range(least))
    return ["".join(dict.fromkeys(filter(None, column))) for column in texts]


def _by_header(names: Sequence[str], printed: PrintedTable) -> list[int | None]:
    """The place of each printed column: of several with one header, the first is the first."""
    left: dict[str, deque[int]] = defaultdict(deque)
    for n, name in enumerate(names):
        left[name].append(n)
    return [left[name].popleft() if left.get(name := plain(h)) else None for h in printed.headers]


def _by_content(table: Table, printed: PrintedTable, places: list[int | None]) -> list[int | None]:
    """The places with those filled in whose header was changed: such columns are known by what stands in them."""
    width = max((len(row) for row in table.rows), default=0)
    free = [c for c in range(width) if c not in places]
    content = {c: {plain(row[c].text) for row in table.rows if c < len(row)} - {""} for c in free}
    for n, place in enumerate(places):
        if place is not None:
            continue
        own = {plain(line.cells[n] or "") for line in printed.lines if not line.title} - {""}
        best = max(free, key=lambda c: len(content[c] & own), default=None)
        if best is not None and own and len(content[best] & own) >= FITS * min(len(own), len(content[best]) or 1):
            places[n] = best
            free.remove(best)
    return places


def edited_lines(table: Table, places: Sequence[int | None], printed: PrintedTable) -> Iterator[EditedLine]:
    """The lines of a table below its header, each with the title of the section that it stands under."""
    headers, section = {plain(h) for h in printed.headers} - {""}, ""
    height, _ = _header(table, printed)
    for n, row in enumerate(table.rows):
        if n < height or sum(plain(c.text) in headers for c in row) > len(row) / 2:
            continue
        if len(row) > 1 and len({id(c) for c in row}) == 1:
            section = row[0].text
            yield EditedLine((row[0],), section, title=True)
        else:
            yield EditedLine(tuple(row[c] if c is not None and c < len(row) else None for c in places), section)


# ---------------------------------------------------------------------------------------------- which is which


def partners(items: Sequence[Item], lines: Sequence[EditedLine]) -> dict[int, int]:
    """The number of each edited line → that of its printed one: the same in all cells, else the most alike."""
    wanted = (
        [n for n in range(len(items[0].line.cells)) if not all(line.cells[n] is None for line in lines)]
        if items
        else []
    )
    keys: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for p, item in enumerate(items):
        keys[tuple(plain(item.line.cells[n] or "") for n in wanted)].append(p)
    partner: dict[int, int] = {}
    for n, line in enumerate(lines):
        twins = keys.get(tuple(plain(cell.text) if (cell := line.cells[k]) else "" for k in wanted))
        if twins:
            partner[n] = twins.popleft()
    taken = set(partner.values())
    for _, n, p in sorted(_similar(items, lines, partner, taken), reverse=True):
        if n not in partner and p not in taken:
            partner[n] = p
            taken.add(p)
    return partner


def _similar(
    items: Sequence[Item], lines: Sequence[EditedLine], partner: Mapping[int, int], taken: set[int]
) -> Iterator[tuple[float, int, int]]:
    """Scored pairs among the lines that are left over: by equal cells, and by where their neighbours went."""
    # A cell speaks for a row by its length, up to 20 characters, shared among all rows that have it. The eight best
    # and the rows beside the neighbours' are scored; being beside one decides between rows that are alike.
    free = set(range(len(items))) - taken
    holders: dict[tuple[int, str], list[int]] = defaultdict(list)
    for p in sorted(free):
        for k, cell in enumerate(items[p].line.cells):
            if cell and plain(cell):
                holders[k, plain(cell)].append(p)
    for n in (n for n in range(len(lines)) if n not in partner):
        shared: dict[int, float] = defaultdict(float)
        for k, own in enumerate(lines[n].cells):
            text = plain(own.text) if own else ""
            found = holders.get((k, text), [])
            for p in found if len(found) <= _MANY else ():
                shared[p] += min(len(text), 20) / len(found)
        beside = {near + way for way in (1, -1) if (near := partner.get(n - way)) is not None} & free
        for p in {*nlargest(8, shared, key=lambda p: shared[p]), *beside}:
            score = _alike(lines[n], items[p])
            if score >= SAME_ROW:
                yield score + 0.1 * (p in beside), n, p


def _alike(line: EditedLine, item: Item) -> float:
    """The part of the text of two lines that is the same, cell by cell; cells whose print is unknown are left out."""
    # A cell counts as 30 characters at most: a long text that was worded anew must not outweigh name and unit.
    same = total = 0.0
    for cell, text in zip(line.cells, item.line.cells, strict=True):
        if text is None:
            continue
        a, b = plain(cell.text) if cell else "", plain(text)
        size = min(max(len(a), len(b)), 30)
        total += size
        same += size * (1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio())
    return same / total if total else 1.0
