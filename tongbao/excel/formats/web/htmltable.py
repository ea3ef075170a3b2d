"""Tables of a web page as they are built up, and how a page of lines and tables becomes sheets.

A page has no sheets: what stands in it is laid out in tables too. A table that only holds others is taken apart; tables
of one width go on under each other, as where the header is a table of its own; another width begins another sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tongbao.excel.formats.numbers.shown import shown
from tongbao.excel.formats.web import stylesheet
from tongbao.excel.grid import MAX_COLUMNS, Address, Collected, ReadError, Sheet, check_size
from tongbao.excel.values import Cell, text_of
from tongbao.model import column_letters

# A line end of the source between Chinese characters is no blank: programs break long lines there.
_INSIDE_CHINESE = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef，。；：、])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# Lines in front of a table that belong to it: title, date, unit of amounts. Menus of a web page are above these.
_TITLE_LINES = 6
# Lines behind the last table: notes and signatures.
_NOTE_LINES = 30


@dataclass
class Lines:
    """Text in lines, with the tables that stand between them; `struck` are the words that are struck out of it.

    `pictured`: there is a picture among them.
    """

    items: list[str | HtmlTable] = field(default_factory=list)
    pictured: bool = False
    _struck: list[str] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _begun: bool = False

    @property
    def struck(self) -> str:
        """The words that are struck out."""
        return "".join(self._struck)

    def add(self, text: str, *, struck: bool = False) -> None:
        """Adds text to the line."""
        if struck:
            self._struck.append(_BLANKS.sub(" ", text))
        else:
            self._text.append(text)
            self._begun = self._begun or not text.isspace()

    def line(self) -> None:
        """Ends the line, also an empty one."""
        self._text.append("\0")
        self._begun = True

    def paragraph(self) -> None:
        """Ends the line if there is something on it."""
        if self._begun and self._text[-1] != "\1":
            self._text.append("\1")

    def insert(self, table: HtmlTable) -> None:
        """Puts a table behind the text."""
        self._keep()
        self.items.append(table)

    def all(self) -> list[str | HtmlTable]:
        """Everything in order; a text may hold several lines."""
        self._keep()
        return self.items

    def text(self) -> str:
        """All as one text, the cells of inner tables set apart by blanks."""
        return "\n".join(it if isinstance(it, str) else it.text() for it in self.all()).strip("\n")

    def _keep(self) -> None:
        source = _BLANKS.sub(" ", _INSIDE_CHINESE.sub("", "".join(self._text)))
        source = re.sub("\1+(?=\0)|\1+$", "", re.sub("\1[ \1]*", "\1", source))
        found = re.sub("[\0\1]", "\n", source)
        found = "\n".join(line.replace("\xa0", " ").strip() for line in found.split("\n"))
        self._text, self._begun = [], False
        if found.strip():
            self.items.append(found)


@dataclass
class HtmlCell:
    """A cell: its text, how far it reaches, and what Office notes of its value."""

    lines: Lines = field(default_factory=Lines)
    columns: int = 1
    rows: int = 1
    hidden: bool = False
    struck: bool = False
    number: str | None = None
    format: str = "General"
    failed: bool = False

    @classmethod
    def of(cls, attributes: Mapping[str, str], style: Mapping[str, str], *, struck: bool) -> HtmlCell:
        """The cell of a tag with these attributes. LibreOffice notes its values as `sdval`."""
        number = attributes.get("x:num", attributes.get("sdval"))
        code = stylesheet.number_format(style.get("mso-number-format", "General"))
        if "sdnum" in attributes:
            code = attributes["sdnum"].split(";", 2)[-1] or code
        return cls(
            columns=min(_times(attributes.get("colspan")), MAX_COLUMNS),
            rows=_times(attributes.get("rowspan")),
            hidden=stylesheet.is_out_of_sight(style),
            struck=struck,
            number=None if "x:str" in attributes or code == "@" else number,
            format=code,
            failed="x:err" in attributes,
        )

    def value(self) -> tuple[Cell, str]:
        """What the cell holds, and what the screen shows of it where that is something else."""
        text = self.lines.text()
        try:
            number = float(self.number or text.replace(",", "")) if self.number is not None else None
        except ValueError:
            number = None
        if number is None:
            return text, ""
        value, seen = shown(number, self.format)
        if not isinstance(value, float):
            return value, seen
        return value, text if text.strip("#") and text != text_of(value) else ""


@dataclass
class HtmlTable:
    """A table while it is read; `open` is the cell that text goes into."""

    rows: list[list[HtmlCell]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    open: HtmlCell | None = None
    _columns: int = 0

    def row(self, *, hidden: bool) -> None:
        """A row opens."""
        self.open = None
        self.rows.append([])
        if hidden:
            self.hidden_rows.add(len(self.rows))

    def cell(self, cell: HtmlCell) -> None:
        """A cell opens, in the row that is open or in a new one."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)
        self.open = cell

    def close(self) -> None:
        """The open cell ends."""
        self.open = None

    def column(self, attributes: Mapping[str, str], tag: str, *, hidden: bool) -> None:
        """A column is described; a group of columns only where it says how many it has."""
        if tag == "colgroup" and "span" not in attributes:
            return
        times = min(_times(attributes.get("span")), MAX_COLUMNS - self._columns)
        if hidden:
            self.hidden_columns.update(range(self._columns + 1, self._columns + 1 + times))
        self._columns += times

    def text(self) -> str:
        """All cells as one text."""
        return "\n".join(" ".join(cell.lines.text() for cell in row) for row in self.rows)

    @property
    def is_layout(self) -> bool:
        """Whether the table only holds others: it has one inside, and no two rows of data of its own."""
        inner = any(isinstance(it, HtmlTable) for row in self.rows for cell in row for it in cell.lines.all())
        plain = (sum(isinstance(it, str) for cell in row for it in cell.lines.all()[:1]) for row in self.rows)
        return inner and sum(filled > 2 for filled in plain) < 2

    @property
    def width(self) -> int:
        """The columns of the widest row."""
        return max((sum(cell.columns for cell in row) for row in self.rows), default=0)

    def without_hidden_cells(self) -> HtmlTable:
        """Cells that are hidden in every row are a hidden column; hidden in some rows alone, they take no place."""
        places = [{n for n, cell in enumerate(row) if cell.hidden} for row in self.rows if len(row) > 1]
        common = set.intersection(*places) if places else set()
        rows = [[cell for n, cell in enumerate(row) if not cell.hidden or n in common] for row in self.rows]
        return HtmlTable(rows, self.hidden_rows, self.hidden_columns | {n + 1 for n in common})


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 8 else 1


