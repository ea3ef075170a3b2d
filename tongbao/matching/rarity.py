"""How telling words are in these two ledgers: characters that few rows have say much, common ones little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import chain
from math import log
from operator import add
from typing import NamedTuple

Grams = frozenset[str]
Pieces = tuple[str, ...]

# So many entries of the index are looked at for one row where the ledgers are large: the rarest pairs of characters
# come first, and what stands in hundreds of rows tells none of them apart.
LOOKS = 240
# Of so few pairs of rows all are looked at.
FEW = 40_000


_KEPT = 2_000


# So many sets are kept: those of the rows at work. All those of a large ledger would take some 100 MiB, and the garbage
# collector would look through them again and again.
@lru_cache(maxsize=_KEPT)
def grams(pieces: Pieces) -> Grams:
    """The pairs of neighbouring characters in these pieces of text; a piece of one character is itself."""
    found: set[str] = set()
    for piece in pieces:
        found.update(map(add, piece, piece[1:]) if len(piece) > 1 else piece)
    return frozenset(found)


# Weights are multiples of a power of two, so that sums of them are exact: the order in which a set gives them, which is
# another in every run, would else decide between rows that are equally alike.
_STEPS = 2.0**20


class _Weights(dict[str, float]):
    """The weight of each pair of characters, worked out when it is first asked for.

    None is worth nothing: rows of one text are alike by what they share, though all others of that text share it too.
    """

    def __init__(self, held: Mapping[str, int], rows: int) -> None:
        super().__init__()
        self._held, self._all = held, rows + 1

    def __missing__(self, gram: str) -> float:
        weight = max(0.5, log(self._all / (self._held.get(gram, 0) + 0.5)))
        found = self[gram] = round(weight * _STEPS) / _STEPS
        return found


class Rarity:
    """The weight of each pair of characters: the logarithm of how rare it is."""

    def __init__(self, holders: Mapping[str, int], rows: int) -> None:
        """`holders`: how many of so many rows have each pair of characters."""
        self.of = _Weights(holders, rows).__getitem__
        self._sums: dict[Grams, float] = {}

    def sum(self, some: Grams) -> float:
        """The weight of several."""
        found = self._sums.get(some)
        if found is None:
            if len(self._sums) >= _KEPT:
                self._sums.clear()
            found = self._sums[some] = sum(map(self.of, some))
        return found

    def _both(self, a: Grams, b: Grams) -> float:
        return sum(map(self.of, a & b))

    def alike(self, a: Grams, b: Grams) -> float:
        """How alike two texts are (Dice, 0 to 1), weighed."""
        both = self.sum(a) + self.sum(b)
        return 2 * self._both(a, b) / both if both else 0.0

    def held(self, part: Grams, whole: Grams) -> float:
        """The share of one text that stands in another, weighed."""
        weight = self.sum(part)
        return self._both(part, whole) / weight if weight else 0.0


class Overlap(NamedTuple):
    """How much two rows have in common, weighed: `heads` is how alike their first clauses are (Dice).

    `kept`: the share of the prior row's first clause that stands in the current row; `had`: the other way round.
    `known_head`, `known_text`: the share of both first clauses, of both texts, that the other row lacks though the
    other ledger has it.
    """

    heads: float
    kept: float
    had: float
    known_head: float
    known_text: float


class Texts:
    """Texts compared by their pairs of characters. `arrays.Texts` says the same of thousands of texts at once."""

    def __init__(self, texts: Sequence[Pieces]) -> None:
        self._grams = [grams(pieces) for pieces in texts]

    def holders(self, some: range) -> Mapping[str, int]:
        """How many of these texts have each pair of characters."""
        return Counter(chain.from_iterable(self._grams[some.start : some.stop]))

    def alike(self, rarity: Rarity, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """How alike the two texts of each pair are (Dice, 0 to 1), weighed."""
        return [rarity.alike(self._grams[i], self._grams[j]) for i, j in pairs]

    def near(
        self, rarity: Rarity, before: range, now: range, most: int, least: float
    ) -> Iterator[tuple[int, int, float]]:
        """For each of some texts the likest of others: at most so many, none less alike than `least` of the best."""
        held = self._grams
        index: dict[str, list[int]] = defaultdict(list)
        for j in now:
            for gram in held[j]:
                index[gram].append(j)
        few = len(before) * len(now) <= FEW
        for i in before:
            votes = _votes(rarity, held[i], index, None if few else LOOKS)
            best = list(votes) if few else _likest(votes, most * 2)
            shared = votes if few else {j: rarity.sum(held[i] & held[j]) for j in best}
            sums = {j: rarity.sum(held[i]) + rarity.sum(held[j]) for j in best}
            scores = {j: 2 * shared[j] / both for j, both in sums.items() if both}
            top = max(scores.values(), default=0.0)
            yield from ((i, j, scores[j]) for j in _likest(scores, most) if scores[j] >= least * top)


def _likest(scores: Mapping[int, float], most: int) -> list[int]:
    """Those with the highest scores; of equal ones the first, so that a ledger is matched alike in every run."""
    return nlargest(most, sorted(scores), key=scores.__getitem__)


def _votes(rarity: Rarity, held: Grams, index: Mapping[str, Sequence[int]], looks: int | None) -> dict[int, float]:
    votes: dict[int, float] = defaultdict(float)
    entries = [(gram, index[gram]) for gram in held if gram in index]
    if looks is not None:
        entries.sort(key=lambda entry: (len(entry[1]), entry[0]))
    for gram, holders in entries:
        weight = rarity.of(gram)
        for j in holders:
            votes[j] += weight
        if looks is not None:
            looks -= len(holders)
            if looks <= 0:
                break
    return votes
