"""The records of issued papers, as they lie in the output folders of a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongbao.circular.figures import tabulate
from tongbao.circular.issued import Record, by_another_base, counted_otherwise, issued
from tongbao.circular.printed_total import total_key
from tongbao.config.kinds import Kind
from tongbao.ledger.asked import Job
from tongbao.matching.changes import compare
from tongbao.matching.register import counted
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger, Problem
from tongbao.outside.files import UnreadableFile, content, content_if_there
from tongbao.proof.basis.kept import FILE, UnreadableBasisError, read_basis
from tongbao.words.units import Roster

RECORD = "figures.json"


def record_in(folder: Path) -> bytes:
    """The bytes of the record in an output folder; none where it is not there. Raises UnreadableFile.

    A record that is there and cannot be had may be of an issued paper: it must not be written over.
    """
    return content_if_there(folder / RECORD) or b""


def told_otherwise(job: Job, ledgers: Sequence[Ledger], links: Sequence[Matching]) -> list[Problem]:
    """What is said where the paper of the last of these ledgers was counted by another base than today's.

    `ledgers` are those before the period of the run, the oldest first, `links` the matchings between them.
    """
    prior = ledgers[-1]
    folder = job.report.output / prior.period.token
    record = issued(record_in(folder))
    if record is None or not by_another_base(record, job.kind):
        return []
    printed = _printed_total(folder, record, job.kind)
    return list(counted_otherwise(record, _numbers(job, ledgers, links), job.kind, prior, printed))


def _printed_total(folder: Path, record: Record, kind: Kind) -> int | None:
    """The total that an issued paper printed, by its basis; None where that is not there or is of another paper."""
    try:
        basis = read_basis(content(folder / FILE))
    except (UnreadableFile, UnreadableBasisError):
        return None
    if basis.circular != record["outputs"]["circular"]:
        return None
    source = basis.sources.get(total_key(basis.paragraphs, kind) or "")
    return int(source.value) if source and source.value.isdecimal() else None


def _numbers(job: Job, ledgers: Sequence[Ledger], links: Sequence[Matching]) -> dict[str, int]:
    """The figures of the last of the ledgers by today's rules, by id, as if it were run now."""
    *earlier, current = ledgers
    before, link = (earlier[-1], links[-1]) if earlier else (None, None)
    changes, _ = compare(current, before, link, earlier, links[:-1])
    changes, opening = counted(changes, job.kind.base, job.report, ledgers[0])
    figures, _ = tabulate(changes, job.kind, Roster(), opening)
    return {id_: int(figure.value) for id_, figure in figures.numbers.items()}
