"""A sentence as a scene of facts: numbers, dates and units, each in its setting, which is the words around it.

Facts of a printed and an edited sentence are brought together by their settings, not by their values, for a figure is
known by what is said of it. So two figures that were exchanged are found, and two exchanged clauses do no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise, takewhile

from tongbao.proof.text.alignment import Sentence
from tongbao.proof.text.tokens import FACTS, NUMERALS, Match, Reader, Sort, Token, compare

_CLAUSE_ENDS = frozenset("，；。：:、！？\n")
_JOINTS = frozenset("、和及与")
# A word of the setting loses a seventh of its weight with each token in between and more than a third over the end of
# a clause; below 0.06, some nineteen tokens off, it tells nothing. Set by feel: the damages of `tests/test_damage.py`
# come out alike with 0.70 to 0.95, 0.2 to 1, and 0.005 to 0.3.
_FADE, _OVER_STOP, _LEAST = 0.86, 0.62, 0.06
# What speaks for two facts beside the likeness of their settings (from 0 to 1): the same place among the same words,
# the same clause, the same opening clause, the same value, members in common; what speaks against them; and the least
# sum. The same clause must weigh as much as half a likeness, and the value little: without the first, or with an
# opening clause of 1.0, clauses that changed their order are called wrong. The others are set by feel, and the damages
# come out alike without any single one, and with a least sum from 0.3 to 1.2. The cost: a figure in a clause that was
# written anew meets its own by value only, and is for a person to judge.
_ALIGNED, _SAME_WORDS, _LEAD, _SAME, _MEMBERS = 0.15, 0.5, 0.4, 0.12, 0.5
_OTHER_MEASURE, _TOGETHER = 0.3, 0.6


@dataclass(frozen=True)
class Scene:
    """A sentence with its tokens."""

    sentence: Sentence
    tokens: tuple[Token, ...]

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in order."""
        return tuple(self._facts())

    @cached_property
    def faces(self) -> list[str]:
        """The tokens without their values: all numbers alike, all dates alike."""
        return [t.face for t in self.tokens]

    def clause(self, fact: Fact) -> str:
        """The clause that a fact of this sentence stands in; 18 characters on each side where it is longer than 40."""
        text, begin = self.sentence.text, self.sentence.start
        at, to = fact.start - begin, fact.end - begin
        start = max(text.rfind(sign, 0, at) for sign in "，；。：\n") + 1
        end = min((found for sign in "，；。：\n" if (found := text.find(sign, to)) >= 0), default=len(text))
        return text[start:end] if end - start <= 40 else text[max(start, at - 18) : min(end, to + 18)]

    def _facts(self) -> Iterator[Fact]:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.sort not in FACTS:
                at += 1
                continue
            members = list(self._run(at))
            yield Fact(self, at, members[-1], tuple(self.tokens[n] for n in members))
            at = members[-1] + 1

    def _run(self, at: int) -> Iterator[int]:
        """The tokens listed with the one here: units, or bare numbers (not after 分别, where their order counts)."""
        yield at
        alike = {Sort.UNIT} if self.tokens[at].sort is Sort.UNIT else {Sort.NUMBER, Sort.NAMED}
        # Without this 分别为41、35、46件 would pass for 35、41、46. Eight tokens hold the words of 分别完成投资.
        ordered = "分别" in "".join(t.text for t in self.tokens[max(0, at - 8) : at])
        while self.tokens[at].sort in alike and (
            Sort.UNIT in alike or (self.tokens[at].text[-1:].isdigit() and not ordered)
        ):
            follower = self.tokens[at + 1 : at + 3]
            if len(follower) < 2 or follower[0].text not in _JOINTS or follower[1].sort not in alike:
                return
            at += 2
            yield at

    def setting(self, start: int, end: int) -> Mapping[str, float]:
        """The words around, each marked with its side, and a weight from 1 down that fades with distance."""
        found: dict[str, float] = {}
        for side, way in (("<", range(start - 1, -1, -1)), (">", range(end, len(self.tokens)))):
            weight = 1.0
            for n in self._at_depth(way, self._depths[start]):
                token = self.tokens[n]
                if token.sort is Sort.STOP:
                    weight *= _OVER_STOP if token.text in _CLAUSE_ENDS else 1
                    continue
                if weight < _LEAST:
                    break
                found.setdefault(side + token.face, weight)
                weight *= _FADE
        return found

    def label(self, first: int, last: int) -> str:
        """The clause around some tokens; one of fewer than two words has the clause before it in front."""
        before, after = (
            list(takewhile(self._inside, self._at_depth(way, self._depths[first])))
            for way in (range(first - 1, -1, -1), range(last + 1, len(self.tokens)))
        )
        number = self.tokens[first].sort in NUMERALS
        words = self._words(before[::-1]) + "#" * number + self._words(after)
        start = before[-1] if before else first
        if start > 1 and sum(c not in "#%@" for c in words) < 2:
            return self.label(start - 2, start - 2).rstrip("#") + "|" + words
        return words

    def lead(self, number: int) -> str:
        """The first clause with a number of the part between ； that a token stands in: what the part is about."""
        start = max((n + 1 for n in range(number) if self.tokens[n].text in "；：:"), default=0)
        while start < number:
            clause = list(takewhile(self._inside, range(start, len(self.tokens))))
            if any(self.tokens[n].sort in (Sort.NUMBER, Sort.NAMED) for n in clause):
                return self._words(clause)
            start += len(clause) + 1
        return ""

    def _inside(self, n: int) -> bool:
        return self.tokens[n].text not in _CLAUSE_ENDS

    def _words(self, numbers: Iterable[int]) -> str:
        return "".join(self.tokens[n].face for n in numbers if self.tokens[n].sort is not Sort.STOP)

    def _at_depth(self, way: Iterable[int], depth: int) -> Iterator[int]:
        """The tokens of `way` up to the end of its own bracket, without what stands in brackets that open on it."""
        for n in way:
            if self._depths[n] < depth:
                return
            if self._depths[n] == depth:
                yield n

    @cached_property
    def _depths(self) -> list[int]:
        """How many brackets are open at each token; a bracket itself belongs inside."""
        depths, depth = [], 0
        for token in self.tokens:
            depth += token.text == "（"
            depths.append(depth)
            depth -= token.text == "）" and depth > 0
        return depths


