"""Which photographs are printed, and why others are not."""

from __future__ import annotations

import struct

import pytest

from tests.support.handmade import png
from tongbao.word.pictures import MOST_BYTES, photo


def jpeg(
    size: tuple[int, int] = (40, 30), first: bytes = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
) -> bytes:
    """The frame of a JPEG of this size; its points are of no matter here."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", size[1], size[0]) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    scan = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00" + bytes(20)
    return b"\xff\xd8" + first + frame + scan + b"\xff\xd9"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png(), ""),
        (jpeg(), ""),
        (png()[:-1], "图片已损坏"),
        (png().replace(b"IDAT", b"IDAX"), "图片已损坏"),
        (jpeg()[:-2], "图片已损坏"),
        (jpeg()[:30], "图片已损坏"),
        (b"\xff\xd8\xff", "图片已损坏"),
        (b"GIF89a", "不是 PNG 或 JPEG 图片"),
        (b"", "不是 PNG 或 JPEG 图片"),
        (jpeg((60_000, 60_000)), "图片尺寸不正常（60000×60000）"),
        (jpeg((0, 5)), "图片尺寸不正常（0×5）"),
        (png() + bytes(MOST_BYTES), "图片太大（20 MB），最多20 MB"),
    ],
)
def test_only_whole_pictures_of_a_sensible_size_are_printed(data: bytes, why: str) -> None:
    made, said = photo(data, "照片")
    assert said == why
    assert (made is None) is bool(why)


def test_a_jpeg_without_the_usual_head_is_given_one() -> None:
    bare = jpeg(first=b"\xff\xdb\x00\x03\x00")
    made, _ = photo(bare, "照片")
    assert made
    assert made.data[6:10] == b"JFIF"
    assert made.data[20:] == bare[2:]
