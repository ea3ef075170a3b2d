"""The roster of a new office: the units that its ledgers name."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from tongbao.excel.writing.opening import saved
from tongbao.excel.writing.workbook import cell_at, heading, put
from tongbao.words.lookup import Unit


def roster_of_ledgers(units: Sequence[Unit]) -> bytes:
    """The bytes of the workbook of these units: 名称, 简称/别名, 排序."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "单位名册"
    heading(sheet, 1, ["名称", "简称/别名", "排序"], [28, 28, 8])
    for number, unit in enumerate(units, 1):
        values: tuple[str | int, ...] = (unit.name, "、".join(unit.aliases), number)
        for column, value in enumerate(values, 1):
            put(cell_at(sheet, number + 1, column), value)
    return saved(book)
