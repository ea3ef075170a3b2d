"""Shares against each other: classes of a whole, and the rate of a whole."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told


def test_classes_that_exclude_each_other_make_a_hundred():
    assert told("已完成的占62.5%，正在推进的占30.0%，其余占7.5%。") == []
    (found,) = contradictions("已完成的占62.5%，正在推进的占30.0%，其余占9.5%。")
    assert (found.code, found.says) == ("share-whole", "各部分占比相加是 102.0%，不是 100%")


@pytest.mark.parametrize(
    "text",
    [
        "已完成的占62.5%，正在推进的占30.0%。",  # a third class may be left out
        "已完成的占33.3%，正在推进的占33.3%，其余占33.3%。",  # 99.9 % by rounding
        "参与代表占62.5%，参与委员占67.5%。",  # no classes of one whole
    ],
)
def test_shares_that_may_stand_together_are_left_alone(text: str):
    assert told(text) == []


def test_a_rate_of_the_whole_lies_between_those_of_its_parts():
    text = "全县在册项目30个，开工率{}%。其中，产业类20个，开工率80%；民生类10个，开工率90%。"
    assert told(text.format(83)) == []
    assert told(text.format(95)) == [("rate-range", "error")]


def test_a_rate_of_the_whole_may_lie_elsewhere_where_the_parts_are_not_all_of_it():
    text = "全县在册项目40个，开工率95%。其中，产业类20个，开工率80%；民生类10个，开工率90%。"
    assert told(text) == []
