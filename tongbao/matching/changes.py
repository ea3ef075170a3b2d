"""What happened between two periods: each prior row gets one fate, each current row an origin or none.

The rules of counting that are kept here:

- an item is closed before if it was done when an earlier ledger last listed it and it is not open now, whether it
  is still listed or not; so an item that was reopened and is done again is newly completed;
- a row that an earlier ledger had as done is not newly completed again, even if it was missing in between;
- a row that cannot be traced stops the circular: being missing is never taken for being finished.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tongbao.matching.balance import hold
from tongbao.matching.history import NO_LINK, History, Thread
from tongbao.matching.register import register
from tongbao.matching.told import reason, told
from tongbao.matching.two_periods import Changes, Fate, How, Matching, Outcome, Pair
from tongbao.model import Ledger, Place, Problem, Row


def compare(
    current: Ledger,
    prior: Ledger | None,
    matching: Matching | None,
    earlier: Sequence[Ledger],
    links: Sequence[Matching] = (),
) -> tuple[Changes, list[Problem]]:
    """The two periods side by side with the history of every current row, and what the clerk is told of them.

    `earlier`: all ledgers before the current one, the oldest first, the prior one last. `links`: the matchings from
    each of them to the next; where one is missing, those two are linked by 编号 and unchanged text alone.
    """
    if prior is None or matching is None:
        alone = History([current], [])
        return Changes(current, past=alone.past(), register=register(alone)), []
    older = [*links, *[NO_LINK] * (len(earlier) - 1 - len(links))]
    history = History(earlier, older)
    before = register(history)
    history.read(current, matching)
    changes = replace(_sorted_out(current, prior, matching, history), register_before=before)
    hold(changes)
    return changes, told(changes, matching, history, earlier, links)


# ---------------------------------------------------------------------------------------------- fates


@dataclass(frozen=True, slots=True)
class _Standing:
    """A current row with its thread through the earlier ledgers, and its pair with a prior row; None where new."""

    row: Row
    thread: Thread | None
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
        """The row as it was when last done or withdrawn, paired with the row now."""
        assert self.thread is not None
        how, score = (self.pair.how, self.pair.score) if self.pair else (How.EXACT, 1.0)
        return Pair(self.thread.done or self.thread.last, self.row, how, score)


def _sorted_out(current: Ledger, prior: Ledger, matching: Matching, history: History) -> Changes:
    """The changes: every row of both ledgers in the lists that it belongs to."""
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
        pairs=(*matching.pairs, *(s.reopening for s in standings if s.is_reopened and s.pair is None)),
        assumed=matching.assumed,
        questions=matching.questions,
        added=tuple(s.row for s in standings if s.is_added),
        newly_completed=tuple(s.row for s in standings if s.is_newly_completed),
        closed_before=tuple({t.done.place: t.done for t in (*still, *history.left) if t.done}.values()),
        reopened=tuple(s.reopening for s in standings if s.is_reopened),
        withdrawn=(
            *(s.row for s in standings if s.is_withdrawn),
            *(o.row for o in outcomes if o.row.place in by_answer and o.fate is Fate.WITHDRAWN and o.row.is_open),
        ),
        past=history.past(),
        register=register(history),
    )


def _outcomes(prior: Ledger, matching: Matching, history: History) -> Iterator[Outcome]:
    """One outcome for every prior row, those of its sheet 销号 last."""
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
    """The outcome of a row that was not done before, and was neither split nor merged."""
    if not to:
        gone = Outcome(row, Fate.UNACCOUNTED)
        return Outcome(row, Fate.WITHDRAWN, reason=reason(row)) if row.withdrawn else gone
    now = to[0]
    if now.withdrawn:
        return Outcome(row, Fate.WITHDRAWN, to, reason(now))
    return Outcome(row, Fate.NEWLY_COMPLETED if now.done else Fate.CONTINUED, to)
