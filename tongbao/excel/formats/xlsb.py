"""Binary workbooks of Excel 2007 and later (.xlsb).

Read here, because calamine tells no merged ranges of this format and fails on damaged files. Source: [MS-XLSB] 2.1.4
for the form of records, 2.4 and 2.5 for their content.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from functools import partial
from struct import unpack_from

from tongbao.excel.formats.biff import ERRORS, compact_number
from tongbao.excel.formats.lettering import PLAIN, Look, Looking, look
from tongbao.excel.formats.numbers.shown import BUILT_IN, shown_cell
from tongbao.excel.formats.package import Package
from tongbao.excel.grid import ReadError, Sheet, Sheets, unseen
from tongbao.excel.values import Cell

# Types of records (2.3), of which all others are skipped.
_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_STRING, _FONT, _FORMAT, _XF, _COLUMN, _VIEW = 19, 43, 44, 47, 60, 137
_WORKBOOK, _SHEET, _FILTER_COLUMN, _MERGE, _CELL_XFS, _CELL_XFS_END = 153, 156, 163, 176, 617, 618
# Of one part. A cell is a record, and so is a row: a sheet of four million cells (`grid.MAX_CELLS`) just fits. It
# bounds the time that a damaged part can take.
_MAX_RECORDS = 5_000_000


def main_part(package: Package) -> str:
    """The part that is a binary workbook, as the package says, or where it mostly is; empty where there is none."""
    named = [r.part for r in package.relations("") if r.kind == "officeDocument" and r.part.lower().endswith(".bin")]
    return next((part for part in (*named, "xl/workbook.bin") if part in package), "")


def read(package: Package, main: str) -> Sheets:
    """The worksheets, and whether days are counted from 1904. Raises ReadError: damaged, or reaching too far."""
    try:
        return _read(package, main)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ReadError("file_damaged") from error


def _read(package: Package, main: str) -> Sheets:
    related = package.relations(main)
    paths = {r.id: r.part for r in related if r.kind == "worksheet" or "worksheets/" in r.part}
    data = package.read(main)
    parts = {r.kind: r.part for r in related}
    folder = posixpath.dirname(main)
    strings, styles = (
        package.read(parts.get(word, f"{folder}/{word}.bin".lstrip("/"))) for word in ("sharedStrings", "styles")
    )
    book = _Book(strings, styles)
    listed = []
    for kind, at in _records(data):
        if kind == _WORKBOOK:
            book.epoch1904 = bool(data[at] & 1)
        elif kind == _SHEET:
            reference, after = _text(data, at + 8)
            listed.append((paths.get(reference, ""), _text(data, after)[0], data[at] != 0))
    sheets = [
        unseen(name, partial(_sheet, name, package, path, book)) if hidden else _sheet(name, package, path, book)
        for path, name, hidden in listed
        if path
    ]
    return sheets, book.epoch1904


def _records(data: bytes) -> Iterator[tuple[int, int]]:
    """(type, position of the content) of all records; a record's type and length are written in seven bits a byte."""
    at = count = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        yield kind, at
        at += length
        count += 1
        if count > _MAX_RECORDS:
            raise ReadError("file_bomb")


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for n in range(longest):
        byte = data[at + n]
        value |= (byte & 0x7F) << (7 * n)
        if byte < 0x80:
            return value, at + n + 1
    return value, at + longest


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text that begins with its length in characters, and where it ends. A length of 0xFFFFFFFF means no text."""
    length = unpack_from("<I", data, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


class _Book:
    """Shared strings, and which cell formats show days or are struck out."""

    def __init__(self, data: bytes, styles: bytes) -> None:
        """Reads the shared strings and the styles."""
        self.epoch1904 = False
        self.formats: dict[int, str] = {}
        self.fonts: list[Look] = []
        self.looks: dict[int, Look] = {}
        self._read_styles(styles)
        places = [at for kind, at in _records(data) if kind == _STRING]
        self.strings = [_text(data, at + 1)[0] for at in places]
        rich = ((n, at) for n, at in enumerate(places) if data[at] & 1)
        self.runs = {n: runs for n, at in rich if (runs := self._runs(data, at))}

    def _runs(self, data: bytes, at: int) -> list[tuple[int, Look]]:
        """The places in a rich string from which another look holds; none where all of it looks plain."""
        _, after = _text(data, at + 1)
        found = [unpack_from("<HH", data, after + 4 + 4 * n) for n in range(unpack_from("<I", data, after)[0])]
        looks = [(place, self.fonts[font] if font < len(self.fonts) else PLAIN) for place, font in found]
        return looks if not all(how.plain for _, how in looks) else []

    def _read_styles(self, data: bytes) -> None:
        formats: dict[int, str] = {}
        number, inside = 0, False
        for kind, at in _records(data):
            if kind == _FONT:
                self.fonts.append(look(bool(data[at + 2] & 8), _text(data, at + 21)[0], data[at + 6]))
            elif kind == _FORMAT:
                formats[unpack_from("<H", data, at)[0]] = _text(data, at + 2)[0]
            elif kind in (_CELL_XFS, _CELL_XFS_END):
                inside = kind == _CELL_XFS
            elif kind == _XF and inside:
                of, font = unpack_from("<HH", data, at + 2)
                self.formats[number] = formats.get(of) or BUILT_IN.get(of, "General")
                if font < len(self.fonts) and not self.fonts[font].plain:
                    self.looks[number] = self.fonts[font]
                number += 1


# ---------------------------------------------------------------------------------------------- one sheet


class _Reader(Looking):
    """Collects the records of a sheet."""

    def __init__(self, book: _Book) -> None:
        """`book` has the strings and formats that cells refer to."""
        super().__init__()
        self._book, self._row = book, 0

    def note(self, kind: int, data: bytes, at: int) -> None:
        """Notes what one record says of the sheet."""
        if kind == _ROW:
            self._row = unpack_from("<I", data, at)[0] + 1
            if data[at + 11] & 0x10:
                self.hidden_rows.add(self._row)
        elif _RK <= kind <= _FORMULA_ERROR:
            self._note_cell(kind, data, at)
        elif kind == _MERGE:
            top, bottom, left, right = unpack_from("<4I", data, at)
            self.merge(top + 1, left + 1, bottom + 1, right + 1)
        elif kind == _COLUMN:
            first, last, width = unpack_from("<III", data, at)
            run = range(first + 1, min(last, 16383) + 2)
            self.widths |= dict.fromkeys(run[:100], width / 256)
            self.hidden_columns.update(run if data[at + 16] & 1 else ())
        elif kind == _FILTER_COLUMN:
            self.filtered = True
        elif kind == _VIEW:
            self.no_zeros = not data[at] & 0x10

    def _note_cell(self, kind: int, data: bytes, at: int) -> None:
        column, style = unpack_from("<II", data, at)
        place, style = (self._row, column + 1), style & 0xFFFFFF
        value = self._value(kind, data, at + 8)
        value, text = shown_cell(value, self._book.formats.get(style, "General"), self._book.epoch1904)
        self.shown.update({place: text} if text else {})
        if kind in (_ERROR, _FORMULA_ERROR):
            self.failed[place] = str(value)
        if value != "":
            self.values[place] = value
            how = self._book.looks.get(style, PLAIN)
            runs = self._book.runs.get(unpack_from("<I", data, at + 8)[0], []) if kind == _SHARED else []
            if runs or not how.plain:
                self.look(place, value, runs, how)

    def _value(self, kind: int, data: bytes, at: int) -> Cell:
        if kind in (_TEXT, _FORMULA_TEXT):
            return _text(data, at)[0]
        if kind == _SHARED:
            number: int = unpack_from("<I", data, at)[0]
            return self._book.strings[number]
        if kind in (_ERROR, _FORMULA_ERROR):
            return ERRORS.get(data[at], "#N/A")
        if kind in (_BOOL, _FORMULA_BOOL):
            return bool(data[at])
        if kind == _RK:
            return compact_number(unpack_from("<I", data, at)[0])
        return float(unpack_from("<d", data, at)[0])


def _sheet(name: str, package: Package, path: str, book: _Book) -> Sheet:
    reader, data = _Reader(book), package.read(path)
    for kind, at in _records(data):
        reader.note(kind, data, at)
    return reader.sheet(name)
