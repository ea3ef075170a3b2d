"""What a Chinese official text claims: its sentences, and the quantities, shares and brackets in them.

Everything is read from the folded text (spaces out, width and punctuation in one form), and every record keeps
its span there; `Folded.span` leads back to the text as typed. Numbers that count nothing here (dates, years, document
numbers, 第三批, all that stands in 《》 or “”) are covered before quantities are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tongbao.proof.paper import Paper
from tongbao.words.text import parse_chinese_number

# ---------------------------------------------------------------------------------------------- folding

_FULL = {chr(c + 0xFEE0): chr(c) for c in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]}
_FULL |= {
    "％": "%",
    "﹪": "%",
    "．": ".",
    "｡": "。",
    "﹙": "（",
    "﹚": "）",
    "﹐": "，",
    "﹑": "、",
    "﹔": "；",
    "﹕": "：",
}
_STOPS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_DROPPED = set(" \u3000\xa0\u2002\u2003\u2009\u200b\ufeff\r")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one form. `at[i]` is where character i stands in the text as typed; `at` has one entry more."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as typed."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (self.at[start], self.at[start])


def fold(text: str) -> Folded:
    """Spaces dropped, digits and letters half-width, punctuation full-width; `1,234` and `9:30` keep their signs."""
    chars, at = [], []
    for i, c in enumerate(text):
        if c in _DROPPED:
            continue
        if c == "\t":
            c = "\n"
        elif c in _FULL:
            c = _FULL[c]
        elif c in "·・" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
            c = "."
        elif c in _STOPS and not (c in ",:" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()):
            c = _STOPS[c]
        chars.append(c)
        at.append(i)
    return Folded("".join(chars), (*at, len(text)))


# ---------------------------------------------------------------------------------------------- covering

COVER, HOLE = "□", "■"  # what a covered character and a bracket's content are replaced by
_DIGIT = "[0-9〇零一二两三四五六七八九十百千]"
_DAY = r"(?:\d{1,2}(?:[日号]|(?=[-—–～~至到]))|上旬|中旬|下旬|中下旬|初|底|末|份)?"
_TIMES = re.compile(
    rf"""[〔\[（【]\d{{4}}[〕\]）】]第?\d+号
      | \d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}日?
      | (?:\d{{2,4}}|[一二〇零○]{{1,2}}[〇零○一二三四五六七八九]{{2,3}})年(?:度|前)?(?:\d{{1,2}}月{_DAY})?
      | \d{{1,2}}[-—–～~至、]\d{{1,2}}月{_DAY}
      | (?:\d{{1,2}}|[一二三四五六七八九十元]{{1,2}})月{_DAY}
      | \d{{1,2}}[日号](?!决|线)
      | \d{{1,2}}[:：]\d{{2}}
      | 第{_DIGIT}+(?:[、和至—-]第?{_DIGIT}+)*
      | [前后近]{_DIGIT}+(?=个?(?:月|季度|次|天|年|名|位|批))
      | [一二三四]季度
      | 十[一二三四五六七]五
      | [（(](?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[）)]
      | [A-Za-z][-A-Za-z]*\d[\w.-]*(?=[\u4e00-\u9fff])
      | \d+(?:\.\d+){{2,}}
    """,
    re.VERBOSE,
)
_PAIRS = {"《": "》", "“": "”", "〈": "〉", "「": "」", "『": "』"}


def covered(text: str) -> str:
    """The text with titles, quotations, dates and ordinals covered, character for character."""
    chars = list(text)
    for start, end in _quoted(text):
        keep = text[start] == "“" and end - start <= 10 and not re.search(rf"{_DIGIT}|[，。；：、]", text[start:end])
        for i in range(start + 1, end - 1):
            chars[i] = chars[i] if keep else COVER
    joined = "".join(chars)
    return _TIMES.sub(lambda m: COVER * len(m[0]), joined)


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost quotations and titles; one that is not closed within its line is none."""
    stack: list[tuple[int, str]] = []
    for i, c in enumerate(text):
        if c == "\n":
            stack.clear()
        elif c in _PAIRS:
            stack.append((i, _PAIRS[c]))
        elif stack and c == stack[-1][1]:
            start, _ = stack.pop()
            if not stack:
                yield start, i + 1


# ---------------------------------------------------------------------------------------------- quantities

# Things that are counted, and things that are measured: a count is exact, a measure is rounded in its last digit.
_COUNTED = (
    "人次|户次|家次|批次|台次|件次|车次|大项|子项|小项|分项|大类|个|项|件|家|户|处|条|宗|起|名|人|位|场|次|座|所|台|辆|套|栋|幢|间|份|期|批"
    "|类|篇|张|册|支|只|头|株|笔|单|例|块|段|孔|眼|口|艘|部|幅|面|根|枚|片|棵|本|卷"
)
_MEASURED = (
    "亿元|万元|元|平方公里|平方千米|平方米|立方米|公里|千米|米|万亩|亩|公顷|吨|公斤|千克|斤|千瓦时|千瓦|度|分|平方|方"
)
COUNTED = frozenset(_COUNTED.split("|"))
MEASURED = frozenset(_MEASURED.split("|"))
_UNITS = "|".join(sorted({*COUNTED, *MEASURED}, key=len, reverse=True))
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十][〇零一二两三四五六七八九十百千]*"
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<sign>-)?(?:(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE}))"
    rf"(?P<scale>万亿|[百千]?[万亿]|[十百千])?(?P<some>余|多|几|来)?(?:(?P<points>个?百分点)|%|(?P<unit>{_UNITS})(?P<more>余|多)?)",
    re.ASCII,
)
_BEFORE = re.compile(
    r"(?:约|(?<![附最邻])近|超|逾|超过|将近|大约|大概|接近|至少|不少于|不低于|不超过|不足|最多|突破|仅?剩?约)(?:为|达)?$"
)
_AFTER = re.compile(r"(?:[\u4e00-\u9fff]{0,4})?(?:以上|以下|以内|左右|上下|之多|不等)")
_SCALE = {None: 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
_SCALE |= {"亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `value` is in the base unit (8.9亿元 → 890000000 元), `ulp` the worth of its last digit.

    `ulp` is 0 for a plain count. `rough`: said to be approximate (约, 余, 以上, a range). `each`: 各3件.
    """

    value: Decimal
    unit: str
    ulp: Decimal
    start: int
    end: int
    text: str
    rough: bool = False
    each: bool = False

    @property
    def shown(self) -> str:
        """The number with its unit, as printed."""
        return self.text


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage as printed (or percentage points), with its number of decimals."""

    value: Decimal
    decimals: int
    start: int
    end: int
    text: str
    rough: bool = False
    points: bool = False

    @property
    def ulp(self) -> Decimal:
        """The worth of the last printed digit."""
        return Decimal(1).scaleb(-self.decimals)


def numbers(text: str) -> Iterator[Quantity | Share]:
    """All quantities and shares of a covered text, in order."""
    for match in _QUANTITY.finditer(text):
        number = _value(match)
        if number is None:
            continue
        before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 7]
        rough = bool(
            match["some"] or match["more"] or _BEFORE.search(before) or _AFTER.match(after) or _in_range(text, match)
        )
        decimals = len((match["arabic"] or "").partition(".")[2])
        if match["unit"] is None:
            value = -number if match["sign"] else number
            yield Share(value, decimals, *match.span(), match[0], rough, match["points"] is not None)
        elif not match["sign"]:
            yield _quantity(match, number, decimals, rough, before)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["arabic"]:
        return Decimal(match["arabic"].replace(",", ""))
    parsed = parse_chinese_number(match["chinese"])
    return Decimal(parsed) if parsed is not None and parsed > 1 else None


def _quantity(match: re.Match[str], number: Decimal, decimals: int, rough: bool, before: str) -> Quantity:
    unit, scale = match["unit"], Decimal(_SCALE.get(match["scale"], 1))
    for prefix in ("亿", "万"):
        if unit in {"亿元", "万元", "万亩"} and unit.startswith(prefix):
            unit, scale = unit[1:], scale * _SCALE[prefix]
    exact = unit in COUNTED and scale == 1
    ulp = Decimal(0) if exact else scale.scaleb(-decimals)
    each = before.endswith(("各", "每", "均", "都"))
    return Quantity(number * scale, unit, ulp, *match.span(), match[0], rough, each)


def _in_range(text: str, match: re.Match[str]) -> bool:
    """Is this one end of a range (3—5个, 3至5个)?"""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 2]
    joined = before != "" and before in "-—–～~至到" and text[max(0, match.start() - 2) : match.start() - 1].isdigit()
    return joined or re.match(r"[-—–～~至]\d", after) is not None


