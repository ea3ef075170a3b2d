"""Which period follows a ledger's, and what the next ledger's file is called, in the office's own style."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tongbao.excel.writing.opening import Opened
from tongbao.model import Ledger, Period
from tongbao.words.periods import find_phrases, later, month_end, parse_period, spell_out
from tongbao.words.rolling import Turn, renamed, rolled, without_dates

# What a file name has left when the date in its brackets was taken out: 台账（截至2022年2月7日） → 台账（截至）.
# 〔〕 and 《》 are left as they are.
_EMPTY_BRACKETS = re.compile(r"[（(\[【]\s*(?:截[至止])?\s*[）)\]】]")
# What joins the first and last month in the label of a period that is named by its months (2022年1—9月).
_JOINED = "—"


def following(period: Period, earlier: Period | None = None, name: str = "") -> Period | None:
    """The period after a whole month, quarter, half-year or year, after ten days of a month, after 1—9月.

    None after any other, which the clerk has to name: after a single day, 8—10月, 1—12月. `earlier`, the period of
    the ledger before, tells the step from one day at the end of a month to the next, and how many months 1—3月 grows.
    `name` is that of the ledger's file: 5月底 in it means the ends of months, 前三季度 that it does not grow by months.
    """
    if _JOINED in period.label:
        return _grown(period, earlier, name)
    if period.first == period.last:
        return _month_end(period.last, earlier, name)
    return _ten_days(period) or _whole(period)


def _whole(period: Period) -> Period | None:
    after = period.last + timedelta(days=1)
    months = (after.year - period.first.year) * 12 + after.month - period.first.month
    if period.first.day != 1 or after.day != 1 or months not in (1, 3, 6, 12):
        return None
    names = {
        1: f"{after:%Y-%m}",
        3: f"{after.year}-Q{(after.month + 2) // 3}",
        6: f"{after.year}-H{1 if after.month == 1 else 2}",
        12: f"{after.year}年",
    }
    return parse_period(names[months])


def _grown(period: Period, earlier: Period | None, name: str) -> Period | None:
    """After 1—9月 comes 1—10月, or 1—12月 where the ledger before was 1—6月. A full year has no natural next."""
    if not _is_since_january(period) or "季" in name:
        return None
    known = earlier is not None and earlier.last.year == period.last.year and _is_since_january(earlier)
    step = period.last.month - earlier.last.month if known and earlier else 1
    month = period.last.month + step
    return parse_period(f"{period.last.year}-01至{period.last.year}-{month:02}") if month <= 12 else None


def _is_since_january(period: Period) -> bool:
    return period.first == date(period.last.year, 1, 1) and period.last == month_end(period.last)


def _month_end(day: date, earlier: Period | None, name: str) -> Period | None:
    """The end of the next month after one, where the office names its ledgers so; None after any other day."""
    if day != month_end(day):
        return None
    named = any(phrase.edge for phrase in find_phrases(spell_out(name)))
    ends = (later(earlier.last, months=n) for n in (1, 3, 6, 12)) if earlier and earlier.first == earlier.last else ()
    step = next((n for n, end in zip((1, 3, 6, 12), ends, strict=False) if month_end(end) == day), 0)
    if earlier and earlier.last != month_end(earlier.last):
        step = 0
    return parse_period(month_end(later(day, months=step or 1)).isoformat()) if step or named else None


_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


def _ten_days(period: Period) -> Period | None:
    """After 5月上旬 comes 5月中旬, after 5月下旬 6月上旬."""
    first, last = period.first.day, period.last.day if period.last != month_end(period.last) else 31
    parts = list(_DAYS)
    found = next((n for n, part in enumerate(parts) if _DAYS[part] == (first, last)), None)
    if found is None:
        return None
    after = period.last + timedelta(days=1)
    return parse_period(f"{after.year}年{after.month}月{parts[(found + 1) % 3]}")


def next_file_name(ledger: Ledger, period: Period, opened: Opened | None = None) -> str:
    """The file name of the next ledger: the old one with the period changed in its own style; other dates stay.

    The name is always one that is read as the new period. `opened` is the old ledger as it is written on: macros stay
    in a workbook that is written on as it is, and in no other.
    """
    stem, _, suffix = ledger.file.rpartition(".")
    suffix = suffix if suffix.lower() == "xlsm" and not (opened and opened.afresh) else "xlsx"
    turn = Turn(ledger.period, period, ledger.as_of)
    names = (rolled(stem, turn).text, renamed(stem, turn))
    plain = _EMPTY_BRACKETS.sub("", without_dates(stem)) + period.token
    return f"{next((name for name in names if parse_period(name) == period), plain)}.{suffix}"


def left_in_file_name(ledger: Ledger, period: Period) -> list[str]:
    """The dates and issue numbers of the old file name that stand in the next one as they were."""
    found = rolled(ledger.file.rpartition(".")[0], Turn(ledger.period, period, ledger.as_of))
    return [words for _, words in found.left if words in next_file_name(ledger, period)]
