"""The register (总账): every item on file with its version, and which of them a figure of this period counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date

from tongbao.config.kinds import Base
from tongbao.config.office import Report
from tongbao.matching.history import History, Thread, item_of
from tongbao.matching.two_periods import Changes, Entry
from tongbao.model import Ledger, Period


def register(history: History) -> tuple[Entry, ...]:
    """The items of the last ledger, and those that were done when they left, in the order of the sheets."""
    threads = history.register()
    items = _items(history)
    return tuple(
        Entry(
            row=t.version,
            item=items.get(t.number, t.last.place),
            in_sheet=t.last is t.home and t.last.place in history.threads,
            done=t.done is not None,
            done_before=t.done is not None and history.was_done(t),
            closed_in=t.closed_in,
            number=t.number,
        )
        for t in threads
    )


def _items(history: History) -> dict[int, Hashable]:
    """What one 序号 covers, by the number of each row that stood in a working sheet.

    Two rows are of one item if they were in the newest ledger that has both, wherever the one still there stands now.
    Else an item of which all rows are done would be several, one for each ledger from which some of them were deleted.
    """
    age = {file: n for n, file in enumerate(reversed(history.ledgers))}
    found: dict[int, Hashable] = {}
    beside: dict[tuple[str, Hashable], list[Thread]] = {}
    threads = (
        (age[t.home.place.file], t, item_of(t.home)) for t in (*history.threads.values(), *history.left) if t.home
    )
    for _, thread, item in sorted(threads, key=lambda aged: aged[0]):
        known = (other for stood in thread.items.items() for other in beside.get(stood, ()))
        mates = [other for other in known if _are_mates(thread, other, age)]
        newest = min(mates, key=lambda other: _parted(thread, other, age), default=None)
        found[thread.number] = found[newest.number] if newest else item
        for stood in thread.items.items():
            beside.setdefault(stood, []).append(thread)
    return found


def _parted(one: Thread, other: Thread, age: Mapping[str, int]) -> int:
    """The age of the newest ledger that has both."""
    return min(age[file] for file in one.items.keys() & other.items.keys())


def _are_mates(one: Thread, other: Thread, age: Mapping[str, int]) -> bool:
    newest = min(one.items.keys() & other.items.keys(), key=lambda file: age[file])
    return one.items[newest] == other.items[newest]


def based(changes: Changes, base: Base, year: date | None) -> Changes:
    """The changes with what counts by a base (register of items, see `Base`); `year` is the first day of the plan year.

    An item that is open counts by every base. One that is done counts by `all`; by `year` if it was closed in the plan
    year (or nobody knows when); by `sheet` if its row stands in the working sheet.
    """
    within = [entry for entry in changes.register if counts(entry, base, year)]
    return replace(
        changes,
        base=base,
        within=tuple(entry.row for entry in within if not entry.row.withdrawn),
        items={entry.row.place: entry.item for entry in changes.register},
        closed_before=tuple(e.row for e in within if e.done and e.done_before),
    )


def counts(entry: Entry, base: Base, year: date | None) -> bool:
    """Does an item count by a base, in the plan year that begins on that day?"""
    if base is Base.SHEET:
        return entry.in_sheet
    if not entry.done or base is Base.ALL or year is None:
        return True
    return entry.closed_in is None or entry.closed_in.last >= year


def plan_year(period: Period, starts: date | None = None) -> date:
    """The first day of the plan year that a period lies in; without `starts` that of the calendar year."""
    month, day = (starts.month, starts.day) if starts else (1, 1)
    first = date(period.last.year, month, day)
    return first if first <= period.last else date(period.last.year - 1, month, day)


def counts_opening(base: Base, first: Ledger, year: date) -> bool:
    """Does what was closed before the first ledger on file count? In a plan year only if that ledger lies in it."""
    return base is Base.ALL or (base is Base.YEAR and first.period.last >= year)


def opening(report: Report, base: Base, first: Ledger, year: date) -> int:
    """How many of the items that were closed before the first ledger on file count in the plan year."""
    return report.opening_closed if counts_opening(base, first, year) else 0


def counted(changes: Changes, base: Base, report: Report, first: Ledger) -> tuple[Changes, int]:
    """The changes with what counts by a base in the plan year of the report, and how many closed before `first` do."""
    year = plan_year(changes.current.period, report.year_starts)
    return based(changes, base, year), opening(report, base, first, year)
