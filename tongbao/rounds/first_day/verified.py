"""A proposal read as a run will read it: what setup counted is what the run counts, or it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tongbao.config.kinds import ColumnType
from tongbao.config.office import Report, Settings
from tongbao.excel.values import text_of
from tongbao.ledger.asked import kind_for
from tongbao.ledger.read import read_data
from tongbao.model import Ledger, Level, Period, Place, Problem
from tongbao.rounds.first_day.proposal import LedgerSeen, Proposal, undecided
from tongbao.rounds.first_day.sources import Where
from tongbao.rounds.first_day.survey import TableSeen, same_column
from tongbao.words.learning import learn
from tongbao.words.lookup import Unit
from tongbao.words.text import key
from tongbao.words.unitnames import home_of


def verified(proposal: Proposal, settings: Settings, templates: Path) -> tuple[list[Unit], list[Problem]]:
    """The units that the ledgers name, and what is not read as it was proposed. An error: nothing may be written."""
    problems: list[Problem] = []
    cells: list[str] = []
    for ledger, tables, read, said in readings(proposal, settings, templates):
        problems += _unread(ledger, read, said)
        if read is not None:
            problems += _counted(proposal, ledger, tables, read)
        cells += [text for table in tables for text in _unit_texts(proposal, table)]
    roster, _ = learn(cells, home_of(settings.office.name))
    return list(roster.units), problems


def readings(
    proposal: Proposal, settings: Settings, templates: Path
) -> Iterator[tuple[LedgerSeen, Sequence[TableSeen], Ledger | None, list[Problem]]]:
    """Each period of each ledger, oldest first, with its tables, as a run will read it, and what a run would say."""
    report = next(it for it in settings.reports if it.name == proposal.name)
    for ledger in proposal.ledgers:
        for period, tables, sheet in _periods(ledger, report):
            yield ledger, tables, *_read(ledger, report, settings, templates, period, sheet)


def _unit_texts(proposal: Proposal, table: TableSeen) -> Iterator[str]:
    """What stands in the columns of units, which teaches the roster."""
    fields = proposal.choice.understood.fields
    for name, meaning in fields.items():
        declared = proposal.kind.column(name)
        if declared and declared.type is ColumnType.UNITS and (column := same_column(meaning.column, table)):
            yield from map(text_of, column.values)


def _periods(ledger: LedgerSeen, report: Report) -> Iterator[tuple[Period, Sequence[TableSeen], str]]:
    if ledger.months:
        yield from ((ledger.months[t.name], [t], t.name) for t in ledger.parts.tables)
    elif ledger.period:
        yield ledger.period, ledger.parts.tables, report.sheet


def _read(
    ledger: LedgerSeen, report: Report, settings: Settings, templates: Path, period: Period, sheet: str
) -> tuple[Ledger | None, list[Problem]]:
    kind = kind_for(templates, report)
    home = home_of(settings.office.name)
    name = ledger.path.name
    return read_data(ledger.data, name, kind, period, as_of=period.last, roster=None, sheet=sheet, home=home)


def _unread(ledger: LedgerSeen, read: Ledger | None, said: Sequence[Problem]) -> Iterator[Problem]:
    """Why no table was found, where none was; mistakes of single cells are for the run to tell."""
    if read is None:
        yield from (p for p in said if p.level is Level.ERROR)


def _counted(proposal: Proposal, ledger: LedgerSeen, tables: Sequence[TableSeen], read: Ledger) -> Iterator[Problem]:
    """Whether each status word was read as often as it stands in its column."""
    column = proposal.source.column
    if proposal.source.where is not Where.WORDS or column is None:
        return
    seen = Counter(key(text) for t in tables if (same := same_column(column, t)) for text in same.texts)
    found = Counter(key(row.typed) for row in read.rows if row.typed)
    if seen and seen != found:
        odd = sorted(word for word in seen.keys() | found.keys() if seen[word] != found[word])
        shown = "，".join(f"{word}：表上{seen[word]}格，读到{found[word]}项" for word in odd[:5])
        message = f"“{ledger.path.name}”读得对不对：{shown}"
        yield undecided(message, "看看表里有没有合并、重复的表头或别的内容", Place(ledger.path.name))
