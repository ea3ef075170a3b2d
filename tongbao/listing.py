"""Long tables in a workbook: openpyxl lays the pages out, the rows are then written straight into their parts.

A ledger of ten thousand rows gives hundreds of thousands of cells here; written one by one through openpyxl
they would take longer than the whole rest of a run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.styles import Border
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.model import Place
from tongbao.text import clean
from tongbao.workbook import (
    BAND_GREY,
    CENTRED,
    GREY,
    HEAD,
    LINK,
    LONGEST_CELL,
    TEXT,
    TITLE,
    TO_FILL_IN,
    WRAPPED,
    cell_at,
    heading,
    lines_of,
    print_setup,
    put,
    quoted,
    row_height,
    saved,
)

# Excel drops every link of a sheet that has more than 65 530 of them.
_MOST_LINKS = 65_000
_DEFLATED = zipfile.ZIP_DEFLATED
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# All that must be escaped or cleaned; nine texts in ten have none of it.
_DELICATE = re.compile(r"[^\n -%'-;=?-~\u00a1-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_LOOKS = {
    "text": (TEXT, WRAPPED, None),
    "text centred": (TEXT, CENTRED, None),
    "grey": (GREY, WRAPPED, None),
    "link": (LINK, WRAPPED, None),
    "band": (HEAD, WRAPPED, BAND_GREY),
    "band centred": (HEAD, CENTRED, BAND_GREY),
    "marked": (TEXT, WRAPPED, TO_FILL_IN),
    "marked centred": (TEXT, CENTRED, TO_FILL_IN),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a listing. A `band` heads the detail rows under it; `marked` cells (0-based) are coloured."""

    values: Sequence[str | int | Decimal]
    band: bool = False
    detail: bool = False
    links: Mapping[int, Place] = field(default_factory=dict)
    marked: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: lines of text above the header, columns with their widths, rows; `centred` columns are 0-based."""

    sheet: str
    above: Sequence[str]
    columns: Mapping[str, float]
    entries: Iterable[Entry]
    centred: Collection[int] = ()
    zoom: int = 100


def listing(pages: Sequence[Page], folder: str | None) -> bytes:
    """The pages as a workbook. `folder`: the way from the workbook to the linked files; None writes no links."""
    book = Workbook()
    book.remove(book.worksheets[0])
    looks = [_lay_out(book.create_sheet(page.sheet), page) for page in pages]
    finished = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as laid_out, zipfile.ZipFile(finished, "w", _DEFLATED) as parts:
        stamps = {f"xl/worksheets/sheet{n + 1}.xml": _Stamp(page, looks[n], folder) for n, page in enumerate(pages)}
        for part in laid_out.infolist():
            content = laid_out.read(part)
            if part.filename in stamps:
                stamps[part.filename].write(parts, part.filename, content.decode("utf-8"))
            else:
                parts.writestr(part, content)
    return finished.getvalue()


def _lay_out(sheet: Worksheet, page: Page) -> dict[str, int]:
    """Everything but the rows; gives the number that each look has in the workbook's table of styles."""
    for row, text in enumerate(page.above, 1):
        put(cell_at(sheet, row, 1), text, TITLE if row == 1 else TEXT, WRAPPED).border = Border()
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(page.columns))
        lines = lines_of(text, sum(page.columns.values()))
        sheet.row_dimensions[row].height = row_height(lines) + (12 if row == 1 else 2)
    top = len(page.above) + 1
    heading(sheet, top, list(page.columns), list(page.columns.values()))
    sheet.freeze_panes = f"A{top + 1}"
    sheet.sheet_view.zoomScale = page.zoom
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.sheet_format.outlineLevelRow = 1
    print_setup(sheet, (top, top))
    numbers: dict[str, int] = {}
    for column, (name, (font, align, background)) in enumerate(_LOOKS.items(), 1):
        cell = put(cell_at(sheet, top + 1, column), name, font, align)
        if background:
            cell.fill = background
        numbers[name] = cell.style_id
    return numbers


