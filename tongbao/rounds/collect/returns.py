"""A sheet that came back: which of its lines is which row that was sent, and what the unit put into it.

A line is known by the id that it carries and by what it says. Where both disagree (lines moved without their ids) it is
not taken; where the id is gone (deleted, or pasted into another workbook) the text must tell the row for certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tongbao.excel.grid import Address, Book, Seen, Sheet
from tongbao.excel.values import holds, stored_text, text_of
from tongbao.matching.face import Face
from tongbao.matching.likeness import ASKABLE, of_texts
from tongbao.model import NO, TASK, Place, Row
from tongbao.rounds.collect.pairing import paired
from tongbao.rounds.collect.sent import CellKey, Copy, Nature, RowKey, Sent
from tongbao.words.text import clean, key

# Where the header of a return is looked for: ten rows, as the reader does, and some that a unit may have put above it.
# With more than 29 rows above it a return is refused, and the unit asked to fill in its sheet again.
_SEARCHED_ROWS = 30
COPIED = "这个编号在退回的表里有几行，填的不一样"
EXCHANGED = "退回的表里编号和事项对不上（多半是行挪动过，或事项被改写）"
ALIKE = "退回的表里有几行一模一样，分不清是哪一项"


@dataclass(frozen=True, slots=True)
class Found:
    """A cell as it came back; `failed` says why its value is not known (a formula without a result), or is empty."""

    value: str
    place: Place
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A line that a unit put in: where, and what it says."""

    place: Place
    texts: tuple[str, ...]

    @property
    def shown(self) -> str:
        """Its cells on one line."""
        return "｜".join(self.texts)


@dataclass(frozen=True, slots=True)
class Return:
    """A file that came back: what had been sent in it, and the cells that were found.

    `strange` says why a row that is there cannot be taken; `added` are the lines that were not sent.
    """

    file: str
    copy: Copy
    found: Mapping[CellKey, Found]
    strange: Mapping[RowKey, str] = field(default_factory=dict)
    added: tuple[Added, ...] = ()

    @property
    def unit(self) -> str:
        """The unit to which the sheet was sent."""
        return self.copy.stamp.unit

    def item(self, row: RowKey) -> str:
        """How a message names a row, by what was sent: as `Row.item` does."""
        return Row(Place(), self.copy.text(row, NO), self.copy.text(row, TASK)).item

    def answers(self) -> dict[CellKey, str]:
        """What stands in the cells that a unit fills in, by cell."""
        opened = (s for s in self.copy.sent if s.nature is Nature.OPEN and s.address in self.found)
        return {s.address: self.found[s.address].value for s in opened}


def read_return(book: Book, copy: Copy, *, whole: bool = False) -> Return | str:
    """A file that came back, compared with what was sent; or, in Chinese, why it cannot be used at all.

    The columns to fill in and that of the task must be there; `whole`: all that were sent, but for the ids.
    """
    found: dict[CellKey, Found] = {}
    strange: dict[RowKey, str] = {}
    added: list[Added] = []
    for name, headers in copy.sheets.items():
        where = _table(book, name, headers, whole)
        if isinstance(where, str):
            return where
        reading = _Reading(book.file, where, copy, name)
        found |= reading.found
        strange |= reading.strange
        added += reading.added
    if copy.rows and not found:
        return "表里一行也不是发给它的事项"
    return Return(book.file, copy, found, strange, tuple(added))


# ---------------------------------------------------------------------------------------------- where the table stands


@dataclass(frozen=True, slots=True)
class _Where:
    """The sheet of a return, its header row, and where each column that was sent is now."""

    sheet: Sheet
    top: int
    columns: Mapping[int, int]


