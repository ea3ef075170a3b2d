"""Workbooks of Excel 2 to Excel 95 (.xls): the same records as later, with shorter heads and texts in a code page.

The code page of Chinese Excel is 936. Merged cells came with Excel 97. Source: "OpenOffice.org's Documentation of the
Microsoft Excel File Format", 4.1 and 5; checked against xlrd on the public files of both.
"""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Iterator, Mapping
from struct import unpack_from
from types import MappingProxyType

from tongbao.excel.formats.biff import Book, Placed, Reader, compact_number, records
from tongbao.excel.formats.lettering import look
from tongbao.excel.grid import ReadError, Sheet, Sheets, unseen
from tongbao.excel.values import Cell

_EOF, _FILE_PASS, _DATE_1904, _CODE_PAGE = 0x0A, 0x2F, 0x22, 0x42
_SHEET, _SHEET_HEAD, _RICH_LABEL, _MUL_RK, _RK = 0x85, 0x8F, 0xD6, 0xBD, 0x27E
_BEGINS: Mapping[int, int] = MappingProxyType({0x09: 2, 0x209: 3, 0x409: 4, 0x809: 5})
_FONTS, _FORMATS, _STYLES = (0x31, 0x231), (0x1E, 0x41E), (0x43, 0x243, 0x443, 0xE0)
# Cells, by what they hold: of Excel 2, and of later versions.
_INTEGER, _NUMBERS, _LABELS, _TRUTHS = 0x02, (0x03, 0x203), (0x04, 0x204, _RICH_LABEL), (0x05, 0x205)
_FORMULAS, _STRINGS = (0x06, 0x206, 0x406), (0x07, 0x207)
_CELLS = frozenset({_INTEGER, _MUL_RK, _RK, *_NUMBERS, *_LABELS, *_TRUTHS, *_FORMULAS})
_WORKSHEET = 0x10
# Two bytes each, as GB2312 writes Chinese: European words hardly ever have these in pairs only.
_CHINESE = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*")
_MAX_RECORDS = 5_000_000


def version(stream: bytes) -> int:
    """The version of the records: 2 to 5 here, 8 for Excel 97 and later; 0 where the bytes are no workbook stream."""
    if len(stream) < 8:
        return 0
    kind, length, number = unpack_from("<HHH", stream)
    found = _BEGINS.get(kind, 0)
    if found == 5:
        return 8 if number >= 0x600 else 5
    return found if length in (4, 6) else 0


def read(stream: bytes, name: str) -> Sheets:
    """The worksheets of a stream, and whether its days are counted from 1904; `name` where a sheet has none itself.

    Raises ReadError: encrypted, damaged, or reaching too far.
    """
    try:
        book = _OldBook(version(stream))
        return (_sheets(stream, book) if book.version == 5 else _loose(stream, book, name)), book.epoch1904
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise ReadError("file_damaged") from error


def _sheets(stream: bytes, book: _OldBook) -> list[Sheet]:
    """The sheets of an Excel 5 or 95 workbook, which says where each begins."""
    for kind, data in records(stream, 0):
        book.note(kind, data)
    return [_sheet(stream, place, book) for place in book.places if place.worksheet]


def _sheet(stream: bytes, place: Placed, book: _OldBook) -> Sheet:
    def fill() -> Sheet:
        reader = _OldReader(book)
        for kind, data in records(stream, place.start):
            reader.note(kind, data)
        return reader.sheet(place.name)

    return unseen(place.name, fill) if place.hidden else fill()


def _loose(stream: bytes, book: _OldBook, name: str) -> list[Sheet]:
    """The sheets of Excel 2 to 4: one, or several behind each other, each with a head of its own."""
    sheets: list[Sheet] = []
    reader = None
    for kind, data in _plain_records(stream):
        if kind in _BEGINS:
            reader = _OldReader(book) if unpack_from("<H", data, 2)[0] == _WORKSHEET else None
        elif kind == _SHEET_HEAD:
            name = book.text(data[5 : 5 + data[4]])
        elif kind == _EOF and reader:
            sheets.append(reader.sheet(name))
            reader = None
        elif kind not in _CELLS:
            book.note(kind, data)
        if reader:
            reader.note(kind, data)
    if reader or not sheets:
        raise ReadError("file_damaged")
    return sheets


