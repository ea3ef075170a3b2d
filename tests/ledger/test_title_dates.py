"""Dates above the table that contradict the name of the file, and those that do not."""

from __future__ import annotations

import pytest

from tests.support.builders import meetings
from tests.support.drawing import xlsx
from tongbao.excel import sheets
from tongbao.ledger.read import read_book
from tongbao.words.periods import parse_period

TABLE = "|序号|事项|责任单位|进展情况|状态|\n|1|修路|县交通局|正在施工|正常推进|"


def told(title: str, name: str) -> list[str]:
    book, _ = sheets.parse(xlsx(f"|{title}|\n{TABLE}"), f"台账{name}.xlsx")
    period = parse_period(name)
    assert book is not None
    assert period is not None
    _, problems = read_book(book, meetings(), period, as_of=period.last, roster=None)
    return [p.message for p in problems if p.code == "title_period"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("更新时间：2025年2月28日", "2025年3月"),
        ("重点事项台账（更新时间：2025年2月28日）", "2025年3月"),
        ("督查事项台账（4月）", "2025年3月"),
        ("2025年2月督查事项台账", "2025年3月"),
        ("2024年3月督查事项台账", "2025年3月"),
        ("截至2025年8月底", "2025年1-9月"),
        ("2025年1-8月进展情况表", "2025年1-9月"),
        ("统计截止时间：2025年5月31日", "2025年3月"),
        ("填报日期：2024-03-31", "2025年3月"),
        ("更新时间：2021年11月30日", "2022-02-07"),
        ("二季度台账（7月）", "2025年二季度"),
        ("决策事项台账（2025.02）", "2025年3月"),
        ("决策事项台账（2025-02）", "2025年3月"),
        ("决策事项台账（二〇二五年二月）", "2025年3月"),
        ("决策事项台账（二月）", "2025年3月"),
    ],
)
def test_another_time_is_told(title: str, name: str) -> None:
    assert len(told(title, name)) == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("更新时间：2025年3月28日", "2025年3月"),
        ("更新时间：2025年4月2日", "2025年3月"),
        ("督查事项台账（3月）", "2025年3月"),
        ("2025年度重点事项台账", "2025年3月"),
        ("2025年1-3月进展情况表", "2025年3月"),
        ("2025年1-9月进展情况表", "2025年1-9月"),
        ("统计截止时间：2025年9月底      金额单位：见表头", "2025年1-9月"),
        ("2025年2月10日第一次会议决策事项", "2025年3月"),
        ("根据2025年2月印发的方案", "2025年3月"),
        ("截至1月31日", "2022-02-07"),
        ("2022年2月台账", "2022-02-07"),
        ("二季度台账（5月）", "2025年二季度"),
        ("2025年任务台账", "2025年3月"),
        ("12月底前完成事项", "2025年3月"),
        ("县政府第3次常务会议议定事项", "2025年4月"),
        ("单位：万元", "2025年3月"),
        ("决策事项台账（2025.03）", "2025年3月"),
        ("决策事项台账（二〇二五年三月）", "2025年3月"),
        ("二〇二五年二月十日第一次会议决策事项", "2025年3月"),
        ("云政办〔2025〕2号", "2025年3月"),
        ("2025.2.10调度会事项", "2025年3月"),
    ],
)
def test_the_same_time_and_other_dates_are_not(title: str, name: str) -> None:
    assert told(title, name) == []
