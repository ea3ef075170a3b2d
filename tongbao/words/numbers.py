"""The one reader of numbers in running text: what is counted, measured and shared, each once, whoever asks.

A folded text (see `folding`) is read in two steps. What holds numerals and counts nothing comes first: dates, times of
day, ordinals, codes, ratios (see `named`). It is covered, and what counts is read from the rest (`numbers`).
The self-check of a paper and its proof against the ledger both read so; they cannot differ.
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
    `each`: 各3件. `weak`: 一个, which is part of a phrase more often than it counts. One unit as printed is worth
    `factor` bases, its scale (万) is `scale`.
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
    """A percentage as printed (or percentage points); 三成 is 30 %, 三分之二 66.6… %. `ulp`: its last digit's worth."""

    value: Decimal
    ulp: Decimal
    start: int
    end: int
    text: str
    rough: bool = False
    points: bool = False

    @property
    def decimals(self) -> int:
        """How many digits stand behind the point."""
        return max(0, -int(self.ulp.normalize().as_tuple().exponent))


Number: TypeAlias = Quantity | Share | Named
_WRITTEN = re.compile(r"[^-\d.,〇零一二两三四五六七八九十百千]+$")


def read(text: str) -> list[Number]:
    """All numbers of a folded text in order, those that count nothing among them."""
    found = named(text)
    return sorted([*found, *counted(cover(text, found))], key=lambda n: n.start)


def numbers(text: str) -> Iterator[Quantity | Share]:
    """What a covered text counts: its quantities and shares in order, no bare numerals, and no 一个."""
    return (n for n in counted(text) if isinstance(n, Share) or (isinstance(n, Quantity) and not n.weak))


def counted(text: str) -> list[Number]:
    """The numbers of a covered text: quantities, shares, and bare numerals (35、41、46), which count nothing known."""
    found = [number for match in _COUNTING.finditer(text) if (number := _number(match))]
    return _with_ranges(_joined(found), text)


# ---------------------------------------------------------------------------------------------- the grammar

