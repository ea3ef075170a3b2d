"""Workbooks of Excel 97 to 2003 (.xls) and of old WPS (.et): the records of a workbook stream.

Read here, because calamine asks for as much memory as a damaged file names, which ends the whole program. Source:
[MS-XLS] 2.4 for the records, 2.5 for the strings and numbers in them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from struct import unpack_from

from tongbao.excel.formats.lettering import PLAIN, Look, Looking, look
from tongbao.excel.formats.numbers.shown import BUILT_IN, shown_cell
from tongbao.excel.grid import Address, ReadError, Sheet, Sheets, unseen
from tongbao.excel.values import Cell

# Types of records (2.3), of which all others are skipped.
_FORMULA, _EOF, _DATE_1904, _FILE_PASS, _FONT, _CONTINUE = 0x06, 0x0A, 0x22, 0x2F, 0x31, 0x3C
_COLUMNS, _SHEET, _FILTER_MODE, _MUL_RK, _RICH_LABEL, _XF = 0x7D, 0x85, 0x9B, 0xBD, 0xD6, 0xE0
_MERGES, _STRINGS, _STRING_NO, _NUMBER, _LABEL, _BOOL_ERROR = 0xE5, 0xFC, 0xFD, 0x203, 0x204, 0x205
_STRING, _ROW, _WINDOW, _RK, _FORMAT, _BEGIN = 0x207, 0x208, 0x23E, 0x27E, 0x41E, 0x809
_FORMULAS = (_FORMULA, 0x206, 0x406)  # some programs write the numbers of older versions
_CELLS = frozenset({*_FORMULAS, _MUL_RK, _RICH_LABEL, _STRING_NO, _NUMBER, _LABEL, _BOOL_ERROR, _RK})
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read(stream: bytes) -> Sheets:
    """The worksheets of a workbook stream, and whether its days are counted from 1904.

    Raises ReadError: encrypted, damaged, or reaching too far.
    """
    try:
        book = Book()
        for kind, data in records(stream, 0):
            book.note(kind, data)
        return [_sheet(stream, place, book) for place in book.places if place.worksheet], book.epoch1904
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise ReadError("file_damaged") from error


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records from `start` to the end of the substream, without those of charts inside it."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _EOF)
        if depth <= 1:
            yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF and depth < 1:
            return
        at += 4 + length
    raise ReadError("file_damaged")  # cut off: what is missing may be half of the ledger


# ---------------------------------------------------------------------------------------------- the workbook


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the records of a sheet begin."""

    start: int
    name: str
    hidden: bool
    worksheet: bool


@dataclass
class Book:
    """What the first records of the stream say of the whole workbook."""

    epoch1904: bool = False
    places: list[Placed] = field(default_factory=list)
    fonts: list[Look] = field(default_factory=list)
    runs: dict[int, list[tuple[int, Look]]] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    table: list[bytes] = field(default_factory=list)
    _strings: list[str] | None = None
    _last: int = 0

    def note(self, kind: int, data: bytes) -> None:
        """Notes what one record says. Raises ReadError where it says that the workbook is encrypted."""
        if kind == _FILE_PASS:
            raise ReadError("file_encrypted")
        if kind == _STRINGS or (kind == _CONTINUE and self._last == _STRINGS):
            self.table.append(data)
            kind = _STRINGS
        elif kind == _DATE_1904:
            self.epoch1904 = data[:1] == b"\x01"
        elif kind == _SHEET:
            start, state, type, length, wide = unpack_from("<IBBBB", data)
            self.places.append(Placed(start, _chars(data[8:], length, wide), state & 3 > 0, type == 0))
        elif kind == _FONT:
            name = _chars(data[16:], data[14], data[15]) if len(data) > 16 else ""
            self.fonts.append(look(bool(data[2] & 0x08), name, data[8]))
        elif kind == _FORMAT:
            number, length, wide = unpack_from("<HHB", data)
            self.formats[number] = _chars(data[5:], length, wide)
        elif kind == _XF:
            self.styles.append(unpack_from("<HH", data))
        self._last = kind

    @property
    def strings(self) -> list[str]:
        """The shared strings."""
        if self._strings is None:
            self._strings, runs = _shared_strings(self.table)
            looks = {n: [(at, self.font(font)) for at, font in found] for n, found in runs.items()}
            self.runs = {n: found for n, found in looks.items() if not all(how.plain for _, how in found)}
        return self._strings

    def look_of(self, style: int) -> Look:
        """The look of the font of a style."""
        return self.font(self.styles[style][0])

    def font(self, number: int) -> Look:
        """The look of a font by its number."""
        # Font 4 is never written: the numbers above it are one too high ([MS-XLS] 2.5.129).
        number -= number > 4
        return self.fonts[number] if number < len(self.fonts) else PLAIN

    def format_of(self, style: int) -> str:
        """The number format of a style."""
        number = self.styles[style][1]
        return self.formats.get(number) or BUILT_IN.get(number, "General")


