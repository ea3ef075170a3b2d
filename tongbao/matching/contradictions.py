"""Contradictions between the cells of a ledger, and between two periods: the clerk is told, nothing is corrected.

Each check takes the two periods and the kind and gives problems; `CHECKS` lists them all. To add one, write a function
and put it in the list. What reading or matching has already reported is not repeated here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from tongbao.config.kinds import ColumnType, Kind
from tongbao.config.status_from import Stands
from tongbao.matching.falls import numeral_fell
from tongbao.matching.moved import deadline_changed, status_merged, units_changed
from tongbao.matching.past_dates import next_step_past
from tongbao.matching.quoting import in_cell
from tongbao.matching.stale_amounts import amount_unchanged
from tongbao.matching.two_periods import Changes, Past
from tongbao.model import DEADLINE, NO, PROGRESS, REASON, TASK, TO_BE_AGREED, Filling, Level, Problem, Row, State
from tongbao.words.amounts import parse_integer
from tongbao.words.periods import chinese_date, find_phrases, spell_out
from tongbao.words.progress import finished, stalled, unfinished
from tongbao.words.text import first_few, key

Check = Callable[[Changes, Kind], Iterator[Problem]]
# Only a suspended row may give its reason in 备注: elsewhere the column often holds the status word itself, as in the
# published annex after which meeting-decisions was made. The price: a lagging row whose reason stands in 备注 is told.
_REMARK = "备注"
# A list of missing numbers names so many gaps, then says 等 (set by feel: one line; a later gap is not named).
_GAPS = 5
# Told from the second period in a row: the alarm rules of published circulars start at two (others at three periods in
# a row, so an office of those is told one period early, as a note).
_LONG = 2
# Told from the second change on: a deadline is put off once as a matter of course (set by feel). The price: a single
# change is not told here; 核对表 shows it.
_OFTEN = 2


class _Page:
    """The current ledger as the checks see it: its rows, their past, and problems placed in its cells."""

    def __init__(self, changes: Changes) -> None:
        self.rows = changes.current.rows
        self.changes = changes
        self.has = changes.current.has

    @property
    def open_rows(self) -> Iterable[Row]:
        return (row for row in self.rows if row.is_open)

    def answering(self, row: Row, kind: Kind) -> str:
        """The field whose units answer for the row, as reading took it; empty where its sheet has none."""
        fields = [kind.units.field, *(c.field for c in kind.columns if c.type is ColumnType.UNITS)]
        return next((name for name in fields if self.has(row, name)), "")

    def past(self, row: Row) -> Past:
        return self.changes.past.get(row.place, Past())

    def problem(self, level: Level, code: str, row: Row, name: str, message: str, fix: str) -> Problem:
        """A problem in the cell of a row's field (see `quoting.in_cell`)."""
        return in_cell(self.changes.current, row, name, level, code, message, fix)


def _label(row: Row) -> str:
    return row.label or row.typed or "空"


# ---------------------------------------------------------------------------------------------- status and progress


