"""Thousands of texts compared at once, as numbers in arrays. Only this module imports numpy.

It says what `rarity.Texts` says of few texts. Only large ledgers load it, since numpy alone takes 0.1 seconds to load.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tongbao.matching.rarity import LOOKS, Overlap, Pieces, Rarity

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

# A pair of characters is one number: no character needs more bits.
_BITS = 21
_GRAM = (1 << 2 * _BITS) - 1
# So many cells has the table in which some texts are laid out for others to be compared with (8 bytes each), and so
# many votes are counted at once: more would only cost memory.
_CELLS, _VOTES = 1_500_000, 400_000


class Held(NamedTuple):
    """The pairs of characters of some texts: those of text n are `grams[starts[n] : starts[n + 1]]`."""

    grams: Numbers
    starts: Numbers
    sizes: Numbers

    def sums(self, weights: Weights) -> Weights:
        """The weight of each text."""
        texts = len(self.sizes)
        return np.bincount(np.repeat(np.arange(texts), self.sizes), weights[self.grams], minlength=texts)

    def of(self, texts: Numbers) -> Numbers:
        """Those of several texts, one after the other."""
        return self.grams[_runs(self.starts[texts], self.sizes[texts])]

    def between(self, some: range) -> Numbers:
        """Those of texts that follow each other."""
        return self.grams[self.starts[some.start] : self.starts[some.stop]]


class Texts:
    """Texts as numbers, one for each pair of characters."""

    def __init__(self, texts: Sequence[Pieces]) -> None:
        self._texts = texts
        keys = _pairs(texts)
        grams = keys & _GRAM
        self._known = _once(np.sort(grams))
        self._all = _held(np.searchsorted(self._known, grams), keys, len(texts))
        self._weighed_by: tuple[Rarity | None, Weights] = None, np.zeros(0)

    @cached_property
    def _heads(self) -> Held:
        """Those of the first clauses, which stand behind the names."""
        keys = _pairs([pieces[1:2] for pieces in self._texts])
        return _held(np.searchsorted(self._known, keys & _GRAM), keys, len(self._texts))

    def holders(self, some: range) -> dict[str, int]:
        """How many of these texts have each pair of characters."""
        found = np.bincount(self._all.between(some), minlength=len(self._known))
        return {gram: count for gram, count in zip(self._written, found.tolist(), strict=True) if count}

    def near(
        self, rarity: Rarity, before: range, now: range, most: int, least: float
    ) -> Iterator[tuple[int, int, float]]:
        """For each of some texts the likest of others: at most so many, none less alike than `least` of the best."""
        weights = self._weights(rarity)
        one, two = self._voted(weights, before, now, most * 2)
        scores = self._alike(weights, one, two)
        order = np.lexsort((two, -scores, one))
        one, two, scores = one[order], two[order], scores[order]
        first = _first_of_each(one, np.arange(len(one)))
        good = (np.arange(len(one)) - first < most) & (scores >= least * scores[first])
        return zip(one[good].tolist(), two[good].tolist(), scores[good].tolist(), strict=True)

    def alike(self, rarity: Rarity, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """How alike the two texts of each pair are (Dice, 0 to 1), weighed."""
        return list(map(float, self._alike(self._weights(rarity), *_columns(pairs))))

    def overlaps(self, rarity: Rarity, pairs: Sequence[tuple[int, int]], first: int) -> Iterator[Overlap]:
        """How much the texts of each pair have in common. Those of the current ledger begin with number `first`."""
        weights, (one, two) = self._weights(rarity), _columns(pairs)
        texts, heads = self._all, self._heads
        size, size_of_head = texts.sums(weights), heads.sums(weights)
        kept = _share(_shared(weights, heads, one, texts, two), size_of_head[one])
        had = _share(_shared(weights, texts, one, heads, two), size_of_head[two])
        alike = _share(2 * _shared(weights, heads, one, heads, two), size_of_head[one] + size_of_head[two])
        both = _shared(weights, texts, one, texts, two)
        last, last_of_head = (self._lasting(weights, held, first) for held in (texts, heads))
        known_head = np.minimum(last_of_head[one] - kept, last_of_head[two] - had)
        known_text = np.minimum(last[one] - _share(both, size[one]), last[two] - _share(both, size[two]))
        found = alike, kept, had, np.maximum(known_head, 0.0), np.maximum(known_text, 0.0)
        return map(Overlap, *(numbers.tolist() for numbers in found))

    def _lasting(self, weights: Weights, held: Held, first: int) -> Weights:
        """How much of each text the other ledger has anywhere."""
        sides = range(first, len(self._all.sizes)), range(first)
        there = [np.bincount(self._all.between(side), minlength=len(weights)) > 0 for side in sides]
        kept = [held.sums(np.where(known, weights, 0.0)) for known in there]
        return _share(np.concatenate((kept[0][:first], kept[1][first:])), held.sums(weights))

    @cached_property
    def _written(self) -> list[str]:
        first, second = self._known >> _BITS, self._known & ((1 << _BITS) - 1)
        return [chr(a) + (chr(b) if b else "") for a, b in zip(first.tolist(), second.tolist(), strict=True)]

    def _weights(self, rarity: Rarity) -> Weights:
        if rarity is not self._weighed_by[0]:
            weights = np.fromiter(map(rarity.of, self._written), dtype=np.float64, count=len(self._known))
            self._weighed_by = rarity, weights
        return self._weighed_by[1]

    def _voted(self, weights: Weights, before: range, now: range, most: int) -> tuple[Numbers, Numbers]:
        """For each text so many of the others: those that share most of its rarest pairs of characters."""
        holder, firsts, sizes = self._index(now)
        asked, owner = self._asked(before, sizes)
        batches = np.cumsum(sizes[asked]) // _VOTES
        found = [np.zeros((2, 0), dtype=np.int64)]
        for part in _stretches(_first_of_each(owner, batches)):
            count = sizes[asked[part]]
            keys = np.repeat(owner[part], count) << 32 | holder[_runs(firsts[asked[part]], count)]
            keys, votes = _added(keys, np.repeat(weights[asked[part]], count))
            best = keys[_greatest(keys >> 32, votes, most)]
            found.append(np.stack((best >> 32, best & 0xFFFFFFFF)))
        one, two = np.concatenate(found, axis=1)
        return one, two

    def _index(self, now: range) -> tuple[Numbers, Numbers, Numbers]:
        """For each pair of characters the texts that hold it: all of them, where they begin, how many."""
        held = self._all.between(now)
        owner = np.repeat(np.array(now), self._all.sizes[now.start : now.stop])
        sizes = np.bincount(held, minlength=len(self._known))
        return owner[np.argsort(held, kind="stable")], np.cumsum(sizes) - sizes, sizes

    def _asked(self, before: range, sizes: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs of characters of some texts that are looked up, the rarest first, and whose they are."""
        held = self._all.between(before)
        owner = np.repeat(np.array(before), self._all.sizes[before.start : before.stop])
        shared = sizes[held] > 0
        held, owner = held[shared], owner[shared]
        order = np.lexsort((sizes[held], owner))
        held, owner = held[order], owner[order]
        looked = np.cumsum(sizes[held]) - sizes[held]
        good = looked - _first_of_each(owner, looked) < LOOKS
        return held[good], owner[good]

    def _alike(self, weights: Weights, one: Numbers, two: Numbers) -> Weights:
        """How alike the texts of each pair are."""
        sums = self._all.sums(weights)
        return _share(2 * _shared(weights, self._all, one, self._all, two), sums[one] + sums[two])


