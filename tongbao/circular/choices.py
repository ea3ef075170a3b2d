"""Figures as records: choices of rows, counted and measured, and all that a circular can print of them."""

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
    """A number that may be printed: its value, how it came about in words, and the rows behind it.

    `constant` is the part that no row on file explains (closed before the first ledger on file). Where it is a list
    joined into one text, `parts` are its members as printed.
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
    """A choice of rows, counted. `constant` is the part of the count that no row on file explains."""

    name: str
    rows: tuple[Row, ...] = ()
    rule: str = ""
    constant: int = 0
    measures: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many counted units."""
        return len(self.rows) + self.constant


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the unit table: its rows by standing, its completion rate in percent, and its rank by that."""

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
    """All that can be printed. `numbers` has the ids of `figures.json`, `choices` the standard selections and the
    classes and lists of the kind, `classes` those of the kind that are printed (the labels, where it names none)."""

    numbers: Mapping[str, Figure]
    choices: Mapping[str, Choice]
    labels: Mapping[str, Choice]
    classes: Mapping[str, Choice]
    groups: Mapping[str, Mapping[str, Choice]]
    shares: Mapping[str, str]
    units: tuple[UnitLine, ...] = ()
    moves: tuple[Move, ...] = ()

    def share(self, choice: Choice, shares: Shares) -> str:
        """A choice's share of all counted units of the ledger, as the kind prints shares."""
        return self.shares.get(choice.name) or percent(choice.count, self.choices["全部"].count, shares)
