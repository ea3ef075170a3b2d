"""An Open XML workbook in the one form that the libraries read.

Programs other than Excel, and Excel itself on request, write the same workbook in other ways: in the "strict" form of
the standard, with parts of other names or in other folders, in other encodings, without the list of content types.
calamine and openpyxl find such workbooks empty or damaged. Both are given the form that is made here, so that what is
read can be written from as well. What is no sheet of cells (macros of Excel 4, dialogs) is left out of it.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xlsx.scan import BOOK
from tongbao.excel.formats.xmltree import checked, is_utf8, utf8
from tongbao.excel.grid import ReadError
from tongbao.outside.openxml import Relation, as_usual, is_strict, relations_part

_TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = f"{{{_MAIN}}}sheets"
_ID = f"{{{_RELATIONS}}}id"
_LARGEST_BOOK = 4_000_000  # bytes of the list of sheets and names; an office's own has some thousand

# Sheets without cells, by the kind of their relation.
_NO_CELLS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
# Where calamine and openpyxl look for parts, by the kind of their relation.
_PLACES = {
    "officeDocument": BOOK,
    "styles": "xl/styles.xml",
    "sharedStrings": "xl/sharedStrings.xml",
    "theme": "xl/theme/theme1.xml",
    "vbaProject": "xl/vbaProject.bin",
    "core-properties": "docProps/core.xml",
    "extended-properties": "docProps/app.xml",
    "custom-properties": "docProps/custom.xml",
}
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TYPE_OF = {
    "worksheet": _TYPE + "worksheet+xml",
    "chartsheet": _TYPE + "chartsheet+xml",
    "styles": _TYPE + "styles+xml",
    "sharedStrings": _TYPE + "sharedStrings+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "vbaProject": "application/vnd.ms-office.vbaProject",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
}


_MAIN_TYPE = re.compile(rb"<Override\b[^>]*?(?:sheet|template)\.(?:main|macroEnabled\.main)\+xml[^>]*>")
_PART_NAME = re.compile(rb"PartName\s*=\s*[\"']/?([^\"']+)")
_ROOT_TAG = re.compile(rb"<(?:[\w.-]+:)?workbook[\s>]")


def main_part(package: Package) -> str:
    """The part that is the workbook, as the package says, or else where it mostly is; empty where there is none."""
    named = [r.part for r in package.relations("") if r.kind == "officeDocument"]
    typed = [
        m[1].decode("utf-8", "replace") for m in map(_PART_NAME.search, _MAIN_TYPE.findall(package.read(_TYPES))) if m
    ]
    for part in (*named, *typed, BOOK):
        # The first bytes in UTF-16 have a zero beside each letter.
        if part in package and _ROOT_TAG.search(package.start(part, 4096).replace(b"\0", b"")):
            return part
    return ""


def in_standard_form(data: bytes, package: Package, main: str) -> bytes:
    """The bytes themselves where they are in that form, else a package that is. `package` are they, opened.

    Raises ReadError where a sheet in sight is missing, or a part is damaged.
    """
    related = package.relations(main)
    sheets = list(_listed(package, main, related))
    if odd := [name for name, missed, r in sheets if missed and (r is None or r.part not in package)]:
        raise ReadError("file_damaged", odd[0])
    if package.recovered and not all(r.part in package for r in related if r.part):
        raise ReadError("file_damaged", main)  # cut off between two parts: without the styles a day is a number
    named = any(r.kind == "officeDocument" and r.part == BOOK for r in package.relations(""))
    plain = package.plain and named and main == BOOK and all(_is_in_place(package, r) for r in related)
    if plain and all(relation for *_, relation in sheets) and _is_typed(package, related) and _is_plain_xml(package):
        return data
    return _Rebuilt(package, main).data()


def _listed(package: Package, main: str, related: list[Relation]) -> Iterator[tuple[str, bool, Relation | None]]:
    """(name, whether it would be missed, its relation) of every sheet: one that names no part never held anything."""
    by_id, xml = {r.id: r for r in related}, package.read(main)
    if len(xml) > _LARGEST_BOOK:
        raise ReadError("file_bomb", main)
    for element in checked(as_usual(utf8(xml))).iter(f"{{{_MAIN}}}sheet"):
        seen = element.get("state", "visible") == "visible" and bool(element.get(_ID))
        yield element.get("name", ""), seen, by_id.get(element.get(_ID, ""))


def _is_in_place(package: Package, relation: Relation) -> bool:
    """Whether calamine and openpyxl find the part of a relation where they look for it."""
    if relation.kind in _NO_CELLS or is_strict(relation.type.encode()):
        return False
    if not relation.part:  # outside the package
        return True
    usual = relation.target.startswith("/xl/") or not relation.target.startswith(("/", "."))
    return (
        usual
        and "\\" not in relation.target
        and package.has(relation.part)
        and _PLACES.get(relation.kind, relation.part) == relation.part
    )


def _is_typed(package: Package, related: list[Relation]) -> bool:
    types = package.read(_TYPES)
    texts = any(r.kind == "sharedStrings" for r in related)
    return b"/xl/workbook.xml" in types and b"main+xml" in types and (not texts or b"sharedStrings+xml" in types)


def _is_plain_xml(package: Package) -> bool:
    """Whether all XML is in UTF-8, and not in the strict form, by the first bytes of each part."""
    return all(is_utf8(s) and not is_strict(s) for s in (package.start(p, 1024) for p in package.xml_parts()))


# ---------------------------------------------------------------------------------------------- the package anew


@dataclass(frozen=True, slots=True)
class _Moved:
    """A part with its new name, the kind of its relation, and what it refers to."""

    old: str
    new: str
    kind: str
    related: list[Relation]


class _Rebuilt:
    """The package walked through from its main part: what nothing refers to, or is not there, is left out."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._names: dict[str, str] = {}  # the new name of a part, by its old one in small letters
        self._parts: list[_Moved] = []
        self._root = [r for r in package.relations("") if r.kind in _PLACES and r.kind != "officeDocument"]
        self._base = posixpath.dirname(main)
        self._walk(Relation("rId1", f"{_RELATIONS}/officeDocument", main, main))
        for relation in self._root:
            self._walk(relation)

    def _walk(self, relation: Relation) -> None:
        part = relation.part
        if part not in self._package or part.lower() in self._names or relation.kind in _NO_CELLS:
            return
        self._names[part.lower()] = new = self._place(relation)
        moved = _Moved(part, new, relation.kind, self._package.relations(part))
        self._parts.append(moved)
        for one in moved.related:
            self._walk(one)

    def _place(self, relation: Relation) -> str:
        """Where a part goes: its fixed place, or under `xl/` as it lay beside the workbook."""
        taken, wanted = set(self._names.values()), _PLACES.get(relation.kind, "")
        if wanted and wanted not in taken:
            return wanted
        if relation.kind == "worksheet":
            return f"xl/worksheets/sheet{sum(p.kind == 'worksheet' for p in self._parts) + 1}.xml"
        path = posixpath.relpath("/" + relation.part, "/" + self._base) if self._base else relation.part
        path, number = "xl/" + path.removeprefix("../").removeprefix("xl/"), 1
        stem, dot, end = path.rpartition(".")
        while path in taken:
            number += 1
            path = f"{stem}-{number}{dot}{end}"
        return path

    def data(self) -> bytes:
        """The bytes of the new package."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            target.writestr(_TYPES, self._types())
            target.writestr(
                relations_part(""),
                self._rels([Relation("rId0", f"{_RELATIONS}/officeDocument", "", self._parts[0].old), *self._root]),
            )
            for part in self._parts:
                target.writestr(part.new, self._content(part))
                if part.related:
                    target.writestr(relations_part(part.new), self._rels(part.related))
        return buffer.getvalue()

    def _content(self, part: _Moved) -> bytes:
        content = self._package.read(part.old)
        content = as_usual(utf8(content)) if _is_xml(content) else content
        return self._book(content, part.related) if part.new == BOOK else content

    def _book(self, xml: bytes, related: list[Relation]) -> bytes:
        """The workbook's own part without the sheets that are left out; names of their ranges go with them."""
        kept = {r.id for r in related if r.part.lower() in self._names}
        root = checked(xml)
        listed = root.find(_SHEETS)
        sheets = [] if listed is None else list(listed)
        stay = [n for n, sheet in enumerate(sheets) if sheet.get(_ID) in kept]
        if listed is None or len(stay) == len(sheets):
            return xml
        for sheet in sheets:
            if sheet.get(_ID) not in kept:
                listed.remove(sheet)
        for view in root.iter(f"{{{_MAIN}}}workbookView"):
            view.attrib.pop("activeTab", None)
        for names in root.iter(f"{{{_MAIN}}}definedNames"):
            for name in list(names):
                sheet_number = name.get("localSheetId")
                if sheet_number and sheet_number.isdigit() and int(sheet_number) in stay:
                    name.set("localSheetId", str(stay.index(int(sheet_number))))
                elif sheet_number:
                    names.remove(name)
        ElementTree.register_namespace("", _MAIN)
        ElementTree.register_namespace("r", _RELATIONS)
        return _bytes(root)

    def _rels(self, related: list[Relation]) -> bytes:
        root = ElementTree.Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
        for one in (r for r in related if not r.part or r.part.lower() in self._names):
            target = f"/{self._names[one.part.lower()]}" if one.part else one.target
            outside = {} if one.part else {"TargetMode": "External"}
            named = {"Id": one.id, "Type": as_usual(one.type.encode()).decode(), "Target": target}
            ElementTree.SubElement(root, "Relationship", named | outside)
        return _bytes(root)

    def _types(self) -> bytes:
        known = self._known_types()
        macros = any(part.kind == "vbaProject" for part in self._parts)
        book = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macros else _TYPE + "sheet.main+xml"
        root = ElementTree.Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        ends = {"rels": rels, "xml": "application/xml"}
        for end, type_ in ends.items():
            ElementTree.SubElement(root, "Default", {"Extension": end, "ContentType": type_})
        for part in self._parts:
            type_ = book if part.new == BOOK else _TYPE_OF.get(part.kind) or known.get(part.old.lower(), "")
            if type_:
                ElementTree.SubElement(root, "Override", {"PartName": f"/{part.new}", "ContentType": type_})
        return _bytes(root)

    def _known_types(self) -> dict[str, str]:
        """The content types that the package gives its parts, by their names in small letters."""
        xml = self._package.read(_TYPES)
        entries = checked(utf8(xml)) if xml else ()
        return {e.get("PartName", "").replace("\\", "/").lstrip("/").lower(): e.get("ContentType", "") for e in entries}


def _bytes(root: ElementTree.Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>' + ElementTree.tostring(root, "unicode").encode("utf-8")


def _is_xml(content: bytes) -> bool:
    start = (
        content[:64].removeprefix(codecs.BOM_UTF8).removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)
    )
    return start.replace(b"\0", b"").lstrip().startswith(b"<")