def stalled_on_track(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The status says on track, the progress says 停工, 未开工, 逾期 or 滞后."""
    page = _Page(changes)
    for row in page.open_rows:
        if row.state is State.ON_TRACK and (clause := stalled(row.get(PROGRESS))):
            message = f"状态是“{_label(row)}”，进展里写着“{clause}”"
            fix = "确实停滞、滞后的改状态；已经恢复的请在进展里写明"
            yield page.problem(Level.WARNING, "stalled_on_track", row, PROGRESS, message, fix)


def finished_but_open(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The progress says that the whole task is done, the status does not."""
    page = _Page(changes)
    for row in page.open_rows:
        if row.state is not State.PARTIAL and (clause := finished(row.get(PROGRESS), row.text)):
            message = f"进展里写着“{clause}”，状态是“{_label(row)}”"
            fix = "已办结的改状态；只办了一部分的，请写明还差什么"
            yield page.problem(Level.WARNING, "finished_but_open", row, PROGRESS, message, fix)


def done_but_unfinished(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The status says done, the progress says that something is left to do or that work stands still."""
    page = _Page(changes)
    for row in page.rows:
        text = row.get(PROGRESS)
        if row.state is State.DONE and row.done and (clause := unfinished(text) or stalled(text)):
            message = f"状态是“{_label(row)}”，进展里写着“{clause}”"
            fix = "没有办结的改状态；已办结的请更新进展"
            yield page.problem(Level.WARNING, "done_but_unfinished", row, PROGRESS, message, fix)


def not_agreed(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The progress of a row still holds what several units sent, who do not say the same."""
    page = _Page(changes)
    for row in page.rows:
        if row.get(PROGRESS).startswith(TO_BE_AGREED):
            message = "几个单位退回的不一样，还没有商定"
            fix = "改成一种说法；或者再汇总一次，写明 --joint 合写 或 --joint 牵头"
            yield page.problem(Level.ERROR, "not_agreed", row, PROGRESS, message, fix)


def progress_missing(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The progress of an open row is empty."""
    page = _Page(changes)
    for row in page.open_rows:
        if page.has(row, PROGRESS) and row.state is not State.UNREPORTED and not row.get(PROGRESS).strip():
            message, fix = "没有填写进展", "请填写截至本期的进展"
            yield page.problem(Level.WARNING, "progress_missing", row, PROGRESS, message, fix)


def progress_copied(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The progress of an open row is last period's, word for word."""
    page = _Page(changes)
    for row in page.open_rows:
        told = row.filling is Filling.REPORTED  # of the others it is told unit by unit that they are last period's
        if told and row.get(PROGRESS).strip() and (times := page.past(row).same_progress):
            message = "进展与上期一字不差" if times == 1 else f"进展已连续{times + 1}期一字不差"
            fix = "请补写本期的新进展；确无进展的请写明原因"
            yield page.problem(Level.WARNING, "progress_copied", row, PROGRESS, message, fix)


# ---------------------------------------------------------------------------------------------- what is missing


def unit_missing(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A row without a responsible unit."""
    page = _Page(changes)
    for row in page.rows:
        name = page.answering(row, kind)
        if not row.units and name:
            message, fix = "没有责任单位", "请填写单位；与上一行相同的，可以合并单元格"
            yield page.problem(Level.WARNING, "unit_missing", row, name, message, fix)


def reason_missing(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A row lags or is suspended and gives no reason, though the sheet has a column for reasons."""
    page = _Page(changes)
    for row in page.open_rows:
        said = row.get(REASON).strip() or (row.state is State.SUSPENDED and row.get(_REMARK).strip())
        if row.state in (State.LAGGING, State.SUSPENDED) and page.has(row, REASON) and not said:
            message = f"状态是“{_label(row)}”，没有写原因"
            yield page.problem(Level.WARNING, "reason_missing", row, REASON, message, "请写明原因，通报要用")


# ---------------------------------------------------------------------------------------------- numbers and doubles


def number_twice(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """Two rows of one numbering have the same 序号 and are not sub-rows of one item."""
    page = _Page(changes)
    for rows in _numberings(page.rows, kind):
        first: dict[str, Row] = {}
        for row in rows:
            before = first.setdefault(row.no, row)
            if before is not row and not _of_one_item(before, row):
                message = f"序号{row.no}与第{before.place.row}行重复"
                fix = "请改正其中一个；同属一个大项的，请合并序号单元格"
                yield page.problem(Level.WARNING, "number_twice", row, NO, message, fix)


def number_gap(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """Numbers are left out of a numbering that no item on file ever had: those of closed items are no news.

    Of an older gap nothing is said again: what became of its item was told when it left.
    """
    page = _Page(changes)
    had = {parse_integer(row.no) for row in _known_rows(changes)}
    before = max(
        (n for row in (changes.prior.rows if changes.prior else ()) if (n := parse_integer(row.no))), default=0
    )
    for rows in _numberings(page.rows, kind):
        numbered = {n: row for row in reversed(rows) if (n := parse_integer(row.no)) is not None}
        between = {
            b: [n for n in range(a + 1, b) if n not in had and n > before] for a, b in pairwise(sorted(numbered))
        }
        gaps = [(b, missing) for b, missing in between.items() if missing]
        if gaps:
            named = [f"{m[0]}" if len(m) == 1 else f"{m[0]}至{m[-1]}" for _, m in gaps]
            message = f"序号不连续，缺{first_few(named, _GAPS)}"
            fix = "办结销号后留下的空号不用改；漏了行的请补上"
            yield page.problem(Level.NOTE, "number_gap", numbered[gaps[0][0]], NO, message, fix)


def _known_rows(changes: Changes) -> Iterator[Row]:
    """The rows that have left the working sheet, or stood in the last one: what became of each is told elsewhere."""
    yield from changes.current.closed
    yield from changes.closed_before
    yield from changes.withdrawn
    yield from (outcome.row for outcome in changes.outcomes)
    yield from (entry.row for entry in changes.register if not entry.in_sheet)


def task_twice(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """Two items of one section have the same task and the same units."""
    page = _Page(changes)
    first: dict[object, Row] = {}
    for row in page.rows:
        names = tuple(key(row.get(field)) for field in kind.short)
        before = first.setdefault((row.place.sheet, row.section, key(row.text), row.units, names), row)
        if before is not row and not _of_one_item(before, row):
            message = f"与第{before.place.row}行的事项、单位完全相同"
            fix = "重复的请删去一行；不是同一件事的，请写出区别"
            yield page.problem(Level.WARNING, "task_twice", row, TASK, message, fix)


def _of_one_item(before: Row, row: Row) -> bool:
    """Are these sub-rows of one item: under one number, with the number or the task merged, or with the same task?

    A published list of year tasks has six rows of one task under one number, each with its own unit and status.
    """
    merged = NO in row.merged or TASK in row.merged
    return row.no == before.no and (merged or (bool(row.no) and key(row.text) == key(before.text)))


def _numberings(rows: Iterable[Row], kind: Kind) -> Iterator[list[Row]]:
    """The numbered rows of each sheet: one list, or one for each section where the numbers start again by section.

    They do where two sections or more start with 1: a first section always does. The price: sections that start again
    with another number are taken for one numbering, and their equal numbers are told. A heading that tells the state
    (二、已办结事项) is no section of a row, but the label of all below it.
    """
    headed = kind.status_from is not None and kind.status_from.where is Stands.SECTIONS
    sheets: dict[str, dict[tuple[str, ...], list[Row]]] = {}
    for row in rows:
        if row.no:
            section = (*row.section, row.label) if headed else row.section
            sheets.setdefault(row.place.sheet, {}).setdefault(section, []).append(row)
    for sections in sheets.values():
        anew = sum(parse_integer(found[0].no) == 1 for found in sections.values()) > 1
        yield from sections.values() if anew else [[row for found in sections.values() for row in found]]


# ---------------------------------------------------------------------------------------------- deadlines and history


def deadline_in_text(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The deadline cell is empty, but the task names the day by which it is due. Published annexes have such rows."""
    page = _Page(changes)
    for row in page.open_rows:
        if page.has(row, DEADLINE) and not row.deadline.text:
            # Only dates with 前 that mean one day: 4月底前, 5月1日前, 年底前. Kept out are 2022年环镇路 (a name) and
            # 8月前 (with or without August?). The price: 2022年内完成, 三季度完成 and 6月中旬前 are not told.
            spelt = spell_out(row.text)
            due = next((p for p in find_phrases(spelt) if p.limited and (p.unit in ("day", "whole") or p.edge)), None)
            if due:
                message = f"时限没有填，事项里写着“{spelt[due.start : due.stop].strip()}”"
                fix = "请把时限填到这一栏，才能判断是否逾期"
                yield page.problem(Level.NOTE, "deadline_in_text", row, DEADLINE, message, fix)


def deadline_reread(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The words of a deadline are last period's, but mean another day, because the year was inferred."""
    page, priors = _Page(changes), changes.priors
    for row in page.open_rows:
        prior = priors.get(row.place)
        if prior is None or key(prior.deadline.text) != key(row.deadline.text):
            continue
        before, after = prior.deadline.last, row.deadline.last
        if before and after and before != after:
            message = f"同样写“{row.deadline.text}”，上期按{chinese_date(before)}，本期按{chinese_date(after)}"
            yield page.problem(Level.WARNING, "deadline_reread", row, DEADLINE, message, "请在时限里写明年份")


def long_lagging(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A row has been lagging for two or more periods in a row, this one included."""
    page = _Page(changes)
    for row in page.open_rows:
        if (times := page.past(row).lagging_periods) >= _LONG:
            message, fix = f"已连续{times}期滞后", "请核实原因，考虑列为重点督办"
            yield page.problem(Level.NOTE, "long_lagging", row, kind.status.field, message, fix)


def deadline_moved(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The deadline of an open row was changed more than once since its first ledger on file."""
    page = _Page(changes)
    for row in page.open_rows:
        if (times := page.past(row).moved) >= _OFTEN:
            message, fix = f"时限已改过{times}次", "请核对改时限的依据"
            yield page.problem(Level.NOTE, "deadline_moved", row, DEADLINE, message, fix)


CHECKS: tuple[Check, ...] = (
    stalled_on_track,
    finished_but_open,
    done_but_unfinished,
    not_agreed,
    progress_missing,
    progress_copied,
    numeral_fell,
    amount_unchanged,
    next_step_past,
    unit_missing,
    reason_missing,
    number_twice,
    number_gap,
    task_twice,
    deadline_in_text,
    deadline_reread,
    long_lagging,
    deadline_moved,
    deadline_changed,
    units_changed,
    status_merged,
)
