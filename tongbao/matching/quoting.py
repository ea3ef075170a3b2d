"""How the problems of two periods point at what they speak of: an item, a row of a ledger, a cell of it."""

from __future__ import annotations

from collections.abc import Iterable

from tongbao.model import Ledger, Level, Problem, Row
from tongbao.words.text import shortened

# A quoted cell is cut to about one line of the list of problems (set by feel; the cell shows the rest).
_QUOTED = 40


def which(row: Row) -> str:
    """A row in a list of rows of one ledger: 第3项, or 第12行 where it has no 序号."""
    return f"第{row.no}项" if row.no else f"第{row.place.row}行"


def in_sheet(row: Row, rows: Iterable[Row]) -> str:
    """The sheet of one of the rows that are listed together; empty where all stand in one sheet."""
    return f"“{row.place.sheet}”" if any(other.place.sheet != row.place.sheet for other in rows) else ""


def where(row: Row) -> str:
    """Where a row stands, in whatever ledger."""
    return f"{row.place.file}“{row.place.sheet}”第{row.place.row}行"


def in_cell(ledger: Ledger, row: Row, name: str, level: Level, code: str, message: str, fix: str) -> Problem:
    """A problem in the cell of a row's field, which it quotes; in the row where its sheet has no such column."""
    header = ledger.header(row, name)
    return Problem(
        level,
        code,
        message,
        fix,
        place=ledger.place(row, name),
        header=header.text if header else "",
        item=row.item,
        value=shortened(row.get(name), _QUOTED),
    )