def _chars(data: bytes, length: int, wide: int) -> str:
    """A text of `length` characters: two bytes each, or one where all are Latin ([MS-XLS] 2.5.294)."""
    return data[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else data[:length].decode("latin-1")


_Runs = list[tuple[int, int]]  # the first character of each run, and the number of its font


def _shared_strings(table: list[bytes]) -> tuple[list[str], dict[int, _Runs]]:
    """The strings of a table that runs over several records, and the runs of those that have some.

    A string may go on in the next record.
    """
    runs: dict[int, _Runs] = {}
    if not table:
        return [], runs
    count = unpack_from("<I", table[0], 4)[0]
    pieces = _Pieces(table)
    pieces.skip(8)
    strings: list[str] = []
    while len(strings) < count and not pieces.at_end:
        text, found = pieces.string()
        if found:
            runs[len(strings)] = found
        strings.append(text)
    return strings, runs


class _Pieces:
    """Reads the content of several records as one, across their ends."""

    def __init__(self, pieces: list[bytes]) -> None:
        """Begins at the first byte of the first piece."""
        self._pieces, self._number, self._at = pieces, 0, 0

    @property
    def at_end(self) -> bool:
        """Whether everything is read."""
        self._step()
        return self._number >= len(self._pieces)

    def _step(self) -> None:
        while self._number < len(self._pieces) and self._at >= len(self._pieces[self._number]):
            self._number, self._at = self._number + 1, 0

    def take(self, length: int) -> bytes:
        """The next bytes, of this record or of the next."""
        self._step()
        found = self._pieces[self._number][self._at : self._at + length]
        self._at += len(found)
        return found if len(found) == length else found + self.take(length - len(found))

    def skip(self, length: int) -> None:
        """Skips bytes."""
        while length > 0 and not self.at_end:
            step = min(length, len(self._pieces[self._number]) - self._at)
            self._at += step
            length -= step

    def string(self) -> tuple[str, _Runs]:
        """The next string with its formatting runs; its phonetic data are skipped."""
        length, flags = unpack_from("<HB", self.take(3))
        runs = unpack_from("<H", self.take(2))[0] if flags & 8 else 0
        extra = unpack_from("<I", self.take(4))[0] if flags & 4 else 0
        text = self._text(length, flags)
        found = [unpack_from("<HH", self.take(4)) for _ in range(runs)]
        self.skip(extra)
        return text, [(at, font) for at, font in found]

    def _text(self, length: int, flags: int) -> str:
        found = []
        while True:
            width = 2 if flags & 1 else 1
            here = min(length, (len(self._pieces[self._number]) - self._at) // width)
            found.append(_chars(self._pieces[self._number][self._at : self._at + here * width], here, flags))
            self._at += here * width
            length -= here
            if not length:
                return "".join(found)
            self._number, self._at = self._number + 1, 1
            flags = self._pieces[self._number][0]


# ---------------------------------------------------------------------------------------------- one sheet


class Reader(Looking):
    """Collects the records of a sheet."""

    def __init__(self, book: Book) -> None:
        """`book` has the strings and formats that cells refer to."""
        super().__init__()
        self._book = book
        self._awaiting: Address | None = None
        self._style = 0

    def note(self, kind: int, data: bytes) -> None:
        """Notes what one record says of the sheet."""
        if kind in _CELLS:
            self._note_cell(kind, data)
        elif kind == _STRING and self._awaiting:
            length, wide = unpack_from("<HB", data)
            text, how = _chars(data[3:], length, wide), self._book.look_of(self._style)
            self.values[self._awaiting] = text
            if not how.plain:
                self.look(self._awaiting, text, (), how)
            self._awaiting = None
        elif kind == _MERGES:
            for n in range(unpack_from("<H", data)[0]):
                top, bottom, left, right = unpack_from("<4H", data, 2 + 8 * n)
                self.merge(top + 1, left + 1, bottom + 1, right + 1)
        elif kind == _ROW and data[12] & 0x20:
            self.hidden_rows.add(unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS:
            first, last, width = unpack_from("<HHH", data)
            run = range(first + 1, min(last, 255) + 2)
            self.widths |= dict.fromkeys(run, width / 256)
            self.hidden_columns.update(run if data[8] & 1 else ())
        elif kind == _FILTER_MODE:
            self.filtered = True
        elif kind == _WINDOW:
            self.no_zeros = not data[0] & 0x10

    def _note_cell(self, kind: int, data: bytes) -> None:
        row, column, style = unpack_from("<HHH", data)
        if kind == _MUL_RK:
            for n in range((len(data) - 6) // 6):
                style, number = unpack_from("<HI", data, 4 + 6 * n)
                self._keep((row + 1, column + 1 + n), style, compact_number(number))
            return
        value = self._value((row + 1, column + 1), kind, data)
        runs = self._book.runs.get(unpack_from("<I", data, 6)[0], ()) if kind == _STRING_NO else ()
        self._keep((row + 1, column + 1), style, value, runs)

    def _keep(self, at: Address, style: int, value: Cell, runs: Sequence[tuple[int, Look]] = ()) -> None:
        self._style = style
        value, text = shown_cell(value, self._book.format_of(style), self._book.epoch1904)
        self.shown.update({at: text} if text else {})
        if value != "":
            self.values[at] = value
        how = self._book.look_of(style)
        if value != "" and (runs or not how.plain):
            self.look(at, value, runs, how)

    def _value(self, at: Address, kind: int, data: bytes) -> Cell:
        if kind == _STRING_NO:
            number: int = unpack_from("<I", data, 6)[0]
            return self._book.strings[number]
        if kind in (_LABEL, _RICH_LABEL):
            length, wide = unpack_from("<HB", data, 6)
            return _chars(data[9:], length, wide)
        if kind == _RK:
            return compact_number(unpack_from("<I", data, 6)[0])
        if kind == _BOOL_ERROR:
            return self._error(at, data[6]) if data[7] else bool(data[6])
        if kind in _FORMULAS and data[12:14] == b"\xff\xff":
            return self._result(at, data)
        return float(unpack_from("<d", data, 6)[0])

    def _result(self, at: Address, data: bytes) -> Cell:
        """The result of a formula that is no number. A text comes in the next record: until then the cell is empty."""
        if data[6] == 0:
            self._awaiting = at
        if data[6] == 1:
            return bool(data[8])
        return self._error(at, data[8]) if data[6] == 2 else ""

    def _error(self, at: Address, code: int) -> str:
        self.failed[at] = ERRORS.get(code, "#N/A")
        return self.failed[at]


def compact_number(number: int) -> float:
    """A number in 30 bits: the upper bits of a float, or a whole number; either may be 100 times as large as meant.

    Source: [MS-XLS] 2.5.222.
    """
    if number & 2:
        whole = number >> 2
        value = float(whole - (1 << 30) if whole >= 1 << 29 else whole)
    else:
        value = float(unpack_from("<d", bytes(4) + (number & 0xFFFFFFFC).to_bytes(4, "little"))[0])
    return value / 100 if number & 1 else value


def _sheet(stream: bytes, place: Placed, book: Book) -> Sheet:
    if place.hidden:
        return unseen(place.name, lambda: _sheet(stream, replace(place, hidden=False), book))
    reader = Reader(book)
    for kind, data in records(stream, place.start):
        reader.note(kind, data)
    return reader.sheet(place.name)
