"""Parts against their whole.

A sum is judged only where the sentence itself says that the parts make up the whole: a remainder (其余), a predicate
and its opposite (已开工 / 未开工), 按…分, a bracket that is nothing but parts, classes whose shares make 100 %, a
total said last (共计), or another measure of the same groups that adds up exactly. Where several readings are
possible and one of them adds up, the text is taken at its best; a finding means that none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from tongbao.claims import HOLE, Quantity, Reading, Segment, Sentence, Verdict
from tongbao.model import Level

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
        return _NOISE.sub("", self.lead + self.tail)


_NOISE = re.compile(rf"[{HOLE}（）□“”]|^其中")
_REST = re.compile(r"(?:其余|剩余|余下|剩下)[^，]{0,12}$|^(?:其他|其它)(?:的)?$")
_LACK = re.compile(r"(?:还|尚|仍)?(?:差|缺|欠)[^，]{0,8}$")
_WITHIN = re.compile(r"其中|包括|包含|含|囊括")
_ETC = re.compile("等(?![次级于额待候同])")
_NESTED = re.compile(
    r"新增|新[开启]工|当月|本月|本周|本期|本季|当年|今年|提前|超额|超时|涉及|累计|复工|竣工|完工|投产|投用|建成|主体|入库|入统"
)
_ACTORS = re.compile(
    r"^(?:个)?(?:省|市|县|区|乡|镇|街道|村|社区|行政村|部门|单位|责任|承办|牵头|成员|督[查导]组|[工小]|组|专班|市直|县直|省直|区直|地区|国家)"
)


def parts_and_wholes(reading: Reading) -> Iterator[Verdict]:
    """Every stated partition of a count or an amount: do its parts add up to its whole?"""
    for paragraph in reading.sentences:
        for i, sentence in enumerate(paragraph):
            previous = paragraph[i - 1] if i else None
            for unit in _units(sentence):
                yield from _of_unit(sentence, previous, unit)
            yield from _brackets(sentence)
            yield from _groups(sentence, previous)


def _units(sentence: Sentence) -> list[str]:
    """The units that occur at least twice outside brackets, in order of appearance."""
    seen = [q.unit for s in sentence.segments for q in s.quantities]
    return [u for u in dict.fromkeys(seen) if seen.count(u) >= 2]


def items_of(sentence: Sentence, unit: str) -> list[Item]:
    """The quantities of one unit outside brackets."""
    return [i for segment in sentence.segments for i in _items(segment) if i.quantity.unit == unit]


def _items(segment: Segment) -> Iterator[Item]:
    """Every quantity of a segment with the text on both sides of it."""
    edges = [segment.start, *(e for n in segment.numbers for e in (n.start, n.end)), segment.end]
    cut = [segment.text[a - segment.start : b - segment.start] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    for number, lead, tail in zip(segment.numbers, cut, cut[1:], strict=False):
        if isinstance(number, Quantity):
            yield Item(number, segment, lead, tail)


def _of_unit(sentence: Sentence, previous: Sentence | None, unit: str) -> Iterator[Verdict]:
    items = items_of(sentence, unit)
    if any(i.quantity.rough or i.quantity.each for i in items):
        return
    judged: set[tuple[int, int]] = set()
    for judge in (_remainders, _opposites, _sorted, _total_last, _parallel, _states):
        for verdict in judge(items, sentence, previous):
            if not judged & set(verdict.judged[1:]):
                judged |= set(verdict.judged)
                yield verdict


# ---------------------------------------------------------------------------------------------- arithmetic


def total(items: Iterable[Item]) -> Decimal:
    """The sum of the items."""
    return sum((i.quantity.value for i in items), Decimal(0))


def adds_up(whole: Item, parts: Sequence[Item]) -> bool:
    """Do the parts make the whole, each rounded or cut off in its last digit?"""
    slack = whole.quantity.ulp + sum((p.quantity.ulp for p in parts), Decimal(0)) / 2
    difference = abs(whole.quantity.value - total(parts))
    return difference < slack if slack else difference == 0


def _verdict(whole: Item, parts: Sequence[Item], sentence: Sentence, fits: bool, level: Level = Level.ERROR) -> Verdict:
    everything = sorted([whole, *parts], key=lambda i: i.quantity.start)
    here = [i for i in everything if sentence.start <= i.quantity.start < sentence.end]
    start, end = here[0].segment.start, here[-1].segment.end
    judged = tuple((i.quantity.start, i.quantity.end) for i in everything)
    if fits:
        return Verdict(CODE, sentence.paragraph, start, end, judged=judged)
    said = "＋".join(p.quantity.shown for p in parts)
    told = f"各部分相加 {said}＝{shown(total(parts), whole.quantity)}，与总数 {whole.quantity.shown} 不符"
    gap = total(parts) - whole.quantity.value
    why = f"各部分之和比总数{'多' if gap > 0 else '少'} {shown(abs(gap), whole.quantity)}。"
    return Verdict(
        CODE, sentence.paragraph, start, end, level, told, why, "请核对总数和各部分的数字，改正其中有误的一个。", judged
    )


def shown(value: Decimal, like: Quantity) -> str:
    """A value in the unit that the text used."""
    unit = re.sub(r"^[-\d.,〇零一二两三四五六七八九十百千]+", "", like.text)
    scale = {"亿": 10**8, "万": 10**4}.get(unit[:1], 1)
    number = f"{value / scale:f}"
    return (number.rstrip("0").rstrip(".") if "." in number else number) + unit


# ---------------------------------------------------------------------------------------------- a remainder


def _remainders(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`T项，完成A项，…，其余B项`: the parts are all that stands between the whole and the remainder."""
    for k, item in enumerate(items):
        lack = k >= 2 and _LACK.search(item.lead) and "完成" in items[k - 1].said
        if not (_REST.search(item.lead) or lack):
            continue
        alone = k < 2 or _is_part(items[0])
        earlier = (_outside(items, sentence, previous) if alone else []) + items[:k]
        if len(earlier) >= 2:
            yield from _judge_remainder(earlier, item, sentence)


