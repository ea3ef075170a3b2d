"""A run from end to end: ledgers → matching → changes → checks → figures → circular → files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from tongbao.circular.context import Circular, speak
from tongbao.circular.figures import tabulate
from tongbao.circular.issued import issued, told_of_issued, with_attempt
from tongbao.circular.printed_total import printed_totals
from tongbao.circular.reconciliation import equations
from tongbao.circular.record import figures_json
from tongbao.ledger.asked import Job
from tongbao.ledger.intake import errors, read_all
from tongbao.ledger.on_file import ledgers_for
from tongbao.matching import answers as answering
from tongbao.matching import contradictions, match
from tongbao.matching.balance import identities
from tongbao.matching.changes import compare
from tongbao.matching.earlier import followed
from tongbao.matching.kept_answers import keep_answers, stored_answers
from tongbao.matching.kept_decisions import Line, decided, keep_decisions, stored_decisions
from tongbao.matching.register import based, counts_opening, left_behind, plan_year
from tongbao.matching.silence import Decide, Decision, heard, settled, silences, silent_rows
from tongbao.matching.two_periods import Changes, Fate, Matching, Question
from tongbao.model import Ledger, Problem, Row
from tongbao.outside.deliver import deliver
from tongbao.outside.files import content
from tongbao.run.issued import RECORD, record_in, told_otherwise
from tongbao.run.papers import Part, Run, papers
from tongbao.word.template import Properties, Rendered, render
from tongbao.words.units import Roster

Tell = Callable[[str], None]
Ask = Callable[[str, Sequence[str]], int | None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gives: problems, paths of written files, and lines for the screen.

    `circular` is its path; None where errors kept it from being written.
    """

    problems: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    circular: Path | None = None
    headline: tuple[str, ...] = ()


def run(job: Job, *, draft: bool, tell: Tell, ask: Ask, unfilled: Decision | None = None) -> Result:
    """Makes one report and writes its files, each whole or not at all. Mistakes in the ledgers are problems.

    `draft`: a circular in spite of errors, marked 草稿. `unfilled`: what becomes of rows that nobody filled in and
    about which nobody has decided; None asks. `tell` is given each stage, in Chinese. `ask` is given a
    question with choices and gives the index of one, or None where nobody answers. Raises Refusal for mistakes in the
    template.
    """
    tell("查找台账")
    found, problems = ledgers_for(job)
    if not found or errors(problems):
        return Result(tuple(problems))
    template = content(job.kind.template)
    tell("读取台账：" + "、".join(f.path.name for f in found[-2:]))
    ledgers, roster, said = read_all(found, job)
    problems += said
    if not ledgers:
        return _finish(Run(job, tuple(found), template, tuple(problems)))
    tell("与上期逐项衔接" if len(ledgers) > 1 else "没有上期台账，只统计本期")
    changes, change_problems, decide = _changes(ledgers, job, ask, unfilled)
    problems += change_problems + [p for one in contradictions.CHECKS for p in one(changes, job.kind)]
    problems = [*silences(changes, decide, job.kind), *heard(problems, changes.current)]
    tell("统计")
    year = plan_year(changes.current.period, job.report.year_starts)
    changes = based(changes, job.kind.base, year)
    opening = job.report.opening_closed if counts_opening(job.kind.base, ledgers[0], year) else 0
    roster = roster or Roster.from_names(list(dict.fromkeys(u for row in changes.counted for u in row.units)))
    problems += left_behind(changes, year)
    figures, figure_problems = tabulate(changes, job.kind, roster, opening)
    identities(changes, {id_: int(f.value) for id_, f in figures.numbers.items()})
    made = Run(
        job, tuple(found), template, (*problems, *figure_problems), changes, figures, roster=roster, opening=opening
    )
    if not errors(made.problems) or draft:
        tell("生成通报")
        circular = speak(changes, figures, job.kind, job.report, job.settings.office, roster)
        rendered = _render(job, template, changes, circular, "草稿" if draft else "")
        total, rows = int(figures.numbers["total"].value), len(changes.current.rows)
        said = printed_totals(rendered.printed, circular.sources, total, job.kind, rows)
        made = replace(made, draft=draft, circular=circular, problems=(*made.problems, *said))
        made = made if errors(said) and not draft else replace(made, rendered=rendered)
    tell("写出文件")
    return _finish(made)


