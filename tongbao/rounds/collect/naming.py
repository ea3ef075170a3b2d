"""Units to which sheets were sent, under the names that they have in the ledger now.

A roster that was kept or completed while the sheets are out, or a newer version, may know the same words in the ledger
by other names: 县住建局 was sent a sheet, and 县住房和城乡建设局 is asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tongbao.rounds.collect.sent import Copy
from tongbao.rounds.collect.tracing import Master, Tracer


def present_names(copies: Iterable[Copy], master: Master) -> dict[str, str]:
    """The name in the ledger now by the unit that a sheet was sent to; a unit whose name nobody can tell keeps its own.

    The roster tells; where it does not, the rows that went to the unit do, if they now go to one that nothing went to.
    """
    sent: dict[str, list[Copy]] = {}
    for copy in copies:
        sent.setdefault(copy.stamp.unit, []).append(copy)
    present = {unit for row in master.ledger.rows for unit in master.kind.units.of(row)}
    names = {unit: unit if unit in present else _by_roster(unit, present, master) for unit in sent}
    taken = set(names.values())
    for unit in [unit for unit, name in names.items() if not name]:
        left = _by_rows(sent[unit], master) - taken
        names[unit] = left.pop() if len(left) == 1 else unit
    return names


def renamed(copy: Copy, names: Mapping[str, str]) -> Copy:
    """The copy as if it had been sent to its unit under that unit's name of now."""
    return replace(copy, stamp=replace(copy.stamp, unit=names.get(copy.stamp.unit, copy.stamp.unit)))


def _by_roster(unit: str, present: set[str], master: Master) -> str:
    found = master.roster.find(unit) if master.roster else None
    return found if found in present else ""


def _by_rows(copies: Sequence[Copy], master: Master) -> set[str]:
    """The units to which all rows that went to a unit go now."""
    tracer = Tracer(master)
    rows = [traced.row for copy in copies for traced in tracer.rows(copy).values() if traced.row]
    named = [set(master.kind.units.of(row)) for row in rows]
    return set[str].intersection(*named) if named else set()
