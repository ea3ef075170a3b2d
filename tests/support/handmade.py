"""Workbooks of .xlsx written by hand, part by part: with what no library writes (cell pictures, controls, check boxes)."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = (
    f'xmlns="{_MAIN}" xmlns:r="{OFFICE}" xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
Relation = tuple[str, str, str]
# The cell formats: 0 plain, 1 struck out, 2 Wingdings, 3 Wingdings 2, 4 a check box of Excel 365.
STRUCK, WINGDINGS, WINGDINGS_2, CHECK_BOX = 1, 2, 3, 4
_BOX = '<extLst><ext uri="{C7286773}" xmlns:f="http://schemas.microsoft.com/office/2022"><f:xfComplement i="0"/></ext></extLst>'
STYLES = (
    f'<styleSheet {NAMESPACES}><fonts><font><name val="宋体"/></font><font><strike/><name val="宋体"/></font>'
    '<font><name val="Wingdings"/></font><font><name val="Wingdings 2"/></font></fonts>'
    "<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
    + "".join(f'<xf fontId="{n}"/>' for n in range(4))
    + f'<xf fontId="0">{_BOX}</xf></cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>'
)


def text(words: str, style: int = 0, address: str = "") -> str:
    """A cell with a text of its own; its address is put in by `handmade`."""
    return f'<c {address} s="{style}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'


def runs(*pieces: tuple[str, str]) -> str:
    """A cell whose text has several looks: (properties of the run, words)."""
    inside = "".join(f"<r><rPr>{look}</rPr><t>{escape(words)}</t></r>" for look, words in pieces)
    return f'<c t="inlineStr"><is>{inside}</is></c>'


def handmade(
    table: str,
    cells: Mapping[str, str] | None = None,
    *,
    after: str = "",
    strings: Iterable[str] = (),
    sheet: Iterable[Relation] = (),
    book: Iterable[Relation] = (),
    parts: Mapping[str, str | bytes | list[Relation]] | None = None,
) -> bytes:
    """A workbook with one sheet: the cells of a table drawn with `|`, some of them replaced by XML (empty: no cell).

    `after`: XML behind the cells. `sheet`, `book`: relationships (id, type, target). `parts`: further parts by name.
    """
    drawn = {
        f"{'ABCDEFGHIJ'[c]}{r}": text(words.strip())
        for r, line in enumerate(table.strip().splitlines(), 1)
        for c, words in enumerate(line.strip().strip("|").split("|"))
        if words.strip()
    }
    placed = {at: re.sub(r"^<c( r=\S+)?", f'<c r="{at}"', xml) for at, xml in {**drawn, **(cells or {})}.items() if xml}
    by_row: dict[int, str] = {}
    for at in sorted(placed, key=lambda at: (int(at[1:]), at)):
        by_row[int(at[1:])] = by_row.get(int(at[1:]), "") + placed[at]
    rows = "".join(f'<row r="{number}">{xml}</row>' for number, xml in by_row.items())
    shared = "".join(f"<si>{item}</si>" for item in strings)
    return _packed(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": [("rId1", "officeDocument", "xl/workbook.xml")],
            "xl/workbook.xml": f'<workbook {NAMESPACES}><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"),
                *([("rId3", "sharedStrings", "sharedStrings.xml")] if shared else []),
                *book,
            ],
            "xl/worksheets/sheet1.xml": f"<worksheet {NAMESPACES}><sheetData>{rows}</sheetData>{after}</worksheet>",
            "xl/worksheets/_rels/sheet1.xml.rels": list(sheet),
            "xl/styles.xml": STYLES,
            **({"xl/sharedStrings.xml": f"<sst {NAMESPACES}>{shared}</sst>"} if shared else {}),
            **(parts or {}),
        }
    )


def _types() -> str:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>'
    )


def _packed(parts: Mapping[str, str | bytes | list[Relation]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, _relations(content) if isinstance(content, list) else content)
    return buffer.getvalue()


def _relations(found: list[Relation]) -> str:
    listed = (
        f'<Relationship Id="{id}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for id, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(listed)}</Relationships>'


def anchored(at: tuple[int, int], inside: str) -> str:
    """Something of a drawing, with the cell under its upper left corner (row and column from 1)."""
    corner = f"<xdr:from><xdr:col>{at[1] - 1}</xdr:col><xdr:row>{at[0] - 1}</xdr:row></xdr:from>"
    return f"<xdr:twoCellAnchor>{corner}{inside}</xdr:twoCellAnchor>"


def picture(embed: str = "rId1") -> str:
    """A picture of a drawing."""
    return f'<xdr:pic><xdr:blipFill><a:blip r:embed="{embed}"/></xdr:blipFill></xdr:pic>'


def text_box(words: str, hidden: str = "0") -> str:
    """A text box of a drawing; that of a control's caption is hidden."""
    body = f"<xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody>"
    return f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="x" hidden="{hidden}"/></xdr:nvSpPr>{body}</xdr:sp>'


def drawing(table: str, inside: str, cells: Mapping[str, str] | None = None, image: bytes = b"") -> bytes:
    """A workbook whose sheet has a drawing; its only picture is `image`."""
    return handmade(
        table,
        cells,
        sheet=[("rId9", "drawing", "../drawings/drawing7.xml")],
        parts={
            "xl/drawings/drawing7.xml": f"<xdr:wsDr {NAMESPACES}>{inside}</xdr:wsDr>",
            "xl/drawings/_rels/drawing7.xml.rels": [("rId1", "image", "../media/image1.png")],
            "xl/media/image1.png": image,
        },
    )


def png(width: int = 40, height: int = 30) -> bytes:
    """A red picture of this size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    points = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def cell_pictures(images: Mapping[str, bytes]) -> tuple[Relation, dict[str, str | bytes | list[Relation]]]:
    """The cell pictures of WPS by their ids: the relationship of the workbook to their list, and the parts."""
    listed = "".join(
        f'<e:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="{id}"/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="rId{n}"/></xdr:blipFill></xdr:pic></e:cellImage>'
        for n, id in enumerate(images)
    )
    relation = ("rId80", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml")
    return relation, {
        "xl/cellimages.xml": f'<e:cellImages xmlns:e="http://www.wps.cn/etc" {NAMESPACES}>{listed}</e:cellImages>',
        "xl/_rels/cellimages.xml.rels": [(f"rId{n}", "image", f"media/image{n}.png") for n in range(len(images))],
        **{f"xl/media/image{n}.png": data for n, data in enumerate(images.values())},
    }
