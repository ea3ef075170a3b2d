"""The annex of an edited circular against the ledger, cell by cell: rows and columns may have changed their order."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from tongbao.basis import Annex
from tongbao.claims import fold
from tongbao.facts import Match, Reader, Sort, bare, charged, compare
from tongbao.paper import Cell, Paper, Table
from tongbao.verdicts import Status, Verdict

_FITS = 0.5  # the part of the printed columns that a table must have to be (a part of) the annex
_SAME_ROW = 0.4  # the part of a row's text that must be left for it to be known again
_PROSE = 16  # a printed cell longer than this may be worded anew, as long as its facts stay


@dataclass(frozen=True, slots=True)
class AnnexProof:
    """`tables` are the numbers of the tables that hold the annex, `cells` and `lines` how much of it agrees."""

    verdicts: tuple[Verdict, ...] = ()
    tables: frozenset[int] = frozenset()
    cells: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the edited annex: its cells by printed column (None: the column is gone), and its section."""

    cells: tuple[Cell | None, ...]
    section: str
    title: bool = False

    @property
    def paragraph(self) -> int:
        """Its first paragraph."""
        return next((n for c in self.cells if c for n in c.paragraphs), 0)


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    return bare(fold(text.replace("\n", "")).text)


def prove_annex(paper: Paper, annex: Annex, reader: Reader, labels: Sequence[str]) -> AnnexProof:
    """Proves the annex. Tables that are no part of it are left to the text."""
    if not annex.lines:
        return AnnexProof()
    found = [(table, columns) for table in paper.tables if (columns := _columns(table, annex))]
    if not found:
        end = max((p.index for p in paper.paragraphs if p.text), default=0)
        why = f"附件的表没有了，{len(annex.lines)}行都没有核对"
        return AnnexProof((Verdict(Status.DELETED, end, 0, 0, "附件", "", "附件", why),))
    work = _AnnexCase(annex, reader, labels)
    lines = [line for table, columns in found for line in _lines(table, columns, annex)]
    verdicts = [*_lost_columns(found[0][0], found[0][1], annex), *work.prove(lines)]
    return AnnexProof(tuple(verdicts), frozenset(t.number for t, _ in found), work.cells, work.lines)


# ---------------------------------------------------------------------------------------------- columns


def _columns(table: Table, annex: Annex) -> tuple[int | None, ...] | None:
    """For each printed column its number in the table; None where the table is no part of the annex."""
    header = next((row for row in table.rows[:3] if _known(row, annex) >= _FITS * len(annex.headers)), None)
    places: list[int | None] = _by_header(header, annex) if header else [None] * len(annex.headers)
    if any(place is None for place in places):
        places = _by_content(table, annex, places)
    return tuple(places) if sum(p is not None for p in places) >= _FITS * len(places) else None


def _known(row: Sequence[Cell], annex: Annex) -> int:
    headers = {_plain(c.text) for c in row}
    return sum(_plain(h) in headers for h in annex.headers)


def _by_header(row: Sequence[Cell], annex: Annex) -> list[int | None]:
    names = [_plain(c.text) for c in row]
    return [names.index(_plain(h)) if _plain(h) in names else None for h in annex.headers]


def _by_content(table: Table, annex: Annex, places: list[int | None]) -> list[int | None]:
    """Finds columns whose header was changed by what stands in them."""
    width = max((len(row) for row in table.rows), default=0)
    free = [c for c in range(width) if c not in places]
    content = {c: {_plain(row[c].text) for row in table.rows if c < len(row)} - {""} for c in free}
    for n, place in enumerate(places):
        if place is not None:
            continue
        own = {_plain(cells[n] or "") for row, cells in annex.lines if row >= 0} - {""}
        best = max(free, key=lambda c: len(content[c] & own), default=None)
        if best is not None and own and len(content[best] & own) >= _FITS * min(len(own), len(content[best]) or 1):
            places[n] = best
            free.remove(best)
    return places


def _lost_columns(table: Table, columns: Sequence[int | None], annex: Annex) -> Iterator[Verdict]:
    first = next((n for row in table.rows for c in row for n in c.paragraphs), 0)
    for header, place in zip(annex.headers, columns, strict=True):
        if place is None:
            name = _plain(header)
            yield Verdict(Status.DELETED, first, 0, 0, "附件", "", name, f"附件少了“{name}”一列，没有核对")


def _lines(table: Table, columns: Sequence[int | None], annex: Annex) -> Iterator[_Line]:
    """The lines of a table below its header, each with the title of the section that it stands under."""
    headers, section = {_plain(h) for h in annex.headers}, ""
    for row in table.rows:
        if sum(_plain(c.text) in headers for c in row) > len(row) / 2:
            continue
        if len(row) > 1 and len({id(c) for c in row}) == 1:
            section = row[0].text
            yield _Line((row[0],), section, title=True)
            continue
        yield _Line(tuple(row[c] if c is not None and c < len(row) else None for c in columns), section)


