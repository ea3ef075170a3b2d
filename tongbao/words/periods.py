"""Dates as offices write them: one grammar of Chinese date phrases, the names of periods, date cells.

The grammar finds and never guesses: a phrase without a year says so, and whoever asks must bring one.
dateutil does the sums of months.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from tongbao.model import Period
from tongbao.words.text import clean, parse_chinese_number

# ---------------------------------------------------------------------------------------------- one spelling

_YEAR = r"(?:19|20)\d\d"
_NUMERALS = re.compile(r"[〇零○一二三四五六七八九十两]{1,8}(?=年|月|[日号天周]|季度|个|工作日|星期)")
_SPELLINGS = tuple(
    (re.compile(pattern), spelt)
    for pattern, spelt in (
        (r"\s*([年月日号])\s*", r"\1"),
        (r"[—–―‐‑−~～]+", "-"),
        (r"元月", "1月"),
        (rf"(?<!\d)({_YEAR})(\d\d)(\d\d)(?:\d{{4}}|\d{{6}})?(?!\d)", r"\1年\2月\3日"),
        (rf"(?<!\d)({_YEAR})(\d\d)(?!\d)", r"\1年\2月"),
        (rf"(?<!\d)({_YEAR})([-_./])(\d{{1,2}})\2(\d{{1,2}})(?![\d月])日?", r"\1年\3月\4日"),
        (rf"(?<!\d)({_YEAR})[-_./](\d{{1,2}})(?![\d月]|[-_./]\d)", r"\1年\2月"),
        (rf"(?<!\d)({_YEAR})年?[-_.]?[Qq]([1-4])(?!\d)", r"\1年\g<2>季度"),
        (rf"(?<!\d)({_YEAR})年?[-_.]?[Hh]1(?!\d)", r"\1年上半年"),
        (rf"(?<!\d)({_YEAR})年?[-_.]?[Hh]2(?!\d)", r"\1年下半年"),
        (rf"(?<!\d)({_YEAR})(?![\d年_./-])", r"\1年"),
        (r"前([23])个?季度", lambda m: f"1-{int(m[1]) * 3}月"),
        (r"(?<![\d./-])(\d{1,2})[-至到](\d{1,2})月", r"\1月至\2月"),
        (r"(\d{1,2}月)(\d{1,2})[日号]?[-至到](\d{1,2})[日号]", r"\1\2日至\1\3日"),
    )
)


def spell_out(text: str) -> str:
    """The text with every date in one spelling: half-width, Arabic numerals, 年月日 for dots and dashes."""
    text = unicodedata.normalize("NFKC", text)
    text = _NUMERALS.sub(lambda m: str(parse_chinese_number(m[0]) or m[0]), text)
    for pattern, spelt in _SPELLINGS:
        text = pattern.sub(spelt, text)
    return text


# 内 in 年内 stands alone, in 年内部, 年内涝 it does not.
_NOT_INNER = "(?![部容涝外河])"
_STOP = r"(?=$|[-至到,;。、()\s])"
_DATE = re.compile(
    rf"""
    (?:(?:(?P<year>{_YEAR})年 | (?P<near>今|本|当|明|次|来|去|上)年)(?:度|的)? (?P<year_end>底|末|终|内{_NOT_INNER})?)?
    (?:
        (?P<month>\d{{1,2}})月份?
        (?: (?P<day>\d{{1,2}})(?:[日号]|{_STOP}|(?=[之以]?前))
          | (?P<part>底|末|初|上旬|中下旬|上中旬|中旬|下旬|中{_STOP})? )
      | 第?(?P<quarter>[1-4])季度(?P<quarter_end>底|末)?
      | (?P<half>[上下])半年(?P<half_end>底|末)?
      | (?P<whole>(?<![\d近几半每])年(?:底|末|终|内{_NOT_INNER})|全年)
    )?
    (?P<limit>[之以]?前(?![期后往端置沿提年]))?
    """,
    re.VERBOSE,
)
_UNITS = ("day", "month", "quarter", "half", "whole", "year_end", "year", "near")
_NEAR_YEARS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "来": 1, "去": -1, "上": -1}
_PARTS = {"": (1, 31), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上中旬": (1, 20), "中下旬": (11, 31)}
_PARTS |= {"初": (1, 10), "中": (11, 20), "底": (31, 31), "末": (31, 31)}
_HALVES = {"上": (1, 6), "下": (7, 12)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One date phrase of a text. `months` and `days` are those it begins and ends with; day 31 is the last day.

    `unit` is what it names (day, month, quarter, half, whole year, year alone), `edge` 底 or 末 where it names only
    the last day of that, `near` the year counted from this year, `limited` says that 前 follows.
    """

    start: int
    stop: int
    unit: str
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (1, 31)
    year: int | None = None
    near: int | None = None
    edge: str = ""
    limited: bool = False
    until: Phrase | None = None

    @property
    def bare(self) -> bool:
        """A year alone; beside other phrases it only says their year."""
        return self.unit == "year" and self.until is None

    def span(self, year: int) -> tuple[date, date]:
        """First and last day; ValueError where the calendar has no such day."""
        if self.unit == "day":
            date(year, self.months[0], self.days[0])
        first = date(year, self.months[0], 1) + relativedelta(day=self.days[0])
        if self.until:
            last = self.until.span(self.until.year or year)[1]
            return first, last if last >= first else self.until.span(year + 1)[1]
        return first, date(year, self.months[1], 1) + relativedelta(day=self.days[1])


