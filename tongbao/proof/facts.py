"""What in a text can be true or false: its numbers, dates and units, as tokens among the words around them.

Two spellings of one fact give one value: 23项 and 二十三项, 30.83亿元 and 308300万元, 94% and 百分之九十四, a unit and
its short name. Everything is read from the folded text (see `claims.fold`), where spaces are out and width is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from tongbao.proof.claims import COUNTED, MEASURED, fold
from tongbao.words.text import parse_chinese_number
from tongbao.words.unitnames import place_in_front

Value: TypeAlias = str | Decimal | tuple[int | str | None, ...]


class Sort(Enum):
    """What a token is. A weak number (一个) is part of a phrase more often than it counts anything."""

    NUMBER = auto()
    WEAK = auto()
    DATE = auto()
    UNIT = auto()
    WORD = auto()
    STOP = auto()


FACTS = frozenset({Sort.NUMBER, Sort.DATE, Sort.UNIT})


class Token(NamedTuple):  # not a dataclass: there is one for every character of a paper
    """A piece of a folded text. `measure`: what a number counts in (empty for things); `ulp`: its last digit."""

    sort: Sort
    text: str
    start: int
    end: int
    value: Value = ""
    measure: str = ""
    ulp: Decimal = Decimal(0)

    @property
    def face(self) -> str:
        """What it looks like to one who overlooks values: all numbers are alike, all dates are alike."""
        if self.sort in (Sort.NUMBER, Sort.WEAK):
            return "%" if self.measure == "%" else "#"
        return "@" if self.sort is Sort.DATE else str(self.value) if self.sort is Sort.UNIT else self.text


# ---------------------------------------------------------------------------------------------- numbers

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[〇零○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+"
_COUNTERS = "|".join(sorted({*COUNTED, *MEASURED, "成"}, key=len, reverse=True))
# After a Chinese numeral fewer words count: 十分, 一起, 四方 are words of their own.
_SPOKEN = "|".join(
    sorted({*COUNTED, *MEASURED, "天", "周", "年", "个月", "小时", "种", "成"} - set("分度方起部位面口头斤"), key=len)[
        ::-1
    ]
)
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
_SCALES |= {"亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
_NUMBER = rf"""
      百分之(?P<percent>{_ARABIC}|{_CHINESE})
    | (?P<below>{_CHINESE})分之(?P<above>{_CHINESE})
    | 第(?P<ordinal>{_ARABIC}|{_CHINESE})
    | (?P<sign>(?<![0-9A-Za-z年月日号度）])-)?(?P<arabic>{_ARABIC})
      (?P<scale>万亿|[百千]?[万亿]|[百千](?![米克瓦伏赫]))?[余多几]?(?P<counter>%|个?百分点|{_COUNTERS})?
    | (?P<spoken>{_CHINESE})(?P<large>万亿|[万亿])?[余多]?(?P<said>个?百分点|{_SPOKEN})
"""

# ---------------------------------------------------------------------------------------------- dates

_YEAR = r"\d{4}|[一二〇零○][〇零○一二三四五六七八九]{3}"
_MONTH = r"\d{1,2}|十[一二]?|[元正一二三四五六七八九]"
_DAY = r"[上中下]旬|中下旬|初|底|末|(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_DATE = rf"""
      (?P<iso>\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})日?
    | (?<!\d)(?:(?P<year>{_YEAR})年度?)?(?P<half>[上下]半年|第?[一二三四1-4]季度)
    | (?<!\d)(?P<only_year>{_YEAR})年(?!.{{0,2}}月)
    | (?<!\d)(?:(?P<of_year>{_YEAR})年)?(?<![\d.])(?P<month>{_MONTH})月份?(?P<day>{_DAY})?
    | (?<![\d.])(?P<only_day>\d{1, 2})日
