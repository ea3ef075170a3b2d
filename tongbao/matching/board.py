"""The state of matching two ledgers: which rows have a partner, which are left, which pairs are ruled out."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import NamedTuple

from tongbao.matching.face import Face
from tongbao.matching.two_periods import Bond, Fate, How, Matching, Outcome, Pair, Question
from tongbao.model import Ledger


class Side:
    """The rows of one ledger by index, those of its sheet 销号 last. `left` are the indices without a partner yet."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.rows = (*ledger.rows, *ledger.closed)
        self.left = dict.fromkeys(range(len(self.rows)))
        self._faces: dict[int, Face] = {}

    @cached_property
    def ids(self) -> Counter[str]:
        """How many rows bear each 编号."""
        return Counter(row.id for row in self.rows if row.id)

    def face(self, index: int) -> Face:
        """The row in the form in which it is compared; made at the first call."""
        if index not in self._faces:
            self._faces[index] = Face(self.rows[index])
        return self._faces[index]

    def faces(self) -> dict[int, Face]:
        """The rows left, as they are compared."""
        return {index: self.face(index) for index in self.left}


class Found(NamedTuple):
    """How two rows were found to belong together, how far to believe it, and whether that is to be told."""

    how: How
    score: float = 1.0
    assumed: bool = False
    ground: str = ""


class Board:
    """What is settled so far between two ledgers. `i` is the index of a prior row, `j` of a current one."""

    def __init__(self, prior: Ledger, current: Ledger) -> None:
        self.prior, self.current = Side(prior), Side(current)
        self.apart: set[tuple[int, int | None]] = set()
        self.questions: list[Question] = []
        self._pairs: dict[tuple[int, int], Found] = {}
        self._merged: dict[tuple[int, int], Found] = {}
        self._split: dict[tuple[int, int], Found] = {}
        self._withdrawn: dict[int, str] = {}

    # What is known ---------------------------------------------------------------------------

    def ruled_out(self, i: int, j: int) -> bool:
        """Did a person answer that the two rows differ, or that no current row is `i`?"""
        return bool(self.apart) and not self.apart.isdisjoint({(i, j), (i, None)})

    @property
    def partners(self) -> dict[int, int]:
        """The pairs, prior → current, but for those by answer, which say nothing of what else the clerk did."""
        return {i: j for (i, j), link in self._pairs.items() if link.how is not How.ANSWER}

    # What is decided -------------------------------------------------------------------------

    def pair(self, i: int, j: int, how: How, score: float = 1.0, ground: str | None = None) -> None:
        """`j` carries on `i`; with a ground this is assumed, and told of."""
        del self.prior.left[i], self.current.left[j]
        self._pairs[i, j] = Found(how, score, ground is not None, ground or "")

    def doubt(self, i: int, j: int, ground: str) -> None:
        """A pair that counted without a word is assumed on this ground, and told of."""
        self._pairs[i, j] = self._pairs[i, j]._replace(assumed=True, ground=ground)

    @property
    def sure(self) -> list[tuple[int, int]]:
        """The pairs of equal words that count without a word."""
        return [link for link, found in self._pairs.items() if found.how is How.EXACT and not found.assumed]

    def merge(self, i: int, j: int, how: How = How.ANSWER) -> None:
        """`i` was merged into `j`, which may have a partner besides."""
        del self.prior.left[i]
        self._merged[i, j] = Found(how, 1.0, how is not How.ANSWER)

    def is_split(self, i: int) -> bool:
        """Has an answer named a part of this row before?"""
        return any(whole == i for whole, _ in self._split)

    def split_off(self, i: int, j: int, how: How = How.ANSWER) -> None:
        """`j` is a part of `i`."""
        self.prior.left.pop(i, None)
        del self.current.left[j]
        self._split[i, j] = Found(how, 1.0, how is not How.ANSWER)

    def withdraw(self, i: int, reason: str) -> None:
        """`i` was withdrawn."""
        del self.prior.left[i]
        self._withdrawn[i] = reason

    def matching(self) -> Matching:
        """The result; pairs and rows stand in the order of the ledgers."""
        prior, current = self.prior.rows, self.current.rows
        joined = {j for _, j in self._merged}
        return Matching(
            pairs=tuple(Pair(prior[i], current[j], *link) for (i, j), link in sorted(self._pairs.items())),
            gone=tuple(prior[i] for i in self.prior.left),
            new=tuple(current[j] for j in self.current.left if j not in joined),
            merged=tuple(Pair(prior[i], current[j], *link, Bond.MERGED) for (i, j), link in self._merged.items()),
            split=tuple(Pair(prior[i], current[j], *link, Bond.SPLIT) for (i, j), link in self._split.items()),
            withdrawn=tuple(Outcome(prior[i], Fate.WITHDRAWN, (), why) for i, why in self._withdrawn.items()),
            questions=tuple(self.questions),
        )
