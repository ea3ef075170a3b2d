"""The periods of a report that keeps workbooks with one sheet for each month: a period is a sheet, not a file.

The books on file may repeat older months, as each is a copy of the one before with one more sheet. Sheets that say the
same count once; of two that differ nobody can say which holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tongbao.excel import sheets
from tongbao.excel.grid import Book
from tongbao.ledger import on_file
from tongbao.ledger.asked import Job
from tongbao.ledger.choice import choose
from tongbao.ledger.on_file import Found, workbooks_in
from tongbao.ledger.sheet_periods import Page, first_difference, pages_of
from tongbao.ledger.worded import by_words
from tongbao.model import CLOSED_IN, Ledger, Level, Period, Place, Problem, Row
from tongbao.outside.files import from_here, is_folder, real_path
from tongbao.words.periods import cell_date, parse_period
from tongbao.words.text import key

# Headers of a sheet of closed items that may say in which period each was closed.
_CLOSED_WHEN = tuple(map(key, (CLOSED_IN, "销号时间", "销号日期", "办结时间", "办结日期", "完成时间", "办结月份")))


@dataclass(frozen=True, slots=True)
class _Of:
    """A page and the workbook in which it stands."""

    path: Path
    page: Page


def ledgers_in_books(job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a job up to its period, oldest first, each a sheet of a book, and what was found odd."""
    files = _files(job)
    if not files:
        return [], on_file.ledgers_in(job.report.input)[1]
    problems = on_file.left_open_in(job.report.input)
    pages: list[_Of] = []
    plain: list[Found] = []
    for path in files:
        book, said = sheets.open_book(path)
        problems += said
        found, whole, said = _in_book(path, book, job) if book else ([], None, [])
        pages += found
        plain += [whole] if whole else []
        problems += said
    by_day: dict[date, list[_Of]] = {}
    for one in pages:
        by_day.setdefault(one.page.period.last, []).append(one)
    problems += [problem for several in by_day.values() for problem in _doubled(several)]
    chosen = [_chosen(several) for several in by_day.values()]
    ledgers = [*(Found(one.path, one.page.period, one.page.sheet.name) for one in chosen), *plain]
    problems += _twice(ledgers)
    return _asked(ledgers, job, pages, problems)


def _files(job: Job) -> list[Path]:
    """The workbooks in the folder of the report, and those that were given."""
    there = workbooks_in(job.report.input) if is_folder(job.report.input) else []
    known = {real_path(path) for path in there}
    given = list(dict.fromkeys([*filter(None, [job.ledger]), *job.together]))
    return [*there, *(path for path in given if real_path(path) not in known)]


def _in_book(path: Path, book: Book, job: Job) -> tuple[list[_Of], Found | None, list[Problem]]:
    """The pages of a book; a book without any that is a ledger of the period in its name counts as that."""
    told = parse_period(path.stem)
    pages, problems = pages_of(book, job.kind, told)
    if pages or any(p.level is Level.ERROR for p in problems):
        return [_Of(path, page) for page in pages], None, problems
    if told and choose(book, by_words(book, job.kind), "")[0]:
        return [], Found(path, told), []
    message = "没有一张工作表的名字是期次（如“3月”“一季度”），没有读取"
    fix = "把表名改成期次；一个文件一期的，删去 config.yaml 里的 periods: sheets"
    return [], None, [Problem(Level.ERROR, "no_period_sheets", message, fix, place=Place(path.name))]


# ---------------------------------------------------------------------------------------------- one period twice


def _doubled(several: Sequence[_Of]) -> Iterator[Problem]:
    """An error where two sheets of one period differ, with the first cell of each in which they do."""
    chosen = _chosen(several)
    for other in several:
        if other is chosen:
            continue
        at = first_difference(chosen.page.sheet, other.page.sheet)
        if at or chosen.page.period != other.page.period:
            yield _differing(chosen, other, at or (1, 1))


def _chosen(several: Sequence[_Of]) -> _Of:
    """The sheet that is read of those that say the same: one whose formulas have their values."""
    return next((one for one in reversed(several) if not one.page.uncached), several[-1])


def _differing(one: _Of, other: _Of, at: tuple[int, int]) -> Problem:
    places = [Place(it.path.name, it.page.sheet.name, *at) for it in (one, other)]
    said = [f"{place.file}“{place.sheet}”{place.cell}" for place in places]
    message = f"{one.page.period.label}有两张内容不同的表：{said[0]}与{said[1]}不一样"
    fix = "核对以哪一张为准，把另一张改成一样，或把那张表（那个文件）移走"
    return Problem(Level.ERROR, "two_for_one_period", message, fix, place=places[0])


def _twice(ledgers: Sequence[Found]) -> list[Problem]:
    """An error for each day on which a sheet and a whole file end."""
    by_day: dict[date, list[Found]] = {}
    for one in ledgers:
        by_day.setdefault(one.period.last, []).append(one)
    return [
        Problem(
            Level.ERROR,
            "two_for_one_period",
            f"同一期有{len(several)}本台账：{'、'.join(one.name for one in several)}",
            "只留一本，其余移走",
            place=Place(several[0].path.name, several[0].sheet),
        )
        for several in by_day.values()
        if len(several) > 1
    ]


# ---------------------------------------------------------------------------------------------- up to which period


def _asked(
    ledgers: Sequence[Found], job: Job, pages: Iterable[_Of], problems: list[Problem]
) -> tuple[list[Found], list[Problem]]:
    """The ledgers up to the period that was asked for, or to the newest one of a book that was given."""
    last = job.period
    if job.ledger:
        given = [one.page.period for one in pages if real_path(one.path) == real_path(job.ledger)]
        last = max(given, default=None) or parse_period(job.ledger.stem)
    found = sorted((f for f in ledgers if not last or not last < f.period), key=lambda f: f.period)
    if job.period and not any(f.period.last == job.period.last for f in found):
        there = "、".join(f.period.label for f in sorted(ledgers, key=lambda f: f.period))
        message = f"{from_here(job.report.input)} 里没有{job.period.label}的表，只有{there}"
        problems.append(Problem(Level.ERROR, "no_ledger", message, "看看表名，或不加 -p 直接生成最新一期"))
    return found, problems


# ---------------------------------------------------------------------------------------------- what is closed


def closed_until(ledger: Ledger) -> Ledger:
    """The ledger without those rows of its sheet 销号 that were closed in a later period.

    All months of a book share that sheet. A row that does not say when it was closed counts as closed in each.
    """
    kept = tuple(row for row in ledger.closed if not _closed_after(row, ledger.period))
    return ledger if len(kept) == len(ledger.closed) else replace(ledger, closed=kept)


def _closed_after(row: Row, period: Period) -> bool:
    texts = [text for header, text in row.others.items() if key(header) in _CLOSED_WHEN]
    for text in texts:
        day = cell_date(text)
        if day:
            return day > period.last
        if told := parse_period(text) or parse_period(f"{period.last.year}年{text}"):
            return period < told
    return False
