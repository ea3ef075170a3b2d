"""The balance of two periods (衔接平衡表), and the identities that their figures must keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tongbao.matching.two_periods import Changes, Fate, Line
from tongbao.model import Row


def balance(changes: Changes, opening: int = 0) -> tuple[Line, ...]:
    """衔接平衡表, as lines with a sign: open before + what came − what went = newly completed now + open now.

    The last four lines are a second sum, up to the total. `opening` is the number of items closed before the first
    ledger on file. Without a prior ledger there is only the second sum.
    """
    now = Line("本期未完成", "+", *_counted(r for r in changes.current.rows if r.is_open))
    if changes.prior is None:
        rows = (*changes.current.rows, *changes.current.closed)
        done = Line("本期台账已完成", "+", *_counted(r for r in rows if r.done and not r.withdrawn))
        return _summed(Line("首期以前已销号", "+", opening), done, now)
    newly = Line("本期新增完成", "+", *_counted(changes.newly_completed))
    before = Line("此前累计完成", "+", len(changes.closed_before) + opening, changes.closed_before)
    return (
        Line("上期未完成", "+", *_counted(o.row for o in changes.outcomes if o.row.is_open)),
        Line("本期新增", "+", *_counted(changes.added)),
        Line("重新办理", "+", *_counted(p.current for p in changes.reopened)),
        Line("拆分增加", "+", *_counted(_split_off(changes))),
        Line("合并减少", "-", *_counted(_merged_away(changes))),
        Line("撤销", "-", *_counted(changes.withdrawn)),
        Line("去向不明", "-", *_counted(o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED)),
        replace(newly, sign="="),
        replace(now, sign="="),
        *_summed(before, newly, now),
    )


def _counted(rows: Iterable[Row]) -> tuple[int, tuple[Row, ...]]:
    found = tuple(rows)
    return len(found), found


def _summed(*parts: Line) -> tuple[Line, ...]:
    return (*parts, Line("累计事项", "=", sum(p.value for p in parts), tuple(r for p in parts for r in p.rows)))


def _split_off(changes: Changes) -> Iterator[Row]:
    """The parts of split open items, except the first part of each: that one carries the item on."""
    for outcome in changes.outcomes:
        if outcome.fate is Fate.SPLIT and outcome.row.is_open:
            yield from outcome.to[1:]


def _merged_away(changes: Changes) -> Iterator[Row]:
    """The open items lost by merging. Of those merged into a row that carries on no other item, the first is kept."""
    living = {row.place for o in changes.outcomes if o.fate is not Fate.MERGED for row in o.to}
    for outcome in changes.outcomes:
        if outcome.fate is Fate.MERGED and outcome.row.is_open:
            if outcome.to[0].place in living:
                yield outcome.row
            living.add(outcome.to[0].place)


def hold(changes: Changes) -> None:
    """Checks what no ledger can break: the balance adds up, no row counts twice.

    Raises ValueError; the fault is then in the program, not in the ledger.
    """
    lines = balance(changes)[:9]  # the first sum; the second adds up by the way it is made
    came = sum(-line.value if line.sign == "-" else line.value for line in lines if line.sign != "=")
    if came != sum(line.value for line in lines if line.sign == "="):
        raise ValueError(f"the balance does not hold: {[(line.name, line.value) for line in lines]}")
    newly, closed = ({row.place for row in rows} for rows in (changes.newly_completed, changes.closed_before))
    open_now = {row.place for row in changes.current.rows if row.is_open}
    if newly & closed or (newly | closed) & open_now:
        raise ValueError("a row is counted twice")


def identities(changes: Changes, numbers: Mapping[str, int]) -> None:
    """Checks that the printed figures, by their ids in `figures.json`, add up among themselves.

    Raises ValueError; the fault is then in the program, not in the ledger.
    """
    sums = {
        "completed": ("closed_before", "newly_completed"),
        "total": ("closed_before", "newly_completed", "open"),
        "open": ("lagging", "at_risk", "on_track", "partial", "suspended", "unknown", "unreported"),
    }
    if changes.prior is None:
        sums |= {"completed": ("completed",), "total": ("completed", "open")}
    for name, parts in sums.items():
        found = sum(numbers.get(part, 0) for part in parts)
        if numbers[name] != found:
            raise ValueError(f"{name} is {numbers[name]}, its parts are {found}")
