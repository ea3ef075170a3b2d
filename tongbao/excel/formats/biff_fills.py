"""The colours of the cells of Excel 97 to 2003 workbooks (.xls). Source: [MS-XLS] 2.4.353 (XF), 2.4.188 (Palette)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from struct import unpack_from

from tongbao.excel.colours import BLACK, PALETTE, WHITE, indexed
from tongbao.excel.formats import biff, biff5
from tongbao.excel.formats.package import told
from tongbao.excel.grid import Address, Fills
from tongbao.outside import compound

_XF, _FONT, _PALETTE, _BLANK, _BLANKS, _MUL_RK, _RULES = 0xE0, 0x31, 0x92, 0x201, 0xBE, 0xBD, 0x1B0
# All records that begin with row, column and style: values of every sort, and cells with a look alone.
_CELLS = frozenset({0x06, 0x206, 0x406, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E, _BLANK})


@dataclass
class _Styles:
    """The palette, the colour of each font by number; of each style its pattern, its colour by number, its font."""

    palette: Sequence[str] = PALETTE
    fonts: list[int] = field(default_factory=list)
    styles: list[tuple[int, int, int]] = field(default_factory=list)

    def note(self, kind: int, data: bytes) -> None:
        """Notes what one record says of the whole workbook."""
        if kind == _PALETTE:
            colours = (data[2 + 4 * n : 5 + 4 * n] for n in range(unpack_from("<H", data)[0]))
            self.palette = tuple(colour.hex().upper() for colour in colours)
        elif kind == _XF and len(data) >= 20:
            self.styles.append((data[17] >> 2, unpack_from("<H", data, 18)[0] & 0x7F, unpack_from("<H", data)[0]))
        elif kind == _FONT and len(data) >= 6:
            self.fonts.append(unpack_from("<H", data, 4)[0])

    def colour(self, style: int) -> str:
        """The colour of a style; empty for none and for white."""
        pattern, number, _ = self.styles[style] if style < len(self.styles) else (0, 0, 0)
        colour = indexed(number, self.palette) if pattern else ""
        return "" if colour == WHITE else colour

    def font(self, style: int) -> str:
        """The colour in which cells of a style are written; empty for black and white. No font has the number 4."""
        number = self.styles[style][2] if style < len(self.styles) else 0
        number -= number > 4
        colour = indexed(self.fonts[number], self.palette) if number < len(self.fonts) else ""
        return "" if colour in (WHITE, BLACK) else colour


def read(data: bytes) -> dict[str, Fills]:
    """The colours of every worksheet, by its name; nothing of a workbook of Excel 95 or before."""
    with told():
        file = compound.CompoundFile(data)
        name = next((name for name in compound.WORKBOOK if name in file), "")
        stream = file.read(name) if name else b""
    if not stream or biff5.version(stream) != 8:
        return {}
    book, styles = biff.Book(), _Styles()
    for kind, content in biff.records(stream, 0):
        book.note(kind, content)
        styles.note(kind, content)
    return {place.name: _of_sheet(stream, place.start, styles) for place in book.places if place.worksheet}


def _of_sheet(stream: bytes, start: int, styles: _Styles) -> Fills:
    found: dict[Address, str] = {}
    fonts: dict[Address, str] = {}
    ruled = False
    for kind, data in biff.records(stream, start):
        ruled = ruled or kind == _RULES
        cells = list(_styled(kind, data))
        found |= {at: colour for at, style in cells if (colour := styles.colour(style))}
        fonts |= {at: colour for at, style in cells if (colour := styles.font(style))}
    return Fills(found, ("若干格",) if ruled else (), fonts)


def _styled(kind: int, data: bytes) -> Iterator[tuple[Address, int]]:
    """The cells of a record, each with its style."""
    if kind in _CELLS:
        row, column, style = unpack_from("<HHH", data)
        yield (row + 1, column + 1), style
    elif kind in (_BLANKS, _MUL_RK):
        row, column = unpack_from("<HH", data)
        width = 2 if kind == _BLANKS else 6
        for n in range((len(data) - 6) // width):
            yield (row + 1, column + 1 + n), unpack_from("<H", data, 4 + width * n)[0]
