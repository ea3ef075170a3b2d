"""How a ledger becomes the next one: which rows go on, which are closed, their ids and numbers. Nothing is written.

Source: the office's monthly habit (copy last period's file, move finished rows out, renumber), made safe by ids.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tongbao.config.kinds import Count, Kind
from tongbao.config.status_from import Stands
from tongbao.excel.colours import nearest_colour
from tongbao.excel.grid import Address, Book, Sheet
from tongbao.excel.values import holds
from tongbao.ledger.spans import Spans
from tongbao.ledger.stacked import part_with, rows_without
from tongbao.model import DEADLINE, NO, Header, Ledger, Level, Period, Place, Problem, Row, State, Table
from tongbao.rounds.ids import assign_ids, items
from tongbao.rounds.next_period.amounts import Amounts, amounts
from tongbao.rounds.next_period.next_sheet import NextSheet
from tongbao.rounds.next_period.period_cells import Telling, telling
from tongbao.words.rolling import Turn
from tongbao.words.text import first_few

# A 序号 that can be numbered anew: 3, 3., 3、, 03. One of 3.1, 3-1, （3） or 一 and no number is changed, and a note
# says so.
_NUMBER = re.compile(r"(\d+)([.、．]?)")


@dataclass(frozen=True, slots=True)
class Carried:
    """A row of the old ledger with its id, and its new 序号 (empty where that cell stays as it is).

    `waits`: the row is done, but stays until its whole item is, or until it is accepted (待验收). `asks`: its status is
    cleared and must be judged anew; `remark` is what its cell then says of the status of before.
    """

    row: Row
    id: str
    no: str = ""
    waits: bool = False
    asks: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the ledger: rows that stay, rows that move to the sheet 销号, numbers of all lines that go.

    The header stands in the rows from `top` to `table.header_row`. `amounts`: the columns with numbers of one period
    alone, and with those that grow; `faded` the cells whose colour says how a row stands that must be judged anew.
    """

    table: Table
    top: int
    kept: tuple[Carried, ...]
    closed: tuple[Carried, ...]
    dropped: frozenset[int]
    amounts: Amounts = field(default_factory=Amounts)
    faded: frozenset[Address] = frozenset()


@dataclass(frozen=True, slots=True)
class Succession:
    """How one ledger becomes the next. `period` is that of the new ledger; `telling` is by the name of the sheet.

    `renumbered`: the office numbers its ledger anew in every period. `added` is the sheet that is added, where each
    period is a sheet of the same book: `old` then stands on it already.
    """

    old: Ledger
    period: Period
    parts: tuple[Part, ...]
    telling: Mapping[str, Telling] = field(default_factory=dict)
    renumbered: bool = False
    added: NextSheet | None = None

    @property
    def turn(self) -> Turn:
        """The change of period, from the old to the new."""
        return Turn(self.old.period, self.period, self.old.as_of)

    @property
    def closed(self) -> int:
        """How many rows leave."""
        return sum(len(part.closed) for part in self.parts)

    @property
    def named(self) -> tuple[Carried, ...]:
        """The rows that had no id, or one of another row, with the id that they have now."""
        rows = (c for part in self.parts for c in (*part.kept, *part.closed))
        return tuple(c for c in rows if c.id != c.row.id)


def succession(
    book: Book,
    ledger: Ledger,
    kind: Kind,
    period: Period,
    used: Collection[str] = (),
    said: Mapping[Place, str] | None = None,
    *,
    renumber: bool = False,
) -> tuple[Succession, list[Problem]]:
    """What becomes of each row of a ledger in the next period, and what the clerk should know of it.

    `book` is the workbook that the ledger was read from; `used` are the ids of all ledgers on file; `said` is
    what was last known of the status of rows that nobody filled in. Numbers stay as they are, for other documents cite
    them, unless the office has the habit to `renumber`.
    """
    ids, problems = assign_ids(ledger, used)
    turn = Turn(ledger.period, period, ledger.as_of)
    parts = []
    speaking: dict[str, Telling] = {}
    for table in ledger.tables:
        whole = next(s for s in book.sheets if s.name == table.sheet)
        sheet = part_with(whole, table.header_row)
        rows = [row for row in ledger.rows if row.place.sheet == table.sheet and not table.closed]
        if table.sheet not in speaking and (told := telling(sheet, kind, turn, closed=table.closed)):
            speaking[table.sheet] = replace(told, others=rows_without(sheet, whole))
        if rows:
            part, more = _part(sheet, table, rows, ids, kind, said or {}, renumber=renumber)
            found = amounts(sheet, table, kind, told, rows, turn)
            parts.append(replace(part, amounts=found))
            problems += more
    carried = Succession(ledger, period, tuple(parts), speaking, renumber)
    return carried, [*problems, *_told(carried), *_told_of_amounts(carried)]


