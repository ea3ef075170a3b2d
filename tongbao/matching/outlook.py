"""How far the pairs of two ledgers are believed, each row having one partner at most, before anything is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from tongbao.matching.belief import Link, beliefs, best_pairing
from tongbao.matching.board import Board, Side
from tongbao.matching.doubts import Doubts
from tongbao.matching.evidence import Evidence, Odds
from tongbao.matching.weights import LIKELY
from tongbao.matching.wording import Wording


class Outlook:
    """How far each pair is believed, all weighed against each other. `of`, `to`: the rows in question for one.

    `best` is the pairing that is likeliest in all; `has`, `is_had`: how far a row is believed to have any partner.
    """

    def __init__(self, board: Board, evidence: Mapping[Link, Evidence], wording: Wording) -> None:
        self.board, self.evidence, self.wording = board, evidence, wording
        self.odds = Odds(evidence)
        self.headings = [_headings(side) for side in (board.prior, board.current)]
        hopeful = self.odds.hopeful()
        self.belief = {**dict.fromkeys(evidence, 0.0), **beliefs(hopeful)}
        self.best = best_pairing(hopeful)
        self.of: dict[int, list[int]] = defaultdict(list)
        self.to: dict[int, list[int]] = defaultdict(list)
        self.has: dict[int, float] = defaultdict(float)
        self.is_had: dict[int, float] = defaultdict(float)
        for (i, j), belief in self.belief.items():
            self.of[i].append(j)
            self.to[j].append(i)
            self.has[i] += belief
            self.is_had[j] += belief

    @cached_property
    def doubts(self) -> Doubts:
        """What leaves a doubt, by what is likely here."""
        words, board = self.wording, self.board
        likely = [(words.priors[i], words.currents[j]) for i, j in self.best.items() if self.belief[i, j] > LIKELY]
        faces = list(words.priors.values()), list(words.currents.values())
        return Doubts(likely, faces, (board.prior.rows, board.current.rows))


def _headings(side: Side) -> set[tuple[str, ...]]:
    return {side.face(n).section for n in {row.section: n for n, row in enumerate(side.rows)}.values()}
