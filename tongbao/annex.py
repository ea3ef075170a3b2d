"""The tables of a Word file as one sheet that reads like a ledger: regular columns, parts of a table put together.

A table of a circular is drawn for the eye: rows whose borders do not meet, a table cut in two at the end of a page, a
row continued on the next one, cells left blank where the value above goes on. What is put right here is told as a
doubt with the place on the paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tongbao import headers
from tongbao.grid import Address, Cell, Marks, Range, Sheet, holds, text_of
from tongbao.headers import Layout
from tongbao.kinds import Kind
from tongbao.model import NO, TASK, ColumnType, Level, Place, Problem
from tongbao.paper import Cell as WordCell
from tongbao.paper import Paper
from tongbao.story import BODY
from tongbao.text import key, one_line
from tongbao.values import PARAGRAPHS

_TITLE_LINES, _LONGEST_TITLE = 2, 60
_RESUMED = re.compile(r"[(（]?(?:续|续表|续上表|接上页|接上表|转下页|第\d+页)\d*[)）]?")
_ENDED = re.compile(r"[。！？；.!?;：:）)”\"]$")
_WHOLE_NUMBER = re.compile(r"(\d+)[.、．]?")


@dataclass(eq=False, slots=True)
class Box:
    """A cell of a table; a merged one stands at every place that it covers."""

    value: Cell = ""

    @property
    def text(self) -> str:
        """What can be seen in it."""
        return text_of(self.value).strip() if holds(self.value) else ""


Boxes = list[list[Box]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a sheet. `above` are the texts between it and the table before; the last short ones of them (`lead`
    in number) are the first rows of the sheet."""

    sheet: Sheet
    above: tuple[str, ...] = ()
    lead: int = 0

    @property
    def title(self) -> str:
        """The line right above the table."""
        return one_line(self.above[-1]) if self.lead else ""


# ---------------------------------------------------------------------------------------------- tables of a paper


def grids(paper: Paper) -> list[Grid]:
    """Every table of the paper (表1, 表2, …), each as many columns wide as most of its rows."""
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
    """The rows with the same number of columns each.

    Word keeps a grid column for every border that stands by itself, so its columns are not those that a reader sees:
    those are the cells of most rows. A row of as many cells is taken cell by cell, any other by where its cells lie.
    """
    rows = [_runs(row) for row in table if row]
    counts = Counter(len(runs) for runs in rows if len(runs) > 1) or Counter([1])
    width = max(counts, key=lambda n: (counts[n], n))
    columns = next((runs for runs in rows if len(runs) == width), [])
    boxes = {run.cell: Box(_text(run.cell, paper)) for runs in rows for run in runs}
    return [_placed(runs, columns, boxes) for runs in rows]


def _placed(runs: Sequence[_Run], columns: Sequence[_Run], boxes: dict[WordCell, Box]) -> list[Box]:
    """One row's boxes by column; a cell that is no column of its own goes into the one that it lies in."""
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
    """The paragraphs of a cell with the numbers that Word draws before them; a cell that is only such a number."""
    shown = [paper.paragraphs[i] for i in cell.paragraphs]
    if not any(p.text.strip() for p in shown):
        return "".join(p.label for p in shown).rstrip(".、．")
    return "\n".join(p.label + p.text.strip() for p in shown if p.text.strip())


# ---------------------------------------------------------------------------------------------- boxes and sheets


def sheet_of(name: str, rows: Boxes, marks: Marks | None = None) -> Sheet:
    """The rows as a sheet: a box that covers several places becomes a merged range."""
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
    (top, left), (bottom, right) = covered[0], covered[-1]
    return (top, left, bottom, right) if (bottom - top + 1) * (right - left + 1) == len(covered) else None


def _boxes(sheet: Sheet) -> Boxes:
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
    """A table that is taken; without a header of its own it goes on from the one before."""

    grid: Grid
    layout: Layout | None


def taken(found: Sequence[Grid], kind: Kind) -> list[Part]:
    """The tables whose header fits the kind, and those that go on from them on the next page."""
    parts: list[Part] = []
    for before, grid in pairwise([None, *found]):
        assert grid is not None
        layout = headers.find(grid.sheet, kind)
        if layout and not layout.missing:
            parts.append(Part(grid, layout))
        elif parts and parts[-1].grid is before and _goes_on(parts[-1].grid, grid):
            parts.append(Part(grid, None))
    return parts


def _goes_on(before: Grid, grid: Grid) -> bool:
    """As many columns, and nothing between the two but a word such as 续表 or the title once more."""
    said = [text for text in grid.above if not _RESUMED.fullmatch(one_line(text)) and one_line(text) != before.title]
    return not said and len(before.sheet.cells[-1]) == len(grid.sheet.cells[-1])


