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
from tongbao.outside.compound import MAGIC
from tongbao.outside.openxml import Relation, relations_part
from tongbao.word.strangers import SAVE, Stranger, in_package, stranger, unpacked

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# Bytes of one unpacked part that is read; a circular has under two million, an annex of thousands of rows some twenty
# times as many as it is packed into. Set by feel; pictures are never read here.
LARGEST_PART, _BYTES_A_BYTE = 16 * 2**20, 30
# Of all parts together: the largest sample has 20 000; every tag becomes an object, and every walk visits it. An annex
# of thousands of rows has more, 19 a cell and one or two for each byte that it is packed into: what is small on the
# disk and large inside is no annex.
MOST_TAGS, TAGS_A_BYTE = 300_000, 2

BODY, HEADER, FOOTER, BOX, NOTE = "正文", "页眉", "页脚", "文本框", "脚注"


# ---------------------------------------------------------------------------------------------- opening


class UnreadableError(Exception):
    """The file is no readable .docx: what it is instead, what to do, and whether it is a table; in Chinese."""

    def __init__(self, found: str, fix: str = SAVE, *, table: bool = False) -> None:
        super().__init__(found)
        self.fix, self.table = fix, table


_REPAIR = "请用 Word 或 WPS 打开（它会提示修复），另存为“Word 文档（*.docx）”后再试；打不开的，请重新取一份原件"
_DAMAGED = ("文件内部已损坏，读不到内容", _REPAIR)
TOO_LARGE = ("文件过大，不像是一份公文", "请核对是不是这个文件；是的，请删去多余内容后另存再试")
_UNREADABLE = {
    Why.DAMAGED: _DAMAGED,
    Why.ENCRYPTED: ("文件加了密码，读不到内容", "请打开它，取消密码后另存一份再试"),
    Why.VAST: TOO_LARGE,
}
_NO_BODY = ("文件里没有正文部分", _REPAIR)


def open_package(data: bytes) -> Archive:
    """The zip package of a .docx. Raises UnreadableError, which says what the file looks like instead."""
    if data.startswith(MAGIC) or not is_archive(data):
        raise _strange(stranger(data))
    try:
        package = Archive(data)
    except ArchiveError as why:
        whole = zipfile.is_zipfile(io.BytesIO(data))
        raise (UnreadableError(*_UNREADABLE[why.why]) if whole else _strange(stranger(data))) from why
    if package.recovered:  # Word would not open it: what is proved here is what the office can open
        raise UnreadableError(*_DAMAGED)
    if found := _instead(package):
        package.close()
        raise _strange(found)
    return package


def _instead(package: Archive) -> Stranger | None:
    """What a package is, if it is no document; what it lies in says so, and else the types that it gives its parts."""
    names, types = package.namelist(), _start(package, "[Content_Types].xml")
    if found := in_package(names):
        return found
    here = any(name.lower().startswith("word/") for name in names) or b"wordprocessingml" in types
    return None if here and "_rels/.rels" in package else unpacked(names, _start(package, "mimetype"), types)


def _start(package: Archive, name: str) -> bytes:
    return package.start(name, 1 << 16) if name in package else b""


def _strange(found: Stranger) -> UnreadableError:
    return UnreadableError(found.found, found.fix, table=found.table)


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
        raise UnreadableError(*_UNREADABLE[why.why]) from why
    if len(data) > LARGEST_PART + _BYTES_A_BYTE * package.packed:
        raise UnreadableError(*_UNREADABLE[Why.VAST])
    return data


def parse_part(package: Archive, path: str) -> Element | None:
    """One XML part; None where the package has none of that name. Raises UnreadableError: broken or far too large."""
    data = contents(package, path)
    if data is None:
        return None
    data = openxml.as_usual(data)
    if not path.endswith(".rels"):  # these are asked for again and again
        package.tags += data.count(b"<")
    if max(package.tags, data.count(b"<")) > MOST_TAGS + TAGS_A_BYTE * package.packed:
        raise UnreadableError(*_UNREADABLE[Why.VAST])
    # Not `huge_tree`: elements more than 256 deep, or a text of ten million characters, are no circular, and no walk
    # through the elements could follow.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as why:
        raise UnreadableError(*_DAMAGED) from why
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # text could stand for other text; Word opens no such file either
        raise UnreadableError("文件内部写有不允许的声明（DOCTYPE），不像是 Word 或 WPS 存的")
    return root


def is_strict(package: Archive) -> bool:
    """Whether the document is in the form of "strict" Open XML."""
    return openxml.as_strict(W[1:-1].encode()) in (contents(package, main_part(package)) or b"")


def main_part(package: Archive) -> str:
    """The path of the document part, as the package's relations name it. Raises UnreadableError where none does."""
    named = [r.part for r in relations(package, "") if r.kind == "officeDocument"]
    if named:
        return named[0]
    raise UnreadableError(*_NO_BODY)


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
        raise UnreadableError(*(_NO_BODY if root is None else ("文件内容不是 Word 文档（或已损坏）", _REPAIR)))
    yield main, root, BODY
    kinds = {"header": HEADER, "footer": FOOTER, "footnotes": NOTE, "endnotes": NOTE}
    named = {r.part: r for r in relations(package, main) if r.kind in kinds}  # each part once
    for relation in named.values():
        other = parse_part(package, relation.part)
        if other is not None:
            yield relation.part, other, kinds[relation.kind]
