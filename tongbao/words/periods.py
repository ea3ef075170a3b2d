"""Dates as offices write them: one grammar of Chinese date phrases, the names of periods, date cells.

The grammar never guesses: a phrase without a year has none, and the caller must bring one. dateutil adds months.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from tongbao.model import Period
from tongbao.words.issues import issue_in, week_in
from tongbao.words.text import clean, parse_chinese_number

# ---------------------------------------------------------------------------------------------- one spelling

# Years of this and the last century, so that 2101年 or a number such as 4468 is none. The cost comes in 2100.
_YEAR = r"(?:19|20)\d\d"
# Chinese numerals become figures only before a word of time: 三季度, not 三农. 两个 and the like come along.
_NUMERALS = re.compile(r"[〇零○一二三四五六七八九十两]{1,8}(?=年|月|[日号天周]|季度|个|工作日|星期)")
# The forms of tests/words/test_periods.py made one, in this order: 年月日 without spaces around them, one sort of dash,
# 元月, 20220207 (also with a time behind it), 202202, 2022.2.7, 2022-02, 2022-Q3, 2022-H1, a bare 2022, 前三季度,
# 8-10月, 3月5-8日. A number that goes on after a date (编号2022-017, 2022.7.5月) stays. The cost: a code of six or
# eight figures that begins like a year (编号202202) is read as a date.
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
    """The text with every date in one spelling: half-width, in figures, with 年月日 for dots and dashes."""
    text = unicodedata.normalize("NFKC", text)
    text = _NUMERALS.sub(lambda m: str(parse_chinese_number(m[0]) or m[0]), text)
    for pattern, spelt in _SPELLINGS:
        text = pattern.sub(spelt, text)
    return text


# 年内 is a date; in 年内部 and 年内涝 the 内 begins another word.
_NOT_INNER = "(?![部容涝外河])"
# What ends a date that no word ends: 3月5 before a stop, 9月中 (not 9月中学). 3月5项 has no day.
_STOP = r"(?=$|[-至到,;。、()\s])"
# 前 sets a limit unless it begins another word: 8月10日前, not 8月10日前往 or 6月前期. 年底 alone may have no digit and
# no 半 or 每 before it: 5年底 and 每年底 are something else.
_DATE = re.compile(
    rf"""
    (?:(?:(?P<year>{_YEAR})年 | (?P<near>今|本|当|明|次|来|去|上)年)(?:度|的)? (?P<year_end>底|末|终|内{_NOT_INNER})?)?
    (?:
        (?P<month>\d{{1,2}})月份?
        (?: (?P<day>\d{{1,2}})(?:[日号]|{_STOP}|(?=[之以]?前))
          | (?P<part>底|末|初|上半月|下半月|上旬|中下旬|上中旬|中旬|下旬|中{_STOP})? )
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
_PARTS |= {"上半月": (1, 15), "下半月": (16, 31), "初": (1, 10), "中": (11, 20), "底": (31, 31), "末": (31, 31)}
_HALVES = {"上": (1, 6), "下": (7, 12)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One date phrase of a text, from `start` to `stop`. `months` and `days` are the first and last, day 31 is the end.

    `unit` is what it names: day, month, quarter, half, whole (to the end of a year) or year (alone). `edge` is 底 or 末
    where only the last day is named. `near` counts the year from this one (明年 1), `limited` says that 前 follows,
    `until` is the other end of a range.
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
        """First and last day in `year`. Raises ValueError where the calendar has no such day."""
        if self.unit == "day":
            date(year, self.months[0], self.days[0])
        first = date(year, self.months[0], 1) + relativedelta(day=self.days[0])
        if self.until:
            last = self.until.span(self.until.year or year)[1]
            return first, last if last >= first else self.until.span(year + 1)[1]
        return first, date(year, self.months[1], 1) + relativedelta(day=self.days[1])


def find_phrases(spelt: str) -> list[Phrase]:
    """The date phrases of a text from `spell_out`, in order; two joined by 至 or a dash are one."""
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

# What the words around a date say it is the date of. Set on titles, labels and notes of ledgers and on the tables of
# tests/words/test_rolling.py. Where in doubt a date does not follow the period: it stays and is told as left alone.
#
# Words right before the day up to which a ledger tells (截至, 填报日期：). The cost: a bare 时间： says nothing.
_AS_OF = re.compile(
    r"(?:截至|截止|时点|报告期|(?:统计|填报|填表|报送|上报|更新|制表|截止|截至|数据)(?:日期|时间)?)[为于到至：:\s（(]*$"
)
_CLAUSES = re.compile(r"[，,。；;（(）)《》\n]")
# Meetings, acts of issuing and kinds of papers have dates of their own. Only these: 社会 is no meeting, 调度 alone no
# act. The cost: 2022年1月31日意见 follows the period, for papers count only behind a month or a year.
_MEETING = r"会议|(?:[大例全年]|调度|推进|专题|常务|办公|协调|联席|现场|座谈|动员|交办|党组|常委)会"
_ISSUE = r"印发|下发|召开|批示|部署|建立|成立|出台|发布|公布|签发|签订|交办|下达|启动|施行|制定|制订|修订|审议|通过"
_PAPERS = r"要点|方案|规划|纲要|通知|意见(?!建议)|(?:政府)?工作报告|(?:工作|行动|实施|年度)计划"
_EVENT = re.compile(f"{_MEETING}|{_ISSUE}")
# What follows these is the paper that a ledger rests on. The cost: 围绕 and other such words are not known.
_SOURCE = re.compile("根据|依据|按照|依照|遵照|贯彻")
# A limit or a beginning: 1月前, 1月起, 自1月, 延期至1月. A 至 or 到 alone joins a range and bounds nothing.
_BOUNDED = re.compile(r"\s*(?:[之以]?前(?![期后往端置沿提年])|起|以来|始|开始)")
_BOUND = re.compile(
    r"(?:[于自从由]|限|要求|务必|力争|预计|计划|(?:延期?|延长|推迟|顺延|展期|调整|有效期?)[至到])[为在：:\s]*$"
)
# The day on which a file was changed (2022-02-09改), and any day under a label (制定时间：).
_CHANGED = re.compile(r"\s*(?:修?改|[改定]稿)")
_LABEL = re.compile(r"[\u4e00-\u9fff](?:日期|时间)[：:\s]*$")


def says_as_of(head: str) -> bool:
    """Do the words before a date say that the ledger tells up to that day (截至, 填报日期：)?"""
    return bool(_AS_OF.search(head))


def tells_otherwise(head: str, tail: str, unit: str) -> bool:
    """Do the words before (`head`) and after (`tail`) a date say that it is not the date of the ledger's period?

    It may be a deadline (…前), a beginning (…起), the day of a meeting or a paper, part of a name in 《》 or “”, or the
    day under a label. `unit` is that of the phrase.
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

_LONGEST = 300  # characters of a name or a cell that are looked at, set by feel: file names have at most 255
_SUFFIX = re.compile(r"\.(?:xl[st][xmb]?|f?ods|ots|[ct]sv|ett?|html?|mht|mhtml|xml|uos|docx?|wps)$", re.IGNORECASE)


def parse_period(name: str) -> Period | None:
    """The period that a name holds (of a file, a folder, or a word of the command line); None where it holds none.

    Forms: 2022-02-07, 20220207, 2022年2月7日, 2022-02, 2022.2, 2022年2月, 2022年三季度, 2022-Q3, 2022年上半年,
    2022-H1, 2022年, and ranges (2022年8-10月); anything may stand around them. Of several the shortest counts, of
    equally long ones the first. The day of a meeting or of a change (2022-02-09改) counts only where nothing else is
    named. A date without a year takes it from a year that stands alone (2022年重点工作台账（3月）). A week is no
    period (2022年第20周), whatever but a day stands beside it.
    """
    spelt = spell_out(_SUFFIX.sub("", clean(name))[:_LONGEST])
    return found if (found := _named_in(spelt)) and not _is_only_counted(spelt, found) else None


def count_in(name: str) -> str:
    """The count in a name without a period (第20周); empty where there is none."""
    spelt = spell_out(_SUFFIX.sub("", clean(name))[:_LONGEST])
    return "" if parse_period(name) else week_in(spelt) or issue_in(spelt)


def _is_only_counted(spelt: str, found: Period) -> bool:
    """Does a name count weeks beside a year or a month, or anything beside a year alone?"""
    days = (found.last - found.first).days
    return days > 15 and bool(week_in(spelt) or (days > 360 and issue_in(spelt)))


def _named_in(spelt: str) -> Period | None:
    phrases = find_phrases(spelt)
    named = [p for p in phrases if p.year]
    years = {p.year for p in named if p.year}
    if len(years) == 1 and all(p.unit == "year" for p in named):
        named = [replace(p, year=min(years)) for p in phrases]
    own = [p for p in named if p.unit != "day" or not tells_otherwise(spelt[: p.start], spelt[p.stop :], p.unit)]
    named = own if any(p.unit != "year" for p in own) else named
    return min(filter(None, map(_period, named)), key=lambda p: p.last - p.first, default=None)


def _period(phrase: Phrase) -> Period | None:
    """The period of a phrase that has a year; None where the calendar has no such day."""
    try:
        first, last = phrase.span(phrase.year or 0)
    except ValueError:
        return None
    label, token = _name(phrase, first, last)
    return Period(label, first, last, token)


_SPANS = {(1, 12): ("", ""), (1, 6): ("上半年", "-H1"), (7, 12): ("下半年", "-H2")}
_SPANS |= {(3 * n + 1, 3 * n + 3): ("一二三四"[n] + "季度", f"-Q{n + 1}") for n in range(4)}


def _name(phrase: Phrase, first: date, last: date) -> tuple[str, str]:
    """The label of a period (2022年2月) and its token (2022-02), from which `parse_period` reads it again."""
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
    """The date of a date cell: a date, an Excel serial of 1954 to 2119, or a full date as text; None for all else.

    `epoch1904` says that the workbook counts its days from 1904.
    """
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
    # Serials of 1954 to 2119, so that a count (12) is no date. The cost: an amount of 30000 in a date column is one.
    if not 20000 <= value <= 80000:
        return cell_date(str(value)) if isinstance(value, int) else None
    return (date(1904, 1, 1) if epoch1904 else date(1899, 12, 30)) + timedelta(days=int(value))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def chinese_date(day: date) -> str:
    """A day as `2022年2月7日`."""
    return f"{chinese_month(day)}{day.day}日"


def chinese_month(day: date) -> str:
    """The month of a day as `2022年2月`."""
    return f"{day.year}年{day.month}月"


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day + relativedelta(day=31)


def later(day: date, *, days: int = 0, months: int = 0) -> date:
    """The day so many days and months later; where that month is too short, its last day."""
    return day + relativedelta(days=days, months=months)
