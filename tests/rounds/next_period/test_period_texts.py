"""Titles, headers, notes and sheet names of the next ledger: what names the period follows, all else is told."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles.colors import Color
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

from tests.support.builders import column, meetings
from tests.support.builders import opened as read
from tests.support.drawing import saved, workbook
from tongbao.config.kinds import Kind
from tongbao.excel.writing.opening import whole
from tongbao.model import Problem
from tongbao.rounds.next_period.succession import succession
from tongbao.rounds.next_period.workbook import next_book
from tongbao.words.periods import parse_period

JANUARY = """
| 决策事项台账（截至2022年1月31日） |||||
| 根据2022年1月5日县政府常务会议部署建立 |||||
| 序号 | 交办事项 | 责任单位 | 完成时限 | 截至1月底进展 | 备注 |
| 1 | 新建县第二水厂 | 县水利局 | 2022年1月31日 | 截至2022年1月31日完成土建 | 正常推进 |
| 2 | 修复2022年1月塌方路段 | 县交通局 | 2022年1月底前 | 1月已进场 | 正常推进 |
| 注：数据截至2022年1月31日。依据2019年办法统计 |||||
"""


def kind(*progress: str) -> Kind:
    """Decisions of meetings, the progress under the given headers."""
    by = meetings()
    own = column("进展", *(progress or ("完成情况", "进展情况")))
    return replace(by, columns=tuple(own if c.field == "进展" else c for c in by.columns))


class Next:
    """The next ledger's workbook, and what was said of its period."""

    def __init__(
        self,
        book: Workbook,
        by: Kind | None = None,
        name: str = "台账2022-01.xlsx",
        new: str = "2022-02",
        config_sheet: str = "",
    ) -> None:
        by = by or kind()
        data = saved(book)
        grid, ledger = read(data, name, by)
        period = parse_period(new)
        assert period
        plan, _ = succession(grid, ledger, by, period)
        after, problems = next_book(whole(data, name), data, plan, by, config_sheet=config_sheet)
        self.data = after
        self.book: Any = load_workbook(io.BytesIO(after), rich_text=True)
        self.sheet: Any = self.book.worksheets[0]
        self.followed = _message(problems, "period_followed")
        self.left = _message(problems, "period_left")

    def column(self, letter: str) -> list[Any]:
        return [cell.value for cell in self.sheet[letter]]


def _message(problems: list[Problem], code: str) -> str:
    return "".join(p.message for p in problems if p.code == code)


def test_titles_headers_and_notes_follow_and_rows_do_not() -> None:
    found = Next(workbook(JANUARY))
    assert found.column("A")[:2] == ["决策事项台账（截至2022年2月28日）", "根据2022年1月5日县政府常务会议部署建立"]
    assert found.sheet["E3"].value == "截至2月底进展"
    first, second = ([c.value for c in found.sheet[row]][1:5] for row in (4, 5))
    assert first == ["新建县第二水厂", "县水利局", "2022年1月31日", "截至2022年1月31日完成土建"]
    assert second == ["修复2022年1月塌方路段", "县交通局", "2022年1月底前", "1月已进场"]
    assert found.sheet["A6"].value == "注：数据截至2022年2月28日。依据2019年办法统计"


def test_what_followed_and_what_was_left_is_told_cell_by_cell() -> None:
    found = Next(workbook(JANUARY))
    for words in (
        "A1“2022年1月31日”→“2022年2月28日”",
        "E3“1月底”→“2月底”",
        "A6“2022年1月31日”→“2022年2月28日”",
    ):
        assert words in found.followed
    assert "没有改动" in found.left
    assert "A2“2022年1月5日”" in found.left
    assert "A6“2019年”" in found.left


def test_a_header_that_the_office_configured_stays_and_is_told() -> None:
    found = Next(workbook(JANUARY), kind("截至1月底进展"))
    header = [c.value for c in found.sheet[3]]
    assert "截至1月底进展" in header
    assert "1月底”" in found.left


def test_a_column_for_each_month_is_no_header_of_the_period() -> None:
    table = """
    | 序号 | 交办事项 | 责任单位 | 1月进展 | 2月进展 | 3月进展 | 完成情况 | 备注 |
    | 1 | 修桥 | 县交通局 | 进场 | 浇筑 | | 在建 | 正常推进 |
    """
    found = Next(workbook(table), name="台账2022-02.xlsx", new="2022-03")
    header = [c.value for c in found.sheet[1]]
    assert [h for h in header if h and h.endswith("月进展")] == ["1月进展", "2月进展", "3月进展"]


