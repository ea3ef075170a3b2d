"""The next period as one more sheet in a copy of the same book: 4月 beside 3月, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tongbao.excel.grid import Book
from tongbao.excel.prepared import tokens_in
from tongbao.ledger.intake import Newest
from tongbao.ledger.sheet_periods import period_named, with_sheet_named
from tongbao.model import Ledger, Period, Place, Row
from tongbao.words.rolling import Turn, rolled


@dataclass(frozen=True, slots=True)
class NextSheet:
    """The sheet that is copied and the name of the copy, which stands before it where the newest sheet is the first.

    `beside` are the sheets of all periods of before; `prepared` what the program noted of those that it prepared.
    """

    old: str
    new: str
    first: bool = False
    beside: frozenset[str] = frozenset()
    prepared: tuple[str, ...] = ()


def next_sheet(newest: Newest, period: Period) -> NextSheet | None:
    """The sheet to be added for a period; None where a period is a file."""
    if not newest.sheet:
        return None
    dated = dict(_dated(newest.book, newest.ledger.period))
    beside = frozenset(dated)
    names = [sheet.name for sheet in newest.book.sheets if sheet.name in beside]
    others = [name for name in names if name != newest.sheet]
    first = bool(others) and names[0] == newest.sheet
    return NextSheet(newest.sheet, _title(newest, period), first, beside, tuple(tokens_in(newest.book)))


def _dated(book: Book, newest: Period) -> Iterator[tuple[str, Period]]:
    for sheet in book.sheets:
        if found := period_named(sheet.name, newest.last.year):
            yield sheet.name, found


def _title(newest: Newest, period: Period) -> str:
    """What the next sheet is called: as the others are; with its year where a sheet of that name is there already."""
    old, there = newest.sheet, {sheet.name.casefold() for sheet in newest.book.sheets}
    month = str(period.last.month) if old.strip().isdigit() else ""
    names = (month, rolled(old, Turn(newest.ledger.period, period, newest.ledger.as_of)).text, period.label)
    fitting = (n for n in names if n and n.casefold() not in there and period_named(n, period.last.year) == period)
    return next(fitting, period.token)


def moved_ledger(ledger: Ledger, sheet: NextSheet) -> Ledger:
    """The ledger as if it stood on the copy of its sheet."""
    return replace(
        ledger,
        rows=tuple(_moved_row(row, sheet) for row in ledger.rows),
        tables=tuple(replace(t, sheet=sheet.new) if t.sheet == sheet.old else t for t in ledger.tables),
    )


def _moved_row(row: Row, sheet: NextSheet) -> Row:
    return replace(row, place=_moved(row.place, sheet))


def _moved(place: Place, sheet: NextSheet) -> Place:
    return place._replace(sheet=sheet.new) if place.sheet == sheet.old else place


def moved_said(said: Mapping[Place, str], sheet: NextSheet) -> dict[Place, str]:
    """What is said of rows, by their places on the copy."""
    return {_moved(place, sheet): text for place, text in said.items()}


def moved_book(book: Book, sheet: NextSheet) -> Book:
    """The workbook as it was read, its sheet under the name of the copy."""
    return with_sheet_named(book, sheet.old, sheet.new)
