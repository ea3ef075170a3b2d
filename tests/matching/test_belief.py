"""Beliefs and the best pairing, against all pairings counted one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import exp

import pytest

from tongbao.matching.belief import Link, beliefs, best_pairing


def pairings(links: list[Link]) -> Iterator[frozenset[Link]]:
    """All sets of links in which each row stands once at most."""
    if not links:
        yield frozenset()
        return
    (i, j), *rest = links
    yield from pairings(rest)
    for others in pairings([link for link in rest if link[0] != i and link[1] != j]):
        yield others | {(i, j)}


def drawn_odds(seed: int) -> dict[Link, float]:
    rng = random.Random(seed)
    return {(i, j): rng.uniform(-4, 8) for i in range(4) for j in range(4) if rng.random() < 0.6}


@pytest.mark.parametrize("seed", range(40))
def test_the_best_pairing_is_the_best_of_all(seed: int):
    odds = drawn_odds(seed)
    best = max(sum(odds[link] for link in some) for some in pairings(list(odds)))
    assert sum(odds[link] for link in best_pairing(odds).items()) == pytest.approx(best)


def test_beliefs_are_near_the_share_of_all_pairings_that_hold_a_pair():
    errors = []
    for seed in range(40):
        odds = drawn_odds(seed)
        weights = {some: exp(sum(odds[link] for link in some)) for some in pairings(list(odds))}
        for link, belief in beliefs(odds).items():
            true = sum(w for some, w in weights.items() if link in some) / sum(weights.values())
            errors.append(abs(belief - true))
    assert sum(errors) / len(errors) < 0.02
    assert max(errors) < 0.25


def test_two_equal_candidates_are_believed_half_each():
    found = beliefs({(0, 0): 5.0, (0, 1): 5.0})
    assert found[0, 0] == found[0, 1] == pytest.approx(0.5, abs=0.01)


def test_a_pair_alone_is_believed_as_its_odds_say():
    assert beliefs({(3, 7): 0.0}) == {(3, 7): pytest.approx(0.5)}
    assert beliefs({(3, 7): 40.0})[3, 7] == pytest.approx(1.0)


def test_many_rows_that_look_the_same_do_not_swallow_the_digits():
    odds = {(i, j): 25.0 for i in range(6) for j in range(6)}
    found = beliefs(odds)
    assert all(sum(found[i, j] for j in range(6)) == pytest.approx(1.0, abs=0.05) for i in range(6))
    assert len(best_pairing(odds)) == 6
