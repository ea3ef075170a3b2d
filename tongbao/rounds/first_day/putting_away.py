"""The ledgers put into the folder of their report, under names that tell their periods; nothing is written over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tongbao.ledger.yearless import in_year, keep_year, names_part_of_year
from tongbao.model import Place, Problem
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content, is_there, real_path
from tongbao.rounds.first_day.dating import tells_months
from tongbao.rounds.first_day.proposal import LedgerSeen, undecided
from tongbao.words.periods import parse_period


def in_the_way(ledgers: Iterable[LedgerSeen], folder: Path) -> Iterator[Problem]:
    """Why a ledger cannot be put there: another file has its name, or it lies there under a name without a period."""
    for ledger in ledgers:
        target = folder / copy_name(ledger)
        place = Place(ledger.path.name)
        if _lies_in(ledger, folder):
            if target.name != ledger.path.name and not _kept_by_year(ledger):
                message = f"“{ledger.path.name}”已在 {_shown(folder)} 里，文件名没有写明期次"
                yield undecided(message, f"改名为“{target.name}”，再运行一次", place)
        elif is_there(target) and content(target) != ledger.data:
            message = f"{_shown(folder)} 里已有“{target.name}”，与这次给的内容不同"
            yield undecided(message, "要换的，先把已有的移走；或用 --name 另起一个名称", place)


def put_away(ledgers: Iterable[LedgerSeen], folder: Path) -> list[str]:
    """Copies of the ledgers in the folder of their report; what lies there stays as it is. Gives what was done."""
    told = []
    for ledger in ledgers:
        if not _lies_in(ledger, folder):
            name = copy_name(ledger)
            write_whole(folder / name, ledger.data)
            told.append(f"台账已放进 {_shown(folder)}：{name}")
        elif ledger.period and copy_name(ledger) != ledger.path.name:
            keep_year(folder, ledger.path.name, ledger.period.last.year)
    return told


def _shown(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _lies_in(ledger: LedgerSeen, folder: Path) -> bool:
    return real_path(ledger.path).parent == real_path(folder)


def _kept_by_year(ledger: LedgerSeen) -> bool:
    """Is the year all that the name of a file lacks? It is kept beside it, as after a question at the run."""
    period, stem = ledger.period, ledger.path.stem
    return period is not None and names_part_of_year(stem) and in_year(stem, period.last.year) == period


def copy_name(ledger: LedgerSeen) -> str:
    """The name of the copy: the file's own where it tells the period, else with the period behind it."""
    suffix, stem = ledger.path.suffix, ledger.path.stem
    if ledger.months:
        told = tells_months(stem, ledger.parts.tables, ledger.months)
        return ledger.path.name if told else f"{max(ledger.periods).last.year}年{stem}{suffix}"
    if ledger.period is None or parse_period(stem) == ledger.period:
        return ledger.path.name
    for name in (f"{stem} {ledger.period.token}{suffix}", f"{ledger.period.token} {stem}{suffix}"):
        if parse_period(name) == ledger.period:
            return name
    return f"台账{ledger.period.token}{suffix}"
