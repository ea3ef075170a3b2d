"""For each of thousands of texts those most alike, by arrays of numbers. Only this module imports numpy.

`rarity.near` says the same of few texts; only large ledgers load this one, since numpy alone takes 0.1 seconds to load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tongbao.matching.rarity import LOOKS, Grams, Rarity

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

# So many cells has the table in which some texts are laid out for others to be compared with (8 bytes each), and so
# many votes are counted at once: more would only cost memory.
_CELLS, _VOTES = 1_500_000, 400_000


def near(
    rarity: Rarity, priors: Mapping[int, Grams], currents: Mapping[int, Grams], most: int, least: float
) -> dict[int, dict[int, float]]:
    """As `rarity.near`: for each prior row the current rows most alike, at most so many, the likest first."""
    before, now = list(priors), list(currents)
    found: dict[int, dict[int, float]] = {i: {} for i in before}
    texts = _Texts(rarity, [*priors.values(), *currents.values()])
    one, two = texts.voted(len(before), most * 2)
    for i, j, score in _likest(one, two, texts.alike(one, two + len(before)), most, least):
        found[before[i]][now[j]] = score
    return found


class _Texts:
    """Texts as rows of numbers, one for each pair of characters: those of text n are `held[starts[n]:starts[n + 1]]`."""

    def __init__(self, rarity: Rarity, texts: Sequence[Grams]) -> None:
        known = {gram: n for n, gram in enumerate(sorted(frozenset().union(*texts)))}
        self.sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.starts = np.cumsum(self.sizes) - self.sizes
        held = map(known.__getitem__, chain.from_iterable(texts))
        self.held = np.fromiter(held, dtype=np.int64, count=int(self.sizes.sum()))
        self.weights = np.fromiter(map(rarity.of, known), dtype=np.float64, count=len(known))

    def voted(self, before: int, most: int) -> tuple[Numbers, Numbers]:
        """For each of the first texts so many of the others: those that share most of its rarest pairs of characters."""
        now = len(self.sizes) - before
        end = int(self.sizes[:before].sum())
        holder, firsts, sizes = self._index(end, now)
        asked, owner = self._asked(end, before, sizes)
        parts = np.cumsum(sizes[asked]) // _VOTES
        found = [np.zeros((2, 0), dtype=np.int64)]
        for part in _stretches(_first_of_each(owner, parts)):
            count = sizes[asked[part]]
            keys = np.repeat(owner[part], count) * now + holder[_runs(firsts[asked[part]], count)]
            keys, votes = _added(keys, np.repeat(self.weights[asked[part]], count))
            best = keys[_greatest(keys // now, votes, most)]
            found.append(np.stack((best // now, best % now)))
        one, two = np.concatenate(found, axis=1)
        return one, two

    def _index(self, end: int, now: int) -> tuple[Numbers, Numbers, Numbers]:
        """For each pair of characters the later texts that hold it: all of them, where they begin, how many."""
        held = self.held[end:]
        owner = np.repeat(np.arange(now), self.sizes[len(self.sizes) - now :])
        sizes = np.bincount(held, minlength=len(self.weights))
        return owner[np.argsort(held, kind="stable")], np.cumsum(sizes) - sizes, sizes

    def _asked(self, end: int, before: int, sizes: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs of characters of the first texts that are looked up, the rarest first, and whose they are."""
        held, owner = self.held[:end], np.repeat(np.arange(before), self.sizes[:before])
        order = np.lexsort((held, sizes[held], owner))
        order = order[sizes[held[order]] > 0]
        held, owner = held[order], owner[order]
        looked = np.cumsum(sizes[held]) - sizes[held]
        good = looked - looked[np.searchsorted(owner, owner)] < LOOKS if len(owner) else owner > 0
        return held[good], owner[good]

    def alike(self, one: Numbers, two: Numbers) -> Weights:
        """How alike the two texts of each pair are, as `Rarity.alike` says."""
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        sums = np.bincount(owner, self.weights[self.held], minlength=len(self.sizes))
        both = sums[one] + sums[two]
        return np.divide(2 * self._shared(one, two), both, out=np.zeros(len(one)), where=both > 0)

    def _shared(self, one: Numbers, two: Numbers) -> Weights:
        """The weight of what both texts of each pair hold; the pairs come in the order of their first texts."""
        found = np.zeros(len(one))
        lines = max(1, _CELLS // max(1, len(self.weights)))
        table = np.zeros((lines, len(self.weights)))
        rank = np.cumsum(np.diff(one, prepend=one[:1]) != 0)
        for part in _stretches(rank // lines):
            texts = _once(one[part])
            grams = self.held[_runs(self.starts[texts], self.sizes[texts])]
            laid = np.repeat(np.arange(len(texts)), self.sizes[texts]), grams
            table[laid] = self.weights[grams]
            pair = np.repeat(np.arange(len(one[part])), self.sizes[two[part]])
            line = np.searchsorted(texts, one[part])[pair]
            both = table[line, self.held[_runs(self.starts[two[part]], self.sizes[two[part]])]]
            found[part] = np.bincount(pair, both, minlength=len(one[part]))
            table[laid] = 0.0
        return found


def _likest(
    one: Numbers, two: Numbers, scores: Weights, most: int, least: float
) -> Iterator[tuple[int, int, float]]:
    """The pairs whose second text is among the likest of the first, and not much less alike than the very likest."""
    order = np.lexsort((two, -scores, one))
    one, two, scores = one[order], two[order], scores[order]
    if len(one):
        first = np.searchsorted(one, one)
        good = (np.arange(len(one)) - first < most) & (scores >= least * scores[first])
        one, two, scores = one[good], two[good], scores[good]
    return zip(one.tolist(), two.tolist(), scores.tolist(), strict=True)


def _stretches(numbers: Numbers) -> Iterator[slice]:
    """The stretches of one number each, in numbers that are in order."""
    ends = [*(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return (slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start)


def _first_of_each(groups: Numbers, numbers: Numbers) -> Numbers:
    """For each one the number that the first of its group has; the groups are in order."""
    return numbers[np.searchsorted(groups, groups)] if len(groups) else numbers


def _once(numbers: Numbers) -> Numbers:
    """The numbers, which are in order, each once."""
    return numbers[np.diff(numbers, prepend=-1) != 0]


def _runs(starts: Numbers, sizes: Numbers) -> Numbers:
    """Numbers that follow each other, so many from each start."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def _added(keys: Numbers, values: Weights) -> tuple[Numbers, Weights]:
    """The keys in order, each once, with the sum of its values."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.add.reduceat(values[order], first) if len(first) else values[:0]


def _greatest(groups: Numbers, values: Weights, most: int) -> Numbers:
    """Where the greatest values of each group stand, the first of equal ones first; the groups are in order."""
    first = np.flatnonzero(np.diff(groups, prepend=-1))
    size = np.diff(first, append=len(groups))
    left, found = values.copy(), [first[:0]]
    for _ in range(most if len(first) else 0):
        greatest = np.repeat(np.maximum.reduceat(left, first), size)
        at = np.flatnonzero((left == greatest) & (left > 0))
        at = at[np.diff(groups[at], prepend=-1) != 0]
        left[at] = 0.0
        found.append(at)
    return np.sort(np.concatenate(found))
