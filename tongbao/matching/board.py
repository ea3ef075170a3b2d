"""The board on which two ledgers are matched: which rows are settled, which are left, which pairs are ruled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property

from tongbao.matching.likeness import NAME, Face, bare, folded, same_unit
from tongbao.matching.two_periods import Fate, How, Matching, Outcome, Pair, Question
from tongbao.model import Ledger


class Side:
    """The rows of one ledger, those of its sheet 销号 last, by index; `left`: those without a partner yet."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.rows = (*ledger.rows, *ledger.closed)
        self.left = dict.fromkeys(range(len(self.rows)))
        self._faces: dict[int, Face] = {}

    @cached_property
    def ids(self) -> Counter[str]:
        """How many rows bear each 编号."""
        return Counter(row.id for row in self.rows if row.id)

    @cached_property
    def texts(self) -> Counter[tuple[str, str]]:
        """How many rows have the same name and text, as typed."""
        return Counter((row.get(NAME), row.text) for row in self.rows)

    @cached_property
    def folded(self) -> list[str]:
        """All texts, with signs and digits of one width."""
        return [folded(row.text) for row in self.rows]

    @cached_property
    def sections(self) -> set[tuple[str, ...]]:
        """All headings, as typed."""
        return {row.section for row in self.rows}

    @cached_property
    def units(self) -> set[str]:
        """All responsible units."""
        return {bare(unit) for unit in {unit for row in self.rows for unit in row.units}}

    def face(self, index: int) -> Face:
        """The row as it is compared; made when it is first asked for."""
        if index not in self._faces:
            self._faces[index] = Face(self.rows[index])
        return self._faces[index]

    def faces(self) -> dict[int, Face]:
        """The rows left, as they are compared."""
        return {index: self.face(index) for index in self.left}


# Names for the rows left of a side; a row without a name (empty, None) is passed over.
Names = Callable[[Side], Mapping[int, Hashable]]


class Board:
    """What is settled so far between two sides. Throughout, `i` is a prior row, `j` a current one."""

    def __init__(self, prior: Ledger, current: Ledger) -> None:
        self.prior, self.current = Side(prior), Side(current)
        self.apart: set[tuple[int, int | None]] = set()
        self.questions: list[Question] = []
        self._doubts: dict[int, dict[int, str]] = {}
        self._doubted: dict[int, str] = {}
        self._pairs: dict[tuple[int, int], tuple[How, float]] = {}
        self._merged: list[tuple[int, int]] = []
        self._split: list[tuple[int, int]] = []
        self._withdrawn: dict[int, str] = {}

    # What is known ---------------------------------------------------------------------------

    def free(self, i: int, j: int) -> bool:
        """May the two still be paired, and does nothing speak against it?"""
        both = i in self.prior.left and j in self.current.left
        return both and not self.ruled_out(i, j) and j not in self._doubts.get(i, ())

    def ruled_out(self, i: int, j: int) -> bool:
        """Did a person say that the two are not the same (or that `i` is none of the current rows)?"""
        return not self.apart.isdisjoint({(i, j), (i, None)})

    def unique(self, names: Names) -> list[tuple[int, int]]:
        """Of the rows left: a prior and a current one that have a name to themselves, each on its side."""
        mine, theirs = self.single(names)
        return [(i, theirs[name]) for name, i in mine.items() if name in theirs]

    def single(self, names: Names) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """The rows left that have a name to themselves, by that name; of each side."""
        return _once(names(self.prior)), _once(names(self.current))

    def doubts(self, i: int) -> Mapping[int, str]:
        """The rows left that a prior row would go with by one sign, but not by another; and why not."""
        return {j: why for j, why in self._doubts.get(i, {}).items() if j in self.current.left}

    def doubtful(self, i: int, j: int) -> str:
        """Why either of the two rows is in doubt; empty if none is."""
        return next(iter(self._doubts.get(i, {}).values()), self._doubted.get(j, ""))

    def renamed(self, a: Face, b: Face) -> bool:
        """Are the units of a current row new names for units that are no longer there (a reform)?"""
        gone, come = a.units - b.units, b.units - a.units
        known = any(
            same_unit(x, y)
            for side, names in ((self.current, gone), (self.prior, come))
            for x in names
            for y in side.units
        )
        return bool(gone and come) and not known

    def changed(self) -> list[int]:
        """Current rows that have a partner, but no longer its text: what another row may have gone into."""
        return [j for i, j in self._pairs if self.prior.rows[i].text != self.current.rows[j].text]

    def neighbours(self) -> Neighbours:
        """The places of the rows left, by what is settled without a person: an answer must not raise new questions."""
        partner = {i: j for (i, j), (how, _) in self._pairs.items() if how is not How.ANSWER}
        return Neighbours(len(self.prior.rows), len(self.current.rows), partner)

    # What is decided -------------------------------------------------------------------------

    def pair(self, i: int, j: int, how: How, score: float = 1.0) -> None:
        """`j` carries on `i`."""
        del self.prior.left[i], self.current.left[j]
        self._pairs[i, j] = (how, score)

    def doubt(self, i: int, j: int, why: str) -> None:
        """The two go together by one sign, but not by another: only a person can tell."""
        if not self.ruled_out(i, j):
            self._doubts.setdefault(i, {}).setdefault(j, why)
            self._doubted.setdefault(j, why)

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


def _once(names: Mapping[int, Hashable]) -> dict[Hashable, int]:
    """The rows by their name, where it is theirs alone."""
    found: dict[Hashable, int] = {}
    several: set[Hashable] = {None, ""}
    for index, name in names.items():
        if name in found:
            several.add(name)
        found[name] = index
    for name in several & found.keys():
        del found[name]
    return found


class Neighbours:
    """How well the rows around two rows agree, by the pairs settled when this was made (prior row → current row)."""

    def __init__(self, priors: int, currents: int, partner: Mapping[int, int]) -> None:
        self._settled = (partner.keys() | {-1, priors}, set(partner.values()) | {-1, currents})
        to = [partner.get(i, -1) for i in range(priors)]
        of = [j if j in self._settled[1] else -1 for j in range(currents)]
        self._sides = [(_nearest(to), _nearest(of)), (_nearest(to[::-1])[::-1], _nearest(of[::-1])[::-1])]

    def agreement(self, i: int, j: int) -> float:
        """1 where two rows lie between the same two settled ones, 0.5 where one of these is the same, else 0."""
        return sum(prior[i] == current[j] for prior, current in self._sides) / 2

    def alone(self, i: int, j: int) -> bool:
        """Do both rows lie between the same two settled ones, with no other row that might have taken their place?"""
        around = zip((i, j), self._settled, strict=True)
        return self.agreement(i, j) == 1 and all({row - 1, row + 1} <= settled for row, settled in around)


def _nearest(settled: Sequence[int]) -> list[int]:
    """For each row the last settled one before it; -1 where there is none."""
    found, last = [], -1
    for known in settled:
        found.append(last)
        if known >= 0:
            last = known
    return found
