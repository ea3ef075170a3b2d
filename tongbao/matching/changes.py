"""What happened between two periods: a fate for every row of the prior ledger, an origin for every current row.

The rules of counting that are settled here:

- an item counts as closed before when it was done at its last appearance in an earlier ledger (also when it has
  left since) and is not open now; so an item that was reopened and is done again is newly completed;
- a row that was done in any earlier ledger is never newly completed again, also when it was away in between;
- a row that nobody can trace stops the circular; nothing is taken for finished because it is missing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tongbao.model import (
    PROGRESS,
    REASON,
    Changes,
    Fate,
    How,
    Ledger,
    Level,
    Line,
    Matching,
    Outcome,
    Pair,
    Past,
    Place,
    Problem,
    Question,
    Row,
)
from tongbao.words import text
from tongbao.words.deadlines import same_deadline

NO_LINK = Matching((), (), ())
REASONS = ("理由", REASON, PROGRESS)
Value = TypeVar("Value")


def compare(
    current: Ledger,
    prior: Ledger | None,
    matching: Matching | None,
    earlier: Sequence[Ledger],
    links: Sequence[Matching] = (),
) -> tuple[Changes, list[Problem]]:
    """The two periods side by side, with what all earlier ledgers know of every current row.

    `earlier` holds all ledgers before the current one, oldest first, the prior one last; `links` the matchings from
    each of them to the next. Where those are not given, earlier ledgers are linked by 编号 and unchanged text alone.
    """
    if prior is None or matching is None:
        return Changes(current, past=_History([current], []).past()), []
    older = [*links, *[NO_LINK] * (len(earlier) - 1 - len(links))]
    history = _History([*earlier, current], [*older, matching])
    changes = _sorted_out(current, prior, matching, history)
    _hold(changes)
    problems = [
        *map(_question, matching.questions),
        *_unaccounted(changes, matching),
        *map(_reopened, changes.reopened),
        *_returned(changes, history),
        *_unexplained(changes),
        *_unsettled(earlier, links),
    ]
    return changes, problems


# ---------------------------------------------------------------------------------------------- history


@dataclass(frozen=True, slots=True)
class _Thread:
    """An item followed through the ledgers. `done` is its last appearance if that was done, else None."""

    last: Row
    done: Row | None
    lagging: int
    moved: int = 0
    same_progress: int = 0


def _carried(before: _Thread | None, row: Row) -> _Thread:
    """The thread with one more appearance. Being withdrawn does not undo being done; being open again does."""
    done = row if row.done and not row.withdrawn else (before.done if before and row.withdrawn else None)
    if before is None:
        return _Thread(row, done, int(row.is_lagging))
    return _Thread(
        last=row,
        done=done,
        lagging=before.lagging + 1 if row.is_lagging else 0,
        moved=before.moved + _moved(before.last, row),
        same_progress=before.same_progress + 1 if _copied(before.last, row) else 0,
    )


def _moved(before: Row, now: Row) -> bool:
    """Was a deadline replaced by another one? (setting the first one moves nothing)"""
    old, new = before.deadline, now.deadline
    return bool(old.text and new.text) and old.text != new.text and not same_deadline(old, new)


def _copied(before: Row, now: Row) -> bool:
    """Is the progress the very text of last time (照搬)?"""
    old, new = before.get(PROGRESS), now.get(PROGRESS)
    return bool(new) and (old == new or old.split() == new.split())


class _History:
    """Every item of every ledger as one thread, read from the oldest ledger to the newest.

    `threads` holds the items of the last ledger by the place of their row, `origins` the same items before that
    ledger, `left` those that are not in it.
    """

    def __init__(self, ledgers: Sequence[Ledger], links: Sequence[Matching]) -> None:
        self.threads: dict[Place, _Thread] = {}
        self.origins: dict[Place, _Thread] = {}
        self.left: list[_Thread] = []
        for ledger, link in zip(ledgers, [NO_LINK, *links], strict=True):
            self._read(ledger, link)

    def _read(self, ledger: Ledger, link: Matching) -> None:
        rows = (*ledger.rows, *ledger.closed)
        self.origins = self._linked(link)
        self._find_returned([r for r in rows if r.place not in self.origins], link)
        used = {id(thread) for thread in self.origins.values()}
        self.left = [t for t in (*self.left, *self.threads.values()) if id(t) not in used]
        self.threads = {r.place: _carried(self.origins.get(r.place), r) for r in rows}

    def _linked(self, link: Matching) -> dict[Place, _Thread]:
        """Origins by the matching. Of several rows merged into one, the one still open goes on in it."""
        origins = {p.current.place: self.threads[p.prior.place] for p in (*link.pairs, *link.split)}
        for pair in sorted(link.merged, key=lambda p: not p.prior.is_open):
            origins.setdefault(pair.current.place, self.threads[pair.prior.place])
        return origins

    def _find_returned(self, rows: Sequence[Row], link: Matching) -> None:
        """Origins of rows that were away in between: by 编号, else by text and units, where both are unique.

        Where nobody matched the two last ledgers, this is how they are linked.
        """
        asked = {row.place for question in link.questions for row, _ in question.candidates}
        away = {id(t): t for t in (*self.left, *(self.threads.values() if link is NO_LINK else ()))}
        for named in (_by_id, _by_text) if away else ():
            threads = _unique((named(t.last), t) for t in away.values())
            back = _unique((named(r), r) for r in rows if r.place not in self.origins and r.place not in asked)
            for name in threads.keys() & back.keys():
                self.origins[back[name].place] = away.pop(id(threads[name]))

    def past(self) -> Mapping[Place, Past]:
        """What is known of each row of the last ledger."""
        return {p: Past(t.lagging, t.moved, t.same_progress) for p, t in self.threads.items()}


def _by_id(row: Row) -> Hashable:
    return row.id


def _by_text(row: Row) -> Hashable:
    return row.text and (text.key(row.text), text.key(row.get("名称")), *sorted(row.units))


def _unique(named: Iterable[tuple[Hashable, Value]]) -> dict[Hashable, Value]:
    """Only what a name means without doubt."""
    found: dict[Hashable, list[Value]] = {}
    for name, value in named:
        if name:
            found.setdefault(name, []).append(value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


# ---------------------------------------------------------------------------------------------- fates


@dataclass(frozen=True, slots=True)
class _Standing:
    """A current row, what it was before, and the prior row (or the one before its absence) that it carries on."""

    row: Row
    thread: _Thread | None
    pair: Pair | None

    @property
    def was_done(self) -> bool:
        return self.thread is not None and self.thread.done is not None

    @property
    def was_withdrawn(self) -> bool:
        return self.thread is not None and self.thread.done is None and self.thread.last.withdrawn

    @property
    def is_added(self) -> bool:
        return self.pair is None and not self.was_done and not self.was_withdrawn

    @property
    def is_newly_completed(self) -> bool:
        return self.row.done and not self.row.withdrawn and not self.was_done

    @property
    def is_reopened(self) -> bool:
        return self.row.is_open if self.was_done else self.was_withdrawn and not self.row.withdrawn

    @property
    def is_withdrawn(self) -> bool:
        return self.row.withdrawn and not self.was_done and not self.was_withdrawn

    @property
    def reopening(self) -> Pair:
        """The pair to name: the row as it was done (or withdrawn) last, and as it is now."""
        assert self.thread is not None
        how, score = (self.pair.how, self.pair.score) if self.pair else (How.EXACT, 1.0)
        return Pair(self.thread.done or self.thread.last, self.row, how, score)


def _sorted_out(current: Ledger, prior: Ledger, matching: Matching, history: _History) -> Changes:
    """Every row of both ledgers put where it belongs."""
    pairs = {p.current.place: p for p in (*matching.merged, *matching.split, *matching.pairs)}
    standings = [
        _Standing(row, history.origins.get(row.place), pairs.get(row.place)) for row in (*current.rows, *current.closed)
    ]
    still = [s.thread for s in standings if s.thread and s.was_done and not s.row.is_open]
    outcomes = tuple(_outcomes(prior, matching, history))
    by_answer = {o.row.place for o in matching.withdrawn}
    return Changes(
        current=current,
        prior=prior,
        outcomes=outcomes,
        pairs=matching.pairs,
        added=tuple(s.row for s in standings if s.is_added),
        newly_completed=tuple(s.row for s in standings if s.is_newly_completed),
        closed_before=tuple({t.done.place: t.done for t in (*still, *history.left) if t.done}.values()),
        reopened=tuple(s.reopening for s in standings if s.is_reopened),
        withdrawn=(
            *(s.row for s in standings if s.is_withdrawn),
            *(o.row for o in outcomes if o.row.place in by_answer and o.fate is Fate.WITHDRAWN and o.row.is_open),
        ),
        past=history.past(),
    )


def _outcomes(prior: Ledger, matching: Matching, history: _History) -> Iterator[Outcome]:
    """The fate of every prior row, those of its sheet 销号 last."""
    threads = {t.last.place: t for t in (*history.left, *history.origins.values())}
    targets: dict[Place, list[Row]] = {}
    lives_on = {history.origins[p.current.place].last.place for p in matching.merged}
    merged = (p for p in matching.merged if not p.prior.done or p.prior.place in lives_on)
    for pair in (*matching.pairs, *merged, *matching.split):
        targets.setdefault(pair.prior.place, []).append(pair.current)
    told = {o.row.place: o.reason for o in matching.withdrawn}
    changed = {p.prior.place: Fate.MERGED for p in matching.merged} | {
        p.prior.place: Fate.SPLIT for p in matching.split
    }
    for row in (*prior.rows, *prior.closed):
        to = tuple(targets.get(row.place, ()))
        if threads[row.place].done:
            yield Outcome(row, Fate.CONTINUED if any(r.is_open for r in to) else Fate.CLOSED_BEFORE, to)
        elif row.place in told:
            yield Outcome(row, Fate.WITHDRAWN, to, told[row.place])
        elif row.place in changed:
            yield Outcome(row, changed[row.place], to)
        else:
            yield _plain(row, to)


def _plain(row: Row, to: tuple[Row, ...]) -> Outcome:
    """The fate of an item that was not done, and was neither split nor merged."""
    if not to:
        gone = Outcome(row, Fate.UNACCOUNTED)
        return Outcome(row, Fate.WITHDRAWN, reason=_reason(row)) if row.withdrawn else gone
    now = to[0]
    if now.withdrawn:
        return Outcome(row, Fate.WITHDRAWN, to, _reason(now))
    return Outcome(row, Fate.NEWLY_COMPLETED if now.done else Fate.CONTINUED, to)


def _reason(row: Row) -> str:
    """Why a row was withdrawn, as the ledger says it."""
    return next(filter(None, map(row.get, REASONS)), "")


# ---------------------------------------------------------------------------------------------- the balance


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


def _hold(changes: Changes) -> None:
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


# ---------------------------------------------------------------------------------------------- what the clerk is told


def _question(question: Question) -> Problem:
    """An open question, both rows quoted. It stops the circular: every answer gives other figures."""
    best, score = question.candidates[0]
    message = f"上期这一项在本期没有原样对上，最像{_where(best)}“{_short(best)}”（相似{score:.0%}）：{question.why}" + (
        f"；另有{len(question.candidates) - 1}处相近" if len(question.candidates) > 1 else ""
    )
    fix = "在“对应关系”表的“答复”列选：同一项、不是同一项、并入、拆分或撤销（写明理由）"
    return _problem(Level.ERROR, "undecided", question.row, message, fix)


def _unaccounted(changes: Changes, matching: Matching) -> Iterator[Problem]:
    """Rows of the prior ledger that went without a trace, other than those in question."""
    asked = {question.row.place for question in matching.questions}
    for outcome in changes.outcomes:
        if outcome.fate is Fate.UNACCOUNTED and outcome.row.place not in asked:
            fix = "补回本期台账；或移到“销号”表并注明；或在“对应关系”表里答复并入、拆分或撤销及理由"
            yield _problem(Level.ERROR, "unaccounted", outcome.row, "上期未完成，本期台账里没有，去向不明", fix)


def _reopened(pair: Pair) -> Problem:
    word = "已撤销" if pair.prior.withdrawn else "已完成"
    message = f"{_where(pair.prior)}{word}，本期又列为“{pair.current.label or '未完成'}”"
    return _problem(Level.WARNING, "reopened", pair.current, message, "核对状态；确属重新办理的不用改")


def _returned(changes: Changes, history: _History) -> Iterator[Problem]:
    """Rows whose past does not lead through the prior ledger: away for a period, or closed without ever being open."""
    for row in changes.added:
        thread = history.origins.get(row.place)
        if thread:
            message = f"上期台账里没有，{_where(thread.last)}却有，按本期新增计"
            yield _problem(Level.WARNING, "returned", row, message, "核对上期台账是否漏了这一行")
    closed = {row.place for row in changes.current.closed}
    for row in changes.newly_completed:
        if row.place in closed and row.place not in history.origins:
            message = "“销号”表里有，以前各期台账里都没有，按本期新增并完成计"
            fix = "首期台账以前已销号的（已计入 opening 的）请从“销号”表删去"
            yield _problem(Level.WARNING, "closed_unseen", row, message, fix)


def _unexplained(changes: Changes) -> Iterator[Problem]:
    assert changes.prior is not None
    for row in changes.withdrawn:
        if row.place.file != changes.prior.file and not _reason(row):
            fix = "在这一行的" + "、".join(REASONS) + "任一列写明理由"
            yield _problem(Level.WARNING, "withdrawn_unexplained", row, "撤销没有写明理由", fix)


def _unsettled(earlier: Sequence[Ledger], links: Sequence[Matching]) -> Iterator[Problem]:
    """Questions of earlier periods that nobody answered: an item that was done then may be counted twice now."""
    for before, now, link in zip(earlier, earlier[1:], links, strict=False):
        count = sum(question.row.done for question in link.questions)
        if count:
            message = f"与{before.file}之间有{count}处疑问没有答复，涉及已完成的事项，累计数可能重复"
            fix = f"按那一期运行一次（-p {now.period.token}），答复疑问"
            yield Problem(Level.WARNING, "older_undecided", message, fix, place=Place(now.file))


def _problem(level: Level, code: str, row: Row, message: str, fix: str) -> Problem:
    return Problem(level, code, message, fix, place=row.place, item=row.item, value=row.typed)


def _where(row: Row) -> str:
    return f"{row.place.file}“{row.place.sheet}”第{row.place.row}行"


def _short(row: Row) -> str:
    return row.text if len(row.text) <= 30 else row.text[:30] + "…"
