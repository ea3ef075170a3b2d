"""Simulated periods (four hundred with `dev.py trials`): no wrong pair, few questions, no row lost. `python -m tests.test_simulator` tells more."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.simulator import MAKERS, Step, Tally, examine, simulated
from tests.support.trials import tried
from tongbao.matching.answers import Answer, Verdict, answer
from tongbao.matching.balance import balance
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.two_periods import Changes, Fate, Matching
from tongbao.model import Level, Problem, Row

PERIODS = tried(400, 160)


@pytest.mark.parametrize("maker", range(len(MAKERS)), ids=[maker.__name__ for maker in MAKERS])
def test_no_wrong_pair_few_questions_and_every_row_accounted_for(maker: int):
    tally, without_ids = Tally(), Tally()
    for seed in range(maker, PERIODS, len(MAKERS)):
        step = simulated(seed)
        found, _ = match(step.prior, step.current)
        changes, problems = compare(step.current, step.prior, found, [step.prior])
        tally += examine(found, step)
        without_ids += Tally() if step.ids else examine(found, step)
        assert_accounted_for(step, found, changes, problems)
    assert tally.wrong == []
    assert without_ids.paired >= 0.8 * without_ids.true, without_ids


def assert_accounted_for(step: Step, found: Matching, changes: Changes, problems: list[Problem]) -> None:
    """Every prior row has one fate, what nobody could trace is said, every current row was matched or is new."""
    assert sorted(o.row.place for o in changes.outcomes) == sorted(row.place for row in step.prior.rows)
    said = {p.place for p in problems if p.level is Level.ERROR}
    assert {o.row.place for o in changes.outcomes if o.fate is Fate.UNACCOUNTED} <= said
    currents = [p.current.place for p in found.pairs] + [row.place for row in found.new]
    assert sorted(currents) == sorted(row.place for row in (*step.current.rows, *step.current.closed))


@pytest.mark.parametrize("seed", [seed for seed in range(0, PERIODS, 4) if seed // 3 % 8 < 5])
def test_with_all_questions_answered_the_figures_are_the_true_ones(seed: int):
    step = simulated(seed)
    assert not step.ids, "a part that kept the 编号 is the item, for the matcher"
    first, _ = match(step.prior, step.current)
    found, _ = match(step.prior, step.current, list(answered(step, first)))
    changes, problems = compare(step.current, step.prior, found, [step.prior])
    assert not [p for p in problems if p.level is Level.ERROR]
    assert {row.place for row in changes.newly_completed} == {row.place for row in newly_completed(step)}
    lines = {line.name: line.value for line in balance(changes)}
    assert lines["去向不明"] == 0
    assert lines["撤销"] == sum(not step.prior.rows[i].done for i in step.truth.dropped)


def answered(step: Step, found: Matching) -> Iterator[Answer]:
    """What a clerk who knows the truth answers about each row that has no partner."""
    rows = (*step.current.rows, *step.current.closed)
    index = {row.place: i for i, row in enumerate(step.prior.rows)}
    for row in found.gone:
        i, truth = index[row.place], step.truth
        if i in truth.pairs:
            yield answer(step.prior, step.current, row, Verdict.SAME, rows[truth.pairs[i]])
        elif i in truth.merged:
            yield answer(step.prior, step.current, row, Verdict.MERGED, rows[truth.merged[i]])
        elif i in truth.split:
            for part in truth.split[i]:
                yield answer(step.prior, step.current, row, Verdict.SPLIT, rows[part])
        else:
            yield answer(step.prior, step.current, row, Verdict.WITHDRAWN, reason="不再办理")


def newly_completed(step: Step) -> list[Row]:
    """The rows that are done, and whose item was not done before."""
    rows = (*step.current.rows, *step.current.closed)
    truth = step.truth
    origins: dict[int, list[int]] = {}
    for i, parts in truth.split.items():
        origins |= {part: [i] for part in parts}
    for i, j in (*truth.pairs.items(), *truth.merged.items()):
        origins.setdefault(j, []).append(i)
    was_done = {j for j, of in origins.items() if all(step.prior.rows[i].done for i in of)}
    return [row for j, row in enumerate(rows) if row.done and j not in was_done]


def tell(first: int, last: int) -> None:
    """The numbers, for people."""
    tallies: dict[tuple[str, str], Tally] = {}
    for seed in range(first, last):
        step = simulated(seed)
        found, _ = match(step.prior, step.current)
        name = (MAKERS[seed % 3].__name__, step.ids or "no ids")
        tallies.setdefault(name, Tally())
        tallies[name] += examine(found, step)
    for name, tally in sorted(tallies.items()):
        print(f"{name[0]:12} {name[1]:8} {tally}")


if __name__ == "__main__":
    tell(*map(int, sys.argv[1:] or (0, PERIODS)))
