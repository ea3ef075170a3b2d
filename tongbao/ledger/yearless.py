"""A file whose name tells a month or a quarter but no year (台账3月.xlsx): its year by what stands in it, or as told.

Nothing is taken from the calendar of the computer: a ledger of December is often worked on in January.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.excel import sheets
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import holds, text_of
from tongbao.model import Level, Period, Place, Problem
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content_if_there
from tongbao.words.periods import find_phrases, parse_period, says_as_of, spell_out, tells_otherwise
from tongbao.words.text import one_line

# Beside the ledgers: the years that a person told, by the name of the file.
TOLD_FILE = ".文件年份.json"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ANY_YEAR = 2000  # completes a name, to see whether it names a month at all
# A title is short and stands above the table, that is above the first line with several cells; set by feel.
_TITLE, _LINES, _CELLS = 80, 12, 4
# Under these labels stands a day on which the ledger was filled in, which is in its period or soon after.
_FILLED = re.compile(r"(?:填报|填表|报送|上报|更新|制表|统计|截至|截止)[^\d]{0,8}$")

# 2025年政府工作报告 gives its year to what it orders; a paper that a ledger rests on (根据2021年…方案) does not.
_SOURCE = re.compile("根据|依据|按照|依照|遵照|贯彻")


@dataclass(frozen=True, slots=True)
class Told:
    """The period of a file, and what its year was taken from, in Chinese (empty where its name tells it)."""

    period: Period
    by: str = ""


def names_part_of_year(stem: str) -> bool:
    """Does a name without a year tell a month, a quarter, a half-year?"""
    return not _YEAR.search(spell_out(stem)) and in_year(stem, _ANY_YEAR) is not None


def in_year(stem: str, year: int) -> Period | None:
    """The period that a name tells when this year is put before it; None where that is no part of a year."""
    found = parse_period(f"{year}年{stem}")
    return found if found and (found.last - found.first).days < 360 else None


def told_of(path: Path, years: Mapping[str, int]) -> Told | None:
    """The period of a file by its name; where that has no year, by `years` (file → year), else by what stands in it."""
    if period := parse_period(path.stem):
        return Told(period)
    if not names_part_of_year(path.stem):
        return None
    if path.name in years:
        period = in_year(path.stem, years[path.name])
        return Told(period, "上次的回答") if period else None
    book, _ = sheets.open_book(path)
    year, by = _year_in(book, path) if book else (0, "")
    period = in_year(path.stem, year) if year else None
    return Told(period, by) if period else None


# ---------------------------------------------------------------------------------------------- what stands in it


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands at one sort of place, and what that is called. `latest`: of several years the last one is meant."""

    texts: Sequence[str]
    what: str
    latest: bool = False


@dataclass(frozen=True, slots=True)
class YearSaid:
    """A year, the sort of place that says it, and the text there; 0 where none does."""

    year: int = 0
    what: str = ""
    text: str = ""


def year_said(month: str, places: Iterable[Texts]) -> YearSaid:
    """The year of a month without one (`month`: a text that names it), by the first place that names any.

    Texts that name that very month go before others there. A place that names several years says nothing, and nothing
    behind it is asked: it would be a guess.
    """
    for place in places:
        same = {year: text for text in place.texts for year in _years_of_same(text, month)}
        found = same or {year: text for text in place.texts for year in _years_of(text, month)}
        if len(found) == 1 or (found and place.latest):
            year = max(found)
            return YearSaid(year, place.what, found[year])
        if found:
            break
    return YearSaid()


def _year_in(book: Book, path: Path) -> tuple[int, str]:
    """The year by the lines above the tables, the names of the sheets, the name of the folder; 0 where none says it."""
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    lines = [line for sheet in shown for line in _above(sheet)]
    said = year_said(
        path.stem,
        (
            Texts(lines, "表上写的"),
            Texts([sheet.name for sheet in shown], "工作表名"),
            Texts([path.parent.name], "文件夹名"),
        ),
    )
    return said.year, f"{said.what}“{said.text}”" if said.year else ""


