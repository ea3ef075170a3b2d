"""The columns of a table that are read, each with its declaration in the kind."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.ledger.headers import Layout
from tongbao.model import NO, TASK

_OF_ALL_LINES = (ColumnType.STATUS, ColumnType.UNITS, ColumnType.PEOPLE, ColumnType.DEADLINE)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column that is read: its number on the sheet, its header, its declaration in the kind.

    `must_be_filled`: an empty cell is a mistake. `fills_down`: a merged cell gives its value to every line it covers.
    """

    number: int
    header: str
    declared: Column
    must_be_filled: bool
    fills_down: bool


def read_columns(layout: Layout, kind: Kind) -> dict[str, ReadColumn]:
    """The columns that the fields of a kind are read from, by field, left to right."""
    found = ((number, kind.column(name)) for name, number in layout.columns.items())
    return {
        declared.field: ReadColumn(
            number, layout.texts[number], declared, _must_be_filled(declared, kind), _fills_down(declared)
        )
        for number, declared in found
        if declared
    }


def _must_be_filled(column: Column, kind: Kind) -> bool:
    """Is an empty cell a mistake? Not of a status: an empty one is proposed by the deadline."""
    asked = kind.status_from.asks if kind.status_from else ()
    return column.required and column.type is not ColumnType.STATUS and column.field not in asked


def _fills_down(column: Column) -> bool:
    """Does a merged cell hold for all its lines? Always for number, task, status, for who answers and until when; else
    as the kind says (`fill`): a sum that holds for several lines would be counted several times."""
    return column.fill or column.field in (NO, TASK) or column.type in _OF_ALL_LINES
