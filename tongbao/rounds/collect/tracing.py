"""Rows that were sent, found again in the ledger as it is now.

A clerk goes on working in the ledger while the sheets are out: rows are put in between, moved, deleted, reworded. An id
that a sheet carries may have been lent to it only and mean another row by now, and so may every position. So a row is
what it says: its text must stand in the ledger, and its unit must still be responsible for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Book, Seen
from tongbao.matching.face import Face
from tongbao.matching.likeness import SIMILAR, Difference, difference, of_texts
from tongbao.model import NO, TASK, UNIT, Ledger, Place, Row, Table
from tongbao.rounds.collect.pairing import paired
from tongbao.rounds.collect.sent import Copy, Nature, RowKey, Sent
from tongbao.words.text import key
from tongbao.words.units import Roster

GONE = "台账里已没有这一项（删去了，或文字改得太多）"
AMBIGUOUS = "台账里有几行和它分不清"
TWICE = "发出的几行现在都像台账里的同一行"


class Grid:
    """The sheets of a ledger as they are now; a merged cell has the text of its range everywhere."""

    def __init__(self, book: Book) -> None:
        self._sheets = {sheet.name: Seen(sheet) for sheet in book.sheets}

    def first(self, place: Place) -> Place:
        """The cell itself; where a merged range covers it, the first cell of that."""
        return Place(place.file, place.sheet, *self._sheets[place.sheet].first(place.row, place.column))

    def text(self, place: Place) -> str:
        """What stands in a cell."""
        return self._sheets[place.sheet].text(place.row, place.column)


@dataclass(frozen=True)
class Master:
    """The ledger into which the returns go: as it was read, its workbook as it is now, whose it is."""

    ledger: Ledger
    book: Book
    kind: Kind
    office: str
    report: str
    roster: Roster | None = None

    @cached_property
    def grid(self) -> Grid:
        """Its sheets."""
        return Grid(self.book)

    def reach(self, cell: Place, column: int) -> tuple[Row, ...]:
        """All rows of which a cell is the value in this column: several where it is merged downwards."""
        if (cell.sheet, column) not in self._reaches:
            found = self._reaches[cell.sheet, column] = {}
            for row in self.ledger.rows:
                if row.place.sheet == cell.sheet:
                    found.setdefault(self.grid.first(row.place.at(column)), []).append(row)
        return tuple(self._reaches[cell.sheet, column].get(cell, ()))

    @cached_property
    def _reaches(self) -> dict[tuple[str, int], dict[Place, list[Row]]]:
        return {}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The field of a column by the key of its header: as in this ledger, else as the kind knows the header."""
        columns = reversed(self.kind.columns)
        known = {key(header): column.field for column in columns for header in reversed(column.headers)}
        return known | {key(h.text): name for table in self.ledger.tables for name, h in table.headers.items()}


@dataclass(frozen=True, slots=True)
class Way:
    """From the columns of a sheet that was sent to those of a table of the ledger now."""

    table: Table
    columns: Mapping[int, int]


def way_of(headers: Sequence[Sent], sheet: str, master: Master) -> Way | None:
    """Where the columns of a sheet that was sent are in the ledger now: by header, wherever they have moved to.

    None where no table has them, or several have and none of these bears the name of the sheet.
    """
    ways = [_way(headers, table, master) for table in master.ledger.tables if not table.closed]
    task = next((s.column for s in headers if s.field == TASK), 0)
    fitting = [
        way for way in ways if task in way.columns and any(s.opened and s.column in way.columns for s in headers)
    ]
    named = [way for way in fitting if way.table.sheet == sheet]
    return next(iter(named), None) or (fitting[0] if len(fitting) == 1 else None)


def _way(headers: Sequence[Sent], table: Table, master: Master) -> Way:
    now = {h.column for h in (*table.headers.values(), *table.others)}
    texts = {c: key(master.grid.text(Place("", table.sheet, table.header_row, c))) for c in sorted(now)}
    columns: dict[int, int] = {}
    for one in headers:
        if one.nature is Nature.HEADER:
            places = [c for c, text in texts.items() if text == key(one.header)]
            if one.column in places or len(places) == 1:
                columns[one.column] = one.column if one.column in places else places[0]
            elif not places and one.field in table.headers:
                columns[one.column] = table.headers[one.field].column
    return Way(table, columns)