# 成 begins many words (三成立); it is a tenth only where none of these follows. What it costs: 三成果树 is not read.
_NO_TENTH = "[功立效员果为本都长交品分就绩年熟型批套片群人名]"
_TENTH = rf"成(?:(?P<and_half>半)|(?P<and_more>[一二三四五六七八九])(?!{UNIT}))?(?!{_NO_TENTH})"
# 半 after a unit is half of it, but for words of its own: 5公里半径, 两个半天.
_HALF = "半(?![数径导成途路程山边岛自封挂天票])"
_SIGN = r"(?<![0-9A-Za-z年月日号度）%□■])-"  # elsewhere a dash: 2022年-5.6%, 3%-5%
_COUNTING = re.compile(
    rf"""(?=[-0-9{SIGNS}半])(?:(?P<hundredth>[百千万])分之(?P<of>{ARABIC}|{CHINESE})
      | (?P<below>{CHINESE}|\d+)分之(?P<above>{CHINESE}|\d+)
      | (?<![\d/.])(?P<top>\d{{1,2}})/(?P<bottom>\d{{1,2}})(?![\d/.])
      | (?P<a_half>一半)
      | (?P<tenths>{ARABIC}|[一二两三四五六七八九]){_TENTH}
      | (?<![上下前后大多过每])半(?:个(?=小时|月)|(?!月))(?P<half_of>小时|月|公里|千米|吨|亩|公斤|年(?![度报来]))
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
# What makes a number approximate, in front of it and behind it. 附近3个 is no 近3个.
_BEFORE = re.compile(
    r"(?:约|(?<![附最邻])近|超|逾|超过|将近|大约|大概|接近|至少|不少于|不低于|不超过|不足|最多|突破|仅?剩?约)(?:为|达)?$"
)
_AFTER = re.compile(r"(?:[\u4e00-\u9fff]{0,4})?(?:以上|以下|以内|左右|上下|之多|不等)")
_ROUND = {"百": 100, "千": 1000, "万": 10**4}  # 近百家, 千余户: a number only beside a word for about
_ABOUT = re.compile("(?:约|近|上|超|逾|过)$")
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
    """How many digits stand behind the point, typed or said."""
    return len(re.split("[.点]", typed, maxsplit=1)[1]) if re.search("[.点]", typed) else 0


def _share(match: re.Match[str], value: Decimal, places: int, *, points: bool = False) -> Share:
    return Share(value, Decimal(1).scaleb(-places), *match.span(), match[0], _is_rough(match), points)


# A fraction in words is said of what is near it: 20 of 31 is 三分之二. The cost: one off by two points is not told.
_LOOSE = Decimal(5)


def _fraction(match: re.Match[str]) -> Share | Named | None:
    """三分之二 and 3/4, in percent. More than a whole is no share (7/4)."""
    above, below = decimal(match["above"] or match["top"]), decimal(match["below"] or match["bottom"])
    if above is None or not below or above >= below:
        return _unread(match)
    return replace(_share(match, above * 100 / below, 0), ulp=_LOOSE)


def _plain(match: re.Match[str]) -> Number | None:
    """A numeral with what stands behind it."""
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
    """Digits that make no number (7/4, 2万3亿) stay a fact as typed; Chinese numerals that make none are words."""
    typed = re.search("[0-9]", match[0])
    return Named(Kind.BARE, match[0], *match.span(), match[0]) if typed else None


def _value(match: re.Match[str]) -> tuple[Decimal | None, int]:
    """The numeral with its scale, and the scale of its last part: 10000 for 1亿2000万."""
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
    """A numeral in Chinese; 百, 千 and 万 alone only beside a word for about."""
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
    """Does a numeral without a unit count all the same (100多, 1.2亿)? A bare one may be a serial number or a code."""
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
    each = _EACH.search(match.string, max(0, match.start() - 12), match.start()) is not None
    weak = match["chinese"] in ("一", "壹") and value == 1
    value = -value * factor if negative else value * factor
    text = match.string[start : match.end()]
    return Quantity(value, base, ulp, start, match.end(), text, _is_rough(match), each, weak, factor, scale)


def _is_rough(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    several = match["spell"] and not match["and_half_unit"]  # 6个多月
    own = match["some"] or match["more"] or match["over"] or several or _is_pair(match["chinese"] or "")
    about = _BEFORE.search(text, max(0, start - 4), start) or _AFTER.match(text, end, end + 7)
    return bool(own or about or match["chinese"] in _ROUND)


def _is_pair(chinese: str) -> bool:
    """七八, 三四十: two digits side by side."""
    return re.search("[一二两三四五六七八九]{2}", chinese) is not None and "点" not in chinese and "〇" not in chinese


# ---------------------------------------------------------------------------------------------- numbers side by side


def _joined(found: Iterable[Number]) -> Iterator[Number]:
    """3年6个月, 2小时30分钟, 1公里200米: two measures of one kind, the smaller behind the larger, are one."""
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
    if first.end != second.start or first.unit != second.unit or first.unit in COUNTED or not first.unit:
        return False
    return first.scale == second.scale == 1 and second.value < first.factor > second.factor


_RANGE = re.compile(DASH)
_FROM = re.compile("[由从自]$")


def _with_ranges(found: Iterable[Number], text: str) -> list[Number]:
    """3—5个, 20～30万元, 50%-60%: both ends are rough, and the first has the unit of the second."""
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
    """Is what stands between two numbers nothing but a dash or 至? 由85%到94% is a change, no range."""
    between = text[first.end : second.start]
    if not _RANGE.fullmatch(between) or (between in "至到" and _FROM.search(text, 0, first.start)):
        return False
    if isinstance(first, Named):
        return isinstance(first.value, Decimal)
    return between != "到" and type(first) is type(second)


def _as_first(first: Number, second: Quantity | Share) -> Number:
    """The first end of a range; a bare numeral takes unit and scale from the second."""
    if not isinstance(first, Named) or not isinstance(first.value, Decimal):
        return replace(first, rough=True) if isinstance(first, Quantity | Share) else first
    if isinstance(second, Share):
        return replace(second, value=first.value, start=first.start, end=first.end, text=first.text, rough=True)
    worth = second.factor * (second.scale if first.value < second.value / second.factor / second.scale else 1)
    return replace(second, value=first.value * worth, start=first.start, end=first.end, text=first.text, rough=True)
