"""Deadline cells: the phrases of supervision offices, read into dates where they hold any.

Nothing is made up: unknown words stay unread, a phrase with two meanings is ambiguous, and every year or month that was
inferred is told. The rules were set on the phrases that tests/words/test_deadlines.py lists, most of them from
published circulars; unless a line says otherwise, they give the reason for each expression below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from tongbao.model import Deadline, DeadlineKind, Milestone, Period
from tongbao.words.periods import (
    Phrase,
    cell_date,
    chinese_date,
    chinese_month,
    find_phrases,
    later,
    month_end,
    spell_out,
)
from tongbao.words.text import key, one_line


@dataclass(frozen=True, slots=True)
class _Base:
    """What a phrase without a year may be counted from: a year given, the day of the decision, the period."""

    year: int | None = None
    decided: date | None = None
    period: Period | None = None

    @property
    def this_year(self) -> int | None:
        day = self.decided or (self.period and self.period.last)
        return self.year or (day.year if day else None)

    def year_of(self, phrase: Phrase, carried: int | None) -> tuple[int | None, str]:
        """The year of a phrase, with a note in Chinese where it is inferred; None and the reason where it cannot be.

        A phrase without a year has that of the phrase before it (`carried`), else the year given, else that of the
        decision, else that of the period. It has the following year where its day would lie before the decision.
        """
        if phrase.year or (carried and phrase.near is None):
            return phrase.year or carried, ""
        year = self.this_year
        if year is None:
            return None, "没有写年份"
        if phrase.near is not None:
            year += phrase.near
        elif self.decided and phrase.span(year)[1] < self.decided:
            year += 1
        by_title = self.year is not None and year == self.year
        source = (
            "标题" if by_title else chinese_date(self.decided) if self.decided else self.period and self.period.label
        )
        return year, f"没有写明年份，按{source}定为{year}年"


# Characters of a deadline cell, set by feel: three or four milestones with their words stay far below it. A longer
# cell holds something else and stays unread.
_LONGEST = 500


def parse_deadline(
    text: str, *, year: int | None = None, decided: date | None = None, period: Period | None = None
) -> Deadline:
    """What a deadline cell says; a phrase that no rule knows is UNREAD.

    `year` is the year that the ledger's title or section gives. Durations count from `decided`, the day of the decision
    or of receipt. The answer's `inferred` tells in Chinese what was inferred, or which meanings are open.
    """
    line = one_line(text)
    if len(line) > _LONGEST:
        return Deadline(line, DeadlineKind.UNREAD)
    spelt, note = _this_month(spell_out(line), period)
    spelt = re.sub(r"\s", "", spelt)
    base = _Base(year, decided, period)
    read = next(found for reader in _READERS if (found := reader(spelt, base)))
    return replace(read, text=line, inferred=read.inferred or note)


def _this_month(spelt: str, period: Period | None) -> tuple[str, str]:
    """The text with 本月, 下月 and a bare 月底 replaced by the months meant, counted from the period; and a note of it.

    个月, 年月 and 每月 are left alone: 半年月底 and 每月底前 name no month.
    """
    if period is None:
        return spelt, ""
    said = re.sub(r"(?:下个?|次)月", chinese_month(later(period.last, months=1)), spelt)
    said = re.sub(r"[本当]月|(?<![\d个每年])月(?=底|末)", chinese_month(period.last), said)
    return said, f"没有写月份，按{period.label}定" if said != spelt else ""


def _empty(spelt: str, base: _Base) -> Deadline | None:
    return Deadline() if spelt.strip("-/—无") == "" else None


def _serial(spelt: str, base: _Base) -> Deadline | None:
    """An Excel serial (44681), typed into a cell that holds text. One with a time of day (44681.5) stays unread."""
    day = cell_date(spelt) if re.fullmatch(r"\d{5}(?:\.0+)?", spelt) else None
    return Deadline(kind=DeadlineKind.POINT, milestones=(Milestone(day, day),)) if day else None


# Recurring only before a span of time: 每季度, 每3天, not 每户. The cost: 每逢周一 and 3天一调度 stay unread.
_EVERY = re.compile(r"每(?:个?[年季月周日天旬]|半年|星期|\d)|[按逐][月季周]")


def _recurring(spelt: str, base: _Base) -> Deadline | None:
    recurs = _EVERY.search(spelt) and not find_phrases(_once(spelt))
    return Deadline(kind=DeadlineKind.RECURRING) if recurs else None


def _once(spelt: str) -> str:
    """The text without its recurring clauses."""
    return ";".join(clause for clause in re.split("[,;。]", spelt) if not _EVERY.search(clause))


def _dated(spelt: str, base: _Base) -> Deadline | None:
    """Phrases with dates, one milestone each; the year of one, given or inferred, is carried to the next."""
    text = _once(spelt) if _EVERY.search(spelt) else spelt
    phrases = find_phrases(text)
    year, notes, found = None, [], []
    try:
        for phrase in phrases:
            given, note = base.year_of(phrase, year)
            notes += [note] if note not in notes else []
            if given is None:
                return Deadline(kind=DeadlineKind.AMBIGUOUS, inferred=note)
            year = given
            if phrase.bare and any(not p.bare for p in phrases):
                continue
            first, last = phrase.span(year)
            found.append((_kind(phrase, text), Milestone(last, first, _what(text, phrase, phrases))))
    except ValueError:
        return Deadline(kind=DeadlineKind.INVALID)
    return _combined(found, "；".join(filter(None, notes))) if found else None


def _kind(phrase: Phrase, text: str) -> DeadlineKind:
    """The kind of one phrase.

    3月底 alone sets a limit; with a year or a verb (2022年元月底, 4月底交付使用) it names a day. 8月前 may leave August
    out or in, and is asked about.
    """
    if phrase.unit == "whole" or (phrase.bare and phrase.near is not None and not phrase.limited):
        return DeadlineKind.BEFORE
    if phrase.limited:
        return DeadlineKind.BEFORE if phrase.unit == "day" or phrase.edge else DeadlineKind.AMBIGUOUS
    if phrase.edge == "底":
        alone = phrase.stop - phrase.start == len(text) and phrase.year is None
        return DeadlineKind.BEFORE if alone else DeadlineKind.POINT
    return DeadlineKind.POINT if phrase.unit == "day" and not phrase.until else DeadlineKind.SPAN


def _combined(found: Sequence[tuple[DeadlineKind, Milestone]], note: str) -> Deadline:
    """One deadline of all phrases, SEVERAL where their days differ; one ambiguous phrase makes it ambiguous."""
    for kind, milestone in found:
        if kind is DeadlineKind.AMBIGUOUS and milestone.first:
            before = chinese_date(milestone.first - timedelta(days=1))
            meanings = f"可指{before}以前，也可指{chinese_date(milestone.last)}以前"
            return Deadline(kind=kind, inferred=meanings)
    milestones = tuple(replace(m, first=None) if k is DeadlineKind.BEFORE else m for k, m in found)
    if len({m.last for m in milestones}) == 1:
        return Deadline(kind=found[0][0], milestones=milestones[:1], inferred=note)
    if any(later.last < earlier.last for earlier, later in pairwise(milestones)):
        note = "；".join(filter(None, (note, "各节点的先后与书写次序不一致")))
    return Deadline(kind=DeadlineKind.SEVERAL, milestones=milestones, inferred=note)


# Words around a date that are not part of what it is set for: 力争6月底前完成 is for 完成.
_LEADING = re.compile(
    r"^(?:力争|争取|预计|确保|计划|于|在|到|至|的|内)+|(?:力争|争取|预计|确保|计划|于|在|到|至|[:：])+$"
)


def _what(text: str, phrase: Phrase, phrases: Sequence[Phrase]) -> str:
    """What the date of a phrase is set for: the words that follow it up to a stop, else those before it."""
    following = min((p.start for p in phrases if p.start >= phrase.stop), default=len(text))
    before = max((p.stop for p in phrases if p.stop <= phrase.start), default=0)
    after = re.split("[,;。、]", text[phrase.stop : following])[0]
    return _LEADING.sub("", after).strip("() ") or _LEADING.sub(
        "", re.split("[,;。、]", text[before : phrase.start])[-1]
    )


def _remaining(spelt: str, base: _Base) -> Deadline | None:
    """The end of the year for 剩下的半年时间. The cost: so is 剩余时间, whatever it is the rest of."""
    if not re.search(r"(?:剩下|剩余|余下).*(?:半年|时间)", spelt) or base.this_year is None:
        return None
    end = Milestone(date(base.this_year, 12, 31))
    return Deadline(kind=DeadlineKind.BEFORE, milestones=(end,), inferred=f"按{base.this_year}年年底理解")


# A duration in one clause. The cost: 2101年 is one of 2101 years, as years of dates end with 2099.
_DURATION = re.compile(
    r"(?P<event>[^,;。]*后)?(?P<what>[^,;。]*?)"
    r"(?P<number>\d+|半)个?(?P<unit>工作日|小时|[日天周月年]|星期|季度)(?P<within>[之以]?内)?"
)
# Events that the day of the decision (or of receipt) stands for, and events of the work itself, which no ledger dates.
# After any other event (达到条件后7日内) the deadline is conditional. The cost: so it is after 交付之日.
_ASSIGNED = re.compile(r"(?:会|会议|交办|转办|批示|印发|下发|发文|通报|签收|接件|收到.*|受理|通知)(?:之日)?后$")
_STARTED = re.compile(r"(?:开工|动工|进场|开标|中标|签约|立项|批复|竣工|完工|投产|验收)(?:之日)?后$")
_DAYS = {"日": 1, "天": 1, "周": 7, "星期": 7}
_MONTHS = {"月": 1, "季度": 3, "年": 12}


def _counted(spelt: str, base: _Base) -> Deadline | None:
    """Durations from the decision (会后, 收到…, or nothing said), or from an event that no ledger dates.

    Working days would need a calendar of holidays, an extension the deadline that it extends: neither gives a date.
    """
    found = [m for clause in re.split("[,;。]", spelt) if (m := _DURATION.match(clause)) and _counts(m, clause)]
    if not found:
        return None
    if any(m["event"] and not (_ASSIGNED.search(m["event"]) or _STARTED.search(m["event"])) for m in found):
        return Deadline(kind=DeadlineKind.CONDITIONAL)
    milestones = tuple(Milestone(day, None, m["what"]) for m in found if (day := _counted_day(m, base)))
    note = f"从{chinese_date(base.decided)}起算" if milestones and base.decided else ""
    return Deadline(kind=DeadlineKind.RELATIVE, milestones=milestones, inferred=note)


def _counts(match: re.Match[str], clause: str) -> bool:
    """Does this duration set a deadline, or does it only mention some days (涉及3天培训)?

    The cost: 逾期3日 fills its clause and is counted.
    """
    return (
        bool(match["event"] or match["within"] or re.search("连续|延长|限期|期限|工期", clause)) or match[0] == clause
    )


def _counted_day(match: re.Match[str], base: _Base) -> date | None:
    """The day on which a duration ends, counted from the decision; None where nothing dates it. 半个月 is 15 days."""
    uncounted = match["unit"] in ("工作日", "小时") or re.search("连续|延长", match["what"])
    if base.decided is None or uncounted or (match["event"] and not _ASSIGNED.search(match["event"])):
        return None
    unit = match["unit"]
    if match["number"] == "半":
        return later(base.decided, days=15) if unit == "月" else later(base.decided, months=6)
    number = int(match["number"])
    return later(base.decided, days=number * _DAYS.get(unit, 0), months=number * _MONTHS.get(unit, 0))


# Phrases without a date, first match first; the last one takes all the rest. 待定 is vague although it begins with 待.
_WORDS = (
    (
        r"待.*后|待.*(?:成熟|具备|落实|批复|到位)|后(?:立即|即|及时|随即|尽快|马上|再|启动|开展|实施)",
        DeadlineKind.CONDITIONAL,
    ),
    (r"短期|中期", DeadlineKind.CLASS),
    (r"长期|持续|常态|常年|长效|跨年", DeadlineKind.OPEN),
    (r"立行|立即|即知|即改|立改|马上", DeadlineKind.URGENT),
    (r"如期|按期|按时|限期|按计划|按序时|按进度", DeadlineKind.REFERENCE),
    (r"尽快|适时|近期|抓紧|及时|尽早|早日|择期|待定|另行", DeadlineKind.VAGUE),
    (r"", DeadlineKind.UNREAD),
)


def _worded(spelt: str, base: _Base) -> Deadline | None:
    return Deadline(kind=next(kind for pattern, kind in _WORDS if re.search(pattern, spelt)))


_READERS: tuple[Callable[[str, _Base], Deadline | None], ...] = (
    _empty,
    _serial,
    _recurring,
    _dated,
    _remaining,
    _counted,
    _worded,
)


def same_deadline(a: Deadline, b: Deadline) -> bool:
    """Do two cells set the same deadline? Day 30 (in February day 28) and the last day of the month are one day.

    Published ledgers write 1月30日 for 元月底 and 2月28日 for 2月底. Cells without a date are compared as texts.
    """
    if a.milestones or b.milestones:
        return [_month_end(m.last) for m in a.milestones] == [_month_end(m.last) for m in b.milestones]
    return a.kind is b.kind and key(a.text) == key(b.text)


def _month_end(day: date) -> date:
    """The last day of the month for its last days (see `same_deadline`), any other day itself."""
    return month_end(day) if day.day >= (28 if day.month == 2 else 30) else day
