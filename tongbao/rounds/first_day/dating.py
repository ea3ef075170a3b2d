"""Of which period a ledger is: by its name, by the names of its sheets, by what stands above its table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tongbao.excel.values import text_of
from tongbao.ledger.sheet_periods import months_of
from tongbao.ledger.yearless import Texts, YearSaid, year_said
from tongbao.model import Period
from tongbao.rounds.first_day.survey import TableSeen
from tongbao.words.periods import chinese_month, month_end, parse_period, spell_out
from tongbao.words.text import one_line

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?=\d|第|底|内|[上下]半年|度)")
_MOST = 0.6  # the share of the dates in a ledger that must be of one year, so that it is the ledger's (set by feel)
_ANY_YEAR = 2000  # completes a name without a year, to see whether it names a month at all
# 更新时间：2025年2月28日, 截至2025年4月底, 统计时间 2025.3.31 above a table.
_AS_OF = re.compile(
    r"(?:更新|统计|填报|填表|报送|上报|制表|编制|汇总|数据|截至|截止)[^:：\d]{0,6}[:：]?\s*(?P<said>(?:(?:19|20)\d\d\s*[年.\-/])\s*\d{1,2}[^，,；;\s（(]*)"
)
# A day without its year, as file names and titles have it: 4.28, 0428. Not 1.5万元, 3.2公里, V1.2.
_DOTTED = re.compile(r"(?<![\d.月vV第])(1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])(?![\d.%]|\s*[万亿个项元公亩倍])")
_FOUR_FIGURES = re.compile(r"(?<![\dA-Za-z.])(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.])")
_AT_END = re.compile(r"(?<![\d年.-])(1[0-2]|0?[1-9])[-/_](3[01]|2\d|1[3-9])(?=$|[（(_\s])")
# Headers of what was done, and of what is still to come.
_DONE_UNTIL = re.compile(r"进展|完成|进度|情况|成效|状态|落实|整改|推进|办理|评价")
_TO_COME = re.compile(r"计划|目标|打算|安排|下一?步|要求|时限|期限|前(?!期)|拟|应")
_MEETING = re.compile(r"日.{0,10}(?:会议?|会商|例会)$|第.{1,4}次.{0,10}会")
_WEEKS = 16  # days of the longest period that counts as a week or two
_LONGEST = 60  # characters of a title; what is longer is a preface, with dates of its own


@dataclass(frozen=True, slots=True)
class Dated:
    """The period of a ledger, and where it is said; None where nothing says it."""

    period: Period | None
    told_by: str = ""


def dated(path: Path, tables: Sequence[TableSeen], years: Iterable[int] = (), by: str = "年份照另外几本") -> Dated:
    """The period of a ledger that is one period: as its name, its sheet, its title or its folder tells, in this order.

    `years` help where nothing in this ledger says the year; `by` says in Chinese where they come from.
    """
    places = list(_year_places(path, tables, years, by))
    found = [
        *(it for text, why in _places(path, tables) if (it := _told(text, why, places))),
        *_as_of(tables),
    ]
    short = [it for it in found if _days(it[0]) < 360]
    if short:
        return Dated(*_of_whole_week(short[0], short))
    # A ledger of March is none of the whole year, whatever its title says.
    return Dated(*found[0]) if found and not _in(path.stem, _ANY_YEAR) else Dated(None)


def _of_whole_week(first: tuple[Period, str], told: Sequence[tuple[Period, str]]) -> tuple[Period, str]:
    """A file that is named by one day of a week, whose title tells from when to when it is (3月17日至3月21日)."""
    day = first[0]
    weeks = (it for it in told if 0 < _days(it[0]) <= _WEEKS and it[0].first <= day.first and day.last < it[0].last)
    return next(weeks, first) if day.first == day.last else first


def _told(text: str, why: str, places: Iterable[Texts]) -> tuple[Period, str] | None:
    """The period that a text tells, with a year that another place may say, as a run takes it from a file's name."""
    if period := _period(text):
        return period, why
    said = year_said(_with_days(text), places) if _in(text, _ANY_YEAR) else YearSaid()
    period = _in(text, said.year) if said.year else None
    where = said.what if said.what.startswith("年份") else f"年份见{said.what}"
    return (period, f"{why}，{where}") if period else None


