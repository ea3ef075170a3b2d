"""The roster of an office: made of the units that its first ledgers name, later filled up with those of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.config.office import Settings
from tongbao.excel.writing.opening import UnopenableError, opened, saved
from tongbao.excel.writing.workbook import cell_at, heading, put
from tongbao.ledger.intake import roster_of
from tongbao.ledger.rosters import fits
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content
from tongbao.words.lookup import Unit
from tongbao.words.text import first_few
from tongbao.words.units import roster_columns

_HEADERS = ("名称", "简称/别名", "排序")
_FIRST_LINES = 10  # a header stands among them, as where the roster is read


def roster_of_ledgers(units: Sequence[Unit]) -> bytes:
    """The bytes of the workbook of these units: 名称, 简称/别名, 排序."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "单位名册"
    heading(sheet, 1, list(_HEADERS), [28, 28, 8])
    for number, unit in enumerate(units, 1):
        _put(sheet, number + 1, (1, 2, 3), unit, number)
    return saved(book)


def fill_up(settings: Settings, units: Sequence[Unit]) -> list[str]:
    """Puts the units that the office's roster lacks behind those that are there, and says so. Raises Refusal."""
    roster, _ = roster_of(settings)
    if roster is None or not fits(roster, [unit.name for unit in units]):
        return []
    own = {unit.name for unit in roster.units}
    missing = [unit for unit in units if not set(roster.read(unit.name).units) & own]
    if not missing:
        return []
    names = first_few([unit.name for unit in missing], 8)
    if settings.units_file is None or not (added := _with(settings.units_file, missing)):
        where = settings.units_file.name if settings.units_file else f"{settings.file.name} 的 units 一行"
        return [f"单位名册（{where}）里没有{len(missing)}个单位，请补上：{names}"]
    write_whole(settings.units_file, added)
    return [f"单位名册 {settings.units_file.name} 补上了{len(missing)}个单位，原有的没有动：{names}"]


def _with(path: Path, units: Sequence[Unit]) -> bytes:
    """The workbook of a roster with more units; nothing where its file cannot be written on."""
    try:
        book = opened(content(path), path.name)
    except UnopenableError:
        return b""
    sheet = next((s for s in book.book.worksheets if s.sheet_state == "visible"), None)
    rows = list(sheet.iter_rows(max_row=_FIRST_LINES, values_only=True)) if sheet else []
    columns = next((found for row in rows if "name" in (found := roster_columns(row))), None)
    if sheet is None or columns is None or book.afresh:
        return b""
    last = max(row for row in range(1, sheet.max_row + 1) if any(cell.value for cell in sheet[row]))
    places = [columns.get(name, -1) + 1 for name in ("name", "aliases", "order")]
    orders = [sheet.cell(row, places[2]).value for row in range(1, last + 1)] if places[2] else []
    most = max((value for value in orders if isinstance(value, int)), default=0)
    for n, unit in enumerate(units, 1):
        _put(sheet, last + n, places, unit, most and most + n)
    return saved(book.book)


def _put(sheet: Worksheet, row: int, columns: Sequence[int], unit: Unit, order: int) -> None:
    values: tuple[str | int, ...] = (unit.name, "、".join(unit.aliases), order)
    for column, value in zip(columns, values, strict=True):
        if column and value:
            put(cell_at(sheet, row, column), value)
