"""What names of units look like: where one ends, what is a person beside it, which fragments belong together.

A cell is cut at its separators into parts, a part at its spaces and line breaks into fragments. Which fragments make
one name is decided for the whole part at once, by the names that are known and, failing that, by how names end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongbao.model import is_collective
from tongbao.words.text import clean

_ENDINGS = re.compile(
    r"(?:局|委|办|厅|部|院|所|站|队|处|会|社|校|学|馆|行|库|台|署|司|中心|集团|街道|政府|办公室|片区|新区|园区|开发区|指挥部"
    r"|专班|小组|工会|妇联|残联|工商联|文联|科协|侨联|党委|工委|团委|单位|部门|[省市县区州旗镇乡村])(?:[（(][^（()）]*[）)])?$"
)
_PLACES = "省市县区州旗镇乡"
# The back half of a long name: alone on a line it is hardly a unit of its own.
_TAIL = re.compile(
    r"(?:建设|城乡|规划|管理|服务|工作|综合|协调|推进|项目|事务|发展|保障|监督|监测|执法|行政|水利|统计|旅游|体育|电视)*"
    r"(?:办公室|指挥部|委员会|管委会|服务中心|中心|分局|支队|大队|支行|有限公司|公司|领导小组|工作专班|专班|片区|局)"
)
_ROLE = r"(?:(?:主要|共同|第一)?(?:牵头|主办|责任|承办|配合|协办|参与|会办|协同|负责|协助|落实)(?:单位|部门)?)"
_ROLE_BEFORE = re.compile(rf"{_ROLE}\s*[:：]")
_ROLE_AFTER = re.compile(rf"(?<=\S){_ROLE}$")
_ONLY_ROLE = re.compile(rf"[（(]\s*{_ROLE}\s*[）)]")
_SEPARATORS = re.compile(r"[、，,；;/／|。](?![^（(]*[）)])")
_FRAGMENTS = re.compile(r"[^\s（(]+|[（(][^（()）]*[）)]?")
_NUMBERED = re.compile(r"(?<!\S)(?:[（(]?\d{1,2}[.．)）]|[①-⑳])")
_LONGEST = 5  # fragments of one name
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤裴祁苑艾臧樊靳焦柴"
)
_TITLE = "(?:同志|局长|主任|书记|镇长|乡长|县长|区长|市长|经理|董事长|院长|校长|处长|科长|部长)"
_PERSON = re.compile(
    rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}(?:副?{_TITLE})?|副?{_TITLE})|(?:欧阳|上官|司马|诸葛)[\u4e00-\u9fff]{{1,2}}"
)


def is_person(text: str) -> bool:
    """Does this look like a person's name, with or without a title?"""
    return bool(_PERSON.fullmatch(text)) and not looks_complete(text)


def looks_complete(text: str) -> bool:
    """Does this end as names of units end?"""
    return bool(_ENDINGS.search(text))


def parts(cell: str) -> list[list[str]]:
    """The parts of a cell between separators, each as its fragments; words such as 牵头单位： are left out."""
    text = _ONLY_ROLE.sub("", _ROLE_BEFORE.sub("、", clean(cell)))
    found = [
        _FRAGMENTS.findall(_ROLE_AFTER.sub("", _NUMBERED.sub("", part.strip()))) for part in _SEPARATORS.split(text)
    ]
    return [fragments for fragments in found if fragments]


@dataclass(frozen=True, slots=True)
class Group:
    """Fragments taken for one name, and whether only the look of them says so."""

    fragments: tuple[str, ...]
    unsure: bool = False
    person: bool = False

    @property
    def name(self) -> str:
        """The name, its fragments joined."""
        return "".join(self.fragments)


def group(fragments: Sequence[str], known: Callable[[str], bool]) -> list[Group]:
    """The fragments of one part as names: the cheapest way to cut them, known names costing nothing."""
    costs, chosen = [0.0], [Group(())]
    for end in range(1, len(fragments) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST), end):
            more, found = _taken(tuple(fragments[start:end]), start == 0, known)
            ways.append((costs[start] + more, found))
        cost, found = min(ways, key=lambda way: way[0])
        costs.append(cost)
        chosen.append(found)
    groups: list[Group] = []
    end = len(fragments)
    while end:
        groups.insert(0, chosen[end])
        end -= len(chosen[end].fragments)
    return groups