def _share(part: Weights, whole: Weights) -> Weights:
    return np.where(whole > 0, part / np.maximum(whole, 1e-9), 0.0)


def _shared(weights: Weights, before: Held, one: Numbers, now: Held, two: Numbers) -> Weights:
    """The weight of what both texts of each pair hold."""
    found = np.zeros(len(one))
    order = np.argsort(one, kind="stable")
    one, two = one[order], two[order]
    lines = max(1, _CELLS // max(1, len(weights)))
    table = np.zeros((lines, len(weights)))
    rank = np.cumsum(np.diff(one, prepend=one[:1]) != 0)
    for part in _stretches(rank // lines):
        texts = _once(one[part])
        grams = before.of(texts)
        laid = np.repeat(np.arange(len(texts)), before.sizes[texts]), grams
        table[laid] = weights[grams]
        pair = np.repeat(np.arange(len(one[part])), now.sizes[two[part]])
        line = np.searchsorted(texts, one[part])[pair]
        both = table[line, now.of(two[part])]
        found[order[part]] = np.bincount(pair, both, minlength=len(one[part]))
        table[laid] = 0.0
    return found


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    one, two = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return one, two


def _held(grams: Numbers, keys: Numbers, texts: int) -> Held:
    """`keys`: the pairs of characters, behind the number of the text that holds them."""
    starts = np.searchsorted(keys, np.arange(texts + 1) << 2 * _BITS)
    return Held(grams, starts, np.diff(starts))


def _pairs(texts: Sequence[Pieces]) -> Numbers:
    """The pairs of neighbouring characters of each text, each once, in order: as one number with that of the text.

    As in `rarity.grams`, a piece of one character is itself.
    """
    joined = ["\0".join(pieces) for pieces in texts]
    written = "\0".join(["", *joined, ""]).encode("utf-32-le", "surrogatepass")
    signs = np.frombuffer(written, dtype=np.uint32).astype(np.int64)
    before, own, after = signs[:-2], signs[1:-1], signs[2:]
    owner = np.repeat(np.arange(len(joined)), [len(text) + 1 for text in joined])[: len(own)]
    held = own << _BITS | after
    return _once(np.sort(((owner << 2 * _BITS) | held)[(own > 0) & ((after > 0) | (before == 0))]))


def _stretches(numbers: Numbers) -> Iterator[slice]:
    """The stretches of one number each, in numbers that are in order."""
    ends = [*(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return (slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start)


def _first_of_each(groups: Numbers, numbers: Numbers) -> Numbers:
    """For each one the number that the first of its group has; the groups are in order."""
    found: Numbers = numbers[np.searchsorted(groups, groups)]
    return found


def _once(numbers: Numbers) -> Numbers:
    """The numbers, which are in order, each once. (`np.unique` hashes them, which takes ten times as long.)"""
    found: Numbers = numbers[np.diff(numbers, prepend=-1) != 0]
    return found


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
