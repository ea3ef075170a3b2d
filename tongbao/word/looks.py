"""How a paragraph of a Word file looks, by its own properties, its style, the styles that this is based on, and the
defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongbao.word.package import Element, W
from tongbao.word.sight import Sight
from tongbao.word.story import pieces


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader sees of a paragraph. Sizes are half-points, lengths twips, `first_chars` hundredths of a character.

    `font` is the Chinese font of the first run with text (empty where nothing names one); where `theme` is true, a font
    of the theme is shown instead. `squeeze` is added between characters. `rule` says how `line` is meant (`exact` …).
    """

    font: str = ""
    theme: bool = False
    size: int = 21
    color: str = "auto"
    squeeze: int = 0
    align: str = "left"
    first: int = 0
    first_chars: int = 0
    line: int = 0
    rule: str = "auto"


class Looks:
    """The looks of the paragraphs of one document; made from its styles part."""

    def __init__(self, sight: Sight) -> None:
        self._sight, styles = sight, sight.styles
        self._styles = {e.get(W + "styleId", ""): e for e in styles.iter(W + "style")} if styles is not None else {}
        self._defaults = styles.find(W + "docDefaults") if styles is not None else None
        marked = (
            i for i, e in self._styles.items() if e.get(W + "type") == "paragraph" and e.get(W + "default") == "1"
        )
        self._normal = next(marked, "")

    def of(self, paragraph: Element) -> Look:
        """The look of a paragraph, by its first run with text."""
        pairs = dict(self._properties(paragraph))
        fonts, ind, spacing = pairs.get("rFonts", {}), pairs.get("ind", {}), pairs.get("spacing", {})
        return Look(
            font=fonts.get("eastAsia", ""),
            theme="eastAsiaTheme" in fonts,
            size=_number(pairs.get("sz", {}).get("val"), 21),  # 五号, as Chinese Word has it where nothing is said
            color=pairs.get("color", {}).get("val", "auto"),
            squeeze=_number(pairs.get("letters", {}).get("val")),
            align=pairs.get("jc", {}).get("val", "left"),
            first=_number(ind.get("firstLine")),
            first_chars=_number(ind.get("firstLineChars")),
            line=_number(spacing.get("line")),
            rule=spacing.get("lineRule", "auto"),
        )

    def _properties(self, paragraph: Element) -> Iterator[tuple[str, dict[str, str]]]:
        """(property, attributes): of each attribute the strongest value that is given."""
        merged: dict[str, dict[str, str]] = {}
        for block in self._blocks(paragraph):
            for element in block:
                name = _name(element)
                if name == "spacing" and block.tag == W + "rPr":
                    name = "letters"
                merged.setdefault(name, {}).update(_attributes(element))
        yield from merged.items()

    def _blocks(self, paragraph: Element) -> Iterator[Element]:
        """The elements pPr and rPr that apply to the paragraph, weakest first."""
        if self._defaults is not None:
            yield from self._defaults.iter(W + "pPr", W + "rPr")
        mark = paragraph.find(f"{W}pPr/{W}pStyle")
        yield from self._chain(mark.get(W + "val", "") if mark is not None else self._normal)
        run = next((e.getparent() for e, text in pieces(paragraph, self._sight) if text.strip()), None)
        own = run.find(W + "rPr") if run is not None else None
        character = own.find(W + "rStyle") if own is not None else None
        if character is not None:
            yield from self._chain(character.get(W + "val", ""))
        yield from (block for block in (paragraph.find(W + "pPr"), own) if block is not None)

    def _chain(self, style: str) -> Iterator[Element]:
        chain: list[Element] = []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            based = chain[-1].find(W + "basedOn")
            style = based.get(W + "val", "") if based is not None else ""
        for element in reversed(chain):
            yield from (b for b in (element.find(W + "pPr"), element.find(W + "rPr")) if b is not None)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attributes(element: Element) -> Mapping[str, str]:
    found = {str(k).rpartition("}")[2]: str(v) for k, v in element.attrib.items()}
    return found or {"val": "1"}


def _number(text: str | None, default: int = 0) -> int:
    try:
        return round(float(text)) if text else default
    except ValueError:
        return default
