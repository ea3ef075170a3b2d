"""A line of a table, and what it is: the record that all who tell lines apart hand on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class What(Enum):
    """HEADING stands over items. ITEM begins a row with a task of its own, PART begins one under a merged task, MORE
    continues the row above. ASIDE is a total, a note, a signature, a repeated header. DOUBT may be any of these. SUMS
    holds words and sums only, until its neighbours tell what it is (see `ledger.sums`)."""

    HEADING = auto()
    ITEM = auto()
    PART = auto()
    MORE = auto()
    ASIDE = auto()
    DOUBT = auto()
    SUMS = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something. `filled` are the columns with a value of their own; `text` is the heading, or
    what stands in the first of these columns; `wide`: it is merged over the table; `why` explains a doubt; `gap` is
    the number of empty lines above it."""

    what: What
    row: int
    filled: tuple[int, ...]
    text: str = ""
    wide: bool = False
    why: str = ""
    gap: int = 0
