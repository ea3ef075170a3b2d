"""Folding, covering, and the numbers that a text claims."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.proof.text.sentences import covered, sentences
from tongbao.words.folding import fold
from tongbao.words.numbers import Quantity, Share, numbers


def found(text: str) -> list[str]:
    return [n.text + ("约" if n.rough else "") for n in numbers(covered(fold(text).text))]


@pytest.mark.parametrize(
    ("typed", "one_form"),
    [
        ("完成　３０ 项,占５０％;其余", "完成30项，占50%；其余"),
        ("共1,240件,办结(其中)", "共1,240件，办结（其中）"),
        ("上午9:30开会", "上午9:30开会"),
        ("占67·8％", "占67.8%"),
    ],
)
def test_a_text_is_folded_into_one_form(typed: str, one_form: str):
    assert fold(typed).text == one_form


@given(st.text(alphabet="完成 3，,项(（％%\t", max_size=40))
def test_a_span_of_the_folded_text_leads_back_to_what_was_typed(typed: str):
    folded = fold(typed)
    assert len(folded.at) == len(folded.text) + 1
    for i in range(len(folded.text)):
        start, end = folded.span(i, i + 1)
        assert end == start + 1
        assert fold(typed[start:end]).text in {folded.text[i], ",", "，", ""} or folded.text[i] in "，,"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("共92项，完成55项", ["92项", "55项"]),
        ("二十三项任务，十六项已完成", ["二十三项", "十六项"]),
        ("投资8.9亿元，占30.5%，提高2.1个百分点", ["8.9亿元", "30.5%", "2.1个百分点"]),
        ("约30项，近40家，50余人，60个以上，3—5件", ["30项约", "40家约", "50余人约", "60个约", "3约", "5件约"]),
        ("附近3个村", ["3个"]),
        ("2022年1月19日前，8—10月，三季度，第17、18件，前3季度", []),
        ("《六十五条措施》和“3个一批”，平云办〔2022〕6号", []),
        ("一项工作，一个项目", []),
        ("G207线、PM2.5年均44微克", []),
        ("任务数为20985户", ["20985户"]),
    ],
)
def test_only_what_counts_something_is_a_number(text: str, told: list[str]):
    assert found(text) == told


def test_amounts_are_read_in_their_base_unit_with_their_rounding():
    amount = next(n for n in numbers("24.02亿元") if isinstance(n, Quantity))
    assert (amount.value, amount.unit, amount.ulp) == (Decimal(2402000000), "元", Decimal(1000000))


def test_counts_are_exact_and_shares_know_their_decimals():
    count, share = numbers("12件占8.10%")
    assert isinstance(count, Quantity)
    assert isinstance(share, Share)
    assert (count.ulp, share.decimals, share.ulp) == (Decimal(0), 2, Decimal("0.01"))


def test_sentences_are_cut_outside_quotations_and_segments_outside_names():
    cut = sentences("印发《方案。试行》，甲镇、乙镇完成3个、丙镇4个；其中：丁镇2个。请落实", 7)
    assert [s.text for s in cut][1] == "请落实"
    assert [s.text for s in cut[0].segments] == ["印发《□□□□□》", "甲镇、乙镇完成3个", "丙镇4个", "其中：丁镇2个"]
    assert [s.group for s in cut[0].segments] == [0, 0, 0, 1]
    assert {s.paragraph for s in cut} == {7}
