"""Which ledger row a text tells of: what a circular tells of one must not stand under the name of another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.proof.basis.kept import Basis
from tongbao.proof.text.alignment import Sentence
from tongbao.words.folding import Folded


@dataclass(frozen=True, slots=True)
class Astray:
    """An edited sentence with text of a row that stands under the name of another row."""

    sentence: int
    row: int
    under: int


class Subjects:
    """The rows that printed sentences tell of, by the cells that they repeat."""

    def __init__(self, basis: Basis, folded: Mapping[int, Folded], printed: Sequence[Sentence]) -> None:
        self._told = [list(_told(basis, folded[s.paragraph], s)) for s in printed]
        self._following = set(self._follow())

    def astray(self, edited: int, partner: Mapping[int, int]) -> Iterator[Astray]:
        """What went astray among the edited sentences, each row once; `edited` is the number of sentences."""
        current: int | None = None
        told = set()
        for e in range(edited):
            p = partner.get(e)
            for row, name in self._told[p] if p is not None else ():
                if name:
                    current = row
                elif p in self._following and current not in (None, row) and row not in told:
                    told.add(row)
                    yield Astray(e, row, current)

    def _follow(self) -> Iterator[int]:
        """The printed sentences that repeat a cell of the row that was named last before them."""
        current: int | None = None
        for p, told in enumerate(self._told):
            for row, name in told:
                if name:
                    current = row
                elif row == current:
                    yield p


def _told(basis: Basis, folded: Folded, sentence: Sentence) -> Iterator[tuple[int, bool]]:
    """The rows that a printed sentence repeats cells of, in order, and whether the cell names the row."""
    for origin in basis.paragraphs[sentence.paragraph].origins:
        if sentence.start <= bisect_left(folded.at, origin.start) < sentence.end:
            yield origin.row, origin.name
