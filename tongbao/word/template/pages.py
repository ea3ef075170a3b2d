"""What is done to a rendered document before it is saved: values are traced, layout computed, the structure checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from tongbao.word.gb9704 import CHARACTER, RED, mark_size, signature_indents
from tongbao.word.template.photos import fit_photos
from tongbao.word.template.values import TRACE, Gate

# What `w:fill` may be (ECMA-376 part 1, 17.18.38). `#FF0000`, an empty text and `red` come from values and are refused:
# Word would show no colour and not say so.
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}|auto")
P, R, T, TBL, TC, TR = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tc", "tr"))
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph of the body as printed. `paragraph` is its number (0-based) among the paragraphs outside tables.

    `spans` are the traced values in its text: first character, end, key.
    """

    paragraph: int
    text: str
    spans: tuple[tuple[int, int, str], ...] = ()


def finished(docx: Any, gate: Gate) -> tuple[Printed, ...]:
    """Completes the rendered document in place, and gives its paragraphs with their traced values.

    Notes at the gate what a printed page must not have.
    """
    body = docx.element.body
    _fold_empty_sections(body)
    styles = {s.name: s.style_id for s in docx.styles}
    _align_signature(body, styles)
    _fit_mark(body, styles)
    fit_photos(docx)
    printed = tuple(_printed(body, gate.keys))
    for part in (body, *(rel.target_part.element for rel in docx.part.rels.values() if _is_page_part(rel))):
        for text in part.iter(T):
            if TRACE.search(text.text or ""):
                text.text = TRACE.sub("", text.text)
    check(body, gate)
    return printed


def _is_page_part(relation: Any) -> bool:
    return str(relation.reltype).endswith(("/header", "/footer"))


# ---------------------------------------------------------------------------------------------- traces


def _printed(body: Any, keys: list[str]) -> Iterator[Printed]:
    for number, paragraph in enumerate(body.iterchildren(P)):
        text, spans = read_paragraph(paragraph)
        if text:
            yield Printed(number, text, tuple((start, end, keys[n]) for start, end, n in spans))


