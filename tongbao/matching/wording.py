"""What the words of two rows say of their being one item: task, name, numerals, places; and what other rows say to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tongbao.matching import numerals
from tongbao.matching.likeness import Face
from tongbao.matching.rarity import Grams, Rarity, near

# So many candidates are weighed for one row, and so alike must they be to the best; of large ledgers fewer.
_MOST, _LEAST, _MOST_OF_LARGE, _LEAST_OF_LARGE, _LARGE = 8, 0.3, 3, 0.55, 400
Alike = dict[int, dict[int, float]]


class Wording:
    """The rows without a partner, compared by their words. `alike`: for each prior row those that come into question.

    `of` and `to`: the same for each row of either side, the likest first.
    """

    def __init__(self, priors: Mapping[int, Face], currents: Mapping[int, Face], settled: Sequence[Face]) -> None:
        """`settled`: some of the rows that have a partner; they too say how rare a word is."""
        self.priors, self.currents = priors, currents
        free = [*priors.values(), *currents.values()]
        self.rarity = Rarity([face.marks for face in (*free, *settled)])
        large = max(len(priors), len(currents)) > _LARGE
        most, least = (_MOST_OF_LARGE, _LEAST_OF_LARGE) if large else (_MOST, _LEAST)
        marks = ({k: face.marks for k, face in side.items()} for side in (priors, currents))
        self.alike: Alike = near(self.rarity, *marks, most, least)
        self.of: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self.to: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for i, found in self.alike.items():
            for j, score in found.items():
                self.of[i].append((score, j))
                self.to[j].append((score, i))
        for options in (*self.of.values(), *self.to.values()):
            options.sort(reverse=True)
        self._heads = [Counter(face.clauses[:1] for face in side.values()) for side in (priors, currents)]
        self._partner: Mapping[int, int] = {}
        self._owner: Mapping[int, int] = {}
        self._cores = [Counter(face.core for face in side.values()) for side in (priors, currents)]
        self._names = [Counter(face.core[0] for face in side.values()) for side in (priors, currents)]

    def learn(self, partner: Mapping[int, int]) -> None:
        """Takes these pairs for likely: a row that has another partner is no rival any more."""
        self._partner, self._owner = partner, {j: i for i, j in partner.items()}

    def lead(self, i: int, j: int) -> float:
        """How much more alike the two are than either is to the next row that may be its partner (-0.5 to 0.5).

        Of rows in the same words as the prior one, where it has fewer of them now, each has its own partner; so too of
        rows in the same words as the current one.
        """
        own = self.alike.get(i, {}).get(j, 0.0)
        mine, theirs = self.priors[i].core, self.currents[j].core
        here = {theirs, mine} if self._cores[0][mine] > self._cores[1][mine] else {theirs}
        there = {mine, theirs} if self._cores[1][theirs] > self._cores[0][theirs] else {mine}
        other = next(
            (
                s
                for s, k in self.of.get(i, ())
                if k != j and self.currents[k].core not in here and self._owner.get(k, i) == i
            ),
            0.0,
        )
        rival = next(
            (
                s
                for s, k in self.to.get(j, ())
                if k != i and self.priors[k].core not in there and self._partner.get(k, j) == j
            ),
            0.0,
        )
        return max(-0.5, min(0.5, own - max(other, rival)))

    def has_now(self, a: Face) -> bool:
        """Stand the words of a prior row in a current row without a partner?"""
        return bool(self._cores[1][a.core])

    def had_before(self, b: Face) -> bool:
        """Stood the words of a current row in a prior row without a partner?"""
        return bool(self._cores[0][b.core])

    def signs(self, i: int, j: int) -> Iterator[tuple[str, float]]:
        """The signs in the words of two rows, by the names that `weights` has for them."""
        a, b = self.priors[i], self.currents[j]
        lead = self.lead(i, j)
        yield "lead", lead
        yield "best", float(lead > 0)
        yield "whole", 1.0 if a.core == b.core else self.alike.get(i, {}).get(j, 0.0)
        if a.core == b.core:
            once = self._cores[0][a.core] == self._cores[1][b.core] == 1
            yield ("equal_once" if once else "equal"), 1.0
            yield "first", 1.0
        else:
            yield "first", self.rarity.alike(a.head, b.head)
            yield "known_head", self._exchanged(a.head, b.head)
            yield "known_text", self._exchanged(a.marks - a.called, b.marks - b.called)
            yield from self._numerals(a, b)
        if a.clauses[:1] == b.clauses[:1] != ():
            yield "head_rare", 1 / max(heads[a.clauses[:1]] for heads in self._heads)
        if a.core[0] and b.core[0]:
            yield from self._named(a, b)

    def _named(self, a: Face, b: Face) -> Iterator[tuple[str, float]]:
        if a.core[0] == b.core[0]:
            held = [names[a.core[0]] for names in self._names]
            yield "name", 1.0
            yield "name_rare", 1 / max(held)
            yield "name_once", float(held == [1, 1])
        else:
            yield "name", self.rarity.alike(a.called, b.called)
            yield "name_missing", self.name_missing(a, b)
            yield "known_name", self._exchanged(a.called, b.called)

    def name_missing(self, a: Face, b: Face) -> float:
        """The part of the shorter name that the longer one lacks."""
        return 1 - max(self.rarity.held(a.called, b.called), self.rarity.held(b.called, a.called))

    def _numerals(self, a: Face, b: Face) -> Iterator[tuple[str, float]]:
        one, two = a.numerals, b.numerals
        if one == two:
            return
        replaced = numerals.replaced(one.ordinals, two.ordinals) or numerals.replaced(one.sides, two.sides)
        yield "ordinal_replaced", float(replaced)
        yield "ordinal_more", float(numerals.more(one.ordinals, two.ordinals))
        yield "year_replaced", float(numerals.replaced(one.years, two.years))
        yield "year_more", float(numerals.more(one.years, two.years))
        yield "amounts", float(numerals.replaced(one.amounts, two.amounts))

    def _exchanged(self, before: Grams, now: Grams) -> float:
        """How much of both texts are words that the other lacks, though other rows have them: 柳林 for 临河."""
        gone, come = before - now, now - before
        if not gone or not come:
            return 0.0
        weight = self.rarity
        lost = sum(weight.of(g) for g in gone if weight.known(g)) / weight.sum(before)
        gained = sum(weight.of(g) for g in come if weight.known(g)) / weight.sum(now)
        return min(lost, gained)
