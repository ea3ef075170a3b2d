"""The program as a story: settings → ledgers → check → match → changes → figures → circular → deliver."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from tongbao import answers as answering
from tongbao import changes as comparing
from tongbao import check, ledger, match, sheets
from tongbao.circular import Circular, speak
from tongbao.deliver import deliver, write_whole
from tongbao.figures import Figures, tabulate
from tongbao.kinds import Kind, adapted, load_kind
from tongbao.marked import marked_ledger
from tongbao.model import Changes, Fate, Ledger, Level, Period, Place, Problem, Question, Refusal
from tongbao.periods import parse_period
from tongbao.reconciliation import equations, reconciliation
from tongbao.record import figures_json
from tongbao.render import Properties, Rendered, render
from tongbao.settings import Report, Settings, load_settings
from tongbao.text import nearest
from tongbao.units import Roster
from tongbao.workbook import table_book

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".et"}
RECORD = "figures.json"

ANSWER_WIDTHS = {"上期事项": 40, "本期事项": 40, "疑问": 30, "理由": 20}

Tell = Callable[[str], None]
Ask = Callable[[str, Sequence[str]], int | None]


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make: of its newest period, of a named period, or from one given ledger."""

    settings: Settings
    report: Report
    kind: Kind
    ledger: Path | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gave. `circular` is None where mistakes kept it from being written."""

    problems: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    circular: Path | None = None
    headline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A ledger file and the period that its name gives."""

    path: Path
    period: Period


@dataclass(frozen=True, slots=True)
class Run:
    """How far a run came: without `changes` the ledger could not be read, without `rendered` there is no circular."""

    found: Found
    problems: tuple[Problem, ...]
    changes: Changes | None = None
    figures: Figures | None = None
    circular: Circular | None = None
    rendered: Rendered | None = None
    draft: bool = False


# ---------------------------------------------------------------------------------------------- what to do


def plan(config: Path, templates: Path, files: Sequence[Path], report: str | None, period: str | None) -> list[Job]:
    """The reports to make. Raises Refusal for mistakes in the settings or in what was asked."""
    settings = load_settings(config)
    jobs = [Job(settings, r, _kind_for(templates, r)) for r in _asked_reports(settings, report)]
    if period:
        jobs = [replace(job, period=_asked_period(period)) for job in jobs]
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


def _asked_period(typed: str) -> Period:
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


# ---------------------------------------------------------------------------------------------- one report


def run(job: Job, *, draft: bool, tell: Tell, ask: Ask) -> Result:
    """Makes one report. Mistakes in the ledgers come back as problems; nothing is half-written."""
    tell("查找台账")
    found, problems = _ledgers_for(job)
    if not found or _errors(problems):
        return Result(tuple(problems))
    tell("读取台账：" + "、".join(f.path.name for f in found[-2:]))
    roster, roster_problems = _roster(job.settings)
    ledgers, read_problems = _read_all(found, job, roster)
    problems += roster_problems + read_problems
    if not ledgers:
        return _finish(job, Run(found[-1], tuple(problems)))
    tell("与上期逐项衔接" if len(ledgers) > 1 else "没有上期台账，只统计本期")
    changes, change_problems = _changes(ledgers, job, ask)
    problems += change_problems + [p for one in check.CHECKS for p in one(changes, job.kind)]
    tell("统计")
    roster = roster or Roster.from_names(list(dict.fromkeys(u for row in changes.current.rows for u in row.units)))
    figures, figure_problems = tabulate(changes, job.kind, roster, job.report.opening_closed)
    comparing.identities(changes, {id_: int(f.value) for id_, f in figures.numbers.items()})
    made = Run(found[-1], (*problems, *figure_problems), changes, figures)
    if not _errors(made.problems) or draft:
        tell("生成通报")
        circular = speak(changes, figures, job.kind, job.report, job.settings.office, roster)
        made = replace(
            made, draft=draft, circular=circular, rendered=_render(job, changes, circular, "草稿" if draft else "")
        )
    tell("写出文件")
    return _finish(job, made)


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    return [p for p in problems if p.level is Level.ERROR]


def _ledgers_for(job: Job) -> tuple[list[Found], list[Problem]]:
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


def _roster(settings: Settings) -> tuple[Roster | None, list[Problem]]:
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


def _read_all(found: Sequence[Found], job: Job, roster: Roster | None) -> tuple[list[Ledger], list[Problem]]:
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
        problems += said if one is found[-1] else _errors(said)
        if read:
            ledgers.append(read)
        elif one in found[-2:]:
            return [], problems
    return ledgers, problems


