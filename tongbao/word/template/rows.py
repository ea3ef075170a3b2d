"""Loops of table rows, streamed: cut out of the template before rendering, written into the file at saving.

docxtpl takes a third of a second for a thousand rows and six for ten thousand, nearly all of it for work on XML that
rows do not need. What is printed is the same: the row is the office's own, and Jinja computes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from tongbao.word.template.source import Source, without_numbering
from tongbao.word.template.values import OPEN, TRACE, Gate

# A statement and its first word: `{% for 行 in 附件.行 %}` → `for`. Printed values (`{{ … }}`) and remarks are none.
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)(?:(?!%\}).)*%\}", re.DOTALL)
# Statements by which the rest of a template could change what a loop prints: then no loop is cut out, and rendering
# takes docxtpl's time, even where the statement (`set` in the head of the paper) has nothing to do with the loop.
_FAR_REACHING = frozenset({"set", "macro", "call", "import", "from", "include", "extends", "block", "raw", "with"})
# Rows whose structure or colour depends on data (`w:fill="{{ 行.色 }}"`, a loop of cells), that hold a table, or a
# drawing or a photograph, which has a number and a part in the document: left to docxtpl. A loop of paragraphs inside
# a cell is not among them.
_DEPENDENT = re.compile(
    r"(?:gridSpan w:val|w:fill)=\"\{\{|<wp:docPr|现场照片|<w:tbl>|\{%\s*for(?:(?!%\}).)*%\}\s*<w:tc[ >]", re.DOTALL
)
_ROWS = re.compile(r"(?:\s|\{%(?:(?!%\}).)*%\})*<w:tr[ >].*</w:tr>(?:\s|\{%(?:(?!%\}).)*%\})*", re.DOTALL)
_MARK = "\ufdd3"
_PLACEHOLDER = re.compile(f"<w:tr>(?:(?!</w:tr>).)*{_MARK}(\\d+){_MARK}.*?</w:tr>".encode(), re.DOTALL)
# Pieces of Jinja's that are encoded and packed at once. 10 000 rows take 2 MB of memory so, 9 MB with 16 384 pieces and
# 117 MB in one go; fewer pieces are as good (tried).
_PIECES = 2048


@dataclass(frozen=True, slots=True)
class RowLoop:
    """A `{%tr for %}` with its rows, as Jinja source."""

    source: Source


def cut_row_loops(xml: str, env: Environment) -> tuple[str, list[RowLoop]]:
    """The XML with a placeholder row for every outermost loop of rows, and the loops that were cut out."""
    statements = list(_STATEMENT.finditer(xml))
    if any(s[1] in _FAR_REACHING for s in statements):
        return xml, []
    loops: list[RowLoop] = []
    parts: list[str] = []
    done = 0
    for start, end in _outer_loops(statements):
        body = xml[start.end() : end.start()]
        if _ROWS.fullmatch(body) and not _DEPENDENT.search(body):
            parts += [xml[done : start.start()], _placeholder(xml[: start.start()], len(loops))]
            loops.append(RowLoop(Source(xml[start.start() : end.end()], env)))
            done = end.end()
    return "".join([*parts, xml[done:]]), loops


def _outer_loops(statements: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The outermost `for` … `endfor` pairs."""
    opened: list[re.Match[str]] = []
    for statement in statements:
        if statement[1] == "for":
            opened.append(statement)
        elif statement[1] == "endfor" and opened:
            start = opened.pop()
            if not opened:
                yield start, statement


def _placeholder(before: str, number: int) -> str:
    """A marked row over all columns of its table, so that docxtpl leaves the table's grid as it was designed."""
    columns = before[before.rfind("<w:tblGrid") :].count("<w:gridCol ")
    return (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>'
        f"<w:p><w:r><w:t>{_MARK}{number}{_MARK}</w:t></w:r></w:p></w:tc></w:tr>"
    )


def spliced(document: bytes, loops: list[RowLoop], context: Mapping[str, Any], gate: Gate) -> Iterator[bytes]:
    """The rendered document in pieces, with the rows of each loop in place of its placeholder."""
    done = 0
    for found in _PLACEHOLDER.finditer(document):
        yield document[done : found.start()]
        yield from _rows(loops[int(found[1])], context, gate)
        done = found.end()
    yield document[done:]


def _rows(loop: RowLoop, context: Mapping[str, Any], gate: Gate) -> Iterator[bytes]:
    """The rows of a loop in pieces; each piece is some whole rows."""
    gate.source = loop.source
    block: list[str] = []
    for piece in loop.source.compile().pieces(context):
        block.append(piece)
        if len(block) >= _PIECES and piece.endswith("</w:tr>"):
            yield _encoded(block)
            block.clear()
    yield _encoded(block)


def _encoded(block: list[str]) -> bytes:
    text = without_numbering("".join(block))
    return (TRACE.sub("", text) if OPEN in text else text).encode("utf-8")
