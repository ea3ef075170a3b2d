"""Small binary workbooks (.xlsb), record by record."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary workbook; type and length in seven bits a byte."""

    def number(value: int) -> bytes:
        return bytes([value]) if value < 128 else bytes([value & 127 | 128, value >> 7])

    return number(kind) + number(len(data)) + data


def wide(text: str) -> bytes:
    """A counted text of a binary workbook."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(rows: Sequence[Sequence[str | float]], merge: tuple[int, int, int, int], hidden: int) -> bytes:
    """A small .xlsb: cells, one merged range, one hidden row (all counted from zero)."""
    cells = b""
    for r, row in enumerate(rows):
        flags = 0x10 if r == hidden else 0
        cells += record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, flags, 0, 0))
        for c, value in enumerate(row):
            head = struct.pack("<II", c, 0)
            cells += (
                record(6, head + wide(value)) if isinstance(value, str) else record(5, head + struct.pack("<d", value))
            )
    merges = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", *merge)) + record(178)
    size = record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    sheet = record(129) + size + record(145) + cells + record(146) + merges + record(130)
    listed = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("台账"))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = f'<Relationships><Relationship Id="rId1" Type="{relation}" Target="worksheets/sheet1.bin"/></Relationships>'
    parts = {
        "xl/workbook.bin": record(131) + record(153, bytes(12)) + record(143) + listed + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": rels.encode(),
        "xl/worksheets/sheet1.bin": sheet,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return buffer.getvalue()
