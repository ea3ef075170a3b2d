"""What the screen shows of a cell is judged and printed: number formats of dates, ids, texts, amounts and rates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.builders import codes, kind, meetings, projects, read
from tests.support.drawing import saved, workbook
from tongbao.config.kinds import Kind
from tongbao.model import DeadlineKind, Ledger, Problem

MEETINGS = """
| 序号 | 编号 | 名称 | 承办单位 | 交办事项 | 完成时限 | 完成情况 | 备注 |
| 1 | A1 | 甲 | 县水利局 | 修渠 | 2022年6月底前 | 已选址 | 正常推进 |
| 2 | A2 | 乙 | 县财政局 | 筹资 | 2022年6月底前 | 已开工 | 正常推进 |
"""
PROJECTS = """
| 序号 | 项目名称 | 责任单位 | 总投资（万元） | 计划投资（万） | 完成投资（亿元） | 完成率 | 开工日期 | 子项数 | 推进状态 |
| 1 | 修路 | 县水利局 | #5000 | #3000 | #0.2 | #0.5 | @2022-01-01 | #3 | 达序时 |
| 2 | 架桥 | 县水利局 | #8000 | #2000 | #0.1 | #0.6 | @2022-01-02 | #3 | 达序时 |
| 3 | 建校 | 县水利局 | #12000 | #4000 | #0.3 | #0.4 | @2022-01-03 | #3 | 达序时 |
"""
MARCH = date(2022, 3, 1)


def with_cell(table: str, by: Kind, cell: str, value: Any, code: str) -> tuple[Ledger, list[Problem]]:
    """The table as a ledger after one cell was given a value and a number format."""
    book = workbook(table)
    book.worksheets[0][cell] = value
    book.worksheets[0][cell].number_format = code
    found, problems = read(saved(book), by)
    assert found is not None, problems
    return found, problems


@pytest.mark.parametrize(
    ("value", "code", "printed", "last"),
    [
        (MARCH, "yyyy-mm", "2022年3月", "2022-03-31"),
        (MARCH, "mmm-yy", "2022年3月", "2022-03-31"),
        (MARCH, 'yyyy"年"m"月"', "2022年3月", "2022-03-31"),
        (MARCH, '[DBNum1][$-804]yyyy"年"m"月"', "2022年3月", "2022-03-31"),
        (MARCH, 'e"年"m"月"', "2022年3月", "2022-03-31"),
        (date(2022, 6, 1), 'yyyy"年"', "2022年", "2022-12-31"),
        (date(2022, 3, 15), "yyyy.mm.dd", "2022年3月15日", "2022-03-15"),
        (date(2022, 3, 5), 'm"月"d"日"', "3月5日", "2022-03-05"),
        (date(2023, 1, 5), 'm"月"d"日"', "1月5日", "2023-01-05"),
        (datetime(2022, 3, 15, 17, 30), "yyyy/m/d h:mm", "2022年3月15日", "2022-03-15"),
        (2022.1, "0.00", "2022.10", "2022-10-31"),
        (2022.12, "General", "2022.12", "2022-12-31"),
        (202203, '0000"年"00"月"', "2022年03月", "2022-03-31"),
        (202210, "0000!.00", "2022.10", "2022-10-31"),
        (20220315, "0000\\-00\\-00", "2022-03-15", "2022-03-15"),
        (3, '0"月底前"', "3月底前", "2022-03-31"),
        (44621, "General", "2022年3月1日", "2022-03-01"),
        (MARCH, 'yyyy"年"m"月底前"', "2022年3月底前", "2022-03-31"),
        (date(2022, 1, 1), 'yyyy"年上半年"', "2022年上半年", "2022-06-30"),
        (date(2022, 1, 1), 'yyyy"年底前"', "2022年底前", "2022-12-31"),
        (MARCH, 'yyyy"年"m"月上旬"', "2022年3月上旬", "2022-03-10"),
        (date(2023, 3, 1), 'm"月底前"', "3月底前", "2023-03-31"),
        (date(2023, 3, 1), 'm"月"', "3月", "2023-03-31"),
        (date(2022, 3, 10), 'yyyy"年"m"月"d"日前"', "2022年3月10日前", "2022-03-10"),
        (date(2022, 3, 10), '"务必于"yyyy-m-d"汇报"', "务必于2022-3-10汇报", "2022-03-10"),
        (date(2022, 3, 10), 'm"月"d"日前完成"', "3月10日前完成", "2022-03-10"),
        (datetime(2022, 3, 15, 9), 'yyyy"年"m"月"d"日" 上午/下午h"时"', "2022年3月15日", "2022-03-15"),
        (44621, "#,##0", "2022年3月1日", "2022-03-01"),
    ],
)
def test_a_deadline_is_what_the_cell_shows(value: Any, code: str, printed: str, last: str) -> None:
    found, _ = with_cell(MEETINGS, meetings(), "F3", value, code)
    deadline = found.rows[1].deadline
    assert (deadline.text, deadline.milestones[-1].last.isoformat()) == (printed, last)


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (2022.1, "General", "也可指2022年10月"),
        (2022.1, "0.0", "也可指2022年10月"),
        (2022.3, "0.00", "可能是2022年3月"),
        (date(2021, 12, 31), 'm"月"d"日"', "存的是2021年12月31日"),
    ],
)
def test_a_deadline_that_may_be_two_days_is_asked_about(value: Any, code: str, said: str) -> None:
    found, problems = with_cell(MEETINGS, meetings(), "F3", value, code)
    assert found.rows[1].deadline.kind is DeadlineKind.AMBIGUOUS
    [problem] = [p for p in problems if p.code == "deadline_ambiguous"]
    assert said in problem.message


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (0.85, "0%", "85%"),
        (3.14159, "0.0", "3.1"),
        (12, '0"户"', "12户"),
        (0.1 + 0.2, "General", "0.3"),
        (110101199001011, "General", "110101199001011"),
        (-5, "#,##0;[Red](#,##0)", "(5)"),
        (MARCH, 'yyyy"年"m"月"', "2022年3月"),
        (datetime(2022, 3, 1, 14, 30), "yyyy/m/d h:mm", "2022年3月1日14:30"),
        (0.5, "# ?/?", "1/2"),
        (123456, '[>=10000]0!.0,"万";0', "12.3万"),
        (0.6, "h:mm", "14:24"),
        ("500", '@"万元"', "500万元"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
    ],
)
def test_a_text_column_prints_what_the_cell_shows(value: Any, code: str, printed: str) -> None:
    found, _ = with_cell(MEETINGS, meetings(), "G3", value, code)
    assert found.rows[1].get("进展") == printed


@pytest.mark.parametrize(("value", "code", "id"), [(1, "000", "001"), (7, '"KX-"0000', "KX-0007")])
def test_an_id_is_what_the_cell_shows(value: Any, code: str, id: str) -> None:
    assert with_cell(MEETINGS, meetings(), "B3", value, code)[0].rows[1].id == id


def test_a_text_that_its_format_hides_is_told() -> None:
    found, problems = with_cell(MEETINGS, meetings(), "G3", "见附件", ";;;")
    assert found.rows[1].get("进展") == ""
    assert next(p for p in problems if p.code == "hidden_by_format").place.cell == "G3"


def test_of_a_column_it_is_told_once_that_it_is_read_as_shown() -> None:
    book = workbook(MEETINGS)
    for cell in ("F2", "F3"):
        book.worksheets[0][cell] = MARCH
        book.worksheets[0][cell].number_format = 'yyyy"年"m"月"'
    _, problems = read(saved(book), meetings())
    [note] = [p for p in problems if p.code == "as_shown"]
    assert note.message == "屏幕上显示的是“2022年3月”，存的是“2022年3月1日”，按屏幕上显示的读（这一栏共2格）"


@pytest.mark.parametrize(
    ("cell", "value", "code", "field", "amount"),
    [
        ("D3", 500, '0.00"万元"', "总投资", "0.05"),
        ("D3", 123450000, "0!.0000", "总投资", "1.2345"),
        ("D3", 123456789, "0!.0,", "总投资", "1.23456789"),
        ("D3", 50000000, '0!.0000"万元"', "总投资", "0.5"),
        ("D3", 12345.678, "0", "总投资", "1.2345678"),
        ("D3", 12345.678, "#,##0.0_ ", "总投资", "1.2345678"),
        ("D3", 0, ";;;", "总投资", "0"),
        ("E3", 8000, "General", "计划投资", "0.8"),
        ("G3", 0.7788, "0%", "完成率", "77.88"),
        ("G3", 85, '0.0"%"', "完成率", "85"),
        ("I3", 12.000000000000002, "0", "子项数", "12"),
        ("I3", 5000, "0,", "子项数", "5"),
    ],
)
def test_a_number_is_what_its_format_means_and_exact(
    cell: str, value: float, code: str, field: str, amount: str
) -> None:
    found, _ = with_cell(PROJECTS, projects(), cell, value, code)
    assert found.rows[1].cells[field] == Decimal(amount)


def test_a_day_of_1900_in_a_column_of_amounts_is_no_amount() -> None:
    _, problems = with_cell(PROJECTS, projects(), "D3", 12, "yyyy/m/d")
    assert "value_unread" in codes(problems)


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [(0.75, "0%", "“75%”不是金额"), (12000, '"待定"', "“待定”不是金额"), (12000, "[=12000]√;0", "“√”不是金额")],
)
def test_a_number_that_shows_as_a_rate_or_as_words_is_no_amount(value: float, code: str, said: str) -> None:
    _, problems = with_cell(PROJECTS, projects(), "D3", value, code)
    assert [p.message for p in problems if p.code == "value_unread"] == [said]


@pytest.mark.parametrize(
    ("value", "code", "amount"), [(0, '0;-0;"—"', None), (12000, "[DBNum2]General", "1.2"), (12, '0"0000"', "12")]
)
def test_a_dash_for_nothing_chinese_figures_and_zeros_of_the_format(value: float, code: str, amount: str) -> None:
    found, problems = with_cell(PROJECTS, projects(), "D3", value, code)
    assert "value_unread" not in codes(problems)
    assert found.rows[1].cells["总投资"] == (amount and Decimal(amount))


def test_a_format_with_another_unit_than_the_header_is_asked_about_with_both_readings() -> None:
    found, problems = with_cell(PROJECTS, projects(), "D3", 3.5, '0.00"亿元"')
    [problem] = [p for p in problems if p.code == "amount_unit"]
    assert "按格式是3.5亿元，按表头是3.5万元" in problem.message
    assert found.rows[1].cells["总投资"] == Decimal("3.5")


def test_a_header_that_is_a_date_is_written_as_it_shows() -> None:
    found, _ = with_cell(
        PROJECTS,
        kind([c for c in projects().columns if c.field != "总投资"], projects().labels),
        "D1",
        date(2022, 9, 1),
        'yyyy"年"m"月"',
    )
    assert "2022年9月" in [header.text for header in found.tables[0].others]
