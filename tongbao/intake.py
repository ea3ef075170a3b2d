"""What a command works on: the reports that were asked for, their ledgers by period, read with the office's roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tongbao.deliver import write_whole
from tongbao.kind_file import adapted, load_kind
from tongbao.kinds import Kind
from tongbao.matching import answers as answering
from tongbao.model import Ledger, Level, Period, Place, Problem, Refusal
from tongbao.reading import ledger, sheets
from tongbao.reading.copies import without_copies
from tongbao.settings import Report, Settings, load_settings
from tongbao.words.periods import parse_period
from tongbao.words.text import nearest
from tongbao.words.units import Roster

_ANSWER_WIDTHS = {"上期事项": 40, "本期事项": 40, "疑问": 30, "理由": 20}
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".et"}


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make: of its newest period, of a named period, or from one given ledger."""

    settings: Settings
    report: Report
    kind: Kind
    ledger: Path | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A ledger file and the period that its name gives."""

    path: Path
    period: Period


# ---------------------------------------------------------------------------------------------- the reports


def plan(config: Path, templates: Path, files: Sequence[Path], report: str | None, period: str | None) -> list[Job]:
    """The reports to make. Raises Refusal for mistakes in the settings or in what was asked."""
    settings = load_settings(config)
    jobs = [Job(settings, r, _kind_for(templates, r)) for r in _asked_reports(settings, report)]
    if period:
        jobs = [replace(job, period=asked_period(period)) for job in jobs]
    if files:
        jobs = [replace(_job_for(file, jobs), ledger=file) for file in files]
    return jobs


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


def _kind_for(templates: Path, report: Report) -> Kind:
    """The kind of a report, with the office's own words; its wording must be words that the kind has."""
    kind = adapted(load_kind(templates, report.kind), report.labels, report.columns)
    strange = [word for word in report.wording if word not in kind.wording]
    if strange:
        known = list(kind.wording)
        fix = "可用的用语：" + "、".join(known) if known else "这种通报没有可改的用语"
        message = f"“{report.name}”的 wording 里有不认识的用语：" + "、".join(strange)
        raise Refusal(Problem(Level.ERROR, "settings", message, fix))
    return kind


def _job_for(file: Path, jobs: Sequence[Job]) -> Job:
    """The report that a given ledger belongs to: by its folder, else by its headers."""
    if not file.is_file():
        raise Refusal(Problem(Level.ERROR, "use", f"没有这个文件：{file}", "检查文件名和所在文件夹"))
    at_home = [j for j in jobs if file.resolve().parent == j.report.input.resolve()]
    fitting = at_home or (jobs if len(jobs) == 1 else [j for j in jobs if _fits(file, j)])
    if len(fitting) != 1:
        names = "、".join(j.report.name for j in fitting or jobs)
        message = f"不能断定 {file.name} 是哪份通报的台账"
        raise Refusal(Problem(Level.ERROR, "use", message, f"用 -r 指明，可选：{names}"))
    return fitting[0]


def _fits(file: Path, job: Job) -> bool:
    book, _ = sheets.open_book(file)
    period = parse_period(file.stem) or _unnamed_period()
    return book is not None and ledger.read(book, job.kind, period, as_of=period.last, roster=None)[0] is not None


def _unnamed_period() -> Period:
    return Period("", date.min, date.min)


# ---------------------------------------------------------------------------------------------- their ledgers


