"""Sheets that are sent to the units and come back: which rows go to whom, and what stands in a file that came back.

A sheet carries a hidden copy of itself. A return is compared with that copy: so changes of the office in the meantime
are not taken for answers, and cells that a unit was not to change are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Address, Book, Sheet, holds, text_of
from tongbao.model import NEXT_STEP, PROGRESS, REASON, Ledger, Level, Place, Problem, Row
from tongbao.words.text import clean, key, one_line

COPY_SHEET = "底稿"
# The names of the first lines of the hidden copy, with the values of `Stamp` beside them. Sheets sent out earlier have
# these: neither the names nor the order may change.
STAMP = ("用途", "单位", "期次", "发出单位", "通报", "台账", "校验")
PURPOSE = "台账分发"
_FIRST_LINE = len(STAMP) + 2
# So many names fill a line of a note (set by feel); of more only the number is told.
_NAMED = 8
# Where the header of a return is looked for: ten rows, as the reader does, and some that a unit may have put above it.
# With more than 29 rows above it a return is refused, and the unit asked to fill in its sheet again.
_SEARCHED_ROWS = 30


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a sheet that was sent says of itself: to whom, by whom, for which report, period and ledger."""

    unit: str
    period: str
    office: str
    report: str
    ledger: str
    sha256: str


class Nature(StrEnum):
    """What a cell of a sheet that was sent is. A unit may write into OPEN cells only."""

    HEADER = "表头"
    ID_HEADER = "编号列"
    HEADING = "标题"
    OPEN = "可填"
    LOCKED = "锁定"


_ROW = "行"


@dataclass(frozen=True, slots=True)
class Sent:
    """One cell as it was sent, by sheet, id of its row and column (1-based); headers and headings have no id."""

    nature: Nature
    sheet: str
    column: int = 0
    header: str = ""
    id: str = ""
    value: str = ""

    @property
    def address(self) -> CellKey:
        """What identifies the cell wherever its row or column has moved to in the return."""
        return self.sheet, self.id, self.column


CellKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A cell as it came back; `failed` says why its value is not known (a formula without a result), or is empty."""

    value: str
    place: Place
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """A file that came back: the cells that were sent in it and those found. `twice` are the ids of copied rows,
    `added` the lines without an id or with one that was not sent."""

    file: str
    stamp: Stamp
    sent: tuple[Sent, ...]
    found: Mapping[CellKey, Found]
    twice: frozenset[str] = frozenset()
    added: tuple[Place, ...] = ()


# ---------------------------------------------------------------------------------------------- going out


def assignments(ledger: Ledger, kind: Kind) -> tuple[dict[str, tuple[Row, ...]], list[Problem]]:
    """The open rows by the unit to which they go, in the order of the ledger; a warning for each that goes to nobody.

    The units are those for which the circular counts the row. A note names the others.
    """
    found: dict[str, list[Row]] = {}
    left: list[str] = []
    problems: list[Problem] = []
    for row in ledger.rows:
        if not row.is_open:
            continue
        units = kind.units.of(row)
        for unit in units:
            found.setdefault(unit, []).append(row)
        if units:
            left += [f"{unit}（{_which(row)}）" for unit in row.units if unit not in units]
        else:
            problems.append(_not_sent(ledger, kind, row, "、".join(row.units)))
    if left:
        problems.append(_others_not_sent(ledger, left))
    return {unit: tuple(rows) for unit, rows in found.items()}, problems


def _which(row: Row) -> str:
    return f"第{row.no}项" if row.no else f"第{row.place.row}行"


def _others_not_sent(ledger: Ledger, left: Sequence[str]) -> Problem:
    """One note for all units that a row names beside those to which it goes: 各乡镇 behind 县水利局."""
    shown = "、".join(left[:_NAMED]) + ("等" if len(left) > _NAMED else "")
    message = f"有{len(left)}处写在后面的单位没有分发：{shown}"
    return Problem(Level.NOTE, "others_not_sent", message, "要它们也填的，请逐个写明单位", place=Place(ledger.file))


def _not_sent(ledger: Ledger, kind: Kind, row: Row, units: str) -> Problem:
    message = f"责任单位“{units}”不是一个单位，没有分发" if units else "没有责任单位，没有分发"
    place = ledger.place(row, kind.units.field)
    fix = "请写明单位后再分发，或由督查室自己填写"
    return Problem(
        Level.WARNING, "not_sent", message, fix, place=place, header=kind.units.field, item=row.item, value=units
    )


def open_fields(kind: Kind) -> tuple[str, ...]:
    """The fields that a unit may fill in."""
    return (PROGRESS, kind.status.field, REASON, NEXT_STEP)


def return_name(ledger: Ledger, unit: str) -> str:
    """The name of the file that goes to a unit."""
    return f"{unit}——{ledger.file.rpartition('.')[0]}.xlsx"


def copy_lines(stamp: Stamp, sent: Sequence[Sent]) -> list[list[str]]:
    """The lines of the hidden copy: the stamp, then one line for each header and heading, and one for each row."""
    values = (PURPOSE, stamp.unit, stamp.period, stamp.office, stamp.report, stamp.ledger, stamp.sha256)
    lines = [*([name, value] for name, value in zip(STAMP, values, strict=True)), list[str]()]
    opened = {(s.sheet, s.column) for s in sent if s.nature is Nature.OPEN}
    rows: dict[tuple[str, str], list[str]] = {}
    for s in sent:
        if s.id:
            rows.setdefault((s.sheet, s.id), []).append(s.value)
        else:
            is_open = Nature.OPEN if (s.sheet, s.column) in opened else Nature.LOCKED
            lines.append([s.nature, s.sheet, str(s.column), s.header or s.value, is_open])
    return [*lines, *([_ROW, sheet, id, *cells] for (sheet, id), cells in rows.items())]


# ---------------------------------------------------------------------------------------------- coming back


def read_return(book: Book, copy: Sequence[Sequence[str]]) -> tuple[Return | None, list[Problem]]:
    """A file that came back as a `Return`; `copy` are the lines of its hidden copy, none where it has no such sheet.

    None and an error where the program did not send it, or where a sheet or a header of it is gone.
    """
    head = [[*line, "", ""][:2] for line in copy[: len(STAMP)]]
    lines = copy[_FIRST_LINE - 1 :]
    if [name for name, _ in head] != list(STAMP) or head[0][1] != PURPOSE or not all(map(_is_line, lines)):
        message = "这不是由本程序分发出去的表，没有汇总"
        fix = "请让该单位在发给它的表上填写后退回；内容要用的，请手工抄入台账"
        return None, [Problem(Level.ERROR, "not_a_return", message, fix, place=Place(book.file))]
    sent = tuple(_sent(lines))
    reading = _Reading(book, sent)
    if reading.lost:
        message = f"工作表“{reading.lost}”的表头被改动，或整张表不见了，没有汇总"
        fix = "请该单位在原表上重新填写后退回"
        return None, [Problem(Level.ERROR, "return_header", message, fix, place=Place(book.file, reading.lost))]
    stamp = Stamp(*(value for _, value in head[1:]))
    return Return(book.file, stamp, sent, reading.found, frozenset(reading.twice), tuple(reading.added)), []


def _is_line(line: Sequence[str]) -> bool:
    natures = {Nature.HEADER.value, Nature.ID_HEADER.value, Nature.HEADING.value}
    return (line[0] == _ROW and len(line) >= 3) or (line[0] in natures and len(line) >= 5 and line[2].isdigit())


def _sent(lines: Sequence[Sequence[str]]) -> Iterator[Sent]:
    """The cells in the lines of the hidden copy; the values of a row stand in the order of its sheet's headers."""
    columns: dict[str, list[tuple[Nature, int, str]]] = {}
    for line in lines:
        if line[0] == _ROW:
            values = [*line[3:], *[""] * len(columns.get(line[1], ()))]
            for (nature, column, header), value in zip(columns.get(line[1], ()), values, strict=False):
                yield Sent(nature, line[1], column, header, line[2], clean(value))
            continue
        what, sheet, number, text, is_open = line[:5]
        heading = what == Nature.HEADING
        yield Sent(Nature(what), sheet, int(number), "" if heading else text, value=text if heading else "")
        if what == Nature.HEADER:
            columns.setdefault(sheet, []).append((Nature(is_open), int(number), one_line(text)))


