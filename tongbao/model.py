"""The records that the stages hand to each other.

All records are frozen. A fact is held once: a row carries its place from reading to the last message,
and every figure carries the rows behind it. Words that a user sees are Chinese; identifiers are English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a problem matters: an error stops the circular, a warning wants a look, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word that the clerk reads."""
        return {"error": "必改", "warning": "请核", "note": "提示"}[self.value]


class Place(NamedTuple):
    """Where something stands: a file (its name, no folder), and if known its sheet, row and column (1-based)."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The address as Excel writes it (`H12`); `12` for a whole row; empty where no row is known."""
        return column_letters(self.column) + (str(self.row) if self.row else "")

    def at(self, column: int) -> Place:
        """The cell in that column of the same row."""
        return Place(self.file, self.sheet, self.row, column)


def column_letters(column: int) -> str:
    """`1` → `A`, `28` → `AB`; `0` gives an empty text."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or wants a look: where, what was found, what to do (all in Chinese)."""

    level: Level
    code: str
    message: str
    fix: str = ""
    _: KW_ONLY
    place: Place = Place()
    header: str = ""
    item: str = ""
    value: str = ""


class Refusal(Exception):
    """Going on makes no sense: the problems say why. Raised for mistakes in settings, templates or use (status 2)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("；".join(p.message for p in problems))
        self.problems = problems


class State(StrEnum):
    """What the program counts by. The office's own words (labels) are mapped to these by the kind."""

    DONE = "done"
    PARTIAL = "partial"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LAGGING = "lagging"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


