"""Contradictions between the cells of a ledger, and between two periods: asked about, never corrected.

`CHECKS` is the list of all; each takes the two periods and the kind, and gives problems. To add a check, write a
function and put it in the list. What reading a ledger or pairing two already tells is not told again here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from tongbao.config.kinds import Kind
from tongbao.matching.two_periods import Changes, Past
from tongbao.model import DEADLINE, NO, PROGRESS, REASON, TASK, Level, Place, Problem, Row, State
from tongbao.words.amounts import parse_integer
from tongbao.words.periods import chinese_date, find_phrases, spell_out
from tongbao.words.progress import Counted, counted, finished, stalled, unfinished
from tongbao.words.text import key

Check = Callable[[Changes, Kind], Iterator[Problem]]
_REMARK = "备注"


class _Page:
    """The current ledger as the checks see it: its rows, their partners, and problems placed in its cells."""

    def __init__(self, changes: Changes) -> None:
        self.rows = changes.current.rows
        self.changes = changes
        self.priors: Mapping[Place, Row] = {pair.current.place: pair.prior for pair in changes.pairs}
        self._tables = {table.sheet: table for table in changes.current.tables}

    @property
    def open_rows(self) -> Iterable[Row]:
        return (row for row in self.rows if row.is_open)

    def has(self, row: Row, name: str) -> bool:
        """Has the row's sheet a column for this field?"""
        table = self._tables.get(row.place.sheet)
        return table is not None and name in table.headers

    def past(self, row: Row) -> Past:
        return self.changes.past.get(row.place, Past())

    def problem(self, level: Level, code: str, row: Row, name: str, message: str, fix: str) -> Problem:
        """A problem in the cell of a row's field; its value is cut where it is long."""
        header = self._tables[row.place.sheet].headers[name].text if self.has(row, name) else ""
        value = row.get(name)
        place = self.changes.current.place(row, name)
        return Problem(
            level,
            code,
            message,
            fix,
            place=place,
            header=header,
            item=row.item,
            value=value if len(value) <= 40 else value[:40] + "…",
        )


def _label(row: Row) -> str:
    return row.label or row.typed or "空"


# ---------------------------------------------------------------------------------------------- status and progress


