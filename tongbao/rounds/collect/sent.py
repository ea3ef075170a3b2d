"""What is sent to the units: which rows go to whom, and the copy that the program keeps of every sheet that went out.

A sheet carries a hidden copy of itself. A return is compared with that copy: so changes of the office in the meantime
are not taken for answers, and cells that a unit was not to change are found. The copy also says which item a row was:
the row is found again in the ledger by what it says, for an id that was only lent to it stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Book
from tongbao.matching.quoting import which
from tongbao.model import NEXT_STEP, PROGRESS, REASON, Ledger, Level, Place, Problem, Row
from tongbao.words.text import clean, first_few, key, one_line

COPY_SHEET = "底稿"
# The names of the first lines of the hidden copy, with the values of `Stamp` beside them. Sheets sent out earlier have
# these: neither the names nor the order may change.
STAMP = ("用途", "单位", "期次", "发出单位", "通报", "台账", "校验")
PURPOSE = "台账分发"
_FIRST_LINE = len(STAMP) + 2
_ROW = "行"
# So many names fill a line of a note (set by feel); of more only the number is told.
_NAMED = 8


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


@dataclass(frozen=True, slots=True)
class Sent:
    """One cell as it was sent, by sheet, id of its row and column (1-based); headers and headings have no id.

    `field` is what its column holds, empty where the kind does not declare it; `opened`: a header over open cells.
    """

    nature: Nature
    sheet: str
    column: int = 0
    header: str = ""
    id: str = ""
    value: str = ""
    field: str = ""
    opened: bool = False

    @property
    def address(self) -> CellKey:
        """What identifies the cell wherever its row or column has moved to in the return."""
        return self.sheet, self.id, self.column


CellKey = tuple[str, str, int]
RowKey = tuple[str, str]  # sheet and id


@dataclass(frozen=True)
class Copy:
    """All that one unit was sent: the stamp of its sheet, and the cells."""

    stamp: Stamp
    sent: tuple[Sent, ...]

    @cached_property
    def rows(self) -> Mapping[RowKey, tuple[Sent, ...]]:
        """The cells of each row, by sheet and id."""
        found: dict[RowKey, list[Sent]] = {}
        for cell in self.sent:
            if cell.id:
                found.setdefault((cell.sheet, cell.id), []).append(cell)
        return {address: tuple(cells) for address, cells in found.items()}

    @cached_property
    def sheets(self) -> Mapping[str, tuple[Sent, ...]]:
        """The headers and headings of each sheet, by its name."""
        names = dict.fromkeys(cell.sheet for cell in self.sent)
        return {name: tuple(c for c in self.sent if c.sheet == name and not c.id) for name in names}

    def text(self, row: RowKey, field: str) -> str:
        """A field of a row as it was sent; empty where its sheet had no such column."""
        return next((cell.value for cell in self.rows[row] if cell.field == field), "")


# ---------------------------------------------------------------------------------------------- which rows go to whom


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
            left += [f"{unit}（{which(row)}）" for unit in row.units if unit not in units]
        else:
            problems.append(_not_sent(ledger, kind, row, "、".join(row.units)))
    if left:
        problems.append(_others_not_sent(ledger, left))
    return {unit: tuple(rows) for unit, rows in found.items()}, problems


def _others_not_sent(ledger: Ledger, left: Sequence[str]) -> Problem:
    """One note for all units that a row names beside those to which it goes: 各乡镇 behind 县水利局."""
    message = f"有{len(left)}处写在后面的单位没有分发：{first_few(left, _NAMED)}"
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
    return tuple(dict.fromkeys((PROGRESS, *kind.state_fields, REASON, NEXT_STEP)))


def return_name(ledger: Ledger, unit: str) -> str:
    """The name of the file that goes to a unit."""
    return f"{unit}——{ledger.file.rpartition('.')[0]}.xlsx"


# ---------------------------------------------------------------------------------------------- the hidden copy


def copy_lines(stamp: Stamp, sent: Sequence[Sent]) -> list[list[str]]:
    """The lines of the hidden copy: the stamp, then one line for each header and heading, and one for each row."""
    values = (PURPOSE, stamp.unit, stamp.period, stamp.office, stamp.report, stamp.ledger, stamp.sha256)
    lines = [*([name, value] for name, value in zip(STAMP, values, strict=True)), list[str]()]
    opened = {(s.sheet, s.column) for s in sent if s.nature is Nature.OPEN}
    rows: dict[RowKey, list[str]] = {}
    for s in sent:
        if s.id:
            rows.setdefault((s.sheet, s.id), []).append(s.value)
        else:
            is_open = Nature.OPEN if (s.sheet, s.column) in opened else Nature.LOCKED
            lines.append([s.nature, s.sheet, str(s.column), s.header or s.value, is_open, s.field])
    return [*lines, *([_ROW, sheet, id, *cells] for (sheet, id), cells in rows.items())]


def hidden_copy(book: Book) -> list[list[str]]:
    """The lines of the hidden copy in a file that came back, in whatever format; none where it has no such sheet."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == COPY_SHEET), None)
    return sheet.texts() if sheet else []


def copy_of(lines: Sequence[Sequence[str]], fields: Mapping[str, str]) -> Copy | None:
    """What the lines of a hidden copy say; None where the program did not write them.

    Copies sent out earlier do not say what their columns hold: `fields` gives it by the `key` of a header.
    """
    head = [[*line, "", ""][:2] for line in lines[: len(STAMP)]]
    below = [[*line, *[""] * 6] for line in lines[_FIRST_LINE - 1 :] if any(line)]
    if [name for name, _ in head] != list(STAMP) or head[0][1] != PURPOSE or not all(map(_is_line, below)):
        return None
    return Copy(Stamp(*(value for _, value in head[1:])), tuple(_sent(below, fields)))


def _is_line(line: Sequence[str]) -> bool:
    natures = {Nature.HEADER.value, Nature.ID_HEADER.value, Nature.HEADING.value}
    return line[0] == _ROW or (line[0] in natures and line[2].isdigit())


def _sent(lines: Sequence[Sequence[str]], fields: Mapping[str, str]) -> Iterator[Sent]:
    """The cells in the lines of the hidden copy; the values of a row stand in the order of its sheet's headers."""
    columns: dict[str, list[tuple[Nature, int, str, str]]] = {}
    for line in lines:
        if line[0] == _ROW:
            for n, (nature, column, header, field) in enumerate(columns.get(line[1], ()), 3):
                value = line[n] if n < len(line) else ""
                yield Sent(nature, line[1], column, header, line[2], clean(value), field)
            continue
        what, sheet, number, text, is_open, field = line[:6]
        if what == Nature.HEADING:
            yield Sent(Nature.HEADING, sheet, int(number), value=text)
            continue
        field = field or fields.get(key(text), "")
        yield Sent(Nature(what), sheet, int(number), text, field=field, opened=is_open == Nature.OPEN)
        if what == Nature.HEADER:
            columns.setdefault(sheet, []).append((Nature(is_open), int(number), one_line(text), field))
