"""The styles of a Word file, as far as reading its text needs them: their names and lists."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.word.package import Element, W


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its visible name, and (number of its list, level) where it or a style that it is based on has one."""

    name: str
    list: tuple[str, int] | None = None


def styles_of(root: Element | None) -> dict[str, Style]:
    """The styles by id; the default paragraph style also stands under the empty id."""
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
    """(numId, level) of the list that a paragraph or a style itself names, None where it names none."""
    properties = element.find(f"{W}pPr/{W}numPr")
    number = properties.find(W + "numId") if properties is not None else None
    if properties is None or number is None:
        return None
    level = properties.find(W + "ilvl")
    return number.get(W + "val", ""), int(level.get(W + "val", "0")) if level is not None else 0
