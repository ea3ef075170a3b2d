"""对应关系.xlsx: the workbook beside the ledgers that keeps a person's answers about the rows of two periods."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongbao.excel import sheets
from tongbao.ledger.choice import shown
from tongbao.matching.answers import REPLY, SHEET, Answer, Verdict, from_rows
from tongbao.model import ANSWERS_FILE, Problem
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import is_there

# In characters of Excel; all other columns are 12 wide.
_WIDTHS = {"上期事项": 40, "本期事项": 40, "疑问": 30, "理由": 20}


def stored_answers(folder: Path) -> tuple[list[Answer], list[Problem]]:
    """The answers kept in 对应关系.xlsx in `folder`, and what is wrong there; nothing where there is no such file."""
    path = folder / ANSWERS_FILE
    if not is_there(path):
        return [], []
    book, problems = sheets.needed_book(path)
    if book is None:
        return [], problems
    read, more = from_rows(shown(book)[0].texts() if shown(book) else ())
    return read, problems + more


def keep_answers(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    """Writes 对应关系.xlsx into `folder`, replacing it: `rows` as `answers.to_rows` gives them, header first."""
    from tongbao.excel.writing.workbook import table_book

    widths = {name: _WIDTHS.get(name, 12) for name in rows[0]}
    choices = {REPLY: list(Verdict)}
    write_whole(folder / ANSWERS_FILE, table_book(SHEET, widths, rows[1:], choices))
