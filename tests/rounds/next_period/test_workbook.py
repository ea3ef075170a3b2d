"""The next period's ledger: nothing is lost, nothing is done by itself, and every row is found again by its id."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from tests.support.builders import column, opened
from tests.support.builders import meetings as plain_meetings
from tests.support.builders import projects as plain_projects
from tests.support.builders import year_tasks as plain_year_tasks
from tests.support.carrying import Next, carry_on
from tests.support.drawing import draw, saved, workbook, xlsx
from tests.support.folders import ROOT
from tests.support.handmade import png
from tests.support.simulator import MAKERS
from tests.support.trials import tried
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.config.kinds import Column, Count, Kind
from tongbao.excel.prepared import prepared_for
from tongbao.matching.match import match
from tongbao.matching.two_periods import Fate, How
from tongbao.model import Ledger
from tongbao.rounds.new_ledger.workbook import new_ledger
from tongbao.rounds.next_period.naming import following
from tongbao.words.periods import parse_period

MEETINGS = """
| 重点事项台账（2022年2月）                                                                      |||||||
| 序号 | 交办事项       | 责任单位         | 完成时限    | 完成情况       | 备注       | 联系人 |
| 第一次会议 |
| 1    | 修复东门桥护栏 | 县交通局         | 2022年1月底 | 材料已经进场   | 需加快推进 | 李工   |
| 2    | 清理青溪河垃圾 | 县水利局⏎青溪镇 | 2022年3月底 | 已经清理完毕   | 完成       | 王工   |
| 第二次会议 |
| 3    | 改造老旧小区   | 县住建局         | 2022年2月   | 通过竣工验收   | 视为完成   |        |
| 第三次会议 |
| 4    | 编制古镇规划   | 县文旅局         | 2022年12月  | 完成初稿       |            | 赵工   |
| 5    | 筹建职业学校   | 县教育局         |             | 等待政策明确   | 撤销       |        |
| 6    | 新建养老中心   | 县民政局         | @2022-03-15 | 主体施工       | 正常推进   |        |
| 填表人：周某                                                                                   |||||||
"""
YEAR = """
| 序号 | 工作任务     | 牵头单位 | 责任人 | 进展情况   | 完成情况 |
| 1    | 扩建城区管网 | 县住建局 | 张某   | 建成3公里  | 积极     |
| 2    | 改善农村人居环境 | 县农业局 | 李某 | 改厕200户 | 完成     |
| ^    | ^            | 县水利局 | 王某   | 清淤5条    | 滞后     |
| ^    | ^            | 县林业局 | 赵某   | 植树1万株  | 完成     |
| 3    | 建设产业园   | 县发改局 | 钱某   | 平整土地   | 一般     |
"""


def meetings() -> Kind:
    """Decisions of meetings; a sheet may name the meeting in a column as well."""
    return _with(plain_meetings(), column("会议", fill=True))


def year_tasks(**options: Any) -> Kind:
    """Tasks of the year, with the ids that every kind of ours has."""
    return _with(plain_year_tasks(**options), column("编号"))


def projects() -> Kind:
    """Key projects, with ids."""
    return _with(plain_projects(), column("编号"))


def _with(by: Kind, *columns: Column) -> Kind:
    return replace(by, columns=(*by.columns, *columns))


def is_lawful(found: Next) -> None:
    """Every row accounted for, nothing newly completed, the same open rows in the same order."""
    changes = found.changes()
    fates = {outcome.fate for outcome in changes.outcomes}
    assert fates <= {Fate.CONTINUED, Fate.CLOSED_BEFORE, Fate.WITHDRAWN}
    assert (changes.newly_completed, changes.added, changes.reopened) == ((), (), ())
    still_open = [(r.section, r.text, r.units, r.deadline.text) for r in found.old.rows if not (r.done or r.withdrawn)]
    assert [(r.section, r.text, r.units, r.deadline.text) for r in found.new.rows if not r.done] == still_open
    assert {c.id for part in found.plan.parts for c in part.kept} == {r.id for r in found.new.rows}


# ---------------------------------------------------------------------------------------------- by example


@pytest.fixture(scope="module")
def after_meetings() -> Next:
    return carry_on(xlsx(MEETINGS), meetings())


def test_a_run_without_an_edit_changes_nothing(after_meetings: Next) -> None:
    is_lawful(after_meetings)
    assert after_meetings.codes == ["heading_dropped", "status_cleared", "numbers_kept", "period_followed"]


def test_the_sheet_reads_as_the_clerk_expects(after_meetings: Next) -> None:
    sheet = after_meetings.book["台账"]
    assert [[c.value for c in line][:7] for line in sheet.iter_rows()] == [
        ["重点事项台账（2022年3月）", None, None, None, None, None, None],
        ["序号", "交办事项", "责任单位", "完成时限", "上期进展", "完成情况", "备注"],
        ["第一次会议", None, None, None, None, None, None],
        ["1", "修复东门桥护栏", "县交通局", "2022年1月底", "材料已经进场", None, None],
        ["第三次会议", None, None, None, None, None, None],
        ["4", "编制古镇规划", "县文旅局", "2022年12月", "完成初稿", None, None],
        ["6", "新建养老中心", "县民政局", sheet["D7"].value, "主体施工", None, None],
        ["填表人：周某", None, None, None, None, None, None],
    ]
    assert [sheet.cell(row, 9).value for row in (2, 4, 6, 7)] == ["编号", "2022-001", "2022-004", "2022-006"]
    assert [sheet.cell(row, 8).value for row in (2, 4, 6, 7)] == ["联系人", "李工", "赵工", None]
    assert sheet["G4"].comment.text.startswith("【程序提示】上期状态：需加快推进")


def test_closed_rows_are_kept_with_their_period_and_heading(after_meetings: Next) -> None:
    sheet = after_meetings.book["销号"]
    assert [[c.value for c in line] for line in sheet.iter_rows()] == [
        ["序号", "交办事项", "责任单位", "完成时限", "完成情况", "备注", "联系人", "会议", "销号期次", "编号"],
        [
            "2",
            "清理青溪河垃圾",
            "县水利局\n青溪镇",
            "2022年3月底",
            "已经清理完毕",
            "完成",
            "王工",
            "第一次会议",
            "2022年2月",
            "2022-002",
        ],
        [
            "3",
            "改造老旧小区",
            "县住建局",
            "2022年2月",
            "通过竣工验收",
            "视为完成",
            None,
            "第二次会议",
            "2022年2月",
            "2022-003",
        ],
        ["5", "筹建职业学校", "县教育局", None, "等待政策明确", "撤销", None, "第三次会议", "2022年2月", "2022-005"],
    ]


def test_the_second_succession_appends_and_never_gives_an_id_twice(after_meetings: Next) -> None:
    book = after_meetings.book
    book["台账"]["G4"] = "完成"
    book["台账"]["F7"] = "封顶"
    book["台账"].unmerge_cells("A8:H8")
    for letter, value in zip("ABC", ["7", "新增一项工作", "县财政局"], strict=True):
        book["台账"][f"{letter}8"] = value
    found = carry_on(saved(book), meetings(), after_meetings.name, used=("2022-001", "2022-009"))
    is_lawful(found)
    assert [row.id for row in found.new.rows] == ["2022-004", "2022-006", "2022-010"]
    closed = [[line[1].value, line[8].value, line[9].value] for line in found.book["销号"].iter_rows(min_row=2)]
    assert closed[0] == ["清理青溪河垃圾", "2022年2月", "2022-002"]
    assert closed[3] == ["修复东门桥护栏", "2022年3月", "2022-001"]
    # Nobody filled in the first: what was last known of it stays.
    assert [found.book["台账"].cell(row, 5).value for row in (4, 5, 6)] == ["完成初稿", "封顶", None]


def test_a_sheet_of_closed_rows_under_headings_keeps_them_when_more_are_added() -> None:
    closed = """
    | 序号 | 交办事项 | 责任单位 | 备注 |
    | 第零次会议 |
    | 1 | 架设路灯 | 县住建局 | 完成 |
    """
    found = carry_on(xlsx(MEETINGS, closed, names=["台账", "已销号事项"]), meetings())
    is_lawful(found)
    assert [(row.text, row.section) for row in found.new.closed] == [
        ("架设路灯", ("第零次会议",)),
        ("清理青溪河垃圾", ("第一次会议",)),
        ("改造老旧小区", ("第二次会议",)),
        ("筹建职业学校", ("第三次会议",)),
    ]
    assert found.book.sheetnames == ["台账", "已销号事项", "程序用"]


def test_ids_pair_all_rows_even_when_every_text_was_rewritten(after_meetings: Next) -> None:
    found = carry_on(after_meetings.data, meetings(), after_meetings.name)
    book = found.book
    sheet, rng = book["台账"], random.Random(7)
    texts = [cell for cell in sheet["B"][3:] if cell.value and not str(cell.value).startswith("填表")]
    for cell in texts:
        cell.value = "".join(rng.sample("全面落实稳步提升综合治理长效机制建设方案", 14))
    _, rewritten = opened(saved(book), found.name, meetings())
    matching, _ = match(found.old, rewritten)
    assert {(pair.prior.id, pair.current.id, pair.how) for pair in matching.pairs if pair.prior in found.old.rows} == {
        (row.id, row.id, How.ID) for row in found.old.rows
    }
    assert not matching.questions


def test_a_part_of_an_item_closes_alone_where_rows_are_counted() -> None:
    found = carry_on(xlsx(YEAR), year_tasks())
    is_lawful(found)
    assert [(row.no, row.text, row.units, row.id) for row in found.new.rows] == [
        ("1", "扩建城区管网", ("县住建局",), "2022-001"),
        ("2", "改善农村人居环境", ("县水利局",), "2022-002-b"),
        ("3", "建设产业园", ("县发改局",), "2022-003"),
    ]
    assert [row.text for row in found.new.closed] == ["改善农村人居环境"] * 2


def test_an_item_closes_as_a_whole_where_items_are_counted() -> None:
    by = year_tasks(count=Count.ITEMS)
    found = carry_on(xlsx(YEAR), by)
    is_lawful(found)
    assert [(row.id, row.label) for row in found.new.rows if row.no == "2"] == [
        # The status of the part is emptied as all are; read without last period it is the default one.
        *(("2022-002", "完成"), ("2022-002-b", "正常"), ("2022-002-c", "完成")),
    ]
    assert {str(area) for area in found.book["台账"].merged_cells.ranges} == {"A3:A5", "B3:B5"}


def test_two_levels_of_headings_go_when_all_below_them_is_closed() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 年度计划投资（亿元） | 推进状态 |
    | 一、省重点项目 |
    | （一）在建 |
    | 1 | 云溪水厂 | 县水务公司 | #1.2 | 完工 |
    | （二）前期 |
    | 2 | 青石隧道 | 县交投公司 | #3 | 达序时 |
    | 二、县重点项目 |
    | （一）在建 |
    | 3 | 青溪学校 | 县城投公司 | #0.5 | 完工 |
    """
    found = carry_on(xlsx(table), projects())
    assert [row.section for row in found.new.rows] == [("一、省重点项目", "（二）前期")]
    assert [c.value for c in found.book["台账"]["A"]] == ["序号", "一、省重点项目", "（二）前期", "2"]


