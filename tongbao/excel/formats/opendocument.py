"""OpenDocument spreadsheets (.ods, .fods): values, merged ranges and marks in one pass over `content.xml`.

Read here, because calamine tells no merged ranges of this format and does not come to an end on some damaged files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from tongbao.excel.formats.lettering import unknown_signs
from tongbao.excel.formats.opentext import Attributes, Styles, Writing, day_shown
from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xmltree import walk
from tongbao.excel.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Address,
    Collected,
    ReadError,
    Sheet,
    check_size,
    unseen,
)
from tongbao.excel.values import HIDDEN, Cell, as_seen, text_of
from tongbao.model import column_letters
from tongbao.words.text import clean

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# The day of a date; the time of day that may follow is dropped.
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def is_spreadsheet(package: Package) -> bool:
    """Whether the package says that it is an OpenDocument spreadsheet, or a template of one."""
    return package.read("mimetype").startswith(_MIMETYPE)


def read(package: Package) -> list[Sheet]:
    """The sheets of a document. Raises ReadError: encrypted, damaged, or reaching too far."""
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadError("file_encrypted")
    return read_content(package.read("content.xml"))


def is_flat(text: str) -> bool:
    """Whether a text in XML begins as a spreadsheet that is one file (.fods), with all that a package holds."""
    return "<office:document" in text and _MIMETYPE.decode() in text


def read_content(content: bytes) -> list[Sheet]:
    """The sheets in the XML of a document. Raises ReadError: damaged, or reaching too far."""
    reader = _Reader()
    walk(content, reader, "content.xml")
    return [unseen(t.name, partial(t.sheet, t.name)) if t.hidden else t.sheet(t.name) for t in reader.tables]


class _Table(Collected):
    """A sheet while it is read; `row` is the number of the last row that was read."""

    def __init__(self, name: str, *, hidden: bool) -> None:
        """No row is read yet."""
        super().__init__()
        self.name, self.hidden, self.row = name, hidden, 0

    def keep(self, values: dict[int, Cell], times: int) -> None:
        """Adds the next row, or `times` equal rows. Raises ReadError where that would be too many cells."""
        if times * len(values) + len(self.values) > MAX_CELLS:
            raise ReadError("file_vast", str(self.row + times))
        for row in range(self.row + 1, self.row + 1 + (times if values else 0)):
            self.values.update({(row, column): value for column, value in values.items()})
        self.row += times


@dataclass
class _Reader:
    """Follows the events of the XML: tables, their rows, their cells. `tables` grows while the document is read."""

    tables: list[_Table] = field(default_factory=list)
    styles: Styles = field(default_factory=Styles)
    writing: Writing = field(default_factory=Writing)
    column: int = 0
    row: dict[int, Cell] = field(default_factory=dict)
    row_repeat: int = 1
    row_style: str = ""
    defaults: list[tuple[int, str]] = field(default_factory=list)
    cell: Attributes = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        if handler := _STARTS.get(_short(tag)):
            handler(self, {_short(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element closes."""
        if handler := _ENDS.get(_short(tag)):
            handler(self)

    def text(self, text: str) -> None:
        """Text, of the cell that is open or of what hangs on it."""
        self.writing.add(text)

    def start_table(self, it: Attributes) -> None:
        """A sheet opens."""
        if len(self.tables) >= _MOST_TABLES:
            raise ReadError("file_bomb", "content.xml")
        hidden = it.get("table:style-name", "") in self.styles.hidden
        self.tables.append(_Table(it.get("table:name", ""), hidden=hidden))
        self.column, self.defaults = 0, []

    def start_column(self, it: Attributes) -> None:
        """A column opens, or several equal columns."""
        times = _times(it, "table:number-columns-repeated")
        if _is_out_of_sight(it):
            last = min(self.column + times, MAX_COLUMNS)
            self.tables[-1].hidden_columns.update(range(self.column + 1, last + 1))
        self.column += times
        self.defaults.append((self.column, it.get("table:default-cell-style-name", "")))

    def start_row(self, it: Attributes) -> None:
        """A row opens, or several equal rows."""
        table = self.tables[-1]
        self.column, self.row, self.row_repeat = 0, {}, _times(it, "table:number-rows-repeated")
        self.row_style = it.get("table:default-cell-style-name", "")
        if _is_out_of_sight(it):
            last = min(table.row + min(self.row_repeat, _HIDDEN_ROWS), MAX_ROWS)
            table.hidden_rows.update(range(table.row + 1, last + 1))
            table.filtered = table.filtered or it["table:visibility"] == "filter"

    def end_row(self) -> None:
        """A row is complete."""
        self.tables[-1].keep(self.row, self.row_repeat)

    def start_cell(self, it: Attributes) -> None:
        """A cell opens, or several equal cells; also one that a merged range covers."""
        self.cell = it
        self.writing.reset()

    def end_cell(self) -> None:
        """A cell is complete."""
        repeat = _times(self.cell, "table:number-columns-repeated")
        at = (self.tables[-1].row + 1, self.column + 1)
        said = self.writing.written(self.styles, style := self._style())
        value = _value(self.cell, said.left)
        self._merge(at)
        if value != "":
            value = self._as_shown(at, value, clean(said.left or said.struck).strip())
        self._beside(at)
        if said.struck or value != "":
            check_size(1, self.column + repeat, column_letters(self.column + repeat))
            struck = said.struck or (text_of(value) if self.styles.look(style).struck else "")
            left = "" if self.styles.look(style).struck and not isinstance(value, str) else value
            self.row |= dict.fromkeys(_following(self.column, repeat), left)
            self.tables[-1].struck |= {(at[0], c): struck for c in _following(self.column, repeat) if struck}
            self._mark(at, left, said.unknown)
        self.column += repeat

    def _as_shown(self, at: Address, value: Cell, text: str) -> Cell:
        """The value with what the file says that the screen shows of it; a writer may have left that out."""
        if not self.writing.paragraphs or isinstance(value, str | bool) or text == text_of(value):
            return value
        if isinstance(value, date):
            return day_shown(value, text, self.cell.get("office:date-value", ""))
        self.tables[-1].shown[at] = text or HIDDEN
        return as_seen(value, text or HIDDEN)

    def _style(self) -> str:
        """The style of the open cell: its own, that of its row, or that of its column."""
        own = self.cell.get("table:style-name", "") or self.row_style
        return own or next((style for last, style in self.defaults if last > self.column), "")

    def _beside(self, at: Address) -> None:
        """Notes what hangs on the open cell: comments, text boxes, pictures."""
        table = self.tables[-1]
        comments = "".join(text for element, text in self.writing.said if element == "office:annotation")
        table.comments |= {at: comments} if comments else {}
        table.boxes += [(at, text) for element, text in self.writing.said if element.startswith("drawing:") and text]
        table.pictures |= {at: tuple(self.writing.pictures)} if self.writing.pictures else {}

    def _merge(self, at: Address) -> None:
        rows = _times(self.cell, "table:number-rows-spanned")
        columns = _times(self.cell, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.tables[-1].merge(*at, at[0] + rows - 1, at[1] + columns - 1)

    def _mark(self, at: Address, value: Cell, unknown: str) -> None:
        if unknown:
            self.tables[-1].unread[at] = unknown_signs(unknown)
        if self.cell.get("calcext:value-type") == "error":
            self.tables[-1].failed[at] = str(value)


# So many hidden rows are noted of one run of equal rows: the empty rest of a sheet may be hidden down to row 1048576.
# Rows that hold something differ, and so form short runs: of these all are noted.
_HIDDEN_ROWS = 100_000
_MOST_TABLES = 1_000

# Elements inside a cell whose text is not the cell's.
_DUBLIN = tuple(f"http://purl.org/dc/elements/1.1/:{name}" for name in ("creator", "date"))  # of a comment
_ASIDE = ("office:annotation", "drawing:text-box", "drawing:custom-shape", "text:ruby-text", *_DUBLIN)
_STARTS: Mapping[str, Callable[[_Reader, Attributes], None]] = {
    "style:style": lambda reader, it: reader.styles.begin(it),
    "style:table-properties": lambda reader, it: reader.styles.of_table(it),
    "style:text-properties": lambda reader, it: reader.styles.of_text(it),
    "table:table": _Reader.start_table,
    "table:table-column": _Reader.start_column,
    "table:table-row": _Reader.start_row,
    "table:table-cell": _Reader.start_cell,
    "table:covered-table-cell": _Reader.start_cell,
    "text:p": lambda reader, _: reader.writing.begin(),
    # A run of spaces; a hundred are enough to read, and keep a damaged count from filling the memory.
    "text:s": lambda reader, it: reader.writing.add(" " * min(int(it.get("text:c", "1")), 100)),
    "text:tab": lambda reader, _: reader.writing.add("\t"),
    "text:line-break": lambda reader, _: reader.writing.add("\n"),
    "text:span": lambda reader, it: reader.writing.spans.append(it.get("text:style-name", "")),
    "drawing:image": lambda reader, it: reader.writing.pictures.append(it.get("http://www.w3.org/1999/xlink:href", "")),
    **{name: partial(lambda name, reader, _: reader.writing.open_aside(name), name) for name in _ASIDE},
}
_ENDS: Mapping[str, Callable[[_Reader], None]] = {
    "table:table-cell": _Reader.end_cell,
    "table:covered-table-cell": _Reader.end_cell,
    "table:table-row": _Reader.end_row,
    "text:p": lambda reader: reader.writing.end(),
    "text:span": lambda reader: reader.writing.close_span(),
    **dict.fromkeys(_ASIDE, lambda reader: reader.writing.close_aside()),
}


def _value(it: Attributes, text: str) -> Cell:
    """The value of a cell by its type; its text where it has no type. Times of day and durations come as text."""
    match it.get("office:value-type"):
        case "float" | "percentage" | "currency":
            return float(it["office:value"])
        case "date" if day := _DAY.match(it.get("office:date-value", "")):
            return date(*map(int, day.groups()))
        case "boolean":
            return it.get("office:boolean-value") == "true"
    return text


def _is_out_of_sight(it: Attributes) -> bool:
    return it.get("table:visibility") in ("collapse", "filter")


def _following(before: int, times: int) -> range:
    """The numbers of the rows or columns that come next."""
    return range(before + 1, before + 1 + times)


def _times(it: Attributes, name: str) -> int:
    return max(1, int(it.get(name, "1")))


def _short(name: str) -> str:
    """`urn:oasis:names:tc:opendocument:xmlns:table:1.0|table` → `table:table`."""
    uri, _, local = name.rpartition("|")
    return f"{uri.split(':')[-2] if uri.count(':') > 1 else uri}:{local}"
