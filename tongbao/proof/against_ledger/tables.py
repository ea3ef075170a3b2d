"""The tables of an edited circular against those printed, cell by cell: the annex, and tables of figures.

Rows and columns may have changed their order, merged cells may have been taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from tongbao.proof.against_ledger.table_lines import (
    SAME_ROW,
    EditedLine,
    Item,
    columns,
    edited_lines,
    partners,
    plain,
    printed_items,
)
from tongbao.proof.basis.kept import Basis, Line, PrintedTable
from tongbao.proof.text.tokens import Match, Reader, Sort, charged, compare
from tongbao.proof.verdicts import Status, Verdict
from tongbao.word.document import Cell, Paper, Stretch, Table
from tongbao.words.folding import fold

_SIGNS = "，；。：、（）"
# From three rows on, other numbers that rise one by one are a new numbering, told once, as a doubt. With one, seven
# mistyped numbers of the damages in `tests/test_damage.py` (5 for 2) would be doubts only, with two, two exchanged
# cells. The cost: two rows behind one that went are told as two errors.
_RENUMBERED = 3
# A printed cell of so many characters may be worded anew while its facts stay: that is a doubt. In shorter ones
# (土建主体封顶) every word is the fact. With 40, seven harmless rewordings of the damages are called wrong; the lower
# side is set by feel.
_PROSE = 16


@dataclass(frozen=True, slots=True)
class TableProof:
    """`tables` are the numbers of the edited tables that were proved, `cells` and `lines` how much of them agrees."""

    verdicts: tuple[Verdict, ...] = ()
    tables: frozenset[int] = frozenset()
    cells: int = 0
    lines: int = 0


def prove_tables(paper: Paper, basis: Basis, reader: Reader) -> TableProof:
    """The proof of every printed table. Other tables of the paper are proved with its text."""
    verdicts: list[Verdict] = []
    taken: set[int] = set()
    cells = lines = 0
    for printed in basis.tables:
        fitting = [
            (table, places)
            for table in paper.tables
            if table.number not in taken and (places := columns(table, printed))
        ]
        taken |= {table.number for table, _ in fitting}
        case = _Case(printed, basis, reader)
        verdicts += case.verdicts(fitting) if fitting else [_lost(paper, printed)]
        cells, lines = cells + case.cells, lines + case.lines
    return TableProof(tuple(verdicts), frozenset(taken), cells, lines)


def _lost(paper: Paper, printed: PrintedTable) -> Verdict:
    end = max((p.index for p in paper.paragraphs if p.text), default=0)
    name = _called(printed)
    return Verdict(Status.DELETED, Stretch(end), "", "", name, f"{name}没有了，{len(printed.lines)}行都没有核对")


def _called(printed: PrintedTable) -> str:
    return "附件的表" if printed.annex else f"“{plain(printed.headers[0])}”一表"


class _Case:
    """The proof of one printed table; `cells` and `lines` count what agrees."""

    def __init__(self, printed: PrintedTable, basis: Basis, reader: Reader) -> None:
        self._printed, self._basis, self._reader = printed, basis, reader
        self._headers = [plain(h) for h in printed.headers]
        self._items = printed_items(printed)
        self._titles = {plain(line.cells[0] or ""): line.cells[0] or "" for line in printed.lines if line.title}
        self.cells = self.lines = 0

    def verdicts(self, found: Sequence[tuple[Table, Sequence[int | None]]]) -> Iterator[Verdict]:
        """A verdict for every column, title, line and cell that does not agree; the table may be in pieces."""
        yield from self._lost_columns(*found[0])
        if self._printed.ordered:
            yield from _moved_columns(*found[0], self._headers)
        lines = [line for table, places in found for line in edited_lines(table, places, self._printed)]
        titles = [line for line in lines if line.title]
        rows = [line for line in lines if not line.title]
        renamed = self._renamed(titles)
        yield from self._compare_titles(titles, renamed)
        partner = partners(self._items, rows)
        yield from _renumbered(list(self._compare_rows(rows, partner, renamed)))
        yield from self._gone(rows, partner)

    def _compare_rows(
        self, rows: Sequence[EditedLine], partner: Mapping[int, int], renamed: Mapping[str, str]
    ) -> Iterator[Verdict]:
        for n, line in enumerate(rows):
            p = partner.get(n)
            if p is None:
                yield from _added(line)
            else:
                above = self._items[p - 1] if n and partner.get(n - 1) == p - 1 else None
                yield from self._compare(line, self._items[p], above, renamed)

    def _lost_columns(self, table: Table, places: Sequence[int | None]) -> Iterator[Verdict]:
        first = next((n for row in table.rows for c in row for n in c.paragraphs), 0)
        for name, place in zip(self._headers, places, strict=True):
            if place is None:
                yield Verdict(Status.DELETED, Stretch(first), "", "", name, f"表里少了“{name}”一列，没有核对")

    # ------------------------------------------------------------------------------------------ titles and lines

    def _renamed(self, titles: Sequence[EditedLine]) -> Mapping[str, str]:
        """Edited title → the printed one: the same, or the one in whose place it stands."""
        ours, theirs = list(self._titles), [plain(t.section) for t in titles]
        means: dict[str, str] = {}
        for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            if tag == "equal" or (tag == "replace" and j - i == m - k):
                means |= dict(zip(theirs[k:m], ours[i:j], strict=True))
        return means

    def _compare_titles(self, titles: Sequence[EditedLine], means: Mapping[str, str]) -> Iterator[Verdict]:
        theirs = [plain(t.section) for t in titles]
        for line, text in zip(titles, theirs, strict=True):
            if text in self._titles:
                self.lines += 1
            else:
                should = self._titles.get(means.get(text, ""), "")
                why = "分段标题与台账不同" if should else "台账里没有这个分段标题"
                yield _at(line.cells[0], Status.DIFFERS, should, why)
        there = {means.get(t, t) for t in theirs}
        first = titles[0].paragraph if titles else 0
        for text, title in self._titles.items():
            if text not in there:
                yield Verdict(Status.DELETED, Stretch(first), "", "", title, "表里少了这个分段标题")

    def _gone(self, rows: Sequence[EditedLine], partner: Mapping[int, int]) -> Iterator[Verdict]:
        """A verdict for each printed line that is gone, at the line that stood before it."""
        place = {p: n for n, p in partner.items()}
        paragraph = rows[0].paragraph if rows else 0
        for p, item in enumerate(self._items):
            if p in place:
                paragraph = rows[place[p]].paragraph
            else:
                yield Verdict(Status.DELETED, Stretch(paragraph), "", "", item.name, "表里少了这一行", _rows(item.line))

    # ------------------------------------------------------------------------------------------ cells

    def _compare(
        self, line: EditedLine, item: Item, above: Item | None, renamed: Mapping[str, str]
    ) -> Iterator[Verdict]:
        """Verdicts on the cells of a line; an empty one agrees where the cell above was printed with the same text."""
        found = []
        for n, (cell, text) in enumerate(zip(line.cells, item.line.cells, strict=True)):
            if cell is None or text is None:
                continue
            if _agrees(cell.text, text, self._reader) or (not cell.text and above and above.line.cells[n] == text):
                self.cells += 1
            else:
                found.append(self._cell(cell, n, text, item.line))
        section = plain(line.section)
        if renamed.get(section, section) != plain(item.section):
            place = Stretch(line.paragraph)
            why = f"这一行在台账里属于“{item.section}”"
            found.append(Verdict(Status.DIFFERS, place, "", line.section, item.section, why, _rows(item.line)))
        self.lines += not found
        yield from found

    def _cell(self, cell: Cell, column: int, printed: str, line: Line) -> Verdict:
        """A cell that reads otherwise: long text may be worded anew while its facts stay."""
        header = self._headers[column] if column < len(self._headers) else ""
        key = line.keys[column] if line.keys else ""
        rows = self._basis.sources[key].rows if key else _rows(line)
        if len(plain(printed)) >= _PROSE and self._only_words(cell.text, printed):
            why = f"“{header}”的文字与台账不同，其中的数、日期、单位没有变"
            return _at(cell, Status.UNPROVEN, printed, why, rows, key)
        return _at(cell, Status.DIFFERS, printed, f"“{header}”与台账不同", rows, key)

    def _only_words(self, edited: str, printed: str) -> bool:
        ours, theirs = fold(printed).text, fold(edited).text
        kept = SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= SAME_ROW
        meaning = charged(ours, self._basis.statuses) == charged(theirs, self._basis.statuses)
        return kept and meaning and _values(ours, self._reader) == _values(theirs, self._reader)


def _agrees(edited: str, printed: str, reader: Reader) -> bool:
    if plain(edited) == plain(printed):
        return True
    sides = (reader.tokens(fold(t.replace("\n", "")).text) for t in (printed, edited))
    ours, theirs = ([t for t in side if t.sort is not Sort.STOP] for side in sides)
    return len(ours) == len(theirs) and all(
        x.face == y.face and (x.sort in (Sort.WORD, Sort.UNIT) or compare(x, y) is Match.SAME)
        for x, y in zip(ours, theirs, strict=True)
    )


def _values(folded: str, reader: Reader) -> Counter[object]:
    tokens = reader.tokens(folded)
    return Counter((t.value, t.measure) for t in tokens if t.sort not in (Sort.WORD, Sort.STOP))


def _at(cell: Cell | None, status: Status, should: str, why: str, rows: tuple[int, ...] = (), key: str = "") -> Verdict:
    paragraph = cell.paragraphs[0] if cell and cell.paragraphs else 0
    end = len(cell.text.split("\n")[0]) if cell else 0
    said, should = _apart(cell.text.replace("\n", "") if cell else "", should.replace("\n", ""))
    return Verdict(status, Stretch(paragraph, 0, end), "", said, should, why, rows, key)


def _moved_columns(table: Table, places: Sequence[int | None], headers: Sequence[str]) -> Iterator[Verdict]:
    """A doubt where columns stand in another order than they were printed in."""
    there = [place for place in places if place is not None]
    moved = next((a for a, b in pairwise(there) if b < a), None)
    if moved is not None:
        first = next((n for row in table.rows for c in row for n in c.paragraphs), 0)
        name = headers[places.index(moved)]
        why = f"列的次序与台账不同：“{name}”一列换了地方，各格仍按列名核对"
        yield Verdict(Status.UNPROVEN, Stretch(first), "", name, name, why)


def _added(line: EditedLine) -> Iterator[Verdict]:
    if line.name:
        why = "表里多了这一行，台账里没有，或者重复了"
        yield Verdict(Status.DIFFERS, Stretch(line.paragraph), "", line.name, "", why)


def _renumbered(found: Sequence[Verdict]) -> Iterator[Verdict]:
    """The verdicts, with those on rows that were numbered anew (because one of them went) made into one."""
    shifted = [v for v in found if v.said.isdecimal() and v.should.isdecimal() and int(v.said) != int(v.should)]
    numbers = [int(v.said) for v in shifted]
    if len(shifted) < _RENUMBERED or any(b != a + 1 for a, b in pairwise(numbers)) or len({v.why for v in shifted}) > 1:
        yield from found
        return
    gone = set(map(id, shifted))
    yield from (v for v in found if id(v) not in gone)
    why = f"从这一行起有{len(shifted)}行的序号与台账不同，像是重新编过；正文里说到“第几项”的，请一并核对"
    yield replace(shifted[0], status=Status.UNPROVEN, why=why, rows=tuple(r for v in shifted for r in v.rows))


def _rows(line: Line) -> tuple[int, ...]:
    return () if line.row is None else (line.row,)


def _apart(said: str, should: str) -> tuple[str, str]:
    """The clauses by which two texts differ."""
    least = min(len(said), len(should))
    before = next((n for n in range(least) if said[n] != should[n]), least)
    after = next((n for n in range(least - before) if said[-1 - n] != should[-1 - n]), least - before)
    while before and said[before - 1] not in _SIGNS:
        before -= 1
    while after and said[len(said) - after] not in _SIGNS:
        after -= 1
    return said[before : len(said) - after], should[before : len(should) - after]
