"""Growth against the figures of both periods."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("受理投诉460件，去年同期为500件，同比下降8%。", "受理投诉460件，去年同期为500件，同比增长8%。"),
        ("逾期件由50件下降到40件，下降20%。", "逾期件由50件下降到40件，下降25%。"),
        ("完成投资12.0亿元，较上年同期增加2.0亿元，增长20%。", "完成投资12.0亿元，较上年同期增加2.0亿元，增长16.7%。"),
    ],
)
def test_growth_is_worked_out_from_both_periods(right: str, wrong: str):
    assert told(right) == []
    assert told(wrong) == [("growth", "warning")]


def test_the_reason_says_whether_the_earlier_figure_was_printed_or_worked_out():
    (printed,) = contradictions("逾期件由50件下降到40件，下降25%。")
    (derived,) = contradictions("完成投资12.0亿元，较上年同期增加2.0亿元，增长16.7%。")
    assert printed.why == "本期 40件、上期 50件，算得下降 20%。"
    assert derived.why.startswith("本期 12.0亿元、上期（由增减推得）")


def test_points_are_the_difference_of_two_rates():
    assert told("按期办结率由85%提高到94%，提高9个百分点。") == []
    (found,) = contradictions("按期办结率由85%提高到94%，提高8个百分点。")
    assert found.says == "由 85% 到 94% 相差 9 个百分点，印的是 8个百分点"


@pytest.mark.parametrize(
    "text", ["受理投诉460件，同比下降8%。", "受理投诉460件，去年同期为500件，按可比口径下降3%。", "增长约20%。"]
)
def test_growth_on_another_base_or_with_one_period_only_is_left_alone(text: str):
    assert told(text) == []
