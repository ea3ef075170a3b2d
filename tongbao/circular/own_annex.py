"""The annex as the office's ledger prints it: which of its columns, and what each item shows in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.circular.annex import Annex
from tongbao.circular.own_header import header_rows
from tongbao.circular.views import Photos, printed_field
from tongbao.config import office
from tongbao.config.kinds import NUMBERS, ColumnType, Kind
from tongbao.excel.grid import Address
from tongbao.ledger.ids import OURS
from tongbao.ledger.own_table import OwnColumn, OwnLine, OwnTable
from tongbao.model import ID, LAST_PROGRESS, NO, SHORT, Level, Problem, Row, State
from tongbao.word import template
from tongbao.word.gb9704 import width
from tongbao.word.template import OwnForm, liked, needed
from tongbao.words.text import key, nearest

_DAYS = frozenset({ColumnType.DEADLINE, ColumnType.DATE})
_CENTRED_TYPES = NUMBERS | _DAYS | {ColumnType.PEOPLE, ColumnType.STATUS}
# Characters of a line up to which all texts of a column that the kind does not know are short words, which stand in the
# middle. Set by feel on columns of places, money, telephone numbers and ratings.
_SHORT = 8
# The width of a column that nobody set, in characters of Excel.
_UNSET = 9.0
# Columns in which the office fills in nothing that a paper prints: short titles for its lists, and what `next` carried.
_FOR_THE_PROGRAM = {SHORT, LAST_PROGRESS}
# A day as Excel counts it, where no format makes a date of it: nobody reads 44651 as 2022年3月31日.
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A column that is printed: as the first sheet that has it shows it, and its number on each sheet."""

    column: OwnColumn
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OwnAnnex:
    """The own table of a paper: the columns that are printed, the lines by sheet and row, the shape of the table.

    `parts`: it is put together from several sheets, whose names are printed as headings.
    """

    columns: tuple[Printed, ...]
    lines: Mapping[tuple[str, int], OwnLine]
    form: OwnForm
    parts: bool = False

    def line(self, row: Row) -> OwnLine:
        """What the line of a row shows."""
        return self.lines.get((row.place.sheet, row.place.row), OwnLine((), {}, {}))

    def titles(self, row: Row) -> tuple[str, ...]:
        """The headings over a row, outermost first."""
        return ((row.place.sheet,) if self.parts else ()) + self.line(row).titles

    def begun(self, row: Row, printed: Printed) -> Address | None:
        """Where the cell begins that is merged over the row in this column; None where none is."""
        return self.line(row).begun.get(printed.numbers.get(row.place.sheet, 0))

    def text(self, row: Row, printed: Printed, kind: Kind) -> str:
        """What the row shows in a column, as typed; a row that sent nothing is called so."""
        shown = self.line(row).texts.get(printed.numbers.get(row.place.sheet, 0), "")
        declared = kind.column(printed.column.field)
        if declared is None:
            return shown
        if declared is kind.status and row.state is State.UNREPORTED:
            return row.label
        if declared.type in _DAYS and _SERIAL.fullmatch(shown):
            return printed_field(row, declared.field)
        return shown


def own_annex(
    tables: Sequence[OwnTable], rows: Sequence[Row], kind: Kind, wanted: office.OwnAnnex
) -> tuple[OwnAnnex | None, list[Problem]]:
    """The own annex of these rows, as the settings want it; none, and why, where they name no such column.

    Columns that are hidden, empty in all these rows, or there for the program (its ids, short titles, 上期进展) are
    left out unless they are asked for by name.
    """
    there = _joined(tables)
    lines = {(table.sheet, number): line for table in tables for number, line in table.lines.items()}
    whole = OwnAnnex(tuple(there), lines, OwnForm((), ()), parts=len(tables) > 1)
    problems = [_unknown("要印", name, there, Level.ERROR) for name in wanted.columns if not _meant(name, there)]
    problems += [_unknown("不印", name, there, Level.WARNING) for name in wanted.without if not _meant(name, there)]
    named = [it for name in wanted.columns for it in _meant(name, there)]
    gone = [it for name in wanted.without for it in _meant(name, there)]
    shown = named if wanted.columns else [it for it in there if _is_shown(whole, it, rows, kind)]
    columns = tuple(it for n, it in enumerate(shown) if it not in gone and it not in shown[:n])
    if not columns or any(p.level is Level.ERROR for p in problems):
        return None, problems
    form = OwnForm(header_rows([it.column for it in columns]), tuple(_form(whole, columns, rows, kind)))
    return OwnAnnex(columns, lines, form, whole.parts), problems


def _joined(tables: Sequence[OwnTable]) -> list[Printed]:
    """The columns of all sheets, those of one header as one; what only a later sheet has comes last."""
    found: dict[tuple[str, int], tuple[OwnColumn, dict[str, int]]] = {}
    for table in tables:
        times: Counter[str] = Counter()
        for column in table.columns:
            name = key(column.name)
            times[name] += 1
            found.setdefault((name, times[name]), (column, {}))[1][table.sheet] = column.number
    return [Printed(column, numbers) for column, numbers in found.values()]


def _meant(name: str, there: Sequence[Printed]) -> list[Printed]:
    """The columns that a name in the settings means: by their whole header, by their field, else by its last row."""
    wanted = key(re.sub("[/／·＞>→]", "", name))
    spoken = [(key(it.column.name), key(it.column.field), key(it.column.leaf)) for it in there]
    ways = ([it for it, names in zip(there, spoken, strict=True) if names[n] == wanted] for n in range(3))
    return next(filter(None, ways), []) if wanted else []


