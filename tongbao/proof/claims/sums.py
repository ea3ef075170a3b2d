"""Parts against their whole.

A sum is judged only where the sentence itself says that the parts make up the whole: a remainder (其余), a predicate
and its opposite (已开工 / 未开工), 按…分, a bracket that is nothing but parts, classes whose shares make 100 %, a
total said last (共计), or another measure of the same groups that adds up exactly. Where several readings are
possible and one of them adds up, the text is taken at its best; a finding means that none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from tongbao.model import Level
from tongbao.proof.claims.classes import in_brackets, measured_groups, parallel, sorted_classes, total_last
from tongbao.proof.claims.partition import (
    NESTED,
    NOISE,
    PREDICATE,
    WITHIN,
    Item,
    adds_up,
    adjacent,
    grouped,
    is_part,
    is_simple,
    items_of,
    outside,
    state,
    statement,
    total,
)
from tongbao.proof.text.sentences import Reading, Sentence
from tongbao.proof.verdicts import Statement


def parts_and_wholes(reading: Reading) -> Iterator[Statement]:
    """Every stated partition of a count or an amount: do its parts add up to its whole?"""
    for paragraph in reading.sentences:
        for i, sentence in enumerate(paragraph):
            previous = paragraph[i - 1] if i else None
            for unit in _units(sentence):
                yield from _of_unit(sentence, previous, unit)
            yield from in_brackets(sentence)
            yield from measured_groups(sentence, previous)


def _units(sentence: Sentence) -> list[str]:
    """The units that occur at least twice outside brackets, in order of appearance."""
    seen = [q.unit for s in sentence.segments for q in s.quantities]
    return [u for u in dict.fromkeys(seen) if seen.count(u) >= 2]


def _of_unit(sentence: Sentence, previous: Sentence | None, unit: str) -> Iterator[Statement]:
    items = items_of(sentence, unit)
    if any(i.quantity.rough or i.quantity.each for i in items):
        return
    judged: set[tuple[int, int]] = set()
    for judge in (_remainders, _opposites, sorted_classes, total_last, parallel, _states):
        for found in judge(items, sentence, previous):
            if not judged & set(found.judged[1:]):
                judged |= set(found.judged)
                yield found


# ---------------------------------------------------------------------------------------------- a remainder


# The words of a remainder. Twelve characters take 其余按要求推进的9项; after a longer phrase
# (其余由县住建局和县交通局等部门承办的9项) it may be a part of the rest. 其他 alone, for 其他部门承办9项 is one more
# class. 差 and 欠 in front of a number (差目标任务6户) are a remainder after 完成.
_REST = re.compile(r"(?:其余|剩余|余下|剩下)[^，]{0,12}$|^(?:其他|其它)(?:的)?$")
_LACK = re.compile(r"(?:还|尚|仍)?(?:差|缺|欠)[^，]{0,8}$")


def _remainders(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`T项，完成A项，…，其余B项`: the parts are all that stands between the whole and the remainder."""
    for k, item in enumerate(items):
        lack = k >= 2 and _LACK.search(item.lead) and "完成" in items[k - 1].said
        if not (_REST.search(item.lead) or lack):
            continue
        alone = k < 2 or is_part(items[0])
        earlier = (outside(items, sentence, previous) if alone else []) + items[:k]
        if len(earlier) >= 2:
            yield from _judge_remainder(earlier, item, sentence)


def _judge_remainder(earlier: list[Item], rest: Item, sentence: Sentence) -> Iterator[Statement]:
    for w in range(len(earlier)):
        whole, between = earlier[w], earlier[w + 1 :]
        if w and is_part(whole) and not (between and WITHIN.search(between[0].segment.text)):
            continue
        if any(adds_up(whole, [*parts, rest]) for parts in _readings(between, rest, plain=w == 0)):
            yield statement(whole, [*between, rest], sentence, fits=True)
            return
    likely = _likely(earlier, rest)
    bare = replace(rest, tail="")  # 其余 is of the same things, whatever is said of it
    if likely and _is_whole(likely[0]) and is_simple(likely[0], [*likely[1:], bare]):
        yield statement(likely[0], [*likely[1:], rest], sentence, fits=False)


