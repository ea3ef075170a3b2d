"""A text in one form, with the way back to how it was typed: what papers are read from and compared in."""

from __future__ import annotations

from dataclasses import dataclass

_FULL = {chr(c + 0xFEE0): chr(c) for c in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]}
_FULL |= dict(zip("％﹪．｡﹙﹚﹐﹑﹔﹕", "%%.。（），、；：", strict=True))
_FULL |= dict.fromkeys("－−﹣‐‑", "-")  # signs and hyphens; the dashes that ranges are written with stay: 3—5个
_STOPS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_DROPPED = set(" \u3000\xa0\u2002\u2003\u2009\u200b\ufeff\r")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one form. `at[i]` is where character i stands in the text as typed; `at` has one entry more."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as typed."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (self.at[start], self.at[start])


def fold(text: str) -> Folded:
    """Spaces dropped, digits and letters half-width, punctuation full-width; `1,234` and `9:30` keep their signs."""
    chars, at = [], []
    for i, c in enumerate(text):
        if c in _DROPPED:
            continue
        if c == "\t":
            c = "\n"
        elif c in _FULL:
            c = _FULL[c]
        elif c in "·・" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
            c = "."
        elif c in _STOPS and not (c in ",:" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()):
            c = _STOPS[c]
        chars.append(c)
        at.append(i)
    return Folded("".join(chars), (*at, len(text)))
