"""Small .docx files for tests, made of text and, where a test needs it, of raw WordprocessingML."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)


def para(text: str, properties: str = "") -> str:
    """A paragraph of one run; `\\n` is a line break, `\\t` a tab."""
    inner = "".join(_run_piece(p) for p in _pieces(text))
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r>{inner}</w:r></w:p>"


def _pieces(text: str) -> list[str]:
    return [p for p in text.replace("\n", "\0\n\0").replace("\t", "\0\t\0").split("\0") if p]


def _run_piece(piece: str) -> str:
    if piece in {"\n", "\t"}:
        return "<w:br/>" if piece == "\n" else "<w:tab/>"
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A plain table; a cell that begins with `<w:tc>` is taken as it is."""
    width = max(len(r) for r in rows)
    columns = '<w:gridCol w:w="1000"/>' * width
    body = "".join(f"<w:tr>{''.join(cell(c) for c in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    """One table cell, one paragraph for each line."""
    if text.startswith("<w:tc>"):
        return text
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(para(line) for line in text.split(chr(10)))}</w:tc>"


def run(text: str, properties: str = "") -> str:
    """A run with properties of its own, to stand in a `line`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def line(*runs: str, properties: str = "") -> str:
    """A paragraph of raw runs; a plain text becomes one."""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def styles(*inner: str) -> dict[str, tuple[str, str]]:
    """The styles part, as one of the `parts` of a document."""
    return {"styles.xml": ("styles", f"<w:styles {NAMESPACES}>{''.join(inner)}</w:styles>")}


def style(name: str, properties: str = "", kind: str = "paragraph", based_on: str = "", more: str = "") -> str:
    """One style of the `styles`, with properties of its letters."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{more}><w:name w:val="{name}"/>{base}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def field(code: str, result: str | None = None, more: str = "") -> str:
    """The runs of a field; with `result` None it has none. The code may hold raw runs, such as another field."""
    codes = (
        code if code.startswith("<") else f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    )
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"{more}/></w:r>'
    return f'{begin}{codes}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def control(inner: str, properties: str = "") -> str:
    """A content control around raw XML."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def sign(code: str, font: str = "Wingdings") -> str:
    """A run with a sign of a font by its code."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def drawing(content: str = "<a:blip/>", height: int = 2_000_000) -> str:
    """A run with a drawing, by default a picture of 5 cm; `height` in EMU."""
    extent = f'<wp:extent cx="3000000" cy="{height}"/>'
    return f"<w:r><w:drawing><wp:inline>{extent}<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"


def strict(data: bytes) -> bytes:
    """The same .docx in the form of "strict" Open XML, as far as these documents go."""
    out = io.BytesIO()
    schemas, purl = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for folder, last in (
                (b"wordprocessingml", b"main"),
                (b"officeDocument", b"relationships"),
                (b"officeDocument", b"math"),
            ):
                content = content.replace(schemas + folder + b"/2006/" + last, purl + folder + b"/" + last)
            new.writestr(name, content)
    return out.getvalue()


def docx(*blocks: str, section: str = _SECTION, parts: Mapping[str, tuple[str, str | bytes]] | None = None) -> bytes:
    """A .docx of paragraphs (plain texts) and raw blocks (`<w:…`). `parts`: name → (kind of relation, XML)."""
    body = "".join(b if b.startswith(("<w:", "<m:", "<mc:")) else para(b) for b in blocks)
    parts = parts or {}
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for n, (name, (kind, _)) in enumerate(parts.items(), 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        "word/document.xml": f"{head}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        **{posixpath.normpath(f"word/{name}"): content for name, (_, content) in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, content in files.items():
            package_file.writestr(name, content)
    return out.getvalue()