def _changes(ledgers: Sequence[Ledger], job: Job, ask: Ask) -> tuple[Changes, list[Problem]]:
    """The two periods side by side. What the matcher would not decide alone is asked once, and kept."""
    current, prior = ledgers[-1], ledgers[-2] if len(ledgers) > 1 else None
    if prior is None:
        return comparing.compare(current, None, None, ())
    stored, problems = _stored_answers(job.report.input / answering.FILE)
    matching, match_problems = match.match(prior, current, stored)
    answered = [a for question in matching.questions if (a := _asked(question, prior, current, ask))]
    if answered:
        stored += answered
        matching, match_problems = match.match(prior, current, stored)
    changes, change_problems = comparing.compare(current, prior, matching, ledgers[:-1])
    lost = [o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED]
    if answered or matching.questions or lost:
        _keep_answers(job.report.input, answering.to_rows(matching.questions, lost, prior, current, stored))
    return changes, problems + match_problems + change_problems


def _asked(question: Question, prior: Ledger, current: Ledger, ask: Ask) -> answering.Answer | None:
    """Puts one question on the console; None where nobody answers."""
    row, partners = question.row, [candidate for candidate, _ in question.candidates]
    choices = [f"是本期{c.item}（{c.place.sheet}第{c.place.row}行）" for c in partners] + ["都不是"]
    chosen = ask(f"上期{row.item}（{row.text}）：{question.why}。它是本期的哪一项？", choices)
    if chosen is None or not partners:
        return None
    verdict = answering.Verdict.SAME if chosen < len(partners) else answering.Verdict.DIFFERENT
    return answering.answer(prior, current, row, verdict, partners[min(chosen, len(partners) - 1)])


def _stored_answers(path: Path) -> tuple[list[answering.Answer], list[Problem]]:
    if not path.exists():
        return [], []
    book, problems = sheets.open_book(path)
    if book is None:
        return [], problems
    read, more = answering.from_rows(book.sheets[0].texts())
    return read, problems + more


def _keep_answers(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    """Writes 对应关系.xlsx beside the ledgers: what was answered, and what waits for the clerk's answer."""
    data = table_book(
        answering.SHEET,
        {name: ANSWER_WIDTHS.get(name, 12) for name in rows[0]},
        rows[1:],
        {answering.REPLY: list(answering.Verdict)},
    )
    write_whole(folder / answering.FILE, data)


def _render(job: Job, changes: Changes, circular: Circular, mark: str) -> Rendered:
    properties = Properties(
        title=job.report.title,
        subject=f"{job.report.name} {changes.current.period.label}",
        author=job.settings.office.name,
        created=datetime.combine(changes.current.as_of, time()),
    )
    template = job.kind.template
    return render(
        template.read_bytes(),
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
    files = {**_papers(job, made), **_marked(made)}
    circular = next((name for name in files if name.endswith(".docx")), None)
    digest = hashlib.sha256(job.kind.template.read_bytes()).hexdigest()

    def record(names: Mapping[str, str]) -> bytes:
        outputs = {
            "circular" if asked == circular else asked.split("—")[0].removesuffix(".xlsx"): name
            for asked, name in names.items()
        }
        return figures_json(
            report=job.report.name,
            kind=job.kind,
            changes=made.changes,
            figures=made.figures,
            problems=made.problems,
            outputs=outputs,
            template_sha256=digest,
        )

    written, said = deliver(job.report.output / made.found.period.token, files, (RECORD, record))
    return Result((*made.problems, *said), written, written[0] if circular else None, _headline(job, made))


def _papers(job: Job, made: Run) -> dict[str, bytes]:
    """The circular, its reconciliation, and what a later check of the edited circular goes by."""
    if made.rendered is None or made.circular is None or made.changes is None or made.figures is None:
        return {}
    title = job.kind.file_name.format(标题=job.report.title, 期次=made.found.period.label, 名称=job.report.name)
    drafted = "（草稿）" if made.draft else ""
    keys = dict.fromkeys(key for paragraph in made.rendered.printed for _, _, key in paragraph.spans)
    printed = [made.circular.sources[key] for key in keys]
    way = os.path.relpath(made.found.path.parent, job.report.output / made.found.period.token)
    balance = comparing.balance(made.changes, job.report.opening_closed)
    return {
        f"{title}{drafted}.docx": made.rendered.data,
        "核对表.xlsx": reconciliation(made.changes, printed, list(keys), balance, Path(way).as_posix() + "/"),
    }


def _marked(made: Run) -> dict[str, bytes]:
    """The marked copy of the ledger, where it has anything to mark."""
    own = [p for p in made.problems if p.place.file == made.found.path.name and p.level is not Level.NOTE]
    if not own:
        return {}
    rows = made.changes.current.rows if made.changes else ()
    data = marked_ledger(made.found.path.name, made.found.path.read_bytes(), made.problems, rows)
    return {f"问题清单—{made.found.path.stem}.xlsx": data}


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
    sums = equations(comparing.balance(made.changes, job.report.opening_closed)) if made.changes.prior else []
    return ("主要数字：" + "，".join(parts), *(f"两期衔接：{one}" for one in sums))