# ---------------------------------------------------------------------------------------------- lines


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed line of the annex with its section's title."""

    row: int
    cells: tuple[str | None, ...]
    section: str


class _AnnexCase:
    def __init__(self, annex: Annex, reader: Reader, labels: Sequence[str]) -> None:
        self.annex, self.reader, self.labels = annex, reader, labels
        self.cells = self.lines = 0
        self.printed: list[_Printed] = []
        self.titles: list[str] = []
        for row, cells in annex.lines:
            if row < 0:
                self.titles.append(cells[0] or "")
            else:
                self.printed.append(_Printed(row, cells, self.titles[-1] if self.titles else ""))

    def prove(self, lines: Sequence[_Line]) -> Iterator[Verdict]:
        """A verdict for every cell, line and title that does not agree."""
        titles = [line for line in lines if line.title]
        items = [line for line in lines if not line.title]
        renamed = self._renamed(titles)
        yield from self._titles(titles, renamed)
        partner = self._partners(items)
        for n, line in enumerate(items):
            p = partner.get(n)
            if p is None:
                yield from self._added(line)
            else:
                above = items[n - 1] if n and partner.get(n - 1) == p - 1 else None
                yield from self._compared(line, self.printed[p], self.printed[p - 1] if above else None, renamed)
        gone = sorted(set(range(len(self.printed))) - set(partner.values()))
        yield from (self._gone(p, items, partner) for p in gone)

    def _renamed(self, titles: Sequence[_Line]) -> Mapping[str, str]:
        """What printed title an edited one stands for."""
        ours, theirs = [_plain(t) for t in self.titles], [_plain(t.section) for t in titles]
        return {theirs[m]: ours[n] for n, m in _in_order(ours, theirs)}

    def _titles(self, titles: Sequence[_Line], means: Mapping[str, str]) -> Iterator[Verdict]:
        """The titles of sections that are not the ledger's, and those that are gone."""
        ours, theirs = {_plain(t): t for t in self.titles}, [_plain(t.section) for t in titles]
        for line, text in zip(titles, theirs, strict=True):
            if text in ours:
                self.lines += 1
            else:
                should = ours.get(means.get(text, ""), "")
                why = "分段标题与台账不同" if should else "台账里没有这个分段标题"
                yield self._at(line.cells[0], Status.DIFFERS, should, why)
        for plain, title in ours.items():
            if plain not in {means.get(t, t) for t in theirs}:
                yield Verdict(
                    Status.DELETED,
                    titles[0].paragraph if titles else 0,
                    0,
                    0,
                    "附件",
                    "",
                    title,
                    f"附件少了分段标题“{title}”",
                )

    def _partners(self, items: Sequence[_Line]) -> dict[int, int]:
        """For an edited line the printed one: the same in all cells, else the one that most of its text is from."""
        wanted = [n for n in range(len(self.annex.headers)) if not all(line.cells[n] is None for line in items)]
        keys: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for p, printed in enumerate(self.printed):
            keys[tuple(_plain(printed.cells[n] or "") for n in wanted)].append(p)
        partner: dict[int, int] = {}
        for n, line in enumerate(items):
            twins = keys.get(tuple(_plain(c.text) if (c := line.cells[k]) else "" for k in wanted))
            if twins:
                partner[n] = twins.popleft()
        for _, n, p in sorted(self._similar(items, partner), reverse=True):
            if n not in partner and p not in partner.values():
                partner[n] = p
        return partner

    def _similar(self, items: Sequence[_Line], partner: Mapping[int, int]) -> Iterator[tuple[float, int, int]]:
        """Scored pairs among the lines that are left over: by equal cells, and by where their neighbours went."""
        free = sorted(set(range(len(self.printed))) - set(partner.values()))
        holders: dict[tuple[int, str], list[int]] = defaultdict(list)
        for p in free:
            for k, cell in enumerate(self.printed[p].cells):
                if cell and _plain(cell):
                    holders[k, _plain(cell)].append(p)
        for n, line in enumerate(items):
            if n in partner:
                continue
            shared: Counter[int] = Counter()
            for k, own in enumerate(line.cells):
                text = _plain(own.text) if own else ""
                for p in holders.get((k, text), ())[:50]:
                    shared[p] += min(len(text), 20)
            beside = {partner.get(n - 1, -9) + 1, partner.get(n + 1, -9) - 1} & set(free)
            for p in {*dict(shared.most_common(8)), *beside}:
                score = self._alike(line, self.printed[p])
                if score >= _SAME_ROW:
                    yield score + 0.1 * (p in beside), n, p

    def _alike(self, line: _Line, printed: _Printed) -> float:
        """The part of the text of two lines that is the same, cell by cell."""
        same = total = 0.0
        for cell, text in zip(line.cells, printed.cells, strict=True):
            a, b = _plain(cell.text) if cell else "", _plain(text or "")
            size = min(max(len(a), len(b)), 30)
            total += size
            same += size * (1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio())
        return same / total if total else 1.0

    # ------------------------------------------------------------------------------------------ cells

    def _compared(
        self, line: _Line, printed: _Printed, above: _Printed | None, renamed: Mapping[str, str]
    ) -> Iterator[Verdict]:
        verdicts = []
        for n, (cell, text) in enumerate(zip(line.cells, printed.cells, strict=True)):
            if cell is None or text is None:
                continue
            if self._agrees(cell.text, text) or (not cell.text and above and above.cells[n] == text):
                self.cells += 1
            else:
                verdicts.append(self._cell(cell, n, text, printed.row))
        section = _plain(line.section)
        if renamed.get(section, section) != _plain(printed.section):
            why = f"这一行在台账里属于“{printed.section}”"
            verdicts.append(self._at(line.cells[0], Status.DIFFERS, printed.section, why, printed.row))
        self.lines += not verdicts
        yield from verdicts

    def _agrees(self, edited: str, printed: str) -> bool:
        a, b = _plain(edited), _plain(printed)
        if a == b:
            return True
        ours, theirs = (self.reader.tokens(fold(t).text) for t in (printed, edited))
        words = [[t for t in side if t.sort is not Sort.STOP] for side in (ours, theirs)]
        return len(words[0]) == len(words[1]) and all(
            x.face == y.face and (x.sort in (Sort.WORD, Sort.UNIT) or compare(x, y) is Match.SAME)
            for x, y in zip(*words, strict=True)
        )

    def _cell(self, cell: Cell, column: int, printed: str, row: int) -> Verdict:
        """A cell that reads otherwise: long text may be worded anew while its facts stay."""
        header = _plain(self.annex.headers[column]) if column < len(self.annex.headers) else ""
        if len(_plain(printed)) >= _PROSE and self._only_words(cell.text, printed):
            why = f"“{header}”的文字与台账不同，其中的数、日期、单位没有变"
            return self._at(cell, Status.UNPROVEN, printed, why, row)
        return self._at(cell, Status.DIFFERS, printed, f"“{header}”与台账不同", row)

    def _only_words(self, edited: str, printed: str) -> bool:
        ours, theirs = fold(printed).text, fold(edited).text
        kept = SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= _SAME_ROW
        meaning = charged(ours, self.labels) == charged(theirs, self.labels)
        return kept and meaning and self._values(ours) == self._values(theirs)

    def _values(self, folded: str) -> Counter[object]:
        tokens = self.reader.tokens(folded)
        return Counter((t.value, t.measure) for t in tokens if t.sort not in (Sort.WORD, Sort.STOP))

    def _at(self, cell: Cell | None, status: Status, should: str, why: str, row: int = -1) -> Verdict:
        paragraph = cell.paragraphs[0] if cell and cell.paragraphs else 0
        said = cell.text.replace("\n", "") if cell else ""
        end = len(cell.text.split("\n")[0]) if cell else 0
        return Verdict(status, paragraph, 0, end, "附件", said, should, why, (row,) if row >= 0 else ())

    def _added(self, line: _Line) -> Iterator[Verdict]:
        texts = [c.text for c in line.cells if c and c.text]
        if texts:
            said = max(texts, key=len).replace("\n", "")
            yield Verdict(
                Status.DIFFERS, line.paragraph, 0, 0, "附件", said, "", "附件多了这一行，台账里没有（或重复了）"
            )

    def _gone(self, p: int, items: Sequence[_Line], partner: Mapping[int, int]) -> Verdict:
        printed = self.printed[p]
        place = {q: n for n, q in partner.items()}
        before = next((place[q] for q in range(p - 1, -1, -1) if q in place), None)
        paragraph = items[before].paragraph if before is not None else items[0].paragraph if items else 0
        name = max((c or "" for c in printed.cells), key=len).replace("\n", "")
        return Verdict(Status.DELETED, paragraph, 0, 0, "附件", "", name, "附件少了这一行", (printed.row,))


def _in_order(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places of what is the same, and of what was put in the place of something between the same."""
    for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and j - i == m - k):
            yield from zip(range(i, j), range(k, m), strict=True)
