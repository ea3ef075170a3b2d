"""Pairs by agreement: the surest first, in order only where nothing is missing."""

from __future__ import annotations

from tongbao.rounds.collect.pairing import paired


def pairs(ones: str, others: str, **agreement: int) -> tuple[dict[str, str], list[str]]:
    known = {(one, other): agreement.get(f"{one}_{other}", 0) for one in ones for other in others}
    return paired(list(ones), list(others), known)


def test_the_surest_pair_comes_first() -> None:
    assert pairs("ab", "xy", a_x=2, a_y=1, b_x=1) == ({"a": "x", "b": "y"}, [])


def test_what_is_quite_alike_is_paired_in_order_where_none_is_missing() -> None:
    assert pairs("ab", "xy") == ({"a": "x", "b": "y"}, [])


def test_what_is_quite_alike_is_left_where_one_is_missing() -> None:
    assert pairs("ab", "x") == ({}, ["a", "b"])
    assert pairs("a", "xy") == ({}, ["a"])


def test_a_sure_pair_among_too_many_is_kept() -> None:
    assert pairs("ab", "xyz", a_x=1) == ({"a": "x"}, ["b"])
    assert pairs("ab", "x", b_x=1) == ({"b": "x"}, [])
