"""Whether the lines above a table speak of the period that the file is named by (更新时间：2025年2月28日, （4月）)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tongbao.excel.values import text_of
from tongbao.ledger.rawtable import RawTable
from tongbao.model import Level, Period, Problem
from tongbao.words.periods import spell_out
from tongbao.words.text import one_line

_LABEL = (
    r"(?:更新|统计|填报|报送|制表|数据)?(?P<label>更新|截至|截止|统计|填报|报送|制表)(?:时间|日期|到|至)?\s*[:：]?\s*"
)
_DAY = r"(?:(?P<year>(?:19|20)\d\d)\s*[年.\-/])?\s*(?P<month>\d{1,2})\s*[月.\-/](?:\s*(?P<day>\d{1,2})\s*日?|底|末)?"
_LABELLED = re.compile(_LABEL + _DAY)
# The month of a title: （4月）, 2025年4月台账, 1-8月进展. A day behind it makes it the day of a meeting or a paper.
_MONTH = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*(?:度)?)?(?P<range>\d{1,2}\s*月?\s*[-—–－至到~～]\s*)?(?P<month>\d{1,2})\s*月(?:份)?"
    r"(?!\s*\d|\s*[-—–－至到~～]\s*\d)"
)
# Words of other dates: 根据4月会议, 3月印发, 5月底前. A title with one of them says nothing of its period.
_OTHER_DATE = re.compile(r"会议|印发|文件|决定|部署|要求|通知|以来|起|前|计划|目标|第.{1,3}次|批")
_LONGEST = 60  # characters of a title; what is longer is a preface, with dates of its own (set by feel)


def title_problems(table: RawTable, period: Period) -> Iterator[Problem]:
    """A warning for the first text above the table that names another time than the file."""
    for number, row in enumerate(table.choice.sheet.cells[: table.choice.layout.top - 1], 1):
        for column, value in enumerate(row, 1):
            text = one_line(text_of(value))
            if text and len(text) <= _LONGEST and (said := _other_time(text, period)):
                message = f"表上写的是“{said}”，文件名是{period.label}"
                fix = "改正表上的日期；拿错了台账的换成本期的"
                yield Problem(Level.WARNING, "title_period", message, fix, place=table.place(number, column))
                return


def _other_time(text: str, period: Period) -> str:
    """What a text says of its time, where that is not the period; else empty."""
    if found := _LABELLED.search(text):
        return found[0] if _is_elsewhere(found, period) else ""
    if _OTHER_DATE.search(text) or period.last.year != period.first.year:
        return ""
    # 2022.01 and 二〇二二年一月 in one spelling; what is spelt as 2022年1月 already is quoted as it stands.
    for found in _MONTH.finditer(text if _MONTH.search(text) else spell_out(text)):
        if not 1 <= int(found["month"]) <= 12:
            continue
        if _is_other_month(found, period):
            return found[0].strip("（）()")
    return ""


def _is_elsewhere(found: re.Match[str], period: Period) -> bool:
    """Does a labelled day lie outside the period? With 截至 its month must be the last of the period."""
    month = int(found["month"])
    if not 1 <= month <= 12:
        return False
    months = _months_after(found, period.last)
    # A ledger is often brought up to date in the month after its period, and a ledger of one day may hold last month's
    # figures: there one month aside is no contradiction (set by feel).
    if period.first == period.last or (not found["year"] and month > period.last.month):
        return abs(months) > 1
    if found["label"] in ("截至", "截止", "统计"):
        return months < 0 or months > 1
    return _is_before(found, period) or months > 1


def _is_other_month(found: re.Match[str], period: Period) -> bool:
    months = _months_after(found, period.last)
    if period.first == period.last:
        return abs(months) > 1
    if found["range"] or period.first.month == period.last.month:
        return months != 0
    return _is_before(found, period) or months > 0


def _is_before(found: re.Match[str], period: Period) -> bool:
    """Does a month lie before the first one of the period? Without a year it is of the period's last year."""
    year = int(found["year"] or period.last.year)
    return (year, int(found["month"])) < (period.first.year, period.first.month)


def _months_after(found: re.Match[str], last: date) -> int:
    """How many months a month lies after that of the period's last day; without a year it is of that day's year."""
    return (int(found["year"] or last.year) - last.year) * 12 + int(found["month"]) - last.month
