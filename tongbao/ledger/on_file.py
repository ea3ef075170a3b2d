"""The ledgers of a report by the periods in their names. A file whose name tells none is a problem, not a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tongbao.excel import sheets
from tongbao.ledger.asked import Job, fitting_jobs, is_in
from tongbao.ledger.yearless import likely_year, names_part_of_year, told_of, told_years, year_missing, year_taken
from tongbao.model import ANSWERS_FILE, UNFILLED_FILE, Level, Period, Place, Problem
from tongbao.outside.files import UnreadableFile, content, entries, from_here, is_file, is_folder, real_path
from tongbao.words.periods import count_in, parse_period
from tongbao.words.text import first_few

# What may be a ledger; .et is the format of WPS. Everything else in the folder (Word files, pictures) is passed over.
# .txt is left out: what lies about under that name is notes.
_EXCEL = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb"}
_PAGES = {".htm", ".html", ".mht", ".mhtml", ".xml"}
SUFFIXES = {*_EXCEL, *_PAGES, ".et", ".ett", ".ods", ".ots", ".fods", ".uos", ".csv", ".tsv"}


@dataclass(frozen=True, slots=True)
class Found:
    """A ledger and its period: a file by its name, or one `sheet` of a file that has one for each period."""

    path: Path
    period: Period
    sheet: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.path.name}“{self.sheet}”" if self.sheet else self.path.name


def ledgers_for(job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a job up to its period, oldest first, and what was found odd.

    Two ledgers whose periods end on the same day are an error, however the run was begun: which one counts cannot be
    known.
    """
    if job.ledger:
        return _ledgers_with(job.ledger, job)
    found, problems = ledgers_in(job.report.input)
    if job.period:
        found = _up_to(job.period, found)
        if not any(f.period.last == job.period.last for f in found):
            fix = "看看文件名里的期次，或不加 -p 直接生成最新一期"
            message = f"{from_here(job.report.input)} 里没有{job.period.label}的台账"
            problems.append(Problem(Level.ERROR, "no_ledger", message, fix))
    return sorted(found, key=lambda f: f.period), problems


def _up_to(period: Period, found: Sequence[Found]) -> list[Found]:
    return [f for f in found if not period < f.period]


def ledgers_in(folder: Path) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a folder by the periods in their names; an error where there are none, or two of one day."""
    if not is_folder(folder):
        fix = "新建这个文件夹，放入台账；或改 config.yaml 的 input"
        return [], [Problem(Level.ERROR, "no_ledger", f"没有台账文件夹：{from_here(folder)}", fix)]
    found, problems = _looked_through(folder)
    if not found and not problems:
        fix = "把台账放进这个文件夹，文件名写明期次，如“台账2022-02.xlsx”"
        problems.append(Problem(Level.ERROR, "no_ledger", f"{from_here(folder)} 里没有台账", fix))
        problems += _lying_there(folder)
    return found, problems + _doubles(found) + _passed_over(folder, found)


def _passed_over(folder: Path, found: Sequence[Found]) -> list[Problem]:
    """A warning that names the files of a later period than any ledger, which are nothing that is read as a ledger."""
    if not found:
        return []
    newest = max(found, key=lambda one: one.period)
    others = [path for path in entries(folder) if path.suffix.lower() not in SUFFIXES and path.name[0] not in ".~"]
    later = [
        path.name for path in others if (told := parse_period(path.stem)) and newest.period < told and is_file(path)
    ]
    if not later:
        return []
    named = first_few(later, 5)
    message = f"最新一期按“{newest.path.name}”算；期次更晚的{len(later)}个文件不是能直接读的表格，没有读：{named}"
    fix = "其中有台账的，请用 Excel/WPS 打开，另存为 .xlsx 后再运行；不是台账的不必管"
    return [Problem(Level.WARNING, "later_unread", message, fix)]


def _looked_through(folder: Path) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a folder, and a problem for each workbook whose name tells no period or that somebody has open."""
    found, nameless, said = _named(workbooks_in(folder), folder)
    periods = [one.period for one in found]
    return found, [*left_open_in(folder), *(_nameless(path, periods) for path in nameless), *said]


