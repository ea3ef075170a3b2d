"""Workbooks as other programs pack them: a good ledger whose zip is written anew, with one oddity each.

Every maker takes the bytes of a workbook and gives those of another. What openpyxl wrote is the starting point: its
parts are `xl/workbook.xml`, `xl/worksheets/sheet1.xml` and so on, its tags without a prefix.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

Maker = Callable[[bytes], bytes]
Parts = dict[str, bytes]

_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
}
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_BOOK_RELS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def changed(change: Callable[[Parts], Parts | None]) -> Maker:
    def make(data: bytes) -> bytes:
        parts = parts_of(data)
        return packed(change(parts) or parts)

    return make


def swap(part: str, old: bytes, new: bytes, *, once: bool = True) -> Maker:
    """One text of one part replaced, which must be there."""

    def change(parts: Parts) -> None:
        assert old in parts[part], (part, old)
        parts[part] = parts[part].replace(old, new, 1 if once else -1)

    return changed(change)


def then(*makers: Maker) -> Maker:
    def make(data: bytes) -> bytes:
        for maker in makers:
            data = maker(data)
        return data

    return make


def beside(part: str, content: bytes, relation: str = "", type_: str = "", id: str = "rId77") -> Maker:
    """A part more; with a relation of the workbook and a content type where these are given."""

    def change(parts: Parts) -> None:
        parts[part] = content
        if relation:
            entry = f'<Relationship Id="{id}" Type="{relation}" Target="/{part}"/></Relationships>'
            parts[_BOOK_RELS] = parts[_BOOK_RELS].replace(b"</Relationships>", entry.encode())
        if type_:
            entry = f'<Override PartName="/{part}" ContentType="{type_}"/></Types>'
            parts[_TYPES] = parts[_TYPES].replace(b"</Types>", entry.encode())

    return changed(change)


def sheet_beside(kind: str, content: bytes, relation: str, type_: str, *, first: bool = False) -> Maker:
    """Another sheet in the list of the workbook, of another kind."""
    entry = b'<sheet name="\xe5\x8f\xa6" sheetId="77" state="visible" r:id="rId77"/>'

    def listed(parts: Parts) -> None:
        book = parts["xl/workbook.xml"]
        book = book.replace(b'<sheet xmlns:r="' + _OFFICE + b'"', b"<sheet")
        book = book.replace(b"<workbook ", b'<workbook xmlns:r="' + _OFFICE + b'" ', 1)
        place = (b"<sheets>", b"<sheets>" + entry) if first else (b"</sheets>", entry + b"</sheets>")
        parts["xl/workbook.xml"] = book.replace(*place)

    return then(beside(f"xl/{kind}/sheet1.xml", content, relation, type_), changed(listed))


def shared(data: bytes) -> bytes:
    """A workbook of openpyxl with its texts in a part of their own, as Excel and WPS write them."""
    parts, texts = parts_of(data), []

    def share(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return b'<c%s t="s"><v>%d</v></c>' % (match[1], len(texts) - 1)

    parts[_SHEET] = re.sub(
        rb'<c( r="\w+"[^>]*?) t="inlineStr"><is>(.*?)</is></c>', share, parts[_SHEET], flags=re.DOTALL
    )
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    xml = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % items
    return beside("xl/sharedStrings.xml", xml, f"{_R}/sharedStrings", _MS + "sharedStrings+xml", id="rId76")(
        packed(parts)
    )


# ---------------------------------------------------------------------------------------------- forms of XML


def _strict(parts: Parts) -> None:
    for name in parts:
        for old, new in _STRICT.items():
            parts[name] = parts[name].replace(old, new)


def _prefixed(parts: Parts) -> None:
    """Tags of the sheet, the texts and the workbook with a prefix, as some libraries of Java write them."""
    for name in (_SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"):
        xml = re.sub(rb"<(/?)([a-zA-Z])(?![\w.]*:)", rb"<\1x:\2", parts[name])
        parts[name] = xml.replace(b'xmlns="', b'xmlns:x="')


def _utf16(parts: Parts) -> None:
    for name in (_SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"):
        text = re.sub(r"^\s*<\?xml[^>]*>", "", parts[name].decode("utf-8"))
        parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def _inline(parts: Parts) -> None:
    """Texts in their cells, cells and rows without an address, no shared strings."""
    texts = re.findall(rb"<si>(.*?)</si>", parts.pop("xl/sharedStrings.xml"), re.DOTALL)

    def inline(match: re.Match[bytes]) -> bytes:
        return b'<c t="inlineStr"%s><is>%s</is></c>' % (match[1], texts[int(match[2])])

    parts[_SHEET] = re.sub(rb'<c( r="\w+")[^>]*? t="s"[^>]*><v>(\d+)</v></c>', inline, parts[_SHEET])
    parts[_BOOK_RELS] = re.sub(rb"<Relationship [^>]*sharedStrings[^>]*/>", b"", parts[_BOOK_RELS])
    parts[_TYPES] = re.sub(rb"<Override [^>]*sharedStrings[^>]*/>", b"", parts[_TYPES])


# ---------------------------------------------------------------------------------------------- names of parts


def _moved(folder: str, book: str) -> Maker:
    """All parts of the workbook in another folder, and its main part with another name."""

    def change(parts: Parts) -> Parts:
        def there(name: str) -> str:
            name = name.replace("xl/_rels/workbook.xml", f"{folder}_rels/{book}").replace(
                "xl/workbook.xml", folder + book
            )
            return name.replace("xl/", folder, 1) if name.startswith("xl/") else name

        types = (
            parts[_TYPES]
            .replace(b"/xl/workbook.xml", f"/{folder}{book}".encode())
            .replace(b"/xl/", f"/{folder}".encode())
        )
        root = parts["_rels/.rels"].replace(b"xl/workbook.xml", f"{folder}{book}".encode())
        rels = {n: c.replace(b'"/xl/', f'"/{folder}'.encode()) for n, c in parts.items() if n.endswith(".rels")}
        return {there(n): c for n, c in (parts | rels | {_TYPES: types, "_rels/.rels": root}).items()}

    return changed(change)


def _renamed(change: Callable[[str], str]) -> Maker:
    """The names in the zip's directory written otherwise than in the relations."""

    def make(data: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts_of(data).items():
                info = zipfile.ZipInfo("x")
                info.filename, info.compress_type = change(name), zipfile.ZIP_DEFLATED
                package.writestr(info, content)
        return buffer.getvalue()

    return make


def _without(*names: str) -> Maker:
    def change(parts: Parts) -> None:
        for name in names:
            del parts[name]

    return changed(change)


# ---------------------------------------------------------------------------------------------- the zip itself


def _no_directory(data: bytes) -> bytes:
    return data[: data.index(b"PK\x01\x02")]


def _bad_directory(data: bytes) -> bytes:
    """The places that the directory names lie outside the file."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 42] + b"\xff\xff\xff\x7f" + data[at + 46 :]


class _Stream(io.RawIOBase):
    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.data += bytes(piece)  # type: ignore[call-overload]
        return len(bytes(piece))  # type: ignore[call-overload]


def _streamed(data: bytes) -> bytes:
    """Written to a stream that cannot be rewound: sizes and checksums stand behind each part."""
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts_of(data).items():
            package.writestr(name, content)
    return bytes(stream.data)


def _zip64(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts_of(data).items():
            with package.open(name, "w", force_zip64=True) as part:
                part.write(content)
    return buffer.getvalue()


def _doubled(data: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as package:
        for name, content in parts_of(data).items():
            info = zipfile.ZipInfo("x")
            info.filename = name.upper() if name == _SHEET else name.replace("/", "\\")
            package.writestr(info, content)
    return buffer.getvalue()


def _with_folders(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for folder in ("xl/", "_rels/", "xl/worksheets/", "__MACOSX/", "__MACOSX/xl/"):
            package.writestr(folder, b"")
        package.writestr("__MACOSX/xl/._workbook.xml", b"\0\5\x16\7")
        for name, content in parts_of(data).items():
            package.writestr(name, content)
    return buffer.getvalue()


def _flagged(data: bytes) -> bytes:
    """Every part said to be encrypted."""
    return re.sub(
        rb"(PK\x01\x02.{4})(..)",
        lambda m: m[1] + struct.pack("<H", struct.unpack("<H", m[2])[0] | 1),
        data,
        flags=re.DOTALL,
    )


def _cut(data: bytes) -> bytes:
    return data[: data.index(_SHEET.encode()) + 200]


def _strange_method(data: bytes) -> bytes:
    """The first sheet packed in a way (Deflate64) that hardly any program knows."""
    at = data.index(_SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    return data[: at + 10] + struct.pack("<H", 9) + data[at + 12 :]


# ---------------------------------------------------------------------------------------------- what beside the cells is bad

_NONE = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'


def _in_sheet(behind: bytes, *related: tuple[str, str, bytes]) -> Maker:
    """XML behind the cells of the first sheet, and parts (type of the relation, name, content) that it refers to."""
    after = b"</mergeCells>"

    def change(parts: Parts) -> None:
        xml = parts[_SHEET]
        end = after if after in xml else b"</sheetData>"
        parts[_SHEET] = xml.replace(end, end + behind, 1).replace(
            b"<worksheet ", b'<worksheet xmlns:r="' + _OFFICE + b'" ', 1
        )
        entries = [
            f'<Relationship Id="rId{n}" Type="{_OFFICE.decode()}/{kind}" Target="/{name}"/>'.encode()
            for n, (kind, name, _) in enumerate(related, 1)
        ]
        if entries:
            parts["xl/worksheets/_rels/sheet1.xml.rels"] = _NONE % b"".join(entries)
        parts.update({name: content for _, name, content in related if content})

    return changed(change)


def _picture(content: bytes, name: str) -> Maker:
    drawing = (
        b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from><xdr:col>9</xdr:col>'
        b'<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9525" cy="9525"/>'
        b'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="p"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="'
        + _OFFICE
        + b'" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr>'
        b"</xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    rels = _NONE % f'<Relationship Id="rId1" Type="{_OFFICE.decode()}/image" Target="../media/{name}"/>'.encode()
    types = (b"</Types>", b'<Default Extension="bmpx" ContentType="image/bmpx"/></Types>')
    return then(
        _in_sheet(b'<drawing r:id="rId1"/>', ("drawing", "xl/drawings/drawing1.xml", drawing)),
        beside(f"xl/media/{name}", content),
        beside("xl/drawings/_rels/drawing1.xml.rels", rels),
        swap(_TYPES, *types),
    )


_COMMENTS = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList>'
    b'<comment ref="B3" authorId="0"><text><t>x</t></text></comment><comment ref="B4"><text><t>y</t></text></comment>'
    b"</commentList></comments>"
)
_NAMES = (
    b'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">#REF!</definedName>'
    b'<definedName name="_xlnm.Print_Titles" localSheetId="0">nonsense!$A:$A,#REF!</definedName>'
    b'<definedName name="1 bad">=((</definedName><definedName name="gone" localSheetId="44">A1</definedName>'
    b'<definedName name="twice">A1</definedName><definedName name="twice">B1</definedName><definedName/>'
    b'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">#REF!</definedName></definedNames>'
)
_RULES = (
    b'<conditionalFormatting sqref="A1:B9"><cfRule type="cellIs" dxfId="99" priority="1" operator="nosuch">'
    b"<formula>((</formula></cfRule></conditionalFormatting>"
    b'<dataValidations count="9"><dataValidation type="nonsense" operator="between" sqref="C3:C9"><formula1>"a"</formula1>'
    b'</dataValidation><dataValidation type="list" sqref=""><formula1>#REF!</formula1></dataValidation>'
    b'<dataValidation type="list" errorStyle="loud" imeMode="odd" sqref="C3 #REF!"/></dataValidations>'
)
_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dcterms:created xsi:type="dcterms:W3CDTF">2022/2/7 9:00'
    b'</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">0000-00-00T00:00:00Z</dcterms:modified>'
    b"<cp:lastPrinted>yesterday</cp:lastPrinted></cp:coreProperties>"
)
_BAD_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="x"/>'
    b'</numFmts><fonts count="1"><font><sz val="big"/><family val="99"/><color rgb="red"/><u val="wavy"/></font></fonts>'
    b'<fills count="1"><fill><patternFill patternType="nosuch"><fgColor rgb="12"/></patternFill></fill></fills>'
    b'<borders count="1"><border><left style="zigzag"/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="7" fillId="8" borderId="9"/></cellStyleXfs>'
    b'<cellXfs count="2"><xf numFmtId="0" fontId="7" fillId="8" borderId="9" xfId="5"><alignment horizontal="middle" '
    b'vertical="middle" textRotation="999"/></xf><xf/></cellXfs><cellStyles count="1"><cellStyle xfId="0"/></cellStyles>'
    b'<dxfs><dxf><font><b val="maybe"/></font></dxf></dxfs></styleSheet>'
)
_LINK = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook xmlns:r="'
    + _OFFICE
    + b'" r:id="rId1"/></externalLink>'
)
_XM = b'<xm:macrosheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData/></xm:macrosheet>'
_CHART = b'<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
_DIALOG = (
    b'<dialogsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetProtection/></dialogsheet>'
)

# What is read, and written from, like any ledger.
READ: dict[str, Maker] = {
    "strict": changed(_strict),
    "strict with prefixes": then(changed(_prefixed), changed(_strict)),
    "tags with prefixes": changed(_prefixed),
    "texts in UTF-16": changed(_utf16),
    "texts in their cells": changed(_inline),
    "workbook2": _moved("xl/", "workbook2.xml"),
    "at the root": _moved("", "workbook.xml"),
    "in another folder": _moved("Daten/", "Mappe.XML"),
    "capital letters in the directory": _renamed(lambda name: name if name == _TYPES else name.upper()),
    "backslashes in the directory": _renamed(lambda name: name.replace("/", "\\")),
    "backslashes in the relations": changed(
        lambda p: p.update({_BOOK_RELS: p[_BOOK_RELS].replace(b"/xl/worksheets/", b"worksheets\\")})
    ),
    "relative relations": swap(_BOOK_RELS, b"/xl/worksheets/", b"./worksheets/../worksheets/"),
    "no default style": changed(
        lambda p: p.update({"xl/styles.xml": re.sub(rb"<cellStyles.*</cellStyles>", b"", p["xl/styles.xml"])})
    ),
    "no styles": then(
        _without("xl/styles.xml"),
        changed(
            lambda p: p.update(
                {
                    _BOOK_RELS: re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", p[_BOOK_RELS]),
                    _TYPES: re.sub(rb"<Override [^>]*styles[^>]*/>", b"", p[_TYPES]),
                }
            )
        ),
    ),
    "bad styles": changed(lambda p: p.update({"xl/styles.xml": _BAD_STYLES})),
    "a style that there is not": changed(lambda p: p.update({_SHEET: p[_SHEET].replace(b"<c r=", b'<c s="4444" r=')})),
    "a sheet that names no part": changed(
        lambda p: p.update({_BOOK: p[_BOOK].replace(b"</sheets>", b'<sheet name="x" sheetId="77"/></sheets>')})
    ),
    "a macro sheet": sheet_beside(
        "macrosheets",
        _XM,
        "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
        "application/vnd.ms-excel.macrosheet+xml",
    ),
    "a macro sheet first": sheet_beside(
        "macrosheets",
        _XM,
        "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
        "application/vnd.ms-excel.macrosheet+xml",
        first=True,
    ),
    "a chart sheet first": sheet_beside("chartsheets", _CHART, f"{_R}/chartsheet", _MS + "chartsheet+xml", first=True),
    "a dialog sheet": sheet_beside("dialogsheets", _DIALOG, f"{_R}/dialogsheet", _MS + "dialogsheet+xml"),
    "an embedded object": _in_sheet(
        b'<oleObjects><oleObject progId="Word.Document" shapeId="1025" r:id="rId1"/></oleObjects>',
        ("oleObject", "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + bytes(2000)),
    ),
    "no content types": _without(_TYPES),
    "content types that say nothing": changed(
        lambda p: p.update({_TYPES: re.sub(rb"<Override [^>]*/>", b"", p[_TYPES])})
    ),
    "no relations of the package": _without("_rels/.rels"),
    "no directory": _no_directory,
    "a damaged directory": _bad_directory,
    "streamed": _streamed,
    "streamed, no directory": then(_streamed, _no_directory),
    "zip64": _zip64,
    "parts twice": _doubled,
    "folders and a Macintosh": _with_folders,
    "bytes before": lambda data: b"\r\n\r\n" + data,
    "bytes behind": lambda data: data + b"\0" * 70_000,
    "bad defined names": changed(
        lambda p: p.update(
            {"xl/workbook.xml": re.sub(rb"<definedNames ?/>|(?=<calcPr)", _NAMES, p["xl/workbook.xml"], count=1)}
        )
    ),
    "bad days in the properties": changed(lambda p: p.update({"docProps/core.xml": _CORE})),
    "bad rules": _in_sheet(_RULES),
    "a broken link to a file": then(
        beside("xl/externalLinks/externalLink1.xml", _LINK, f"{_R}/externalLink", _MS + "externalLink+xml"),
        swap(
            "xl/workbook.xml",
            b"</sheets>",
            b'</sheets><externalReferences><externalReference xmlns:r="'
            + _OFFICE
            + b'" r:id="rId77"/><externalReference xmlns:r="'
            + _OFFICE
            + b'" r:id="rId99"/></externalReferences>',
        ),
    ),
    "comments without an author": then(
        _in_sheet(b"", ("comments", "xl/comments1.xml", _COMMENTS)),
        swap(
            _TYPES,
            b"</Types>",
            f'<Override PartName="/xl/comments1.xml" ContentType="{_MS}comments+xml"/></Types>'.encode(),
        ),
    ),
    "a picture that is none": _picture(b"no picture", "image1.png"),
    "a picture of an unknown kind": _picture(b"\x01\x00\x00\x00" + bytes(100), "image1.bmpx"),
    "a drawing that there is not": _in_sheet(
        b'<drawing r:id="rId1"/><legacyDrawing r:id="rId9"/>', ("drawing", "xl/drawings/drawing9.xml", b"")
    ),
    "a link that leads nowhere": _in_sheet(
        b'<hyperlinks><hyperlink ref="B3" r:id="rId5"/><hyperlink ref="B4"/></hyperlinks>'
    ),
    "bad set-up of the page": _in_sheet(
        b'<printOptions headings="perhaps"/><pageMargins left="x" right="1" top="1" bottom="1" header="1" footer="1"/><pageSetup paperSize="A4" orientation="sideways" scale="0"/>'
    ),
    "a bad view": changed(
        lambda p: p.update(
            {
                _SHEET: re.sub(
                    rb"<sheetViews>.*</sheetViews>",
                    b'<sheetViews><sheetView zoomScale="big" view="odd" workbookViewId="9"><pane state="stuck" ySplit="a"/></sheetView></sheetViews>',
                    p[_SHEET],
                )
            }
        )
    ),
    "bad theme": changed(lambda p: p.update({"xl/theme/theme1.xml": b"<broken"})),
    "shared formulas without a first": swap(
        _SHEET, b"</sheetData>", b'<row r="40"><c r="J40"><f t="shared" si="3"/><v>3</v></c></row></sheetData>'
    ),
    "a day that no calendar has": swap(
        _SHEET, b"</sheetData>", b'<row r="40"><c r="J40" t="d"><v>2022-02-31T99:00:00</v></c></row></sheetData>'
    ),
    "a table without columns": _in_sheet(
        b'<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        (
            "table",
            "xl/tables/table1.xml",
            b'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" displayName="t" ref="#REF!"/>',
        ),
    ),
}

# What is refused in one plain line, with the code of the problem.
REFUSED: dict[str, tuple[Maker, str]] = {
    "cut off in the sheet": (_cut, "file_damaged"),
    "encrypted parts": (_flagged, "file_encrypted"),
    "packed in an unknown way": (_strange_method, "file_damaged"),
    "no sheet of cells": (_without(_SHEET), "file_damaged"),
    "a sheet that there is not": (
        then(
            sheet_beside("worksheets2", b"<x/>", f"{_R}/worksheet", _MS + "worksheet+xml"),
            _without("xl/worksheets2/sheet1.xml"),
        ),
        "file_damaged",
    ),
}

__all__ = ["READ", "REFUSED", "packed", "partial", "parts_of"]
