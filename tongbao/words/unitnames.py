"""What names of units look like: how they end, what is a person beside one, which fragments belong together.

A cell is cut at its separators into parts, a part at its spaces and line breaks into fragments. Which fragments make
one name is decided for the whole part at once, by the known names and, where none fits, by how names end.

All expressions and costs here were set by feel on the cells of tests/words/test_units.py, which follow published
ledgers (住房和城乡⏎建设局, 自然资源局和规划局, a unit with its head in one cell). Where they err, the clerk is told of
a unit that is not on the roster; a roster takes most of the work from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongbao.words.collective import is_collective
from tongbao.words.text import clean

# Tells the names that stand for several units which nobody lists.
Many = Callable[[str], bool]
# How names of units end. The cost: 县人大, 县政协, 水厂 and 林场 do not look complete; off the roster they may be
# joined to the next line.
_ENDINGS = re.compile(
    r"(?:局|委|办|厅|部|院|所|站|队|处|会|社|校|学|馆|行|库|台|署|司|中心|集团|街道|政府|办公室|片区|新区|园区|开发区|指挥部"
    r"|专班|小组|工会|妇联|残联|工商联|文联|科协|侨联|党委|工委|团委|单位|部门|[省市县区州旗镇乡村])(?:[（(][^（()）]*[）)])?$"
)
_LEVELS = "省市县区州旗"
_PLACES = _LEVELS + "镇乡"
# The back half of a long name: alone on a line it is hardly a unit of its own (管理办公室; 水政支队 may be one).
# The cost: a 规划局 below the name of a town is joined to it where neither is known.
_TAIL = re.compile(
    r"(?:建设|城乡|规划|管理|服务|工作|综合|协调|推进|项目|事务|发展|保障|监督|监测|执法|行政|水利|统计|旅游|体育|电视)*"
    r"(?:人民政府|办事处|办公室|指挥部|委员会|管委会|服务中心|中心|分局|支队|大队|支行|有限公司|公司|领导小组|工作专班|专班|片区|局)"
)
# How a name ends before a word that joins it to the next: 县水利局牵头县财政局配合, 县水利局会同县财政局.
_NAME_ENDS = "局委办厅部院所站队处会社校司镇乡道府心"
# The part that a unit plays, before or behind its name or alone in brackets. 县财政局负责人 is no unit with a part.
_ROLE = r"(?:(?:主要|共同|第一)?(?:牵头|主办|责任|承办|配合|协办|参与|会办|协同|负责|协助|落实)(?:单位|部门)?)"
_ROLE_BEFORE = re.compile(rf"{_ROLE}\s*[:：]")
_ROLE_AFTER = re.compile(rf"(?<=\S){_ROLE}{{1,2}}$")
_ONLY_ROLE = re.compile(rf"[（(]\s*{_ROLE}\s*[）)]")
_WITH = re.compile(rf"(?<=[{_NAME_ENDS}])(?:{_ROLE}|会同|会商|商请|联合)(?=[省市县区州旗]|各|有关|相关)")
# Separators outside brackets. 和 and · are none: they stand inside names.
_SEPARATORS = re.compile(r"(?:[、，,；;/／\\|｜。+＋&＆]|——)(?![^（(]*[）)])")
_FRAGMENTS = re.compile(r"[^\s（(]+|[（(][^（()）]*[）)]?")
# Numbers before the units of a list: 1.县财政局2.县公安局, ①县财政局②县公安局, 一、县财政局 二、县公安局. 第2人民医院
# has no point behind its number.
# A person with a label (联系人：王小川), and what is said of how several work together; both stand beside a unit.
_LABELLED = re.compile(
    r"[、，,；;]?\s*[（(]?(?:第一|直接|主要)?(?:责任人|负责人|负责同志|联系人|联络员|经办人|(?:分管|包保|牵头|责任|主管|挂点|联系)领导)\s*[:：]\s*"
    r"([^\s、，,；;（()）]{2,4}(?:[、，,]\s*[^\s、，,；;（()）局委办]{2,3}(?![^\s、，,；;）)]))*)[）)]?"
)
# A telephone number, with or without a label, in brackets or not: seven digits and more are no part of a name.
_PHONE = re.compile(r"[、，,；;]?\s*[（(]?(?:联系)?(?:电话|手机|座机|方式)?\s*[:：]?\s*(\d[\d\-—－]{6,})[）)]?")
_BY_DUTY = re.compile(r"(?<=\S)(按照?(?:各自)?(?:职责|职能)(?:分工|范围)?(?:分别|共同)?(?:负责|落实|抓好落实|推进)?)$")
_NUMBERED = re.compile(
    r"(?<![\d.．第])(?:[（(]\d{1,2}[）)]|\d{1,2}(?:[.．)）](?!\d)|、))\s*|[①-⑳]\s*"
    r"|(?<!\S)(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)])\s*"
)
# What joins a unit and those behind it that nobody can list: 县水利局等有关部门, 县水利局及各乡镇, 县水利局各科室.
_JOINT = re.compile(r"\s*(?:以及|[及和与]|等(?=\s*(?:有关|相关|各|其[他它]|所有)))\s*")
_OTHERS = re.compile(r"\s*(?=各|有关|相关|所有|其[他它]|等)")
# Fragments of one name: long names stand on two or three lines. The cost: a name with a line break after each
# character is cut in two.
_LONGEST = 5
# 110 common surnames. The cost: 刁明 beside a unit is told of as an unknown unit, and 高新 and 江北 pass for persons.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤裴祁苑艾臧樊靳焦柴"
)
_TITLE = "(?:同志|局长|主任|书记|镇长|乡长|县长|区长|市长|经理|董事长|院长|校长|处长|科长|部长)"
_PERSON = re.compile(
    rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}(?:副?{_TITLE})?|副?{_TITLE})|(?:欧阳|上官|司马|诸葛)[\u4e00-\u9fff]{{1,2}}"
)
_NEXT = re.compile(f"(?=[{_LEVELS}])")


def is_person(text: str) -> bool:
    """Does this look like a person's name, with or without a title (李明, 王副县长)? 田园局 ends as units do."""
    return bool(_PERSON.fullmatch(text)) and not looks_complete(text)


