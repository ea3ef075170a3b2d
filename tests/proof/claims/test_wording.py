"""Annexes, the period of title and body, dates."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions


def told(*paragraphs: str) -> list[tuple[str, str]]:
    return [(r.code, r.says) for r in contradictions(*paragraphs)]


def test_announced_annexes_that_are_there_are_left_alone():
    assert told("附件：1.进展台账", "2.问题清单", "附件1", "进展台账", "附件2", "问题清单") == []
    assert told("附件：进展台账", "附件", "进展台账") == []
    assert told("附：进展 台账", "", "进展台账") == []


def test_an_annex_title_may_stand_in_two_rows():
    assert told("附件：重点项目调度会决策事项台账", "附件", "重点项目调度会", "决策事项台账") == []


def test_an_announced_annex_that_is_missing_is_told():
    (found,) = told("附件：1.进展台账", "2.问题清单", "附件1", "进展台账")
    assert found == ("annex", "正文列了附件2“问题清单”，后面没有")


def test_an_annex_that_nobody_announced_is_told():
    (found,) = told("附件：1.进展台账", "附件1", "进展台账", "附件2", "问题清单")
    assert found == ("annex", "后面有附件2，附件说明里没有列")


def test_an_annex_under_another_name_is_told():
    (found,) = told("附件：进展情况台账", "附件", "进展台账")
    assert found[0] == "annex-name"


def test_a_reference_to_an_annex_that_is_not_listed_is_told():
    (found,) = told("详见附件3。", "附件：1.进展台账", "2.问题清单", "附件1", "进展台账", "附件2", "问题清单")
    assert found == ("annex", "文中提到附件3，附件说明里没有")


def test_annexes_in_a_file_of_their_own_are_a_note():
    assert [(r.code, r.label) for r in contradictions("附件：进展台账")] == [("annex", "提示")]


def test_a_title_that_names_the_month_of_a_meeting_names_no_period():
    assert told("关于2023年3月份县政府常务会议议定事项落实情况的通报", "截至6月底，完成3项。") == []


TITLE = "关于2023年1—8月重点工作推进情况的通报"


@pytest.mark.parametrize(
    "body", ["截至8月底，完成3项。", "截至9月5日，完成3项。", "现将情况通报如下。", "8月31日前完成。"]
)
def test_a_body_of_the_title_s_period_is_left_alone(body: str):
    assert told(TITLE, body) == []


@pytest.mark.parametrize("title", [TITLE, "关于第三季度重点工作推进情况的通报", "关于2023年8月份督查情况的通报"])
def test_a_body_of_another_period_is_told(title: str):
    (found,) = told(title, "截至6月底，完成3项。")
    assert found[0] == "period"


@pytest.mark.parametrize(
    "text", ["9月30日", "2024年2月29日", "2月29日", "十二月三十一日", "2023.9.31亿元", "比分9月1日"]
)
def test_days_of_the_calendar_are_left_alone(text: str):
    assert told(text + "前报送") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9月31日", "日期“9月31日”不存在"),
        ("2023年2月29日", "日期“2023年2月29日”不存在"),
        ("13月5日", "日期“13月5日”不存在"),
        ("六月三十一日", "日期“六月三十一日”不存在"),
        ("2023年13月", "日期“2023年13月”不存在"),
    ],
)
def test_other_days_are_told(text: str, says: str):
    assert told(text + "前报送") == [("date", says)]
