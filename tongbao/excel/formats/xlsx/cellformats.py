"""The cells of an Office Open XML sheet that show something else than what they hold: found by their number formats.

Searched for in the bytes, as the marks of a sheet are (see `scan`): only cells of styles whose format is not plain are
looked at, and nearly all cells of a ledger are General.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from tongbao.excel.formats.numbers.shown import BUILT_IN, Shown, rounding, shown, shown_text
from tongbao.excel.formats.xlsx.scan import column_of
from tongbao.excel.formats.xmltree import tree
from tongbao.excel.grid import Address
from tongbao.excel.values import HIDDEN, Cell, SeenNumber, as_seen

# Formats of which nothing is to be told. Of a day in one of these spellings the fast reader tells the day.
_PLAIN = re.compile(r"(?i)|General|@|(?:yyyy[-/]mm?[-/]dd?|yyyy\\[-/]mm?\\[-/]dd?)(?:;@)?")
_SINCE_1904 = 1462  # days from the one epoch to the other
_WRITTEN_DAY = re.compile(rb"\d{4}-")  # 1.2e-05 is none
# So many numbers of styles are searched for as they stand; of more, every cell with a style is looked at.
_FEW = 40


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of the styles that are not plain, by the number of the style: for numbers, and for texts."""

    numbers: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    epoch1904: bool = False


def formats_of(styles: bytes, epoch1904: bool = False) -> Formats:
    """What the styles of a workbook say. `styles` is XML that was checked; it may be empty."""
    if not styles:
        return Formats()
    own: dict[int, str] = {}
    used: list[int] = []
    for element in tree(styles):
        name = element.tag.rpartition("}")[2]
        if name == "numFmts":
            own |= {_whole(e.get("numFmtId")): e.get("formatCode") or "" for e in element}
        elif name == "cellXfs":
            used = [_whole(e.get("numFmtId")) for e in element]
    codes = {n: own.get(id) or BUILT_IN.get(id, "General") for n, id in enumerate(used)}
    numbers = {n: code for n, code in codes.items() if not _PLAIN.fullmatch(code)}
    texts = {n: code for n, code in numbers.items() if shown_text("文", code) != "文"}
    return Formats(numbers, texts, epoch1904)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0


def seen_numbers(xml: bytes, formats: Formats) -> dict[Address, Shown]:
    """The cells with a number of which the screen shows another text, or that are days: value and text of each.

    What a format only rounds has no text here: its value knows what it shows.
    """
    found: dict[Address, Shown] = {}
    if not formats.numbers:
        return found
    by_style = {str(n).encode(): (code, rounding(code)) for n, code in formats.numbers.items()}
    for letters, row, style, text in _cells(formats.numbers, texts=False).findall(xml):
        code, show = by_style.get(style, ("", None))
        if not code or (number := _number(text, formats.epoch1904)) is None:
            continue
        if show and math.isfinite(number):
            found[int(row), _column(letters)] = Shown(SeenNumber.rounded_by(number, show))
        elif (one := shown(number, code, formats.epoch1904)).text or one.value is not number:
            found[int(row), _column(letters)] = one
    return found


def seen_texts(xml: bytes, formats: Formats) -> dict[Address, str]:
    """The cells with a text whose format puts something around it, or hides it: the format of each."""
    if not formats.texts:
        return {}
    found = _cells(formats.texts, texts=True).findall(xml)
    places = ((int(row), _column(letters), formats.texts.get(int(style))) for letters, row, style in found)
    return {(row, column): code for row, column, code in places if code is not None}


_column = lru_cache(1024)(column_of)


def _cells(styles: Mapping[int, str], *, texts: bool) -> re.Pattern[bytes]:
    """The tags of cells of these styles with their column, row and style; of numbers also the value."""
    one = "|".join(map(str, styles)) if len(styles) <= _FEW else r"\d{1,8}"
    worded = r"[^>]*\st=[\"'](?:s|str|inlineStr)[\"']"
    kind = f"(?={worded})" if texts else r"(?![^>]*\st=[\"'](?![nd][\"']))"
    named = rf"(?=[^>]*\sr=[\"']([A-Z]{{1,3}})(\d{{1,7}})[\"'])(?=[^>]*\ss=[\"']({one})[\"'])"
    tag = rf"<(?:\w+:)?c\b{kind}{named}[^>]*(?<!/)>"
    value = r"\s*(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>\s*([^<]*)<"
    return re.compile((tag if texts else tag + value).encode())


def _number(text: bytes, epoch1904: bool) -> float | None:
    """A number; that of a day where one is written out (2022-03-01T00:00:00), as the strict form has it."""
    try:
        return _serial(text.decode(), epoch1904) if _WRITTEN_DAY.match(text) else float(text)
    except ValueError:
        return None


def _serial(text: str, epoch1904: bool) -> float:
    since = datetime.fromisoformat(text.strip()).replace(tzinfo=None) - datetime(1899, 12, 30)
    return since / timedelta(days=1) - (_SINCE_1904 if epoch1904 else 0)


def without_zeros(cells: list[list[Cell]]) -> dict[Address, str]:
    """Puts nothing where a sheet that shows no zeros (an option of its view) has one; gives them as `shown`."""
    told: dict[Address, str] = {}
    for r, row in enumerate(cells, 1):
        for c, value in enumerate(row, 1):
            if isinstance(value, float) and not value:
                row[c - 1] = as_seen(0.0, HIDDEN)
                told[r, c] = HIDDEN
    return told


def with_formats(
    cells: list[list[Cell]], numbers: Mapping[Address, Shown], texts: Mapping[Address, str]
) -> dict[Address, str]:
    """Puts what the screen shows into the grid; gives it by address (the `shown` of `Marks`)."""
    told: dict[Address, str] = {}
    for (row, column), one in numbers.items():
        if row <= len(cells) and column <= len(cells[row - 1]):
            cells[row - 1][column - 1] = as_seen(one.value, one.text)
            told |= {(row, column): one.text} if one.text else {}
    for (row, column), code in texts.items():
        value = cells[row - 1][column - 1] if row <= len(cells) and column <= len(cells[row - 1]) else None
        if isinstance(value, str) and value and (text := shown_text(value, code)) != value.strip():
            told[row, column] = text or HIDDEN
            cells[row - 1][column - 1] = text
    return told