def read_paragraph(paragraph: Any) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of a paragraph without the marks of traces, and the traced spans: (start, end, number of the key)."""
    text, spans, opened = "", [], (0, 0)
    for piece in _text_pieces(paragraph):
        done = 0
        for mark in TRACE.finditer(piece):
            text += piece[done : mark.start()]
            done = mark.end()
            if mark[1]:
                opened = (len(text), int(mark[1]))
            else:
                spans.append((opened[0], len(text), opened[1]))
        text += piece[done:]
    return text, spans


def _text_pieces(paragraph: Any) -> Iterator[str]:
    for run in paragraph.iter(R):
        for node in run:
            if node.tag == T:
                yield node.text or ""
            elif node.tag in BREAKS:
                yield BREAKS[node.tag]


# ---------------------------------------------------------------------------------------------- layout


def _fold_empty_sections(body: Any) -> None:
    """Removes sections that came out empty, such as that of an annex without rows: each would print an empty page.

    Where the sections on both sides have the same page set-up, they become one.
    """
    while (found := _empty_section(body)) is not None:
        content, properties, before, after = found
        same = before is not None and after is not None and _page(before) == _page(after)
        for node in content:
            body.remove(node)
        if after is None and before is not None:
            _take_over(body, before, properties)
        elif same and before is not None and after is not None:
            _take_over(body, before, after)


def _take_over(body: Any, earlier: Any, later: Any) -> None:
    """Makes the earlier section end where the later one ended."""
    holder = earlier.getparent().getparent()
    earlier.getparent().remove(earlier)
    later.getparent().replace(later, earlier)
    if not any(_text_pieces(holder)):
        body.remove(holder)


def _empty_section(body: Any) -> tuple[list[Any], Any, Any, Any] | None:
    """The first section without content: its nodes, its properties, and those of the sections before and after it."""
    sections = list(_sections(body))
    if len(sections) < 2:
        return None
    for n, (content, properties) in enumerate(sections):
        if any(_has_content(node) for node in content):
            continue
        before = sections[n - 1][1] if n else None
        after = sections[n + 1][1] if n + 1 < len(sections) else None
        if before is not None:
            return content, properties, before, after
    return None


def _sections(body: Any) -> Iterator[tuple[list[Any], Any]]:
    content: list[Any] = []
    for node in body:
        if node.tag == qn("w:sectPr"):
            yield content, node
            return
        content.append(node)
        properties = node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if properties is not None:
            yield content, properties
            content = []


def _has_content(node: Any) -> bool:
    visible = (T, TBL, qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:fldChar"))
    return any(n.tag != T or n.text for n in node.iter(*visible))


def _page(properties: Any) -> list[dict[str, str]]:
    return [dict(node.attrib) for node in properties.iterchildren(qn("w:pgSz"), qn("w:pgMar"))]


def _align_signature(body: Any, styles: dict[str, str]) -> None:
    """Sets the indents of the signing office and the date as 7.3.5.2 says. Both are found by their paragraph styles."""
    signer = None
    for paragraph in body.iterchildren(P):
        if paragraph.style == styles.get("署名"):
            signer = paragraph
        elif paragraph.style == styles.get("成文日期") and signer is not None:
            texts = [read_paragraph(p)[0] for p in (signer, paragraph)]
            for node, hundredths in zip((signer, paragraph), signature_indents(*texts), strict=True):
                indent = node.get_or_add_pPr().get_or_add_ind()
                indent.set(qn("w:rightChars"), str(hundredths))
                indent.set(qn("w:right"), str(hundredths * CHARACTER // 100))


def _fit_mark(body: Any, styles: dict[str, str]) -> None:
    """Sets a long red name smaller, so that it stays on one row."""
    for paragraph in body.iterchildren(P):
        if paragraph.style == styles.get("发文机关标志"):
            size = mark_size(read_paragraph(paragraph)[0])
            for run in paragraph.iter(R):
                properties = run.get_or_add_rPr()
                properties.get_or_add_sz().set(qn("w:val"), str(size))


def stamp(docx: Any, mark: str) -> None:
    """Writes a red word, such as 草稿, into the header of every page."""
    for number, section in enumerate(docx.sections):
        heads = [section.header]
        if docx.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        for head in heads:
            if number and head.is_linked_to_previous:
                continue
            head.is_linked_to_previous = False
            first = head.paragraphs[0]
            paragraph = first.insert_paragraph_before() if first.text else first
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(mark)
            # As large as the title: seen at once, and out of the way in the margin.
            run.font.size, run.font.color.rgb = Pt(22), RGBColor.from_string(RED)


# ---------------------------------------------------------------------------------------------- checks


def check(body: Any, gate: Gate) -> None:
    """Notes what no page may have, whatever the template: Word refuses such files, or leaves text out of them."""
    for cell in body.iter(TC):
        if not len(cell) or cell[-1].tag != P:
            gate.note(
                "表格里有一个单元格没有段落，Word 打不开",
                "条件不成立时也留一段（用 {%p else %}）",
                _text(cell.getparent()),
            )
    for table in body.iter(TBL):
        if table.find(TR) is None:
            gate.note("表格一行也没有，Word 打不开", "表格留一行不受条件控制的表头", _text(table))
    for shade in body.iter(qn("w:shd")):
        fill = shade.get(qn("w:fill"), "auto")
        if not _COLOUR.fullmatch(fill):
            gate.note(f"底纹颜色“{fill}”不是颜色", "写六位十六进制颜色，不带井号", _text(shade.getparent().getparent()))
    for loose in body.xpath(".//w:p/text()|.//w:r/text()"):
        if loose.strip():
            gate.note(
                f"“{loose.strip()[:20]}”落在文字之外，印不出来",
                "标签里不要用 {{r … }} 的写法",
                _text(loose.getparent()),
            )


def _text(node: Any) -> str:
    return "".join(t.text or "" for t in node.iter(T))[:40]
