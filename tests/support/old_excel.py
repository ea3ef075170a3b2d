"""Small workbooks of Excel 2 to 95, record by record, in GBK as Chinese programs of that time wrote them."""

from __future__ import annotations

import struct

from tests.support.foreign import Rows


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def excel95(rows: Rows, *, page: int | None = 936, hidden_row: int = 0, struck: bool = False) -> bytes:
    """A stream of Excel 95 with one sheet `台账`; numbers where a text is one, `@44681` a day."""
    day = "yyyy年m月d日".encode("gbk")
    head = [
        record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)),
        *([record(0x42, struct.pack("<H", page))] if page else []),
        record(0x31, struct.pack("<HH", 200, 0) + bytes(10)),
        *[record(0x31, struct.pack("<HH", 200, 8 if struck else 0) + bytes(10))] * 5,
        record(0x41E, struct.pack("<HB", 164, len(day)) + day),
        record(0xE0, struct.pack("<HH", 0, 0) + bytes(12)),
        record(0xE0, struct.pack("<HH", 0, 164) + bytes(12)),
        record(0xE0, struct.pack("<HH", 6, 0) + bytes(12)),
    ]
    name = "台账".encode("gbk")
    start = sum(map(len, head)) + 4 + 7 + len(name) + 4
    sheet = record(0x85, struct.pack("<IBBB", start, 0, 0, len(name)) + name)
    body = [record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))]
    for r, row in enumerate(rows):
        body.append(record(0x208, struct.pack("<HHHHHHHH", r, 0, 9, 255, 0, 0, 0x20 if r + 1 == hidden_row else 0, 0)))
        for c, text in enumerate(row):
            body.append(_cell(r, c, text, 2 if struck else 0))
    return b"".join([*head, sheet, record(0x0A), *body, record(0x0A)])


def _cell(r: int, c: int, text: str, style: int) -> bytes:
    if text.startswith("@"):
        return record(0x203, struct.pack("<HHHd", r, c, 1, float(text[1:])))
    if text.isdecimal():
        return record(0x27E, struct.pack("<HHHI", r, c, style, int(text) << 2 | 2))
    raw = text.encode("gbk")
    return record(0x204, struct.pack("<HHHH", r, c, style, len(raw)) + raw) if text else b""


def excel4(rows: Rows) -> bytes:
    """A file of Excel 4: one sheet, packed into nothing."""
    cells = b"".join(_cell(r, c, text, 0) for r, row in enumerate(rows) for c, text in enumerate(row))
    return record(0x409, struct.pack("<HHH", 0, 0x10, 0)) + record(0x443, bytes(12)) + cells + record(0x0A)


def excel2(rows: Rows) -> bytes:
    """A file of Excel 2: three bytes of attributes in each cell, texts of at most 255 bytes."""
    out = [record(0x09, struct.pack("<HH", 2, 0x10)), record(0x1E, b"\x07General")]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            raw = text.encode("gbk")
            place = struct.pack("<HH", r, c) + bytes(3)
            number = text.isdecimal()
            out.append(
                record(2, place + struct.pack("<H", int(text)))
                if number
                else record(4, place + bytes([len(raw)]) + raw)
            )
    return b"".join([*out, record(0x0A)])


def compound(stream: bytes, name: str = "Book", embedded: bytes = b"") -> bytes:
    """A compound file with a stream; `embedded` is the stream of the same name of an object inside the workbook."""
    parts = [data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for data in (stream, embedded) if data]
    starts = [2 + sum(len(p) // 512 for p in parts[:n]) for n in range(len(parts))]
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    for start, part in zip(starts, parts, strict=True):
        count = len(part) // 512
        fat += [*range(start + 1, start + count), 0xFFFFFFFE]
    none = 0xFFFFFFFF
    entries = [
        _entry("Root Entry", 5, child=1),
        _entry(name, 2, starts[0], len(parts[0]), right=2 if embedded else none),
    ]
    if embedded:
        entries += [_entry("MBD00", 1, child=3), _entry(name, 2, starts[1], len(parts[1]))]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<8I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return head.ljust(512, b"\xff") + table + b"".join(entries).ljust(512, b"\0") + b"".join(parts)


def _entry(name: str, type: int, start: int = 0xFFFFFFFE, size: int = 0, child: int = -1, right: int = -1) -> bytes:
    links = struct.pack("<3I", 0xFFFFFFFF, right & 0xFFFFFFFF, child & 0xFFFFFFFF)
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw) + 2, type, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
