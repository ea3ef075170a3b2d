"""How alike two rows of two ledgers are, and in what they differ (the one home of rapidfuzz).

Similar is not the same: 一期 and 二期, 城东 and 城西 differ by one character. So a likeness is a number, and beside it
what kind of difference there is: mere wording, whole clauses, added words, replaced words, other numerals.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tongbao.model import LAST_PROGRESS, NEXT_STEP, NO, PROGRESS, REASON, STATUS, TASK, UNIT, Row
from tongbao.words import text

# The field of a row that names its project, where a kind has one.
NAME = "名称"
# About how many pairs are scored in one comparison, within which bounds for one row, how many looks may be taken to
# find them, and what is never exceeded however large the ledgers are.
BUDGET, PER_ROW, LOOKS, MOST = 10_000, (8, 200), 1_500_000, 1_000_000

# Punctuation does not count, except between digits: 8.9 is not 89.
_SIGNS = re.compile(r"(?<!\d)[^\w%]+|[^\w%]+(?!\d)|_")
_CLAUSE = re.compile(r"[，。；！？;!?\n]+|(?<!\d)[,.]+|[,.]+(?!\d)")
_ENUMERATOR = re.compile(
    r"^(?:\([一二三四五六七八九十百\d]+\)|[一二三四五六七八九十百]+,|第[一二三四五六七八九十百\d]+[章部分节类]+|\d+[.,)])"
)
# Words that offices put in and take out without meaning another task. Words that say how far the task goes
# (启动, 开工, 建成, 完成) are not among them.
_FILLERS = re.compile(
    "进一步|按照要求|按照计划|按计划|按要求|有计划地|千方百计|全力以赴|高质量|高标准|有针对性地|积极稳妥"
    "|切实|积极|全力|全面|加快|加强|加大|抓紧|尽快|尽早|持续|大力|着力|认真|扎实|统筹|推进|推动|促进|做好|抓好|落实|开展|实施|组织"
    "|有序|稳步|深入|不断|继续|力争|确保|相关|有关|各项|工作|任务|力度|及时|主动|强力|强化|深化|合理|科学|充分|逐步|同步|严格|尽力"
    "|目前|以及|等|的|了|和|及|与|并|将|要|在|对|把"
)
_VOLATILE = {NO, STATUS, PROGRESS, LAST_PROGRESS, REASON, NEXT_STEP, TASK, NAME, UNIT}


# A text less alike than the first is another one, than the second was rewritten; from the third on it may be the same.
ASKABLE, REWRITTEN, SIMILAR = 0.35, 0.5, 0.75


class Difference(IntEnum):
    """In what two texts differ, from nothing that matters to what makes another task of it."""

    WORDING = 0
    CLAUSES = 1
    ADDED = 2
    REPLACED = 3
    NUMBERS = 4


def bare(words: str) -> str:
    """A text without spaces, line breaks, punctuation and differences of width."""
    return _SIGNS.sub("", text.key(words))


def folded(words: str) -> str:
    """A text with signs and digits of one width, on one line."""
    return unicodedata.normalize("NFKC", words).replace("\n", "")


def clauses(words: str) -> list[str]:
    """The clauses of a text, folded."""
    return [piece for clause in _CLAUSE.split(words) if (piece := folded(clause))]


@dataclass(frozen=True)
class Face:
    """What of a row is compared, in the form in which it is compared."""

    row: Row

    @cached_property
    def text(self) -> str:
        """The text of the task."""
        return bare(self.row.text)

    @cached_property
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

    @cached_property
    def units(self) -> frozenset[str]:
        """The responsible units."""
        return frozenset(map(bare, self.row.units))

    @cached_property
    def section(self) -> tuple[str, ...]:
        """The headings without their enumerators (一、 becomes 二、 when one before it goes)."""
        return tuple(_ENUMERATOR.sub("", text.key(heading)) for heading in self.row.section)

    @cached_property
    def progress(self) -> str:
        """The progress text."""
        return bare(self.row.get(PROGRESS))

    @cached_property
    def particulars(self) -> frozenset[tuple[str, str]]:
        """All other cells that say which row it is, not how it stands: people, deadline, amounts."""
        cells = {(name, self.row.get(name)) for name in self.row.cells if name not in _VOLATILE}
        return frozenset(cells | set(self.row.others.items()))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The clauses, each without filler words and punctuation."""
        return tuple(filter(None, (_FILLERS.sub("", bare(clause)) for clause in _CLAUSE.split(self.row.text))))

    @cached_property
    def gist(self) -> Counter[str]:
        """The clauses, in no order."""
        return Counter(self.clauses)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numerals of the text, in no order."""
        return tuple(sorted(text.numbers(self.row.text)))

    @cached_property
    def marks(self) -> frozenset[str]:
        """The pairs of neighbouring characters by which likely partners are found."""
        words = self.name + self.text
        return frozenset(map("".join, pairwise(words)))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows compared: how alike their texts are, how alike all in all, what differs, and which holds the other."""

    task: float
    score: float
    difference: Difference
    within: bool = False
    around: bool = False


def of_texts(a: Face, b: Face) -> float:
    """How alike two texts are, from 0 to 1."""
    return fuzz.ratio(a.text, b.text) / 100


