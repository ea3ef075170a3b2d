"""One thing with two numbers."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told

FIRST = "99项重点工作中，2项已完成。"


def test_a_whole_named_twice_with_two_numbers_is_told_where_it_is_the_odd_one():
    (found,) = contradictions(FIRST, "99项重点工作总体进展顺利。", "持续做好对98项重点工作的跟踪督办。")
    assert (found.code, found.place) == ("two-values", "第3段")
    assert found.says == "“重点工作”这里写 98项，第1段写 99项"


def test_a_class_named_again_as_a_whole_is_told():
    text = "会议确定事项43件，已完成16件，正在办理27件。{}件正在办理的事项中，需要加快落实的3件。"
    assert told(text.format(27)) == []
    assert told(text.format(28)) == [("two-values", "warning")]


@pytest.mark.parametrize(
    "second",
    [
        "持续做好对12项重点工作的跟踪督办。",
        "持续做好对约98项重点工作的跟踪督办。",
        "98项重点工作已开工。",
        "市级98项重点工作进展顺利。",
    ],
)
def test_a_part_an_estimate_or_quite_another_number_is_left_alone(second: str):
    assert told(FIRST, second) == []
