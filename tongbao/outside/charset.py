"""The text in bytes that do not say, or say wrongly, in which encoding they are written."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What a file says of itself is often wrong; these would decode nearly any bytes, so they are believed last or never.
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}
# Nine bytes outside ASCII that form UTF-8 are three Chinese characters: GBK does not give those by chance.
_SURE = 9
# Control characters other than tab, line ends and escape: what has them is no text. In how many bytes they are sought.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 65536
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


class Fault(StrEnum):
    """Why bytes are no text."""

    DAMAGED = "damaged"  # cut off inside a character
    MIXED = "mixed"  # some lines are UTF-8 and others are not
    UNKNOWN = "unknown"  # text, but in no encoding known here
    BINARY = "binary"


class CharsetError(ValueError):
    """Bytes that are no text in any encoding known here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def decoded(data: bytes, told: str = "") -> str:
    """The text: by its mark, as UTF-16 where zero bytes tell so, as UTF-8 where it decodes, as `told`, as GB18030.

    Raises CharsetError where it is none of these, or where some lines are UTF-8 and others are not.
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
            raise CharsetError(Fault.DAMAGED) from error
        if _is_mixed(data):
            raise CharsetError(Fault.MIXED) from error
    return _strictly(data, [name for name in (_known(told), "gb18030") if name])


def decoded_page(data: bytes, told: str = "") -> str:
    """The text of a web page like `decoded`; what the page says of itself counts where `told` is empty."""
    meta = _META.search(data[:4000])
    return decoded(data, told or (meta[1].decode("ascii", "replace") if meta else ""))


def _strictly(data: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CharsetError(Fault.BINARY if _BINARY.search(data[:_LOOKED_AT]) else Fault.UNKNOWN)


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
