"""What the progress texts of two rows say: carried on from last period, or about the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from math import log

from tongbao.matching.belief import Link
from tongbao.matching.likeness import Face, bare, nearly
from tongbao.matching.rarity import Rarity
from tongbao.matching.wording import Wording
from tongbao.model import LAST_PROGRESS

Pairs = Sequence[tuple[Face, Face]]
# So many pairs tell whether the progress texts of one item are alike at all this month.
_TAUGHT_BY = 60
# Progress texts that are no more alike for one item than for two say nothing.
_SILENT = 0.03


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

    def compare(self, links: Iterable[Link]) -> None:
        """Compares the progress texts of these pairs and of their rivals, all at once."""
        if self._tells <= _SILENT:
            return
        rivals = self.wording.rivals
        found = [link for link in dict.fromkeys((*links, *rivals.links())) if self._is_told(*link)]
        numbered = self.wording.numbered(found, len(self.wording.priors))
        self._scores = dict(zip(found, self.wording.doings.alike(self._rarity, numbered), strict=True))

    def _is_told(self, i: int, j: int) -> bool:
        return bool(self.wording.priors[i].progress and self.wording.currents[j].progress)

    def signs(self, links: Sequence[Link]) -> Iterator[tuple[str, Sequence[float]]]:
        """The signs in the progress texts of these pairs, sign by sign."""
        told = [self._is_told(*link) for link in links]
        both = list(zip(links, told, strict=True))
        yield "kept_progress", [self._kept_odds(*link) if one else 0.0 for link, one in both]
        yield "subject", [self._subject(*link) if one else 0.0 for link, one in both]
        if self._tells > _SILENT:
            tells = self._tells
            own = [self._scores.get(link, 0.0) for link in links]
            leads = [
                self._lead(*link, one) if one_told else 0.0 for (link, one_told), one in zip(both, own, strict=True)
            ]
            yield "progress_lead", [tells * lead for lead in leads]
            yield "progress", [tells * one for one in own]

    def _kept_odds(self, i: int, j: int) -> float:
        a, b = self.wording.priors[i], self.wording.currents[j]
        common = min(0.9, max((self._held[b.progress] - 0.7) / self._all, self._by_chance, 0.3 / self._all))
        kept = min(0.97, max(0.03, self._kept))
        return log(kept / common) if _is_kept(a, b) else log((1 - kept) / (1 - common))

    def _lead(self, i: int, j: int, own: float) -> float:
        """How much more alike the progress texts of two rows are than those of either and of the next that is like."""
        score = self._scores.get
        others = [score((i, k), 0.0) for _, k in self.wording.rivals.of[i] if k != j]
        others += [score((k, j), 0.0) for _, k in self.wording.rivals.to[j] if k != i]
        return own - max(others, default=0.0)

    @cached_property
    def _holders(self) -> Sequence[Mapping[str, int]]:
        """How many progress texts of rows without a partner have each pair of characters: last period's, and now."""
        before = len(self.wording.priors)
        sides = range(before), range(before, before + len(self.wording.currents))
        return [self.wording.doings.holders(side) for side in sides]

    def _subject(self, i: int, j: int) -> float:
        """How much of both progress texts no other row has: what each of several rows of one task is about."""
        a, b = self.wording.priors[i], self.wording.currents[j]
        if a.core != b.core or not self.wording.rivals.are_several(a):
            return 0.0
        then, today = self._holders
        own = frozenset(g for g in a.doings & b.doings if then.get(g) == 1 == today.get(g))
        return self._rarity.sum(own) / min(self._rarity.sum(a.doings), self._rarity.sum(b.doings)) if own else 0.0

    def _alike(self, a: Face, b: Face) -> float:
        return self._rarity.alike(a.doings, b.doings)


def _is_kept(a: Face, b: Face) -> bool:
    """Was the progress carried on: left as it was, gone on with, or copied into the column 上期进展?"""
    before = a.progress
    if not before:
        return False
    return (
        before == b.progress
        or before in b.progress
        or before == bare(b.row.get(LAST_PROGRESS))
        or nearly(before, b.progress)
    )
