"""Cells of .xlsx whose look changes what they say: struck out, in a font of signs, or a box to be ticked.

Styles and shared strings are searched for such looks first; a workbook that has none costs two searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

from tongbao.excel.formats.lettering import NOTHING, PLAIN, Look, Written, look, written
from tongbao.excel.formats.package import Package, only
from tongbao.excel.formats.xlsx.scan import CELL, TAG, at, attributes, number
from tongbao.excel.formats.xmltree import inside, local, tree
from tongbao.excel.grid import Address

# Expressions over bytes as in `scan`: with any prefix, over XML that is known to be well-formed.
_STRING = re.compile(TAG + rb"si(?:\s*/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_VALUE = re.compile(TAG + rb"v(?:\s[^>]*)?>([^<]*)<")
# A run, or a text outside runs; what is spelt beside the characters (`rPh`, 拼音) is neither.
_SPELLING = re.compile(TAG + rb"rPh\b[^>]*(?<!/)>.*?</(?:\w+:)?rPh>", re.DOTALL)
_RUN = re.compile(TAG + rb"r(?:\s[^>]*)?(?<!/)>(.*?)</(?:\w+:)?r>", re.DOTALL)
_FONT = re.compile(TAG + rb"rPr>(.*?)</(?:\w+:)?rPr>", re.DOTALL)
_TEXT = re.compile(TAG + rb"t(?:\s[^>]*)?>([^<]*)<")
# `<strike/>` and `val="1"`, not `val="0"`.
_STRIKE = re.compile(TAG + rb"strike(?:\s*/|\s+val=[\"'](?:1|true)[\"']\s*/|\s*>)")
_RAISED = re.compile(TAG + rb"vertAlign\s+val=[\"'](super|sub)script")
_NAME = re.compile(TAG + rb"rFont\b[^>]*\bval=[\"']([^\"']*)")
# What stands in every part that has such a look: Wingdings, Webdings, Symbol. Plain searches: one expression is slower.
_SUSPECT = (b"strike", b"dings", b"Marlett", b"Symbol", b"vertAlign")
_PICTURE = b"DISPIMG"
_HEIGHTS = {"superscript": 1, "subscript": 2}


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that says something else than its value: what is `written`, or the sign of a box (`☑`).

    `whole`: all that it holds is struck out, whatever it is.
    """

    written: Written = NOTHING
    whole: bool = False


@dataclass(frozen=True)
class Looks:
    """The looks of a workbook: of its cell formats, of its shared strings; `boxes` are the formats of boxes to tick."""

    formats: dict[int, Look] = field(default_factory=dict)
    strings: list[bytes] = field(default_factory=list)
    odd: frozenset[int] = frozenset()
    boxes: frozenset[int] = frozenset()
    pictures: dict[int, str] = field(default_factory=dict)

    def cells(self, xml: bytes) -> dict[Address, Odd]:
        """The cells of a sheet that say something else than their value."""
        # A piece of text with a look of its own has `rPr`: one search instead of one for each look.
        if not (self.formats or self.odd or self.boxes or (b"rPr" in xml and _is_suspect(xml))):
            return {}
        found = ((at(a), self._cell(attributes(a), content)) for a, content in CELL.findall(xml))
        return {address: odd for address, odd in found if address and odd}

    def _cell(self, a: dict[bytes, bytes], content: bytes) -> Odd | None:
        style, kind = number(a.get(b"s"), 0), a.get(b"t", b"n")
        if kind == b"b" and style in self.boxes:
            return Odd(Written("☑" if _value(content) == "1" else "☐"))
        how = self.formats.get(style, PLAIN)
        if kind in (b"s", b"inlineStr", b"str"):
            return self._text(kind, content, how)
        return Odd(whole=True) if how.struck and _value(content) else None

    def _text(self, kind: bytes, content: bytes, how: Look) -> Odd | None:
        """The text of a cell, where it has an odd look itself or is in a cell with one."""
        if kind == b"s":
            place = number(_value(content).encode())
            if how.plain and place not in self.odd:
                return None
            pieces = list(_pieces(self.strings[place], how)) if 0 <= place < len(self.strings) else []
        elif kind == b"inlineStr":
            pieces = list(_pieces(content, how)) if not how.plain or _is_suspect(content) else []
        else:
            pieces = [(_value(content), how)]
        if all(piece.plain for _, piece in pieces):
            return None
        said = written(pieces)
        return Odd(said) if said.struck or said.unknown or said.left != "".join(text for text, _ in pieces) else None


