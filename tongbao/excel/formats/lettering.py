"""What a text says to whoever looks at it: words that are struck out do not count, a `ü` in Wingdings is a tick.

Every reader of workbooks asks here, with the pieces of a text and the look of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tongbao.excel.grid import Address, Collected, Sheet
from tongbao.excel.values import HIDDEN, Cell, as_seen, text_of
from tongbao.words.signs import in_signs, is_signs, plain

# The signs that say something in a ledger, beside letters and numbers (①). A smiley or a telephone in a cell is more
# likely a text that was put into such a font by mistake: it is told (`Written.unknown`).
_TELLING = frozenset("√×☑☒□■○●◆◇▪•·❖★☆▲▼△▽←→↑↓➢≤≥≈≠±÷°∞…")


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text is written: struck out, in a font of signs (its name), raised (1) or lowered (2)."""

    struck: bool = False
    signs: str = ""
    raised: int = 0

    @property
    def plain(self) -> bool:
        """Does the text say what its letters say?"""
        return not (self.struck or self.signs or self.raised)


PLAIN = Look()


def look(struck: bool, font: str, raised: int = 0) -> Look:
    """The look that a font gives: whether it strikes out, its name, and whether it raises (1) or lowers (2)."""
    return Look(struck, font if is_signs(font) else "", raised if raised in (1, 2) else 0)


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
        seen = _raised(seen, how.raised)
        if how.struck:
            struck += seen
        else:
            left, unknown = left + seen, unknown + odd
    return Written("" if struck and not left.strip() else left, struck, unknown)


def _signs(text: str, font: str) -> tuple[str, str]:
    """The text with the signs of its font, and those letters of it whose sign is not known; they stay as they are."""
    if not font:
        return text, ""
    seen, unknown = "", ""
    for letter in map(plain, text):
        sign = in_signs(letter, font)
        # Such a font has no Chinese characters: Excel shows them in another font, as they are.
        if sign == letter or sign in _TELLING or sign.isalnum():
            seen += sign
        else:
            seen, unknown = seen + letter, unknown + letter
    return seen, unknown


_RAISED = {
    1: str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ"),
    2: str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"),
}


def _raised(text: str, raised: int) -> str:
    """Raised and lowered figures as characters of their own: 10⁸ is not 108. Words (a note in brackets) stay."""
    moved = text.translate(_RAISED[raised]) if raised else text
    return moved if all(old != new or old.isspace() for old, new in zip(text, moved, strict=True)) else text


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


class Looking(Collected):
    """A sheet of a binary workbook while it is read: its cells say what they say to whoever looks at them.

    `no_zeros`: its view shows no zeros.
    """

    no_zeros = False

    def sheet(self, name: str) -> Sheet:
        """The cells as a grid. Raises ReadError where that would fill the memory."""
        if self.no_zeros:
            zeros = (at for at, value in self.values.items() if isinstance(value, float) and not value)
            self.shown |= dict.fromkeys(zeros, HIDDEN)
        return super().sheet(name)

    def look(self, at: Address, value: Cell, runs: Sequence[tuple[int, Look]], how: Look) -> None:
        """Keeps what a cell says in a font of this look; `runs` are the places in its text from which others hold."""
        if not isinstance(value, str):
            if how.struck:
                self.strike(at, "", text_of(as_seen(value, self.shown.get(at, ""))))
            return
        said = written(cut(value, runs, how))
        if said.struck:
            self.strike(at, said.left, said.struck)
        else:
            self.values[at] = said.left
        if said.unknown:
            self.unread[at] = unknown_signs(said.unknown)
