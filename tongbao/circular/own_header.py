"""The header of the own annex: stacked as on the sheet, for the columns that are printed and in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tongbao.excel.grid import Address
from tongbao.ledger.own_table import OwnColumn, Piece
from tongbao.word.template import HeaderCell

# A piece of a header in the place that it has there: the piece, and its row from the top.
_Placed = tuple[Piece, int]


def header_rows(columns: Sequence[OwnColumn]) -> tuple[tuple[HeaderCell, ...], ...]:
    """The rows of the header: a group header stands over its columns, the last text of each goes down to the bottom."""
    pieces = list(_filled_up(columns))
    height = max(map(len, pieces))
    placed = [[(own[min(row, len(own) - 1)], min(row, len(own) - 1)) for own in pieces] for row in range(height)]
    return tuple(tuple(_row(placed, row)) for row in range(height))


def _filled_up(columns: Sequence[OwnColumn]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each column; one that stands under a group header without a text of its own has an empty one."""
    groups = {(piece.sheet, piece.origin) for column in columns for piece in column.pieces[:-1]}
    for column in columns:
        last = column.pieces[-1] if column.pieces else None
        bare = last is None or (last.sheet, last.origin) in groups
        yield (*column.pieces, Piece("", (-1, column.number))) if bare else column.pieces


def _row(placed: Sequence[Sequence[_Placed]], row: int) -> Iterator[HeaderCell]:
    for (_, _, depth), run in groupby(placed[row], key=_same):
        cells = list(run)
        goes_on = row + 1 < len(placed) and _same(cells[0]) in map(_same, placed[row + 1])
        text = next(it.text for it, _ in cells)
        yield HeaderCell(text, len(cells), "续" if row > depth else "起" if goes_on else "")


def _same(placed: _Placed) -> tuple[str, Address, int]:
    piece, depth = placed
    return piece.sheet, piece.origin, depth
