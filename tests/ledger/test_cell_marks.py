"""What a cell shows beside its plain text: taken as the clerk who looks at it takes it, and told."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.support.builders import codes, items, read
from tests.support.drawing import saved, workbook
from tests.support.handmade import STRUCK, anchored, drawing, handmade, picture, png, runs, text, text_box
from tongbao.model import Level, Problem

TABLE = """
| 序号 | 事项 | 承办单位 | 完成情况 | 备注 |
| 1 | 修路 | 县交通局 | 已开工。 | 正常推进 |
| 2 | 架桥 | 县交通局 | 已招标。 | 正常推进 |
| 3 | 挖渠 | 县水利局 | 已立项。 | 完成 |
"""


def told(problems: list[Problem], code: str) -> tuple[Level, str, str]:
    """Level, cell and message of the one problem of this code."""
    (found,) = [p for p in problems if p.code == code]
    return found.level, found.place.cell, found.message


def test_an_item_whose_task_is_struck_out_is_as_if_taken_out_of_the_table() -> None:
    found, problems = read(handmade(TABLE, {"B3": text("架桥", STRUCK)}))
    assert found is not None
    assert items(found) == [("1", "修路"), ("3", "挖渠")]
    message = "1行的事项划掉了（加了删除线），没有作为事项计入：第3行“架桥”"
    assert told(problems, "struck_item") == (Level.WARNING, "B3", message)
    assert not [p for p in problems if p.level is Level.ERROR]


def test_rows_that_are_struck_out_as_a_whole_leave_no_gap() -> None:
    struck = {f"{c}{r}": text(f"旧{c}{r}", STRUCK) for r in (2, 3) for c in "ABCDE"}
    found, problems = read(handmade(TABLE, struck))
    assert found is not None
    assert items(found) == [("3", "挖渠")]
    assert told(problems, "struck_item")[2].startswith("2行的事项划掉了")
    assert {"gap", "struck_out", "line_doubt"}.isdisjoint(codes(problems))


def test_under_a_struck_merged_task_nothing_is_an_item() -> None:
    book = workbook(
        "| 序号 | 事项 | 承办单位 | 备注 |\n| 1 | 修路 | 县交通局 | |\n| ^ | ^ | 县水利局 | |\n| 2 | 架桥 | 县交通局 | |"
    )
    book.worksheets[0]["B2"].font = Font(strike=True)
    found, problems = read(saved(book))
    assert found is not None
    assert items(found) == [("2", "架桥")]
    assert "line_doubt" not in codes(problems)


def test_a_struck_heading_is_told_as_a_heading() -> None:
    book = workbook("""
| 序号 | 事项 | 承办单位 | 备注 |
| 第一次会议决策事项 |||||
| 1 | 修路 | 县交通局 | |
| 第二次会议决策事项 |||||
| 2 | 架桥 | 县交通局 | |
""")
    sheet = book.worksheets[0]
    sheet.merge_cells("A4:D4")
    sheet["A4"].font = Font(strike=True)
    found, problems = read(saved(book))
    assert found is not None
    assert items(found) == [("1", "修路"), ("2", "架桥")]
    message = "1行标题划掉了（加了删除线），下面的事项不再算在它之下：第4行“第二次会议决策事项”"
    assert told(problems, "struck_heading") == (Level.WARNING, "A4", message)
    assert "struck_item" not in codes(problems)


def test_of_partly_struck_cells_the_rest_counts_and_one_line_names_them() -> None:
    cells = {
        "D2": runs(("<strike/>", "正在招标，"), ("", "已开工。")),
        "D3": text("旧", STRUCK),
        "E4": text("完成", STRUCK),
    }
    found, problems = read(handmade(TABLE, cells))
    assert found is not None
    assert [row.get("进展") for row in found.rows] == ["已开工。", "", "已立项。"]
    assert not found.rows[2].done
    message = "3格里有划掉的文字（加了删除线），划掉的不印、不计：D2、D3、E4；其中状态整格划掉的按没有填：E4"
    assert told(problems, "struck_out") == (Level.WARNING, "D2", message)


def test_a_picture_for_a_progress_is_told_and_one_for_a_status_stops_the_paper() -> None:
    shown = '<c t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v></c>'
    found, problems = read(handmade(TABLE, {"D2": shown, "E3": shown}))
    assert found is not None
    assert found.rows[0].get("进展") == ""
    pictures = [(p.level, p.place.cell) for p in problems if p.code == "cell_picture"]
    assert pictures == [(Level.WARNING, "D2"), (Level.ERROR, "E3")]


def test_floating_pictures_are_told_in_the_lines_of_the_table_alone() -> None:
    data = drawing(
        TABLE,
        anchored((1, 1), picture()) + anchored((2, 4), picture()) + anchored((3, 4), picture()),
        {"D3": ""},
        png(),
    )
    found, problems = read(data)
    assert found is not None
    assert told(problems, "cell_picture")[:2] == (Level.WARNING, "D3")
    assert told(problems, "picture_over")[:2] == (Level.NOTE, "D2")
    assert [p.place.cell for p in found.rows[1].pictures] == ["D3"]


def test_a_text_box_over_the_lines_is_a_warning_and_one_beside_them_a_note() -> None:
    over = told(read(drawing(TABLE, anchored((3, 4), text_box("本项暂停"))))[1], "text_box")
    assert over == (Level.WARNING, "D3", "表上有1个文本框，其中的文字没有读：“本项暂停”")
    assert told(read(drawing(TABLE, anchored((1, 8), text_box("填表说明"))))[1], "text_box")[0] is Level.NOTE


def test_a_cell_with_nothing_but_a_comment_is_told() -> None:
    book = workbook(TABLE)
    sheet = book.worksheets[0]
    sheet["D2"].comment, sheet["D3"].comment = Comment("核过", "甲"), Comment("已完成招标", "甲")
    sheet["D3"].value = None
    _, problems = read(saved(book))
    assert told(problems, "only_comment") == (Level.WARNING, "D3", "这一格是空的，只有批注“已完成招标”，批注没有读")


def test_a_tick_is_done_and_an_empty_box_is_not_and_both_are_told() -> None:
    found, problems = read(TABLE.replace("正常推进 |\n| 2", "☑ |\n| 2").replace("正常推进", "□"))
    assert found is not None
    assert [row.label for row in found.rows] == ["完成", "正常推进", "完成"]
    assert told(problems, "status_ticked") == (Level.WARNING, "E2", "打了勾（☑），按“完成”统计")
    assert told(problems, "status_unticked") == (Level.WARNING, "E3", "方框（□）里没有打勾，按“正常推进”统计")


def test_a_status_in_signs_that_nobody_can_read_is_told_once() -> None:
    book = workbook(TABLE)
    book.worksheets[0]["E2"].value = "J"
    book.worksheets[0]["E2"].font = Font(name="Wingdings")
    found = codes(read(saved(book))[1])
    assert "cell_unread" in found
    assert "status_unknown" not in found


def test_a_cross_is_asked_about() -> None:
    assert "status_unknown" in codes(read(TABLE.replace("完成 |\n", "☒ |\n"))[1])
