"""Binary workbooks of Excel 2007 and later (.xlsb): what the fast reader does not tell of a sheet.

Source: [MS-XLSB] 2.1.4 for the form of records, 2.4 for their content.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack_from

from tongbao.grid import MAX_MERGES, Marks, Range, ReadError, check_size
from tongbao.model import column_letters
from tongbao.ooxml import Package, Part, targets

_ROW, _FIRST_CELL, _LAST_CELL, _COLUMN = 0, 2, 11, 60
_WORKBOOK, _SHEET, _MERGE, _FILTER_COLUMN = 153, 156, 176, 163
_MAX_RECORDS = 5_000_000


@dataclass
class _Found:
    rows: int = 0
    columns: int = 0
    row: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    merges: list[Range] = field(default_factory=list)


def read(package: Package) -> tuple[list[tuple[Marks, tuple[Range, ...]]], bool]:
    """Marks and merged ranges of every sheet, and whether days are counted from 1904.

    Raises ReadError: damaged, or reaching too far.
    """
    try:
        parts, epoch1904 = _workbook(package)
        return [_sheet(package.read(part.path)) for part in parts], epoch1904
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ReadError("file_damaged") from error


def _workbook(package: Package) -> tuple[list[Part], bool]:
    paths = targets(package.xml("xl/_rels/workbook.bin.rels"))
    data = package.read("xl/workbook.bin")
    parts, epoch1904 = [], False
    for kind, at, _ in _records(data):
        if kind == _WORKBOOK:
            epoch1904 = bool(data[at] & 1)
        elif kind == _SHEET:
            reference, after = _text(data, at + 8)
            parts.append(Part(_text(data, after)[0], paths.get(reference, "")))
    return parts, epoch1904


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A counted text, and where it ends; a length of all ones means none."""
    length = unpack_from("<I", data, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, position and length of all records; type and length are written in seven bits a byte."""
    at = count = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        yield kind, at, length
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


def _sheet(data: bytes) -> tuple[Marks, tuple[Range, ...]]:
    found = _Found()
    for kind, at, _ in _records(data):
        if kind == _ROW:
            found.row = unpack_from("<I", data, at)[0] + 1
            if data[at + 11] & 0x10:
                found.hidden_rows.add(found.row)
        elif _FIRST_CELL <= kind <= _LAST_CELL:
            found.rows = max(found.rows, found.row)
            found.columns = max(found.columns, unpack_from("<I", data, at)[0] + 1)
        else:
            _note(found, data, kind, at)
    check_size(found.rows, found.columns, f"{column_letters(min(found.columns, 16384))}{found.rows}")
    marks = Marks(frozenset(found.hidden_rows), frozenset(found.hidden_columns), found.filtered)
    return marks, tuple(found.merges)


def _note(found: _Found, data: bytes, kind: int, at: int) -> None:
    if kind == _MERGE:
        top, bottom, left, right = unpack_from("<4I", data, at)
        found.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        if len(found.merges) > MAX_MERGES:
            raise ReadError("file_merges")
    elif kind == _COLUMN and data[at + 16] & 1:
        first, last = unpack_from("<II", data, at)
        found.hidden_columns.update(range(first + 1, min(last, 16383) + 2))
    elif kind == _FILTER_COLUMN:
        found.filtered = True
