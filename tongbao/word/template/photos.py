"""Photographs on the finished page: none is wider than its column or page, none is cut off by a fixed line height."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Emu, Twips

from tongbao.word.template.values import PHOTO_NAME

# What Word keeps free on both sides of a cell where the table says nothing else: 0.19 cm each.
_CELL_MARGINS = Twips(216)
# Of the height of the text area, so that a line above or below the photograph finds room on its page. Set by feel.
_HIGHEST = 0.8


def fit_photos(docx: Any) -> None:
    """Scales the photographs of the document in place. Those that are smaller than their room stay as they are."""
    sections = list(docx.sections)
    number = 0
    for node in docx.element.body:
        _fit_inside(node, sections[min(number, len(sections) - 1)])
        number += node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    for section in sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                _fit_inside(part._element, section)


def _fit_inside(node: Any, section: Any) -> None:
    for inline in node.iter(qn("wp:inline")):
        if inline.docPr.get("name") == PHOTO_NAME:
            paragraph = next(inline.iterancestors(qn("w:p")))
            _fit(inline, _width(inline, section), _height(section))
            _give_room(paragraph)


def _width(inline: Any, section: Any) -> int:
    """The width of the column of its table, else that of the text area of its page."""
    page = int(section.page_width - section.left_margin - section.right_margin)
    cell = next(inline.iterancestors(qn("w:tc")), None)
    if cell is None:
        return page
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    stated = width is not None and width.get(qn("w:type"), "dxa") == "dxa" and width.get(qn("w:w"), "").isdigit()
    twips = int(width.get(qn("w:w"))) if stated else _of_grid(cell)
    return min(page, max(int(Twips(twips)) - int(_CELL_MARGINS), int(_CELL_MARGINS))) if twips else page


def _of_grid(cell: Any) -> int:
    """The width of a cell by the grid of its table, in twips; 0 where that has none."""
    row = next(cell.iterancestors(qn("w:tr")))
    table = next(cell.iterancestors(qn("w:tbl")))
    widths = [int(g.get(qn("w:w"), "0")) for g in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    first = 0
    for other in row.iterchildren(qn("w:tc")):
        span = other.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        columns = int(span.get(qn("w:val"), "1")) if span is not None else 1
        if other is cell:
            return sum(widths[first : first + columns])
        first += columns
    return 0


def _height(section: Any) -> int:
    return int((section.page_height - section.top_margin - section.bottom_margin) * _HIGHEST)


def _fit(inline: Any, width: int, height: int) -> None:
    wide, high = int(inline.extent.cx), int(inline.extent.cy)
    scale = min(1.0, width / wide, height / high)
    size = max(1, int(wide * scale)), max(1, int(high * scale))
    for extent in (inline.extent, *inline.iter(qn("a:ext"))):
        if extent.get("cx") is not None:
            extent.set("cx", str(size[0]))
            extent.set("cy", str(size[1]))
    inline.extent.cx, inline.extent.cy = Emu(size[0]), Emu(size[1])


def _give_room(paragraph: Any) -> None:
    """Lets the paragraph be as high as its photograph: with a fixed line height Word would cut the photograph off."""
    properties = paragraph.get_or_add_pPr()
    spacing = properties.get_or_add_spacing()
    spacing.set(qn("w:line"), "240")
    spacing.set(qn("w:lineRule"), "auto")
    if not any(t.text for t in paragraph.iter(qn("w:t"))):
        indent = properties.get_or_add_ind()
        for name in ("w:firstLine", "w:firstLineChars"):
            indent.set(qn(name), "0")
