"""From belief to decision: which pairs are sure, which are assumed and told of, about which rows a person is asked."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tongbao.matching.belief import Link
from tongbao.matching.exchanging import balanced
from tongbao.matching.face import Face
from tongbao.matching.outlook import Outlook
from tongbao.matching.over import has_twin, in_both, is_another_thing
from tongbao.matching.weights import ASSUMED, BEGINS_OTHERWISE, CLEAR, ONLY_ONE, REOPENED, REOPENED_ALIKE, SURE
from tongbao.words.text import numbers

# So many candidates stand in a question: what fits a console (set by feel).
OPTIONS = 5
# A pair has no rival where its rows are believed to have other partners no further than this.
_NO_RIVAL = 0.1
# A pair believed less than this is no candidate, unless its row has no better one with these odds at least.
_POSSIBLE, _POSSIBLE_ODDS = 0.02, -4.0
# A row whose words are so like is a candidate whatever speaks against it: the clerk would look there.
_ALIKE = 0.35
# Rows that are believed to have a partner so far can only change places with each other.
_HAS_PARTNER = 0.9


class Level(IntEnum):
    """What a pair is used as."""

    ASKED = 0
    ASSUMED = 1
    SURE = 2


@dataclass
class Verdicts:
    """What follows from the evidence: pairs with their level, and the prior rows to ask about with their candidates."""

    pairs: dict[Link, Level] = field(default_factory=dict)
    asked: dict[int, list[int]] = field(default_factory=dict)


class Judge(Outlook):
    """Decides by how far the pairs are believed, each row having one partner at most."""

    def verdicts(self) -> Verdicts:
        """The pairs and the questions."""
        found = Verdicts()
        levels = {link: self._level(*link) for link in self.best.items()}
        counted = dict(link for link, level in levels.items() if level > Level.ASKED)
        unclear = balanced(self, counted)
        found.pairs = {(i, j): levels[i, j] for i, j in counted.items() if i not in unclear}
        taken = {j for _, j in found.pairs}
        kept = {i for i, _ in found.pairs}
        for i, j in in_both(self, kept, taken):
            found.pairs[i, j] = Level.ASSUMED
            kept.add(i)
            taken.add(j)
        for i, face in self.wording.priors.items():
            if i not in kept and (face.row.is_open or i in unclear or has_twin(self, i, taken)):
                options = self._candidates(i, taken)
                if options:
                    found.asked[i] = options
        return found

    def _level(self, i: int, j: int) -> Level:
        a, b = self.wording.priors[i], self.wording.currents[j]
        belief = self.belief[i, j]
        others = max(self.has[i], self.is_had[j]) - belief
        if not a.row.is_open and not _one_id(a, b) and is_another_thing(self, i, j):
            return Level.ASKED
        if not a.row.is_open and b.row.is_open and a.core != b.core and not _one_id(a, b):
            # Taken up again and put otherwise: told of twice, as assumed and as reopened, where nothing else is likely.
            found = self.evidence[i, j]
            enough = REOPENED_ALIKE if found.is_alike and others < _NO_RIVAL else REOPENED
            certain = belief >= enough and not found.is_another and not found.begins_otherwise
            return Level.ASSUMED if certain else Level.ASKED
        if _is_taken_up_anew(a, b, self.headings) or (self.evidence[i, j].is_strange and not _one_id(a, b)):
            return Level.ASKED
        if belief < self._enough(i, j, others):
            return Level.ASSUMED if self._is_one_of_equals(i, j) or self._is_harmless(i, j) else Level.ASKED
        if self.evidence[i, j].is_another and not _one_id(a, b):
            return Level.ASKED
        kept = _one_id(a, b) and not self.evidence[i, j].is_another
        return Level.SURE if belief >= SURE and (kept or self._is_clear(i, j)) else Level.ASSUMED

    def _enough(self, i: int, j: int, others: float) -> float:
        """How far a pair has to be believed to count; `others`: how far its rows are believed to have others."""
        only = ONLY_ONE if others < _NO_RIVAL else ASSUMED
        if self.evidence[i, j].begins_otherwise:
            habit = self.doubts.is_habit(self.wording.priors[i], self.wording.currents[j])
            return ASSUMED if habit else BEGINS_OTHERWISE
        return only

    def _is_clear(self, i: int, j: int) -> bool:
        """Is a pair ahead of all others, with words that leave no doubt?"""
        clear = self._lead_without_place(i, j) >= CLEAR and not self.evidence[i, j].is_changed
        return clear and not self.doubts.is_left(self.wording.priors[i], self.wording.currents[j])

    def _lead_without_place(self, i: int, j: int) -> float:
        """How far a pair is ahead of each other pair of its rows, and of none, but for where the rows stand."""
        rivals = [self.evidence[i, k].odds_as_rival for k in self.of[i] if k != j]
        rivals += [self.evidence[k, j].odds_as_rival for k in self.to[j] if k != i]
        return self.evidence[i, j].odds_without_place - max(rivals, default=0.0)

    def _is_one_of_equals(self, i: int, j: int) -> bool:
        """Has one of the two rows a partner that is the other or, in beginning, units and state, its equal?"""
        priors, currents = self.wording.priors, self.wording.currents
        owner, partner = _counted(priors[i]), _counted(currents[j])
        before = sum(self.belief[k, j] for k in self.to[j] if _counted(priors[k]) == owner)
        now = sum(self.belief[i, k] for k in self.of[i] if _counted(currents[k]) == partner)
        has = self.has[i] if priors[i].row.is_open else 1.0  # which of them left is no loss where all are over
        return max(min(before, has), min(now, self.is_had[j])) >= _HAS_PARTNER

    def _is_harmless(self, i: int, j: int) -> bool:
        """Do all rows in play have a partner, and are all of one side in one state, so that no figure can change?"""
        priors, currents = self._in_play(i)
        if any(self.has[k] < _HAS_PARTNER for k in priors) or any(self.is_had[k] < _HAS_PARTNER for k in currents):
            return False
        before = {_state(self.wording.priors[k]) for k in priors}
        now = {_state(self.wording.currents[k]) for k in currents}
        return len(before) == 1 or len(now) == 1

    def _in_play(self, i: int) -> tuple[set[int], set[int]]:
        """The rows that may change partners with a prior row, over however many steps."""
        priors, currents, waiting = {i}, set[int](), [i]
        while waiting:
            k = waiting.pop()
            for j in self.of[k]:
                if self.belief[k, j] > _POSSIBLE and j not in currents:
                    currents.add(j)
                    more = {p for p in self.to[j] if self.belief[p, j] > _POSSIBLE} - priors
                    priors |= more
                    waiting += more
        return priors, currents

    def _candidates(self, i: int, taken: set[int]) -> list[int]:
        """The current rows without a partner that may be this one, likeliest first, the upper of two alike."""
        free = sorted((j for j in self.of[i] if j not in taken), key=lambda j: (-self.odds[i, j], j))
        return [j for j in free if self._is_possible(i, j)][:OPTIONS]

    def _is_possible(self, i: int, j: int) -> bool:
        likely = self.belief[i, j] >= _POSSIBLE or self.odds[i, j] >= _POSSIBLE_ODDS
        return likely or self.wording.alike.get(i, {}).get(j, 0.0) >= _ALIKE


def _state(face: Face) -> Hashable:
    return face.row.done, face.row.withdrawn, face.row.state


def _counted(face: Face) -> Hashable:
    """What rows have in common that count alike and begin alike."""
    return face.clauses[:1], face.units, _state(face)


def _one_id(a: Face, b: Face) -> bool:
    return bool(a.row.id) and a.row.id == b.row.id


def _is_taken_up_anew(a: Face, b: Face, headings: Sequence[Collection[tuple[str, ...]]]) -> bool:
    """Do the words stand under a heading that is new and has another number, the old one still being there?

    So it is where another meeting decides the same once more. A row that moved to a heading of last period's did just
    that.
    """
    if a.section == b.section or not a.section or not b.section or _one_id(a, b):
        return False
    if numbers(b.row.section[-1]) == numbers(a.row.section[-1]):
        return False
    return b.section not in headings[0] and a.section in headings[1]