def looks_complete(text: str) -> bool:
    """Does this end as names of units end?"""
    return bool(_ENDINGS.search(text))


def parts(cell: str, many: Many = is_collective) -> list[list[str]]:
    """The parts of a cell between separators, each as its fragments, without numbers and words such as 牵头单位：.

    `many` tells the names that stand for several units which nobody lists.
    """
    text = _LABELLED.sub(r" （\1）", _PHONE.sub(r" （\1）", clean(cell)))
    text = _WITH.sub("、", _ONLY_ROLE.sub("、", _ROLE_BEFORE.sub("、", _NUMBERED.sub("、", text))))
    typed = [_ROLE_AFTER.sub("", _BY_DUTY.sub(r" （\1）", part.strip())) for part in _SEPARATORS.split(text)]
    cut = (_FRAGMENTS.findall(part) for one in typed for part in _without_others(one, many))
    found = [[bare for fragment in fragments if (bare := fragment.strip())] for fragments in cut]
    return [fragments for fragments in found if fragments]


def _without_others(part: str, many: Many) -> list[str]:
    """A part cut where units that nobody can list begin or end: 县水利局 and 各乡镇 of 县水利局及各乡镇."""

    def collective(text: str) -> bool:
        return many("".join(text.split()))

    if collective(part):
        return [part]
    for joint in _JOINT.finditer(part):
        left, right = part[: joint.start()], part[joint.end() :]
        if left.strip() and right.strip() and (collective(left) or collective(right)):
            return [*_without_others(left, many), *_without_others(right, many)]
    for begun in _NEXT.finditer(part):  # 各乡镇县水利局
        left, right = part[: begun.start()], part[begun.start() :]
        if left and collective(left) and looks_complete(left) and place_of(right):
            return [left, *_without_others(right, many)]
    for begun in _OTHERS.finditer(part):
        left, right = part[: begun.start()], part[begun.end() :]
        if left and collective(right) and (looks_complete(left) or right.startswith("等")):
            return [left, right]
    return [part]


@dataclass(frozen=True, slots=True)
class Group:
    """Fragments taken for one name; `unsure` where only their look says so, `person` where it is no unit."""

    fragments: tuple[str, ...]
    unsure: bool = False
    person: bool = False

    @property
    def name(self) -> str:
        """The name, its fragments joined."""
        return "".join(self.fragments)


