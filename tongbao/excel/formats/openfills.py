"""The colours of the cells of OpenDocument spreadsheets (.ods)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tongbao.excel.colours import WHITE
from tongbao.excel.formats.xmltree import walk
from tongbao.excel.grid import MAX_COLUMNS, MAX_ROWS, Address, Fills

_COLOUR = re.compile("#([0-9a-fA-F]{6})")
_BACKGROUND = "xsl-fo-compatible:background-color"
# Equal rows and columns beyond these are the empty rest of a sheet; there is nothing to ask of them.
_MOST_EQUAL = 1000
Attributes = Mapping[str, str]


def read(*parts: bytes) -> dict[str, Fills]:
    """The colours of the cells by the name of the sheet. `parts` are the XML of styles, if any, and of the content."""
    reader = _Reader()
    for xml in filter(None, parts):
        walk(xml, reader, "content.xml")
    return {name: Fills(cells, ("若干格",) if name in reader.ruled else ()) for name, cells in reader.sheets.items()}


@dataclass
class _Reader:
    """Follows the styles, then the tables, their rows and cells."""

    sheets: dict[str, dict[Address, str]] = field(default_factory=dict)
    ruled: set[str] = field(default_factory=set)
    colours: dict[str, str] = field(default_factory=dict)
    name: str = ""
    style: str = ""
    row: int = 0
    column: int = 0
    repeat: int = 1
    row_style: str = ""
    defaults: list[tuple[int, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if handler := _STARTS.get(_short(tag)):
            handler(self, {_short(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element closes."""
        if _short(tag) == "table:table-row":
            self.row += self.repeat

    def text(self, text: str) -> None:
        """Texts have no colour."""

    def start_style(self, it: Attributes) -> None:
        """A style opens; it has the colour of its parent until it says another."""
        self.style = it.get("style:name", "")
        self.colours[self.style] = self.colours.get(it.get("style:parent-style-name", ""), "")

    def start_look(self, it: Attributes) -> None:
        """The look of the cells of the open style."""
        if _BACKGROUND in it:
            match = _COLOUR.fullmatch(it[_BACKGROUND])
            colour = match[1].upper() if match else ""
            self.colours[self.style] = "" if colour == WHITE else colour

    def start_table(self, it: Attributes) -> None:
        """A sheet opens."""
        self.name, self.row, self.column, self.defaults = it.get("table:name", ""), 1, 1, []
        self.sheets[self.name] = {}

    def start_column(self, it: Attributes) -> None:
        """A column opens, or several equal ones."""
        self.column += _times(it, "table:number-columns-repeated")
        self.defaults.append((self.column, it.get("table:default-cell-style-name", "")))

    def start_row(self, it: Attributes) -> None:
        """A row opens, or several equal ones."""
        self.column, self.repeat = 1, _times(it, "table:number-rows-repeated")
        self.row_style = it.get("table:default-cell-style-name", "")

    def start_cell(self, it: Attributes) -> None:
        """A cell opens, or several equal ones."""
        times = _times(it, "table:number-columns-repeated")
        default = next((style for last, style in self.defaults if last > self.column), "")
        colour = self.colours.get(it.get("table:style-name", "") or self.row_style or default, "")
        if colour and self.name and times <= _MOST_EQUAL and self.repeat <= _MOST_EQUAL and self.row <= MAX_ROWS:
            columns = range(self.column, min(self.column + times, MAX_COLUMNS + 1))
            rows = range(self.row, self.row + self.repeat)
            self.sheets[self.name] |= {(row, column): colour for row in rows for column in columns}
        self.column += times

    def start_rule(self, _: Attributes) -> None:
        """A rule that colours cells by what stands in them."""
        self.ruled.add(self.name)


_STARTS: Mapping[str, Callable[[_Reader, Attributes], None]] = {
    "style:style": _Reader.start_style,
    "style:table-cell-properties": _Reader.start_look,
    "calcext:conditional-format": _Reader.start_rule,
    "table:table": _Reader.start_table,
    "table:table-column": _Reader.start_column,
    "table:table-row": _Reader.start_row,
    "table:table-cell": _Reader.start_cell,
    "table:covered-table-cell": _Reader.start_cell,
}


def _times(it: Attributes, name: str) -> int:
    text = it.get(name, "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 9 else 1


def _short(name: str) -> str:
    """`urn:oasis:names:tc:opendocument:xmlns:table:1.0|table` → `table:table`; calcext has another address."""
    uri, _, local = name.rpartition("|")
    return f"{uri.split(':')[-2] if uri.count(':') > 1 else uri}:{local}"
