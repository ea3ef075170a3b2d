"""`next`: the ledger of the next period, carried on from the newest one, which stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tongbao.ledger.asked import Job
from tongbao.ledger.intake import Newest, newest_ledger
from tongbao.ledger.on_file import ledgers_in
from tongbao.matching.answers import Answer, Mark, Verdict, to_rows
from tongbao.matching.decisions_aside import Decision
from tongbao.matching.kept_answers import on_file
from tongbao.matching.two_places import united
from tongbao.model import LAST_PROGRESS, PROGRESS, UNFILLED_FILE, Ledger, Level, Period, Problem, Refusal
from tongbao.outside.deliver import write_whole
from tongbao.rounds.next_period.last_known import LastKnown, last_known
from tongbao.rounds.next_period.naming import following, next_file_name
from tongbao.rounds.next_period.next_sheet import moved_book, moved_ledger, moved_said, next_sheet
from tongbao.rounds.next_period.succession import Succession, succession
from tongbao.rounds.next_period.workbook import next_book
from tongbao.rounds.writing_on import to_write_on
from tongbao.rounds.written import Written, refuse_existing
from tongbao.words.periods import parse_period
from tongbao.words.text import key


def next_ledger(job: Job, typed: str | None, ask: Callable[[], str | None] = lambda: None) -> Written:
    """Writes the next period's ledger beside the newest one.

    `typed` is the period as typed; it is needed after a ledger of a single day, and asked for with `ask` once all else
    is known to be well. Raises Refusal where it is missing or not later, where its ledger is there already, or where
    the newest ledger is not filled in or nothing can be written from it.
    """
    newest, problems = newest_ledger(job)
    if newest is None:
        return Written(None, tuple(problems))
    whole = to_write_on(newest)
    last = last_known([*newest.before, newest.ledger], job)
    _refuse_unfilled(newest.ledger, last)
    period = _period_after(newest.ledger, typed or ask(), _period_before(job, newest))
    target = newest.path.with_name(next_file_name(newest.ledger, period, whole.looks))
    refuse_existing(target)
    carried, told = _carried_on(newest, period, last, job)
    units = [unit.name for unit in newest.roster.units] if newest.roster else []
    data, lost = next_book(whole, newest.data, carried, job.kind, units, config_sheet=job.report.sheet)
    write_whole(target, data)
    _remember_ids(job, carried)
    return Written(target, (*problems, *told, *lost))


def _carried_on(newest: Newest, period: Period, last: LastKnown, job: Job) -> tuple[Succession, list[Problem]]:
    """What becomes of the rows; where each period is a sheet, as if they stood on the sheet that is added."""
    book, ledger, said, kind = newest.book, newest.ledger, last.said, job.kind
    if added := next_sheet(newest, period):
        book, ledger, said = moved_book(book, added), moved_ledger(ledger, added), moved_said(said, added)
    carried, told = succession(book, ledger, kind, period, newest.used, said, renumber=job.report.renumber)
    return replace(carried, added=added), told


def _refuse_unfilled(ledger: Ledger, last: LastKnown) -> None:
    """Raises Refusal for a ledger that was carried on and not filled in, unless somebody has decided about its rows.

    Else an empty month would be carried on by mistake, by who ran the command twice.
    """
    undone = [row for row in ledger.rows if row.is_open]
    carried_on = any(row.get(LAST_PROGRESS) or row.others.get(LAST_PROGRESS) for row in undone)
    if carried_on and last.waiting and not any(row.get(PROGRESS) for row in undone):
        message = f"最新一期台账“{ledger.file}”还没有填写进展，不能再往下结转"
        fix = f"先填好这一期；不再等的，在“{UNFILLED_FILE}”里选“照上期”或“未报送”；不要这一期的，请把它移走"
        raise Refusal(*last.problems, Problem(Level.ERROR, "use", message, fix))


def _remember_ids(job: Job, carried: Succession) -> None:
    """Stores which row is which for rows that got an id only now and share their text with another row."""
    texts = Counter(key(row.text) for row in carried.old.rows)
    fresh = [c for c in carried.named if texts[key(c.row.text)] > 1]
    if not fresh:
        return
    periods = (carried.old.period.label, carried.period.label)
    filed = on_file(job.report.input)
    for one in fresh:
        mark = Mark.of(one.row)
        filed.add(Decision(periods, mark, (Answer(periods, mark, Verdict.SAME, Mark(id=one.id)),)))
    known, against = united(filed.filed, filed.aside)
    if filed.may_be_written and not against:
        # Where somebody has the workbook open, the answers stay where they are and count all the same.
        filed.write(to_rows((), (), carried.old, replace(carried.old, period=carried.period), known))


def _period_before(job: Job, newest: Newest) -> Period | None:
    """The period of the ledger before; None where there is none."""
    ledger = newest.ledger
    if newest.sheet:
        return max((before.period for before in newest.before if before.period < ledger.period), default=None)
    return max((one.period for one in ledgers_in(job.report.input)[0] if one.period < ledger.period), default=None)


def _period_after(ledger: Ledger, typed: str | None, earlier: Period | None) -> Period:
    """The typed period, or the one that follows. Raises Refusal where it cannot be read or told, or is not later."""
    period = parse_period(typed) if typed else following(ledger.period, earlier, ledger.file)
    if period is None:
        message = f"看不懂期次“{typed}”" if typed else f"本期是{ledger.period.label}，下一期是哪一天不能推定"
        raise Refusal(Problem(Level.ERROR, "use", message, "用 -p 写明下一期，如 next -p 2022-03-01"))
    if not ledger.period < period:
        message = f"{period.label}不在最新一期（{ledger.period.label}）之后"
        raise Refusal(Problem(Level.ERROR, "use", message, "用 -p 写明下一期，如 next -p 2022-03-01"))
    return period
