"""Names that a sheet can have in a workbook of Excel: other programs have other limits, some files no names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tongbao.excel.grid import Sheet

_LONGEST = 31  # characters, by the limits of Excel
_BRACKETS = str.maketrans("[]", "()")  # Excel calls the sheet of `台账[1].csv` so
_FORBIDDEN = re.compile(r"[:*?/\\\x00-\x1f]")


def fitting(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets under names that Excel can hold, no two of them the same; nearly all have such names already."""
    taken: set[str] = set()
    found = []
    for number, sheet in enumerate(sheets, 1):
        name = _FORBIDDEN.sub("_", sheet.name.translate(_BRACKETS)).strip("'")[:_LONGEST].strip() or f"Sheet{number}"
        name = _free(name, taken)
        taken.add(name.casefold())
        found.append(sheet if name == sheet.name else replace(sheet, name=name))
    return found


def _free(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        end = f"({number})"
        found = name[: _LONGEST - len(end)] + end
    return found
