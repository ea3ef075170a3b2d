"""Which lines of a sheet belong to a row, and which rows a heading covers: these stay or go together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, takewhile

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Sheet
from tongbao.ledger import headers
from tongbao.ledger.frame import frame_of
from tongbao.ledger.line import Line, What
from tongbao.ledger.lines import lines_of
from tongbao.ledger.outline import sections
from tongbao.model import Row


class Spans:
    """The lines of a sheet as the reader tells them apart; `rows` are the rows of the ledger on this sheet."""

    def __init__(self, sheet: Sheet, kind: Kind, rows: Sequence[Row]) -> None:
        layout = headers.find(sheet, kind)
        self.top = layout.top if layout else 1
        self.lines: list[Line] = lines_of(frame_of(sheet, layout, kind)) if layout else []
        self.index = {line.row: n for n, line in enumerate(self.lines)}
        self.rows = {row.place.row for row in rows}
        own = layout.columns if layout else {}
        self.depth = max(1, sum(level not in own for level in kind.sections))

    def span(self, row: int) -> list[int]:
        """The row numbers of a row and of the lines that continue it."""
        below = islice(self.lines, self.index.get(row, len(self.lines)) + 1, None)
        more = takewhile(lambda line: line.what is What.MORE, below)
        return [row, *(line.row for line in more)]

    def headings(self) -> Iterator[tuple[Line, set[int]]]:
        """Every heading with the numbers of the rows that it covers, those under its inner headings included."""
        levels = sections(self.lines, self.depth)
        heads = [line for line in self.lines if line.what is What.HEADING]
        for n, head in enumerate(heads):
            after = (h.row for h in heads[n + 1 :] if len(levels[h.row]) <= len(levels[head.row]))
            end = next(after, max(self.rows, default=0) + 1)
            yield head, {row for row in self.rows if head.row < row < end}

    def emptied(self, kept: Collection[int]) -> dict[int, str]:
        """The headings that had rows but keep none of them, as row number → words."""
        return {head.row: head.text for head, rows in self.headings() if rows and not rows & set(kept)}

    def belonging(self, kept: Collection[int]) -> set[int]:
        """The numbers of all lines that the kept rows need: their own, those that continue them, the headings above."""
        heads = {head.row for head, rows in self.headings() if rows & set(kept)}
        return heads.union(*map(self.span, kept))