@dataclass(frozen=True, eq=False)
class Fact:
    """A number, a date, or a run of numbers or units (35、41、46; 县财政局、县教育局) with its setting.

    `first` and `last` are the numbers of its tokens; `start` and `end` stand in the sentence's paragraph.
    """

    scene: Scene
    first: int
    last: int
    tokens: tuple[Token, ...]

    @property
    def sort(self) -> Sort:
        """What it is; weak and named numbers are numbers here."""
        sort = self.tokens[0].sort
        return Sort.NUMBER if sort in NUMERALS else sort

    @property
    def weak(self) -> bool:
        """Is it a number such as that of 一个, which is a fact only if it was printed?"""
        return self.tokens[0].sort is Sort.WEAK

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.scene.sentence.start + self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.scene.sentence.start + self.tokens[-1].end

    @property
    def text(self) -> str:
        """As it is written, spaces aside."""
        return "、".join(t.text for t in self.tokens)

    @property
    def values(self) -> frozenset[object]:
        """The values of its members."""
        return frozenset(t.value for t in self.tokens)

    @cached_property
    def label(self) -> str:
        """The clause that it stands in, with its numbers as signs; a short one has the clause before it in front."""
        return self.scene.label(self.first, self.last)

    @cached_property
    def lead(self) -> str:
        """The clause that opens its part of the sentence (between ： and ；), which says what the part is about."""
        return self.scene.lead(self.first)

    @cached_property
    def setting(self) -> Mapping[str, float]:
        """The words around, as `Scene.setting` gives them."""
        return self.scene.setting(self.first, self.last + 1)


