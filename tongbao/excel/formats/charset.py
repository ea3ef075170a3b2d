"""The text in bytes that do not say, or say wrongly, in which encoding they are written."""

from __future__ import annotations

import codecs
import re

from tongbao.excel.grid import ReadError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What a file says of itself is often wrong; these would decode nearly any bytes, so they are believed last or never.
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}
# Nine bytes outside ASCII that form UTF-8 are three Chinese characters: GBK does not give those by chance.
_SURE = 9


def decoded(data: bytes, told: str = "") -> str:
    """The text: by its mark, as UTF-16 where zero bytes tell so, as UTF-8 where it decodes, as `told`, as GB18030.

    Raises ReadError where it is none of these, or where some lines are UTF-8 and others are not.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data[: len(data) // 2 * 2] if encoding == "utf-16" else data, [encoding])
    if encoding := _unmarked_utf16(data):
        return _strictly(data[: len(data) // 2 * 2], [encoding])
    data = data.rstrip(b"\0")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # the last character is half there
            raise ReadError("file_damaged") from error
        if _is_mixed(data):
            raise ReadError("file_mixed") from error
    return _strictly(data, [name for name in (_known(told), "gb18030") if name])


def _strictly(data: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError("file_other")


def _known(told: str) -> str:
    """The encoding that a file names, where Python knows it; UTF-8 was tried before."""
    name = _NAMES.get(told.strip().lower(), told.strip().lower())
    try:
        return "" if codecs.lookup(name).name in ("utf-8", "ascii") else name
    except LookupError:
        return ""


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark: digits, commas and line ends have a zero byte, always on the same side."""
    head = data[:4000].rstrip(b"\0")
    first, second = head[0::2].count(0), head[1::2].count(0)
    if max(first, second) * 50 < len(head) or min(first, second) * 9 > max(first, second):
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _is_mixed(data: bytes) -> bool:
    """Whether lines of UTF-8 stand among lines that are none."""
    return any(len(re.findall(rb"[\x80-\xff]", line)) >= _SURE and _is_utf8(line) for line in data.split(b"\n"))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
