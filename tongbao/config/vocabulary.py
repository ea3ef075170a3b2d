"""`templates/vocabulary.yaml`: what headers and status words mean in any office's ledger, whatever its kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tongbao.config.wordparts import Meaning, Parts, meant, ticked
from tongbao.model import STATUS, State
from tongbao.words.periods import spell_out
from tongbao.words.text import key

WITHDRAWN = "withdrawn"
GOING = "going"  # words that say no more than that an item is being worked at
# The groups of words that deny an end.
_OPEN = ("open", "undone")
# Before the name of a meaning: the column tells how it stood in the last period (上期进展).
_BEFORE = "上期"
# A header's marks of duty, its number, a colon behind it; what it says in brackets.
_DECORATION = re.compile(r"^(?:[*＊※★●]|\d+[.、])+(?=\D)|[*＊※★:：]+$")
_BRACKETS = re.compile(r"\([^()]*\)")
# A time as a header says it, spelt out: 截至2025年5月底, 1月至9月, 3季度, 上半年; the first group is the year alone,
# the second says that the time is one span without what went before (5月, 3季度).
_TIME = re.compile(
    r"(?P<until>截[至止]到?|[至到])?(?:(?:19|20)\d\d年度?)?"
    r"(?:(?P<from>1月[至到-])?\d{1,2}月份?(?:(?:底|末|初)|\d{1,2}日)?|[1-4]季度(?:底|末)?|[上下]半年|全年|年[初底])?"
    r"(?:以来|的|止)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
# 2025年目标任务 is listed as 年度目标任务, and may be the task all the same.
_YEAR_WORD = re.compile("年度")
# What is longer is a sentence, and no header that its parts explain.
_LONGEST_HEADER = 20
_EXPLAINED = re.compile(r"(?P<grade>[A-Za-z]\s*类?)\s*[（(](?P<inside>[^（）()]{2,20})[）)]")
_OR = re.compile("或者?|、|及|和")
_JOINTS = re.compile(r"[及和与/,;]|(?<=.)或")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a status word is taken for. `sure`: it means this everywhere; else a person should see it, with `why`."""

    state: State
    withdrawn: bool
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class Sisters:
    """A group of words that only the other words of their column explain (`beside`: state of a sister → meaning), or
    the header of the column (`headers`: a word in it → meaning)."""

    name: str
    beside: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    otherwise: str = State.ON_TRACK