def test_numbers_that_other_documents_cite_stay_however_many_items_close() -> None:
    found = carry_on(xlsx(MEETINGS), meetings())
    assert [row.no for row in found.new.rows] == ["1", "4", "6"]
    [told] = [p for p in found.problems if p.code == "numbers_kept"]
    assert "renumber: true" in told.fix
    again = carry_on(found.data, meetings(), found.name)
    assert [row.no for row in again.new.rows] == ["1", "4", "6"]
    assert "numbers_kept" not in again.codes


def test_an_office_with_the_habit_gets_its_numbers_anew() -> None:
    found = carry_on(xlsx(MEETINGS), meetings(), renumber=True)
    assert [row.no for row in found.new.rows] == ["1", "2", "3"]
    assert "numbers_kept" not in found.codes


def test_numbers_begin_anew_in_each_section_where_they_did() -> None:
    table = (
        MEETINGS.replace("| 3    | 改", "| 1    | 改")
        .replace("| 4    | 编", "| 1    | 编")
        .replace("| 6    |", "| 3    |")
    )
    found = carry_on(xlsx(table.replace("| 5    |", "| 2    |")), meetings(), renumber=True)
    assert [row.no for row in found.new.rows] == ["1", "1", "2"]


def test_numbers_that_are_no_numbers_are_left_alone() -> None:
    found = carry_on(xlsx(MEETINGS.replace("| 6    |", "| 甲    |")), meetings(), renumber=True)
    assert [row.no for row in found.new.rows] == ["1", "4", "甲"]
    assert "not_renumbered" in found.codes