def _outside(items: list[Item], sentence: Sentence, previous: Sentence | None) -> list[Item]:
    """The whole, where the sentence before holds it: this one begins with 其中, 截至, 目前 or its first part."""
    if previous is None or not items:
        return []
    candidates = items_of(previous, items[0].quantity.unit)
    if len(candidates) != 1 or candidates[0].quantity.rough:
        return []
    opened = re.match("其中|截[至止]|目前", sentence.text)
    return candidates if opened or (_is_part(items[0]) and "共" in candidates[0].lead) else []


def _judge_remainder(earlier: list[Item], rest: Item, sentence: Sentence) -> Iterator[Verdict]:
    for w in range(len(earlier)):
        whole, between = earlier[w], earlier[w + 1 :]
        if any(adds_up(whole, [*parts, rest]) for parts in _readings(between, rest, plain=w == 0)):
            yield _verdict(whole, [*between, rest], sentence, fits=True)
            return
    likely = _likely(earlier, rest)
    if likely and _simple(likely[0], [*likely[1:], rest]):
        yield _verdict(likely[0], [*likely[1:], rest], sentence, fits=False)


def _likely(earlier: list[Item], rest: Item) -> list[Item]:
    """The whole and its parts: those of the same ；group where its first can be a whole, else of the sentence."""
    own = [e for e in earlier if e.segment.group == rest.segment.group]
    if len(own) >= 2 and own[0].quantity.value > rest.quantity.value:
        return own
    lonely = all(len(e.segment.quantities) == 1 for e in earlier[1:])
    return earlier if lonely else []


def _readings(between: list[Item], rest: Item, *, plain: bool) -> Iterator[list[Item]]:
    """Which of the quantities in between may be the parts: all, those after the last ；, or without nested ones."""
    if between:
        yield between
    same_group = [b for b in between if b.segment.group == rest.segment.group]
    if same_group and plain:
        yield same_group
    nested = [b for b in between if _NESTED.search(b.said) or _WITHIN.search(b.segment.text)]
    for n in range(1, len(nested) + 1):
        for left_out in combinations(nested, n):
            kept = [b for b in between if b not in left_out]
            if kept:
                yield kept


