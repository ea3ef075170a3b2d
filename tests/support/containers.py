"""Containers of Office files with nothing of interest in them: what a file is, the names of its parts say."""

from __future__ import annotations

import io
import struct
import zipfile


def compound(*streams: str) -> bytes:
    """A compound file with empty streams of these names."""
    names = ["Root Entry", *streams]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", 2 * len(name) + 2, 2 if n else 5, 1)
        + bytes(48)
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
        for n, name in enumerate(names)
    ).ljust(512, b"\0")
    fat = struct.pack("<2I", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<8I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    return head.ljust(512, b"\xff") + fat + directory


def package(*parts: str, mimetype: str = "", types: str = "") -> bytes:
    """A zip file with parts that hold nothing of interest."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        if mimetype:
            target.writestr("mimetype", mimetype)
        if types:
            target.writestr("[Content_Types].xml", f'<Types><Override ContentType="{types}"/></Types>')
        for part in parts:
            target.writestr(part, "<x/>")
    return buffer.getvalue()
