"""The raw grid of a sheet, which every reader of files gives: its values, its merged ranges, and its marks.

Rows and columns are 1-based and physical: row 5 is the row that Excel numbers 5.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongbao.excel.values import Cell, as_seen, text_of
from tongbao.model import column_letters
from tongbao.words.text import clean

Address = tuple[int, int]
# First row, first column, last row, last column.
Range = tuple[int, int, int, int]

# A ledger of 10 000 items in nine columns has 90 000 cells; four million texts take about 260 MB of memory (tried).
# 100 000 rows of 40 columns pass and of 41 do not; a stray cell in column C of the last row passes, in column D not.
MAX_CELLS = 4_000_000
# The measured ledger of 10 000 items has 9 000 merged ranges. What has more than twenty times as many is refused whole.
MAX_MERGES = 200_000
# Characters of one cell, by the limits of Excel, and of all cells together, set by feel: 10 000 items have two million.
LONGEST_TEXT, MOST_TEXT = 32_767, 30_000_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # of a sheet of Excel 2007 and later


class ReadError(Exception):
    """The file cannot be read: `code` says why, `detail` where (a part, a cell)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


# What stands in a cell whose content is a picture of WPS, where the picture itself is not known to the reader.
_PICTURE = re.compile(r"\s*=?\s*(?:_xlfn\.)?DISPIMG\(\s*[\"“”]*([^,)\"“”]*)[^)]*\)?\s*", re.IGNORECASE)


def picture_id(text: str) -> str | None:
    """The id of the picture for which a text stands (`=DISPIMG("ID_…",1)`); None for every other text."""
    found = _PICTURE.fullmatch(text)
    return found[1] if found else None


def blanked(cells: list[list[Cell]]) -> dict[Address, tuple[str, ...]]:
    """Empties the cells that hold a picture of WPS as text, and says which; the pictures are not to be had."""
    found: dict[Address, tuple[str, ...]] = {
        (r, c): ("",)
        for r, row in enumerate(cells, 1)
        for c, value in enumerate(row, 1)
        if isinstance(value, str) and "DISPIMG" in value and picture_id(value) is not None
    }
    for row, column in found:
        cells[row - 1][column - 1] = ""
    return found


@dataclass(frozen=True, slots=True)
class Marks:
    """What a sheet shows beside its values: hidden rows and columns, whether a filter is on, formulas that were never
    calculated (`uncached`), and formulas that failed, with their error (`#REF!`).

    `struck`: the words that are struck out, by cell; the cell itself has what is left. `pictures`: by cell, the
    parts of the package that hold them, empty where the file has none. `comments`: those of people, by cell.
    `boxes`: the texts of text boxes, with the cell under their corner. `unread`: why what a cell shows cannot be read.
    `shown`: what the screen shows of a cell (85%), where that is not what `text_of` makes of its value; numbers that
    .xlsx only rounds or groups are left out. The cells of the grid know what they show (`text_of`) in any case.
    `widths`: the columns that have a width of their own, in characters; what no width is kept of is not in it."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    struck: Mapping[Address, str] = field(default_factory=dict)
    uncached: frozenset[Address] = frozenset()
    failed: dict[Address, str] = field(default_factory=dict)
    shown: dict[Address, str] = field(default_factory=dict)
    pictures: Mapping[Address, tuple[str, ...]] = field(default_factory=dict)
    comments: Mapping[Address, str] = field(default_factory=dict)
    boxes: tuple[tuple[Address, str], ...] = ()
    unread: Mapping[Address, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fills:
    """The colours (`FF0000`) with which cells of a sheet are filled; cells without one, and white ones, are not there.

    `by_rule` are the ranges that rules colour by what stands in them (条件格式): which of their cells, nobody tells.
    `fonts` are the colours in which cells are written; black, white and what the system chooses are not there.
    """

    cells: Mapping[Address, str] = field(default_factory=dict)
    by_rule: tuple[str, ...] = ()
    fonts: Mapping[Address, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. An empty cell is an empty text; all rows have the same length. `fills`: only where somebody asked for
    them, and the format of the file tells (`excel.fills`)."""

    name: str
    cells: Sequence[Sequence[Cell]]
    merges: tuple[Range, ...] = ()
    hidden: bool = False
    marks: Marks = Marks()
    fills: Fills | None = None

    def value(self, row: int, column: int) -> Cell:
        """The value of a cell (1-based); an empty text where the cell lies outside the grid."""
        if 0 < row <= len(self.cells) and 0 < column <= len(self.cells[row - 1]):
            return self.cells[row - 1][column - 1]
        return ""

    def texts(self) -> list[list[str]]:
        """All rows as texts, whole numbers without a fraction."""
        return [[text_of(value) for value in row] for row in self.cells]

    def origins(self, top: int = 1, bottom: int = MAX_ROWS) -> dict[Address, Address]:
        """For every cell in these rows that a merged range covers, the first cell of that range."""
        found: dict[Address, Address] = {}
        for first, left, last, right in self.merges:
            if first <= bottom and last >= top:
                rows = range(max(first, top), min(last, bottom) + 1)
                found |= {
                    (r, c): (first, left) for r in rows for c in range(left, right + 1) if (r, c) != (first, left)
                }
        return found


