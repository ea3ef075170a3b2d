"""To which report of the settings given ledgers belong: one that has the same on file, whatever it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean

from tongbao.config.kinds import Kind
from tongbao.config.office import Report
from tongbao.ledger.on_file import workbooks_in
from tongbao.outside.files import content, is_folder
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.proposal import LedgerSeen
from tongbao.rounds.first_day.putting_together import ledgers_seen, propose, says_the_same
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, same_column
from tongbao.words.text import key

# Two tables are of one ledger where so many of their columns have the same headers and so many of their tasks are the
# same; a task has so many characters (all set by feel: between two months most tasks stay).
_HEADERS, _TASKS, _LONG = 0.8, 0.3, 6
_WORDED = (Sort.TEXTS, Sort.NAMES, Sort.WORDS)


def on_file(report: Report, kinds: Mapping[str, Kind]) -> list[LedgerSeen]:
    """The ledgers that a report has on file, looked through; those that cannot be are for the run to tell of."""
    there = workbooks_in(report.input) if is_folder(report.input) else []
    return ledgers_seen([(path, content(path)) for path in there], kinds)[0]


def is_there(ledger: LedgerSeen, there: Sequence[LedgerSeen]) -> bool:
    """Is a ledger on file already, byte by byte or in every cell?"""
    return any(ledger.data == other.data or says_the_same(ledger.book, other.book) for other in there)


def report_of(
    ledgers: Sequence[LedgerSeen], reports: Sequence[Report], said: Answers, kinds: Mapping[str, Kind]
) -> Report | None:
    """The report to which the ledgers belong: one that is named, that has one of them, or one like them, on file, or
    that would be proposed for them anew; None where they are to become a report of their own.
    """
    named = next((report for report in reports if report.name == said.name), None)
    if named:
        return named
    there = {report.name: on_file(report, kinds) for report in reports}
    for fits in (is_there, _is_another_month):
        for report in reports:
            if any(fits(ledger, there[report.name]) for ledger in ledgers):
                return report
        if said.name:
            return None
    found = propose(ledgers, kinds, said) if reports else None
    return next((it for it in reports if found and (it.name, it.kind) == (found.name, found.kind.id)), None)


def _is_another_month(ledger: LedgerSeen, there: Sequence[LedgerSeen]) -> bool:
    return any(_are_alike(ledger.newest, other.newest) for other in there[-2:])


def _are_alike(one: TableSeen, other: TableSeen) -> bool:
    pairs = [(column, same) for column in one.columns if (same := same_column(column, other))]
    if len(pairs) < _HEADERS * max(len(one.columns), len(other.columns)):
        return False
    return any(_tasks_in_common(column, same) >= _TASKS for column, same in pairs)


def _tasks_in_common(column: ColumnSeen, other: ColumnSeen) -> float:
    """The share of texts that two columns have in common, where they are long and none stands twice, as tasks are."""
    mine, theirs = ({key(text) for text in it.texts} for it in (column, other))
    if not mine or not theirs or mean(map(len, mine)) < _LONG or sort_of(column) not in _WORDED:
        return 0.0
    if len(mine) < len(column.texts) or len(theirs) < len(other.texts):
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))
