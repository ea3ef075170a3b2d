"""What the screen shows of a number in a cell, by the number format of the cell. Every reader of workbooks asks here.

Source: ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tongbao.excel.grid import Cell
from tongbao.words.periods import cell_date

# The number formats that no workbook defines itself, by their number: those of all languages, and of Chinese Excel.
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {0: "General", **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "yyyy/m/d")}
)
# What a format shows as it stands: `"天(day)"` in quotes, `\d`, `[Red]` and `[$-804]` in brackets, `_d` (a gap).
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


class Shown(NamedTuple):
    """What a cell holds, and what the screen shows of it: empty where `grid.text_of` makes the same of the value."""

    value: Cell
    text: str = ""


def shown(number: float, code: str, epoch1904: bool = False) -> Shown:
    """The value that a stored number stands for (a date where the format shows a day), and its text on the screen.

    `code` is the format (`0.0%`), never its number. A format that cannot be understood shows the number as it is.
    """
    if re.search(r"[yYdD]", _QUOTED.sub("", code)) and code != "General":
        return Shown(cell_date(number, epoch1904) or number)
    return Shown(number)
