"""Loops of table rows, streamed: cut out of the template before rendering, written into the file at saving.

docxtpl spends a second on a thousand rows, nearly all of it on XML that the rows do not need. What is printed is
the same: the row is the office's own, and the loop's code is Jinja's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from tongbao.word.template.source import Source, without_numbering
from tongbao.word.template.values import OPEN, TRACE, Gate

_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)(?:(?!%\}).)*%\}", re.DOTALL)
# Statements by which the rest of a template could change what a loop prints: then nothing is cut out.
_FAR_REACHING = frozenset({"set", "macro", "call", "import", "from", "include", "extends", "block", "raw", "with"})
# Row content whose structure or colour depends on data, or is numbered over the whole document: left to docxtpl.
_DEPENDENT = re.compile(
    r"(?:gridSpan w:val|w:fill)=\"\{\{|<wp:docPr|<w:tbl>|\{%\s*for(?:(?!%\}).)*%\}\s*<w:tc[ >]", re.DOTALL
)
_ROWS = re.compile(r"(?:\s|\{%(?:(?!%\}).)*%\})*<w:tr[ >].*</w:tr>(?:\s|\{%(?:(?!%\}).)*%\})*", re.DOTALL)
_MARK = "\ufdd3"
_PLACEHOLDER = re.compile(f"<w:tr>(?:(?!</w:tr>).)*{_MARK}(\\d+){_MARK}.*?</w:tr>".encode(), re.DOTALL)
_PIECES = 2048


@dataclass(frozen=True, slots=True)
class RowLoop:
    """A `{%tr for %}` with its rows, as Jinja source."""

    source: Source


def cut_row_loops(xml: str, env: Environment) -> tuple[str, list[RowLoop]]:
    """The patched XML with a placeholder row for every loop of rows that stands under conditions only."""
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
    """A row over all columns of its table, so that the table's grid stays as it was designed."""
    columns = before[before.rfind("<w:tblGrid") :].count("<w:gridCol ")
    return (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>'
        f"<w:p><w:r><w:t>{_MARK}{number}{_MARK}</w:t></w:r></w:p></w:tc></w:tr>"
    )


def spliced(document: bytes, loops: list[RowLoop], context: Mapping[str, Any], gate: Gate) -> Iterator[bytes]:
    """The rendered document in pieces, each placeholder replaced by its rows."""
    done = 0
    for found in _PLACEHOLDER.finditer(document):
        yield document[done : found.start()]
        yield from _rows(loops[int(found[1])], context, gate)
        done = found.end()
    yield document[done:]


def _rows(loop: RowLoop, context: Mapping[str, Any], gate: Gate) -> Iterator[bytes]:
    """Whole rows at a time."""
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
