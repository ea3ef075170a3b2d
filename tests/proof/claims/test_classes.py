"""Classes of a whole: sorted by something, in brackets, before their total, with a measure for each."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "全县安排项目62个，按类别分：产业类36个，民生类26个。",
            "全县安排项目62个，按类别分：产业类36个，民生类25个。",
        ),
        ("青石镇3个、柳河镇6个、白沙镇4个，共计13个。", "青石镇3个、柳河镇6个、白沙镇4个，共计12个。"),
        ("共有企业64家（工业企业42家、商贸企业22家）。", "共有企业64家（工业企业42家、商贸企业21家）。"),
    ],
)
def test_classes_that_make_a_whole_are_added_up(right: str, wrong: str):
    assert told(right) == []
    assert told(wrong) == [("sum", "error")]


def test_a_near_miss_after_qizhong_is_for_a_person_to_judge_and_a_list_with_deng_is_left_open():
    text = "今年督导检查55次，其中县级督导检查13次，乡镇督导检查20次，部门督导检查21次"
    assert told(text + "。") == [("sum", "warning")]
    assert told(text + "等。") == []


def test_a_measure_of_the_same_groups_is_added_up_where_another_of_them_fits():
    text = "在建项目30个，完成投资7.5亿元。其中，产业类20个，完成投资{}亿元；民生类10个，完成投资2.5亿元。"
    assert told(text.format("5.0")) == []
    assert [r.says for r in contradictions(text.format("5.2"))] == [
        "各部分相加 5.2亿元＋2.5亿元＝7.7亿元，与总数 7.5亿元 不符"
    ]
