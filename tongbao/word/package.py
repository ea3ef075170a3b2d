"""A .docx opened as a package: its parts by the relations that name them, whatever they are called.

The "strict" form of Open XML differs in its namespaces alone, as far as we read it: its parts are given in the usual
ones, and written back in theirs.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from tongbao.outside import openxml
from tongbao.outside.archive import Archive, ArchiveError, Why, is_archive
from tongbao.outside.openxml import Relation, relations_part

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# Bytes of one unpacked part that is read; a circular has under two million. Set by feel; pictures are never read here.
LARGEST_PART = 16 * 2**20
# Of one part: the largest sample has 20 000; every tag becomes an object, and every walk visits it.
MOST_TAGS = 500_000

BODY, HEADER, FOOTER, BOX, NOTE = "正文", "页眉", "页脚", "文本框", "脚注"


# ---------------------------------------------------------------------------------------------- opening


class UnreadableError(Exception):
    """The file is no readable .docx; the message says in Chinese what it is instead."""


_UNREADABLE = {
    Why.DAMAGED: "文件内部已损坏，读不到内容。",
    Why.ENCRYPTED: "文件加了密码，读不到内容。",
    Why.VAST: "文件过大，不像是一份公文。",
}


def open_package(data: bytes) -> Archive:
    """The zip package of a .docx. Raises UnreadableError, which says what the file looks like instead."""
    if not is_archive(data):
        raise UnreadableError(_what_it_is(data))
    try:
        package = Archive(data)
    except ArchiveError as why:
        whole = zipfile.is_zipfile(io.BytesIO(data))
        raise UnreadableError(_UNREADABLE[why.why] if whole else _what_it_is(data)) from why
    if package.recovered:  # Word would not open it: what is proved here is what the office can open
        raise UnreadableError(_UNREADABLE[Why.DAMAGED])
    names = set(package.namelist())
    if "_rels/.rels" not in package or _what_package(names) != _NO_WORD:
        package.close()
        raise UnreadableError(_what_package(names))
    return package


# The first bytes of what clerks take for Word files. `PK` alone: a package that is cut off.
_SIGNATURES = (
    (b"%PDF", "这是 PDF 文件，不是 Word 文档。"),
    (b"{\\rtf", "这是 RTF 文件，不是 .docx 文档。"),
    (b"PK\x03\x04", "文件不完整（可能没有下载完或已损坏）。"),
    (b"\xff\xd8\xff", "这是图片，不是 Word 文档。"),
    (b"\x89PNG", "这是图片，不是 Word 文档。"),
)


def _what_it_is(data: bytes) -> str:
    """What a file that is no zip package looks like."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        return "文件加了打开密码，读不到内容。" if encrypted else "这是旧格式文件（.doc 或 .wps），不是 .docx 文档。"
    if not data.strip(b"\0 \r\n\t"):
        return "文件是空的。"
    # Old office systems save web pages as .doc. Only what begins so counts, after a byte order mark and blanks; a page
    # that begins with a comment is told to be no Word file, without more.
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype html", b"mime-version:", b"<?xml")):
        return "这是网页格式的文件，不是 .docx 文档。"
    found = next((text for sign, text in _SIGNATURES if data.startswith(sign)), "")
    return found or "文件内容不是 Word 文档（可能改过扩展名或已损坏）。"


_NO_WORD = "这是压缩包，里面没有 Word 文档。"


def _what_package(names: set[str]) -> str:
    """What a zip package is, by the names of its parts; `_NO_WORD` where they do not tell that it is something else."""
    if any(n.startswith("word/") for n in names):
        return _NO_WORD
    if any(n.startswith("xl/") for n in names):
        return "这是 Excel 工作簿，不是 Word 文档。"
    if any(n.startswith("ppt/") for n in names):
        return "这是演示文稿，不是 Word 文档。"
    if "OFD.xml" in names:
        return "这是 OFD 版式文件，不是 Word 文档。"
    if "content.xml" in names:
        return "这是 ODT 文档，不是 .docx 文档。"
    return _NO_WORD


# ---------------------------------------------------------------------------------------------- parts


def member(package: Archive, path: str) -> zipfile.ZipInfo | None:
    """A part by its name, whatever its capitals; None where there is none."""
    return package.getinfo(path) if path in package else None


def contents(package: Archive, path: str) -> bytes | None:
    """The bytes of a part, None where there is none of that name. Raises UnreadableError: broken, far too large."""
    if path not in package:
        return None
    try:
        data = package.read(path)
    except ArchiveError as why:
        raise UnreadableError(_UNREADABLE[why.why]) from why
    if len(data) > LARGEST_PART:
        raise UnreadableError(_UNREADABLE[Why.VAST])
    return data


def parse_part(package: Archive, path: str) -> Element | None:
    """One XML part; None where the package has none of that name. Raises UnreadableError: broken or far too large."""
    data = contents(package, path)
    if data is None:
        return None
    data = openxml.as_usual(data)
    if data.count(b"<") > MOST_TAGS:
        raise UnreadableError(_UNREADABLE[Why.VAST])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as why:
        raise UnreadableError(_UNREADABLE[Why.DAMAGED]) from why
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # text could stand for other text; Word opens no such file either
        raise UnreadableError("文件内部写有不允许的声明（DOCTYPE），不像是 Word 或 WPS 存的。")
    return root


def is_strict(package: Archive) -> bool:
    """Whether the document is in the form of "strict" Open XML."""
    return openxml.as_strict(W[1:-1].encode()) in (contents(package, main_part(package)) or b"")


def main_part(package: Archive) -> str:
    """The path of the document part, as the package's relations name it. Raises UnreadableError where none does."""
    named = [r.part for r in relations(package, "") if r.kind == "officeDocument"]
    if named:
        return named[0]
    raise UnreadableError("文件里没有正文部分。")


def relations(package: Archive, part: str) -> list[Relation]:
    """What a part refers to inside the package, such as its styles."""
    root = parse_part(package, relations_part(part))
    entries = () if root is None else (e for e in root if isinstance(e.tag, str))  # the others are remarks
    return [relation for relation in openxml.relations(entries, part, package) if relation.part]


def parts(package: Archive) -> Iterator[tuple[str, Element, str]]:
    """(path, XML, where) of every part with text: the body, then headers, footers and notes in the order of relations.

    Raises UnreadableError where there is no body.
    """
    main = main_part(package)
    root = parse_part(package, main)
    if root is None or root.tag != W + "document":
        raise UnreadableError("文件里没有正文部分。" if root is None else "文件内容不是 Word 文档（或已损坏）。")
    yield main, root, BODY
    kinds = {"header": HEADER, "footer": FOOTER, "footnotes": NOTE, "endnotes": NOTE}
    for relation in relations(package, main):
        other = parse_part(package, relation.part) if relation.kind in kinds else None
        if other is not None:
            yield relation.part, other, kinds[relation.kind]