def _simple(whole: Item, parts: Sequence[Item]) -> bool:
    """Is there only one way to read this: one part a segment, nothing nested, the whole no part itself or actor?"""
    segments = [p.segment.start for p in parts]
    if len(set(segments)) < len(segments) or _is_actor(whole, parts) or _is_part(whole):
        return False
    if any(p.segment.start == whole.segment.start for p in parts[1:]):
        return False
    later = [p for p in parts[1:] if _WITHIN.search(p.lead)]
    return not later and all(_same_thing(whole, p) for p in parts)


def _is_part(whole: Item) -> bool:
    """Is the first quantity only the first class (已完成30项，其余…) of a whole that stands somewhere else?"""
    said = _NOISE.sub("", whole.lead)
    state = _DONE.search(said) or _GOING.search(said) or _BEHIND.search(said) or _CLASS.search(said)
    return state is not None and "共" not in said


def _is_actor(whole: Item, parts: Sequence[Item]) -> bool:
    """Does the whole count offices or places, and the parts something unsaid?"""
    thing = whole.tail
    if not _ACTORS.match(thing):
        return False
    return not any(thing[:2] and thing[:2] in p.segment.text for p in parts)


_PREDICATE = re.compile(
    "$|[已未正尚仍均达需属为占按超欠因较无不没可能在（实转拟待将停移报交于由被处列纳逐]|完成|进展|进度|有序|有(?!限)|推进|全部|基本"
    "|暂|限期|责令|督促|立案|开工|办结|整改|通过|取得|持续|继续|长期|计划|预计|力争|加快|抓紧"
)


def _same_thing(whole: Item, part: Item) -> bool:
    """May the part count the same things as the whole? A part that names another noun does not."""
    noun = part.tail
    if _PREDICATE.match(noun):
        return True
    around = whole.said
    return any(noun[i : i + 2] in around for i in range(max(1, len(noun) - 1)) if len(noun[i : i + 2]) == 2)


# ---------------------------------------------------------------------------------------------- opposites

_NOT = r"(?:尚未|仍未|还未|未能|未曾|没有|没|未)"
_UNDONE = re.compile(rf"{_NOT}|正在|仍在|(?:有|存在)差距|滞后|落后于|低于|欠进度|慢于")
_COMMON_WORDS = re.compile(
    "项目|工程|任务|问题|企业|单位|部门|工作|建议|提案|事项|小区|目标|年度|重点|建设|要求|情况|进行|实现|完成|进展|推进|进度"
    "|已经|已|均|目前|共|累计|的|了|其中"
)


def opposite(positive: str, negative: str) -> bool:
    """Does one predicate deny the other: 已开工 / 未开工, 达到序时进度 / 较序时进度有差距, 已化解 / 正在化解?"""
    mark = _UNDONE.search(negative)
    if mark is None or _UNDONE.search(positive) or _NESTED_POSITIVE.search(positive):
        return False
    stem = _common(_COMMON_WORDS.sub("＿", positive), _COMMON_WORDS.sub("＿", negative))
    if len(stem) < 2:
        return _plain_done(positive, negative)
    at = negative.find(stem)
    return mark.start() <= at <= mark.end() + 5 or at + len(stem) <= mark.start() <= at + len(stem) + 5


_NESTED_POSITIVE = re.compile(r"提前|超额|新增|计划|应|拟|预计|本月|当月|再|可")


def _plain_done(positive: str, negative: str) -> bool:
    """已完成 / 未完成, where the only word in common is 完成."""
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