def group(fragments: Sequence[str], known: Callable[[str], bool], many: Many = is_collective) -> list[Group]:
    """The fragments of one part grouped into names, by the way that costs least; `known` tells the known names."""
    costs, chosen = [0.0], [Group(())]
    for end in range(1, len(fragments) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST), end):
            more, found = _taken(tuple(fragments[start:end]), start == 0, known, many)
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


def _taken(fragments: tuple[str, ...], first: bool, known: Callable[[str], bool], many: Many) -> tuple[float, Group]:
    """What it costs to take these fragments for one name, and the group that they would be.

    A known name costs nothing, a person 0.1, a name that ends as units do 1, any other 3; a back half or 和… alone
    adds 2. Each joint adds 0.1, so that of two equal ways the one with fewer joints wins.
    """
    name = "".join(fragments)
    if any(fragment.startswith("（按") for fragment in fragments[1:]):
        return 4.0, Group(fragments)  # how several work together stands beside them
    if len(fragments) > 1 and (many(fragments[-1]) or _ends_collective(fragments[0], fragments[1], many)):
        return 4.0, Group(fragments)  # 各相关单位 on a line of its own is no part of the unit above it or below it
    if known(name):
        # Fragments that are known each for itself are units of their own, also where together they sound like one.
        return 0.1 * (len(fragments) - 1), Group(fragments)
    if len(fragments) == 1 and _beside(name) and (not first or is_person(name.strip("（()）"))):
        return 0.1, Group(fragments, person=True)
    cost = 1.0 if looks_complete(name) else 3.0
    if not first and (_TAIL.fullmatch(name) or name[0] in "和与及"):
        cost += 2.0
    inner = [_boundary(left, right, known) for left, right in pairwise(fragments)]
    return cost + sum(inner) + 0.1 * len(inner), Group(fragments, unsure=any(inner))


def _ends_collective(first: str, second: str, many: Many) -> bool:
    """Is the first line a whole collective name? 各乡镇 over 城关镇 is; 各乡 over 镇 and 各相关 over 单位 are not."""
    goes_on = len(second) < 3 or second.startswith(("人民政府", "办事处", "（", "("))
    return many(first) and looks_complete(first) and not goes_on


def _beside(text: str) -> bool:
    """Is this something that stands beside a unit: its head, a bracket, a telephone number?"""
    return is_person(text) or text[0] in "（(" or text.isdigit()


def _boundary(left: str, right: str, known: Callable[[str], bool]) -> float:
    """What it costs to join two fragments: nothing where the first cannot end a name or the second cannot begin one.

    Two fragments that are each a unit by their look stay apart (2); a place and the unit of it are joined (0.2).
    """
    if known(left) or known(right):
        return 2.0
    if left.endswith("总局") or (left.endswith("街道") and right.startswith("办事处")):
        return 0.2  # 国家税务总局 over 云溪县税务局
    if len(left) > 3 and place_of(right) and not is_back_half(right):
        return 4.0  # 松岭化工 and 县卫健委: with a place in front a unit begins
    if not looks_complete(left) or right[0] in "和与及":
        return 0.0
    if left[-1] in _PLACES and (_TAIL.fullmatch(right) or left[-1] in "省市县州旗"):
        return 0.2
    return 2.0


# ---------------------------------------------------------------------------------------------- names without a mark

_LAST = "局委办厅部院所站队处会社校馆行库台署司心团街镇乡室区组"


def run_together(name: str) -> list[tuple[str, str]]:
    """The ways to cut a name in two where one unit may end and the next begin: 县商务局, 县财政局.

    Each half is of three characters at least and ends as units do.
    """
    cuts = (n for n in range(3, len(name) - 2) if name[n - 1] in _LAST)
    ways = [(name[:n], name[n:]) for n in cuts]
    return [(a, b) for a, b in ways if looks_complete(a) and looks_complete(b)]


def is_back_half(name: str) -> bool:
    """Is this hardly a unit of its own, but the back half of a long name (云溪县分局, 管理办公室)?"""
    return bool(_TAIL.fullmatch(name.removeprefix(place_of(name))))


# ---------------------------------------------------------------------------------------------- places in front

