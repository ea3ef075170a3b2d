"""Ledgers and sheets that are written from a ledger with struck-out cells: nothing comes back, nothing stays struck."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from tests.support.builders import meetings
from tests.support.carrying import carry_on
from tests.support.handmade import STRUCK, handmade, runs, text
from tests.support.returning import Round

TABLE = """
| 序号 | 事项 | 责任单位 | 上期进展 | 完成情况 | 备注 | 编号 |
| 1 | 修路工程 | 县交通局 | | 甲 | 正常推进 | A1 |
| 2 | 架桥工程 | 县交通局 | | 乙 | 正常推进 | A2 |
| 3 | 挖渠工程 | 县水利局 | | 丙 | 完成 | A3 |
"""
MIXED = runs(("<strike/>", "正在招标，"), ("", "已开工。"))


def test_the_next_ledger_takes_over_nothing_that_was_struck_out() -> None:
    made = carry_on(
        handmade(TABLE, {"B2": runs(("<strike/>", "一期"), ("", "修路工程")), "E2": MIXED, "F3": text("完成", STRUCK)}),
        meetings(),
    )
    assert [row.text for row in made.new.rows] == ["修路工程", "架桥工程"]
    assert [row.text for row in made.new.closed] == ["挖渠工程"]
    status = made.book.worksheets[0]["F3"]
    assert (status.value, bool(status.font.strike)) == (None, False)


def test_a_closed_item_is_archived_with_what_is_struck_out_in_it() -> None:
    made = carry_on(handmade(TABLE, {"B4": runs(("<strike/>", "一期"), ("", "挖渠工程"))}), meetings())
    assert [row.text for row in made.new.closed] == ["挖渠工程"]


def test_a_sheet_for_a_unit_shows_what_the_ledger_says() -> None:
    sent = Round(handmade(TABLE, {"E2": MIXED, "E3": text("旧", STRUCK)}), meetings(), "台账2022-02.xlsx").out[
        "县交通局"
    ]
    sheet = load_workbook(io.BytesIO(sent), rich_text=True).worksheets[0]
    (progress,) = [c.column for row in sheet.iter_rows() for c in row if c.value == "完成情况"]
    cells = [cell for row in sheet.iter_rows(min_col=progress, max_col=progress) for cell in row]
    struck = next(cell for cell in cells if "招标" in str(cell.value))
    assert "已开工" in str(struck.value)
    assert not any(cell.font.strike or cell.value == "旧" for cell in cells)
