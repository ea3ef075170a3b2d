"""Parts and their whole: what a clerk adds up in his head is added up here, and said in his words."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told


def test_a_remainder_that_is_wrong_is_told_with_the_sum_and_the_gap():
    (found,) = contradictions("年初确定任务58项，已办结31项，其余26项正在推进。")
    assert found.says == "各部分相加 31项＋26项＝57项，与总数 58项 不符"
    assert found.why == "各部分之和比总数少 1项。"


@pytest.mark.parametrize(
    "text",
    [
        "年初确定任务58项，已办结31项，其余27项正在推进。",
        "年初确定任务约58项，已办结31项，其余26项正在推进。",
        "年初确定任务58项，已办结31项，其中提前办结4项，其余27项正在推进。",
        "全县有14个乡镇，已开工31项，未开工26项。",
    ],
)
def test_sums_that_fit_or_are_said_to_be_rough_or_nested_are_left_alone(text: str):
    assert told(text) == []


def test_done_and_not_done_make_the_whole():
    assert told("排查隐患19处，已整改12处，未整改7处。") == []
    assert told("排查隐患19处，已整改12处，未整改6处。") == [("sum", "error")]


def test_classes_are_added_up_in_a_bracket_and_before_their_total():
    assert told("通报表扬单位6家（青石镇2家、柳河镇3家）。") == [("sum", "error")]
    assert told("青石镇2家、柳河镇3家、白沙镇4家，共计10家。") == [("sum", "error")]


def test_three_states_that_make_more_than_the_whole_are_for_a_person_to_judge():
    assert told("分解任务30项，已完成21项，正在有序推进8项，进展较慢3项。") == [("sum", "warning")]


def test_amounts_are_added_up_in_their_rounding():
    assert told("计划投资12.05亿元，其中省级资金4.02亿元，其余8.03亿元由县级配套。") == []
    assert told("计划投资12.05亿元，其中省级资金4.02亿元，其余8.30亿元由县级配套。") == [("sum", "error")]
