"""Columns to tick, or to answer with 是 and 否, that say how a row stands: 已完成｜推进中｜滞后, 是否办结."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum, auto

from tongbao.config.kinds import Kind
from tongbao.config.status_from import Asked
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger.labels import Labels
from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.ledger.state_endings import Endings
from tongbao.ledger.state_told import Gathered, Told
from tongbao.model import Level, Place, Problem, State, Value
from tongbao.words.periods import cell_date
from tongbao.words.text import key, one_line, shortened


class Says(Enum):
    """What a mark says. A cross says no beside a tick; alone it may be either."""

    YES = auto()
    NO = auto()
    CROSS = auto()
    UNCLEAR = auto()


_YES = frozenset(
    ("√", "✓", "✔", "☑", "🗹", "■", "●", "◆", "★", "▲", "v", "y", "yes", "是", "有", "对", "已", "1", "true")
)
_NO = frozenset(("□", "☐", "◻", "🗆", "n", "no", "否", "无", "未", "没有", "不是", "0", "false", "-", "--", "/", "\\"))
_CROSSES = frozenset(("×", "✗", "✘", "☒", "x", "╳", "❌"))
# An empty circle is a tick where the office has no other mark.
_CIRCLES = frozenset("○〇◯")
# A day instead of a tick: 2025年5月20日, 2025.5.20, 5月20日, 5月底. What else stands there is asked about.
_DAY = re.compile(
    r"(?:\d{2,4}\s*[年./-]\s*)?\d{1,2}\s*(?:月(?:\s*\d{1,2}\s*[日号]|底|末|初|份)?|[./-]\s*\d{1,2})(?:前)?"
)
# A column of how many days an item is late (超期天数) says so where that is more than none.
_OF_DAYS = re.compile(r"(?:天数|日数)(?:[（(].*[）)])?$|[（(][天日][）)]$")
_DAYS = re.compile(r"(-?\d+(?:\.\d+)?)\s*[天日]?")
_TICKS = ("√", "✓", "✔", "☑")
_REMARK = re.compile(r"[，,。；;：:（(\s]")
_QUOTED = 15


def says(value: Cell, header: str = "") -> Says:
    """What the mark in a cell says; a cell may also repeat its header (已完成) or name a day."""
    if not holds(value):
        return Says.NO
    text = text_of(value).strip()
    folded = key(text)
    if folded in _CROSSES:
        return Says.CROSS
    if folded in _NO:
        return Says.NO
    if folded in _YES or (header and folded == key(header)):
        return Says.YES
    if isinstance(value, date | datetime) or cell_date(value) is not None or _DAY.fullmatch(text):
        return Says.YES
    first = _first_clause(text)
    return says(first, header) if first else Says.UNCLEAR


def _first_clause(text: str) -> str:
    """What stands before a remark: √（5月20日）, 是，已通车, √已验收; empty where there is none."""
    if text[:1] in _TICKS and len(text) > 1:
        return text[0]
    first, rest = _REMARK.split(text, maxsplit=1)[0], _REMARK.search(text)
    return first if rest and first else ""


def counts_days(header: str) -> bool:
    """Does a column hold how many days something is late (超期天数)?"""
    return bool(_OF_DAYS.search(header))


class Marks:
    """Asks the columns in the order of the settings; the first that speaks wins."""

    proposes = True

    def __init__(self, kind: Kind, known: Labels, columns: tuple[Asked, ...], text_of: str = "") -> None:
        """Nothing is remembered yet. `text_of` is the field that is asked first, whose words say what is done."""
        self._columns, self._known, self._endings = columns, known, Endings(text_of)
        self._done = next((it.name for it in kind.labels if it.state is State.DONE and it.is_done), "")
        self._labels = {label.name: {key(word) for word in (label.name, *label.words)} for label in kind.labels}
        self._unclear, self._doubled = Gathered(), Gathered()

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """The label of the first column that speaks."""
        if self._done and self._endings.says_done(table, raw, cells):
            return Told(self._done, by_itself=True, name=self._endings.field)
        speaking: list[tuple[Asked, str]] = []
        unclear: list[tuple[Asked, str]] = []
        for asked in self._columns:
            value = raw.values.get(asked.field, "")
            label = self._answer(asked, value) if asked.answers else self._ticked(asked, value)
            if label is None:
                unclear.append((asked, one_line(text_of(value))))
            elif label:
                speaking.append((asked, label))
        if not speaking and len(unclear) == 1 and unclear[0][1] in _CIRCLES and unclear[0][0].label:
            return Told(unclear[0][0].label, name=unclear[0][0].field)  # the only mark of the row
        crosses = bool(speaking) and all(key(text) in _CROSSES for _, text in unclear)
        for asked, text in unclear if not crosses else ():
            self._unclear.add(self._doubt(asked, text), _place(table, raw, asked))
        return self._first(table, raw, speaking)

    def _first(self, table: RawTable, raw: RawRow, speaking: list[tuple[Asked, str]]) -> Told:
        if not speaking:
            return Told(name=self._columns[0].field)
        asked, label = speaking[0]
        ticked = [(one, other) for one, other in speaking if not one.answers]
        if len({other for _, other in ticked}) > 1:  # answers may all be yes: who is done has begun too
            named = "、".join(f"“{one.header}”" for one, _ in ticked)
            self._doubled.add(f"{named}都打了勾，按“{asked.header}”算“{label}”", _place(table, raw, asked))
        return Told(label, name=asked.field)

    def _ticked(self, asked: Asked, value: Cell) -> str | None:
        """The label where the column is ticked, nothing where it is not, None where nobody can tell."""
        if counts_days(asked.header) and (days := _DAYS.fullmatch(text_of(value).strip())):
            return asked.label if float(days[1]) > 0 else ""
        said = says(value, asked.header)
        if said is Says.UNCLEAR and key(text_of(value)) in self._labels.get(asked.label, ()):
            return asked.label
        return {Says.YES: asked.label, Says.NO: ""}.get(said)

    def _answer(self, asked: Asked, value: Cell) -> str | None:
        """The label of an answer. Any tick is 是 and any dash or empty box 否, where these are among the answers."""
        given = {key(answer): label for answer, label in asked.answers.items()}
        text = text_of(value).strip()
        for words in filter(None, (text, _first_clause(text))):
            if (found := given.get(key(words))) is not None:
                return found
        if not holds(value):
            return ""
        said = says(value)
        same = next((label for answer, label in asked.answers.items() if says(answer) is said), None)
        if said in (Says.YES, Says.NO) and same is not None:
            return same
        named = self._known.named(text)[0]  # a word of state that the settings do not give as an answer
        return "" if said is Says.NO else named.name if named else None

    def _doubt(self, asked: Asked, text: str) -> str:
        meant = "、".join(asked.answers) if asked.answers else "打勾"
        return f"“{asked.header}”一栏写的是“{shortened(text, _QUOTED)}”，不是{meant}，看不出是哪种状态"

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """What could not be read, and what was ticked twice; each kind once."""
        fix = "请改成√或留空；本单位就这样写的，在 status_from.columns 里写明，如 是否完成: {是: 完成, 部分: 正常推进}"
        for what, places, cells in self._unclear:
            yield Problem(Level.ERROR, "mark_unclear", f"{what}，{cells}", fix, place=places[0], also=tuple(places[1:]))
        for what, places, cells in self._doubled:
            message, fix = f"{what}，{cells}", "只留一个勾"
            yield Problem(Level.WARNING, "mark_twice", message, fix, place=places[0], also=tuple(places[1:]))
        yield from self._endings.afterwards(table)
        self._unclear, self._doubled = Gathered(), Gathered()


def _place(table: RawTable, raw: RawRow, asked: Asked) -> Place:
    return table.place(*raw.cells.get(asked.field, (raw.row, table.choice.layout.columns.get(asked.field, 0))))
