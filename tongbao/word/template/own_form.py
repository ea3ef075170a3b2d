"""The form of a table that replaces the one of a template: its header, its columns, and how wide they come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.word.gb9704 import STYLE, width

# Twips of one character in the text of tables, and of the margins of a cell at both sides with some room.
_CHARACTER, _MARGINS = STYLE["表格文字"].size * 10, 140


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the header: over how many columns it stands; `down`: 起 where it goes on below, 续 where it came."""

    text: str
    span: int = 1
    down: str = ""


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column: the name of its values in a row, its share of the width, the characters that it needs and likes."""

    name: str
    share: float
    needed: float
    liked: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The table to print: the rows of its header from above, and its columns from left to right."""

    header: tuple[tuple[HeaderCell, ...], ...]
    columns: tuple[OwnColumn, ...]


def fitted(columns: Sequence[OwnColumn], total: int) -> list[int]:
    """The widths in twips: shared out as the columns want, none below what it needs, together the whole width."""
    least = _floors(columns, total)
    if sum(least) >= total:  # more columns than the page has room for: all have to give
        return _whole([total * need / sum(least) for need in least], total)
    wanted = [max(column.share, 0.01) for column in columns]
    narrow: set[int] = set()
    while True:
        rest = total - sum(least[n] for n in narrow)
        whole = sum(w for n, w in enumerate(wanted) if n not in narrow)
        widths = [least[n] if n in narrow else rest * w / whole for n, w in enumerate(wanted)]
        more = {n for n, w in enumerate(widths) if w < least[n]} - narrow
        if not more:
            return _whole(widths, total)
        narrow |= more


# The part of the page that goes to what the columns need or would like at least; the rest is shared out. By feel.
_FLOORS = 0.75


def _floors(columns: Sequence[OwnColumn], total: int) -> list[float]:
    """What each column gets at least: all that it would like, or where that is too much, what it cannot do without."""
    needed = [column.needed * _CHARACTER + _MARGINS for column in columns]
    more = [max(column.liked - column.needed, 0.0) * _CHARACTER for column in columns]
    room = _FLOORS * total - sum(needed)
    part = min(1.0, max(0.0, room / sum(more))) if sum(more) else 0.0
    return [need + part * extra for need, extra in zip(needed, more, strict=True)]


def _whole(widths: Sequence[float], total: int) -> list[int]:
    rounded = [int(w) for w in widths]
    rounded[-1] += total - sum(rounded)
    return rounded


# ---------------------------------------------------------------------------------------------- characters

# All set by feel on sheets of four to fifteen columns. A column has room for a header of two characters, its figures
# and most of its words of up to three stay whole (names of people), those of up to six where there is room. A long text
# has ten lines at most, or ten characters a line. The head is a little larger than the text: 11 points, not 10.5.
_HEAD, _NAME, _WORD, _LINES, _LONG = 1.05, 3.0, 6.0, 10, 10.0
_PLAIN = re.compile("[一-龥]+")


def needed(texts: Sequence[str]) -> float:
    """The characters that a column cannot do without."""
    long = max((width(text.replace("\n", "")) for text in texts), default=0.0) / _LINES
    figures = [width(run) for text in texts for run in re.findall(r"[\x21-\x7e]+", text)]
    return max([2 * _HEAD, min(long, _LONG), min(max(figures, default=0.0), _WORD), _usual(texts, _NAME)])


def liked(header: str, texts: Sequence[str]) -> float:
    """The characters that a column would like: a header of four stays whole, a longer one has two lines."""
    headed = [_HEAD * min(w if w <= 4 else w / 2, 5.0) for w in map(width, header.split("\n"))]
    return max([2 * _HEAD, _usual(texts, _WORD), *headed])


def _usual(texts: Sequence[str], most: float) -> float:
    """How long nine in ten of the lines are that are no longer than `most`; 0 where most lines are longer."""
    lines = [width(line) for text in texts for line in text.split("\n")]
    words = sorted(line for line in lines if line <= most)
    return words[(len(words) - 1) * 9 // 10] if 2 * len(words) > len(lines) else 0.0


def balanced(header: str, wide: int) -> str:
    """A header in lines of like length, where so many twips do not hold it: 项目 and 名称, not 项目名 and 称."""
    room = max(int((wide - _MARGINS) / (_HEAD * _CHARACTER)), 1)
    return "\n".join(_cut(line, room) for line in header.split("\n"))


def _cut(line: str, room: int) -> str:
    if len(line) <= room or not _PLAIN.fullmatch(line):
        return line
    rows = -(-len(line) // room)
    each = -(-len(line) // rows)
    return "\n".join(line[n : n + each] for n in range(0, len(line), each))
