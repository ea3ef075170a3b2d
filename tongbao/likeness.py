"""How alike two rows of two ledgers are, and in what they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongbao import text
from tongbao.model import PROGRESS, Row

# Punctuation does not count, except between digits: 8.9 is not 89.
_SIGNS = re.compile(r"(?<!\d)[^\w%]+|[^\w%]+(?!\d)|_")
_ENUMERATOR = re.compile(
    r"^(?:\([一二三四五六七八九十百\d]+\)|[一二三四五六七八九十百]+,|第[一二三四五六七八九十百\d]+[章部分节类]+|\d+[.,)])"
)


def bare(words: str) -> str:
    """A text without spaces, line breaks, punctuation and differences of width."""
    return _SIGNS.sub("", text.key(words))


@dataclass(frozen=True, slots=True)
class Face:
    """What of a row is compared, in the form in which it is compared."""

    text: str
    name: str
    units: frozenset[str]
    section: tuple[str, ...]
    progress: str

    @classmethod
    def of(cls, row: Row) -> Face:
        """The face of a row."""
        return cls(
            text=bare(row.text),
            name=bare(row.get("名称")),
            units=frozenset(map(bare, row.units)),
            section=tuple(_ENUMERATOR.sub("", text.key(heading)) for heading in row.section),
            progress=bare(row.get(PROGRESS)),
        )
