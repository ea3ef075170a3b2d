"""What a person is asked about two periods, in which order, and which rows of now each question offers.

Questions of one cause stand together, the surest first; those that offer the same rows stand beside each other. The
answer to one takes its row from all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from tongbao.matching import likeness
from tongbao.matching.belief import best_pairing, blocks
from tongbao.matching.face import Face
from tongbao.matching.two_periods import Cause, Matching, Question
from tongbao.model import Place, Row

# So many rows are offered: what fits a window of 25 lines (set by feel).
OFFERED = 5
LOST = "本期台账里没有找到相近的一项"


def questions(matching: Matching) -> tuple[Question, ...]:
    """The questions of the matcher in the order in which they are asked, then the rows that nothing is like."""
    asked = {question.row.place for question in matching.questions}
    lost = (row for row in matching.gone if row.is_open and row.place not in asked)
    return (*in_order(matching.questions), *(Question(row, (), LOST, Cause.LOST) for row in lost))


def in_order(asked: Iterable[Question]) -> list[Question]:
    """Questions by cause, the cause with the surest one first; those that offer the same rows beside each other."""
    groups = [sorted(group, key=lambda q: -_sureness(q)) for group in _overlapping(list(asked))]
    surest: dict[Cause, float] = {}
    for group in groups:
        surest[group[0].cause] = max(surest.get(group[0].cause, 0.0), _sureness(group[0]))
    causes = sorted(surest, key=lambda cause: -surest[cause])
    groups.sort(key=lambda group: (causes.index(group[0].cause), -_sureness(group[0])))
    return list(chain.from_iterable(groups))


def _sureness(question: Question) -> float:
    """How sure the first candidate is: its likeness, less where the second is as like."""
    best, *others = [score for _, score in question.candidates] or [0.0]
    return best - max(others, default=0.0) / 2


def _overlapping(asked: Sequence[Question]) -> list[list[Question]]:
    """Questions in groups that have no candidate in common."""
    numbers = {row.place: number for number, row in enumerate(row for q in asked for row, _ in q.candidates)}
    links = {(n, numbers[row.place]): 1.0 for n, question in enumerate(asked) for row, _ in question.candidates}
    together = [sorted({n for n, _ in block}) for block in blocks(links)]
    alone = sorted(set(range(len(asked))) - set(chain.from_iterable(together)))
    return [[asked[n] for n in group] for group in (*together, *([n] for n in alone))]


class Offers:
    """Which rows each question offers: free ones only, first the one that the best assignment of all leaves to it."""

    def __init__(self, asked: Sequence[Question], new: Sequence[Row]) -> None:
        """`new`: the current rows without a partner."""
        self._asked, self._new = asked, [Face(row) for row in new]
        self._best: dict[tuple[frozenset[int], frozenset[Place]], Mapping[int, Place]] = {}

    def of(self, number: int, waiting: Collection[int], taken: Collection[Place]) -> list[tuple[Row, float]]:
        """The rows for one question, with their likeness; `waiting`: the questions that have no answer yet."""
        question = self._asked[number]
        free = [(row, score) for row, score in question.candidates if row.place not in taken]
        # Where all questions are told of at once, one assignment is that of each.
        asked = frozenset({number, *waiting}), frozenset(taken)
        if asked not in self._best:
            self._best = {asked: self._assigned(*asked)}
        best = self._best[asked]
        free.sort(key=lambda one: one[0].place != best.get(number))  # a stable sort: the others stay as they are
        # What is left to another question is offered to nobody else but by the matcher: it would only be read in vain.
        known = {row.place for row, _ in free} | set(taken) | set(best.values())
        return [*free, *self._like(question.row, known)][:OFFERED]

    def _assigned(self, waiting: Iterable[int], taken: Collection[Place]) -> Mapping[int, Place]:
        """The row for each question in the best assignment; the order of candidates counts before their likeness."""
        odds: dict[tuple[int, int], float] = {}
        places: dict[Place, int] = {}
        for n in waiting:
            for rank, (row, score) in enumerate(self._asked[n].candidates):
                if row.place not in taken:
                    odds[n, places.setdefault(row.place, len(places))] = 1 / (rank + 1) + score
        rows = list(places)
        return {n: rows[j] for n, j in best_pairing(odds).items()}

    def _like(self, row: Row, known: Collection[Place]) -> list[tuple[Row, float]]:
        """Further free rows whose words are like those of a row, best first."""
        face = Face(row)
        scored = [(b.row, likeness.of_texts(face, b)) for b in self._new if b.row.place not in known]
        return sorted((one for one in scored if one[1] >= likeness.ASKABLE), key=lambda one: -one[1])[:OFFERED]
