"""Titles, headers, notes and sheet names of the next ledger: where they name the old period, they name the new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.writing.sheet_names import rename_sheet
from tongbao.model import OUR_SHEET, Level, Place, Problem
from tongbao.rounds.next_period.naming import left_in_file_name, next_file_name
from tongbao.rounds.next_period.period_cells import Telling
from tongbao.rounds.next_period.succession import Succession
from tongbao.words.periods import cell_date, chinese_date, chinese_month, parse_period
from tongbao.words.rolling import Change, Rolled, Turn, rolled

# Rows of a sheet without a table, such as a cover, that are looked through for the period; by feel as many as the
# reader looks through for a header. A period further down is not reported.
_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Text:
    """What became of one text: of a cell, which may have moved since, or of what `name` says (页眉, 工作表名)."""

    sheet: Worksheet
    cell: Cell | None
    found: Rolled
    name: str = ""

    def where(self, several: bool) -> str:
        """Where the text stands, in words for the clerk; `several`: with the name of its sheet."""
        place = self.cell.coordinate if self.cell else self.name
        return f"“{self.sheet.title}”{place}" if several and place != _SHEET_NAME else place


_SHEET_NAME = "工作表名"


# ---------------------------------------------------------------------------------------------- in the sheets


def follow_period(book: Workbook, found: Succession) -> list[Text]:
    """Changes the texts beside the rows to the new period, before rows and columns move.

    Returns all texts of which something was changed or left alone.
    """
    formulas, beside = _formulas(book), found.added.beside if found.added else frozenset[str]()
    texts: list[Text] = []
    for sheet in book.worksheets:
        if told := found.telling.get(sheet.title):
            texts += _follow_cells(sheet, told, found.turn, formulas)
            texts += _follow_page(sheet, found.turn)
        elif sheet.title not in (OUR_SHEET, *beside) and sheet.sheet_state == "visible":
            texts += _elsewhere(sheet, found.turn)
    return [text for text in texts if text.found.changes or text.found.left]


def _formulas(book: Workbook) -> str:
    """All formulas of a workbook with formatted tables, whose columns they may name by the header; else empty."""
    cells = (c for s in book.worksheets for c in s._cells.values() if any(s.tables for s in book.worksheets))
    return "\n".join(str(getattr(c.value, "text", c.value)) for c in cells if c.data_type == "f")


def _follow_cells(sheet: Worksheet, told: Telling, turn: Turn, formulas: str) -> Iterator[Text]:
    held = {  # header texts that must stay, also in a copy of the header on a later page
        str(cell.value)
        for row in range(told.top, told.bottom + 1)
        for cell in sheet[row]
        if cell.value and ((row, cell.column) not in told.following or f"[{cell.value}]" in formulas)
    }
    for row in told.rows:
        label = ""
        for cell in sheet[row]:
            text = _text(cell)
            if not isinstance(cell, Cell) or not text:
                continue
            found = rolled(text, turn, before="" if told.top <= row <= told.bottom else label)
            label = text
            if cell.data_type == "f" or (row >= told.top and text in held):
                found = _only_told(found)
            _write(cell, found)
            yield Text(sheet, cell, found)


def _text(cell: Cell | MergedCell) -> str:
    """What a cell says: its text, the texts in quotes in its formula, its date as it is shown."""
    value = cell.value
    if cell.data_type == "f":
        return " ".join(re.findall(r'"([^"]*)"', str(getattr(value, "text", value))))
    if isinstance(value, date):
        return chinese_date(value) if "d" in cell.number_format.lower() else chinese_month(value)
    return str(value) if isinstance(value, str | CellRichText) else ""


def _only_told(found: Rolled) -> Rolled:
    """The finding for a text that stays as it was: its changes become dates that were left alone."""
    return Rolled("", (), tuple(sorted([*found.left, *((c.start, c.old) for c in found.changes)])))


def _write(cell: Cell, found: Rolled) -> None:
    if not found.changes:
        return
    if isinstance(cell.value, CellRichText):
        cell.value = _in_runs(cell.value, found.changes)
    elif isinstance(cell.value, date):
        period = parse_period(found.text)
        day = cell_date(found.text) or (period and period.first)
        cell.value = datetime(day.year, day.month, day.day) if day else cell.value
    else:
        cell.value = found.text


def _in_runs(value: CellRichText, changes: Iterable[Change]) -> CellRichText:
    """A text in several looks after its changes; new words have the look of the first word that they replace."""
    runs = [(run, str(run)) for run in value]
    for change in reversed(list(changes)):
        start, end, at = change.start, change.start + len(change.old), 0
        for n, (run, text) in enumerate(runs):
            first, last = max(start - at, 0), max(min(end - at, len(text)), 0)
            if first < last:
                new = change.new if at <= start else ""
                runs[n] = (run, text[:first] + new + text[last:])
            at += len(text)
    kept = ((run, text) for run, text in runs if text)
    return CellRichText([TextBlock(run.font, text) if isinstance(run, TextBlock) else text for run, text in kept])


_PAGE_PARTS = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")


def _follow_page(sheet: Worksheet, turn: Turn) -> Iterator[Text]:
    """Changes what is printed above and below each page."""
    for part in _PAGE_PARTS:
        for side in ("left", "center", "right"):
            item: Any = getattr(getattr(sheet, part), side)
            if item.text:
                found = rolled(item.text, turn)
                item.text = found.text
                yield Text(sheet, None, found, "页眉" if part.endswith("Header") else "页脚")


def _elsewhere(sheet: Worksheet, turn: Turn) -> Iterator[Text]:
    """What names the period on a sheet without a table (a cover, a summary): it is reported, but not changed."""
    for line in sheet.iter_rows(max_row=min(_LOOKED_AT, sheet.max_row)):
        for cell in line:
            if isinstance(cell, Cell) and (text := _text(cell)):
                changes = rolled(text, turn).changes
                yield Text(sheet, cell, Rolled(text, (), tuple((c.start, c.old) for c in changes)))


# ---------------------------------------------------------------------------------------------- their names


def follow_names(book: Workbook, found: Succession, config_sheet: str) -> list[Text]:
    """Renames the sheets that are named after the period, unless the settings or something else would lose them."""
    texts = []
    for part in found.parts if not found.added else ():
        sheet = book[part.table.sheet]
        told = rolled(sheet.title, found.turn)
        if told.changes and (sheet.title == config_sheet or not rename_sheet(sheet, told.text)):
            told = _only_told(told)
        if told.changes or told.left:
            texts.append(Text(sheet, None, told, _SHEET_NAME))
    return texts


# ---------------------------------------------------------------------------------------------- what is said


def told(texts: Iterable[Text], found: Succession) -> Iterator[Problem]:
    """Two notes: each phrase that follows the period, and each date that was left alone, with its cell."""
    place = Place(next_file_name(found.old, found.period))
    texts = list(texts)
    several = len({text.sheet.title for text in texts}) > 1
    changed = [f"{t.where(several)}“{c.old}”→“{c.new}”" for t in texts for c in t.found.changes]
    left = [f"{t.where(several)}“{words}”" for t in texts for _, words in t.found.left]
    left += [f"文件名“{words}”" for words in left_in_file_name(found.old, found.period)]
    if changed:
        message = f"期次随下一期改了{len(changed)}处：" + "；".join(changed)
        yield Problem(Level.NOTE, "period_followed", message, "", place=place)
    if left:
        message = "这些日期不能断定是期次，没有改动：" + "；".join(left)
        yield Problem(Level.NOTE, "period_left", message, "要改的请在下期台账里手工改", place=place)
