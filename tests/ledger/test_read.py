"""Ledgers as offices keep them: where the table is, what its lines are, what its cells mean."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.support.builders import (
    codes,
    column,
    field_values,
    items,
    kind,
    ledger,
    meetings,
    period,
    projects,
    read,
    year_tasks,
)
from tests.support.drawing import saved, workbook, xlsx
from tongbao.config.kinds import ColumnType, Label
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import Cell
from tongbao.ledger.read import read_book
from tongbao.model import DeadlineKind, Level, Problem, State
from tongbao.words.text import clean, one_line


def told(problems: list[Problem], code: str) -> Problem:
    """The one problem of this code."""
    (found,) = [p for p in problems if p.code == code]
    return found


# ---------------------------------------------------------------------------------------------- header


@pytest.mark.parametrize("above", [0, 1, 4, 9])
def test_the_header_is_found_in_any_of_the_first_ten_rows(above: int) -> None:
    titles = "| 云溪县决策事项台账 |\n" + "===\n" * (above - 1) if above else ""
    found = ledger(titles + "| 序号 | 事项 | 备注 |\n| 1 | 修路 | 完成 |")
    assert found.tables[0].header_row == above + 1
    assert [r.place.cell for r in found.rows] == [str(above + 2)]


@pytest.mark.parametrize(
    "header",
    ["责任⏎单位", "责 任 单 位", "责任单位（牵头）", "责任单位：", "*责任单位", "责任单位※", "４.责任单位"],
)
def test_headers_are_compared_without_breaks_spaces_brackets_and_marks(header: str) -> None:
    found = ledger(f"| 序号 | 事项 | {header} | 备注 |\n| 1 | 修路 | 县交通局 | |")
    assert found.rows[0].units == ("县交通局",)


def test_brackets_that_belong_to_the_alias_count() -> None:
    found = ledger("| 序号 | 分管(分包)⏎领导 | 事项 | 备注 |\n| 1 | 林一山 | 修路 | |")
    assert found.rows[0].cells["分管领导"] == ("林一山",)


def test_a_header_of_two_rows_is_read_by_its_lower_row_and_by_both_together() -> None:
    found = ledger(
        """
        | 序号 | 项目名称 | 投资（亿元） | < | 推进状态 |
        | ^ | ^ | 计划投资 | 完成投资 | ^ |
        | 1 | 甲园区 | 8.9 | 7.47 | 达序时 |
        """,
        projects(),
    )
    assert found.rows[0].cells["计划投资"] == Decimal("8.9")
    assert found.rows[0].cells["完成投资"] == Decimal("7.47")
    assert found.tables[0].header_row == 2


def test_a_lower_header_that_says_little_is_completed_by_its_group() -> None:
    by = kind(
        [
            column("序号"),
            column("事项", required=True),
            column("计划", "年度投资计划", type=ColumnType.AMOUNT),
            column("状态", type=ColumnType.STATUS, required=True),
        ],
        [Label("正常", State.ON_TRACK)],
    )
    found = ledger("| 序号 | 事项 | 年度投资 | < | 状态 |\n|^|^| 计划 | 完成 |^|\n| 1 | 甲 | 12 | 3 | 正常 |", by)
    assert found.rows[0].cells["计划"] == Decimal(12)
    assert found.rows[0].others == {"年度投资完成": "3"}


def test_a_header_that_two_fields_could_mean_goes_where_all_fit_best() -> None:
    by = kind(
        [
            column("序号"),
            column("事项"),
            column("进展", "完成情况", "进展情况"),
            column("状态", "完成情况", "状态", type=ColumnType.STATUS, required=True),
        ],
        [Label("完成", State.DONE), Label("推进", State.ON_TRACK, default=True)],
    )
    both = ledger("| 序号 | 事项 | 进展情况 | 完成情况 |\n| 1 | 修路 | 路基已成 | 完成 |", by)
    assert (both.rows[0].get("进展"), both.rows[0].label) == ("路基已成", "完成")
    other = ledger("| 序号 | 事项 | 完成情况 | 状态 |\n| 1 | 修路 | 路基已成 | 完成 |", by)
    assert (other.rows[0].get("进展"), other.rows[0].label) == ("路基已成", "完成")


def test_a_header_of_three_rows() -> None:
    found = ledger(
        """
        | 序号 | 项目名称 | 投资情况（亿元） | < | < | 推进状态 |
        | ^ | ^ | 总投资 | 2022年 | < | ^ |
        | ^ | ^ | ^ | 年度计划投资 | 累计完成投资 | ^ |
        | 1 | 甲园区 | 20 | 8.9 | 7.47 | 达序时 |
        """,
        projects(),
    )
    assert [found.rows[0].get(f) for f in ("总投资", "计划投资", "完成投资")] == ["20", "8.9", "7.47"]


def test_lower_headers_that_no_field_wants_still_belong_to_the_header() -> None:
    table = "| 序号 | 事项 | 投资 | < | 备注 |\n|{0}|{0}| 计划 | 完成 |{0}|\n| 1 | 修路 | 8 | 7 | |"
    for below in ("^", " "):
        found = ledger(table.format(below))
        assert items(found) == [("1", "修路")]
        assert found.rows[0].others == {"投资计划": "8", "投资完成": "7"}


def test_a_group_header_that_is_an_alias_does_not_make_its_sub_headers_an_item() -> None:
    data = xlsx(
        """
        | 序号 | 交办事项 | < | 办理情况 | < | 备注 |
        | ^ | 具体要求 | 办结时限 | 进展情况 | 办理状态 | ^ |
        | 1 | 修路 | 5月底 | 已进场 | 完成 | 已通车 |
        """
    )
    found, problems = read(data)
    assert found is None
    assert "现有：序号、交办事项具体要求、交办事项办结时限" in told(problems, "missing_column").message


def test_a_header_merged_sideways_stands_over_its_first_column() -> None:
    found = ledger("| 序号 | 事项 | 完成情况 | < | 备注 |\n| 1 | 修路 | 路基已成 | < | |")
    assert found.rows[0].get("进展") == "路基已成"


def test_undeclared_columns_are_kept_as_text() -> None:
    found = ledger("| 序号 | 事项 | 备注 | 督办人 |\n| 1 | 修路 | | 林一山 |")
    assert found.rows[0].others == {"督办人": "林一山"}
    assert [h.text for h in found.tables[0].others] == ["督办人"]


def test_missing_headers_are_named_with_the_nearest_one_and_the_names_they_may_have() -> None:
    found, problems = read("| 序号 | 交办亊项 | 责任单位 |\n| 1 | 修路 | 县交通局 |")
    assert found is None
    problem = told(problems, "missing_column")
    assert problem.message == "表头里缺少：交办事项、备注（现有：序号、交办亊项、责任单位）"
    assert "“交办亊项”是不是交办事项？" in problem.fix
    assert "备注、状态" in problem.fix
    assert problem.place.sheet == "台账"


def test_a_workbook_without_any_header_says_what_a_header_needs() -> None:
    found, problems = read("| 随便写写 |\n| 甲 | 乙 |")
    assert found is None
    assert told(problems, "no_header").fix == "表头至少要有：交办事项、备注"


def test_the_same_header_twice_is_an_error_that_names_both_cells() -> None:
    _, problems = read("| 序号 | 事项 | 备注 | 备 注 |\n| 1 | 修路 | 完成 | |")
    assert "C1、D1" in told(problems, "header_twice").message


def test_two_headers_for_one_field_read_the_first_alias_and_say_so() -> None:
    found, problems = read("| 序号 | 事项 | 牵头单位 | 责任单位 | 备注 |\n| 1 | 修路 | 甲局 | 乙局 | |")
    assert found is not None
    assert found.rows[0].units == ("乙局",)
    assert told(problems, "header_rivals").message == "“责任单位”和“牵头单位”都像责任单位一栏，按“责任单位”读取"


# ---------------------------------------------------------------------------------------------- sheets

PLAIN = "| 序号 | 事项 | 备注 |\n| 1 | 修路 | 完成 |"


def test_the_sheet_that_fits_is_read_among_others() -> None:
    found = ledger(xlsx("| 填表说明 |\n| 一、请勿改动表头 |", PLAIN))
    assert items(found) == [("1", "修路")]
    assert found.rows[0].place.sheet == "表2"


def test_several_sheets_that_fit_are_listed_unless_one_or_all_are_asked_for() -> None:
    data = xlsx(PLAIN, PLAIN.replace("修路", "架桥"), names=["城建", "交通"])
    found, problems = read(data)
    assert found is None
    assert "“城建”、“交通”" in told(problems, "several_sheets").message
    assert items(ledger(data, sheet="交通")) == [("1", "架桥")]
    assert items(ledger(data, sheet="*")) == [("1", "修路"), ("1", "架桥")]
    _, problems = read(data, sheet="水利")
    assert told(problems, "no_such_sheet").message == "没有工作表“水利”，只有“城建”、“交通”"


def test_of_sheets_named_after_periods_the_one_of_the_file_is_read() -> None:
    data = xlsx(PLAIN, PLAIN.replace("修路", "架桥"), names=["2022-01-19", "2022-02-07"])
    assert items(ledger(data)) == [("1", "架桥")]


def test_a_sheet_that_names_its_month_without_the_year_is_that_of_the_file() -> None:
    data = xlsx(PLAIN, PLAIN.replace("修路", "架桥"), names=["8月", "9月份"])
    assert items(ledger(data, label="2022-09-30")) == [("1", "架桥")]
    assert items(ledger(data, label="2022-08-31")) == [("1", "修路")]


def test_a_sheet_of_closed_items_is_read_as_done() -> None:
    found = ledger(xlsx(PLAIN, "| 序号 | 事项 | 销号日期 |\n| 1 | 建校 | 2021年底 |", names=["台账", "已销号"]))
    assert items(found) == [("1", "修路")]
    (closed,) = found.closed
    assert (closed.text, closed.done, closed.label) == ("建校", True, "完成")


def test_a_closed_item_whose_status_says_otherwise_is_asked_about() -> None:
    sheet = "| 序号 | 事项 | 备注 |\n| 1 | 建校 | 需加快推进 |\n| 2 | 建馆 | 撤销 |"
    found, problems = read(xlsx(PLAIN, sheet, names=["台账", "销号"]))
    assert found is not None
    assert [(r.done, r.withdrawn) for r in found.closed] == [(True, False), (False, True)]
    assert told(problems, "closed_not_done").place.cell == "C2"


def test_an_empty_form_beside_the_ledger_is_passed_over() -> None:
    assert items(ledger(xlsx("| 序号 | 事项 | 备注 |", PLAIN, names=["样表", "台账"]))) == [("1", "修路")]


def test_an_empty_workbook_says_so() -> None:
    found, problems = read(saved(Workbook()))
    assert found is None
    assert codes(problems) == ["empty_book"]


def test_hidden_sheets_are_not_read_and_the_clerk_is_told() -> None:
    book = workbook(PLAIN, PLAIN, names=["台账", "旧台账"])
    book["旧台账"].sheet_state = "hidden"
    found, problems = read(saved(book))
    assert found is not None
    assert told(problems, "hidden_sheet").message == "工作表“旧台账”是隐藏的，没有读取"


# ---------------------------------------------------------------------------------------------- sections


def test_full_width_rows_are_the_sections_of_the_rows_below() -> None:
    found = ledger(
        """
        | 序号 | 事项 | 责任单位 | 备注 |
        | 2021年10月26日第一次会议决策事项 |
        | 1 | 修路 | 县交通局 | |
        | 2 | 架桥 | 县交通局 | |
        | 2021年11月2日第二次会议决策事项 |
        | 3 | 建校 | 县教育局 | |
        """
    )
    assert [r.section for r in found.rows] == [
        ("2021年10月26日第一次会议决策事项",),
        ("2021年10月26日第一次会议决策事项",),
        ("2021年11月2日第二次会议决策事项",),
    ]


def test_an_unmerged_heading_is_one_filled_cell_with_the_rest_empty() -> None:
    found = ledger("| 序号 | 事项 | 责任单位 | 备注 |\n| 第一次会议 | | | |\n| 1 | 修路 | 甲局 | |")
    assert [r.section for r in found.rows] == [("第一次会议",)]


def test_two_levels_are_told_apart_by_numbering() -> None:
    found = ledger(
        """
        | 序号 | 项目名称 | 责任单位 | 推进状态 |
        | 一、省重点 |
        | （一）在建 |
        | 1 | 甲园区 | 县发改局 | |
        | （二）前期 |
        | 2 | 乙水库 | 县水利局 | |
        | 二、县重点 |
        | （一）在建 |
        | 3 | 丙道路 | 县交通局 | |
        | 三、其他 |
        | 4 | 丁学校 | 县教育局 | |
        """,
        projects(),
    )
    assert [r.section for r in found.rows] == [
        ("一、省重点", "（一）在建"),
        ("一、省重点", "（二）前期"),
        ("二、县重点", "（一）在建"),
        ("三、其他",),
    ]


def test_two_levels_without_numbering_are_told_apart_by_order() -> None:
    found = ledger(
        """
        | 序号 | 项目名称 | 责任单位 | 推进状态 |
        | 省重点 |
        | 在建 |
        | 1 | 甲园区 | 县发改局 | |
        | 前期 |
        | 2 | 乙水库 | 县水利局 | |
        | 县重点 |
        | 在建 |
        | 3 | 丙道路 | 县交通局 | |
        """,
        projects(),
    )
    assert [r.section for r in found.rows] == [("省重点", "在建"), ("省重点", "前期"), ("县重点", "在建")]


def test_a_level_with_a_column_of_its_own_is_read_from_there() -> None:
    found = ledger(
        """
        | 级别 | 序号 | 项目名称 | 推进状态 |
        | 省重点 | 1 | 甲园区 | |
        | ^ | 2 | 乙水库 | |
        | 县重点 | 3 | 丙道路 | |
        """,
        projects(),
    )
    assert [r.section for r in found.rows] == [("省重点",), ("省重点",), ("县重点",)]


def test_a_heading_with_subtotals_is_no_item() -> None:
    found = ledger(
        """
        | 序号 | 项目名称 | 责任单位 | 计划投资 | 推进状态 |
        | 一 | 省重点项目（2项） | | 8.9 | |
        | 1 | 甲园区 | 县发改局 | 5 | 达序时 |
        | 2 | 乙水库 | 县水利局 | 3.9 | 达序时 |
        """,
        projects(sections=("级别",)),
    )
    assert items(found) == [("1", "甲园区"), ("2", "乙水库")]
    assert found.rows[0].section == ("一、省重点项目（2项）",)


def test_a_heading_with_its_number_in_a_cell_of_its_own() -> None:
    found = ledger("| 序号 | 事项 | 责任单位 | 备注 |\n| 一 | 城建类 | < | < |\n| 1 | 修路 | 县交通局 | |")
    assert [r.section for r in found.rows] == [("一、城建类",)]


@pytest.mark.parametrize(
    ("headings", "empty"),
    [
        (["一、工业", "（一）园区"], []),
        (["第一部分 项目", "一、工业", "（一）园区", "1.新建"], []),
        (["一、工业", "二、民生"], ["一、工业"]),
        (["（一）园区", "二、民生"], ["（一）园区"]),
        (["工业", "民生"], ["工业"]),
    ],
)
def test_a_kind_without_levels_asks_nothing_about_headings_numbered_one_below_the_other(headings, empty) -> None:
    above = "".join(f"| {heading} |\n" for heading in headings)
    found, problems = read(f"{TASKS_HEAD}{above}| 1 | 修路 | 县交通局 | 正常 |\n", year_tasks())
    assert found is not None
    assert len(found.rows) == 1
    assert [p.message for p in problems if p.code == "empty_heading"] == [
        f"标题“{words}”下面没有事项" for words in empty
    ]


TASKS_HEAD = "| 序号 | 工作任务 | 牵头单位 | 完成情况 |\n"


def test_a_heading_without_items_is_asked_about() -> None:
    _, problems = read("| 序号 | 事项 | 备注 |\n| 第一次会议 |\n| 第二次会议 |\n| 1 | 修路 | |")
    assert told(problems, "empty_heading").place.cell == "A2"


def test_a_heading_column_left_blank_goes_on_until_an_outer_heading_begins() -> None:
    by = kind(
        [column("会议"), column("议题"), column("事项", required=True), column("状态", type=ColumnType.STATUS)],
        [Label("正常", State.ON_TRACK, default=True)],
        sections=("会议", "议题"),
    )
    table = """
        | 会议 | 议题 | 事项 | 状态 |
        | 第1次 | 防汛 | 修堤 | 正常|
        |  |  | 清淤 | 正常|
        |  | 供水 | 换管 | 正常|
        | 第2次 |  | 建校 | 正常|
        """
    assert [r.section for r in ledger(table, by).rows] == [
        ("第1次", "防汛"),
        ("第1次", "防汛"),
        ("第1次", "供水"),
        ("第2次",),
    ]


def test_the_date_in_a_section_gives_its_deadlines_their_year() -> None:
    found, problems = read(
        "| 序号 | 事项 | 时限 | 备注 |\n| 2021年12月29日第八次会议 |\n| 1 | 修路 | 4月底前 | |", label="2022-02-07"
    )
    assert found is not None
    assert found.rows[0].deadline.last == date(2022, 4, 30)
    assert "2021年12月29日" in told(problems, "deadline_inferred").message


# ---------------------------------------------------------------------------------------------- merged cells


def test_only_declared_ranges_fill_and_only_columns_that_fill() -> None:
    found = ledger(
        """
        | 序号 | 名称 | 责任单位 | 事项 | 完成情况 | 备注 |
        | 1 | 甲项目 | 县财政局 | 修路 | 已动工 | |
        | 2 | ^ | ^ | 架桥 | ^ | |
        | 3 | 乙项目 | 县水利局 | 挖渠 | 未动工 | |
        | 4 | | | 筑坝 | 未动工 | |
        """
    )
    assert field_values(found, "名称") == ["甲项目", "甲项目", "乙项目", ""]
    assert field_values(found, "责任单位") == [("县财政局",), ("县财政局",), ("县水利局",), ()]
    assert field_values(found, "进展") == ["已动工", "", "未动工", "未动工"]
    assert [r.merged for r in found.rows] == [frozenset(), {"名称", "责任单位"}, frozenset(), frozenset()]


def test_rows_under_one_number_count_each_for_its_own_status() -> None:
    found = ledger(
        """
        | 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 |
        | 1 | 争取资金 | 县财政局 | 林一山 | 已申报 | 积极 |
        | ^ | ^ | 县发改局 | 周二川 | 已入库 | 一般 |
        | ^ | ^ | 县应急局 | 吴三河 | 已对接 | 滞后 |
        | 2 | 打通断头路 | 县住建局 | 郑四海 | 已开工 | 正常 |
        """,
        year_tasks(),
    )
    assert [(r.no, r.text, r.units, r.label) for r in found.rows] == [
        ("1", "争取资金", ("县财政局",), "积极"),
        ("1", "争取资金", ("县发改局",), "一般"),
        ("1", "争取资金", ("县应急局",), "滞后"),
        ("2", "打通断头路", ("县住建局",), "正常"),
    ]
    assert "事项" in found.rows[1].merged


def test_units_merged_while_the_status_differs() -> None:
    found = ledger(
        """
        | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
        | 8 | 稳增长 | 县工信局⏎县商务局 | 工业增长7% | 一般 |
        | ^ | ^ | ^ | 消费增长3.9% | 积极 |
        """,
        year_tasks(),
    )
    assert [(r.units, r.get("进展"), r.label) for r in found.rows] == [
        (("县工信局", "县商务局"), "工业增长7%", "一般"),
        (("县工信局", "县商务局"), "消费增长3.9%", "积极"),
    ]


def test_a_row_drawn_over_several_lines_is_one_row_with_its_lines_joined() -> None:
    found = ledger(
        """
        | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
        | 1 | 争取资金 | 县财政局 | 已申报 | 积极 |
        | ^ | ^ | 县发改局 | 已入库 | ^ |
        | 2 | 修路 | 县交通局 | 已开工 | 正常 |
        """,
        year_tasks(),
    )
    assert [(r.no, r.units, r.get("进展")) for r in found.rows] == [
        ("1", ("县财政局", "县发改局"), "已申报\n已入库"),
        ("2", ("县交通局",), "已开工"),
    ]


@pytest.mark.parametrize("line", ["| ^ | ^ | 县发改局 | 已入库 | |", "| ^ | ^ | 县发改局 | | |"])
def test_a_line_under_a_merged_task_with_a_unit_of_its_own_is_a_row_of_its_own(line: str) -> None:
    found, problems = read(
        f"""
        | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
        | 1 | 争取资金 | 县财政局 | 已申报 | 积极 |
        {line}
        """,
        year_tasks(),
    )
    assert found is not None
    assert [(r.units, r.typed) for r in found.rows] == [(("县财政局",), "积极"), (("县发改局",), "")]
    assert "line_joined" not in codes(problems)


def test_a_line_under_a_merged_task_with_nothing_but_progress_is_joined_and_told() -> None:
    found, problems = read(
        """
        | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
        | 1 | 争取资金 | 县财政局 | 已申报 | 积极 |
        | ^ | ^ | ^ | 已入库 | |
        """,
        year_tasks(),
    )
    assert found is not None
    assert [r.get("进展") for r in found.rows] == ["已申报\n已入库"]
    assert told(problems, "line_joined").place.cell == "D3"


def test_one_status_merged_over_several_tasks_is_that_of_each() -> None:
    found = ledger(
        """
        | 序号 | 事项 | 备注 |
        | 1 | 修路 | 完成 |
        | 2 | 架桥 | ^ |
        | 3 | 挖渠 | |
        """
    )
    assert [r.label for r in found.rows] == ["完成", "完成", "正常推进"]


def test_a_merged_range_across_the_border_of_an_item_is_asked_about() -> None:
    _, problems = read(
        """
        | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
        | 1 | 修路 | 县交通局 | 已申报 | 积极 |
        | ^ | ^ | 县财政局 | 已入库 | 积极 |
        | 2 | 架桥 | ^ | 已开工 | 正常 |
        """,
        year_tasks(),
    )
    problem = told(problems, "merge_straddles")
    assert problem.message == "合并区域 C3:C4 跨过了事项的边界，它的内容属于哪一项看不准"


def test_text_hidden_under_a_merged_cell_is_reported_with_its_cell() -> None:
    data = xlsx("| 序号 | 名称 | 事项 | 备注 |\n| 1 | 甲项目 | 修路 | |\n| 2 | ^ | 架桥 | |")
    _, problems = read(_with_hidden_text(data))
    assert told(problems, "text_under_merge").place.cell == "B3"


def _with_hidden_text(data: bytes) -> bytes:
    """The same workbook with a text in B3, which its merged range B2:B3 covers."""
    source, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("sheet1.xml"):
                cell = '<c r="B3" t="inlineStr"><is><t>乙项目</t></is></c>'.encode()
                content = content.replace(b'<c r="C3"', cell + b'<c r="C3"')
            target.writestr(part, content)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------- what is no item


def test_totals_notes_signatures_and_repeated_headers_are_no_items() -> None:
    found, problems = read(
        """
        | 云溪县决策事项台账 |
        | 序号 | 事项 | 责任单位 | 备注 |
        | 1 | 修路 | 县交通局 | 完成 |
        | 小计 | | 1家 | |
        | 云溪县决策事项台账 |
        | 序号 | 事项 | 责任单位 | 备注 |
        | 2 | 架桥 | 县交通局 | |
        | 合计 | 2项 | | |
        | 注：空白表示正常推进。 |
        | 填表人：林一山 | | 审核：周二川 | |
        | | | 云溪县督查室 | |
        | | | 2022年2月7日 | |
        """
    )
    assert found is not None
    assert items(found) == [("1", "修路"), ("2", "架桥")]
    assert codes([p for p in problems if p.level is not Level.NOTE]) == []
    assert told(problems, "asides").message.startswith("8行是合计、说明、签字或重复的表头，没有作为事项：第4行“小计”")


@pytest.mark.parametrize("total", ["合　计", "合 计", "小　计", "全县总计", "总 计："])
@pytest.mark.parametrize("line", ["| {} | < | 2家 | 2项 |", "| {} | | 2家 | 2项 |", "| {} | | | |"])
def test_a_total_spread_out_or_named_is_no_item(total, line) -> None:
    found, problems = read("| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | 修路 | 县交通局 | 完成 |\n" + line.format(total))
    assert found is not None
    assert items(found) == [("1", "修路")]
    assert codes([p for p in problems if p.level is not Level.NOTE]) == []


def test_rows_that_only_carry_a_number_are_no_items() -> None:
    found, problems = read("| 序号 | 事项 | 备注 |\n| 1 | 修路 | |\n| 2 | | |\n| 3 | | |")
    assert found is not None
    assert items(found) == [("1", "修路")]
    assert codes(problems) == ["asides"]


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("| 2 | | 县财政局 | 完成 |", "3"),
        ("| | | 县财政局 | 完成 |", "3"),
        ("| | 架桥 | | |", "B3"),
        ("| | | | 完成 |", "D3"),
        ("| | | 县财政局 | |", "C3"),
    ],
)
def test_a_line_that_may_be_an_item_is_an_error_never_dropped(line: str, cell: str) -> None:
    _, problems = read(
        f"| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | 修路 | 县交通局 | |\n{line}\n| 9 | 挖渠 | 县水利局 | |"
    )
    problem = told(problems, "line_doubt")
    assert (problem.level, problem.place.cell) == (Level.ERROR, cell)


def test_lines_under_an_empty_merged_task_are_asked_about() -> None:
    _, problems = read(
        "| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | | 县交通局 | |\n| 2 | ^ | 县水利局 | 完成 |\n| 3 | 修路 | 甲局 | |"
    )
    assert [p.place.cell for p in problems if p.code == "line_doubt"] == ["2", "3"]


def test_an_item_without_a_number_is_read_and_told() -> None:
    found, problems = read("| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | 修路 | 县交通局 | |\n| | 架桥 | 县交通局 | 完成 |")
    assert found is not None
    assert items(found) == [("1", "修路"), ("", "架桥")]
    assert told(problems, "no_number").place.cell == "3"


def test_a_ledger_without_a_number_column_has_no_numbers() -> None:
    found, problems = read("| 事项 | 备注 |\n| 修路 | 完成 |\n| 架桥 | |")
    assert found is not None
    assert items(found) == [("", "修路"), ("", "架桥")]
    assert problems == []


def test_a_line_of_column_numbers_under_the_header_is_no_item() -> None:
    found = ledger("| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | 2 | 3 | 4 |\n| 1 | 修路 | 县交通局 | |")
    assert items(found) == [("1", "修路")]


def test_the_last_task_alone_in_its_line_is_asked_about_not_taken_for_a_signature() -> None:
    _, problems = read("| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | 修路 | 县交通局 | |\n| | 架桥 | | |")
    assert told(problems, "line_doubt").place.cell == "B3"


def test_items_below_empty_rows_are_read_and_told() -> None:
    found, problems = read("| 序号 | 事项 | 备注 |\n| 1 | 修路 | |\n===\n===\n===\n| 2 | 架桥 | |")
    assert found is not None
    assert items(found) == [("1", "修路"), ("2", "架桥")]
    assert told(problems, "gap").place.cell == "6"


def test_the_header_of_another_table_below_is_asked_about() -> None:
    _, problems = read(
        "| 序号 | 事项 | 责任单位 | 备注 |\n| 1 | 修路 | 甲局 | |\n| 序号 | 责任单位 | 事项 | 备注 |\n| 2 | 乙局 | 架桥 | |"
    )
    assert "像是另一张表的表头" in told(problems, "line_doubt").message


@pytest.mark.parametrize("header", ["落实情况", "进展情况（截至月底）/下步", "进展情祝"])
def test_a_column_that_looks_like_a_field_and_is_not_read_is_told(header: str) -> None:
    _, problems = read(f"| 序号 | 事项 | {header} | 联系电话 | 备注 |\n| 1 | 修路 | 已进场 | 123 | |")
    problem = told(problems, "header_unread")
    assert (problem.place.cell, problem.level) == ("C1", Level.WARNING)
    assert "像是“进展”" in problem.message


def test_cells_in_a_column_without_a_header_are_told() -> None:
    found, problems = read("| 序号 | 事项 | | 备注 |\n| 1 | 修路 | 急 | |")
    assert found is not None
    assert items(found) == [("1", "修路")]
    assert told(problems, "outside").place.cell == "C2"


def test_cells_beside_the_table_are_told() -> None:
    found, problems = read("| 序号 | 事项 | 备注 | |\n| 1 | 修路 | | 待问 |")
    assert found is not None
    assert told(problems, "outside").place.cell == "D2"


def test_an_empty_table_is_an_error() -> None:
    found, problems = read("| 序号 | 事项 | 备注 |")
    assert found is not None
    assert found.rows == ()
    assert told(problems, "no_items").place.sheet == "台账"


@given(st.text(min_size=1), st.text())
def test_a_numbered_line_with_a_task_is_always_an_item_and_its_text_is_kept(task: str, progress: str) -> None:
    assume(one_line(task) and one_line(task) != "事项")
    head: list[Cell] = ["序号", "事项", "责任单位", "进展情况", "备注"]
    rows: list[list[Cell]] = [head, [1.0, task, "县交通局", progress, ""], [2.0, "架桥", "县交通局", "", ""]]
    when = period()
    found, _ = read_book(Book("台账.xlsx", (Sheet("台账", rows),)), meetings(), when, as_of=when.last, roster=None)
    assert found is not None
    assert items(found) == [("1", one_line(task)), ("2", "架桥")]
    assert found.rows[0].get("进展") == clean(progress)


# ---------------------------------------------------------------------------------------------- values


def values(header: str, text: str, by: Any = None) -> tuple[Any, list[str]]:
    """The value of one cell of the projects' table, and the codes of the problems."""
    found, problems = read(
        f"| 序号 | 项目名称 | {header} | 推进状态 |\n| 1 | 甲园区 | {text} | |", by or projects(sections=())
    )
    assert found is not None
    name = next(f for f, h in found.tables[0].headers.items() if h.column == 3)
    return found.rows[0].cells[name], codes(problems)


