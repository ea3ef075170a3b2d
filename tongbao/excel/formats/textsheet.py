"""Tables saved as text (.csv, .tsv) in the encodings of Excel and WPS; web pages under such names are refused."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from tongbao.excel.grid import Cell, Marks, ReadError, Sheet, blanked, check_size

# Office systems export web pages and old XML under the names of tables. Only what begins so counts: a table whose first
# cell is `说明：<table>` is read. A page that begins with another tag, such as `<p>`, passes for a text.
_MARKUP = re.compile(r"\s*<(?:!doctype\s+html|html|head|meta|table|body|style|div)\b", re.IGNORECASE)
_SPREADSHEET_XML = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet")
# Control characters other than tab, line ends and escape. A table with one stray U+0007 in a cell is refused whole.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DELIMITERS = ",\t;，；|"


def read(data: bytes, name: str) -> Sheet:
    """The one sheet of a text file. Raises ReadError where the bytes are no table of text."""
    text = _decoded(data)
    if _MARKUP.match(text):
        raise ReadError("file_html")
    if _SPREADSHEET_XML.search(text[:4000]):  # stands in the first few tags; a table that speaks of it later is read
        raise ReadError("file_xml")
    if text.lstrip().startswith("<?xml") or _BINARY.search(text):
        raise ReadError("file_other")
    rows = _rows(text)
    width = max(map(len, rows), default=0)
    if width < 2:  # lines without any separator are a letter or a note; a list of one column is refused with them
        raise ReadError("file_other")
    check_size(len(rows), width, f"第{len(rows)}行")
    cells = [row + [""] * (width - len(row)) for row in rows]
    pictures = blanked(cells) if "DISPIMG" in text else {}
    return Sheet(name.rpartition(".")[0] or name, cells, marks=Marks(pictures=pictures))


def _decoded(data: bytes) -> str:
    """UTF-8 and UTF-16 by their mark, UTF-8 where it decodes, else GB18030 as WPS and Excel write in China."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError("file_other")


def _rows(text: str) -> list[list[Cell]]:
    """The fields of all lines, separated by the sign that the first lines use most outside quotes.

    Many `；` in cells without quotes outvote the commas: a table with `1,修桥；修路；架线；通水` falls apart (tried).
    """
    # 20 000 characters are a few hundred lines of a ledger: enough for the separator to be the most frequent sign.
    head = Counter(re.sub(r'"[^"]*"', "", text[:20_000]))
    delimiter = max(_DELIMITERS, key=lambda sign: head[sign])
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise ReadError("file_damaged") from error
