"""The board on which two ledgers are matched: which rows are settled, which are left, which pairs are ruled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from tongbao.likeness import Face
from tongbao.model import Fate, How, Ledger, Matching, Outcome, Pair, Question


class Side:
    """The rows of one ledger, those of its sheet 销号 last, by index; `left` are those without a partner yet."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.rows = (*ledger.rows, *ledger.closed)
        self.left = dict.fromkeys(range(len(self.rows)))
        self.ids = Counter(row.id for row in self.rows if row.id)
        self.texts = Counter(row.text for row in self.rows)
        self.sections = {row.section for row in self.rows}
        self.units = {unit for row in self.rows for unit in row.units}
        self._faces: dict[int, Face] = {}

    def is_closed(self, index: int) -> bool:
        """Does the row stand in the sheet 销号?"""
        return index >= len(self.ledger.rows)

    def face(self, index: int) -> Face:
        """The row as it is compared; made when it is first asked for."""
        if index not in self._faces:
            self._faces[index] = Face(self.rows[index])
        return self._faces[index]

    def faces(self) -> dict[int, Face]:
        """The rows left, as they are compared."""
        return {index: self.face(index) for index in self.left}


Name = Callable[[Side, int], Hashable]


class Board:
    """What is settled so far between two sides. Throughout, `i` is a prior row, `j` a current one."""

    def __init__(self, prior: Ledger, current: Ledger) -> None:
        self.prior, self.current = Side(prior), Side(current)
        self.doubts: dict[tuple[int, int], str] = {}
        self.apart: set[tuple[int, int]] = set()
        self.questions: list[Question] = []
        self._pairs: dict[tuple[int, int], tuple[How, float]] = {}
        self._merged: list[tuple[int, int]] = []
        self._split: list[tuple[int, int]] = []
        self._withdrawn: dict[int, str] = {}

    # What is known ---------------------------------------------------------------------------

    def free(self, i: int, j: int) -> bool:
        """May the two still be paired, and does nothing speak against it?"""
        both = i in self.prior.left and j in self.current.left
        return both and (i, j) not in self.apart and (i, j) not in self.doubts

    def unique(self, name: Name) -> list[tuple[int, int]]:
        """Of the rows left: a prior and a current one that have a name to themselves, each on its side."""
        theirs = _grouped(name, self.current)
        return [
            (rows[0], theirs[called][0])
            for called, rows in _grouped(name, self.prior).items()
            if len(rows) == 1 and len(theirs.get(called, ())) == 1
        ]

    def groups(self, name: Name) -> Iterator[tuple[list[int], list[int]]]:
        """The rows left that share a name, of both sides."""
        theirs = _grouped(name, self.current)
        for called, rows in _grouped(name, self.prior).items():
            if called in theirs:
                yield rows, theirs[called]

    def renamed(self, a: Face, b: Face) -> bool:
        """Are the units of a current row new names for units that are no longer there (a reform)?"""
        gone, come = set(a.row.units) - set(b.row.units), set(b.row.units) - set(a.row.units)
        return bool(gone and come) and not gone & self.current.units and not come & self.prior.units

    def changed(self) -> list[int]:
        """Current rows that have a partner, but no longer its text: what another row may have gone into."""
        return [j for i, j in self._pairs if self.prior.rows[i].text != self.current.rows[j].text]

    def neighbours(self) -> Neighbours:
        """The places of the rows left, by what is settled now."""
        return Neighbours(len(self.prior.rows), len(self.current.rows), dict(self._pairs.keys()))

    # What is decided -------------------------------------------------------------------------

    def pair(self, i: int, j: int, how: How, score: float = 1.0) -> None:
        """`j` carries on `i`."""
        del self.prior.left[i], self.current.left[j]
        self._pairs[i, j] = (how, score)

    def merge(self, i: int, j: int) -> None:
        """`i` went into `j`, which may have a partner of its own."""
        del self.prior.left[i]
        self._merged.append((i, j))

    def is_split(self, i: int) -> bool:
        """Has a part of the row been told already?"""
        return any(whole == i for whole, _ in self._split)

    def split_off(self, i: int, j: int) -> None:
        """`j` is a part of `i`."""
        self.prior.left.pop(i, None)
        del self.current.left[j]
        self._split.append((i, j))

    def withdraw(self, i: int, reason: str) -> None:
        """`i` was withdrawn."""
        del self.prior.left[i]
        self._withdrawn[i] = reason

    def matching(self) -> Matching:
        """The result, in the order of the ledgers."""
        prior, current = self.prior.rows, self.current.rows
        joined = {j for _, j in self._merged}
        return Matching(
            pairs=tuple(Pair(prior[i], current[j], *found) for (i, j), found in sorted(self._pairs.items())),
            gone=tuple(prior[i] for i in self.prior.left),
            new=tuple(current[j] for j in self.current.left if j not in joined),
            merged=tuple(Pair(prior[i], current[j], How.ANSWER) for i, j in self._merged),
            split=tuple(Pair(prior[i], current[j], How.ANSWER) for i, j in self._split),
            withdrawn=tuple(Outcome(prior[i], Fate.WITHDRAWN, (), why) for i, why in self._withdrawn.items()),
            questions=tuple(self.questions),
        )


def _grouped(name: Name, side: Side) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for index in side.left:
        called = name(side, index)
        if called:
            found.setdefault(called, []).append(index)
    return found


class Neighbours:
    """How well the rows around two rows agree, by the pairs settled when this was made (prior row → current row)."""

    def __init__(self, priors: int, currents: int, partner: Mapping[int, int]) -> None:
        self._settled = (partner.keys() | {-1, priors}, set(partner.values()) | {-1, currents})
        to = {i: partner.get(i) for i in range(priors)}
        of = {j: j if j in self._settled[1] else None for j in range(currents)}
        self._sides = [
            (_nearest(range(priors), to), _nearest(range(currents), of)),
            (_nearest(range(priors)[::-1], to), _nearest(range(currents)[::-1], of)),
        ]

    def agreement(self, i: int, j: int) -> float:
        """1 where two rows lie between the same two settled ones, 0.5 where one of these is the same, else 0."""
        return sum(prior[i] == current[j] for prior, current in self._sides) / 2

    def alone(self, i: int, j: int) -> bool:
        """Do both rows lie between the same two settled ones, with no other row that might have taken their place?"""
        around = zip((i, j), self._settled, strict=True)
        return self.agreement(i, j) == 1 and all({row - 1, row + 1} <= settled for row, settled in around)


def _nearest(order: Iterable[int], settled: Mapping[int, int | None]) -> dict[int, int]:
    """For each row the last settled one before it, in that order; -1 where there is none."""
    found, last = {}, -1
    for index in order:
        found[index] = last
        known = settled[index]
        last = last if known is None else known
    return found
