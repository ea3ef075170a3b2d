"""How a paper speaks of its period (2025年三季度, 2025年全年), and of what is counted by it (季度目标, 半年目标)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tongbao.config.kinds import Base, Kind
from tongbao.config.office import Report
from tongbao.model import Level, Period, Problem, Row
from tongbao.words.periods import chinese_date, month_end, parse_period
from tongbao.words.text import one_line

# Stands in a title of the settings for the period of the paper.
IN_TITLE = re.compile(r"[{｛]\s*(期次|年)\s*[}｝]")
# Before the name of a wording: it is for papers of a period that ends with the year (全年结束语).
YEAR_END = "全年"
_PARTS = re.compile("季度|半年|月度")


def spoken(period: Period) -> str:
    """The period in a sentence, 重点工作任务…进展情况: 2025年三季度, 2025年全年, 截至2025年9月15日."""
    if period.first == period.last:
        return f"截至{chinese_date(period.last)}"
    return f"{period.label}全年" if is_whole_year(period) else period.label


def is_whole_year(period: Period) -> bool:
    """Is the period a year?"""
    return (period.last - period.first).days >= 360


def noun(period: Period) -> str:
    """What a goal for such a period is called: 季度目标, 半年目标, 年度目标, 月度目标; 阶段目标 for any other."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if period.first.day != 1 or period.last != month_end(period.last):
        return "阶段"
    if months in (3, 6) and (period.first.month - 1) % months:
        return "阶段"  # 2月—4月 is no quarter
    return {1: "月度", 3: "季度", 6: "半年", 12: "年度"}.get(months, "阶段")


def as_typed(name: str, rows: Sequence[Row], period: Period) -> str:
    """The word of a label on the page: as the ledger types it, where it types one word for all its rows.

    Otherwise its own name, in which 季度 gives way to what the period is.
    """
    typed = {re.sub(r"\s", "", one_line(row.typed)) for row in rows}
    if len(typed) == 1 and (word := typed.pop()):
        return word
    return _PARTS.sub(noun(period), name)


def wording_for(kind: Kind, own: Mapping[str, tuple[str, ...]], period: Period) -> dict[str, tuple[str, ...]]:
    """The wordings of a paper: the office's own, else the kind's; in the year's last period what is for it.

    What the office says for all periods holds for the last one too. What setup wrote into its settings is the kind's.
    """
    goal = f"{noun(period)}目标"
    said = {
        name: parts if name in own and parts != kind.unnamed.get(name) else _for_goal(parts, goal)
        for name, parts in {**kind.wording, **own}.items()
    }
    if (period.last.month, period.last.day) == (12, 31):
        for name in [name for name in said if YEAR_END + name in said and (name not in own or YEAR_END + name in own)]:
            said[name] = said[YEAR_END + name]
    return said


def _for_goal(parts: Sequence[str], goal: str) -> tuple[str, ...]:
    return tuple(part.replace("季度目标", goal) for part in parts)


# ---------------------------------------------------------------------------------------------- titles


def titled(report: Report, period: Period) -> Report:
    """The report with the period in its title, where the settings leave it open: 关于{期次}进展情况的通报."""
    said = {"期次": spoken(period).removeprefix("截至"), "年": f"{period.last.year}年"}
    return replace(report, title=IN_TITLE.sub(lambda m: said[m[1]], report.title))


def stale_title(report: Report, base: Base, period: Period) -> list[Problem]:
    """A warning where the title of the settings names another period than that of the paper."""
    if IN_TITLE.search(report.title) or (named := parse_period(report.title)) is None:
        return []
    holds = named.first <= period.first and period.last <= named.last
    whole = is_whole_year(named)
    if holds or named.first == named.last or (whole and base is not Base.YEAR):
        return []
    word = "{年}" if whole else "{期次}"
    message = f"标题写的是{named.label}，本期是{period.label}：“{report.title}”"
    fix = f"在 config.yaml 的 title 里把“{named.label}”写成“{word}”，以后各期自动换"
    return [Problem(Level.WARNING, "title_stale", message, fix)]
