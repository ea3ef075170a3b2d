"""Simulated periods (four hundred with `dev.py trials`): no wrong pair, few questions, no row lost. `python -m tests.test_simulator` tells more."""

from __future__ import annotations

import sys

import pytest

from tests.support.judged import answers, truth_of_row
from tests.support.simulator import MAKERS, Step, Tally, examine, simulated
from tests.support.trials import tried
from tongbao.matching.answers import Answer
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
    assert without_ids.paired >= 0.97 * without_ids.true, without_ids
    # Five in six of them are about items that truly went, or were split or merged.
    assert tally.questions <= 0.07 * tally.true, tally


def assert_accounted_for(step: Step, found: Matching, changes: Changes, problems: list[Problem]) -> None:
    """Every prior row has one fate, what nobody could trace is said, every current row was matched or is new."""
    assert sorted(o.row.place for o in changes.outcomes) == sorted(row.place for row in step.prior.rows)
    said = {p.place for p in problems if p.level is Level.ERROR}
    assert {o.row.place for o in changes.outcomes if o.fate is Fate.UNACCOUNTED} <= said
    taken = {p.current.place for p in (*found.pairs, *found.merged, *found.split)}
    assert sorted([*taken, *(row.place for row in found.new)]) == sorted(
        row.place for row in (*step.current.rows, *step.current.closed)
    )


@pytest.mark.parametrize("seed", [seed for seed in range(0, PERIODS, 4) if seed // 3 % 8 < 5])
def test_with_all_questions_answered_and_wrong_assumptions_overruled_the_figures_are_the_true_ones(seed: int):
    step = simulated(seed)
    assert not step.ids, "a part that kept the 编号 is the item, for the matcher"
    # What became of an item of which nobody saw that it was split stands in 核对表 as new.
    told: list[Answer] = [a for i in step.truth.split for a in truth_of_row(step, i)]
    for _ in range(3):  # what is answered may show another row in another light
        found, _ = match(step.prior, step.current, told)
        told += [a for a in answers(step, found) if a not in told]
    found, _ = match(step.prior, step.current, told)
    changes, problems = compare(step.current, step.prior, found, [step.prior])
    assert not [p for p in problems if p.level is Level.ERROR]
    assert {row.place for row in changes.newly_completed} == {row.place for row in newly_completed(step)}
    lines = {line.name: line.value for line in balance(changes)}
    assert lines["去向不明"] == 0
    assert lines["撤销"] == sum(not step.prior.rows[i].done for i in step.truth.dropped)


def newly_completed(step: Step) -> list[Row]:
    """The rows that are done, and whose item was not done before. What is merged into a row goes on as its item."""
    rows = (*step.current.rows, *step.current.closed)
    truth = step.truth
    origins: dict[int, list[int]] = {}
    for i, parts in truth.split.items():
        origins |= {part: [i] for part in parts}
    for i, j in (*truth.pairs.items(), *truth.merged.items()):
        origins.setdefault(j, []).append(i)
    was_done = {j for j, of in origins.items() if step.prior.rows[of[0]].done}
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
