"""The rounds of an office as its clerk makes them on ledgers that setup took in: next, filled in, sent out, brought back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.first_days import Layout
from tests.support.first_talk import figures, set_up
from tongbao.run import cli

Fill = Callable[[Any], object]
GUIDES = ("填报说明", "程序用")


class Clerk:
    """An office whose ledgers setup took in, and what its clerk does with them."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.home = folder / "督查室"
        assert set_up(self.home, *layout.write(folder / "桌面")) == 0
        config = self.home / "config.yaml"
        config.write_text(
            config.read_text(encoding="utf-8").replace('name: ""', "name: 云溪县督查室"), encoding="utf-8"
        )

    def does(self, *arguments: str) -> int:
        """A command, or a run where none is named."""
        command = [] if not arguments or arguments[0].startswith("-") else [arguments[0]]
        rest = arguments[len(command) :]
        return cli.main([*command, "-c", str(self.home / "config.yaml"), *rest])

    @property
    def ledgers(self) -> list[Path]:
        """The ledgers on file, the one that was written last at the end."""
        found = (p for p in self.home.glob("input/*/*.xlsx") if p.stem not in ("对应关系", "未填报"))
        return sorted(found, key=lambda p: p.stat().st_mtime_ns)

    def goes_on(self, *arguments: str) -> Path:
        """The ledger that `next` writes."""
        before = set(self.ledgers)
        assert self.does("next", *arguments) == 0
        (made,) = set(self.ledgers) - before
        return made

    def sends_out(self, fill: Fill) -> dict[str, Path]:
        """The sheets that `split` writes, by unit, filled in by the units and put where `merge` looks for them."""
        assert self.does("split") == 0
        sent = sorted(self.home.glob("output/*/*/分发/*.xlsx"))
        back = self.ledgers[0].parent / "退回"
        back.mkdir()
        for path in sent:
            shutil.copy(path, back)
            edited(back / path.name, fill)
        return {path.name.partition("——")[0]: path for path in sent}

    def brings_in(self) -> Path:
        """The ledger after `merge --apply`."""
        assert self.does("merge", "--apply") == 0
        return self.ledgers[-1]

    def figures(self, *names: str) -> tuple[int, ...]:
        """These figures of the newest period."""
        found = figures(self.home)
        return tuple(found.get(name, 0) for name in names)


def edited(path: Path, change: Fill) -> None:
    """Changes a workbook as a person does in Excel."""
    book = load_workbook(path)
    change(book)
    book.save(path)


def shown(book: Any) -> list[Worksheet]:
    """The sheets in sight that hold a ledger."""
    return [s for s in book.worksheets if s.sheet_state == "visible" and s.title not in GUIDES]


def texts(path: Path) -> list[str]:
    """All that stands in the sheets in sight, and in which colours, without what the program adds."""
    cells = (c for sheet in shown(load_workbook(path)) for row in sheet.iter_rows() for c in row if c.value is not None)
    return [str(cell.value) for cell in cells]


@dataclass(frozen=True)
class At:
    """The line of an item, and the column of a header."""

    sheet: Worksheet
    row: int

    def cell(self, header: str) -> Cell:
        """The cell of this line under a header, its lowest words being given."""
        found = [
            c.column
            for line in self.sheet.iter_rows(max_row=self.row - 1)
            for c in line
            if c.value is not None and str(c.value).replace("\n", "") == header
        ]
        cell = self.sheet.cell(self.row, found[-1])
        assert isinstance(cell, Cell)
        return cell


def line_of(book: Any, item: str) -> At:
    """Where an item stands; in a book of months on the last sheet of these."""
    return next(
        At(sheet, cell.row)
        for sheet in reversed(shown(book))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and item in cell.value
    )


def open_cells(book: Any) -> Iterator[Cell]:
    """The cells that a unit may fill in."""
    for sheet in shown(book):
        for row in sheet.iter_rows():
            yield from (c for c in row if isinstance(c, Cell) and not c.protection.locked)


def moved(sheet: Worksheet, row: int, after: str) -> None:
    """Cuts a line and puts it below the last one under the heading `after`, as a clerk does in Excel."""
    lines = [[(c.value, copy(c._style)) for c in line] for line in sheet.iter_rows()]  # type: ignore[union-attr]
    wide = [(m.min_row, m.min_col, m.max_col) for m in sheet.merged_cells.ranges if m.min_row == m.max_row]
    order = list(range(1, len(lines) + 1))
    order.remove(row)
    heading = next(n for n in order if str(lines[n - 1][0][0] or "").startswith(after))
    below = order[order.index(heading) + 1 :]
    ends = next((n for n in below if (n, 1, len(lines[0])) in wide), None)
    order.insert(order.index(ends) if ends else len(order), row)
    for area in list(sheet.merged_cells.ranges):
        if area.min_row == area.max_row:
            sheet.unmerge_cells(area.coord)
    for new, old in enumerate(order, 1):
        for column, (value, style) in enumerate(lines[old - 1], 1):
            cell: Any = sheet.cell(new, column)
            if not isinstance(cell, MergedCell):
                cell.value, cell._style = value, copy(style)
    for old, left, right in wide:
        new = order.index(old) + 1
        sheet.merge_cells(start_row=new, end_row=new, start_column=left, end_column=right)


def carried(old: Path, new: Path, but: Iterable[str]) -> list[str]:
    """What stood in a ledger and is nowhere in the next one, but for what was emptied."""
    left = texts(new)
    return [text for text in texts(old) if text not in left and text not in but]
