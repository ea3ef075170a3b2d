"""What the screen shows of a number or a text in a cell, by the number format of the cell. Every reader asks here.

Source: ECMA-376 part 1, 18.8.30 and 18.8.31, with the letters that Chinese Excel and WPS have beside them.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from tongbao.excel.formats.numbers.code import Part, Section, parsed
from tongbao.excel.formats.numbers.days import Moment, days, moment
from tongbao.excel.formats.numbers.digits import digits, in_figures, in_words
from tongbao.excel.values import HIDDEN, Cell, SeenDate, general, text_of
from tongbao.words.periods import cell_date

_MONTH, _DAY, _NOON = 'yyyy"年"m"月"', 'm"月"d"日"', '上午/下午h"时"mm"分"'
_MONEY = ('"¥"#,##0;"¥"\\-#,##0', '"¥"#,##0.00;"¥"\\-#,##0.00')
_CLERKS = '_ * #,##0{0}_ ;_ * \\-#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '
# The formats that no workbook defines itself, by their number: those of all languages, and of Chinese Excel.
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: _MONEY[0], 6: _MONEY[0], 7: _MONEY[1], 8: _MONEY[1]}
    | {9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm"}
    | {17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"}
    | {27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"'}
    | {33: 'h"时"mm"分"ss"秒"', 34: _NOON, 35: _NOON + 'ss"秒"', 36: _MONTH, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0"}
    | {39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"}
    | {41: _CLERKS.format("", ""), 42: _CLERKS.format("", ""), 43: _CLERKS.format(".00", "??")}
    | {44: _CLERKS.format(".00", "??"), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"}
    | {50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _NOON, 56: _NOON + 'ss"秒"', 57: _MONTH, 58: _DAY}
)


_DIGITS = re.compile(r"(#,##)?0(?:\.(0+))?(%)?")


class Shown(NamedTuple):
    """What a cell holds, and what the screen shows of it: empty where `values.text_of` makes the same of the value.

    Of a day in any spelling nothing is said; `HIDDEN` stands for a format that shows nothing.
    """

    value: Cell
    text: str = ""


@lru_cache(4096)
def shown(number: float, code: str, epoch1904: bool = False) -> Shown:
    """The value that a stored number stands for (a date where the format shows one), and its text on the screen.

    `code` is the format (`0.0%`), never its number. A format that cannot be understood shows the number as it is.
    """
    if text := quickly(number, code):
        return Shown(number, "" if text == text_of(number) else text)
    if not math.isfinite(number):
        return Shown(number)
    section = _section(number, code)
    if section.is_date:
        return _shown_day(number, section, epoch1904)
    text = displayed(number, code)
    return Shown(number, "" if text == text_of(number) else text or HIDDEN)


def shown_cell(value: Cell, code: str, epoch1904: bool = False) -> Shown:
    """The same for any value: texts have a format too, all others show what they are."""
    if isinstance(value, float):
        return shown(value, code, epoch1904)
    if not isinstance(value, str) or not value or (text := shown_text(value, code)) == value.strip():
        return Shown(value)
    return Shown(value, text or HIDDEN)


def displayed(number: float, code: str, epoch1904: bool = False) -> str:
    """What the screen shows of a number, without blanks at its ends; empty where it shows nothing (or only ####)."""
    if not math.isfinite(number):
        return ""
    section = _section(number, code)
    if section.is_date:
        at = moment(number, section, epoch1904)
        return days(section, at).strip() if at else ""
    size = abs(number)
    if section.has("general", "@"):
        text = "".join(_in_general(part, size, section.figures) for part in section.parts)
    else:
        text = in_figures(digits(section, size), section.figures)
    sign = "-" if number < 0 and any(c in "123456789一二三四五六七八九" for c in text) else ""
    return f"{'' if _has_own_sign(section, number, code) else sign}{text}".strip()


def shown_text(text: str, code: str) -> str:
    """What the screen shows of a text: with the words of the format around it, or nothing."""
    section = parsed(code).text
    if section is None:
        return text
    return "".join(text if part.kind == "@" else part.text for part in section.parts).strip() if section.parts else ""


class _Usual(NamedTuple):
    """A format of digits alone (`#,##0.00`, `0%`): its places behind the point."""

    places: int
    grouped: bool
    percent: bool


@lru_cache(2048)
def _usual(code: str) -> _Usual | None:
    first = parsed(code).numbers[0]
    if first.condition or first.figures or any(part.kind == "text" and part.text.strip() for part in first.parts):
        return None
    match = _DIGITS.fullmatch("".join(part.text for part in first.parts).strip())
    return _Usual(len(match[2] or ""), bool(match[1]), bool(match[3])) if match else None


def quickly(number: float, code: str) -> str:
    """What `displayed` gives for the usual formats and numbers, of which a ledger has thousands; empty for others."""
    form = _usual(code)
    if form is None or not 1e-4 <= number < 1e15 or (form.percent and form.grouped):
        return ""
    places = form.places + 2 * form.percent
    digits_behind = repr(float(number)).partition(".")[2]
    if len(digits_behind) == places + 1 and digits_behind[-1] == "5":
        return ""  # halves are rounded up, which Python does not do with floats
    text = f"{number:,.{places}f}" if form.grouped else f"{number:.{places}f}"
    if not form.percent:
        return text
    whole, _, rest = text.partition(".")
    return f"{(whole + rest[:2]).lstrip('0') or '0'}{'.' if form.places else ''}{rest[2:]}%"


def rounding(code: str) -> Callable[[float], str] | None:
    """What shows a number in a format that only rounds and groups its digits (`0.00`); None for any other format."""
    form = _usual(code)
    return partial(displayed, code=code) if form and not form.percent and len(parsed(code).numbers) == 1 else None


def _in_general(part: Part, size: float, figures: int) -> str:
    return in_words(general(size), figures) if part.kind in ("general", "@") else part.text


# ---------------------------------------------------------------------------------------------- which section

_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_GENERAL = Section((Part("general", ""),))


def _section(number: float, code: str) -> Section:
    """The section of a format by which a number is shown: by its condition, else by its sign."""
    sections = parsed(code).numbers
    for n, section in enumerate(sections[:3]):
        if section.condition:
            compare, limit = section.condition
            fits = _COMPARED[compare](number, limit)
        else:
            fits = (number > 0 or (number == 0 and len(sections) == 2), number < 0 or len(sections) == 2, True)[n]
            fits = fits or len(sections) == 1 or (n == 0 and number == 0 and len(sections) == 2)
        if fits:
            return section
    return _GENERAL


def _has_own_sign(section: Section, number: float, code: str) -> bool:
    """Does the section say by itself that the number is negative? The second one does, where its sign chose it.

    Where a condition chose the section, the minus is shown unless the condition holds for negative numbers alone.
    """
    sections = parsed(code).numbers
    if section.condition:
        compare, limit = section.condition
        return compare in ("<", "<=") and limit <= 0
    return len(sections) > 1 and section is sections[1] and not sections[0].condition


# ---------------------------------------------------------------------------------------------- days


def _shown_day(number: float, section: Section, epoch1904: bool) -> Shown:
    at, day = moment(number, section, epoch1904), cell_date(number, epoch1904)
    if at is None:
        return Shown(number)
    text = days(section, at).strip()
    letters = {part.text[0] for part in section.parts if part.kind == "date" and part.text not in ("ddd", "dddd")}
    names = any(part.text in ("aaa", "aaaa", "ddd", "dddd") for part in section.parts)
    if day is None or not (letters & set("yebmd") or names):
        return Shown(number, text or HIDDEN)
    worded = _is_worded(section)
    seen = text if worded else _in_chinese(at, section, letters, names=names)
    whole = bool(letters & set("yeb")) and {"m", "d"} <= letters
    if whole and seen == text_of(day):
        return Shown(day)
    value = SeenDate.of(day, seen, whole=whole, worded=worded)
    return Shown(value, "" if text == seen else text)


# What stands between the numbers of a day and a time, whatever its spelling.
_BETWEEN = re.compile(r"[\s年月日号时點点分秒星期周()（）,，.。:：/／\-—T]*")


def _is_worded(section: Section) -> bool:
    """Does a section put words around a day (`yyyy"年上半年"`, `m"月底前"`) that may make another of it?"""
    return _BETWEEN.fullmatch("".join(part.text for part in section.parts if part.kind == "text")) is None


def _in_chinese(at: Moment, section: Section, letters: set[str], *, names: bool) -> str:
    """The parts of a day that the section shows, written as circulars write them: 2022年3月, 3月1日, 星期二."""
    day = date(max(at.year, 1), at.month, max(at.day, 1))
    written = f"{day.year}年" if letters & set("yeb") else ""
    written += (f"{day.month}月" if "m" in letters else "") + (f"{day.day}日" if "d" in letters else "")
    if names:
        written += (" " if written else "") + "星期" + "日一二三四五六"[at.weekday]
    if at.seconds and (letters & set("hMs") or section.has("elapsed")):
        clock = f"{int(at.seconds) // 3600}:{int(at.seconds) // 60 % 60:02d}"
        written += (clock if not names else f" {clock}") + (f":{int(at.seconds) % 60:02d}" if "s" in letters else "")
    return written