def find_phrases(spelt: str) -> list[Phrase]:
    """The date phrases of a text (`spell_out`) in order; two that 至 joins are one."""
    phrases: list[Phrase] = []
    for phrase in filter(None, map(_phrase, _DATE.finditer(spelt))):
        before = phrases[-1] if phrases else phrase
        joined = re.fullmatch(r"[-至到]", spelt[before.stop : phrase.start])
        if joined and before.unit == phrase.unit and not before.until:
            phrases[-1] = replace(before, stop=phrase.stop, limited=phrase.limited, until=phrase)
        else:
            phrases.append(phrase)
    return phrases


def _phrase(match: re.Match[str]) -> Phrase | None:
    """What one match of the grammar says; None for an empty one."""
    unit = next((u for u in _UNITS if match[u]), "")
    if not unit:
        return None
    months, days, edge = (1, 12), (1, 31), ""
    if match["month"]:
        months = (int(match["month"]), int(match["month"]))
        days = (int(match["day"]), int(match["day"])) if match["day"] else _PARTS[match["part"] or ""]
        edge = match["part"] if match["part"] in ("底", "末") else ""
    elif match["quarter"]:
        months, edge = (int(match["quarter"]) * 3 - 2, int(match["quarter"]) * 3), match["quarter_end"] or ""
    elif match["half"]:
        months, edge = _HALVES[match["half"]], match["half_end"] or ""
    if edge:
        months, days = (months[1], months[1]), (31, 31)
    return Phrase(
        *match.span(),
        unit={"near": "year", "year_end": "whole"}.get(unit, unit),
        months=months,
        days=days,
        year=int(match["year"]) if match["year"] else None,
        near=_NEAR_YEARS[match["near"]] if match["near"] else None,
        edge=edge,
        limited=bool(match["limit"]),
    )


# ---------------------------------------------------------------------------------------------- what a date tells of

_AS_OF = re.compile(
    r"(?:截至|截止|时点|报告期|(?:统计|填报|填表|报送|上报|更新|制表|截止|截至|数据)(?:日期|时间)?)[为于到至：:\s（(]*$"
)
_CLAUSES = re.compile(r"[，,。；;（(）)《》\n]")
_MEETING = r"会议|(?:[大例全年]|调度|推进|专题|常务|办公|协调|联席|现场|座谈|动员|交办|党组|常委)会"
_ISSUE = r"印发|下发|召开|批示|部署|建立|成立|出台|发布|公布|签发|签订|交办|下达|启动|施行|制定|制订|修订|审议|通过"
_PAPERS = r"要点|方案|规划|纲要|通知|意见(?!建议)|(?:政府)?工作报告|(?:工作|行动|实施|年度)计划"
_EVENT = re.compile(f"{_MEETING}|{_ISSUE}")
_SOURCE = re.compile("根据|依据|按照|依照|遵照|贯彻")
_BOUNDED = re.compile(r"\s*(?:[之以]?前(?![期后往端置沿提年])|起|以来|始|开始)")
_BOUND = re.compile(
    r"(?:[于自从由]|限|要求|务必|力争|预计|计划|(?:延期?|延长|推迟|顺延|展期|调整|有效期?)[至到])[为在：:\s]*$"
)
_CHANGED = re.compile(r"\s*(?:修?改|[改定]稿)")
_LABEL = re.compile(r"[\u4e00-\u9fff](?:日期|时间)[：:\s]*$")


def says_as_of(head: str) -> bool:
    """Do the words before a date say that something is told up to that day (截至, 填报日期：)?"""
    return bool(_AS_OF.search(head))


def tells_otherwise(head: str, tail: str, unit: str) -> bool:
    """Does a date, by the words around it, tell of something else than the period of a ledger?

    Of a deadline (…前) or a beginning (…起), of a meeting or a paper, of what stands in 《》 or “”, of a labelled day.
    """
    if _BOUNDED.match(tail):
        return True
    if says_as_of(head):
        return False
    if any(head.rfind(opening) > head.rfind(closing) for opening, closing in ("《》", "“”")):
        return True
    before, after = _CLAUSES.split(head)[-1], _CLAUSES.split(tail)[0]
    if _SOURCE.search(before) or _BOUND.search(head) or _LABEL.search(head):
        return True
    if unit == "day":
        if _CHANGED.match(tail):
            return True
        stem = re.sub(r"[（(：:\s]+$", "", head)
        return bool(_EVENT.search(after) or re.search(rf"(?:{_MEETING}|{_ISSUE}|第\d+[次号期])$", stem))
    return bool(re.search(f"{_MEETING}|{_ISSUE}|{_PAPERS}", after))


