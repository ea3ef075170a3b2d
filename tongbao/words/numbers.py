"""The one reader of numbers in running text: counts, measures and shares.

A folded text (see `folding`) is read in two steps. First come the numerals that count nothing: dates, times of day,
ordinals, codes, ratios (see `named`). They are covered, and the numbers that count are read from the rest (`numbers`).
The self-check of a paper and its proof against the ledger both use this reader, so they cannot differ.

Where nothing else is said, an expression was set on the 341 phrases of tests/words/test_numbers.py: 164 were written
before it, and of 177 written after it 166 were read right at the first try.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from tongbao.words.measures import COUNTED, SCALE, SCALES, SPOKEN_UNIT, UNIT, measure
from tongbao.words.named import Kind, Named, cover, named
from tongbao.words.numerals import ARABIC, CHINESE, DASH, SIGNS, decimal

__all__ = ["Kind", "Named", "Number", "Quantity", "Share", "counted", "cover", "named", "numbers", "read"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, in the base of its unit: 8.9亿元 is 890000000 元, 9.8公里 is 9800 米.

    `ulp` is the worth of its last digit, 0 for a plain count. `rough`: said to be approximate (约, 余, 以上, a range).
    `each`: said of each one (各3件). `weak`: 一个, which is part of a phrase more often than it counts. `factor` is how
    many base units one printed unit is worth, `scale` the printed scale (10000 for 万).
    """

    value: Decimal
    unit: str
    ulp: Decimal
    start: int
    end: int
    text: str
    rough: bool = False
    each: bool = False
    weak: bool = False
    factor: Decimal = Decimal(1)
    scale: int = 1

    @property
    def written(self) -> str:
        """The unit with its scale, as printed (亿元)."""
        match = _WRITTEN.search(self.text)
        return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage as printed, or percentage points (`points`): 三成 is 30, 三分之二 is 66.6….

    `ulp` is the worth of its last digit, `rough` as in `Quantity`.
    """

    value: Decimal
    ulp: Decimal
    start: int
    end: int
    text: str
    rough: bool = False
    points: bool = False

    @property
    def decimals(self) -> int:
        """How many decimal places are printed."""
        return max(0, -int(self.ulp.normalize().as_tuple().exponent))


Number: TypeAlias = Quantity | Share | Named
_WRITTEN = re.compile(r"[^-\d.,〇零一二两三四五六七八九十百千]+$")


def read(text: str) -> list[Number]:
    """All numbers of a folded text in order, including those that count nothing."""
    found = named(text)
    return sorted([*found, *counted(cover(text, found))], key=lambda n: n.start)


def numbers(text: str) -> Iterator[Quantity | Share]:
    """The quantities and shares of a covered text in order, without bare numerals and without 一个."""
    return (n for n in counted(text) if isinstance(n, Share) or (isinstance(n, Quantity) and not n.weak))


def counted(text: str) -> list[Number]:
    """The numbers of a covered text: quantities, shares, and bare numerals (35、41、46), of which no unit is known."""
    found = [number for match in _COUNTING.finditer(text) if (number := _number(match))]
    return _with_ranges(_joined(found), text)


# ---------------------------------------------------------------------------------------------- the grammar

# 成 begins many words (三成立); it is a tenth only where none of these follows. The cost: 三成果树 is not read.
_NO_TENTH = "[功立效员果为本都长交品分就绩年熟型批套片群人名]"
_TENTH = rf"成(?:(?P<and_half>半)|(?P<and_more>[一二三四五六七八九])(?!{UNIT}))?(?!{_NO_TENTH})"
# 半 after a unit is half of it, unless it begins a word of its own: 5公里半径, 两个半天.
_HALF = "半(?![数径导成途路程山边岛自封挂天票])"
_SIGN = r"(?<![0-9A-Za-z年月日号度）%□■])-"  # behind these it is a dash: 2022年-5.6%, 3%-5%
_COUNTING = re.compile(
    rf"""(?=[-0-9{SIGNS}半])(?:(?P<hundredth>[百千万])分之(?P<of>{ARABIC}|{CHINESE})
      # a fraction; of figures only of one or two digits, for 100/200 and 1/2/3 are something else
      | (?P<below>{CHINESE}|\d+)分之(?P<above>{CHINESE}|\d+)
      | (?<![\d/.])(?P<top>\d{{1,2}})/(?P<bottom>\d{{1,2}})(?![\d/.])
      | (?P<a_half>一半)
      | (?P<tenths>{ARABIC}|[一二两三四五六七八九]){_TENTH}
      # half a unit: 半公里, 半年; not the 半 of 上半年, 大半公里, 半月, 半年报
      | (?<![上下前后大多过每])半(?:个(?=小时|月)|(?!月))(?P<half_of>小时|月|公里|千米|吨|亩|公斤|年(?![度报来]))
      # a numeral in parts of falling scale, with what stands behind it. 多 is "more" unless it begins a word: 5家多元
      | (?P<sign>{_SIGN})?(?P<below_zero>零下)?
        (?:(?P<parts>(?:(?:{ARABIC})(?:{SCALE}))*(?:{ARABIC}))|(?P<chinese>{CHINESE}))
        (?P<some>[余多几来])?(?P<scale>{SCALE})?(?P<more>[余多几来])?
        (?:(?P<points>个?百分点)|(?P<percent>[%‰])
          |个(?:(?P<and_half_unit>半)|多)(?P<spell>月|小时|星期)
          |(?P<unit>(?(parts){UNIT}|{SPOKEN_UNIT}))(?P<half>{_HALF})?(?P<over>[余多](?![次个家种方元样项数部层渠措]))?
           (?:/(?P<per>{UNIT}|[日月组班]))?)?)
    """,
    re.VERBOSE,
)
# What makes a number approximate, in front of it and behind it. 附近3个 is no 近3个. Up to four characters may stand
# between (5件重点工程以上). The cost: 3个（含）以上 and 高于3个 are exact, so a correct paper may be asked about.
_BEFORE = re.compile(
    r"(?:约|(?<![附最邻])近|超|逾|超过|将近|大约|大概|接近|至少|不少于|不低于|不超过|不足|最多|突破|仅?剩?约)(?:为|达)?$"
)
_AFTER = re.compile(r"(?:[\u4e00-\u9fff]{0,4})?(?:以上|以下|以内|左右|上下|之多|不等)")
_ROUND = {"百": 100, "千": 1000, "万": 10**4}  # 近百家, 千余户: a number only beside a word for about
_ABOUT = re.compile("(?:约|近|上|超|逾|过)$")
# Said of each one: 每村3件, 每户平均补助3元, 户均增收3元. Up to three characters may stand between, as that is what the
# phrases have. The cost: 户均年增收入3元 is taken for the sum of all.
_EACH = re.compile(rf"(?:[各每均都]|(?:每(?:{UNIT}|[村镇乡县校站])|[户人亩年月日平]均)[\u4e00-\u9fff]{{0,3}})$")


def _number(match: re.Match[str]) -> Number | None:
    if match["hundredth"]:
        value = Decimal(100) if match["of"] == "百" else decimal(match["of"])
        return None if value is None else _share(match, value * 100 / SCALES[match["hundredth"]], _places(match["of"]))
    if match["below"] or match["top"]:
        return _fraction(match)
    if match["a_half"]:
        return _share(match, Decimal(50), -1)
    if match["tenths"]:
        value = (decimal(match["tenths"]) or Decimal(0)) * 10
        more = Decimal(5) if match["and_half"] else match["and_more"] and decimal(match["and_more"])
        return _share(match, value + (more or 0), _places(match["tenths"]) - (not match["and_more"]))
    if match["half_of"]:
        unit = measure(match["half_of"].replace("月", "个月"))
        return Quantity(unit.factor / 2, unit.base, unit.factor / 2, *match.span(), match[0], factor=unit.factor)
    return _plain(match)


def _places(typed: str) -> int:
    """The decimal places of a numeral in figures or in words (七十点五 has one)."""
    return len(re.split("[.点]", typed, maxsplit=1)[1]) if re.search("[.点]", typed) else 0


def _share(match: re.Match[str], value: Decimal, places: int, *, points: bool = False) -> Share:
    return Share(value, Decimal(1).scaleb(-places), *match.span(), match[0], _is_rough(match), points)


# A fraction stands for what is near it, within half of this: 20 of 31 (64.5 %) is called 三分之二. The cost: a fraction
# that is wrong by two points is not told.
_LOOSE = Decimal(5)


def _fraction(match: re.Match[str]) -> Share | Named | None:
    """三分之二 or 3/4 as a share in percent. A whole or more is none (7/4)."""
    above, below = decimal(match["above"] or match["top"]), decimal(match["below"] or match["bottom"])
    if above is None or not below or above >= below:
        return _unread(match)
    return replace(_share(match, above * 100 / below, 0), ulp=_LOOSE)


def _plain(match: re.Match[str]) -> Number | None:
    """A numeral with its unit or sign; None for a Chinese one that has neither and may be part of a word."""
    value, scale = _value(match)
    if value is None:
        return _unread(match)
    step = Decimal(scale).scaleb(-_places(match["parts"] or match["chinese"]))
    if match["percent"] or match["points"]:
        return _percent(match, value, step)
    unit = "个" + match["spell"] if match["spell"] else match["unit"] or ""
    if unit or _counts_alone(match, scale):
        return _quantity(match, unit, value, step, scale)
    if match["chinese"]:
        return None
    signed = -value if match["sign"] else value
    return Named(Kind.BARE, signed, *match.span(), match[0], ulp=step if step != 1 else Decimal(0))


def _unread(match: re.Match[str]) -> Named | None:
    """Figures that make no number (7/4, 2万3亿), kept as typed to be compared; None for Chinese numerals: words."""
    typed = re.search("[0-9]", match[0])
    return Named(Kind.BARE, match[0], *match.span(), match[0]) if typed else None


def _value(match: re.Match[str]) -> tuple[Decimal | None, int]:
    """The value of a numeral with its scales, and the scale of its last part: 10000 for 1亿2000万."""
    scale = SCALES[match["scale"] or ""]
    if match["chinese"]:
        value = _said(match)
        last = SCALES[match["chinese"][-1]] if match["chinese"][-1] in "万亿" else 1
        return (None, 1) if value is None else (value * scale, scale * last)
    parts = _PARTS.findall(match["parts"])
    scales = [SCALES[s] for _, s in parts[:-1]] + [scale]
    if scales != sorted(set(scales), reverse=True):
        return None, 1
    values = (Decimal(n.replace(",", "")) * s for (n, _), s in zip(parts, scales, strict=True))
    return sum(values, Decimal(0)), scale


def _said(match: re.Match[str]) -> Decimal | None:
    """The value of a Chinese numeral; 百, 千 and 万 alone have one only beside a word for "about"."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    if match["chinese"] in _ROUND:
        return Decimal(_ROUND[match["chinese"]]) if match["some"] or match["more"] or _ABOUT.search(before) else None
    return decimal(match["chinese"])


