"""A list of names as it stands in a text: where it ends, its members, and how few and how many they may be.

A name may hold a 、 of its own and two names may be joined by 和, so a list has a least and a most number of members.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.proof.text.sentences import HOLE
from tongbao.words.numbers import numbers


@dataclass(frozen=True, slots=True)
class Names:
    """The members of a list as cut at its marks (`parts`); `most` is their number with 和 and 及 taken as marks too."""

    parts: tuple[str, ...]
    most: int

    @property
    def alike(self) -> bool:
        """Do all names end in the same two characters, or in words for the same sort of thing?"""
        ends = {p[-2:] for p in self.parts}
        return len(self.parts) > 1 and (len(ends) == 1 or any(all(s.search(p) for p in self.parts) for s in _SORTS))


# Ends of names of one sort: works and places, offices, areas, villages, from the lists of public circulars. A list is
# called too long only where all its names are of one sort, for 土地组卷、县财政局拨款 may be one thing said in two
# parts. Without these, eight wrong numbers of pairs.txt are missed; names that end neither so nor alike
# (土地组卷、取水许可) still are.
_SORTS = tuple(
    re.compile(rf"(?:{ends})$")
    for ends in (
        "项目|工程|工作|改造|建设|园区|基地|中心|道路|大道|路|桥|学校|小学|中学|医院|公园|小区|管网",
        "局|委|办|室|署|院|部|厅|公司|集团|中心|银行|支行|大队|支队|分局|分公司|协会|指挥部|管委会",
        "镇|乡|街道|县|市|区|办事处|开发区|园区|林场|农场",
        "村|社区|居委会",
    )
)
# The words that join two names, or stand inside one (水和电改造中心): they raise the most that a list may hold.
# Without them 青石镇、柳河镇和白沙镇 counts as two and is told. The cost: a list that lacks a name passes if one of
# its names holds a 和.
_JOIN = re.compile("以及|和|及|与|暨")
_OUTER = re.compile(rf"[{HOLE}（）“”《》]")


def names(text: str, mark: str = "、") -> Names:
    """The names of a flat list text."""
    parts = tuple(p for p in text.split(mark) if p)
    last = _JOIN.split(_OUTER.sub("", parts[-1])) if parts else []
    most = sum(len(_JOIN.split(_OUTER.sub("", p))) for p in parts)
    # The last 和 is a mark where both sides are names of one sort and of two characters at least: 柳河镇和白沙镇, not
    # 水和电.
    if mark == "、" and len(last) == 2 and min(map(len, last)) >= 2 and len(parts) > 1:
        both = re.split(_JOIN.pattern, parts[-1])
        parts = (*parts[:-1], *both) if _of_one_sort((*parts[:-1], *both)) else parts
    return Names(tuple(_OUTER.sub("", p) for p in parts), most)


def _of_one_sort(parts: Sequence[str]) -> bool:
    """Do all these end in words of one sort?"""
    bare = [_OUTER.sub("", p) for p in parts]
    return any(all(s.search(p) for p in bare) for s in _SORTS)


# ---------------------------------------------------------------------------------------------- where a list ends


def list_text(text: str) -> str:
    """The list itself: up to the first ； or ， that ends it."""
    if "、" in text:
        first = text.index("、")
        stop = re.search("[；，]", text[first:])
        return text[: first + stop.start()] if stop and "，" not in text[:first] and "；" not in text[:first] else text
    return text


# 等 at the end or before a noun; 等级, 等地, 高等 and 待 are other words, without which 高等级公路项目 would open its
# list. The cost: 一等奖 is taken as open, so such a list is not judged.
_OPEN = re.compile(r"等(?:[^级地高待]|$)")


def is_open(text: str) -> bool:
    """Does a 等 leave the list open?"""
    return _OPEN.search(text) is not None


def cut(text: str) -> Names | None:
    """The names, cut at the one kind of mark that the list uses; None where the marks are mixed."""
    # Points with numbers of their own are counted elsewhere (`_points`, `_numbered_below` in `members`).
    if re.search("一是|1[.、]|①|□[^，；]*；", text):
        return None
    kinds = [m for m in "；，、" if m in text]
    if not kinds or (len(kinds) > 1 and kinds[0] != "；"):
        return None
    return names(text, kinds[0])


def is_name_list(text: str) -> bool:
    """Does the text hold nothing but names joined by 、, none of them a mere category (市、区)?"""
    parts = text.split("、")
    # Words that make a bracket a remark on what stands before it: 包括…, 原县农业局、原县林业局.
    if len(parts) < 2 or re.search("[，；：。等]|除外|其中|包括|含|不含|见附件|详见|原|即|简称|□", text):
        return False
    # Names are of 3 to 30 characters: 县（市、区）, 地区（省区、市区） give categories, and longer stretches are
    # clauses. The cost: names of two characters (a village, a person) are not counted.
    return all(3 <= len(p) <= 30 for p in parts) and not any(True for _ in numbers(text))
