"""What the place of two rows says of their being one item: their neighbours, their rank among equals."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from math import log

Gap = tuple[int, int]
# A share that is not known from pairs seen: two rows stand between the partners of their neighbours, or have one rank.
_UNSEEN, _AS_MUCH_AS = 0.6, 2.0
# No ledger is so orderly, and none so disorderly, that it proves anything of the next row.
_MOST = 0.98


class Places:
    """The order of the rows, by the pairs that are beyond doubt. Rows of the sheets 销号 have no place in it."""

    def __init__(self, partner: Mapping[int, int], free: Sequence[int], priors: int, currents: int) -> None:
        """`free`: the current rows that are not settled, in order; `priors`, `currents`: the length of the sheets."""
        self._priors, self._currents = priors, currents
        known = sorted((i, j) for i, j in partner.items() if i < priors and j < currents)
        self._is, self._js = [i for i, _ in known], [j for _, j in known]
        taken = set(self._js)
        self._free = [j for j in free if j < currents and j not in taken]
        around = list(zip([-1, *self._js[:-1]], [*self._js[1:], currents], strict=True)) if known else []
        kept = sum(a < j < b for j, (a, b) in zip(self._js, around, strict=True))
        share = (kept + _UNSEEN * _AS_MUCH_AS) / (len(known) + _AS_MUCH_AS)
        # In a ledger that was shuffled some stand there by chance.
        by_chance = sum(max(0, b - a - 1) for a, b in around) / (len(known) + _AS_MUCH_AS) / (currents or 1)
        self.kept = min(_MOST, max(1 - _MOST, (share - by_chance) / (1 - by_chance)))
        self._outside = log(1 - self.kept)
        self._gaps: dict[int, Gap] = {}
        self._inside: dict[int, float] = {}

    def gap(self, i: int) -> Gap:
        """Between which current rows the partner of a prior row would stand, had nobody changed the order."""
        found = self._gaps.get(i)
        if found is None:
            at = bisect_left(self._is, i)
            above = self._js[at - 1] if at else -1
            at += at < len(self._is) and self._is[at] == i  # a pair that is only likely does not speak for itself
            below = self._js[at] if at < len(self._js) else self._currents
            found = self._gaps[i] = above, below
        return found

    def within(self, gap: Gap) -> Sequence[int]:
        """The current rows without a partner that stand there."""
        above, below = gap
        return self._free[bisect_left(self._free, above + 1) : bisect_left(self._free, below)]

    def odds(self, i: int, j: int) -> float:
        """What the neighbours say, as the logarithm of odds."""
        if i >= self._priors or j >= self._currents or not self._is:
            return 0.0
        above, below = gap = self.gap(i)
        if not above < j < below:
            return self._outside
        found = self._inside.get(i)
        if found is None:
            share = min(0.95, (len(self.within(gap)) + 1) / (len(self._free) + 1))
            found = self._inside[i] = log(self.kept / share + 1 - self.kept)
        return found


class Ranks:
    """The rank of rows among those of the same words, where there are several."""

    def __init__(
        self, priors: Mapping[int, Hashable], currents: Mapping[int, Hashable], over: set[int], kept: float
    ) -> None:
        """`over`: the prior rows that are done; `kept`: how far the ledger keeps its order."""
        self._kept = min(0.9, max(0.3, kept))
        self._ranks: dict[int, int] = {}
        self._words = priors
        several = {words for words, count in Counter(currents.values()).items() if count > 1}
        now = _groups({j: words for j, words in currents.items() if words in several} if several else {})
        self._size = {words: len(rows) for words, rows in now.items()}
        self._now = {j: n for rows in now.values() for n, j in enumerate(rows)}
        for words, rows in (_groups(priors) if several else {}).items():
            lasting = [i for i in rows if i not in over]
            counted = lasting if len(lasting) == self._size.get(words) else rows
            self._ranks |= {i: n for n, i in enumerate(counted)}

    def odds(self, i: int, j: int) -> float:
        """What the rank says of two rows of the same words, as the logarithm of odds."""
        size = self._size.get(self._words[i], 1)
        if size < 2 or i not in self._ranks:
            return 0.0
        return log(self._kept * size) if self._ranks[i] == self._now[j] else log((1 - self._kept) * size / (size - 1))


def _groups(words: Mapping[int, Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, own in sorted(words.items()):
        found[own].append(index)
    return found