_PARTS = re.compile(rf"({ARABIC})({SCALE})?")


def _percent(match: re.Match[str], value: Decimal, step: Decimal) -> Share:
    value = -value if match["sign"] else value
    if match["percent"] == "‰":
        value, step = value / 10, step / 10
    return Share(value, step, *match.span(), match[0], _is_rough(match), match["points"] is not None)


def _counts_alone(match: re.Match[str], scale: int) -> bool:
    """Does a numeral without a unit count something (100多, 1.2亿)? A bare one may be a serial number or a code."""
    # A Chinese numeral of one character is too often part of a word (千, 万, 百).
    if match["parts"] is None and len(match["chinese"]) < 2:
        return False
    return scale > 1 or (match["some"] or match["more"] or "来") in "余多"


def _quantity(match: re.Match[str], unit: str, value: Decimal, step: Decimal, scale: int) -> Quantity:
    base, factor = measure("摄氏度" if match["below_zero"] and unit == "度" else unit)
    if match["half"] or match["and_half_unit"]:
        value, step = value + Decimal("0.5"), Decimal("0.5")
    is_count = not unit or unit in COUNTED
    negative = (match["sign"] and not is_count) or (match["below_zero"] and base == "摄氏度")
    start = match.start() + bool(match["sign"] and is_count)  # a dash, for nobody counts -3 things
    ulp = Decimal(0) if is_count and step == 1 else step * factor
    base += f"/{match['per']}" if match["per"] else ""
    # 每, the longest unit and three characters are 8; 12 leaves room and keeps the search short.
    each = _EACH.search(match.string, max(0, match.start() - 12), match.start()) is not None
    weak = match["chinese"] in ("一", "壹") and value == 1
    value = -value * factor if negative else value * factor
    text = match.string[start : match.end()]
    return Quantity(value, base, ulp, start, match.end(), text, _is_rough(match), each, weak, factor, scale)


