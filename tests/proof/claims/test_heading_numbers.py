"""Heading numbers in step and out of step."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions
from tests.support.docx_maker import table


def told(*paragraphs: str) -> list[str]:
    return [r.says for r in contradictions(*paragraphs) if r.code == "heading-number"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["一、情况", "（一）甲", "（二）乙", "二、问题", "（一）丙", "三、要求"],
        ["一、情况", "1.甲", "2.乙", "二、要求", "1.丙", "2.丁"],
        ["一、情况", "1.甲", "2.乙", "1.丙", "2.丁", "二、要求"],
        ["5.老旧管网改造", "9.粮库扩建", "12.道路更新"],
        ["1.甲", "3.丙", "7.庚", "12.子"],
        ["1.5亿元已到位", "2.3亿元未到位"],
        ["一、情况", "二、要求", "附件", "一、甲类", "二、乙类"],
        ["第30项老旧管网", "第32项粮库"],
        ["2022年10月", "10月份完成"],
    ],
)
def test_series_in_step_and_ledger_numbers_are_left_alone(paragraphs: list[str]):
    assert told(*paragraphs) == []


@pytest.mark.parametrize(
    ("paragraphs", "says"),
    [
        (["一、情况", "二、问题", "二、要求"], "标题序号“二、”重复"),
        (["一、情况", "三、要求"], "标题序号“三、”跳号"),
        (["一、情况", "（一）甲", "（二）乙", "（二）丙", "二、要求"], "标题序号“（二）”重复"),
        (["（一）甲", "（二）乙", "（三）丙", "（四）丁", "（二）戊", "（六）己"], "标题序号“（二）”重复"),
        (["1.甲", "2.乙", "2.丙", "4.丁"], "标题序号“2.”重复"),
        (["1.甲", "2.乙", "4.丁", "5.戊"], "标题序号“4.”跳号"),
        (["一、情况", "（1）甲", "（2）乙", "（4）丁"], "标题序号“（4）”跳号"),
    ],
)
def test_numbers_skipped_or_used_twice_are_told_once(paragraphs: list[str], says: str):
    assert told(*paragraphs) == [says]


def test_the_right_number_is_named():
    assert "这里应为“三、”" in contradictions("一、情况", "二、问题", "二、要求")[0].why


def test_serial_numbers_in_a_table_are_no_headings():
    assert told("一、情况", table([["一、"], ["三、"]]), "二、要求") == []