def _opposites(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`T项，a项已X，b项未X` (other classes may stand beside the two)."""
    done: set[int] = set()
    for k, (first, second) in enumerate(pairwise(items)):
        if k in done or second.segment.text.startswith("其中") or first.segment is second.segment:
            continue
        if opposite(_predicate(first), _predicate(second)) or opposite(_predicate(second), _predicate(first)):
            done |= {k, k + 1}
            yield from _judge_pair(items, k, sentence, previous)


_THINGS = re.compile("项目|问题|任务|企业|事项|工程|小区|隐患|线索|案件")


def _predicate(item: Item) -> str:
    """What is said of a part; where the whole stands in its segment, only the words after the thing counted."""
    if item.segment.text.startswith(item.lead):
        return item.said
    return _NOISE.sub("", _THINGS.split(item.lead)[-1] + item.tail)


def _judge_pair(items: list[Item], k: int, sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    group = [i for i in items if i.segment.group == items[k].segment.group]
    own = items.index(group[0]) < k
    wholes = [i for i in items[:k] if i in group] if own else items[:k]
    outside = _outside(items, sentence, previous)
    wholes = wholes or (items_of(previous, items[0].quantity.unit) if previous else [])
    for whole in wholes:
        first_part = items.index(whole) + 1 if whole in items else 0
        for i in range(first_part, k + 1):
            for j in range(k + 2, len(items) + 1):
                if adds_up(whole, items[i:j]):
                    yield _verdict(whole, items[i:j], sentence, fits=True)
                    return
    if k == 0 and len(items) == 2 and outside and _simple(outside[0], items):
        yield _verdict(outside[0], items, sentence, fits=False)
    elif own and _adjacent(group[0], group[1], sentence):
        parts = group[1:3] if len(group) == 3 else _run(group)
        if parts and _simple(group[0], parts):
            yield _verdict(group[0], parts, sentence, fits=False)


def _run(group: list[Item]) -> list[Item]:
    """The parts after the whole up to the end of their ；group, if they all speak of progress."""
    return group[1:] if all(_PREDICATE.match(p.tail) for p in group[1:]) else []


def _adjacent(whole: Item, part: Item, sentence: Sentence) -> bool:
    """Does the first part follow the whole at once, but for a few words such as 目前 or a date?"""
    between = sentence.flat[whole.segment.end - sentence.start : part.segment.start - sentence.start]
    return whole.segment is part.segment or len(re.sub("[，：□（）■]", "", between)) <= 8


# ---------------------------------------------------------------------------------------------- states of progress

_DONE = re.compile("达到[^，]{0,4}标准|通过验收|完成|办结|销号|落实|解决|整改到位|竣工|投产")
_GOING = re.compile("正在|正常|按(?:序时|计划|进度|要求)|有序|推进|达到?序时|持续")
_CLASS = re.compile("积极|一般|优秀|良好|较好|较差|满意|[A-Z甲乙丙丁]类|合格")
_BEHIND = re.compile("滞后|缓慢|较慢|偏慢|逾期|超期|未|加快|差距|欠(?:进度|序时)|暂")


def _states(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`T项，已完成A项，正在推进B项，进展较慢C项`: done, under way and behind divide a whole; behind may be part of B.

    Two of the three need not make the whole, for offices leave classes out, but cannot make more than it.
    """
    for group in _grouped(items):
        whole, parts = group[0], group[1:]
        if len(parts) < 2 or not _adjacent(whole, parts[0], sentence) or not _simple(whole, parts):
            continue
        states = [_state(p.said) for p in parts]
        ahead = [p for p, state in zip(parts, states, strict=True) if state != "behind"]
        once = all(states) and states.count("done") == 1 and states.count("going") == 1
        if (adds_up(whole, parts) and any(states)) or (once and adds_up(whole, ahead)):
            yield _verdict(whole, parts, sentence, fits=True)
        elif once and ("behind" in states or total(parts) > whole.quantity.value):
            yield _verdict(whole, parts, sentence, fits=False, level=Level.WARNING)


def _grouped(items: list[Item]) -> list[list[Item]]:
    """The items by ；group."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.segment.group, []).append(item)
    return list(groups.values())


def _state(said: str) -> str:
    """What state of progress the words say: done, going, behind, or nothing."""
    if _BEHIND.search(said):
        return "behind"
    if _GOING.search(said):
        return "going"
    return "done" if _DONE.search(said) and not _NESTED.search(said) else ""


# ---------------------------------------------------------------------------------------------- classes

_SORT = re.compile(
    r"按(?:照)?[^，；：]{1,12}?(?:分为?|划分为?|分类)(?:为|类)?(?:（■*）)?(?=$|[A-Z甲乙丙一])|(?:分为|划分为|分成)(?:[^，；\d]{0,4}类)?"
)


def _sorted(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`T项，按性质分：甲类A项，乙类B项；按级别分：…`."""
    found = [(s, m) for s in sentence.segments if (m := _SORT.search(s.text))]
    marks = [s.start + m.end() for s, m in found]
    for mark, limit in zip(marks, [*marks, sentence.end][1:], strict=True):
        before = [i for i in items if i.quantity.start < mark]
        parts = [i for i in items if mark <= i.quantity.start < limit]
        if not before or len(parts) < 2 or _ETC.search(sentence.flat):
            continue
        group = [p for p in parts if p.segment.group == parts[0].segment.group]
        whole = before[-1] if mark == marks[0] else before[0]
        if any(adds_up(w, ps) for w in before for ps in (parts, group)):
            yield _verdict(whole, parts, sentence, fits=True)
        elif _simple(whole, parts) and not any(_WITHIN.search(p.segment.text) for p in parts):
            yield _verdict(whole, parts, sentence, fits=False)


_TOTAL = re.compile(r"^(?:共计|合计|总计|总共|共)[^，]{0,6}$")


def _total_last(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`甲镇3个、乙镇4个，共计7个`: parts joined by 、 and their total after them."""
    last = items[-1]
    if len(items) < 3 or not _TOTAL.match(last.lead):
        return
    parts = items[:-1]
    listed = all(p.segment.stop == "、" for p in parts[:-1]) and parts[-1].segment.stop in {"，", "、"}
    bare = all(p.lead and len(p.lead) <= 20 and not _WITHIN.search(p.lead) for p in parts)
    follows = all(a.segment.end + 1 == b.segment.start for a, b in pairwise(items))
    if listed and bare and follows:
        yield _verdict(last, parts, sentence, adds_up(last, parts))


def _parallel(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`开展检查T次，其中甲开展检查A次，乙…B次，丙…C次`: parts that repeat the whole's own words.

    其中 promises no full list, so only a near miss is told, as something to look at.
    """
    for whole, parts in _inside(items, sentence, previous):
        alike = [p for n, p in enumerate(parts) if _repeats(whole, parts[: n + 1])]
        if adds_up(whole, parts) or (len(alike) >= 2 and adds_up(whole, alike)):
            yield _verdict(whole, parts if adds_up(whole, parts) else alike, sentence, fits=True)
        elif len(alike) >= 3 and not whole.quantity.ulp and _near(whole, alike):
            yield _verdict(whole, alike, sentence, fits=False, level=Level.WARNING)
        elif _both_sides(parts) and _simple(whole, parts[:2]):
            yield _verdict(whole, parts[:2], sentence, fits=False, level=Level.WARNING)


_PAIRS = """集中 分散|城[市镇] 农村,乡村|集体提案 委员,个人|主办 会办,协办|直办,直接办 转办|男 女|建议 提案|行政许可 行政处罚
    |线上 线下"""
_SIDES = tuple(tuple(re.compile(side.replace(",", "|")) for side in pair.split()) for pair in _PAIRS.split("|"))


def _both_sides(parts: Sequence[Item]) -> bool:
    """Are the first two parts the two sides of one thing (集中供养 / 分散供养), and the only ones?"""
    if len(parts) != 2 or any(p.quantity.ulp for p in parts):
        return False
    first, second = parts[0].lead[-8:], parts[1].lead[-8:]
    return any((a.search(first) and b.search(second)) or (b.search(first) and a.search(second)) for a, b in _SIDES)


def _inside(items: list[Item], sentence: Sentence, previous: Sentence | None) -> Iterator[tuple[Item, list[Item]]]:
    """Each whole with the parts that 其中 announces after it; lists that end in 等 are left alone."""
    if sentence.text.startswith("其中") and not _ETC.search(sentence.flat) and len(items) >= 2:
        yield from ((whole, items) for whole in _outside(items, sentence, previous))
    for group in _grouped(items):
        open_list = len(group) < 3 or _ETC.search(sentence.flat[group[1].segment.start - sentence.start :])
        if not open_list and group[1].segment.text.startswith("其中"):
            yield group[0], group[1:]


def _repeats(whole: Item, parts: Sequence[Item]) -> bool:
    """Does every part end its lead with the words that stand right before the whole (督导检查55次 / 督导检查13次)?"""
    words = _NOISE.sub("", whole.lead)[-4:]
    return len(words) >= 3 and all(p.lead.endswith(words[-3:]) and not p.tail for p in parts)


def _near(whole: Item, parts: Sequence[Item]) -> bool:
    return abs(whole.quantity.value - total(parts)) <= max(Decimal(2), whole.quantity.value / 20)


# ---------------------------------------------------------------------------------------------- brackets


def _brackets(sentence: Sentence) -> Iterator[Verdict]:
    """`5家（甲镇1家、乙镇4家）`: a bracket of nothing but parts right after its whole."""
    for inner in sentence.inner:
        whole = _just_before(sentence, inner)
        if whole is None or _WITHIN.search(inner.text) or _ETC.search(inner.flat):
            continue
        for parts in _bracket_parts(inner, whole):
            if not any(p.quantity.rough or p.quantity.each for p in parts):
                yield _verdict(whole, parts, sentence, adds_up(whole, parts))


def _just_before(sentence: Sentence, inner: Sentence) -> Item | None:
    """The quantity that the bracket explains: the last one in front of it, with at most a short noun between."""
    for segment in sentence.segments:
        if segment.start <= inner.start <= segment.end:
            before = [q for q in segment.quantities if q.end <= inner.start]
            if before and inner.start - before[-1].end <= 16 and not before[-1].rough:
                return next(i for i in _items(segment) if i.quantity is before[-1])
    return None


def _bracket_parts(inner: Sentence, whole: Item) -> Iterator[list[Item]]:
    """The list of parts, or one list for each 按…分 in the bracket; nothing where other text stands between."""
    lists: list[list[Item]] = [[]]
    for segment in inner.segments:
        own = [i for i in _items(segment) if i.quantity.unit == whole.quantity.unit]
        if _SORT.search(segment.text) and not own:
            lists.append([])
        elif len(own) == 1 and not _sequel(segment, own[0]) and own[0].lead:
            lists[-1].append(own[0])
        else:
            return
    yield from (parts for parts in lists if len(parts) >= 2)


def _sequel(segment: Segment, item: Item) -> bool:
    """Does more than the quantity end the segment (another number, a predicate)?"""
    return len(segment.numbers) > 1 or len(item.tail) > 4


# ---------------------------------------------------------------------------------------------- groups


def _groups(sentence: Sentence, previous: Sentence | None) -> Iterator[Verdict]:
    """`其中，甲类3项，完成7.47亿元；乙类…；丙类…`: where one measure of the groups adds up, the others must too."""
    if previous is None or not sentence.text.startswith("其中"):
        return
    measures = [m for m in _measures(previous, sentence) if not any(i.quantity.rough for i in (m[0], *m[1]))]
    right = [(whole, parts) for whole, parts in measures if adds_up(whole, parts)]
    explained = {id(p) for _, parts in right for p in parts}
    yield from (_verdict(whole, parts, sentence, fits=True) for whole, parts in right)
    for whole, parts in measures if right else ():
        if not any(id(p) in explained for p in parts):
            yield _verdict(whole, parts, sentence, fits=False)


def closed_by_counts(previous: Sentence, sentence: Sentence) -> bool:
    """Do the ；groups of a sentence, by a count of theirs, make up a whole of the sentence before?"""
    return any(not w.quantity.ulp and adds_up(w, parts) for w, parts in _measures(previous, sentence))


def _measures(previous: Sentence, sentence: Sentence) -> list[tuple[Item, list[Item]]]:
    """The first count of each unit and every amount of the sentence before, with the parts that each ；group gives."""
    groups, before = _grouped(all_items(sentence)), all_items(previous)
    firsts = {i.quantity.unit: i for i in reversed(before)}
    wholes = [i for i in before if i.quantity.ulp or firsts[i.quantity.unit] is i]
    return [m for m in (_measure(w, groups) for w in wholes) if m] if len(groups) >= 2 else []


def all_items(sentence: Sentence) -> list[Item]:
    """All quantities outside brackets, in order."""
    return [i for s in sentence.segments for i in _items(s)]


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
    return re.sub("[总共已的（）■]|累计|概算|其中|，", "", item.lead)[-4:]
