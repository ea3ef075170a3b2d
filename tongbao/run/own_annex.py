"""The annex with the office's own columns, where the settings want that: read from the ledger of the run once more."""

from __future__ import annotations

from tongbao.circular.own_annex import OwnAnnex, own_annex
from tongbao.excel import sheets
from tongbao.ledger.own_table import own_tables
from tongbao.model import Level, Place, Problem
from tongbao.run.papers import Run


def own_annex_of(made: Run) -> tuple[OwnAnnex | None, list[Problem]]:
    """The own annex of a run that has counted; none where the settings want that of the kind, or nothing is listed."""
    wanted, changes = made.job.report.annex, made.changes
    if wanted is None or changes is None or not changes.listed:
        return None, []
    book, problems = sheets.open_book(made.found.path)
    if book is None:
        return None, problems
    if book.sha256 != changes.current.sha256:
        return None, [_changed(book.file)]
    kind = made.job.kind
    return own_annex(own_tables(book, changes.current, kind), changes.listed, kind, wanted)


def _changed(file: str) -> Problem:
    message, fix = "台账在生成通报的时候被改动，附件没有印成", "保存并关上台账，再运行一次"
    return Problem(Level.ERROR, "annex_changed", message, fix, place=Place(file))
