"""Papers of other formats (.doc, .wps, .rtf, .odt, pages named .doc), turned into .docx where LibreOffice is."""

from __future__ import annotations

import re

from tongbao.model import Level, Place, Problem
from tongbao.outside.compound import MAGIC
from tongbao.outside.converter import converted
from tongbao.word.package import UnreadableError, W, main_part, open_package, parse_part
from tongbao.word.strangers import is_old_paper

_TEXTS = b"mimetypeapplication/vnd.oasis.opendocument.text"
_WORD_XML = re.compile(rb"progid=.Word\.Document|schemas\.microsoft\.com/office/word/2003/wordml|<uof:UOF\b")
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def as_docx(data: bytes, name: str) -> tuple[bytes, list[Problem]]:
    """The paper as .docx, and a note where it was converted; as it is where it is one, or cannot be converted."""
    suffix = _suffix(data)
    made = converted(data, suffix, "docx") if suffix else None
    if made is None or not _is_paper(made):
        return data, []
    message = "不是 .docx，由本机的 LibreOffice 转换后读取，原文件没有动；文字照核，版式可能与原件不同"
    fix = "要核版式的，请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”后再试"
    return made, [Problem(Level.NOTE, "paper-converted", message, fix, place=Place(name))]


def _is_paper(made: bytes) -> bool:
    """Whether a paper came of it: of what it cannot read, it makes an empty one, or one that shows the codes."""
    try:
        with open_package(made) as package:
            body = parse_part(package, main_part(package))
    except UnreadableError:
        return False
    texts = [] if body is None else [t for e in body.iter(W + "t") if (t := (e.text or "").strip())]
    return bool(texts) and not texts[0].startswith(("<", ">"))


def _suffix(data: bytes) -> str:
    """By which suffix LibreOffice knows these bytes as a paper; empty where they are none, or a .docx."""
    if data.startswith(MAGIC):
        return "doc" if is_old_paper(data) else ""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data[30:].startswith(_TEXTS):  # the first part of the package, unpacked
        return "odt"
    if _WORD_XML.search(data[:2000]):
        return "uot" if b"uof:UOF" in data[:2000] else "xml"
    return "html" if _PAGE.match(data[:300]) else ""