@dataclass(frozen=True, slots=True)
class Headers:
    """What headers mean, by their key: `meanings` the fields of each, `shapes` what they are by how they are made."""

    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stands_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shapes: tuple[tuple[re.Pattern[str], str], ...] = ()
    times: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flows: Mapping[str, str] = field(default_factory=dict)
    tails: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of all kinds. An empty one knows nothing. Each is loaded once and stands for itself."""

    headers: Headers = Headers()
    states: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sisters: Mapping[str, Sisters] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)

    def fields(self, header: str) -> tuple[str, ...]:
        """What a header may mean, surest first; a meaning is named as the kinds name their fields."""
        found = self.known(header)
        if not any(name.startswith(_BEFORE) for name in found):
            *_, (plain, span) = _spellings(header, self.headers.times)
            made = _by_parts(self.headers, plain if span else plain_text(header))
            found = (*found, *(_of_time(self.headers, name, span) for name in made))
        return tuple(dict.fromkeys(f for name in found for f in (name, *self.headers.stands_for.get(name, ()))))

    def known(self, header: str) -> tuple[str, ...]:
        """What a header means by the lists alone, without what its parts may tell."""
        return _known(self, header)

    def plain_header(self, header: str) -> str:
        """The header without the words of its period (截至5月底, 本月), its brackets and its marks, for comparing."""
        return list(_spellings(header, self.headers.times))[-1][0]

    def time_words(self, group: str) -> str:
        """The word of one period (上月, 本月) that a group header holds, empty where it holds none."""
        times = self.headers.times
        words = sorted((*times.get("before", ()), *times.get("now", ())), key=len, reverse=True)
        return next((word for word in words if word in key(group)), "")

    def propose(self, word: str, sisters: Collection[str] = (), header: str = "") -> Proposal | None:
        """What a status word is probably meant for, by itself, by the words beside it, by its column's header."""
        word = ticked(word) or word
        if not (folded := key(word)):
            return None
        if group := self.sisters.get(folded):
            return self._by_sisters(word, group, sisters, header)
        if it := self.states.get(folded):
            name, strength = it
            return _proposal(name, strength == "sure", STRENGTHS[strength].format(word.strip()))
        return self._by_meaning(word, sisters, header) or self._by_grade(word)

    def sure(self, word: str) -> Proposal | None:
        """The meaning of a word that means the same everywhere; None for all others."""
        found = self.propose(word) if key(word) in self.states else None
        return found if found and found.sure else None

    def is_going(self, word: str) -> bool:
        """Does a word say no more than that the item is being worked at (推进中)?"""
        return self.states.get(key(word), ("", ""))[1] == "going"

    def is_open(self, word: str) -> bool:
        """Does a word say no more than that the item is not done (未办结)?"""
        if group := self.sisters.get(key(word)):
            return group.name in _OPEN
        return key(word) not in self.states and meant(key(word), self.parts) is Meaning.OPEN

    def is_last_step(self, word: str) -> bool:
        """Does a word name the second step of an ending (已销号, 通过验收)?"""
        return any(part in key(word) for part in self.parts.get("second", ()))

    def affirms(self, text: str, part: str) -> bool:
        """Does a text hold the part without a denial before it?"""
        return self._holds(text, part, ("negation",))

    def claims(self, word: str, part: str) -> bool:
        """Does a word hold the part without a denial before it, nor a word that it is still to come (正在解决)?"""
        return self._holds(word, part, ("negation", "going", "coming"))

    def _holds(self, text: str, part: str, without: tuple[str, ...]) -> bool:
        before, found, _ = key(text).partition(key(part))
        return bool(found) and not any(word in before for name in without for word in self.parts.get(name, ()))

    def denies(self, word: str) -> bool:
        """Does a word deny anything (未、没有、不)?"""
        return any(no in key(word) for no in self.parts.get("negation", ()))

    def _by_meaning(self, word: str, sisters: Collection[str], header: str) -> Proposal | None:
        found = meant(key(word), self.parts)
        if found is None:
            return None
        if found is Meaning.OPEN:
            group = next((it for it in self.sisters.values() if it.name == "open"), Sisters("open"))
            return self._by_sisters(word, group, sisters, header)
        return _proposal(found.value, False, f"“{word.strip()}”由字面看")

    def _by_grade(self, word: str) -> Proposal | None:
        """A类（已解决或基本解决）, of which the brackets say more than words of states do: the first that is one."""
        match = _EXPLAINED.fullmatch(word.strip())
        if match is None:
            return None
        known = (self.propose(text) for text in (*_OR.split(match["inside"]), match["grade"]))
        found = next(filter(None, known), None)
        return replace(found, sure=False, why=f"照“{word.strip()}”里所写") if found else None

    def _by_sisters(self, word: str, group: Sisters, sisters: Collection[str], header: str) -> Proposal:
        by_header = next((name for part, name in group.headers if part in key(header)), "")
        if by_header:
            return _proposal(by_header, False, f"表头是“{header.strip()}”")
        near = {it: GOING if self.is_going(it) else self._alone(it) for it in sisters if key(it) != key(word)}
        for beside, name in group.beside:
            if told := [it for it, state in near.items() if state == beside]:
                return _proposal(name, False, f"同列有“{told[0]}”")
        return _proposal(group.otherwise, False, "同列没有别的词可比")

    def _alone(self, word: str) -> str:
        """The state of a word that needs no sisters, empty for any other."""
        if key(word) in self.sisters:
            return ""
        if it := self.states.get(key(word)):
            return _state_of(it[0])
        found = meant(key(word), self.parts)
        return "" if found in (None, Meaning.OPEN) else _state_of(found.value)


