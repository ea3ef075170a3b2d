"""Which sentence of an edited paper is which sentence of the printed one, though it was moved, reworded or changed.

Sentences that read alike but for their numbers (本次会议确定9项…, once under each heading) are told apart by the
headings that they stand under, not by their numbers: where two of them were exchanged, both are to be found wrong.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from tongbao.proof.text.tokens import bare, shape

# A sentence ends with its stop and the quotation marks or brackets that close after it.
_STOP = re.compile(r"[。！？!?\n]+[”’）」』]*")
# The four heading numbers of GB/T 9704 7.3.3, and 第三个议题, 第一部分 after them. They are no words of the sentence,
# so a heading that was renumbered stays the same. Arabic numbers have two digits at most: 2022. is none.
_HEADING = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．](?!\d)|（\d{1,2}）")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+(?:个?议题|部分|[章节条款])[，,、：\s]*")
_LEVELS = (
    re.compile("[一二三四五六七八九十]"),
    re.compile("（[一二三四五六七八九十]"),
    re.compile(r"\d"),
    re.compile(r"（\d"),
)
# The part of the pairs of characters that two sentences must share to be one, and what a known neighbour adds. At 0.42
# 会议确定的事项有44件，目前已完成16件 is known as 会议确定事项43件，已完成16件 (at 0.70 it is not), and
# 县里召开会议43次，部署工作16件 is a sentence of its own (at 0.10 it is not). The cost:
# 会上定下来的事共44件，到现在已完成16件 is taken for new, and its figure is for a person to judge. The damages of
# `tests/test_damage.py` come out alike from 0.30 to 0.70.
_ALIKE, _NEIGHBOUR = 0.42, 0.12
# A pair of characters in more sentences than this (完成, 推进) tells nothing, and comparing all that share it takes
# the square of their number. The cost: in a long annexed list, sentences made of such pairs only find no partner. Set
# by feel; the damages come out alike with 5 and with 4000.
_COMMON = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a folded paragraph. `level` is that of the heading's number at its beginning (0: it has none).

    `text` begins after that number, at the character `start` of the paragraph. `bare` is the text without punctuation,
    `shape` the same with all numerals alike.
    """

    paragraph: int
    start: int
    text: str
    level: int
    bare: str
    shape: str

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.start + len(self.text)


def sentences(paragraphs: Iterable[tuple[int, str]]) -> list[Sentence]:
    """The sentences of folded paragraphs, which are given with their numbers. A sentence without a word is left out."""
    return [s for number, folded in paragraphs for s in _cut(number, folded) if s.bare]


def _cut(number: int, folded: str) -> Iterator[Sentence]:
    level, start = enumerated(folded)
    for match in re.finditer(rf"{_STOP.pattern}|$", folded):
        if match.end() <= start and match.end() < len(folded):
            continue
        text = folded[start : match.end()]
        plain = bare(text)
        yield Sentence(number, start, text, level, plain, shape(plain))
        level, start = 0, match.end()


def enumerated(folded: str) -> tuple[int, int]:
    """The level of the number that a paragraph begins with (0: none), and where the words after it begin."""
    match = _HEADING.match(folded)
    level = next((n for n, sign in enumerate(_LEVELS, 1) if sign.match(folded)), 0) if match else 0
    start = match.end() if match else 0
    ordinal = _ORDINAL.match(folded, start)
    return level, ordinal.end() if ordinal else start


@dataclass(frozen=True, slots=True)
class Alignment:
    """`partner`: the number of an edited sentence → that of the printed one that it was; new sentences are not in it.

    `strayed` are the edited sentences that no longer stand under their heading.
    """

    partner: Mapping[int, int]
    strayed: frozenset[int]


def align(printed: Sequence[Sentence], edited: Sequence[Sentence]) -> Alignment:
    """The partners of the sentences of an edited paper among the printed ones."""
    work = _Alignment(printed, edited)
    work.pair_unique()
    work.pair_twins()
    work.pair_similar()
    work.pair_gaps()
    return Alignment(work.partner, frozenset(work.strayed()))


