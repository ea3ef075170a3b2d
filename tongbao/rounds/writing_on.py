"""The newest ledger as a workbook to write on, opened before anything is asked or written; what that costs is told."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.excel.writing.opening import UnopenableError, Whole, whole
from tongbao.ledger.intake import Newest
from tongbao.model import Level, Place, Problem, Refusal

# Tables of plain text, which have neither looks nor formulas to lose.
_PLAIN = (".csv", ".tsv")


def to_write_on(newest: Newest) -> Whole:
    """The workbook of the newest ledger. Raises Refusal, with one line, where nothing can be written from it."""
    try:
        return whole(newest.data, newest.path.name)
    except UnopenableError as error:
        message = f"这本台账能读，但不能接着写：{error.why}"
        raise Refusal(Problem(Level.ERROR, "not_carried", message, error.fix, place=Place(newest.path.name))) from error


def told_of_form(book: Whole, file: str, old: str, new: str) -> Iterator[Problem]:
    """A note where the ledger is in another format, so that what is made of it has but what was read.

    `old` and `new` are what the clerk calls both: 上期台账, 下期台账.
    """
    form = book.looks.form
    if form:
        named = f" {form}" if form.startswith(".") else form
        message = f"{old}是{named}，{new}按读到的内容另写成 .xlsx"
        if form in _PLAIN:
            yield Problem(Level.NOTE, "written_afresh", message, place=Place(file))
            return
        fix = "由公式算的格现在是数，改动以后要重新算"
        yield Problem(Level.NOTE, "written_afresh", f"{message}，原来的格式和公式没有保留", fix, place=Place(file))