@pytest.mark.parametrize(
    ("header", "text", "value"),
    [
        ("年度计划投资（亿元）", "8.9", Decimal("8.9")),
        ("年度计划投资", "8.9亿元", Decimal("8.9")),
        ("年度计划投资（万元）", "89000", Decimal("8.9")),
        ("年度计划投资（单位：万元）", "89,000", Decimal("8.9")),
        ("年度计划投资（万元）", "8.9亿元", Decimal("8.9")),
        ("年度计划投资", "577万元", Decimal("0.0577")),
        ("年度计划投资", "#8.9", Decimal("8.9")),
        ("年度计划投资", "—", None),
        ("完成率", "#0.39", Decimal(39)),
        ("完成率", "77.9%", Decimal("77.9")),
        ("完成率", "39", Decimal(39)),
        ("完成率（%）", "#77.9", Decimal("77.9")),
        ("开工日期", "@2022-04-30", date(2022, 4, 30)),
        ("开工日期", "#44681", date(2022, 4, 30)),
        ("开工日期", "2022.4.30", date(2022, 4, 30)),
        ("开工日期", "2022年⏎4月30日", date(2022, 4, 30)),
        ("子项数", "#12", Decimal(12)),
        ("形象进度", "00123", "00123"),
        ("形象进度", "#12", "12"),
        ("形象进度", "@2022-04-30", "2022年4月30日"),
    ],
)
def test_values_are_read_by_the_declared_type(header: str, text: str, value: Any) -> None:
    assert values(header, text) == (value, [])


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("计划投资", "约8亿"),
        ("计划投资", "8.9美元"),
        ("完成率", "大半"),
        ("开工日期", "2022-13-40"),
        ("子项数", "1.5"),
        ("计划投资", "1" * 40 + "万元"),
        ("计划投资", "#1e300"),
    ],
)
def test_what_is_not_of_the_declared_type_is_an_error(header: str, text: str) -> None:
    assert values(header, text) == (None, ["value_unread"])


