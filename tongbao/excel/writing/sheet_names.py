"""Giving a sheet another name, so that everything that names it follows.

openpyxl changes the title alone: formulas, links, rules and defined names would go on naming a sheet that is no more.
"""

from __future__ import annotations

import re
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from tongbao.excel.writing.references import column_formulas, named_ranges, unquoted


def rename_sheet(sheet: Worksheet, title: str) -> bool:
    """Gives a sheet another name, in all formulas, links, rules and defined names too.

    False, and nothing is done, where the new name is taken or too long, or the old one stands where it cannot follow:
    in a text of a formula (INDIRECT may take it for a reference), in a span of sheets, in a chart or a pivot table.
    """
    book, old = sheet.parent, sheet.title
    assert isinstance(book, Workbook)
    taken = {name.casefold() for name in book.sheetnames}
    if title.casefold() in taken or len(title) > _LONGEST_NAME or _is_held(book, old):
        return False
    printed = sheet.print_area
    for one in book.worksheets:
        _rename_in(one, old, title)
    for names, _ in named_ranges(book):
        for name in names:
            name.attr_text = name.attr_text and _renamed("=" + name.attr_text, old, title)[1:]
    sheet.title = title
    if printed:
        sheet.print_area = re.sub(r"(?:'(?:[^']|'')+'|[^'!,]+)!", "", printed)
    return True


_LONGEST_NAME = 31  # characters, by the limits of Excel


def _is_held(book: Workbook, name: str) -> bool:
    """Whether the name stands where it cannot be exchanged for certain.

    Any text of a formula that has the name in it counts: `IF(A1="1月底",1,0)` holds the name `1月` too (tried). Texts
    in rules and defined names are not looked at: a list of choices by INDIRECT goes on naming the old sheet (tried).
    """
    for sheet in book.worksheets:
        drawn: Any = sheet
        if any(name in tostring(chart._write()).decode("utf-8") for chart in drawn._charts) or drawn._pivots:
            return True
        formulas = (c.value for c in sheet._cells.values() if c.data_type == "f")
        for value in formulas:
            text = value.text if isinstance(value, ArrayFormula) else value
            if isinstance(text, str) and name in text and any(_holds(t, name) for t in Tokenizer(text).items):
                return True
    return False


def _holds(token: Token, name: str) -> bool:
    """Whether a token of a formula is a text with the name in it, or a span of sheets (`1月:3月!A1`) that has it."""
    if token.type != "OPERAND" or name not in token.value:
        return False
    sheet = token.value.rpartition("!")[0]
    return token.subtype == "TEXT" or name in unquoted(sheet).split(":")[1:] or name + ":" in sheet


def _rename_in(sheet: Worksheet, old: str, title: str) -> None:
    for cell in sheet._cells.values():
        if cell.data_type == "f" and isinstance(cell.value, ArrayFormula):
            cell.value.text = _renamed(cell.value.text or "=", old, title)
        elif cell.data_type == "f" and isinstance(cell.value, str):
            cell.value = _renamed(cell.value, old, title)
        if isinstance(cell, Cell) and cell.hyperlink and cell.hyperlink.location:
            cell.hyperlink.location = _renamed("=" + cell.hyperlink.location, old, title)[1:]
    for rule in sheet.data_validations.dataValidation:
        for part in ("formula1", "formula2"):
            text = getattr(rule, part)
            if text and not text.startswith('"'):
                setattr(rule, part, _renamed("=" + text.removeprefix("="), old, title)[not text.startswith("=") :])
    for formula in column_formulas(sheet):
        formula.attr_text = _renamed("=" + formula.attr_text, old, title)[1:]
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            rule.formula = [_renamed("=" + text, old, title)[1:] for text in rule.formula]


# The sheet before a reference, also before a lost one (`台账!#REF!`), and before the other end of a range.
_SHEET = re.compile(r"(?<![^:])('(?:[^']|'')+'|[^'!\[\]:#]+)!")


def _renamed(formula: str, old: str, title: str) -> str:
    """A formula (with its `=`) whose references to the sheet `old` name `title`."""
    if old.replace("'", "''") not in formula:
        return formula
    tokens, new = Tokenizer(formula), f"{quote_sheetname(title)}!"
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            token.value = _SHEET.sub(lambda m: new if unquoted(m[1]) == old else m[0], token.value)
    return str(tokens.render())  # type: ignore[no-untyped-call]