def _is_rough(match: re.Match[str]) -> bool:
    """Is a number said to be approximate, in itself (余, 多, 七八) or by the words around it?"""
    text, (start, end) = match.string, match.span()
    several = match["spell"] and not match["and_half_unit"]  # 6个多月
    own = match["some"] or match["more"] or match["over"] or several or _is_pair(match["chinese"] or "")
    # Four characters before and seven behind hold the longest phrases of `_BEFORE` and `_AFTER`.
    about = _BEFORE.search(text, max(0, start - 4), start) or _AFTER.match(text, end, end + 7)
    return bool(own or about or match["chinese"] in _ROUND)


def _is_pair(chinese: str) -> bool:
    """Has a numeral two digits side by side (七八, 三四十)? A year and a decimal fraction do not count."""
    return re.search("[一二两三四五六七八九]{2}", chinese) is not None and "点" not in chinese and "〇" not in chinese


# ---------------------------------------------------------------------------------------------- numbers side by side


def _joined(found: Iterable[Number]) -> Iterator[Number]:
    """Two measures of one kind, the smaller behind the larger, made one: 3年6个月, 2小时30分钟, 1公里200米."""
    last: Number | None = None
    for number in found:
        if isinstance(last, Quantity) and isinstance(number, Quantity) and _continues(last, number):
            value, text = last.value + number.value, last.text + number.text
            last = replace(number, value=value, start=last.start, text=text, rough=last.rough or number.rough)
            continue
        if last is not None:
            yield last
        last = number
    if last is not None:
        yield last


