"""Which cells of a ledger's sheet may name its period: titles above the table, headers, notes below; no row's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Address, Sheet
from tongbao.ledger import headers
from tongbao.ledger.frame import frame_of
from tongbao.ledger.headers import Layout
from tongbao.ledger.line import What
from tongbao.ledger.lines import lines_of
from tongbao.ledger.linewords import is_total
from tongbao.words.rolling import Turn, rolled, without_dates


@dataclass(frozen=True, slots=True)
class Telling:
    """The rows of a sheet that may name the period: the header from `top` to `bottom`, all above it, and `notes`.

    `notes` are rows beside or below the items; `following` are the header cells that may be changed to the next period.
    `totals` are the rows of the ledger's own sums, which tell no period; `others` rows above of another table.
    """

    top: int
    bottom: int
    notes: frozenset[int] = frozenset()
    following: frozenset[Address] = frozenset()
    totals: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()

    @property
    def rows(self) -> list[int]:
        """The numbers of all rows that may name the period."""
        return [*(row for row in range(1, self.bottom + 1) if row not in self.others), *sorted(self.notes)]


def telling(sheet: Sheet, kind: Kind, turn: Turn, *, closed: bool = False) -> Telling | None:
    """The cells of a sheet that may name the period; None where it has no table of the kind."""
    layout = headers.find(sheet, kind, closed=closed)
    if layout is None:
        return None
    following = frozenset[Address]() if closed else _following(sheet, kind, layout, turn)
    beside = _beside(sheet, kind, layout)
    totals = frozenset(row for row, text in beside.items() if is_total(text))
    return Telling(layout.top, layout.bottom, frozenset(beside) - totals, following, totals)


def _beside(sheet: Sheet, kind: Kind, layout: Layout) -> dict[int, str]:
    """The rows that are no items or headings: notes, signatures, titles and headers of a new page, totals."""
    lines = lines_of(frame_of(sheet, layout, kind))
    last = max((line.row for line in lines if line.what in (What.ITEM, What.PART, What.MORE)), default=0)
    beside = (x for x in lines if x.what is What.ASIDE or (x.what is What.HEADING and x.row > last))
    return {line.row: line.text for line in beside}


# ---------------------------------------------------------------------------------------------- headers


def _following(sheet: Sheet, kind: Kind, layout: Layout, turn: Turn) -> frozenset[Address]:
    """The header cells that may be changed to the next period: the reader must then find every column where it was.

    So a header that the settings name stays. Columns for each month (1月进展, 2月进展, …) are no headers of the period.
    """
    texts = dict(_texts(sheet, layout))
    staying = [text for text in texts.values() if rolled(text, turn).text == text]
    new = {at: text for at, old in texts.items() if (text := rolled(old, turn).text) != old and _alone(old, staying)}
    return frozenset(at for at, text in new.items() if _reads_alike(sheet, kind, layout, {at: text}))


def _texts(sheet: Sheet, layout: Layout) -> Iterator[tuple[Address, str]]:
    for row in range(layout.top, layout.bottom + 1):
        for column, value in enumerate(sheet.cells[row - 1], 1):
            if isinstance(value, str) and value:
                yield (row, column), value


def _alone(text: str, staying: Iterable[str]) -> bool:
    """Is there no header of another period that is the same but for its date? 1-5月完成 beside 5月完成 is none."""
    same = without_dates(text)
    return not any(same == without_dates(other) != other for other in staying)


def _reads_alike(sheet: Sheet, kind: Kind, layout: Layout, texts: Mapping[Address, str]) -> bool:
    cells = [list(row) for row in sheet.cells[: layout.bottom]]
    for (row, column), text in texts.items():
        cells[row - 1][column - 1] = text
    found = headers.find(replace(sheet, cells=[*cells, *sheet.cells[layout.bottom :]]), kind)
    return found is not None and (found.top, found.bottom, found.columns) == (layout.top, layout.bottom, layout.columns)
