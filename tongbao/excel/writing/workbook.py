"""Workbooks that we change or write with openpyxl: cells that hold what they are given, looks, print
set-up, lists to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.excel.writing.opening import saved
from tongbao.excel.writing.sheetxml import LONGEST_CELL, lines_of, quoted, row_height
from tongbao.model import OUR_SHEET, PREPARED
from tongbao.words.text import clean

A4 = 9  # the number of the paper in the file format
LONGEST_INLINE_LIST = 255  # characters, by the limits of Excel: a file with a longer list in the rule counts as damaged
OUR_TITLE = "请从列表中选"

_THIN = Side(style="thin", color="FFBFBFBF")
BORDER = Border(_THIN, _THIN, _THIN, _THIN)
WRAPPED = Alignment(wrap_text=True, vertical="center")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
TITLE, HEAD, TEXT, GREY, LINK = (
    Font(name="宋体", size=14, bold=True),
    Font(name="宋体", size=10, bold=True),
    Font(name="宋体", size=10),
    Font(name="宋体", size=10, color="FF7F7F7F"),
    Font(name="宋体", size=10, color="FF0563C1", underline="single"),
)

_SET_OFF = InlineFont(rFont="宋体", sz=10, b=True, color=Color("FFC00000"))


def fill(colour: str) -> PatternFill:
    """A plain background (`RRGGBB`)."""
    return PatternFill("solid", start_color="FF" + colour, end_color="FF" + colour)


HEADER_BLUE, BAND_GREY, TO_FILL_IN = fill("DDEBF7"), fill("EDEDED"), fill("FFF9DB")


# ---------------------------------------------------------------------------------------------- cells


def same_value(cell: Cell, model: Any) -> None:
    """Gives a cell the value of another one; a text that begins with = stays a text."""
    cell.value = model.value
    if isinstance(model.value, str) and model.data_type != "f":
        cell.data_type = model.data_type


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, which must be able to hold a value: not one that a merged range covers, save its first."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put(cell: Cell, value: str | int | Decimal | date | None, font: Font = TEXT, align: Alignment = WRAPPED) -> Cell:
    """Writes a value as it is: a text that begins with `=` stays a text, characters that no file holds are left out."""
    if isinstance(value, str):
        cell.value = clean(value)[:LONGEST_CELL] or None
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = value
    _dress(cell, font, align)
    return cell


def set_off(cell: Cell, found: Sequence[tuple[int, int]]) -> None:
    """Sets some characters of a cell's text off from the others; the text stays the same."""
    text, edges = str(cell.value), [0, *(edge for span in found for edge in span)]
    pieces = [text[start:end] for start, end in pairwise([*edges, len(text)])]
    if max(edges) <= len(text):
        runs = [TextBlock(_SET_OFF, piece) if n % 2 else piece for n, piece in enumerate(pieces) if piece]
        cell.value = CellRichText(*runs)


# The numbers that looks have in a workbook, with the looks themselves, which then keep their identity.
_NUMBERS: WeakKeyDictionary[Workbook, dict[int, tuple[object, int]]] = WeakKeyDictionary()


def _dress(cell: Any, font: Font, align: Alignment) -> None:
    """Gives a cell a look, with borders. openpyxl itself would look into the whole look for every single cell."""
    dressed: Any = cell
    book = dressed.parent.parent
    style = dressed._style = dressed._style or StyleArray()
    known = _NUMBERS.setdefault(book, {})
    looks = (
        ("fontId", font, book._fonts),
        ("alignmentId", align, book._alignments),
        ("borderId", BORDER, book._borders),
    )
    for name, look, table in looks:
        if id(look) not in known:
            known[id(look)] = look, table.add(look)
        setattr(style, name, known[id(look)][1])


