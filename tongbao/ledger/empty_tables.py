"""Working sheets without an item: a mistake where the workbook has nothing else, what remains where all is finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tongbao.ledger.rawtable import RawTable
from tongbao.model import Ledger, Level, Problem

NO_ITEMS, NOTHING_LEFT = "no_items", "nothing_left"
_FIX = "空白台账请填写，或先移走；不是这张表的请核对"
_ALL_CLOSED_FIX = "还有没办结的事项，请填到这张表里"


def empty_tables(tables: Sequence[RawTable]) -> list[Problem]:
    """What is said of each working sheet without a row; a sheet 销号 may be empty, as one is before anything is closed.

    A working sheet may be empty where another one, or the sheet 销号, holds items: `next` leaves just the header of a
    sheet whose items are all finished.
    """
    working = [table for table in tables if not table.choice.closed]
    closed = sum(len(table.rows) for table in tables if table.choice.closed)
    holds_any = closed > 0 or any(table.rows for table in working)
    return [_said(table, closed, holds_any) for table in working if not table.rows]


def _said(table: RawTable, closed: int, holds_any: bool) -> Problem:
    place, message = table.place(table.choice.layout.bottom), "表头下面没有事项"
    if not holds_any:
        return Problem(Level.ERROR, NO_ITEMS, message, _FIX, place=place)
    told = f"这张表里没有在办事项，销号表里有{closed}行" if closed else "这张表里没有事项，读的是其他各表"
    return Problem(Level.NOTE, NOTHING_LEFT, told, _ALL_CLOSED_FIX, place=place)


def finished_before(ledgers: Sequence[Ledger], problems: Sequence[Problem]) -> list[Problem]:
    """The problems, where an empty ledger after one in which nothing was open is no mistake but a note.

    So it is where an office deletes the rows of finished items. After a ledger with open items it stays a mistake: one
    line instead of one for each item that is gone.
    """
    may_be_empty = {
        after.file for before, after in pairwise(ledgers) if not any(row.is_open for row in before.rows)
    } - {ledger.file for ledger in ledgers if ledger.rows or ledger.closed}
    return [_noted(p) if p.code == NO_ITEMS and p.place.file in may_be_empty else p for p in problems]


def _noted(problem: Problem) -> Problem:
    message = "这张表里没有事项；上期各项都已办结，本期没有新增"
    return replace(problem, level=Level.NOTE, code=NOTHING_LEFT, message=message, fix=_ALL_CLOSED_FIX)
