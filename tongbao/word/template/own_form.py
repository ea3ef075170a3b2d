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
    """A column: the name of its values in a row, its share of the width, the characters that it needs at least."""

    name: str
    share: float
    least: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The table to print: the rows of its header from above, and its columns from left to right."""

    header: tuple[tuple[HeaderCell, ...], ...]
    columns: tuple[OwnColumn, ...]


def fitted(columns: Sequence[OwnColumn], total: int) -> list[int]:
    """The widths in twips: shared out as the columns want, none below what it needs, together the whole width."""
    least = [column.least * _CHARACTER + _MARGINS for column in columns]
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


def _whole(widths: Sequence[float], total: int) -> list[int]:
    rounded = [int(w) for w in widths]
    rounded[-1] += total - sum(rounded)
    return rounded


def least_of(header: Sequence[str], texts: Sequence[str]) -> float:
    """The characters that a column needs: for its header in few lines, for a number or a short word in one."""
    # Set by feel on sheets of twelve columns. A header of up to four characters stays whole (完成时限 would be 完成时
    # and 限), a longer one has two lines or more, of five characters at most; it is set a little larger than the text.
    # Words of up to six characters and figures stay whole.
    lines = [line for text in texts for line in text.split("\n")]
    words = [width(line) for line in lines if width(line) <= 6]
    figures = [width(run) for line in lines for run in re.findall(r"[\x21-\x7e]+", line)]
    headed = [
        1.05 * min(max(w if (w := width(line)) <= 4 else w / 2, 2.0), 5.0)
        for text in header
        for line in text.split("\n")
    ]
    usual = sorted(words)[len(words) * 9 // 10] if 2 * len(words) > len(lines) else 0.0
    return max([2.0, *headed, min(usual, 6.0), min(max(figures, default=0.0), 6.0)])
