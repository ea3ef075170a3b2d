"""Thousands of texts compared at once, as numbers in arrays. Only this module imports numpy.

It says what `rarity.Texts` says of few texts. Only large ledgers load it, since numpy alone takes 0.1 seconds to load.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tongbao.matching.rarity import LOOKS, Overlap, Pieces, Rarity

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

# So many cells has the table in which some texts are laid out for others to be compared with (8 bytes each), and so
# many votes are counted at once: with more, the processor's own memory does not hold them, which takes longer.
_CELLS, _VOTES = 600_000, 100_000


class Held(NamedTuple):
    """The pairs of characters of some texts: those of text n are `grams[starts[n] : starts[n + 1]]`."""

    grams: Numbers
    starts: Numbers
    sizes: Numbers

    def sums(self, weights: Weights) -> Weights:
        """The weight of each text."""
        texts = len(self.sizes)
        found: Weights = np.bincount(np.repeat(np.arange(texts), self.sizes), weights[self.grams], texts).astype(float)
        return found

    def of(self, texts: Numbers) -> Numbers:
        """Those of several texts, one after the other."""
        return self.grams[_runs(self.starts[texts], self.sizes[texts])]

    def between(self, some: range) -> Numbers:
        """Those of texts that follow each other."""
        return self.grams[self.starts[some.start] : self.starts[some.stop]]


class Texts:
    """Texts as numbers, one for each pair of characters."""

    def __init__(self, texts: Sequence[Pieces]) -> None:
        owner, pairs, is_head, self._signs = _pairs(texts)
        order = _ordered(pairs)
        first = _is_first(pairs[order])
        self._known = pairs[order][first]
        grams, owner, is_head = np.cumsum(first) - 1, owner[order], is_head[order]
        order = _ordered(owner)
        grams, owner, is_head = grams[order], owner[order], is_head[order]
        # All texts, and what stands first behind the names.
        self._all = _held(grams, owner, len(texts))
        self._heads = _held(grams[is_head], owner[is_head], len(texts))
        self._weighed_by: tuple[Rarity | None, Weights] = None, np.zeros(0)

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

    def overlaps(
        self, rarity: Rarity, pairs: Sequence[tuple[int, int]], alike: Sequence[float | None], first: int
    ) -> Iterator[Overlap]:
        """How much the texts of each pair have in common, of some of which it is known how alike they are.

        Those of the current ledger begin with number `first`.
        """
        weights, (one, two) = self._weights(rarity), _columns(pairs)
        texts, heads = self._all, self._heads
        size, size_of_head = texts.sums(weights), heads.sums(weights)
        kept = _share(_shared(weights, heads, one, texts, two), size_of_head[one])
        had = _share(_shared(weights, texts, one, heads, two), size_of_head[two])
        begun = _share(2 * _shared(weights, heads, one, heads, two), size_of_head[one] + size_of_head[two])
        both = np.array([math.nan if known is None else known for known in alike]) * (size[one] + size[two]) / 2
        new = np.isnan(both)
        both[new] = _shared(weights, texts, one[new], texts, two[new])
        last, last_of_head = (self._lasting(weights, held, first) for held in (texts, heads))
        known_head = np.minimum(last_of_head[one] - kept, last_of_head[two] - had)
        known_text = np.minimum(last[one] - _share(both, size[one]), last[two] - _share(both, size[two]))
        found = begun, kept, had, np.maximum(known_head, 0.0), np.maximum(known_text, 0.0)
        return map(Overlap, *(numbers.tolist() for numbers in found))

    def _lasting(self, weights: Weights, held: Held, first: int) -> Weights:
        """How much of each text the other ledger has anywhere."""
        sides = range(first, len(self._all.sizes)), range(first)
        there = [np.bincount(self._all.between(side), minlength=len(weights)) > 0 for side in sides]
        kept = [held.sums(np.where(known, weights, 0.0)) for known in there]
        return _share(np.concatenate((kept[0][:first], kept[1][first:])), held.sums(weights))

    @cached_property
    def _written(self) -> list[str]:
        first, second = (self._signs[some].tolist() for some in np.divmod(self._known, len(self._signs)))
        return [chr(a) + (chr(b) if b else "") for a, b in zip(first, second, strict=True)]

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
        bits = (now.stop - 1).bit_length()
        for part in _stretches(_first_of_each(owner, batches)):
            count = sizes[asked[part]]
            keys = np.repeat(owner[part] - owner[part.start] << bits, count)
            keys |= holder[_runs(firsts[asked[part]], count)]
            keys, votes = _added(keys, np.repeat(weights[asked[part]], count))
            best = keys[_greatest(keys >> bits, votes, most)]
            found.append(np.stack(((best >> bits) + owner[part.start], best & (1 << bits) - 1)))
        one, two = np.concatenate(found, axis=1)
        return one, two

    def _index(self, now: range) -> tuple[Numbers, Numbers, Numbers]:
        """For each pair of characters the texts that hold it: all of them, where they begin, how many."""
        held = self._all.between(now)
        owner = np.repeat(np.array(now), self._all.sizes[now.start : now.stop])
        sizes = np.bincount(held, minlength=len(self._known))
        return owner[_ordered(held)], np.cumsum(sizes) - sizes, sizes

    def _asked(self, before: range, sizes: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs of characters of some texts that are looked up, the rarest first, and whose they are."""
        held = self._all.between(before)
        owner = np.repeat(np.array(before), self._all.sizes[before.start : before.stop])
        shared = sizes[held] > 0
        held, owner = held[shared], owner[shared]
        order = _ordered(owner << int(sizes.max(initial=0)).bit_length() | sizes[held])
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
    order = _ordered(one)
    one, two = one[order], two[order]
    lines = max(1, _CELLS // max(1, len(weights)))
    table = np.zeros((lines, len(weights)))
    rank = np.cumsum(_is_first(one)) - 1
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


def _held(grams: Numbers, owner: Numbers, texts: int) -> Held:
    """`owner`: the numbers of the texts that hold these, in order; what a text holds twice counts once."""
    good = _is_first(grams) | _is_first(owner)
    sizes = np.bincount(owner[good], minlength=texts)
    return Held(grams[good], np.concatenate(([0], np.cumsum(sizes))), sizes)


def _pairs(texts: Sequence[Pieces]) -> tuple[Numbers, Numbers, NDArray[np.bool_], Numbers]:
    """All pairs of neighbouring characters, as they follow each other: whose they are, and each as one number.

    With whether they are of the second piece of a text, and the characters by which they are numbered. As in
    `rarity.grams`, a piece of one character is itself.
    """
    written = "\0".join(["", *map("\0".join, texts), ""]).encode("utf-32-le", "surrogatepass")
    signs = np.frombuffer(written, dtype=np.uint32)
    known = np.bincount(signs) > 0
    numbers = (np.cumsum(known) - 1)[signs]
    before, own, after = numbers[:-2], numbers[1:-1], numbers[2:]
    piece = np.cumsum(own == 0)  # the last of all ends nothing
    pieces = np.array([max(1, len(text)) for text in texts], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), pieces)
    is_second = np.arange(len(owner)) - _first_of_each(owner, np.arange(len(owner))) == 1
    good = (own > 0) & ((after > 0) | (before == 0))
    piece = piece[good]
    return owner[piece], own[good] * int(known.sum()) + after[good], is_second[piece], np.flatnonzero(known)