def _plain_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MAX_RECORDS):
        if at + 4 > len(stream):
            return
        kind, length = unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _OldBook(Book):
    """What the stream says of the whole workbook."""

    def __init__(self, version: int) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.version, self._page = version, ""

    def note(self, kind: int, data: bytes) -> None:
        """Notes what one record says. Raises ReadError where it says that the workbook is encrypted."""
        if kind == _FILE_PASS:
            raise ReadError("file_encrypted")
        if kind == _CODE_PAGE:
            self._page = _encoding(unpack_from("<H", data)[0])
        elif kind == _DATE_1904:
            self.epoch1904 = data[:1] == b"\x01"
        elif kind == _SHEET:
            start, state, type, length = unpack_from("<IBBB", data)
            self.places.append(Placed(start, self.text(data[7 : 7 + length]), state & 3 > 0, type == 0))
        elif kind in _FONTS:
            at = {2: 4, 3: 6, 4: 6}.get(self.version, 14)
            name = self.text(data[at + 1 : at + 1 + data[at]]) if len(data) > at else ""
            self.fonts.append(look(bool(data[2] & 0x08), name, data[8] if at == 14 else 0))
        elif kind in _FORMATS:
            self._note_format(kind, data)
        elif kind in _STYLES:
            self.styles.append(unpack_from("<HH", data) if self.version == 5 else (data[0], data[1]))

    def _note_format(self, kind: int, data: bytes) -> None:
        """Only since Excel 5 a format tells its number; before they are counted."""
        head = 2 if kind == 0x41E else 0
        number = unpack_from("<H", data)[0] if self.version == 5 else len(self.formats)
        self.formats[number] = self.text(data[head + 1 : head + 1 + data[head]])

    def text(self, data: bytes) -> str:
        """A text of the code page. Programs that write GBK often say nothing of it, or say 1252."""
        if self._page in ("", "cp1252") and _CHINESE.fullmatch(data):
            return data.decode("gb18030", "replace")
        return data.decode(self._page or "cp1252", "replace")

    def style(self, attributes: bytes) -> int:
        """The style of a cell of Excel 2, which has its format and font in itself."""
        self.styles.append((attributes[1] >> 6, attributes[1] & 0x3F))
        return len(self.styles) - 1


def _encoding(page: int) -> str:
    """Python's name of a code page; empty where it has none."""
    name = {936: "gb18030", 1200: "utf-16-le", 367: "ascii", 0x8000: "mac_roman", 0x8001: "cp1252"}.get(
        page, f"cp{page}"
    )
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


class _OldReader(Reader):
    """Collects the records of a sheet."""

    def __init__(self, book: _OldBook) -> None:
        """`book` has the styles and the code page of the cells."""
        super().__init__(book)
        self._old = book

    def note(self, kind: int, data: bytes) -> None:
        """Notes what one record says of the sheet."""
        if kind == _MUL_RK or kind not in {*_CELLS, *_STRINGS}:
            if kind in (_FILE_PASS, _CODE_PAGE) and self._old.version == 5:
                self._old.note(kind, data)
            if self._old.version > 2:
                super().note(kind, data)
        elif kind in _STRINGS and self._awaiting:
            self.values[self._awaiting], self._awaiting = self._counted(kind, data), None
        elif kind in _CELLS:
            self._note_old_cell(kind, data)

    def _note_old_cell(self, kind: int, data: bytes) -> None:
        row, column = unpack_from("<HH", data)
        brief = kind < 0x10 and self._old.version == 2  # the records of Excel 2: three bytes of attributes, not two
        style = self._old.style(data[4:7]) if brief else unpack_from("<H", data, 4)[0]
        at, rest = (row + 1, column + 1), data[7:] if brief else data[6:]
        self._keep(at, style, self._old_value(at, kind, rest))

    def _old_value(self, at: tuple[int, int], kind: int, rest: bytes) -> Cell:
        if kind in _LABELS:
            return self._counted(kind, rest)
        if kind == _INTEGER:
            return float(unpack_from("<H", rest)[0])
        if kind == _RK:
            return compact_number(unpack_from("<I", rest)[0])
        if kind in _TRUTHS:
            return self._error(at, rest[0]) if rest[1] else bool(rest[0])
        if kind in _FORMULAS and rest[6:8] == b"\xff\xff":
            return self._result(at, bytes(6) + rest)
        return float(unpack_from("<d", rest)[0])

    def _counted(self, kind: int, data: bytes) -> str:
        """A text behind its length: one byte in Excel 2, two since."""
        if kind < 0x10:
            return self._old.text(data[1 : 1 + data[0]])
        return self._old.text(data[2 : 2 + unpack_from("<H", data)[0]])
