"""Which reports a command is asked for: those of the settings, or those that given ledgers belong to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tongbao.config.kind_file import adapted, load_kind
from tongbao.config.kinds import Kind
from tongbao.config.office import Report, Settings, load_settings
from tongbao.config.status_kind import with_status_from
from tongbao.excel import sheets
from tongbao.excel.grid import Book
from tongbao.ledger.choice import SEVERAL, choose
from tongbao.ledger.worded import by_words
from tongbao.model import STATUS, Level, Period, Problem, Refusal
from tongbao.outside.files import UnreadableFile, Why, is_there, real_path
from tongbao.words.periods import parse_period
from tongbao.words.text import nearest


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make: of its newest period, of a named period, or from one given ledger.

    `together`: all ledgers that were given at once for this report, `ledger` among them.
    """

    settings: Settings
    report: Report
    kind: Kind
    ledger: Path | None = None
    period: Period | None = None
    together: tuple[Path, ...] = ()


class Unknown(Refusal):
    """Raised for a ledger that no report of the settings can read: `setup` makes one of it."""


def plan(
    config: Path,
    templates: Path,
    files: Sequence[Path],
    report: str | None,
    period: str | None,
    without: Collection[str] = (),
) -> list[Job]:
    """One job a report, or one a given file; reports of the names `without` are not meant.

    Raises Refusal for mistakes in the settings or in what was asked.
    """
    if files and period:
        fix = "期次看文件名；要做另一期的，指定那一期的台账"
        raise Refusal(Problem(Level.ERROR, "use", f"指定了台账文件，又写了期次“{period}”", fix, value=period))
    settings = load_settings(config)
    jobs = [Job(settings, r, kind_for(templates, r)) for r in _asked_reports(settings, report) if r.name not in without]
    if period:
        jobs = [replace(job, period=asked_period(period)) for job in jobs]
    if files:
        return _together([replace(_job_for(file, jobs), ledger=file) for file in files])
    return jobs


def _together(jobs: Sequence[Job]) -> list[Job]:
    """The jobs of given ledgers, each with all that were given for the same report."""
    return [
        replace(job, together=tuple(other.ledger for other in jobs if other.ledger and other.report is job.report))
        for job in jobs
    ]


def _asked_reports(settings: Settings, name: str | None) -> list[Report]:
    if name is None:
        return list(settings.reports)
    chosen = [r for r in settings.reports if r.name == name]
    if not chosen:
        known = [r.name for r in settings.reports]
        near = nearest(name, known)
        fix = f"是不是“{near}”？" if near else "配置里有：" + "、".join(known)
        raise Refusal(Problem(Level.ERROR, "use", f"配置里没有名为“{name}”的通报", fix, value=name))
    return chosen


def asked_period(typed: str) -> Period:
    """A period as typed on the command line. Raises Refusal where it is none."""
    period = parse_period(typed)
    if period is None:
        fix = "写成 2022-02、2022-02-07、2022-Q3 的样子"
        raise Refusal(Problem(Level.ERROR, "use", f"看不懂期次“{typed}”", fix, value=typed))
    return period


def kind_for(templates: Path, report: Report) -> Kind:
    """The kind of a report with the office's labels and headers. Raises Refusal for a wording that the kind lacks."""
    kind = adapted(load_kind(templates, report.kind), report.labels, report.columns)
    strange = [word for word in report.wording if word not in kind.wording]
    if strange:
        known = list(kind.wording)
        fix = "可用的用语：" + "、".join(known) if known else "这种通报没有可改的用语"
        message = f"“{report.name}”的 wording 里有不认识的用语：" + "、".join(strange)
        raise Refusal(Problem(Level.ERROR, "settings", message, fix))
    kind = replace(kind, base=report.base or kind.base, count=report.count or kind.count)
    if report.status_from:
        return with_status_from(kind, report.status_from, report.columns.get(STATUS, ()))
    return kind


def _job_for(file: Path, jobs: Sequence[Job]) -> Job:
    """The report of a given ledger, by its folder, else by its sheets. Raises Refusal where none fits, or several."""
    if not is_there(file):
        raise UnreadableFile(file, Why.MISSING)
    asked = [j for j in jobs if is_in(file, j.report.input)] or list(jobs)
    fitting = asked if len(asked) == 1 else fitting_jobs(_opened_book(file), asked)
    if len(fitting) != 1:
        names = "、".join(j.report.name for j in fitting or asked)
        message = f"不能断定 {file.name} 是哪份通报的台账"
        fix = f"用 -r 指明，可选：{names}" + ("" if fitting else "；都不是的，运行 setup，照这本台账另建一份")
        raise (Refusal if fitting else Unknown)(Problem(Level.ERROR, "use", message, fix))
    return fitting[0]


def strangers(jobs: Sequence[Job]) -> list[Path]:
    """The given ledgers that lie in no report's folder and that their report cannot read."""
    given = [job for job in jobs if job.ledger and not is_in(job.ledger, job.report.input)]
    return [job.ledger for job in given if job.ledger and not fitting_jobs(_opened_book(job.ledger), [job])]


def _opened_book(file: Path) -> Book:
    book, problems = sheets.open_book(file)
    if book is None:
        raise Refusal(*problems)
    return book


def fitting_jobs(book: Book, jobs: Sequence[Job]) -> list[Job]:
    """The reports that can read a workbook; where none can, those for which only the sheet has to be named."""
    sheets_named = ((job, job.report.sheet) for job in jobs)
    chosen = [(job, *choose(book, by_words(book, job.kind, sheet), sheet)) for job, sheet in sheets_named]
    readable = [(job, found) for job, found, _ in chosen if found]
    # A kind whose own headers fit is meant before one that the words of all kinds make fit.
    own = [job for job, found in readable if not any(choice.layout.widened for choice in found)]
    return (
        own or [job for job, _ in readable] or [job for job, _, said in chosen if any(p.code == SEVERAL for p in said)]
    )


def is_in(file: Path, folder: Path) -> bool:
    """Does the file lie in this very folder?"""
    return real_path(file).parent == real_path(folder)
