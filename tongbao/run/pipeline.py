"""A run from end to end: ledgers → matching → changes → checks → figures → circular → files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from tongbao.circular.context import Circular, speak
from tongbao.circular.figures import STATE_FIGURES, tabulate
from tongbao.circular.issued import issued, told_of_issued, with_attempt
from tongbao.circular.period_words import stale_title, titled
from tongbao.circular.printed_total import printed_totals, unsaid_silence
from tongbao.circular.reconciliation import equations
from tongbao.circular.record import figures_json
from tongbao.config.kinds import Count
from tongbao.ledger.asked import Job
from tongbao.ledger.intake import ledgers_for, read_all
from tongbao.ledger.kept import Kept, errors
from tongbao.matching import contradictions
from tongbao.matching.balance import identities
from tongbao.matching.falls import falls
from tongbao.matching.register import counted
from tongbao.matching.silence import Decision, heard, silences
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, Problem
from tongbao.outside.deliver import deliver
from tongbao.outside.files import UNREADABLE, content
from tongbao.run.dialogue import Talk, nobody
from tongbao.run.issued import RECORD, record_in
from tongbao.run.issuing import issued_as
from tongbao.run.own_annex import own_annex_of
from tongbao.run.papers import Part, Run, papers
from tongbao.run.photos import Photographs
from tongbao.run.side_by_side import Ask, SideBySide, side_by_side
from tongbao.word.template import Properties, Rendered, render, with_own_table
from tongbao.words.units import Roster

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gives: problems, paths of written files, and lines for the screen.

    `circular` is its path; None where errors kept it from being written.
    """

    problems: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    circular: Path | None = None
    headline: tuple[str, ...] = ()


def run(
    job: Job, *, draft: bool, tell: Tell, ask: Ask, talk: Talk = nobody, unfilled: Decision | None = None
) -> Result:
    """Makes one report and writes its files, each whole or not at all. Mistakes in the ledgers are problems.

    `draft`: a circular in spite of errors, marked 草稿. `unfilled`: what becomes of rows that nobody filled in and
    about which nobody has decided; None asks. `tell` is given each stage, in Chinese. `ask` is given a
    question with choices and gives the index of one, or None where nobody answers; `talk` shows lines and gives what is
    typed. Raises Refusal for mistakes in the template.
    """
    tell("查找台账")
    found, problems = ledgers_for(job)
    if not found or errors(problems):
        return Result(tuple(problems))
    made, kept = Run(job, tuple(found), content(job.kind.template), tuple(problems)), Kept(job)
    tell("读取台账：" + "、".join(f.name for f in found[-2:]))
    ledgers, roster, said = read_all(found, job, kept)
    made = made.and_told([*said, *kept.changed])
    if not ledgers:
        # Of a ledger that nobody can read just now there is nothing to list.
        return Result(made.problems) if any(p.code in UNREADABLE for p in made.problems) else _finish(made)
    tell("与上期逐项衔接" if len(ledgers) > 1 else "没有上期台账，只统计本期")
    compared, said = side_by_side(ledgers, job, kept, ask, talk, unfilled)
    made = _checked(made.and_told(said), compared)
    tell("统计")
    made = _counted(made, compared.changes, ledgers[0], roster)
    if draft or not errors(made.problems):
        report, said = issued_as(job.report, ledgers[-1], talk)
        said += stale_title(report, job.kind.base, ledgers[-1].period)
        made = replace(made.and_told(said), job=replace(job, report=titled(report, ledgers[-1].period)))
        tell("生成通报")
        made = _worded(made, draft=draft)
    tell("写出文件")
    result = _finish(made)
    kept.save(found)
    return result


def _checked(made: Run, compared: SideBySide) -> Run:
    """The run with what contradicts itself in the two periods; what nobody filled in is told first, and told once."""
    changes, kind = compared.changes, made.job.kind
    made = made.and_told(p for check in contradictions.CHECKS for p in check(changes, kind))
    silent = silences(changes, compared.decide, kind)
    return replace(made, problems=(*silent, *heard(made.problems, changes.current)))


def _counted(made: Run, changes: Changes, first: Ledger, roster: Roster | None) -> Run:
    """The run with its figures. `first`: the first ledger on file; `roster`: the office's, None where it keeps none."""
    kind, report = made.job.kind, made.job.report
    changes, opening = counted(changes, kind.base, report, first)
    roster = roster or Roster.from_names(unit for row in changes.counted for unit in row.units)
    made = made.and_told(falls(changes, kind, report, first))
    figures, said = tabulate(changes, kind, roster, opening)
    identities(changes, {id_: int(f.value) for id_, f in figures.numbers.items()})
    return replace(made.and_told(said), changes=changes, figures=figures, roster=roster, opening=opening)


def _worded(made: Run, *, draft: bool) -> Run:
    """The run with its circular; with none, but for a draft, where the page would have two totals."""
    assert made.changes
    assert made.figures
    job, figures = made.job, made.figures
    photos = Photographs({one.path.name: one.path for one in made.ledgers})
    own, odd = own_annex_of(made)
    circular = speak(made.changes, figures, job.kind, job.report, job.settings.office, made.roster, photos, own)
    form = with_own_table(made.template, own.form) if own else made.template
    rendered = _render(job, form, made.changes, circular, "草稿" if draft else "")
    total, silent = (int(figures.numbers[name].value) for name in ("total", "unreported"))
    said = printed_totals(rendered.printed, circular.sources, total, job.kind, len(made.changes.listed))
    said += [*unsaid_silence(rendered.printed, silent, job.kind), *photos.problems, *odd]
    printed = None if errors(said) and not draft else rendered
    return replace(made.and_told(said), draft=draft, circular=circular, rendered=printed, form=form)


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
    told = ("total", "closed_before", "newly_completed", *(id_ for id_, _ in STATE_FIGURES.values()))
    parts = [
        f"{numbers[id_].name}{numbers[id_].value}"
        for id_ in told
        if id_ in numbers and (numbers[id_].value or id_ in ("total", "lagging"))
    ]
    sums = equations(made.balance) if made.changes.prior else []
    # The balance accounts for every row, also where the figures count items of several rows.
    balance = "两期衔接（按分项）" if made.job.kind.count is Count.ITEMS else "两期衔接"
    return ("主要数字：" + "，".join(parts), *(f"{balance}：{one}" for one in sums))