def test_the_unit_of_measure_above_the_table_holds_for_its_amounts() -> None:
    found = ledger(
        "| 重点项目 | < | | 单位：万元 |\n| 序号 | 项目名称 | 计划投资 | 推进状态 |\n| 1 | 甲园区 | #89000 | |",
        projects(),
    )
    assert found.rows[0].cells["计划投资"] == Decimal("8.9")


def test_a_remark_beside_a_percent_is_kept() -> None:
    found = ledger("| 序号 | 项目名称 | 完成率 | 推进状态 |\n| 1 | 甲园区 | 70%（受征地影响 | |", projects())
    assert found.rows[0].cells["完成率"] == Decimal(70)
    assert found.rows[0].others == {"完成率（说明）": "受征地影响"}


def test_dates_of_a_workbook_that_counts_from_1904() -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = workbook("| 序号 | 项目名称 | 开工日期 | 推进状态 |\n| 1 | 甲园区 | #43219 | |")
    book.epoch = CALENDAR_MAC_1904
    assert field_values(ledger(saved(book), projects()), "开工日期") == [date(2022, 4, 30)]


def test_tasks_are_one_line_and_progress_keeps_its_paragraphs() -> None:
    found = ledger("| 序号 | 事项 | 完成情况 | 备注 |\n| 1 | 修建⏎道路 | 一、路基已成。⏎二、路面待铺。 | |")
    assert (found.rows[0].text, found.rows[0].get("进展")) == ("修建道路", "一、路基已成。\n二、路面待铺。")


