"""Classes of a whole: 按…分, a total said last, 其中 with parallel words, brackets of parts, groups with measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tongbao.model import Level
from tongbao.proof.claims.partition import (
    ETC,
    NOISE,
    WITHIN,
    Item,
    adds_up,
    all_items,
    grouped,
    is_simple,
    items_in,
    near,
    outside,
    statement,
)
from tongbao.proof.text.sentences import Segment, Sentence
from tongbao.proof.verdicts import Statement

# ---------------------------------------------------------------------------------------------- sorted classes


# 按…分：, 按…分类 or 分为…类, and right after it the first class. Twelve characters take 按建设性质分 and
# 按办理结果分为; in 按照市里统一部署和县委县政府工作要求分 the verb may be of another thing, and the classes are not
# judged. With two characters six wrong numbers of pairs.txt are missed; a longer limit finds no more of them.
_SORT = re.compile(
    r"按(?:照)?[^，；：]{1,12}?(?:分为?|划分为?|分类)(?:为|类)?(?:（■*）)?(?=$|[A-Z甲乙丙一])|(?:分为|划分为|分成)(?:[^，；\d]{0,4}类)?"
)


def sorted_classes(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`T项，按性质分：甲类A项，乙类B项；按级别分：…`."""
    found = [(s, m) for s in sentence.segments if (m := _SORT.search(s.text))]
    marks = [s.start + m.end() for s, m in found]
    for mark, limit in zip(marks, [*marks, sentence.end][1:], strict=True):
        before = [i for i in items if i.quantity.start < mark]
        parts = [i for i in items if mark <= i.quantity.start < limit]
        if not before or len(parts) < 2 or ETC.search(sentence.flat):
            continue
        group = [p for p in parts if p.segment.group == parts[0].segment.group]
        whole = before[-1] if mark == marks[0] else before[0]
        if any(adds_up(w, ps) for w in before for ps in (parts, group)):
            yield statement(whole, parts, sentence, fits=True)
        elif is_simple(whole, parts) and not any(WITHIN.search(p.segment.text) for p in parts):
            yield statement(whole, parts, sentence, fits=False)


# A total said last, with at most six characters before its number: 共涉及村9个 is one, 共涉及有关行业主管部门9个
# counts something else. The cost: a total with a longer noun is missed.
_TOTAL = re.compile(r"^(?:共计|合计|总计|总共|共)[^，]{0,6}$")


