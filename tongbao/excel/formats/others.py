"""Ledgers in every format but that of Excel 2007 and later: which it is, by what the file holds, and its sheets."""

from __future__ import annotations

from tongbao.excel.formats import biff, biff5, opendocument, signatures, textsheet, xlsb, xmltable
from tongbao.excel.formats.package import Package, told
from tongbao.excel.formats.web import webarchive, webpage
from tongbao.excel.grid import ReadError, Sheet, Sheets
from tongbao.outside import compound
from tongbao.outside.charset import decoded_page


def read(data: bytes, name: str, package: Package | None) -> Sheets:
    """The sheets of a file; `package` is the file opened, where it is one. Raises ReadError for what is no table."""
    if package is not None:
        return _of_package(package)
    if data.startswith(compound.MAGIC):
        return _of_records(_workbook_in(data), name)
    if 0 < biff5.version(data) < 5:  # Excel 2 to 4 pack the stream into nothing
        return _of_records(data, name)
    return _of_text(data, name), False


def _of_package(package: Package) -> Sheets:
    if binary := xlsb.main_part(package):
        return xlsb.read(package, binary)
    if opendocument.is_spreadsheet(package):
        return opendocument.read(package), False
    raise ReadError(*signatures.by_parts(package.names(), package.read("mimetype")))


def _workbook_in(data: bytes) -> bytes:
    """The stream of an old workbook. Raises ReadError for files with a password and old papers, packed alike."""
    with told():
        file = compound.CompoundFile(data)
        workbook = next((stream for stream in compound.WORKBOOK if stream in file), None)
        if workbook is None:
            raise ReadError(signatures.by_streams(file.names))
        return file.read(workbook)


def _of_records(stream: bytes, name: str) -> Sheets:
    """The records of Excel 97 and later, or of an older one."""
    number = biff5.version(stream)
    if not number:
        raise ReadError("file_damaged")
    return biff.read(stream) if number == 8 else biff5.read(stream, _without_ending(name))


def _of_text(data: bytes, name: str) -> list[Sheet]:
    """The sheets of what is written in characters: XML, pages, or a plain table."""
    if xmltable.is_workbook(data):
        return xmltable.read(data)
    if webarchive.is_archive(data):
        return webarchive.read(data, _without_ending(name))
    page = decoded_page(data) if b"<" in data[:4000] else ""
    if webpage.is_page(page):
        return webpage.read(page, _without_ending(name))
    return [textsheet.read(data, name)]


def _without_ending(name: str) -> str:
    return name.rpartition(".")[0] or name
