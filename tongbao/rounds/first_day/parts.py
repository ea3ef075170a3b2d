"""Which tables of a workbook are the ledger: one, several parts of it, or one for each month; and which are copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.excel.values import text_of
from tongbao.ledger.choice import is_closed
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.dating import names_part_of_year
from tongbao.rounds.first_day.survey import BookSeen, ColumnSeen, TableSeen, same_column
from tongbao.words.text import key, one_line

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

    @property
    def with_closed(self) -> Parts:
        """The same, its sheets of closed items being tables as the others."""
        return Parts((*self.tables, *self.closed), (), self.left_out)


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
    others = [table for table in tables if table is not most]
    if not all(_is_excerpt(table, most) for table in others):
        return list(tables), []
    return [most], [(table.name, f"“{most.name}”里都有") for table in others]


def _is_excerpt(table: TableSeen, whole: TableSeen) -> bool:
    """Does another table hold all tasks of this one? Where the same words stand in several lines (the same fault at
    many places), the lines must be the same in all that both tables tell of them, their numbers apart."""
    longest = max(whole.columns, key=lambda c: sum(map(len, set(c.texts))))
    columns = _telling(longest, whole)
    pairs = [(same, c) for c in columns if (same := same_column(c, table))]
    if not pairs:
        return False
    told, held = (_lines_in(columns) for columns in zip(*pairs, strict=True))
    return bool(told) and told <= held


def _telling(column: ColumnSeen, table: TableSeen) -> list[ColumnSeen]:
    """The columns that tell the lines of a table apart: this one, where no text stands twice in it, else all that do
    more than number them (the same fault was found at many places)."""
    if not _repeats(column):
        return [column]
    return [c for c in table.columns if sort_of(c) not in (Sort.SERIAL, Sort.EMPTY)]


def _repeats(column: ColumnSeen) -> bool:
    texts = list(map(key, column.texts))
    return len(set(texts)) < len(texts)


def _lines_in(columns: Sequence[ColumnSeen]) -> set[tuple[str, ...]]:
    """What the lines of a table hold in these columns; no lines that hold nothing there."""
    lines = {
        tuple(key(one_line(text_of(cell))) for cell in cells) for cells in zip(*(c.cells for c in columns), strict=True)
    }
    return {line for line in lines if any(line)}


def _content(table: TableSeen) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(key, column.texts)) for column in table.columns)


def overlapping(tables: Sequence[TableSeen], task: str, others: Sequence[str]) -> list[str]:
    """The tasks that stand in several of the tables, in the column of this header; where the same words stand in one
    table twice, with what stands under `others`, which tells them apart."""
    columns = {t.name: _columns(t, [task]) for t in tables}
    if any(_repeats(column) for found in columns.values() for column in found):
        columns = {t.name: _columns(t, [task, *others]) for t in tables}
    seen: dict[tuple[str, ...], str] = {}
    double: list[str] = []
    for name, found in columns.items():
        lines = _lines_in(found) if found else ()
        double += [line[0] for line in sorted(lines) if line[0] and seen.setdefault(line, name) != name]
    return double


def are_parts(tables: Sequence[TableSeen]) -> bool:
    """Are these tables of one ledger, none of whose lines is in two of them?"""
    first = max(tables, key=lambda t: len(t.rows))
    longest = max(first.columns, key=lambda c: sum(map(len, c.texts)))
    found = [same_column(longest, t) for t in tables]
    if not all(_is_alike(first, t) for t in tables) or not all(found):
        return False
    lines = [_lines_in([column]) for column in found if column]
    texts = [line for one in lines for line in one]
    return all(lines) and len(set(texts)) == len(texts)


def _columns(table: TableSeen, headers: Sequence[str]) -> list[ColumnSeen]:
    """The columns of these headers, in this order; none where the first is missing."""
    found = [next((c for c in table.columns if key(c.parts[-1]) == key(header)), None) for header in headers]
    return [c for c in found if c] if found[:1] != [None] else []
