"""Making the basis of a later check from what a run printed (see `kept`).

Values that the template traced lead to their rows by their keys. Cells of the ledger that a paragraph repeats word for
word are found in its text, and the cells of the annex are worked out once more from its template, row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZipFile

from tongbao.circular.choices import Figure
from tongbao.matching.two_periods import Changes
from tongbao.model import SHORT, TASK, Row
from tongbao.proof.basis.kept import Basis, LedgerFile, LedgerRow, Member, Origin, Printed, Source
from tongbao.proof.basis.template_tables import Speaker
from tongbao.word import document
from tongbao.words.periods import chinese_date
from tongbao.words.text import one_line
from tongbao.words.units import Roster

if TYPE_CHECKING:
    from tongbao.circular.context import Circular
    from tongbao.config.kinds import Kind
    from tongbao.word.template import Rendered

# Cells are looked up in a paragraph by their first four characters, so shorter ones (完成, 青石镇) are not found: they
# would be found everywhere. The cost: so short a text of a row may stand under another row unseen.
_HEAD = 4
_STOPS = "。；;"
_NAMES = (SHORT, "名称", TASK)


def keep(
    changes: Changes,
    circular: Circular,
    rendered: Rendered,
    kind: Kind,
    template: bytes,
    roster: Roster,
    way: Callable[[str], str],
) -> Basis:
    """The basis of a rendered circular, but for its name, checksum and title.

    `way` gives the path of a ledger, by its file name, from the folder of the circular.
    """
    register = _Register(changes)
    paper, problems = document.read(template, kind.template.name)
    assert paper is not None, problems
    speaker = Speaker(circular.context, circular.filters, partial(_has_text, rendered.data), register.number)
    tables = tuple(speaker.tables(paper))
    printed = (*_paragraphs(rendered, register, kind.status.field), *map(Printed, speaker.plain_cells(paper)))
    keys = dict.fromkeys(key for p in rendered.printed for _, _, key in p.spans)
    keys |= dict.fromkeys(key for table in tables for line in table.lines for key in line.keys if key)
    sources = {key: _source(circular.sources[key], register) for key in keys}
    ledgers = [ledger for ledger in (changes.current, changes.prior) if ledger]
    return Basis(
        circular="",
        period=changes.current.period.label,
        prior=changes.prior.period.label if changes.prior else "",
        ledgers=tuple(LedgerFile(one.file, way(one.file), one.sha256) for one in ledgers),
        rows=tuple(register.rows()),
        sources=sources,
        paragraphs=printed,
        units=_units(roster, changes, circular.context),
        dates=_dates(changes),
        labels=(*((label.name, *label.words) for label in kind.labels), *((c.name,) for c in kind.classes)),
        tables=tables,
    )


def _has_text(docx: bytes, words: str) -> bool:
    """Are these words in the body of a Word file that we made? (a table under a condition may not have been printed)"""
    with ZipFile(BytesIO(docx)) as package:
        return escape(words).encode() in package.read("word/document.xml")


class _Register:
    """Numbers for ledger rows: first those of the current ledger in their order, then others as they are asked for."""

    def __init__(self, changes: Changes) -> None:
        self._rows: list[Row] = list(changes.current.rows)
        self._numbers = {id(row): n for n, row in enumerate(self._rows)}
        self.current = len(self._rows)

    def number(self, row: Row) -> int:
        found = self._numbers.get(id(row))
        if found is None:
            found = self._numbers[id(row)] = len(self._rows)
            self._rows.append(row)
        return found

    def own(self) -> Sequence[Row]:
        """The rows of the current ledger."""
        return self._rows[: self.current]

    def rows(self) -> Iterator[LedgerRow]:
        for row in self._rows:
            yield LedgerRow(row.place.file, row.place.sheet, row.place.row, row.no, row.text)


# ---------------------------------------------------------------------------------------------- traced values


def _source(figure: Figure, register: _Register) -> Source:
    members = tuple(_members(figure.parts, figure.rows, register))
    rows = tuple(map(register.number, figure.rows))
    return Source(str(figure.value), figure.rule, rows, figure.constant, members)


def _members(parts: Sequence[str], rows: Sequence[Row], register: _Register) -> Iterator[Member]:
    """The names of a joined list, each with its rows: those of a unit, the one in its place, or those of a number."""
    units = {unit for row in rows for unit in row.units}
    if units.issuperset(parts):
        yield from (Member(unit, tuple(register.number(row) for row in rows if unit in row.units)) for unit in parts)
    elif len(parts) == len(rows):
        yield from (Member(_unquoted(name), (register.number(row),)) for name, row in zip(parts, rows, strict=True))
    else:
        yield from (Member(number, tuple(register.number(row) for row in rows if row.no == number)) for number in parts)


def _unquoted(name: str) -> str:
    return name[1:-1] if name.startswith("“") and name.endswith("”") else name


def _bare(cell: str) -> str:
    return one_line(cell).rstrip(_STOPS)


# ---------------------------------------------------------------------------------------------- repeated cells


def _paragraphs(rendered: Rendered, register: _Register, status: str) -> Iterator[Printed]:
    cells = _Cells(register, status)
    for paragraph in rendered.printed:
        yield Printed(paragraph.text, paragraph.spans, tuple(cells.found_in(paragraph.text, paragraph.spans)))


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    row: int
    name: bool


class _Cells:
    """The texts of the current ledger's cells, by how they begin; status words, which many rows share, are none."""

    def __init__(self, register: _Register, status: str) -> None:
        self._last: int | None = None
        self._by_head: dict[str, list[tuple[str, int, str]]] = {}
        for number, row in enumerate(register.own()):
            for name, cell in row.cells.items():
                if type(cell) is str and len(cell) >= _HEAD and name != status:
                    self._by_head.setdefault(cell[:_HEAD], []).append((cell, number, name))

    def found_in(self, text: str, traced: Iterable[tuple[int, int, str]]) -> Iterator[Origin]:
        """The cells that a paragraph repeats outside its traced values, the longest at each place."""
        inside = [(start, end) for start, end, _ in traced]
        at = 0
        while at < len(text):
            cell = None if any(s <= at < e for s, e in inside) else self._longest(text, at)
            if cell is None:
                at += 1
                continue
            yield Origin(at, at + len(cell.text), cell.row, cell.name)
            at, self._last = at + len(cell.text), cell.row

    def _longest(self, text: str, at: int) -> _Cell | None:
        """The longest cell that the text goes on with: where rows share it, that of the row named last, or none."""
        fitting = [
            _Cell(words, row, field in _NAMES)
            for cell, row, field in self._by_head.get(text[at : at + _HEAD], ())
            if text.startswith(words := _bare(cell), at)
        ]
        longest = max((len(cell.text) for cell in fitting), default=0)
        best = {cell.row: cell for cell in fitting if len(cell.text) == longest >= _HEAD}
        if len(best) > 1:
            return None if self._last is None else best.get(self._last)
        return next(iter(best.values()), None)


# ---------------------------------------------------------------------------------------------- units, dates


def _units(roster: Roster, changes: Changes, context: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    """Every unit with its other names; the office itself is one of them."""
    known = {unit.name: (unit.name, *unit.aliases) for unit in roster.units}
    rows = (*changes.current.rows, *(changes.prior.rows if changes.prior else ()))
    offices = (str(context.get(name) or "") for name in ("署名", "印发机关"))
    others = dict.fromkeys([*(unit for row in rows for unit in row.units), *filter(None, offices)])
    return (*known.values(), *((name,) for name in others if name not in known))


def _dates(changes: Changes) -> tuple[str, ...]:
    days: list[date] = [ledger.as_of for ledger in (changes.current, changes.prior) if ledger]
    return tuple(dict.fromkeys(map(chinese_date, days)))
