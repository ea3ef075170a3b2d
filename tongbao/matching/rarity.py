"""How telling words are in these two ledgers: characters that few rows have say much, common ones little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from math import log
from operator import add

Grams = frozenset[str]

# So many entries of the index are looked at for one row where the ledgers are large: the rarest pairs of characters
# come first, and what stands in hundreds of rows tells none of them apart.
LOOKS = 240


def grams(pieces: Iterable[str]) -> Grams:
    """The pairs of neighbouring characters in these pieces of text; a piece of one character is itself."""
    found: set[str] = set()
    for piece in pieces:
        found.update(map(add, piece, piece[1:]) if len(piece) > 1 else piece)
    return frozenset(found)


class _Weights(dict[str, float]):
    """The weight of each pair of characters, worked out when it is first asked for.

    None is worth nothing: rows of one text are alike by what they share, though all others of that text share it too.
    """

    def __init__(self, held: Mapping[str, int], rows: int) -> None:
        super().__init__()
        self._held, self._all = held, rows + 1

    def __missing__(self, gram: str) -> float:
        found = self[gram] = max(0.5, log(self._all / (self._held.get(gram, 0) + 0.5)))
        return found


class Rarity:
    """The weight of each pair of characters, from the rows that are given: the logarithm of how rare it is."""

    def __init__(self, rows: Sequence[Grams]) -> None:
        self.of = _Weights(Counter(chain.from_iterable(rows)), len(rows)).__getitem__
        self._sums: dict[Grams, float] = {}

    def sum(self, some: Grams) -> float:
        """The weight of several."""
        found = self._sums.get(some)
        if found is None:
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


def near(
    rarity: Rarity, priors: Mapping[int, Grams], currents: Mapping[int, Grams], most: int, least: float
) -> dict[int, dict[int, float]]:
    """For each prior row the current rows most alike: at most so many, none less alike than `least` of the best."""
    index: dict[str, list[int]] = defaultdict(list)
    for j, held in currents.items():
        for gram in held:
            index[gram].append(j)
    weights = {j: rarity.sum(held) for j, held in currents.items()}
    few = len(priors) * len(currents) <= 40_000
    found: dict[int, dict[int, float]] = {}
    for i, held in priors.items():
        own = rarity.sum(held)
        votes = _votes(rarity, held, index, None if few else LOOKS)
        best = list(votes) if few else _likest(votes, most * 2)
        shared = votes if few else {j: rarity.sum(held & currents[j]) for j in best}
        scores = {j: 2 * shared[j] / (own + weights[j]) for j in best if own + weights[j]}
        top = max(scores.values(), default=0.0)
        found[i] = {j: scores[j] for j in _likest(scores, most) if scores[j] >= least * top}
    return found


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