def stalled_on_track(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The status says on track, the text says 停工, 未开工, 逾期, 滞后."""
    page = _Page(changes)
    for row in page.open_rows:
        if row.state is State.ON_TRACK and (clause := stalled(row.get(PROGRESS))):
            message = f"状态是“{_label(row)}”，进展里写着“{clause}”"
            fix = "确实停滞、滞后的改状态；已经恢复的请在进展里写明"
            yield page.problem(Level.WARNING, "stalled_on_track", row, PROGRESS, message, fix)


def finished_but_open(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The text says that the whole task is done, the status does not."""
    page = _Page(changes)
    for row in page.open_rows:
        if row.state is not State.PARTIAL and (clause := finished(row.get(PROGRESS), row.text)):
            message = f"进展里写着“{clause}”，状态是“{_label(row)}”"
            fix = "已办结的改状态；只办了一部分的，请写明还差什么"
            yield page.problem(Level.WARNING, "finished_but_open", row, PROGRESS, message, fix)


def done_but_unfinished(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The status says done, the text says not yet, or that work stands still."""
    page = _Page(changes)
    for row in page.rows:
        text = row.get(PROGRESS)
        if row.state is State.DONE and row.done and (clause := unfinished(text) or stalled(text)):
            message = f"状态是“{_label(row)}”，进展里写着“{clause}”"
            fix = "没有办结的改状态；已办结的请更新进展"
            yield page.problem(Level.WARNING, "done_but_unfinished", row, PROGRESS, message, fix)


def progress_missing(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """An open row says nothing of its progress."""
    page = _Page(changes)
    for row in page.open_rows:
        if page.has(row, PROGRESS) and not row.get(PROGRESS).strip():
            message, fix = "没有填写进展", "请填写截至本期的进展"
            yield page.problem(Level.WARNING, "progress_missing", row, PROGRESS, message, fix)


def progress_copied(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The progress of an open row is last period's, word for word."""
    page = _Page(changes)
    for row in page.open_rows:
        if row.get(PROGRESS).strip() and (times := page.past(row).same_progress):
            message = "进展与上期一字不差" if times == 1 else f"进展已连续{times + 1}期一字不差"
            fix = "请补写本期的新进展；确无进展的请写明原因"
            yield page.problem(Level.WARNING, "progress_copied", row, PROGRESS, message, fix)


# ---------------------------------------------------------------------------------------------- numbers that fell


def numeral_fell(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A numeral that only grows is smaller than last period: in the progress text, or in a column of things done.

    Nothing is compared over the turn of a year, when counts of the year begin anew.
    """
    page = _Page(changes)
    if changes.prior is None or changes.prior.period.last.year != changes.current.period.last.year:
        return
    grown = [column.field for column in kind.columns if "完成" in column.field and "计划" not in column.field]
    for row in page.rows:
        if prior := page.priors.get(row.place):
            for was, now in _fallen(prior.get(PROGRESS), row.get(PROGRESS)):
                message = f"“{now.name}”上期是{was.typed}，本期是{now.typed}，变小了"
                yield page.problem(Level.WARNING, "numeral_fell", row, PROGRESS, message, _FELL)
            for name in grown:
                before, after = prior.cells.get(name), row.cells.get(name)
                if isinstance(before, Decimal) and isinstance(after, Decimal) and after < before:
                    message = f"上期是{before:f}，本期是{after:f}，变小了"
                    yield page.problem(Level.WARNING, "numeral_fell", row, name, message, _FELL)


_FELL = "请核对哪一期写错；口径变了的请在进展里说明"


def _fallen(prior: str, current: str) -> Iterator[tuple[Counted, Counted]]:
    after = counted(current)
    before = counted(prior) if after else {}
    for name, now in after.items():
        if name in before and now.value < before[name].value:
            yield before[name], now


# ---------------------------------------------------------------------------------------------- what is missing


def unit_missing(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A row that nobody answers for."""
    page = _Page(changes)
    for row in page.rows:
        if not row.units and page.has(row, kind.units.field):
            message, fix = "没有责任单位", "请填写单位；与上一行相同的，可以合并单元格"
            yield page.problem(Level.WARNING, "unit_missing", row, kind.units.field, message, fix)


def reason_missing(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A row that lags, or is suspended, without saying why, where the sheet has a column for reasons."""
    page = _Page(changes)
    for row in page.open_rows:
        said = row.get(REASON).strip() or (row.state is State.SUSPENDED and row.get(_REMARK).strip())
        if row.state in (State.LAGGING, State.SUSPENDED) and page.has(row, REASON) and not said:
            message = f"状态是“{_label(row)}”，没有写原因"
            yield page.problem(Level.WARNING, "reason_missing", row, REASON, message, "请写明原因，通报要用")


# ---------------------------------------------------------------------------------------------- numbers and doubles


def number_twice(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """Two rows of one numbering bear the same 序号 and are not sub-rows of one item."""
    page = _Page(changes)
    for rows in _numberings(page.rows):
        first: dict[str, Row] = {}
        for row in rows:
            before = first.setdefault(row.no, row)
            if before is not row and not _of_one_item(before, row):
                message = f"序号{row.no}与第{before.place.row}行重复"
                fix = "请改正其中一个；同属一个大项的，请合并序号单元格"
                yield page.problem(Level.WARNING, "number_twice", row, NO, message, fix)


def number_gap(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A numbering leaves numbers out."""
    page = _Page(changes)
    for rows in _numberings(page.rows):
        numbered = {n: row for row in reversed(rows) if (n := parse_integer(row.no)) is not None}
        gaps = [(a, b) for a, b in pairwise(sorted(numbered)) if b > a + 1]
        if gaps:
            missing = "、".join(f"{a + 1}" if b == a + 2 else f"{a + 1}至{b - 1}" for a, b in gaps[:5])
            message = f"序号不连续，缺{missing}" + ("等" if len(gaps) > 5 else "")
            fix = "办结销号后留下的空号不用改；漏了行的请补上"
            yield page.problem(Level.NOTE, "number_gap", numbered[gaps[0][1]], NO, message, fix)


def task_twice(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """Two items of one section are the same task of the same units."""
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
    """Are these sub-rows of one item: the number or the task merged, or the same task under the same number?"""
    merged = NO in row.merged or TASK in row.merged
    return row.no == before.no and (merged or (bool(row.no) and key(row.text) == key(before.text)))


def _numberings(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The numbered rows of each sheet in one list, or in one for each section where numbers begin anew in sections."""
    sheets: dict[str, dict[tuple[str, ...], list[Row]]] = {}
    for row in rows:
        if row.no:
            sheets.setdefault(row.place.sheet, {}).setdefault(row.section, []).append(row)
    for sections in sheets.values():
        anew = sum(parse_integer(found[0].no) == 1 for found in sections.values()) > 1
        yield from sections.values() if anew else [[row for found in sections.values() for row in found]]


# ---------------------------------------------------------------------------------------------- deadlines and history


def deadline_in_text(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The deadline cell is empty, the task names a day by which it is due."""
    page = _Page(changes)
    for row in page.open_rows:
        if page.has(row, DEADLINE) and not row.deadline.text:
            spelt = spell_out(row.text)
            due = next((p for p in find_phrases(spelt) if p.limited and (p.unit in ("day", "whole") or p.edge)), None)
            if due:
                message = f"时限没有填，事项里写着“{spelt[due.start : due.stop].strip()}”"
                fix = "请把时限填到这一栏，才能判断是否逾期"
                yield page.problem(Level.NOTE, "deadline_in_text", row, DEADLINE, message, fix)


def deadline_reread(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The same words of a deadline mean another day than last period, for the year was inferred."""
    page = _Page(changes)
    for row in page.open_rows:
        prior = page.priors.get(row.place)
        if prior is None or key(prior.deadline.text) != key(row.deadline.text):
            continue
        before, after = prior.deadline.last, row.deadline.last
        if before and after and before != after:
            message = f"同样写“{row.deadline.text}”，上期按{chinese_date(before)}，本期按{chinese_date(after)}"
            yield page.problem(Level.WARNING, "deadline_reread", row, DEADLINE, message, "请在时限里写明年份")


def long_lagging(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """A row lags for two periods in a row, or more."""
    page = _Page(changes)
    for row in page.open_rows:
        if (times := page.past(row).lagging_periods) >= 2:
            message, fix = f"已连续{times}期滞后", "请核实原因，考虑列为重点督办"
            yield page.problem(Level.NOTE, "long_lagging", row, kind.status.field, message, fix)


def deadline_moved(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """The deadline of an open row was put off, or moved, more than once."""
    page = _Page(changes)
    for row in page.open_rows:
        if (times := page.past(row).moved) >= 2:
            message, fix = f"时限已改过{times}次", "请核对改时限的依据"
            yield page.problem(Level.NOTE, "deadline_moved", row, DEADLINE, message, fix)


CHECKS: tuple[Check, ...] = (
    stalled_on_track,
    finished_but_open,
    done_but_unfinished,
    progress_missing,
    progress_copied,
    numeral_fell,
    unit_missing,
    reason_missing,
    number_twice,
    number_gap,
    task_twice,
    deadline_in_text,
    deadline_reread,
    long_lagging,
    deadline_moved,
)
