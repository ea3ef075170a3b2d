"""One quantity, said twice with different numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tongbao.model import Level
from tongbao.proof.claims.partition import Item, all_items
from tongbao.proof.text.sentences import Reading, Sentence
from tongbao.proof.verdicts import Statement

CODE = "two-values"
# What may stand before a whole: nothing, 全县, 目前, 县政府确定. 我镇负责的55个重点项目 is another whole.
_BARE = re.compile(
    r"^(?:全[县市区省]|我[县市区]|上述|这|以上|截[至止]目前|目前|[^，]{0,12}对|[县市区委政府]{0,6}共?(?:确定|梳理|明确|安排))?$"
)
# The nouns that circulars count as a whole. A noun that is missing here (楼栋, 路段) is not compared.
_THINGS = "项目|工程|任务|工作|事项|问题|实事|提案|建议|企业|小区|单位|措施|指标|条款|隐患|案件"
_NOUN = re.compile(rf"[\u4e00-\u9fff]{{1,14}}?(?:{_THINGS})(?:任务|项目|事项)?")
_TOTAL = re.compile(
    rf"共(?:确定|实施|梳理|安排|有|计|下达)?(?P<noun>(?!确定|实施|梳理|安排|有|计|下达)[\u4e00-\u9fff]{{2,10}}?(?:{_THINGS})(?:任务|项目|事项)?)$"
)
# A verb or a limit inside the noun (已开工项目) makes it a part, of which there may be several numbers.
_STOP = re.compile("[中均已共按未达占被需是为仍等超欠其]|完成|办理|全部|正在|推进|累计|涉及|开工|落实|实现")


@dataclass(frozen=True, slots=True)
class Mention:
    """A whole that is named without any restriction: `99项重点工作` at the head of a clause."""

    noun: str
    item: Item
    sentence: Sentence


def repeated(reading: Reading) -> Iterator[Statement]:
    """`99项重点工作 … 98项重点工作`: the same unrestricted noun with two values that are nearly the same."""
    by_noun: dict[tuple[str, str], list[Mention]] = {}
    for mention in _mentions(reading):
        by_noun.setdefault((mention.noun, mention.item.quantity.unit), []).append(mention)
    for (noun, _), mentions in by_noun.items():
        # Two values, apart by two or one in ten: 58 and 53 are told, 58 and 48 may be two things of one name. The
        # cost: a wrong first digit is missed. The same limit stands in `definite`.
        values = sorted({m.item.quantity.value for m in mentions})
        if len(values) == 2 and values[1] - values[0] <= max(Decimal(2), values[1] / 10):
            yield _statement(noun, mentions)


_DEFINITE = re.compile(r"(?P<state>[\u4e00-\u9fff]{2,8})的(?:事项|项目|任务|问题|工作|件|诉求)中?$")


def definite(reading: Reading) -> Iterator[Statement]:
    """`正在办理27件 … 28件正在办理的事项中`: a class named again, as a whole, with nearly the same number."""
    items = [(i, s) for paragraph in reading.sentences for s in paragraph for i in all_items(s)]
    for item, sentence in items:
        match = _DEFINITE.match(item.tail)
        if match is None or not _BARE.match(item.segment.before(item.quantity)) or item.quantity.rough:
            continue
        same = [(i, s) for i, s in items if i.said == match["state"] and i.quantity.unit == item.quantity.unit]
        values = {i.quantity.value for i, _ in same}
        if len(values) == 1 and 0 < abs(values.pop() - item.quantity.value) <= max(
            Decimal(2), item.quantity.value / 10
        ):
            noun = match["state"]
            yield _statement(noun, [Mention(noun, *same[0]), Mention(noun, item, sentence)])


def _mentions(reading: Reading) -> Iterator[Mention]:
    for paragraph in reading.sentences:
        for sentence in paragraph:
            for item in all_items(sentence):
                noun = _noun(item)
                plain = not item.quantity.rough and not item.quantity.each and not item.quantity.ulp
                # A noun of four characters at least: 重点工作, not 企业 or 项目, of which a paper counts many.
                total = _TOTAL.search(item.segment.before(item.quantity))
                if plain and total and not item.tail and not _STOP.search(total["noun"]):
                    yield Mention(total["noun"], item, sentence)
                elif plain and len(noun) >= 4 and _BARE.match(item.segment.before(item.quantity)):
                    yield Mention(noun, item, sentence)


# What may follow a whole; a predicate of its own (12个重点项目开工) would make it a part.
_GOES_ON = re.compile("$|中|的|总体|进展|进度|推进|办理|落实|均|全部|进行|逐|实行|实施|涉及|分为|（")


def _noun(item: Item) -> str:
    """The noun that begins right after the number; empty where it holds a verb, or is followed by one of its own."""
    match = _NOUN.match(item.tail)
    if match is None or _STOP.search(match[0]) or not _GOES_ON.match(item.tail[match.end() :]):
        return ""
    return match[0]


def _statement(noun: str, mentions: list[Mention]) -> Statement:
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention.item.quantity.text] = counts.get(mention.item.quantity.text, 0) + 1
    odd = min(reversed(mentions), key=lambda m: counts[m.item.quantity.text])
    other = next(m for m in mentions if m.item.quantity.value != odd.item.quantity.value)
    q = odd.item.quantity
    says = f"“{noun}”这里写 {q.text}，第{other.sentence.paragraph + 1}段写 {other.item.quantity.text}"
    why = "同一个数写了两个值。"
    return Statement(
        CODE, odd.sentence.paragraph, odd.item.segment.start, odd.item.segment.end, Level.WARNING, says, why,
        "请核对并统一。", ((q.start, q.end),),
    )  # fmt: skip
