"""A day and a time by a section of a format (`yyyy"年"m"月"`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from tongbao.excel.formats.numbers.code import Part, Section
from tongbao.excel.formats.numbers.digits import in_figures, in_words

# The last day that Excel shows is 31 December 9999.
_BEHIND_LAST = 2_958_466
_SINCE_1904 = 1462
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
# The Japanese eras, the newest first: their first day, letter and name.
_ERAS = (
    (date(2019, 5, 1), "R", "令和"),
    (date(1989, 1, 8), "H", "平成"),
    (date(1926, 12, 25), "S", "昭和"),
    (date(1912, 7, 30), "T", "大正"),
    (date(1868, 1, 1), "M", "明治"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time of day. `serial` counts the days, `seconds` those since then with a fraction."""

    serial: int
    year: int
    month: int
    day: int
    seconds: float

    @property
    def weekday(self) -> int:
        """0 is Sunday."""
        return (self.serial + 6) % 7


def moment(number: float, section: Section, epoch1904: bool = False) -> Moment | None:
    """The moment that a number stands for, rounded to what the section shows; None where Excel shows only ####."""
    number += _SINCE_1904 if epoch1904 else 0
    if not 0 <= number < _BEHIND_LAST:
        return None
    places = max((len(part.text.partition(".")[2]) for part in section.parts if part.kind == "date"), default=0)
    worth = 10 ** min(places, 3)
    serial, ticks = divmod(math.floor(number * 86400 * worth + 0.5), 86400 * worth)
    return Moment(serial, *_calendar(serial), ticks / worth)


def _calendar(serial: int) -> tuple[int, int, int]:
    """Year, month and day; as Excel has it, 1900 has a day 0 in January and a 29th in February."""
    if serial in (0, 60):
        return (1900, 1, 0) if not serial else (1900, 2, 29)
    day = date(1899, 12, 30 if serial > 60 else 31) + timedelta(days=serial)
    return day.year, day.month, day.day


def days(section: Section, at: Moment) -> str:
    """What a section shows of a moment."""
    half = next((part.text for part in section.parts if part.kind == "half"), "")
    return "".join(_piece(part, section, at, half) for part in section.parts)


def _piece(part: Part, section: Section, at: Moment, half: str) -> str:
    if part.kind == "half":
        return _half(part.text, at)
    if part.kind == "elapsed":
        whole = at.serial * 86400 + int(at.seconds)
        worth = {"h": 3600, "m": 60, "s": 1}[part.text[0]]
        return f"{whole // worth:0{len(part.text)}d}"
    if part.kind != "date":
        return part.text
    return _named(part.text, section, at) or _counted(part.text, section, at, half)


def _half(text: str, at: Moment) -> str:
    before, _, after = text.partition("/")
    return after if at.seconds >= 43200 else before


def _named(code: str, section: Section, at: Moment) -> str:
    """Months, days of the week and eras, by their names; empty for what is a number."""
    if code in ("aaa", "aaaa"):
        name = "日一二三四五六"[at.weekday]
        return {"aaaa": "星期", "aaa": "周" if section.chinese else ""}[code] + name
    if code in ("ddd", "dddd"):
        if section.chinese:
            return ("星期" if code == "dddd" else "周") + "日一二三四五六"[at.weekday]
        return _DAYS[at.weekday] if code == "dddd" else _DAYS[at.weekday][:3]
    if code[:3] == "mmm":
        if section.chinese and len(code) < 5:
            return (
                f"{in_words(str(at.month), 1).removeprefix('一') if at.month > 9 else in_figures(str(at.month), 1)}月"
            )
        return {3: _MONTHS[at.month - 1][:3], 5: _MONTHS[at.month - 1][0]}.get(len(code), _MONTHS[at.month - 1])
    if code[0] == "g":
        _, letter, name = _era(at) if section.locale.endswith("411") else (None, "", "公元")
        return letter if letter and len(code) == 1 else name[:1] if letter and len(code) == 2 else name
    return ""


def _era(at: Moment) -> tuple[date, str, str]:
    day = date(at.year, at.month, max(at.day, 1))
    return next((era for era in _ERAS if era[0] <= day), _ERAS[-1])


def _counted(code: str, section: Section, at: Moment, half: str) -> str:
    """The years, months, days, hours, minutes and seconds as numbers."""
    hour, minute, second = int(at.seconds) // 3600, int(at.seconds) // 60 % 60, at.seconds % 60
    if code[0] in "yeb":
        return _year(code, section, at)
    if code[0] == "s":
        whole, point, rest = code.partition(".")
        fraction = f"{second - int(second):.{min(len(rest), 3)}f}"[1:] if point else ""
        return in_figures(f"{int(second):0{min(len(whole), 2)}d}{fraction}", section.figures)
    number = {"m": at.month, "d": at.day, "h": (hour + 11) % 12 + 1 if half else hour, "M": minute}[code[0]]
    if section.figures in (1, 2):
        spoken = in_words(str(number), section.figures)
        return spoken[1:] if 10 <= number < 20 and section.figures == 1 else spoken
    return in_figures(f"{number:0{min(len(code), 2)}d}", section.figures)


def _year(code: str, section: Section, at: Moment) -> str:
    year = at.year + 543 if code[0] == "b" else at.year
    if code[0] == "e" and section.locale.endswith("411"):
        year += 1 - _era(at)[0].year
        return f"{year:0{min(len(code), 2)}d}"
    short = code[0] in "yb" and len(code) < 3
    return in_figures(f"{year % 100:02d}" if short else f"{year:04d}", section.figures)
