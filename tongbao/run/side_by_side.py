"""The two periods side by side, with what is left to a person: asked once, and the answer kept beside the ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tongbao.ledger.asked import Job
from tongbao.ledger.kept import Kept
from tongbao.matching import answers as answering
from tongbao.matching import match
from tongbao.matching.changes import compare
from tongbao.matching.earlier import followed
from tongbao.matching.kept_answers import keep_answers, stored_answers
from tongbao.matching.kept_decisions import Line, decided, keep_decisions, stored_decisions
from tongbao.matching.kept_links import links
from tongbao.matching.silence import Decide, Decision, priors_of, settled, silent_rows
from tongbao.matching.two_periods import Changes, Fate, Matching, Question
from tongbao.model import Ledger, Problem, Row
from tongbao.run.issued import told_otherwise

Ask = Callable[[str, Sequence[str]], int | None]


def side_by_side(
    ledgers: Sequence[Ledger], job: Job, kept: Kept, ask: Ask, unfilled: Decision | None
) -> tuple[Changes, list[Problem], Decide]:
    """The two periods side by side, and what was decided about rows that nobody filled in.

    What is left to a person is asked once, and the answer kept.
    """
    *before, current = ledgers
    stored, problems = stored_answers(job.report.input)
    lines, line_problems = stored_decisions(job.report.input)
    problems += line_problems
    if not before:
        current, _, decide = _settled(current, None, lines, job, ask, unfilled)
        return compare(current, None, None, ())[0], problems, decide
    prior = before[-1]
    matching, match_problems = match.match(prior, current, stored)
    answered = [a for question in matching.questions if (a := _asked(question, prior, current, ask))]
    if answered:
        stored += answered
        matching, match_problems = match.match(prior, current, stored)
    earlier, linked = followed(before, links(before, stored, kept), lines, job.kind)
    problems += told_otherwise(job, earlier, linked)
    current, last, decide = _settled(current, matching.with_rows(earlier[-1].rows), lines, job, ask, unfilled)
    changes, change_problems = compare(current, earlier[-1], last, earlier, linked)
    lost = [o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED]
    if answered or matching.questions or lost:
        keep_answers(job.report.input, answering.to_rows(matching.questions, lost, prior, current, stored))
    return changes, problems + match_problems + change_problems, decide


def _settled(
    ledger: Ledger, link: Matching | None, lines: Sequence[Line], job: Job, ask: Ask, unfilled: Decision | None
) -> tuple[Ledger, Matching | None, Decide]:
    """The ledger and its matching as they count, with what the clerk decided about rows that nobody filled in."""
    stored = decided(lines, ledger.period, ledger.rows)
    found, matching = settled(ledger, link, job.kind, stored)
    waiting = [row for row in silent_rows(found) if stored(row) is None]
    taken = (unfilled or _decision(waiting, job, ask)) if waiting else None

    def decide(row: Row) -> Decision | None:
        return stored(row) or taken

    if taken:
        found, matching = settled(ledger, link, job.kind, decide)
    priors = priors_of(matching) if matching else {}
    keep_decisions(job.report.input, lines, ledger.period, silent_rows(found), priors, decide)
    return found, matching, decide


def _decision(rows: Sequence[Row], job: Job, ask: Ask) -> Decision | None:
    """What the clerk decides about all rows that nobody filled in; None: they are to be filled in first."""
    units = "、".join(dict.fromkeys(unit for row in rows for unit in job.kind.units.of(row)))
    choices = ["先不出通报，去补填", "照上期统计（核对表里注明）", "列为未报送，在通报里点名"]
    chosen = ask(f"本期有{len(rows)}项没有填报或没有填状态（{units or '没有写明单位'}）。怎么办？", choices)
    return (None, Decision.AS_BEFORE, Decision.NOT_REPORTED)[chosen or 0]


def _asked(question: Question, prior: Ledger, current: Ledger, ask: Ask) -> answering.Answer | None:
    """The answer to one question, or None where nobody answers."""
    row, partners = question.row, [candidate for candidate, _ in question.candidates]
    choices = [f"是本期{c.item}（{c.place.sheet}第{c.place.row}行）" for c in partners] + ["都不是"]
    chosen = ask(f"上期{row.item}（{row.text}）：{question.why}。它是本期的哪一项？", choices)
    if chosen is None or not partners:
        return None
    if chosen == len(partners):
        return answering.answer(prior, current, row, answering.Verdict.DIFFERENT)
    return answering.answer(prior, current, row, answering.Verdict.SAME, partners[chosen])
