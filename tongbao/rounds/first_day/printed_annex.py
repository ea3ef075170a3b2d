"""The columns that the annex of a Word file shows: of a kind's template, or of a circular that was mailed."""

from __future__ import annotations

from pathlib import Path

from tongbao.outside.files import content_if_there
from tongbao.word import document
from tongbao.word.document import Table
from tongbao.words.text import one_line

# What the row of a template holds that is repeated for each item.
_ITEMS = "附件.行"


def annex_headers(template: Path) -> tuple[str, ...]:
    """The headers of the annex in a kind's template; none where it prints no annex."""
    paper, _ = document.read(content_if_there(template) or b"", template.name)
    for table in paper.tables if paper else ():
        begins = next((n for n, row in enumerate(table.rows) if any(_ITEMS in cell.text for cell in row)), 0)
        if begins:
            return headers_of(table, begins)
    return ()


def headers_of(table: Table, rows: int) -> tuple[str, ...]:
    """The headers in the first rows of a table, group header first; a merged cell gives its text once."""
    columns = max((len(row) for row in table.rows[:rows]), default=0)
    found = []
    for n in range(columns):
        cells = {cell.origin: one_line(cell.text) for row in table.rows[:rows] for cell in row[n : n + 1]}
        found.append("".join(cells.values()))
    return tuple(found)