# ---------------------------------------------------------------------------------------------- periods

_LONGEST = 300  # characters of a name that are looked at
_SUFFIX = re.compile(r"\.(?:xlsx?|xlsm|xlsb|ods|csv|et|docx?|wps)$", re.IGNORECASE)


def parse_period(name: str) -> Period | None:
    """The period that a name holds (of a file, a folder, or a word of the command line); None where there is none.

    Forms: 2022-02-07, 20220207, 2022年2月7日, 2022-02, 2022.2, 2022年2月, 2022年三季度, 2022-Q3, 2022年上半年,
    2022-H1, 2022年, and ranges (2022年8-10月); anything may stand around them. Of several the shortest span counts,
    of equals the first; the day of a meeting or of a change (2022-02-09改) only where nothing else is named. A date
    without a year takes it from a year that stands alone (2022年重点工作台账（3月）).
    """
    spelt = spell_out(_SUFFIX.sub("", clean(name))[:_LONGEST])
    phrases = find_phrases(spelt)
    named = [p for p in phrases if p.year]
    years = {p.year for p in named if p.year}
    if len(years) == 1 and all(p.unit == "year" for p in named):
        named = [replace(p, year=min(years)) for p in phrases]
    own = [p for p in named if p.unit != "day" or not tells_otherwise(spelt[: p.start], spelt[p.stop :], p.unit)]
    named = own if any(p.unit != "year" for p in own) else named
    return min(filter(None, map(_period, named)), key=lambda p: p.last - p.first, default=None)


def _period(phrase: Phrase) -> Period | None:
    try:
        first, last = phrase.span(phrase.year or 0)
    except ValueError:
        return None
    label, token = _name(phrase, first, last)
    return Period(label, first, last, token)


_SPANS = {(1, 12): ("", ""), (1, 6): ("上半年", "-H1"), (7, 12): ("下半年", "-H2")}
_SPANS |= {(3 * n + 1, 3 * n + 3): ("一二三四"[n] + "季度", f"-Q{n + 1}") for n in range(4)}


def _name(phrase: Phrase, first: date, last: date) -> tuple[str, str]:
    """The label and the token of a period; the token names it again."""
    year, month = f"{first.year}年", f"{first.year}年{first.month}月"
    if first == last:
        return chinese_date(first), first.isoformat()
    if phrase.until and phrase.unit == "day":
        end = chinese_date(last).removeprefix(year)
        return f"{chinese_date(first)}—{end}", f"{first}至{last}"
    if phrase.until:
        begin, end = (
            (f"{year}{first.month}", f"{last.month}月") if first.year == last.year else (month, chinese_month(last))
        )
        return f"{begin}—{end}", f"{first:%Y-%m}至{last:%Y-%m}"
    if phrase.unit != "month":
        name, token = _SPANS[first.month, last.month]
        return year + name, f"{first.year}{token}"
    if phrase.days == (1, 31):
        return month, f"{first:%Y-%m}"
    part = next(word for word, days in _PARTS.items() if days == phrase.days)
    return month + part, month + part


# ---------------------------------------------------------------------------------------------- days

_DAY = re.compile(rf"({_YEAR})年(\d{{1,2}})月(\d{{1,2}})[日号]?(?:[ T]?0?0:00(?::00(?:\.0+)?)?)?")


def cell_date(value: object, epoch1904: bool = False) -> date | None:
    """The date of a date cell: a date, an Excel serial of 1954 to 2119, or a full date as text; None for all else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = spell_out(clean(value)[:_LONGEST]).strip()
        if match := _DAY.fullmatch(text):
            return _day(*map(int, match.groups()))
        value = float(text) if re.fullmatch(r"\d{5}(?:\.\d+)?", text) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if not 20000 <= value <= 80000:
        return cell_date(str(value)) if isinstance(value, int) else None
    return (date(1904, 1, 1) if epoch1904 else date(1899, 12, 30)) + timedelta(days=int(value))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def chinese_date(day: date) -> str:
    """`2022年2月7日`."""
    return f"{chinese_month(day)}{day.day}日"


def chinese_month(day: date) -> str:
    """`2022年2月`."""
    return f"{day.year}年{day.month}月"


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day + relativedelta(day=31)


def later(day: date, *, days: int = 0, months: int = 0) -> date:
    """So many days or months later; where the month has no such day, its last."""
    return day + relativedelta(days=days, months=months)
