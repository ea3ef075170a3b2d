"""Numerals in running text that count nothing: dates, times of day, ordinals, codes, ratios, terms (三年内).

Each still has a value, the same for all its spellings: the proof of a paper compares it. Before anything is added up
it is covered. Order matters: at each place the first alternative that fits decides.

Where nothing else is said, an alternative was set on the 341 phrases of tests/words/test_numbers.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import TypeAlias

from tongbao.words.measures import UNIT, measure
from tongbao.words.numerals import ARABIC, CHINESE, DASH, SIGNS, decimal

Value: TypeAlias = Decimal | str | tuple[int | str | None, ...]


class Kind(Enum):
    """Why a numeral counts nothing: it dates, tells the time, orders, sets a term (三年内), names, or stands bare."""

    DATE = auto()
    CLOCK = auto()
    ORDINAL = auto()
    TERM = auto()
    NAME = auto()
    BARE = auto()


@dataclass(frozen=True, slots=True)
class Named:
    """A numeral that counts nothing. `value` is (year, month, day) for a date, with None for what is not said; else a
    number, or a name as written. `unit` is the base unit of a term, `ulp` the worth of a bare numeral's last digit.
    """

    kind: Kind
    value: Value
    start: int
    end: int
    text: str
    unit: str = ""
    ulp: Decimal = Decimal(0)


COVER = "□"  # stands for each covered character


def cover(text: str, found: Iterable[Named]) -> str:
    """The text with each character of these numerals replaced by `COVER`; its length stays."""
    chars = list(text)
    for named_ in found:
        chars[named_.start : named_.end] = COVER * (named_.end - named_.start)
    return "".join(chars)


# ---------------------------------------------------------------------------------------------- dates

# Chinese years have four digits and begin with 一 or 二. The cost: 一九年 is no date.
_YEAR = r"(?:\d{4}|[一二〇零○][〇零○一二三四五六七八九]{3})"
_MONTH = r"(?:\d{1,2}|十[一二]?|[元正一二三四五六七八九])"
_DAY = (
    r"(?:[上中下]旬|中下旬|初|底|末|(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
    rf"|\d{{1,2}}(?={DASH}))"
)
_IN = "(?:以内|之内|内)"
# The calendar is not asked here: 13月 is a date too, and compared as one.
# Two digits before 年 are a year only where a month or a part of the year follows: 22年底, but 工期22年.
# Of ranges and lists (一至三季度, 1—9月, 2022—2024年) each end is a date of its own; 3—5日内 is a term, no day.
_DATE = rf"""(?<![\d.])(?P<iso>\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})(?!\d)日?
  | (?<!\d)(?:(?P<half_year>{_YEAR})年度?)?(?P<half>[上下]半年|第?[一二三四1-4]季度)
  | (?<!\d)(?P<from_quarter>[一二三四1-4])(?=(?:{DASH}|[、和])[一二三四1-4]季度)
  | (?<!\d)(?:(?P<of_year>{_YEAR}|\d{{2}})年)?(?<![\d.])(?P<month>{_MONTH})月份?(?P<day>{_DAY})?
  | (?<!\d)(?P<only_year>{_YEAR}|\d{{2}}(?=年(?:度|底|初|末)))年度?
  | (?<![\d.])(?P<from_year>\d{{4}})(?={DASH}\d{{4}}年)
  | (?<![\d.])(?P<from_month>\d{{1,2}})(?=(?:(?:{DASH}|、)\d{{1,2}})+月)
  | (?<![\d.])(?P<from_day>\d{{1,2}})(?=(?:{DASH}|、)\d{{1,2}}日(?!{_IN}))
  | (?<![\d.])(?P<only_day>\d{{1,2}})日(?!{_IN})"""


def _date(match: re.Match[str]) -> Value:
    """(year, month, day) with None where it is not said; 季度 and 半年 stand in the place of the month."""
    if match["iso"]:
        return tuple(int(part) for part in re.split("[-./]", match["iso"]))
    if day := match["only_day"] or match["from_day"]:
        return None, None, int(day)
    year = _year(match["half_year"] or match["only_year"] or match["of_year"] or match["from_year"])
    if half := match["half"] or (match["from_quarter"] and match["from_quarter"] + "季度"):
        half = half.removeprefix("第")
        return year, f"{_whole(half[0]) or half[0]}{half[1:]}", None
    month = 1 if match["month"] in ("元", "正") else _whole(match["month"] or match["from_month"])
    return year, month, _day(match["day"] or "")


def _day(day: str) -> int | str | None:
    """The number of a day, or the part of the month that is named (上旬, 底; 末 counts as 底)."""
    if day.endswith(("日", "号")) or day.isascii():
        return _whole(day.rstrip("日号"))
    return "底" if day == "末" else day


def _year(typed: str | None) -> int | None:
    year = _whole(typed)
    # Ledgers and circulars speak of this century. The cost: 98年3月 is read as 2098.
    return year + 2000 if year is not None and year < 100 else year


def _whole(typed: str | None) -> int | None:
    value = decimal(typed) if typed else None
    return None if value is None else int(value)


# ---------------------------------------------------------------------------------------------- all that counts nothing

_NUMERAL = rf"(?:{ARABIC}|{CHINESE})"
_SPAN = "年|个月|天|日|周|个?小时|分钟|个?工作日"
# No unit may follow a time of day or a ratio: 附件1：20项 is neither. The cost: 附件1：20 alone is a time of day.
_ENDS = rf"(?![\d.%]|{UNIT})"
_BEGINS = rf"(?=[0-9A-Za-z{SIGNS}元正上下第〔\[（【几数])"  # nothing else begins one: looked at first, for speed
_NAMED = re.compile(
    rf"""{_BEGINS}(?:  # numbers of documents have a year of four digits: 〔22〕6号 is 22 and 6号
    (?P<document>[〔\[（【]\d{{4}}[〕\]）】]第?\d+号)
  | (?P<date>{_DATE})
  # 1.2.3 is a section or a version; 1.2 may be an amount and is left to `numbers`
  | (?P<dotted>\d+(?:\.\d+){{2,}})
  # 第17、18件 are two ordinals; the 6 of 第5、6月 is none. The cost: 第3.5项 is the third and 5项
  | (?P<chain>第(?:\d+|{CHINESE})(?:(?:[、和]|{DASH})第?(?:\d++(?![.年月日%])|{CHINESE}))*)
  # the number of a paragraph in brackets: （3）, not （3项）; （123） is too long for one
  | (?<=[（(])(?P<listed>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?=[）)])
  # 前3名, 近5年 name a choice or a span. The cost: 前5家 and 前5项 count five
  | (?:(?<=[前后近])|(?<=过去)|(?<=未来))(?P<front>\d+|{CHINESE})(?=个?(?:月|次|天|年|名|位|批|周|日))
  # 三年内, 三年行动; not 两年来访 (letters), whose 来 begins another word. The cost: 三年期 is 36 months that count
  | (?P<term>{_NUMERAL}[余多]?(?:{_SPAN})[半多余]?)
    (?={_IN}|以来|来(?![访信函电自源])|之?前|之?后|期间|间|行动|计划|规划|攻坚)
  # 三期工程, 二期厂网: the third, the second. The cost: 3期 before any other word counts three issues
  | (?P<phase>\d+|[一二三四五六七八九十]+)期(?=工程|项目|建设|标|和|及|）|”|土建|用地|改造|厂|管网|地块)
  # 9:30, and 3:10配 too: two digits behind the colon are minutes unless 比例 follows. 25:00 is a name
  | (?<![\d:：.])(?P<clock>(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?){_ENDS}(?!的?比例)
  # 15时许, 8点半, 上午3点; not 15时段 or 3点意见. The cost: 3点 alone is a bare numeral
  | (?P<hour>\d{{1,2}})(?:时(?:(?P<minute>\d{{1,2}})分|[许整])?(?![间代效长段期常速候限刻序])
    |点(?:(?P<minutes>\d{{1,2}})分|(?P<half_past>半)|[整钟许])|(?<=[午晚晨早]\d)点|(?<=[午晚晨早]\d\d)点)
  # 1:3, 7比3 before a stop or a word for ratios
  | (?<![\d:：.])(?P<ratio>{ARABIC}[:：∶比]{ARABIC}){_ENDS}(?=的|比|配|[，。；、）”]|$)
  # 2×660兆瓦 is compared as written: what it comes to is not worked out
  | (?P<product>{ARABIC}(?:[×✕*xX]{ARABIC})+(?:{UNIT})?)
  # 十四五 is a plan; before a unit (十四五户) it is about fourteen
  | (?P<plan>十[一二三四五六七]五)(?!{UNIT})
  # 几十, 数百; not behind a word that ends in 数 (人数百户)
  | (?<![人户件项总指参基次倍系函计分个家台套])(?P<vague>[几数][十百千万亿]+)(?!分)
  # G207, PM2.5, K3+200; not B12%. The cost: in WTO5项 the 5 is part of a code
  | (?<![0-9A-Za-z十百千万亿])(?P<code>[A-Za-z][A-Za-z-]*\d[0-9A-Za-z]*(?:[.+-]\d+[A-Za-z]*)*(?![%\d]))
  # 5A级, 4K, 3D; not 5kg, which is a unit
  | (?P<grade>\d+(?:\.\d+)?(?!{UNIT})[A-Za-z]+\d*级?)
  # 1号桥; a road or a paper (5号线, 6号决定) keeps a bare numeral
  | (?P<number>\d{{1,4}})号(?![决线]))
    """,
    re.VERBOSE,
)
_IN_CHAIN = re.compile(rf"第?(?:\d+|{CHINESE})")
_TERM = re.compile(rf"({_NUMERAL})[余多]?({_SPAN})([半多余]?)")


def named(text: str) -> list[Named]:
    """The numerals of a folded text that count nothing, in order."""
    return [found for match in _NAMED.finditer(text) for found in _read(match)]


def _read(match: re.Match[str]) -> Iterator[Named]:
    if match["chain"]:
        yield from _chain(match)
    elif match["date"]:
        yield Named(Kind.DATE, _date(match), *match.span(), match[0])
    elif match["term"]:
        yield from _term(match)
    elif match["clock"] or match["hour"]:
        yield Named(Kind.CLOCK, _clock(match), *match.span(), match[0])
    elif typed := match["listed"] or match["front"] or match["phase"] or match["number"]:
        value = decimal(typed)
        if value is not None:
            yield Named(Kind.ORDINAL, value, *match.span(), match[0])
    else:
        yield Named(Kind.NAME, _name(match), *match.span(), match[0])


def _chain(match: re.Match[str]) -> Iterator[Named]:
    """Each numeral of 第17、18件 as an ordinal of its own."""
    for one in _IN_CHAIN.finditer(match.string, *match.span()):
        value = decimal(one[0].removeprefix("第"))
        if value is not None:
            yield Named(Kind.ORDINAL, value, *one.span(), one[0])


def _term(match: re.Match[str]) -> Iterator[Named]:
    """A length of time that sets a term or names a plan (三年内, 15日内, 五年规划), in the base unit of time."""
    typed = _TERM.fullmatch(match["term"])
    value = decimal(typed[1]) if typed else None
    if typed and value is not None:
        unit = measure({"日": "天", "工作日": "个工作日"}.get(typed[2], typed[2]))
        value = (value + Decimal("0.5") * (typed[3] == "半")) * unit.factor
        yield Named(Kind.TERM, value, *match.span(), match[0], unit.base)


def _clock(match: re.Match[str]) -> str:
    """A time of day in one spelling: 9:30 for 9：30, 9时30分 and 9点半."""
    if match["clock"]:
        return match["clock"].replace("：", ":").lstrip("0")
    minute = "30" if match["half_past"] else match["minute"] or match["minutes"] or "0"
    return f"{int(match['hour'])}:{int(minute):02}"


def _name(match: re.Match[str]) -> str:
    """A name in one spelling: 〔2022〕6号 with any brackets, 1:3 for 1比3."""
    if match["document"]:
        return "-".join(re.findall(r"\d+", match[0]))
    return re.sub("[：∶比]", ":", match[0])
