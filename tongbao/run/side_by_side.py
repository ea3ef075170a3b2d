"""The two periods side by side, with what is left to a person: asked once, and the answer kept beside the ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tongbao.ledger.asked import Job
from tongbao.ledger.kept import Kept
from tongbao.matching import answers as answering
from tongbao.matching import asking, match
from tongbao.matching.changes import compare
from tongbao.matching.earlier import followed
from tongbao.matching.kept_answers import OnFile, on_file
from tongbao.matching.kept_decisions import Line, decided, keep_decisions, stored_decisions
from tongbao.matching.kept_links import links
from tongbao.matching.silence import Decide, Decision, priors_of, settled, silent_rows
from tongbao.matching.told import like_closed
from tongbao.matching.two_periods import Cause, Changes, Fate, Matching, Question
from tongbao.matching.two_places import Names, united
from tongbao.model import Ledger, Place, Problem, Row
from tongbao.run.agreeing import agreed
from tongbao.run.dialogue import Dialogue, Round, Talk, opening
from tongbao.run.issued import told_otherwise

Ask = Callable[[str, Sequence[str]], int | None]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The two periods side by side, and what was decided about rows that nobody filled in."""

    changes: Changes
    decide: Decide


def side_by_side(
    ledgers: Sequence[Ledger], job: Job, kept: Kept, ask: Ask, talk: Talk, unfilled: Decision | None
) -> tuple[SideBySide, list[Problem]]:
    """The last two of the ledgers side by side. What is left to a person is asked once, and the answer kept."""
    *before, current = ledgers
    filed = on_file(job.report.input)
    problems = list(filed.problems)
    lines, unread = stored_decisions(job.report.input)
    problems += unread
    clerk = _Clerk(job, ask, unfilled, lines, keeps=not unread)
    if not before:
        alone = clerk.settled(current, None)
        return SideBySide(compare(alone.ledger, None, None, ())[0], alone.decide), problems
    paired, unpaired = _paired(before[-1], current, filed, ask, talk)
    earlier, linked = followed(before, links(before, paired.answers, kept), lines, job.kind)
    problems += told_otherwise(job, earlier, linked)
    now = clerk.settled(current, paired.matching.with_rows(earlier[-1].rows))
    changes, found = compare(now.ledger, earlier[-1], now.link, earlier, linked)
    left = _filed(filed, paired, changes)
    return SideBySide(changes, now.decide), problems + unpaired + found + left


def _filed(filed: OnFile, paired: _Paired, changes: Changes) -> list[Problem]:
    """Keeps the answers, and what is still open, in the workbook; tells where it could not be written.

    Nothing is written where it could not be read whole: what the clerk has typed there would be lost.
    """
    assert changes.prior
    matching = paired.matching
    lost = [o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED]
    answers = answering.completed(paired.answers, changes.prior, changes.current)
    changed = filed.aside or answers != list(paired.answers)
    closed = [pair for pair in like_closed(changes) if pair.prior.place.file == changes.prior.file]
    if not filed.may_be_written or not (changed or matching.questions or lost or matching.assumed or closed):
        return []
    asked = asking.in_order(matching.questions)
    ledgers = changes.prior, changes.current
    rows = answering.to_rows(asked, lost, *ledgers, answers, matching.assumed, matching.priors, closed)
    return filed.write(rows, answering.options(matching.new))


# ---------------------------------------------------------------------------------------------- which row is which


@dataclass(frozen=True, slots=True)
class _Paired:
    """The matching of two ledgers, and the answers that it rests on."""

    matching: Matching
    answers: Sequence[answering.Answer]


def _paired(prior: Ledger, current: Ledger, filed: OnFile, ask: Ask, talk: Talk) -> tuple[_Paired, list[Problem]]:
    names = Names(prior, current)
    answers, contradictions = agreed(filed, names, ask)
    matching, problems = match.match(prior, current, answers)
    seen: set[tuple[Place, bool]] = set()
    while filed.is_read and (asked := [q for q in asking.questions(matching) if _once(q) not in seen]):
        dialogue = Dialogue(Round(asked, matching, (prior, current)), filed.add)
        if dialogue.hold(talk, opening(len(asked), again=bool(seen))):
            answers, _ = united(filed.filed, filed.aside, names)
            matching, problems = match.match(prior, current, answers)
        if dialogue.is_over:
            break
        seen |= {_once(question) for question in asked}
    return _Paired(matching, answers), [*contradictions, *problems]


def _once(question: Question) -> tuple[Place, bool]:
    """What is asked once in a run: a row, and again where it turned out to have gone."""
    return question.row.place, question.cause is Cause.LOST


# ---------------------------------------------------------------------------------------------- what nobody filled in


@dataclass(frozen=True, slots=True)
class _Settled:
    """A ledger and its matching with the one before as they count, and what was decided about silent rows."""

    ledger: Ledger
    link: Matching | None
    decide: Decide


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Who decides about rows that nobody filled in: by the lines on file, by the command line, or when asked.

    `keeps`: the decisions are kept; not where their file could not be read whole, for it would be lost.
    """

    job: Job
    ask: Ask
    unfilled: Decision | None
    lines: Sequence[Line]
    keeps: bool = True

    def settled(self, ledger: Ledger, link: Matching | None) -> _Settled:
        """The ledger as it counts; what was decided is kept beside the ledgers."""
        stored = decided(self.lines, ledger.period, ledger.rows)
        found = _Settled(*settled(ledger, link, self.job.kind, stored), stored)
        waiting = [row for row in silent_rows(found.ledger) if stored(row) is None]
        taken = (self.unfilled or self._asked(waiting)) if waiting else None

        def decide(row: Row) -> Decision | None:
            return stored(row) or taken

        if taken:
            found = _Settled(*settled(ledger, link, self.job.kind, decide), decide)
        if self.keeps:
            priors = priors_of(found.link) if found.link else {}
            rows = silent_rows(found.ledger)
            keep_decisions(self.job.report.input, self.lines, ledger.period, rows, priors, found.decide)
        return found

    def _asked(self, rows: Sequence[Row]) -> Decision | None:
        """The answer for all of these rows; None: they are to be filled in first."""
        units = "、".join(dict.fromkeys(unit for row in rows for unit in self.job.kind.units.of(row)))
        choices = ["先不出通报，去补填", "照上期统计（核对表里注明）", "列为未报送，在通报里点名"]
        question = f"本期有{len(rows)}项没有填报或没有填状态（{units or '没有写明单位'}）。怎么办？"
        return (None, Decision.AS_BEFORE, Decision.NOT_REPORTED)[self.ask(question, choices) or 0]
