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
    """The members of a list as cut at its marks; `most` counts 和 and 及 as marks too."""

    parts: tuple[str, ...]
    most: int

    @property
    def alike(self) -> bool:
        """Do all names end in the same two characters, or in words for the same sort of thing?"""
        ends = {p[-2:] for p in self.parts}
        return len(self.parts) > 1 and (len(ends) == 1 or any(all(s.search(p) for p in self.parts) for s in _SORTS))


_SORTS = tuple(
    re.compile(rf"(?:{ends})$")
    for ends in (
        "项目|工程|工作|改造|建设|园区|基地|中心|道路|大道|路|桥|学校|小学|中学|医院|公园|小区|管网",
        "局|委|办|室|署|院|部|厅|公司|集团|中心|银行|支行|大队|支队|分局|分公司|协会|指挥部|管委会",
        "镇|乡|街道|县|市|区|办事处|开发区|园区|林场|农场",
        "村|社区|居委会",
    )
)
_JOIN = re.compile("以及|和|及|与|暨")
_OUTER = re.compile(rf"[{HOLE}（）“”《》]")


def names(text: str, mark: str = "、") -> Names:
    """The names of a flat list text."""
    parts = tuple(p for p in text.split(mark) if p)
    last = _JOIN.split(_OUTER.sub("", parts[-1])) if parts else []
    most = sum(len(_JOIN.split(_OUTER.sub("", p))) for p in parts)
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


_OPEN = re.compile(r"等(?:[^级地高待]|$)")


def is_open(text: str) -> bool:
    """Does a 等 leave the list open?"""
    return _OPEN.search(text) is not None


def cut(text: str) -> Names | None:
    """The names, cut at the one kind of mark that the list uses; None where the marks are mixed."""
    if re.search("一是|1[.、]|①|□[^，；]*；", text):
        return None
    kinds = [m for m in "；，、" if m in text]
    if not kinds or (len(kinds) > 1 and kinds[0] != "；"):
        return None
    return names(text, kinds[0])


def is_name_list(text: str) -> bool:
    """Nothing but names joined by 、, none of them a mere category (市、区)."""
    parts = text.split("、")
    if len(parts) < 2 or re.search("[，；：。等]|除外|其中|包括|含|不含|见附件|详见|原|即|简称|□", text):
        return False
    return all(3 <= len(p) <= 30 for p in parts) and not any(True for _ in numbers(text))
