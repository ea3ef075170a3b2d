"""Several workbooks as one, each of their sheets a sheet of it: values, looks, merged cells, widths and heights."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell

from tongbao.excel.writing.opening import saved, whole
from tongbao.excel.writing.workbook import same_value

_LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sheet of a file (its bytes and name), and what it is called in the new workbook."""

    data: bytes
    file: str
    sheet: str
    name: str


def joined(pieces: Sequence[Piece]) -> bytes:
    """The bytes of the workbook. Formulas become what they gave; raises UnopenableError as `whole` does."""
    out: Any = Workbook()
    out.remove(out.worksheets[0])
    for piece in pieces:
        book = whole(piece.data, piece.file)
        _copy(book.looks.book[piece.sheet], book.values[piece.sheet], out.create_sheet(piece.name))
    return saved(out)


def _copy(looks: Any, values: Any, target: Any) -> None:
    for row in looks.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and (cell.value is not None or cell.has_style):
                new = target.cell(cell.row, cell.column)
                same_value(new, values.cell(cell.row, cell.column))
                for name in _LOOKS:
                    setattr(new, name, copy(getattr(cell, name)))
    for area in looks.merged_cells.ranges:
        target.merge_cells(area.coord)
    for letter, dimension in looks.column_dimensions.items():
        place = target.column_dimensions[letter]
        place.width, place.hidden, place.min, place.max = (
            dimension.width,
            dimension.hidden,
            dimension.min,
            dimension.max,
        )
    for number, dimension in looks.row_dimensions.items():
        target.row_dimensions[number].height = dimension.height
