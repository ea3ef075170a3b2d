"""Which tables of a workbook are the ledger: one, several parts of it, or one for each month; and which are copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.ledger.choice import is_closed
from tongbao.rounds.first_day.dating import names_part_of_year
from tongbao.rounds.first_day.survey import BookSeen, TableSeen, same_column
from tongbao.words.text import key

# Names of sheets that are copies or leftovers beside the ledger itself.
_COPY = re.compile(
    r"备份|副本|拷贝|copy|backup|旧|作废|历史|模板|样表|示例|说明|[(（]\d+[)）]$|-\s*副本|old|temp|草稿|底稿",
    re.IGNORECASE,
)
_ALIKE = 0.6  # the share of common headers that makes two tables parts of one ledger (set by feel)


@dataclass(frozen=True, slots=True)
class Parts:
    """The tables of a ledger, those of closed items apart, and what was left out, each with the reason."""

    tables: tuple[TableSeen, ...]
    closed: tuple[TableSeen, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def parts_of(seen: BookSeen, like: TableSeen | None = None) -> Parts:
    """The tables of one ledger in a workbook. `like`: a table of another period of it."""
    closed = [t for t in seen.tables if is_closed(t.name) and len(seen.tables) > 1]
    others = [t for t in seen.tables if t not in closed]
    if closed and not _any_alike(closed, others):
        closed, others = [], list(seen.tables)  # 已完成 and 未完成 are parts
    if len(closed) == len(seen.tables):
        closed, others = [], list(seen.tables)
    main = _main(others, like)
    alike = [t for t in others if main and _is_alike(t, main)]
    left = [(t.name, "与台账的表头不同") for t in others if t not in alike]
    copies = [t for t in alike if _COPY.search(t.name)]
    if copies and len(copies) < len(alike):
        alike = [t for t in alike if t not in copies]
        left += [(t.name, "像是备份") for t in copies]
    alike, doubled = _without_doubles(alike)
    alike, excerpts = _without_excerpts(alike)
    return Parts(tuple(alike), tuple(closed), (*left, *doubled, *excerpts))


def _any_alike(some: Sequence[TableSeen], others: Sequence[TableSeen]) -> bool:
    return any(_is_alike(a, b) for a in some for b in others)


def _main(tables: Sequence[TableSeen], like: TableSeen | None) -> TableSeen | None:
    """The table that the others are compared with: the one like that of another period, else that with most kin."""
    if like is not None and (near := [t for t in tables if _is_alike(t, like)]):
        return near[0]
    kin = {t.name: sum(_is_alike(t, other) * len(other.rows) for other in tables) for t in tables}
    return max(tables, key=lambda t: (len(t.columns) > 3, kin[t.name]), default=None)


def _is_alike(one: TableSeen, other: TableSeen) -> bool:
    common = len(one.shape & other.shape)
    return common >= _ALIKE * min(len(one.shape), len(other.shape)) and common > 1


def _without_doubles(tables: Sequence[TableSeen]) -> tuple[list[TableSeen], list[tuple[str, str]]]:
    """The tables without those that say the same as one before them."""
    kept: list[TableSeen] = []
    doubled: list[tuple[str, str]] = []
    for table in tables:
        same = next((other for other in kept if _content(other) == _content(table)), None)
        if same:
            doubled.append((table.name, f"与“{same.name}”一字不差"))
        else:
            kept.append(table)
    return kept, doubled


def _without_excerpts(tables: Sequence[TableSeen]) -> tuple[list[TableSeen], list[tuple[str, str]]]:
    """The table that holds all that the others hold (总表 beside a sheet for each unit), where there is one; not where
    the sheets are months, in each of which most tasks stand again."""
    if len(tables) < 2 or sum(names_part_of_year(table.name) for table in tables) > 1:
        return list(tables), []
    most = max(tables, key=lambda t: len(t.rows))
    longest = max(most.columns, key=lambda c: sum(map(len, set(c.texts))))
    held = {t.name: set(map(key, same.texts)) if (same := same_column(longest, t)) else set() for t in tables}
    others = [table for table in tables if table is not most]
    if not all(held[t.name] and held[t.name] <= held[most.name] for t in others):
        return list(tables), []
    return [most], [(table.name, f"“{most.name}”里都有") for table in others]


def _content(table: TableSeen) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(key, column.texts)) for column in table.columns)


def overlapping(tables: Sequence[TableSeen], header: str) -> list[str]:
    """The tasks that stand in several of the tables, in the column of this header."""
    seen: dict[str, str] = {}
    double: list[str] = []
    for table in tables:
        for column in table.columns:
            if key(column.parts[-1]) != key(header):
                continue
            for text in set(column.texts):
                if seen.setdefault(key(text), table.name) != table.name:
                    double.append(text)
    return double
