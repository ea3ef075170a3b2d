"""How alike two rows of two ledgers are, and in what they differ. Only this module imports rapidfuzz.

A high likeness is not enough: 一期 and 二期, 城东 and 城西 differ by one character. So it comes with the kind of
difference: mere wording, whole clauses, added words, replaced words, other numerals.

Where a comment below says "simulated", it tells what changes in the 400 periods of `tests/test_simulator.py` when that
number alone is moved: as it is, 85.3 % of the pairs without 编号 are found, 4998 questions asked, no pair is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tongbao.matching.face import Face, may_be_one, numbers_in
from tongbao.matching.numerals import Numerals
from tongbao.words import text

# A text less alike than the first is another task; below the second it was rewritten; from the third on it may be taken
# for the same. The numbers come with a way of matching that was measured on simulated periods of two published annexes
# (no wrong pair in 160 periods, 4 in 1 200 further ones). 0.35 keeps out 改善镇村就医条件 for 新建石桥镇卫生院 (0.12)
# and asks about 建设老旧小区充电设施 for 改造老旧小区供热管网 (0.40). The price: a task in quite other words is not
# found (开展校园安全专项整治 and 抓好校园及周边治安: 0.32). Simulated, 0.25 or 0.45 for the first give 5322 or 4743
# questions, 0.4 or 0.6 for the second 5196 or 4946, 0.65 or 0.85 for the third 4998 or 5018; a wrong pair in none.
ASKABLE, REWRITTEN, SIMILAR = 0.35, 0.5, 0.75


class Difference(IntEnum):
    """In what two texts differ, from nothing that matters to what makes another task of it."""

    WORDING = 0
    CLAUSES = 1
    ADDED = 2
    REPLACED = 3
    NUMBERS = 4


def of_texts(a: Face, b: Face) -> float:
    """How alike two texts are, from 0 to 1."""
    return fuzz.ratio(a.text, b.text) / 100


def of_clauses(a: str, b: str) -> float:
    """How alike two clauses are, from 0 to 1."""
    return fuzz.ratio(a, b) / 100


def stands_in(clause: str, words: str) -> float:
    """How far a clause stands in longer words, from 0 to 1."""
    if len(clause) > len(words):
        return of_clauses(clause, words)
    return fuzz.partial_ratio(clause, words) / 100


def difference(a: Face, b: Face) -> Difference:
    """In what the texts (and names) of two rows differ, fillers and punctuation aside."""
    if not _same_numbers(a, b):
        return Difference.NUMBERS
    if not same_name(a, b):
        return Difference.REPLACED
    gone, come = lacking(a, b), lacking(b, a)
    left, right = "".join(gone), "".join(come)
    if left == right:
        return Difference.WORDING  # nothing, or the same words in clauses that other signs part
    if not left or not right:
        # A clause of 4 characters says something of its own (定期通报), a shorter one (已报) only adds words. Set by
        # feel: simulated, 1 or 2 change nothing, 6 or 8 give 5046 or 5148 questions.
        return Difference.CLAUSES if all(len(clause) >= 4 for clause in gone + come) else Difference.ADDED
    tags = {tag for tag, *_ in Levenshtein.opcodes(left, right)} - {"equal"}
    return Difference.ADDED if tags in ({"insert"}, {"delete"}) else Difference.REPLACED


def lacking(a: Face, b: Face) -> list[str]:
    """The clauses of a row that another one lacks, or has less often."""
    return _lacking(a.clauses, b.clauses)


def _lacking(one: Sequence[str], two: Sequence[str]) -> list[str]:
    if len(set(one)) == len(one):
        return [piece for piece in one if piece not in two]
    return list((Counter(one) - Counter(two)).elements())


def same_numerals(a: Face, b: Face) -> bool:
    """Have names and texts the same numerals?"""
    gone, come = _not_shared(a.pieces_with_numerals, b.pieces_with_numerals)
    return Numerals.of_pieces(gone) == Numerals.of_pieces(come)


def _same_numbers(a: Face, b: Face) -> bool:
    gone, come = _not_shared(a.pieces_with_numbers, b.pieces_with_numbers)
    return numbers_in(gone) == numbers_in(come)


def _not_shared(one: Sequence[str], two: Sequence[str]) -> tuple[Iterable[str], Iterable[str]]:
    """The pieces that each of two texts has and the other lacks; most pieces of a task are left as they are."""
    before, now = set(one), set(two)
    if len(before) == len(one) and len(now) == len(two):
        return before - now, now - before
    return _lacking(one, two), _lacking(two, one)


def same_words(a: Face, b: Face) -> bool:
    """Have two rows one name and one text, but for signs and spaces?"""
    return may_be_one(a.row.text, b.row.text) and a.words == b.words


def same_name(a: Face, b: Face) -> bool:
    """May two names mean one project: does one hold the other, with the same numerals, or is one empty?"""
    short, long = sorted((a.core[0], b.core[0]), key=len)
    return short in long and (not short or text.numbers(a.name) == text.numbers(b.name))


@lru_cache(maxsize=5_000)
def same_units(a: frozenset[str], b: frozenset[str]) -> bool:
    """Are these the same units, some perhaps abbreviated (发改委 for 发展和改革委员会)?"""
    rest, others = sorted(a - b), sorted(b - a)
    return len(rest) == len(others) and all(any(same_unit(x, y) for y in others) for x in rest)


def share_units(a: Face, b: Face) -> bool:
    """Have two rows a unit in common?"""
    return not a.units.isdisjoint(b.units) or same_units(a.units, b.units)


@lru_cache(maxsize=4096)  # all pairs of 60 names, more than an office has (set by feel; with more, only time is lost)
def same_unit(a: str, b: str) -> bool:
    """Is one name the other, or short for it: do its characters stand there in order, the last one at the end?"""
    # 委员会 is shortened to 委: 县卫健委. Two characters are the least, since one names no unit. The price: 县局 is
    # taken for any 局 of the county, 县农业局 for 县农业农村局, and 县教体局 is not known again as 县教育局.
    short, long = sorted((name.removesuffix("员会") for name in (a, b)), key=len)
    letters = iter(long)
    return len(short) >= 2 and long[-1] == short[-1] and all(letter in letters for letter in short)


def nearly(a: str, b: str) -> bool:
    """Are two texts the same but for a few characters?"""
    return fuzz.ratio(a, b, score_cutoff=85) > 0


def stretches(a: str, b: str) -> Iterator[tuple[bool, str, str]]:
    """Two texts side by side, piece by piece, each with whether the piece is the same in both."""
    for op in Levenshtein.opcodes(a, b):
        yield op.tag == "equal", a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
