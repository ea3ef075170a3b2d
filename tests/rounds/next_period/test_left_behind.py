"""What the next ledger cannot bring up to date by itself is told: typed totals, formulas whose rows have left."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.builders import projects
from tests.support.carrying import Next, carry_on
from tests.support.drawing import saved, workbook

HEAD = "| 重点项目 |\n| 序号 | 项目名称 | 责任单位 | 总投资 | 累计完成投资 | 推进状态 |\n"
WATER = "| 1 | 云溪水厂 | 县水务公司 | #5 | #2 | {} |\n"
TUNNEL = "| 2 | 青石隧道 | 县交投公司 | #9 | #3 | 达序时 |\n"


def after(table: str, sheet: str = "5月", summary: str = "", **cells: Any) -> Next:
    """The ledger of June, of one of May with a summary beside it."""
    book = workbook(table, summary or "| 统计 |", names=(sheet, "统计"))
    for address, value in cells.items():
        book["统计"][address] = value
    return carry_on(saved(book), projects(), "台账2025-05.xlsx")


def told(found: Next, code: str) -> list[str]:
    return [f"{p.level.label}：{p.message}" for p in found.problems if p.code == code]


# ---------------------------------------------------------------------------------------------- totals


def test_a_typed_total_still_counts_what_has_left() -> None:
    found = after(HEAD + WATER.format("完工") + TUNNEL + "| 合计 | | | #14 | #5 | |")
    assert told(found, "totals_typed") == ["提示：合计、小计里手工填的数还是上期的，移走的1项仍算在里面：D4、E4"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| 合计：2项 | | | #14 | | |", "A4、D4"),
        ("| 小计 | | | 14亿元 | 35.7% | |", "D4、E4"),
        ("| 总计 | | | 一十四 | | |", ""),
    ],
)
def test_what_counts_as_a_typed_total(line: str, cells: str) -> None:
    found = after(HEAD + WATER.format("完工") + TUNNEL + line)
    assert [message.rpartition("：")[2] for message in told(found, "totals_typed")] == ([cells] if cells else [])


def test_where_nothing_left_only_the_totals_of_what_grows_are_told() -> None:
    found = after(HEAD + WATER.format("达序时") + TUNNEL + "| 合计 | | | #14 | #5 | |")
    assert told(found, "totals_typed") == ["提示：合计、小计里手工填的数还是上期的：E5"]


def test_a_total_by_formula_is_not_told() -> None:
    book = workbook(HEAD + WATER.format("完工") + TUNNEL + "| 合计 | | | | | |")
    book.worksheets[0]["D5"] = "=SUM(D3:D4)"
    found = carry_on(saved(book), projects(), "台账2025-05.xlsx")
    assert found.book["台账"]["D4"].value == "=SUM(D3:D3)"
    assert told(found, "totals_typed") == []


# ---------------------------------------------------------------------------------------------- formulas


def test_a_formula_whose_row_left_is_told_with_what_it_was() -> None:
    found = after(HEAD + WATER.format("完工") + TUNNEL, A1="='5月'!B3", A2="=SUM('5月'!E3,'5月'!E4)", A3="='5月'!B4")
    sheet = found.book["统计"]
    assert [sheet[f"A{n}"].value for n in (1, 2, 3)] == ["=#REF!", "=SUM(#REF!,'6月'!E3)", "='6月'!B3"]
    assert told(found, "reference_lost") == [
        "请核：2个公式引用的行已经移走，引用丢失：“统计”A1（原为='5月'!B3）、“统计”A2（原为=SUM('5月'!E3,'5月'!E4)）"
    ]


def test_what_was_lost_before_is_not_told_again_and_follows_the_name() -> None:
    found = after(HEAD + WATER.format("达序时") + TUNNEL, A1="='5月'!#REF!+'5月'!E4")
    assert found.book["统计"]["A1"].value == "='6月'!#REF!+'6月'!E4"
    assert told(found, "reference_lost") == []
