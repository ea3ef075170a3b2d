"""Pictures that are the content of a cell of .xlsx: those of WPS (`=DISPIMG("ID_…",1)`) and of Excel 365.

What is found is the part of the package that holds the picture; the picture itself is not unpacked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from xml.etree import ElementTree

from tongbao.excel.formats.package import Package, only
from tongbao.excel.formats.xlsx.scan import CELL, TAG, at, attributes, number
from tongbao.excel.formats.xmltree import inside, local, reference, tree
from tongbao.excel.grid import Address, picture_id
from tongbao.outside.openxml import Relation

# A picture of WPS, or one from the web (`=IMAGE("https://…")`), as a formula or as what is left of one.
_SHOWN = re.compile(rb"(?<=>)[^<]*?\b(?:DISPIMG|_xlfn\.IMAGE)\([^<]*(?=</(?:\w+:)?f>)")
_NAMED = re.compile(r".*?DISPIMG\(\s*\"([^\"]*)", re.DOTALL)
_WORDS = re.compile(TAG + rb"(?:t|v)(?:\s[^>]*)?>([^<]*)<")
_VALUE = re.compile(TAG + rb"v>(\d+)<")
# Structures of rich values that are pictures; `_error` and `_linkedentity` (shares, places) are among the others.
_PICTURES = ("_localImage", "_webimage")


class Pictures:
    """The cell pictures of a workbook. Its lists are read when the first sheet asks for them."""

    def __init__(self, package: Package, book: str, strings: Mapping[int, str]) -> None:
        """`book` is the part of the workbook; `strings` are the shared strings that name a picture of WPS."""
        self._package, self._book, self._strings = package, book, strings
        self._named: dict[str, str] | None = None
        self._rich: dict[int, str] | None = None

    def cells(self, xml: bytes) -> dict[Address, tuple[str, ...]]:
        """The cells of a sheet that are pictures, each with the part of its picture (empty where there is none)."""
        found: dict[Address, tuple[str, ...]] = {}
        formulas = b"IM" in xml and (b"DISPIMG" in xml or b"_xlfn.IMAGE(" in xml)  # mostly one search for both
        named, rich = bool(self._strings) or formulas, b" vm=" in xml
        for a, content in CELL.findall(xml) if named or rich else ():
            part = self._part(attributes(a), content)
            if part is not None and (address := at(a)):
                found[address] = (part,)
        return found

    def _part(self, a: dict[bytes, bytes], content: bytes) -> str | None:
        if formula := _SHOWN.search(content):
            text = unescape(content[formula.start() :].decode("utf-8", "replace"))
            return self._by_name(named[1] if (named := _NAMED.match(text)) else "")
        if b"DISPIMG" in content:
            typed = picture_id(_text(content))
            return None if typed is None else self._by_name(typed)
        shared = _VALUE.search(content) if a.get(b"t") == b"s" else None
        if shared and (words := self._strings.get(number(shared[1]))):
            found = picture_id(words)
            return None if found is None else self._by_name(found)
        if b"vm" in a:
            return self._by_value(number(a[b"vm"]))
        return None

    def _by_name(self, id: str) -> str:
        if self._named is None:
            part = only(self._package.relations(self._book), "cellImage")
            self._named = _named(self._package, part) if part else {}
        return self._named.get(id, "")

    def _by_value(self, value: int) -> str | None:
        if self._rich is None:
            self._rich = _rich(self._package, self._package.relations(self._book))
        return self._rich.get(value)


def _text(content: bytes) -> str:
    return unescape(b"".join(_WORDS.findall(content)).decode("utf-8", "replace"))


def _named(package: Package, part: str) -> dict[str, str]:
    """The picture of each id of WPS."""
    data = package.xml(part)
    targets = {r.id: r.part for r in package.relations(part)}
    found = {}
    for image in inside(tree(data), "cellImage") if data else ():
        name = next((e.get("name", "") for e in inside(image, "cNvPr")), "")
        found[name] = next((targets.get(reference(e, "embed"), "") for e in inside(image, "blip")), "")
    return found


def _rich(package: Package, book: list[Relation]) -> dict[int, str]:
    """The picture of each number of rich values (`vm`), counted from 1; values that are no pictures are left out."""
    parts = {
        name: only(book, name) for name in ("sheetMetadata", "rdRichValue", "rdRichValueStructure", "richValueRel")
    }
    trees = {name: tree(data) for name, part in parts.items() if part and (data := package.xml(part))}
    if not {"sheetMetadata", "rdRichValue", "rdRichValueStructure"} <= trees.keys():
        return {}
    targets = {r.id: r.part for r in package.relations(parts["richValueRel"])} if parts["richValueRel"] else {}
    rels = [targets.get(reference(e), "") for e in trees["richValueRel"]] if "richValueRel" in trees else []
    values, structures = inside(trees["rdRichValue"], "rv"), inside(trees["rdRichValueStructure"], "s")
    found = {}
    for vm, index in _values(trees["sheetMetadata"]).items():
        value = values[index] if index < len(values) else None
        shape = structures[int(value.get("s", "0"))] if value is not None else None
        if value is not None and shape is not None and shape.get("t") in _PICTURES:
            keys = [k.get("n") for k in shape]
            place = keys.index("_rvRel:LocalImageIdentifier") if "_rvRel:LocalImageIdentifier" in keys else -1
            wanted = int(value[place].text or -1) if 0 <= place < len(value) else -1
            found[vm] = rels[wanted] if 0 <= wanted < len(rels) else ""
    return found


def _values(root: ElementTree.Element) -> dict[int, int]:
    """The index of the rich value by the number that cells name."""
    types = [e.get("name") for e in inside(root, "metadataType")]
    future = next((e for e in inside(root, "futureMetadata") if e.get("name") == "XLRICHVALUE"), None)
    blocks = [int(e.get("i", "-1")) for e in inside(future, "rvb")] if future is not None else []
    bks = [bk for e in inside(root, "valueMetadata") for bk in e if local(bk) == "bk"]
    found = {}
    for number_, bk in enumerate(bks, 1):
        for rc in inside(bk, "rc"):
            kind, place = int(rc.get("t", "0")) - 1, int(rc.get("v", "-1"))
            if 0 <= kind < len(types) and types[kind] == "XLRICHVALUE" and 0 <= place < len(blocks):
                found[number_] = blocks[place]
    return found