"""
_WORDS = r"(?P<words>[^\W\dA-Za-z〇零○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟元正上下第]+)"  # begin no fact
_TOKEN = re.compile(
    rf"{_WORDS}|(?P<date>{_DATE})|(?P<number>{_NUMBER})|(?P<latin>[A-Za-z]+)|(?P<stop>[^\w%])|(?P<word>.)",
    re.VERBOSE | re.DOTALL,
)


class Reader:
    """Reads texts with the units of one office: every name, short name, and name without the place in front."""

    def __init__(self, units: Iterable[Sequence[str]] = ()) -> None:
        self._units: dict[str, str] = {}
        for spelling, owners in _spellings(units).items():
            if len(owners) == 1:
                self._units[spelling] = next(iter(owners))
        self._folded = {full: fold(full).text for full in self._units.values()}
        self._short: dict[str, str | None] = {}  # what names have turned out to abbreviate
        self._by_head: dict[str, list[str]] = {}
        for spelling in sorted(self._units, key=len, reverse=True):
            self._by_head.setdefault(spelling[:2], []).append(spelling)

    def tokens(self, folded: str) -> tuple[Token, ...]:
        """The tokens of a folded text, without a gap."""
        return tuple(self._tokens(folded))

    def canonical(self, folded: str) -> str:
        """A text in one spelling: units by their full names, numbers by their values, no punctuation."""
        return "".join(self._spelt(token) for token in self.tokens(folded))

    def _spelt(self, token: Token) -> str:
        if token.sort is Sort.STOP:
            return ""
        if isinstance(token.value, Decimal):
            return f"{token.value.normalize():f}{token.measure}"
        return token.text if token.value == "" else str(token.value)

    def masked(self, folded: str) -> str:
        """The same with all numbers alike, and all dates."""
        return "".join(t.face for t in self.tokens(folded) if t.sort is not Sort.STOP)

    def unit(self, name: str) -> str | None:
        """The unit that a folded name means; an abbreviation of a single one will do (发改委 for 发展和改革委员会)."""
        if name in self._units:
            return self._units[name]
        if name not in self._short:
            near = {full for full, folded in self._folded.items() if _abbreviates(name, folded)}
            self._short[name] = near.pop() if len(near) == 1 else None
        return self._short[name]

    def _tokens(self, text: str) -> Iterator[Token]:
        done = 0
        for start, end in self._named(text):
            yield from _plain(text, done, start)
            yield Token(Sort.UNIT, text[start:end], start, end, self._units[text[start:end]])
            done = end
        yield from _plain(text, done, len(text))

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(text) - 1:
            known = self._by_head.get(text[at : at + 2], ())
            spelling = next((s for s in known if text.startswith(s, at)), "")
            if spelling:
                yield at, at + len(spelling)
            at += len(spelling) or 1


def _spellings(units: Iterable[Sequence[str]]) -> Mapping[str, set[str]]:
    """All spellings, each with the units that it may mean."""
    found: dict[str, set[str]] = {}
    for names in units:
        for name in names:
            folded = fold(name).text
            places = (folded[cut:] for cut in range(1, 7) if place_in_front(folded[cut:], folded))
            for spelling in (folded, *places):
                if len(spelling) > 1:
                    found.setdefault(spelling, set()).add(names[0])
    exact = {fold(name).text: {names[0]} for names in units for name in names}
    return found | exact


def _abbreviates(short: str, name: str) -> bool:
    """Do all characters of a short name stand in the long one in order, the last of them at its end?"""
    letters = iter(name)
    ends = name.removesuffix("员会")
    return 2 < len(short) < len(name) and ends.endswith(short[-1]) and all(letter in letters for letter in short)


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        if match["words"]:
            for at, letter in enumerate(match[0], match.start()):
                yield Token(Sort.WORD, letter, at, at + 1)
        elif match["date"]:
            yield Token(Sort.DATE, match[0], *match.span(), _date(match))
        elif match["number"]:
            yield _number(match)
        else:
            yield Token(Sort.STOP if match["stop"] else Sort.WORD, match[0], *match.span())


def _number(match: re.Match[str]) -> Token:
    if match["below"]:
        return Token(Sort.NUMBER, match[0], *match.span(), f"{match['above']}/{match['below']}")
    typed = match["percent"] or match["ordinal"] or match["arabic"] or match["spoken"]
    value = _parsed(typed)
    if value is None:
        return Token(Sort.WORD, match[0], *match.span())
    counter = match["counter"] or match["said"] or ""
    scale = _SCALES[match["scale"] or match["large"] or ""]
    measure, factor = _measure("%" if match["percent"] else counter)
    ulp = Decimal(scale * factor).scaleb(-len(typed.partition(".")[2])) if measure or scale > 1 or "." in typed else 0
    value *= scale * factor * (-1 if match["sign"] else 1)
    weak = bool(match["spoken"]) and value == 1
    return Token(Sort.WEAK if weak else Sort.NUMBER, match[0], *match.span(), value, measure, Decimal(ulp))


def _parsed(typed: str) -> Decimal | None:
    if typed[0].isascii():
        return Decimal(typed.replace(",", ""))
    value = parse_chinese_number(typed)
    return None if value is None else Decimal(value)


def _measure(counter: str) -> tuple[str, int]:
    """What is counted in, and how many of it: nothing for things, 元 for money, ％ for shares (一成 is 10%)."""
    if counter == "成":
        return "%", 10
    if counter.endswith("百分点"):
        return "百分点", 1
    for large, factor in (("亿", 10**8), ("万", 10**4)):
        if counter.startswith(large):
            return counter[1:], factor
    return ("", 1) if counter in COUNTED else (counter, 1)


def _date(match: re.Match[str]) -> Value:
    """(year, month, day) with None where it is not said; 季度 and 半年 stand in the place of the month."""
    if match["iso"]:
        return tuple(int(part) for part in re.split("[-./]", match["iso"]))
    if match["only_day"]:
        return None, None, int(match["only_day"])
    year = _spelt(match["year"] or match["only_year"] or match["of_year"])
    if match["half"]:
        half = match["half"].removeprefix("第")
        return year, f"{_spelt(half[0]) or half[0]}{half[1:]}", None
    month = 1 if match["month"] in ("元", "正") else _spelt(match["month"])
    day = match["day"] or ""
    return year, month, _spelt(day[:-1]) if day.endswith(("日", "号")) else "底" if day == "末" else day or None


def _spelt(typed: str | None) -> int | None:
    if not typed:
        return None
    return int(typed) if typed.isascii() else parse_chinese_number(typed)


# ---------------------------------------------------------------------------------------------- comparing


class Match(Enum):
    """How two facts of one sort compare: the same, the same but for rounding or a part left out, or not the same."""

    SAME = auto()
    ROUNDED = auto()
    OTHER = auto()


def compare(printed: Token, edited: Token) -> Match:
    """How an edited number or date stands to the printed one."""
    if printed.sort is Sort.DATE or edited.sort is Sort.DATE:
        return _compare_dates(printed.value, edited.value)
    if isinstance(printed.value, str) or isinstance(edited.value, str):
        return Match.SAME if printed.value == edited.value else Match.OTHER
    if not (isinstance(printed.value, Decimal) and isinstance(edited.value, Decimal)):
        return Match.OTHER
    if printed.measure != edited.measure and (printed.measure or edited.measure) in ("%", "百分点"):
        return Match.OTHER
    if printed.measure and edited.measure and printed.measure != edited.measure:
        return Match.OTHER
    if printed.value == edited.value:
        return Match.SAME
    if "余" in edited.text or "多" in edited.text:
        return Match.ROUNDED if 0 <= printed.value - edited.value < _step(edited.value) else Match.OTHER
    rounded = edited.ulp > printed.ulp and abs(printed.value - edited.value) * 2 <= edited.ulp
    return Match.ROUNDED if rounded else Match.OTHER


def _step(value: Decimal) -> Decimal:
    """What a round number is rounded to: 50 to tens, 1300 to hundreds."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _compare_dates(printed: Value, edited: Value) -> Match:
    """A date may lose its year (2022年2月7日 → 2月7日) or get one; all that both say must agree."""
    if not (isinstance(printed, tuple) and isinstance(edited, tuple)):
        return Match.OTHER
    if printed == edited:
        return Match.SAME
    (year, *rest), (other, *others) = printed, edited
    return Match.SAME if rest == others and any(rest) and (year is None or other is None) else Match.OTHER


