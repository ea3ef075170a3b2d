"""The table of a ledger as its sheet shows it."""

from __future__ import annotations

from tests.support.builders import meetings, opened
from tests.support.drawing import saved, workbook, xlsx
from tongbao.ledger.own_table import OwnTable, own_tables


def shown(table: str, **cells) -> OwnTable:
    kind = meetings()
    (found,) = own_tables(*opened(xlsx(table, **cells), "台账2022-02.xlsx", kind), kind)
    return found


def names(table: OwnTable) -> list[str]:
    return ["/".join(piece.text for piece in column.pieces) for column in table.columns]


def texts(table: OwnTable) -> list[list[str]]:
    return [[line.texts[column.number] for column in table.columns] for line in table.lines.values()]


def test_every_column_with_a_header_is_there_declared_or_not():
    found = shown("| 序号 | 事项 | 联系电话 | 备注 |\n| 1 | 修渠 | 0371-6 | 完成 |")
    assert names(found) == ["序号", "事项", "联系电话", "备注"]
    assert [column.field for column in found.columns] == ["序号", "事项", "", "状态"]
    assert texts(found) == [["1", "修渠", "0371-6", "完成"]]


def test_headers_are_stacked_under_their_groups():
    found = shown(
        """
| 序号 | 事项 | 投资 | < | 备注 |
| ^ | ^ | 计划 | 完成 | ^ |
| 1 | 修渠 | #12.5 | #3 | 完成 |
"""
    )
    assert names(found) == ["序号", "事项", "投资/计划", "投资/完成", "备注"]
    plan, done = found.columns[2:4]
    assert plan.pieces[0] == done.pieces[0]
    assert (plan.name, plan.leaf) == ("投资计划", "计划")


def test_a_header_over_two_columns_without_sub_headers_covers_both():
    found = shown("| 序号 | 事项 | 备注 | < |\n| 1 | 修渠 | 完成 | 已验收 |")
    assert names(found) == ["序号", "事项", "备注", "备注"]
    assert texts(found) == [["1", "修渠", "完成", "已验收"]]


def test_a_column_without_a_header_stands_between_others():
    found = shown("| 序号 | 事项 | | 备注 |\n| 1 | 修渠 | 二期 | 完成 |")
    assert names(found) == ["序号", "事项", "", "备注"]


def test_what_is_merged_downwards_is_shown_in_every_line_and_known_to_be_one_cell():
    found = shown(
        """
| 序号 | 名称 | 事项 | 备注 |
| 1 | 老旧小区 | 完成招标 | 完成 |
| 2 | ^ | 落实资金 | 完成 |
"""
    )
    assert texts(found) == [["1", "老旧小区", "完成招标", "完成"], ["2", "老旧小区", "落实资金", "完成"]]
    assert [line.begun for line in found.lines.values()] == [{2: (2, 2)}, {2: (2, 2)}]


def test_what_is_merged_sideways_is_shown_in_its_first_column_alone():
    found = shown("| 序号 | 事项 | 完成情况 | 备注 |\n| 1 | 修渠 | 已完工 | 完成 |\n| 2 | 种树 | < | 完成 |")
    assert texts(found)[1] == ["2", "种树", "", "完成"]


def test_an_item_of_several_lines_is_one_with_their_texts_below_each_other():
    found = shown(
        """
| 序号 | 事项 | 完成情况 | 备注 |
| 1 | 修渠 | 一期完工 | 完成 |
| ^ | ^ | 二期开工 | ^ |
"""
    )
    assert texts(found) == [["1", "修渠", "一期完工\n二期开工", "完成"]]


def test_headings_over_the_full_width_stand_over_the_items_below_them():
    found = shown(
        """
| 序号 | 事项 | 备注 |
| 一、城建 |
| （一）管网 |
| 1 | 修渠 | 完成 |
| 二、民生 |
| 2 | 种树 | 完成 |
"""
    )
    assert [line.titles for line in found.lines.values()] == [("一、城建", "（一）管网"), ("二、民生",)]


def test_texts_are_as_the_screen_shows_them():
    found = shown(
        "| 序号 | 事项 | 投资 | 完成时限 | 备注 |\n| 1 | 修渠 | #12.5 | @2022-04-30 | 完成 |\n| 2 | 种树 | | 4月底⏎前 | |"
    )
    assert texts(found) == [["1", "修渠", "12.5", "2022年4月30日", "完成"], ["2", "种树", "", "4月底\n前", ""]]


def test_widths_and_hidden_columns_are_known():
    book = workbook("| 序号 | 事项 | 电话 | 备注 |\n| 1 | 修渠 | 6 | 完成 |")
    sheet = book.worksheets[0]
    sheet.column_dimensions["B"].width = 40
    sheet.column_dimensions["C"].hidden = True
    kind = meetings()
    (found,) = own_tables(*opened(saved(book), "台账2022-02.xlsx", kind), kind)
    assert [column.width > 30 for column in found.columns] == [False, True, False, False]
    assert [column.hidden for column in found.columns] == [False, False, True, False]


def test_the_sheet_of_closed_items_is_none_of_the_tables():
    table = "| 序号 | 事项 | 备注 |\n| 1 | 修渠 | 完成 |"
    kind = meetings()
    found = own_tables(*opened(xlsx(table, table, names=("台账", "销号")), "台账2022-02.xlsx", kind), kind)
    assert [it.sheet for it in found] == ["台账"]