# ---------------------------------------------------------------------------------------------- what the office keeps


def test_looks_formulas_other_sheets_and_comments_stay() -> None:
    book = workbook(MEETINGS)
    sheet: Any = book["台账"]
    sheet["B9"].font, sheet["B9"].comment = Font(name="黑体", bold=True), Comment("等省厅批复", "赵")
    sheet.column_dimensions["B"].width, sheet.row_dimensions[9].height = 41, 60
    draw(book.create_sheet("通讯录"), "| 单位 | 电话 |\n| 县水利局 | 0000 |")
    book.create_sheet("统计")["A1"] = "=COUNTA(台账!B4:B11)"
    found = carry_on(saved(book), meetings())
    after = found.book["台账"]
    assert (after["B6"].font.name, after["B6"].font.bold, after["B6"].comment.text) == ("黑体", True, "等省厅批复")
    assert (after.column_dimensions["B"].width, after.row_dimensions[6].height) == (41, 60)
    assert found.book["通讯录"]["A2"].value == "县水利局"
    assert found.book["统计"]["A1"].value == "=COUNTA(台账!B4:B7)"


def test_a_formula_of_its_own_row_keeps_its_value_for_a_reader_that_does_not_calculate() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 计划投资 | 完成投资 | 完成率 | 推进状态 |
    | 1 | 云溪水厂 | 县水务公司 | #2 | #1 | #0 | 完工 |
    | 2 | 青石隧道 | 县交投公司 | #4 | #1 | #0 | 达序时 |
    """
    data = xlsx(table, F2="=E2/D2", F3="=E3/D3")
    calculated = with_values(data, {"F2": "0.5", "F3": "0.25"})
    found = carry_on(calculated, projects())
    assert found.book["台账"]["F2"].value == "=E2/D2"
    assert load_workbook(io.BytesIO(found.data), data_only=True)["台账"]["F2"].value == 0.25
    assert found.book["销号"]["F2"].value == 0.5


def with_values(data: bytes, values: dict[str, str]) -> bytes:
    """What Excel would have calculated, written beside the formulas."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                for cell, value in values.items():
                    start = text.index(f'<c r="{cell}"'.encode())
                    text = text[:start] + text[start:].replace(b"<v/>", b"<v></v>", 1)
                    text = text[:start] + text[start:].replace(b"<v></v>", f"<v>{value}</v>".encode(), 1)
            new.writestr(part, text)
    return out.getvalue()