def test_cumulative_headers_and_groups_of_headers_follow() -> None:
    table = """
    | 序号 | 交办事项 | 责任单位 | 2022年1-9月 | < | 备注 |
    | ^ | ^ | ^ | 完成投资 | 完成情况 | ^ |
    | 1 | 修桥 | 县交通局 | #3 | 在建 | 正常推进 |
    """
    found = Next(workbook(table), name="台账2022-09.xlsx", new="2022-10")
    assert found.sheet["D1"].value == "2022年1-10月"


def test_words_in_several_colours_follow_and_keep_their_colours() -> None:
    red = InlineFont(color=Color("FFFF0000"))
    book = workbook(JANUARY)
    book["台账"]["A1"].value = CellRichText("决策事项台账（截至2022", TextBlock(red, "年1月31日"), "）")
    found = Next(book)
    value = found.sheet["A1"].value
    assert str(value) == "决策事项台账（截至2022年2月28日）"
    assert isinstance(value, CellRichText)


def test_a_label_in_the_cell_before_decides_and_date_cells_follow_too() -> None:
    table = """
    | 决策事项台账 |||||
    | 建立日期 | @2022-01-31 | 截止日期 | @2022-01-31 | 印发日期 | 2022年1月31日 |
    | 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 |
    | 1 | 修桥 | 县交通局 | 2022年5月 | 在建 | 正常推进 |
    """
    found = Next(workbook(table))
    line = [c.value for c in found.sheet[2]]
    assert (line[1], line[3]) == (datetime(2022, 1, 31), datetime(2022, 2, 28))
    assert "2022年1月31日" in line
    assert "B2“2022年1月31日”" in found.left


def test_a_formula_is_not_touched() -> None:
    book = workbook(JANUARY, A1='="台账（截至2022年1月31日）"&""')
    found = Next(book)
    assert found.sheet["A1"].value == '="台账（截至2022年1月31日）"&""'
    assert "A1“2022年1月31日”" in found.left


def test_the_head_of_the_printed_page_follows() -> None:
    book = workbook(JANUARY)
    sheet: Any = book["台账"]
    sheet.oddHeader.center.text = "决策事项台账（2022年1月）"
    found = Next(book)
    assert found.sheet.oddHeader.center.text == "决策事项台账（2022年2月）"
    assert "页眉“2022年1月”→“2022年2月”" in found.followed


def test_the_title_of_the_closed_sheet_follows_and_its_rows_do_not() -> None:
    closed = """
    | 已销号事项（截至2022年1月31日） ||||||
    | 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 | 销号期次 |
    | 1 | 修路 | 县交通局 | 2022年1月31日 | 截至1月31日完工 | 完成 | 2022年1月 |
    """
    found = Next(workbook(JANUARY, closed, names=("台账", "销号")))
    sheet = found.book["销号"]
    assert sheet["A1"].value == "已销号事项（截至2022年2月28日）"
    assert [c.value for c in sheet[3]][3:7] == ["2022年1月31日", "截至1月31日完工", "完成", "2022年1月"]


def test_titles_and_headers_repeated_on_each_page_follow_as_the_first_did() -> None:
    table = """
    | 决策事项台账（2022年1月） ||||||
    | 序号 | 交办事项 | 责任单位 | 1月完成情况 | 完成情况 | 备注 |
    | 1 | 修桥 | 县交通局 | 进场 | 在建 | 正常推进 |
    | 决策事项台账（2022年1月） ||||||
    | 序号 | 交办事项 | 责任单位 | 1月完成情况 | 完成情况 | 备注 |
    | 2 | 修路 | 县交通局 | 进场 | 在建 | 正常推进 |
    """
    found = Next(workbook(table))
    assert found.column("A")[3] == found.column("A")[0] == "决策事项台账（2022年2月）"
    assert found.sheet["D5"].value == found.sheet["D2"].value == "2月完成情况"


def test_a_formatted_table_names_its_columns_as_the_header_does() -> None:
    table = "| 序号 | 交办事项 | 责任单位 | 1月完成情况 | 完成情况 | 备注 |\n| 1 | 修桥 | 县交通局 | 进场 | 在建 | 正常推进 |"
    book = workbook(table)
    book["台账"].add_table(Table(displayName="台账表", ref="A1:F2"))
    found = Next(book)
    header = [c.value for c in found.sheet[1]]
    assert "2月完成情况" in header
    assert [c.name for c in found.sheet.tables["台账表"].tableColumns] == header[
        : len(found.sheet.tables["台账表"].tableColumns)
    ]


