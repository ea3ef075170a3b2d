"""A .docx opened as a package: its parts by the relations that name them, whatever they are called.

The "strict" form of Open XML differs in its namespaces alone, as far as we read it: its parts are given in the usual
ones, and written back in theirs.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

from tongbao.outside.archive import Archive, ArchiveError, Why, is_archive

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# Bytes of one unpacked part that is read; a circular has under two million. Set by feel; pictures are never read here.
LARGEST_PART = 16 * 2**20
# Of all parts together: the largest sample has 20 000; every tag becomes an object, and every walk visits it.
MOST_TAGS = 300_000

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

_PURL, _SCHEMAS = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
_STRICT = [
    (_PURL + strict, _SCHEMAS + usual)
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"officeDocument/customXml", b"officeDocument/2006/customXml"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"drawingml/chart", b"drawingml/2006/chart"),
        (b"drawingml/diagram", b"drawingml/2006/diagram"),
    )
]


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
    for strict, usual in _STRICT if _PURL in data else ():
        data = data.replace(strict, usual)
    if not path.endswith(".rels"):  # these are asked for again and again
        package.tags += data.count(b"<")
    if max(package.tags, data.count(b"<")) > MOST_TAGS:
        raise UnreadableError(_UNREADABLE[Why.VAST])
    # Not `huge_tree`: elements more than 256 deep, or a text of ten million characters, are no circular, and no walk
    # through the elements could follow.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
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
    return _STRICT[0][0] in (contents(package, main_part(package)) or b"")


def as_strict(part: bytes) -> bytes:
    """The bytes of a part in the namespaces of "strict" Open XML."""
    for strict, usual in _STRICT:
        part = part.replace(usual, strict)
    return part


def main_part(package: Archive) -> str:
    """The path of the document part, as the package's relations name it. Raises UnreadableError where none does."""
    root = parse_part(package, "_rels/.rels")
    for relation in root if root is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return _resolved("", relation.get("Target", ""))
    raise UnreadableError("文件里没有正文部分。")


def _resolved(folder: str, target: str) -> str:
    """The path that a relation of a part in this folder means."""
    target = unquote(target).replace("\\", "/")
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)


def relations(package: Archive, part: str) -> list[tuple[str, str, str]]:
    """(id, last word of the type, path) of what a part refers to inside the package, such as its styles."""
    folder, base = posixpath.split(part)
    root = parse_part(package, f"{folder}/_rels/{base}.rels".lstrip("/"))
    return [
        (r.get("Id", ""), r.get("Type", "").rpartition("/")[2], _resolved(folder, r.get("Target", "")))
        for r in (root if root is not None else ())
        if r.get("TargetMode") != "External" and isinstance(r.tag, str)
    ]


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
    named = {path: kind for _, kind, path in relations(package, main) if kind in kinds}  # each once
    for path, kind in named.items():
        other = parse_part(package, path)
        if other is not None:
            yield path, other, kinds[kind]
