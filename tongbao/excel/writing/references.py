"""What in a workbook refers to cells, beside the formulas in cells: defined names, formulas of whole columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

LOST = "#REF!"  # what stands in a formula where a reference was


def unquoted(sheet: str) -> str:
    """The name of a sheet, by what a formula writes, with or without quotes."""
    return sheet.strip("'").replace("''", "'")


def named_ranges(book: Workbook) -> Iterable[tuple[Iterable[DefinedName], str]]:
    """The defined names of the book, with an empty text; then those of each sheet, with the sheet's name."""
    yield book.defined_names.values(), ""
    for sheet in book.worksheets:
        yield sheet.defined_names.values(), sheet.title


def column_formulas(sheet: Worksheet) -> Iterator[Any]:
    """The formulas that formatted tables keep for whole columns and their totals; their `attr_text` has no `=`."""
    columns = (column for table in sheet.tables.values() for column in table.tableColumns)
    kept = (one for column in columns for one in (column.calculatedColumnFormula, column.totalsRowFormula))
    yield from (one for one in kept if one is not None and one.attr_text)
