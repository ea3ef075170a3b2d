"""A row in the form in which it is compared: its words without what clerks put otherwise from month to month.

Most of it is worked out for some rows only, when it is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, Generic, TypeVar

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


Value = TypeVar("Value")


def bare(words: str) -> str:
    """A text without spaces, line breaks and punctuation, all signs of one width."""
    if not words:
        return ""
    # Nearly all clauses are letters and digits, nearly all texts these and usual signs: that is several times as fast.
    if words.isalnum() and unicodedata.is_normalized("NFKC", words):
        return unicodedata.normalize("NFKC", words.casefold())
    left = _USUAL.sub("", words)
    plain = left.replace("%", "").isalnum() and unicodedata.is_normalized("NFKC", left)
    if plain and not _BETWEEN_DIGITS.search(words):
        return unicodedata.normalize("NFKC", left.casefold())
    return _SIGNS.sub("", text.key(words))


def may_be_one(one: str, two: str) -> bool:
    """May two texts be the same once they are bare? Seen without baring them, as far as they are letters and digits."""
    left = _USUAL.sub("", one), _USUAL.sub("", two)
    plain = all(words.isalnum() and unicodedata.is_normalized("NFKC", words) for words in left)
    return not plain or left[0].casefold() == left[1].casefold()


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


def numbers_in(pieces: Iterable[str]) -> tuple[str, ...]:
    """The numerals of some of the pieces of a text, without their order."""
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
        return (
            cells | {name: _bare_name(value) for name, value in self.row.others.items()} if self.row.others else cells
        )

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
        return numbers_in(self.pieces_with_numbers)

    @_Once
    def pieces_with_numbers(self) -> tuple[str, ...]:
        """The pieces of the text, each with its numerals."""
        signs = _BETWEEN_NUMERALS if _COMMA_IN_NUMERAL.search(self.row.text) else _PLAIN_SIGN
        return tuple(filter(None, signs.split(self.row.text)))

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
