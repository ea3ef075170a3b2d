"""Months in which nobody answered: `next` goes on where that was decided, and says what was last known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.office import Office, command

HEAD = "| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |\n"
MAY = """
| 1 | 完成水库大坝安全鉴定。 | 县水利局 | | 正在编制报告。 | 需加快推进 |
| 2 | 修好青石大桥。 | 县交通局 | | 正在施工。 | 正常推进 |
"""
RESERVOIR, BRIDGE = "完成水库大坝安全鉴定。", "修好青石大桥。"
CONFIG = """
office: {name: 云溪县人民政府督查室}
reports: [{name: 决策事项, kind: meeting-decisions, title: 关于决策事项办理情况的通报}]
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, CONFIG)
    office.ledger("2025-05", MAY, head=HEAD)
    assert office.run() == 0
    assert command(office, "next") == 0
    return office


def path_of(office: Office, month: int) -> Path:
    return office.folder / "input" / "决策事项" / f"台账2025-{month:02}.xlsx"


def sheet_of(book: Any) -> tuple[Any, dict[str, int]]:
    sheet = book.worksheets[0]
    return sheet, {cell.value: cell.column for cell in sheet[1]}


def fill(office: Office, month: int, **rows: tuple[str, str]) -> None:
    """Types progress and status into the ledger of a month."""
    book = load_workbook(path_of(office, month))
    sheet, at = sheet_of(book)
    for line in range(2, sheet.max_row + 1):
        if (task := sheet.cell(line, at["交办事项"]).value) in rows:
            sheet.cell(line, at["完成情况"]).value, sheet.cell(line, at["备注"]).value = rows[task]
    book.save(path_of(office, month))


def remark_on(office: Office, month: int, task: str) -> str:
    """What the program says on the status cell of an item."""
    sheet, at = sheet_of(load_workbook(path_of(office, month)))
    line = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, at["交办事项"]).value == task)
    comment = sheet.cell(line, at["备注"]).comment
    return str(comment.text).removeprefix("【程序提示】") if comment else ""


def last_progress(office: Office, month: int, task: str) -> str:
    sheet, at = sheet_of(load_workbook(path_of(office, month)))
    line = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, at["交办事项"]).value == task)
    return str(sheet.cell(line, at["上期进展"]).value)


@pytest.mark.parametrize(
    ("decision", "remark"),
    [
        ("未报送", "上期没有填报；最后一次报的状态：需加快推进（2025年5月）。请按本期情况重新判断。"),
        ("照上期", "上期状态：需加快推进（上期没有填报，照2025年5月计）。请按本期情况重新判断。"),
    ],
)
def test_a_month_without_any_answer_is_carried_on_once_it_was_decided(
    office: Office, decision: str, remark: str
) -> None:
    assert command(office, "next") == 2
    assert office.run("--unfilled", decision) == 0
    assert command(office, "next") == 0
    assert remark_on(office, 7, RESERVOIR) == remark
    assert last_progress(office, 7, RESERVOIR) == "正在编制报告。"
    assert office.run("--unfilled", decision) == 0
    assert command(office, "next") == 0
    assert "（2025年5月）" in remark_on(office, 8, BRIDGE) or "照2025年5月计" in remark_on(office, 8, BRIDGE)


def test_one_row_without_a_decision_stops_it(office: Office, capsys: Any) -> None:
    assert office.run("--unfilled", "未报送") == 0
    decisions = load_workbook(path_of(office, 6).with_name("未填报.xlsx"))
    sheet = decisions.worksheets[0]
    assert sheet.cell(4, sheet.max_column).value == "未报送"
    sheet.cell(4, sheet.max_column).value = None
    decisions.save(path_of(office, 6).with_name("未填报.xlsx"))
    capsys.readouterr()
    assert command(office, "next") == 2
    said = capsys.readouterr().out
    assert "“台账2025-06.xlsx”还没有填写进展" in said
    assert "“未填报.xlsx”" in said


def test_where_one_of_two_answered_each_cell_says_what_is_true_of_it(office: Office) -> None:
    fill(office, 6, **{BRIDGE: ("桥面已经铺好。", "需加快推进")})
    assert office.run("--unfilled", "未报送") == 0
    assert command(office, "next") == 0
    assert remark_on(office, 7, BRIDGE) == "上期状态：需加快推进。请按本期情况重新判断。"
    assert remark_on(office, 7, RESERVOIR).startswith("上期没有填报；最后一次报的状态：需加快推进（2025年5月）。")
    fill(office, 7, **{RESERVOIR: ("报告已经报审。", "正常推进")})
    assert office.run("--unfilled", "照上期") == 0
    assert command(office, "next") == 0
    assert remark_on(office, 8, RESERVOIR) == "上期状态：正常推进。请按本期情况重新判断。"
    assert remark_on(office, 8, BRIDGE) == "上期状态：需加快推进（上期没有填报，照2025年6月计）。请按本期情况重新判断。"


def test_progress_without_a_status_is_told_as_such(office: Office) -> None:
    fill(office, 6, **{BRIDGE: ("桥面已经铺好。", "正常推进"), RESERVOIR: ("报告已经报审。", "")})
    assert command(office, "next") == 0
    told = "上期填了进展，没有填状态；最后一次报的状态：需加快推进（2025年5月）。请按本期情况重新判断。"
    assert remark_on(office, 7, RESERVOIR) == told
    assert last_progress(office, 7, RESERVOIR) == "报告已经报审。"


def test_who_types_that_nothing_was_sent_is_told_what_was_known(office: Office) -> None:
    fill(office, 6, **{BRIDGE: ("", "未报送"), RESERVOIR: ("", "未报送")})
    assert command(office, "next") == 0
    assert remark_on(office, 7, BRIDGE).startswith("上期没有填报；最后一次报的状态：正常推进（2025年5月）。")


def test_the_remark_of_a_row_that_is_suspended_or_done_goes(office: Office) -> None:
    fill(office, 6, **{BRIDGE: ("已经通车。", "完成"), RESERVOIR: ("正在修改报告。", "正常推进")})
    assert command(office, "next") == 0
    book = load_workbook(path_of(office, 7))
    assert [cell.comment for line in book["销号"].iter_rows() for cell in line if cell.comment] == []


def test_a_first_ledger_tells_what_it_can(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG)
    office.ledger("2025-05", MAY.replace("正在施工。 | 正常推进", " | 未报送"), head=HEAD)
    assert command(office, "next") == 0
    assert remark_on(office, 6, BRIDGE) == "上期没有填报。请按本期情况重新判断。"
