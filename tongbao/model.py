"""The records that the rooms of the program hand to each other.

All records are frozen. A fact is held once: a row carries its place from reading to the last message, and every figure
carries the rows behind it. What a user sees is Chinese; identifiers are English.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a problem matters: an error stops the circular, a warning should be looked at, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word that the clerk reads."""
        return {"error": "必改", "warning": "请核", "note": "提示"}[self.value]


class Place(NamedTuple):
    """Where something stands: file name (without folder), sheet, row and column (from 1; 0 or empty: not known)."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The address as Excel writes it: `H12`, `12` for a whole row, `H` for a column; empty where none is known."""
        return column_letters(self.column) + (str(self.row) if self.row else "")

    def at(self, column: int) -> Place:
        """The cell in that column (from 1) of the same row."""
        return Place(self.file, self.sheet, self.row, column)


def column_letters(column: int) -> str:
    """The letters of a column: `1` → `A`, `28` → `AB`, `0` → empty."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or should be looked at: what was found, what to do, where (Chinese except `code`).

    `also` are further places of which the same is said.
    """

    level: Level
    code: str
    message: str
    fix: str = ""
    _: KW_ONLY
    place: Place = Place()
    header: str = ""
    item: str = ""
    value: str = ""
    also: tuple[Place, ...] = ()


class Refusal(Exception):
    """Raised for mistakes in settings, templates or use that end a command (exit status 2); `problems` say which."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("；".join(p.message for p in problems))
        self.problems = problems


class State(StrEnum):
    """The states that the program counts by. A kind maps the office's own words (labels) to them."""

    DONE = "done"
    PARTIAL = "partial"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LAGGING = "lagging"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"
    UNREPORTED = "unreported"


class Filling(StrEnum):
    """What was filled into an open row for this period: silence is no news, and no good news either.

    `REPORTED`: something was. `COPIED`: status and progress are last period's to the letter (照抄). `UNFILLED`: nothing
    was. `STATUSLESS`: something was, but not the status. `AS_BEFORE`, `STATUS_AS_BEFORE`: by the clerk's decision such
    a row, or its status, counts as last period. Rows that are done or withdrawn always count as reported.
    """

    REPORTED = "reported"
    COPIED = "copied"
    UNFILLED = "unfilled"
    STATUSLESS = "statusless"
    AS_BEFORE = "as_before"
    STATUS_AS_BEFORE = "status_as_before"


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
    """What sort of phrase a deadline cell holds; only the first five have dates."""

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
    """One date of a deadline phrase, for `what` it names. `first` is None where only a last day is set (…前)."""

    last: date
    first: date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline cell, read. `text`: as typed. `inferred`: in Chinese, what was added by inference (the year)."""

    text: str = ""
    kind: DeadlineKind = DeadlineKind.EMPTY
    milestones: tuple[Milestone, ...] = ()
    inferred: str = ""

    @property
    def last(self) -> date | None:
        """The day after which the task is overdue: the last day of the last milestone. None without dates."""
        return max((m.last for m in self.milestones), default=None)


# The fields that have a meaning to the program; a kind may name any others for its own use.
ID, NO, TASK, SHORT, UNIT, STATUS = "编号", "序号", "事项", "简称", "责任单位", "状态"
# With this begins the name of a field that is asked how a row stands, where no column has words for it: 状态：已完成.
ASKED = f"{STATUS}："
DEADLINE, PROGRESS, LAST_PROGRESS, REASON, NEXT_STEP = "时限", "进展", "上期进展", "原因", "下一步"
# By this name a template prints the pictures of a row; a kind may declare a column of it, whose cells are pictures.
PHOTOS = "现场照片"


# The hidden sheet in which the program keeps what it needs in workbooks that it writes.
OUR_SHEET = "程序用"
# In its first column, beside the token of the period that a ledger was prepared for.
PREPARED = "结转"
# With this begins a text of several units that do not agree, until a person has made one of them.
TO_BE_AGREED = "【待商定】"
# The column of a sheet 销号 that says in which period a row was closed.
CLOSED_IN = "销号期次"
# The workbooks beside the ledgers that are no ledgers: in one a person answers which row carries on which, in the
# other what becomes of rows that nobody filled in.
ANSWERS_FILE, UNFILLED_FILE = "对应关系.xlsx", "未填报.xlsx"

# ---------------------------------------------------------------------------------------------- ledgers


def listed(names: Iterable[str]) -> str:
    """Names of units as a circular lists them: joined by 、, but for 等部门, which needs none before it."""
    return "、".join(names).replace("、等", "等")


Value = str | Decimal | date | Deadline | tuple[str, ...] | None


class Picture(NamedTuple):
    """A picture in a cell of a ledger, or over it: its cell, and the part of the file that holds it (not unpacked)."""

    place: Place
    part: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a ledger that counts (分项), each value read by the declared type of its column.

    `no`: the 序号 as printed; sub-rows have that of their item. `section`: the headings above it, outermost first.
    `merged`: the fields whose value stands in a merged cell that began in an earlier row. `typed`: the status cell as
    typed; `label`, `state`, `done`, `withdrawn`: how it was read; `awaits`: done, but for the second step of its ending
    (待验收). `cells`: the declared columns by field, in their types; `others`: the undeclared ones by header, as text.
    `filling`: what was filled in, as far as it is known. `collective`: those of `units` that stand for several which
    nobody lists (各相关单位); they are never counted. `pictures`: those in its line, left to right.
    """

    place: Place
    no: str
    text: str
    section: tuple[str, ...] = ()
    id: str = ""
    units: tuple[str, ...] = ()
    collective: tuple[str, ...] = ()
    typed: str = ""
    label: str = ""
    state: State = State.UNKNOWN
    done: bool = False
    withdrawn: bool = False
    awaits: bool = False
    deadline: Deadline = Deadline()
    cells: Mapping[str, Value] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()
    others: Mapping[str, str] = field(default_factory=dict)
    filling: Filling = Filling.REPORTED
    pictures: tuple[Picture, ...] = ()

    def get(self, name: str) -> str:
        """A field as text, lists joined by 、; empty where the cell or the column is missing."""
        value = self.cells.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return listed(value)
        if isinstance(value, Deadline):
            return value.text
        return "" if value is None else str(value)

    @property
    def is_open(self) -> bool:
        """Is the row neither done nor withdrawn?"""
        return not (self.done or self.withdrawn)

    @property
    def is_lagging(self) -> bool:
        """Is the row open and lagging? A done or withdrawn one does not lag, whatever the state of its label."""
        return self.is_open and self.state is State.LAGGING

    @property
    def item_key(self) -> tuple[Hashable, ...]:
        """Equal for the rows of one item: same sheet, section and 序号. A row without 序号 is an item by itself."""
        return (self.place.sheet, self.section, self.no) if self.no else (self.place,)

    @property
    def named_units(self) -> tuple[str, ...]:
        """The responsible units, the lead unit first, without collective names."""
        return tuple(unit for unit in self.units if unit not in self.collective)

    @property
    def lead_units(self) -> tuple[str, ...]:
        """The lead unit: the first that is no collective name. Empty where there is none."""
        return self.named_units[:1]

    @property
    def item(self) -> str:
        """How a message names the row: 第3项 and the beginning of its text."""
        # Twelve characters, so that a message stays on a line (set by feel); tasks that begin alike look alike in it.
        head = self.text if len(self.text) <= 12 else self.text[:12] + "…"
        return f"第{self.no}项 {head}" if self.no else head


