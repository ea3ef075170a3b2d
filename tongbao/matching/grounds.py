"""What an assumed pair rests on beyond what its two rows say: rows as like it, their order, an item taken up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tongbao.matching.belief import Link
from tongbao.matching.deciding import Judge
from tongbao.matching.weights import CLEAR, SURE

# Two pairs are level where what they say differs by so little, as odds: only where the rows stand tells them apart.
_LEVEL = 0.2
_PLACES = {"number": "序号", "order": "行序", "rank": "行序"}


class Grounds:
    """The grounds of pairs, in words that their two rows alone do not give; empty where these say it all."""

    def __init__(self, judge: Judge, pairs: Iterable[Link]) -> None:
        """`pairs`: all that count."""
        self._judge, self._words = judge, judge.wording
        self._moved = {(self._words.priors[i].units, self._words.currents[j].units) for i, j in pairs}
        self._cores = [
            Counter(face.core for face in side.values()) for side in (self._words.priors, self._words.currents)
        ]

    def of(self, i: int, j: int) -> str:
        """The grounds of one pair."""
        return "；".join(self._of(i, j))

    def _of(self, i: int, j: int) -> Iterator[str]:
        a, b, belief = self._words.priors[i], self._words.currents[j], self._judge.belief[i, j]
        if not a.row.is_open and b.row.is_open:
            yield "上期已办结，本期又在办"
        if a.units != b.units and (b.units, a.units) in self._moved:
            yield "与另一项对换了责任单位"
        rival, own = self._rival(i, j), self._judge.evidence[i, j].odds_without_place
        if rival > 0 and own - rival < CLEAR:
            yield f"仅凭{self._places(i, j)}认定" if own - rival < _LEVEL else "另有相近的行"
        elif self._cores[0][a.core] > 1 or self._cores[1][b.core] > 1:
            yield "另有文字一样的行"
        elif belief < SURE:
            yield f"把握{belief:.0%}"

    def _rival(self, i: int, j: int) -> float:
        """The odds of the best other pair of either row, but for where they stand; 0 where there is none."""
        of, to = self._judge.of, self._judge.to
        others = [*((i, k) for k in of[i] if k != j), *((k, j) for k in to[j] if k != i)]
        return max((self._judge.evidence[other].odds_as_rival for other in others), default=0.0)

    def _places(self, i: int, j: int) -> str:
        """The signs of place that speak for a pair."""
        odds = self._judge.evidence[i, j].odds_of
        return "、".join(dict.fromkeys(word for name, word in _PLACES.items() if odds(name) > 0)) or "先后次序"
