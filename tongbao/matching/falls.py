"""What falls is explained or refused: a total lower than last period's, an amount of one item that can only grow.

Last period is counted anew from the ledgers as they are now, by this period's base. An item that counted then and does
not count now was withdrawn, merged, left behind with the old plan year, or moved out of a sheet of which only the rows
count; else the total has fallen without a reason, and the paper does not go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tongbao.config.kinds import NUMBERS, Base, Count, Holds, Kind, names_growth, of_one_period
from tongbao.config.office import Report
from tongbao.matching.quoting import in_cell, where
from tongbao.matching.register import counts, opening, plan_year
from tongbao.matching.two_periods import Changes, Entry, Fate
from tongbao.model import NO, PROGRESS, TASK, Ledger, Level, Place, Problem, Row
from tongbao.words.periods import chinese_date
from tongbao.words.progress import Counted, counted
from tongbao.words.text import first_few, key

WITHDRAWN, MERGED, ONE_NUMBER = "撤销", "并入", "归入同一序号"
OLD_YEAR, MOVED_OUT = "上一计划年度办结不再计入", "办结后移出台账"
# A message names so many places, then says 等 (set by feel: about three lines).
_PLACES = 8


@dataclass(frozen=True, slots=True)
class _Then:
    """One of the two periods: what counts in it by number of the row, and what these rows are counted as.

    `opening` are the items closed before the first ledger on file that count too.
    """

    entries: Mapping[int, Entry]
    unit: Mapping[int, Hashable]
    opening: int

    @property
    def total(self) -> int:
        return len(set(self.unit.values())) + self.opening


def falls(changes: Changes, kind: Kind, report: Report, first: Ledger) -> Iterator[Problem]:
    """A note that explains why the total fell since last period, or the error that it cannot be explained.

    `first` is the first ledger on file: with it begins what `opening` leaves out.
    """
    if changes.prior is None:
        return
    year = plan_year(changes.current.period, report.year_starts)
    earlier = plan_year(changes.prior.period, report.year_starts)
    was_opening, is_opening = (opening(report, changes.base, first, day) for day in (earlier, year))
    before = _counted(changes.register_before, changes.base, earlier, kind.count, was_opening)
    now = _counted(changes.register, changes.base, year, kind.count, is_opening)
    why = _why(changes, before, now)
    explained = Counter({OLD_YEAR: was_opening - is_opening}) + Counter(filter(None, why.values()))
    lost = [entry for number, entry in before.entries.items() if why.get(number) == ""]
    if lost and (now.total < before.total - explained.total() or _is_here(lost, now)):
        yield _unexplained(changes, before, now, lost)
    elif now.total < before.total or explained[OLD_YEAR]:
        yield _explained(changes, before, now, explained, year)


def _counted(register: Iterable[Entry], base: Base, year: date, count: Count, before: int) -> _Then:
    entries = {e.number: e for e in register if counts(e, base, year) and not e.row.withdrawn}
    return _Then(entries, {n: n if count is Count.ROWS else e.item for n, e in entries.items()}, before)


# ---------------------------------------------------------------------------------------------- why


def _why(changes: Changes, before: _Then, now: _Then) -> dict[int, str]:
    """Why each unit that counted then counts no longer, by the number of one of its rows; empty where nothing tells."""
    still = {unit: [n for n in numbers if n in now.unit] for unit, numbers in _rows_of(before.unit).items()}
    gone = {numbers[0]: numbers for unit, numbers in _rows_of(before.unit).items() if not still[unit]}
    later = {entry.number: entry for entry in changes.register}
    fates = {outcome.row.place: outcome.fate for outcome in changes.outcomes}
    why = {}
    for number, rows in gone.items():
        reasons = [_of_row(before.entries[n], later.get(n), fates, changes.base) for n in rows]
        why[number] = "" if "" in reasons else reasons[0]
    return why | _joined(before, now, still)


def _rows_of(unit: Mapping[int, Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for number, one in unit.items():
        found.setdefault(one, []).append(number)
    return found


def _of_row(before: Entry, now: Entry | None, fates: Mapping[Place, Fate], base: Base) -> str:
    """Why a row that counted then counts no longer; empty where nothing tells.

    A finished row leaves a working sheet as a matter of course: an office whose paper counts the sheet as it stands
    wants that, and is told how many did. By the other bases a finished row counts on after it left.
    """
    if now is None:
        fate = fates.get(before.row.place)
        return {Fate.WITHDRAWN: WITHDRAWN, Fate.MERGED: MERGED}.get(fate, "") if fate else ""
    if now.row.withdrawn:
        return WITHDRAWN
    if now.done:
        return OLD_YEAR if base is Base.YEAR else MOVED_OUT if base is Base.SHEET else ""
    return ""


def _joined(before: _Then, now: _Then, still: Mapping[Hashable, Sequence[int]]) -> dict[int, str]:
    """Items that are one now because their rows bear one 序号, by the number of a row; empty where mistyped."""
    why: dict[int, str] = {}
    first: dict[Hashable, int] = {}
    for numbers in sorted(filter(None, still.values()), key=lambda rows: len({now.unit[n] for n in rows})):
        own = next((n for n in numbers if now.unit[n] not in first), None)
        if own is not None:
            first[now.unit[own]] = own
        else:
            pair = (first[now.unit[numbers[0]]], numbers[0])
            stood = all(then.entries[n].in_sheet for then in (before, now) for n in pair)
            one, other = (now.entries[n].row for n in pair)
            why[numbers[0]] = "" if stood and not _of_one_item(one, other) else ONE_NUMBER
    return why


def _of_one_item(one: Row, other: Row) -> bool:
    """Do two rows look like sub-rows: is the cell of the number or the task merged, or the task the same?"""
    merged = {NO, TASK} & (one.merged | other.merged)
    return bool(merged) or key(one.text) == key(other.text)


# ---------------------------------------------------------------------------------------------- what is said


def _is_here(lost: Iterable[Entry], now: _Then) -> bool:
    """Does the ledger still have the row of one that counts no longer? Then nothing else tells of it."""
    return any(entry.number in now.entries for entry in lost)


def _explained(changes: Changes, before: _Then, now: _Then, explained: Counter[str], year: date) -> Problem:
    parts = [f"{reason}{count}项" for reason, count in explained.items()]
    more = now.total - before.total + explained.total()
    message = f"总数由{before.total}变为{now.total}：{'、'.join(parts)}" + (f"，增加{more}项" if more else "")
    fix = ""
    if explained[OLD_YEAR]:
        fix = f"计划年度按从{chinese_date(year)}开始；不是这一天的，在 config.yaml 这份通报下写明 year_starts"
    return Problem(Level.NOTE, "total_fell", message, fix, place=Place(changes.current.file))


def _unexplained(changes: Changes, before: _Then, now: _Then, lost: Sequence[Entry]) -> Problem:
    named = first_few([_place(entry, now) for entry in lost], _PLACES, "；")
    message = f"总数上期{before.total}、本期{now.total}，上期计入的{len(lost)}项本期不再计入，没有说明：{named}"
    fix = f"补回本期的{changes.current.file}；或移到“销号”表、在“对应关系”表里答复；序号重复的改正序号"
    return Problem(Level.ERROR, "total_fell_unexplained", message, fix, place=Place(changes.current.file))


def _place(entry: Entry, now: _Then) -> str:
    """Where a lost item stood, and where its row stands now if it is still there."""
    was, here = where(entry.row), now.entries.get(entry.number)
    return f"{was}（本期在“{here.row.place.sheet}”第{here.row.place.row}行）" if here else was


# ---------------------------------------------------------------------------------------------- amounts of one item


def numeral_fell(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A number that can only grow is smaller than last period: in the progress text, or in a column of things done.

    Nothing is compared across the turn of a year, because yearly counts then start again.
    """
    if changes.prior is None or changes.prior.period.last.year != changes.current.period.last.year:
        return
    priors = changes.priors
    for row in (*changes.current.rows, *changes.current.closed):
        if prior := priors.get(row.place):
            yield from _in_text(changes, prior, row)
            yield from _in_columns(changes, prior, row, kind)


