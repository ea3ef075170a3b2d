"""Ledgers as other offices keep them go through the kinds that are shipped: other headers, order, words, units."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.office import Office


def office(folder, kind: str, more: str = "") -> Office:
    return Office(
        folder,
        f"office: {{name: 云溪县人民政府督查室}}\nreports:\n  - {{name: 甲, kind: {kind}, title: 关于甲的通报{more}}}\n",
    )


def made(some: Office, table: str, period: str = "2022-10") -> tuple[dict[str, Any], str]:
    some.ledger(period, table, report="甲", head="")
    assert some.run() == 0
    return some.record(period, "甲"), some.paper(period, "甲").partition("\n附件\n")[0]


def test_projects_in_ten_thousands_with_two_header_rows_and_other_levels(tmp_path):
    record, text = made(
        office(tmp_path, "key-projects"),
        """
        | 重点工程进展情况表 |
        | 序号 | 项目类型 | 项目性质 | 工程名称 | 投资情况（万元） | < | < | 序时进度 | 是否开工 | 影响因素 |
        | ^ | ^ | ^ | ^ | 概算总投资 | 年度投资计划 | 完成投资 | ^ | ^ | ^ |
        | 1 | 省级重点 | 续建 | 东山水库 | #98000 | #31000 | #25000 | 达到序时 | 是 | |
        | 2 | 区重点 | 新建 | 滨河路 | #20500 | #9000 | #3000 | 欠进度 | 否 | 征迁受阻 |
        | 3 | 区重点 | 重大前期项目 | 二中 | #1500 | #300 | #0 | 停工 | | |
        | 合计 | | | | #120000 | #40300 | #28000 | | | |
        """,
    )
    assert record["figures"]["rows"] == 3
    assert (
        "概算总投资12亿元，年度计划投资4.03亿元。截至2022年10月31日，累计完成投资2.8亿元，占年度计划的69.48%。" in text
    )
    assert "其中，省市重点在建项目1个，累计完成投资2.5亿元，占年度计划（3.1亿元）的80.65%；县重点在建项目1个" in text
    assert "在建的2个项目中，已开工1个，未开工1个，开工率50%。" in text
    assert "达到序时进度1个，未达到序时进度1个，停缓建1个。" in text


def test_meetings_and_topics_in_columns_filled_once_with_typed_numbers(tmp_path):
    _, text = made(
        office(tmp_path, "standing-meeting"),
        """
        | 会议届次 | 会议议题 | 议定事项 | 责任部门 | 办理情况 | 落实状态 |
        | 一、县政府第3次常务会议确定事项落实情况 | (一)第一个议题,听取防汛工作汇报。 | 1.加固河堤。10月底前完工。 | 县水利局 | | 未落实 |
        | | | 2.补充物资。 | 各相关单位 | 已经入库。 | 已落实 |
        | 二、县政府第4次常务会议确定事项 | （一）审议城建计划 | 修改后印发。 | | 已经印发。 | 落实到位 |
        """,
    )
    assert "对县政府第3次常务会议、县政府第4次常务会议确定的事项逐项跟踪督查。" in text
    assert "\n一、县政府第3次常务会议确定事项落实情况\n本次会议确定2项，已完成1项，进展缓慢1项。\n" in text
    assert "\n（一）第一个议题，听取防汛工作汇报。\n确定事项：\n1.加固河堤。10月底前完工。\n" in text
    assert "\n二、县政府第4次常务会议确定事项落实情况\n" in text
    assert "1.县水利局负责的“加固河堤”进展缓慢" in text


def test_a_list_is_as_long_as_its_count_where_titles_are_shared(tmp_path):
    some = office(tmp_path, "meeting-decisions", ", opening: {closed: 4}")
    head = "| 批次 | 项号 | 办理状态 | 工作任务 | 办理单位 | 项目名称 |\n"
    rows = "| 第一次会议 | 1 | {} | 认定附属物性质。 | 县住建局 | 河滨公园 |\n| | 2 | {} | 完成拆除。 | 青石镇 | 河滨公园 |\n"
    some.ledger("2022-09", head + rows.format("推进中", "推进中"), report="甲", head="")
    record, text = made(some, head + rows.format("已办结", "阶段性办结"))
    assert [record["figures"][id_] for id_ in ("total", "closed_before", "newly_completed", "open")] == [6, 4, 2, 0]
    assert "新增完成的2项是：河滨公园（第1项）、河滨公园（第2项）。" in text


@pytest.mark.parametrize("units", ["县财政局", "县财政局⏎各相关单位", "县财政局、各镇街"])
def test_collective_units_are_not_counted_but_printed(tmp_path, units):
    _, text = made(
        office(tmp_path, "annual-tasks"),
        f"| 项号 | 重点任务 | 任务内容 | 主办单位 | 推进评价 |\n| 1 | 甲 | 清理结余资金 | {units} | 推进缓慢 |",
    )
    assert "共1项，涉及1家责任单位。" in text
    assert "存在“推进缓慢”事项的单位有1家：县财政局。" in text


def test_sub_rows_of_one_number_are_told_apart_by_their_units(tmp_path):
    some = office(tmp_path, "annual-tasks")
    table = """
        | 序号 | 工作任务 | 牵头单位 | 评价 |
        | 1 | 保持“稳中求进” | 县发改局 | {} |
        | ^ | ^ | 县工信局 | {} |
        """
    some.ledger("2022-08", table.format("正常", "正常"), report="甲", head="")
    _, text = made(some, table.format("滞后", "滞后"))
    assert "共1大项2项" in text
    assert "变为“滞后”的2项：第1项“保持‘稳中求进’”（县发改局）、第1项“保持‘稳中求进’”（县工信局）。" in text
