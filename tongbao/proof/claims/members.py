"""Lists of names against the number that announces them.

A name may hold a 、 of its own and two names may be joined by 和, so a list has a least and a most number of members.
It is judged wrong only where no way of counting gives the announced number and the names are plainly of one sort.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from tongbao.model import Level
from tongbao.proof.claims.name_lists import Names, cut, is_name_list, is_open, list_text, names
from tongbao.proof.claims.partition import Item, all_items
from tongbao.proof.text.sentences import Reading, Sentence
from tongbao.proof.verdicts import Statement
from tongbao.words.measures import COUNTED
from tongbao.words.numbers import Quantity, numbers
from tongbao.words.text import chinese_number, parse_chinese_number

CODE, EMPTY = "list", "list-empty"
_FIX = "请核对名单和数字：补上漏列的，删去多列的，或改正数字。"


def lists(reading: Reading) -> Iterator[Statement]:
    """Every list with an announced number: 分别为, (A、B), A、B等N个, numbered items, and headings with (N项)."""
    for p, paragraph in enumerate(reading.sentences):
        for sentence in paragraph:
            yield from _after_count(sentence)
            yield from _before_count(sentence)
            yield from _in_apposition(sentence)
            yield from _in_brackets(sentence)
            yield from _empty(sentence)
        yield from _under_heading(reading, p)
        yield from _numbered_below(reading, p)
        yield from _points(reading, p)


# ---------------------------------------------------------------------------------------------- a list and its number


def _wrong(count: int, found: Names) -> bool:
    """Can the list not have this many members, however it is counted?"""
    if len(found.parts) < 2:
        return False
    if count > max(found.most, len(found.parts)):
        return True
    return count < len(found.parts) and found.alike


def _statement(sentence: Sentence, item: Item, end: int, found: Names, *, wrong: bool) -> Statement:
    q = item.quantity
    judged = ((q.start, q.end),)
    start = min(item.segment.start, q.start)
    if not wrong:
        return Statement(CODE, sentence.paragraph, start, end, judged=judged)
    # Twelve characters of a name are enough to find it in the list.
    shown = "、".join(p if len(p) <= 12 else p[:11] + "…" for p in found.parts)
    says = f"写的是 {q.text}，列出的是 {len(found.parts)} 个"
    why = f"列出的有：{shown}，共 {len(found.parts)} 个，与 {q.text} 不符。"
    return Statement(CODE, sentence.paragraph, start, end, Level.ERROR, says, why, _FIX, judged)


# ---------------------------------------------------------------------------------------------- after the count

# What opens a list after its number: 分别为, 具体为：, 名单如下：, a colon, and 为 or 是 after an area
# (排名靠后的3个镇为青石镇、柳河镇). 为 alone after other words is the verb of any sentence. A list opened by 有 or by
# a dash is missed.
_MARK = re.compile(
    r"分别(?:为|是)[：:]?|(?<=[个项件家处户条])(?:具体)?(?:为|是)[：:]|(?:具体|名单)(?:为|是|如下)?："
    r"|(?<=[个项件家处户条所名])：|(?<=[镇乡县区局村])(?:为|是)(?=[^，。；]*、)|："
)


def _after_count(sentence: Sentence) -> Iterator[Statement]:
    """`新增完成的5项分别为：A、B、C、D、E`."""
    for match in _MARK.finditer(sentence.flat):
        at = sentence.start + match.end()
        item = _announced(sentence, sentence.start + match.start())
        text = list_text(sentence.flat[match.end() :])
        # A member that begins with a digit or a covered ordinal (第3、7、11件) is a number, not a name.
        if item is None or not text or is_open(text) or re.search(r"(?:^|[，；、])[\d□]", text):
            continue
        found = cut(text)
        count = int(item.quantity.value)
        if found is None or not _opens(match, item, found, sentence):
            continue
        # A list off by more than a third (by two in short ones) is another list: 9项 before two names is left alone,
        # before six it is told. The cost: a number with a wrong first digit is missed.
        wrong = _wrong(count, found) and abs(count - len(found.parts)) <= max(2, count // 3)
        if wrong or len(found.parts) <= item.quantity.value <= found.most or len(found.parts) == item.quantity.value:
            yield _statement(sentence, item, at + len(text), found, wrong=wrong)


def _opens(match: re.Match[str], item: Item, found: Names, sentence: Sentence) -> bool:
    """Does the mark open a list of the announced things? Without 分别 only names of the sort that was counted do."""
    # Twelve characters between number and mark: 以下2个单位被通报批评：; in 在今年以来历次督查中均被多次通报批评： the
    # list may answer another word. Two characters miss two wrong numbers of pairs.txt.
    near = sentence.start + match.start() - item.quantity.end <= 12
    if match[0].startswith("分别"):
        return match[0].endswith("：") or (near and len(found.parts) > 1)
    if match[0] in {"：", "为", "是"} and not re.search("[个项件家处户条所名]$", sentence.flat[: match.start()]):
        return near and found.alike and _one_noun(found, item.tail[:8])
    return True


def _announced(sentence: Sentence, before: int) -> Item | None:
    """The last exact count before the mark, in its segment or the one before it."""
    earlier = [i for i in all_items(sentence) if i.quantity.end <= before]
    # 24 characters take 下列5个乡镇进展滞后，分别是 with room to spare (four miss six wrong numbers of pairs.txt);
    # after a longer clause the list may be of something else. Set by feel.
    if not earlier or before - earlier[-1].quantity.end > 24:
        return None
    last = earlier[-1]
    twice = len([i for i in earlier if i.segment is last.segment]) > 1
    return None if twice or not _is_count(last.quantity) else last


def _is_count(quantity: Quantity) -> bool:
    """A plain count of things that a list can name."""
    whole = quantity.value == quantity.value.to_integral_value()
    # Times, periods, copies and the like are not named one by one: 检查学校3次分别是：青石小学、柳河小学 names
    # schools.
    listable = quantity.unit in COUNTED and quantity.unit not in {"次", "人次", "期", "份", "场", "批次", "大类"}
    # Nobody lists more than 60 names in a sentence; a larger number before names is a whole of which some are named.
    # Set by feel.
    return whole and listable and not quantity.rough and not quantity.each and 0 < quantity.value <= 60


# ---------------------------------------------------------------------------------------------- before the count

# The 等 between names and their number.
_SUCH = re.compile(r"等(?=[0-9一二三四五六七八九十])")
# Where a list of names begins: after a stop, 的, or a verb or preposition (涉及, 对, 由). A word that is missing here
# makes the first name longer, not the list. The cost: 有 or 对 inside a name (对外贸易局) cuts it short, and names
# before it are lost.
_EDGE = re.compile(r"[，；：。的]|涉及|包括|推进|实施|完成|建设了|建成了|负责|组织|其中|以及|有|对|在|由|向|是|为")


def _before_count(sentence: Sentence) -> Iterator[Statement]:
    """`甲镇、乙镇、丙镇等2个镇`: more names than the number. Fewer are no fault: 等 leaves the list open."""
    for match in _SUCH.finditer(sentence.flat):
        at = sentence.start + match.end()
        items = [i for i in all_items(sentence) if i.quantity.start == at]
        if not items or not _is_count(items[0].quantity) or re.match(r"\d", items[0].tail[:1]):
            continue
        head = sentence.flat[: match.start()]
        edges = list(_EDGE.finditer(head))
        text = head[edges[-1].end() :] if edges else head
        found = names(text)
        noun = items[0].tail[:8]
        alike = found.alike and _one_noun(found, noun) and not items[0].segment.text[-1:].isdigit()
        if alike and len(found.parts) >= items[0].quantity.value:
            crowded = len(found.parts) > items[0].quantity.value and _next_is_text(items[0])
            if crowded or len(found.parts) == items[0].quantity.value:
                yield _statement(sentence, items[0], items[0].quantity.end, found, wrong=crowded)


def _in_apposition(sentence: Sentence) -> Iterator[Statement]:
    """`甲镇、乙镇、丙镇3个镇`: names and their number side by side, every name ending like the noun."""
    for item in all_items(sentence):
        noun = re.match("(?:乡镇|街道|社区|[镇乡村县局])", item.tail)
        head = sentence.flat[: item.quantity.start - sentence.start]
        if noun is None or not _is_count(item.quantity) or not head.endswith(noun[0][-1]):
            continue
        edges = list(_EDGE.finditer(head))
        found = names(head[edges[-1].end() :] if edges else head)
        count = int(item.quantity.value)
        same = len(found.parts) > 1 and all(p.endswith(noun[0][-1]) for p in found.parts)
        # One name more or less, or one in four: 到青石镇、柳河镇5个镇 may be two of the five.
        if same and _next_is_text(item) and abs(count - len(found.parts)) <= max(1, count // 4):
            wrong = count > max(found.most, len(found.parts)) or count < len(found.parts)
            yield _statement(sentence, item, item.quantity.end, found, wrong=wrong)


def _one_noun(found: Names, noun: str) -> bool:
    """Does the noun after the number name what the names end in (镇 / 甲镇、乙镇)?"""
    return any(noun.startswith(p[-1]) or p[-2:] in noun for p in found.parts) or bool(re.match("部门|单位|项目", noun))


def _next_is_text(item: Item) -> bool:
    """No second quantity follows at once (2个镇3个村 would count something else too)."""
    later = [n for n in item.segment.numbers if n.start >= item.quantity.end]
    # Six characters hold a verb and a noun (2个镇建成了公共厕所5个); in 2个镇5个村 the names may be of villages.
    return not later or later[0].start - item.quantity.end > 6


# ---------------------------------------------------------------------------------------------- in brackets


def _in_brackets(sentence: Sentence) -> Iterator[Statement]:
    """`3项（A、B、C）`, `2个项目未开工建设（A、B）`."""
    for inner in sentence.inner:
        item = _announced(sentence, inner.start - 1)
        if item is None or not is_name_list(inner.flat):
            continue
        found = names(inner.flat)
        count = int(item.quantity.value)
        if len(found.parts) == count:
            yield _statement(sentence, item, inner.end, found, wrong=False)
        # As above, one more or less or one in four: a bracket of two names after 9个 gives examples.
        elif found.alike and _wrong(count, found) and abs(count - len(found.parts)) <= max(1, count // 4):
            yield _statement(sentence, item, inner.end, found, wrong=True)


def _empty(sentence: Sentence) -> Iterator[Statement]:
    """`0项分别为：`: a sentence about nothing."""
    # Ten characters between the two: further off, as in 0项，需加快推进的3项是重点，前三项分别为, the list is of
    # another number.
    for match in re.finditer(r"(?<![\d.,])(?:0|零)[项件个家户处条名](?=[^；]{0,10}分别[为是])", sentence.flat):
        start = sentence.start + match.start()
        says = f"“{match[0]}”后面还有“分别为”"
        span = (start, start + len(match[0]))
        yield Statement(
            EMPTY, sentence.paragraph, sentence.start, sentence.end, Level.ERROR, says,
            "数目是零，没有可以列举的内容。", "请删去这句话，或改正数字。", (span,),
        )  # fmt: skip


# ---------------------------------------------------------------------------------------------- under a heading

# A heading of up to 24 characters with its number in a bracket at the end: 未开工项目（2项）. Longer lines are
# sentences. The names below end in a noun for works, within 44 characters, and a comma: other names are not counted.
_HEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?)?[^，。；：（）]{2,24}（[^（），。；]{0,6}?\d+[项件个家处]）[：:]?$"
)
_NAME = r"[\u4e00-\u9fff（）“”《》■□A-Za-z0-9·、—-]{2,44}?(?:项目|工程|工作|系统|平台|基地|园区|产业园|中心)"
_STATEMENT = re.compile(rf"^{_NAME}(?:（■*）)?[，：,:]")


def _under_heading(reading: Reading, p: int) -> Iterator[Statement]:
    """`未开工项目（2项）` and, below it, one paragraph of statements joined by ；, each beginning with a name."""
    text = reading.folded[p].text
    if not _HEADING.match(text) or p + 1 >= len(reading.sentences):
        return
    heading = reading.sentences[p][0]
    count = [n for n in numbers(text) if isinstance(n, Quantity)]
    below = reading.folded[p + 1].text
    flat = Sentence(below, 0, p + 1).flat
    statements = [s for s in flat.rstrip("。").split("；") if s]
    if len(count) != 1 or not statements or not all(_STATEMENT.match(s) for s in statements):
        return
    parts = tuple(m[0][:-1] for s in statements if (m := _STATEMENT.match(s)))
    if re.search(r"等\d+[项个]", flat) or any(any(True for _ in numbers(x)) for x in parts) or len(parts) < 2:
        return
    q = count[0]
    item = Item(q, heading.segments[0], "", "")
    wrong = q.value != len(parts)
    yield _statement(heading, item, len(text), Names(parts, len(parts)), wrong=wrong)


# A paragraph that ends so announces the numbered paragraphs below it.
_ANNOUNCES = re.compile(r"(?:分别(?:为|是)|如下|具体(?:为|是|情况)?)[：:]?[。]?$|[项个件条]：$")
_ITEM = re.compile(r"^（?(\d{1,2})(?:[.．、](?!\d)|）)")


def _numbered_below(reading: Reading, p: int) -> Iterator[Statement]:
    """`…3项，具体如下：` and, below it, paragraphs numbered 1. 2. 3."""
    if not reading.sentences[p] or not _ANNOUNCES.search(reading.folded[p].text):
        return
    sentence = reading.sentences[p][-1]
    item = _announced(sentence, sentence.end)
    run = _run(reading, p + 1)
    if item is None or len(run) < 2:
        return
    found = Names(tuple(run), len(run))
    # One more or less, or one in four: three paragraphs below 9项 are another list (see `_after_count`).
    near = abs(int(item.quantity.value) - len(run)) <= max(1, len(run) // 4)
    if len(run) == item.quantity.value or near:
        yield _statement(sentence, item, sentence.end, found, wrong=len(run) != item.quantity.value)


def _run(reading: Reading, start: int) -> list[str]:
    """The texts of the paragraphs numbered 1, 2, 3 … from here on; empty where one is skipped."""
    found: list[str] = []
    for index in range(start, len(reading.folded)):
        match = _ITEM.match(reading.paper.paragraphs[index].label + reading.folded[index].text)
        if match is None or int(match[1]) != len(found) + 1:
            break
        found.append(reading.folded[index].text[match.end() : match.end() + 12])
    return found


# Six characters between 方面 and the colon: 三个方面的问题：一是. 三个方面需要引起高度重视的问题：一是 is missed.
_POINTS = re.compile(r"(?P<count>[二三四五六七八九十]|\d)个?(?:方面|点|条|项)[\u4e00-\u9fff]{0,6}[：:]一是")
_POINT = re.compile(r"(?:^|[。；：，\n])([一二三四五六七八九十])是")


def _points(reading: Reading, p: int) -> Iterator[Statement]:
    """`四个方面问题：一是…；二是…；三是…`: the points that follow in the paragraph, and in those after it."""
    # At most eleven paragraphs further, more than 十是 needs; only a list that runs from 一是 without a gap is judged.
    text = reading.folded[p].text
    for match in _POINTS.finditer(text):
        below = [f.text for f in reading.folded[p + 1 : p + 12]]
        rest = text[match.end() - 3 :] + "".join("\n" + t for t in takewhile(lambda t: _POINT.match(t), below))
        told = [parse_chinese_number(m[1]) for m in _POINT.finditer(rest)]
        run = [n for i, n in enumerate(told, 1) if told[:i] == list(range(1, i + 1))]
        number = match["count"]
        count = int(number) if number.isdecimal() else parse_chinese_number(number)
        if count and len(run) == len(told) >= 2:
            yield _pointed(p, match, len(run), right=count == len(run))


def _pointed(paragraph: int, match: re.Match[str], told: int, *, right: bool) -> Statement:
    number, span = match["count"], (match.span("count"),)
    if right:
        return Statement(CODE, paragraph, match.start(), match.end() - 2, judged=span)
    says = f"写的是 {number} 个，下面列到“{chinese_number(told)}是”"
    why = f"一是至{chinese_number(told)}是，共 {told} 条，与 {number} 不符。"
    return Statement(CODE, paragraph, match.start(), match.end() - 2, Level.ERROR, says, why, _FIX, span)