def of_progress(a: Face, b: Face) -> float:
    """How alike two progress texts are, from 0 to 1; nothing is not alike."""
    return fuzz.ratio(a.progress, b.progress) / 100 if a.progress and b.progress else 0.0


def compare(a: Face, b: Face, order: float) -> Likeness | None:
    """The likeness of two rows; `order` (0 to 1) tells how well their neighbours agree.

    Weights: 0.70 text, 0.10 units, 0.12 progress, 0.08 order. A difference that may make another task of it
    takes 0.10 off, so that it never competes with one that does not. None for rows that have nothing to do with
    each other.
    """
    task = of_texts(a, b)
    within, around = holds(b.text, a.text, task), holds(a.text, b.text, task)
    if task < ASKABLE and not within and not around:
        return None
    units = len(a.units & b.units) / len(a.units | b.units) if a.units | b.units else 1.0
    score = 0.70 * task + 0.10 * units + 0.12 * of_progress(a, b) + 0.08 * order
    differs = difference(a, b) if task >= 0.6 else Difference.REPLACED
    penalty = 0.10 if differs >= Difference.REPLACED else 0.0
    return Likeness(task, score - penalty, differs, within, around)


def difference(a: Face, b: Face) -> Difference:
    """In what the texts (and names) of two rows differ, fillers and punctuation aside."""
    if a.numbers != b.numbers:
        return Difference.NUMBERS
    if not same_name(a, b):
        return Difference.REPLACED
    left, right = "".join((a.gist - b.gist).elements()), "".join((b.gist - a.gist).elements())
    if not left and not right:
        return Difference.WORDING
    if not left or not right:
        more = (a.gist - b.gist) + (b.gist - a.gist)
        return Difference.CLAUSES if all(len(clause) >= 4 for clause in more) else Difference.ADDED
    tags = {tag for tag, *_ in Levenshtein.opcodes(left, right)} - {"equal"}
    return Difference.ADDED if tags in ({"insert"}, {"delete"}) else Difference.REPLACED


def same_name(a: Face, b: Face) -> bool:
    """May two names mean one project: one of them shorter than the other (or missing), with the same numerals?"""
    short, long = sorted((_FILLERS.sub("", a.name), _FILLERS.sub("", b.name)), key=len)
    return short in long and (not short or text.numbers(a.name) == text.numbers(b.name))


def holds(whole: str, part: str, task: float = 1.0) -> bool:
    """Does a text hold another one, a few characters aside? (the sign of merging and splitting)

    `task` is how alike the two are, if known: a text that holds another one is about as alike to it as lengths allow.
    """
    short, long = len(part), len(whole)
    if not 6 <= short < 0.9 * long or task < 0.85 * 2 * short / (short + long):
        return False
    return part in whole or fuzz.partial_ratio(part, whole) >= 92


def has_some_of(face: Face, pieces: Iterable[str]) -> bool:
    """Does a row's text hold one of these clauses, a slip of the pen aside?"""
    words = "".join(face.clauses)
    return any(len(piece) >= 4 and fuzz.partial_ratio(piece, words) >= 65 for piece in pieces)


def same_units(a: frozenset[str], b: frozenset[str]) -> bool:
    """Are these the same units, some of them perhaps abbreviated (发改委 for 发展和改革委员会)?"""
    rest, others = sorted(a - b), sorted(b - a)
    return len(rest) == len(others) and all(any(same_unit(x, y) for y in others) for x in rest)


def share_units(a: Face, b: Face) -> bool:
    """Have two rows a unit in common?"""
    return not a.units.isdisjoint(b.units) or same_units(a.units, b.units)


@lru_cache(maxsize=4096)
def same_unit(a: str, b: str) -> bool:
    """Is one name the other, or short for it: all its characters stand there in order, the last of them at the end?"""
    short, long = sorted((name.removesuffix("员会") for name in (a, b)), key=len)
    letters = iter(long)
    return len(short) >= 2 and long[-1] == short[-1] and all(letter in letters for letter in short)


def near(priors: Mapping[int, Face], currents: Mapping[int, Face]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing: for each prior row the current ones that share its rarest pairs of characters.

    The more rows there are, the fewer for each; and never more than a million in all.
    """
    index: dict[str, list[int]] = {}
    for j, face in currents.items():
        for mark in face.marks:
            index.setdefault(mark, []).append(j)
    count = len(priors) or 1
    limit = min(max(PER_ROW[0], min(PER_ROW[1], BUDGET // count)), MOST // count)
    for i, face in priors.items():
        for j in _sharing(face, index, limit, max(limit, LOOKS // count)):
            yield i, j


def _sharing(face: Face, index: Mapping[str, Sequence[int]], limit: int, looks: int) -> Iterable[int]:
    """The rows that share most with this one, the rarer the more."""
    shared: dict[int, float] = defaultdict(float)
    for holders in sorted((index[mark] for mark in face.marks if mark in index), key=len):
        weight = 1 / len(holders)
        for j in holders[:looks]:
            shared[j] += weight
        looks -= len(holders)
        if looks <= 0:
            break
    return nlargest(limit, shared, key=shared.__getitem__)