class _Alignment:
    def __init__(self, printed: Sequence[Sentence], edited: Sequence[Sentence]) -> None:
        self.printed, self.edited = printed, edited
        self.partner: dict[int, int] = {}
        self._taken: set[int] = set()

    def _pair(self, e: int, p: int) -> None:
        self.partner[e] = p
        self._taken.add(p)

    def pair_unique(self) -> None:
        """Pairs what reads the same and has no twin, then what differs in its numbers only.

        Headings may have twins that differ in their numbers: 第10次会议, 第11次会议.
        """
        shapes = Counter(s.shape for s in self.printed)
        for form in ("bare", "shape"):
            theirs = _by_form(self.edited, form, set(self.partner))
            for key, [p, *more] in _by_form(self.printed, form, self._taken).items():
                alone = shapes[self.printed[p].shape] == 1 or (form == "bare" and self.printed[p].level > 0)
                if not more and alone and len(theirs.get(key, ())) == 1:
                    self._pair(theirs[key][0], p)

    def pair_twins(self) -> None:
        """Pairs what is alike but for its numbers by the headings above it.

        Those with the most headings in common go first, and among them those with the same numbers.
        """
        ours = _by_form(self.printed, "shape", self._taken)
        paths, theirs = self._printed_paths(), self._edited_paths()
        waiting = [e for e, s in enumerate(self.edited) if e not in self.partner and s.shape in ours]
        for depth in range(max((len(theirs[e]) for e in waiting), default=0), -1, -1):
            for form in ("bare", "shape"):
                places: dict[tuple[object, ...], deque[int]] = defaultdict(deque)
                for p in (p for twins in ours.values() for p in twins if p not in self._taken):
                    places[getattr(self.printed[p], form), *paths[p][:depth]].append(p)
                for e in (e for e in waiting if e not in self.partner and len(theirs[e]) >= depth):
                    twins = places.get((getattr(self.edited[e], form), *theirs[e][:depth]))
                    if twins:
                        self._pair(e, twins.popleft())

    def _printed_paths(self) -> list[tuple[int, ...]]:
        return list(_paths(range(len(self.printed)), self.printed))

    def _edited_paths(self) -> list[tuple[int, ...]]:
        """For each edited sentence the printed headings that it stands under now."""
        return list(_paths((self.partner.get(e) for e in range(len(self.edited))), self.printed))

    def pair_similar(self) -> None:
        """Pairs the rest by the pairs of characters that two sentences share, the most alike first."""
        ours = {p: s for p, s in enumerate(self.printed) if p not in self._taken}
        theirs = {e: s for e, s in enumerate(self.edited) if e not in self.partner}
        scored = sorted(self._scored(ours, theirs), reverse=True)
        for _, e, p in scored:
            if e not in self.partner and p not in self._taken:
                self._pair(e, p)

    def _scored(self, ours: Mapping[int, Sentence], theirs: Mapping[int, Sentence]) -> Iterator[tuple[float, int, int]]:
        grams = {p: _grams(s.shape) for p, s in ours.items()}
        holders: dict[str, list[int]] = defaultdict(list)
        for p, own in grams.items():
            for gram in own:
                holders[gram].append(p)
        for e, sentence in theirs.items():
            own = _grams(sentence.shape)
            shared = Counter(p for gram in own if len(holders.get(gram, ())) <= _COMMON for p in holders.get(gram, ()))
            # The five with the largest shared part are scored in full, for each takes time.
            for p in nlargest(5, shared, key=lambda p: shared[p] / (len(grams[p]) + 1)):
                alike = _likeness(own, grams[p]) + _NEIGHBOUR * self._are_neighbours(e, p)
                if alike >= _ALIKE:
                    yield alike, e, p

    def pair_gaps(self) -> None:
        """Pairs the one printed sentence between two known ones with the most alike of those that stand there now."""
        for first, end in list(self._gaps()):
            before, after = self.partner.get(first - 1, -1), self.partner.get(end)
            p = before + 1
            if after == p + 1 and p not in self._taken:
                own = _grams(self.printed[p].shape)
                alike = {e: _likeness(own, _grams(self.edited[e].shape)) for e in range(first, end)}
                self._pair(max(alike, key=lambda e: alike[e]), p)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """The runs of edited sentences without a partner: the first, and the one after the last."""
        known = [-1, *sorted(self.partner), len(self.edited)]
        yield from ((a + 1, b) for a, b in pairwise(known) if b > a + 1)

    def strayed(self) -> Iterator[int]:
        """The edited sentences whose nearest printed heading is not among the headings that they stand under now."""
        paths = self._printed_paths()
        for e, path in enumerate(self._edited_paths()):
            p = self.partner.get(e)
            if p is not None and paths[p] and paths[p][-1] not in path and paths[p][-1] in self._taken:
                yield e

    def _are_neighbours(self, e: int, p: int) -> bool:
        """Is the sentence before or after already known as the one before or after?"""
        return self.partner.get(e - 1) == p - 1 or self.partner.get(e + 1) == p + 1


def _by_form(found: Sequence[Sentence], form: str, taken: Iterable[int]) -> dict[str, list[int]]:
    """The numbers of the sentences that are not taken yet, by their bare text or their shape."""
    groups: dict[str, list[int]] = {}
    for number, sentence in enumerate(found):
        if number not in taken:
            groups.setdefault(getattr(sentence, form), []).append(number)
    return groups


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    return 2 * (a & b).total() / ((a.total() + b.total()) or 1)


def _grams(text: str) -> Counter[str]:
    return Counter(map("".join, pairwise(text)))


def _paths(numbers: Iterable[int | None], printed: Sequence[Sentence]) -> Iterator[tuple[int, ...]]:
    """For each of these printed sentences (None: an unknown one) the headings that it stands under, outermost first."""
    path: tuple[int, ...] = ()
    for number in numbers:
        level = printed[number].level if number is not None else 0
        above = tuple(heading for heading in path if not level or printed[heading].level < level)
        yield above
        path = (*above, number) if level and number is not None else above