def test_people_are_separated_and_a_space_inside_a_name_is_not_a_separator() -> None:
    found = ledger("| 序号 | 分管领导 | 事项 | 备注 |\n| 1 | 林　山⏎周二川、吴三河 郑四海 | 修路 | |")
    assert found.rows[0].cells["分管领导"] == ("林山", "周二川", "吴三河", "郑四海")


def test_ditto_marks_are_errors() -> None:
    _, problems = read("| 序号 | 责任单位 | 事项 | 备注 |\n| 1 | 县财政局 | 修路 | |\n| 2 | 同上 | 架桥 | |")
    assert told(problems, "ditto").place.cell == "B3"


def test_line_breaks_in_unit_cells_separate_units() -> None:
    found = ledger(
        "| 序号 | 责任单位 | 事项 | 备注 |\n| 1 | 县财政局⏎县水利局 | 修路 | |\n| 2 | 县财政局 | 挖渠 | |\n| 3 | 县水利局 | 筑坝 | |"
    )
    assert found.rows[0].units == ("县财政局", "县水利局")


@pytest.mark.parametrize(
    ("text", "last", "of", "code"),
    [
        ("2022年⏎1月30日", date(2022, 1, 30), DeadlineKind.POINT, "status_proposed"),
        ("@2022-04-30", date(2022, 4, 30), DeadlineKind.POINT, ""),
        ("#44681", date(2022, 4, 30), DeadlineKind.POINT, ""),
        ("4月底前", date(2022, 4, 30), DeadlineKind.BEFORE, "deadline_inferred"),
        ("长期坚持", None, DeadlineKind.OPEN, ""),
        ("", None, DeadlineKind.EMPTY, ""),
        ("2022年9月31日前", None, DeadlineKind.INVALID, "deadline_invalid"),
        ("2022年8月前", date(2022, 8, 31), DeadlineKind.AMBIGUOUS, "deadline_ambiguous"),
        ("嗯嗯", None, DeadlineKind.UNREAD, "deadline_unread"),
    ],
)
def test_deadlines(text: str, last: date | None, of: DeadlineKind, code: str) -> None:
    found, problems = read(f"| 序号 | 事项 | 时限 | 备注 |\n| 1 | 修路 | {text} | |")
    assert found is not None
    assert (found.rows[0].deadline.kind, codes(problems)) == (of, [code] if code else [])
    if of is not DeadlineKind.AMBIGUOUS:
        assert found.rows[0].deadline.last == last


