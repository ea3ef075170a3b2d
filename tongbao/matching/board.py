"""The state of matching two ledgers: which rows have a partner, which are left, which pairs are ruled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property

from tongbao.matching.likeness import NAME, Face, bare, folded, same_unit
from tongbao.matching.two_periods import Fate, How, Matching, Outcome, Pair, Question
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
        """The row in the form in which it is compared; made at the first call."""
        if index not in self._faces:
            self._faces[index] = Face(self.rows[index])
        return self._faces[index]

    def faces(self) -> dict[int, Face]:
        """The rows left, as they are compared."""
        return {index: self.face(index) for index in self.left}


# Gives each row left of a side a name to be paired by; a row whose name is empty or None is passed over.
Names = Callable[[Side], Mapping[int, Hashable]]


class Board:
    """What is settled so far between two ledgers. `i` is the index of a prior row, `j` of a current one."""

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
        """Are both rows without a partner, and is the pair neither ruled out nor in doubt?"""
        both = i in self.prior.left and j in self.current.left
        return both and not self.ruled_out(i, j) and j not in self._doubts.get(i, ())

    def ruled_out(self, i: int, j: int) -> bool:
        """Did a person answer that the two rows differ, or that no current row is `i`?"""
        return not self.apart.isdisjoint({(i, j), (i, None)})

    def unique(self, names: Names) -> list[tuple[int, int]]:
        """The pairs of rows left that have the same name, where no other row left on either side has it."""
        mine, theirs = self.single(names)
        return [(i, theirs[name]) for name, i in mine.items() if name in theirs]

    def single(self, names: Names) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """For each side, the rows left whose name no other row left of that side has, by that name."""
        return _once(names(self.prior)), _once(names(self.current))

    def doubts(self, i: int) -> Mapping[int, str]:
        """The current rows left for which one sign speaks and another speaks against; with the latter (in Chinese)."""
        return {j: why for j, why in self._doubts.get(i, {}).items() if j in self.current.left}

    def doubtful(self, i: int, j: int) -> str:
        """Why `i` or `j` is in doubt (in Chinese); empty where neither is."""
        return next(iter(self._doubts.get(i, {}).values()), self._doubted.get(j, ""))

    def renamed(self, a: Face, b: Face) -> bool:
        """Did a reform rename the units: are the old names gone from the current ledger, and the new ones new to it?"""
        gone, come = a.units - b.units, b.units - a.units
        known = any(
            same_unit(x, y)
            for side, names in ((self.current, gone), (self.prior, come))
            for x in names
            for y in side.units
        )
        return bool(gone and come) and not known

    def changed(self) -> list[int]:
        """Current rows whose text differs from their partner's: another prior row may have been merged into them."""
        return [j for i, j in self._pairs if self.prior.rows[i].text != self.current.rows[j].text]

    def neighbours(self) -> Neighbours:
        """The neighbourhood of the rows left. Pairs by answer are left out, or an answer would raise new questions."""
        partner = {i: j for (i, j), (how, _) in self._pairs.items() if how is not How.ANSWER}
        return Neighbours(len(self.prior.rows), len(self.current.rows), partner)

    # What is decided -------------------------------------------------------------------------

    def pair(self, i: int, j: int, how: How, score: float = 1.0) -> None:
        """`j` carries on `i`."""
        del self.prior.left[i], self.current.left[j]
        self._pairs[i, j] = (how, score)

    def doubt(self, i: int, j: int, why: str) -> None:
        """Notes that one sign speaks for the pair and another, `why`, against it: a person has to decide."""
        if not self.ruled_out(i, j):
            self._doubts.setdefault(i, {}).setdefault(j, why)
            self._doubted.setdefault(j, why)

    def merge(self, i: int, j: int) -> None:
        """`i` was merged into `j`, which may have a partner besides."""
        del self.prior.left[i]
        self._merged.append((i, j))

    def is_split(self, i: int) -> bool:
        """Has an answer named a part of this row before?"""
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
        """The result; pairs and rows stand in the order of the ledgers."""
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
    """The rows by name, without the names that several rows bear."""
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
    """How well the rows around two rows agree, by the pairs (prior → current) that were settled when it was made."""

    def __init__(self, priors: int, currents: int, partner: Mapping[int, int]) -> None:
        self._settled = (partner.keys() | {-1, priors}, set(partner.values()) | {-1, currents})
        to = [partner.get(i, -1) for i in range(priors)]
        of = [j if j in self._settled[1] else -1 for j in range(currents)]
        self._sides = [(_nearest(to), _nearest(of)), (_nearest(to[::-1])[::-1], _nearest(of[::-1])[::-1])]

    def agreement(self, i: int, j: int) -> float:
        """1 where the nearest settled rows above and below the two are partners, 0.5 where one of them is, else 0."""
        return sum(prior[i] == current[j] for prior, current in self._sides) / 2

    def alone(self, i: int, j: int) -> bool:
        """Is each of the two the only row between the same two settled pairs, so that nothing can be mixed up?"""
        around = zip((i, j), self._settled, strict=True)
        return self.agreement(i, j) == 1 and all({row - 1, row + 1} <= settled for row, settled in around)


def _nearest(settled: Sequence[int]) -> list[int]:
    """For each row the last settled index before it; -1 where there is none."""
    found, last = [], -1
    for known in settled:
        found.append(last)
        if known >= 0:
            last = known
    return found
