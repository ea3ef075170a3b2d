"""Workbooks in one XML file: the XML Spreadsheet of Excel 2002 and 2003. The flat form of OpenDocument goes to its own
reader.

Source: "XML Spreadsheet Reference" (Microsoft, 2001). Read in one pass by expat, which opens nothing; a document type
declaration is refused, as in every workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from tongbao.excel.formats import opendocument
from tongbao.excel.formats.numbers.shown import shown
from tongbao.excel.formats.web import stylesheet
from tongbao.excel.formats.xmltree import walk
from tongbao.excel.grid import MAX_COLUMNS, MAX_ROWS, Collected, ReadError, Sheet, check_size, unseen
from tongbao.excel.values import Cell, text_of
from tongbao.model import column_letters
from tongbao.outside.charset import decoded

_WORKBOOK = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet")
_DECLARED = re.compile(r"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w-]+)[\"'][^>]{0,100}?\?>")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FIRST_DAY = date(1899, 12, 30)
_HTML = "http://www.w3.org/TR/REC-html40|"
Attributes = dict[str, str]


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a workbook in XML: it says so in its first tags; a cell may speak of it later."""
    head = data[:4000].replace(b"\0", b"")
    text = head.decode("utf-8", "replace").lstrip("\ufeff\ufffd \r\n\t")
    return text.startswith("<") and (_WORKBOOK.search(text) is not None or opendocument.is_flat(text))