STRENGTHS = {"sure": "“{}”在各种台账里都是这个意思", "going": "“{}”是还在办", "likely": "“{}”多是这个意思"}


def _state_of(name: str) -> str:
    return State.SUSPENDED if name == WITHDRAWN else name


def _proposal(name: str, sure: bool, why: str) -> Proposal:
    return Proposal(State(_state_of(name)), name == WITHDRAWN, sure, why)


# ---------------------------------------------------------------------------------------------- headers


# One ledger asks for its headers again and again: in every range of rows that may be its header, for every kind.
@lru_cache(4096)
def _known(vocabulary: Vocabulary, header: str) -> tuple[str, ...]:
    headers = vocabulary.headers
    if any(mark in inside for inside in _BRACKETS.findall(key(header)) for mark in headers.ticked):
        return (STATUS,)
    found: list[str] = []
    for plain, span in _spellings(header, headers.times):
        found += [_of_time(headers, name, span) for name in headers.meanings.get(plain, ())]
        if found and not _YEAR_WORD.match(plain):
            break
    return tuple(dict.fromkeys(found))


def plain_text(header: str) -> str:
    """The key of a header without marks, numbering and brackets."""
    return _BRACKETS.sub("", key(_DECORATION.sub("", header)))


def _spellings(header: str, times: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The keys under which a header may be listed, fullest first, each with the period that was stripped from it."""
    whole = key(_DECORATION.sub("", header))
    yield whole, ""
    plain = plain_text(header) or whole
    yield plain, ""
    spelt = key(spell_out(plain))
    if _YEAR.match(spelt):
        yield _YEAR.sub("年度", spelt, count=1), ""
    yield _stripped(spelt, times)


def _stripped(spelt: str, times: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """A header without its words of time at either end, and what these said: as_of, now, before, total."""
    rest, span = spelt, ""
    while True:
        shorter, said = _one_less(rest, times)
        if shorter == rest or not shorter:
            return rest, span
        rest, span = shorter, _stronger(span, said)


def _stronger(one: str, other: str) -> str:
    order = ("", "as_of", "now", "total", "before")
    return max(one, other, key=order.index)


def _one_less(spelt: str, times: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    if (found := _TIME.match(spelt)) and found[0] and re.search(r"\d|半年|全年|年[初底]", found[0]):
        stands = found["until"] or found["from"] or not re.search(r"月|季度", found[0])
        return spelt[found.end() :], "as_of" if stands else "now"
    words = sorted(((w, span) for span, ws in times.items() for w in ws), key=lambda it: -len(it[0]))
    for word, span in words:
        if spelt.startswith(word):
            return spelt[len(word) :].removeprefix("的"), span
        if spelt.endswith(word) and span in ("now", "as_of"):
            return spelt[: -len(word)], span
    return spelt, ""


def _of_time(headers: Headers, name: str, span: str) -> str:
    """The meaning of a field that speaks of last period, or of an amount that speaks of one period alone."""
    if span == "before":
        return f"{_BEFORE}{name}"
    return headers.flows.get(name, name) if span == "now" else name


def _by_parts(headers: Headers, plain: str) -> Iterator[str]:
    """What a header means without its tail, the first part of a joined one (责任单位及责任人), or how it is made."""
    if len(plain) > _LONGEST_HEADER:
        return
    first = _JOINTS.split(plain)[0]
    short = next((plain.removesuffix(tail) for tail in headers.tails if plain.endswith(tail)), plain)
    yield from (name for part in (short, first) if part != plain for name in headers.meanings.get(part, ()))
    yield from (name for shape, name in headers.shapes if shape.search(plain))
    yield from (name for shape, name in headers.shapes if first != plain and shape.search(first))
