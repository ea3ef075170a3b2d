"""Where the table of a sheet begins, and which of its columns holds which field of the kind.

The header stands in one of the first ten rows and is one to three rows high. Headers are compared by key, with and
without what stands in brackets; a unit of measure in brackets (万元) is the unit of the column's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tongbao.kinds import Kind
from tongbao.model import STATUS, TASK, Column, ColumnType, Header, Table
from tongbao.reading.grid import Sheet, holds
from tongbao.words.text import key, one_line

SEARCHED_ROWS = 10
_MAX_HEIGHT = 3
_MAX_WIDTH = 256
_BRACKETS = re.compile(r"[(（〔【\[]([^()（）〔〕【】\[\]]*)[)）〕】\]]")
_MEASURE = re.compile(r"(?:人民币)?([十百千万亿]*元|%|[个项件人户亩处宗])")
_SHEET_MEASURE = re.compile(r"(?:金额|计量|数据)?单位[:：]\s*(?:人民币)?([十百千万亿]*元)")
_DECORATION = re.compile(r"^[*＊※★●\d.、]+(?=\D)|[*＊※★:：]+$")


@dataclass(frozen=True, slots=True)
class Layout:
    """A header that was found: its rows, the column of each field, and the header text of every column.

    `measures` is the unit of measure that a field's header (or a line above the table) gives. `twice` are the fields
    that several columns claim with the very same header; `rivals` the columns that claim a field in other words.
    """

    sheet: str
    top: int
    bottom: int
    columns: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    missing: tuple[Column, ...] = ()

    @property
    def others(self) -> list[int]:
        """The columns with a header that no field claims."""
        taken = set(self.columns.values())
        return [c for c in self.texts if c not in taken]

    def table(self) -> Table:
        """The layout as the ledger keeps it."""
        by_field = {name: Header(c, self.texts[c]) for name, c in self.columns.items()}
        return Table(self.sheet, self.bottom, by_field, tuple(Header(c, self.texts[c]) for c in self.others))


def find(sheet: Sheet, kind: Kind, *, closed: bool = False) -> Layout | None:
    """The best header of a sheet; None where none of the first rows has a header of the kind.

    On a sheet of closed items only the task is required. `Layout.missing` tells what is required and absent.
    """
    required = [c for c in kind.columns if c.field == TASK or (c.required and not closed)]
    layouts = [_layout(sheet, kind, rows, required) for rows in _candidates(sheet)]
    layouts = [it for it in layouts if not _is_cut_short(sheet, it, layouts)]
    fitting = [layout for layout in layouts if len(layout.columns) > 1 or layout.columns.keys() & {TASK, STATUS}]

    def fitness(it: Layout) -> tuple[int, int, bool, int, int]:
        return -len(it.missing), len(it.columns), not _goes_on(sheet, it), it.top - it.bottom, -it.top

    return max(fitting, key=fitness, default=None)


def _is_cut_short(sheet: Sheet, it: Layout, layouts: Iterable[Layout]) -> bool:
    """Does a longer range from the same top row hold the whole header? Then sub-headers would be taken for an item."""
    longer = [other for other in layouts if other.top == it.top and other.bottom > it.bottom]
    return _goes_on(sheet, it) and any(not _goes_on(sheet, other) for other in longer)


def _goes_on(sheet: Sheet, it: Layout) -> bool:
    """Does the header go on below these rows: a cell merged downwards, or sub-headers under one merged sideways?"""
    if any(it.top <= m[0] <= it.bottom < m[2] and m[1] in it.columns.values() for m in sheet.merges):
        return True
    groups = {
        c for m in sheet.merges if m[2] == it.bottom and m[0] >= it.top for c in range(m[1], m[3] + 1) if m[1] < m[3]
    }
    below = {c for row in sheet.cells[it.bottom : it.bottom + 1] for c, v in enumerate(row, 1) if holds(v)}
    return len(below) > 1 and below <= groups


def _candidates(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The row ranges that may be the header."""
    for top in range(1, min(SEARCHED_ROWS, len(sheet.cells)) + 1):
        hanging = any(m[0] < top <= m[2] for m in sheet.merges)
        if not hanging and len({v for v in sheet.cells[top - 1] if v != ""}) > 1:
            starting = [m for m in sheet.merges if m[0] == top]
            deepest = max([m[2] for m in starting], default=top)
            if any(m[3] > m[1] for m in starting):
                deepest = max(deepest, top + 1)
            for bottom in range(top, min(deepest, top + _MAX_HEIGHT - 1, len(sheet.cells)) + 1):
                yield top, bottom