def left_open_in(folder: Path) -> list[Problem]:
    """A warning for each workbook of a folder that somebody has open."""
    return [_open_elsewhere(path) for path in entries(folder) if _is_left_open(path)] if is_folder(folder) else []


def _lying_there(folder: Path) -> list[Problem]:
    """What the files are that bear a period in their names and are no ledgers (a .numbers, a .lnk, a .zip)."""
    others = [path for path in entries(folder) if parse_period(path.stem) and not path.name.startswith((".", "~$"))]
    return [problem for path in others[:3] if is_file(path) for problem in sheets.open_book(path)[1]]


def _named(files: Iterable[Path], home: Path) -> tuple[list[Found], list[Path], list[Problem]]:
    """The files whose period is told, those whose period is not, and from where years were taken.

    What a person said of years lies in `home`, the folder of the report.
    """
    years = told_years(home)
    told = [(path, told_of(path, years)) for path in files]
    known = [(path, one) for path, one in told if one]
    found = [Found(path, one.period) for path, one in known]
    return found, [path for path, one in told if one is None], year_taken(known)


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of a folder, whatever they are called, but for stored answers and hidden or temporary files."""
    ours = (ANSWERS_FILE, UNFILLED_FILE)
    return [
        path
        for path in entries(folder)
        if path.suffix.lower() in SUFFIXES and path.name not in ours and not path.name.startswith((".", "~$"))
    ]


def _is_left_open(path: Path) -> bool:
    """Is this the file beside a workbook that is open: `~$…` of Excel or WPS, `.~lock.…#` of LibreOffice?"""
    return path.name.startswith(("~$", ".~"))


# ---------------------------------------------------------------------------------------------- a given ledger


def _ledgers_with(given: Path, job: Job) -> tuple[list[Found], list[Problem]]:
    """A ledger given by its file, with the ledgers of the report up to its period, oldest first.

    These are the ones in the report's folder, and those that lie beside the given one or were given with it: a clerk
    who works on a copy on the desktop still means the earlier periods on file. A file outside that is byte by byte
    the same as one on file, for the same period, does not count twice.
    """
    if _is_left_open(given):
        return [], sheets.open_book(given)[1]
    home, problems = _looked_through(job.report.input)
    told = told_of(given, told_years(job.report.input))
    if told is None:
        return [], [_nameless(given, [one.period for one in home])]
    period = told.period
    problems += [] if is_in(given, job.report.input) else year_taken([(given, told)])
    outside, said = _outside(given, period, job)
    on_file = {real_path(one.path) for one in home}
    others = {real_path(one.path): one for one in outside if not any(_is_copy(one, other) for other in home)}
    others = {path: one for path, one in others.items() if path not in on_file}
    found = [*home, *others.values()]
    problems += [
        *said,
        *_doubles(found, job.report.input),
        *_joined(given, [f for f in home if f.period < period], job),
    ]
    return sorted(_up_to(period, found), key=lambda f: f.period), problems


def _joined(given: Path, earlier: Sequence[Found], job: Job) -> list[Problem]:
    """A note that names the last three earlier ledgers on file, where the given ledger lies elsewhere."""
    if not earlier or is_in(given, job.report.input):
        return []
    last = sorted(earlier, key=lambda f: f.period)[-3:]
    names = "、".join(one.path.name for one in last) + (f"等{len(earlier)}本" if len(earlier) > 3 else "")
    message = f"以前各期用的是 {from_here(job.report.input)} 里的：{names}"
    return [
        Problem(Level.NOTE, "earlier_on_file", message, "不是同一份通报的，用 -r 指明另一份", place=Place(given.name))
    ]


def _outside(given: Path, period: Period, job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers outside of the report's folder: those given, and those beside the given one that fit the report.

    A desktop holds much else: workbooks that do not fit are left alone, and named in one warning.
    """
    home = job.report.input
    together = _up_to(period, _named([given, *job.together], home)[0])
    if is_in(given, job.report.input):
        return together, []
    folder = real_path(given).parent
    near, nameless, _ = _named([path for path in workbooks_in(folder) if real_path(path) != real_path(given)], home)
    near = _up_to(period, near)
    ours = [one for one in near if _may_be_of(job, one.path)]
    counted = {given.name, *(one.path.name for one in ours)}
    left_open = [path for path in entries(folder) if _is_left_open(path) and _opened(path) in counted]
    strange = [*nameless, *(one.path for one in near if one not in ours)]
    return [*together, *ours], [*map(_open_elsewhere, left_open), *_left_alone(strange)]


