"""What was changed of items since last period, and statuses that one cell gives to several: a line for each sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongbao.config.kinds import Kind
from tongbao.matching.quoting import in_sheet, which
from tongbao.matching.two_periods import Changes
from tongbao.model import DEADLINE, Level, Problem, Row, listed
from tongbao.words.deadlines import same_deadline
from tongbao.words.text import first_few, key, one_line
from tongbao.words.unitnames import place_of

# So many items fill one line (set by feel); 核对表 has all of them.
_NAMED = 6


def deadline_changed(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The deadlines of open rows that are not last period's, or were emptied, in one note."""
    moved = [
        (pair.prior, pair.current)
        for pair in changes.pairs
        if pair.current.is_open
        and pair.prior.deadline.text
        and changes.current.has(pair.current, DEADLINE)
        and key(pair.prior.deadline.text) != key(pair.current.deadline.text)
        and not same_deadline(pair.prior.deadline, pair.current.deadline)
    ]
    typed = [(now, one_line(was.deadline.text), one_line(now.deadline.text) or "空") for was, now in moved]
    ours = [now for now, _, _ in typed]
    shown = [f"{in_sheet(now, ours)}{which(now)}（{before}→{after}）" for now, before, after in typed]
    message = f"时限与上期不同的{len(moved)}项：{first_few(shown, _NAMED)}"
    yield from _one(changes, ours, DEADLINE, "deadline_changed", message, "请核对改时限的依据")


def units_changed(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The responsible units of open rows that are not last period's, or are led by another one, in one note."""
    moved = [
        (pair.prior, pair.current)
        for pair in changes.pairs
        if pair.current.is_open and pair.prior.units and pair.current.units and _differ(pair.prior, pair.current)
    ]
    ours = [now for _, now in moved]
    shown = [f"{in_sheet(now, ours)}{which(now)}（{listed(was.units)}→{listed(now.units)}）" for was, now in moved]
    message = f"责任单位与上期不同的{len(moved)}项：{first_few(shown, _NAMED)}"
    fix = "请核对是否确已调整"
    yield from _one(changes, ours, kind.units.field, "units_changed", message, fix)


def status_merged(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """Statuses whose cell is merged over several rows, and so counts for each of them, in one note."""
    groups: list[list[Row]] = []
    above: Row | None = None
    for row in changes.current.rows:
        if kind.status.field in row.merged and above is not None:
            if not groups or groups[-1][-1] is not above:
                groups.append([above])
            groups[-1].append(row)
        above = row
    tops = [rows[0] for rows in groups]
    spans = [f"{in_sheet(rows[0], tops)}第{rows[0].place.row}至{rows[-1].place.row}行" for rows in groups]
    shown = [f"{span}（{top.label or '空'}）" for top, span in zip(tops, spans, strict=True)]
    message = f"状态一格合并了几行的有{len(groups)}处，每行都按它计：{first_few(shown, _NAMED)}"
    fix = "各行状态不同的，请取消合并后分别填写"
    yield from _one(changes, tops, kind.status.field, "status_merged", message, fix)


def _differ(was: Row, now: Row) -> bool:
    """Are these other units, or led by another? A place put in front or left out makes no difference."""
    before, after = ([_bare(unit) for unit in row.units] for row in (was, now))
    return set(before) != set(after) or before[0] != after[0]


def _bare(unit: str) -> str:
    return key(unit.removeprefix(place_of(unit)))


def _one(changes: Changes, rows: Sequence[Row], name: str, code: str, message: str, fix: str) -> Iterator[Problem]:
    """One note for all these rows, in the cell of the first; nothing where there are none."""
    if rows:
        place = changes.current.place(rows[0], name)
        yield Problem(Level.NOTE, code, message, fix, place=place)
