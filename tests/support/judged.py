"""What a matcher made of a month: right without a question, a needed question, a needless stop, a figure silently wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from tests.support.simulator import Step
from tongbao.matching.answers import Answer, Verdict, answer
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.two_periods import Changes, Fate, How, Matching, Pair
from tongbao.model import Row

RIGHT, NEEDED, STOP, SILENT = "right", "needed question", "needless stop", "silently wrong"


@dataclass
class Judged:
    """The verdict on one month. `asked`: prior rows asked about without need; `sure`, `assumed`: wrong pairs."""

    verdict: str
    rows: int
    asked: list[Row] = field(default_factory=list)
    sure: list[Pair] = field(default_factory=list)
    assumed: list[Pair] = field(default_factory=list)
    pairs: int = 0
    assumptions: int = 0


def judged(step: Step) -> Judged:
    """How the matcher fares with a month of which the truth is known."""
    found, _ = match(step.prior, step.current)
    changes = _changes(step, found)
    index = {row.place: i for i, row in enumerate(step.prior.rows)}
    lost = [o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED]
    stopped = {row.place: row for row in (*lost, *(q.row for q in found.questions))}
    needless = [row for row in stopped.values() if not _is_needed(step, index[row.place], found)]
    wrong = list(_wrong(step, found))
    return Judged(
        _verdict(step, found, changes, needless, list(stopped.values())),
        len(step.prior.rows),
        needless,
        [p for p in wrong if not p.assumed],
        [p for p in wrong if p.assumed],
        len(found.pairs),
        sum(p.assumed for p in found.pairs),
    )


def _verdict(step: Step, found: Matching, changes: Changes, needless: list[Row], stopped: list[Row]) -> str:
    if needless:
        return STOP
    if stopped:
        priors = {row.place: i for i, row in enumerate(step.prior.rows)}
        told = [a for row in stopped for a in truth_of_row(step, priors[row.place])]
        answered, _ = match(step.prior, step.current, told)
        changes = _changes(step, answered)
    right = _figures(changes) == _figures(_changes(step, true_matching(step)))
    return (NEEDED if stopped else RIGHT) if right else SILENT


def _is_needed(step: Step, i: int, found: Matching) -> bool:
    """Did the row truly vanish, or may a new row beside it be a part of it?"""
    row, truth = step.prior.rows[i], step.truth
    if i not in truth.pairs:
        return row.is_open or i in truth.split or i in truth.merged
    rows = (*step.current.rows, *step.current.closed)
    partner, added = rows[truth.pairs[i]], {rows[j].place: rows[j] for j in truth.added}
    if partner.text == row.text:
        return False
    candidates = [c for q in found.questions if q.row.place == row.place for c, _ in q.candidates]
    same = {
        c.place
        for c in candidates
        if c.place in added and set(c.units) & set(row.units) and c.get("名称") == row.get("名称")
    }
    return bool(same) and any(c.place == partner.place for c in candidates)


def _wrong(step: Step, found: Matching) -> Iterator[Pair]:
    """Wrong pairs. The row that kept the 编号 of an item that was split or merged may be taken for it, or a part."""
    priors = {row.place: i for i, row in enumerate(step.prior.rows)}
    currents = {row.place: j for j, row in enumerate((*step.current.rows, *step.current.closed))}
    for pair in found.pairs:
        i, j = priors[pair.prior.place], currents[pair.current.place]
        part = j in step.truth.split.get(i, ()) or step.truth.merged.get(i) == j
        if step.truth.pairs.get(i) != j and not part and not _alike(step, i, pair):
            yield pair


def _alike(step: Step, i: int, pair: Pair) -> bool:
    """Could nobody tell this row from the true one: the same words, units and state?"""
    rows = (*step.current.rows, *step.current.closed)
    true = rows[step.truth.pairs[i]] if i in step.truth.pairs else None
    return true is not None and _looks(true) == _looks(pair.current)


def _looks(row: Row) -> tuple[object, ...]:
    return row.text, row.get("名称"), row.units, row.state, row.done


def _changes(step: Step, found: Matching) -> Changes:
    return compare(step.current, step.prior, found, [step.prior])[0]


def _figures(changes: Changes) -> Counter[str]:
    """What a circular counts, as far as it hangs on the matching."""
    lasting = sum(past.lagging_periods > 1 for past in changes.past.values())
    gone = sum(o.fate is Fate.UNACCOUNTED for o in changes.outcomes)
    return Counter(
        newly=len(changes.newly_completed),
        closed=len(changes.closed_before),
        added=len(changes.added),
        reopened=len(changes.reopened),
        lasting=lasting,
        gone=gone + len(changes.withdrawn),
    )


def true_matching(step: Step) -> Matching:
    """The matching that the truth gives. A row into which others were merged carries on the first: it was written on."""
    prior, rows, truth = step.prior.rows, (*step.current.rows, *step.current.closed), step.truth
    first = {j: i for i, j in reversed(truth.merged.items())}
    pairs = {**truth.pairs, **{i: j for j, i in first.items()}}
    merged = {i: j for i, j in truth.merged.items() if i not in pairs}
    to = {*truth.pairs.values(), *truth.merged.values(), *(j for parts in truth.split.values() for j in parts)}
    return Matching(
        pairs=tuple(Pair(prior[i], rows[j], How.ANSWER) for i, j in sorted(pairs.items())),
        gone=tuple(prior[i] for i in sorted(truth.dropped)),
        new=tuple(row for j, row in enumerate(rows) if j not in to),
        merged=tuple(Pair(prior[i], rows[j], How.ANSWER) for i, j in sorted(merged.items())),
        split=tuple(Pair(prior[i], rows[j], How.ANSWER) for i, parts in sorted(truth.split.items()) for j in parts),
    )


def answers(step: Step, found: Matching) -> Iterator[Answer]:
    """What a clerk who knows the truth answers about each row without a partner, and each that was given a wrong one."""
    priors = {row.place: i for i, row in enumerate(step.prior.rows)}
    currents = {row.place: j for j, row in enumerate((*step.current.rows, *step.current.closed))}
    for row in found.gone:
        yield from truth_of_row(step, priors[row.place])
    for pair in found.assumed:
        i, j = priors[pair.prior.place], currents[pair.current.place]
        if j not in {step.truth.pairs.get(i), step.truth.merged.get(i), *step.truth.split.get(i, ())}:
            yield from truth_of_row(step, i)


def truth_of_row(step: Step, i: int) -> Iterator[Answer]:
    """The truth about one row, as answers."""
    rows, truth = (*step.current.rows, *step.current.closed), step.truth
    tell = partial(answer, step.prior, step.current, step.prior.rows[i])
    if i in truth.pairs:
        yield tell(Verdict.SAME, rows[truth.pairs[i]])
    elif i in truth.merged:
        yield tell(Verdict.MERGED, rows[truth.merged[i]])
    elif i in truth.split:
        yield from (tell(Verdict.SPLIT, rows[part]) for part in truth.split[i])
    elif step.prior.rows[i].is_open:
        yield tell(Verdict.WITHDRAWN, reason="不再办理")
    else:
        yield tell(Verdict.DIFFERENT)