def _as_of(tables: Sequence[TableSeen]) -> Iterator[tuple[Period, str]]:
    """The day to which a table says that it was brought up."""
    for table in tables:
        for text in (*table.above, *table.asides):
            if (match := _AS_OF.search(text)) and (period := parse_period(match["said"])):
                yield _month_of(period), f"表上写着“{one_line(match[0])}”"


def _places(path: Path, tables: Sequence[TableSeen]) -> Iterator[tuple[str, str]]:
    yield path.stem, "文件名"
    for table in tables:
        yield table.name, "工作表名"
        titles = (text for text in table.above if len(text) <= _LONGEST and not _AS_OF.search(text))
        yield from ((text, "表的标题") for text in titles)
    yield path.parent.name, "文件夹名"
    yield from ((text, f"“{text}”一栏的表头") for table in tables for text in _latest_headers(table))


def _latest_headers(table: TableSeen) -> list[str]:
    """The headers of what was done up to when (截至5月底进展, 二季度完成情况), the latest first; not of columns still
    empty."""
    told = [(until, c.header) for c in table.columns if c.values and (until := told_until(c.header))]
    return [_on_line(header) for _, header in sorted(told, key=lambda it: it[0], reverse=True)]


def told_until(header: str) -> date | None:
    """Up to when a column tells what was done, as its header says, a year being anyone where it has none."""
    text = _on_line(header)
    if not _DONE_UNTIL.search(text) or _TO_COME.search(text):
        return None
    period = _period(text) or _in(text, _ANY_YEAR)
    return period.last if period and _days(period) < 360 else None


def _on_line(header: str) -> str:
    return one_line("".join(header.split()))


def _period(text: str) -> Period | None:
    """The period that a text tells; with 4.28 read as a day where that tells more of the same time, or all there is."""
    plain, with_days = parse_period(text), parse_period(_with_days(text))
    if plain is None or with_days is None:
        return plain or with_days
    more = with_days.first == plain.last or (plain.first <= with_days.first and with_days.last <= plain.last)
    return with_days if more else plain


def _with_days(text: str) -> str:
    """The text with 4.28, 0428 and 4-28 at its end as 4月28日."""
    spelt = spell_out(text)
    for written in (_DOTTED, _FOUR_FIGURES, _AT_END):
        spelt = written.sub(r"\1月\2日", spelt)
    return spelt


def _in(text: str, year: int) -> Period | None:
    """The period that a text without a year names in this year (3月, 一季度, 1-8月)."""
    if _YEAR.search(spell_out(text)):
        return None
    named = _period(f"{year}年{text}")
    return named if named and _days(named) < 360 else None


def names_part_of_year(text: str) -> bool:
    """Does a text name a month, a quarter or the like, with a year or without? A meeting on a day (3月12日党委会) is
    none."""
    if _MEETING.search(text):
        return False
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


def _year_places(
    path: Path, tables: Sequence[TableSeen], years: Iterable[int], by: str = "年份照另外几本"
) -> Iterator[Texts]:
    """Where the year of a month may stand, the nearest place first; `by` tells where `years` come from."""
    yield Texts([path.stem], "文件名")
    yield Texts([text for table in tables for text in table.above if len(text) <= _LONGEST], "表的标题")
    yield Texts([table.name for table in tables], "工作表名")
    yield Texts([column.header for table in tables for column in table.columns], "表头")
    yield Texts([path.parent.name], "文件夹名")
    headings = [text for table in tables for text in table.asides if len(text) <= _LONGEST]
    yield Texts(headings, "各标题行", latest=True)
    yield Texts([f"{year}年" for year in years], by)


def year_of_cells(tables: Sequence[TableSeen]) -> int:
    """The year that most dates in the lines of these tables have; 0 where no year has most."""
    texts = (text_of(cell) for table in tables for column in table.columns for cell in column.values)
    counted = Counter(int(year) for text in texts for year in _DATED.findall(spell_out(text)))
    year, times = counted.most_common(1)[0] if counted else (0, 0)
    return year if times >= _MOST * counted.total() else 0


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
