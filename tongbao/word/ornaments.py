"""Pictures in which nothing can be wrong: a seal on a signature, an emblem at the head, what a page header repeats.

Nothing of them is told as unread, or no sealed paper would ever pass. All others may hold figures: a table that was
photographed, a number that was pasted in.
"""

from __future__ import annotations

import re

from tongbao.word.package import BODY, FOOTER, HEADER, Element, W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MM = 36_000  # EMU
# Seals have 30 to 50 mm (国发〔1999〕25号 fixes 42 mm for counties), and square code pictures as much.
_SEAL = range(28 * _MM, 52 * _MM)
# Emblems and names of offices are lower than this, and among the first lines; a photographed table is higher.
_EMBLEM, _FIRST_LINES = 25 * _MM, 3
# Lines of a signature, a date, a label are shorter and have no stop.
_LONGEST, _STOPS = 30, re.compile(r"[，。；！？]")
_LENGTHS = {"pt": 12_700, "mm": _MM, "cm": 10 * _MM, "in": 914_400}
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|mm|cm|in)\b")


def is_ornament(drawing: Element, line: Element, where: str, text: str) -> bool:
    """Whether a picture in this paragraph, whose visible text is given, holds nothing that a check would look at."""
    width, height = _size(drawing)
    if not height:
        return False
    if where != BODY:
        return _is_page_margin(where) and height <= _EMBLEM
    return _is_seal(drawing, width, height, text) or (height <= _EMBLEM and _is_emblem(drawing, line))


def is_watermark(words: str, where: str) -> bool:
    """Whether the words of a page header say nothing that could be wrong: 送审稿, 内部资料; a figure could be."""
    return _is_page_margin(where) and not any(c.isnumeric() for c in words)


def _is_page_margin(where: str) -> bool:
    return where in {HEADER, FOOTER}


def _is_seal(drawing: Element, width: int, height: int, text: str) -> bool:
    square = width in _SEAL and height in _SEAL and abs(width - height) * 10 <= height
    return square and _floats(drawing) and len(text) <= _LONGEST and not _STOPS.search(text)


def _is_emblem(drawing: Element, line: Element) -> bool:
    """Whether it stands before or behind all text of one of the first lines of the paper."""
    body = line.getparent()
    if body is None or body.tag != W + "body" or sum(1 for _ in line.itersiblings(preceding=True)) >= _FIRST_LINES:
        return False
    texts = [e for e in line.iter(W + "t", drawing.tag) if e is drawing or (e.text or "").strip()]
    return drawing in (texts[0], texts[-1])


def _floats(drawing: Element) -> bool:
    shapes = (e.get("style", "") for e in drawing.iter(_V + "shape", _V + "rect"))
    return drawing.find(_WP + "anchor") is not None or any("position:absolute" in s.replace(" ", "") for s in shapes)


def _size(drawing: Element) -> tuple[int, int]:
    """Width and height in EMU; 0 where the drawing says nothing of them."""
    extent = next(drawing.iter(_WP + "extent"), None)
    if extent is not None:
        return _emu(extent.get("cx")), _emu(extent.get("cy"))
    style = next((e.get("style", "") for e in drawing.iter(_V + "shape", _V + "rect")), "")
    lengths = {name: int(float(number) * _LENGTHS[unit]) for name, number, unit in _LENGTH.findall(style)}
    return lengths.get("width", 0), lengths.get("height", 0)


def _emu(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