def _layout(sheet: Sheet, kind: Kind, rows: tuple[int, int], required: Sequence[Column]) -> Layout:
    """The fields that a range of rows gives when it is taken for the header."""
    top, bottom = rows
    pieces = _pieces(sheet, top, bottom)
    claims = {c: _claims(parts, kind) for c, parts in pieces.items()}
    columns = _assign({c: found for c, found in claims.items() if found})
    texts = {c: "".join(parts) for c, parts in pieces.items()}
    above = _measure_above(sheet, top)
    measures = {f: _measure(pieces[c]) or (above if _is_money(kind, f) else "") for f, c in columns.items()}
    taken = {c: f for f, c in columns.items()}
    rivals: dict[str, list[int]] = {}
    for column, found in claims.items():
        if column not in taken and found:
            rivals.setdefault(min(found, key=found.__getitem__), []).append(column)
    same = {f: [c for c in others if key(texts[c]) == key(texts[columns[f]])] for f, others in rivals.items()}
    return Layout(
        sheet.name,
        top,
        bottom,
        columns,
        texts,
        measures,
        twice={f: (columns[f], *others) for f, others in same.items() if others},
        rivals={f: (columns[f], *others) for f, others in rivals.items() if not same[f]},
        missing=tuple(c for c in required if c.field not in columns),
    )


def _pieces(sheet: Sheet, top: int, bottom: int) -> dict[int, list[str]]:
    """The header texts of every column, group header first. A group header stands over every column that it covers;
    a header that is merged sideways without sub-headers is that of its first column."""
    width = min(max((len(row) for row in sheet.cells[top - 1 : bottom]), default=0), _MAX_WIDTH)
    origins = sheet.origins(top, bottom)
    pieces: dict[int, list[str]] = {}
    for column in range(1, width + 1):
        parts: list[str] = []
        if origins.get((bottom, column), (bottom, column))[1] < column:
            continue
        for row in range(top, bottom + 1):
            text = one_line(str(sheet.value(*origins.get((row, column), (row, column)))))
            if text and text not in parts[-1:]:
                parts.append(text)
        if parts:
            pieces[column] = parts
    return pieces


# ---------------------------------------------------------------------------------------------- claims


@lru_cache(4096)
def _plain(header: str) -> str:
    """A header's key without marks of duty and numbering."""
    return key(_DECORATION.sub("", header))


def _claims(parts: Sequence[str], kind: Kind) -> dict[str, int]:
    """The fields that a column's header may mean, each with its rank: the smaller, the surer.

    Alias by alias as the kind lists them; the whole header is surer than the same without brackets, and a header
    of its own is surer than one that is only complete together with its group header.
    """
    whole = "".join(parts)
    spellings = [parts[-1], whole, _BRACKETS.sub("", parts[-1]), _BRACKETS.sub("", whole)]
    keys = [_plain(s) for s in spellings]
    ranks: dict[str, int] = {}
    for column in kind.columns:
        for rank, alias in enumerate(column.headers):
            if (wanted := _plain(alias)) in keys:
                ranks.setdefault(column.field, rank * len(keys) + keys.index(wanted))
    return ranks


def _assign(claims: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    """Fields to columns: as many fields as can be, and among those the assignment of the smallest ranks.

    A column enters by the cheapest chain of exchanges that it starts (the method of shortest augmenting paths), so
    that 完成情况 beside 进展情况 becomes what 进展情况 cannot be.
    """
    owner: dict[str, int] = {}
    for column in claims:
        if chain := _cheapest_chain(column, claims, owner):
            for entering, name in chain:
                owner[name] = entering
    return {name: owner[name] for name in sorted(owner, key=lambda n: owner[n])}


Chain = list[tuple[int, str]]


def _cheapest_chain(start: int, claims: Mapping[int, Mapping[str, int]], owner: Mapping[str, int]) -> Chain:
    """Who moves where so that `start` gets a field: towards a free field, or at the cost of the worst claim."""
    best: dict[int, tuple[int, Chain]] = {start: (0, [])}
    ends: list[tuple[bool, int, Chain]] = []
    waiting = [start]
    while waiting:
        column = waiting.pop()
        cost, chain = best[column]
        for name, rank in claims[column].items():
            longer = (cost + rank, [*chain, (column, name)])
            holder = owner.get(name)
            if holder is None:
                ends.append((False, *longer))
                continue
            released = (longer[0] - claims[holder][name], longer[1])
            if holder not in best or released[0] < best[holder][0]:
                best[holder] = released
                waiting.append(holder)
    ends += [(True, cost, chain) for column, (cost, chain) in best.items() if column != start and cost < 0]
    return min(ends, key=lambda end: end[:2], default=(True, 0, []))[2]


# ---------------------------------------------------------------------------------------------- units of measure


def _measure(parts: Iterable[str]) -> str:
    """The unit of measure that a header names in brackets."""
    for part in reversed(list(parts)):
        for inside in _BRACKETS.findall(part):
            if match := _MEASURE.fullmatch(inside.removeprefix("单位").lstrip(":：").strip()):
                return match[1]
    return ""


def _measure_above(sheet: Sheet, top: int) -> str:
    """The unit of measure that a line above the table gives for all its amounts (单位：万元)."""
    for row in sheet.cells[: top - 1]:
        for value in row:
            if isinstance(value, str) and (match := _SHEET_MEASURE.search(value)):
                return match[1]
    return ""


def _is_money(kind: Kind, name: str) -> bool:
    column = kind.column(name)
    return column is not None and column.type is ColumnType.AMOUNT