def _is_suspect(xml: bytes) -> bool:
    return any(word in xml for word in _SUSPECT)


def _value(content: bytes) -> str:
    found = _VALUE.search(content)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _pieces(item: bytes, of_cell: Look) -> Iterator[tuple[str, Look]]:
    """The pieces of a string with their looks; a run without a font of its own has that of the cell."""
    item = _SPELLING.sub(b"", item)
    for run in _RUN.findall(item) or [item]:
        font = _FONT.search(run)
        name = _NAME.search(font[1]) if font else None
        how = _look(font[1], name[1].decode() if name else "") if font else of_cell
        yield from ((unescape(text.decode("utf-8", "replace")), how) for text in _TEXT.findall(run))


def _look(font: bytes, name: str) -> Look:
    raised = _RAISED.search(font)
    return look(bool(_STRIKE.search(font)), name, _HEIGHTS[raised[1].decode() + "script"] if raised else 0)


# ---------------------------------------------------------------------------------------------- the workbook


def looks(package: Package, book: str) -> Looks:
    """The looks of the workbook at this part. Raises ReadError: damaged."""
    found = package.relations(book)
    styles = package.xml(only(found, "styles") or "xl/styles.xml")
    shared = package.xml(only(found, "sharedStrings") or "xl/sharedStrings.xml")
    formats = _formats(tree(styles)) if _is_suspect(styles) else {}
    boxes = (
        _boxes(tree(styles), package, only(found, "FeaturePropertyBag")) if b"xfComplement" in styles else frozenset()
    )
    needed = formats or _is_suspect(shared) or _PICTURE in shared
    strings = _STRING.findall(shared) if needed else []
    odd = frozenset(n for n, item in enumerate(strings) if _is_suspect(item))
    pictures = {
        n: "".join(text for text, _ in _pieces(item, PLAIN)) for n, item in enumerate(strings) if _PICTURE in item
    }
    return Looks(formats, strings, odd, boxes, pictures)


def _formats(styles: ElementTree.Element) -> dict[int, Look]:
    """The cell formats whose font is struck out or one of signs, by number."""
    lists = {local(e): e for e in styles}
    fonts = [_font(f) for f in lists.get("fonts", ())]
    used = ((n, int(x.get("fontId", "0"))) for n, x in enumerate(lists.get("cellXfs", ())))
    return {n: fonts[font] for n, font in used if font < len(fonts) and not fonts[font].plain}


def _font(font: ElementTree.Element) -> Look:
    struck = any(local(e) == "strike" and e.get("val") not in ("0", "false") for e in font)
    said = {local(e): e.get("val", "") for e in reversed(font)}
    return look(struck, said.get("name", ""), _HEIGHTS.get(said.get("vertAlign", ""), 0))


def _boxes(styles: ElementTree.Element, package: Package, part: str) -> frozenset[int]:
    """The cell formats that show TRUE and FALSE as a box with or without a tick (Excel 365)."""
    data = package.xml(part) if part else b""
    bags = list(tree(data)) if data else []
    mapped = [int(e.text or 0) for bag in bags for a in bag if a.get("k") == "MappedFeaturePropertyBags" for e in a]
    ticked = {n for n, bag in enumerate(mapped) if _is_box(bags, bag, 4)}
    xfs = [x for e in styles if local(e) == "cellXfs" for x in e]
    chosen = ((n, int(c.get("i", "-1"))) for n, x in enumerate(xfs) for c in inside(x, "xfComplement"))
    return frozenset(n for n, i in chosen if i in ticked)


def _is_box(bags: list[ElementTree.Element], number: int, depth: int) -> bool:
    """Is a bag of properties that of a box to tick, or does it lead to one?"""
    if not 0 <= number < len(bags) or not depth:
        return False
    bag = bags[number]
    further = (int(e.text or -1) for e in bag if local(e) == "bagId")
    return bag.get("type") == "Checkbox" or any(_is_box(bags, other, depth - 1) for other in further)
