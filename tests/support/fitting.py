"""Fits the weights of the matcher to simulated months: `python -m tests.support.fitting` prints the table (minutes).

Of all current rows that come into question for a prior row one is it, or none, and of all prior rows for a current one:
the weights are those under which the truth of the months is likeliest (a multinomial logit over rows and columns). The
months are of two generators, with their own seeds; the other generators and seeds tell how good the table is. Each
weight keeps the sign that reason gives it and is drawn towards `DRAWN_TO`. What is printed in the second column is the
table of `weights` to the digit; a star stands where it is not. Rows of one text do not mislead it, as their words are equal for all that come into question.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import Pool
from typing import cast
from zlib import crc32

import numpy as np

from tests.support.months import GENERATORS, habits, month
from tests.support.simulator import Step
from tongbao.matching.board import Board
from tongbao.matching.weighing import pair_unchanged, weighed
from tongbao.matching.weights import WEIGHTS

NAMES = list(WEIGHTS)
FIRST_SEED = 20_000
# What the weights are drawn towards: those of the table before, fitted to months with other slips, and for a sign that it
# had not what reason gives it. `HELD` says how strongly, as so many pairs: much, since of ten thousand pairs but some
# hundreds leave a doubt, and months rarely have the rows under one task that offices have. No weight changes its sign. An
# equal 编号 is not for months to weigh: the program keeps it. Nor are equal words of several rows, which tell nothing,
# and the rank among those; nor what is only told of.
DRAWN_TO = {
    **{"alone": -5.3, "lead": 5.0, "best": 1.8, "equal_once": 4.3, "equal": 0.0, "first": 4.8, "whole": 0.26},
    **{"close": 1.0, "head_replaced": -1.0, "head_thing": 0.0, "head_words": 0.0, "head_rare": 0.57},
    **{"name": 1.3, "name_rare": 1.1, "name_once": 2.3, "name_missing": -8.9, "name_replaced": -1.0},
    **{"ordinal_replaced": -3.8, "ordinal_more": -1.8, "year_replaced": -5.4, "year_more": -3.3},
    **{"numerals_more": 0.0, "amounts": -0.82},
    **{"known_head": -1.64, "known_text": -4.7, "known_name": -6.4, "id": 1.0, "units": 0.62, "stable": 0.64},
    **{"deadline": 0.61, "section": 0.29, "number": 0.89, "kept_progress": 0.92, "order": 1.17, "rank": 0.35},
    **{"state": 1.22, "open": 0.5, "progress_lead": 2.9, "progress": 0.48, "subject": 8.0},
}
FIXED = ("id", "equal", "rank", "numerals_more", "head_thing", "head_words")
HELD = 300.0
# What a pair tells hangs on the weights themselves, by the pairs that a first look finds likely: so the months are
# weighed first by what the weights are drawn towards, and once more by what came of that.
ROUNDS = 2


def step_of(generator: str, seed: int) -> Step:
    """A month of its own numbers."""
    rng = random.Random(crc32(f"{generator} {seed}".encode()))
    how = habits(rng)
    return month(GENERATORS[generator](rng), how, rng)


def pairs(step: Step) -> Iterator[tuple[list[float], bool, int, int]]:
    """The signs of each pair that comes into question, whether it is one item, and its rows."""
    board = Board(step.prior, step.current)
    pair_unchanged(board)
    if not board.prior.left or not board.current.left:
        return
    judge = weighed(board)
    parted = step.truth.split.keys() | step.truth.merged.keys()
    for (i, j), found in judge.evidence.items():
        if i not in parted:
            yield [found.signs.get(name, 0.0) for name in NAMES], step.truth.pairs.get(i) == j, i, j


class Told:
    """The pairs of all months: their signs, which are true, and to which row of either side each belongs."""

    def __init__(self, months: Iterable[list[tuple[list[float], bool, int, int]]]) -> None:
        found = [(number, *pair) for number, month in enumerate(months) for pair in month]
        self.signs = np.array([signs for _, signs, *_ in found])
        self.true = np.array([float(true) for _, _, true, *_ in found])
        sides = ([(number, i) for number, *_, i, _ in found], [(number, j) for number, *_, j in found])
        self.rows = [np.unique(np.array(side), axis=0, return_inverse=True)[1].ravel() for side in sides]

    def slope_and_curve(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The first and second derivatives of the unlikelihood of the truth."""
        odds = np.exp(np.clip(self.signs @ weights, -30, 30))
        slope, curve = np.zeros(len(NAMES)), np.zeros((len(NAMES), len(NAMES)))
        for row in self.rows:
            chance = odds / (1 + np.bincount(row, odds))[row]
            slope += self.signs.T @ (chance - self.true)
            sums = np.zeros((row.max() + 1, len(NAMES)))
            np.add.at(sums, row, self.signs * chance[:, None])
            curve += (self.signs.T * chance) @ self.signs - sums.T @ sums
        return slope, curve


def fitted(told: Told) -> np.ndarray:
    """The weights, by Newton's steps; one that would change its sign is 0."""
    start = np.array([DRAWN_TO[name] for name in NAMES])
    sign, weights = np.sign(start), start.copy()
    fixed = np.array([name in FIXED for name in NAMES])
    for _ in range(40):
        slope, curve = told.slope_and_curve(weights)
        slope, curve = slope + HELD * (weights - start), curve + HELD * np.eye(len(NAMES))
        free = ((weights != 0) | (slope * sign < 0)) & ~fixed
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        weights = weights - np.clip(step, -0.3, 0.3)
        weights[weights * sign < 0] = 0.0
    return weights


def rounds(names: Sequence[str], count: int) -> dict[str, float]:
    """The table: fitted in `ROUNDS`, to two decimals."""
    table = cast(dict[str, float], WEIGHTS)
    table.update(DRAWN_TO)
    jobs = [(name, FIRST_SEED + number) for name in names for number in range(count)]
    for _ in range(ROUNDS):
        with Pool(2) as pool:  # forked anew, so that the months are weighed by the table as it is now
            told = Told(pool.imap(_pairs_of, jobs, chunksize=10))
        table.update((name, round(float(weight), 2) + 0.0) for name, weight in zip(NAMES, fitted(told), strict=True))
    return dict(table)


def _pairs_of(job: tuple[str, int]) -> list[tuple[list[float], bool, int, int]]:
    return list(pairs(step_of(*job)))


def main() -> None:
    """Prints each weight as it is in the table of the matcher, and as it was fitted: they are the same."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    before = dict(WEIGHTS)
    for name, now in rounds(sys.argv[2:] or ["office", "project"], count).items():
        print(f"{name:18} {before[name]:6.2f} {now:6.2f}{'' if now == before[name] else ' *'}")


if __name__ == "__main__":
    main()
