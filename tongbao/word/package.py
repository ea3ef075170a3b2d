"""A .docx opened as a package, and the one way through its XML, on which all that read or write it agree.

Text is what a reader would see after accepting all tracked changes: insertions count, deletions and hidden text
do not.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from tongbao.outside.archive import Archive, ArchiveError, Why, is_archive

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Bytes of one unpacked part that is read; a circular has under two million. Set by feel; pictures are never read here.
LARGEST_PART = 16 * 2**20
# Of one part: the largest sample has 20 000; every tag becomes an object, and every walk visits it.
MOST_TAGS = 500_000

BODY, HEADER, FOOTER, BOX, NOTE = "正文", "页眉", "页脚", "文本框", "脚注"


# ---------------------------------------------------------------------------------------------- opening


class UnreadableError(Exception):
    """The file is no readable .docx; the message says in Chinese what it is instead."""


def open_package(data: bytes) -> zipfile.ZipFile:
    """The zip package of a .docx. Raises UnreadableError, which says what the file looks like instead."""
    if not is_archive(data):
        raise UnreadableError(_what_it_is(data))
    try:
        package = Archive(data)
    except ArchiveError as e:
        whole = zipfile.is_zipfile(io.BytesIO(data))
        raise UnreadableError(_UNREADABLE[e.why] if whole else _what_it_is(data)) from e
    if package.recovered:  # Word would not open it: what is proved here is what the office can open
        raise UnreadableError(_UNREADABLE[Why.DAMAGED])
    names = set(package.namelist())
    if "_rels/.rels" not in names or not any(n.startswith("word/") for n in names):
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


def _what_package(names: set[str]) -> str:
    """What a zip package without a Word document is, in Chinese."""
    if any(n.startswith("xl/") for n in names):
        return "这是 Excel 工作簿，不是 Word 文档。"
    if any(n.startswith("ppt/") for n in names):
        return "这是演示文稿，不是 Word 文档。"
    if "OFD.xml" in names:
        return "这是 OFD 版式文件，不是 Word 文档。"
    if "content.xml" in names:
        return "这是 ODT 文档，不是 .docx 文档。"
    return "这是压缩包，里面没有 Word 文档。"


_UNREADABLE = {
    Why.DAMAGED: "文件内部已损坏，读不到内容。",
    Why.ENCRYPTED: "文件加了密码，读不到内容。",
    Why.VAST: "文件过大，不像是一份公文。",
}
# What zipfile and zlib raise for a damaged part; RuntimeError also for a password.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def parse_part(package: zipfile.ZipFile, path: str) -> Element | None:
    """One XML part; None where the package has none of that name. Raises UnreadableError: broken or far too large."""
    try:
        info = package.getinfo(path)
    except KeyError:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        xml = package.read(info)
        if len(xml) > LARGEST_PART or xml.count(b"<") > MOST_TAGS:
            raise UnreadableError(_UNREADABLE[Why.VAST])
        return etree.fromstring(xml, parser)
    except ArchiveError as e:
        raise UnreadableError(_UNREADABLE[e.why]) from e
    except (etree.XMLSyntaxError, *_BROKEN) as e:
        locked = isinstance(e, RuntimeError) and "password" in str(e)
        raise UnreadableError("文件加了密码，读不到内容。" if locked else "文件内部已损坏，读不到内容。") from e


def main_part(package: zipfile.ZipFile) -> str:
    """The path of the document part, as the package's relations name it. Raises UnreadableError where none does."""
    root = parse_part(package, "_rels/.rels")
    for relation in root if root is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise UnreadableError("文件里没有正文部分。")


def relations(package: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """(id, last word of the type, path) of what a part refers to inside the package, such as its styles."""
    folder, base = posixpath.split(part)
    root = parse_part(package, f"{folder}/_rels/{base}.rels".lstrip("/"))
    found = []
    for relation in root if root is not None else ():
        if relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], path))
    return found


def parts(package: zipfile.ZipFile) -> Iterator[tuple[str, Element, str]]:
    """(path, XML, where) of every part with text: the body, then headers, footers and notes in the order of relations.

    Raises UnreadableError where there is no body, or one in the form of "strict" Open XML.
    """
    main = main_part(package)
    root = parse_part(package, main)
    if root is None or root.tag != W + "document":
        raise UnreadableError("文件用的是“严格 Open XML”格式或已损坏。" if root is not None else "文件里没有正文部分。")
    yield main, root, BODY
    kinds = {"header": HEADER, "footer": FOOTER, "footnotes": NOTE, "endnotes": NOTE}
    for _, kind, path in relations(package, main):
        other = parse_part(package, path) if kind in kinds else None
        if other is not None:
            yield path, other, kinds[kind]