def test_status_words_with_line_breaks_are_known_and_kept_as_typed() -> None:
    row = ledger("| 序号 | 事项 | 备注 |\n| 1 | 修路 | 视为⏎完成 |").rows[0]
    assert (row.typed, row.label, row.state, row.done) == ("视为完成", "视为完成", State.PARTIAL, True)


def test_an_unknown_status_is_an_error_that_names_the_nearest() -> None:
    _, problems = read("| 序号 | 事项 | 备注 |\n| 1 | 修路 | 需加快推近 |")
    problem = told(problems, "status_unknown")
    assert (problem.level, problem.place.cell, problem.header, problem.value) == (
        Level.ERROR,
        "C2",
        "备注",
        "需加快推近",
    )
    assert problem.item == "第1项 修路"
    assert problem.fix.startswith("是不是“需加快推进”？")


def test_a_required_value_that_is_missing_is_an_error() -> None:
    by = kind(
        [
            column("序号"),
            column("事项", required=True),
            column("责任单位", type=ColumnType.UNITS, required=True),
            column("状态", type=ColumnType.STATUS),
        ],
        [Label("正常", State.ON_TRACK)],
    )
    _, problems = read("| 序号 | 事项 | 责任单位 | 状态 |\n| 1 | 修路 | | 正常 |", by)
    assert told(problems, "value_missing").place.cell == "C2"


