"""The colours of the cells of Office Open XML sheets; only ledgers whose rows say something by them need these."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from tongbao.excel.colours import BLACK, PALETTE, WHITE, indexed, tinted
from tongbao.excel.formats.package import Package, only
from tongbao.excel.formats.xlsx import scan
from tongbao.excel.formats.xlsx.scan import TAG, column_of
from tongbao.excel.formats.xmltree import inside, local, tree
from tongbao.excel.grid import Address, Fills
from tongbao.excel.prepared import DUE_TABLE, LAST_TABLE

# The order in which colours of a theme are numbered: light and dark stand the other way round than in its file.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_CELL = re.compile(TAG + rb"c\b(?=[^>]*\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"'])(?=[^>]*\ss=[\"'](\d{1,6})[\"'])")
_RULES = re.compile(TAG + rb"conditionalFormatting\b([^>]*)>(.*?)</(?:\w+:)?conditionalFormatting>", re.DOTALL)
_RANGE = re.compile(rb"\ssqref=[\"']([^\"']*)[\"']")
_SCALE = re.compile(TAG + rb"(?:colorScale|cfRule\b[^>]*\sdxfId=)")
_NO_PATTERN = ("none", "gray125", "")


@dataclass(frozen=True, slots=True)
class _Colours:
    """What colours are given by number: those of the theme, and of the palette."""

    theme: Sequence[str]
    palette: Sequence[str]

    def of(self, element: Element | None) -> str:
        """The colour that an element gives; empty for none, and for one of the system."""
        if element is None:
            return ""
        tint = _number(element.get("tint"))
        if rgb := element.get("rgb", ""):
            colour = rgb[-6:].upper()
        elif (theme := element.get("theme", "")).isdigit():
            colour = self.theme[int(theme)] if int(theme) < len(self.theme) else ""
        else:
            number = element.get("indexed", "")
            colour = indexed(int(number), self.palette) if number.isdigit() and len(number) < 4 else ""
        return tinted(colour, tint) if re.fullmatch("[0-9A-F]{6}", colour) else ""


def cell_fills(package: Package) -> dict[str, Fills]:
    """The colours of every sheet of a workbook in the standard form, by its name. Raises ReadError: damaged."""
    related = package.relations(scan.BOOK)
    styles = package.xml(only(related, "styles") or "xl/styles.xml")
    theme = package.xml(only(related, "theme") or "xl/theme/theme1.xml")
    by_style = _by_style(styles, theme)
    parts, _ = scan.sheets(package)
    return {part.name: _of_sheet(package.xml(part.path), by_style) for part in parts}


def _of_sheet(xml: bytes, by_style: Mapping[int, tuple[str, str]]) -> Fills:
    if not xml:
        return Fills()
    cells: dict[Address, str] = {}
    fonts: dict[Address, str] = {}
    for letters, row, style in _CELL.findall(scan.placed(xml)):
        fill, font = by_style.get(int(style), ("", ""))
        if fill:
            cells[int(row), _column(letters)] = fill
        if font:
            fonts[int(row), _column(letters)] = font
    return Fills(cells, tuple(_ruled(xml)), fonts)


_column = lru_cache(1024)(column_of)


def _ruled(xml: bytes) -> Iterator[str]:
    """The ranges that rules of the office colour; those of ours colour deadlines and old numbers."""
    for attributes, content in _RULES.findall(xml):
        found = _RANGE.search(attributes)
        text = html.unescape(content.decode("utf-8", "replace"))  # some writers spell out what is not Latin: &#26102;
        if found and _SCALE.search(content) and not any(name in text for name in (DUE_TABLE, LAST_TABLE)):
            yield found[1].decode("utf-8", "replace")


# ---------------------------------------------------------------------------------------------- styles


def _by_style(styles: bytes, theme: bytes) -> dict[int, tuple[str, str]]:
    """The colours of fill and font of each style that has one: no white, and no black font."""
    if not styles:
        return {}
    root = tree(styles)
    parts = {local(element): element for element in root}
    own = [e.get("rgb", "")[-6:].upper() for e in inside(parts["colors"], "rgbColor")] if "colors" in parts else []
    colours = _Colours(_theme(theme), own[8:] or PALETTE)
    fills = [_colour(fill, colours) for fill in parts.get("fills", ())]
    fonts = [_font_colour(font, colours) for font in parts.get("fonts", ())]
    found = (
        (_numbered(fills, xf.get("fillId", "")), _numbered(fonts, xf.get("fontId", "")))
        for xf in parts.get("cellXfs", ())
    )
    return {style: both for style, both in enumerate(found) if any(both)}


def _numbered(colours: Sequence[str], number: str) -> str:
    colour = colours[int(number)] if number.isdigit() and int(number) < len(colours) else ""
    return "" if colour == WHITE else colour


def _font_colour(font: Element, colours: _Colours) -> str:
    colour = colours.of(next((e for e in font if local(e) == "color"), None))
    return "" if colour == BLACK else colour


def _colour(fill: Element, colours: _Colours) -> str:
    """The colour of a fill: of a pattern its foreground, of a gradient its first colour."""
    pattern = next((e for e in fill if local(e) == "patternFill"), None)
    if pattern is None:
        return colours.of(next(iter(inside(fill, "color")), None))
    if pattern.get("patternType", "none") in _NO_PATTERN:
        return ""
    named = {local(e): e for e in pattern}
    return colours.of(named.get("fgColor")) or colours.of(named.get("bgColor"))


def _theme(xml: bytes) -> list[str]:
    """The colours of a theme in the order of their numbers."""
    if not xml:
        return []
    scheme = next(iter(inside(tree(xml), "clrScheme")), None)
    named = {local(e): next(iter(e), None) for e in scheme} if scheme is not None else {}
    found = (named.get(name) for name in _THEME)
    return [(e.get("lastClr") or e.get("val") or "").upper() if e is not None else "" for e in found]


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
