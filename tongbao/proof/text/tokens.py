"""What in a text can be true or false: its numbers, dates and units, as tokens among the words around them.

Two spellings of one fact give one value: 23项 and 二十三项, 30.83亿元 and 308300万元, 94% and 百分之九十四, a unit and
its short name. Everything is read from the folded text (see `folding.fold`), where spaces are out and width is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from tongbao.words.folding import fold
from tongbao.words.measures import COUNTED
from tongbao.words.named import COVER, Kind, Value
from tongbao.words.numbers import Number, Quantity, Share, read
from tongbao.words.unitnames import place_in_front


class Sort(Enum):
    """What a token is.

    A weak number (一个) is more often part of a phrase than a count. A named one (第3, 11:30, G207, a serial number)
    counts nothing, but is a fact.
    """

    NUMBER = auto()
    WEAK = auto()
    NAMED = auto()
    DATE = auto()
    UNIT = auto()
    WORD = auto()
    STOP = auto()


NUMERALS = frozenset({Sort.NUMBER, Sort.WEAK, Sort.NAMED})
FACTS = frozenset({Sort.DATE, Sort.UNIT}) | NUMERALS


class Token(NamedTuple):  # not a dataclass: there is one for every character of a paper
    """A piece of a folded text. `measure`: what a number counts in (empty for things); `ulp`: its last digit.

    One unit as printed is worth `factor` of its measure.
    """

    sort: Sort
    text: str
    start: int
    end: int
    value: Value = ""
    measure: str = ""
    ulp: Decimal = Decimal(0)
    factor: Decimal = Decimal(1)

    @property
    def face(self) -> str:
        """The token without its value: `#` for a number, `%` for a share, `@` for a date, a unit by its full name."""
        if self.sort in NUMERALS:
            return "%" if self.measure == "%" else "#"
        return "@" if self.sort is Sort.DATE else str(self.value) if self.sort is Sort.UNIT else self.text


# What is left between units, dates and numbers: every Chinese character by itself, a Latin word whole, and the signs.
_REST = re.compile(r"(?P<letters>[^\W\dA-Za-z]+)|(?P<latin>[A-Za-z]+)|(?P<stop>[^\w%])|(?P<word>.)", re.DOTALL)


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
        units = [Token(Sort.UNIT, text[a:b], a, b, self._units[text[a:b]]) for a, b in self._named(text)]
        found = [*units, *map(_token, read(_covered(text, units)))]
        done = 0
        for token in sorted(found, key=lambda t: t.start):
            yield from _rest(text, done, token.start)
            yield token
            done = token.end
        yield from _rest(text, done, len(text))

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
    # Up to six characters in front may be a place: see `place_in_front`.
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
    # Three characters at least: 发改委, 资规局. With two, any noun that ends in 局 or 办 might abbreviate a unit (教局
    # is not known as 县教育局). 员会 is cut off so that 委 may stand for 委员会.
    letters = iter(name)
    ends = name.removesuffix("员会")
    return 2 < len(short) < len(name) and ends.endswith(short[-1]) and all(letter in letters for letter in short)


def _covered(text: str, units: Iterable[Token]) -> str:
    """The text with the names of units covered: no number begins or ends inside one (县第一中学)."""
    for token in units:
        text = text[: token.start] + COVER * (token.end - token.start) + text[token.end :]
    return text


def _rest(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _REST.finditer(text, start, end):
        if match["letters"]:
            yield from (Token(Sort.WORD, letter, at, at + 1) for at, letter in enumerate(match[0], match.start()))
            continue
        yield Token(Sort.STOP if match["stop"] else Sort.WORD, match[0], *match.span())


def _token(number: Number) -> Token:
    """The token of a number: things counted have no measure, for 23项 and 23个 are one fact."""
    place = (number.text, number.start, number.end)
    if isinstance(number, Share):
        return Token(Sort.NUMBER, *place, number.value, "百分点" if number.points else "%", number.ulp)
    if isinstance(number, Quantity):
        measure = "" if number.unit in COUNTED else number.unit
        sort = Sort.WEAK if number.weak else Sort.NUMBER
        return Token(sort, *place, number.value, measure, number.ulp, number.factor)
    if number.kind is Kind.DATE:
        return Token(Sort.DATE, *place, number.value)
    one = number.value == 1 and number.text.startswith("一")  # 近一年 says no more than 一年
    return Token(Sort.WEAK if one else Sort.NAMED, *place, number.value, number.unit, number.ulp)


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
    if not (printed.measure and edited.measure):
        printed, edited = _bare(printed), _bare(edited)
    return _compare_numbers(printed, edited)


def _bare(number: Token) -> Token:
    """A number in the unit that it was printed in: beside the bare 9.8 of a cell, 9.8公里 is 9.8, not 9800 metres."""
    assert isinstance(number.value, Decimal)
    return number._replace(value=number.value / number.factor, ulp=number.ulp / number.factor)


def _compare_numbers(printed: Token, edited: Token) -> Match:
    assert isinstance(printed.value, Decimal)
    assert isinstance(edited.value, Decimal)
    if printed.value == edited.value:
        return Match.SAME
    # 50余 promises 50 to 59, 1300多 promises 1300 to 1399; 约 and 近 are judged by the rounding of their last digit.
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

# Words that deny. 不 before the signs listed denies nothing (不断, 不仅, 不但, 不少, 不同, 不等, 不久, 不懈, 不低于),
# nor does 无锡: without the list 不断推进 beside 推进 is a doubt. The cost: 不得不 counts as two.
_NEGATIONS = re.compile("没有|尚未|未能|不再|未|没|无(?!锡)|非|不(?![断仅但少同等久懈低])")
NEGATION = "不"
# Words of time, amount and direction that turn the meaning of a figure which stays the same: 正在推进3项 /
# 逾期推进3项. They are looked for beside each office's status words. Set by feel. The cost: other words that turn it
# (新增立项 for 新增完成) pass as the same (docs/核稿精度.md).
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
    """How often words stand in a text that turn its meaning: status words, `_CHARGED`, negations (as `NEGATION`)."""
    found: Counter[str] = Counter()
    rest = folded
    for word in sorted({*labels, *_CHARGED}, key=len, reverse=True):
        if word in rest:
            found[word] += rest.count(word)
            rest = rest.replace(word, "□")
    negations = len(_NEGATIONS.findall(rest))
    return found + Counter({NEGATION: negations}) if negations else found


# A sign between two digits stays.
_PUNCTUATION = re.compile(r"(?<!\d)[^\w%]+|[^\w%]+(?!\d)|_")


def bare(folded: str) -> str:
    """A folded text without punctuation, except between digits: 35、41 is not 3541."""
    return _PUNCTUATION.sub("", folded)


# Every Chinese numeral counts, also that in 统一 or 一般: both sides are read alike, so nothing is told because of it.
_NUMERALS = re.compile(r"\d[\d.,、]*|[〇零○一二两三四五六七八九十百千万亿]+")


def shape(text: str) -> str:
    """A bare text in which all numerals look alike."""
    return _NUMERALS.sub("#", text)
