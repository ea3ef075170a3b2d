"""The records of counting: choices of rows with their counts and measures, and all figures of a circular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tongbao.circular.printed_numbers import percent
from tongbao.config.kinds import Shares
from tongbao.matching.two_periods import Pair
from tongbao.model import Row


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that may be printed, with the rows behind it; `rule` says in Chinese how it was counted.

    `constant`: the part of the value without rows on file (closed before the first ledger). `parts`: the members, as
    printed, of a value that is a list joined into one text.
    """

    id: str
    name: str
    value: int | Decimal | str
    rule: str
    rows: Sequence[Row] = ()
    constant: int = 0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of rows that is counted. `constant`: the part of the count without rows on file; `measures` by name."""

    name: str
    rows: tuple[Row, ...] = ()
    rule: str = ""
    constant: int = 0
    measures: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many items or rows, whichever the kind counts."""
        return len(self.rows) + self.constant


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of the unit table: the rows of a unit by state, its completion rate as printed, its rank by that rate."""

    unit: str
    assigned: Choice
    done: Choice
    newly_completed: Choice
    lagging: Choice
    rate: str
    rank: int


@dataclass(frozen=True, slots=True)
class Move:
    """Rows whose label changed from one word to another since the prior period."""

    before: str
    after: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures that a circular can print.

    `numbers`: by the ids of `figures.json`. `choices`: the standard selections, and the classes and lists of the kind.
    `classes`: the printed classes of the kind, or its labels where it names none. `groups`: by field, then by value.
    `shares`: the shares of the classes where they are balanced to 100 percent, as printed; else empty.
    """

    numbers: Mapping[str, Figure]
    choices: Mapping[str, Choice]
    labels: Mapping[str, Choice]
    classes: Mapping[str, Choice]
    groups: Mapping[str, Mapping[str, Choice]]
    shares: Mapping[str, str]
    units: tuple[UnitLine, ...] = ()
    moves: tuple[Move, ...] = ()

    def share(self, choice: Choice, shares: Shares) -> str:
        """A choice as a share of all that the ledger counts, printed as the kind wants (`39%`)."""
        return self.shares.get(choice.name) or percent(choice.count, self.choices["全部"].count, shares)