def total_last(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`甲镇3个、乙镇4个，共计7个`: parts joined by 、 and their total after them."""
    last = items[-1]
    if len(items) < 3 or not _TOTAL.match(last.lead):
        return
    parts = items[:-1]
    listed = all(p.segment.stop == "、" for p in parts[:-1]) and parts[-1].segment.stop in {"，", "、"}
    shared = "分别" in parts[0].lead
    # A part is a name and its number (县人大建议45件). Before a number with a longer lead there is a statement of its
    # own (青石镇在全县人居环境整治提升行动中新建成公厕3个), and the total may count more. With six characters five
    # wrong numbers of pairs.txt are missed.
    bare = all((p.lead or shared) and len(p.lead) <= 20 and not WITHIN.search(p.lead) for p in parts)
    follows = all(a.segment.end + 1 == b.segment.start for a, b in pairwise(items))
    if listed and bare and follows:
        yield statement(last, parts, sentence, adds_up(last, parts))


# ---------------------------------------------------------------------------------------------- after 其中


def parallel(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`开展检查T次，其中甲开展检查A次，乙…B次，丙…C次`: parts that repeat the whole's own words.

    其中 promises no full list, so only a near miss is told, as something to look at.
    """
    # Two parts that add up exactly hold the whole; to call a sum wrong takes three that repeat its words, for two
    # (县级领导督导检查24次，行业部门督导检查30次 of 55) may be the two that matter. The cost: an error in a list of
    # two is missed.
    for whole, parts in _inside(items, sentence, previous):
        alike = [p for n, p in enumerate(parts) if _repeats(whole, parts[: n + 1])]
        if adds_up(whole, parts) or (len(alike) >= 2 and adds_up(whole, alike)):
            yield statement(whole, parts if adds_up(whole, parts) else alike, sentence, fits=True)
        elif len(alike) >= 3 and not whole.quantity.ulp and near(whole, alike):
            yield statement(whole, alike, sentence, fits=False, level=Level.WARNING)
        elif _all_sides(parts) and is_simple(whole, parts):
            yield statement(whole, parts, sentence, fits=False, level=Level.WARNING)


# All sides of one thing, so that 其中 lists them all; a comma parts the words for one side. Sixteen wrong numbers of
# pairs.txt are found by these alone. The words come from public circulars; a pair that is not here is not judged.
_PAIRS = (
    "集中 分散|城[市镇] 农村,乡村|集体提案 委员,个人|主办 会办,协办|直办,直接办 转办"
    "|男 女|建议 提案|行政许可 行政处罚|线上 线下|按时?序,达序时 滞后,未达|省级 市级 县级,区级"
    "|优秀 良好 一般,合格,较差"
)
_SIDES = tuple(tuple(re.compile(side.replace(",", "|")) for side in pair.split()) for pair in _PAIRS.split("|"))


def _all_sides(parts: Sequence[Item]) -> bool:
    """Are the parts all the sides of one thing (集中 / 分散, 省级 / 市级 / 县级), each once?"""
    if any(p.quantity.ulp for p in parts):
        return False
    # The side stands right before the number: 按时序推进的44个 needs more than four characters; twelve were set by
    # feel, and more change nothing in the sentences of the tests.
    said = [p.said[-12:] for p in parts]
    return any(
        len(said) == len(sides) and all(sum(bool(side.search(x)) for x in said) == 1 for side in sides)
        for sides in _SIDES
    )


def _inside(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[tuple[Item, list[Item]]]:
    """Each whole with the parts that 其中 announces after it; lists that end in 等 are left alone."""
    if sentence.text.startswith("其中") and not ETC.search(sentence.flat) and len(items) >= 2:
        yield from ((whole, items) for whole in outside(items, sentence, previous))
    for group in grouped(items):
        open_list = len(group) < 3 or ETC.search(sentence.flat[group[1].segment.start - sentence.start :])
        if not open_list and group[1].segment.text.startswith("其中"):
            yield group[0], group[1:]


def _repeats(whole: Item, parts: Sequence[Item]) -> bool:
    """Does every part end its lead with the words that stand right before the whole (督导检查55次 / 督导检查13次)?"""
    # Three characters: 督办函 is a noun of three, and four miss its four marks in pairs.txt. One or two (来信, 项目)
    # may end the names of things that are no parts (重点项目20次). The cost: nouns of two characters are not judged.
    words = NOISE.sub("", whole.lead)[-4:]
    return len(words) >= 3 and all(p.lead.endswith(words[-3:]) and not p.tail for p in parts)


# ---------------------------------------------------------------------------------------------- brackets


def in_brackets(sentence: Sentence) -> Iterator[Statement]:
    """`5家（甲镇1家、乙镇4家）`: a bracket of nothing but parts right after its whole."""
    for inner in sentence.inner:
        whole = _just_before(sentence, inner)
        if whole is None or WITHIN.search(inner.text) or ETC.search(inner.flat):
            continue
        for parts in _bracket_parts(inner, whole):
            if not any(p.quantity.rough or p.quantity.each for p in parts):
                yield statement(whole, parts, sentence, adds_up(whole, parts))


def _just_before(sentence: Sentence, inner: Sentence) -> Item | None:
    """The quantity that the bracket explains: the last one in front of it, with at most a short noun between."""
    for segment in sentence.segments:
        if segment.start <= inner.start <= segment.end:
            before = [q for q in segment.quantities if q.end <= inner.start]
            # Sixteen characters: a noun (发放补贴15户群众), not a clause
            # (15户群众领到了由县财政统一发放的冬季取暖困难补贴), after which the bracket may explain another word. Set
            # by feel.
            if before and inner.start - before[-1].end <= 16 and not before[-1].rough:
                return next(i for i in items_in(segment) if i.quantity is before[-1])
    return None


def _bracket_parts(inner: Sentence, whole: Item) -> Iterator[list[Item]]:
    """The list of parts, or one list for each 按…分 in the bracket; nothing where other text stands between."""
    lists: list[list[Item]] = [[]]
    for segment in inner.segments:
        own = [i for i in items_in(segment) if i.quantity.unit == whole.quantity.unit]
        if _SORT.search(segment.text) and not own:
            lists.append([])
        elif len(own) == 1 and not _sequel(segment, own[0]) and own[0].lead:
            lists[-1].append(own[0])
        else:
            return
    yield from (parts for parts in lists if len(parts) >= 2)


def _sequel(segment: Segment, item: Item) -> bool:
    """Does more than the quantity end the segment (another number, a predicate)?"""
    # Four characters are a noun (柳河镇8户村民); more are a statement (青石镇6户已于上月发放到位) and the bracket no
    # list.
    return len(segment.numbers) > 1 or len(item.tail) > 4


# ---------------------------------------------------------------------------------------------- groups


def measured_groups(sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`其中，甲类3项，完成7.47亿元；乙类…；丙类…`: where one measure of the groups adds up, the others must too."""
    if previous is None or not sentence.text.startswith("其中"):
        return
    measures = [m for m in _measures(previous, sentence) if not any(i.quantity.rough for i in (m[0], *m[1]))]
    right = [(whole, parts) for whole, parts in measures if adds_up(whole, parts)]
    explained = {id(p) for _, parts in right for p in parts}
    yield from (statement(whole, parts, sentence, fits=True) for whole, parts in right)
    for whole, parts in measures if right else ():
        if not any(id(p) in explained for p in parts):
            yield statement(whole, parts, sentence, fits=False)


def closed_by_counts(previous: Sentence, sentence: Sentence) -> bool:
    """Does some count, taken from every ；group of a sentence, add up to a whole of the sentence before?"""
    return any(not w.quantity.ulp and adds_up(w, parts) for w, parts in _measures(previous, sentence))


def _measures(previous: Sentence, sentence: Sentence) -> list[tuple[Item, list[Item]]]:
    """The first count of each unit and every amount of the sentence before, with the parts that each ；group gives."""
    groups, before = grouped(all_items(sentence)), all_items(previous)
    firsts = {i.quantity.unit: i for i in reversed(before)}
    wholes = [i for i in before if i.quantity.ulp or firsts[i.quantity.unit] is i]
    return [m for m in (_measure(w, groups) for w in wholes) if m] if len(groups) >= 2 else []


def _measure(whole: Item, groups: list[list[Item]]) -> tuple[Item, list[Item]] | None:
    """What each group gives of `whole`: its first count of the unit, or its one amount with the same words before."""
    parts = []
    for group in groups:
        own = [i for i in group if i.quantity.unit == whole.quantity.unit]
        if whole.quantity.ulp:
            own = [i for i in own if _label(i) == _label(whole) != ""]
        if not own or (whole.quantity.ulp and len(own) > 1):
            return None
        parts.append(own[0])
    return whole, parts


def _label(item: Item) -> str:
    """The words before an amount without 总, 累计 and the like: what it is an amount of."""
    # Four characters tell 计划投资 from 实际投资; with one of them the three amounts 计划投资、实际投资、完成投资 pass
    # as parts of a 总投资. The cost: 投资 of the whole and 工业投资 of a group are not compared.
    return re.sub("[总共已的（）■]|累计|概算|其中|，", "", item.lead)[-4:]