def _changes(
    ledgers: Sequence[Ledger], job: Job, ask: Ask, unfilled: Decision | None
) -> tuple[Changes, list[Problem], Decide]:
    """The two periods side by side, and what was decided about rows that nobody filled in.

    What is left to a person is asked once, and the answer kept.
    """
    *before, current = ledgers
    stored, problems = stored_answers(job.report.input)
    lines, line_problems = stored_decisions(job.report.input)
    problems += line_problems
    earlier, links = followed(before, stored, lines, job.kind)
    if not earlier:
        current, _, decide = _settled(current, None, lines, job, ask, unfilled)
        return compare(current, None, None, ())[0], problems, decide
    prior = earlier[-1]
    problems += told_otherwise(job, earlier, links)
    matching, match_problems = match.match(prior, current, stored)
    answered = [a for question in matching.questions if (a := _asked(question, prior, current, ask))]
    if answered:
        stored += answered
        matching, match_problems = match.match(prior, current, stored)
    current, settled_matching, decide = _settled(current, matching, lines, job, ask, unfilled)
    changes, change_problems = compare(current, prior, settled_matching, earlier, links)
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
    keep_decisions(job.report.input, lines, ledger.period, silent_rows(found), decide)
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


def _render(job: Job, template: bytes, changes: Changes, circular: Circular, mark: str) -> Rendered:
    properties = Properties(
        title=job.report.title,
        subject=f"{job.report.name} {changes.current.period.label}",
        author=job.settings.office.name,
        created=datetime.combine(changes.current.as_of, time()),
    )
    return render(
        template,
        circular.context,
        filters=circular.filters,
        properties=properties,
        name=f"{job.kind.id}/{job.kind.template.name}",
        fonts=job.settings.fonts,
        mark=mark,
    )


# ---------------------------------------------------------------------------------------------- what is written


def _finish(made: Run) -> Result:
    """Writes the files of the run. The record comes last, since it holds the names under which they were written.

    A run without a paper leaves the record of the paper that was issued as it is, and its own beside it.
    """
    files = papers(made)
    issues = Part.CIRCULAR in files and not made.draft

    def record(names: Mapping[str, str]) -> bytes:
        outputs = {part.value: names[asked] for part, (asked, _) in files.items()}
        mine = figures_json(
            report=made.job.report.name,
            kind=made.job.kind,
            changes=made.changes,
            figures=made.figures,
            problems=made.problems,
            outputs=outputs,
            template_sha256=hashlib.sha256(made.template).hexdigest(),
            issued=issues,
            draft=made.draft,
        )
        return mine if issues else with_attempt(record_in(made.folder), mine)

    written, said = deliver(made.folder, dict(files.values()), (RECORD, record))
    if not issues:
        said = told_of_issued(said, issued(record_in(made.folder)), draft=made.draft)
    circular = dict(zip(files, written, strict=True)).get(Part.CIRCULAR)
    return Result((*made.problems, *said), written, circular, _headline(made))


def _headline(made: Run) -> tuple[str, ...]:
    """Lines for the screen: the main figures, and the balance of the two periods.

    Figures of 0 are left out, except the total and the lagging items, which a leader asks for anyway (set by feel).
    """
    if made.figures is None or made.changes is None:
        return ()
    numbers = made.figures.numbers
    told = (
        "total",
        "closed_before",
        "newly_completed",
        "lagging",
        "at_risk",
        "on_track",
        "suspended",
        "unknown",
        "unreported",
    )
    parts = [
        f"{numbers[id_].name}{numbers[id_].value}"
        for id_ in told
        if id_ in numbers and (numbers[id_].value or id_ in ("total", "lagging"))
    ]
    sums = equations(made.balance) if made.changes.prior else []
    return ("主要数字：" + "，".join(parts), *(f"两期衔接：{one}" for one in sums))
