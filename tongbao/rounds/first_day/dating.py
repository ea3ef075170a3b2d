"""Of which period a ledger is: by its name, by the names of its sheets, by what stands above its table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.model import Period
from tongbao.rounds.first_day.survey import TableSeen
from tongbao.words.periods import chinese_month, month_end, parse_period, spell_out
from tongbao.words.text import one_line

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
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
    """The period of a ledger that is one period: the shortest that its name, its folder or its title tells.

    `years` are those of the other ledgers: they help where nothing in this one says the year.
    """
    found = list(_told(path, tables))
    year, by = _year(path, tables, years)
    if year:
        found += [(period, f"{why}，{by}") for text, why in _places(path, tables) if (period := _in(text, year))]
    if not found:
        return Dated(None)
    short = [it for it in found if _days(it[0]) < 360]
    return Dated(*(short or found)[0])


def _told(path: Path, tables: Sequence[TableSeen]) -> Iterator[tuple[Period, str]]:
    """The periods that are told in full: the name goes first, then the folder, the sheet, the lines above the table."""
    for text, why in _places(path, tables):
        if period := parse_period(text):
            yield period, why
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


def _in(text: str, year: int) -> Period | None:
    """The period that a text without a year names in this year (3月, 一季度, 1-8月)."""
    if _YEAR.search(spell_out(text)):
        return None
    named = parse_period(f"{year}年{text}")
    return named if named and _days(named) < 360 else None


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


def _year(path: Path, tables: Sequence[TableSeen], years: Iterable[int]) -> tuple[int, str]:
    """The year that goes with a month without one, and where it stands: the nearest place that names a single one."""
    for texts, why in _year_places(path, tables):
        named = Counter(int(y) for text in texts for y in _YEAR.findall(spell_out(text)))
        if len(named) == 1:
            return next(iter(named)), f"年份见{why}"
        if named and why == "各标题行":
            return max(named), f"年份见{why}"
    others = set(years)
    return (next(iter(others)), "年份照另外几本") if len(others) == 1 else (0, "")


def _year_places(path: Path, tables: Sequence[TableSeen]) -> Iterator[tuple[list[str], str]]:
    yield [path.stem], "文件名"
    yield [table.name for table in tables], "工作表名"
    yield [text for table in tables for text in table.above], "表的标题"
    yield [column.header for table in tables for column in table.columns], "表头"
    yield [path.parent.name], "文件夹名"
    yield [text for table in tables for text in table.asides if len(text) <= _LONGEST], "各标题行"


# ---------------------------------------------------------------------------------------------- books of months


def months_in(path: Path, tables: Sequence[TableSeen], years: Iterable[int] = ()) -> dict[str, Period]:
    """The period of each sheet, where a book has one for each month or quarter; nothing where it has not."""
    named = [table for table in tables if names_part_of_year(table.name)]
    if len(named) < 2:
        return {}
    year, _ = _year(path, [], ()) if _year(path, [], ())[0] else _year(path, named, years)
    found = {t.name: p for t in named if (p := parse_period(t.name) or (_in(t.name, year) if year else None))}
    return found if len(found) == len(named) and len({p.last for p in found.values()}) == len(found) else {}
