"""XML of a workbook: checked before anything else reads it, in UTF-8 whatever it was, and as a tree.

The names of elements are asked for without their namespaces, and with any prefix.
"""

from __future__ import annotations

import codecs
import re
from typing import Protocol
from xml.etree import ElementTree
from xml.parsers import expat

from tongbao.excel.grid import ReadError


class Reader(Protocol):
    """What is told of each element and each text; names have their namespace, and `|`, before them."""

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element opens."""

    def end(self, tag: str, /) -> None:
        """An element closes."""

    def text(self, text: str, /) -> None:
        """Text inside the element that is open."""


def check_xml(data: bytes, part: str) -> None:
    """Raises ReadError where XML is not well-formed, or has a document type declaration (entities hide in those)."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ReadError("file_damaged", part) from error


def _refuse_doctype(*_: object) -> None:
    """Raises ReadError: expat calls it at a document type declaration, which no workbook has."""
    raise ReadError("file_entities")


def walk(data: bytes, reader: Reader, part: str = "") -> None:
    """Tells a reader what XML holds, in one pass. Raises ReadError: damaged, with a document type declaration."""
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, OverflowError) as error:  # numbers that a damaged file holds
        raise ReadError("file_damaged", part) from error


# ---------------------------------------------------------------------------------------------- encodings

_ENCODING = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")


def is_utf8(start: bytes) -> bool:
    """Whether XML that begins so is in UTF-8."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start[:4]:
        return False
    named = _ENCODING.match(start.removeprefix(codecs.BOM_UTF8).lstrip())
    return not named or named[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def utf8(xml: bytes) -> bytes:
    """XML in UTF-8, whatever its encoding was. Raises ReadError where it is not in the one that it names."""
    if is_utf8(xml[:1024]):
        return xml
    try:
        return _recoded(xml)
    except (LookupError, UnicodeError) as error:
        raise ReadError("file_damaged") from error


def _recoded(xml: bytes) -> bytes:
    named = _ENCODING.match(xml.lstrip())
    wide = xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else named[1].decode() if named else "utf-16-be" if xml[:1] == b"\0" else "utf-16-le"
    text = xml.decode("gb18030" if encoding.lower() in ("gb2312", "gbk") else encoding)
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL).encode("utf-8")


# ---------------------------------------------------------------------------------------------- trees

# Beginnings and ends of elements in a part that is made a tree (styles, drawings, comments, the list of sheets; never
# the cells). 55 MB of small elements took more than 500 MB as a tree (tried).
MOST_TAGS = 1_000_000
MOST_DEEP = 1_000  # of elements in elements


def is_deep(data: bytes) -> bool:
    """Whether elements stand so deep in others that Python, which frees a tree from within itself, would crash."""
    if data.count(b"</") <= MOST_DEEP:
        return False
    depth = deepest = 0

    def start(*_: object) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return deepest > MOST_DEEP


def tree(data: bytes) -> ElementTree.Element:
    """The tree of XML that `check_xml` has seen. Raises ReadError: damaged all the same, far too many elements."""
    if data.count(b"<") > MOST_TAGS or is_deep(data):
        raise ReadError("file_bomb")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:  # a prefix that nothing declares
        raise ReadError("file_damaged") from error


def checked(data: bytes, part: str = "") -> ElementTree.Element:
    """The tree of XML that nobody has looked at yet. Raises ReadError: damaged, with entities."""
    check_xml(data, part)
    return tree(data)


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def inside(element: ElementTree.Element, *names: str) -> list[ElementTree.Element]:
    """All elements of these names below an element, whatever their namespace."""
    return [e for e in element.iter() if local(e) in names]


def reference(element: ElementTree.Element, *names: str) -> str:
    """The id of the relation that an element names (`r:embed`), whatever the prefix and the namespace."""
    wanted = names or ("id",)
    return next((v for k, v in element.items() if k.startswith("{") and k.rpartition("}")[2] in wanted), "")
