"""The records of two periods side by side: which row carries on which, what became of each, how the two balance."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tongbao.config.kinds import Base
from tongbao.model import Ledger, Period, Place, Row


class How(StrEnum):
    """Why two rows of two periods are taken for the same item."""

    ID = "id"
    EXACT = "exact"
    SIMILAR = "similar"
    ANSWER = "answer"


class Bond(StrEnum):
    """What a prior row and a current one that belong together are to each other."""

    SAME = "同一项"
    MERGED = "并入"
    SPLIT = "拆分"


@dataclass(frozen=True, slots=True)
class Pair:
    """A prior row and the current row that carries it on.

    `score`: how likely it is that they are one item (0 to 1). `assumed`: likely enough to count, not to go unsaid;
    `ground`: what it rests on beyond what the two rows say, in Chinese.
    """

    prior: Row
    current: Row
    how: How
    score: float = 1.0
    assumed: bool = False
    ground: str = ""
    bond: Bond = Bond.SAME


class Cause(StrEnum):
    """Why a person is asked about a row, as the heading over questions of one cause."""

    NUMBERS = "数字、地名等个别字词变了的"
    UNITS = "单位、名称、标题变了的"
    ALIKE = "相近的不止一行的"
    REWORDED = "文字改动较大的"
    SPLIT = "像是拆成几项的"
    REOPENED = "上期已完成、本期又在办的"
    LOST = "本期没有找到相近的"


@dataclass(frozen=True, slots=True)
class Question:
    """A prior row that the matcher leaves to a person.

    `candidates`: likely partners among the current rows, best first, with their likeness (0 to 1). `why`: in Chinese.
    """

    row: Row
    candidates: tuple[tuple[Row, float], ...]
    why: str
    cause: Cause = Cause.REWORDED


@dataclass(frozen=True, slots=True)
class Matching:
    """Which current row carries on which prior row, and which rows are left over.

    `pairs` are one to one, `merged` many to one, `split` one to many; `withdrawn`: by a person's answer, with the
    reason. Until a question is answered its row is in `gone`, and its candidates without a partner are in `new`.
    """

    pairs: tuple[Pair, ...]
    gone: tuple[Row, ...]
    new: tuple[Row, ...]
    merged: tuple[Pair, ...] = ()
    split: tuple[Pair, ...] = ()
    withdrawn: tuple[Outcome, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def assumed(self) -> tuple[Pair, ...]:
        """What counts though nobody said so and some doubt is left: pairs, parts, and what was merged."""
        return tuple(pair for pair in (*self.pairs, *self.merged, *self.split) if pair.assumed)

    @property
    def priors(self) -> Mapping[Place, Row]:
        """The prior row of each current one that has a partner or is a part, by its place."""
        return {pair.current.place: pair.prior for pair in (*self.pairs, *self.split)}

    def with_rows(self, rows: Iterable[Row]) -> Matching:
        """The same matching with these rows, each in place of the one that stood at its place."""
        known = {row.place: row for row in rows}

        def now(row: Row) -> Row:
            return known.get(row.place, row)

        def paired(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
            return tuple(replace(pair, prior=now(pair.prior), current=now(pair.current)) for pair in pairs)

        return Matching(
            pairs=paired(self.pairs),
            gone=tuple(map(now, self.gone)),
            new=tuple(map(now, self.new)),
            merged=paired(self.merged),
            split=paired(self.split),
            withdrawn=tuple(replace(o, row=now(o.row), to=tuple(map(now, o.to))) for o in self.withdrawn),
            questions=tuple(
                replace(q, row=now(q.row), candidates=tuple((now(row), score) for row, score in q.candidates))
                for q in self.questions
            ),
        )


class Fate(StrEnum):
    """What became of a row of the prior ledger; every row has exactly one."""

    CONTINUED = "continued"
    NEWLY_COMPLETED = "newly_completed"
    CLOSED_BEFORE = "closed_before"
    MERGED = "merged"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A prior row, its fate, the current rows that carry it on, and the reason for it where one was given."""

    row: Row
    fate: Fate
    to: tuple[Row, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What all ledgers on file tell of the past of a current row, as counts.

    `lagging_periods`: the periods in a row, this one included, in which it lagged. `moved`: the changes of its
    deadline. `same_progress`: the earlier periods in a row that had this very progress text.
    """

    lagging_periods: int = 0
    moved: int = 0
    same_progress: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the register: what counts for it now, what one 序号 covers of it, when it was closed (None: unknown).

    `in_sheet`: its row stands in the working sheet. `done_before`: it was done before the current period, and is.
    `number`: the same for one item in the registers of all periods that are read together.
    """

    row: Row
    item: Hashable
    in_sheet: bool
    done: bool
    done_before: bool
    closed_in: Period | None = None
    number: int = -1


@dataclass(frozen=True, slots=True)
class Changes:
    """The two periods side by side. Without a prior ledger only `current` and `past` are filled.

    `outcomes` has every row of the prior ledger once. `pairs` are those of the matcher, and the items taken up again of
    which the prior ledger has no row, each with the row in which it was last done or withdrawn. `assumed`, `questions`:
    see `Matching`.
    `closed_before`: a row for each item that was done in an earlier ledger and is not open now (the last row in which
    it was done). `newly_completed`, `added`, `reopened`, `withdrawn`: rows of the current ledger or its sheet 销号;
    items withdrawn by an answer alone stand with their prior row.
    `register` has every item on file, `register_before` the same as it was in the prior period, `within` the rows that
    count by the base of the kind, `items` what one 序号 covers, by the place of a row.
    """

    current: Ledger
    prior: Ledger | None = None
    outcomes: tuple[Outcome, ...] = ()
    pairs: tuple[Pair, ...] = ()
    assumed: tuple[Pair, ...] = ()
    questions: tuple[Question, ...] = ()
    added: tuple[Row, ...] = ()
    newly_completed: tuple[Row, ...] = ()
    closed_before: tuple[Row, ...] = ()
    reopened: tuple[Pair, ...] = ()
    withdrawn: tuple[Row, ...] = ()
    past: Mapping[Place, Past] = field(default_factory=dict)
    register: tuple[Entry, ...] = ()
    register_before: tuple[Entry, ...] = ()
    base: Base = Base.ALL
    within: tuple[Row, ...] | None = None
    items: Mapping[Place, Hashable] = field(default_factory=dict)

    @property
    def priors(self) -> Mapping[Place, Row]:
        """The prior row of each pair by the place of its current one."""
        return {pair.current.place: pair.prior for pair in self.pairs}

    @property
    def listed(self) -> tuple[Row, ...]:
        """The rows of the working sheet that the annex lists: all but those that were closed before what counts."""
        counts = {row.place for row in self.counted}
        return tuple(r for r in self.current.rows if r.withdrawn or not r.done or r.place in counts)

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that figures count: those within the base of the kind, by itself the working sheet's."""
        return tuple(r for r in self.current.rows if not r.withdrawn) if self.within is None else self.within


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the balance (衔接平衡表): the `+` and `-` lines add up to the `=` lines that follow them."""

    name: str
    sign: str
    value: int
    rows: tuple[Row, ...] = ()