def test_what_can_not_be_carried_is_said() -> None:
    book = workbook(MEETINGS)
    sheet: Any = book["台账"]
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=3, max_row=9))
    sheet.add_chart(chart, "K2")
    assert "not_carried" not in carry_on(saved(book), meetings()).codes
    with_picture = add_part(saved(book), "xl/cellimages.xml", b"<x/>")
    found = carry_on(with_picture, meetings())
    assert [p.message for p in found.problems if p.code == "not_carried"] == ["下期台账里没有带过去：嵌入单元格的图片"]


def test_pictures_of_what_was_done_are_not_shown_for_the_next_period() -> None:
    book = workbook(MEETINGS)
    sheet: Any = book["台账"]
    for cell in ("B4", "E4", "B5", "B7"):  # an item, what was done for it, and two items that are finished
        sheet.add_image(Image(io.BytesIO(png())), cell)
    found = carry_on(saved(book), meetings())
    left: Any = found.book["台账"]
    assert [(image.anchor._from.row, image.anchor._from.col) for image in left._images] == [(3, 1)]
    assert [p.message for p in found.problems if p.code == "not_carried"] == ["下期台账里没有带过去：图片"]


def add_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr(name, content)
    return out.getvalue()


def test_a_filter_left_on_is_taken_off() -> None:
    book = workbook(MEETINGS)
    sheet: Any = book["台账"]
    sheet.auto_filter.ref = "A2:G11"
    sheet.auto_filter.add_filter_column(2, ["县交通局"])
    sheet.row_dimensions[9].hidden = True
    found = carry_on(saved(book), meetings())
    assert "unfiltered" in found.codes
    assert not any(d.hidden for d in found.book["台账"].row_dimensions.values())
    assert found.book["台账"].auto_filter.ref == "A2:H7"