class _Stamp:
    """Writes the rows of one sheet, and keeps account of its links."""

    def __init__(self, page: Page, looks: Mapping[str, int], folder: str | None) -> None:
        self.page = page
        self.looks = looks
        self.folder = folder
        self.links: list[tuple[str, Place]] = []
        self.columns = [(n, get_column_letter(n + 1), width) for n, width in enumerate(page.columns.values())]

    def write(self, parts: zipfile.ZipFile, name: str, xml: str) -> None:
        """Writes the part with the rows in the place of the sample row, and the relations of its links."""
        top = len(self.page.above) + 2
        before, rest = xml.split(f'<row r="{top}"', 1)
        after = rest.split("</sheetData>", 1)[1]
        with parts.open(name, "w") as part:
            part.write(before.encode())
            for number, entry in enumerate(self.page.entries, top):
                part.write(self.row(number, entry).encode())
            part.write(b"</sheetData>")
            part.write(after.replace("<pageMargins", self.hyperlinks() + "<pageMargins", 1).encode())
        if self.links:
            parts.writestr(name.replace("worksheets/", "worksheets/_rels/") + ".rels", self.relations())

    def row(self, number: int, entry: Entry) -> str:
        cells = []
        height = 1
        for (column, letter, width), value in zip(self.columns, entry.values, strict=True):
            address = f"{letter}{number}"
            linked = column in entry.links and self.folder is not None and len(self.links) < _MOST_LINKS
            if linked:
                self.links.append((address, entry.links[column]))
            look = self.looks["link" if linked else self.look(entry, column, value)]
            if isinstance(value, str):
                cells.append(_text_cell(address, look, value))
                height = max(height, lines_of(value, width))
            else:
                cells.append(f'<c r="{address}" s="{look}"><v>{value}</v></c>')
        outline = ' outlineLevel="1"' if entry.detail else ""
        return f'<row r="{number}" ht="{row_height(height)}"{outline}>{"".join(cells)}</row>'

    def look(self, entry: Entry, column: int, value: object) -> str:
        middle = " centred" if column in self.page.centred or not isinstance(value, str) else ""
        if entry.band:
            return "band" + middle
        if column in entry.marked:
            return "marked" + middle
        return "grey" if entry.detail and column == 0 else "text" + middle

    def hyperlinks(self) -> str:
        """One relation serves all links into the same file; the sheet and cell stand in the link itself."""
        if not self.links:
            return ""
        numbers = self.files()
        entries = (
            f'<hyperlink ref="{address}" r:id="rId{numbers[place.file]}" location={quoteattr(location(place))}/>'
            for address, place in self.links
        )
        return f'<hyperlinks xmlns:r="{_RELATIONS}">{"".join(entries)}</hyperlinks>'

    def relations(self) -> str:
        entries = (
            f'<Relationship Id="rId{number}" Type="{_RELATIONS}/hyperlink" TargetMode="External" '
            f"Target={quoteattr(_target(f'{self.folder}{file}'))}/>"
            for file, number in self.files().items()
        )
        return f'<Relationships xmlns="{_PACKAGE}">{"".join(entries)}</Relationships>'

    def files(self) -> dict[str, int]:
        """The linked files, numbered."""
        return {file: n for n, file in enumerate(dict.fromkeys(place.file for _, place in self.links), 1)}


def _text_cell(address: str, look: int, value: str) -> str:
    if not value:
        return f'<c r="{address}" s="{look}"/>'
    if _DELICATE.search(value) or len(value) > LONGEST_CELL:
        value = escape(clean(value)[:LONGEST_CELL])
    return f'<c r="{address}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def _target(path: str) -> str:
    """A path as Excel writes it into a link: Chinese as it is, only what has a meaning in links is escaped."""
    return re.sub(r"[ %#?]", lambda sign: f"%{ord(sign[0]):02X}", path)


def location(place: Place) -> str:
    """The cell as a link names it; a whole row is entered at its first cell."""
    return f"{quoted(place.sheet)}!{place.cell if place.column else f'A{place.row or 1}'}"
