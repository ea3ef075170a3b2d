"""Which numerals of a text tell one item from another, as a phase, a school or a year, and which only measure it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

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


# Where none of these stands there is no numeral, unless it is written with signs of another width.
_ANY = re.compile("[\\d一二三四五六七八九十百零〇两A-Za-z东西南北]")
# None of the signs of a numeral is among these, so that the numerals of a text are those of its pieces. Most pieces of
# a ledger stand in many rows, or in both periods.
_STOPS = re.compile("[,，;；!！?？。、|｜]+")
# A bound on memory, set by feel: more than the clauses of two ledgers of 5 000 rows. Beyond it a piece is read anew.
_REMEMBERED = 30_000


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """The numerals of one text: `ordinals` (2期), `sides` (东), `years`, `amounts`, each with how often it is there."""

    ordinals: Counter[str]
    sides: Counter[str]
    years: Counter[str]
    amounts: Counter[str]

    @classmethod
    def of(cls, words: str) -> Numerals:
        """The numerals of a text."""
        return cls.of_pieces(pieces_of(words))

    @classmethod
    def of_pieces(cls, words: Iterable[str]) -> Numerals:
        """The numerals of some of the pieces of a text."""
        pieces = [found for piece in words if (found := _of_piece(piece)) is not _NONE]
        if len(pieces) <= 1:
            return pieces[0] if pieces else _NONE
        return cls(
            _together([piece.ordinals for piece in pieces]),
            _together([piece.sides for piece in pieces]),
            _together([piece.years for piece in pieces]),
            _together([piece.amounts for piece in pieces]),
        )

    def __eq__(self, other: object) -> bool:
        # A Counter compares by a loop of its own, which takes longer than all else here; none of these counts nothing.
        return self is other or (
            isinstance(other, Numerals)
            and dict.__eq__(self.ordinals, other.ordinals)
            and dict.__eq__(self.sides, other.sides)
            and dict.__eq__(self.years, other.years)
            and dict.__eq__(self.amounts, other.amounts)
        )


def pieces_of(words: str) -> tuple[str, ...]:
    """A text in pieces; no numeral goes on from one to the next."""
    return tuple(filter(None, _STOPS.split(words)))


_EMPTY: Counter[str] = Counter()
_NONE = Numerals(_EMPTY, _EMPTY, _EMPTY, _EMPTY)


def _together(counts: Sequence[Counter[str]]) -> Counter[str]:
    filled = [count for count in counts if count]
    if len(filled) <= 1:
        return filled[0] if filled else _EMPTY
    found = filled[0].copy()
    for count in filled[1:]:
        for what, times in count.items():
            found[what] = found.get(what, 0) + times
    return found


@lru_cache(maxsize=_REMEMBERED)
def _of_piece(words: str) -> Numerals:
    if not _ANY.search(words) and unicodedata.is_normalized("NFKC", words):
        return _NONE
    words = unicodedata.normalize("NFKC", words).replace("\n", "")
    if "月" in words or "季" in words or "年" in words:
        words = _DATE.sub("|", words)
    years = _YEAR.findall(words)
    words = _YEAR.sub("|", words) if years else words
    ordinals = [_ordinal(found) for found in _ORDINAL.finditer(words)]
    sides = _SIDE.findall(words)
    amounts = _AMOUNT.findall(_ORDINAL.sub("|", words) if ordinals else words)
    if not (years or ordinals or sides or amounts):
        return _NONE
    return Numerals(*(Counter(found) if found else _EMPTY for found in (ordinals, sides, years, amounts)))


def _ordinal(found: re.Match[str]) -> str:
    number, what = next((found[n], found[n + 1]) for n in (1, 3, 5, 7) if found[n])
    return f"{_spelt(number)}{what.removeprefix('片')[0]}"


@lru_cache(maxsize=1_000)  # more than the numbers that are counted off in a ledger (set by feel)
def _spelt(number: str) -> str:
    """The number in the one form of all its spellings."""
    return "".join(text.numbers(f"第{number}期")) or number


def replaced(a: Counter[str], b: Counter[str]) -> bool:
    """Has each of the two what the other lacks?"""
    return _has_more(a, b) and _has_more(b, a)


def more(a: Counter[str], b: Counter[str]) -> bool:
    """Has one of the two all that the other has, and more?"""
    return _has_more(a, b) != _has_more(b, a)


def _has_more(a: Counter[str], b: Counter[str]) -> bool:
    return any(count > b.get(what, 0) for what, count in a.items()) if a else False


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