# ---------------------------------------------------------------------------------------------- marks


def test_hidden_and_filtered_rows_count_and_are_told() -> None:
    book = workbook("| 序号 | 事项 | 备注 |\n| 1 | 修路 | |\n| 2 | 架桥 | |\n| 3 | 挖渠 | |")
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["C"].hidden = True
    found, problems = read(saved(book))
    assert found is not None
    assert len(found.rows) == 3
    assert told(problems, "hidden_rows").message == "有1行被隐藏（第3行），已照常计入"
    assert told(problems, "hidden_column").place.cell == "C1"


def test_formulas_without_a_value_are_errors_with_their_cells() -> None:
    _, problems = read("| 序号 | 项目名称 | 计划投资 | 推进状态 |\n| 1 | 甲园区 | =A2*2 | |", projects())
    problem = told(problems, "formula_uncached")
    assert (problem.level, problem.place.cell) == (Level.ERROR, "C2")


def test_failed_formulas_are_errors_with_their_cells() -> None:
    _, problems = read("| 序号 | 项目名称 | 计划投资 | 推进状态 |\n| 1 | 甲园区 | #0 | |", projects())
    assert codes(problems) == []
    data = xlsx("| 序号 | 项目名称 | 计划投资 | 推进状态 |\n| 1 | 甲园区 | x | |", C2="#REF!")
    _, problems = read(data, projects())
    assert [(p.code, p.place.cell) for p in problems] == [("formula_failed", "C2")]
