"""What a command works on: the reports that were asked for, their ledgers by period, read with the office's roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tongbao.deliver import write_whole
from tongbao.kind_file import adapted, load_kind
from tongbao.kinds import Kind
from tongbao.matching import answers as answering
from tongbao.model import Ledger, Level, Period, Place, Problem, Refusal
from tongbao.reading import ledger, sheets
from tongbao.reading.choice import SEVERAL, choose, shown
from tongbao.reading.copies import without_copies
from tongbao.reading.grid import Book
from tongbao.reading.ids import ids_in
from tongbao.settings import Report, Settings, load_settings
from tongbao.words.periods import parse_period
from tongbao.words.text import nearest
from tongbao.words.units import Roster

_ANSWER_WIDTHS = {"上期事项": 40, "本期事项": 40, "疑问": 30, "理由": 20}
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".et"}


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make: of its newest period, of a named period, or from one given ledger.

    `together`: all ledgers of the report that were given at once, that one among them.
    """

    settings: Settings
    report: Report
    kind: Kind
    ledger: Path | None = None
    period: Period | None = None
    together: tuple[Path, ...] = ()


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
    """The report that a given ledger belongs to: by its folder, else by its sheets."""
    if not file.is_file():
        raise Refusal(Problem(Level.ERROR, "use", f"没有这个文件：{file}", "检查文件名和所在文件夹"))
    asked = [j for j in jobs if _is_in(file, j.report.input)] or list(jobs)
    fitting = asked if len(asked) == 1 else _fitting(_opened_book(file), asked)
    if len(fitting) != 1:
        names = "、".join(j.report.name for j in fitting or asked)
        message = f"不能断定 {file.name} 是哪份通报的台账"
        raise Refusal(Problem(Level.ERROR, "use", message, f"用 -r 指明，可选：{names}"))
    return fitting[0]


def _opened_book(file: Path) -> Book:
    book, problems = sheets.open_book(file)
    if book is None:
        raise Refusal(*problems)
    return book


def _fitting(book: Book, jobs: Sequence[Job]) -> list[Job]:
    """The reports that can read a workbook; where none can, those whose settings would only have to name its sheet."""
    chosen = [(job, *choose(book, job.kind, job.report.sheet)) for job in jobs]
    readable = [job for job, found, _ in chosen if found]
    return readable or [job for job, _, said in chosen if any(p.code == SEVERAL for p in said)]


def _is_in(file: Path, folder: Path) -> bool:
    return file.resolve().parent == folder.resolve()


# ---------------------------------------------------------------------------------------------- their ledgers