def _may_be_of(job: Job, path: Path) -> bool:
    """May this be a ledger of the report? Also one that cannot be opened: the run then says what is wrong with it."""
    book, _ = sheets.open_book(path)
    return book is None or bool(fitting_jobs(book, [job]))


def _is_copy(one: Found, other: Found) -> bool:
    """Is this the other file, or an unchanged copy of it for the same period?"""
    return one.period == other.period and _bytes_of(one.path) == _bytes_of(other.path)


def _bytes_of(path: Path) -> bytes | Path:
    """The bytes of a file; its path where it cannot be read, so that it is equal to no other."""
    try:
        return content(path)
    except UnreadableFile:
        return path


def _left_alone(files: Sequence[Path]) -> list[Problem]:
    if not files:
        return []
    names = first_few([path.name for path in files], 5)
    message = f"同一文件夹里还有{len(files)}个文件不像这份通报的台账，没有计入：{names}"
    fix = "其中有以前各期台账的，文件名写明期次，放进这份通报的台账文件夹"
    return [Problem(Level.WARNING, "left_alone", message, fix)]


def without_year(job: Job) -> list[tuple[Path, int]]:
    """The files of a job whose names tell no year, and nothing in them either; each with its likeliest year, or 0."""
    found, nameless, _ = _named(workbooks_in(job.report.input), job.report.input)
    given = [path for path in (job.ledger, *job.together) if path and not is_in(path, job.report.input)]
    nameless += _named(given, job.report.input)[1]
    asked = [path for path in dict.fromkeys(nameless) if names_part_of_year(path.stem)]
    return [(path, likely_year(path.stem, [one.period for one in found])) for path in asked]


# ---------------------------------------------------------------------------------------------- what is no ledger


def _nameless(path: Path, others: Sequence[Period]) -> Problem:
    if names_part_of_year(path.stem):
        return year_missing(path, others)
    if count := count_in(path.stem):
        message = f"文件名“{path.name}”写的是“{count}”，看不出到哪一天为止"
        fix = "按周、按旬、按次的请在文件名里写日期，如“台账2022-05-20.xlsx”"
        return Problem(Level.ERROR, "no_period", message, fix, place=Place(path.name))
    fix = "文件名里写明期次，如“台账2022-02.xlsx”；不是台账的文件请移走"
    return Problem(Level.ERROR, "no_period", f"文件名“{path.name}”里没有期次", fix, place=Place(path.name))


def _open_elsewhere(path: Path) -> Problem:
    message = f"“{_opened(path)}”正在 Excel 或 WPS 中打开，没有保存的改动不会计入"
    return Problem(Level.WARNING, "open_elsewhere", message, "保存并关闭后再运行一次", place=Place(_opened(path)))


def _opened(path: Path) -> str:
    """The name of the workbook beside which the temporary file lies."""
    return path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")


def _doubles(found: Sequence[Found], home: Path | None = None) -> list[Problem]:
    """An error for each day on which several ledgers end; those outside of the report's folder by their whole path."""
    by_day: dict[date, list[Path]] = {}
    for one in found:
        by_day.setdefault(one.period.last, []).append(one.path)
    return [_double(paths, home) for paths in by_day.values() if len(paths) > 1]


def _double(paths: Sequence[Path], home: Path | None) -> Problem:
    names = [path.name if home is None or is_in(path, home) else str(from_here(path)) for path in paths]
    message = f"同一期有{len(paths)}本台账：" + "、".join(names)
    fix = "只留一本，其余移走"
    if home is not None and not all(is_in(path, home) for path in paths):
        fix += f"；要用的那一本放进 {from_here(home)}"
    return Problem(Level.ERROR, "two_for_one_period", message, fix)