def test_a_header_of_two_rows_stays_one() -> None:
    table = """
    | 序号 | 交办事项 | 责任单位 | 落实 | < | 备注 |
    | ^ | ^ | ^ | 完成时限 | 完成情况 | ^ |
    | 1 | 修桥 | 县交通局 | 2022年5月底 | 在建 | |
    | 2 | 修路 | 县交通局 | 2022年1月底 | 完工 | 完成 |
    """
    found = carry_on(xlsx(table), meetings())
    is_lawful(found)
    sheet = found.book["台账"]
    assert [c.value for c in sheet[2]] == [None, None, None, "完成时限", "上期进展", "完成情况", None, "编号"]
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")


def test_a_formatted_table_stays_one() -> None:
    book = workbook(
        "| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |\n| 1 | 修桥 | 甲局 | 在建 | |\n| 2 | 修路 | 甲局 | 完工 | 完成 |"
    )
    sheet: Any = book["台账"]
    sheet.add_table(Table(displayName="台账表", ref="A1:E3"))
    found = carry_on(saved(book), meetings())
    is_lawful(found)
    table = found.book["台账"].tables["台账表"]
    assert (table.ref, [c.name for c in table.tableColumns]) == (
        "A1:F2",
        ["序号", "交办事项", "责任单位", "上期进展", "完成情况", "备注"],
    )


def test_macros_and_comments_go_along() -> None:
    book = workbook(MEETINGS)
    book["台账"]["B9"].comment = Comment("等省厅批复", "赵")
    data = add_part(saved(book), "xl/vbaProject.bin", b"macro")
    found = carry_on(data, meetings(), "台账2022-02.xlsm")
    assert found.name == "台账2022-03.xlsm"
    assert "xl/vbaProject.bin" in zipfile.ZipFile(io.BytesIO(found.data)).namelist()
    assert "not_carried" not in found.codes
    assert found.book["台账"]["B6"].comment.text == "等省厅批复"


# ---------------------------------------------------------------------------------------------- its helps


def test_status_and_units_have_lists_that_any_program_keeps(after_meetings: Next) -> None:
    rules = {str(r.sqref): r for r in after_meetings.book["台账"].data_validations.dataValidation}
    assert rules["G3:G107"].formula1 == '"完成,视为完成,需加快推进,正常推进,撤销"'
    assert rules["C3:C107"].formula1 == '"县交通局,县水利局,青溪镇,县住建局,县文旅局,县教育局,县民政局"'
    assert not rules["C3:C107"].showErrorMessage
    assert rules["I3:I107"].formula1 == "FALSE"


def test_a_list_of_the_office_is_kept_and_ours_is_not_doubled(after_meetings: Next) -> None:
    again = carry_on(after_meetings.data, meetings(), after_meetings.name)
    ranges = [str(rule.sqref) for rule in again.book["台账"].data_validations.dataValidation]
    assert len(ranges) == len(set(ranges)) == 3
    assert len(list(again.book["台账"].conditional_formatting)) == 1


def test_the_next_ledger_says_for_which_period_it_was_prepared(after_meetings: Next) -> None:
    assert prepared_for(opened(after_meetings.data, after_meetings.name, meetings())[0]) == "2022-03"


def test_deadlines_are_coloured_by_what_they_mean(after_meetings: Next) -> None:
    [coloured] = after_meetings.book["台账"].conditional_formatting
    overdue, soon = coloured.rules
    assert str(coloured.sqref) == "D3:D107"
    assert "<=DATE(2022,2,28)" in overdue.formula[0]
    assert "<=DATE(2022,3,31)" in soon.formula[0]
    assert '$G3<>"完成"' in overdue.formula[0]
    table = after_meetings.book["程序用"]
    phrases = {line[0].value: str(line[1].value)[:10] for line in table["A2:B3"]}
    assert phrases == {"2022年1月底": "2022-01-31", "2022年12月": "2022-12-31"}


def test_the_page_is_ready_for_screen_and_printer(after_meetings: Next) -> None:
    sheet = after_meetings.book["台账"]
    assert sheet.freeze_panes == "A3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("$2:$2", 0)
    assert sheet.print_area == "'台账'!$A$1:$H$1048576"


