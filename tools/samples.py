"""Make the workbooks of the sample office: `python -m tools.samples`.

The ledgers of the invented county 云溪县 are kept as readable text in `tools/sample_data`. This command lays them out
as a clerk does in Excel: title row, section rows, cells merged downwards, line breaks inside cells. Equal sources give
equal bytes.
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.config.office import load_settings
from tongbao.config.without import reports_in
from tongbao.rounds.samples.shipped import LIST, written_list

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "sample_data"
OFFICE = "云溪县人民政府督查室"
MADE = datetime(2022, 1, 1, 8, 0, 0)
ROWS, BREAK = "项", "⏎"
# Heights in points: of a line of 11 pt; of a row at least (set by feel) and at most (Excel's limit is 409.5).
# The price: a cell of more than 26 lines is cut off on paper.
LINE_HEIGHT, MIN_HEIGHT, MAX_HEIGHT = 15.0, 30.0, 409.0

THIN = Side(style="thin", color="FF000000")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TITLE_FONT = Font(name="方正小标宋简体", size=20)
HEADER_FONT = Font(name="黑体", size=11)
SECTION_FONT = Font(name="楷体_GB2312", size=12, bold=True)
BODY_FONT = Font(name="仿宋_GB2312", size=11)

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the key of its values in the source, and how it looks (width in characters of Excel)."""

    key: str
    header: str
    width: float
    align: str = "center"
    format: str = "General"
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: cells by key. A heading has a level (0 is the outermost) and one text, under an empty key."""

    cells: Node
    level: int | None = None


@dataclass
class Body:
    """The rows of one period from top to bottom, and the merged cells as key, first and last index of a row."""

    period: int
    headings: Sequence[str]
    lines: list[Line] = field(default_factory=list)
    merges: list[tuple[str, int, int]] = field(default_factory=list)
    number: int = 0

    def add(self, nodes: Sequence[Node], shared: Node) -> None:
        """Appends nodes of the source. What a node has beside its 项 is shared by all rows inside it."""
        for node in nodes:
            if node.get("期", self.period) != self.period:
                continue
            own = {key: self._now(value) for key, value in node.items() if key not in {ROWS, "期"}}
            level = next((n for n, key in enumerate(self.headings) if key in own), None)
            if level is not None:
                self.lines.append(Line({"": own.pop(self.headings[level])}, level))
                self.add(node[ROWS], shared)
            elif ROWS in node:
                first = len(self.lines)
                self.add(node[ROWS], {**shared, **own})
                self.merges += [(key, first, len(self.lines) - 1) for key in own]
            else:
                self.lines.append(Line(self._numbered({**shared, **own})))

    def _numbered(self, cells: Node) -> Node:
        if "序号" in cells:
            return cells
        self.number += 1
        return {**cells, "序号": self.number}

    def _now(self, value: Any) -> Any:
        value = value[self.period] if isinstance(value, list) else value
        return value.replace(BREAK, "\n") if isinstance(value, str) else value


def main() -> int:
    """Writes every sample workbook, and says which."""
    for path, content in sorted(workbooks().items()):
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
        sys.stdout.write(f"{path}\n")
    (ROOT / "templates" / LIST).write_text(shipped(), encoding="utf-8", newline="\n")
    return 0


def shipped() -> str:
    """The list of all samples with their sums: the workbooks as they lie there, what is expected of them, reports."""
    expected = {str(path.relative_to(ROOT).as_posix()) for path in ROOT.glob("templates/*/sample/expected.txt")}
    files = {path: (ROOT / path).read_bytes() for path in {*workbooks(), *expected}}
    entries = reports_in((ROOT / "config.yaml").read_text(encoding="utf-8"))
    office = load_settings(ROOT / "config.yaml").office
    return written_list(files, office, {name: entry.says for name, entry in entries.items()})


def workbooks() -> dict[str, bytes]:
    """The bytes of every sample workbook, by its path in the repository."""
    return {
        path: workbook(source, period)
        for source in map(source_of, sorted(SOURCES.glob("*.yaml")))
        for period, path in enumerate(source["files"])
    }


def source_of(path: Path) -> Node:
    """The source of a kind's ledgers: `files`, `title`, `columns`, `rows`, and 销号 where it has such a sheet."""
    source: Node = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return source


