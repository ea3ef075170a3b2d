"""The ids that a workbook holds: a number once given is never given again, so every place where one may stand counts.

Not only the sheet that is read holds ids: closed items keep theirs, and so do hidden sheets, sheets of other groups,
copies of last year, and ledgers that cannot be read for another reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Book, Sheet, holds, text_of
from tongbao.model import ID
from tongbao.words.text import key, one_line

OURS = re.compile(r"((?:19|20)\d\d)-(\d{3,})(?:-([a-z]+))?")
"""An id that the program gives: year and number, for the parts of an item a letter."""
# Outside of a column of ids a text of this form counts as well, for its header may be gone; longer numbers are
# telephone numbers and codes of projects, after which the next id would be as long.
_LOOSE = re.compile(r"(?:19|20)\d\d-\d{3,4}(?:-[a-z]+)?")


def ids_in(book: Book, kind: Kind) -> set[str]:
    """Every id in any sheet of a workbook, seen or hidden, read or not."""
    column = kind.column(ID)
    headers = {key(header) for header in (ID, *(column.headers if column else ()))}
    return {spelling for sheet in book.sheets for id in _ids(sheet, headers) for spelling in (id, key(id))}


def _ids(sheet: Sheet, headers: set[str]) -> Iterator[str]:
    """What stands below a header of ids, and what looks like one of ours wherever it stands."""
    columns: set[int] = set()
    for row in sheet.cells:
        for column, value in enumerate(row):
            text = one_line(text_of(value)) if holds(value) else ""
            if text and key(text) in headers:
                columns.add(column)
            elif text and (column in columns or _LOOSE.fullmatch(key(text))):
                yield text
