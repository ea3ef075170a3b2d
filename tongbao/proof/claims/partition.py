"""Quantities as wholes and parts: what stands around them, their sums, and when a partition may be judged at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tongbao.model import Level
from tongbao.proof.text.sentences import HOLE, Segment, Sentence
from tongbao.proof.verdicts import Statement
from tongbao.words.numbers import Quantity

CODE = "sum"


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity and the segment it stands in; `lead` and `tail` are the text up to the numbers beside it there."""

    quantity: Quantity
    segment: Segment
    lead: str
    tail: str

    @property
    def said(self) -> str:
        """What is said of the quantity: the text around it, without brackets."""
        return NOISE.sub("", self.lead + self.tail)


# What is not said of a quantity: the holes of brackets and covered words, quotation marks, and 其中 before it.
NOISE = re.compile(rf"[{HOLE}（）□“”]|^其中")


def items_of(sentence: Sentence, unit: str) -> list[Item]:
    """The quantities of one unit outside brackets."""
    return [i for segment in sentence.segments for i in items_in(segment) if i.quantity.unit == unit]


def items_in(segment: Segment) -> Iterator[Item]:
    """Every quantity of a segment with the text on both sides of it."""
    edges = [segment.start, *(e for n in segment.numbers for e in (n.start, n.end)), segment.end]
    cut = [segment.text[a - segment.start : b - segment.start] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    for number, lead, tail in zip(segment.numbers, cut, cut[1:], strict=False):
        if isinstance(number, Quantity):
            yield Item(number, segment, lead, tail)


def all_items(sentence: Sentence) -> list[Item]:
    """All quantities outside brackets, in order."""
    return [i for s in sentence.segments for i in items_in(s)]


def grouped(items: list[Item]) -> list[list[Item]]:
    """The items by ；group."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.segment.group, []).append(item)
    return list(groups.values())


# ---------------------------------------------------------------------------------------------- arithmetic


def total(items: Iterable[Item]) -> Decimal:
    """The sum of the items."""
    return sum((i.quantity.value for i in items), Decimal(0))


def adds_up(whole: Item, parts: Sequence[Item]) -> bool:
    """Do the parts make the whole, each rounded in its last digit?"""
    slack = (whole.quantity.ulp + sum((p.quantity.ulp for p in parts), Decimal(0))) / 2
    return abs(whole.quantity.value - total(parts)) <= slack


def near(whole: Item, parts: Sequence[Item]) -> bool:
    """Is the sum a near miss: two apart at most, or one in twenty?"""
    # 其中 seldom lists all parts, so a sum far off the whole means parts left out. Of 督导检查55次 the parts 14、31、8
    # (53) are told and 10、20、11 (41) are not; without the limit every 其中 of a selection would be. The cost: a part
    # with a wrong first digit passes as parts left out.
    return abs(whole.quantity.value - total(parts)) <= max(Decimal(2), whole.quantity.value / 20)


def statement(
    whole: Item, parts: Sequence[Item], sentence: Sentence, fits: bool, level: Level = Level.ERROR
) -> Statement:
    """That the parts make the whole, or by how much they do not."""
    everything = sorted([whole, *parts], key=lambda i: i.quantity.start)
    here = [i for i in everything if sentence.start <= i.quantity.start < sentence.end]
    start, end = here[0].segment.start, here[-1].segment.end
    judged = tuple((i.quantity.start, i.quantity.end) for i in everything)
    if fits:
        return Statement(CODE, sentence.paragraph, start, end, judged=judged)
    said = "＋".join(p.quantity.text for p in parts)
    told = f"各部分相加 {said}＝{shown(total(parts), whole.quantity)}，与总数 {whole.quantity.text} 不符"
    gap = total(parts) - whole.quantity.value
    why = f"各部分之和比总数{'多' if gap > 0 else '少'} {shown(abs(gap), whole.quantity)}。"
    return Statement(
        CODE, sentence.paragraph, start, end, level, told, why, "请核对总数和各部分的数字，改正其中有误的一个。", judged
    )


def shown(value: Decimal, like: Quantity) -> str:
    """A value in the unit that the text used."""
    number = f"{value / (like.factor * like.scale):f}"
    return (number.rstrip("0").rstrip(".") if "." in number else number) + like.written


# ---------------------------------------------------------------------------------------------- what is said


# A quantity behind these words is a part of the one before it. Without them 目前实际开工118项（其中，提前开工11项…）
# (silent.txt) is told as a wrong sum. The cost: a bracket that opens with 其中 is never judged (missed.txt has one).
WITHIN = re.compile(r"其中|包括|包含|含|囊括")
# 等 leaves a list open, and it is not judged. The signs after it make another word: 等次, 等级, 等于, 等额, 等待,
# 等候, 等同; taken as 等, 按等次划分 alone hides seven wrong numbers of pairs.txt. The cost: a full list closed by 等
# is missed.
ETC = re.compile("等(?![次级于额待候同])")
# A quantity so called may lie inside another class: 已开工37个，竣工10个，其余19个 of 56 (silent.txt). So it may be
# left out of a sum. The cost: where leaving it out makes the sum right by chance, an error passes.
NESTED = re.compile(
    r"新增|新[开启]工|当月|本月|本周|本期|本季|当年|今年|提前|超额|超时|涉及|累计|复工|竣工|完工|投产|投用|建成|主体|入库|入统"
)

# The words for the states of progress, from public circulars: done, on the way, of a grade, behind. Which class a
# quantity is of decides whether it may be a whole, and which classes divide one. A word that is missing here makes a
# sentence unreadable, not wrong: it stays silent.
_DONE = re.compile("达到[^，]{0,4}标准|通过验收|完成|办结|销号|落实|解决|整改到位|竣工|投产")
_GOING = re.compile("正在|正常|按(?:序时|计划|进度|要求)|有序|推进|达到?序时|持续")
_CLASS = re.compile("积极|一般|优秀|良好|较好|较差|满意|[A-Z甲乙丙丁]类|合格")
_BEHIND = re.compile("滞后|缓慢|较慢|偏慢|逾期|超期|未|加快|差距|欠(?:进度|序时)|暂")


def state(said: str) -> str:
    """The state of progress that the words say: `done`, `going`, `behind`, or an empty string."""
    if _BEHIND.search(said):
        return "behind"
    if _GOING.search(said):
        return "going"
    return "done" if _DONE.search(said) and not NESTED.search(said) else ""


# What may follow the number of a part: nothing, or a predicate (36项在建项目中34项已开工). Other words are a noun,
# which must be that of the whole: 调度20个，已开工12个学校，未开工9个医院 is not judged. The verbs are those of
# progress in public circulars; a verb that is missing is taken for a noun, and the sentence stays silent.
PREDICATE = re.compile(
    "$|[已未正尚仍均达需属为占按超欠因较无不没可能在（实转拟待将停移报交于由被处列纳逐]|完成|进展|进度|有序|有(?!限)|推进|全部|基本"
    "|暂|限期|责令|督促|立案|开工|办结|整改|通过|取得|持续|继续|长期|计划|预计|力争|加快|抓紧"
)


# ---------------------------------------------------------------------------------------------- when to judge


def is_simple(whole: Item, parts: Sequence[Item]) -> bool:
    """Can these be read in one way only: one part to a segment, none nested, the whole neither part nor actor?"""
    segments = [p.segment.start for p in parts]
    if len(set(segments)) < len(segments) or _is_actor(whole, parts) or is_part(whole):
        return False
    if any(p.segment.start == whole.segment.start for p in parts[1:]):
        return False
    later = [p for p in parts[1:] if WITHIN.search(p.lead)]
    return not later and all(_same_thing(whole, p) for p in parts)


def is_part(whole: Item) -> bool:
    """Is the first quantity only the first class (已完成30项，其余…) of a whole that stands somewhere else?"""
    said = NOISE.sub("", whole.lead)
    state = _DONE.search(said) or _GOING.search(said) or _BEHIND.search(said) or _CLASS.search(said)
    return state is not None and "共" not in said


# 12个乡镇共排查问题点位，已整改20个 (silent.txt): the first number counts those who act, not what is divided. The
# cost: classes of the actors themselves are missed where they do not repeat the noun (missed.txt: 19个镇…优秀6个).
_ACTORS = re.compile(
    r"^(?:个)?(?:省|市|县|区|乡|镇|街道|村|社区|行政村|部门|单位|责任|承办|牵头|成员|督[查导]组|[工小]|组|专班|市直|县直|省直|区直|地区|国家)"
)


def _is_actor(whole: Item, parts: Sequence[Item]) -> bool:
    """Does the whole count offices or places, while the parts count something that is not named?"""
    thing = whole.tail
    if not _ACTORS.match(thing) or thing.endswith("中"):
        return False
    return not any(thing[:2] and thing[:2] in p.segment.text for p in parts)


def _same_thing(whole: Item, part: Item) -> bool:
    """May the part count the same things as the whole? A part that names another noun does not."""
    noun = part.tail
    if PREDICATE.match(noun):
        return True
    # Two characters in common are enough, for the nouns are shortened (重点项目 / 项目). The cost: 隐患问题 and
    # 环境问题 pass as one thing.
    around = whole.said
    return any(noun[i : i + 2] in around for i in range(max(1, len(noun) - 1)) if len(noun[i : i + 2]) == 2)


def adjacent(whole: Item, part: Item, sentence: Sentence) -> bool:
    """Does the first part follow the whole at once, but for a few words such as 目前 or a date?"""
    # Eight characters let 截至目前 pass, which two marks of pairs.txt need, and keep out a clause of its own
    # (在有关部门共同努力下总体进展比较顺利), after which the numbers may be of something else. Such sums are missed.
    between = sentence.flat[whole.segment.end - sentence.start : part.segment.start - sentence.start]
    return whole.segment is part.segment or len(re.sub("[，：□（）■]", "", between)) <= 8


def outside(items: list[Item], sentence: Sentence, previous: Sentence | None) -> list[Item]:
    """The whole, as a list of one, where the sentence before holds it; an empty list where it does not.

    It is taken from there where this sentence begins with 其中, 截至 or 目前, or where its first quantity is a part
    (完成并销号55项) and the one before says 共.
    """
    if previous is None or not items:
        return []
    candidates = items_of(previous, items[0].quantity.unit)
    if len(candidates) != 1 or candidates[0].quantity.rough:
        return []
    # Without such an opening the two sentences may speak of different things: 41项工程。第一批开工37项，未开工3项。
    opened = re.match("其中|截[至止]|目前", sentence.text)
    return candidates if opened or (is_part(items[0]) and "共" in candidates[0].lead) else []
