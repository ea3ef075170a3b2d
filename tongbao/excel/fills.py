"""The colours of cells, read where somebody asks for them: a second pass over the file, which others need not pay."""

from __future__ import annotations

import struct
from dataclasses import replace

from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xlsx import standard
from tongbao.excel.formats.xlsx.cellfills import cell_fills
from tongbao.excel.grid import Book, Fills, ReadError
from tongbao.outside import compound
from tongbao.outside.archive import is_archive


def with_fills(book: Book, data: bytes) -> Book:
    """The workbook with the colours of the cells of its sheets; as it is where the format of the file tells none.

    `data` are the bytes that it was read from.
    """
    try:
        found = _fills(data)
    except (ReadError, struct.error, ValueError, LookupError, ArithmeticError):
        return book  # that the colours cannot be had is said by who needs them
    if not found:
        return book
    return replace(book, sheets=tuple(replace(s, fills=found.get(s.name, Fills())) for s in book.sheets))


def _fills(data: bytes) -> dict[str, Fills]:
    """The colours by the name of the sheet; none where the format does not tell."""
    if data.startswith(compound.MAGIC):
        from tongbao.excel.formats import biff_fills

        return biff_fills.read(data)
    if not is_archive(data):
        return {}
    package = Package(data)
    if main := standard.main_part(package):
        made = standard.in_standard_form(data, package, main)
        return cell_fills(package if made is data else Package(made))
    from tongbao.excel.formats import opendocument, openfills

    parts = package.read("styles.xml"), package.read("content.xml")
    return openfills.read(*parts) if opendocument.is_spreadsheet(package) else {}
