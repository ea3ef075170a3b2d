"""Of which period a ledger is: by its name, by the names of its sheets, by what stands above its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.ledger.sheet_periods import months_of
from tongbao.ledger.yearless import Texts, YearSaid, in_year, year_said
from tongbao.ledger.yearless import names_part_of_year as lacks_year
from tongbao.model import Period
from tongbao.rounds.first_day.survey import TableSeen
from tongbao.words.periods import chinese_month, month_end, parse_period
from tongbao.words.text import one_line

_ANY_YEAR = 2000  # completes a name without a year, to see whether it names a month at all
# 更新时间：2025年2月28日, 截至2025年4月底, 统计时间 2025.3.31 above a table.
_AS_OF = re.compile(
    r"(?:更新|统计|填报|报送|制表|数据|截至|截止)[^:：\d]{0,6}[:：]?\s*(?P<said>(?:(?:19|20)\d\d\s*[年.\-/])\s*\d{1,2}[^，,；;\s（(]*)"
)
_LONGEST = 60  # characters of a title; what is longer is a preface, with dates of its own


@dataclass(frozen=True, slots=True)
class Dated:
    """The period of a ledger, and where it is said; None where nothing says it."""

    period: Period | None
    told_by: str = ""


def dated(path: Path, tables: Sequence[TableSeen], years: Iterable[int] = ()) -> Dated:
    """The period of a ledger that is one period: as its name, its sheet, its title or its folder tells, in this order.

    `years` are those of the other ledgers: they help where nothing in this one says the year.
    """
    found = [
        *(it for text, why in _places(path, tables) if (it := _told(text, why, _year_places(path, tables, years)))),
        *_as_of(tables),
    ]
    short = [it for it in found if _days(it[0]) < 360]
    # A ledger of March is none of the whole year, whatever its title says.
    fitting = short if lacks_year(path.stem) else short or found
    return Dated(*fitting[0]) if fitting else Dated(None)


def _told(text: str, why: str, places: Iterable[Texts]) -> tuple[Period, str] | None:
    """The period that a text tells, with a year that another place may say, as a run takes it from a file's name."""
    if period := parse_period(text):
        return period, why
    said = year_said(text, places) if lacks_year(text) else YearSaid()
    period = in_year(text, said.year) if said.year else None
    return (period, f"{why}，年份见{said.what}") if period else None


def _as_of(tables: Sequence[TableSeen]) -> Iterator[tuple[Period, str]]:
    """The day to which a table says that it was brought up."""
    for table in tables:
        for text in table.above:
            if (match := _AS_OF.search(text)) and (period := parse_period(match["said"])):
                yield _month_of(period), f"表上写着“{one_line(match[0])}”"


def _places(path: Path, tables: Sequence[TableSeen]) -> Iterator[tuple[str, str]]:
    yield path.stem, "文件名"
    for table in tables:
        yield table.name, "工作表名"
        titles = (text for text in table.above if len(text) <= _LONGEST and not _AS_OF.search(text))
        yield from ((text, "表的标题") for text in titles)
    yield path.parent.name, "文件夹名"


def names_part_of_year(text: str) -> bool:
    """Does a text name a month, a quarter or the like, with a year or without?"""
    found = parse_period(text) or parse_period(f"{_ANY_YEAR}年{text}")
    return found is not None and _days(found) < 360


def _days(period: Period) -> int:
    return (period.last - period.first).days


def _month_of(period: Period) -> Period:
    """The month of a day that is its last, as ledgers are brought up to date then; any other day by itself."""
    if period.first == period.last == month_end(period.last):
        return parse_period(chinese_month(period.last)) or period
    return period


# ---------------------------------------------------------------------------------------------- years


def _year_places(path: Path, tables: Sequence[TableSeen], years: Iterable[int]) -> Iterator[Texts]:
    """Where the year of a month may stand, the nearest place first."""
    yield Texts([path.stem], "文件名")
    yield Texts([text for table in tables for text in table.above if len(text) <= _LONGEST], "表的标题")
    yield Texts([table.name for table in tables], "工作表名")
    yield Texts([column.header for table in tables for column in table.columns], "表头")
    yield Texts([path.parent.name], "文件夹名")
    headings = [text for table in tables for text in table.asides if len(text) <= _LONGEST]
    yield Texts(headings, "各标题行", latest=True)
    yield Texts([f"{year}年" for year in years], "另外几本")


# ---------------------------------------------------------------------------------------------- books of months


def months_in(path: Path, tables: Sequence[TableSeen], years: Iterable[int] = ()) -> dict[str, Period]:
    """The period of each sheet, where a book has one for each month or quarter; nothing where it has not."""
    named = [table for table in tables if names_part_of_year(table.name)]
    if len(named) < 2:
        return {}
    year = year_said(named[0].name, _year_places(path, named, years)).year
    period = parse_period(path.stem) or (parse_period(f"{year}年") if year else None)
    found = months_of([(table.sheet, table.top) for table in named], period)
    return found if len(found) == len(named) and len({p.last for p in found.values()}) == len(found) else {}


def tells_months(stem: str, tables: Sequence[TableSeen], months: Mapping[str, Period]) -> bool:
    """Does a run that knows the file by this name tell the same periods of its sheets?"""
    return months_of([(table.sheet, table.top) for table in tables], parse_period(stem)) == months
