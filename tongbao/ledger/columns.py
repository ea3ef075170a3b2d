"""The columns of a table that are read, each with what the kind declares of it."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.config.kinds import Kind
from tongbao.ledger.headers import Layout
from tongbao.model import NO, TASK, Column, ColumnType


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """Where a field stands on the sheet, under which header, and how the kind reads it.

    `must_be_filled`: is an empty cell a mistake? `fills_down`: does a merged cell hold for every line that it covers?
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
            number, layout.texts[number], declared, _must_be_filled(declared), _fills_down(declared)
        )
        for number, declared in found
        if declared
    }


def _must_be_filled(column: Column) -> bool:
    """An empty status has rules of its own."""
    return column.required and column.type is not ColumnType.STATUS


def _fills_down(column: Column) -> bool:
    """Number, task and status of a merged cell are always those of all its lines; others as the kind says."""
    return column.fill or column.field in (NO, TASK) or column.type is ColumnType.STATUS
