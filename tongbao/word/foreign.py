"""Papers of other formats (.doc, .wps, .rtf, .odt, pages named .doc), turned into .docx where LibreOffice is."""

from __future__ import annotations

import re

from tongbao.model import Level, Place, Problem
from tongbao.outside.converter import converted

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = b"mimetypeapplication/vnd.oasis.opendocument.text"
_WORD_XML = re.compile(rb"progid=.Word\.Document|schemas\.microsoft\.com/office/word/2003/wordml|<uof:UOF\b")
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_OLD = ("WordDocument", "CONTENTS", "MatOST")  # streams of Word, of WPS, and of Works


def as_docx(data: bytes, name: str) -> tuple[bytes, list[Problem]]:
    """The paper as .docx, and a note where it was converted; as it is where it is one, or cannot be converted."""
    suffix = _suffix(data)
    made = converted(data, suffix, "docx") if suffix else None
    if made is None:
        return data, []
    message = "不是 .docx，已由本机的 LibreOffice 转换后读取，原文件没有动；版式以原件为准"
    fix = "要核对版式的，请用 Word 或 WPS 另存为“Word 文档（*.docx）”后再核"
    return made, [Problem(Level.NOTE, "paper-converted", message, fix, place=Place(name))]


def _suffix(data: bytes) -> str:
    """By which suffix LibreOffice knows these bytes as a paper; empty where they are none, or a .docx."""
    if data.startswith(_COMPOUND):
        return "doc" if any(name.encode("utf-16-le") in data for name in _OLD) else ""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data[30:].startswith(_TEXTS):  # the first part of the package, unpacked
        return "odt"
    if _WORD_XML.search(data[:2000]):
        return "uot" if b"uof:UOF" in data[:2000] else "xml"
    return "html" if _PAGE.match(data[:300]) else ""
