"""What a cell is written as, so that it shows what it showed, and is read as it was read.

The readers keep what the screen shows of a number, not its format. A format that shows the same is looked for among
those that offices use, and tried: then the number stays as exact as it was, and what is typed over it is shown alike.
Where none is found the cell gets the text that was shown: a format made for one number would show it for ever.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tongbao.excel.formats.numbers.shown import displayed, shown
from tongbao.excel.values import Cell, SeenDate, SeenNumber, text_of

_DAY = 'yyyy"年"m"月"d"日"'
_FIRST_DAY = date(1899, 12, 30)
# Excel counts a 29 February 1900, and knows no day of an earlier year.
_EARLIEST = date(1900, 3, 1)
_DIGITS = re.compile(r"(?P<before>\D*?)-?(?P<whole>\d[\d,]*)(?:\.(?P<rest>\d+))?(?P<after>\D*)")
_POWER = re.compile(r"-?\d(?:\.(\d+))?E[+-](\d+)")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_OTHERS = ("# ?/?", "# ??/??", "h:mm", "h:mm:ss", "[h]:mm", "[h]:mm:ss", "mm:ss", "yyyy/m/d h:mm")
_CHINESE = ("[DBNum1][$-804]General", "[DBNum2][$-804]General", "[DBNum1][$-804]0", "[DBNum2][$-804]0")
_PARTS_OF_DAYS = (
    'yyyy"年"m"月"', 'yyyy"年"', 'm"月"d"日"', 'm"月"', 'd"日"', "aaaa", f"{_DAY}aaaa", f"{_DAY}h:mm", f"{_DAY}h:mm:ss",
    'm"月"d"日"h:mm', 'm"月"d"日"h:mm:ss',
)  # fmt: skip


class Written(NamedTuple):
    """A value for openpyxl, and its number format; empty where it has none."""

    value: str | float | int | bool | datetime | date
    format: str = ""


def alike(value: Cell) -> Written:
    """What shows the same as a cell that was read, and is read as the same."""
    if isinstance(value, bool | str):
        return Written(value)
    if isinstance(value, date):
        return _day(value)
    if not isinstance(value, float) or not math.isfinite(value):
        return Written(text_of(value))
    if not isinstance(value, SeenNumber):
        return Written(_plain(value))
    code = next((code for code in _codes(value, value.seen) if displayed(float(value), code) == value.seen), "")
    return Written(_plain(value), code) if code else Written(value.seen)


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else float(number)


# ---------------------------------------------------------------------------------------------- numbers


def _codes(number: float, seen: str) -> Iterator[str]:
    """Formats that may show this of a number, the likely ones first."""
    if not seen:
        yield ";;;"
    if match := _DIGITS.fullmatch(seen):
        before, after = _literal(match["before"]), _literal(match["after"])
        for digits in _figures(match["whole"], len(match["rest"] or "")):
            yield f"{before}{digits}{after}"
            if number < 0:
                yield f"{digits};{before}{digits}{after}"
    if match := _POWER.fullmatch(seen):
        yield f"0{'.' if match[1] else ''}{'0' * len(match[1] or '')}E+{'0' * len(match[2])}"
    yield from _OTHERS
    yield from _CHINESE


def _figures(whole: str, places: int) -> Iterator[str]:
    """The digits of a format, also where it moves the point: by thousands, millions, and in Chinese by 万 and 亿."""
    first = "#,##0" if "," in whole else "0" * len(whole) if whole.startswith("0") else "0"
    rest = "0" * places
    yield f"{first}.{rest}" if rest else first
    for commas in (",", ",,", ",,,"):
        yield (f"{first}.{rest}" if rest else first) + commas
    for commas in ("", ",", ",,"):
        yield f"{first}!.{rest}{commas}"


def _literal(words: str) -> str:
    """Words of a format in quotes; a percent sign is none of them, for it moves the point."""
    return re.sub(r"([^%]+)", r'"\1"', words.replace('"', ""))


# ---------------------------------------------------------------------------------------------- days


def _day(day: date) -> Written:
    """A day with what is shown of it; the hour, which the reader keeps in what is shown alone, comes from there."""
    if day < _EARLIEST:
        return Written(text_of(day))
    if not isinstance(day, SeenDate):
        return Written(day, _DAY)
    clock = _CLOCK.search(day.seen)
    hour, minute, second = (int(n or 0) for n in clock.groups()) if clock else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        return Written(day.seen)
    at = datetime(day.year, day.month, day.day, hour, minute, second)
    serial = (date(day.year, day.month, day.day) - _FIRST_DAY).days + timedelta(
        hours=hour, minutes=minute, seconds=second
    ) / timedelta(days=1)
    for code in _PARTS_OF_DAYS:
        found = shown(serial, code).value
        if isinstance(found, SeenDate) and (found.seen, found.whole) == (day.seen, day.whole):
            return Written(at, code)
    return Written(day.seen)
