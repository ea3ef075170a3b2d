"""The value of a cell, and what the screen shows of it: 0.85 is 85%, a day may show its month alone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, time, timedelta

from tongbao.words.periods import chinese_date

Cell = str | float | bool | date | time | timedelta


class SeenNumber(float):
    """A number of which the screen shows more or less than its digits (85%, 001, 12.3万): `seen`, empty if nothing.

    `rounded`: it shows the number itself, rounded or grouped. Nearly all do, and of most nobody asks what they show:
    that is found when it is asked for.
    """

    __slots__ = ("_seen", "rounded")
    _seen: str | Callable[[float], str]
    rounded: bool

    @classmethod
    def of(cls, number: float, seen: str) -> SeenNumber:
        """The number with what the screen shows of it."""
        made = cls(number)
        made._seen = seen
        match = _BARE.fullmatch(seen)
        half = _HALF[len(match[1] or "")] if match else 0
        made.rounded = bool(match) and abs(float(seen.replace(",", "")) - number) <= half
        return made

    @classmethod
    def rounded_by(cls, number: float, show: Callable[[float], str]) -> SeenNumber:
        """The number in a format that only rounds and groups its digits; `show` gives what is shown."""
        made = cls(number)
        made._seen, made.rounded = show, True
        return made

    @property
    def seen(self) -> str:
        """What the screen shows."""
        if not isinstance(self._seen, str):
            self._seen = self._seen(float(self))
        return self._seen


_BARE = re.compile(r"-?(?!0\d)\d[\d,]*(?:\.(\d{1,30}))?")
_HALF = tuple(0.5001 * 10.0**-places for places in range(31))  # of the last place


class SeenDate(date):
    """A day of which the screen shows only a part (2022年3月), or more (2022年3月1日14:30): `seen`, in Chinese.

    `whole`: year, month and day are all shown. `worded`: with words around them that may say another day (3月底前).
    """

    __slots__ = ("seen", "whole", "worded")
    seen: str
    whole: bool
    worded: bool

    @classmethod
    def of(cls, day: date, seen: str, *, whole: bool, worded: bool = False) -> SeenDate:
        """The day with what the screen shows of it."""
        made = cls(day.year, day.month, day.day)
        made.seen, made.whole, made.worded = seen, whole, worded
        return made


# In `Marks.shown`: the format of the cell shows nothing of it.
HIDDEN = " "
# What General makes of a number with more than eleven digits (1.10101E+17). Nobody means that: the digits stay.
_CUT_SHORT = re.compile(r"-?\d(?:\.\d{1,5})?E\+\d\d+")


def as_seen(value: Cell, shown: str) -> Cell:
    """The value of a cell together with what the screen shows of it, if that is not what `text_of` makes of it."""
    if not shown or (isinstance(value, float) and _CUT_SHORT.fullmatch(shown)):
        return value
    if isinstance(value, str):
        return shown.strip()
    return SeenNumber.of(value, shown.strip()) if isinstance(value, float) else value


def text_of(value: Cell) -> str:
    """A value as the screen shows it: whole numbers without a fraction, a day as 2022年2月7日, truth as in Excel."""
    if isinstance(value, str):
        return value
    if isinstance(value, SeenNumber | SeenDate):
        return value.seen
    if isinstance(value, float) and not value.is_integer() and math.isfinite(value):
        return general(value)
    return stored_text(value)


def stored_text(value: Cell) -> str:
    """What a cell holds, as text, whatever the screen shows of it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):  # Excel keeps 15 digits: of longer numbers (a person's 18 digits) the end is lost
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    return chinese_date(value) if isinstance(value, date) else str(value)


def general(number: float) -> str:
    """A number in the format General, of at most eleven places: 0.3 for 0.30000000000000004, 1.23457E+11."""
    if not number:
        return "0"
    rank = math.floor(math.log10(abs(number)))
    fixed = f"{number:.{max(0, 9 - max(rank, 0))}f}"
    fixed = fixed.rstrip("0").rstrip(".") if "." in fixed else fixed
    fits = rank < 11 and len(fixed.lstrip("-")) <= 11
    return fixed if fits and (rank >= -4 or float(fixed) == number) else f"{number:.6g}".upper()


# Characters without width that come along when text is copied from web pages. Rarer ones, such as the word joiner
# U+2060 and the soft hyphen, count as seen: a cell with nothing else is not empty (tried).
_UNSEEN = "\u200b\u200c\u200d\ufeff"


def holds(value: Cell) -> bool:
    """Whether a cell holds anything that can be seen."""
    if isinstance(value, str):
        return value[:1].isalnum() or value.strip().strip(_UNSEEN) != ""
    return not isinstance(value, SeenNumber) or value.rounded or value.seen != ""
