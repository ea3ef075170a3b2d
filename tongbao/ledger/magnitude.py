"""Amounts of one column that differ ten thousand times: some were typed in 元 where the header says 万元.

Nothing is converted: what a unit filled in may be right, and only the office can tell. Real lists have 500 万 beside
3 亿, and nothing between them is rare only where the gap is a thousand times and more; so a gap alone is not enough.
The amounts above it must, taken for 元, lie among those below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from tongbao.config.kinds import ColumnType
from tongbao.excel.grid import Address
from tongbao.excel.values import text_of
from tongbao.ledger.columns import ReadColumn
from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.ledger.seen import amount_meant, is_moved, other_unit
from tongbao.model import Level, Problem
from tongbao.words.amounts import parse_amount, parse_number
from tongbao.words.text import first_few

# How many times the next smaller amount the amounts in question are at least. A list in which 500 万 is followed by
# 50 亿 is stranger than one with a mistake; 50 万 followed by 3 亿 (600 times) is not.
_GAP = 1000
# 10 亿元: the amounts in question are larger. 10 万元 typed in 元 is 100000, which in 万元 is as much.
_LARGE = 1e9
# 1000 亿元: more than any item of a county is worth. In 元 it would be 1000 万元.
_ABSURD = 1e11
# Ten times the largest, a tenth of the smallest: what still lies among the others.
_AMONG = 10
_UNIT_NAMES = {"万元": ("元",), "亿元": ("万元", "元"), "千万元": ("元",), "百万元": ("元",)}
_SHOWN = 3  # cells named in one message


def magnitude_problems(table: RawTable) -> Iterator[Problem]:
    """A warning for each column of amounts of which some are ten thousand times too large for its unit."""
    measures = table.choice.layout.measures
    for name, column in table.columns.items():
        measure = measures.get(name) or column.declared.unit
        if column.declared.type is ColumnType.AMOUNT and measure in _UNIT_NAMES:
            amounts = dict(_bare(table.rows, name, column, measure))
            for unit in _UNIT_NAMES[measure]:
                if found := _in_other_unit(amounts, measure, unit):
                    yield _problem(table, column, amounts, found, measure, unit)
                    break


def _bare(rows: Sequence[RawRow], name: str, column: ReadColumn, measure: str) -> Iterator[tuple[Address, float]]:
    """The amounts that take their unit from the header, by their cells."""
    for raw in rows:
        value = raw.values[name]
        if isinstance(value, float) and not is_moved(value):
            if value > 0 and name not in raw.merged:
                yield raw.cells.get(name, (raw.row, column.number)), value
            continue
        if name in raw.merged or (
            isinstance(value, str) and not value.strip().replace(",", "").replace(".", "").isdigit()
        ):
            continue
        try:
            amount = None if other_unit(value, measure) else amount_meant(value, measure)
        except ArithmeticError:
            continue
        if amount and amount > 0:
            yield raw.cells.get(name, (raw.row, column.number)), float(amount)


def _in_other_unit(amounts: Mapping[Address, float], measure: str, unit: str) -> list[Address]:
    """The cells that seem to be typed in a smaller unit: far above the others, and among them if read in it."""
    worth = _yuan(measure)
    factor = worth / _yuan(unit)
    ordered = sorted(amounts.values())
    absurd = [value for value in ordered if value * worth >= _ABSURD]
    if (
        absurd
        and absurd[-1] * _yuan(unit) < _ABSURD
        and (absurd[0] * worth >= 10 * _ABSURD or len(absurd) < len(ordered))
    ):
        below = [value for value in ordered if value < absurd[0]]
        if not below or absurd[0] >= _GAP * below[-1] or absurd[0] * worth >= 10 * _ABSURD:
            return [cell for cell, value in amounts.items() if value >= absurd[0]]
    for lower, upper in pairwise(ordered):
        if upper >= _GAP * lower and upper * worth >= _LARGE and len(ordered) > 2:
            above = [value / factor for value in ordered if value >= upper]
            low, high = ordered[0] / _AMONG, lower * _AMONG
            return [c for c, v in amounts.items() if v >= upper] if low <= above[0] and above[-1] <= high else []
    return []


def _yuan(unit: str) -> float:
    return float(parse_amount(f"1{unit}", "元") or 1)


def _problem(
    table: RawTable,
    column: ReadColumn,
    amounts: Mapping[Address, float],
    cells: Sequence[Address],
    measure: str,
    unit: str,
) -> Problem:
    first = min(cells)
    amount = (parse_number(f"{amounts[first]:.4f}") or Decimal(0)).normalize()
    written = text_of(table.choice.sheet.value(*first))
    as_unit = (parse_amount(f"{amount:f}{unit}", measure) or Decimal(0)).normalize()
    places = first_few([table.place(*cell).cell for cell in sorted(cells)], _SHOWN)
    message = (
        f"表头的单位是{measure}，{len(cells)}格的数比同栏其他的大得多（{places}）：“{written}”按{measure}是"
        f"{amount:f}{measure}，按{unit}是{as_unit:f}{measure}；先按{measure}计"
    )
    fix = f"请核对是不是按{unit}填的；是的请改成{measure}，确实这么大的不用改"
    return Problem(
        Level.WARNING, "amount_magnitude", message, fix, place=table.place(*first), header=column.header, value=written
    )
