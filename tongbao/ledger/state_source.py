"""Where a ledger says how its rows stand, if not by words in a column: what the settings name under `status_from`.

The reader asks such a place about each row and judges the row by the word that it is told, as it judges a word that was
typed: all the rest of the program knows nothing of where the word stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from tongbao.config.kinds import Kind
from tongbao.config.status_from import Stands, StatusFrom
from tongbao.excel.values import holds, text_of
from tongbao.ledger.choice import sheet_key
from tongbao.ledger.headers import Layout
from tongbao.ledger.labels import Labels
from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.ledger.state_colours import Colours
from tongbao.ledger.state_endings import Endings
from tongbao.ledger.state_heads import Heads
from tongbao.ledger.state_marks import Marks
from tongbao.ledger.state_shares import Shares, finished_shares
from tongbao.ledger.state_told import Gathered, StateSource, Told
from tongbao.model import (
    DEADLINE,
    LAST_PROGRESS,
    STATUS,
    TASK,
    Deadline,
    Header,
    Level,
    Problem,
    State,
    Value,
)
from tongbao.words.text import clean, first_few, key, one_line, shortened

_SAID, _SAMPLES = 12, 5


def source_for(kind: Kind, labels: Labels, as_of: date) -> StateSource | None:
    """What is to be asked about the rows of one ledger; None where the words of a column say how they stand."""
    found = kind.status_from
    if found is None:
        return None
    match found.where:
        case Stands.COLUMNS:
            return Marks(kind, labels, found.columns, found.text_of)
        case Stands.HEAD:
            return _Heads(labels, found.head_of)
        case Stands.FILLS | Stands.FONTS:
            return Colours(kind, found.labels, written=found.where is Stands.FONTS)
        case Stands.SHEETS:
            return _Sheets(found)
        case Stands.SECTIONS:
            return _Sections(found, labels)
        case Stands.SHARE:
            return Shares(kind, labels, found, as_of)
    return _Deadlines(kind, labels, found.text_of)


def judged_in(layout: Layout, kind: Kind) -> Header | None:
    """The column in which the rows of a table say how they stand, where that is none for words; None where none is."""
    source = kind.status_from
    if source is None or not source.has_cells or STATUS in layout.columns:
        return None
    names = kind.state_fields if not source.by_colour else (TASK,)
    column = next((layout.columns[name] for name in names if name in layout.columns), 0)
    return Header(column, layout.texts[column]) if column else None


# ---------------------------------------------------------------------------------------------- the name of the sheet


class _Sheets:
    """The sheet says it for all its rows."""

    proposes = True

    def __init__(self, found: StatusFrom) -> None:
        self._labels = {sheet_key(name): label for name, label in found.labels.items()}

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """The label of the sheet."""
        return Told(self._labels.get(sheet_key(table.choice.sheet.name), ""))

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """Nothing: which sheets there are was said when they were chosen."""
        yield from ()


# ---------------------------------------------------------------------------------------------- the heading above


def heading_key(text: str) -> str:
    """What a heading says without its number and how many lines it stands over: 二、已办结事项（4项）."""
    bare = _ENUMERATED.sub("", one_line(text))
    return key(_COUNTED.sub("", bare))


_ENUMERATED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十百]+[）)]?[、.．\s]*|[（(]?\d+[）)]?[、.．\s]+)")
_COUNTED = re.compile(r"[（(]?共?\d+[项件个条宗][）)]?\s*[:：]?\s*$|[:：]\s*$")


class _Sections:
    """The heading says it for all rows below it. A word that is typed in a row goes before it."""

    proposes = True

    def __init__(self, found: StatusFrom, labels: Labels) -> None:
        self._by_heading = {heading_key(heading): label for heading, label in found.labels.items()}
        self._labels = labels
        self._bare = Gathered()

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """The label of the innermost heading that has one, or the word that is typed."""
        headings = raw.section or _above(table)
        heading = next((text for text in reversed(headings) if heading_key(text) in self._by_heading), "")
        typed = clean(str(cells.get(STATUS) or ""))
        if typed and self._labels.named(typed)[0] is not None:
            return Told(typed, name=STATUS, heading=heading)
        if not heading:
            self._bare.add(raw.section[-1] if raw.section else "", table.place(raw.row))
            return Told(typed, name=STATUS)
        return Told(self._by_heading[heading_key(heading)], heading=heading)

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """The headings that say nothing of how the rows stand."""
        for heading, places, cells in self._bare:
            what = f"标题“{heading}”下面" if heading else "没有标题的"
            message = f"{what}{len(places)}行不知道是什么状态，按时限推定：{cells}"
            fix = "请在 config.yaml 这份通报的 status_from.sections 里写明这个标题算哪一种，或在行里写状态"
            yield Problem(Level.WARNING, "heading_unknown", message, fix, place=places[0], also=tuple(places[1:]))
        self._bare = Gathered()


def _above(table: RawTable) -> tuple[str, ...]:
    """What stands above the header, which may be the heading of the first lines."""
    above = table.choice.sheet.cells[: table.choice.layout.top - 1]
    return tuple(one_line(text_of(value)) for row in above for value in row if holds(value))


# ---------------------------------------------------------------------------------------------- the head of a text


class _Heads:
    """The text of a field begins with it; what is left is the text."""

    proposes = True

    def __init__(self, labels: Labels, field: str) -> None:
        self._heads, self._field = Heads(labels), field
        self._unknown, self._bare = Gathered(), Gathered()
        self._found = 0

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """The word at the head. That of last period's text, which `next` carried on, is taken off too."""
        text = clean(str(cells.get(self._field) or ""))
        head = self._heads.of(text)
        place = table.place(*raw.cells.get(self._field, (raw.row, table.choice.layout.columns.get(self._field, 0))))
        before = self._heads.known(str(cells.get(LAST_PROGRESS) or ""))
        carried: dict[str, Value] = {LAST_PROGRESS: before.rest} if before else {}
        if head is None:
            if text:
                self._bare.add(text, place)
            return Told(name=self._field, cells=carried)
        if not head.known:
            self._unknown.add(one_line(head.word), place)
            return Told(name=self._field, cells=carried)
        self._found += 1
        return Told(head.word, name=self._field, cells={**carried, self._field: head.rest})

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """The words in brackets that are no status words, and the texts that begin with none."""
        for word, places, cells in self._unknown:
            message = f"开头写的“{shortened(word, _SAID)}”不是认识的状态，{cells}"
            line = f"在 config.yaml 的这份通报下写 labels: {{…: [{word}]}}，或运行 setup"
            fix = f"请改为可用的状态；本单位就这样写的，{line}"
            yield Problem(Level.ERROR, "head_unknown", message, fix, place=places[0], also=tuple(places[1:]))
        bare = [place for _, places, _ in self._bare for place in places]
        if bare:
            samples = first_few([f"“{shortened(one_line(text), _SAID)}”" for text in self._bare.places], _SAMPLES)
            message = f"{len(bare)}格开头没有写状态，按时限推定：{samples}"
            level = Level.WARNING if self._found else Level.ERROR
            fix = "请在开头写明，如（已完成）、已完成：" if self._found else "没有一格开头写了状态：请改 status_from"
            yield Problem(level, "head_missing", message, fix, place=bare[0], also=tuple(bare[1:]))
        self._unknown, self._bare, self._found = Gathered(), Gathered(), 0


