"""One ledger in the formats of other programs, and as .xlsx to compare with: rows of texts, digits alone are numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape

from openpyxl import Workbook

from tests.support.binary import binary_workbook
from tests.support.drawing import saved
from tests.support.foreign import Rows, lines, meta, mht, page, table, xml_book, xml_cell
from tests.support.foreign_more import z
from tests.support.old_excel import compound, excel4, excel95

OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def as_xlsx(rows: Rows) -> bytes:
    """The ledger in the form that needs nothing done to it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    for n, row in enumerate(rows, 1):
        for m, text in enumerate(row, 1):
            cell = sheet.cell(n, m, int(text) if text.isdecimal() else text or None)
            cell.data_type = "s" if text.startswith("=") else cell.data_type
    return saved(book)


def full(rows: Rows) -> Rows:
    """The rows, all of one length."""
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def xml_2003(rows: Rows) -> bytes:
    """XML of Excel 2003."""
    cells = ("".join(xml_cell(escape(t), "Number" if t.isdecimal() else "String") for t in row) for row in rows)
    return xml_book("".join(f"<Row>{row}</Row>" for row in cells))


def flat(*tables: str, styles: str = "") -> bytes:
    """A flat open document; `tables` are whole tables."""
    names = " ".join(
        f'xmlns:{name}="{OPEN}{uri}:1.0"'
        for name, uri in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "number": "datastyle",
            "draw": "drawing",
        }.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:mimetype="{ODS}"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document>"
    ).encode()


def open_table(rows: Rows, name: str = "台账") -> str:
    """The rows as a table of an open document."""
    out = []
    for row in rows:
        cells = (
            f'<table:table-cell office:value-type="float" office:value="{t}"><text:p>{t}</text:p></table:table-cell>'
            if t.isdecimal()
            else f'<table:table-cell office:value-type="string"><text:p>{escape(t)}</text:p></table:table-cell>'
            if t
            else "<table:table-cell/>"
            for t in row
        )
        out.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{name}">{"".join(out)}</table:table>'


def ods(*tables: str, styles: str = "") -> bytes:
    """The same document as a package."""
    content = flat(*tables, styles=styles).replace(b"office:document ", b"office:document-content ", 1)
    content = content.replace(b"</office:document>", b"</office:document-content>")
    return z(**{"mimetype": ODS.encode(), "content.xml": content, "META-INF__manifest.xml": b"<m/>"})


def numbers(rows: Rows) -> list[list[str | float]]:
    return [[float(text) if text.isdecimal() else text for text in row] for row in full(rows)]


def two_paged(rows: Rows) -> bytes:
    """A web archive of two sheets; the second holds notes."""
    names = "台账", "说明"
    listed = "".join(
        f"<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef='b.files/sheet00{n}.htm'/></x:ExcelWorksheet>"
        for n, name in enumerate(names, 1)
    )
    frames = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><!--[if gte mso 9]><xml><x:ExcelWorkbook>"
        f"<x:ExcelWorksheets>{listed}</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>"
        "<frameset><frame src='b.files/sheet001.htm'></frameset></html>"
    )
    return mht(
        ("b.htm", "quoted-printable", frames),
        ("b.files/sheet001.htm", "quoted-printable", page(table(full(rows)))),
        ("b.files/sheet002.htm", "base64", page(table([["说明", "本表每月报一次"]]))),
    )


# By what the office calls the format: the suffix of the file, and what makes its bytes.
FORMS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "Excel 95": (".xls", lambda rows: compound(excel95(rows))),
    "WPS": (".et", lambda rows: compound(excel95(rows))),
    "Excel 4": (".xls", excel4),
    "binary": (".xlsb", lambda rows: binary_workbook(numbers(rows), (0, 0, 0, max(map(len, rows)) - 1), -1)),
    "OpenDocument": (".ods", lambda rows: ods(open_table(rows))),
    "flat OpenDocument": (".fods", lambda rows: flat(open_table(rows))),
    "CSV": (".csv", lambda rows: lines([[f'"{t}"' for t in row] for row in full(rows)]).encode("gb18030")),
    "TSV": (".tsv", lambda rows: lines(full(rows), "\t").encode("utf-16")),
    "web page": (".xls", lambda rows: page(table(full(rows)), meta("gb2312")).encode("gb18030")),
    "web archive": (".mht", two_paged),
    "XML 2003": (".xml", xml_2003),
    "web page under a false name": (".xlsx", lambda rows: page(table(full(rows))).encode()),
}


def unpacked(data: bytes) -> io.BytesIO:
    """The bytes as a file, for openpyxl."""
    return io.BytesIO(data)