def ledgers_for(job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers up to the asked period, oldest first."""
    folder = job.ledger.resolve().parent if job.ledger else job.report.input
    found, problems = ledgers_in(folder)
    last = job.period
    if job.ledger:
        last = parse_period(job.ledger.stem)
        if last is None:
            return [], [_nameless(job.ledger)]
        found = [f for f in found if f.period != last] + [Found(job.ledger, last)]
        problems = [p for p in problems if p.code != "two_for_one_period"]
    if last:
        found = [f for f in found if not last < f.period]
        if not any(f.period.last == last.last for f in found):
            fix = "看看文件名里的期次，或不加 -p 直接生成最新一期"
            problems.append(Problem(Level.ERROR, "no_ledger", f"{folder} 里没有{last.label}的台账", fix))
    return sorted(found, key=lambda f: f.period), problems


def ledgers_in(folder: Path) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a folder by the periods in their names; what is no ledger is said, not guessed."""
    if not folder.is_dir():
        fix = "新建这个文件夹，放入台账；或改 config.yaml 的 input"
        return [], [Problem(Level.ERROR, "no_ledger", f"没有台账文件夹：{folder}", fix)]
    found: list[Found] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("~$", ".~")):
            problems += _open_elsewhere(path)
        elif path.suffix.lower() in SUFFIXES and path.name != answering.FILE and not path.name.startswith("."):
            period = parse_period(path.stem)
            if period is None:
                problems.append(_nameless(path))
            else:
                found.append(Found(path, period))
    if not found and not problems:
        fix = "把台账放进这个文件夹，文件名写明期次，如“台账2022-02.xlsx”"
        problems.append(Problem(Level.ERROR, "no_ledger", f"{folder} 里没有台账", fix))
    return found, problems + _doubles(found)


def _nameless(path: Path) -> Problem:
    fix = "文件名里写明期次，如“台账2022-02.xlsx”；不是台账的文件请移走"
    return Problem(Level.ERROR, "no_period", f"文件名“{path.name}”里没有期次", fix, Place(path.name))


def _open_elsewhere(path: Path) -> list[Problem]:
    name = path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
    message = f"“{name}”正在 Excel 或 WPS 中打开，没有保存的改动不会计入"
    return [Problem(Level.WARNING, "open_elsewhere", message, "保存并关闭后再运行一次", Place(name))]


def _doubles(found: Sequence[Found]) -> list[Problem]:
    by_day: dict[date, list[str]] = {}
    for one in found:
        by_day.setdefault(one.period.last, []).append(one.path.name)
    return [
        Problem(
            Level.ERROR, "two_for_one_period", f"同一期有{len(names)}本台账：" + "、".join(names), "只留一本，其余移走"
        )
        for names in by_day.values()
        if len(names) > 1
    ]


def roster_of(settings: Settings) -> tuple[Roster | None, list[Problem]]:
    """The roster of the settings; None where the office keeps none (it is then learned from each ledger)."""
    if settings.units:
        return Roster.from_names(settings.units), []
    if settings.units_file is None:
        return None, []
    book, problems = sheets.open_book(settings.units_file)
    if book is None:
        return None, problems
    roster, more = Roster.from_rows(book.sheets[0].texts())
    return roster, [*problems, *more]


def _roster_of(current: Ledger) -> Roster:
    return Roster.from_names(list(dict.fromkeys(unit for row in current.rows for unit in row.units)))


def read_all(found: Sequence[Found], job: Job, roster: Roster | None) -> tuple[list[Ledger], list[Problem]]:
    """All ledgers, oldest first; empty where this period's or the last one's cannot be read.

    Of the older ledgers only errors are told: their warnings were seen in their own time.
    """
    ledgers: list[Ledger] = []
    problems: list[Problem] = []
    for one in found:
        as_of = job.report.as_of.get(one.period.token, one.period.last)
        read, said = ledger.read_file(
            one.path, job.kind, one.period, as_of=as_of, roster=roster, sheet=job.report.sheet
        )
        if read:
            read, doubled = without_copies(read)
            said += doubled
            ledgers.append(read)
        problems += said if one is found[-1] else errors(said)
        if read is None and one in found[-2:]:
            return [], problems
    return ledgers, problems


def stored_answers(folder: Path) -> tuple[list[answering.Answer], list[Problem]]:
    """What a person decided about the rows of two periods, kept beside the ledgers in 对应关系.xlsx."""
    path = folder / answering.FILE
    if not path.exists():
        return [], []
    book, problems = sheets.open_book(path)
    if book is None:
        return [], problems
    read, more = answering.from_rows(book.sheets[0].texts())
    return read, problems + more


def keep_answers(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    """Writes 对应关系.xlsx: what was answered, and what waits for the clerk's answer."""
    from tongbao.workbooks.workbook import table_book

    widths = {name: _ANSWER_WIDTHS.get(name, 12) for name in rows[0]}
    choices = {answering.REPLY: list(answering.Verdict)}
    write_whole(folder / answering.FILE, table_book(answering.SHEET, widths, rows[1:], choices))


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that stop a circular."""
    return [p for p in problems if p.level is Level.ERROR]
