"""Two periods side by side, as records: which row carries on which, what became of each, how the two balance."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tongbao.model import Ledger, Period, Place, Row


class How(StrEnum):
    """Why two rows of two periods are taken for the same item."""

    ID = "id"
    EXACT = "exact"
    SIMILAR = "similar"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Pair:
    """A prior row and the current row that carries it on."""

    prior: Row
    current: Row
    how: How
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """A row that the matcher would not decide alone, with its likely partners, best first."""

    row: Row
    candidates: tuple[tuple[Row, float], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Who carries on whom. `merged` and `split` are told apart from plain pairs: many to one, one to many.

    `withdrawn`: prior rows that a person said were withdrawn, with the reason. A row in question is among
    `gone`, its candidates mostly among `new`, until somebody answers.
    """

    pairs: tuple[Pair, ...]
    gone: tuple[Row, ...]
    new: tuple[Row, ...]
    merged: tuple[Pair, ...] = ()
    split: tuple[Pair, ...] = ()
    withdrawn: tuple[Outcome, ...] = ()
    questions: tuple[Question, ...] = ()


class Fate(StrEnum):
    """What became of a row of the prior ledger; exactly one for each."""

    CONTINUED = "continued"
    NEWLY_COMPLETED = "newly_completed"
    CLOSED_BEFORE = "closed_before"
    MERGED = "merged"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A prior row, its fate, and the current rows that it leads to."""

    row: Row
    fate: Fate
    to: tuple[Row, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What the earlier ledgers know of a current row.

    `lagging_periods` counts the periods in a row, this one included, in which it lagged; `moved` how often
    its deadline changed; `same_progress` how many earlier periods in a row carried this very progress text.
    """

    lagging_periods: int = 0
    moved: int = 0
    same_progress: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the register: what counts for it now, what one 序号 covers of it, when it was closed (None: unknown).

    `in_sheet`: its row stands in the working sheet. `done_before`: it was done before the current period, and is.
    """

    row: Row
    item: Hashable
    in_sheet: bool
    done: bool
    done_before: bool
    closed_in: Period | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The two periods side by side. Without a prior ledger `prior` is None and all but `current` is empty.

    `closed_before`: one row for each item that was done in an earlier ledger and is not open now (its last
    appearance as done). `newly_completed`, `added`, `reopened`, `withdrawn` are rows of the current ledger
    (or of its sheet 销号); `outcomes` has every row of the prior ledger once. `register` has every item on file,
    `within` the rows that count by the base of the kind, `items` what one 序号 covers, by the place of a row.
    """

    current: Ledger
    prior: Ledger | None = None
    outcomes: tuple[Outcome, ...] = ()
    pairs: tuple[Pair, ...] = ()
    added: tuple[Row, ...] = ()
    newly_completed: tuple[Row, ...] = ()
    closed_before: tuple[Row, ...] = ()
    reopened: tuple[Pair, ...] = ()
    withdrawn: tuple[Row, ...] = ()
    past: Mapping[Place, Past] = field(default_factory=dict)
    register: tuple[Entry, ...] = ()
    within: tuple[Row, ...] | None = None
    items: Mapping[Place, Hashable] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that figures count: those within the base of the kind, by itself the working sheet's."""
        return tuple(r for r in self.current.rows if not r.withdrawn) if self.within is None else self.within


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the balance of two periods (衔接平衡表): `+` and `-` lines add up to the `=` lines below them."""

    name: str
    sign: str
    value: int
    rows: tuple[Row, ...] = ()
