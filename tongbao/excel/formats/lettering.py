"""What a text says to whoever looks at it: words that are struck out do not count, a `ü` in Wingdings is a tick.

Every reader of workbooks asks here, with the pieces of a text and the look of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Fonts that show signs where the text has letters, and the signs that stand in ledgers: ticks, crosses, boxes, dots.
# Source: the tables of these fonts as Windows ships them. Other signs are told as such (`Written.unknown`).
_SIGNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "wingdings": dict(zip("üûþý¨onlu§v«àØ", "✓✗☑☒☐□■●◆▪❖★→➢", strict=True)),
        "wingdings 2": dict(zip("POQRST£", "✓✗☒☑☒☒☐", strict=True)),
        "webdings": dict(zip("arcgn", "✓✗☐■●", strict=True)),
        "marlett": dict(zip("abrgn", "✓✓✗■●", strict=True)),
    }
)
_PRIVATE = 0xF000  # where Word and old Excel put the signs of such fonts: U+F0FC is the ü of Wingdings


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text is written: struck out, in a font of signs (its name), or neither."""

    struck: bool = False
    signs: str = ""

    @property
    def plain(self) -> bool:
        """Does the text say what its letters say?"""
        return not (self.struck or self.signs)


PLAIN = Look()


def look(struck: bool, font: str) -> Look:
    """The look that a font gives: whether it strikes out, and its name."""
    name = font.casefold().strip()
    return Look(struck, name if name in _SIGNS else "")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is seen: what is `left`, what is `struck` out of it; `unknown`: the signs that nobody can name."""

    left: str = ""
    struck: str = ""
    unknown: str = ""


NOTHING = Written()


def written(pieces: Iterable[tuple[str, Look]]) -> Written:
    """What the pieces of a text say together."""
    left, struck, unknown = "", "", ""
    for text, how in pieces:
        seen, odd = _signs(text, how.signs)
        if how.struck:
            struck += seen
        else:
            left, unknown = left + seen, unknown + odd
    return Written("" if struck and not left.strip() else left, struck, unknown)


def _signs(text: str, font: str) -> tuple[str, str]:
    """The text with the signs of its font, and those letters of it whose sign is not known."""
    if not font:
        return text, ""
    table = _SIGNS[font]
    plain = "".join(chr(ord(c) - _PRIVATE) if _PRIVATE < ord(c) < _PRIVATE + 0x100 else c for c in text)
    # Such a font has no Chinese characters: Excel shows them in another font, as they are.
    unknown = "".join(c for c in plain if c not in table and ord(c) < 0x2000 and not c.isspace())
    return "".join(table.get(c, c) for c in plain), unknown


def cut(text: str, starts: Iterable[tuple[int, Look]], first: Look) -> list[tuple[str, Look]]:
    """The pieces of a text by the places from which another look holds; before them it has the look `first`."""
    pieces, begun, how = [], 0, first
    for at, following in starts:
        pieces.append((text[begun:at], how))
        begun, how = at, following
    return [*pieces, (text[begun:], how)]


def unknown_signs(letters: str) -> str:
    """What is said of a cell in a font of signs (Wingdings) that holds letters whose sign nobody knows."""
    return f"用的是符号字体，屏幕上看到的不是“{letters}”，是什么符号认不出"
