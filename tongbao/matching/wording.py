"""What the words of two rows say of their being one item: task, name, numerals, places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tongbao.matching import numerals
from tongbao.matching.belief import Link
from tongbao.matching.likeness import Face, stretches
from tongbao.matching.rarity import Grams, Pieces, Rarity, Texts
from tongbao.matching.rivals import Rivals

if TYPE_CHECKING:
    from tongbao.matching.arrays import Texts as ManyTexts

# So many candidates are weighed for one row, and so alike must they be to the best; of large ledgers fewer.
_MOST, _LEAST, _MOST_OF_LARGE, _LEAST_OF_LARGE, _LARGE = 8, 0.3, 3, 0.55, 400

# From so many pairs of rows on it pays to load what compares them all at once (below it takes as long by itself).
_AT_ONCE = 1_000_000

Sign = tuple[str, float]


class Wording:
    """The rows without a partner, compared by their words. `alike`: for each prior row those in question; `sample`:
    current rows, those that have a partner too, by which a column is known.
    """

    def __init__(
        self, priors: Mapping[int, Face], currents: Mapping[int, Face], settled: Sequence[tuple[Face, Face]]
    ) -> None:
        """`settled`: some of the rows that have a partner; they too say how rare a word is."""
        self.priors, self.currents = priors, currents
        before = [*priors.values(), *(a for a, _ in settled)]
        now = [*currents.values(), *(b for _, b in settled)]
        self.sample = now
        texts = _texts([face.pieces for face in (*before, *now)], len(priors) * len(currents))
        then, today = (texts.holders(some) for some in (range(len(before)), range(len(before), len(before) + len(now))))
        self._then, self._today = frozenset(then), frozenset(today)
        self.rarity = Rarity(Counter(then) + Counter(today), len(before) + len(now))
        large = max(len(priors), len(currents)) > _LARGE
        most, least = (_MOST_OF_LARGE, _LEAST_OF_LARGE) if large else (_MOST, _LEAST)
        free = range(len(priors)), range(len(before), len(before) + len(currents))
        self.alike: dict[int, dict[int, float]] = {i: {} for i in priors}
        rows = [*priors, *(-1 for _ in settled), *currents]
        for i, j, score in texts.near(self.rarity, *free, most, least):
            self.alike[rows[i]][rows[j]] = score
        for i, j in _of_one_beginning(priors, currents):
            self.alike[i].setdefault(j, self.rarity.alike(priors[i].marks, currents[j].marks))
        self.rivals = Rivals(priors, currents, self.alike)
        self._heads = [Counter(face.clauses[:1] for face in side.values()) for side in (priors, currents)]
        self._names = [Counter(face.core[0] for face in side.values()) for side in (priors, currents)]
        self._compared: dict[Link, list[Sign]] = {}

    @cached_property
    def doings(self) -> Texts | ManyTexts:
        """The progress texts of the rows without a partner, those of the prior ledger first."""
        progress = [(face.progress,) for face in (*self.priors.values(), *self.currents.values())]
        return _texts(progress, len(self.priors) * len(self.currents))

    def signs(self, i: int, j: int) -> Iterator[Sign]:
        """The signs in the words of two rows, by the names that `weights` has for them."""
        a, b = self.priors[i], self.currents[j]
        lead = self.rivals.lead(i, j)
        yield "lead", lead
        yield "best", float(lead > 0)
        yield "whole", 1.0 if a.core == b.core else self.alike.get(i, {}).get(j, 0.0)
        if a.core == b.core:
            once = self.rivals.is_only_one(i, j)
            yield ("equal_once" if once else "equal"), 1.0
        # What follows is the same in the second look.
        found = self._compared.get((i, j))
        if found is None:
            found = self._compared[i, j] = [sign for sign in self._compare(i, j) if sign[1]]
        yield from found

    def _compare(self, i: int, j: int) -> Iterator[Sign]:
        a, b = self.priors[i], self.currents[j]
        if a.core == b.core:
            yield "first", 1.0
            yield "close", 1.0
        else:
            before, now, alike = a.marks, b.marks, self.alike.get(i, {}).get(j, 0.0)
            if a.clauses[:1] == b.clauses[:1] != ():
                yield "first", 1.0
                yield "close", alike
            else:
                yield from self._begun(a, b, alike, before, now)
            yield "known_text", self._exchanged(before - a.called, now - b.called)
            yield from _numerals(a, b)
        if a.clauses[:1] == b.clauses[:1] != ():
            yield "head_rare", 1 / max(heads[a.clauses[:1]] for heads in self._heads)
        if a.core[0] and b.core[0]:
            yield from self._named(a, b)

    def _begun(self, a: Face, b: Face, alike: float, before: Grams, now: Grams) -> Iterator[Sign]:
        """The signs in two first clauses that are not the same."""
        one, two = a.head, b.head
        kept = self.rarity.held(one, now), self.rarity.held(two, before)
        yield "first", max(self.rarity.alike(one, two), min(kept))
        yield "close", max(0.0, 1 - 5 * (1 - max(kept))) * alike
        yield from _beginnings(a, b, 1 - max(kept))
        yield "known_head", self._exchanged(one, two, before & now)

    def _named(self, a: Face, b: Face) -> Iterator[Sign]:
        if a.core[0] == b.core[0]:
            held = [names[a.core[0]] for names in self._names]
            yield "name", 1.0
            yield "name_rare", 1 / max(held)
            yield "name_once", float(held == [1, 1])
        else:
            yield "name", self.rarity.alike(a.called, b.called)
            yield "name_missing", self.name_missing(a, b)
            yield "name_replaced", float(numerals.exchanged(stretches(a.core[0], b.core[0])) > 1)
            yield "known_name", self._exchanged(a.called, b.called)

    def names_once(self, a: Face, b: Face) -> bool:
        """Is the name of these two rows that of no other item of last period?"""
        return a.core[0] == b.core[0] != "" and self._names[0][a.core[0]] == 1

    def foreign(self, a: Face, c: Face) -> float:
        """How much of what a row begins with the item `a` never had; words that other rows have count twice."""
        weight, gone = self.rarity, c.head - a.marks
        return sum(weight.of(g) * (1 + (g in self._then)) for g in gone) / 2 / (weight.sum(c.head) or 1.0)

    def name_missing(self, a: Face, b: Face) -> float:
        """The part of the shorter name that the longer one lacks."""
        return 1 - max(self.rarity.held(a.called, b.called), self.rarity.held(b.called, a.called))

    def _exchanged(self, before: Grams, now: Grams, both: Grams = frozenset()) -> float:
        """How much of both texts are words that the other lacks, though the other ledger has them: 柳林 for 临河.

        Words that are gone from the whole ledger, and words that it never had, are another hand's, not another place.
        Nor are those that `both` rows have, elsewhere.
        """
        gone, come = before - now - both, now - before - both
        if not gone or not come:
            return 0.0
        weight = self.rarity
        lost = sum(map(weight.of, gone & self._today)) / weight.sum(before)
        gained = sum(map(weight.of, come & self._then)) / weight.sum(now)
        return min(lost, gained)


def _of_one_beginning(priors: Mapping[int, Face], currents: Mapping[int, Face]) -> Iterator[Link]:
    """The rows that begin alike and have the same units, in question though many others may be more alike."""
    there: dict[tuple[tuple[str, ...], frozenset[str]], list[int]] = defaultdict(list)
    for j, face in currents.items():
        there[face.clauses[:1], face.units].append(j)
    for i, face in priors.items():
        yield from ((i, j) for j in there.get((face.clauses[:1], face.units), ())[:_MOST])


def _beginnings(a: Face, b: Face, replaced: float) -> Iterator[Sign]:
    """How much of the first clauses is put otherwise; a character here and there that one of them lacks is a slip."""
    one, two = (face.clauses[0] if face.clauses else "" for face in (a, b))
    short = min(len(one), len(two))
    # One may go on where the other ends (、 for ，), or begin with more: compared are the whole, and as far as both go.
    ways = [list(stretches(one, two)), list(stretches(one[:short], two[:short]))]
    if not any(map(_only_more, ways)):
        yield "head_replaced", replaced
        words = min(map(numerals.exchanged, ways))
        yield "head_words", float(words > 1)
        yield "head_thing", float(words > 2)


def _only_more(way: Sequence[tuple[bool, str, str]]) -> bool:
    """Has one text what the other has, and more, but for a character?"""
    less, more = 0, 0
    for same, gone, come in way:
        if not same:
            if gone and come:
                return False
            less, more = less + len(gone), more + len(come)
    return min(less, more) <= 1


def _numerals(a: Face, b: Face) -> Iterator[Sign]:
    if a.numerals == b.numerals:
        return
    one, two = a.numerals, b.numerals
    if a.head_numerals != b.head_numerals and numerals.slipped(stretches(a.title, b.title)):
        yield "numerals_more", 1.0
        one, two = a.rest_numerals, b.rest_numerals
    else:
        # What a clause that was added or left out holds is of that clause.
        yield "ordinal_more", float(numerals.more(a.head_numerals.ordinals, b.head_numerals.ordinals))
        yield "year_more", float(numerals.more(a.head_numerals.years, b.head_numerals.years))
        yield (
            "numerals_more",
            float(numerals.more(one.ordinals, two.ordinals) or numerals.more(one.years, two.years)),
        )
    replaced = numerals.replaced(one.ordinals, two.ordinals) or numerals.replaced(one.sides, two.sides)
    yield "ordinal_replaced", float(replaced)
    yield "year_replaced", float(numerals.replaced(one.years, two.years))
    yield "amounts", float(numerals.replaced(one.amounts, two.amounts))


def _texts(texts: Sequence[Pieces], pairs: int) -> Texts | ManyTexts:
    """What compares texts of ledgers that have so many pairs of rows without a partner."""
    if pairs < _AT_ONCE:
        return Texts(texts)
    from tongbao.matching import arrays

    return arrays.Texts(texts)
