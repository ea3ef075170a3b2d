"""What other rows say to a pair: whether one of them is as like, and whether it has a partner of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tongbao.matching.face import Face

Alike = Mapping[int, Mapping[int, float]]


class Rivals:
    """The rows that compete for a partner. `of`, `to`: those that come into question for a row, the likest first."""

    def __init__(self, priors: Mapping[int, Face], currents: Mapping[int, Face], alike: Alike) -> None:
        self._priors, self._currents, self._alike = priors, currents, alike
        self.of: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self.to: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for i, found in alike.items():
            for j, score in found.items():
                self.of[i].append((score, j))
                self.to[j].append((score, i))
        for options in (*self.of.values(), *self.to.values()):
            options.sort(reverse=True)
        self._partner: Mapping[int, int] = {}
        self._owner: Mapping[int, int] = {}
        self._before, self._now = (Counter(face.core for face in side.values()) for side in (priors, currents))
        self._left = self._before, self._now
        self._repeated = self._of_repeated()

    def _of_repeated(self) -> tuple[set[int], set[int]]:
        """The rows of either ledger whose words stand there more than once."""
        sides = (self._before, self._priors), (self._now, self._currents)
        one, two = (
            {n for n, face in side.items() if counts[face.core] > 1} if len(counts) < len(side) else set()
            for counts, side in sides
        )
        return one, two

    def links(self) -> Iterator[tuple[int, int]]:
        """The pairs of like words."""
        return ((i, j) for i, options in self.of.items() for _, j in options)

    def learn(self, partner: Mapping[int, int]) -> None:
        """Takes these pairs for likely: a row that has another partner is no rival any more."""
        self._partner, self._owner = partner, {j: i for i, j in partner.items()}
        self._left = (
            Counter(face.core for i, face in self._priors.items() if i not in self._partner),
            Counter(face.core for j, face in self._currents.items() if j not in self._owner),
        )

    def is_only_one(self, i: int, j: int) -> bool:
        """Are there no other rows of these words, or none that is left?"""
        has_partner = i in self._partner or j in self._owner
        before, now = (self._before, self._now) if has_partner else self._left
        return before[self._priors[i].core] == now[self._currents[j].core] == 1

    def has_now(self, a: Face) -> bool:
        """Stand the words of a prior row in a current row without a partner?"""
        return bool(self._now[a.core])

    def are_several(self, a: Face) -> bool:
        """Are, or were, there several rows of these words without a partner?"""
        return self._before[a.core] > 1 or self._now[a.core] > 1

    def are_more(self, a: Face) -> bool:
        """Are there more rows of these words than there were?"""
        return self._now[a.core] > self._before[a.core]

    def had_before(self, b: Face) -> bool:
        """Stood the words of a current row in a prior row without a partner?"""
        return bool(self._before[b.core])

    def lead(self, i: int, j: int) -> float:
        """How much more alike the two are than either is to the next row that may be its partner (-0.5 to 0.5)."""
        own = self._alike[i].get(j, 0.0)
        return max(-0.5, min(0.5, own - max(self._next_of(i, j), self._next_to(i, j))))

    def _next_of(self, i: int, j: int) -> float:
        """How like the next current row is. Each further prior row of the same words may have one for itself."""
        if i not in self._repeated[0] and j not in self._repeated[1]:
            owner = self._owner
            return next((score for score, k in self.of.get(i, ()) if k != j and owner.get(k, i) == i), 0.0)
        mine, theirs = self._priors[i].core, self._currents[j].core
        spared = self._before[mine] - 1
        for score, k in self.of.get(i, ()):
            if k != j and self._currents[k].core != theirs and self._owner.get(k, i) == i:
                if spared <= 0:
                    return score
                spared -= 1
        return 0.0

    def _next_to(self, i: int, j: int) -> float:
        """How like the next prior row is; the same the other way round."""
        if i not in self._repeated[0] and j not in self._repeated[1]:
            partner = self._partner
            return next((score for score, k in self.to.get(j, ()) if k != i and partner.get(k, j) == j), 0.0)
        mine, theirs = self._priors[i].core, self._currents[j].core
        spared = self._now[theirs] - 1
        for score, k in self.to.get(j, ()):
            if k != i and self._priors[k].core != mine and self._partner.get(k, j) == j:
                if spared <= 0:
                    return score
                spared -= 1
        return 0.0
