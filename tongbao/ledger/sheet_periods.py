"""Which period each sheet of a workbook is that has one for each month, quarter or half-year: 1月, 一季度."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongbao.config.kinds import NUMBERS, Kind
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.prepared import is_prepared_for
from tongbao.excel.values import holds, text_of
from tongbao.ledger import headers
from tongbao.ledger.choice import Choice, is_closed, shown
from tongbao.ledger.headers import Layout
from tongbao.ledger.rawtable import RawTable, gather
from tongbao.model import OUR_SHEET, PROGRESS, Level, Period, Place, Problem
from tongbao.words.periods import parse_period
from tongbao.words.text import first_few

# What a copy is called, by people and by Excel: 3月备份, 3月 (2). It costs: a month that is only called so is none.
_COPY = re.compile(
    r"备份|副本|复件|拷贝|(?i:copy|backup)|旧|作废|废弃|草稿|改前|原稿|模板|样表|示例|[(（]\d{1,2}[)）]\s*$"
)
_MONTH_ALONE = re.compile(r"(?:0?[1-9]|1[0-2])")
_NAMES_TIME = re.compile(r"\d\s*月|[一二三四五六七八九十]月|季度|[上下]半年|[qQ][1-4]|(?:19|20)\d\d")
_WHOLE_YEAR = re.compile("全年|年度|年$")
# Names are first read as of a leap year, so that the 29th of February is a day.
_ANY_YEAR = 2024
# From December to January the month falls by this much at least; 3月 behind 4月 only stands in the wrong place.
_NEW_YEAR = 6
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet that is the ledger of one period. `uncached`: some formulas on it have no value."""

    sheet: Sheet
    period: Period
    uncached: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A sheet whose name tells a period; of what year is still open where `year` is 0."""

    sheet: Sheet
    period: Period
    year: int = 0

    def of(self, year: int) -> Period | None:
        """The period in a year."""
        return self.period if self.year else _in_year(self.sheet.name, year)


def pages_of(book: Book, kind: Kind, file_period: Period | None) -> tuple[list[Page], list[Problem]]:
    """The sheets that are a period each, and what is to be said of all others that hold something.

    A name without a year takes it from the title of its sheet, from its neighbours, or from the name of the file
    (`file_period`). A sheet for a month to come, in which nothing is filled in, is none yet.
    """
    found = {s.name: headers.find(s, kind) for s in _readable(book)}
    tables = {name: it for name, it in found.items() if it is not None and not it.missing}
    named = [one for s in _readable(book) if s.name in tables and (one := _named(s, tables[s.name].top)) is not None]
    told = {one.sheet.name for one in named}
    others = [s for s in shown(book) if s.name not in told and not is_closed(s.name) and any(map(_holds_any, s.cells))]
    problems = _left(book, others, tables)
    pages, undated = _dated(named, file_period)
    problems += [_undated(book, undated)] if undated else []
    begun = {page.sheet.name: _is_begun(book, kind, page, tables[page.sheet.name]) for page in pages}
    last = max((page.period for page in pages if begun[page.sheet.name]), default=None)
    waiting = [page for page in pages if not begun[page.sheet.name] and last and not page.period < last]
    problems += [_not_begun(book, waiting)] if waiting else []
    return [page for page in pages if page not in waiting], problems


def months_of(tables: Sequence[tuple[Sheet, int]], file_period: Period | None) -> dict[str, Period]:
    """The periods of sheets by their names, as `pages_of` tells them; each sheet with the first row of its header."""
    named = [one for sheet, top in tables if (one := _named(sheet, top)) is not None]
    return {page.sheet.name: page.period for page in _dated(named, file_period)[0]}


def _readable(book: Book) -> list[Sheet]:
    """The sheets in sight, and those that are hidden: offices hide the months that are over.

    Of a hidden sheet in another format than .xlsx the reader does not keep the merged cells: it must be in sight.
    """
    whole = book.file.lower().endswith((".xlsx", ".xlsm"))
    return [s for s in book.sheets if s.name != OUR_SHEET and (not s.hidden or whole)]


def month_view(book: Book, name: str) -> Book:
    """The workbook with this one month, in sight, and with what all months share: what is closed, what we note."""
    shared = [s for s in book.sheets if s.name == OUR_SHEET or (s.name != name and is_closed(s.name))]
    month = [replace(s, hidden=False) for s in book.sheets if s.name == name]
    return replace(book, sheets=(*month, *shared))


def _holds_any(cells: Sequence[object]) -> bool:
    return any(cell != "" for cell in cells)


# ---------------------------------------------------------------------------------------------- names


def period_named(name: str, year: int = 0) -> Period | None:
    """The period that the name of a sheet tells, of that year where it tells none; None for a copy and a plain name."""
    if _COPY.search(name):
        return None
    return _with_year(name) or (_in_year(name, year) if year else None)


def _with_year(name: str) -> Period | None:
    found = parse_period(name)
    return found if found and _NAMES_TIME.search(name) and not _is_year_of_something(found, name) else None


def _in_year(name: str, year: int) -> Period | None:
    """The period of a name without a year; a bare 3 is a month."""
    said = f"{year}年{name}月" if _MONTH_ALONE.fullmatch(name.strip()) else f"{year}年{name}"
    found = parse_period(said) if _NAMES_TIME.search(said.removeprefix(f"{year}年")) else None
    return found if found and not _is_year_of_something(found, name) else None


def _is_year_of_something(found: Period, name: str) -> bool:
    """Is this a whole year though the name does not say so (2025年汇总)?"""
    return (found.last - found.first).days > 360 and not _WHOLE_YEAR.search(name)


def _named(sheet: Sheet, top: int) -> _Named | None:
    if _COPY.search(sheet.name) or is_closed(sheet.name):
        return None
    if found := _with_year(sheet.name):
        return _Named(sheet, found, found.last.year)
    found = _in_year(sheet.name, _ANY_YEAR)
    if found is None:
        return None
    year = _year_in_title(sheet, top, found)
    return _Named(sheet, _in_year(sheet.name, year) or found, year) if year else _Named(sheet, found)


def _year_in_title(sheet: Sheet, top: int, found: Period) -> int:
    """The year that a line above the table tells together with the same month; 0 where none does."""
    texts = (text_of(value) for row in sheet.cells[: top - 1] for value in row if value != "")
    periods = filter(None, (parse_period(text) for text in texts if len(text) <= _LONGEST_TITLE))
    months = (p for p in periods if (p.last.month, p.first.month) == (found.last.month, found.first.month))
    return next((period.last.year for period in months), 0)


def _dated(named: Sequence[_Named], file_period: Period | None) -> tuple[list[Page], list[_Named]]:
    """The pages with their years, oldest first, and the sheets whose year nobody tells."""
    ordered, turns = _in_order(named)
    known = next(((it.year, turn) for it, turn in zip(ordered, turns, strict=True) if it.year), None)
    if known is None and file_period:
        known = file_period.last.year, turns[-1] if turns else 0
    pages, undated = [], []
    for it, turn in zip(ordered, turns, strict=True):
        period = it.of(known[0] - known[1] + turn) if known else it.period if it.year else None
        if period:
            pages.append(Page(it.sheet, period, bool(it.sheet.marks.uncached)))
        else:
            undated.append(it)
    return sorted(pages, key=lambda page: page.period), undated


def _in_order(named: Sequence[_Named]) -> tuple[list[_Named], list[int]]:
    """The sheets from old to new as they stand in the book, whichever way, and how many years each lies after the
    first."""
    ordered = list(named)
    steps = [_months(b) - _months(a) for a, b in pairwise(ordered)]
    if sum(step < 0 and abs(step) < _NEW_YEAR for step in steps) > sum(0 < step < _NEW_YEAR for step in steps):
        ordered.reverse()
    turns = [0] if ordered else []
    for a, b in pairwise(ordered):
        turns.append(turns[-1] + (_months(a) - _months(b) >= _NEW_YEAR))
    return ordered, turns


def _months(it: _Named) -> int:
    return it.period.last.month


# ---------------------------------------------------------------------------------------------- what is in them


def _is_begun(book: Book, kind: Kind, page: Page, layout: Layout) -> bool:
    """Is anything filled in for the period? A sheet that `next` prepared is at work as soon as items stand in it."""
    table = gather(book, kind, Choice(page.sheet, layout))
    return bool(table.rows) and (is_prepared_for(book, page.period.token) or _is_filled(table, kind))


def _is_filled(table: RawTable, kind: Kind) -> bool:
    numbers = (c.field for c in kind.columns if c.type in NUMBERS and c.grows)
    names = [name for name in (PROGRESS, *kind.state_fields, *numbers) if name in table.columns]
    return not names or any(holds(raw.values.get(name, "")) for raw in table.rows for name in names)


# ---------------------------------------------------------------------------------------------- what is said


def _left(book: Book, sheets: Sequence[Sheet], tables: Mapping[str, Layout]) -> list[Problem]:
    """What is said of the sheets that are no period: of those that could be a ledger a warning, of others a note."""
    said = []
    ledgers, plain = [s for s in sheets if s.name in tables], [s for s in sheets if s.name not in tables]
    if ledgers:
        named = "、".join(f"“{s.name}”" for s in ledgers)
        message = f"工作表{named}像台账，名字却不是一个期次（或是备份、副本），没有算作一期"
        fix = "是一期的，把表名改成如“4月”；不是的不必管"
        said.append(Problem(Level.WARNING, "sheet_no_period", message, fix, place=Place(book.file, ledgers[0].name)))
    if plain:
        named = first_few([f"“{s.name}”" for s in plain], 5)
        message = f"工作表{named}不是台账，没有读取"
        said.append(Problem(Level.NOTE, "sheet_no_ledger", message, "", place=Place(book.file, plain[0].name)))
    return said


def _undated(book: Book, named: Sequence[_Named]) -> Problem:
    names = first_few([f"“{it.sheet.name}”" for it in named], 5)
    message, fix = f"工作表{names}看不出是哪一年", "文件名里写明年份，如“2025年台账.xlsx”，或把表名改成“2025年3月”"
    return Problem(Level.ERROR, "sheet_no_year", message, fix, place=Place(book.file, named[0].sheet.name))


def _not_begun(book: Book, pages: Sequence[Page]) -> Problem:
    names = "、".join(f"“{page.sheet.name}”" for page in pages)
    message = f"工作表{names}还没有填状态和进展，没有算作一期"
    return Problem(
        Level.NOTE, "sheet_not_begun", message, "填了以后自动算作一期", place=Place(book.file, pages[0].sheet.name)
    )


def first_difference(one: Sheet, other: Sheet) -> tuple[int, int] | None:
    """The first cell in which two sheets differ, None where they say the same; formulas without a value are passed."""
    rows = range(1, max(len(one.cells), len(other.cells)) + 1)
    width = max((len(row) for sheet in (one, other) for row in sheet.cells), default=0)
    passed = one.marks.uncached | other.marks.uncached
    for row in rows:
        for column in range(1, width + 1):
            mine, theirs = one.value(row, column), other.value(row, column)
            if mine != theirs and (row, column) not in passed and text_of(mine) != text_of(theirs):
                return row, column
    return None


def with_sheet_named(book: Book, old: str, new: str) -> Book:
    """The workbook with one sheet under another name."""
    return replace(book, sheets=tuple(replace(s, name=new) if s.name == old else s for s in book.sheets))