def _in_text(changes: Changes, prior: Row, row: Row) -> Iterator[Problem]:
    for was, now in _fallen(prior.get(PROGRESS), row.get(PROGRESS)):
        there = _before(changes, prior, PROGRESS)
        message = f"“{now.name}”上期是{was.typed}（{there}），本期是{now.typed}，变小了"
        yield _smaller(changes, row, PROGRESS, message)


def _in_columns(changes: Changes, prior: Row, row: Row, kind: Kind) -> Iterator[Problem]:
    for name in _grown(changes, row, kind):
        before, after = prior.cells.get(name), row.cells.get(name)
        if isinstance(before, Decimal) and isinstance(after, Decimal) and after < before:
            message = f"上期是{before:f}（{_before(changes, prior, name)}），本期是{after:f}，变小了"
            yield _smaller(changes, row, name, message)


def _grown(changes: Changes, row: Row, kind: Kind) -> Iterator[str]:
    """The fields of a row that can only grow, by the kind and by their headers: not 未完成投资, nor 本月完成投资."""
    for column in kind.columns:
        there = changes.current.header(row, column.field)
        header = there.text if there else ""
        told = column.grows if column.growing is not None else names_growth(column.field + header)
        if column.type in NUMBERS and column.period is not Holds.FLOW and told and not of_one_period(header):
            yield column.field


def _before(changes: Changes, prior: Row, name: str) -> str:
    """The cell of an earlier row; its row where it is not of the prior ledger, whose columns alone are known."""
    its = changes.prior if changes.prior and changes.prior.file == prior.place.file else None
    place = its.place(prior, name) if its else prior.place
    return f"{place.file}“{place.sheet}”{place.cell}" if place.column else where(prior)


def _fallen(prior: str, current: str) -> Iterator[tuple[Counted, Counted]]:
    """The numbers of two progress texts that go by one name and fell: the earlier one, the current one."""
    after = counted(current)
    before = counted(prior) if after else {}
    for name, now in after.items():
        if name in before and now.value < before[name].value:
            yield before[name], now


def _smaller(changes: Changes, row: Row, name: str, message: str) -> Problem:
    fix = "请核对哪一期写错；口径变了的请在进展里说明"
    return in_cell(changes.current, row, name, Level.WARNING, "numeral_fell", message, fix)
