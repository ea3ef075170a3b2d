"""Numbers of a returned sheet as its unit sees them: 85% is a number 0.85 for the file, and 85% for whoever typed it.

Percent, thousands and fixed decimals, with what stands before and behind them (￥, 元). Only .xlsx tells its formats
here; of other files, and of formats that are not among these, the number stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.grid import Address, Book, Sheet
from tongbao.excel.writing.opening import UnopenableError, open_book

# A quoted text, an escaped character, a space or filler of the width of a character, a currency, a colour or condition.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*]().|\[\$([^\]-]*)[^\]]*\]|\[()[^\]]*\]')
_NUMBER = re.compile(r"([^#0?.,%]*)([#0?,]*[#0?])(?:\.([0#?]+))?( ?%)?([^#0?.,%]*)")
# Letters and strokes of formats that are no plain numbers: days and hours, fractions, powers of ten, any text.
_OTHER = re.compile(r"[a-zA-Z/@:]")
_LARGEST = 1e15  # Excel keeps fifteen digits


def as_shown(book: Book, data: bytes) -> Book:
    """The workbook with what the screen shows of its numbers. `data` are its bytes."""
    if not any(isinstance(value, float) for sheet in book.sheets for row in sheet.cells for value in row):
        return book
    try:
        formats = open_book(data, values=True)
    except UnopenableError:
        return book
    pages = {page.title: page for page in formats.worksheets}
    return replace(
        book, sheets=tuple(_sheet(one, pages[one.name]) if one.name in pages else one for one in book.sheets)
    )


def _sheet(sheet: Sheet, page: Worksheet) -> Sheet:
    found: dict[Address, str] = {}
    for row, values in enumerate(sheet.cells, 1):
        for column, value in enumerate(values, 1):
            if isinstance(value, float) and (text := shown(value, page.cell(row, column).number_format)):
                found[row, column] = text
    return replace(sheet, marks=replace(sheet.marks, shown=found))


def shown(value: float, code: str) -> str:
    """What the screen shows of a number in a format; empty where the format is none of those that are known here."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next((text for text in match.groups() if text), ""))
        return chr(0xE000 + len(literals) - 1)  # of the private area: no format has it

    sections = _LITERAL.sub(keep, code).split(";")
    negative = value < 0 and len(sections) > 1
    section = sections[1] if negative else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    match = _NUMBER.fullmatch(section.strip())
    if code == "General" or not match or _OTHER.search(section) or abs(value) >= _LARGEST:
        return ""
    before, whole, places, percent, behind = (text or "" for text in match.groups())
    if whole.count("0") != 1:
        return ""  # zeros in front, or none before the point
    digits = _digits(Decimal(repr(value)) * (100 if percent else 1), whole, places)
    text = before + (digits.lstrip("-") if negative else digits) + percent + behind
    return re.sub("[\ue000-\uf8ff]", lambda m: literals[ord(m[0]) - 0xE000], text).strip()


def _digits(number: Decimal, whole: str, places: str) -> str:
    """The digits with the decimals and thousands that the format asks for; `#` shows no zeros at the end."""
    rounded = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP) or Decimal(0).scaleb(-len(places))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    least, head, tail = places.count("0"), *text.partition(".")[::2]
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    return head + ("." + tail if tail else "")
