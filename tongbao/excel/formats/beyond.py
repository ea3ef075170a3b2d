"""What a table in another format than .xlsx holds beside its cells: pictures, charts, comments, by their kind alone."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tongbao.excel.formats.package import Package, told
from tongbao.excel.grid import ReadError
from tongbao.outside import compound
from tongbao.outside.archive import is_archive

_NOTE, _OBJECT, _MADE_OF = 0x1C, 0x5D, 0x15  # [MS-XLS] 2.4.179, 2.4.181, 2.5.143
_OBJECTS = {
    2: "文本框和图形",
    3: "文本框和图形",
    5: "图表",
    6: "文本框和图形",
    8: "图片",
    11: "窗体控件",
    12: "窗体控件",
}
_PARTS = {
    "xl/media/": "图片",
    "xl/charts/chart": "图表",
    "xl/comments": "批注",
    "xl/embeddings/": "嵌入的文件",
    "xl/vbaProject.bin": "宏",
    "Pictures/": "图片",
    "Object ": "图表",
    "Basic/": "宏",
}


def beside(data: bytes) -> tuple[str, ...]:
    """What else than cells is in the file, in the clerk's words; nothing where that is not known."""
    try:
        if is_archive(data):
            names = Package(data).names()
            files = [name for name in names if not name.endswith("/")]
            found = (word for start, word in _PARTS.items() if any(name.startswith(start) for name in files))
            return tuple(dict.fromkeys(found))
        if data.startswith(compound.MAGIC):
            with told():
                return tuple(dict.fromkeys(_in_old(compound.CompoundFile(data))))
    except (ReadError, struct.error, ValueError, LookupError):
        return ()
    return ()


def _in_old(file: compound.CompoundFile) -> Iterator[str]:
    """The objects of the sheets of Excel 97 and later; an arrow of a filter and a box of a list are none."""
    stream = next((name for name in compound.WORKBOOK if name in file), "")
    for kind, data in _records(file.read(stream) if stream else b""):
        if kind == _NOTE:
            yield "批注"
        elif kind == _OBJECT and len(data) >= 6 and struct.unpack_from("<H", data)[0] == _MADE_OF:
            word = _OBJECTS.get(struct.unpack_from("<H", data, 4)[0], "")
            if word:
                yield word
    if any(name.upper().startswith("_VBA_PROJECT") for name in file.names):
        yield "宏"


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, content) of all records, those of all sheets."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