def _above(sheet: Sheet) -> Iterator[str]:
    """The texts above the table of a sheet, one for each cell."""
    for row in sheet.cells[:_LINES]:
        filled = [one_line(text_of(value)) for value in row if holds(value)]
        if len(filled) >= _CELLS:
            return
        yield from (text for text in filled if len(text) <= _TITLE)


def _years_of_same(text: str, stem: str) -> set[int]:
    """The years in which a text names the same month as the name."""
    years = {int(year) for year in _YEAR.findall(spell_out(text))}
    named = parse_period(text) if years else None
    return {year for year in years if named and (own := in_year(stem, year)) and named.last == own.last}


def _years_of(text: str, stem: str) -> set[int]:
    """The years that a text gives to the period of the name: all that it names, but for those of what it rests on."""
    spelt = spell_out(text)
    found = set()
    for phrase in find_phrases(spelt):
        if phrase.year is None:
            continue
        head, tail = spelt[: phrase.start], spelt[phrase.stop :]
        if phrase.unit == "day" and (says_as_of(head) or _FILLED.search(head)):
            found.add(_last_before(phrase.year, phrase.months[0], stem))
        elif not tells_otherwise(head, tail, phrase.unit) or (phrase.unit == "year" and not _SOURCE.search(head)):
            found.add(phrase.year)
    return found


def _last_before(year: int, month: int, stem: str) -> int:
    """The year of the period that was the last one when a ledger was filled in, in that month of that year."""
    own = in_year(stem, year)
    return year if own and own.first.month <= month else year - 1


# ---------------------------------------------------------------------------------------------- what a person told


def told_years(folder: Path) -> dict[str, int]:
    """The years that a person told for files of this folder; none where they cannot be read."""
    try:
        read = json.loads(content_if_there(folder / TOLD_FILE) or b"{}")
        return {str(name): int(year) for name, year in read.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def keep_year(folder: Path, name: str, year: int) -> None:
    """Keeps the year that a person told for a file, so that it is asked once."""
    years = {**told_years(folder), name: year}
    write_whole(folder / TOLD_FILE, (json.dumps(years, ensure_ascii=False, indent=1) + "\n").encode())


def likely_year(stem: str, others: Sequence[Period]) -> int:
    """The year in which the period of a name would follow the latest of the other ledgers; 0 where there are none."""
    last = max((period.last for period in others), default=None)
    if last is None:
        return 0
    own = in_year(stem, last.year)
    return last.year if own and own.last > last else last.year + 1


# ---------------------------------------------------------------------------------------------- what is said


def year_taken(told: Sequence[tuple[Path, Told]]) -> list[Problem]:
    """A note that says once from where the years were taken that names of files do not tell."""
    taken = [f"“{path.name}”按{it.by}定为{it.period.label}" for path, it in told if it.by]
    if not taken:
        return []
    shown = "；".join(taken[-3:]) + (f"；另有{len(taken) - 3}本" if len(taken) > 3 else "")
    place = Place(next(path.name for path, it in reversed(told) if it.by))
    fix = "不对的，在文件名里写上年份"
    return [Problem(Level.NOTE, "year_taken", f"文件名没有写年份：{shown}", fix, place=place)]


def year_missing(path: Path, others: Sequence[Period] = ()) -> Problem:
    """An error for a name with a month and no year, where nothing in the file says it either."""
    message = f"文件名“{path.name}”只有月份、季度，没有年份，表上也看不出是哪一年"
    year = likely_year(path.stem, others)
    example = f"如“{with_year_in(path.stem, year)}{path.suffix}”" if year else "如把“3月”写成“2022年3月”"
    return Problem(Level.ERROR, "no_year", message, f"在文件名里写上年份，{example}", place=Place(path.name))


def with_year_in(stem: str, year: int) -> str:
    """A name with the year before its month."""
    number = r"[一二三四五六七八九十\d]+"
    begins = rf"(?=第?(?:{number}月?\s*[-—–~至到]\s*)?{number}\s*(?:月|季度)|[上下]半年|前[二三]季度)"
    return re.sub(begins, f"{year}年", stem, count=1)
