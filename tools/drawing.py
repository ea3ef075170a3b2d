"""Workbooks drawn as text tables: for the gallery of problems, and for the tests.

A table is drawn with `|`. A row with one single cell is written over the whole width (a title or a section row).
Inside a cell, `⏎` is a line break, `^` means "merged with the cell above", `<` "merged with the cell to the left",
`#12.5` a number, `@2022-04-30` a date cell, `=A1+1` a formula that was never calculated; all else is text.
A line `===` leaves a whole row empty.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def workbook(*tables: str, names: Iterable[str] = ("台账",), **cells: Any) -> Workbook:
    """The tables as sheets of one workbook; `cells` replaces single cells of the first sheet (`C5=44877`)."""
    book = Workbook()
    # Names for 18 sheets more: no drawing has more than a few.
    titles = [*names, *(f"表{n}" for n in range(2, 20))]
    for number, table in enumerate(tables):
        sheet = book.active if not number else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = titles[number]
        draw(sheet, table)
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return book


def draw(sheet: Worksheet, table: str) -> None:
    """Writes a text table into a sheet, with its merged cells."""
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = [[] if line == "===" else [c.strip() for c in line.strip("|").split("|")] for line in lines]
    width = max(map(len, rows))
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    extents: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, 1):
        spread = row + ["<"] * (width - 1) if len(row) == 1 else row
        for c, text in enumerate(spread, 1):
            origin = owners.get((r - 1, c)) if text == "^" else owners.get((r, c - 1)) if text == "<" else None
            owners[r, c] = origin or (r, c)
            if origin:
                extents[origin] = max(extents.get(origin, origin), (r, c))
            else:
                sheet.cell(r, c).value = cell_value(text)
    for (r, c), (last_row, last_column) in extents.items():
        sheet.merge_cells(start_row=r, start_column=c, end_row=last_row, end_column=last_column)


def cell_value(text: str) -> Any:
    """The value that a cell of a text table stands for; None for an empty one."""
    if text.startswith("#"):
        number = float(text[1:])
        return int(number) if number.is_integer() and "." not in text else number
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    return text.replace("⏎", "\n") or None


def xlsx(*tables: str, **options: Any) -> bytes:
    """The tables as the bytes of a workbook."""
    return saved(workbook(*tables, **options))


def saved(book: Workbook) -> bytes:
    """A workbook as the bytes of its file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