# ---------------------------------------------------------------------------------------------- the deadline


class _Deadlines:
    """Nothing says it: the deadline decides, and a share of 100 %."""

    proposes = False

    def __init__(self, kind: Kind, labels: Labels, text_of: str = "") -> None:
        self._labels, self._endings = labels, Endings(text_of)
        self._done = next((it for it in kind.labels if it.state is State.DONE and it.is_done), None)
        self._finished = self._dated = self._rows = 0

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """Done, where a share says so; else nothing, so that the deadline speaks."""
        deadline = cells.get(DEADLINE)
        self._rows += 1
        self._dated += isinstance(deadline, Deadline) and deadline.last is not None
        shares = list(finished_shares(table, raw, cells))
        if self._done and any(share >= 100 for share in shares):
            self._finished += 1
            return Told(self._done.name, by_itself=True)
        if self._done and not shares and self._endings.says_done(table, raw, cells):
            return Told(self._done.name, by_itself=True)
        return Told()

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """One note that says how the rows of the table were judged."""
        if self._rows and not table.choice.closed:
            yield Problem(Level.NOTE, "by_deadline", self._said(), _OR_A_COLUMN, place=table.place(0))
        yield from self._endings.afterwards(table)
        self._finished = self._dated = self._rows = 0

    def _said(self) -> str:
        late, default = self._labels.proposed()
        undated = self._rows - self._dated
        message = f"没有状态一栏，{self._rows}项都按时限判断：已过的算“{late}”，未过的算“{default}”"
        message += f"，完成100%的{self._finished}项算“{self._done.name}”" if self._finished and self._done else ""
        message += (
            f"，进展写明完成的{self._endings.count}项算“{self._done.name}”"
            if self._endings.count and self._done
            else ""
        )
        return message + (f"；其中{undated}项没有能判断的时限，算“{default}”" if undated else "")


_OR_A_COLUMN = "办结的请移到“销号”表，或加一栏状态；要改由别处判断的，改 config.yaml 的 status_from"
