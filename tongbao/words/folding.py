"""The text of a paper in one form, to be read and compared, with the way back to each character as it was typed."""

from __future__ import annotations

from dataclasses import dataclass

_FULL = {chr(c + 0xFEE0): chr(c) for c in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]}
_FULL |= dict(zip("％﹪．｡﹙﹚﹐﹑﹔﹕", "%%.。（），、；：", strict=True))
# Minus signs and hyphens become one. The long dashes stay, for they join the ends of a range: 3—5个.
_FULL |= dict.fromkeys("－−﹣‐‑", "-")
_STOPS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_DROPPED = set(" \u3000\xa0\u2002\u2003\u2009\u200b\ufeff\r")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one form. `at[i]` is the place of character i in the text as typed; a last entry is that text's end."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the typed text that a span of this text comes from."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (self.at[start], self.at[start])


def fold(text: str) -> Folded:
    """The text without spaces, digits and letters half-width, punctuation full-width but in `1,234` and `9:30`."""
    chars, at = [], []
    for i, c in enumerate(text):
        if c in _DROPPED:
            continue
        if c == "\t":
            c = "\n"
        elif c in _FULL:
            c = _FULL[c]
        # A middle dot between digits is meant as a point: 3·5亿元. The cost: 3·15晚会 reads 3.15, which counts nothing.
        elif c in "·・" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
            c = "."
        # Half-width signs between digits stay, for 1,234 and 9:30. The cost: so does the colon of 附件1:20项.
        elif c in _STOPS and not (c in ",:" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()):
            c = _STOPS[c]
        chars.append(c)
        at.append(i)
    return Folded("".join(chars), (*at, len(text)))