# The place that a name has in front: 县 of 县财政局, 云溪县 of 云溪县财政局. 市场监管局, 县城管理处 and 区划办 have
# none. The cost: 城区 and places of more than four characters are not seen: 呼和浩特市财政局 stays as it is.
_PLACED = re.compile(
    r"([^\W\d局办委司镇乡省市县区州旗]{2,3})?[省市县区州旗](?![场容城域划]|政(?!府)|民[中服]|直)(?=.{2})"
)
_OFFICE = re.compile(
    r"(?:中共)?(?:.{2,4}?[省市州])?(?P<place>.{1,4}?[省市县区州旗]|[省市县区州旗])(?=委|人民|政府|督查|党)"
)


def place_of(name: str) -> str:
    """The place that a name of a unit has in front; empty where there is none."""
    found = _PLACED.match(name)
    return found[0] if found and looks_complete(name) and not re.search("[片新园景发]区$", found[0]) else ""


def home_of(office: str) -> str:
    """The place of an office by its name: 云溪县 of 云溪县人民政府督查室, 白塔区 of 云溪市白塔区督查局."""
    found = _OFFICE.match(office)
    return found["place"] if found else ""


# ---------------------------------------------------------------------------------------------- two names of one unit

# What may stand in front of a short name: before 县公安局 one or two names of 2 to 4 characters (云溪, 临河市云溪),
# before 公安局 at most 6 that end in the word of a level (云溪县). The cost: behind 呼伦贝尔市鄂温克旗 a unit is not
# known again.
_PLACE_NAME = re.compile(rf"[^局办委司镇乡{_LEVELS}\W\d]{{2,4}}(?:[{_LEVELS}][^局办委司镇乡{_LEVELS}\W\d]{{2,4}})?")
# 片区, 新区 and the like end with the word of a level, but are units themselves.
_PLACE_IN_FRONT = re.compile(rf"[^局办司\W\d]{{0,6}}(?<![片新园景发]区)(?<=[{_LEVELS}])(?:委|人民政府)?")
# Characters that tell two units apart, so that one of them is no slip: 县公安分局 is not 县公安局.
# The cost: a slip in one of them (县 for 市) is told of as an unknown unit.
_TELLING = frozenset("分总支" + _LEVELS + "镇乡村东西南北中上下大小新老一二三四五六七八九十甲乙丙丁")


def place_in_front(short: str, long: str) -> str:
    """What `long` has in front of `short` (县 in 县公安局 against 公安局); empty unless that is a place.

    A short name has at least three characters: 公安局, not 分局.
    """
    rest = long.removesuffix(short)
    if len(short) < 3 or rest in ("", long):
        return ""
    place = _PLACE_IN_FRONT if short[0] not in _LEVELS else _PLACE_NAME
    return rest if place.fullmatch(rest) else ""


def spellings(name: str) -> set[str]:
    """The name, and the name without each one of its characters: names that are one slip apart share one of these."""
    name = name[:40]  # by feel: no unit met has a longer name; the bound keeps the set small
    return {name} | {name[:i] + name[i + 1 :] for i in range(len(name))}


def is_slip(typed: str, meant: str) -> bool:
    """Is this the name meant, with one character wrong, missing, or too many?

    Characters that tell units apart (分局, 东区, 一中, 市 for 县) are no slips. Short names have too many neighbours:
    without its place a name needs four characters, five where one is exchanged (县财正局 is asked about, for it may be
    another unit). A character typed twice (柳林镇镇) is a slip in any name.
    """
    if typed == meant or not spellings(typed) & spellings(meant) or min(len(_core(typed)), len(_core(meant))) < 4:
        return re.fullmatch(r"(.*)(.)\2(.*)", typed) is not None and re.sub(r"(.)\1", r"\1", typed) == meant
    if len(typed) == len(meant) and len(_core(meant)) < 5:
        return False
    return not _differing(typed, meant) & _TELLING


def _core(name: str) -> str:
    """The name without the place in front: 自然资源局 for 县自然资源局. 区委 and 区直 are no place."""
    return re.sub(rf"^[^{_LEVELS}]{{0,4}}[{_LEVELS}](?![委级直])", "", name)


def _differing(a: str, b: str) -> set[str]:
    """The characters by which two names one slip apart differ."""
    if len(a) == len(b):
        return {char for pair in zip(a, b, strict=True) if pair[0] != pair[1] for char in pair}
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return {long[i] for i in range(len(long)) if long[:i] + long[i + 1 :] == short}