# ---------------------------------------------------------------------------------------------- a page as sheets


def flowing(lines: Lines) -> Iterator[str | HtmlTable]:
    """The lines and the tables of data in the order of the page: tables for the layout are taken apart."""
    for item in lines.all():
        if isinstance(item, str):
            yield from (line for line in item.split("\n") if line)
        elif item.is_layout:
            for cell in (cell for row in item.rows for cell in row if not cell.hidden):
                yield from flowing(cell.lines)
        else:
            table = item.without_hidden_cells()
            filled = [[cell for cell in row if cell.lines.text()] for row in table.rows]
            if len(filled) < 4 and all(len(row) < 2 for row in filled):  # a title in a table of its own
                yield from (cell.lines.text() for row in filled for cell in row)
            else:
                yield table


def assembled(flow: Iterator[str | HtmlTable], name: str) -> list[Sheet]:
    """The sheets of a page: each table with the lines in front of it, those behind the last table with that."""
    sheets: list[_Growing] = []
    lines: list[str] = []
    for item in flow:
        if isinstance(item, str):
            lines.append(item)
            continue
        heading = lines[-1] if lines else ""
        if not sheets or not sheets[-1].goes_on_in(item, heading):
            title = heading if sheets and len(heading) < 20 else ""
            sheets.append(_Growing(title or (f"{name} ({len(sheets) + 1})" if sheets else name)))
        sheets[-1].take(lines[-_TITLE_LINES:], item)
        lines = []
    if sheets:
        sheets[-1].take(lines[:_NOTE_LINES], HtmlTable())
    return [growing.cells.sheet(growing.name) for growing in sheets]


@dataclass
class _Growing:
    """A sheet to which tables of one width are added."""

    name: str
    cells: Collected = field(default_factory=Collected)
    rows: int = 0
    width: int = 0
    spread: int = 0

    def goes_on_in(self, table: HtmlTable, heading: str) -> bool:
        """Whether a table continues this sheet. The header alone may be a cell wider or narrower: the scroll bar."""
        apart = abs(table.width - self.width)
        return "销号" not in heading and (apart == 0 or (apart == 1 and self.rows < 4))

    def take(self, lines: list[str], table: HtmlTable) -> None:
        """Adds lines, each in the first column of a row, and a table below them."""
        for line in lines:
            self.rows += 1
            self.cells.values[self.rows, 1] = line
        self.width = self.width or table.width
        self.cells.hidden_columns |= table.hidden_columns
        self.cells.hidden_rows |= {self.rows + row for row in table.hidden_rows}
        covered: dict[int, int] = {}
        below = len(table.rows)
        for number, row in enumerate(table.rows, self.rows + 1):
            self._place(row, number, self.rows + below, covered)
        self.rows += below

    def _place(self, row: list[HtmlCell], number: int, last: int, covered: dict[int, int]) -> None:
        """Puts the cells of a row where no cell from above reaches; `covered` is the last such row of each column."""
        column = 0
        for cell in row:
            column += 1
            while covered.get(column, 0) >= number:
                column += 1
                self.spread += 1
            right, bottom = column + cell.columns - 1, min(number + cell.rows - 1, last)
            if right > MAX_COLUMNS:
                raise ReadError("file_vast", f"第{number}行")
            self.spread += cell.columns
            check_size(1, max(right, self.spread), f"{column_letters(min(right, MAX_COLUMNS))}{number}")
            if (bottom, right) != (number, column):
                self.cells.merge(number, column, bottom, right)
                covered.update(dict.fromkeys(range(column, right + 1), bottom))
            self._keep(cell, (number, column))
            column = right

    def _keep(self, cell: HtmlCell, at: Address) -> None:
        value, seen = cell.value()
        if struck := cell.lines.struck.strip():
            self.cells.strike(at, cell.lines.text(), struck)
            return
        if value == "":
            if cell.lines.pictured:  # a green dot for 完成 is no empty status
                self.cells.pictures[at] = ()
            return
        self.cells.values[at] = value
        if seen:
            self.cells.shown[at] = seen
        if cell.failed:
            self.cells.failed[at] = text_of(value)
