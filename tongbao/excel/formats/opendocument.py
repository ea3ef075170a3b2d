"""OpenDocument spreadsheets (.ods, .fods): values, merged ranges and marks in one pass over `content.xml`.

Read here, because calamine tells no merged ranges of this format and does not come to an end on some damaged files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from xml.parsers import expat

from tongbao.excel.formats.ooxml import Package, refuse_doctype
from tongbao.excel.grid import MAX_CELLS, MAX_COLUMNS, Address, Cell, Collected, ReadError, Sheet, check_size, unseen
from tongbao.model import column_letters

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# The day of a date; the time of day that may follow is dropped.
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
Attributes = dict[str, str]


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
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.writing.add
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, OverflowError) as error:
        raise ReadError("file_damaged", "content.xml") from error
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
class _Styles:
    """The names of the styles that hide a table, and of those that strike a text out."""

    name: str = ""
    hidden: set[str] = field(default_factory=set)
    striking: set[str] = field(default_factory=set)

    def begin(self, it: Attributes) -> None:
        """A style opens; its properties follow."""
        self.name = it.get("style:name", "")

    def of_table(self, it: Attributes) -> None:
        """Notes whether the open style hides tables."""
        if it.get("table:display") == "false":
            self.hidden.add(self.name)

    def of_text(self, it: Attributes) -> None:
        """Notes whether the open style strikes texts out."""
        if it.get("style:text-line-through-style", "none") != "none":
            self.striking.add(self.name)


@dataclass
class _Writing:
    """The paragraphs of a cell while they are read, without those of its comments."""

    paragraphs: list[str] = field(default_factory=list)
    inside: bool = False
    comments: int = 0

    def begin(self) -> None:
        """A paragraph opens."""
        if not self.comments:
            self.paragraphs.append("")
            self.inside = True

    def end(self) -> None:
        """A paragraph closes."""
        self.inside = False

    def add(self, text: str) -> None:
        """Adds text to the open paragraph; text outside paragraphs, or in a comment, is dropped."""
        if self.inside and not self.comments:
            self.paragraphs[-1] += text

    def comment(self, step: int) -> None:
        """A comment opens (1) or closes (-1)."""
        self.comments += step


@dataclass
class _Reader:
    """Follows the events of the XML: tables, their rows, their cells. `tables` grows while the document is read."""

    tables: list[_Table] = field(default_factory=list)
    styles: _Styles = field(default_factory=_Styles)
    writing: _Writing = field(default_factory=_Writing)
    column: int = 0
    row: dict[int, Cell] = field(default_factory=dict)
    row_repeat: int = 1
    cell: Attributes = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        if handler := _STARTS.get(_short(tag)):
            handler(self, {_short(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element closes."""
        if handler := _ENDS.get(_short(tag)):
            handler(self)

    def start_table(self, it: Attributes) -> None:
        """A sheet opens."""
        hidden = it.get("table:style-name", "") in self.styles.hidden
        self.tables.append(_Table(it.get("table:name", ""), hidden=hidden))
        self.column = 0

    def start_column(self, it: Attributes) -> None:
        """A column opens, or several equal columns."""
        times = _times(it, "table:number-columns-repeated")
        if _is_out_of_sight(it):
            self.tables[-1].hidden_columns.update(_following(self.column, min(times, MAX_COLUMNS)))
        self.column += times

    def start_row(self, it: Attributes) -> None:
        """A row opens, or several equal rows."""
        table = self.tables[-1]
        self.column, self.row, self.row_repeat = 0, {}, _times(it, "table:number-rows-repeated")
        if _is_out_of_sight(it):
            table.hidden_rows.update(_following(table.row, min(self.row_repeat, _HIDDEN_ROWS)))
            table.filtered = table.filtered or it["table:visibility"] == "filter"

    def end_row(self) -> None:
        """A row is complete."""
        self.tables[-1].keep(self.row, self.row_repeat)

    def start_cell(self, it: Attributes) -> None:
        """A cell opens, or several equal cells; also one that a merged range covers."""
        self.cell, self.writing.paragraphs = it, []

    def end_cell(self) -> None:
        """A cell is complete."""
        repeat = _times(self.cell, "table:number-columns-repeated")
        at = (self.tables[-1].row + 1, self.column + 1)
        value = _value(self.cell, self.writing.paragraphs)
        self._merge(at)
        if value != "":
            check_size(1, self.column + repeat, column_letters(self.column + repeat))
            self.row |= dict.fromkeys(_following(self.column, repeat), value)
            self._mark(at, value)
        self.column += repeat

    def _merge(self, at: Address) -> None:
        rows = _times(self.cell, "table:number-rows-spanned")
        columns = _times(self.cell, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.tables[-1].merge(*at, at[0] + rows - 1, at[1] + columns - 1)

    def _mark(self, at: Address, value: Cell) -> None:
        if self.cell.get("table:style-name") in self.styles.striking:
            self.tables[-1].struck.add(at)
        if self.cell.get("calcext:value-type") == "error":
            self.tables[-1].failed[at] = str(value)


# So many hidden rows are noted of one run of equal rows: the empty rest of a sheet may be hidden down to row 1048576.
# Rows that hold something differ, and so form short runs: of these all are noted.
_HIDDEN_ROWS = 100_000

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
    "office:annotation": lambda reader, _: reader.writing.comment(1),
}
_ENDS: Mapping[str, Callable[[_Reader], None]] = {
    "table:table-cell": _Reader.end_cell,
    "table:covered-table-cell": _Reader.end_cell,
    "table:table-row": _Reader.end_row,
    "text:p": lambda reader: reader.writing.end(),
    "office:annotation": lambda reader: reader.writing.comment(-1),
}


def _value(it: Attributes, paragraphs: Sequence[str]) -> Cell:
    """The value of a cell by its type; its text where it has no type. Times of day and durations come as text."""
    match it.get("office:value-type"):
        case "float" | "percentage" | "currency":
            return float(it["office:value"])
        case "date" if day := _DAY.match(it.get("office:date-value", "")):
            return date(*map(int, day.groups()))
        case "boolean":
            return it.get("office:boolean-value") == "true"
    return "\n".join(paragraphs)


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
