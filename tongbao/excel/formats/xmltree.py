"""XML of a workbook: checked before anything else reads it, in UTF-8 whatever it was, and as a tree.

The names of elements are asked for without their namespaces, and with any prefix.
"""

from __future__ import annotations

import codecs
import re
from xml.etree import ElementTree
from xml.parsers import expat

from tongbao.excel.grid import ReadError


def check_xml(data: bytes, part: str) -> None:
    """Raises ReadError where XML is not well-formed, or has a document type declaration (entities hide in those)."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ReadError("file_damaged", part) from error


def refuse_doctype(*_: object) -> None:
    """Raises ReadError: expat calls it at a document type declaration, which no workbook has."""
    raise ReadError("file_entities")


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


def tree(data: bytes) -> ElementTree.Element:
    """The tree of XML that `check_xml` has seen. Raises ReadError where it is damaged all the same."""
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
