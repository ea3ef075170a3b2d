"""OpenDocument spreadsheets (.ods): values, merged ranges and marks in one pass over `content.xml`.

Read here and not by calamine, which tells no merged ranges of this format and does not end on a damaged one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from xml.parsers import expat

from tongbao.model import column_letters
from tongbao.reading.grid import MAX_CELLS, Cell, Collected, ReadError, Sheet, check_size, unseen
from tongbao.reading.ooxml import Package, refuse_doctype

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
Attributes = dict[str, str]


def is_spreadsheet(package: Package) -> bool:
    """Does the package say that it is an OpenDocument spreadsheet (or a template of one)?"""
    return package.read("mimetype").startswith(_MIMETYPE)


def read(package: Package) -> list[Sheet]:
    """The sheets of a document. Raises ReadError: encrypted, damaged, or reaching too far."""
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadError("file_encrypted")
    content = package.read("content.xml")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, OverflowError) as error:
        raise ReadError("file_damaged", "content.xml") from error
    return [unseen(t.name, partial(t.sheet, t.name)) if t.hidden else t.sheet(t.name) for t in reader.tables]


class _Table(Collected):
    """A sheet while it is read, and the number of the last row that was."""

    def __init__(self, name: str, *, hidden: bool) -> None:
        """Begins before the first row."""
        super().__init__()
        self.name, self.hidden, self.row = name, hidden, 0

    def keep(self, values: dict[int, Cell], times: int) -> None:
        """The next row, or several that are alike."""
        if times * len(values) + len(self.values) > MAX_CELLS:
            raise ReadError("file_vast", str(self.row + times))
        for row in range(self.row + 1, self.row + 1 + (times if values else 0)):
            self.values.update({(row, column): value for column, value in values.items()})
        self.row += times


class _Reader:
    """Follows the events of the XML."""

    def __init__(self) -> None:
        """`tables` grows while the document is read."""
        self.tables: list[_Table] = []
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._column = 0
        self._row: dict[int, Cell] = {}
        self._row_repeat = 1
        self._cell: Attributes = {}
        self._repeat = 1
        self._paragraphs: list[str] = []
        self._open = False
        self._notes = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "style:style": self._start_style,
            "style:table-properties": self._start_table_style,
            "style:text-properties": self._start_text_style,
            "table:table": self._start_table,
            "table:table-column": self._start_column,
            "table:table-row": self._start_row,
            "table:table-cell": self._start_cell,
            "table:covered-table-cell": self._start_cell,
            "text:p": lambda _: self._paragraph(),
            "text:s": lambda it: self.text(" " * min(int(it.get("text:c", "1")), 100)),
            "text:tab": lambda _: self.text("\t"),
            "text:line-break": lambda _: self.text("\n"),
            "office:annotation": lambda _: self._note(1),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "table:table-row": self._end_row,
            "text:p": lambda: setattr(self, "_open", False),
            "office:annotation": lambda: self._note(-1),
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        if handler := self._starts.get(_short(tag)):
            handler({_short(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element closes."""
        if handler := self._ends.get(_short(tag)):
            handler()

    def text(self, text: str) -> None:
        """Text inside a paragraph of a cell; not that of a comment."""
        if self._open and not self._notes:
            self._paragraphs[-1] += text

    # ------------------------------------------------------------------------------------------ elements

    def _start_style(self, it: Attributes) -> None:
        self._style = it.get("style:name", "")

    def _start_table_style(self, it: Attributes) -> None:
        if it.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_text_style(self, it: Attributes) -> None:
        if it.get("style:text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)

    def _start_table(self, it: Attributes) -> None:
        hidden = it.get("table:style-name", "") in self._hidden_styles
        self.tables.append(_Table(it.get("table:name", ""), hidden=hidden))
        self._column = 0

    def _start_column(self, it: Attributes) -> None:
        times = _times(it, "table:number-columns-repeated")
        if it.get("table:visibility") in ("collapse", "filter"):
            self.tables[-1].hidden_columns.update(range(self._column + 1, self._column + 1 + min(times, 16384)))
        self._column += times

    def _start_row(self, it: Attributes) -> None:
        table = self.tables[-1]
        self._column, self._row, self._row_repeat = 0, {}, _times(it, "table:number-rows-repeated")
        if it.get("table:visibility") in ("collapse", "filter"):
            table.hidden_rows.update(range(table.row + 1, table.row + 1 + min(self._row_repeat, 100_000)))
            table.filtered = table.filtered or it["table:visibility"] == "filter"

    def _start_cell(self, it: Attributes) -> None:
        self._cell, self._paragraphs = it, []
        self._repeat = _times(it, "table:number-columns-repeated")

    def _paragraph(self) -> None:
        if not self._notes:
            self._paragraphs.append("")
            self._open = True

    def _note(self, step: int) -> None:
        self._notes += step

    def _end_cell(self) -> None:
        table, at = self.tables[-1], (self.tables[-1].row + 1, self._column + 1)
        rows, columns = (
            _times(self._cell, "table:number-rows-spanned"),
            _times(self._cell, "table:number-columns-spanned"),
        )
        if rows > 1 or columns > 1:
            table.merge(*at, at[0] + rows - 1, at[1] + columns - 1)
        value = self._value()
        if value != "":
            check_size(1, self._column + self._repeat, column_letters(self._column + self._repeat))
            self._row |= dict.fromkeys(range(at[1], at[1] + self._repeat), value)
            if self._cell.get("table:style-name") in self._struck_styles:
                table.struck.add(at)
            if self._cell.get("calcext:value-type") == "error":
                table.failed[at] = str(value)
        self._column += self._repeat

    def _end_row(self) -> None:
        self.tables[-1].keep(self._row, self._row_repeat)

    def _value(self) -> Cell:
        """The value of the cell that ends here, by its type; its text where it has none."""
        it = self._cell
        match it.get("office:value-type"):
            case "float" | "percentage" | "currency":
                return float(it["office:value"])
            case "date" if day := _DAY.match(it.get("office:date-value", "")):
                return date(*map(int, day.groups()))
            case "boolean":
                return it.get("office:boolean-value") == "true"
        return "\n".join(self._paragraphs)


def _times(it: Attributes, name: str) -> int:
    return max(1, int(it.get(name, "1")))


def _short(name: str) -> str:
    """`urn:oasis:names:tc:opendocument:xmlns:table:1.0|table` → `table:table`."""
    uri, _, local = name.rpartition("|")
    return f"{uri.split(':')[-2] if uri.count(':') > 1 else uri}:{local}"
