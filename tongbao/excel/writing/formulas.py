"""What formulas last gave, kept in a workbook that openpyxl writes.

openpyxl writes formulas without their values, and a reader that does not calculate would find them empty until
somebody opens the file in Excel. A value is kept where it can not have changed: where the formula looks only at
cells of its own row that are as they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formula import Tokenizer
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import to_excel

from tongbao.excel.writing.workbook import saved

Cached = list[tuple[Cell, Any]]

_LOCAL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ELSEWHERE = re.compile(r"(?i)(?:TODAY|NOW|RAND\w*|ROWS?|COLUMNS?|INDIRECT|OFFSET|CELL|INFO)\(")
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?: t="\w+")?>(<f[ >].*?</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)


def remember(book: Workbook, values: Workbook, changing: Mapping[str, Collection[int]]) -> Cached:
    """The formula cells whose value stays what it is; `changing` are the columns by sheet that will be written to.

    `values` is the same workbook, opened for its values.
    """
    found: Cached = []
    for sheet in book.worksheets:
        columns = set(changing.get(sheet.title, ()))
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell, Cell) and _is_local(cell, columns):
                    found.append((cell, values[sheet.title].cell(cell.row, cell.column).value))
    return [(cell, value) for cell, value in found if value is not None]


def _is_local(cell: Cell, changing: Collection[int]) -> bool:
    text = cell.value
    if cell.data_type != "f" or not isinstance(text, str) or _ELSEWHERE.search(text):
        return False
    operands = [t.value for t in Tokenizer(text).items if t.type == "OPERAND" and t.subtype == "RANGE"]
    ends = [_LOCAL.fullmatch(end) for operand in operands for end in operand.split(":")]
    return all(m and int(m[2]) == cell.row and column_index_from_string(m[1]) not in changing for m in ends)


def saved_with(book: Workbook, cached: Cached) -> bytes:
    """The workbook's bytes, with the remembered values beside their formulas (wherever these stand by now)."""
    data = saved(book)
    by_sheet: dict[str, dict[str, Any]] = {}
    for cell, value in cached:
        sheet: Any = cell.parent
        if sheet._cells.get((cell.row, cell.column)) is cell:
            by_sheet.setdefault(sheet.path.lstrip("/"), {})[cell.coordinate] = value
    if not by_sheet:
        return data
    finished = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename in by_sheet:
                insert = _inserter(by_sheet[part.filename], book.epoch)
                content = _FORMULA.sub(insert, content.decode("utf-8")).encode("utf-8")
            after.writestr(part, content)
    return finished.getvalue()


def _inserter(values: Mapping[str, Any], epoch: datetime) -> Callable[[re.Match[str]], str]:
    def insert(match: re.Match[str]) -> str:
        value = values.get(match[1])
        if value is None:
            return match[0]
        type_, text = _xml(value, epoch)
        return f'<c r="{match[1]}"{match[2]}{type_}>{match[3]}<v>{text}</v></c>'

    return insert


def _xml(value: Any, epoch: datetime) -> tuple[str, str]:
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, date):
        return "", repr(to_excel(value, epoch))  # type: ignore[no-untyped-call]
    return (' t="e"' if str(value).startswith("#") else ' t="str"'), escape(str(value))
