"""The ids that a workbook holds. An id once given is never given again, so every place where one may stand counts.

That is more than the sheet that is read: closed items keep their ids, and there are hidden sheets, sheets of other
groups, copies of last year, and sheets that cannot be read for another reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import holds, text_of
from tongbao.model import ID
from tongbao.words.text import key, one_line

# An id as the program gives it: year and number, for the further parts of an item letters (2022-017, 2022-017-b). Three
# digits at least: 2022-12 is a month. What offices write themselves (0912-123, 2022-12-3) stays as it is, and is not
# counted on from.
OURS = re.compile(r"((?:19|20)\d\d)-(\d{3,})(?:-([a-z]+))?")
# Outside of a column of ids, and in a cell with more than an id (2022-002、2022-003; 原编号2022-005并入), text of this
# form counts as well. Not with more digits: those are telephone numbers and project codes (2022-8812345), after which
# the next id would be as long. An id above 9999 whose header is gone is therefore not seen.
_LOOSE = re.compile(r"(?<![\w-])(?:19|20)\d\d-\d{3,4}(?:-[a-z]+)?(?![\w-])", re.ASCII)


def ids_in(book: Book, kind: Kind) -> set[str]:
    """Every id in every sheet of a workbook, hidden ones too, both as written and as `key`."""
    column = kind.column(ID)
    headers = {key(header) for header in (ID, *(column.headers if column else ()))}
    return {spelling for sheet in book.sheets for id in _ids(sheet, headers) for spelling in (id, key(id))}


def _ids(sheet: Sheet, headers: set[str]) -> Iterator[str]:
    """All texts below a header of ids, and what looks like an id of ours anywhere else."""
    columns: set[int] = set()
    for row in sheet.cells:
        for column, value in enumerate(row):
            text = one_line(text_of(value)) if holds(value) else ""
            if text and key(text) in headers:
                columns.add(column)
            elif text:
                yield from (text,) if column in columns else ()
                yield from (id for piece in (text, *text.split()) for id in _LOOSE.findall(key(piece)))