@dataclass(frozen=True, slots=True)
class Header:
    """A column of one sheet: its number (from 1) and its header, as typed but on one line."""

    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet: the declared columns by field, the undeclared ones. `closed`: it is the sheet 销号.

    `judged`: the column in which its rows say how they stand, where that is none of status words (a column to tick, a
    progress that begins with it, a task that is coloured).
    """

    sheet: str
    header_row: int
    headers: Mapping[str, Header]
    others: tuple[Header, ...] = ()
    closed: bool = False
    judged: Header | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One workbook, read. `as_of`: the day of its figures. `closed`: the rows of its sheet 销号, done or withdrawn.

    `prepared`: the program wrote it for this period, with its statuses emptied. `taken_up`: rows of its sheet 销号 that
    were left there although the item is worked on again, in a row of its own.
    """

    file: str
    period: Period
    as_of: date
    rows: tuple[Row, ...]
    closed: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    sha256: str = ""
    prepared: bool = False
    taken_up: tuple[Row, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """All names that its rows have as units, collective ones too, each once, in order of appearance."""
        return tuple(dict.fromkeys(unit for row in self.rows for unit in row.units))

    def header(self, row: Row, name: str) -> Header | None:
        """The column of a field in the sheet of a row; None where it has no such column."""
        above = (t for t in self.tables if t.sheet == row.place.sheet and t.header_row < row.place.row)
        table = max(above, key=lambda t: t.header_row, default=None)
        found = table.headers.get(name) if table else None
        return table.judged if table and found is None and name == STATUS else found

    def has(self, row: Row, name: str) -> bool:
        """Does the sheet of the row have a column for this field?"""
        return self.header(row, name) is not None

    def place(self, row: Row, name: str) -> Place:
        """The cell of a row's field; the place of the row where its sheet has no such column."""
        header = self.header(row, name)
        return row.place.at(header.column) if header else row.place