class _Reading:
    """Finds the rows of a return by their ids and its columns by their headers, wherever they stand.

    `lost` is the first sheet that is gone or has no header, else empty.
    """

    def __init__(self, book: Book, sent: Sequence[Sent]) -> None:
        self.file = book.file
        self.ids = {s.id for s in sent if s.id}
        self.found: dict[CellKey, Found] = {}
        self.seen: set[tuple[str, str]] = set()
        self.twice: set[str] = set()
        self.added: list[Place] = []
        self.lost = ""
        sheets = {s.name: s for s in book.sheets}
        for name in dict.fromkeys(s.sheet for s in sent):
            own = [s for s in sent if s.sheet == name]
            columns = _columns(sheets[name], own) if name in sheets else None
            if columns:
                self._rows(sheets[name], own, *columns)
            else:
                self.lost = self.lost or name

    def _rows(self, sheet: Sheet, sent: Sequence[Sent], top: int, columns: Mapping[int, int]) -> None:
        origins = sheet.origins(top + 1)
        sent_ids = next(s.column for s in sent if s.nature is Nature.ID_HEADER)
        id_column = columns[sent_ids]
        columns = {column: now for column, now in columns.items() if column != sent_ids}
        headings = {key(s.value) for s in sent if s.nature is Nature.HEADING}
        for row in range(top + 1, len(sheet.cells) + 1):
            id = clean(text_of(sheet.value(row, id_column)))
            filled = [value for value in sheet.cells[row - 1] if holds(value)]
            if id in self.ids and (sheet.name, id) not in self.seen:
                self.seen.add((sheet.name, id))
                self._cells(sheet, row, id, columns, origins)
            elif id in self.ids:
                self.twice.add(id)
            elif filled and key(text_of(filled[0])) not in headings:
                self.added.append(Place(self.file, sheet.name, row))

    def _cells(
        self, sheet: Sheet, row: int, id: str, columns: Mapping[int, int], origins: Mapping[Address, Address]
    ) -> None:
        for column, now in columns.items():
            address = origins.get((row, now), (row, now))
            failed = "公式没有算出结果" if address in sheet.marks.uncached else sheet.marks.failed.get(address, "")
            value = clean(text_of(sheet.value(*address)))
            self.found[sheet.name, id, column] = Found(value, Place(self.file, sheet.name, row, now), failed)


def _columns(sheet: Sheet, sent: Sequence[Sent]) -> tuple[int, dict[int, int]] | None:
    """The header row of a returned sheet and where each column is now; None where a header is missing.

    A header that stands several times is that of its old column; if it is not there, it cannot be told and is missing.
    """
    headers = {s.column: key(s.header) for s in sent if s.nature in (Nature.HEADER, Nature.ID_HEADER)}
    origins = sheet.origins(1, _SEARCHED_ROWS)
    for row in range(1, min(_SEARCHED_ROWS, len(sheet.cells)) + 1):
        width = max(len(sheet.cells[row - 1]), max(headers, default=0))
        texts = {c: key(text_of(sheet.value(*origins.get((row, c), (row, c))))) for c in range(1, width + 1)}
        found: dict[int, int] = {}
        for column, header in headers.items():
            places = [c for c, text in texts.items() if text == header]
            if column in places or len(places) == 1:
                found[column] = column if column in places else places[0]
        if headers and len(found) == len(headers):
            return row, found
    return None
