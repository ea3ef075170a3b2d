"""Amounts that should have grown and did not: what was done so far is to the figure what it was last period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from tongbao.config.kinds import Column, Holds, Kind
from tongbao.matching.two_periods import Changes
from tongbao.model import PROGRESS, Filling, Ledger, Level, Problem, Row, State
from tongbao.words.progress import stalled

# So many rows that all stand still are one finding: the whole column was not brought up to date. Set by feel.
_COLUMN = 3
_FIX = "没有更新的请改成本期的数；确无增长的请在进展里写明"


class _Still(NamedTuple):
    """A row with its number in a column that grows, and whether that is last period's."""

    row: Row
    value: str
    same: bool


def amount_unchanged(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A number that grows by every period is last period's, on a row that is open and at work.

    Nothing is told of rows that are done, suspended or said to stand still, of those where nothing was done yet, nor
    where all that was planned is done (整改资金 as high as 涉及资金).
    Where a whole column stands still, that alone is told.
    """
    for column in kind.columns:
        found = list(_compared(changes, column, kind)) if column.grows else []
        still = [one for one in found if one.same]
        if len(still) == len(found) >= _COLUMN:
            yield _of_column(changes.current, still, column.field)
        else:
            yield from (_of_cell(changes.current, one, column.field) for one in still)


def _compared(changes: Changes, column: Column, kind: Kind) -> Iterator[_Still]:
    plans = [c.field for c in kind.columns if (c.type, c.unit) == (column.type, column.unit) and _is_plan(c)]
    for pair in changes.pairs:
        before, now = pair.prior.cells.get(column.field), pair.current.cells.get(column.field)
        if not (isinstance(before, Decimal) and isinstance(now, Decimal) and pair.prior.is_open):
            continue
        planned = (value for plan in plans if isinstance(value := pair.current.cells.get(plan), Decimal))
        to_do = now > 0 and _is_at_work(pair.current) and not any(0 < value <= now for value in planned)
        if to_do or before != now:
            yield _Still(pair.current, f"{now:f}", before == now)


def _is_plan(column: Column) -> bool:
    return not column.grows and column.period is not Holds.FLOW


def _is_at_work(row: Row) -> bool:
    """Is a row open and going on? One that nobody filled in is told of as such, with its amounts."""
    going = row.is_open and row.state is not State.SUSPENDED and row.filling is Filling.REPORTED
    return going and not stalled(row.get(PROGRESS))


def _of_column(ledger: Ledger, still: Sequence[_Still], name: str) -> Problem:
    header, place = _header(ledger, still[0].row, name), ledger.place(still[0].row, name)._replace(row=0)
    message = f"“{header}”{len(still)}项在办的都与上期相同，像是整列没有更新"
    return Problem(Level.WARNING, "amount_unchanged", message, _FIX, place=place, header=header)


def _of_cell(ledger: Ledger, still: _Still, name: str) -> Problem:
    header, place = _header(ledger, still.row, name), ledger.place(still.row, name)
    message, value = f"“{header}”与上期相同，都是{still.value}", still.value
    item = still.row.item
    return Problem(Level.WARNING, "amount_unchanged", message, _FIX, place=place, header=header, item=item, value=value)


def _header(ledger: Ledger, row: Row, name: str) -> str:
    header = ledger.header(row, name)
    return header.text if header else name