# ---------------------------------------------------------------------------------------------- periods


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, named as the office names it. Periods order by their last day."""

    label: str
    first: date
    last: date
    token: str = ""

    def __lt__(self, other: Period) -> bool:
        return self.last < other.last


class DeadlineKind(StrEnum):
    """What sort of phrase a deadline cell holds; only the first five carry dates."""

    POINT = "point"
    BEFORE = "before"
    SPAN = "span"
    SEVERAL = "several"
    RELATIVE = "relative"
    CONDITIONAL = "conditional"
    RECURRING = "recurring"
    OPEN = "open"
    URGENT = "urgent"
    VAGUE = "vague"
    CLASS = "class"
    REFERENCE = "reference"
    AMBIGUOUS = "ambiguous"
    INVALID = "invalid"
    UNREAD = "unread"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One date of a deadline phrase: `first` is None where only the last day is set (…前)."""

    last: date
    first: date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline cell, read. `last` is the day after which the whole is overdue, None where no day follows."""

    text: str = ""
    kind: DeadlineKind = DeadlineKind.EMPTY
    milestones: tuple[Milestone, ...] = ()
    inferred: str = ""

    @property
    def last(self) -> date | None:
        """The last day of the last milestone."""
        return max((m.last for m in self.milestones), default=None)


# ---------------------------------------------------------------------------------------------- kinds


class ColumnType(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    AMOUNT = "amount"
    PERCENT = "percent"
    DATE = "date"
    DEADLINE = "deadline"
    UNITS = "units"
    PEOPLE = "people"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind reads. `fill`: a merged cell gives its value to every row that it covers."""

    field: str
    headers: tuple[str, ...]
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    fill: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A status word of the office: `words` are what a cell may hold, `name` is what is printed."""

    name: str
    state: State
    words: tuple[str, ...] = ()
    counts_as_done: bool = False
    default: bool = False
    withdrawn: bool = False

    @property
    def is_done(self) -> bool:
        """Does a row of this label count as done? One that is withdrawn does not, whatever else the label says."""
        return (self.state is State.DONE or self.counts_as_done) and not self.withdrawn


# Fields that the program itself knows; a kind may name any others for its own use.
ID, NO, TASK, SHORT, UNIT, STATUS = "编号", "序号", "事项", "简称", "责任单位", "状态"
DEADLINE, PROGRESS, LAST_PROGRESS, REASON, NEXT_STEP = "时限", "进展", "上期进展", "原因", "下一步"


# The hidden sheet in which the program keeps what it needs in workbooks that it writes.
OUR_SHEET = "程序用"
# The column of a sheet 销号 that says in which period a row was closed.
CLOSED_IN = "销号期次"
# The workbook beside the ledgers in which a person says which row is which; it is no ledger.
ANSWERS_FILE = "对应关系.xlsx"

# ---------------------------------------------------------------------------------------------- ledgers

_COLLECTIVE = re.compile(
    r".{0,5}(?:各|有关|相关|所有|其[他它]).+|.*(?:部门和单位|成员单位|[省市县区]直(?:部门|单位)|责任单位|承办单位)|乡镇|镇街"
)


def is_collective(name: str) -> bool:
    """Does this name stand for several units that it does not list (各相关单位, 各乡镇)? Such are never counted."""
    return bool(_COLLECTIVE.fullmatch("".join(unicodedata.normalize("NFKC", name).split())))


Value = str | Decimal | date | Deadline | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Row:
    """A counted row of a ledger, every value read by its column's declared type.

    `no` is the 序号 as printed (sub-rows have that of their item); `section` holds the headings above the
    row, outermost first; `merged` names the fields whose value stands in a merged cell that began in an
    earlier row. `typed` is the status cell as typed; `label`, `state` and `done` are what it was taken for.
    `cells` holds all declared columns by field, typed; `others` the undeclared ones by header, as text.
    """

    place: Place
    no: str
    text: str
    section: tuple[str, ...] = ()
    id: str = ""
    units: tuple[str, ...] = ()
    typed: str = ""
    label: str = ""
    state: State = State.UNKNOWN
    done: bool = False
    withdrawn: bool = False
    deadline: Deadline = Deadline()
    cells: Mapping[str, Value] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()
    others: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A field as one line of text, empty where the ledger has nothing."""
        value = self.cells.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return "、".join(value)
        if isinstance(value, Deadline):
            return value.text
        return "" if value is None else str(value)

    @property
    def is_open(self) -> bool:
        """Is there still something to do: neither done nor withdrawn?"""
        return not (self.done or self.withdrawn)

    @property
    def is_lagging(self) -> bool:
        """Is it behind? What is done or withdrawn is not, whatever state its label has."""
        return self.is_open and self.state is State.LAGGING

    @property
    def item_key(self) -> tuple[Hashable, ...]:
        """What one 序号 covers: rows of the same sheet and section under the same number; one without it is alone."""
        return (self.place.sheet, self.section, self.no) if self.no else (self.place,)

    @property
    def named_units(self) -> tuple[str, ...]:
        """The units that answer for the row, the lead unit first. 各相关单位 is none: nobody knows who is meant."""
        return tuple(unit for unit in self.units if not is_collective(unit))

    @property
    def lead_units(self) -> tuple[str, ...]:
        """The lead unit alone, also where a collective name stands before it; none where there are only such names."""
        return self.named_units[:1]

    @property
    def item(self) -> str:
        """How a message names the row: its number and the first twelve characters of its text."""
        head = self.text if len(self.text) <= 12 else self.text[:12] + "…"
        return f"第{self.no}项 {head}" if self.no else head


@dataclass(frozen=True, slots=True)
class Header:
    """A column of one sheet: its number (1-based) and its header as typed, on one line."""

    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one sheet: which field stands in which column. `headers` is by field, `others` undeclared.

    `closed`: it is the sheet of closed items (销号).
    """

    sheet: str
    header_row: int
    headers: Mapping[str, Header]
    others: tuple[Header, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """One workbook, read. `closed` are the rows of the sheet 销号, all done (or withdrawn)."""

    file: str
    period: Period
    as_of: date
    rows: tuple[Row, ...]
    closed: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    sha256: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """All names that its rows give as units, each once, as they appear."""
        return tuple(dict.fromkeys(unit for row in self.rows for unit in row.units))

    def place(self, row: Row, name: str) -> Place:
        """The cell of a row's field, or the row where the sheet has no such column."""
        for table in self.tables:
            if table.sheet == row.place.sheet and name in table.headers:
                return row.place.at(table.headers[name].column)
        return row.place