def _taken(fragments: tuple[str, ...], first: bool, known: Callable[[str], bool]) -> tuple[float, Group]:
    """What it costs to take these fragments for one name."""
    name = "".join(fragments)
    if len(fragments) > 1 and is_collective(fragments[-1]):
        return 4.0, Group(fragments)  # 各相关单位 on a line of its own is no part of the unit above it
    if known(name):
        # Fragments that are known each for itself are units of their own, also where together they sound like one.
        return 0.1 * (len(fragments) - 1), Group(fragments)
    if len(fragments) == 1 and not first and _beside(name):
        return 0.1, Group(fragments, person=True)
    cost = 1.0 if looks_complete(name) else 3.0
    if not first and (_TAIL.fullmatch(name) or name[0] in "和与及"):
        cost += 2.0
    inner = [_boundary(left, right, known) for left, right in pairwise(fragments)]
    return cost + sum(inner) + 0.1 * len(inner), Group(fragments, unsure=any(inner))


def _beside(text: str) -> bool:
    """Does this stand beside a unit without being one: its head, a bracket, a telephone number?"""
    return is_person(text) or text[0] in "（(" or text.isdigit()


def _boundary(left: str, right: str, known: Callable[[str], bool]) -> float:
    """What it costs to join two fragments: nothing where the first cannot end a name or the second not begin one."""
    if known(left) or known(right):
        return 2.0
    if not looks_complete(left) or right[0] in "和与及":
        return 0.0
    if left[-1] in _PLACES and (_TAIL.fullmatch(right) or left[-1] in "省市县州旗"):
        return 0.2
    return 2.0


# ---------------------------------------------------------------------------------------------- two names of one unit

_LEVELS = "省市县区州旗"
_PLACE_NAME = re.compile(rf"[^局办委司镇乡{_LEVELS}\W\d]{{2,4}}(?:[{_LEVELS}][^局办委司镇乡{_LEVELS}\W\d]{{2,4}})?")
# 片区 and the like end with a place's word, but are units themselves.
_PLACE_IN_FRONT = re.compile(rf"[^局办司\W\d]{{0,6}}(?<![片新园景发]区)(?<=[{_LEVELS}])(?:委|人民政府)?")
_TELLING = frozenset("分总支" + _LEVELS + "镇乡村东西南北中上下大小新老一二三四五六七八九十甲乙丙丁")


def place_in_front(short: str, long: str) -> str:
    """The place that `long` has in front of `short` (县 in 县公安局 to 公安局), empty where that is not all."""
    rest = long.removesuffix(short)
    if len(short) < 3 or rest in ("", long):
        return ""
    place = _PLACE_IN_FRONT if short[0] not in _LEVELS else _PLACE_NAME
    return rest if place.fullmatch(rest) else ""


def spellings(name: str) -> set[str]:
    """The name and what is left of it without any one character: names one slip apart share one of these."""
    name = name[:40]
    return {name} | {name[:i] + name[i + 1 :] for i in range(len(name))}


def is_slip(typed: str, meant: str) -> bool:
    """Is this a name of at least five characters with one of them wrong, missing, or too many?

    Characters that tell units apart (分局, 东区, 一中, 市 for 县) are no slips.
    """
    if typed == meant or not spellings(typed) & spellings(meant) or min(len(_core(typed)), len(_core(meant))) < 4:
        return re.fullmatch(r"(.*)(.)\2(.*)", typed) is not None and re.sub(r"(.)\1", r"\1", typed) == meant
    if len(typed) == len(meant) and len(_core(meant)) < 5:
        return False
    return not _differing(typed, meant) & _TELLING


def _core(name: str) -> str:
    """The name without the place in front."""
    return re.sub(rf"^[^{_LEVELS}]{{0,4}}[{_LEVELS}](?![委级直])", "", name)


def _differing(a: str, b: str) -> set[str]:
    """The characters by which two names one slip apart differ."""
    if len(a) == len(b):
        return {char for pair in zip(a, b, strict=True) if pair[0] != pair[1] for char in pair}
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return {long[i] for i in range(len(long)) if long[:i] + long[i + 1 :] == short}