def workbook(source: Node, period: int) -> bytes:
    """The bytes of a workbook: the ledger of that period (0 or 1), and the sheet 销号 where the source has one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    headings = source.get("headings", ((), ()))[period]
    for name, nodes in ((source["sheet"], source["rows"]), ("销号", source.get("销号", []))):
        body = Body(period, headings)
        body.add(nodes, {})
        if body.lines:
            lay_out(book.create_sheet(name), body, source)
    return _packed(book)


def lay_out(sheet: Worksheet, body: Body, source: Node) -> None:
    """Fills a sheet with title, note, header and rows, then sets widths, heights and how it is printed."""
    columns = [
        Column(key, **{"header": key, **look}) for key, look in source["columns"].items() if key not in body.headings
    ]
    printed = sum(c.printed for c in columns)
    note = source.get("note", ("", ""))[body.period]
    header = 1
    for text, font, align, height in (
        (source.get("title"), TITLE_FONT, "center", 38.0),
        (note, BODY_FONT, "right", 20.0),
    ):
        if text:
            _span(sheet, header, printed, text, font, align, height)
            header += 1
    _header(sheet, header, columns)
    for row, line in enumerate(body.lines, header + 1):
        _line(sheet, row, line, columns)
    for key, first, last in body.merges:
        _merge(sheet, [c.key for c in columns].index(key) + 1, header + 1 + first, header + 1 + last)
    for row, height in enumerate(heights(body, columns), header + 1):
        sheet.row_dimensions[row].height = height
    _print_setup(sheet, header + len(body.lines), printed, source.get("portrait", False))


def heights(body: Body, columns: Sequence[Column]) -> Iterator[float]:
    """The height of each row in points: enough for its own cells and, all rows of a merged cell together, for that."""
    merged = {(key, row) for key, first, last in body.merges if last > first for row in range(first, last + 1)}
    need = [
        max((_lines(x.cells.get(c.key), c.width) for c in columns if (c.key, row) not in merged), default=1)
        for row, x in enumerate(body.lines)
    ]
    for key, first, last in body.merges:
        width = next(c.width for c in columns if c.key == key)
        missing = _lines(body.lines[first].cells[key], width) - sum(need[first : last + 1])
        need[last] += max(0, missing)
    return (min(MAX_HEIGHT, max(MIN_HEIGHT, lines * LINE_HEIGHT + 6)) for lines in need)


def _lines(value: Any, width: float) -> int:
    """How many lines a text takes in a column of that width (in characters of Excel)."""
    room = max(2.0, width - 1)
    return sum(max(1, math.ceil(_units(part) / room)) for part in str(value or "").split("\n"))


def _units(text: str) -> float:
    """The width of a text: 2 for a Chinese character, 1 for others, with a tenth more so that no line is lost."""
    return sum(2.1 if unicodedata.east_asian_width(c) in "WFA" else 1.1 for c in text)


def _span(sheet: Worksheet, row: int, width: int, text: str, font: Font, align: str, height: float) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = font, Alignment(horizontal=align, vertical="center")
    sheet.row_dimensions[row].height = height


def _header(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(row, number, column.header.replace(BREAK, "\n"))
        cell.font, cell.border = HEADER_FONT, GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 52
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def _line(sheet: Worksheet, row: int, line: Line, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(row, number)
        cell.font, cell.border = BODY_FONT, GRID
        cell.alignment = Alignment(horizontal=column.align, vertical="center", wrap_text=True)
        if line.level is None:
            cell.value, cell.number_format = _filled(line.cells.get(column.key)), column.format
    if line.level is not None:
        heading = sheet.cell(row, 1, line.cells[""])
        heading.font, heading.alignment = (
            SECTION_FONT,
            Alignment(horizontal="left", vertical="center", indent=2 * line.level),
        )
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))


def _filled(value: Any) -> Any:
    return None if value == "" else value


def _merge(sheet: Worksheet, column: int, first: int, last: int) -> None:
    if last > first:
        sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def _print_setup(sheet: Worksheet, last: int, width: int, portrait: bool) -> None:
    """Sets the sheet to print as offices do: A4, one page wide, the header on every page, numbered pages."""
    sheet.print_area = f"A1:{get_column_letter(width)}{last}"
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "9", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.7)


def _packed(book: Workbook) -> bytes:
    """The bytes of a workbook with a fixed time: openpyxl writes the present one into every part and into core.xml."""
    book.properties.creator = book.properties.lastModifiedBy = OFFICE
    book.properties.created = MADE
    stamped, fixed = BytesIO(), BytesIO()
    book.save(stamped)
    with ZipFile(stamped) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, _unstamped(source.read(name)) if name == "docProps/core.xml" else source.read(name))
    return fixed.getvalue()


def _unstamped(core: bytes) -> bytes:
    stamp = f"{MADE.isoformat()}Z".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core)


if __name__ == "__main__":
    sys.exit(main())
