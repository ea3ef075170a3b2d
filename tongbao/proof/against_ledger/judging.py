"""Judging an edited fact that took a printed one's place: by its value, and by what is now said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property

from tongbao.proof.basis.kept import Basis
from tongbao.proof.text.facts import Fact, Meeting, Scene, alike, likeness, same
from tongbao.proof.text.tokens import NEGATION, Match, Reader, Sort, charged, compare
from tongbao.proof.verdicts import Judgement, Status
from tongbao.words.unitnames import looks_complete

_SAID_AGAIN, _DATED_AGAIN = 0.6, 0.4  # likeness of what is said at which another value is wrong, not another figure
_REWORDED = "数没有变，说法变了，请核对是否还是原来的意思"
_SIGNED = "如果是签发时改定的日期，可以不理会"
_ROUGH = re.compile("约|近|大约|左右|上下|余|多")
_MEASURE_WORDS = "#%@|项个件家"
_SIGNS = "，；。：（）“”\n"


class Judge:
    """Judges by the labels of one circular, its units, and the scenes of all its printed sentences.

    `alone` are the scenes of edited sentences that are new: a list may have been laid out in lines of their own.
    """

    def __init__(self, basis: Basis, reader: Reader, printed: Iterable[Scene], alone: Iterable[Scene]) -> None:
        self._labels, self._reader = basis.statuses, reader
        words = {word: names[0] for names in reversed(basis.labels) for word in names}
        self._meanings = {word: words[word] for word in sorted(words, key=len, reverse=True)}
        self._printed, self._fresh = printed, alone

    def met(self, ours: Scene, theirs: Scene, meeting: Meeting) -> Judgement:
        """The judgement on a fact that stands in the place of a printed one."""
        printed, edited = meeting.printed, meeting.edited
        if meeting.by_value and _meant(printed.label, self._meanings) != _meant(edited.label, self._meanings):
            words = self._words(ours, theirs, printed, edited)
            doubtful = Judgement(Status.UNPROVEN, ours.clause(printed), _REWORDED)
            return words if words.status is Status.DIFFERS else doubtful
        if printed.sort is Sort.UNIT or len(printed.tokens) + len(edited.tokens) > 2:
            return self._run(ours, theirs, printed, edited)
        match compare(printed.tokens[0], edited.tokens[0]):
            case Match.OTHER if _said_again(printed, edited):
                return Judgement(Status.DIFFERS, printed.text, _SIGNED if _stands_alone(ours, printed) else "")
            case Match.OTHER:
                return Judgement(Status.UNPROVEN, printed.text, "数与印出的不同，说法也变了，请核对")
            case Match.ROUNDED if not _rough(theirs, edited):
                return Judgement(Status.UNPROVEN, printed.text, "位数比印出时少，四舍五入后才一致")
        owner = self._owner(ours, printed, edited)
        if owner is not None and not same(owner, edited):
            return Judgement(Status.DIFFERS, owner.text, f"这里说的是“{edited.label.strip(_MEASURE_WORDS)}”")
        return self._words(ours, theirs, printed, edited)

    def lost(self, ours: Scene, theirs: Scene, printed: Fact) -> Judgement:
        """The judgement on a fact that its sentence does not have any more, be it that other words took its place."""
        if printed.sort is Sort.UNIT:
            if printed.values <= self._spoken(theirs):
                return Judgement(Status.AGREES)
            if stranger := _replacement(ours, theirs, printed):
                return Judgement(Status.DIFFERS, printed.text, said=stranger)
        return Judgement(Status.DELETED, printed.text, "这句话里没有它了")

    def denied(self, ours: Scene, theirs: Scene) -> bool:
        """Has a changed sentence a negation more or less than it had? (one that was cut in two may have lost it so)"""
        texts = [s.sentence.text for s in (ours, theirs)]
        before, after = (charged(text, self._labels)[NEGATION] for text in texts)
        return before != after and 0.8 <= len(texts[1]) / len(texts[0]) <= 1.25

    @cached_property
    def _owners(self) -> Mapping[str, Fact | None]:
        return _owners(self._printed)

    @cached_property
    def _alone(self) -> set[str]:
        return {str(t.value) for s in self._fresh for t in s.tokens if t.sort is Sort.UNIT}

    # ------------------------------------------------------------------------------------------ listed values

    def _run(self, ours: Scene, theirs: Scene, printed: Fact, edited: Fact) -> Judgement:
        """Listed numbers or units are compared as sets; a unit may be abbreviated or stand in a line of its own."""
        missing = {t.value: t.text for t in printed.tokens if t.value not in edited.values}
        added = [t.text for t in edited.tokens if t.value not in printed.values]
        if printed.sort is Sort.UNIT:
            spoken = self._spoken(theirs)
            missing = {value: text for value, text in missing.items() if value not in spoken}
            added += _strangers(ours, theirs, printed, self._reader)
        if not missing and not added:
            return self._words(ours, theirs, printed, edited)
        if missing and not added and all(_stem(text) in theirs.sentence.text for text in missing.values()):
            return Judgement(Status.UNPROVEN, printed.text, "单位写得更简略了，请核对是不是这几家")
        told = [f"{word}了{'、'.join(names)}" for word, names in (("少", missing.values()), ("多", added)) if names]
        return Judgement(Status.DIFFERS, printed.text, "，".join(told))

    def _spoken(self, theirs: Scene) -> set[str]:
        """The units that an edited sentence names, be it by an abbreviation, and those on lines of their own."""
        words = re.split("[、，；。：（）“”和及与由同]", theirs.sentence.text)
        short = {unit for word in words if 2 < len(word) <= 30 and (unit := self._reader.unit(word))}
        return self._alone | short | {str(t.value) for t in theirs.tokens if t.sort is Sort.UNIT}

    # ------------------------------------------------------------------------------------------ what is said of it

    def _owner(self, ours: Scene, printed: Fact, edited: Fact) -> Fact | None:
        """The printed figure of which the very words are said that the edited figure stands in, where it is another."""
        if edited.label == printed.label or edited.sort is not Sort.NUMBER:
            return None
        here = {f.label: f for f in ours.facts if f.sort is Sort.NUMBER}
        return here.get(edited.label) or self._owners.get(edited.label)

    def _words(self, ours: Scene, theirs: Scene, printed: Fact, edited: Fact) -> Judgement:
        """A fact that says the same: other status words or a denial make it wrong, other senses doubtful."""
        before, after = ours.clause(printed), theirs.clause(edited)
        own, other = self._quoted(before), self._quoted(after)
        if own and other and own != other:
            return Judgement(Status.DIFFERS, before, f"说的是“{'”“'.join(other)}”，原来是“{'”“'.join(own)}”")
        if _denies(printed.label, edited.label):
            return Judgement(Status.DIFFERS, before, "说法与原来相反")
        if self._turned(ours, theirs, printed, edited):
            return Judgement(Status.UNPROVEN, before, _REWORDED)
        return Judgement(Status.AGREES)

    def _quoted(self, words: str) -> list[str]:
        return [word for word in re.findall("“([^“”]{1,12})”", words) if word in self._labels]

    def _turned(self, ours: Scene, theirs: Scene, printed: Fact, edited: Fact) -> bool:
        """Did the words around a figure take a sense that the printed sentence has not, or lose a negation?"""
        before, after = (charged(f.label, self._labels) for f in (printed, edited))
        whole, there = (charged(s.sentence.text, self._labels) for s in (ours, theirs))
        lost = before[NEGATION] > after[NEGATION] and whole[NEGATION] > there[NEGATION]
        return bool(after - whole) or lost


def _owners(printed: Iterable[Scene]) -> Mapping[str, Fact | None]:
    """Labels that name one figure in the whole paper, with it; None where they name several."""
    found: dict[str, Fact | None] = {}
    for fact in (f for s in printed for f in s.facts if f.sort is Sort.NUMBER):
        if len(fact.label.strip(_MEASURE_WORDS)) >= 4:
            known = found.setdefault(fact.label, fact)
            if known is not None and not same(known, fact):
                found[fact.label] = None
    return found


def _strangers(ours: Scene, theirs: Scene, printed: Fact, reader: Reader) -> Iterator[str]:
    """What stands listed before, between or behind the units of a printed run, and names no unit."""
    listed = [t for t in theirs.tokens if t.sort is Sort.UNIT and t.value in printed.values]
    if len(printed.tokens) < 2 or not listed:
        return
    text = theirs.sentence.text
    start = max(text.rfind(sign, 0, listed[0].start) for sign in _SIGNS) + 1
    end = min((at for sign in _SIGNS if (at := text.find(sign, listed[-1].end)) >= 0), default=len(text))
    for words in filter(None, text[start:end].split("、")):
        known = reader.unit(words) or any(t.sort is Sort.UNIT for t in reader.tokens(words))
        if not known and words not in ours.sentence.text:
            yield words


def _meant(words: str, meanings: Mapping[str, str]) -> set[str]:
    """The statuses that a clause speaks of, whatever the words that the office has for them."""
    found = set()
    for word, name in meanings.items():
        if word in words:
            found.add(name)
            words = words.replace(word, "□")
    return found


def _stands_alone(ours: Scene, printed: Fact) -> bool:
    """Is it the date of the signature, or of the print row?"""
    return printed.sort is Sort.DATE and len(ours.sentence.bare) <= len(printed.text) + 2


def _stem(unit: str) -> str:
    """What is left of a unit's name without its place and its kind: 财政 of 县财政局."""
    bare = re.sub("^.{0,3}[省市县区州旗]|(?:局|委|办|委员会|办公室|中心|公司)$", "", unit)
    return bare if len(bare) > 1 else unit


