"""The numbers of a ledger when the next period begins: those of one period are emptied, those that grow are marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tongbao.config.kinds import NUMBERS, Column, ColumnType, Holds, Kind, as_things_stand, names_growth, of_one_period
from tongbao.excel.grid import Sheet
from tongbao.excel.values import holds
from tongbao.model import (
    CLOSED_IN,
    ID,
    LAST_PROGRESS,
    NEXT_STEP,
    NO,
    PROGRESS,
    REASON,
    SHORT,
    TASK,
    Header,
    Row,
    Table,
)
from tongbao.rounds.next_period.period_cells import Telling
from tongbao.words.amounts import parse_number, parse_percent
from tongbao.words.rolling import Turn, rolled
from tongbao.words.text import key

# A text that says what is to be done in a period (本季度目标) is looked at again, not written anew from nothing.
_PLANNED = re.compile("目标|任务|计划|安排|打算")
_RANGE = re.compile("[-—–―－~～至到]")
# What says which item a row is, what `next` treats in a way of its own, and what a person has to judge.
_KEPT = frozenset({ID, NO, TASK, SHORT, PROGRESS, LAST_PROGRESS, REASON, NEXT_STEP, CLOSED_IN})
_KEPT_TYPES = frozenset({ColumnType.STATUS, ColumnType.DEADLINE, ColumnType.DATE, ColumnType.UNITS, ColumnType.PEOPLE})


@dataclass(frozen=True, slots=True)
class Amounts:
    """The columns of a sheet whose cells are of one period alone, and those with numbers that grow by every period."""

    flows: tuple[Header, ...] = ()
    growing: tuple[Header, ...] = ()


def amounts(
    sheet: Sheet, table: Table, kind: Kind, telling: Telling | None, rows: Sequence[Row], turn: Turn
) -> Amounts:
    """What becomes of the columns of a sheet with its `rows`; what a kind declares of a column goes before its header.

    A header that names the old period (5月完成投资) says the same as 本月, where it follows into the next one; where
    each month has a column of its own, all of them are records: they stay, and are never called out of date.
    """
    follows = {str(sheet.value(*at)) for at in telling.following} if telling else set()
    flows, growing = [], []
    columns = list(_columns(table, kind))
    texts = [header.text for _, header in columns]
    for column, header in columns:
        number = column.type in NUMBERS if column else _has_numbers(sheet, header, rows)
        if _is_flow(column, header, number=number, kind=kind, named=_names_period(header.text, follows, turn)):
            flows.append(header)
        elif (column.grows if column else number and names_growth(header.text)) and not _is_record(
            header.text, texts, follows, turn
        ):
            growing.append(header)
    return Amounts(tuple(flows), tuple(growing))


def _columns(table: Table, kind: Kind) -> Iterator[tuple[Column | None, Header]]:
    """The columns of a sheet with their declarations; those of no kind have none, and those of ours are left out."""
    yield from ((kind.column(name), header) for name, header in table.headers.items())
    ours = {key(name) for name in _KEPT}
    yield from ((None, header) for header in table.others if key(header.text) not in ours)


def _is_flow(column: Column | None, header: Header, *, number: bool, kind: Kind, named: bool) -> bool:
    if column and column.period is not None:
        return column.period is Holds.FLOW
    if column and (column.growing or column.type in _KEPT_TYPES or column.field in {*_KEPT, *kind.sections}):
        return False
    planned = not number and _PLANNED.search(header.text) is not None
    return not planned and (of_one_period(header.text) or (named and not as_things_stand(header.text)))


def _names_period(header: str, follows: Collection[str], turn: Turn) -> bool:
    """Does a header name the old period as a whole, in a cell that follows into the next one?"""
    changes = rolled(header, turn).changes
    own = any(text and key(text) in key(header) for text in follows)
    return own and any(not _RANGE.search(change.old) for change in changes)


def _is_record(header: str, texts: Iterable[str], follows: Collection[str], turn: Turn) -> bool:
    """Are the cells of a column those of a period that is over (4月完成投资, 2024年完成投资)?

    Such is a header that names the old period, or an earlier one, and does not follow into the next; and one that
    stands beside others which are the same but for the number of a week.
    """
    found = rolled(header, turn)
    if found.changes or found.left:
        own = any(text and key(text) in key(header) for text in follows)
        return not own and not _SINCE.search(header)
    weekless = _WEEK.sub("", header)
    return weekless != header and any(_WEEK.sub("", text) == weekless for text in texts if text != header)


# 2023年以来完成投资 and 自2023年起累计完成 name a beginning: their numbers grow.
_SINCE = re.compile("以来|至今|[年月日]起|^自")
_WEEK = re.compile("第?(?:[0-9０-９]+|[一二三四五六七八九十]+)周|[上中下]旬")


def _has_numbers(sheet: Sheet, header: Header, rows: Sequence[Row]) -> bool:
    """Does a column that no kind declares hold numbers, and nothing else?"""
    values = [value for row in rows if holds(value := sheet.value(row.place.row, header.column))]
    return bool(values) and all(map(_is_number, values))


def _is_number(value: object) -> bool:
    """Is this a number, or a percent typed as a text (50%)?"""
    percent = isinstance(value, str) and value.strip().endswith(("%", "％")) and parse_percent(value)
    return bool(percent) or parse_number(value) is not None
