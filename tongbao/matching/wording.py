"""The words of the rows without a partner: how rare they are, which rows are alike, what two of them share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tongbao.matching.belief import Link
from tongbao.matching.face import Face
from tongbao.matching.rarity import Grams, Overlap, Pieces, Rarity, Texts
from tongbao.matching.rivals import Rivals

if TYPE_CHECKING:
    from tongbao.matching.arrays import Texts as ManyTexts

# So many candidates are weighed for one row, and so alike must they be to the best; of large ledgers fewer.
_MOST, _LEAST, _MOST_OF_LARGE, _LEAST_OF_LARGE, _LARGE = 8, 0.3, 3, 0.55, 400

# From so many pairs of rows on it pays to load what compares them all at once (below it takes as long by itself).
_AT_ONCE = 1_000_000


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
        self._texts, self._first, self._sides = texts, len(before), (frozenset(then), frozenset(today))
        self._of, self._to = {i: n for n, i in enumerate(priors)}, {j: n for n, j in enumerate(currents)}
        self.rarity = Rarity(Counter(then) + Counter(today), len(before) + len(now))
        large = max(len(priors), len(currents)) > _LARGE
        most, least = (_MOST_OF_LARGE, _LEAST_OF_LARGE) if large else (_MOST, _LEAST)
        free = range(len(priors)), range(len(before), len(before) + len(currents))
        self.alike: dict[int, dict[int, float]] = {i: {} for i in priors}
        rows = [*priors, *(-1 for _ in settled), *currents]
        for i, j, score in texts.near(self.rarity, *free, most, least):
            self.alike[rows[i]][rows[j]] = score
        for i, j in _of_one_beginning(priors, currents):
            if j not in self.alike[i]:
                self.alike[i][j] = self.rarity.alike(priors[i].marks, currents[j].marks)
        self.rivals = Rivals(priors, currents, self.alike)
        self.names = [Counter(face.core[0] for face in side.values()) for side in (priors, currents)]
        self._lasting: tuple[dict[Grams, float], ...] = ({}, {})
        self._overlaps: dict[Link, Overlap] = {}

    @cached_property
    def doings(self) -> Texts | ManyTexts:
        """The progress texts of the rows without a partner, those of the prior ledger first."""
        progress = [(face.progress,) for face in (*self.priors.values(), *self.currents.values())]
        return _texts(progress, len(self.priors) * len(self.currents))

    def numbered(self, links: Iterable[Link], first: int) -> list[Link]:
        """Which texts these pairs are, where those of the current rows begin with that number."""
        return [(self._of[i], first + self._to[j]) for i, j in links]

    def standing(self, links: Sequence[Link], same: Sequence[bool]) -> Iterator[tuple[str, Sequence[float]]]:
        """How these pairs stand among the others, sign by sign. `same`: whether their words are the same."""
        rivals, alike = self.rivals, self.alike
        leads = [rivals.lead(i, j) for i, j in links]
        yield "lead", leads
        yield "best", [float(lead > 0) for lead in leads]
        both = list(zip(links, same, strict=True))
        yield "whole", [1.0 if equal else alike[i].get(j, 0.0) for (i, j), equal in both]
        once = [equal and rivals.is_only_one(i, j) for (i, j), equal in both]
        yield "equal_once", list(map(float, once))
        yield "equal", [float(equal and not only) for equal, only in zip(same, once, strict=True)]

    def overlap_all(self, links: Iterable[Link]) -> None:
        """Finds what the words of these pairs have in common, where that goes for all at once."""
        if not isinstance(self._texts, Texts):
            left = [link for link in links if link not in self._overlaps and not self._has_name(*link)]
            alike = [self.alike[i].get(j) for i, j in left]
            found = self._texts.overlaps(self.rarity, self.numbered(left, self._first), alike, self._first)
            self._overlaps |= zip(left, found, strict=True)

    def _has_name(self, i: int, j: int) -> bool:
        return bool(self.priors[i].core[0] or self.currents[j].core[0])

    def overlap(self, i: int, j: int) -> Overlap:
        """What the words of two rows have in common."""
        found = self._overlaps.get((i, j))
        if found is None:
            found = self._overlaps[i, j] = self._overlapping(self.priors[i], self.currents[j])
        return found

    def _overlapping(self, a: Face, b: Face) -> Overlap:
        weight, one, two, before, now = self.rarity, a.head, b.head, a.marks, b.marks
        kept, had = weight.held(one, now), weight.held(two, before)
        return Overlap(
            weight.alike(one, two),
            kept,
            had,
            # What both rows have, elsewhere, is not put for anything.
            self._exchanged((one, kept), (two, had)),
            self.exchanged(before - a.called, now - b.called),
        )

    def names_once(self, a: Face, b: Face) -> bool:
        """Is the name of these two rows that of no other item of last period?"""
        return a.core[0] == b.core[0] != "" and self.names[0][a.core[0]] == 1

    def foreign(self, a: Face, c: Face) -> float:
        """How much of what a row begins with the item `a` never had; words that other rows have count twice."""
        weight, gone = self.rarity, c.head - a.marks
        return sum(weight.of(g) * (1 + (g in self._sides[0])) for g in gone) / 2 / (weight.sum(c.head) or 1.0)

    def name_missing(self, a: Face, b: Face) -> float:
        """The part of the shorter name that the longer one lacks."""
        return 1 - max(self.rarity.held(a.called, b.called), self.rarity.held(b.called, a.called))

    def exchanged(self, before: Grams, now: Grams) -> float:
        """How much of both texts are words that the other lacks, though the other ledger has them: 柳林 for 临河.

        Words that are gone from the whole ledger, and words that it never had, are another hand's, not another place.
        """
        held = self.rarity.held
        return self._exchanged((before, held(before, now)), (now, held(now, before)))

    def _exchanged(self, before: tuple[Grams, float], now: tuple[Grams, float]) -> float:
        """The same; with each text comes how much of it the other row has."""
        lost, gained = self._lasts(before[0], 1) - before[1], self._lasts(now[0], 0) - now[1]
        return max(0.0, min(lost, gained))

    def _lasts(self, words: Grams, side: int) -> float:
        """How much of a text one of the ledgers has anywhere."""
        found = self._lasting[side].get(words)
        if found is None:
            found = self._lasting[side][words] = self.rarity.held(words, self._sides[side])
        return found


def _of_one_beginning(priors: Mapping[int, Face], currents: Mapping[int, Face]) -> Iterator[Link]:
    """The rows that begin alike and have the same units, in question though many others may be more alike."""
    there: dict[tuple[tuple[str, ...], frozenset[str]], list[int]] = defaultdict(list)
    for j, face in currents.items():
        there[face.clauses[:1], face.units].append(j)
    for i, face in priors.items():
        yield from ((i, j) for j in there.get((face.clauses[:1], face.units), ())[:_MOST])


def _texts(texts: Sequence[Pieces], pairs: int) -> Texts | ManyTexts:
    """What compares texts of ledgers that have so many pairs of rows without a partner."""
    if pairs < _AT_ONCE:
        return Texts(texts)
    from tongbao.matching import arrays

    return arrays.Texts(texts)
