"""The few things that a reader asks of a web page's styles: hidden, struck out, and the number format of Office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])*)")
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{4,6}) ?|\\(.)")
# Names of formats that Office writes instead of their codes.
_NAMED = {
    "general": "General",
    "general number": "General",
    "fixed": "0.00",
    "standard": "#,##0.00",
    "percent": "0.00%",
    **dict.fromkeys(("general date", "long date", "medium date", "short date"), "yyyy/m/d"),
    **dict.fromkeys(("long time", "medium time", "short time"), "h:mm"),
}
Style = dict[str, str]


@dataclass(frozen=True)
class Styles:
    """The styles of a page, by class."""

    classes: Mapping[str, Style] = field(default_factory=dict)

    def of(self, attributes: Mapping[str, str]) -> Style:
        """The style of an element by its classes and its own attribute."""
        found: Style = {}
        for name in attributes.get("class", "").split():
            found |= self.classes.get(name.lower(), {})
        return found | _declared(attributes["style"]) if "style" in attributes else found


def of_page(text: str) -> Styles:
    """The classes that a page defines."""
    classes: dict[str, Style] = {}
    for sheet in re.findall(r"<style\b[^>]*>(.*?)</style>", text, re.I | re.S):
        for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/|<!--|-->", "", sheet, flags=re.S)):
            for name in re.findall(r"(?:^|,)\s*[\w]*\.([\w-]+)\s*(?=,|$)", selectors.strip()):
                classes[name.lower()] = classes.get(name.lower(), {}) | _declared(body)
    return Styles(classes)


def _declared(text: str) -> Style:
    return {name.lower(): value.strip() for name, value in _DECLARATION.findall(text)}


def is_out_of_sight(style: Mapping[str, str]) -> bool:
    """Whether an element of this style is not shown."""
    return style.get("display", "").lower().startswith("none") or style.get("visibility", "").lower() == "collapse"


def is_struck(style: Mapping[str, str]) -> bool:
    """Whether the text of an element of this style is struck out."""
    return any("line-through" in style.get(name, "").lower() for name in ("text-decoration", "text-decoration-line"))


def number_format(code: str) -> str:
    r"""A number format as cells have it: `"yyyy\0022年\0022"` → `yyyy"年"`, `Percent` → `0.00%`."""
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], code.strip().strip("\"'"))
    return named(plain)


def named(code: str) -> str:
    """The code of a format that has a name (`Short Date`), else the code itself."""
    return _NAMED.get(code.lower(), code or "General")
