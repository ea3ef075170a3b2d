"""The annex with the office's own columns, where the settings want that: read from the ledger of the run once more."""

from __future__ import annotations

from collections.abc import Iterator

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
    own, problems = own_annex(own_tables(book, changes.current, kind), changes.listed, kind, wanted)
    return own, [*problems, *_unprinted(changes.current.file, sum(len(row.pictures) for row in changes.listed))]


def _unprinted(file: str, pictures: int) -> Iterator[Problem]:
    """A note that the pictures of the ledger are not in its annex."""
    if pictures:
        message, fix = (
            f"附件照台账的列印，格里的{pictures}张图片没有印进附件",
            "要印照片的，见《食谱》“把现场照片印进通报”",
        )
        yield Problem(Level.NOTE, "annex_pictures", message, fix, place=Place(file))


def _changed(file: str) -> Problem:
    message, fix = "台账在生成通报的时候被改动，附件没有印成", "保存并关上台账，再运行一次"
    return Problem(Level.ERROR, "annex_changed", message, fix, place=Place(file))