def _table(book: Book, name: str, headers: Sequence[Sent], whole: bool) -> _Where | str:
    """The table that was sent as this sheet: in the sheet of that name, else in the only one that has its headers."""
    wanted = {s.column: key(s.header) for s in headers if s.nature in (Nature.HEADER, Nature.ID_HEADER)}
    seen = [sheet for sheet in book.sheets if not sheet.hidden]
    named = [sheet for sheet in seen if sheet.name == name]
    tried = [_columns(sheet, wanted) for sheet in (named or seen)]
    needed = [s for s in headers if s.nature is Nature.HEADER and (whole or s.opened or s.field == TASK)]
    fitting = [where for where in tried if all(s.column in where.columns for s in needed)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return f"有{len(fitting)}张工作表都像是发给它的表，不知道用哪一张"
    best = max(tried, key=lambda where: len(where.columns), default=None)
    if best is None or not best.columns:
        return f"工作表“{name}”里找不到发出时的表头"
    lost = "、".join(f"“{s.header}”" for s in needed if s.column not in best.columns)
    return f"表头被改动，或删了列：找不到{lost}"


def _columns(sheet: Sheet, wanted: Mapping[int, str]) -> _Where:
    """The header row of a returned sheet, that with most of the headers, and where each column is now.

    A header that stands several times is that of its old column; if it is not there, it cannot be told and is missing.
    """
    seen = Seen(sheet, bottom=_SEARCHED_ROWS)
    best = _Where(sheet, 0, {})
    for row in range(1, min(_SEARCHED_ROWS, len(sheet.cells)) + 1):
        width = max(len(sheet.cells[row - 1]), max(wanted, default=0))
        texts = {c: key(seen.text(row, c)) for c in range(1, width + 1)}
        found: dict[int, int] = {}
        for column, header in wanted.items():
            places = [c for c, text in texts.items() if text == header]
            if column in places or len(places) == 1:
                found[column] = column if column in places else places[0]
        if len(found) > len(best.columns):
            best = _Where(sheet, row, found)
    return best


# ---------------------------------------------------------------------------------------------- which line is which row


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a return: its row number, the id in it (one that was sent, else empty), the text of its task."""

    row: int
    id: str
    text: str


class _Reading:
    """Finds the rows of one sheet of a return, wherever they stand."""

    def __init__(self, file: str, where: _Where, copy: Copy, name: str) -> None:
        self.file, self.sheet, self.columns = file, where.sheet, where.columns
        self.seen = Seen(where.sheet, where.top + 1)
        self.name, self.copy = name, copy
        self.rows = {id: cells for (sheet, id), cells in copy.rows.items() if sheet == name}
        self.texts = {id: key(copy.text((name, id), TASK)) for id in self.rows}
        self.found: dict[CellKey, Found] = {}
        self.strange: dict[RowKey, str] = {}
        self.added: list[Added] = []
        self._pair(list(self._lines(where.top)))

    # The lines ---------------------------------------------------------------------------------

    def _lines(self, top: int) -> Iterator[_Line]:
        headers = self.copy.sheets[self.name]
        ids = next((self.columns.get(s.column, 0) for s in headers if s.nature is Nature.ID_HEADER), 0)
        task = next((self.columns.get(s.column, 0) for s in headers if s.field == TASK), 0)
        headings = {key(s.value) for s in headers if s.nature is Nature.HEADING}
        for row in range(top + 1, len(self.sheet.cells) + 1):
            id = self._text(row, ids)
            filled = [text_of(value) for value in self.sheet.cells[row - 1] if holds(value)]
            if id in self.rows or (filled and key(filled[0]) not in headings):
                yield _Line(row, id if id in self.rows else "", self._text(row, task))

    def _text(self, row: int, column: int) -> str:
        return self.seen.text(row, column) if column else ""

    # The pairs ---------------------------------------------------------------------------------

    def _pair(self, lines: Sequence[_Line]) -> None:
        """Takes the lines with ids first, then those whose text alone tells the row; what is left was added."""
        left = [line for line in lines if not line.id]
        for id in self.rows:
            left += self._by_id(id, [line for line in lines if line.id == id])
        open_ids = [id for id in self.rows if (self.name, id) not in self.strange and not self._has(id)]
        for text in dict.fromkeys(self.texts[id] for id in open_ids):
            same = [line for line in left if text and key(line.text) == text]
            if same:
                self._by_text([id for id in open_ids if self.texts[id] == text], same)
                left = [line for line in left if line not in same]
        self.added += filter(None, map(self._line_added, sorted(left, key=lambda line: line.row)))

    def _by_id(self, id: str, lines: Sequence[_Line]) -> list[_Line]:
        """Takes the line that carries an id; gives those that carry it and are not its row."""
        own = [line for line in lines if not line.text or not self.texts[id] or key(line.text) == self.texts[id]]
        if not own and len(lines) == 1 and self._is_retyped(id, lines[0]):
            own = list(lines)
        if own:
            self._take(id, own[0])
            if any(self._open(id, line) != self._open(id, own[0]) for line in own[1:]):
                self.strange[self.name, id] = COPIED
                return [line for line in lines if line is not own[0]]
            return [line for line in lines if line not in own]
        if lines:
            self._take(id, lines[0])
            self.strange[self.name, id] = EXCHANGED
        return list(lines[1:])

    def _is_retyped(self, id: str, line: _Line) -> bool:
        """Was the text of the row only retyped a little? Then it is nearer to its own old text than to any other."""
        typed = _face(line.text)
        likeness = {other: of_texts(typed, _face(text)) for other, text in self.texts.items()}
        return likeness[id] >= ASKABLE and likeness[id] == max(likeness.values())

    def _by_text(self, ids: Sequence[str], lines: Sequence[_Line]) -> None:
        """Pairs rows and lines of one text by their other cells; what is quite alike, in order, if it is complete."""
        agreement = {(id, line): self._agreement(id, line) for id in ids for line in lines}
        pairs, unclear = paired(ids, lines, agreement)
        rest = [line for line in lines if line not in pairs.values()]
        for id, line in [*pairs.items(), *zip(unclear, rest, strict=False)]:
            self._take(id, line)
        self.strange |= dict.fromkeys(((self.name, id) for id in unclear), ALIKE)
        self.added += filter(None, map(self._line_added, rest[len(unclear) :]))

    def _agreement(self, id: str, line: _Line) -> int:
        """In how many of the cells that it does not fill in a line says what was sent."""
        locked = (s for s in self.rows[id] if s.nature is Nature.LOCKED and s.value)
        return sum(key(self._text(line.row, self.columns.get(s.column, 0))) == key(s.value) for s in locked)

    # What is taken -----------------------------------------------------------------------------

    def _has(self, id: str) -> bool:
        return any((self.name, id, s.column) in self.found for s in self.rows[id])

    def _open(self, id: str, line: _Line) -> list[str]:
        opened = (s for s in self.rows[id] if s.nature is Nature.OPEN)
        return [self._text(line.row, self.columns.get(s.column, 0)) for s in opened]

    def _take(self, id: str, line: _Line) -> None:
        marks = self.sheet.marks
        for s in self.rows[id]:
            if now := self.columns.get(s.column):
                address = self.seen.first(line.row, now)
                failed = "公式没有算出结果" if address in marks.uncached else marks.failed.get(address, "")
                place = Place(self.file, self.sheet.name, line.row, now)
                value = self._text(line.row, now)  # what was typed is meant as the screen shows it
                if s.value == clean(stored_text(self.sheet.value(*address))):  # a copy may have noted what was stored
                    value = s.value
                failed = failed or (self._unread(address, value) if s.nature is Nature.OPEN else "")
                self.found[self.name, id, s.column] = Found(value, place, failed)

    def _unread(self, address: Address, value: str) -> str:
        """Why what stands in a cell cannot be read, though a unit may well have answered there; empty where it can."""
        pictured = not value and address in self.sheet.marks.pictures
        return self.sheet.marks.unread.get(address, "") or ("这一格是图片，没有读，请写成文字" if pictured else "")

    def _line_added(self, line: _Line) -> Added | None:
        """The line as one that was added; None for one that holds but a number, as lists are numbered in advance."""
        texts = [clean(text_of(value)) for value in self.sheet.cells[line.row - 1] if holds(value)]
        if not any(not text.isdigit() for text in texts if text != line.id):
            return None
        return Added(Place(self.file, self.sheet.name, line.row), tuple(texts))


def _face(text: str) -> Face:
    return Face(Row(Place(), "", text))
