"""Which numerals of a text tell one item from another, as a phase, a school or a year, and which only measure it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tongbao.words import text

# A deadline moves from month to month and is no sign of another item; the year of 2022年3月 belongs to it.
_DATE = re.compile(
    r"(?:(?:\d{4}|今|明|本)年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|初|末|中旬|上旬|下旬|\d{1,2}[日号])*(?:之?前)?"
    r"|(?:\d{4}年)?(?:[一二三四1-4]季度|[上下]半年|年底)(?:之?前)?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|(?!\d))")
_COUNT = "[一二三四五六七八九十百零〇两\\d]+"
# What is counted off: 二期, 第三标段, 5号, 第一小学. 一批 and 一个 count nothing off unless 第 stands before them.
_ORDINAL = re.compile(
    rf"第({_COUNT})([\u4e00-\u9fff])|({_COUNT})(期|标段|标|号|分区|中学?(?![心间央型])|小学?(?![区时型微])|幼|轮)"
    r"|(?<![\u4e00-\u9fff])([A-Za-z])(区|标|线|地块)|([东西南北])(区|线|段|片区|地块)(?!域)"
)
# A side of the town is as good as a number: 城东 and 城西 are two places.
_SIDE = re.compile("[东西南北]")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Numerals:
    """The numerals of one text: `ordinals` (2期), `sides` (东), `years`, `amounts`, each with how often it is there."""

    ordinals: Counter[str]
    sides: Counter[str]
    years: Counter[str]
    amounts: Counter[str]

    @classmethod
    def of(cls, words: str) -> Numerals:
        """The numerals of a text that is folded to one width."""
        words = _DATE.sub("|", words)
        years = Counter(_YEAR.findall(words))
        words = _YEAR.sub("|", words)
        ordinals = Counter(_ordinal(found) for found in _ORDINAL.finditer(words))
        sides = Counter(_SIDE.findall(words))
        return cls(ordinals, sides, years, Counter(_AMOUNT.findall(_ORDINAL.sub("|", words))))


def _ordinal(found: re.Match[str]) -> str:
    number, what = next((found[n], found[n + 1]) for n in (1, 3, 5, 7) if found[n])
    return f"{''.join(text.numbers(f'第{number}期')) or number}{what[0]}"


def replaced(a: Counter[str], b: Counter[str]) -> bool:
    """Has each of the two what the other lacks?"""
    return a != b and bool(a - b) and bool(b - a)


def more(a: Counter[str], b: Counter[str]) -> bool:
    """Has one of the two all that the other has, and more?"""
    return a != b and not replaced(a, b)


# What a numeral is made of, and what it counts off.
_NUMBER = re.compile(r"[\d一二三四五六七八九十百零〇两]")
_TELLING = re.compile(r"[\d一二三四五六七八九十百零〇两第期标段号分区中小学幼轮线地块片年东西南北]")


def slipped(pieces: Iterable[tuple[bool, str, str]]) -> bool:
    """Do the numerals of two texts that stand side by side differ by slips of the keyboard alone?

    A slip doubles a character, leaves one out or puts a stray one in its place: 一一期, 第二段, 224年, 第二在段. A
    numeral put for another one is none, nor is one digit more or less of a number.
    """
    found = list(pieces)
    ends = [("", ""), *((gone or come, come or gone) for _, gone, come in found), ("", "")]
    return all(
        same or not _TELLING.search(gone + come) or _is_slip(gone, come, ends[n][1][-1:], ends[n + 2][1][:1])
        for n, (same, gone, come) in enumerate(found)
    )


def _is_slip(gone: str, come: str, before: str, after: str) -> bool:
    """Is this one character, and not a numeral's place in a longer one; between `before` and `after`?"""
    if len(gone) > 1 or len(come) > 1:
        return False
    if gone and come:
        return not (_TELLING.match(gone) and _TELLING.match(come))
    if come:
        return come in (before, after) and not come.isdigit()
    beside = _NUMBER.match(before) or _NUMBER.match(after)
    return not (_NUMBER.match(gone) and beside)


def exchanged(pieces: Iterable[tuple[bool, str, str]]) -> int:
    """How many characters stand, in one stretch of two texts side by side, for as many others or more.

    One is a slip, unless it is a numeral's or a side's; two may be a word of another hand; three and more are a thing.
    """
    found = ((gone, come) for same, gone, come in pieces if not same and gone and come)
    return max((2 if _is_numeral_for_another(*both) else min(map(len, both)) for both in found), default=0)


def _is_numeral_for_another(gone: str, come: str) -> bool:
    return len(gone) == len(come) == 1 and bool(_TELLING.match(gone) and _TELLING.match(come))
