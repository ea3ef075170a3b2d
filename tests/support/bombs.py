"""Small files that unfold to something vast: a good ledger or paper with one thing in it that fills memory or time.

`WORKBOOKS` take the bytes of an .xlsx, `PAPERS` those of a .docx; `FILES` need none.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.support.packages import Maker, Parts, changed, parts_of, shared

MIB = 1 << 20
GIB = 1 << 30
_SHEET, _BOOK, _TEXTS, _STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_TYPES, _MAIN = "[Content_Types].xml", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BODY, _BODY_RELS = "word/document.xml", "word/_rels/document.xml.rels"


# ---------------------------------------------------------------------------------------------- packed tightly


def long_part(name: str, start: bytes, piece: bytes, end: bytes, size: int) -> tuple[zipfile.ZipInfo, bytes]:
    """An entry of a package: so many bytes of the same piece, packed without ever being unfolded here."""
    times = max(1, MIB // len(piece))
    block, count = piece * times, size // (len(piece) * times) + 1
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packing.compress(start) + packing.flush(zlib.Z_FULL_FLUSH)
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    middle = packing.compress(block) + packing.flush(zlib.Z_FULL_FLUSH)
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = head + middle * count + packing.compress(end) + packing.flush()
    info = zipfile.ZipInfo(name)
    info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, 0
    info.compress_size, info.file_size = len(data), min(len(start) + len(block) * count + len(end), 2**32 - 2)
    return info, data


def with_long(package: bytes, name: str, start: bytes, piece: bytes, end: bytes, size: int) -> bytes:
    """The package with one part that is so long. Its checksum is wrong beyond 64 MB: nobody should come so far."""
    parts = parts_of(package)
    parts.pop(name, None)
    info, data = long_part(name, start, piece, end, size)
    times = max(1, MIB // len(piece))
    if size <= 300 * MIB:
        whole = start + piece * times * (size // (len(piece) * times) + 1) + end
        info.CRC = binascii.crc32(whole)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for other, content in parts.items():
            target.writestr(other, content)
        info.header_offset = buffer.tell()
        buffer.write(info.FileHeader(zip64=False))
        buffer.write(data)
        target.filelist.append(info)
        target.NameToInfo[name] = info
        target.start_dir = buffer.tell()
        target._didModify = True  # type: ignore[attr-defined]
    return buffer.getvalue()


def _cut(parts: Parts, part: str, before: bytes) -> tuple[bytes, bytes]:
    at = parts[part].index(before)
    return parts[part][:at], parts[part][at:]


def stuffed(part: str, before: bytes, piece: bytes, size: int, *, around: tuple[bytes, bytes] = (b"", b"")) -> Maker:
    """A part with so many bytes of a piece put in before a text of it."""

    def make(package: bytes) -> bytes:
        start, end = _cut(parts_of(package), part, before)
        return with_long(package, part, start + around[0], piece, around[1] + end, size)

    return make


def numbered(part: str, before: bytes, line: bytes, count: int, around: tuple[bytes, bytes] = (b"", b"")) -> Maker:
    """A part with so many lines put in before a text of it; `%d` in the line is its number."""

    def change(parts: Parts) -> None:
        start, end = _cut(parts, part, before)
        marks = line.count(b"%d")
        lines = b"".join(line % ((n,) * marks) for n in range(1, count + 1))
        parts[part] = start + around[0] + lines + around[1] + end

    return changed(change)


def beside_sheet(
    relation: str, name: str, start: bytes, piece: bytes, end: bytes, size: int, tag: bytes = b""
) -> Maker:
    """A part of so many bytes to which the first sheet refers."""

    def make(package: bytes) -> bytes:
        parts = parts_of(package)
        rels = "xl/worksheets/_rels/sheet1.xml.rels"
        entry = f'<Relationship Id="rId99" Type="{_OFFICE}/{relation}" Target="/{name}"/>'.encode()
        old = parts.get(rels, _rels(b""))
        parts[rels] = old.replace(b"</Relationships>", entry + b"</Relationships>")
        if tag:
            parts[_SHEET] = parts[_SHEET].replace(
                b"</worksheet>", tag.replace(b"r:id", b'xmlns:r="%s" r:id' % _OFFICE.encode()) + b"</worksheet>"
            )
        return with_long(_packed(parts), name, start, piece, end, size)

    return make


def _rels(inner: bytes) -> bytes:
    return (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
        % inner
    )


def _packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------- workbooks


def overlapping(package: bytes) -> bytes:
    """Eleven thousand bytes that unfold to five thousand million: every part is the same piece, named anew."""
    info, data = long_part("xl/worksheets/sheet1.xml", b"", b" ", b"", 8 * MIB)
    parts = parts_of(package)
    parts.pop(_SHEET)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for other, content in parts.items():
            target.writestr(other, content)
        start = buffer.tell()
        buffer.write(info.FileHeader(zip64=False) + data)
        for number in range(640):
            entry = zipfile.ZipInfo(_SHEET if not number else f"xl/worksheets/s{number}.xml")
            entry.compress_type, entry.compress_size, entry.file_size = 8, info.compress_size, info.file_size
            entry.header_offset, entry.CRC = start, 0
            target.filelist.append(entry)
        target.start_dir = buffer.tell()
        target._didModify = True  # type: ignore[attr-defined]
    return buffer.getvalue()


def repeated_text(length: int, cells: int) -> Maker:
    """One shared text in many cells."""

    def make(package: bytes) -> bytes:
        parts = parts_of(shared(package))
        texts = parts[_TEXTS]
        number = texts.count(b"<si>")
        parts[_TEXTS] = texts.replace(b"</sst>", b"<si><t>%s</t></si></sst>" % ("长" * length).encode())
        rows = b"".join(
            b'<row r="%d"><c r="K%d" t="s"><v>%d</v></c></row>' % (r, r, number) for r in range(200, 200 + cells)
        )
        parts[_SHEET] = parts[_SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
        return _packed(parts)

    return make


def many_sheets(count: int) -> Maker:
    """So many sheets in the list, all of them the same part."""

    def change(parts: Parts) -> None:
        entry = re.search(rb'<sheet [^>]*?r?:?id="(\w+)"[^>]*/>', parts[_BOOK])
        assert entry
        lines = b"".join(
            b'<sheet xmlns:q="%s" name="s%d" sheetId="%d" state="visible" q:id="%s"/>'
            % (_OFFICE.encode(), n, n + 100, entry[1])
            for n in range(count)
        )
        parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", lines + b"</sheets>")

    return changed(change)


def nested(tag: bytes, part: str, before: bytes, depth: int) -> Maker:
    """Elements inside elements, so many deep."""

    def change(parts: Parts) -> None:
        start, end = _cut(parts, part, before)
        parts[part] = start + b"<%s>" % tag * depth + b"</%s>" % tag * depth + end

    return changed(change)


def many_entries(count: int) -> Maker:
    """So many empty parts more."""

    def change(parts: Parts) -> None:
        parts.update({f"x/{n}": b"" for n in range(count)})

    return changed(change)


_DRAWING = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
)
_ANCHOR = (
    b"<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>9</xdr:row></xdr:from>"
    b'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="x"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p>'
    b"</xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
)
_END = b"</xdr:wsDr>"
_COMMENT = b'<comment ref="B9" authorId="0"><text><r><t>x</t></r></text></comment>'
_COMMENTS = b'<comments xmlns="%s"><authors><author/></authors><commentList>' % _MAIN
_VML = b'<xml xmlns:x="urn:schemas-microsoft-com:office:excel">'


def _with_drawing(piece: bytes, size: int) -> Maker:
    return beside_sheet("drawing", "xl/drawings/drawing9.xml", _DRAWING, piece, _END, size, b'<drawing r:id="rId99"/>')


WORKBOOKS: dict[str, Maker] = {
    "a sheet of 5 GB": stuffed(_SHEET, b"</sheetData>", b" " * 100, 5 * GIB),
    "one piece under 640 names": overlapping,
    "one text of 350 000 in 3 200 cells": repeated_text(350_000, 3_200),
    "one text of 32 000 in 100 000 cells": repeated_text(32_000, 100_000),
    "a drawing of 200 MB": _with_drawing(_ANCHOR, 200 * MIB),
    "a drawing of 55 MB": _with_drawing(_ANCHOR, 55 * MIB),
    "a drawing of small tags": _with_drawing(b"<a/>", 55 * MIB),
    "comments of 55 MB": beside_sheet(
        "comments", "xl/comments9.xml", _COMMENTS, _COMMENT, b"</commentList></comments>", 55 * MIB
    ),
    "controls without an end": beside_sheet(
        "vmlDrawing", "xl/drawings/v9.vml", _VML, b'<x:ClientData ObjectType="Checkbox">', b"</xml>", 20 * MIB,
        b'<legacyDrawing r:id="rId99"/>',
    ),
    "a million names": numbered(
        _BOOK, b"</workbook>", b'<definedName name="n%d">a!$A$1</definedName>', 1_000_000,
        (b"<definedNames>", b"</definedNames>"),
    ),
    "200 000 names": numbered(
        _BOOK, b"</workbook>", b'<definedName name="n%d">a!$A$1</definedName>', 200_000,
        (b"<definedNames>", b"</definedNames>"),
    ),
    "a million formats of cells": stuffed(_STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>', 18 * MIB),
    "a million formats of numbers": numbered(
        _STYLES, b"</styleSheet>", b'<numFmt numFmtId="%d" formatCode="0.0%d"/>', 1_000_000,
        (b"<numFmts>", b"</numFmts>"),
    ),
    "a number format of a million signs": numbered(
        _STYLES, b"</styleSheet>", b"[&gt;%d]0_-", 80_000,
        (b'<numFmts><numFmt numFmtId="14" formatCode="', b'"/></numFmts>'),
    ),
    "a cell in the last corner": numbered(
        _SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>%d</v></c></row>', 1
    ),
    "everything merged": numbered(
        _SHEET, b"</worksheet>", b'<mergeCells count="%d"><mergeCell ref="A30:XFD1048576"/></mergeCells>', 1
    ),
    "rules over everything": numbered(
        _SHEET, b"</worksheet>",
        b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="%d"><formula>1</formula>'
        b"</cfRule></conditionalFormatting>", 100_000,
    ),
    "lists to choose from over everything": numbered(
        _SHEET, b"</worksheet>",
        b'<dataValidation type="list" sqref="A1:XFD1048576"><formula1>"%d"</formula1></dataValidation>', 300_000,
        (b"<dataValidations>", b"</dataValidations>"),
    ),
    "a million spans of columns": numbered(
        _SHEET, b"<sheetData>", b'<col min="1" max="16384" hidden="1" width="%d"/>', 500_000, (b"<cols>", b"</cols>")
    ),
    "failed cells without a value": numbered(_SHEET, b"</sheetData>", b'<row r="%d"><c r="A%d" t="e"/></row>', 300_000),
    "formulas without a value": numbered(
        _SHEET, b"</sheetData>", b'<row r="%d"><c r="A%d"><f>1</f></c></row>', 300_000
    ),
    "tags within tags in the sheet": nested(b"a", _SHEET, b"</worksheet>", 2_000_000),
    "tags within tags in the workbook": nested(b"a", _BOOK, b"</workbook>", 2_000_000),
    "tags within tags in the styles": nested(b"a", _STYLES, b"</styleSheet>", 2_000_000),
    "tags within tags in the types": nested(b"a", _TYPES, b"</Types>", 2_000_000),
    "20 000 sheets of one part": many_sheets(20_000),
    "60 000 parts": many_entries(60_000),
    "types of 55 MB": stuffed(_TYPES, b"</Types>", b'<Default Extension="a" ContentType="b"/>', 55 * MIB),
    "relations of 55 MB": stuffed(
        "xl/_rels/workbook.xml.rels", b"</Relationships>", b'<Relationship Id="a" Type="b" Target="c"/>', 55 * MIB
    ),
    "texts of a million runs": lambda data: stuffed(
        _TEXTS, b"</sst>", b"<r><rPr><strike/></rPr><t>x</t></r>", 36 * MIB, around=(b"<si>", b"</si>")
    )(shared(data)),
    "a million texts": lambda data: stuffed(_TEXTS, b"</sst>", b"<si><t>x</t></si>", 50 * MIB)(shared(data)),
    "properties of 5 GB": stuffed("docProps/core.xml", b"</cp:coreProperties>", b" " * 100, 5 * GIB),
    "the list of parts is 5 GB": stuffed("_rels/.rels", b"</Relationships>", b" " * 100, 5 * GIB),
}  # fmt: skip


# ---------------------------------------------------------------------------------------------- papers


def with_related(kind: str, name: str, start: bytes, piece: bytes, end: bytes, size: int, tag: bytes = b"") -> Maker:
    """A paper with a part of so many bytes to which its body refers."""

    def make(package: bytes) -> bytes:
        return with_long(_referring(package, kind, name, tag), name, start, piece, end, size)

    return make


def _referring(package: bytes, kind: str, name: str, tag: bytes = b"", count: int = 1) -> bytes:
    parts = parts_of(package)
    target = "/" + name
    entry = f'<Relationship Id="rIdBomb" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'.encode()
    parts[_BODY_RELS] = parts[_BODY_RELS].replace(b"</Relationships>", entry)
    ending = name.rpartition(".")[2].encode()
    parts[_TYPES] = re.sub(
        rb"(<Types[^>]*>)", rb'\1<Default Extension="%s" ContentType="application/octet-stream"/>' % ending,
        parts[_TYPES], count=1,
    ) if b'Extension="%s"' % ending not in parts[_TYPES] else parts[_TYPES]  # fmt: skip
    if tag:
        head, sect, rest = parts[_BODY].rpartition(b"<w:sectPr")
        parts[_BODY] = head + tag * count + sect + rest
    return _packed(parts)


_CHUNK = b'<w:altChunk xmlns:r="%s" r:id="rIdBomb"/>' % _OFFICE.encode()
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def papers_in_papers(depth: int, count: int) -> Maker:
    """A paper that shows another one so many times, which shows another one as many times, and so on."""

    def make(package: bytes) -> bytes:
        inner = package
        for _ in range(depth):
            outer = _referring(package, "aFChunk", "word/inner.docx", _CHUNK, count)
            parts = parts_of(outer)
            parts["word/inner.docx"] = inner
            inner = _packed(parts)
        return inner

    return make


def paper_in_paper(vast: Maker) -> Maker:
    """A paper that shows a vast one."""

    def make(package: bytes) -> bytes:
        parts = parts_of(_referring(package, "aFChunk", "word/inner.docx", _CHUNK))
        return _packed(parts | {"word/inner.docx": vast(package)})

    return make


def with_page(page: bytes, kind: str = "html") -> Maker:
    """A paper that shows a page."""

    def make(package: bytes) -> bytes:
        name = f"word/page.{kind}"
        return _packed(parts_of(_referring(package, "aFChunk", name, _CHUNK)) | {name: page})

    return make


def same_header(count: int) -> Maker:
    """So many relations to the same header."""

    def change(parts: Parts) -> None:
        parts["word/headerx.xml"] = b"<w:hdr %s>%s</w:hdr>" % (_W, b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 3000)
        lines = b"".join(
            b'<Relationship Id="h%d" Type="%s/header" Target="headerx.xml"/>' % (n, _OFFICE.encode())
            for n in range(count)
        )
        parts[_BODY_RELS] = parts[_BODY_RELS].replace(b"</Relationships>", lines + b"</Relationships>")

    return changed(change)


def in_body(inner: bytes) -> Maker:
    """A paper with this before the end of its body."""

    def change(parts: Parts) -> None:
        head, sect, rest = parts[_BODY].rpartition(b"<w:sectPr")
        parts[_BODY] = head + inner + sect + rest

    return changed(change)


def _deep(tag: str, depth: int, inside: str = "") -> bytes:
    return (f"<{tag}>" * depth + inside + f"</{tag}>" * depth).encode()


_CELL = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
_VAST_GRID = (
    b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    b"</w:tr></w:tbl>"
)
_BODY_5G = stuffed(_BODY, b"</w:body>", b" " * 100, 5 * GIB)


def _archive(page: bytes, encoded: bytes = b"base64") -> bytes:
    """A web archive that holds one page."""
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
        b"Content-Transfer-Encoding: %s\r\n\r\n%s\r\n--b--\r\n" % (encoded, page)
    )


def nested_archives(depth: int) -> bytes:
    """Archives within archives."""
    one = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return (
        b"MIME-Version: 1.0\r\n"
        + b"".join(one % (n, n) for n in range(depth))
        + b"Content-Type: text/html\r\n\r\n<table><tr><td>1</td></tr></table>"
    )


PAPERS: dict[str, Maker] = {
    "a body of 5 GB": _BODY_5G,
    "a header of 5 GB": with_related("header", "word/header77.xml", b"<w:hdr %s>" % _W, b" " * 100, b"</w:hdr>", 5 * GIB),
    "a page of 5 GB": with_related("aFChunk", "word/page.html", b"<html><p>", b"x" * 100, b"</html>", 5 * GIB, _CHUNK),
    "a page of 16 MB of tags": with_related("aFChunk", "word/page.html", b"<html>", b"<p>x", b"</html>", 15 * MIB, _CHUNK),
    "a vast paper in a paper": paper_in_paper(_BODY_5G),
    "papers in papers": papers_in_papers(6, 12),
    "papers in papers, many times": papers_in_papers(3, 200),
    "a page with tables in tables": with_page(b"<html>" + b"<table><tr><td>" * 100_000 + b"</html>"),
    "a page with wide cells": with_page(
        b"<html><table>" + b"<tr><td colspan=1000 rowspan=1000>x</td></tr>" * 3_000 + b"</table></html>"
    ),
    "a page in base64": with_page(_archive(base64.encodebytes(b"<p>x</p>" * MIB)), "mht"),
    "archives in archives": with_page(nested_archives(20_000), "mht"),
    "comments of 200 MB": with_related(
        "comments", "word/comments77.xml", b"<w:comments %s>" % _W, b'<w:comment w:id="1"><w:p/></w:comment>',
        b"</w:comments>", 200 * MIB,
    ),
    "a drawing of 200 MB": stuffed(
        _BODY, b"</w:body>", b"<a:t>x</a:t>", 200 * MIB,
        around=(b'<w:p><w:r><w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">',
                b"</w:drawing></w:r></w:p>"),
    ),
    "a drawing of 14 MB": stuffed(
        _BODY, b"</w:body>", b"<a:t>%s</a:t>" % (b"x" * 200), 14 * MIB,
        around=(b'<w:p><w:r><w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">',
                b"</w:drawing></w:r></w:p>"),
    ),
    "tables in tables": in_body((_CELL[0] * 5_000 + _CELL[1] * 5_000).encode()),
    "controls in controls": in_body(_deep("w:sdt", 50_000)),
    "runs in runs": in_body(b"<w:p>" + _deep("w:ins", 50_000, "<w:r><w:t>x</w:t></w:r>") + b"</w:p>"),
    "formulas in formulas": in_body(
        b'<w:p xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        + b"<m:oMath>" + b"<m:f><m:num>" * 30_000 + b"</m:num></m:f>" * 30_000 + b"</m:oMath></w:p>"
    ),
    "a cell over all columns": in_body(_VAST_GRID),
    "cells over many columns": in_body(
        b"<w:tbl>" + (
            b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="16000"/></w:tcPr><w:p/></w:tc></w:tr>' * 3_000
        ) + b"</w:tbl>"
    ),
    "500 000 tags": in_body(b"<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 70_000),
    "a text of 15 MB": in_body(b"<w:p><w:r><w:t>" + b"1234567890" * 1_500_000 + b"</w:t></w:r></w:p>"),
    "5 000 headers of one part": same_header(5_000),
    "relations of 15 MB": stuffed(
        _BODY_RELS, b"</Relationships>", b'<Relationship Id="a" Type="b" Target="c"/>', 15 * MIB
    ),
    "60 000 parts": many_entries(60_000),
    "the list of parts is 5 GB": stuffed("_rels/.rels", b"</Relationships>", b" " * 100, 5 * GIB),
}  # fmt: skip


# ---------------------------------------------------------------------------------------------- other formats


def _opendocument(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return buffer.getvalue()


_ODS = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>',
    b"</office:spreadsheet></office:body></office:document-content>",
)


def ods(inner: bytes) -> bytes:
    """A sheet of OpenDocument with these rows."""
    return _opendocument(_ODS[0] + b'<table:table table:name="a">' + inner + b"</table:table>" + _ODS[1])


_ROW, _C = b"<table:table-row%s>%s</table:table-row>", b"<table:table-cell%s><text:p>x</text:p></table:table-cell>"


def xml2003(inner: bytes) -> bytes:
    """A sheet of the XML of Excel 2003 with this in its table."""
    return (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
        b'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        b'<Worksheet ss:Name="a"><Table>' + inner + b"</Table></Worksheet></Workbook>"
    )


def circles(compound: bytes) -> bytes:
    """An old workbook in whose allocation table every sector follows itself."""
    changed_ = bytearray(compound)
    (sector,) = struct.unpack_from("<I", compound, 76)
    at = (sector + 1) * 512
    for n in range(128):
        struct.pack_into("<I", changed_, at + 4 * n, n)
    return bytes(changed_)


def zips_in_zips(depth: int) -> bytes:
    """Archives of the sort .zip, each in another one."""
    data = b" " * MIB
    for _ in range(depth):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for n in range(4):
                package.writestr(f"{n}.zip", data)
        data = buffer.getvalue()
    return data


def _page(inner: bytes) -> bytes:
    return b'<html><head><meta charset="utf-8"></head><body>' + inner + b"</body></html>"


def files(compound: bytes) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """(what, suffix, maker) of the files of other formats; `compound` is a good old workbook."""
    yield "repeated rows", "ods", lambda: ods(_ROW % (b' table:number-rows-repeated="1000000000"', _C % b""))
    yield "repeated cells", "ods", lambda: ods(_ROW % (b"", _C % b' table:number-columns-repeated="1000000000"'))
    yield (
        "repeated both",
        "ods",
        lambda: ods(_ROW % (b' table:number-rows-repeated="1048576"', _C % b' table:number-columns-repeated="16384"')),
    )
    yield (
        "repeated empty rows, hidden",
        "ods",
        lambda: ods(_ROW % (b' table:number-rows-repeated="99999" table:visibility="collapse"', b"") * 100_000),
    )
    yield (
        "spans of cells",
        "ods",
        lambda: ods(
            _ROW % (b"", _C % b' table:number-columns-spanned="1000000000" table:number-rows-spanned="1000000000"')
        ),
    )
    yield "many small cells", "ods", lambda: ods(_ROW % (b"", _C % b"" * 9) * 100_000)
    yield "tables in tables", "ods", lambda: ods(b"<table:table>" * 500_000 + b"</table:table>" * 500_000)
    yield "tags in tags", "ods", lambda: ods(b"<text:span>" * 500_000 + b"</text:span>" * 500_000)
    yield "5 GB", "ods", lambda: with_long(_opendocument(b""), "content.xml", _ODS[0], b" " * 100, _ODS[1], 5 * GIB)
    yield (
        "Excel 2003, far cell",
        "xml",
        lambda: xml2003(b'<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="String">x</Data></Cell></Row>'),
    )
    yield (
        "Excel 2003, hidden spans",
        "xml",
        lambda: xml2003(
            b'<Column ss:Index="1" ss:Span="1000000000" ss:Hidden="1"/>' + b'<Row ss:Span="1000000000" ss:Hidden="1"/>'
        ),
    )
    yield (
        "Excel 2003, many merges",
        "xml",
        lambda: xml2003(
            b"<Row>"
            + b'<Cell ss:MergeDown="1000000000" ss:MergeAcross="999999999"><Data ss:Type="String">x</Data></Cell>' * 3
            + b"</Row>"
        ),
    )
    yield "Excel 2003, tags in tags", "xml", lambda: xml2003(b"<Row>" * 300_000 + b"</Row>" * 300_000)
    yield "a chain in circles", "xls", lambda: circles(compound)
    yield "10 000 000 separators in a line", "csv", lambda: "序号,事项,".encode() + b"," * 10_000_000
    yield "10 000 000 lines", "csv", lambda: "序号,事项\n".encode() + b"1,2\n" * 2_500_000 + b"\n" * 7_500_000
    yield "a quote that is never closed", "csv", lambda: "序号,事项\n".encode() + b'1,"' + b"x,\n" * 10_000_000
    yield "many quotes", "csv", lambda: "序号,事项\n".encode() + b'"",' * 8_000_000
    yield "a text of 100 MB", "txt", lambda: b"1234567890" * 10 * MIB
    yield (
        "wide cells",
        "xls",
        lambda: _page(b"<table>" + b"<tr><td colspan=999999999 rowspan=999999999>x</td></tr>" * 2_000 + b"</table>"),
    )
    yield (
        "many wide cells",
        "html",
        lambda: _page(
            b"<table>"
            + b"<tr>"
            + b"<td rowspan=60000 colspan=15>x</td>" * 1_000
            + b"</tr>"
            + b"<tr></tr>" * 60_000
            + b"</table>"
        ),
    )
    yield "tables in tables", "html", lambda: _page(b"<table><tr><td>" * 500_000)
    yield "tags never closed", "html", lambda: _page(b"<table><tr><td>x" + b"<b>" * 5_000_000)
    yield "angles never closed", "html", lambda: _page(b"<table><tr><td>x" + b"<a " * 5_000_000)
    yield "remarks never closed", "html", lambda: _page(b"<table><tr><td>x" + b"<!-- " * 3_000_000)
    yield "entities without end", "html", lambda: _page(b"<table><tr><td>x" + b"&" * 10_000_000)
    yield "rules of a page", "html", lambda: _page(b"<style>" + b".a{b:c;" * 2_000_000 + b"</style><table><tr><td>x")
    yield "a page in base64", "mht", lambda: _archive(base64.encodebytes(_page(b"<table>" + b"<tr><td>x" * 1_500_000)))
    yield "archives in archives", "mht", lambda: nested_archives(50_000)
    yield "archives in archives, deeper", "xls", lambda: nested_archives(300_000)
    yield (
        "many parts",
        "mht",
        lambda: (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
            + b"--b\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1</td></tr></table>\r\n" * 300_000
        ),
    )
    yield "zips in zips", "xlsx", lambda: zips_in_zips(10)


def all_of(book: bytes, paper: bytes, compound: bytes) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """(what, suffix, maker) of all of them."""
    for name, maker in WORKBOOKS.items():
        yield name, "xlsx", partial(maker, book)
    for name, maker in PAPERS.items():
        yield name, "docx", partial(maker, paper)
    yield from files(compound)


def sample(names: Sequence[str], every: int) -> list[str]:
    """Some of the names."""
    return list(names[::every])