def _rough(theirs: Scene, edited: Fact) -> bool:
    text = theirs.sentence.text
    start, end = (at - theirs.sentence.start for at in (edited.start, edited.end))
    return bool(_ROUGH.search(text[max(0, start - 3) : end + 3]))


def _denies(before: str, after: str) -> bool:
    """Are two labels the same but for one of them being denied (已完成, 未完成)?"""
    bare = [re.sub("[已未没不]|没有|尚未", "", label) for label in (before, after)]
    denied = ["未" in label or "没" in label or "不" in label for label in (before, after)]
    return bare[0] == bare[1] and denied[0] != denied[1]


def _replacement(ours: Scene, theirs: Scene, printed: Fact) -> str:
    """The name that stands where a unit stood, where it looks like a unit's."""
    for tag, i, j, k, m in SequenceMatcher(None, ours.faces, theirs.faces, autojunk=False).get_opcodes():
        if tag == "replace" and i <= printed.first < j:
            written = "".join(t.text for t in theirs.tokens[k:m])
            return next((w for w in re.split("[、，；：（）]", written) if looks_complete(w) and len(w) > 2), "")
    return ""


def _said_again(printed: Fact, edited: Fact) -> bool:
    """Is what is said of an edited fact what was said of the printed one? (dates are seldom exchanged for others)"""
    least = _DATED_AGAIN if printed.sort is Sort.DATE else _SAID_AGAIN
    return max(alike(printed.label, edited.label), likeness(printed, edited)) >= least