# ---------------------------------------------------------------------------------------------- one sheet of all


@dataclass(eq=False, slots=True)
class _Row:
    """A row below the header and where it came from. `opens`: it is the first of a table that goes on."""

    boxes: list[Box]
    sheet: str
    number: int
    opens: bool = False
    doubts: list[Problem] = field(default_factory=list)

    def doubt(self, code: str, message: str, fix: str, column: int = 0, value: str = "") -> None:
        """Keeps a doubt; its row is known when all rows are."""
        self.doubts.append(Problem(Level.WARNING, code, message, fix, Place(column=column), value=value))


def assembled(parts: Sequence[Part], kind: Kind) -> tuple[Sheet, list[Problem]]:
    """All parts as one sheet under the header of the first, broken rows joined and blanks filled by merging.

    Each repair is a warning at its row.
    """
    first = parts[0]
    assert first.layout is not None
    rows = _boxes(first.grid.sheet)
    head, title = rows[: first.layout.bottom], first.grid.title
    body = list(_body(first, rows, {key(title)}))
    for part in parts[1:]:
        more = _boxes(part.grid.sheet)
        if part.layout:
            more = _aligned(more, part.layout, first.layout, head)
        body += _body(part, more, {key(title)}, opens=True)
    width = max(map(len, [*head, *(row.boxes for row in body)]))
    for boxes in [*head, *(row.boxes for row in body)]:
        boxes += [Box() for _ in range(width - len(boxes))]
    repaired = _Repair(first.layout, kind).rows(body)
    sheet = sheet_of(first.grid.sheet.name, head + [row.boxes for row in repaired], _moved(first, repaired, len(head)))
    doubts = [
        replace(d, place=Place(sheet=sheet.name, row=n, column=d.place.column))
        for n, row in enumerate(repaired, len(head) + 1)
        for d in row.doubts
    ]
    return sheet, doubts


def _body(part: Part, rows: Boxes, titles: set[str], *, opens: bool = False) -> Iterator[_Row]:
    """The rows below the header, without its copies and without words such as 续表."""
    top = part.layout.bottom if part.layout else part.grid.lead
    header = {tuple(key(box.text) for box in row) for row in rows[part.layout.top - 1 : top]} if part.layout else set()
    for number, row in enumerate(rows[top:], top + 1):
        texts = tuple(key(box.text) for box in row)
        alone = {box for box in row if box.text}
        resumed = len(alone) == 1 and any(_RESUMED.fullmatch(t) or t in titles for t in texts if t)
        if any(texts) and texts not in header and not resumed:
            yield _Row(row, part.grid.sheet.name, number, opens)
            opens = False


def _aligned(rows: Boxes, layout: Layout, first: Layout, head: Boxes) -> Boxes:
    """The rows with their columns where the first table has the same headers; new headers are added at its end."""
    known = {key(text): column for column, text in first.texts.items()}
    width = max(map(len, head))
    targets: dict[int, int] = {}
    for column, text in layout.texts.items():
        target = known.get(key(text), 0)
        if not target or target in targets.values():
            width += 1
            target, header = width, Box(text)
            for row in head:
                row += [Box() for _ in range(width - 1 - len(row))] + [header]
        targets[column] = target
    return [[_at(row, targets, n) for n in range(1, width + 1)] for row in rows]


def _at(row: Sequence[Box], targets: dict[int, int], column: int) -> Box:
    return next((row[source - 1] for source, target in targets.items() if target == column), None) or Box()


def _moved(first: Part, rows: Sequence[_Row], head: int) -> Marks:
    """The marks of the first table's cells at their new rows."""
    marks = first.grid.sheet.marks
    new = {row.number: n for n, row in enumerate(rows, head + 1) if row.sheet == first.grid.sheet.name}
    return Marks(
        struck=frozenset((new[r], c) for r, c in marks.struck if r in new),
        uncached=frozenset((new[r], c) for r, c in marks.uncached if r in new),
        failed={(new[r], c): text for (r, c), text in marks.failed.items() if r in new},
    )


# ---------------------------------------------------------------------------------------------- repairs


