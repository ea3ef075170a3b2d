"""An annex for a template that has none: a note of it above the signature, its table on landscape pages of its own."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from tongbao.word.gb9704 import LANDSCAPE
from tongbao.word.template.own_form import OwnForm, fitted
from tongbao.word.template.own_looks import element, plain_looks, run_of, styled, table_rows, text_in


def add_annex(body: Any, form: OwnForm, styles: dict[str, str]) -> None:
    """Gives a template an annex, after its signature: a note of it in the paper, and the table on pages of its own."""
    paragraphs = {name: _of_style(body, id_) for name, id_ in styles.items() if name in ("署名", "成文日期")}
    if paragraphs.get("署名") is not None and "附件说明" in styles:
        _note_before(paragraphs["署名"], styles)
    breaks = [p for p in body.iterchildren(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None]
    dated = paragraphs.get("成文日期")
    after = next((p for p in breaks if dated is None or _stands_before(body, dated, p)), None)
    if after is None:  # one section: the paper ends with its last page, the annex begins another
        after = _section_end(styles, deepcopy(body.find(qn("w:sectPr"))))
        body.insert(len(body) - 1, after)
    turned = _turned(after.find(f"{qn('w:pPr')}/{qn('w:sectPr')}"))
    block = [*_annex(form, styles, _text_width(turned)), _section_end(styles, turned)]
    for node in reversed(block):
        after.addnext(node)


def _of_style(body: Any, style: str) -> Any:
    marks = ((p, p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) for p in body.iterchildren(qn("w:p")))
    return next((p for p, mark in marks if mark is not None and mark.get(qn("w:val")) == style), None)


def _stands_before(body: Any, first: Any, second: Any) -> bool:
    return bool(body.index(first) < body.index(second))


def _note_before(signer: Any, styles: dict[str, str]) -> None:
    """附件：… above the signature and the empty row that stands before it."""
    above = signer.getprevious()
    place = above if above is not None and above.tag == qn("w:p") and not text_in(above) else signer
    for node in _if_annex(styles, [_said(styles, "空行"), _said(styles, "附件说明", "附件：{{ 附件.标题 }}")]):
        place.addprevious(node)


def _annex(form: OwnForm, styles: dict[str, str], wide: int) -> list[Any]:
    widths = fitted(form.columns, wide)
    table = element("w:tbl", _table_properties(wide), element("w:tblGrid"))
    table[1].extend(element("w:gridCol", w=str(w)) for w in widths)
    table.extend(table_rows(form, plain_looks(styles), widths, "行"))
    blank = _said(styles, "空行")
    title = _said(styles, "附件标题", "{{ 附件.标题 }}")
    return _if_annex(styles, [_said(styles, "附件标识", "附件"), blank, title, deepcopy(blank), table])


def _if_annex(styles: dict[str, str], inside: list[Any]) -> list[Any]:
    return [_said(styles, "空行", "{%p if 附件 %}"), *inside, _said(styles, "空行", "{%p endif %}")]


def _said(styles: dict[str, str], style: str, text: str = "") -> Any:
    paragraph = element("w:p", styled(styles, style))
    if text:
        paragraph.append(run_of(element("w:rPr", element("w:rFonts", hint="eastAsia")), text, broken=False))
    return paragraph


def _table_properties(wide: int) -> Any:
    """As in the shipped templates: outer lines of 1 pt, inner ones of 0.5 pt, cells with little margin."""
    sides = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
    lines = [element(f"w:{s}", val="single", sz=str(size), space="0", color="000000") for s, size in sides.items()]
    margins = {"top": 28, "left": 57, "bottom": 28, "right": 57}
    return element(
        "w:tblPr",
        element("w:tblW", w=str(wide), type="dxa"),
        element("w:jc", val="center"),
        element("w:tblBorders", *lines),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *(element(f"w:{s}", w=str(m), type="dxa") for s, m in margins.items())),
    )


def _section_end(styles: dict[str, str], properties: Any) -> Any:
    own = styled(styles, "末行")
    own.append(properties)
    return element("w:p", own)


def _turned(properties: Any) -> Any:
    """The section on landscape pages, its margins turned with the sheet (GB/T 9704-2012, 8)."""
    turned = deepcopy(properties)
    size, margins = turned.find(qn("w:pgSz")), turned.find(qn("w:pgMar"))
    wide, high = (int(size.get(qn(f"w:{side}"), "0")) for side in "wh") if size is not None else (0, 0)
    if size is None or margins is None or wide >= high:
        return turned
    size.set(qn("w:w"), str(high))
    size.set(qn("w:h"), str(wide))
    size.set(qn("w:orient"), "landscape")
    old = {side: int(margins.get(qn(f"w:{side}"), "0")) for side in ("top", "right", "bottom", "left", "footer")}
    new = {"top": old["left"], "right": old["top"], "bottom": old["right"], "left": old["bottom"]}
    new["footer"] = max(new["bottom"] - old["bottom"] + old["footer"], 0)
    for side, length in new.items():
        margins.set(qn(f"w:{side}"), str(length))
    return turned


def _text_width(properties: Any) -> int:
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    if size is None or margins is None:
        return LANDSCAPE.text_width
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
