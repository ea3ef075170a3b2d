"""Workbooks with long tables, whose rows are written directly into the parts of the file.

A ledger of ten thousand rows gives hundreds of thousands of cells here. Writing them through openpyxl would take
longer than all the rest of a run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from html import escape
from itertools import islice
from math import inf

from tongbao.excel.writing.sheetxml import (
    LOOKS,
    MAIN,
    RELATIONS,
    Texts,
    columns,
    lines_of,
    package,
    quoted,
    relations,
    row_height,
    rows_of,
)
from tongbao.model import Place, column_letters

# Excel drops every link of a sheet that has more than 65 530 of them. 10 000 items have about 50 000; in a listing of a
# larger ledger the last rows have no links.
_MOST_LINKS = 65_000
# Pieces (mostly rows) that are packed at once: 10 000 rows take 6 MB of memory so, and 22 MB in one go; from 100 pieces
# on the time is the same (tried).
_AT_ONCE = 500
# The way from the workbook to a ledger, by the ledger's name: `台账2022-02.xlsx` → `../../../input/x/台账2022-02.xlsx`.
Way = Callable[[str], str]
# Of zlib's nine levels: 10 000 rows of eight columns take 0.16 s and 470 kB; level 6 takes 0.21 s and 410 kB (tried).
_FAST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a listing. A `band` stands above `detail` rows, which can be folded under it.

    `links` (by column, 0-based) are the cells of a ledger that a cell jumps to; the columns `marked` are coloured.
    """

    values: Sequence[str | int | Decimal]
    band: bool = False
    detail: bool = False
    links: Mapping[int, Place] = field(default_factory=dict)
    marked: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: lines of text above the header, columns with their widths in characters, rows.

    `centred` are the numbers of columns, 0-based; `zoom` is in percent.
    """

    sheet: str
    above: Sequence[str]
    columns: Mapping[str, float]
    entries: Iterable[Entry]
    centred: Collection[int] = ()
    zoom: int = 100


def listing(pages: Sequence[Page], way: Way | None) -> bytes:
    """The pages as the bytes of a workbook. `way` gives the path from it to a linked file; None writes no links."""
    finished, texts = io.BytesIO(), Texts()
    with zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as parts:
        for name, content in package([p.sheet for p in pages], [len(p.above) + 1 for p in pages]).items():
            parts.writestr(name, content)
        for number, page in enumerate(pages, 1):
            sheet = _Sheet(page, texts, way)
            _write(parts, f"xl/worksheets/sheet{number}.xml", sheet.part())
            if sheet.links:
                parts.writestr(f"xl/worksheets/_rels/sheet{number}.xml.rels", sheet.relations())
        _write(parts, "xl/sharedStrings.xml", texts.part())
    return finished.getvalue()


def _write(parts: zipfile.ZipFile, name: str, pieces: Iterator[str]) -> None:
    with parts.open(name, "w") as part:
        while piece := "".join(islice(pieces, _AT_ONCE)):
            part.write(piece.encode())


class _Sheet:
    """Writes one sheet, and collects its links, which stand at the end of the part."""

    def __init__(self, page: Page, texts: Texts, way: Way | None) -> None:
        self.page, self.texts, self.way = page, texts, way
        self.links: list[tuple[str, Place]] = []
        self.top = len(page.above) + 1
        self.columns = [(column_letters(n), width) for n, width in enumerate(page.columns.values(), 1)]
        self.looks = {name: self._looks(name) for name in ("text", "band", "grey")}

    def _looks(self, name: str) -> list[int]:
        """The number of the look of each text in a row; in a `grey` row only the first cell is grey."""
        rest = "text" if name == "grey" else name
        looks = [LOOKS[rest + self._middle(column)] for column in range(len(self.columns))]
        return [LOOKS["grey"], *looks[1:]] if name == "grey" else looks

    def _middle(self, column: int) -> str:
        return " centred" if column in self.page.centred else ""

    def part(self) -> Iterator[str]:
        """The XML of the sheet, in pieces. `links` is complete when the last piece is taken."""
        page, top = self.page, self.top
        yield (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetPr><outlinePr summaryBelow="0"/>'
            f'<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView zoomScale="{page.zoom}" workbookViewId="0">'
            f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
            '</sheetViews><sheetFormatPr defaultRowHeight="15" outlineLevelRow="1"/>'
            f"{columns(page.columns.values())}<sheetData>"
        )
        yield from map(self._above, range(1, top), page.above)
        yield self._header()
        yield from (self._row(number, entry) for number, entry in enumerate(page.entries, top + 1))
        yield f"</sheetData>{self._merges()}{self._hyperlinks()}"
        yield (
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>"
        )

    def _above(self, row: int, text: str) -> str:
        # Some air above and below the title; less for the lines under it, by feel.
        height = row_height(lines_of(text, sum(self.page.columns.values()))) + (12 if row == 1 else 2)
        return _fixed(row, height, [self._text(f"A{row}", LOOKS["title" if row == 1 else "plain"], text)])

    def _header(self) -> str:
        cells = [
            self._text(f"{letter}{self.top}", LOOKS["header"], name)
            for (letter, _), name in zip(self.columns, self.page.columns, strict=True)
        ]
        lines = max(lines_of(name, width - 2) for name, width in self.page.columns.items())
        return _fixed(self.top, row_height(lines) + 6, cells)

    def _text(self, address: str, look: int, text: str) -> str:
        return f'<c r="{address}" s="{look}"{self.texts[text][0]}'

    def _row(self, number: int, entry: Entry) -> str:
        """The XML of one row, high enough for its longest text."""
        texts, height, cells = self.texts, 1, []
        looks = self.looks["band" if entry.band else "grey" if entry.detail else "text"]
        if entry.marked or entry.links:
            looks = self._special(number, entry, looks)
        for column, ((letter, width), look, value) in enumerate(zip(self.columns, looks, entry.values, strict=True)):
            if not isinstance(value, str):
                look = look if column in entry.marked else LOOKS["band centred" if entry.band else "text centred"]
                cells.append(f'<c r="{letter}{number}" s="{look}"><v>{value}</v></c>')
            elif value:
                cell, wide = texts[value]
                cells.append(f'<c r="{letter}{number}" s="{look}"{cell}')
                if wide > width:
                    height = max(height, lines_of(value, width) if wide == inf else rows_of(wide, width))
            else:
                cells.append(f'<c r="{letter}{number}" s="{look}"/>')
        outline = ' outlineLevel="1"' if entry.detail else ""
        return f'<row r="{number}" ht="{row_height(height)}"{outline}>{"".join(cells)}</row>'

    def _special(self, number: int, entry: Entry, looks: Sequence[int]) -> list[int]:
        """The looks of a row that has marked cells or links; notes the links."""
        changed = list(looks)
        for column in entry.marked:
            changed[column] = LOOKS["marked" + self._middle(column)]
        for column, place in entry.links.items():
            if self.way is not None and len(self.links) < _MOST_LINKS:
                self.links.append((f"{self.columns[column][0]}{number}", place))
                changed[column] = LOOKS["link"]
        return changed

    def _merges(self) -> str:
        last = self.columns[-1][0]
        merges = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in range(1, self.top) if last != "A")
        return merges and f"<mergeCells>{merges}</mergeCells>"

    def _hyperlinks(self) -> str:
        """The XML of the links. They share one relation for each file, and name sheet and cell themselves."""
        numbers = self._files()
        entries = "".join(
            f'<hyperlink ref="{address}" r:id="rId{numbers[place.file]}" location="{location(place)}"/>'
            for address, place in self.links
        )
        return entries and f"<hyperlinks>{entries}</hyperlinks>"

    def relations(self) -> str:
        """The XML of the part that names the linked files."""
        assert self.way is not None, "without a way there are no links"
        targets = {number: ("hyperlink", _target(self.way(file))) for file, number in self._files().items()}
        return relations(targets, external=True)

    def _files(self) -> dict[str, int]:
        """The linked files, numbered."""
        return {file: n for n, file in enumerate(dict.fromkeys(place.file for _, place in self.links), 1)}


def _fixed(number: int, height: float, cells: Iterable[str]) -> str:
    return f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def _target(path: str) -> str:
    """A path as Excel writes it into a link: signs that have a meaning in links are escaped, Chinese is not.

    A path to another drive (`D:/…`) becomes a `file:///` link, for it cannot be relative.
    """
    drive = "file:///" if re.match("[A-Za-z]:/", path) else ""
    return drive + re.sub(r"[ %#?]", lambda sign: f"%{ord(sign[0]):02X}", path)


def location(place: Place) -> str:
    """The cell as a link names it, escaped for XML; a place without a column is the first cell of its row."""
    return f"{_escaped(place.sheet)}!{place.cell if place.column else f'A{place.row or 1}'}"


@lru_cache(maxsize=100)
def _escaped(sheet: str) -> str:
    return escape(quoted(sheet))
