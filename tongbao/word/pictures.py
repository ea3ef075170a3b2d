"""Photographs for the page: which may be printed, and how large they come out.

Only PNG and JPEG are, and only whole ones: Word shows a damaged picture as a red cross, on paper that was mailed.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

# Set by feel: a photograph of a telephone has 12 million points and 5 MB. Ten of the largest that pass make a paper of
# 200 MB, which no mailbox takes, but Word still opens.
MOST_BYTES, MOST_POINTS = 20 * 1024 * 1024, 50_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# The segment with which most JPEG files begin; python-docx knows a JPEG by it, or by that of cameras (Exif).
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00"
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # segments of a JPEG that tell its size
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


class Photo(NamedTuple):
    """A photograph that a template prints with `{{ 图 }}`; `name` says in Chinese what it is of."""

    data: bytes
    name: str = ""


def photo(data: bytes, name: str) -> tuple[Photo | None, str]:
    """The photograph in these bytes; None, and why in Chinese, where it cannot be printed."""
    if len(data) > MOST_BYTES:
        return None, f"图片太大（{len(data) // (1024 * 1024)} MB），最多20 MB"
    if not data.startswith((_PNG, _JPEG)):
        return None, "不是 PNG 或 JPEG 图片"
    try:
        width, height = _png_size(data) if data.startswith(_PNG) else _jpeg_size(data)
    except (struct.error, IndexError, ValueError):
        return None, "图片已损坏"
    if not 0 < width * height <= MOST_POINTS:
        return None, f"图片尺寸不正常（{width}×{height}）"
    bare = data.startswith(_JPEG) and data[6:10] not in (b"JFIF", b"Exif")
    return Photo(data[:2] + _JFIF + data[2:] if bare else data, name), ""


def _png_size(data: bytes) -> tuple[int, int]:
    """The size of a PNG. Raises ValueError, or what reading beyond its end raises, where it is not whole."""
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 4 : at + 8 + length]
        if struct.unpack_from(">I", data, at + 8 + length)[0] != zlib.crc32(content):
            raise ValueError(kind)
        at += 12 + length
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """The size of a JPEG. Raises ValueError, or what reading beyond its end raises, where it is not whole."""
    at, size = 2, (0, 0)
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = width, height
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:  # the picture itself, up to the end mark
            if data.rfind(b"\xff\xd9") < at or size == (0, 0):
                raise ValueError(marker)
            return size
    raise ValueError(data[at])
