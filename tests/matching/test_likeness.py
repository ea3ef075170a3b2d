"""Texts as they are compared: short cuts say what the long way says."""

from __future__ import annotations

import random

from tongbao.matching.face import _SIGNS, Face, bare
from tongbao.matching.likeness import lacking
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