def _continues(first: Quantity, second: Quantity) -> bool:
    """Does a measure go on in the next one? Not in 3年12个月: 12个月 make a whole unit of the first."""
    if first.end != second.start or first.unit != second.unit or first.unit in COUNTED or not first.unit:
        return False
    return first.scale == second.scale == 1 and second.value < first.factor > second.factor


_RANGE = re.compile(DASH)
_FROM = re.compile("[由从自]$")


def _with_ranges(found: Iterable[Number], text: str) -> list[Number]:
    """The numbers with the ends of ranges marked rough, and the first end given the unit of the second (3—5个)."""
    done: list[Number] = []
    for number in found:
        first = done[-1] if done else None
        if first is not None and not isinstance(number, Named) and _is_range(first, number, text):
            done[-1] = _as_first(first, number)
            done.append(replace(number, rough=True))
        else:
            done.append(number)
    return done


def _is_range(first: Number, second: Quantity | Share, text: str) -> bool:
    """Do two numbers, with nothing but a dash or 至 between them, form a range? 由85%到94% is a change instead."""
    between = text[first.end : second.start]
    if not _RANGE.fullmatch(between) or (between in "至到" and _FROM.search(text, 0, first.start)):
        return False
    if isinstance(first, Named):
        return isinstance(first.value, Decimal)
    return between != "到" and type(first) is type(second)


def _as_first(first: Number, second: Quantity | Share) -> Number:
    """The first end of a range; a bare numeral takes unit and scale from the second."""
    # 20～30万元 is 20万元 to 30万元, but 2000-1万元 begins at 2000元: with the scale it would be the larger end.
    if not isinstance(first, Named) or not isinstance(first.value, Decimal):
        return replace(first, rough=True) if isinstance(first, Quantity | Share) else first
    if isinstance(second, Share):
        return replace(second, value=first.value, start=first.start, end=first.end, text=first.text, rough=True)
    worth = second.factor * (second.scale if first.value < second.value / second.factor / second.scale else 1)
    return replace(second, value=first.value * worth, start=first.start, end=first.end, text=first.text, rough=True)
