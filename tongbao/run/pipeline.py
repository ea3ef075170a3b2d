"""The program as a story: settings → ledgers → check → match → changes → figures → circular → deliver."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import tongbao
from tongbao.circular.choices import Figures
from tongbao.circular.context import Circular, speak
from tongbao.circular.figures import tabulate
from tongbao.circular.reconciliation import equations, reconciliation
from tongbao.circular.record import figures_json
from tongbao.ledger.asked import Job
from tongbao.ledger.intake import errors, read_all
from tongbao.ledger.on_file import Found, ledgers_for
from tongbao.ledger.problem_list import MOST_MARKED, problem_list
from tongbao.matching import answers as answering
from tongbao.matching import contradictions, match
from tongbao.matching.balance import balance, identities
from tongbao.matching.changes import compare
from tongbao.matching.kept_answers import keep_answers, stored_answers
from tongbao.matching.two_periods import Changes, Fate, Question
from tongbao.model import Ledger, Level, Problem
from tongbao.outside.deliver import deliver
from tongbao.outside.files import content
from tongbao.proof.basis.kept import FILE, to_json
from tongbao.proof.basis.making import keep
from tongbao.word.template import Properties, Rendered, render
from tongbao.words.units import Roster

RECORD = "figures.json"

Tell = Callable[[str], None]
Ask = Callable[[str, Sequence[str]], int | None]


class Part(StrEnum):
    """What a run writes, by the name that its record (`outputs` of figures.json) has for it."""

    CIRCULAR = "circular"
    RECONCILIATION = "核对表"
    BASIS = "核稿依据"
    PROBLEMS = "问题清单"


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gave. `circular` is None where mistakes kept it from being written."""

    problems: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    circular: Path | None = None
    headline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """How far a run came: without `changes` the ledger could not be read, without `rendered` there is no circular."""

    ledgers: tuple[Found, ...]
    problems: tuple[Problem, ...]
    changes: Changes | None = None
    figures: Figures | None = None
    circular: Circular | None = None
    rendered: Rendered | None = None
    roster: Roster = Roster()
    draft: bool = False

    @property
    def found(self) -> Found:
        """The ledger of the period that the run is about."""
        return self.ledgers[-1]


def run(job: Job, *, draft: bool, tell: Tell, ask: Ask) -> Result:
    """Makes one report. Mistakes in the ledgers come back as problems; nothing is half-written."""
    tell("查找台账")
    found, problems = ledgers_for(job)
    if not found or errors(problems):
        return Result(tuple(problems))
    tell("读取台账：" + "、".join(f.path.name for f in found[-2:]))
    ledgers, roster, said = read_all(found, job)
    problems += said
    if not ledgers:
        return _finish(job, Run(tuple(found), tuple(problems)))
    tell("与上期逐项衔接" if len(ledgers) > 1 else "没有上期台账，只统计本期")
    changes, change_problems = _changes(ledgers, job, ask)
    problems += change_problems + [p for one in contradictions.CHECKS for p in one(changes, job.kind)]
    tell("统计")
    roster = roster or Roster.from_names(changes.current.units)
    figures, figure_problems = tabulate(changes, job.kind, roster, job.report.opening_closed)
    identities(changes, {id_: int(f.value) for id_, f in figures.numbers.items()})
    made = Run(tuple(found), (*problems, *figure_problems), changes, figures, roster=roster)
    if not errors(made.problems) or draft:
        tell("生成通报")
        circular = speak(changes, figures, job.kind, job.report, job.settings.office, roster)
        made = replace(
            made, draft=draft, circular=circular, rendered=_render(job, changes, circular, "草稿" if draft else "")
        )
    tell("写出文件")
    return _finish(job, made)


def _changes(ledgers: Sequence[Ledger], job: Job, ask: Ask) -> tuple[Changes, list[Problem]]:
    """The two periods side by side. What the matcher would not decide alone is asked once, and kept."""
    current, prior = ledgers[-1], ledgers[-2] if len(ledgers) > 1 else None
    if prior is None:
        return compare(current, None, None, ())
    stored, problems = stored_answers(job.report.input)
    matching, match_problems = match.match(prior, current, stored)
    answered = [a for question in matching.questions if (a := _asked(question, prior, current, ask))]
    if answered:
        stored += answered
        matching, match_problems = match.match(prior, current, stored)
    links = [match.match(before, after, stored)[0] for before, after in pairwise(ledgers[:-1])]
    changes, change_problems = compare(current, prior, matching, ledgers[:-1], links)
    lost = [o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED]
    if answered or matching.questions or lost:
        keep_answers(job.report.input, answering.to_rows(matching.questions, lost, prior, current, stored))
    return changes, problems + match_problems + change_problems


def _asked(question: Question, prior: Ledger, current: Ledger, ask: Ask) -> answering.Answer | None:
    """Puts one question on the console; None where nobody answers."""
    row, partners = question.row, [candidate for candidate, _ in question.candidates]
    choices = [f"是本期{c.item}（{c.place.sheet}第{c.place.row}行）" for c in partners] + ["都不是"]
    chosen = ask(f"上期{row.item}（{row.text}）：{question.why}。它是本期的哪一项？", choices)
    if chosen is None or not partners:
        return None
    if chosen == len(partners):
        return answering.answer(prior, current, row, answering.Verdict.DIFFERENT)
    return answering.answer(prior, current, row, answering.Verdict.SAME, partners[chosen])