def link_inside(cell: Cell, sheet: str, address: str) -> None:
    """Makes the cell jump to a cell of the same workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quoted(sheet)}!{address}")
    cell.font = LINK


def heading(sheet: Worksheet, row: int, headers: Sequence[str], widths: Sequence[float]) -> None:
    """Writes a header row in our look, and sets the widths of its columns (in characters)."""
    for column, (text, width) in enumerate(zip(headers, widths, strict=True), 1):
        put(cell_at(sheet, row, column), text, HEAD, CENTRED).fill = HEADER_BLUE
        sheet.column_dimensions[get_column_letter(column)].width = width
    # Bold characters, and a filter's button, take some of the width: two characters are left for them, by feel.
    lines = max(lines_of(text, width - 2) for text, width in zip(headers, widths, strict=True))
    sheet.row_dimensions[row].height = row_height(lines) + 6


def print_setup(sheet: Worksheet, header_rows: tuple[int, int]) -> None:
    """A4 landscape, one page wide, the rows `header_rows` (first, last) on every page, page numbers.

    A sheet that is set up for another paper keeps its paper, one with rows to repeat of its own keeps these.
    """
    if sheet.page_setup.paperSize in (None, str(A4), A4):
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_title_rows = sheet.print_title_rows or f"{header_rows[0]}:{header_rows[1]}"
    if sheet.oddFooter and sheet.oddFooter.center and not sheet.oddFooter.center.text:
        sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


# ---------------------------------------------------------------------------------------------- drop-downs


def drop_down(sheet: Worksheet, cells: str, words: Sequence[str], name: str, *, prompt: str = "") -> None:
    """Gives cells (`C3:C90`) a list to choose from, in a form that Excel, WPS and LibreOffice keep.

    Anything else may still be typed. Short lists stand in the rule itself; those of more than 255 characters, or with
    words that would break it, on the hidden sheet under the defined name `name`.
    """
    inline = ",".join(words)
    plain = len(inline) <= LONGEST_INLINE_LIST and not any(set(w) & set(',"') or w[:1] == "=" for w in words)
    book = sheet.parent
    assert book is not None
    source = f'"{inline}"' if plain else "=" + hidden_list(book, name, [[word] for word in words])
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False, errorTitle=OUR_TITLE)
    if prompt:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, name, prompt
    rule.add(cells)
    sheet.add_data_validation(rule)


def hidden_list(book: Workbook, name: str, rows: Sequence[Sequence[str | int | float | date]]) -> str:
    """Writes a list into the hidden sheet and defines its name, which it gives back.

    An earlier list of that name is replaced.
    """
    sheet, tokens = _ours(book), _unmarked(_ours(book))
    width = len(rows[0])
    _clear_list(sheet, name)
    first = next(c for c in range(1, sheet.max_column + 2) if _are_free(sheet, range(c, c + width)))
    for row, values in enumerate([[name] * width, *rows], 1):
        for column, value in enumerate(values, first):
            cell = cell_at(sheet, row, column)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    left, right = get_column_letter(first), get_column_letter(first + width - 1)
    area = f"{quoted(OUR_SHEET)}!${left}$2:${right}${len(rows) + 1}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
    if tokens:
        mark_prepared(book, *tokens)
    return name


def _clear_list(sheet: Worksheet, name: str) -> None:
    for column in [c for c in range(1, sheet.max_column + 1) if sheet.cell(1, c).value == name]:
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, column).value = None


def _are_free(sheet: Worksheet, columns: Iterable[int]) -> bool:
    return all(sheet.cell(1, column).value is None for column in columns)


def mark_prepared(book: Workbook, *tokens: str) -> None:
    """Notes in the hidden sheet, below its lists, for which period a ledger was prepared; replaces an earlier note.

    A book with a sheet for each period has several that were, the newest first.
    """
    sheet = _ours(book)
    _unmarked(sheet)
    # Below all lists, which are cleared and written anew by their columns; the first row is for their names.
    row = sheet.max_row + 1
    for column, text in enumerate((PREPARED, *tokens), 1):
        cell = cell_at(sheet, row, column)
        cell.value, cell.data_type = text, "s"


def _ours(book: Workbook) -> Worksheet:
    sheet = book[OUR_SHEET] if OUR_SHEET in book.sheetnames else book.create_sheet(OUR_SHEET)
    sheet.sheet_state = "hidden"
    return sheet


def _unmarked(sheet: Worksheet) -> list[str]:
    """Takes the note of `mark_prepared` out, and gives its tokens; none where there is none."""
    row = next((row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == PREPARED), 0)
    cells = [sheet.cell(row, column) for column in range(1, sheet.max_column + 1)] if row else []
    tokens = [str(cell.value) for cell in cells[1:] if cell.value]
    for cell in cells:
        cell.value = None
    return tokens


def table_book(
    sheet: str,
    columns: Mapping[str, float],
    rows: Iterable[Sequence[str | int]],
    choices: Mapping[str, Sequence[str]] | None = None,
    notes: Sequence[str] = (),
    marks: Mapping[tuple[int, int], Sequence[tuple[int, int]]] | None = None,
) -> bytes:
    """The bytes of a workbook with a small table for the clerk to fill in.

    `columns` are headers with their widths in characters, `choices` for some headers the words to choose from; `notes`
    stand above the header; what is left to choose is shaded. `marks`: the characters to be set off (from, up to)
    in a cell, by its row and column (from 0, the header not counted).
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for number, note in enumerate(notes, 1):
        put(cell_at(page, number, 1), note, align=Alignment(vertical="center")).border = Border()
    top = len(notes) + 1
    heading(page, top, list(columns), list(columns.values()))
    last = top
    for last, values in enumerate(rows, top + 1):
        for column, value in enumerate(values, 1):
            cell = put(cell_at(page, last, column), value)
            if found := (marks or {}).get((last - top - 1, column - 1)):
                set_off(cell, found)
        lines = [lines_of(str(value), width) for value, width in zip(values, columns.values(), strict=False)]
        page.row_dimensions[last].height = row_height(max(lines, default=1))
    for column, header in enumerate(columns, 1):
        if header in (choices or {}):
            _shade_empty(page, column, top + 1, last)
        if words := (choices or {}).get(header):
            letter = get_column_letter(column)
            # A hundred rows more, for what the clerk adds; rows below those have no list.
            drop_down(page, f"{letter}{top + 1}:{letter}{last + 100}", words, header)
    page.freeze_panes = f"A{top + 1}"
    print_setup(page, (top, top))
    return saved(book)


def _shade_empty(page: Worksheet, column: int, first: int, last: int) -> None:
    for row in range(first, last + 1):
        if not page.cell(row, column).value:
            cell_at(page, row, column).fill = TO_FILL_IN
