"""A template whose annex prints a table of other columns than its author drew: the ledger's own.

The table is looked for by its loop over the annex's rows. Its look stays: borders, fonts, the rows that repeat on each
page, the page; its columns go. A template without such a table is given one, on landscape pages of its own.
"""

from __future__ import annotations

from re import Match
from typing import Any
from zipfile import BadZipFile

from docx.oxml.ns import qn
from lxml import etree

from tongbao.word.gb9704 import LANDSCAPE
from tongbao.word.template.added_annex import add_annex
from tongbao.word.template.engine import pack, unpack
from tongbao.word.template.own_form import OwnForm, fitted
from tongbao.word.template.own_looks import LOOP, Looks, drawn_looks, element, table_rows, text_in

_BODY = "word/document.xml"


def with_own_table(template: bytes, form: OwnForm) -> bytes:
    """The template with this table for its annex; equal input gives equal bytes. What is no Word file comes back."""
    try:
        parts = unpack(template)
        root, styles = etree.fromstring(parts[_BODY]), _style_ids(parts)
    except (BadZipFile, OSError, LookupError, ValueError, RuntimeError, etree.XMLSyntaxError):
        return template  # rendering says what is wrong with it
    tables = [table for table in root.iter(qn("w:tbl")) if _loop_of(table)]
    for table in tables:
        _redraw(table, form, drawn_looks(table, styles))
    if not tables:
        add_annex(root.find(qn("w:body")), form, styles)
    parts[_BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(parts)


def _style_ids(parts: dict[str, bytes]) -> dict[str, str]:
    root = etree.fromstring(parts["word/styles.xml"]) if "word/styles.xml" in parts else etree.Element("none")
    names = ((s.find(qn("w:name")), s.get(qn("w:styleId"), "")) for s in root.iter(qn("w:style")))
    return {name.get(qn("w:val"), ""): id_ for name, id_ in names if name is not None}


def _loop_of(table: Any) -> Match[str] | None:
    return next((found for row in table.iterchildren(qn("w:tr")) if (found := LOOP.search(text_in(row)))), None)


def _redraw(table: Any, form: OwnForm, looks: Looks) -> None:
    """Puts the columns of the form in place of those of the table."""
    found = _loop_of(table)
    old = table.find(qn("w:tblGrid"))
    total = sum(int(c.get(qn("w:w"), "0")) for c in old) if old is not None else 0
    widths = fitted(form.columns, total or LANDSCAPE.text_width)
    new = element("w:tblGrid", *(element("w:gridCol", w=str(w)) for w in widths))
    if old is not None:
        table.replace(old, new)
    else:
        table.insert(1, new)
    for row in list(table.iterchildren(qn("w:tr"))):
        table.remove(row)
    table.extend(table_rows(form, looks, widths, found[1] if found else "行"))
