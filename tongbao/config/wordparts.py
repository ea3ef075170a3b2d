"""What a status word means by the words that it is made of, where no list has it.

The one promise: a word that denies something (未、没有、不) is never taken for what it denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from tongbao.model import State

# The parts by their name: what denies, what finishes, what delays, … (`parts` in vocabulary.yaml).
Parts = Mapping[str, tuple[str, ...]]
_BRACKETS = re.compile(r"\([^()]*\)")
# A longer text is a sentence, whose parts may stand for anything; what ends like a unit is one (县建设局, 云溪一中).
_LONGEST = 15
_UNIT = re.compile(
    "(局|委|镇|乡|街道|公司|中心|医院|学校|部门|厅|站|所|处|科|队|社|村|区|县|院|委员会|[一二三四五六七八九十初高县市附]中"
    "|(?<![待在转督交缓停已续催承代未没不应难拒])办)$"
)
# Characters that a word of work going on may have beside its known parts: 实质性推进.
_BESIDE = 3
_TICKED = "■☑√✓✔☒"
_BOXES = re.compile("[□☐◻○]")
_ANSWERS = re.compile(r"([■☑√✓✔☒□☐◻○])([^■☑√✓✔☒□☐◻○,;/]+)")
# 3月28日办结, 已于2025年3月28日办结: the day says nothing of the state.
_DAY = re.compile(r"[于在]?(?:\d{4}年)?\d{1,2}月\d{1,2}[日号](?!前)")
_CLAUSES = re.compile(r"[,;.(]|但是|但|而")
_SHARE = re.compile(r"(?:已?完成|进度|完成率|已)?(\d+(?:\.\d+)?)%(?:完成)?")
# Groups of parts that tell no state by themselves.
_OF_NOTHING = ("harmless", "around_done", "stage", "second")
_LIGHT = re.compile(r"(?:亮|出示|给予)?([红黄绿橙])(?:灯|牌|色)?(?:预警|提醒|警示|标识)?")
_LIGHTS = {"红": State.LAGGING, "黄": State.AT_RISK, "橙": State.AT_RISK, "绿": State.ON_TRACK}


class Meaning(StrEnum):
    """What the parts tell: a state, withdrawn, or only that the item is still open."""

    DONE = "done"
    PARTIAL = "partial"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LAGGING = "lagging"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    UNREPORTED = "unreported"
    OPEN = "open"


def ticked(word: str) -> str:
    """What is ticked where a word offers several answers (■完成 □未完成); empty where none is, or it offers none."""
    found = [text for mark, text in _ANSWERS.findall(word) if mark in _TICKED]
    return found[0] if len(found) == 1 and _BOXES.search(word) else ""


def meant(word: str, parts: Parts) -> Meaning | None:
    """The meaning of a folded status word by its parts; None where they tell nothing.

    What stands in brackets is asked only where the rest leaves it open: 办结（延期）, 未完成（滞后）.
    """
    outside, inside = _BRACKETS.sub("", word), "".join(_BRACKETS.findall(word))
    if not inside or not outside:
        return _by_parts(word, parts)
    found = _by_parts(outside, parts)
    return found if found not in (None, Meaning.OPEN) else _by_parts(inside.strip("()"), parts) or found


def subject_of(word: str, parts: Parts) -> str:
    """What stands in a folded word before its first part that says how something is, without words for the item itself
    (任务, 整改, 已)."""
    about = parts.get("around_done", ())
    telling = [part for name, words in parts.items() if name not in _OF_NOTHING for part in words if part not in about]
    before = word[: min((at for part in telling if (at := word.find(part)) >= 0), default=0)]
    for part in sorted(about, key=len, reverse=True):
        before = before.replace(part, "")
    return re.sub(r"[\W_]", "", before)


def _by_parts(word: str, parts: Parts) -> Meaning | None:
    word = _DAY.sub("", word) or word
    if len(word) > _LONGEST or _UNIT.search(word):
        return None
    if share := _SHARE.fullmatch(word):
        return Meaning.DONE if float(share[1]) >= 100 else Meaning.ON_TRACK
    if light := _LIGHT.fullmatch(word):
        return Meaning(_LIGHTS[light[1]])
    for harmless in parts.get("harmless", ()):
        word = word.replace(harmless, "")
    return _judged(_Said(word, parts)) if word else None


class _Said:
    """A word that can be asked for what it says and what it denies."""

    def __init__(self, word: str, parts: Parts) -> None:
        self.word = word
        self._parts = parts
        self._clauses = [clause for clause in _CLAUSES.split(word) if clause]

    def says(self, *groups: str) -> bool:
        """Does a part of one of the groups stand there without a denial before it?"""
        return any(not denied for group in groups for denied in self._found(group))

    def denies(self, *groups: str) -> bool:
        """Does a part of one of the groups stand there behind a denial?"""
        return any(denied for group in groups for denied in self._found(group))

    @property
    def says_only_that_it_is_done(self) -> bool:
        """Is nothing left of the word without what finishes, and what may stand around that? 已完成招标 says more."""
        return not self._left(("done", "around_done"))

    @property
    def says_little_else(self) -> bool:
        """Is hardly anything left of the word without the parts that are known? 县住房和城乡建设工程 says more."""
        return len(self._left(self._parts)) <= _BESIDE

    def _left(self, groups: Iterable[str]) -> str:
        left = self.word
        for part in sorted((part for group in groups for part in self._parts.get(group, ())), key=len, reverse=True):
            left = left.replace(part, "")
        return re.sub(r"[\W_]", "", left)

    def _found(self, group: str) -> Iterator[bool]:
        """For each part of a group that a clause holds: is it denied?"""
        for clause in self._clauses:
            for part in self._parts.get(group, ()):
                if (at := clause.find(part)) >= 0:
                    yield any(no in clause[:at] for no in self._parts.get("negation", ()))


def _judged(said: _Said) -> Meaning | None:
    """Delay and denial are asked first: what is left over may then be taken at its word."""
    if said.says("gone"):
        return Meaning.WITHDRAWN
    if said.says("paused"):
        return Meaning.SUSPENDED
    if said.says("not_due"):
        return Meaning.ON_TRACK
    if said.says("late"):
        ended = said.says("done") and not said.denies("done") and said.says_only_that_it_is_done
        return Meaning.DONE if ended else Meaning.AT_RISK if said.says("slightly") else Meaning.LAGGING
    return _denied(said) or _affirmed(said)


def _denied(said: _Said) -> Meaning | None:
    if said.denies("report"):
        return Meaning.UNREPORTED
    if said.says("unable") or said.denies("due", "well", "progress"):
        return Meaning.LAGGING
    if said.denies("done"):
        return Meaning.OPEN
    if said.denies("late", "risk", "paused", "gone"):
        return Meaning.ON_TRACK
    return Meaning.OPEN if said.denies("going", "unbegun") else None


def _affirmed(said: _Said) -> Meaning | None:
    if said.says("done") and (found := _finished(said)):
        return found
    if said.says("risk"):
        return Meaning.AT_RISK
    if said.says("well", "ahead") or (said.says("going", "unbegun") and said.says_little_else):
        return Meaning.ON_TRACK
    return Meaning.ON_TRACK if said.word.endswith("中") and len(said.word) > 1 else None


def _finished(said: _Said) -> Meaning | None:
    """What a word means that speaks of an end: reached in part, still to come, being worked at, or reached."""
    if said.says("coming") or said.word.endswith("中") or "正在" in said.word:
        return Meaning.PARTIAL if said.says("second") else Meaning.ON_TRACK
    if said.says("stage") and not said.says("partly"):
        return Meaning.ON_TRACK
    if not said.says_only_that_it_is_done:
        return None
    return Meaning.PARTIAL if said.says("partly") else Meaning.DONE
