"""Texts as they are compared: short cuts say what the long way says."""

from __future__ import annotations

import itertools
import random

import pytest

from tongbao.matching.face import _SIGNS, Face, bare, may_be_one
from tongbao.matching.likeness import _same_numbers, lacking, same_numerals
from tongbao.matching.numerals import Numerals
from tongbao.model import Place, Row
from tongbao.words import text

SIGNS = "中文建设一二三期年月第ABcdé1234567890，。、；：（）％%_ \n\t①㎡⑴½“”〔〕·—-/.,ﬁß　"


def face(words: str) -> Face:
    return Face(Row(Place("", "台账", 3), "1", words))


def texts(count: int, most: int) -> list[str]:
    rng = random.Random(7)
    return ["".join(rng.choices(SIGNS, k=rng.randint(0, most))) for _ in range(count)]


def test_a_text_is_bared_as_its_key_is():
    for words in texts(20_000, 9):
        assert bare(words) == _SIGNS.sub("", text.key(words)), words


def test_a_task_is_bared_clause_by_clause_as_in_one_piece():
    for words in texts(20_000, 14):
        assert face(words).text == bare(words), words


def test_the_numerals_of_a_task_are_those_of_its_clauses():
    for words in texts(20_000, 14):
        assert face(words).numbers == tuple(sorted(text.numbers(words))), words


def test_signs_between_digits_count_across_clauses():
    assert face("压减3，000户").text == "压减3,000户"
    assert face("完成3项，第2批").text == "完成3项第2批"


def test_equal_numerals_are_equal_wherever_they_stand():
    assert Numerals.of("一期3000万元，东区，2024年") == Numerals.of("2024年；东区。1期3000万元")
    assert Numerals.of("修路") == Numerals.of("架桥，挖渠")
    assert Numerals.of("一期") != Numerals.of("二期")


def test_what_clauses_a_row_lacks_in_their_order_and_as_often():
    assert lacking(face("修路，架桥，挖渠"), face("架桥")) == ["修路", "挖渠"]
    assert lacking(face("修路，修路，架桥"), face("修路，架桥")) == ["修路"]
    assert lacking(face("修路"), face("修路，修路")) == []


@pytest.mark.parametrize("seed", range(40))
def test_only_what_two_tasks_do_not_share_is_read_for_their_numerals(seed: int):
    rng = random.Random(seed)
    clauses = (
        "建成一期",
        "建成二期",
        "完成投资1,200万元",
        "完成投资1，200万元",
        "3月底前开工",
        "改造城东片区",
        "２期",
        "第３标段",
        "抓好落实",
    )
    one, two = ("".join(c + rng.choice("，。；、, ") for c in rng.choices(clauses, k=rng.randint(0, 4))) for _ in "ab")
    a, b = face(one), face(two)
    assert same_numerals(a, b) == (Numerals.of(f"|{one}") == Numerals.of(f"|{two}"))
    assert _same_numbers(a, b) == (sorted(text.numbers(one)) == sorted(text.numbers(two)))


def test_two_texts_may_be_one_wherever_they_are():
    some = texts(4_000, 3)
    for one, two in itertools.pairwise(some):
        assert may_be_one(one, two) or bare(one) != bare(two), (one, two)
        assert may_be_one(one, f"{one}，")
        assert may_be_one(one.upper(), one.lower())
    assert not may_be_one("建设一期，年底前完成。", "建设二期，年底前完成。")
