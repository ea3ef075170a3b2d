"""Files that a Word file shows in its text (`altChunk`), as other programs put web pages and documents together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tongbao.outside.archive import Archive
from tongbao.outside.charset import CharsetError, decoded_page
from tongbao.word.package import LARGEST_PART, MOST_TAGS, Element, R, UnreadableError, W, contents, relations

V = "{urn:schemas-microsoft-com:vml}"


@dataclass(slots=True)
class Chunk:
    """A file shown in the text: its paragraphs and tables as those of a Word file, or a Word file still to be opened.

    Neither is there where it cannot be read. `what` names it; `depth` counts the files around the one that shows it.
    """

    body: Element | None = None
    docx: bytes = b""
    what: str = "插入的文件（稿子里没有它的内容）"
    depth: int = 0


@dataclass(slots=True)
class Room:
    """How much more of other files one paper may show, in all depths together: set by feel, far above any circular.

    Without it a paper of 20 KB shows a page eight million times.
    """

    files: int = 50
    size: int = LARGEST_PART

    def takes(self, size: int) -> bool:
        """Whether there is room for another file, which takes it."""
        self.files -= 1
        self.size -= size
        return self.files >= 0 and self.size >= 0


def chunk_of(package: Archive, part: str, element: Element, room: Room) -> Chunk:
    """What an `altChunk` of this part shows, by what its file holds, for extensions are often wrong."""
    wanted = element.get(R + "id", "")
    path = next((r.part for r in relations(package, part) if r.id == wanted), "")
    try:
        data = contents(package, path) if path else None
    except UnreadableError:
        data = None
    if data is None:
        return Chunk()
    if not room.takes(len(data)):
        return Chunk(what="插入的文件（太多或太大）")
    if data.startswith(b"PK"):
        return Chunk(docx=data, what="插入的文档")
    head = data[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower().replace(b"\0", b"")
    if head.startswith(b"{\\rtf"):
        return Chunk(what="插入的 RTF 文件")
    if b"mso-application" in head or b"<pkg:package" in head or b"\xd0\xcf\x11\xe0" in data[:8]:
        return Chunk(what="插入的文档")
    if re.match(rb"(?:from |mime-version:|content-|date:|subject:)", head):
        return _web(_page_of(data))
    page = re.search(rb"<(?:!doctype|html|body|head|meta|p|div|table|span)\b", head)
    return _web(_text_of(data)) if page else _plain(data)


def _page_of(data: bytes) -> str:
    """The page of a web archive (MHT)."""
    from email import message_from_bytes, policy  # loaded where there is such a file: hardly ever

    try:
        parts = list(message_from_bytes(data, policy=policy.default).walk())
    except RecursionError:  # messages within messages
        return ""
    for part in parts:
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(content, bytes):
                return _text_of(content, charset or "")
    return ""


def _text_of(data: bytes, told: str = "") -> str:
    """The text of a page, or of a plain text; of bytes that are no text, what can be made out."""
    try:
        return decoded_page(data, told)
    except CharsetError:
        return data.decode("gb18030", "replace")


def _plain(data: bytes) -> Chunk:
    body = etree.Element(W + "body", nsmap={"w": W[1:-1]})
    for line in _text_of(data).splitlines():
        _text(_paragraph(body), line)
    return Chunk(body, what="插入的文本文件")


# ---------------------------------------------------------------------------------------------- web pages

_UNSEEN = {"head", "script", "style", "title", "template", "noscript", "meta", "link", "select", "textarea"}
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
        "header hr li main nav ol p pre section ul body html caption tr td th tbody thead tfoot",
    )
)
# Of all tables of a page: cells that reach over rows and columns make as many more.
_MOST_CELLS = 50_000
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def _web(page: str) -> Chunk:
    """The text of a web page as it is seen, paragraph by paragraph; its tables as tables."""
    from lxml import html  # likewise

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    body = etree.Element(W + "body", nsmap={"w": W[1:-1]})
    if page.count("<") > MOST_TAGS:
        return Chunk(what="插入的网页（太大）")
    if page.strip():
        try:
            _Page(body).walk(html.document_fromstring(page), body)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError, RecursionError):
            return Chunk(what="插入的网页")
    return Chunk(body, what="插入的网页")


class _Page:
    """Turns a page into paragraphs: text runs on until a block begins or ends."""

    def __init__(self, body: Element) -> None:
        self._open: Element | None = None
        self._body = body
        self._cells = 0

    def walk(self, element: Element, into: Element) -> None:
        """Adds what an element shows."""
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _hidden(element):
            return
        block = element.tag in _BLOCKS
        if block:
            self._open = None
        if element.tag == "table":
            self._open = None
            self._table(element, into)
            self._open = None
            return
        self._own(element, into)
        for child in element:
            self.walk(child, into)
            self._say(child.tail, into)
        if block:
            self._open = None

    def _own(self, element: Element, into: Element) -> None:
        if element.tag == "br" and self._open is not None:
            etree.SubElement(etree.SubElement(self._open, W + "r"), W + "br")
        elif element.tag in {"img", "object", "embed", "iframe", "svg", "canvas"}:
            run = etree.SubElement(self._paragraph(into), W + "r")
            etree.SubElement(etree.SubElement(run, W + "pict"), V + "imagedata")
        elif element.tag == "input" and element.get("type", "text").lower() in {"text", "button", "submit"}:
            self._say(element.get("value"), into)
        self._say(element.text, into)

    def _say(self, text: str | None, into: Element) -> None:
        text = _BLANKS.sub(" ", text or "")
        if text.strip() or (text and self._open is not None):
            _text(self._paragraph(into), text)

    def _paragraph(self, into: Element) -> Element:
        if self._open is None:
            self._open = _paragraph(into)
        return self._open

    def _table(self, element: Element, into: Element) -> None:
        for caption in element.iterchildren("caption"):
            self.walk(caption, into)
        table = etree.SubElement(into, W + "tbl")
        below: dict[int, int] = {}  # column → rows that a cell above still covers
        for row in _rows(element):
            made = etree.SubElement(table, W + "tr")
            column = self._covered(made, below, 0)
            for cell in row:
                if cell.tag in {"td", "th"}:
                    wide, high = _number(cell.get("colspan")), _number(cell.get("rowspan"))
                    self._cell(cell, made, wide, "restart" if high > 1 else "")
                    below |= {column: high - 1} if high > 1 else {}
                    column = self._covered(made, below, column + wide, {column})

    def _covered(self, row: Element, below: dict[int, int], column: int, new: set[int] | None = None) -> int:
        """Adds the lower parts of cells that reach down to this row; gives the next free column."""
        while below.get(column) and column not in (new or ()):
            below[column] -= 1
            self._cell(None, row, 1, "continue")
            column += 1
        return column

    def _cell(self, cell: Element | None, row: Element, wide: int, merged: str) -> None:
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise ValueError(self._cells)
        made = etree.SubElement(row, W + "tc")
        properties = etree.SubElement(made, W + "tcPr")
        if wide > 1:
            etree.SubElement(properties, W + "gridSpan").set(W + "val", str(wide))
        if merged:
            etree.SubElement(properties, W + "vMerge").set(W + "val", merged)
        self._open = None
        if cell is not None:
            self.walk(cell, made)
        if made.find(W + "p") is None:
            _paragraph(made)
        self._open = None


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _number(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.strip().isdecimal() else 1


def _hidden(element: Element) -> bool:
    style = "".join((element.get("style") or "").lower().split())
    return (
        element.get("hidden") is not None
        or "display:none" in style
        or "visibility:hidden" in style
        or (element.tag == "input" and element.get("type", "").lower() == "hidden")
        or "mso-hide:all" in style
    )


def _paragraph(into: Element) -> Element:
    return etree.SubElement(into, W + "p")


def _text(paragraph: Element, text: str) -> None:
    # Characters that no XML may hold (a page may) are no text either.
    clean = re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = clean
