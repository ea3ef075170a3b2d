"""The last values of formulas, kept in a workbook that openpyxl writes.

openpyxl writes formulas without their values: a program that does not calculate finds them empty until somebody opens
and saves the file in Excel. A value is kept where it cannot have changed: where the formula looks only at cells of its
own row, and none of these was written to.
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

from tongbao.excel.writing.opening import saved

# Formula cells with their last values.
Cached = list[tuple[Cell, Any]]

# One cell of this sheet. `C2`, `$C2` and both ends of `C2:E2` match; a name, a whole column, a column of a formatted
# table (`[@投资]`) and another sheet do not: such a formula loses its value until somebody saves the file in Excel.
_LOCAL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# Functions whose value changes though no cell does, or changes with the place of the cell. A function of an add-in
# (`MYFUNC(C2)`) is trusted to depend on its cells alone (tried).
_ELSEWHERE = re.compile(r"(?i)(?:TODAY|NOW|RAND\w*|ROWS?|COLUMNS?|INDIRECT|OFFSET|CELL|INFO)\(")
# A formula cell as openpyxl 3.1 writes it, its value empty. Written in another way, all values would be lost.
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?: t="\w+")?>(<f[ >].*?</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)


def remember(
    book: Workbook, values: Workbook, changing: Mapping[str, Collection[int]], untouched: Collection[str] = ()
) -> Cached:
    """The formula cells whose value will not change, with that value.

    `values` is the same workbook, opened for its values; `changing` are the numbers of the columns, by sheet, that will
    be written to; `untouched` the sheets that look at nothing that will be.
    """
    found: Cached = []
    for sheet in book.worksheets:
        columns = set(changing.get(sheet.title, ()))
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell, Cell) and (_is_local(cell, columns) or sheet.title in untouched):
                    found.append((cell, values[sheet.title].cell(cell.row, cell.column).value))
    return [(cell, value) for cell, value in found if value is not None and cell.data_type == "f"]


def _is_local(cell: Cell, changing: Collection[int]) -> bool:
    text = cell.value
    if cell.data_type != "f" or not isinstance(text, str) or _ELSEWHERE.search(text):
        return False
    operands = [t.value for t in Tokenizer(text).items if t.type == "OPERAND" and t.subtype == "RANGE"]
    ends = [_LOCAL.fullmatch(end) for operand in operands for end in operand.split(":")]
    return all(m and int(m[2]) == cell.row and column_index_from_string(m[1]) not in changing for m in ends)


def saved_with(book: Workbook, cached: Cached) -> bytes:
    """The workbook's bytes, with the remembered values beside their formulas, wherever the cells have moved to."""
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
