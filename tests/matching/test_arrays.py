"""What is said of thousands of texts at once is what is said of two at a time."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from tests.support.months import GENERATORS, habits, month
from tests.support.pairing import assumed, number, pairs
from tongbao.matching import arrays, wording
from tongbao.matching.face import Face
from tongbao.matching.match import match
from tongbao.matching.rarity import Rarity, Texts


def pieces(seed: int, count: int) -> list[tuple[str, ...]]:
    """Texts of a few characters and clauses, so that many are alike; some are empty, some of one character."""
    rng = random.Random(seed)
    return [tuple("".join(rng.choices("甲乙丙丁𠀀A", k=rng.randint(0, 5))) for _ in range(3)) for _ in range(count)]


@pytest.fixture(params=range(4))
def both(request) -> tuple[Texts, arrays.Texts, Rarity]:
    """Some texts, compared by sets and by arrays."""
    texts = pieces(request.param, 120)
    few = Texts(texts)
    return few, arrays.Texts(texts), Rarity(few.holders(range(120)), 120)


def test_as_many_texts_have_each_pair_of_characters(both):
    few, many, _ = both
    for some in (range(120), range(40), range(40, 110), range(0)):
        assert Counter(many.holders(some)) == few.holders(some)


def test_two_texts_are_as_alike(both):
    few, many, rarity = both
    some = [(i, j) for i in range(119, -1, -7) for j in range(0, 120, 5)]
    assert many.alike(rarity, some) == pytest.approx(few.alike(rarity, some))
    assert many.alike(rarity, []) == []


@pytest.mark.parametrize("looks", [3, 240, 10**6])
def test_the_same_texts_are_the_most_alike(both, looks, monkeypatch):
    few, many, rarity = both
    for module in ("rarity", "arrays"):
        monkeypatch.setattr(f"tongbao.matching.{module}.LOOKS", looks)
    monkeypatch.setattr("tongbao.matching.rarity.FEW", 0)
    monkeypatch.setattr("tongbao.matching.arrays._VOTES", 500)
    monkeypatch.setattr("tongbao.matching.arrays._CELLS", 300)
    found = [list(texts.near(rarity, range(50), range(60, 120), 3, 0.5)) for texts in (few, many)]
    assert [link[:2] for link in found[1]] == [link[:2] for link in found[0]]
    assert [link[2] for link in found[1]] == pytest.approx([link[2] for link in found[0]])


def test_texts_without_a_character_in_common_or_at_all_have_none_alike():
    texts = arrays.Texts([("甲乙",), ("丙丁",), ("",), ()])
    rarity = Rarity(texts.holders(range(4)), 4)
    assert list(texts.near(rarity, range(1), range(1, 4), 3, 0.5)) == []
    assert list(texts.near(rarity, range(2, 4), range(2), 3, 0.5)) == []


@pytest.mark.parametrize("kind", GENERATORS)
def test_a_ledger_is_matched_alike_by_sets_and_by_arrays(kind, monkeypatch):
    rng = random.Random(4)
    step = month(GENERATORS[kind](rng), habits(rng), rng)
    few, _ = match(step.prior, step.current)
    monkeypatch.setattr(wording, "_AT_ONCE", 0)
    many, _ = match(step.prior, step.current)
    assert (pairs(many), assumed(many)) == (pairs(few), assumed(few))
    assert [number(q.row) for q in many.questions] == [number(q.row) for q in few.questions]


@pytest.mark.parametrize("seed", range(3))
def test_two_rows_have_as_much_in_common(seed):
    rng = random.Random(seed)
    step = month(GENERATORS["office"](rng), habits(rng), rng)
    before, now = (dict(enumerate(map(Face, ledger.rows))) for ledger in (step.prior, step.current))
    one, many = wording.Wording(before, now, []), wording.Wording(before, now, [])
    many._texts = arrays.Texts([face.pieces for face in (*before.values(), *now.values())])
    links = [(i, j) for i in before for j in now]
    many.overlap_all(links)
    assert many._overlaps.keys() == set(links)
    for link in links:
        assert many.overlap(*link) == pytest.approx(one.overlap(*link))


@pytest.mark.parametrize("most", [0, 9, 2**16, 2**20, 2**45])
def test_numbers_are_put_in_order_and_equal_ones_stay_as_they_are(most):
    numbers = np.random.default_rng(most).integers(0, most + 1, 500)
    assert arrays._ordered(numbers).tolist() == sorted(range(500), key=lambda n: numbers[n])
    assert arrays._ordered(numbers[:0]).tolist() == []
