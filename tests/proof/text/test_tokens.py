"""What in a text can be true or false, however it is spelt."""

from __future__ import annotations

import pytest

from tongbao.proof.text.tokens import FACTS, Match, Reader, Sort, Token, charged, compare
from tongbao.words.folding import fold

UNITS = [("县发展和改革局", "县发改局"), ("县水利局",), ("青石镇人民政府", "青石镇")]


def facts(text: str) -> list[Token]:
    return [token for token in Reader(UNITS).tokens(fold(text).text) if token.sort in FACTS]


@pytest.mark.parametrize(
    ("printed", "edited", "match"),
    [
        ("23项", "二十三项", Match.SAME),
        ("30.83亿元", "308300万元", Match.SAME),
        ("30.83亿元", "30.8亿元", Match.ROUNDED),
        ("30.8亿元", "30.83亿元", Match.OTHER),
        ("9.8千米", "9800米", Match.SAME),
        ("94%", "百分之九十四", Match.SAME),
        ("94%", "94个百分点", Match.OTHER),
        ("2022年2月7日", "2月7日", Match.SAME),
        ("2022年2月7日", "2022年2月8日", Match.OTHER),
        ("第3项", "第三项", Match.SAME),
    ],
)
def test_two_spellings_of_one_fact_say_the_same(printed, edited, match):
    (one,), (other,) = facts(printed), facts(edited)
    assert compare(one, other) is match


def test_a_unit_is_known_by_its_names_and_without_its_place():
    found = facts("发改局、县水利局和青石镇负责")
    assert [(t.text, t.value) for t in found if t.sort is Sort.UNIT] == [
        ("发改局", "县发展和改革局"),
        ("县水利局", "县水利局"),
        ("青石镇", "青石镇人民政府"),
    ]


def test_a_name_that_abbreviates_a_single_unit_means_it():
    assert Reader([("县发展和改革委员会",)]).unit("县发改委") == "县发展和改革委员会"
    assert Reader([("县发展和改革委员会",), ("县发展与改革委员会",)]).unit("县发改委") is None


def test_words_that_turn_the_meaning_are_counted():
    assert charged("尚未完成，不足三成", ["完成"]) == {"完成": 1, "不足": 1, "不": 1}
