"""衔接平衡表, and the identities that the figures of two periods must keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tongbao.matching.two_periods import Changes, Fate, Line
from tongbao.model import Row


def balance(changes: Changes, opening: int = 0) -> tuple[Line, ...]:
    """衔接平衡表: what was open, plus what came, less what went, is what is open or newly completed now.

    A second sum leads from there to the total; `opening` is what was closed before the first ledger on file.
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
    """Of each split item, the parts beyond the first."""
    for outcome in changes.outcomes:
        if outcome.fate is Fate.SPLIT and outcome.row.is_open:
            yield from outcome.to[1:]


def _merged_away(changes: Changes) -> Iterator[Row]:
    """The items that went into another one; where only such items went into it, the first of them lives on."""
    living = {row.place for o in changes.outcomes if o.fate is not Fate.MERGED for row in o.to}
    for outcome in changes.outcomes:
        if outcome.fate is Fate.MERGED and outcome.row.is_open:
            if outcome.to[0].place in living:
                yield outcome.row
            living.add(outcome.to[0].place)


def hold(changes: Changes) -> None:
    """The identities that no ledger can break. Raises ValueError: if one does not hold, the fault is ours."""
    lines = balance(changes)[:9]
    came = sum(-line.value if line.sign == "-" else line.value for line in lines if line.sign != "=")
    if came != sum(line.value for line in lines if line.sign == "="):
        raise ValueError(f"the balance does not hold: {[(line.name, line.value) for line in lines]}")
    newly, closed = ({row.place for row in rows} for rows in (changes.newly_completed, changes.closed_before))
    open_now = {row.place for row in changes.current.rows if row.is_open}
    if newly & closed or (newly | closed) & open_now:
        raise ValueError("a row is counted twice")


def identities(changes: Changes, numbers: Mapping[str, int]) -> None:
    """The printed figures (by their ids) must add up among themselves. Raises ValueError: the fault would be ours."""
    sums = {
        "completed": ("closed_before", "newly_completed"),
        "total": ("closed_before", "newly_completed", "open"),
        "open": ("lagging", "at_risk", "on_track", "suspended", "unknown"),
    }
    if changes.prior is None:
        sums |= {"completed": ("completed",), "total": ("completed", "open")}
    for name, parts in sums.items():
        found = sum(numbers.get(part, 0) for part in parts)
        if numbers[name] != found:
            raise ValueError(f"{name} is {numbers[name]}, its parts are {found}")