def test_our_print_area_stays_open_below_from_period_to_period(after_meetings: Next) -> None:
    again = carry_on(after_meetings.data, meetings(), after_meetings.name)
    assert again.plan.old.rows
    third = carry_on(again.data, meetings(), again.name).book["台账"]
    assert third.print_area == "'台账'!$A$1:$H$1048576"


@pytest.mark.parametrize(
    ("area", "rows", "expected"),
    [
        ("A1:E9", "1:2", ("'台账'!$A$1:$F$6", "$1:$2")),
        ("A1:E1048570", "2:2", ("'台账'!$A$1:$F$1048576", "$2:$2")),  # as earlier versions came to leave it
        ("$A:$E", "1:1", ("'台账'!$A$1:$F$1048576", "$1:$1")),
    ],
)
def test_the_office_s_own_print_area_and_repeated_rows_stay(area: str, rows: str, expected: tuple[str, str]) -> None:
    book = workbook(MEETINGS)
    sheet = book["台账"]
    sheet.print_area, sheet.print_title_rows = "A1:E9" if ":$" in area else area, rows
    data = saved(book)
    if ":$" in area:
        data = in_workbook(data, b"$A$1:$E$9", area.encode())
    after = carry_on(data, meetings()).book["台账"]
    assert (after.print_area, after.print_title_rows) == expected


def in_workbook(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with something else in its list of sheets and names, which openpyxl would not write so."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.infolist():
            text = before.read(part)
            after.writestr(part, text.replace(old, new) if part.filename == "xl/workbook.xml" else text)
    return out.getvalue()


def test_a_wide_ledger_is_zoomed_out_until_it_is_in_sight() -> None:
    book = workbook(MEETINGS)
    for letter in "ABCDEFG":
        book["台账"].column_dimensions[letter].width = 28
    assert carry_on(saved(book), meetings()).book["台账"].sheet_view.zoomScale == 79
    book["台账"].sheet_view.zoomScale = 120
    assert carry_on(saved(book), meetings()).book["台账"].sheet_view.zoomScale == 120


def test_a_larger_paper_of_the_office_stays() -> None:
    book = workbook(MEETINGS)
    book["台账"].page_setup.paperSize, book["台账"].page_setup.orientation = 8, "portrait"
    page = carry_on(saved(book), meetings()).book["台账"].page_setup
    assert (page.paperSize, page.orientation) == (8, "portrait")


# ---------------------------------------------------------------------------------------------- by law


@pytest.mark.parametrize("name", kind_names(ROOT / "templates"))
def test_the_law_holds_for_the_sample_ledgers_of_every_kind(name: str) -> None:
    by = load_kind(ROOT / "templates", name)
    for file in sorted((by.folder / "sample").glob("*.xlsx")):
        data = file.read_bytes()
        _, old = opened(data, file.name, by)
        period = following(old.period) or parse_period("2030-01-01")
        found = carry_on(data, by, file.name, period)
        is_lawful(found)
        assert file.read_bytes() == data


SIMULATED = {"meetings": plain_meetings, "year_tasks": plain_year_tasks, "work_report": plain_meetings}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_the_law_holds_for_simulated_ledgers_and_ids_pair_all(maker: Callable[..., Ledger], seed: int) -> None:
    """The first succession gives ids; after the second, every text is rewritten, and all rows are found by them."""
    rng = random.Random(seed)
    levels = ("会议", "类别") if maker.__name__ == "work_report" else ("会议",)
    by = replace(_with(SIMULATED[maker.__name__](), column("编号"), *map(column, levels)), sections=levels)
    if maker.__name__ != "year_tasks":
        by = replace(by, columns=tuple({c.field: c for c in by.columns}.values()))
    rows = [replace(row, typed="完成" if row.done else "") for row in maker(rng).rows]
    first = carry_on(new_ledger(by, "台账", rows=rows), by, "台账2022-01.xlsx")
    is_lawful(first)
    second = carry_on(first.data, by, first.name)
    is_lawful(second)
    book = second.book
    task = next(cell.column for cell in book["台账"][2] if cell.value in ("交办事项", "工作任务"))
    for line in book["台账"].iter_rows(min_row=3, min_col=task, max_col=task):
        for cell in line:
            cell.value = cell.value and "".join(rng.choices("甲乙丙丁戊己庚辛壬癸", k=30))
    _, rewritten = opened(saved(book), second.name, by)
    matching, _ = match(second.old, rewritten)
    assert {(p.prior.id, p.how) for p in matching.pairs if p.current.place.sheet == "台账"} == {
        (row.id, How.ID) for row in second.old.rows
    }
    assert not matching.questions


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "完成", "视为完成", "需加快推进", "正常推进", "撤销"]),
        st.sampled_from(["县水利局", "县交通局", "青溪镇、县财政局"]),
        st.booleans(),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=9,
)