# ---------------------------------------------------------------------------------------------- words that matter

_NEGATIONS = re.compile("没有|尚未|未能|不再|未|没|无(?!锡)|非|不(?![断仅但少同等久懈低])")
NEGATION = "不"
_CHARGED = (
    "新增",
    "累计",
    "前期",
    "上期",
    "本期",
    "不足",
    "超过",
    "以上",
    "以下",
    "逾期",
    "按期",
    "上升",
    "下降",
)


def charged(folded: str, labels: Iterable[str]) -> Counter[str]:
    """The words of a text that turn its meaning: negations (all alike), status words, and the like."""
    found: Counter[str] = Counter()
    rest = folded
    for word in sorted({*labels, *_CHARGED}, key=len, reverse=True):
        if word in rest:
            found[word] += rest.count(word)
            rest = rest.replace(word, "□")
    negations = len(_NEGATIONS.findall(rest))
    return found + Counter({NEGATION: negations}) if negations else found


_PUNCTUATION = re.compile(r"(?<!\d)[^\w%]+|[^\w%]+(?!\d)|_")


def bare(folded: str) -> str:
    """A folded text without punctuation, except between digits: 35、41 is not 3541."""
    return _PUNCTUATION.sub("", folded)


_NUMERALS = re.compile(r"\d[\d.,、]*|[〇零○一二两三四五六七八九十百千万亿]+")


def shape(text: str) -> str:
    """A bare text in which all numerals look alike."""
    return _NUMERALS.sub("#", text)
