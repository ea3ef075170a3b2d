"""Shares and rates: right to the last digit, cut off, wrong; and what cannot be told."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told


def test_a_wrong_share_is_told_with_the_division():
    (found,) = contradictions("完成投资16.22亿元，占年度计划21.1亿元的78.67%。")
    assert found.says == "占比印的是 78.67%，算出来是 76.87%"
    assert found.why == "16.22亿元÷21.1亿元≈76.87%，与 78.67% 不符。"
    assert found.fix == "请改为 76.87%，或核对两个数字。"


@pytest.mark.parametrize(
    "text",
    [
        "完成投资16.22亿元，占年度计划21.1亿元的76.9%。",
        "已办理56件，占65.1%。",
        "已办理56件，占全省总量的12%。",
        "办结56件，办结率约65%。",
    ],
)
def test_shares_that_fit_or_whose_base_is_not_printed_are_left_alone(text: str):
    assert told(text) == []


def test_the_last_digit_is_for_a_person_to_judge():
    assert told("共办理87件，办结57件，办结率65.6%。") == [("share", "warning")]
