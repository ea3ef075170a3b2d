"""How alike two rows of two ledgers are, and in what they differ. Only this module imports rapidfuzz.

A high likeness is not enough: 一期 and 二期, 城东 and 城西 differ by one character. So it comes with the kind of
difference: mere wording, whole clauses, added words, replaced words, other numerals.

Where a comment below says "simulated", it tells what changes in the 400 periods of `tests/test_simulator.py` when that
number alone is moved: as it is, 85.3 % of the pairs without 编号 are found, 4998 questions asked, no pair is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tongbao.matching import numerals
from tongbao.matching.numerals import Numerals
from tongbao.matching.rarity import Grams, Pieces, grams
from tongbao.model import ASKED, DEADLINE, ID, LAST_PROGRESS, NEXT_STEP, NO, PROGRESS, REASON, STATUS, TASK, UNIT, Row
from tongbao.words import text

# The field of a row that names its project, where a kind has one.
NAME = "名称"
# Punctuation does not count, except between digits: 8.9 is not 89. Nor do a point or comma between digits end a clause.
# The price: 3,000户 typed as 3000户 counts as words added.
_SIGNS = re.compile(r"(?<!\d)[^\w%]+|[^\w%]+(?!\d)|_")
_USUAL = re.compile("[，。、；：？！“”‘’（）《》〈〉【】—…·,.;:?!\"'()<>/ \n-]+")
_BETWEEN_DIGITS = re.compile(r"\d\W+\d")
_CLAUSE = re.compile(r"[，。；！？;!?\n]+|(?<!\d)[,.]+|[,.]+(?!\d)")
# What ends one where nothing else may: to look around each sign takes four times as long.
_PLAIN_CLAUSE = re.compile(r"[，。；！？;!?\n]+")
# No numeral goes on beyond such a sign; where no comma stands between two of them, all do.
_BETWEEN_NUMERALS = re.compile(r"[。；;！!？?]|(?<![\d\s])[，,]|[，,](?![\d\s])")
_COMMA_IN_NUMERAL, _PLAIN_SIGN = re.compile(r"[\d\s][，,][\d\s]"), re.compile("[。；;！!？?，,]+")
# The number with which a heading begins: 二、工业 becomes 一、工业 when the section before it goes, and is the same
# heading; 第一次会议 and 第二次会议 remain two. The price: 一 工业, typed without a mark, is not known as 一、工业.
_ENUMERATOR = re.compile(
    r"^(?:\([一二三四五六七八九十百\d]+\)|[一二三四五六七八九十百]+,|第[一二三四五六七八九十百\d]+[章部分节类]+|\d+[.,)])"
)
# Words that offices put in and take out without meaning another task. Words that say how far the task goes
# (启动, 开工, 建成, 完成) are not among them. Simulated, without the list: 81.3 % found, 5608 questions. The price:
# a task that differs by such words alone (实施 for 组织, 等 for 和) counts as the same in other words.
_FILLERS = re.compile(
    "进一步|按照要求|按照计划|按计划|按要求|有计划地|千方百计|全力以赴|高质量|高标准|有针对性地|积极稳妥"
    "|切实|积极|全力|全面|加快|加强|加大|抓紧|尽快|尽早|持续|大力|着力|认真|扎实|统筹|推进|推动|促进|做好|抓好|落实|开展|实施|组织"
    "|有序|稳步|深入|不断|继续|力争|确保|相关|有关|各项|工作|任务|力度|及时|主动|强力|强化|深化|合理|科学|充分|逐步|同步|严格|尽力"
    "|目前|以及|等|的|了|和|及|与|并|将|要|在|对|把"
)
# Fields that change from period to period, or are compared by themselves: they do not tell which row it is.
_VOLATILE = {NO, ID, STATUS, PROGRESS, LAST_PROGRESS, REASON, NEXT_STEP, TASK, NAME, UNIT, DEADLINE}


def _is_volatile(name: str) -> bool:
    """Does a field tell how far a row is, or is it compared in a way of its own?"""
    return name in _VOLATILE or name.startswith(ASKED)


# A text less alike than the first is another task; below the second it was rewritten; from the third on it may be taken
# for the same. The numbers come with a way of matching that was measured on simulated periods of two published annexes
# (no wrong pair in 160 periods, 4 in 1 200 further ones). 0.35 keeps out 改善镇村就医条件 for 新建石桥镇卫生院 (0.12)
# and asks about 建设老旧小区充电设施 for 改造老旧小区供热管网 (0.40). The price: a task in quite other words is not
# found (开展校园安全专项整治 and 抓好校园及周边治安: 0.32). Simulated, 0.25 or 0.45 for the first give 5322 or 4743
# questions, 0.4 or 0.6 for the second 5196 or 4946, 0.65 or 0.85 for the third 4998 or 5018; a wrong pair in none.
ASKABLE, REWRITTEN, SIMILAR = 0.35, 0.5, 0.75


Value = TypeVar("Value")


class Difference(IntEnum):
    """In what two texts differ, from nothing that matters to what makes another task of it."""

    WORDING = 0
    CLAUSES = 1
    ADDED = 2
    REPLACED = 3
    NUMBERS = 4


def bare(words: str) -> str:
    """A text without spaces, line breaks and punctuation, all signs of one width."""
    if not words:
        return ""
    # Nearly all texts are letters, digits and usual signs: then the signs go first, which is three times as fast.
    if words.isalnum() and unicodedata.is_normalized("NFKC", words):
        return unicodedata.normalize("NFKC", words.casefold())
    left = _USUAL.sub("", words)
    plain = left.replace("%", "").isalnum() and unicodedata.is_normalized("NFKC", left)
    if plain and not _BETWEEN_DIGITS.search(words):
        return unicodedata.normalize("NFKC", left.casefold())
    return _SIGNS.sub("", text.key(words))


def _split(words: str, maxsplit: int = 0) -> list[str]:
    """The clauses of a text as typed; some may be empty."""
    return (_CLAUSE if "," in words or "." in words else _PLAIN_CLAUSE).split(words, maxsplit)


# Bounds on memory, set by feel: most clauses of a task stand in both periods or in many rows, and an office has no
# thousands of units, headings, leaders. Beyond them a text is worked on anew.
@lru_cache(maxsize=30_000)
def _bare_clause(clause: str) -> str:
    return bare(clause)


@lru_cache(maxsize=30_000)
def _without_fillers(clause: str) -> str:
    return _FILLERS.sub("", _bare_clause(clause))


@lru_cache(maxsize=30_000)
def _numbers(words: str) -> tuple[str, ...]:
    return text.numbers(words)


def _numbers_in(pieces: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(chain.from_iterable(map(_numbers, pieces))))


@lru_cache(maxsize=5_000)
def _bare_name(words: str) -> str:
    return bare(words)


@lru_cache(maxsize=100)  # more than the sets of columns of all ledgers on file
def _particular(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not _is_volatile(name))


@lru_cache(maxsize=5_000)
def _bare_units(units: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(bare, units))


@lru_cache(maxsize=5_000)
def _not_counted(heading: str) -> str:
    return _ENUMERATOR.sub("", text.key(heading))


def folded(words: str) -> str:
    """A text with signs and digits of one width, on one line."""
    return unicodedata.normalize("NFKC", words).replace("\n", "")


def clauses(words: str) -> list[str]:
    """The clauses of a text, folded."""
    return [piece for clause in _split(words) if (piece := folded(clause))]


class _Once(Generic[Value]):
    """A property that is worked out once. `cached_property` does the same, but takes a lock each time, which takes
    longer than most of what is found here.
    """

    def __init__(self, find: Callable[[Any], Value]) -> None:
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, row: Any, _: type) -> Value:
        found = row.__dict__[self._name] = self._find(row)
        return found


@dataclass(frozen=True)
class Face:
    """A row in the form in which it is compared."""

    row: Row

    @_Once
    def text(self) -> str:
        """The text of the task."""
        found = list(filter(None, map(_bare_clause, _split(self.row.text))))
        if any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(found)):
            return bare(self.row.text)  # there a sign between two clauses counts
        return "".join(found)

    @_Once
    def name(self) -> str:
        """The name of the project, where the ledger has one."""
        return bare(self.row.get(NAME))

    @property
    def words(self) -> tuple[str, str]:
        """Name and text: what the task is."""
        return self.name, self.text

    @property
    def typed(self) -> tuple[str, str]:
        """Name and text as typed."""
        return self.row.get(NAME), self.row.text

    @_Once
    def units(self) -> frozenset[str]:
        """The responsible units."""
        return _bare_units(self.row.units)

    @_Once
    def section(self) -> tuple[str, ...]:
        """The headings without the numbers with which they begin."""
        return tuple(map(_not_counted, self.row.section))

    @_Once
    def progress(self) -> str:
        """The progress text."""
        return bare(self.row.get(PROGRESS))

    @_Once
    def particulars(self) -> Mapping[str, str]:
        """The cells by name that tell which row it is, not how far it is: people, amounts, undeclared columns."""
        cells = {name: _bare_name(self.row.get(name)) for name in _particular(tuple(self.row.cells))}
        return cells | {name: _bare_name(value) for name, value in self.row.others.items()}

    @_Once
    def deadline(self) -> str:
        """The deadline, as text."""
        return text.key(self.row.deadline.text)

    @_Once
    def clauses(self) -> tuple[str, ...]:
        """The clauses, each without filler words and punctuation."""
        return tuple(filter(None, map(_without_fillers, _split(self.row.text))))

    @_Once
    def numbers(self) -> tuple[str, ...]:
        """The numerals of the text, without their order."""
        return _numbers_in(self.pieces_with_numbers)

    @_Once
    def pieces_with_numbers(self) -> tuple[str, ...]:
        """The pieces of the text, each with its numerals."""
        signs = _BETWEEN_NUMERALS if _COMMA_IN_NUMERAL.search(self.row.text) else _PLAIN_SIGN
        return tuple(filter(None, signs.split(self.row.text)))

    @_Once
    def title(self) -> str:
        """Name and first clause, without fillers."""
        return "|".join((self.core[0], *self.clauses[:1]))

    @_Once
    def numerals(self) -> Numerals:
        """The numerals of name and text, by what they tell."""
        return Numerals.of_pieces(self.pieces_with_numerals)

    @_Once
    def pieces_with_numerals(self) -> tuple[str, ...]:
        """The pieces of name and text, each with its numerals."""
        return numerals.pieces_of(f"{self.row.get(NAME)}|{self.row.text}")

    @_Once
    def rest_numerals(self) -> Numerals:
        """The numerals behind the first clause."""
        return Numerals.of("|".join(_split(self.row.text, 1)[1:]))

    @_Once
    def head_numerals(self) -> Numerals:
        """The numerals of name and first clause."""
        return Numerals.of(f"{self.row.get(NAME)}|{_split(self.row.text, 1)[0]}")

    @_Once
    def core(self) -> tuple[str, ...]:
        """Name and clauses without fillers, whatever their order: rows of one core say the same."""
        return _FILLERS.sub("", self.name) if self.name else "", *sorted(self.clauses)

    @_Once
    def pieces(self) -> Pieces:
        """Name and clauses, without fillers."""
        return self.core[0], *self.clauses

    @property
    def head(self) -> Grams:
        """The pairs of characters of the first clause, mostly what the item is about."""
        return grams(self.clauses[:1])

    @property
    def called(self) -> Grams:
        """The pairs of characters of the name."""
        return grams((self.core[0],))

    @property
    def marks(self) -> Grams:
        """The pairs of characters of name and text, without fillers."""
        return grams(self.pieces)

    @property
    def doings(self) -> Grams:
        """The pairs of characters of the progress text."""
        return grams((self.progress,))


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
    return _numbers_in(gone) == _numbers_in(come)


def _not_shared(one: Sequence[str], two: Sequence[str]) -> tuple[Iterable[str], Iterable[str]]:
    """The pieces that each of two texts has and the other lacks; most pieces of a task are left as they are."""
    before, now = set(one), set(two)
    if len(before) == len(one) and len(now) == len(two):
        return before - now, now - before
    return _lacking(one, two), _lacking(two, one)


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
