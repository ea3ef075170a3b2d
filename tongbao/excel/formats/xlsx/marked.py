"""All that a sheet of .xlsx shows beside its plain values, put together: its marks, and the values that stand instead.

`scan` tells what is hidden or failed; the modules beside this one what is struck out, ticked, drawn or remarked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tongbao.excel.formats.lettering import unknown_signs
from tongbao.excel.formats.numbers.shown import Shown
from tongbao.excel.formats.package import Package, only
from tongbao.excel.formats.xlsx import scan
from tongbao.excel.formats.xlsx.beside import Control, beside
from tongbao.excel.formats.xlsx.cellformats import formats_of, seen_numbers, seen_texts, with_formats, without_zeros
from tongbao.excel.formats.xlsx.cellpictures import Pictures
from tongbao.excel.formats.xlsx.celltext import Odd, looks
from tongbao.excel.formats.xlsx.textsize import text_lengths, texts_held
from tongbao.excel.grid import MOST_TEXT, Address, Marks, ReadError
from tongbao.excel.values import Cell, holds, text_of

_NO_ZEROS = re.compile(rb"<(?:\w+:)?sheetView\b[^>]*\sshowZeros=[\"'](?:0|false)[\"']")
_BOX_UNREAD = "这里有复选框，勾没勾读不出来"
_BOXES = "这里放了几个复选框，看不出勾的是哪一个"
_BOX_OVER_TEXT = "文字上面放着复选框，勾没勾没有读"
_CONTROL = "这里有单选按钮、下拉框一类的控件，选的是什么没有读"


@dataclass(frozen=True, slots=True)
class Overlay:
    """The marks of a sheet, and what changes the values that the library reads.

    `odd`: cells that say something else than their value. `drawn`: cells whose content is a picture.
    `numbers`, `texts`: what the formats of cells show, and the formats of texts (see `cellformats`). `no_zeros`: the
    sheet shows no zeros.
    """

    marks: Marks = field(default_factory=Marks)
    odd: Mapping[Address, Odd] = field(default_factory=dict)
    drawn: frozenset[Address] = frozenset()
    controls: tuple[Control, ...] = ()
    numbers: Mapping[Address, Shown] = field(default_factory=dict)
    texts: Mapping[Address, str] = field(default_factory=dict)
    no_zeros: bool = False

    def over(self, cells: list[list[Cell]]) -> Marks:
        """Puts into the cells what they say to whoever looks at them, and gives the marks of the sheet."""
        struck: dict[Address, str] = {}
        unread: dict[Address, str] = {}
        shown = with_formats(cells, self.numbers, self.texts) | (without_zeros(cells) if self.no_zeros else {})
        for at, text in self.marks.failed.items():
            _put(cells, at, text)
        for at, odd in self.odd.items():
            if words := odd.written.struck or (text_of(_value(cells, at)) if odd.whole else ""):
                struck[at] = words
            if odd.written.unknown:
                unread[at] = unknown_signs(odd.written.unknown)
            _put(cells, at, odd.written.left)
        for at in self.drawn:
            _put(cells, at, "")
        unread |= _ticked(cells, self.controls)
        failed = {at: text for at, text in self.marks.failed.items() if at not in struck}
        return replace(self.marks, struck=struck, unread=unread, shown=shown, failed=failed)


def _value(cells: list[list[Cell]], at: Address) -> Cell:
    row, column = at
    return cells[row - 1][column - 1] if 0 < row <= len(cells) and 0 < column <= len(cells[row - 1]) else ""


def _put(cells: list[list[Cell]], at: Address, value: Cell) -> None:
    row, column = at
    if 0 < row <= len(cells) and 0 < column <= len(cells[row - 1]):
        cells[row - 1][column - 1] = value


def _ticked(cells: list[list[Cell]], controls: tuple[Control, ...]) -> dict[Address, str]:
    """Puts the sign of each box to tick into the cell that it lies over, and says of which cells it cannot tell."""
    unread: dict[Address, str] = {}
    places = [control.at for control in controls if control.at]
    for control in controls:
        link = _value(cells, control.link) if control.link else ""
        ticked = link if isinstance(link, bool) else control.ticked
        if control.box and control.link and isinstance(link, bool):
            _put(cells, control.link, "☑" if link else "☐")
        if control.at is None:
            continue
        below = _value(cells, control.at)
        if not control.box:
            unread[control.at] = _CONTROL
        elif places.count(control.at) > 1:
            unread[control.at] = _BOXES
        elif holds(below) and below not in ("☑", "☐"):
            unread[control.at] = _BOX_OVER_TEXT
        elif ticked is None:
            unread[control.at] = _BOX_UNREAD
        else:
            _put(cells, control.at, "☑" if ticked else "☐")
    return unread


# ---------------------------------------------------------------------------------------------- a workbook


def overlays(package: Package, book: str, parts: list[scan.Part], *, epoch1904: bool) -> list[Overlay]:
    """What every sheet of the workbook at this part shows beside its plain values, in the order of the sheets.

    Raises ReadError: damaged, or reaching too far.
    """
    seen = looks(package, book)
    pictures = Pictures(package, book, seen.pictures)
    formats = formats_of(package.xml(only(package.relations(book), "styles") or "xl/styles.xml"), epoch1904)
    lengths, held = text_lengths(package), 0
    found = []
    for part in parts:
        xml = scan.placed(package.xml(part.path))
        held += texts_held(xml, lengths)
        if held > MOST_TEXT:
            raise ReadError("file_bomb", part.path)
        over = beside(package, part.path, xml)
        drawn = pictures.cells(xml)
        marks = scan.marks(xml)
        marks = replace(
            marks,
            uncached=marks.uncached - drawn.keys(),
            failed={at: text for at, text in marks.failed.items() if at not in drawn},
            pictures={**over.pictures, **drawn},
            comments=over.comments,
            boxes=tuple(over.boxes),
        )
        shown = seen_numbers(xml, formats), seen_texts(xml, formats)
        no_zeros = b"showZeros=" in xml and _NO_ZEROS.search(xml) is not None
        found.append(Overlay(marks, seen.cells(xml), frozenset(drawn), tuple(over.controls), *shown, no_zeros))
    return found
