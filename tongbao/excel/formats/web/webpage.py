"""Tables in web pages, which office systems and Excel itself save under the names of workbooks.

A home of lxml: its parser is that of a browser (missing ends, bare attributes), opens nothing on the network, and takes
no longer for what was made to be slow. Source of the `x:` and `mso-` words: "Microsoft Office HTML and XML Reference".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tongbao.excel.formats.web import stylesheet
from tongbao.excel.formats.web.htmltable import HtmlCell, HtmlTable, Lines, assembled, flowing
from tongbao.excel.grid import MAX_CELLS, ReadError, Sheet

# Only a text that begins with a tag is a page: a cell that speaks of `<table>` does not make it one.
_TABLE = re.compile(r"<(?:html|body|frameset|table|tr|td)\b", re.IGNORECASE)
_PAGE_IN_XML = re.compile(r"<(?:!doctype\s+)?html\b", re.IGNORECASE)
# Tags that stand on lines of their own, and what nobody sees.
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "caption",
        "pre",
        "center",
        "form",
        "hr",
        "legend",
    ]
)
_UNSEEN = frozenset(["head", "script", "title", "noscript", "template", "option", "rt", "rp", "object", "svg"])
# Tables inside tables: pages laid out in tables go ten deep.
_DEEPEST = 40
# Elements inside elements: where a program forgets to close them, a long page has thousands; more would take too long.
_MOST_OPEN = 20_000
_STRIKING = frozenset(("s", "strike", "del"))


@dataclass(frozen=True, slots=True)
class Page:
    """The sheets of one page; the sheets of its workbook that lie in other files, as (name, place, hidden)."""

    sheets: tuple[Sheet, ...]
    elsewhere: tuple[tuple[str, str, bool], ...] = ()
    framed: bool = False


def is_page(text: str) -> bool:
    """Whether a text is a web page, or a piece of one."""
    head = text[:100_000].lstrip("\ufeff \r\n\t")
    told = _PAGE_IN_XML if head.startswith("<?xml") else _TABLE
    return head.startswith("<") and told.search(head) is not None


def read(text: str, name: str) -> list[Sheet]:
    """The tables of a page as sheets. Raises ReadError where it has none."""
    page = read_page(text, name)
    if page.sheets:
        return list(page.sheets)
    raise ReadError("file_frames" if page.framed else "file_html")


def read_page(text: str, name: str) -> Page:
    """All that a page says. `name` is that of its first sheet where it gives none itself."""
    if _is_cut(text):
        raise ReadError("file_damaged")
    reader = _Reader(stylesheet.of_page(text))
    if "<table" not in text.lower():  # bare rows, as some programs write them
        text = f"<table>{text}"
    target: Any = reader  # the stubs let a parser call with bytes; it calls with texts
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        etree.fromstring(text.encode("utf-8", "replace") or b" ", parser)
    except etree.LxmlError as error:
        raise ReadError("file_damaged") from error
    names = [sheet[0] for sheet in reader.elsewhere]
    sheets = assembled(flowing(reader.flow), names[0] if len(names) == 1 else name)
    return Page(tuple(sheets), tuple(reader.elsewhere), reader.framed)


# How a page ends whose program closes no table: behind a whole row.
_ENDS = ("</tr>", "</tbody>", "</table>", "</body>", "</html>")


def _is_cut(text: str) -> bool:
    """Whether a page breaks off inside a table, though its rows are closed: the rest was not downloaded."""
    low = text.lower()
    return low.count("<table") > low.count("</table") and "</tr>" in low and not low.rstrip().endswith(_ENDS)


def _is_spacer(attributes: Mapping[str, str]) -> bool:
    """Whether a picture only keeps other things apart, or is hardly a dot."""
    sizes = (attributes.get(name, "").removesuffix("px").strip() for name in ("width", "height"))
    return any(size.isdecimal() and int(size) < 4 for size in sizes)


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: whether it strikes out its text, hides it, and opened a table or a cell."""

    tag: str
    struck: bool = False
    hidden: bool = False


