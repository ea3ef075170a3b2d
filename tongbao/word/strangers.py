"""What a file is that is no .docx, by what it holds, and what the clerk does with it: the name says nothing of it.

The first bytes come first: old papers and workbooks hold packages, and packages hold old papers.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from tongbao.outside.archive import ArchiveError
from tongbao.outside.compound import MAGIC, WORKBOOK, CompoundFile

SAVE = "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”后再试"
# A file on this icon is a paper, and this one is a table: the way to what is wanted is another icon.
_LEDGER = "核的是稿子，请指定 .docx；这是台账、要出通报的，请直接拖到“生成通报”图标上"
_PAPER = "请指定 .docx 稿子"
_AGAIN = "请重新复制或下载一份"


class Stranger(NamedTuple):
    """What was found, and what to do; `table`: it is a table, which the program reads elsewhere."""

    found: str
    fix: str
    table: bool = False


def _table(what: str) -> Stranger:
    return Stranger(f"这是{what}，不是 Word 文档", _LEDGER, table=True)


_WORKBOOK = _table(" Excel 工作簿")
_NOT_WORD = Stranger(
    "文件内容不是 Word 文档（可能改过扩展名或已损坏）",
    f"{SAVE}；打不开的，请重新取一份原件",
)
_UNPACK = Stranger("这是压缩包，里面没有 Word 文档", "请先解压，再指定里面的 .docx 稿子")
_EMPTY_PACKAGE = Stranger("这是空的压缩包，里面什么也没有", _AGAIN)
_NO_BODY = Stranger("这是 Office 文件，里面没有 Word 文档", _PAPER)
_PICTURE = Stranger("这是图片，不是 Word 文档", _PAPER)
_SLIDES = Stranger("这是演示文稿，不是 Word 文档", _PAPER)
_OLD = Stranger("这是旧格式文件（.doc 或 .wps），不是 .docx 文档", SAVE)
_OLD_STREAMS = {"WordDocument", "CONTENTS", "MatOST"}
_FIRST_BYTES = (
    (
        b"%PDF",
        Stranger("这是 PDF 文件，不是 Word 文档", "请指定生成它的 Word 稿子；只有 PDF 的，" + SAVE.removeprefix("请")),
    ),
    (b"{\\rtf", Stranger("这是 RTF 文件，不是 .docx 文档", SAVE)),
    (b"PK\x03\x04", Stranger("文件不完整（可能没有下载完或已损坏）", _AGAIN)),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"\xdb\xa5", Stranger("这是很早的 Word 格式（Word 2.0），不是 .docx 文档", SAVE)),
    *((bytes((9, kind)), _table("早期的 Excel 工作簿")) for kind in (0, 2, 4)),
    (b"ID;P", _table(" SYLK 格式的表格")),
    (b"TABLE", _table(" DIF 格式的表格")),
)


def stranger(data: bytes) -> Stranger:
    """What a file that is no package looks like."""
    if data.startswith(MAGIC):
        return _by_streams(data)
    if not data.strip(b"\0 \r\n\t"):
        return Stranger("文件是空的", _AGAIN)
    # Only what begins so counts, after a byte order mark and blanks.
    if found := _marked_up(data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()):
        return found
    found = next((told for sign, told in _FIRST_BYTES if data.startswith(sign)), None)
    return found or (_text() if _is_text(data) else _NOT_WORD)


def _by_streams(data: bytes) -> Stranger:
    """What a compound file is, by the streams of its own: an object inside may be anything."""
    try:
        streams = CompoundFile(data).names
    except ArchiveError:
        return Stranger("这是旧格式的文件，已损坏，读不完整", f"{SAVE}；打不开的，请重新取一份原件")
    if "EncryptedPackage" in streams:
        return Stranger("文件加了打开密码，读不到内容", "请打开它，取消打开密码后另存一份再试")
    if streams & {*WORKBOOK}:
        return _table("旧格式的 Excel 工作簿（.xls 或 .et）")
    if "PowerPoint Document" in streams:
        return _SLIDES
    if "__properties_version1.0" in streams:
        return Stranger("这是一封邮件，不是 Word 文档", "请打开邮件，把附件里的稿子另存出来")
    return _OLD if streams & _OLD_STREAMS else _NOT_WORD


def is_old_paper(data: bytes) -> bool:
    """Whether a compound file is a paper of Word, of WPS or of Works, and nobody has locked it."""
    try:
        streams = CompoundFile(data).names
    except ArchiveError:
        return False
    return bool(streams & _OLD_STREAMS) and not streams & {*WORKBOOK, "EncryptedPackage"}


# ---------------------------------------------------------------------------------------------- what is written in tags

_EXCEL_XML = re.compile(rb"office:spreadsheet\b|opendocument\.spreadsheet|progid=.?excel\.sheet|office:excel\b")
_WORD_XML = re.compile(rb"progid=.?word\.document|/word/2003/wordml|/wordprocessingml/|opendocument\.text")
_TABLE = re.compile(rb"<table\b")


def _marked_up(head: bytes) -> Stranger | None:
    """What begins with tags, or as a page saved in one file; None for everything else. `head` is in small letters."""
    if not head.startswith((b"<html", b"<!doctype html", b"mime-version:", b"<?xml", b"<")):
        return None
    if _EXCEL_XML.search(head):
        return _table("网页或 XML 格式的 Excel 表格")
    if _WORD_XML.search(head):
        return Stranger("这是 XML 格式的文档，不是 .docx 文档", SAVE)
    if b"<uof:uof" in head:
        return Stranger("这是标文通（UOF）格式的文档，不是 .docx 文档", SAVE)
    if head.startswith(b"<?xml") and b"<html" not in head:
        return Stranger("这是 XML 文件，不是 Word 文档", _PAPER)
    return Stranger("这是网页格式的文件，不是 .docx 文档", f"是稿子的，{SAVE}；是台账的，请拖到“生成通报”图标上")


# ---------------------------------------------------------------------------------------------- plain text


def _text() -> Stranger:
    fix = f"是稿子的，{SAVE}；是台账（.csv）、要出通报的，请直接拖到“生成通报”图标上"
    return Stranger("这是纯文本文件，不是 Word 文档", fix)


def _is_text(data: bytes) -> bool:
    """Whether these bytes are text in whatever encoding: other files have zeros and control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data[:4000])


# ---------------------------------------------------------------------------------------------- packages


def in_package(names: Collection[str]) -> Stranger | None:
    """What a zip package is, by the names of its parts; None where they do not tell that it is something else."""
    inside = {name.lower() for name in names}
    if any(name.startswith("word/") for name in inside):
        return None
    if any(name.startswith("xl/") for name in inside):
        return _WORKBOOK
    if any(name.startswith("ppt/") for name in inside):
        return _SLIDES
    if "ofd.xml" in inside:
        return Stranger("这是 OFD 版式文件，不是 Word 文档", "请指定生成它的 Word 稿子")
    return None


def unpacked(names: Collection[str], mimetype: bytes, types: bytes) -> Stranger:
    """What a zip package without a document is, by what it says of itself and by the types of its parts."""
    if b"opendocument.spreadsheet" in mimetype:
        return _table(" ODS 表格")
    if b"opendocument.presentation" in mimetype or b"presentationml" in types:
        return _SLIDES
    if b"spreadsheetml" in types or b"ms-excel" in types:
        return _WORKBOOK
    if "content.xml" in names:
        return Stranger("这是 ODT 文档，不是 .docx 文档", SAVE)
    if not names:
        return _EMPTY_PACKAGE
    return _NO_BODY if types else _UNPACK
