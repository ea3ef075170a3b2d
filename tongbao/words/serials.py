"""Numbers by which papers follow each other (第8期, 〔2022〕8号, 第8期（总第120期）); which one follows the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tongbao.words.text import chinese_number, parse_chinese_number

_NUMBER = r"\d{1,5}|[一二三四五六七八九十百]{1,6}"
# 第8期, 8号, 总第120期; a year (2022年) has no such word behind it.
_SERIAL = re.compile(rf"(?P<total>总(?:第|字|编)?)?(?P<first>第?\s*)(?P<number>{_NUMBER})(?=\s*[期号辑次件])")
_DIGITS = "〇一二三四五六七八九"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年|〕|\]|】)")


def number_of(text: str) -> int | None:
    """The number of a paper within its year, or in all; None where the text has none."""
    found = [match for match in _SERIAL.finditer(text) if not match["total"]] or list(_SERIAL.finditer(text))
    return _value(found[-1]["number"]) if found else None


def bears_year(text: str) -> bool:
    """Does the number name its year (〔2022〕8号), so that it begins anew with each?"""
    return bool(_YEAR.search(text))


def begins_anew(history: Sequence[tuple[int, str]]) -> bool:
    """Do these numbers (year and text, oldest first) begin anew with each year?

    They do where they name the year, or where the last change of the year shows it; else they are taken to run on.
    """
    if history and bears_year(history[-1][1]):
        return True
    turns = [(number_of(a[1]), number_of(b[1])) for a, b in pairwise(history) if a[0] < b[0]]
    return bool(turns) and None not in turns[-1] and (turns[-1][1] or 0) <= (turns[-1][0] or 0)


def following_serial(history: Sequence[tuple[int, str]], year: int) -> str:
    """The number that follows the last one of `history` (year and text, oldest first) in a paper of this year.

    Empty where there is none to follow, or it holds no number.
    """
    if not history or number_of(history[-1][1]) is None:
        return ""
    before, text = history[-1]
    anew = year > before and begins_anew(history)
    said = _SERIAL.sub(lambda m: _counted_on(m, anew=anew and not m["total"]), text)
    return _YEAR.sub(lambda m: _year_like(m[0], year), said) if year > before else said


def in_its_form(typed: str, last: str) -> str:
    """What a person typed; a bare number in the form of the last one (`9` → 第9期)."""
    bare = re.fullmatch(rf"第?({_NUMBER})", typed.strip())
    if not bare or number_of(last) is None:
        return typed.strip()
    whole = list(_SERIAL.finditer(last))
    own = [m for m in whole if not m["total"]] or whole
    start, stop = own[-1].span("number")
    return last[:start] + bare[1] + last[stop:]


def _counted_on(match: re.Match[str], *, anew: bool) -> str:
    number = match["number"]
    value = 1 if anew else (_value(number) or 0) + 1
    shown = (
        f"{value:0{len(number)}d}" if number[0] == "0" else str(value) if number.isdecimal() else chinese_number(value)
    )
    return f"{match['total'] or ''}{match['first']}{shown}"


def _value(number: str) -> int | None:
    return int(number) if number.isdecimal() else parse_chinese_number(number)


def _year_like(found: str, year: int) -> str:
    """A year in figures, or in Chinese ones, as the year found."""
    return str(year) if found.isdecimal() and found.isascii() else "".join(_DIGITS[int(d)] for d in str(year))
