"""What the fast reader does not tell of an Open XML workbook (.xlsx, .xlsm): its list of sheets, and their marks.

The marks of a sheet are searched for in its bytes, not in a tree: a mark that does not occur costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xmltree import local, reference, tree
from tongbao.excel.grid import MAX_COLUMNS, MAX_MERGES, MAX_ROWS, Address, Marks, ReadError, check_size
from tongbao.model import column_letters

# ---------------------------------------------------------------------------------------------- the workbook


BOOK = "xl/workbook.xml"  # where the workbook is in the standard form (see `standard`)


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet as the workbook lists it: its name and where its XML is."""

    name: str
    path: str


def sheets(package: Package) -> tuple[list[Part], bool]:
    """The sheets in the workbook's order, and whether its days are counted from 1904. Raises ReadError: damaged."""
    paths = {r.id: r.part for r in package.relations(BOOK)}
    parts, epoch1904 = [], False
    for element in tree(package.xml(BOOK)).iter():
        if local(element) == "sheet":
            parts.append(Part(element.get("name", ""), paths.get(reference(element), "")))
        elif local(element) == "workbookPr":
            epoch1904 = element.get("date1904") in ("1", "true")
    return parts, epoch1904


# ---------------------------------------------------------------------------------------------- one sheet

# Expressions over the bytes of a sheet; they take any prefix (`x:c`) and either kind of quotes. They trust that the XML
# is well-formed (`xmltree.check_xml` saw it) and that no XML comment or CDATA has a tag in it: such a tag would count.
TAG = rb"<(?:\w+:)?"
# The attributes and the content of each cell that has any.
CELL = re.compile(TAG + rb"c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ROW = re.compile(TAG + rb"row\b([^>]*)>")
_COLUMN = re.compile(TAG + rb"col\b([^>]*)>")
_WIDTH = re.compile(rb"\d{1,3}(?:\.\d{1,20})?")
# A cell that holds something: `<c r="A1" s="3"/>` and `<c r="A1"></c>` have a look alone and do not count.
_FILLED = re.compile(TAG + rb"c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>(?!\s*</)")
_FORMULA = re.compile(TAG + rb"c\b([^>]*)(?<!/)>\s*<(?:\w+:)?f\b(.*?)</(?:\w+:)?c>", re.DOTALL)
_FAILED = re.compile(TAG + rb"c\b([^>]*\bt=[\"']e[\"'][^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(TAG + rb"v>\s*([^<\s][^<]*)<")
_PLACE = re.compile(rb"(<(?:\w+:)?(row|c)\b)([^>]*)>")
_ATTRIBUTE = re.compile(rb"\b(\w+)=[\"']([^\"']*)[\"']")
_ADDRESS = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_HIDDEN = re.compile(rb"hidden=[\"'](?:1|true)")
# An address that no sheet has, such as `A0`, `ABCD1` or row 12345678: the file is damaged (XFE1 passes, and is cut).
_MISPLACED = re.compile(TAG + rb"(?:c|row)\b[^>]*? r=[\"'](?!(?:[A-Z]{1,3})?[1-9]\d{0,6}[\"'])")
_UNPLACED = re.compile(rb"<c(?=[ >])(?![^>]* r=)")
# A cell whose tag does not begin with an address in the first 52 columns and 99 999 rows: then all are looked at.
# Ledgers are smaller, and openpyxl and LibreOffice write the address first (tried): others are read too, but slower.
_UNUSUAL = re.compile(rb"<c(?=[ >])(?! r=\"A?[A-Z]\d{1,5}\")")


def placed(xml: bytes) -> bytes:
    """The XML of a sheet, with an address in every cell.

    Raises ReadError where the sheet reaches so far, or has so many merged ranges, that it would fill the memory.
    """
    prefixed = b"<c " not in xml  # or there is no cell at all
    if prefixed or _UNUSUAL.search(xml):
        if _MISPLACED.search(xml):
            raise ReadError("file_damaged")
        xml = _addressed(xml)
        _check_reach(xml)
    # Shorter XML has no room for so many ranges: the count is spared.
    if len(xml) > MAX_MERGES * len('<mergeCell ref="A1:B2"/>') and xml.count(b"mergeCell ") > MAX_MERGES:
        raise ReadError("file_merges")
    return xml


def marks(xml: bytes) -> Marks:
    """What the XML of a sheet (see `placed`) says beside its values: what is hidden, filtered, failed, uncalculated."""
    found = Marks()
    if b"hidden=" in xml and _HIDDEN.search(xml):
        found = Marks(_hidden_rows(xml), _hidden_columns(xml), b"filterColumn" in xml)
    if b"width=" in xml and (widths := _widths(xml)):
        found = replace(found, widths=widths)
    if b"<f" in xml or b"<c " not in xml:
        found = replace(found, uncached=_uncached(xml))
    if b'"e"' in xml or b"'e'" in xml:
        told = ((a, _VALUE.search(content)) for a, content in _FAILED.findall(xml))
        failed = ((at(a), text[1].decode("utf-8", "replace")) for a, text in told if text)
        found = replace(found, failed={place: text for place, text in failed if place})
    return found


def _addressed(xml: bytes) -> bytes:
    """The XML with an address in every cell: a cell without one follows the cell before it."""
    if b"<c " in xml and not _UNPLACED.search(xml):
        return xml
    row = column = 0

    def place(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        if match[2] == b"row":
            row, column = number(attributes(match[3]).get(b"r"), row + 1), 0
            return match[0]
        address = at(match[3])
        row, column = address or (row, column + 1)
        if address:
            return match[0]
        cell = f' r="{column_letters(min(column, MAX_COLUMNS))}{min(row, MAX_ROWS)}"'
        return match[1] + cell.encode() + match[3] + b">"

    return _PLACE.sub(place, xml)


def _check_reach(xml: bytes) -> None:
    """Raises ReadError where the cells that hold something make a grid that is too large."""
    found = _FILLED.findall(xml)
    rows = max((int(row) for _, row in found), default=0)
    columns = max((column_of(letters) for letters in {letters for letters, _ in found}), default=0)
    rows, columns = min(rows, MAX_ROWS), min(columns, MAX_COLUMNS)
    check_size(rows, columns, f"{column_letters(columns)}{rows}")


def attributes(text: bytes) -> dict[bytes, bytes]:
    """The attributes in a tag, by name."""
    return dict(_ATTRIBUTE.findall(text))


def at(attributes: bytes | dict[bytes, bytes]) -> Address | None:
    """(row, column) by the attributes of a cell; None where they have no address, and no message can name the cell."""
    found = attributes if isinstance(attributes, dict) else dict(_ATTRIBUTE.findall(attributes))
    match = _ADDRESS.fullmatch(found.get(b"r", b""))
    if not match:
        return None
    return min(int(match[2]), MAX_ROWS), min(column_of(match[1]), MAX_COLUMNS)


def cell_address(text: str) -> Address | None:
    """(row, column) of a reference to one cell: `H4`, `$H$4`, `台账!$H$4`; None for every other text."""
    match = _ADDRESS.fullmatch(text.rpartition("!")[2].replace("$", "").upper().encode())
    return (int(match[2]), column_of(match[1])) if match else None


def column_of(letters: bytes) -> int:
    """`A` → 1, `AB` → 28."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _is_hidden(attributes: dict[bytes, bytes]) -> bool:
    return attributes.get(b"hidden") in (b"1", b"true")


def _hidden_rows(xml: bytes) -> frozenset[int]:
    rows = (attributes(a) for a in _ROW.findall(xml) if b"hidden" in a)
    return frozenset(int(a[b"r"]) for a in rows if _is_hidden(a) and a.get(b"r", b"").isdigit())


def _hidden_columns(xml: bytes) -> frozenset[int]:
    found: set[int] = set()
    reached = 0
    for first, last in sorted(filter(None, {_columns(attributes(a)) for a in _runs(xml) if b"hidden" in a})):
        found.update(range(max(first, reached + 1), last + 1))  # each once, however often they are said
        reached = max(reached, last)
    return frozenset(found)


def _runs(xml: bytes) -> Iterator[bytes]:
    """The attributes of the runs of columns; as many as a sheet has columns, since it needs no more."""
    return (match[1] for match in islice(_COLUMN.finditer(xml), MAX_COLUMNS))


def _columns(attributes: dict[bytes, bytes]) -> tuple[int, int] | None:
    """The first and the last of a run of hidden columns."""
    return _run(attributes) if _is_hidden(attributes) else None


def _run(attributes: dict[bytes, bytes]) -> tuple[int, int] | None:
    """The first and the last of a run of columns."""
    first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
    return (int(first), min(int(last), MAX_COLUMNS)) if first.isdigit() and last.isdigit() else None


def _widths(xml: bytes) -> dict[int, float]:
    """The widths of the columns that have one of their own, in characters; of a run the first hundred at most."""
    found: dict[int, float] = {}
    for told in map(attributes, _runs(xml)):
        run, width = _run(told), _WIDTH.fullmatch(told.get(b"width", b""))
        if run and width:
            found |= dict.fromkeys(range(run[0], min(run[1], run[0] + 99) + 1), float(width[0]))
    return found


def _uncached(xml: bytes) -> frozenset[Address]:
    """The cells of formulas without a value. One that gave an empty text has the type `str` and is not among them."""
    bare = (a for a, rest in _FORMULA.findall(xml) if not _VALUE.search(rest) and attributes(a).get(b"t") != b"str")
    return frozenset(filter(None, map(at, bare)))


def number(text: bytes | None, default: int = -1) -> int:
    """A whole number in an attribute; `default` where it is none."""
    # Eight digits: more than any row, format or shared string has; a longer run of digits would be slow to convert.
    return int(text) if text and text.isdigit() and len(text) < 9 else default
