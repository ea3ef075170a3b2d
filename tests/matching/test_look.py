"""A pair that is hopeless by what is found at once is not compared word by word, and nothing comes out otherwise."""

from __future__ import annotations

import gc
import random

import pytest

from tests.support.drawn import drawn
from tests.support.months import GENERATORS, habits, month
from tests.support.pairing import assumed, number, pairs
from tongbao.matching.board import Board
from tongbao.matching.comparing import Comparing
from tongbao.matching.evidence import Evidence
from tongbao.matching.match import match
from tongbao.matching.weighing import pair_unchanged, weighed
from tongbao.model import Ledger

BEFORE = """事项 | 单位
新建桃源镇供热管网，年底前投入使用 | 县住建局
改造柳林镇中心小学，完成投资300万元 | 县教育局
清淤双桥镇河道，建立周调度机制 | 县水利局
"""
NOW = """事项 | 单位
加快新建桃源镇供热管网，年底前建成 | 县住建局
改造柳林镇中心小学，完成投资500万元 | 县教育局
抓好双桥镇河道清淤，建立周调度机制 | 县水利局
"""


def step(kind: str, seed: int) -> tuple[Ledger, Ledger]:
    rng = random.Random(seed)
    made = month(GENERATORS[kind](rng), habits(rng), rng)
    return made.prior, made.current


@pytest.mark.parametrize("kind", GENERATORS)
@pytest.mark.parametrize("seed", range(4))
def test_nothing_comes_out_otherwise_where_all_signs_of_all_pairs_are_looked_at(kind, seed, monkeypatch):
    few, said = match(*step(kind, seed))
    monkeypatch.setattr(Evidence, "is_hopeless", property(lambda self: False))
    many, said_of_all = match(*step(kind, seed))
    assert (pairs(many), assumed(many), said_of_all) == (pairs(few), assumed(few), said)
    assert [pair.score for pair in many.pairs] == pytest.approx([pair.score for pair in few.pairs])
    assert [(number(q.row), q.candidates, q.why) for q in many.questions] == [
        (number(q.row), q.candidates, q.why) for q in few.questions
    ]


@pytest.mark.parametrize("kind", GENERATORS)
def test_the_odds_of_a_hopeless_pair_are_found_when_asked_for_and_none_was_better_than_thought(kind, monkeypatch):
    def found(*ledgers: Ledger) -> dict[tuple[int, int], Evidence]:
        board = Board(*ledgers)
        pair_unchanged(board)
        return dict(weighed(board).evidence) if board.prior.left and board.current.left else {}

    lazy = found(*step(kind, 5))
    ceilings = {link: one.ceiling for link, one in lazy.items()}
    monkeypatch.setattr(Evidence, "is_hopeless", property(lambda self: False))
    for link, one in found(*step(kind, 5)).items():
        assert lazy[link].odds == pytest.approx(one.odds)
        assert lazy[link].signs == pytest.approx(one.signs)
        assert ceilings[link] >= one.odds - 1e-9


def test_few_of_the_pairs_in_question_are_compared_word_by_word(monkeypatch):
    compared, real = set[tuple[int, int]](), Comparing._told_apart

    def told_apart(self: Comparing, i: int, j: int) -> object:
        compared.add((i, j))
        return real(self, i, j)

    monkeypatch.setattr(Comparing, "_told_apart", told_apart)
    board = Board(*step("office", 3))
    judge = weighed(board)
    assert set(judge.best.items()) <= compared
    assert len(compared) < len(judge.evidence) / 2


@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_collector_works_again_when_two_ledgers_are_matched_and_where_that_fails(was_enabled, monkeypatch):
    threshold, frozen = gc.get_threshold(), gc.get_freeze_count()
    if not was_enabled:
        gc.disable()
    try:
        match(drawn(BEFORE, "2022-01"), drawn(NOW))
        assert gc.isenabled() is was_enabled
        monkeypatch.setattr("tongbao.matching.match.pair_unchanged", lambda board: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            match(drawn(BEFORE, "2022-01"), drawn(NOW))
        assert gc.isenabled() is was_enabled
    finally:
        gc.enable()
    assert (gc.get_threshold(), gc.get_freeze_count()) == (threshold, frozen)
