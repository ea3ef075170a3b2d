"""Small .docx files for tests, made of text and, where a test needs it, of raw WordprocessingML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
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


def docx(*blocks: str, section: str = _SECTION, parts: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A .docx of paragraphs (plain texts) and raw blocks (`<w:…`). `parts`: name → (kind of relation, XML)."""
    body = "".join(b if b.startswith("<w:") else para(b) for b in blocks)
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
        **{f"word/{name}": xml for name, (_, xml) in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, content in files.items():
            package_file.writestr(name, content)
    return out.getvalue()
