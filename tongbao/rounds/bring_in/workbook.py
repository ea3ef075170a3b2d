"""What an imported ledger gets at the end: its merged cells, and the sheet of doubts with links to their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.styles import Alignment, Border

from tongbao.excel.grid import Range
from tongbao.excel.writing.opening import open_book, saved
from tongbao.excel.writing.sheetxml import lines_of, row_height
from tongbao.excel.writing.workbook import (
    CENTRED,
    TEXT,
    TITLE,
    cell_at,
    heading,
    link_inside,
    print_setup,
    put,
)
from tongbao.model import Level, Problem

SHEET = "待核对"
# Header and width in characters. None may be a header of a ledger, or the reader would take this sheet for a ledger.
_COLUMNS = {"级别": 7, "哪一格": 10, "哪一项": 26, "原文": 36, "拿不准的地方": 44, "怎么核对": 40}
_RANKS = list(Level)


def finished(data: bytes, sheet: str, merges: Iterable[Range], doubts: Sequence[Problem], told: str) -> bytes:
    """The bytes of the workbook with these ranges of its ledger merged, and the doubts on a sheet of their own.

    `told` says where the ledger came from and stands above the list.
    """
    book = open_book(data)
    for top, left, bottom, right in merges:
        book[sheet].merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    page = book.create_sheet(SHEET, 1)
    above = [f"待核对：{len(doubts)}处", f"{told}。点“哪一格”可以跳过去；都核对过以后，把这张表删去即可。"]
    for row, text in enumerate(above, 1):
        put(cell_at(page, row, 1), text, TITLE if row == 1 else TEXT, Alignment(vertical="center")).border = Border()
    heading(page, 3, list(_COLUMNS), list(_COLUMNS.values()))
    page.freeze_panes = "A4"
    print_setup(page, (3, 3))
    for row, doubt in enumerate(sorted(doubts, key=lambda p: (_RANKS.index(p.level), p.place)), 4):
        values = (doubt.level.label, doubt.place.cell, doubt.item, doubt.value, doubt.message, doubt.fix)
        for column, value in enumerate(values, 1):
            put(cell_at(page, row, column), value, TEXT, *([CENTRED] if column <= 2 else []))
        if doubt.place.row:
            link_inside(cell_at(page, row, 2), sheet, doubt.place.at(doubt.place.column or 1).cell)
        lines = max(lines_of(str(text), width) for text, width in zip(values, _COLUMNS.values(), strict=True))
        page.row_dimensions[row].height = row_height(lines)
    return saved(book)


def ranges(merged: Sequence[tuple[int, Iterable[str]]], columns: Mapping[str, int]) -> list[Range]:
    """The vertical ranges to merge; `merged` gives for each line, downwards, the fields merged with the line above."""
    tops: dict[tuple[str, int], int] = {}
    for line, fields in merged:
        for name in fields:
            if name in columns:
                tops[name, line] = tops.pop((name, line - 1), line - 1)
    return [(top, columns[name], bottom, columns[name]) for (name, bottom), top in tops.items()]