# ---------------------------------------------------------------------------------------------- one sheet


def _part(
    sheet: Sheet,
    table: Table,
    rows: Sequence[Row],
    ids: Mapping[Place, str],
    kind: Kind,
    said: Mapping[Place, str],
    *,
    renumber: bool,
) -> tuple[Part, list[Problem]]:
    closing = _closing(rows, kind)
    kept = [row for row in rows if row.place not in closing]
    numbers, problems = _renumbered(sheet, table, kept) if renumber else ({}, [])
    layout = Spans(sheet, kind, rows)
    gone = {line for row in rows if row.place in closing for line in layout.span(row.place.row)}
    headings = layout.emptied({row.place.row for row in kept})
    if headings:
        named = "、".join(f"“{text}”" for text in headings.values())
        message = f"标题{named}下面的事项都已办结，下期台账里不再列这个标题"
        problems.append(
            Problem(Level.NOTE, "heading_dropped", message, "", place=Place(rows[0].place.file, table.sheet))
        )
    carried = tuple(_carried(row, ids, numbers, said, emptied=not _is_by_place(kind)) for row in kept)
    closed = tuple(Carried(row, ids[row.place]) for row in rows if row.place in closing)
    part = Part(table, layout.top, carried, closed, frozenset({*gone, *headings}))
    return replace(part, faded=frozenset(_faded(sheet, carried, kind))), problems


def _faded(sheet: Sheet, rows: Iterable[Carried], kind: Kind) -> Iterator[Address]:
    """The cells of rows to be judged anew that are coloured to say how these stand; a merged one by its first cell."""
    if sheet.fills and kind.status_from:
        lines = {c.row.place.row for c in rows if c.asks}
        over = {first for (row, _), first in sheet.origins().items() if row in lines}
        shades = sheet.fills.fonts if kind.status_from.where is Stands.FONTS else sheet.fills.cells
        for at, colour in shades.items():
            says = nearest_colour(colour, kind.status_from.labels)
            if says and kind.status_from.labels[says] and (at[0] in lines or at in over):
                yield at


def _closing(rows: Sequence[Row], kind: Kind) -> set[Place]:
    """The places of the rows that leave: done or withdrawn; where items are counted, all rows of an item together.

    A row that is done but still to be accepted stays: its second step is recorded where the first one was.
    """
    if _is_by_place(kind):  # it belongs under what is done: the office moves rows there by itself
        return set()
    groups = items(rows) if kind.count is Count.ITEMS else [[row] for row in rows]
    return {row.place for group in groups if not any(r.is_open or r.awaits for r in group) for row in group}


def _is_by_place(kind: Kind) -> bool:
    """Does the name of its sheet, or the heading above it, say how a row stands?"""
    return kind.status_from is not None and kind.status_from.by_place


def _carried(
    row: Row, ids: Mapping[Place, str], numbers: Mapping[Place, str], said: Mapping[Place, str], *, emptied: bool
) -> Carried:
    """A row that stays. `emptied`: its status can be cleared, as it is not in the name of its sheet."""
    waits = not row.is_open
    judged = emptied and not waits and row.state is not State.SUSPENDED
    asks = judged and (bool(row.typed) or row.place in said)
    remark = said.get(row.place, f"上期状态：{row.label}。请按本期情况重新判断。") if asks else ""
    return Carried(row, ids[row.place], numbers.get(row.place, ""), waits, asks, remark)


