"""The tables of a Word file as sheets with regular columns, and which of them make up the annex of a circular."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Address, Marks, Range, Sheet
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger import headers
from tongbao.ledger.headers import Layout
from tongbao.word.document import Cell as WordCell
from tongbao.word.document import Paper
from tongbao.word.package import BODY
from tongbao.words.text import one_line

# What stands above a table that goes on from the page before: 续表, （续）, 续表1, 接上页, 第2页. Not 续表一,
# 续表（二）, 表1续 and 第二页: below these a table without a header is left out, and a note says so.
RESUMED = re.compile(r"[(（]?(?:续|续表|续上表|接上页|接上表|转下页|第\d+页)\d*[)）]?")
# Of the texts above a table the last two, up to 60 characters each, are its title: 附件, 决策事项台账. A longer one is
# a paragraph of the circular. Set by feel; a title of three lines loses its first.
_TITLE_LINES, _LONGEST_TITLE = 2, 60


@dataclass(eq=False, slots=True)
class Box:
    """A cell of a table; a merged cell is one box that stands at every place that it covers."""

    value: Cell = ""

    @property
    def text(self) -> str:
        """Its text as it is seen, without spaces around it."""
        return text_of(self.value).strip() if holds(self.value) else ""


Boxes = list[list[Box]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a sheet. `above` are the texts between it and the table before; `lead` is the number of short ones at
    the end of them, which are the first rows of the sheet."""

    sheet: Sheet
    above: tuple[str, ...] = ()
    lead: int = 0

    @property
    def title(self) -> str:
        """The short text directly above the table, empty where there is none."""
        return one_line(self.above[-1]) if self.lead else ""


# ---------------------------------------------------------------------------------------------- tables of a paper


def grids(paper: Paper) -> list[Grid]:
    """Every table of the paper as a sheet (表1, 表2, …), as many columns wide as most of its rows have cells."""
    found: list[Grid] = []
    last = 0
    for table in paper.tables:
        indices = [i for row in table.rows for cell in row for i in cell.paragraphs] or [last]
        between = (p for p in paper.paragraphs[last : min(indices)] if p.where == BODY and not p.table)
        above = tuple(p.text.strip() for p in between if p.text.strip())
        lead = next((n for n, t in enumerate(reversed(above)) if len(t) > _LONGEST_TITLE), len(above))
        lines = above[len(above) - min(lead, _TITLE_LINES) :]
        rows = [[Box(line)] for line in lines] + _regular(table.rows, paper)
        found.append(Grid(sheet_of(f"表{table.number}", rows), above, len(lines)))
        last = max(indices) + 1
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    """A cell of one row of a Word table, and the grid columns that it covers there."""

    cell: WordCell
    start: int
    end: int

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def _runs(row: Sequence[WordCell]) -> list[_Run]:
    runs: list[_Run] = []
    for column, cell in enumerate(row, row[0].origin[1]):
        if runs and runs[-1].cell == cell:
            runs[-1] = replace(runs[-1], end=column + 1)
        else:
            runs.append(_Run(cell, column, column + 1))
    return runs


def _regular(table: Sequence[Sequence[WordCell]], paper: Paper) -> Boxes:
    """The rows of a Word table, all with the same number of columns.

    Word keeps a grid column for every border that stands by itself, so its columns are not those that a reader sees:
    these are the cells of most rows. A row with as many cells is taken cell by cell, any other by where its cells lie.
    """
    # Rows with one text are headings, merged over the table: they would say that it has one column.
    rows = [_runs(row) for row in table if row]
    telling = [runs for runs in rows if sum(bool(run.cell.text) for run in runs) > 1]
    columns = _usual(telling or rows)
    boxes = {run.cell: Box(_text(run.cell, paper)) for runs in rows for run in runs}
    return [_placed(runs, columns, boxes) for runs in rows]


def _usual(rows: Sequence[list[_Run]]) -> list[_Run]:
    """The first row with the commonest number of cells, the larger number where two are as common."""
    counts = Counter(map(len, rows))
    width = max(counts, key=lambda n: (counts[n], n), default=0)
    return next((runs for runs in rows if len(runs) == width), [])


