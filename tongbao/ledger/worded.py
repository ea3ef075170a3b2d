"""A ledger that says in words how its rows stand, of an office whose ledgers say it elsewhere: by colours, by headings.

Such are ledgers of before that office set up its report, and those that `import` wrote of old circulars.
"""

from __future__ import annotations

from tongbao.config.kind_words import sure_label
from tongbao.config.kinds import Kind
from tongbao.config.status_from import Stands, StatusFrom
from tongbao.excel.colours import nearest_colour
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import holds, text_of
from tongbao.ledger.choice import choose, has_sheet
from tongbao.ledger.headers import Layout
from tongbao.ledger.labels import Labels
from tongbao.ledger.state_source import heading_key
from tongbao.model import STATUS
from tongbao.words.text import one_line


def by_words(book: Book, kind: Kind, wanted: str = "") -> Kind:
    """The kind that reads the words of a status column, where a workbook has one and has not what the settings name;
    else the kind as it is."""
    source, plain = kind.status_from, kind.worded
    if source is None or plain is None or _is_there(book, kind, source, wanted):
        return kind
    chosen = [it for it in choose(book, plain, wanted if has_sheet(book, wanted) else "")[0] if not it.closed]
    return plain if chosen and all(speaks(it.sheet, it.layout, plain) for it in chosen) else kind


def speaks(sheet: Sheet, layout: Layout, kind: Kind) -> bool:
    """Are all words in the column of the state status words, some of them being there?"""
    column, known = layout.columns.get(STATUS, 0), Labels(kind)
    cells = (row[column - 1] for row in sheet.cells[layout.bottom :]) if column else ()
    words = {one_line(text_of(cell)) for cell in cells if holds(cell)}
    return bool(words) and all(known.named(word)[0] or sure_label(kind, word) for word in words)


def _is_there(book: Book, kind: Kind, source: StatusFrom, wanted: str) -> bool:
    """Has a workbook what the settings name: the sheets, the columns, a heading, a colour?"""
    if source.where in (Stands.SHEETS, Stands.COLUMNS):
        return bool(choose(book, kind, wanted)[0])
    if source.where is Stands.SECTIONS:
        named = set(map(heading_key, source.labels))
        cells = (value for sheet in book.sheets for row in sheet.cells for value in row if isinstance(value, str))
        return any(heading_key(text) in named for text in cells)
    if source.by_colour:
        shades = (it for s in book.sheets if s.fills for it in _shades(s, source))
        return any(nearest_colour(shade, source.labels) for shade in shades)
    return False


def _shades(sheet: Sheet, source: StatusFrom) -> list[str]:
    assert sheet.fills is not None
    return list((sheet.fills.fonts if source.where is Stands.FONTS else sheet.fills.cells).values())