def _render(job: Job, changes: Changes, circular: Circular, mark: str) -> Rendered:
    properties = Properties(
        title=job.report.title,
        subject=f"{job.report.name} {changes.current.period.label}",
        author=job.settings.office.name,
        created=datetime.combine(changes.current.as_of, time()),
    )
    template = job.kind.template
    return render(
        content(template),
        circular.context,
        filters=circular.filters,
        properties=properties,
        name=f"{job.kind.id}/{template.name}",
        fonts=job.settings.fonts,
        mark=mark,
    )


# ---------------------------------------------------------------------------------------------- what is written


def _finish(job: Job, made: Run) -> Result:
    """Writes all that came of the run; the record last, when the names of the other files are known."""
    papers = {**_papers(job, made), **_marked(job, made)}
    digest = hashlib.sha256(content(job.kind.template)).hexdigest()

    def record(names: Mapping[str, str]) -> bytes:
        outputs = {part.value: names[asked] for part, (asked, _) in papers.items()}
        return figures_json(
            report=job.report.name,
            kind=job.kind,
            changes=made.changes,
            figures=made.figures,
            problems=made.problems,
            outputs=outputs,
            template_sha256=digest,
        )

    folder = job.report.output / made.found.period.token
    written, said = deliver(folder, dict(papers.values()), (RECORD, record))
    circular = dict(zip(papers, written, strict=True)).get(Part.CIRCULAR)
    return Result((*made.problems, *said), written, circular, _headline(job, made))


def _papers(job: Job, made: Run) -> dict[Part, tuple[str, bytes]]:
    """The circular, its reconciliation, and what a later check of the edited circular goes by."""
    if made.rendered is None or made.circular is None or made.changes is None or made.figures is None:
        return {}
    title = job.kind.file_name.format(标题=job.report.title, 期次=made.found.period.label, 名称=job.report.name)
    drafted = "（草稿）" if made.draft else ""
    keys = dict.fromkeys(key for paragraph in made.rendered.printed for _, _, key in paragraph.spans)
    printed = [made.circular.sources[key] for key in keys]
    balanced = balance(made.changes, job.report.opening_closed)
    circular = f"{title}{drafted}.docx"
    return {
        Part.CIRCULAR: (circular, made.rendered.data),
        Part.RECONCILIATION: (
            "核对表.xlsx",
            reconciliation(made.changes, printed, list(keys), balanced, _way(job, made)),
        ),
        Part.BASIS: (FILE, _basis(job, made, circular)),
    }


def _basis(job: Job, made: Run, name: str) -> bytes:
    """What a later check of the edited circular goes by."""
    assert made.rendered
    assert made.circular
    assert made.changes
    kept = keep(made.changes, made.circular, made.rendered, job.kind, made.roster, _way(job, made))
    digest = hashlib.sha256(made.rendered.data).hexdigest()
    named = replace(kept, circular=name, sha256=digest, title=job.report.title, report=job.report.name)
    return to_json(named, tongbao.__version__)


def _way(job: Job, made: Run) -> Callable[[str], str]:
    """The way from the output to a ledger by its name: one that was dropped on the icon may lie elsewhere."""
    output = job.report.output / made.found.period.token
    folders = {found.path.name: found.path.parent for found in made.ledgers}

    def way(file: str) -> str:
        folder = folders.get(file, made.found.path.parent)
        try:
            return f"{Path(os.path.relpath(folder, output)).as_posix()}/{file}"
        except ValueError:  # under Windows there is no way from one drive to another
            return f"{folder.resolve().as_posix()}/{file}"

    return way


def _marked(job: Job, made: Run) -> dict[Part, tuple[str, bytes]]:
    """The marked copy of the ledger, where it has anything to mark (only then is openpyxl loaded); or a list of it."""
    own = [p for p in made.problems if p.place.file == made.found.path.name and p.level is not Level.NOTE]
    if not own:
        return {}
    path, way = made.found.path, _way(job, made)
    rows = made.changes.current.rows if made.changes else ()
    if len(rows) > MOST_MARKED:
        data = problem_list(path.name, made.problems, rows, way)
    else:
        from tongbao.ledger.marked_copy import marked_ledger

        data = marked_ledger(path.name, content(path), made.problems, rows, way)
    return {Part.PROBLEMS: (f"问题清单—{made.found.path.stem}.xlsx", data)}


def _headline(job: Job, made: Run) -> tuple[str, ...]:
    """The figures that the leader asks for first, and the balance of the two periods."""
    if made.figures is None or made.changes is None:
        return ()
    numbers = made.figures.numbers
    told = ("total", "closed_before", "newly_completed", "lagging", "at_risk", "on_track", "suspended", "unknown")
    parts = [
        f"{numbers[id_].name}{numbers[id_].value}"
        for id_ in told
        if id_ in numbers and (numbers[id_].value or id_ in ("total", "lagging"))
    ]
    sums = equations(balance(made.changes, job.report.opening_closed)) if made.changes.prior else []
    return ("主要数字：" + "，".join(parts), *(f"两期衔接：{one}" for one in sums))
