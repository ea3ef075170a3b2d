"""The marked copy of a ledger: every problem is found in its cell, from a list that leads there."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.support.drawing import saved, workbook, xlsx
from tongbao.ledger.marked_copy import marked_ledger
from tongbao.ledger.problem_list import problem_list
from tongbao.model import Level, Place, Problem, Row

LEDGER = """
| 云溪县重点事项台账 |
| 序号 | 交办事项       | 责任单位 | 完成时限   | 备注 |
| 1    | 修复东门桥护栏 | 县交通局 | 2022-13-40 |      |
| 2    | 清理河道垃圾   | 县水利局 | 2022年3月  | 好的 |
| ^    | 栽植行道树     | 县水利局 | 2022年3月  | 好的 |
"""


def problem(cell: str, message: str, level: Level = Level.ERROR, fix: str = "", **about: Any) -> Problem:
    column, row = (ord(cell[0]) - 64, int(cell[1:])) if cell else (0, 0)
    place = Place("台账.xlsx", "台账" if cell else "", row, column)
    return Problem(level, about.pop("code", "x"), message, fix, place=place, **about)


def row(number: int, unit: str) -> Row:
    return Row(Place("台账.xlsx", "台账", number), str(number), "某事", units=(unit,))


def marked(*problems: Problem, data: bytes = b"", rows: tuple[Row, ...] = ()) -> Any:
    return load_workbook(io.BytesIO(marked_ledger("台账.xlsx", data or xlsx(LEDGER), problems, rows)))


def listed(book: Any) -> list[list[Any]]:
    return [[c.value for c in line] for line in book["问题清单"].iter_rows(min_row=4)]


def test_the_cell_is_coloured_and_commented_and_the_first_sheet_leads_to_it() -> None:
    book = marked(
        problem("D3", "不是日期", fix="请写 2022年12月31日", header="完成时限", item="第1项", value="2022-13-40")
    )
    assert book.sheetnames == ["问题清单", "台账"]
    cell = book["台账"]["D3"]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert cell.comment.text == "【必改】不是日期\n怎么改：请写 2022年12月31日"
    entry = book["问题清单"][5]
    assert [c.value for c in entry] == [
        *("必改", "台账!D3", "完成时限", "第1项", "2022-13-40", "不是日期", "请写 2022年12月31日"),
    ]
    assert entry[1].hyperlink.location == "'台账'!D3"


def test_what_is_said_of_several_cells_marks_them_all_and_belongs_to_no_single_unit() -> None:
    also = (Place("台账.xlsx", "台账", 5, 5),)
    units = (row(3, "县交通局"), row(4, "县水利局"), row(5, "县水利局"))
    book = marked(problem("E3", "不认识的状态“好的”", also=also), problem("E4", "看不懂", also=also), rows=units)
    assert [book["台账"][cell].fill.fgColor.rgb for cell in ("E3", "E4", "E5")] == ["FFFFC7CE"] * 3
    assert [line[:2] for line in listed(book) if line[0]] == [
        ["全表（1处）", None],
        ["必改", "台账!E3、E5"],
        ["县水利局（1处）", None],
        ["必改", "台账!E4、E5"],
    ]


def test_the_ledger_itself_is_as_it_was() -> None:
    before = load_workbook(io.BytesIO(xlsx(LEDGER)))["台账"]
    after = marked(problem("D3", "不是日期"))["台账"]
    assert [[c.value for c in line] for line in after] == [[c.value for c in line] for line in before]
    assert after.merged_cells.ranges == before.merged_cells.ranges


def test_a_problem_in_a_covered_cell_marks_the_first_cell_of_its_range() -> None:
    sheet = marked(problem("A5", "序号不对", Level.WARNING))["台账"]
    assert sheet["A4"].fill.fgColor.rgb == "FFFFEB9C"
    assert "序号不对" in sheet["A4"].comment.text


def test_the_worst_of_several_problems_gives_the_colour_and_all_are_told() -> None:
    sheet = marked(problem("E4", "看不懂"), problem("E4", "已归并", Level.NOTE))["台账"]
    assert sheet["E4"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["E4"].comment.text == "【提示】已归并\n【必改】看不懂"


def test_a_comment_of_the_office_stays_above_ours() -> None:
    book = workbook(LEDGER)
    book["台账"]["D3"].comment = Comment("老王：等文件", "老王")
    assert marked(problem("D3", "不是日期"), data=saved(book))["台账"]["D3"].comment.text.startswith("老王：等文件\n")


def test_the_list_goes_unit_by_unit_and_folds_what_is_said_twice() -> None:
    found = [
        problem("E5", "状态“好的”不认识", value="好的"),
        problem("D3", "不是日期"),
        problem("E4", "状态“好的”不认识", value="好的"),
        problem("", "没有上期台账", Level.NOTE),
    ]
    rows = (row(3, "县交通局"), row(4, "县水利局"), row(5, "县水利局"))
    entries = listed(marked(*found, rows=rows))
    assert [line[0] for line in entries] == [
        *("全表（1处）", "提示", "县交通局（1处）", "必改", "县水利局（2处）", "必改"),
    ]
    assert entries[-1][1] == "台账!E4、E5"


def test_problems_of_other_files_are_not_listed() -> None:
    other = Problem(Level.ERROR, "x", "别处的", place=Place("上期.xlsx", "台账", 3, 4))
    assert listed(marked(other)) == []


def test_other_formats_are_marked_as_they_were_read() -> None:
    book = marked(problem("D3", "不是日期"), data="序号,事项,单位,时限\n1,修路,,\n2,架桥,,早日\n".encode("gb18030"))
    assert book.sheetnames == ["问题清单", "台账"]
    assert (book["台账"]["D3"].value, "不是日期" in book["台账"]["D3"].comment.text) == ("早日", True)
    assert ["必改", "台账!D3"] in [line[1:3] for line in listed(book)] + [line[:2] for line in listed(book)]


def test_a_list_alone_names_the_units_and_leads_into_the_ledger() -> None:
    found = [problem("E5", "状态“好的”不认识"), problem("D3", "不是日期", Level.WARNING)]
    rows = (row(3, "县交通局"), row(5, "县水利局"))
    page = load_workbook(io.BytesIO(problem_list("台账.xlsx", found, rows, "../../input/".__add__)))["问题清单"]
    assert [[c.value for c in line][:3] for line in page.iter_rows(min_row=4)] == [
        ["县交通局", "请核", "台账!D3"],
        ["县水利局", "必改", "台账!E5"],
    ]
    assert (page["C4"].hyperlink.target, page["C4"].hyperlink.location) == ("../../input/台账.xlsx", "'台账'!D3")


def test_a_value_like_a_formula_is_shown_not_calculated() -> None:
    book = marked(problem("D3", "=1+1", value='=HYPERLINK("http://x")'))
    cell = book["问题清单"]["E5"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def test_a_ledger_with_one_merged_range_over_the_whole_sheet_is_written_afresh() -> None:
    book = workbook(LEDGER)
    book["台账"].merged_cells.add("A7:XFD1048576")
    assert marked(problem("D3", "不是日期"), data=saved(book)).sheetnames == ["问题清单", "台账"]


def test_the_sheet_of_the_list_is_the_one_that_opens() -> None:
    book = workbook(LEDGER)
    book["台账"]["A1"] = date(2022, 1, 1)
    opened = marked(problem("D3", "不是日期"), data=saved(book))
    assert opened.active.title == "问题清单"
    assert not opened["台账"].sheet_view.tabSelected