def scene(sentence: Sentence, reader: Reader) -> Scene:
    """The scene of a sentence."""
    return Scene(sentence, reader.tokens(sentence.text))


# ---------------------------------------------------------------------------------------------- bringing together


@dataclass(frozen=True, slots=True)
class Meeting:
    """A printed fact and the edited one in its place; `by_value`: only their equal values brought them together."""

    printed: Fact
    edited: Fact
    by_value: bool = False


def likeness(a: Fact, b: Fact) -> float:
    """How alike the settings of two facts are, from 0 to 1: half by their own clauses, half by all the words around."""
    keys = a.setting.keys() | b.setting.keys()
    common = sum(min(a.setting.get(k, 0), b.setting.get(k, 0)) for k in keys)
    around = common / (sum(max(a.setting.get(k, 0), b.setting.get(k, 0)) for k in keys) or 1)
    return (around + alike(a.label, b.label)) / 2


def alike(a: str, b: str) -> float:
    """How alike two labels are, from 0 to 1, by the pairs of characters that they share."""
    if a == b:
        return 1.0
    ours, theirs = (Counter(map("".join, pairwise(f"^{label}$"))) for label in (a, b))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def same(a: Fact, b: Fact) -> bool:
    """Do two facts say the same?"""
    if len(a.tokens) == len(b.tokens) == 1:
        return compare(a.tokens[0], b.tokens[0]) is Match.SAME
    return a.values == b.values


def meet(printed: Scene, edited: Scene) -> list[Meeting]:
    """The facts of two scenes brought together, the surest first; what is left over meets by equal values."""
    # Only runs of two and more tokens count as the same place: a single 、 or 的 is everywhere.
    blocks = SequenceMatcher(None, printed.faces, edited.faces, autojunk=False).get_matching_blocks()
    opposite = {b.a + n: b.b + n for b in blocks if b.size > 1 for n in range(b.size)}
    scored = [
        (_score(p, e, opposite.get(p.first) == e.first), n, m)
        for n, p in enumerate(printed.facts)
        for m, e in enumerate(edited.facts)
        if p.sort is e.sort
    ]
    met: dict[int, int] = {}
    for score, n, m in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score >= _TOGETHER and n not in met and m not in met.values():
            met[n] = m
    left = _left_alike(printed.facts, edited.facts, met)
    pairs = sorted([*((n, m, False) for n, m in met.items()), *((n, m, True) for n, m in left.items())])
    return [Meeting(printed.facts[n], edited.facts[m], by_value) for n, m, by_value in pairs]


def _score(p: Fact, e: Fact, opposite: bool) -> float:
    measures = {t.measure for t in p.tokens} == {t.measure for t in e.tokens}
    common = len(p.values & e.values) / len(p.values | e.values)
    familiar = _ALIGNED * opposite + _SAME_WORDS * (p.label == e.label) + _SAME * max(same(p, e), common)
    familiar += _LEAD * (1 if p.lead == e.lead else alike(p.lead, e.lead) / 2)
    familiar += _MEMBERS * common * (len(p.tokens) > 1)
    return likeness(p, e) + familiar - _OTHER_MEASURE * (not measures)


def _left_alike(ours: Sequence[Fact], theirs: Sequence[Fact], met: Mapping[int, int]) -> dict[int, int]:
    """Left-over facts that say the same, where there is one of each."""
    free = [m for m in range(len(theirs)) if m not in met.values()]
    found: dict[int, int] = {}
    for n, p in enumerate(ours):
        alike = [m for m in free if theirs[m].sort is p.sort and same(p, theirs[m])] if n not in met else []
        rivals = [k for k in range(len(ours)) if k not in met and ours[k].sort is p.sort and same(p, ours[k])]
        if len(alike) == len(rivals) == 1:
            found[n] = alike[0]
    return found