def read(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in XML. Raises CharsetError; ReadError: damaged, with entities, reaching too far."""
    told = _DECLARED.search(data[:300].decode("latin-1"))
    text = _DECLARED.sub("", decoded(data, told[1] if told else ""), count=1).lstrip()
    if opendocument.is_flat(text[:4000]):
        return opendocument.read_content(text.encode())
    reader = _Reader()
    walk(text.encode(), reader)
    if not reader.tables:
        raise ReadError("file_xml")
    return [unseen(t.name, partial(t.sheet, t.name)) if t.hidden else t.sheet(t.name) for t in reader.tables]


_STRIKING = frozenset({"html:S", "html:Strike"})


@dataclass
class _Style:
    """What a style says of a cell."""

    format: str = "General"
    struck: bool = False


class _Table(Collected):
    """A sheet while it is read; `row` and `column` are those of the last cell."""

    def __init__(self, name: str) -> None:
        """No row is read yet."""
        super().__init__()
        self.name, self.hidden = name, False
        self.row = self.column = self.columns = 0


@dataclass
class _Reader:
    """What the parser calls."""

    tables: list[_Table] = field(default_factory=list)
    styles: dict[str, _Style] = field(default_factory=dict)
    _style: _Style = field(default_factory=_Style)
    _cell: Attributes = field(default_factory=dict)
    _type: str = ""
    _text: list[str] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _struck: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens; only the last part of a name counts, for programs write all sorts of prefixes."""
        tag = tag.replace(_HTML, "html:").rpartition("|")[2]
        self._inside.append(tag)
        if act := _STARTS.get(tag):
            act(self, {name.rpartition("|")[2]: value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element closes."""
        closed = self._inside.pop() if self._inside else ""
        if closed == "Cell" and self.tables:
            self._end_cell()
        elif closed == "Visible" and self.tables and "".join(self._text).strip() in ("SheetHidden", "SheetVeryHidden"):
            self.tables[-1].hidden = True

    def text(self, text: str) -> None:
        """Text: the value of a cell, without that of its comment."""
        if self._inside and self._inside[-1] == "Visible":
            self._text = [text]
        elif "Data" in self._inside and "Comment" not in self._inside:
            (self._struck if _STRIKING & set(self._inside) else self._text).append(text)

    def begin_style(self, it: Attributes) -> None:
        """A style opens, alike its parent but for what follows."""
        parent = self.styles.get(it.get("Parent", ""), self.styles.get("Default", _Style()))
        self._style = _Style(parent.format, parent.struck)
        self.styles[it.get("ID", "")] = self._style

    def begin_sheet(self, it: Attributes) -> None:
        """A sheet opens."""
        self.tables.append(_Table(it.get("Name", "")))

    def begin_column(self, it: Attributes) -> None:
        """A column is described, or several equal ones."""
        table = self.tables[-1]
        first, more = _number(it, "Index", table.columns + 1), _number(it, "Span", 0)
        before, table.columns = table.columns, min(first + more, MAX_COLUMNS)
        if it.get("Hidden") == "1":
            table.hidden_columns.update(range(max(first, before + 1), table.columns + 1))

    def begin_row(self, it: Attributes) -> None:
        """A row opens; `Span` more rows may be alike, all empty."""
        table = self.tables[-1]
        first, more = _number(it, "Index", table.row + 1), _number(it, "Span", 0)
        if not table.row < first <= MAX_ROWS:
            raise ReadError("file_damaged")
        table.row, table.column = min(first + more, MAX_ROWS), 0
        if it.get("Hidden") == "1":
            table.hidden_rows.update(range(first, table.row + 1))

    def begin_cell(self, it: Attributes) -> None:
        """A cell opens."""
        table = self.tables[-1]
        before, table.column = table.column, _number(it, "Index", table.column + 1)
        if not before < table.column <= MAX_COLUMNS:
            raise ReadError("file_damaged")
        check_size(1, table.column, f"{column_letters(min(table.column, MAX_COLUMNS))}{table.row}")
        self._cell, self._type, self._text, self._struck = it, "", [], []

    def begin_data(self, it: Attributes) -> None:
        """The value of the cell opens; that of a comment has no type."""
        if "Comment" not in self._inside:
            self._type = it.get("Type", "String")

    def _end_cell(self) -> None:
        table = self.tables[-1]
        at = (table.row, table.column)
        across, down = _number(self._cell, "MergeAcross", 0), _number(self._cell, "MergeDown", 0)
        if across or down:
            table.merge(*at, min(at[0] + down, MAX_ROWS), min(at[1] + across, MAX_COLUMNS))
        style = self.styles.get(self._cell.get("StyleID", "Default"), _Style())
        value, seen = _value(self._type, "".join(self._text), style.format)
        table.column += across
        struck = "".join(self._struck).strip() + (seen or text_of(value) if style.struck else "")
        if struck:
            table.strike(at, "" if style.struck else value, struck)
            return
        if value == "":
            return
        table.values[at] = value
        if seen:
            table.shown[at] = seen
        if self._type == "Error":
            table.failed[at] = str(value)

    def set_format(self, it: Attributes) -> None:
        """The number format of the open style."""
        self._style.format = stylesheet.named(it.get("Format", "General"))

    def set_font(self, it: Attributes) -> None:
        """The font of the open style."""
        if "StrikeThrough" in it:
            self._style.struck = it["StrikeThrough"] == "1"

    def filter(self, _: Attributes) -> None:
        """A condition of a filter."""
        if self.tables:
            self.tables[-1].filtered = True


_STARTS: Mapping[str, Callable[[_Reader, Attributes], None]] = {
    "Style": _Reader.begin_style,
    "NumberFormat": _Reader.set_format,
    "Font": _Reader.set_font,
    "Worksheet": _Reader.begin_sheet,
    "Column": _Reader.begin_column,
    "Row": _Reader.begin_row,
    "Cell": _Reader.begin_cell,
    "Data": _Reader.begin_data,
    "AutoFilterCondition": _Reader.filter,
}


def _number(it: Attributes, name: str, default: int) -> int:
    return int(it.get(name, default))


def _value(type: str, text: str, code: str) -> tuple[Cell, str]:
    """The value of a cell by its type, and what the screen shows of it where that is something else."""
    if type == "Number" and text.strip():
        return shown(float(text), code)
    if type == "DateTime" and (day := _DAY.match(text.strip())):
        when = date(*map(int, day.groups()))
        value, seen = shown(float((when - _FIRST_DAY).days), code)
        return (value, seen) if isinstance(value, date) else (when, "")
    if type == "Boolean":
        return text.strip() in ("1", "true"), ""
    return text.replace("\r\n", "\n").strip("\n"), ""