# What is said of a whole, from public circulars. Without it 签订协议3户，腾空房屋2户，其余2户 and another sentence of
# silent.txt are told, where no whole is printed. The cost: a whole with other words before its number is not judged.
_WHOLE = re.compile(
    "[共总全应拟需]|计划|任务|目标|涉及|确定|安排|列入|交办|移交|反馈|排查|发现|收到|受理|承办|梳理|立项|清理|下达|发出|抽查|问题|项目|事项"
    "|隐患|线索|诉求|提案|建议|工程|小区|企业|案件|信访件|楼盘|议题|手续|清单|单位|用地|厕所|土地|学校|户$|地$"
)


def _is_whole(item: Item) -> bool:
    """Does the text before the number name a whole (交办事项40项), not a first part (签订协议3户、腾空房屋2户)?"""
    return item.segment.stop != "、" and (not item.lead or _WHOLE.search(item.lead) is not None)


def _likely(earlier: list[Item], rest: Item) -> list[Item]:
    """The whole and its parts: what stands in the same ；group, if it begins with a quantity larger than
    the remainder, else what stands in the sentence.

    Empty where a part of the sentence shares its segment with another number.
    """
    own = [e for e in earlier if e.segment.group == rest.segment.group]
    if len(own) >= 2 and own[0].quantity.value > rest.quantity.value:
        return own
    lonely = all(len(e.segment.quantities) == 1 for e in earlier[1:])
    return earlier if lonely else []


def _readings(between: list[Item], rest: Item, *, plain: bool) -> Iterator[list[Item]]:
    """The ways to read the quantities in between as parts: all, those after the last ；, or all but nested ones."""
    if between:
        yield between
    same_group = [b for b in between if b.segment.group == rest.segment.group]
    if same_group and plain:
        yield same_group
    nested = [b for b in between if NESTED.search(b.said) or WITHIN.search(b.segment.text)]
    for n in range(1, len(nested) + 1):
        for left_out in combinations(nested, n):
            kept = [b for b in between if b not in left_out]
            if kept:
                yield kept


# ---------------------------------------------------------------------------------------------- opposites


# Negations of progress. 不 only before words that are judged (不达标): 不利于, 不少 deny nothing.
_NOT = r"(?:尚未|仍未|还未|未能|未曾|没有|没|未|不(?=达标|合格|符合|通过|属实|满意))"
# What makes a predicate the undone side of its stem: 正在化解 beside 已化解, 较序时进度有差距 beside 达到序时进度.
_UNDONE = re.compile(rf"{_NOT}|正在|仍在|(?:有|存在)差距|滞后|落后于|低于|欠进度|慢于")


# Words that two predicates may share without being opposites: 重点项目34个，未列重点项目3个 divide nothing. The cost:
# opposites that differ in such a word only (已建设 / 未建设) are known by `_plain_done` or not at all.
_COMMON_WORDS = re.compile(
    "项目|工程|任务|问题|企业|单位|部门|工作|建议|提案|事项|小区|目标|年度|重点|建设|要求|情况|进行|实现|完成|进展|推进|进度"
    "|已经|已|均|目前|共|累计|的|了|其中"
)


def opposite(positive: str, negative: str) -> bool:
    """Does one predicate deny the other: 已开工 / 未开工, 达到序时进度 / 较序时进度有差距, 已化解 / 正在化解?"""
    if _ON_TIME.search(positive) and _ON_TIME.sub("", positive) == _LATE.sub("", negative) != negative:
        return True
    mark = _UNDONE.search(negative)
    if mark is None or _UNDONE.search(positive) or _NESTED_POSITIVE.search(positive):
        return False
    # The stem has two characters at least (开工, 化解): with one, any 建 or 报 would do. It stands within five
    # characters of the negation: 没有按时开工, not 没有达到市里规定条件因而不能开工. Both set by feel; 已建 / 未建 is
    # the cost of the first.
    stem = _common(_COMMON_WORDS.sub("＿", positive), _COMMON_WORDS.sub("＿", negative))
    if len(stem) < 2:
        return _plain_done(positive, negative)
    at = negative.find(stem)
    return mark.start() <= at <= mark.end() + 5 or at + len(stem) <= mark.start() <= at + len(stem) + 5


# 提前开工, 计划开工 are a part of those begun, or more than them: not the other side of 未开工.
_NESTED_POSITIVE = re.compile(r"提前|超额|新增|计划|应|拟|预计|本月|当月|再|可")
_ON_TIME, _LATE = re.compile("按期|按时|如期"), re.compile("未按期|未按时|逾期|超期|超时")


