"""Texts for a window of fixed columns, in which a Chinese character takes two."""

from __future__ import annotations

import unicodedata

# The window of cmd.exe; one column stays free, for a full line would be followed by an empty one.
WINDOW = 79


def width(text: str) -> int:
    """How many columns a text takes; signs of uncertain width (“ … ·) take two, as in a Chinese window."""
    return sum(_width(char) for char in text)


def cut(text: str, most: int) -> str:
    """A text of at most so many columns; where it had more, it ends with …."""
    if width(text) <= most:
        return text
    end, taken = 0, width("…")
    while taken + _width(text[end]) <= most:
        taken += _width(text[end])
        end += 1
    return text[:end] + "…"


def wrapped(head: str, text: str, lines: int = 99, most: int = WINDOW) -> list[str]:
    """`head` and a text behind it in at most so many lines; the later ones begin below the text."""
    indent, left, found = " " * width(head), text, list[str]()
    room = most - width(head)
    while width(left) > room and len(found) < lines - 1:
        end = taken = 0
        while taken + _width(left[end]) <= room:
            taken += _width(left[end])
            end += 1
        found.append(left[:end])
        left = left[end:]
    found.append(cut(left, room))
    return [(indent if number else head) + line for number, line in enumerate(found)]


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