@dataclass
class _Reader:
    """What the parser calls; collects the page in order: lines of text and tables, which may hold tables."""

    styles: stylesheet.Styles
    flow: Lines = field(default_factory=Lines)
    elsewhere: list[tuple[str, str, bool]] = field(default_factory=list)
    framed: bool = False
    _opened: list[_Open] = field(default_factory=list)
    _tables: list[HtmlTable] = field(default_factory=list)
    _choices: list[tuple[bool, list[str]]] = field(default_factory=list)
    _cells: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""
        style = self.styles.of(attributes)
        before = self._opened[-1] if self._opened else _Open("")
        if len(self._opened) > _MOST_OPEN:
            raise ReadError("file_damaged")
        gone = stylesheet.is_out_of_sight(style) and tag not in ("tr", "td", "th", "col", "colgroup")
        struck = tag in _STRIKING or stylesheet.is_struck(style)
        self._opened.append(_Open(tag, before.struck or struck, before.hidden or gone or tag in _UNSEEN))
        if tag == "option" and not before.hidden:
            self._choices.append(("selected" in attributes, []))
        if self._opened[-1].hidden:
            return
        if tag == "br":
            self._target.line()
        elif tag in _BLOCKS:
            self._target.paragraph()
        elif tag == "input":
            self._field(attributes)
        elif tag == "img":
            self._target.pictured |= not _is_spacer(attributes)
        elif tag in ("frame", "frameset"):
            self.framed = True
        else:
            self._start_of_table(tag, attributes, style)

    def _start_of_table(self, tag: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> None:
        if tag == "table":
            if len(self._tables) > _DEEPEST:
                raise ReadError("file_damaged")
            table = HtmlTable()
            self._target.insert(table)
            self._tables.append(table)
        elif not self._tables:
            return
        elif tag == "tr":
            self._tables[-1].row(hidden=stylesheet.is_out_of_sight(style))
        elif tag in ("td", "th"):
            self._cells += 1
            if self._cells > MAX_CELLS:
                raise ReadError("file_vast", f"第{len(self._tables[-1].rows)}行")
            self._tables[-1].cell(HtmlCell.of(attributes, style, struck=self._opened[-1].struck))
        elif tag in ("col", "colgroup"):
            self._tables[-1].column(attributes, tag, hidden=stylesheet.is_out_of_sight(style))

    def _field(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("type", "text").lower()
        if kind in ("text", "number", "date"):
            self._target.add(attributes.get("value", ""))
        elif kind in ("checkbox", "radio") and "checked" in attributes:
            self._target.add("√")

    def end(self, tag: str) -> None:
        """An element closes."""
        closed = self._opened.pop() if self._opened else _Open("")
        if tag == "select" and not closed.hidden:
            chosen = [text for told, text in self._choices if told] or [text for _, text in self._choices[:1]]
            self._target.add("、".join("".join(text).strip() for text in chosen))
            self._choices = []
        if tag in _BLOCKS:
            self._target.paragraph()
        elif tag == "table" and self._tables and not self._hidden:
            self._tables.pop()
        elif tag in ("td", "th") and self._tables and not self._hidden:
            self._tables[-1].close()

    def data(self, text: str) -> None:
        """Text inside the element that is open; of a list of choices only what is chosen is seen."""
        if self._choices and self._opened and self._opened[-1].tag == "option":
            self._choices[-1][1].append(text)
        if self._opened and not self._hidden and self._opened[-1].tag not in ("table", "tr", "tbody", "style"):
            self._target.add(text, struck=self._opened[-1].struck)

    def comment(self, text: str) -> None:
        """Excel keeps the names of its sheets in a comment that only Office reads."""
        for block in re.findall(r"<x:ExcelWorksheet>(.*?)</x:ExcelWorksheet>", text, re.S):
            told = [
                re.search(pattern, block)
                for pattern in (r"<x:Name>([^<]*)<", r"HRef=[\"']([^\"']*)", r"<x:Visible>(\w+)")
            ]
            name, place, visible = (match[1] if match else "" for match in told)
            self.elsewhere.append(
                (name, place, visible.startswith("SheetHidden") or visible.startswith("SheetVeryHidden"))
            )

    def close(self) -> None:
        """The page ends."""

    @property
    def _hidden(self) -> bool:
        return bool(self._opened) and self._opened[-1].hidden

    @property
    def _target(self) -> Lines:
        """Where text goes: the open cell of the innermost table, or the page."""
        for table in reversed(self._tables):
            if table.open is not None:
                return table.open.lines
        return self.flow
