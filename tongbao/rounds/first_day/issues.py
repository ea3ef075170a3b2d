"""From what the last circulars bear: what is asked at each run, and what is kept so that the run proposes the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongbao.config.issued_as import Issued, issued_before, keep_issued
from tongbao.config.issuing import DATED, ISSUE, NUMBER, SIGNER
from tongbao.config.office import Report
from tongbao.model import Period
from tongbao.rounds.first_day.bearing import Bearing
from tongbao.rounds.first_day.paper import Habits
from tongbao.words.periods import chinese_date

# A paper is issued within so many days after the end of its period; one that is farther off is of another (by feel).
_LATEST = 75
_NAMES = {NUMBER: "发文字号", ISSUE: "期号", DATED: "成文日期", SIGNER: "签发人"}


@dataclass(frozen=True, slots=True)
class Issues:
    """What a run asks for, and the last paper with that; `known`: what is kept, by the token of the period.

    `bulletin` and `office` are the head of the page.
    """

    asked: tuple[str, ...] = ()
    known: Mapping[str, Issued] = field(default_factory=dict)
    bulletin: str = ""
    office: str = ""
    why: str = ""

    def __bool__(self) -> bool:
        return bool(self.asked)


def issues_of(habits: Sequence[Habits], periods: Iterable[Period]) -> Issues:
    """What these circulars, the newest last, show of how the office issues its papers."""
    there = {period.last: period for period in sorted(periods)}
    known: dict[str, Issued] = {}
    for one in habits:
        period = _period(one.bearing, there)
        if period and one.bearing.fields:
            known[period.token] = Issued(period.last, one.bearing.fields)
    last = max(known.values(), key=lambda it: it.last, default=None)
    if last is None:
        return Issues()
    bearing = next(one.bearing for one in reversed(habits) if one.bearing.fields == last.fields)
    asked = tuple(name for name in _NAMES if name in last.fields and (name != DATED or bearing.dated != last.last))
    return Issues(asked, known, bearing.bulletin, bearing.office, _why(bearing, last, asked))


def _period(bearing: Bearing, there: Mapping[date, Period]) -> Period | None:
    """The period of a paper: that of the ledger that ends on the same day, else as it says; else the last before it."""
    day = bearing.dated
    if told := bearing.period:
        return there.get(told.last, told) if day is None or 0 <= (day - told.last).days <= _LATEST else None
    before = [p for p in there.values() if day and 0 <= (day - p.last).days <= _LATEST]
    return before[-1] if before else None


def _why(bearing: Bearing, last: Issued, asked: Sequence[str]) -> str:
    shown = [f"{_NAMES[name]}{last.fields[name]}" for name in asked if name != DATED]
    if DATED in asked and (day := bearing.dated):
        shown.append(f"成文日期{chinese_date(day)}，是期末后{(day - last.last).days}天")
    return "、".join(shown)


def keep(issues: Issues, report: Report) -> None:
    """Keeps what is known where the run looks for it; what is kept already stays. Raises Refusal."""
    there = issued_before(report.output)
    keep_issued(report.output, {**issues.known, **there})
