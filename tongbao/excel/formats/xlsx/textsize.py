"""How long the texts of an Open XML workbook are, before anything makes copies of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongbao.excel.formats.package import Package
from tongbao.excel.grid import LONGEST_TEXT, MOST_TEXT, ReadError

_STRING = re.compile(rb"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>", re.DOTALL)
_SHARED_TEXT = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*<")
_ANY_TAG = re.compile(rb"<[^>]*>")


def text_lengths(package: Package) -> list[int]:
    """The lengths of the shared strings. Raises ReadError where one is longer than a cell of Excel can be."""
    lengths = list(map(_length, _STRING.findall(package.read("xl/sharedStrings.xml"))))
    if max(lengths, default=0) > LONGEST_TEXT:
        raise ReadError("file_long_text")
    return lengths


def _length(text: bytes) -> int:
    # Counted in bytes where that is enough: no character takes less than one.
    return len(text) if len(text) <= LONGEST_TEXT else len(_ANY_TAG.sub(b"", text).decode("utf-8", "replace"))


def texts_held(xml: bytes, lengths: Sequence[int]) -> int:
    """How long all texts in the cells of a sheet are together, or somewhat less than may be: calamine copies each."""
    if not lengths or max(lengths) * xml.count(b"v>") <= MOST_TEXT:
        return 0
    numbers = map(int, _SHARED_TEXT.findall(xml))
    return sum(lengths[number] for number in numbers if number < len(lengths))