# ---------------------------------------------------------------------------------------------- sentences


@dataclass(frozen=True)
class Segment:
    """A stretch between two commas (or 、 after a quantity, ； ：): `stop` is the sign that ends it.

    `text` is the covered text with the content of its brackets as holes. `group` counts the ； before it.
    """

    text: str
    start: int
    stop: str
    group: int

    @cached_property
    def numbers(self) -> tuple[Quantity | Share, ...]:
        """Quantities and shares, with spans in the paragraph."""
        return tuple(_moved(n, self.start) for n in numbers(self.text))

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities among the numbers."""
        return tuple(n for n in self.numbers if isinstance(n, Quantity))

    @property
    def shares(self) -> tuple[Share, ...]:
        """The percentages among the numbers (no percentage points)."""
        return tuple(n for n in self.numbers if isinstance(n, Share) and not n.points)

    def before(self, number: Quantity | Share) -> str:
        """The segment's text in front of a number."""
        return self.text[: number.start - self.start]

    @property
    def end(self) -> int:
        """Where the segment ends in the paragraph, its stop not counted."""
        return self.start + len(self.text)


def _moved(number: Quantity | Share, by: int) -> Quantity | Share:
    if isinstance(number, Share):
        return Share(
            number.value, number.decimals, number.start + by, number.end + by, number.text, number.rough, number.points
        )
    q = number
    return Quantity(q.value, q.unit, q.ulp, q.start + by, q.end + by, q.text, q.rough, q.each)


