"""`new`: an empty ledger to begin with."""

from __future__ import annotations

from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.config.office import Report, Settings
from tongbao.ledger.intake import roster_of
from tongbao.model import Period
from tongbao.outside.deliver import write_whole
from tongbao.outside.file_names import file_name
from tongbao.rounds.new_ledger.workbook import new_ledger, sheet_name
from tongbao.rounds.written import Written, refuse_existing


def empty_ledger(settings: Settings, kind: Kind, report: Report | None, period: Period, home: Path) -> Written:
    """Writes an empty ledger of a kind, with the sheet 填表说明, into the folder of the report.

    Without a report it goes to `input/<name of the kind>` below `home`. Raises Refusal where the file is there.
    """
    roster, problems = roster_of(settings)
    name = report.name if report else kind.name
    folder = report.input if report else home / "input" / name
    target = folder / f"{file_name(name)}台账{period.token}.xlsx"
    refuse_existing(target)
    title = (report and report.annex_title) or f"{name}台账"
    units = [unit.name for unit in roster.units] if roster else []
    write_whole(target, new_ledger(kind, title, units, sheet_name=sheet_name(report.sheet if report else "")))
    return Written(target, tuple(problems))
