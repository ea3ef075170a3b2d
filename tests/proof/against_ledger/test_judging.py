"""What is said of an edited fact that took a printed one's place."""

from __future__ import annotations

import pytest

from tests.support.printed import paper, printed, told
from tongbao.proof.against_ledger.prove import prove

LABELS = (("完成", "已完成", "办结"), ("滞后", "需加快推进"), ("正常", "正常推进"))


def said(drawn: str, edited: str) -> list[str]:
    return told(printed(drawn, labels=LABELS), edited)


def reasons(drawn: str, edited: str) -> list[str]:
    basis = printed(drawn, labels=LABELS)
    return [v.why for v in prove(paper(edited), basis).verdicts if v.why]


@pytest.mark.parametrize(
    ("drawn", "edited", "verdict"),
    [
        ("本期评为“滞后”的[3]项。", "本期评为“正常”的3项。", "不一致"),
        ("本期已完成[3]项。", "本期未完成3项。", "不一致"),
        ("本期正在推进[3]项。", "本期逾期推进3项。", "无法核对"),
        ("完成投资[24.02]亿元。", "完成投资24亿元。", "无法核对"),
    ],
)
def test_the_same_number_in_another_sense_is_not_proved(drawn: str, edited: str, verdict: str):
    (found,) = said(drawn, edited)
    assert found.startswith(verdict)


def test_a_rounded_amount_that_says_so_is_left_in_peace():
    assert said("完成投资[24.02]亿元。", "完成投资约24亿元。") == []


def test_units_are_told_by_which_are_missing_and_which_are_new():
    drawn = "滞后的单位是县财政局、县教育局、青石镇。"
    assert reasons(drawn, "滞后的单位是县财政局、县水利局、青石镇。") == ["少了县教育局，多了县水利局"]
    assert reasons(drawn, "滞后的单位是县财政局、青石镇。") == ["少了县教育局"]
    assert said(drawn, "滞后的单位是青石镇、教育局和财政局。") == []


def test_a_name_that_no_unit_has_is_told_in_its_place():
    assert said("由县财政局牵头办理。", "由县档案馆牵头办理。") == ["不一致 县档案馆→县财政局"]


def test_the_date_of_the_signature_may_be_settled_when_it_is_signed():
    (why,) = reasons("2022年2月7日", "2022年2月9日")
    assert why == "如果是签发时改定的日期，可以不理会"


def test_a_negation_more_makes_a_sentence_doubtful():
    found = said("各责任单位按期报送进展[3]次。", "各责任单位没有按期报送进展3次。")
    assert found
    assert not any(one.startswith("一致") for one in found)
