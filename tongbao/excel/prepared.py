"""The mark in the hidden sheet of a ledger that was prepared for a period: there an empty status is unfilled."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.excel.grid import Book
from tongbao.excel.values import text_of
from tongbao.model import OUR_SHEET, PREPARED

# The hidden tables into which the rules look that the program itself writes to colour cells.
DUE_TABLE, LAST_TABLE = "时限对照", "上期数对照"
# With this begins what the program itself says in the comment of a cell, under what the office has written there.
OUR_REMARK = "【程序提示】"


def prepared_for(book: Book) -> str:
    """The token of the period (`2025-06`) that a ledger was prepared for; empty for one kept by hand.

    Offices copy such files: the mark tells of the rows only where its period is that of the file.
    """
    return next(tokens_in(book), "")


def is_prepared_for(book: Book, token: str) -> bool:
    """Was the ledger of a period prepared by the program? A book of months may hold several that were."""
    return token in tokens_in(book)


def tokens_in(book: Book) -> Iterator[str]:
    """The tokens of all periods that are noted in the hidden sheet, the newest first."""
    rows = (row for sheet in book.sheets if sheet.name == OUR_SHEET for row in sheet.cells if len(row) > 1)
    noted = next((row[1:] for row in rows if row[0] == PREPARED), ())
    return (token for value in noted if (token := text_of(value).strip()))
