"""What 对应关系.xlsx and the answers given on the screen say together, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from tongbao.matching.answers import Answer, Finder, Mark, Verdict
from tongbao.matching.decisions_aside import Decision
from tongbao.model import Ledger

_TAKING = (Verdict.SAME, Verdict.SPLIT)
_NAMING = (*_TAKING, Verdict.MERGED)


class Names:
    """Which row an answer means, however it names it: found in two ledgers where it is about these, else its words."""

    def __init__(self, *ledgers: Ledger) -> None:
        """`ledgers`: the prior and the current one, or none."""
        self._periods = tuple(ledger.period.label for ledger in ledgers)
        self._finders = [Finder((*ledger.rows, *ledger.closed)) for ledger in ledgers]

    def prior(self, answer: Answer) -> Hashable:
        """The prior row."""
        return self._row(answer, answer.prior, 0)

    def current(self, answer: Answer) -> Hashable:
        """The current row."""
        return self._row(answer, answer.current, 1)

    def whole(self, answer: Answer) -> Hashable:
        """What the answer says: the same for answers that say the same in other words."""
        return answer.periods, self.prior(answer), answer.verdict, self.current(answer)

    def _row(self, answer: Answer, mark: Mark, side: int) -> Hashable:
        index = self._finders[side].find(mark) if answer.periods == self._periods else None
        return mark if index is None else index


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A decision of the screen, and the answers of the workbook about the same row, of either ledger, against it."""

    decision: Decision
    filed: tuple[Answer, ...]


def united(
    filed: Sequence[Answer], aside: Sequence[Decision], names: Names | None = None
) -> tuple[list[Answer], list[Contradiction]]:
    """The answers of both places, each once. Where they contradict each other the workbook holds, and it is told.

    What was preferred to the workbook at the screen holds instead.
    """
    names = names or Names()
    overruled = {answer for decision in aside for answer in decision.instead}
    standing = [answer for answer in filed if answer not in overruled]
    found = [Contradiction(decision, against) for decision in aside if (against := _against(decision, standing, names))]
    doubtful = [c.decision for c in found]
    answers: dict[Hashable, Answer] = {}
    for answer in (*standing, *(one for decision in aside if decision not in doubtful for one in decision.answers)):
        answers.setdefault(names.whole(answer), answer)
    return list(answers.values()), found


def _against(decision: Decision, filed: Iterable[Answer], names: Names) -> tuple[Answer, ...]:
    """The answers that cannot hold together with the decision."""
    near = [answer for answer in filed if answer.periods == decision.periods]
    parts = {names.current(answer) for answer in decision.answers if answer.verdict is Verdict.SPLIT}
    return tuple(one for one in near if any(_clash(one, other, names, parts) for other in decision.answers))


def _clash(filed: Answer, given: Answer, names: Names, parts: set[Hashable]) -> bool:
    """Can an answer of the workbook not hold beside one of the screen? `parts`: the parts that the screen names."""
    same_row = names.current(filed) == names.current(given)
    if names.prior(filed) != names.prior(given):
        return filed.verdict in _TAKING and given.verdict in _TAKING and same_row
    verdicts = {filed.verdict, given.verdict}
    if Verdict.DIFFERENT in verdicts:
        other, denied = (filed, given) if given.verdict is Verdict.DIFFERENT else (given, filed)
        if denied.current == Mark():
            return other.verdict in _TAKING
        return other.verdict in _NAMING and same_row
    if verdicts == {Verdict.SPLIT}:
        return names.current(filed) not in parts
    return verdicts != {Verdict.WITHDRAWN} and (len(verdicts) > 1 or not same_row)