class _Repair:
    """Joins rows that a page cut in two, and merges blanks with the value above that they stand for."""

    def __init__(self, layout: Layout, kind: Kind) -> None:
        declared = {layout.columns[c.field] - 1: c for c in kind.columns if c.field in layout.columns}
        self._headers = layout.texts
        self._no, self._task = (layout.columns.get(name, 0) - 1 for name in (NO, TASK))
        self._units = {n for n, c in declared.items() if c.type is ColumnType.UNITS}
        self._status = {n for n, c in declared.items() if c.type is ColumnType.STATUS}
        self._long = {n for n, c in declared.items() if c.field in PARAGRAPHS or c.field == TASK}
        self._fills = [n for n in sorted(declared) if declared[n].fill and n not in (self._no, self._task)]
        self._names = {n for n, c in declared.items() if c.type is ColumnType.TEXT}

    def rows(self, body: Sequence[_Row]) -> list[_Row]:
        """The rows after all repairs; a heading ends what blanks may stand for."""
        done: list[_Row] = []
        above: _Row | None = None
        for n, row in enumerate(body):
            own = {c for c, box in enumerate(row.boxes) if box.text and not (above and box is above.boxes[c])}
            if self._is_heading(row, own):
                done, above = [*done, row], None
            elif above and self._is_rest(above, row, own):
                self._join(above, row, own)
            else:
                if above:
                    self._carry(above, row, own, self._next_number(body[n + 1 :]))
                done, above = [*done, row], row
        return done

    @staticmethod
    def _is_heading(row: _Row, own: set[int]) -> bool:
        """One single text, over several columns or in the first (there a number is none)."""
        if len({row.boxes[c] for c in own}) != 1:
            return False
        return len(own) > 1 or (own == {0} and not _WHOLE_NUMBER.fullmatch(row.boxes[0].text))

    def _is_rest(self, above: _Row, row: _Row, own: set[int]) -> bool:
        """Is this what a page break cut off from the row above?

        It has no number, and goes on in the middle of a sentence. With neither task, unit nor status it can be nothing
        else; otherwise only at the top of a table that goes on, and never where both have a status.
        """
        merged = {c for c, box in enumerate(row.boxes) if box is above.boxes[c] and box.text}
        if self._no in own or merged & {self._no, self._task}:
            return False
        broken = any(_is_broken(above.boxes[c].text) for c in own & self._long)
        if not own & {self._task, *self._units, *self._status}:
            return row.opens or broken
        both = own & self._status and any(above.boxes[c].text for c in self._status)
        return row.opens and broken and not both

    def _join(self, above: _Row, row: _Row, own: set[int]) -> None:
        for c in sorted(own):
            before, after = above.boxes[c].text, row.boxes[c].text
            seam = "" if _is_broken(before) and c not in self._units else "\n"
            above.boxes[c].value = before + seam + after if before else after
            message = f"跨页断开的一行（原文{row.sheet}第{row.number}行）接到了这一项后面"
            fix = "请对照原文核对接缝处的文字；是单独一项的，请拆成两行"
            above.doubt("row_joined", message, fix, c + 1, f"…{before[-10:]}|{after[:10]}…")

    def _carry(self, above: _Row, row: _Row, own: set[int], following: int) -> None:
        """Blanks become one with the cell above: number and task of a part, or the name that several tasks share."""
        blank = {c for c, box in enumerate(row.boxes) if not box.text and above.boxes[c].text}
        if not {self._no, self._task} & own and self._task in blank and own & (self._units | self._status):
            columns = [c for c in (self._no, self._task, *self._fills) if c in blank]
        elif self._task in own:
            columns = self._shared_name(blank, own)
            if self._no in blank and following == _number(above.boxes[self._no].text) + 1:
                columns.append(self._no)
        else:
            return
        for c in columns:
            row.boxes[c] = above.boxes[c]
        if columns:
            named = "、".join(f"“{self._headers.get(c + 1, '')}”" for c in sorted(columns))
            message = f"{named}是空的，当作与上一行合并（原文{row.sheet}第{row.number}行）"
            value = one_line(above.boxes[min(columns)].text)
            row.doubt("blank_merged", message, "不是同一项的，请取消合并，补填这一行", min(columns) + 1, value)

    def _shared_name(self, blank: set[int], own: set[int]) -> list[int]:
        """The blank columns from the leftmost name on, up to the first that has a value of its own."""
        columns: list[int] = []
        for c in self._fills:
            if c in own or (not columns and c in blank and c not in self._names):
                break
            if c in blank:
                columns.append(c)
        return columns

    def _next_number(self, below: Sequence[_Row]) -> int:
        """The next number that stands below; the blanks before it belong to the number before."""
        texts = (row.boxes[self._no].text for row in below) if self._no >= 0 else ()
        return next((_number(text) for text in texts if text), 0)


def _number(text: str) -> int:
    match = _WHOLE_NUMBER.fullmatch(text)
    return int(match[1]) if match else -1


def _is_broken(text: str) -> bool:
    """Does this stop in the middle of a sentence?"""
    return bool(text) and not _ENDED.search(text)