# The sheets of a workbook, and whether its days are counted from 1904.
Sheets = tuple[list[Sheet], bool]


class Seen:
    """A sheet as a person sees it: a merged cell has the text of its range everywhere. Rows from `top` to `bottom`."""

    def __init__(self, sheet: Sheet, top: int = 1, bottom: int = MAX_ROWS) -> None:
        self.sheet = sheet
        self._origins = sheet.origins(top, bottom)

    def first(self, row: int, column: int) -> Address:
        """The cell itself; where a merged range covers it, the first cell of that."""
        return self._origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, in clean lines."""
        return clean(text_of(self.sheet.value(*self.first(row, column))))


def unseen(name: str, read: Callable[[], Sheet]) -> Sheet:
    """A hidden sheet, read with `read`. It holds no ledger, but may hold ids that were given earlier.

    One that cannot be read comes back empty: nobody sees that a hidden sheet is damaged or reaches too far, so it
    must not keep a ledger from being read.
    """
    try:
        return replace(read(), name=name, hidden=True)
    except (ReadError, struct.error, ValueError, LookupError, ArithmeticError):
        return Sheet(name, (), hidden=True)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the name of its file, its sheets, whether its days count from 1904, and the hash of its bytes."""

    file: str
    sheets: tuple[Sheet, ...]
    epoch1904: bool = False
    sha256: str = ""


def check_size(rows: int, columns: int, detail: str) -> None:
    """Raises ReadError for a grid that would not fit into memory: a stray cell in XFD1048576 makes 17 thousand million.

    `detail` names the last cell, for the message.
    """
    if rows * columns > MAX_CELLS:
        raise ReadError("file_vast", detail)


@dataclass
class Collected:
    """A sheet while a file is read cell by cell: only cells that hold something are kept."""

    values: dict[Address, Cell] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    struck: dict[Address, str] = field(default_factory=dict)
    failed: dict[Address, str] = field(default_factory=dict)
    shown: dict[Address, str] = field(default_factory=dict)
    pictures: dict[Address, tuple[str, ...]] = field(default_factory=dict)
    comments: dict[Address, str] = field(default_factory=dict)
    boxes: list[tuple[Address, str]] = field(default_factory=list)
    unread: dict[Address, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)

    def strike(self, at: Address, left: Cell, struck: str) -> None:
        """Note that words of a cell are struck out, and keep what is left of it."""
        self.struck[at] = struck
        self.values[at] = left
        self.shown.pop(at, None)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note a merged range (1-based). Raises ReadError where there are far too many."""
        self.merges.append((top, left, bottom, right))
        if len(self.merges) > MAX_MERGES:
            raise ReadError("file_merges")

    def sheet(self, name: str) -> Sheet:
        """The cells as a grid. Raises ReadError where that would fill the memory."""
        rows, columns = max((r for r, _ in self.values), default=0), max((c for _, c in self.values), default=0)
        check_size(rows, columns, f"{column_letters(columns)}{rows}")
        grid: list[list[Cell]] = [[""] * columns for _ in range(rows)]
        for (row, column), value in self.values.items():
            grid[row - 1][column - 1] = as_seen(value, self.shown.get((row, column), ""))
        self.pictures |= blanked(grid)
        marks = Marks(
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.filtered,
            self.struck,
            failed={at: text for at, text in self.failed.items() if at not in self.pictures and at not in self.struck},
            shown=self.shown,
            pictures=self.pictures,
            comments=self.comments,
            boxes=tuple(self.boxes),
            unread=self.unread,
            widths=self.widths,
        )
        return Sheet(name, grid, tuple(self.merges), marks=marks)
