"""A sheet once more in the same workbook, beside the old one: with looks, rules and page set-up, without pictures."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def add_copy(book: Workbook, name: str, title: str, *, before: bool = False) -> Worksheet:
    """A copy of a sheet under another name, put behind it, or before it where the newest sheet stands first."""
    old = book[name]
    new: Any = book.copy_worksheet(old)
    new.title = title
    book.move_sheet(new, offset=book.index(old) + (0 if before else 1) - book.index(new))
    for rule in old.data_validations.dataValidation:
        new.add_data_validation(copy(rule))
    for area in old.conditional_formatting:
        for one in area.rules:
            new.conditional_formatting.add(str(area.sqref), copy(one))
    new.freeze_panes = old.freeze_panes
    new.sheet_view.zoomScale = old.sheet_view.zoomScale
    new.print_title_rows, new.print_title_cols = old.print_title_rows, old.print_title_cols
    if old.print_area:
        new.print_area = old.print_area.rpartition("!")[2] if "," not in old.print_area else None
    for part in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        setattr(new, part, copy(getattr(old, part)))
    if old.auto_filter.ref:
        new.auto_filter.ref = old.auto_filter.ref
    assert isinstance(new, Worksheet)
    return new
