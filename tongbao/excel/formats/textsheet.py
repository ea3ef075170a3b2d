"""Tables saved as text (.csv, .tsv) in the encodings of Excel and WPS."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from tongbao.excel.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Marks, ReadError, Sheet, blanked, check_size
from tongbao.excel.values import Cell
from tongbao.outside.charset import decoded

# Control characters other than tab, line ends and escape. A table with one stray U+0007 in a cell is refused whole.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What programs put in front of, or behind, a value so that Excel takes it for a text; fields of fixed width are filled
# up with zero bytes.
_AROUND = " \t\0\xa0\u3000"
_FILLING = re.compile(r"\0+(?=[\r\n,\t;|\"]|$)")
_AS_TEXT = re.compile(r"=\s*\"(.*)\"", re.DOTALL)
_DELIMITERS = ",\t;|，；"
# What a table is full of whose cells are all empty.
_BLANK = '\r\n,\t;|"，； \0\xa0\u3000'
# The first line may name the separator, for Excel alone.
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Lines by which the separator is told.
_TRIED = 200
_LISTS = (".csv", ".tsv", ".txt")


def read(data: bytes, name: str) -> Sheet:
    """The one sheet of a text file. Raises ReadError, CharsetError where the bytes are no table."""
    text = decoded(data).removeprefix("\ufeff")
    if text.lstrip().startswith(("<?xml", "<")):
        raise ReadError("file_xml" if text.lstrip().startswith("<?xml") else "file_other")
    _check_reach(text)
    text = _FILLING.sub("", text)
    if _BINARY.search(text):
        raise ReadError("file_other")
    if not text.strip(_BLANK):
        return Sheet(name.rpartition(".")[0] or name, [])
    rows = list(_rows(text))
    width = max((n for row in rows for n, cell in enumerate(row, 1) if cell), default=0)
    if width < 2 and not _is_list(rows, name):
        raise ReadError("file_other")
    while rows and not any(rows[-1]):
        rows.pop()
    check_size(len(rows), width, f"第{len(rows)}行")
    cells = [(row + [""] * width)[:width] for row in rows]
    pictures = blanked(cells) if "DISPIMG" in text else {}
    return Sheet(name.rpartition(".")[0] or name, cells, marks=Marks(pictures=pictures))


def _is_list(rows: list[list[Cell]], name: str) -> bool:
    """Whether lines without any separator are a list of one column, by name and look, and not a letter or a note."""
    lines = [str(row[0]) for row in rows if any(row)]
    sentences = sum(line.endswith(("。", "！", "？", ".", "：")) or len(line) > 60 for line in lines)
    return name.lower().endswith(_LISTS) and len(lines) > 1 and sentences * 4 < len(lines)


def _check_reach(text: str) -> None:
    """Raises ReadError where the signs alone make too many cells or lines: nothing is made of them then."""
    lines = text.count("\n")
    if lines > 2 * MAX_ROWS or any(text.count(sign) > MAX_CELLS for sign in _DELIMITERS):
        raise ReadError("file_vast", f"第{min(lines, MAX_ROWS) + 1}行")


def _rows(text: str) -> Iterator[list[Cell]]:
    """The fields of all lines."""
    named = _NAMED.match(text)
    delimiter = named[1] if named else _delimiter(text)
    text = text[named.end() if named else 0 :]
    quoted = '"' in text and not _is_unbalanced(text, delimiter)
    try:
        for row in _fields(text, delimiter, quoted=quoted):
            yield [_value(field) for field in row]
    except csv.Error as error:
        raise ReadError("file_damaged") from error


def _fields(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[list[str]]:
    source = io.StringIO(text, newline="")
    if quoted:
        return csv.reader(source, delimiter=delimiter)
    return csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _is_unbalanced(text: str, delimiter: str) -> bool:
    """Whether a quote that is never closed swallows lines, which without quotes have all the same number of fields."""
    try:
        widths = {len(row) for row in _fields(text, delimiter, quoted=False) if any(row)}
        return len(widths) == 1 and any("\n" in f or "\r" in f for row in _fields(text, delimiter) for f in row)
    except csv.Error:  # a field longer than the reader takes: it swallowed the rest of the file
        return len(widths) == 1


def _value(field: str) -> str:
    """`="001"` → `001`, `修路<tab>` → `修路`."""
    plain = field.strip(_AROUND).replace("\r\n", "\n").replace("\r", "\n")
    kept = _AS_TEXT.fullmatch(plain)
    return kept[1].replace('""', '"') if kept else plain


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first lines into equally many fields; the first of `_DELIMITERS` among equals.

    How often a sign occurs says little: the cells themselves are full of `；` and `，`.
    """
    return max(_DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[float, int]:
    """The share of lines with the usual number of fields (0 where that is one), less those that another sign begins.

    A tab behind each value cuts evenly too, but leaves the comma in front of the next.
    """
    paired = text.count('"') % 2 == 0  # one without its other half would swallow the lines behind it
    try:
        fields_of = _fields(text, sign, quoted=paired)
        rows = [row for row, _ in zip(fields_of, range(_TRIED), strict=False) if any(row)]
    except csv.Error:
        return 0, 0
    usual, times = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
    fields = [field for row in rows for field in row[:MAX_COLUMNS]]
    others = set(_DELIMITERS) - {sign, "\t", ""}
    begun = sum(field[:1] in others for field in fields)
    return (0, 0) if usual < 2 else (round(times / len(rows) - begun / len(fields), 2), -_DELIMITERS.index(sign))
