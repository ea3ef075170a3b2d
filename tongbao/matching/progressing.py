"""What the progress texts of two rows say: carried on from last period, or about the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from math import log

from tongbao.matching.belief import Link
from tongbao.matching.face import Face, bare
from tongbao.matching.likeness import nearly
from tongbao.matching.rarity import Rarity
from tongbao.matching.wording import Wording
from tongbao.model import LAST_PROGRESS

Pairs = Sequence[tuple[Face, Face]]
# So many pairs tell whether the progress texts of one item are alike at all this month.
_TAUGHT_BY = 60
# Progress texts that are no more alike for one item than for two say nothing.
_SILENT = 0.03
# Of the rows in question for one, how alike the likest is, which that is, and how alike the next is.
Foremost = tuple[float, int, float]
_NOBODY: Foremost = 0.0, -1, 0.0


class Progress:
    """The progress texts; how far they tell one row from another this month is learned from pairs beyond doubt."""

    def __init__(self, pairs: Pairs, wording: Wording) -> None:
        self.wording = wording
        pairs = pairs[:: max(1, len(pairs) // _TAUGHT_BY)]
        shifted = [(a, b) for (a, _), (_, b) in pairwise(pairs)]
        rows = [*wording.currents.values(), *(b for _, b in pairs)]
        self._held = Counter(row.progress for row in rows)
        self._all = len(rows) or 1
        self._kept = (sum(_is_kept(a, b) for a, b in pairs) + 0.4 * 3) / (len(pairs) + 3)
        self._by_chance = sum(_is_kept(a, b) for a, b in shifted) / (len(shifted) or 1)
        free = len(wording.priors) + len(wording.currents)
        held = Counter(wording.doings.holders(range(free))) + Counter(chain.from_iterable(b.doings for _, b in pairs))
        self._rarity = Rarity(held, free + len(pairs))
        same, other = (sum(self._alike(a, b) for a, b in some) / (len(some) or 1) for some in (pairs, shifted))
        # Without pairs to learn from, a tenth: enough to tell twins apart, too little to make them.
        self._tells = max(0.0, same - other) if len(pairs) >= 4 else 0.1
        self._scores: dict[Link, float] = {}
        self._foremost: tuple[dict[int, Foremost], dict[int, Foremost]] = {}, {}
        self._odds: dict[str, tuple[float, float]] = {}

    def compare(self, links: Iterable[Link]) -> None:
        """Compares the progress texts of these pairs and of their rivals, all at once."""
        if self._tells <= _SILENT:
            return
        told = {i for i, face in self.wording.priors.items() if face.progress}
        said = {j for j, face in self.wording.currents.items() if face.progress}
        rivals = list(self.wording.rivals.links())
        found = [(i, j) for i, j in dict.fromkeys((*links, *rivals)) if i in told and j in said]
        numbered = self.wording.numbered(found, len(self.wording.priors))
        scores = dict(zip(found, self.wording.doings.alike(self._rarity, numbered), strict=True))
        self._scores = scores
        known = [(i, j, scores.get((i, j), 0.0)) for i, j in rivals]
        self._foremost = _foremost(known), _foremost((j, i, score) for i, j, score in known)

    def signs(self, links: Sequence[Link]) -> Iterator[tuple[str, Sequence[float]]]:
        """The signs in the progress texts of these pairs, sign by sign."""
        words = self.wording
        rows = [(words.priors[i], words.currents[j]) for i, j in links]
        told = [a.progress != "" != b.progress for a, b in rows]
        both = list(zip(rows, told, strict=True))
        yield "kept_progress", [self._kept_odds(a, b) if one else 0.0 for (a, b), one in both]
        yield "subject", [self._subject(a, b) if one and a.core == b.core else 0.0 for (a, b), one in both]
        if self._tells > _SILENT:
            tells, scores = self._tells, self._scores
            own = [scores.get(link, 0.0) for link in links]
            compared = zip(links, own, told, strict=True)
            yield "progress_lead", [tells * (one - self._ahead(*link)) if told else 0.0 for link, one, told in compared]
            yield "progress", [tells * one for one in own]

    def _kept_odds(self, a: Face, b: Face) -> float:
        found = self._odds.get(b.progress)
        if found is None:
            common = min(0.9, max((self._held[b.progress] - 0.7) / self._all, self._by_chance, 0.3 / self._all))
            kept = min(0.97, max(0.03, self._kept))
            found = self._odds[b.progress] = log(kept / common), log((1 - kept) / (1 - common))
        return found[0 if _is_kept(a, b) else 1]

    def _ahead(self, i: int, j: int) -> float:
        """How alike the progress texts of one of two rows and of the next that is like it are."""
        of, to = self._foremost
        best, who, other = of.get(i, _NOBODY)
        best_to, who_to, other_to = to.get(j, _NOBODY)
        return max(other if who == j else best, other_to if who_to == i else best_to)

    @cached_property
    def _holders(self) -> Sequence[Mapping[str, int]]:
        """How many progress texts of rows without a partner have each pair of characters: last period's, and now."""
        before = len(self.wording.priors)
        sides = range(before), range(before, before + len(self.wording.currents))
        return [self.wording.doings.holders(side) for side in sides]

    def _subject(self, a: Face, b: Face) -> float:
        """How much of both progress texts no other row has: what each of several rows of one task is about."""
        if not self.wording.rivals.are_several(a):
            return 0.0
        then, today = self._holders
        own = frozenset(g for g in a.doings & b.doings if then.get(g) == 1 == today.get(g))
        return self._rarity.sum(own) / min(self._rarity.sum(a.doings), self._rarity.sum(b.doings)) if own else 0.0

    def _alike(self, a: Face, b: Face) -> float:
        return self._rarity.alike(a.doings, b.doings)


def _foremost(scored: Iterable[tuple[int, int, float]]) -> dict[int, Foremost]:
    """By row, from pairs with how alike they are."""
    found: dict[int, Foremost] = {}
    for n, other, score in scored:
        best, who, second = found.get(n, _NOBODY)
        if score > best:
            found[n] = score, other, best
        elif score > second:
            found[n] = best, who, score
    return found


def _is_kept(a: Face, b: Face) -> bool:
    """Was the progress carried on: left as it was, gone on with, or copied into the column 上期进展?"""
    before, now = a.progress, b.progress
    if not before:
        return False
    if before in now:
        return True
    copied = LAST_PROGRESS in b.row.cells and before == bare(b.row.get(LAST_PROGRESS))
    return copied or nearly(before, now)