def _renumbered(sheet: Sheet, table: Table, kept: Sequence[Row]) -> tuple[dict[Place, str], list[Problem]]:
    """The new 序号 by place: counted through the sheet, or from 1 in each section where the old ones were so."""
    column = table.headers.get(NO, Header(0, "")).column
    parsed = [_NUMBER.fullmatch(row.no) for row in kept]
    if not column or not kept:
        return {}, []
    if not all(parsed):
        odd = next(row for row, match in zip(kept, parsed, strict=True) if not match)
        message = f"序号“{odd.no}”不是数字，下期台账没有重编序号" if odd.no else "有的行没有序号，下期台账没有重编序号"
        return {}, [Problem(Level.NOTE, "not_renumbered", message, "需要时请手工编号", place=odd.place.at(column))]
    groups = items(kept)
    starts = [(group[0].section, int(group[0].no.rstrip(".、．"))) for group in groups]
    anew = any(b[0] != a[0] and b[1] <= a[1] for a, b in pairwise(starts))
    numbers: dict[Place, str] = {}
    count = 0
    for position, group in enumerate(groups):
        count = 1 if anew and position and group[0].section != groups[position - 1][0].section else count + 1
        for n, row in enumerate(group):
            typed = holds(sheet.value(row.place.row, column))
            if typed or (n == 0 and NO not in row.merged):
                numbers[row.place] = str(count) + row.no.lstrip("0123456789")
    return numbers, []


# ---------------------------------------------------------------------------------------------- what to tell


def _told(found: Succession) -> Iterable[Problem]:
    kept = [c for part in found.parts for c in part.kept]
    awaiting = [c.row for c in kept if c.row.awaits]
    file = Place(found.old.file)
    asked = [c.row for c in kept if c.asks and c.row.typed]
    silent = [c.row for c in kept if c.asks and not c.row.typed]
    if asked:
        message = f"{len(asked)}项的状态已清空，请按本期情况重新判断；没有填的，出通报时按单位列出"
        yield Problem(Level.NOTE, "status_cleared", message, "", place=file)
    if silent:
        message = f"{len(silent)}项上期没有填报或没有填状态，批注里写明最后一次报的状态，“上期进展”里是最后一次报的进展"
        yield Problem(Level.NOTE, "silent_before", message, "", place=file)
    if awaiting:
        words = "、".join(dict.fromkeys(f"“{row.typed or row.label}”" for row in awaiting))
        message = f"{len(awaiting)}项{words}，仍留在下期台账里，状态没有清空"
        yield Problem(Level.NOTE, "awaiting_kept", message, "通过以后改状态，再下一期自动移到销号表", place=file)
    if not found.renumbered and any(part.closed for part in found.parts) and any(c.row.no for c in kept):
        message = "序号没有重编，办结事项的序号空着，别的文件引用的序号仍然有效"
        yield Problem(Level.NOTE, "numbers_kept", message, _RENUMBER, place=file)
    if all(c.waits for c in kept) and not awaiting:
        message = "上期事项都已办结，下期台账里没有接续的事项"
        yield Problem(Level.WARNING, "nothing_open", message, "请填入新事项", place=file)
    if found.period.last.year != found.old.period.last.year:
        yearless = [c.row for c in kept if c.row.deadline.inferred and not c.waits]
        yield from [_yearless(found.old, yearless)] if yearless else []


def _told_of_amounts(found: Succession) -> Iterable[Problem]:
    """Notes that name the columns that were emptied, and those that are marked until they are brought up to date."""
    for part in found.parts:
        place = Place(found.old.file, part.table.sheet)
        flows, growing = ("、".join(f"“{h.text}”" for h in some) for some in (part.amounts.flows, part.amounts.growing))
        if flows and part.kept:
            message = f"{flows}是当期数，已清空，请填本期的"
            yield Problem(Level.NOTE, "flow_emptied", message, "上期的数在上期台账里", place=place)
        if growing and any(not c.waits for c in part.kept):
            message = f"{growing}还是上期数，未办结的已标底色"
            yield Problem(Level.NOTE, "amounts_marked", message, "改成本期的数，底色自动消失", place=place)


_RENUMBER = "习惯每期重编的，在 config.yaml 这份通报下写 renumber: true"


def _yearless(ledger: Ledger, rows: Sequence[Row]) -> Problem:
    """A warning for deadlines without a year: they are read by their period, and in a new year would move to it."""
    # Each of them is to be completed, so many more cells are named than where something is only told; set by feel.
    cells = first_few([f"{ledger.place(row, DEADLINE).cell}“{row.deadline.text}”" for row in rows], 20)
    message = f"{len(rows)}处时限没有写年份（{cells}），跨年以后会读成新一年的"
    fix = "请在下期台账里补上年份"
    first = rows[0]
    return Problem(
        Level.WARNING,
        "deadline_yearless",
        message,
        fix,
        place=ledger.place(first, DEADLINE),
        header=DEADLINE,
        item=first.item if len(rows) == 1 else "",
        value=first.deadline.text,
    )
