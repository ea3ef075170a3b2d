"""The paragraph styles of a Word file, inheritance resolved, as far as reading needs them."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.word.package import Element, W


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its visible name, its list properties (own or inherited)."""

    name: str
    list: tuple[str, int] | None = None


def styles_of(root: Element | None) -> dict[str, Style]:
    """Styles by id, inheritance resolved; the default paragraph style stands under the empty id too."""
    elements = {e.get(W + "styleId", ""): e for e in root.iter(W + "style")} if root is not None else {}
    found = {style: _resolved(style, elements) for style in elements}
    for style, element in elements.items():
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true"}:
            found[""] = found[style]
    return found


def _resolved(style: str, elements: dict[str, Element]) -> Style:
    name_mark = elements[style].find(W + "name")
    name = name_mark.get(W + "val", "") if name_mark is not None else style
    numbering, seen = None, set()
    while style in elements and style not in seen:
        seen.add(style)
        element = elements[style]
        numbering = numbering or list_of(element)
        based = element.find(W + "basedOn")
        style = based.get(W + "val", "") if based is not None else ""
    return Style(name, numbering)


def list_of(element: Element) -> tuple[str, int] | None:
    """(numId, level) of a paragraph's or style's own list properties."""
    properties = element.find(f"{W}pPr/{W}numPr")
    number = properties.find(W + "numId") if properties is not None else None
    if properties is None or number is None:
        return None
    level = properties.find(W + "ilvl")
    return number.get(W + "val", ""), int(level.get(W + "val", "0")) if level is not None else 0