# ---------------------------------------------------------------------------------------------- the way through


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph and where it stands. It has several elements where the marks between them are deleted.

    In a table, `table`, `row` and `column` count from 1, else they are 0.
    """

    elements: tuple[Element, ...]
    where: str = BODY
    table: int = 0
    row: int = 0
    column: int = 0


# Elements around paragraphs, rows and cells that a reader does not see (ECMA-376 part 1, 17.5 and 17.13; part 3).
_TRANSPARENT = {W + t for t in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_TRANSPARENT |= {MC + "AlternateContent", MC + "Choice"}


# Elements inside paragraphs whose text is not part of the line: properties, deletions, field codes, text boxes (which
# come after the paragraph), and the small writing of a 拼音.
_UNREAD = {W + t for t in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "txbxContent", "rt", "rubyPr")}
_UNREAD |= {MC + "Fallback"}


_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def blocks(container: Element) -> Iterator[Element]:
    """The paragraphs and tables directly inside a container; content controls and insertions are looked into."""
    for child in container:
        if child.tag in {W + "p", W + "tbl"}:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from blocks(child)


def pieces(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """(element, text) of all that carries visible text in a paragraph, in order; page and column breaks have none."""
    for child in paragraph:
        tag = child.tag
        if tag == W + "t":
            yield child, child.text or ""
        elif tag in _SIGNS:
            yield child, "" if child.get(W + "type") in {"page", "column"} else _SIGNS[tag]
        elif tag not in _UNREAD and isinstance(tag, str) and not (tag == W + "r" and _hidden(child)):
            yield from pieces(child)


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(W + "val", "1") not in {"0", "false", "off"}


def story(root: Element, where: str = BODY) -> Iterator[Spot]:
    """Every paragraph of a part in reading order; those of a text box follow the paragraph that holds the box."""
    numbers = iter(range(1, 10**9))
    for child in root:
        container = child if child.tag in {W + "body", W + "footnote", W + "endnote"} else root
        yield from _walk(container, Spot((), where), numbers)
        if container is root:
            return


def _walk(container: Element, at: Spot, tables: Iterator[int]) -> Iterator[Spot]:
    """The paragraphs of one container; `at` is where the container itself stands."""
    waiting: tuple[Element, ...] = ()
    for block in blocks(container):
        if block.tag == W + "tbl":
            yield from _walk_table(block, at, tables)
            continue
        waiting += (block,)
        if block.find(f"{W}pPr/{W}rPr/{W}del") is None:
            yield from _with_boxes(waiting, at, tables)
            waiting = ()
    if waiting:
        yield from _with_boxes(waiting, at, tables)


def _with_boxes(elements: tuple[Element, ...], at: Spot, tables: Iterator[int]) -> Iterator[Spot]:
    yield Spot(elements, at.where, at.table, at.row, at.column)
    for element in elements:
        for box in element.iter(W + "txbxContent"):
            if not any(a.tag in {MC + "Fallback", W + "del"} for a in box.iterancestors()) and _own_box(box, element):
                yield from _walk(box, Spot((), BOX), tables)


def _own_box(box: Element, paragraph: Element) -> bool:
    """Whether the box belongs to this paragraph itself, not to one in a box inside a box."""
    return next(a for a in box.iterancestors() if a.tag == W + "p") is paragraph


def _walk_table(table: Element, at: Spot, tables: Iterator[int]) -> Iterator[Spot]:
    if at.table:  # a table inside a cell is read as text of that cell
        for row in grid(table):
            for cell, _ in row:
                yield from _walk(cell, at, tables)
        return
    number = next(tables)
    for r, row in enumerate(grid(table), 1):
        for cell, column in row:
            yield from _walk(cell, Spot((), at.where, number, r, column), tables)


def grid(table: Element) -> list[list[tuple[Element, int]]]:
    """The rows of a table, each with (cell, its first grid column from 1); deleted rows and cells are left out."""
    rows = []
    for row in _inside(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        before = row.find(f"{W}trPr/{W}gridBefore")
        column, cells = 1 + (int(before.get(W + "val", "0")) if before is not None else 0), []
        for cell in _inside(row, "tc"):
            if cell.find(f"{W}tcPr/{W}cellDel") is None:
                cells.append((cell, column))
                column += span(cell)
        rows.append(cells)
    return rows


def span(cell: Element) -> int:
    """How many grid columns a cell covers."""
    mark = cell.find(f"{W}tcPr/{W}gridSpan")
    return max(1, int(mark.get(W + "val", "1"))) if mark is not None else 1


def _inside(container: Element, name: str) -> Iterator[Element]:
    for child in container:
        if child.tag == W + name:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _inside(child, name)
