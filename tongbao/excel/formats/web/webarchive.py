"""Web pages in one file (.mht), as Excel, WPS and office systems save them, also under the names of workbooks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from urllib.parse import unquote

from tongbao.excel.formats import xmltable
from tongbao.excel.formats.web import webpage
from tongbao.excel.grid import ReadError, Sheet
from tongbao.outside.charset import decoded_page

_BEGINS = re.compile(
    rb"\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,30}?(?:MIME-Version:|Content-Type:\s*multipart/related)",
    re.I,
)
# Parts of one file: a workbook has a few for each sheet.
_MAX_PARTS = 2000


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as a message does that holds web pages."""
    head = data[:6000].removeprefix(b"\xef\xbb\xbf")
    return (
        _BEGINS.match(head) is not None
        and re.search(rb"content-type:\s*(multipart/|text/html)", head, re.I) is not None
    )


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets of all pages in the archive. Raises ReadError where there is none."""
    pages = list(_pages(data.lstrip(b"\xef\xbb\xbf\r\n\t ")))
    told = {place: (sheet, hidden) for page in pages for sheet, place, hidden in page.listed}
    sheets: list[Sheet] = []
    for page in pages:
        if page.book:
            sheets += page.book
            continue
        sheet, hidden = next((told[place] for place in told if page.place.endswith(place)), ("", False))
        if told and not sheet:  # the frame itself, the strip with the names of the sheets
            continue
        found = webpage.read_page(page.text, sheet or name).sheets
        sheets += [replace(it, hidden=hidden) for it in found]
    if sheets:
        return sheets
    raise ReadError("file_frames" if any(page.framed for page in pages) else "file_html")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the archive: where it lay, its text, the sheets of the workbook that it lists."""

    place: str
    text: str
    listed: tuple[tuple[str, str, bool], ...] = ()
    framed: bool = False
    book: tuple[Sheet, ...] = ()


_BOUNDARY = re.compile(rb"boundary\s*=\s*[\"']?([^\"'\s;]+)", re.I)


def most_parts(data: bytes) -> int:
    """How many parts a message has, or more, counted before any of them is taken apart."""
    return sum(data.count(b"--" + mark) for mark in set(_BOUNDARY.findall(data)[: _MAX_PARTS + 1]))


def _pages(data: bytes) -> Iterator[_Page]:
    if most_parts(data) > 2 * _MAX_PARTS:
        raise ReadError("file_bomb")
    for number, part in enumerate(message_from_bytes(data).walk()):
        if number > _MAX_PARTS:
            raise ReadError("file_bomb")
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        place = _place(str(part.get("Content-Location", "")))
        if not isinstance(content, bytes) or not content.strip():
            continue
        if xmltable.is_workbook(content):
            yield _Page(place, "", book=tuple(xmltable.read(content)))
        elif part.get_content_type() == "text/html" or place.endswith((".htm", ".html")):
            yield _page(content, place, part)


def _page(content: bytes, place: str, part: Message) -> _Page:
    text = decoded_page(content, part.get_content_charset() or "")
    page = webpage.read_page(text, "") if "<frameset" in text.lower() else webpage.Page(())
    listed = tuple((name, _place(at), hidden) for name, at, hidden in page.elsewhere if at)
    return _Page(place, text, listed, page.framed)


def _place(location: str) -> str:
    """`file:///C:/a/b.files/sheet001.htm` → `/b.files/sheet001.htm`; of a place in the book likewise."""
    path = unquote(location).replace("\\", "/")
    return "/" + posixpath.join(*path.split("/")[-2:]) if path else ""