def _placed(runs: Sequence[_Run], columns: Sequence[_Run], boxes: dict[WordCell, Box]) -> list[Box]:
    """The boxes of one row by column; a cell that is no column of its own is joined to the nearest column."""
    if len(runs) == len(columns):
        return [boxes[run.cell] for run in runs]
    owners = [next((r for r in runs if r.start <= column.middle < r.end), None) for column in columns]
    placed = [boxes[owner.cell] if owner else Box() for owner in owners]
    for run in runs:
        if run not in owners and boxes[run.cell].text:
            near = min(range(len(columns)), key=lambda n: abs(columns[n].middle - run.middle))
            placed[near] = Box("\n".join(filter(None, [placed[near].text, boxes[run.cell].text])))
    return placed


def _text(cell: WordCell, paper: Paper) -> str:
    """The paragraphs of a cell with the numbers that Word draws before them; such a number alone, if that is all."""
    shown = [paper.paragraphs[i] for i in cell.paragraphs]
    if not any(p.text.strip() for p in shown):
        # What cannot be read is no empty cell: an empty status would be taken for the usual one.
        signs = "".join(f"［{it.kind}］" for it in paper.unread if it.lost and it.paragraph in cell.paragraphs)
        return signs or "".join(p.label for p in shown).rstrip(".、．")
    return "\n".join(p.label + p.text.strip() for p in shown if p.text.strip())


# ---------------------------------------------------------------------------------------------- boxes and sheets


def sheet_of(name: str, rows: Boxes, marks: Marks | None = None) -> Sheet:
    """The rows as a sheet; a box that covers several places becomes a merged range."""
    places: dict[Box, list[Address]] = {}
    for r, row in enumerate(rows, 1):
        for c, box in enumerate(row, 1):
            places.setdefault(box, []).append((r, c))
    cells = [
        [box.value if places[box][0] == (r, c) else "" for c, box in enumerate(row, 1)] for r, row in enumerate(rows, 1)
    ]
    merges = tuple(filter(None, (_rectangle(covered) for covered in places.values() if len(covered) > 1)))
    return Sheet(name, cells, merges, marks=marks or Marks())


def _rectangle(covered: Sequence[Address]) -> Range | None:
    """The range that these places, given row by row, fill; None where they are no rectangle."""
    (top, left), (bottom, right) = covered[0], covered[-1]
    filled = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    return (top, left, bottom, right) if filled == list(covered) else None


def boxes_of(sheet: Sheet) -> Boxes:
    """The cells of a sheet as boxes, all rows of one length."""
    width = max(map(len, sheet.cells), default=0)
    origins = sheet.origins()
    made: dict[Address, Box] = {}
    for r in range(1, len(sheet.cells) + 1):
        for c in range(1, width + 1):
            origin = origins.get((r, c), (r, c))
            made[r, c] = made[origin] if origin != (r, c) and origin in made else Box(sheet.value(r, c))
    return [[made[r, c] for c in range(1, width + 1)] for r in range(1, len(sheet.cells) + 1)]


# ---------------------------------------------------------------------------------------------- which tables


@dataclass(frozen=True, slots=True)
class Part:
    """A table that is imported; `layout` is None where it has no header and goes on from the table before."""

    grid: Grid
    layout: Layout | None


def taken(found: Sequence[Grid], kind: Kind) -> list[Part]:
    """The tables whose header fits the kind, and those that go on from such a table on the next page."""
    parts: list[Part] = []
    for before, grid in pairwise([None, *found]):
        assert grid is not None
        layout = headers.find(grid.sheet, kind)
        if layout and not layout.missing:
            parts.append(Part(grid, layout))
        elif parts and parts[-1].grid is before and _goes_on(parts[0].grid, grid):
            parts.append(Part(grid, None))
    return parts


def _goes_on(first: Grid, grid: Grid) -> bool:
    """Is this the next page of the first table: as wide (or one column), with only 续表 or the title above it?"""
    said = [text for text in grid.above if not RESUMED.fullmatch(one_line(text)) and one_line(text) != first.title]
    width = len(grid.sheet.cells[-1]) if grid.sheet.cells else 1
    return not said and width in (1, len(first.sheet.cells[-1]))