def _plain_done(positive: str, negative: str) -> bool:
    """已完成 / 未完成, where the only word in common is 完成; and 已办结 / 正在办理."""
    if "办结" in positive and re.search("正在办理|在办$|办理中", negative):
        return True
    done = re.fullmatch(r"(?:已|已经|现已|目前|均|全部)*完成(?:任务|目标|年度任务|整改)?", positive)
    return done is not None and re.search(rf"{_NOT}完成", negative) is not None


def _common(a: str, b: str) -> str:
    """The longest common substring, ＿ excluded."""
    best = ""
    for i in range(len(a)):
        for j in range(i + len(best) + 1, len(a) + 1):
            if "＿" in a[i:j] or a[i:j] not in b:
                break
            best = a[i:j]
    return best


def _opposites(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`T项，a项已X，b项未X` (other classes may stand beside the two)."""
    done: set[int] = set()
    for k, (first, second) in enumerate(pairwise(items)):
        if k in done or second.segment.text.startswith("其中") or first.segment is second.segment:
            continue
        if opposite(_predicate(first), _predicate(second)) or opposite(_predicate(second), _predicate(first)):
            done |= {k, k + 1}
            yield from _judge_pair(items, k, sentence, previous)


# The nouns that public circulars count: what follows them is said of the part.
_THINGS = re.compile("项目|问题|任务|企业|事项|工程|小区|隐患|线索|案件")


def _predicate(item: Item) -> str:
    """What is said of a part; where the whole stands in its segment, only the words after the thing counted."""
    if item.segment.text.startswith(item.lead):
        return item.said
    return NOISE.sub("", _THINGS.split(item.lead)[-1] + item.tail)


def _judge_pair(items: list[Item], k: int, sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    group = [i for i in items if i.segment.group == items[k].segment.group]
    own = items.index(group[0]) < k
    wholes = [i for i in items[:k] if i in group] if own else items[:k]
    above = outside(items, sentence, previous)
    wholes = wholes or (items_of(previous, items[0].quantity.unit) if previous else [])
    for whole in wholes:
        first_part = items.index(whole) + 1 if whole in items else 0
        for i in range(first_part, k + 1):
            for j in range(k + 2, len(items) + 1):
                if adds_up(whole, items[i:j]):
                    yield statement(whole, items[i:j], sentence, fits=True)
                    return
    if k == 0 and len(items) == 2 and above and is_simple(above[0], items):
        yield statement(above[0], items, sentence, fits=False)
    elif own and adjacent(group[0], group[1], sentence):
        parts = group[1:3] if len(group) == 3 else _run(group)
        if parts and is_simple(group[0], parts):
            yield statement(group[0], parts, sentence, fits=False)


def _run(group: list[Item]) -> list[Item]:
    """The parts after the whole up to the end of their ；group, if they all speak of progress."""
    return group[1:] if all(PREDICATE.match(p.tail) for p in group[1:]) else []


# ---------------------------------------------------------------------------------------------- states of progress


def _states(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Statement]:
    """`T项，已完成A项，正在推进B项，进展较慢C项`: done, under way and behind divide a whole; behind may be part of B.

    Two of the three need not make the whole, for offices leave classes out, but cannot make more than it.
    """
    # So 完成20、推进9 of 30 is left alone and 完成20、推进11 is told; if two always had to make the whole, two
    # sentences of silent.txt would be called wrong (112, 33, 51 and 45, 24, 20).
    for group in grouped(items):
        whole, parts = group[0], group[1:]
        if len(parts) < 2 or not adjacent(whole, parts[0], sentence) or not is_simple(whole, parts):
            continue
        states = [state(p.said) for p in parts]
        ahead = [p for p, state in zip(parts, states, strict=True) if state != "behind"]
        once = all(states) and "done" in states and states.count("going") == 1
        if (adds_up(whole, parts) and any(states)) or (once and adds_up(whole, ahead)):
            yield statement(whole, parts, sentence, fits=True)
        elif once and (len(set(states)) == len(states) == 3 or total(ahead) > whole.quantity.value):
            yield statement(whole, parts, sentence, fits=False, level=Level.WARNING)