@dataclass(frozen=True, slots=True)
class Traced:
    """The row of the ledger that a row which was sent is now, and the way to its columns; None, and why, if unknown."""

    row: Row | None
    way: Way | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A sheet that was sent beside the ledger: whether a cell still says in a row what was sent."""

    grid: Grid
    way: Way

    def same(self, sent: Sent, row: Row) -> bool:
        """Does the ledger say in this row what was sent?"""
        column = self.way.columns.get(sent.column)
        return key(self.grid.text(row.place.at(column))) == key(sent.value) if column else not sent.value

    def agreement(self, cells: Sequence[Sent], row: Row, trusted: bool) -> tuple[int, int, int]:
        """How much of a row is as it was sent: locked cells, the id where ids can be trusted, the cells to fill in."""
        locked = sum(self.same(s, row) for s in cells if s.nature is Nature.LOCKED and s.field != NO)
        opened = sum(self.same(s, row) for s in cells if s.nature is Nature.OPEN)
        return locked, int(trusted and row.id == cells[0].id), opened


class Tracer:
    """Finds rows that were sent; one for all returns of a ledger."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self.by_text: dict[tuple[str, str], list[Row]] = {}
        for row in master.ledger.rows:
            self.by_text.setdefault((row.place.sheet, self._task(row)), []).append(row)

    def _task(self, row: Row) -> str:
        table = next(t for t in self.master.ledger.tables if t.sheet == row.place.sheet and not t.closed)
        column = table.headers[TASK].column if TASK in table.headers else 0
        return key(self.master.grid.text(row.place.at(column)) if column else row.text)

    def rows(self, copy: Copy) -> dict[RowKey, Traced]:
        """Every row of a copy with the row that it is in the ledger now."""
        found: dict[RowKey, Traced] = {}
        for sheet, headers in copy.sheets.items():
            own = [address for address in copy.rows if address[0] == sheet]
            way = way_of(headers, sheet, self.master)
            if way is None:
                found |= dict.fromkeys(own, Traced(None, why=f"台账里找不到和“{sheet}”同样表头的表了"))
            else:
                found |= self._sheet(copy, own, way)
        return found

    def _sheet(self, copy: Copy, own: Sequence[RowKey], way: Way) -> dict[RowKey, Traced]:
        texts = {address: key(copy.text(address, TASK)) for address in own}
        groups: dict[str, list[RowKey]] = {}
        for address in own:
            groups.setdefault(texts[address], []).append(address)
        found: dict[RowKey, Traced] = {}
        for text, addresses in groups.items():
            rows = self.by_text.get((way.table.sheet, text), []) if text else []
            if rows:
                found |= self._same_text(copy, addresses, rows, way)
            else:
                found |= {address: self._retyped(copy, address, set(groups), way) for address in addresses}
        return self._once(found)

    # Rows of the same text ---------------------------------------------------------------------

    def _same_text(
        self, copy: Copy, addresses: Sequence[RowKey], rows: Sequence[Row], way: Way
    ) -> dict[RowKey, Traced]:
        """Pairs rows that say the same by their units, ids and other cells; what is quite alike, in order.

        In order only where as many are there as were sent, so that none of them was deleted or put in.
        """
        ours = [row for row in rows if self._is_theirs(copy, addresses[0], row, way)]
        if not ours:
            named = "、".join(dict.fromkeys(unit for row in rows for unit in self.master.kind.units.of(row)))
            why = f"台账里这一项现在的责任单位是“{named}”，不再是{copy.stamp.unit}"
            return dict.fromkeys(addresses, Traced(None, why=why))
        compared = _Compared(self.master.grid, way)
        # Ids that were lent and are other rows' by now would pair twins crosswise: they count where all are there.
        trusted = {id for _, id in addresses} <= {row.id for row in ours}
        there = {row.place: row for row in ours}
        marks = {(a, r.place): compared.agreement(copy.rows[a], r, trusted) for a in addresses for r in ours}
        pairs, unclear = paired(addresses, list(there), marks)
        found = dict.fromkeys(addresses, Traced(None, why=GONE)) | dict.fromkeys(unclear, Traced(None, why=AMBIGUOUS))
        return found | {address: Traced(there[place], way) for address, place in pairs.items()}

    def _is_theirs(self, copy: Copy, address: RowKey, row: Row, way: Way) -> bool:
        """Is the unit still responsible? Or does the ledger name the same units as then, only known otherwise now?"""
        if copy.stamp.unit in self.master.kind.units.of(row):
            return True
        fields = (UNIT, self.master.kind.units.field)
        cells = [s for s in copy.rows[address] if s.field in fields and s.value]
        return bool(cells) and all(_Compared(self.master.grid, way).same(s, row) for s in cells)

    # Rows whose text has changed ---------------------------------------------------------------

    def _retyped(self, copy: Copy, address: RowKey, sent_texts: set[str], way: Way) -> Traced:
        """The only row of this unit whose text is the sent one but for small edits, and that is no other row sent."""
        kind, face = self.master.kind, _face(copy.text(address, TASK), copy.stamp.unit)
        near = []
        for row in self.master.ledger.rows:
            known = row.place.sheet == way.table.sheet and self._task(row) not in sent_texts
            if known and copy.stamp.unit in kind.units.of(row):
                other = _face(row.text, copy.stamp.unit)
                if of_texts(face, other) >= SIMILAR and self._is_small(copy, address, row, way, face, other):
                    near.append(row)
        return Traced(near[0], way) if len(near) == 1 else Traced(None, why=AMBIGUOUS if near else GONE)

    def _is_small(self, copy: Copy, address: RowKey, row: Row, way: Way, sent: Face, now: Face) -> bool:
        """Words put in or left out are a small edit; words exchanged only where id and all other cells are the same.

        A镇 for B镇 and 一期 for 二期 make another item of it.
        """
        differs = difference(sent, now)
        if differs is Difference.REPLACED and row.id == address[1]:
            locked = (s for s in copy.rows[address] if s.nature is Nature.LOCKED and s.field != TASK)
            return all(_Compared(self.master.grid, way).same(s, row) for s in locked)
        return differs < Difference.REPLACED

    def _once(self, found: Mapping[RowKey, Traced]) -> dict[RowKey, Traced]:
        """The same, but for rows of the ledger that several of the sent ones would be."""
        counts = Counter(traced.row.place for traced in found.values() if traced.row)
        return {
            address: Traced(None, why=TWICE) if traced.row and counts[traced.row.place] > 1 else traced
            for address, traced in found.items()
        }


def _face(text: str, unit: str) -> Face:
    return Face(Row(Place(), "", text, units=(unit,)))