@given(ROWS)
@settings(max_examples=tried(30, 12), deadline=None)
def test_the_law_holds_for_any_ledger(rows: list[tuple[str, str, bool, int]]) -> None:
    """Rows of any status, under headings or not, some merged with their neighbours, some with a copied text."""
    lines = ["| 序号 | 名称 | 交办事项 | 责任单位 | 完成情况 | 备注 |"]
    for n, (status, unit, heading, like) in enumerate(rows, 1):
        lines += [f"| 第{n}次会议 |"] * heading
        name = "^" if n > 1 and not heading and like == 1 else f"项目{n}"
        lines.append(
            f"| {n} | {name} | 办理第{n if like > 1 else 1}号工程 {n * 'x'} | {unit} | 做到第{n}步 | {status} |"
        )
    is_lawful(carry_on(xlsx("\n".join(lines)), meetings()))


@given(st.lists(st.lists(st.sampled_from(["积极", "滞后", "完成"]), min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=tried(30, 12), deadline=None)
@pytest.mark.parametrize("count", list(Count))
def test_the_law_holds_for_items_of_several_rows(count: Count, items: list[list[str]]) -> None:
    lines = ["| 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 |"]
    for n, statuses in enumerate(items, 1):
        for part, status in enumerate(statuses):
            head = f"| {n} | 第{n}号任务" if part == 0 else "| ^ | ^ "
            lines.append(f"{head} | 县{n}{part}局 | 人 | 进展{n}{part} | {status} |")
    is_lawful(carry_on(xlsx("\n".join(lines)), year_tasks(count=count)))


# ---------------------------------------------------------------------------------------------- where ids have room

PLAIN = """
| 序号 | 交办事项       | 责任单位 | 完成时限    | 完成情况     | 备注     |
| 1    | 修复东门桥护栏 | 县交通局 | 2022年12月  | 材料已经进场 | 正常推进 |
| 2    | 清理青溪河垃圾 | 县水利局 | 2022年11月  | 正在清理     | 正常推进 |
"""
BESIDE: dict[str, tuple[Callable[[Any], object], str]] = {
    "a line merged past the table": (lambda sheet: sheet.merge_cells("F2:I2"), "K"),
    "a header merged past the table": (lambda sheet: sheet.merge_cells("F1:I1"), "K"),
    "a remark merged beside it": (lambda sheet: sheet.merge_cells("G2:G3"), "I"),
    "a word without a header": (lambda sheet: sheet.__setitem__("G3", "催办过两次"), "I"),
    "nothing": (lambda sheet: None, "H"),
}


@pytest.mark.parametrize(("change", "column"), BESIDE.values(), ids=BESIDE)
def test_ids_stand_in_the_first_free_column(change: Callable[[Any], object], column: str) -> None:
    book = workbook(PLAIN)
    change(book.worksheets[0])
    found = carry_on(saved(book), meetings())
    is_lawful(found)
    sheet = found.book["台账"]
    assert [sheet[f"{column}{row}"].value for row in (1, 2, 3)] == ["编号", "2022-001", "2022-002"]
    words = {cell.value for line in book.worksheets[0].iter_rows() for cell in line}
    assert words <= {cell.value for line in sheet.iter_rows() for cell in line} | {"正常推进"}, (
        "nothing is written over"
    )


def test_ids_that_somebody_has_merged_stand_apart_again() -> None:
    book = workbook(PLAIN)
    sheet = book.worksheets[0]
    sheet["G1"], sheet["G2"] = "编号", "2022-007"
    sheet.merge_cells("G2:G3")
    found = carry_on(saved(book), meetings())
    is_lawful(found)
    ids = [row.id for row in found.new.rows]
    assert len(set(ids)) == 2
    assert all(ids)
