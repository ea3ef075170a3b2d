"""Kinds of circular: what `templates/<kind>/kind.yaml` says, read into frozen records.

The vocabulary is closed: a word that is not known here is refused with file, line and the nearest known word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tongbao.model import Column, ColumnType, Label, State


class Count(StrEnum):
    """The counted unit: a row that carries a status (分项), or all that one 序号 covers (大项)."""

    ROWS = "rows"
    ITEMS = "items"


class Rounding(StrEnum):
    """四舍五入, or cut off."""

    HALF_UP = "half_up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Shares:
    """How shares are printed. The base is always the number of counted units."""

    decimals: int = 1
    trailing_zeros: bool = True
    rounding: Rounding = Rounding.HALF_UP
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """Which column names the unit that answers for a row, and whether a joint row counts for each or the first."""

    field: str = "责任单位"
    joint: str = "each"


@dataclass(frozen=True, slots=True)
class Selection:
    """A named choice of rows: `of` standard selections, labels, states or other choices; `where` field values.

    `sort` names a field (a leading `-` for descending); `take` keeps the first k.
    """

    name: str
    of: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    take: int = 0
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum over a field, or the ratio of two measures or counts (in percent)."""

    name: str
    sum: str = ""
    ratio: tuple[str, str] | None = None
    decimals: int = 2
    trailing_zeros: bool = True
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of circular. `sections` names the heading levels, outermost first; a level whose name is also a
    field is read from that column where the sheet has it, else from full-width rows."""

    id: str
    folder: Path
    name: str
    count: Count
    columns: tuple[Column, ...]
    labels: tuple[Label, ...]
    sections: tuple[str, ...] = ()
    short: tuple[str, ...] = ("简称", "事项")
    overdue: State = State.LAGGING
    units: Units = Units()
    classes: tuple[Selection, ...] = ()
    lists: tuple[Selection, ...] = ()
    groups: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    shares: Shares = Shares()
    file_name: str = "{标题}"

    def column(self, name: str) -> Column | None:
        """The declared column of a field."""
        return next((c for c in self.columns if c.field == name), None)

    @property
    def status(self) -> Column:
        """The column that holds the status word."""
        return next(c for c in self.columns if c.type is ColumnType.STATUS)
