"""How the cells and rows of a table look that replaces the one of a template: as its author drew the old ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from tongbao.word.template.own_form import HeaderCell, OwnForm, balanced

LISTED = "附件.行"
LOOP = re.compile(r"\{%[-+]?tr\s+for\s+(\S+)\s+in\s+附件\.行\s*[-+]?%\}")
_HEADING = re.compile(r"\{\{\s*\S+\.分节\b")
# What a row holds that is only a tag; of the others those without the heading print items.
_CODE = re.compile(r"\{%[-+]?tr\s")
# Braces in a header would be read as a tag; no header was seen with one.
_BRACES = str.maketrans("", "", "{}｛｝")


def text_in(node: Any) -> str:
    """The text of a piece of XML in one line."""
    return "".join(t.text or "" for t in node.iter(qn("w:t")))


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is made: the properties of cell, paragraph and run, as the author of the template set them."""

    cell: Any
    paragraph: Any
    run: Any

    def drawn(self, wide: int, text: str, *, span: int = 1, down: str = "") -> Any:
        """A cell with this text, in twips and columns."""
        cell = element("w:tc", deepcopy(self.cell))
        properties = cell[0]
        for tag in ("w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge"):
            for old in properties.findall(qn(tag)):
                properties.remove(old)
        own = [element("w:tcW", w=str(wide), type="dxa")]
        own += [element("w:gridSpan", val=str(span))] if span > 1 else []
        own += [element("w:vMerge", val="restart" if down == "起" else "continue")] if down else []
        for place, node in enumerate(own, 1 if properties.find(qn("w:cnfStyle")) is not None else 0):
            properties.insert(place, node)
        paragraph = element("w:p", deepcopy(self.paragraph))
        for n, line in enumerate(text.split("\n") if text else ()):
            paragraph.append(run_of(self.run, line, broken=n > 0))
        cell.append(paragraph)
        return cell


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a table: its head, its headings, its texts, its short words."""

    head: Look
    heading: Look
    text: Look
    centred: Look
    repeated: Any
    plain: Any


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of Word with these children and attributes."""
    node = etree.Element(qn(tag), {qn(f"w:{name}"): value for name, value in attributes.items()})
    node.extend(children)
    return node


def run_of(properties: Any, text: str, *, broken: bool) -> Any:
    """A run with this text, on a new line where it is `broken` off the one before."""
    run = element("w:r", *([deepcopy(properties)] if properties is not None else []))
    if broken:
        run.append(element("w:br"))
    words = element("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def look_of(cell: Any) -> Look:
    """How the first paragraph of a cell looks."""
    paragraph = next(cell.iter(qn("w:p")), element("w:p"))
    run = next((r.find(qn("w:rPr")) for r in paragraph.iter(qn("w:r")) if text_in(r).strip()), None)
    properties, own = cell.find(qn("w:tcPr")), paragraph.find(qn("w:pPr"))
    return Look(
        properties if properties is not None else element("w:tcPr"),
        own if own is not None else element("w:pPr"),
        run,
    )


def drawn_looks(table: Any, styles: dict[str, str]) -> Looks:
    """The looks that the author of a template gave its annex; what is not drawn there has that of the text."""
    rows = list(table.iterchildren(qn("w:tr")))
    begins = next(n for n, row in enumerate(rows) if LOOP.search(text_in(row)))
    body = [row for row in rows[begins + 1 :] if not _CODE.search(text_in(row))]
    items = [row for row in body if not _HEADING.search(text_in(row))] or [rows[begins]]
    headings = [row for row in body if _HEADING.search(text_in(row))]
    cells = [look_of(cell) for cell in items[0].iter(qn("w:tc"))] or [plain_looks(styles).text]
    centred = next((look for look in cells if _is_centred(look, styles)), cells[0])
    text = next((look for look in reversed(cells) if not _is_centred(look, styles)), cells[0])
    head = rows[begins - 1] if begins else items[0]
    return Looks(
        head=next(map(look_of, head.iter(qn("w:tc"))), text),
        heading=next(map(look_of, headings[0].iter(qn("w:tc"))), text) if headings else text,
        text=text,
        centred=centred,
        repeated=head.find(qn("w:trPr")) if begins else None,
        plain=items[0].find(qn("w:trPr")),
    )


def _is_centred(look: Look, styles: dict[str, str]) -> bool:
    own, named = look.paragraph.find(qn("w:jc")), look.paragraph.find(qn("w:pStyle"))
    if own is not None:
        return bool(own.get(qn("w:val")) == "center")
    return named is not None and named.get(qn("w:val")) == styles.get("表格居中")


def plain_looks(styles: dict[str, str]) -> Looks:
    """The looks of the shipped templates, by the names of their styles; a template without these has its own plain."""
    middle = element("w:tcPr", element("w:vAlign", val="center"))
    hint = element("w:rPr", element("w:rFonts", hint="eastAsia"))
    names = ("表头文字", "表格分节", "表格文字", "表格居中")
    head, heading, text, centred = (Look(middle, styled(styles, name), hint) for name in names)
    return Looks(head, heading, text, centred, repeated=None, plain=None)


def styled(styles: dict[str, str], name: str) -> Any:
    """Properties of a paragraph of a named style; none where the template lacks it."""
    return element("w:pPr", *([element("w:pStyle", val=styles[name])] if name in styles else []))


# ---------------------------------------------------------------------------------------------- rows


def table_rows(form: OwnForm, looks: Looks, widths: Sequence[int], item: str) -> Iterator[Any]:
    """The header on each page, then for each heading a row over the full width, and for each item one of its cells."""
    total, count = sum(widths), len(widths)

    def statement(code: str) -> Any:
        return _row(looks.plain, [looks.text.drawn(total, f"{{%tr {code} %}}", span=count)])

    for cells in form.header:
        yield _row(looks.repeated, list(_header(cells, looks.head, widths)), header=True)
    yield statement(f"for {item} in {LISTED}")
    yield statement(f"if {item}.分节")
    yield _row(looks.plain, [looks.heading.drawn(total, f"{{{{ {item}.分节 }}}}", span=count)])
    yield statement("else")
    values = []
    for column, wide in zip(form.columns, widths, strict=True):
        tags = f"{{% 纵并 {item}.{column.name} %}}{{{{ {item}.{column.name} }}}}"
        values.append((looks.centred if column.centred else looks.text).drawn(wide, tags))
    yield _row(looks.plain, values)
    yield statement("endif")
    yield statement("endfor")


def _header(cells: Sequence[HeaderCell], look: Look, widths: Sequence[int]) -> Iterator[Any]:
    at = 0
    for cell in cells:
        wide = sum(widths[at : at + cell.span])
        text = "" if cell.down == "续" else balanced(cell.text.translate(_BRACES), wide)
        yield look.drawn(wide, text, span=cell.span, down=cell.down)
        at += cell.span


def _row(properties: Any, cells: Sequence[Any], *, header: bool = False) -> Any:
    """A row that no page break divides; one of the header is repeated on each page."""
    own = deepcopy(properties) if properties is not None else element("w:trPr")
    for tag in ("w:gridBefore", "w:gridAfter", "w:wBefore", "w:wAfter"):  # of rows that are not as wide as the table
        own[:] = [node for node in own if node.tag != qn(tag)]
    if own.find(qn("w:cantSplit")) is None:
        own.insert(0, element("w:cantSplit"))
    if header and own.find(qn("w:tblHeader")) is None:
        own.append(element("w:tblHeader"))
    return element("w:tr", own, *cells)
