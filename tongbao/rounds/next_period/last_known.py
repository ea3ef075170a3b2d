"""What was last known of the rows that nobody filled in: their status, and when it was reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tongbao.ledger.asked import Job
from tongbao.matching.earlier import followed
from tongbao.matching.kept_answers import stored_answers
from tongbao.matching.kept_decisions import decided, stored_decisions
from tongbao.matching.match import match
from tongbao.matching.silence import priors_of, silent_rows
from tongbao.matching.two_periods import Matching
from tongbao.model import Filling, Ledger, Place, Problem, Row, State

_ASK = "请按本期情况重新判断。"


@dataclass(frozen=True, slots=True)
class LastKnown:
    """What is said of the status of each row that nobody filled in, by its place (as the clerk reads it).

    `waiting`: some of these rows wait for a decision; `problems`: what is wrong with the decisions on file.
    """

    said: Mapping[Place, str] = field(default_factory=dict)
    waiting: bool = False
    problems: tuple[Problem, ...] = ()


def last_known(ledgers: Sequence[Ledger], job: Job) -> LastKnown:
    """What was last known of the silent rows of the newest of the ledgers on file, oldest first."""
    answers, _ = stored_answers(job.report.input)
    lines, problems = stored_decisions(job.report.input)
    links = [match(before, now, answers)[0] for before, now in pairwise(ledgers)]
    counted, linked = followed(ledgers, links, lines, job.kind)
    newest = counted[-1]
    decide = decided(lines, newest.period, newest.rows)
    silent = silent_rows(newest)
    unreported = [row for row in newest.rows if row.is_open and row.state is State.UNREPORTED]
    reported = _Reported(counted, linked)
    said = {row.place: _said(row, reported.last(row)) for row in (*silent, *unreported)}
    return LastKnown(said, any(decide(row) is None for row in silent), tuple(problems))


class _Reported:
    """The status that was last reported of a row, found by going back through the ledgers."""

    def __init__(self, ledgers: Sequence[Ledger], links: Sequence[Matching]) -> None:
        self._before = [*zip(reversed(ledgers[:-1]), map(priors_of, reversed(links)), strict=True)]

    def last(self, row: Row) -> tuple[str, str]:
        """The label and its period; both empty where nothing is known."""
        return next(((past.label, ledger.period.label) for ledger, past in self._back(row) if _told(past)), ("", ""))

    def _back(self, row: Row) -> Iterator[tuple[Ledger, Row]]:
        found: Row | None = row
        for ledger, priors in self._before:
            found = priors.get(found.place) if found else None
            if found:
                yield ledger, found


def _told(row: Row) -> bool:
    reported = row.filling in (Filling.REPORTED, Filling.COPIED)
    return reported and bool(row.label) and row.state not in (State.UNREPORTED, State.UNKNOWN)


def _said(row: Row, last: tuple[str, str]) -> str:
    label, period = last
    lacks = "填了进展，没有填状态" if row.filling in (Filling.STATUSLESS, Filling.STATUS_AS_BEFORE) else "没有填报"
    if row.filling in (Filling.AS_BEFORE, Filling.STATUS_AS_BEFORE):
        return f"上期状态：{row.label}（上期{lacks}，照{period or '以前'}计）。{_ASK}"
    return f"上期{lacks}；最后一次报的状态：{label}（{period}）。{_ASK}" if label else f"上期{lacks}。{_ASK}"
