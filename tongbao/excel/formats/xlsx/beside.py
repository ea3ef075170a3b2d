"""What lies over the cells of a sheet of .xlsx: pictures, text boxes, comments, and controls such as boxes to tick.

Nothing here is looked for where the sheet's XML names no drawing, no comments and no controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xlsx.scan import cell_address
from tongbao.excel.formats.xmltree import inside, local, reference, tree
from tongbao.excel.grid import Address
from tongbao.excel.prepared import OUR_REMARK
from tongbao.outside.openxml import Relation

_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
_CHECK_BOX = "{8BD21D40-EC42-11CE-9E0D-00AA006002F3}"  # the class of ActiveX boxes to tick ([MS-OFORMS] 2.2)
# Controls that hold nothing: buttons, labels, frames.
_EMPTY = frozenset({"button", "label", "gbox", "pict", "dialog", "note", "shape", "rect"})


@dataclass(frozen=True, slots=True)
class Control:
    """A control on a sheet: the cell under its corner and the cell to which it is linked, either may be unknown.

    `ticked`: whether a box is ticked; None for a box of which the file does not tell, and for other controls (`box` is
    false).
    """

    at: Address | None
    link: Address | None
    box: bool
    ticked: bool | None


@dataclass
class Beside:
    """What lies over a sheet, as far as it was found."""

    pictures: dict[Address, tuple[str, ...]] = field(default_factory=dict)
    comments: dict[Address, str] = field(default_factory=dict)
    boxes: list[tuple[Address, str]] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)


def beside(package: Package, part: str, xml: bytes) -> Beside:
    """What lies over the cells of a sheet. Raises ReadError: damaged."""
    found = Beside()
    rels = package.relations(part)
    for relation in rels:
        kind = relation.kind.casefold()
        if kind == "drawing":
            _drawing(package, relation.part, found)
        elif kind in ("comments", "threadedcomment"):
            _comments(package, relation.part, found, threaded=kind != "comments")
    if b"control" in xml or any(r.kind.casefold() == "vmldrawing" for r in rels):
        found.controls = list(_controls(package, rels, xml))
    return found


# ---------------------------------------------------------------------------------------------- drawings


def _drawing(package: Package, part: str, found: Beside) -> None:
    data = package.xml(part)
    if not data:
        return
    targets = {r.id: r.part for r in package.relations(part)}
    for anchor in inside(tree(data), *_ANCHORS):
        if (at := _corner(anchor)) is None:
            continue
        for picture in inside(anchor, "pic"):
            image = next((targets.get(reference(e, "embed"), "") for e in inside(picture, "blip")), "")
            found.pictures[at] = (*found.pictures.get(at, ()), image)
        found.boxes += ((at, text) for shape in inside(anchor, "sp") if (text := _shape_text(shape)))


def _corner(anchor: ElementTree.Element) -> Address | None:
    """The cell under the upper left corner of what is anchored."""
    place = next(iter(inside(anchor, "from")), None)
    if place is None:
        return None
    numbers = {local(e): (e.text or "").strip() for e in place}
    row, column = numbers.get("row", ""), numbers.get("col", "")
    return (int(row) + 1, int(column) + 1) if row.isdigit() and column.isdigit() else None


def _shape_text(shape: ElementTree.Element) -> str:
    """The text of a shape; empty for one that is hidden: such are the captions of controls."""
    if any(e.get("hidden") in ("1", "true") for e in inside(shape, "cNvPr")):
        return ""
    return "".join(e.text or "" for body in inside(shape, "txBody") for e in inside(body, "t")).strip()


# ---------------------------------------------------------------------------------------------- comments


def _comments(package: Package, part: str, found: Beside, *, threaded: bool) -> None:
    """Notes the comments of people. Of a threaded one Excel also keeps a plain copy, which then gives way."""
    data = package.xml(part)
    for element in inside(tree(data), "threadedComment" if threaded else "comment") if data else ():
        at = cell_address(element.get("ref", ""))
        words = (e.text or "" for body in element if local(body) == "text" for e in _words(body))
        text = "".join(words).split(OUR_REMARK)[0].strip()
        if at and text and (threaded or at not in found.comments):
            found.comments[at] = text


def _words(body: ElementTree.Element) -> list[ElementTree.Element]:
    """The elements that hold the words of a comment, without what is spelt beside them."""
    spelt = {id(t) for e in inside(body, "rPh") for t in e}
    return [body, *(e for e in inside(body, "t") if id(e) not in spelt)]


# ---------------------------------------------------------------------------------------------- controls


# Controls are listed behind the cells, which are far too many to be made a tree.
_CELLS = re.compile(rb"<(?:\w+:)?sheetData>.*</(?:\w+:)?sheetData>", re.DOTALL)


def _controls(package: Package, rels: list[Relation], xml: bytes) -> Iterator[Control]:
    """The controls of a sheet; of a file that keeps them in the old form (VML) alone, those of that."""
    by_id = {r.id: r for r in rels}
    seen = {}
    for element in inside(tree(_CELLS.sub(b"", xml)), "control") if b"control" in xml else ():
        relation = by_id.get(reference(element))
        if relation and element.get("shapeId") not in seen:
            seen[element.get("shapeId")] = control = _control(package, relation, element)
            if control:
                yield control
    for relation in rels if not seen else ():
        if relation.kind.casefold() == "vmldrawing":
            yield from _old_controls(package.read(relation.part))


def _control(package: Package, relation: Relation, element: ElementTree.Element) -> Control | None:
    data = package.xml(relation.part)
    if not data:
        return None
    at = _corner(element)
    settings = tree(data)
    if relation.kind.casefold() == "ctrlprop":
        kind = settings.get("objectType", "").casefold()
        box = kind == "checkbox"
        ticked = {"checked": True, "mixed": None}.get(settings.get("checked", "").casefold(), False) if box else None
        link = settings.get("fmlaLink", "")
        return None if kind in _EMPTY else Control(at, cell_address(link), box, ticked)
    box = any(v.upper() == _CHECK_BOX for k, v in settings.items() if k.endswith("classid"))
    link = next((e.get("linkedCell", "") for e in inside(element, "controlPr")), "")
    return Control(at, cell_address(link), box, None) if box else None


# VML need not be well-formed XML (`<br>`): expressions read it. What is not closed ends where the next begins.
_DATA = re.compile(
    rb"<(?:\w+:)?ClientData\b[^>]*ObjectType=[\"'](\w+)[\"'][^>]*>(.*?)(?=</?(?:\w+:)?ClientData\b)", re.DOTALL
)
_SETTING = re.compile(rb"<(?:\w+:)?(Anchor|Checked|FmlaLink)\s*>\s*([^<]*?)\s*</")


def _old_controls(vml: bytes) -> Iterator[Control]:
    for kind, content in _DATA.findall(vml):
        told = {name: unescape(value.decode("utf-8", "replace")) for name, value in _SETTING.findall(content)}
        numbers = [n.strip() for n in told.get(b"Anchor", "").split(",")]
        box = kind.lower() == b"checkbox"
        if (
            len(numbers) == 8
            and kind.decode().casefold() not in _EMPTY
            and all(n.isdigit() for n in (numbers[0], numbers[2]))
        ):
            at = (int(numbers[2]) + 1, int(numbers[0]) + 1)
            ticked = {"1": True, "2": None}.get(told.get(b"Checked", "0"), False) if box else None
            yield Control(at, cell_address(told.get(b"FmlaLink", "")), box, ticked)
