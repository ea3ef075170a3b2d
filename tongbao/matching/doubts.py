"""What leaves a doubt in a pair, however far the evidence is for it: words that may make another item of the row.

In the place of a row that went, with its units and its number, may stand a new one that differs in a month or in one
step. No weight tells this pair from one in which the clerk moved the month. So it counts, and a person is told of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tongbao.matching.columns import renamed
from tongbao.matching.face import Face
from tongbao.matching.likeness import Difference, difference, lacking, same_units, stretches
from tongbao.model import LAST_PROGRESS, PROGRESS, Row
from tongbao.words.text import one_line

# Words written for others in so many rows are the habit of a hand (保障 for 落实), not another item each time.
_HABIT = 3
# In so many rows that are beyond doubt, where a row is in question that begins so.
_ELSEWHERE = 2
# A progress text so long that only this item has, and that the current row carries on, was not written for a sibling
# (set by feel: 正在按计划有序推进 is shorter).
_OWN = 12


class Doubts:
    """The doubts about the pairs of two ledgers, by the pairs that are likely and by all rows."""

    def __init__(
        self,
        likely: Sequence[tuple[Face, Face]],
        faces: tuple[Sequence[Face], Sequence[Face]],
        rows: tuple[Sequence[Row], Sequence[Row]],
    ) -> None:
        """`likely`: what a hand writes for what is learned from these; `faces`: the rows without a partner."""
        self._habits = Counter(swap for a, b in likely for swap in set(_swaps(a, b)))
        self._renamed = renamed(likely, *faces)
        self._likely, self._faces = likely, faces
        self._equals = Counter((face.core, face.units) for face in faces[0])
        self._cores = Counter(face.core for face in faces[0])
        self._doing = [Counter(one_line(row.get(PROGRESS)) for row in side) for side in rows]

    @cached_property
    def _begun(self) -> Counter[tuple[str, str]]:
        return Counter(swap for a, b in self._likely for swap in set(_beginnings(a, b)))

    @cached_property
    def _written_over(self) -> set[tuple[str, ...]]:
        return written_over(*self._faces)

    def is_left(self, a: Face, b: Face) -> bool:
        """May the two be two items, one new in the place of the other?"""
        doubt = self._moved(a, b) or self._tells(a, b) or self._is_twin(a, b) or self._is_one_of_several(a, b)
        doubt = doubt or self._equals[a.core, a.units] > 1
        return doubt and not self.carries_on(a, b)

    def is_habit(self, a: Face, b: Face) -> bool:
        """Are the words with which two rows begin otherwise put for each other by a hand elsewhere too?"""
        swaps = list(_beginnings(a, b))
        return bool(swaps) and all(self._begun[swap] >= _ELSEWHERE for swap in swaps)

    def _is_one_of_several(self, a: Face, b: Face) -> bool:
        """Was a row rewritten of which others had the words: its unit may have been written over, or exchanged?"""
        return self._cores[a.core] > 1 and (a.core != b.core or a.clauses[:1] in self._written_over)

    def _is_twin(self, a: Face, b: Face) -> bool:
        """Was a row over that is worked on now, while others had its words?"""
        return not a.row.is_open and b.row.is_open and self._cores[a.core] > 1

    def _moved(self, a: Face, b: Face) -> bool:
        """Has the row other units: a clerk may have pasted one text into another row?"""
        before = frozenset(self._renamed.get(unit, unit) for unit in a.units)
        return bool(a.units and b.units) and before != b.units and not same_units(before, b.units)

    def _tells(self, a: Face, b: Face) -> bool:
        """Do the words differ in what tells items apart: a numeral, a date, words put for others?"""
        kind = difference(a, b)
        if kind < Difference.REPLACED:
            return False
        swaps = list(_swaps(a, b))
        known = swaps and all(self._habits[swap] >= _HABIT for swap in swaps)
        return kind is Difference.NUMBERS or a.core[0] != b.core[0] or not known

    def carries_on(self, a: Face, b: Face) -> bool:
        """Does the current row carry on a progress text that no other item has?"""
        before, now = one_line(a.row.get(PROGRESS)), one_line(b.row.get(PROGRESS))
        own = len(before) >= _OWN and self._doing[0][before] == 1 and self._doing[1][now] == 1
        return own and (before in now or before == one_line(b.row.get(LAST_PROGRESS)))


def written_over(before: Iterable[Face], now: Iterable[Face]) -> set[tuple[str, ...]]:
    """What tasks begin with of which a unit has more rows now than before: it was written over another's, perhaps."""
    then, today = (Counter((face.clauses[:1], face.units) for face in side) for side in (before, now))
    return {head for (head, units), count in today.items() if count > then[head, units] >= 1}


def _beginnings(a: Face, b: Face) -> Iterator[tuple[str, str]]:
    """The words that stand for others in what two rows begin with."""
    if a.clauses and b.clauses and a.clauses[0] != b.clauses[0]:
        yield from ((gone, come) for same, gone, come in stretches(a.clauses[0], b.clauses[0]) if not same)


def _swaps(a: Face, b: Face) -> Iterator[tuple[str, str]]:
    """The words that stand for others, in the clauses that differ."""
    left, right = "".join(lacking(a, b)), "".join(lacking(b, a))
    if left and right:
        yield from ((gone, come) for same, gone, come in stretches(left, right) if not same)