@dataclass(frozen=True)
class Sentence:
    """From one full stop to the next. `text` is covered, `start` its place in the folded paragraph."""

    text: str
    start: int
    paragraph: int

    @cached_property
    def flat(self) -> str:
        """The text with the content of brackets as holes."""
        chars = list(self.text)
        for start, end in brackets(self.text):
            chars[start + 1 : end - 1] = HOLE * (end - start - 2)
        return "".join(chars)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in order."""
        return tuple(_segments(self.flat, self.start))

    @property
    def inner(self) -> Iterator[Sentence]:
        """The contents of the outermost brackets, each as a sentence of its own."""
        for start, end in brackets(self.text):
            yield Sentence(self.text[start + 1 : end - 1], self.start + start + 1, self.paragraph)

    @property
    def end(self) -> int:
        """Where the sentence ends in the paragraph."""
        return self.start + len(self.text)


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost full-width brackets, the brackets included."""
    depth, start = 0, 0
    for i, c in enumerate(text):
        if c == "（":
            depth, start = depth + 1, start if depth else i
        elif c == "）" and depth:
            depth -= 1
            if not depth:
                yield start, i + 1


def _segments(flat: str, offset: int) -> Iterator[Segment]:
    """Cuts at ，；： and at a 、 that follows a quantity."""
    begin, group = 0, 0
    for match in re.finditer("[，；：、]|$", flat):
        piece = flat[begin : match.start()]
        if piece == "其中" or (match[0] == "、" and not any(True for _ in numbers(piece))):
            continue
        if piece:
            yield Segment(piece, offset + begin, match[0], group)
        begin, group = match.end(), group + (match[0] == "；")


def sentences(folded: str, paragraph: int) -> list[Sentence]:
    """The sentences of a folded paragraph, dates and quotations covered."""
    text, begin, found = covered(folded), 0, []
    for match in re.finditer(r"[。！？\n]|$", text):
        if text[begin : match.start()]:
            found.append(Sentence(text[begin : match.start()], begin, paragraph))
        begin = match.end()
    return found


# ---------------------------------------------------------------------------------------------- a whole paper


@dataclass(frozen=True)
class Reading:
    """A paper with its paragraphs folded and cut into sentences, which is what every check is given."""

    paper: Paper
    folded: tuple[Folded, ...]
    sentences: tuple[tuple[Sentence, ...], ...]

    @property
    def numbers(self) -> Iterator[tuple[int, Quantity | Share]]:
        """(paragraph, number) for every quantity and share of the paper, those in brackets too."""
        for paragraph in self.sentences:
            for sentence in paragraph:
                for number in numbers(sentence.text):
                    yield sentence.paragraph, _moved(number, sentence.start)


def read_claims(paper: Paper) -> Reading:
    """Folds and cuts every paragraph of the paper."""
    folded = tuple(fold(p.text) for p in paper.paragraphs)
    cut = tuple(tuple(sentences(f.text, i)) for i, f in enumerate(folded))
    return Reading(paper, folded, cut)