def _is_shown(annex: OwnAnnex, printed: Printed, rows: Sequence[Row], kind: Kind) -> bool:
    """Is a column printed that the settings do not name?"""
    column = printed.column
    texts = [text for row in rows if (text := annex.text(row, printed, kind))]
    if column.field in kind.sections:  # a heading that stands once, maybe at a row that is not listed
        texts += [text for row in rows if (text := row.get(column.field))]
    ids = column.field == ID and all(map(OURS.fullmatch, texts))
    return bool(texts) and not (column.hidden or ids or {column.field, key(column.name)} & _FOR_THE_PROGRAM)


def _unknown(setting: str, name: str, there: Sequence[Printed], level: Level) -> Problem:
    names = [it.column.name for it in there if it.column.name]
    near = nearest(name, names)
    message = f"配置里附件{setting}的列写了“{name}”，台账里没有这一列"
    fix = f"是不是“{near}”？" if near else "改成台账的表头：" + "、".join(dict.fromkeys(names))
    return Problem(level, "annex_column", message, fix, value=name)


# ---------------------------------------------------------------------------------------------- the shape


def _form(annex: OwnAnnex, columns: Sequence[Printed], rows: Sequence[Row], kind: Kind) -> Iterator[template.OwnColumn]:
    """The columns of the printed table: as wide, in relation to each other, as on the sheet."""
    texts = [[text for row in rows if (text := annex.text(row, it, kind))] for it in columns]
    set_ = [it.column.width for it in columns]
    drawn = len(set(set_) - {0.0}) > 1 and set_.count(0.0) * 2 <= len(set_)
    for n, (it, own) in enumerate(zip(columns, texts, strict=True), 1):
        share = (it.column.width or _UNSET) if drawn else _by_content(own)
        head = it.column.pieces[-1].text if it.column.pieces else ""
        yield template.OwnColumn(f"列{n}", share, needed(own), liked(head, own), _is_centred(it.column, own, kind))


def _by_content(texts: Sequence[str]) -> float:
    """The share of a column of which nobody set the width: more for longer texts, but not in proportion."""
    # A text of ten times the length gets four times the width (by feel): it then has some three times the lines.
    lengths = [min(max(width(text), 2.0), 80.0) for text in texts] or [2.0]
    return float((sum(lengths) / len(lengths)) ** 0.6)


def _is_centred(column: OwnColumn, texts: Sequence[str], kind: Kind) -> bool:
    declared = kind.column(column.field)
    if declared is not None:
        return declared.type in _CENTRED_TYPES or declared.field in (NO, ID, *kind.sections)
    return all(width(line) <= _SHORT for text in texts for line in text.split("\n"))


# ---------------------------------------------------------------------------------------------- the rows


class OwnRows(Annex):
    """The rows of the annex with the ledger's own columns beside the fields of the kind, under its own headings."""

    own = True

    def __init__(
        self, rows: Sequence[Row], kind: Kind, photos: Photos, word: Callable[[Row], str], own: OwnAnnex
    ) -> None:
        super().__init__(rows, kind, photos, word)
        self._table = own

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        above: tuple[str, ...] = ()
        for n, row in enumerate(self.listed):
            titles = self._table.titles(row)
            fresh = next((i for i, t in enumerate(titles) if above[i : i + 1] != (t,)), len(titles))
            yield from ({"分节": title} for title in titles[fresh:])
            above = titles
            yield self._item(row, frozenset()) | self._shown(n)

    def _shown(self, n: int) -> dict[str, object]:
        """What an item shows in its columns, and which of its cells are merged with those above or below."""
        names = [column.name for column in self._table.form.columns]
        texts = [self._text(n, it) for it in self._table.columns]
        merged = {
            name: "续" if self._runs_on(n - 1, it) else "起" if self._runs_on(n, it) else ""
            for name, it in zip(names, self._table.columns, strict=True)
        }
        return {**dict(zip(names, texts, strict=True)), "纵并": merged}

    def _text(self, n: int, printed: Printed) -> str:
        """What an item shows; one under a heading of its own column that stands once shows it where it is the first."""
        row = self.listed[n]
        text = self._table.text(row, printed, self._kind)
        field = printed.column.field
        if text or field not in self._kind.sections:
            return text
        first = not n or self.listed[n - 1].get(field) != row.get(field) or self._apart(n - 1)
        return next((title for title in row.section if title == row.get(field)), "") if first else ""

    def _runs_on(self, n: int, printed: Printed) -> bool:
        """Is the cell of an item merged with that of the item below it?"""
        if not 0 <= n < len(self.listed) - 1 or self._apart(n):
            return False
        row, below = self.listed[n], self.listed[n + 1]
        begun = self._table.begun(row, printed)
        if begun is None or begun != self._table.begun(below, printed):
            return False
        return self._table.text(row, printed, self._kind) == self._table.text(below, printed, self._kind)

    def _apart(self, n: int) -> bool:
        """Does a heading stand between an item and the one below it?"""
        row, below = self.listed[n], self.listed[n + 1]
        return row.place.sheet != below.place.sheet or self._table.titles(row) != self._table.titles(below)
