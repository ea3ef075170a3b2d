"""What a place that is no column of status words tells of rows: see `state_source`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tongbao.ledger.labels import Finding
from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.model import Place, Problem, Value
from tongbao.words.text import first_few

# So many cells are named in one message; the copy of the ledger marks them all.
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one row: the `word` by which it is judged, empty where nothing is told.

    `by_itself`: the word was not typed but follows from something else, as a done share does. `name` is the field whose
    cell told it, `cells` are values that another text has once the word is taken out; `heading` is the one that told
    it, which is none of the subject.
    """

    word: str = ""
    by_itself: bool = False
    name: str = ""
    findings: tuple[Finding, ...] = ()
    cells: Mapping[str, Value] = field(default_factory=dict)
    heading: str = ""


class StateSource(Protocol):
    """A place where a ledger says how its rows stand. One for each ledger; it may remember what it saw of a table."""

    proposes: bool
    """Is it to be told row by row that a state was proposed by the deadline?"""

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """What is told of a row."""

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """What is to be said of a table once all its rows were asked."""


@dataclass
class Gathered:
    """Cells by what is the same in them, so that each thing is said once."""

    places: dict[str, list[Place]] = field(default_factory=dict)

    def add(self, what: str, place: Place) -> None:
        """Note a cell."""
        self.places.setdefault(what, []).append(place)

    def __iter__(self) -> Iterator[tuple[str, list[Place], str]]:
        """What is the same, its cells, and these in words (共3格：H3、H5、H9)."""
        for what, places in self.places.items():
            cells = first_few([place.cell for place in places], _SHOWN)
            yield what, places, f"共{len(places)}格：{cells}"