def test_a_header_that_a_formula_names_stays() -> None:
    table = (
        "| 序号 | 交办事项 | 责任单位 | 1月完成投资 | 完成情况 | 备注 |\n| 1 | 修桥 | 县交通局 | #3 | 在建 | 正常推进 |"
    )
    book = workbook(table)
    book["台账"].add_table(Table(displayName="台账表", ref="A1:F2"))
    book.create_sheet("统计")["A1"] = "=SUM(台账表[1月完成投资])"
    found = Next(book)
    assert "1月完成投资" in [c.value for c in found.sheet[1]]
    assert "1月" in found.left


# ---------------------------------------------------------------------------------------------- sheet names


@pytest.mark.parametrize(
    ("old", "new"), [("1月", "2月"), ("2022年1月", "2022年2月"), ("台账（1月）", "台账（2月）"), ("台账", "台账")]
)
def test_the_name_of_the_sheet_follows(old: str, new: str) -> None:
    found = Next(workbook(JANUARY, names=(old,)))
    assert found.sheet.title == new
    assert ("工作表名“" in found.followed) == (old != new)


def test_what_names_the_sheet_follows_its_name() -> None:
    book = workbook(JANUARY, names=("1月",))
    sheet: Any = book["1月"]
    sheet.print_area = "A1:F6"
    sheet.print_title_rows = "1:3"
    other: Any = book.create_sheet("统计")
    other["A1"], other["A2"] = "=COUNTA('1月'!B4:B5)", "看1月"
    other["A2"].hyperlink = Hyperlink(ref="A2", location="'1月'!A1")
    other["B1"] = "=COUNTA('11月'!B4:B5)"
    book.create_sheet("11月")
    rule = DataValidation("list", formula1="='1月'!$C$4:$C$5")
    rule.add("D1:D9")
    other.add_data_validation(rule)
    other.conditional_formatting.add("E1:E9", FormulaRule(formula=["'1月'!$A$4=1"]))
    book.defined_names["单位"] = DefinedName("单位", attr_text="'1月'!$C$4:$C$5")
    found = Next(book)
    after = found.book["统计"]
    assert after["A1"].value == "=COUNTA('2月'!B4:B5)"
    assert after["B1"].value == "=COUNTA('11月'!B4:B5)"
    assert after["A2"].value == "看1月"
    assert after["A2"].hyperlink.location == "'2月'!A1"
    assert after.data_validations.dataValidation[0].formula1 == "='2月'!$C$4:$C$5"
    assert [r.formula for one in after.conditional_formatting for r in one.rules] == [["'2月'!$A$4=1"]]
    assert found.book.defined_names["单位"].attr_text == "'2月'!$C$4:$C$5"
    assert found.sheet.print_area.startswith("'2月'!")
    assert found.book.sheetnames[0] == "2月"


@pytest.mark.parametrize("hindered", ["indirect", "taken", "configured", "chart", "span"])
def test_a_sheet_name_that_cannot_follow_safely_stays_and_is_told(hindered: str) -> None:
    book = workbook(JANUARY, names=("1月",))
    other: Any = book.create_sheet("2月" if hindered == "taken" else "统计")
    if hindered == "indirect":
        other["A1"] = '=INDIRECT("1月!A1")'
    if hindered == "span":
        other["A1"] = "=SUM('1月:统计'!A1)"
    if hindered == "chart":
        chart = BarChart()
        chart.add_data(Reference(book["1月"], min_col=1, min_row=3, max_row=5))
        other.add_chart(chart, "K2")
    found = Next(book, config_sheet="1月" if hindered == "configured" else "")
    assert found.sheet.title == "1月"
    assert "工作表名“1月”" in found.left


def test_of_a_sheet_for_each_month_the_next_is_found_again() -> None:
    march = JANUARY.replace("年1月", "年3月").replace("1月底", "3月底").replace("1月已", "3月已")
    found = Next(workbook(JANUARY, JANUARY, march, names=("1月", "2月", "3月")), name="台账2022-03.xlsx", new="2022-04")
    assert found.book.sheetnames[:3] == ["1月", "2月", "4月"]
    _, ledger = read(found.data, "台账2022-04.xlsx", kind())
    assert {row.place.sheet for row in ledger.rows} == {"4月"}


def test_on_other_sheets_what_names_the_period_is_told_and_left() -> None:
    book = workbook(JANUARY)
    book.create_sheet("封面")["B3"] = "决策事项台账汇编（2022年1月）"
    found = Next(book)
    assert found.book["封面"]["B3"].value == "决策事项台账汇编（2022年1月）"
    assert "“封面”B3“2022年1月”" in found.left