def ledgers_for(job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers up to the asked period, oldest first.

    However the run is begun, two ledgers of one last day are refused: which one counts cannot be known.
    """
    if job.ledger:
        return _ledgers_with(job.ledger, job)
    found, problems = ledgers_in(job.report.input)
    if job.period:
        found = _up_to(job.period, found)
        if not any(f.period.last == job.period.last for f in found):
            fix = "看看文件名里的期次，或不加 -p 直接生成最新一期"
            message = f"{job.report.input} 里没有{job.period.label}的台账"
            problems.append(Problem(Level.ERROR, "no_ledger", message, fix))
    return sorted(found, key=lambda f: f.period), problems


def _up_to(period: Period, found: Sequence[Found]) -> list[Found]:
    return [f for f in found if not period < f.period]


def ledgers_in(folder: Path) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a folder by the periods in their names; what is no ledger is said, not guessed."""
    if not folder.is_dir():
        fix = "新建这个文件夹，放入台账；或改 config.yaml 的 input"
        return [], [Problem(Level.ERROR, "no_ledger", f"没有台账文件夹：{folder}", fix)]
    found, problems = _looked_through(folder)
    if not found and not problems:
        fix = "把台账放进这个文件夹，文件名写明期次，如“台账2022-02.xlsx”"
        problems.append(Problem(Level.ERROR, "no_ledger", f"{folder} 里没有台账", fix))
    return found, problems + _doubles(found)


def _looked_through(folder: Path) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a folder, the workbooks whose names tell no period, those that somebody has open."""
    found, nameless = _named(workbooks_in(folder))
    left_open = filter(_is_left_open, _entries(folder))
    return found, [*map(_open_elsewhere, left_open), *map(_nameless, nameless)]


def _named(files: Iterable[Path]) -> tuple[list[Found], list[Path]]:
    """The files by the periods in their names, and those whose names tell none."""
    told = [(path, parse_period(path.stem)) for path in files]
    return [Found(path, period) for path, period in told if period], [path for path, period in told if period is None]


def workbooks_in(folder: Path) -> list[Path]:
    """The files of a folder that may be ledgers, whatever they are called."""
    return [
        path
        for path in _entries(folder)
        if path.suffix.lower() in SUFFIXES and path.name != answering.FILE and not path.name.startswith((".", "~$"))
    ]


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _is_left_open(path: Path) -> bool:
    """Is this the file that Excel or WPS leaves beside a workbook while it is open?"""
    return path.name.startswith(("~$", ".~"))


# ---------------------------------------------------------------------------------------------- a given ledger


def _ledgers_with(given: Path, job: Job) -> tuple[list[Found], list[Problem]]:
    """A ledger given by its file, among the ledgers on file.

    These are the report's own, and what lies beside the given one or was given with it: a clerk who works on a copy
    on the desktop still means the earlier periods that are on file. An unchanged copy of one on file is that one.
    """
    period = parse_period(given.stem)
    if period is None:
        return [], [_nameless(given)]
    if _is_left_open(given):
        return [], sheets.open_book(given)[1]
    home, problems = _looked_through(job.report.input)
    outside, said = _outside(given, period, job)
    others = {one.path.resolve(): one for one in outside if not any(_is_copy(one, other) for other in home)}
    found = [*home, *others.values()]
    problems += [
        *said,
        *_doubles(found, job.report.input),
        *_joined(given, [f for f in home if f.period < period], job),
    ]
    return sorted(_up_to(period, found), key=lambda f: f.period), problems


def _joined(given: Path, earlier: Sequence[Found], job: Job) -> list[Problem]:
    """Says with which earlier ledgers on file one that lies elsewhere is counted."""
    if not earlier or _is_in(given, job.report.input):
        return []
    last = sorted(earlier, key=lambda f: f.period)[-3:]
    names = "、".join(one.path.name for one in last) + (f"等{len(earlier)}本" if len(earlier) > 3 else "")
    message = f"以前各期用的是 {job.report.input} 里的：{names}"
    return [
        Problem(Level.NOTE, "earlier_on_file", message, "不是同一份通报的，用 -r 指明另一份", place=Place(given.name))
    ]


def _outside(given: Path, period: Period, job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers outside of the report's folder: those given, and those of the report that lie beside the given one.

    A desktop holds much else: what is not of this report is left alone, and said in one line.
    """
    together = _up_to(period, _named([given, *job.together])[0])
    if _is_in(given, job.report.input):
        return together, []
    folder = given.resolve().parent
    near, nameless = _named([path for path in workbooks_in(folder) if path.resolve() != given.resolve()])
    near = _up_to(period, near)
    ours = [one for one in near if _may_be_of(job, one.path)]
    counted = {given.name, *(one.path.name for one in ours)}
    left_open = [path for path in _entries(folder) if _is_left_open(path) and _opened(path) in counted]
    strange = [*nameless, *(one.path for one in near if one not in ours)]
    return [*together, *ours], [*map(_open_elsewhere, left_open), *_left_alone(strange)]


def _may_be_of(job: Job, path: Path) -> bool:
    """May this be a ledger of the report? One that cannot be opened may: the run then says what is wrong with it."""
    book, _ = sheets.open_book(path)
    return book is None or bool(_fitting(book, [job]))


def _is_copy(one: Found, other: Found) -> bool:
    """Is it the other one, or a copy of it for the same period that nobody has changed?"""
    return one.period == other.period and _bytes_of(one.path) == _bytes_of(other.path)


def _bytes_of(path: Path) -> bytes | Path:
    """What a file holds; itself where it cannot be read, which is like nothing else."""
    try:
        return path.read_bytes()
    except OSError:
        return path


def _left_alone(files: Sequence[Path]) -> list[Problem]:
    if not files:
        return []
    names = "、".join(path.name for path in files[:5]) + ("等" if len(files) > 5 else "")
    message = f"同一文件夹里还有{len(files)}个文件不像这份通报的台账，没有计入：{names}"
    fix = "其中有以前各期台账的，文件名写明期次，放进这份通报的台账文件夹"
    return [Problem(Level.WARNING, "left_alone", message, fix)]


# ---------------------------------------------------------------------------------------------- what is no ledger


def _nameless(path: Path) -> Problem:
    fix = "文件名里写明期次，如“台账2022-02.xlsx”；不是台账的文件请移走"
    return Problem(Level.ERROR, "no_period", f"文件名“{path.name}”里没有期次", fix, place=Place(path.name))


def _open_elsewhere(path: Path) -> Problem:
    message = f"“{_opened(path)}”正在 Excel 或 WPS 中打开，没有保存的改动不会计入"
    return Problem(Level.WARNING, "open_elsewhere", message, "保存并关闭后再运行一次", place=Place(_opened(path)))


def _opened(path: Path) -> str:
    """The name of the workbook that is open."""
    return path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")


def _doubles(found: Sequence[Found], home: Path | None = None) -> list[Problem]:
    """The ledgers that end on the same day; those that do not lie in the report's folder with their whole path."""
    by_day: dict[date, list[Path]] = {}
    for one in found:
        by_day.setdefault(one.period.last, []).append(one.path)
    return [_double(paths, home) for paths in by_day.values() if len(paths) > 1]


def _double(paths: Sequence[Path], home: Path | None) -> Problem:
    names = [path.name if home is None or _is_in(path, home) else str(path) for path in paths]
    message = f"同一期有{len(paths)}本台账：" + "、".join(names)
    elsewhere = home is not None and not all(_is_in(path, home) for path in paths)
    fix = "只留一本，其余移走" + (f"；要用的那一本放进 {home}" if elsewhere else "")
    return Problem(Level.ERROR, "two_for_one_period", message, fix)


# ---------------------------------------------------------------------------------------------- read


def roster_of(settings: Settings) -> tuple[Roster | None, list[Problem]]:
    """The roster of the settings; None where the office keeps none (it is then learned from each ledger)."""
    if settings.units:
        return Roster.from_names(settings.units), []
    if settings.units_file is None:
        return None, []
    book, problems = sheets.open_book(settings.units_file)
    if book is None:
        return None, problems
    roster, more = Roster.from_rows(shown(book)[0].texts() if shown(book) else ())
    return roster, [*problems, *more]


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


# ---------------------------------------------------------------------------------------------- between two circulars


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest ledger of a report: its file, its bytes and grids, as it was read; the roster, if the office has one.

    `used` are the ids of all ledgers on file.
    """

    path: Path
    data: bytes
    book: Book
    ledger: Ledger
    roster: Roster | None
    used: frozenset[str]


def newest_ledger(job: Job) -> tuple[Newest | None, list[Problem]]:
    """The newest ledger of a report with all that goes on from it; None where a mistake stands in the way."""
    found, problems = ledgers_for(job)
    roster, more = roster_of(job.settings)
    ledgers, said = read_all(found, job, roster) if not errors(problems) else ([], [])
    problems = [*problems, *more, *said]
    if not ledgers or errors(problems):
        return None, problems
    used, unread = used_ids(job)
    path = found[-1].path
    data = path.read_bytes()
    book, damaged = sheets.parse(data, path.name)
    if book is None or unread:
        return None, [*problems, *damaged, *unread]
    return Newest(path, data, book, ledgers[-1], roster, used), problems


def used_ids(job: Job) -> tuple[frozenset[str], list[Problem]]:
    """The ids of all ledgers on file, which are never given again; and which of them cannot be looked into.

    All workbooks of the folder count, whatever their period, and every sheet of each.
    """
    opened = [(path, *sheets.open_book(path)) for path in workbooks_in(job.report.input)]
    problems = [_ids_unknown(path, said) for path, book, said in opened if book is None]
    return frozenset(id for _, book, _ in opened if book for id in ids_in(book, job.kind)), problems


def _ids_unknown(path: Path, said: Sequence[Problem]) -> Problem:
    why = said[0].message if said else "打不开"
    message = f"“{path.name}”读不了（{why}），不知道里面用过哪些编号"
    return Problem(
        Level.ERROR, "ids_unknown", message, "请先处理好这个文件，或把它移出台账文件夹", place=Place(path.name)
    )


# ---------------------------------------------------------------------------------------------- answers


def stored_answers(folder: Path) -> tuple[list[answering.Answer], list[Problem]]:
    """What a person decided about the rows of two periods, kept beside the ledgers in 对应关系.xlsx."""
    path = folder / answering.FILE
    if not path.exists():
        return [], []
    book, problems = sheets.open_book(path)
    if book is None:
        return [], problems
    read, more = answering.from_rows(shown(book)[0].texts() if shown(book) else ())
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
