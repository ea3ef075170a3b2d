"""How telling words are does not hang on the order in which a set gives them, which is another in every run."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tongbao.matching.rarity import Rarity

GRAMS = st.lists(st.text("春风化雨润物无声", min_size=2, max_size=2), unique=True, min_size=3, max_size=30)


@given(GRAMS.flatmap(lambda grams: st.tuples(st.just(grams), st.permutations(grams))), st.integers(3, 500))
def test_weights_add_up_to_the_same_in_every_order(orders: tuple[list[str], list[str]], rows: int):
    one, other = orders
    weigh = Rarity(Counter({gram: n % rows for n, gram in enumerate(one)}), rows).of
    assert sum(map(weigh, one)) == sum(map(weigh, other))