def _stretches(numbers: Numbers) -> Iterator[slice]:
    """The stretches of one number each, in numbers that are in order."""
    ends = [*(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return (slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start)


def _is_first(groups: Numbers) -> NDArray[np.bool_]:
    """Where a new group begins; the groups are in order."""
    found: NDArray[np.bool_] = np.diff(groups, prepend=-1) != 0
    return found


def _first_of_each(groups: Numbers, numbers: Numbers) -> Numbers:
    """For each one the number that the first of its group has; the groups are in order."""
    first = np.flatnonzero(_is_first(groups))
    return np.repeat(numbers[first], np.diff(first, append=len(groups)))


def _once(numbers: Numbers) -> Numbers:
    """The numbers, which are in order, each once. (`np.unique` hashes them, which takes ten times as long.)"""
    return numbers[_is_first(numbers)]


def _ordered(numbers: Numbers) -> Numbers:
    """Where the numbers, none below 0, stand in order; equal ones stay as they are.

    By 16 bits at a time, for which numpy has a way that is three times as fast as its best for whole numbers.
    """
    parts = np.ascontiguousarray(numbers, dtype="<u8").view(np.uint16).reshape(-1, 4)
    order = np.argsort(parts[:, 0], kind="stable")
    for n in range(1, -(-int(numbers.max(initial=0)).bit_length() // 16)):
        order = order[np.argsort(parts[order, n], kind="stable")]
    return order


def _runs(starts: Numbers, sizes: Numbers) -> Numbers:
    """Numbers that follow each other, so many from each start."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def _added(keys: Numbers, values: Weights) -> tuple[Numbers, Weights]:
    """The keys in order, each once, with the sum of its values."""
    order = _ordered(keys)
    keys = keys[order]
    first = np.flatnonzero(_is_first(keys))
    return keys[first], np.add.reduceat(values[order], first) if len(first) else values[:0]


def _greatest(groups: Numbers, values: Weights, most: int) -> Numbers:
    """Where the greatest values of each group stand, the first of equal ones first; the groups are in order."""
    first = np.flatnonzero(_is_first(groups))
    size = np.diff(first, append=len(groups))
    left, found = values.copy(), [first[:0]]
    for _ in range(most if len(first) else 0):
        greatest = np.repeat(np.maximum.reduceat(left, first), size)
        at = np.flatnonzero((left == greatest) & (left > 0))
        at = at[_is_first(groups[at])]
        left[at] = 0.0
        found.append(at)
    return np.sort(np.concatenate(found))
