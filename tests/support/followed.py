"""An invented year drawn as ledgers, by the habit of the office, and what comparing them finds in every month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.support.drawn import drawn
from tests.support.year import Item, Year
from tongbao.config.kinds import Base
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.register import based
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, Problem

HABITS = ("keep", "delete", "next", "at once")
HEAD = "编号 | 序号 | 事项 | 单位 | 时限 | 进展 | 状态 | 理由"


def ledger(year: Year, month: int, habit: str, shown: Year | None = None) -> Ledger:
    """The ledger of a month, its rows by the habit; what they say by another year, where it was corrected since."""
    shown = shown or year
    twin = dict(zip(map(id, year.items), shown.items, strict=True))
    sheet, closed = ([twin[id(item)] for item in items] for items in year.standing(month, habit))
    lines = [*(line(item, month, year) for item in sheet), "销号", *(line(item, month, year) for item in closed)]
    return drawn("\n".join([HEAD, *numbered(lines, sheet)]), f"2025-{month:02d}")


def line(item: Item, month: int, year: Year) -> str:
    version = item.months[month]
    due = f"2025-{version.due:02d}-28" if version.due else ""
    reason = "政策调整" if version.word == "撤销" else ""
    id_ = "" if year.answers else version.id
    return f"{id_} | {{no}} | {version.text} | {item.unit} | {due} | {version.progress} | {version.word} | {reason}"


def numbered(lines: list[str], sheet: list[Item]) -> Iterator[str]:
    """The lines with their 序号, from 1 in every ledger; sub-rows of one item share it."""
    groups = list(dict.fromkeys(item.group for item in sheet))
    for at, text in enumerate(lines):
        yield text.format(no=groups.index(sheet[at].group) + 1 if at < len(sheet) else "")


def followed(year: Year, habit: str, shown: Year | None = None) -> Iterator[tuple[int, Changes, list[Problem]]]:
    """The comparison of every month, as runs of those months find it."""
    months = year.ledgers
    found = [ledger(year, month, habit, shown) for month in months]
    links = [match(before, now, year.given())[0] for before, now in pairwise(found)]
    for n, month in enumerate(months):
        prior, link = (found[n - 1], links[n - 1]) if n else (None, None)
        changes, problems = compare(found[n], prior, link, found[:n], links[: max(0, n - 1)])
        yield month, based(changes, Base.ALL, None), problems
