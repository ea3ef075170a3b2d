"""A row that was sent is found again by what it says, whatever the clerk has done to the ledger meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.builders import codes, meetings, projects, year_tasks
from tests.support.drawing import xlsx
from tests.support.returning import Round, edited

HEAD = "| 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 |\n"
ROADS = "| 1 | 修通东门大桥引道 | 县交通局 | 2022年4月底 | | |\n"
WATER = "| 2 | 清理青溪河道垃圾 | 县水利局 | 2022年4月底 | | |\n"
FUNDS = "| 3 | 落实旧城改造资金 | 县财政局 | 2022年5月底 | | |\n"
URGENT = "| 9 | 排查燃气安全隐患 | 县住建局 | 2022年3月底 | | |\n"

ITEM = """
| 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
| 1 | 改善人居环境 | 县农业局 | 旧一 | 正常 |
| ^ | ^ | 县水利局 | 旧二 | 正常 |
| ^ | ^ | 县住建局 | 旧三 | 正常 |
"""
TWINS = """
| 序号 | 项目名称 | 责任单位 | 总投资（亿元） | 形象进度 | 推进状态 |
| 1 | 智慧停车场 | 城投公司 | 1.5 | | 达序时 |
| 2 | 智慧停车场 | 城投公司 | 2.5 | | 达序时 |
"""


def after(now: str) -> tuple[dict[str, str], list[str]]:
    """What the answer of 县水利局 writes where, into a ledger that the clerk has changed into `now` since it was sent."""
    found = Round(xlsx(HEAD + ROADS + WATER + FUNDS), meetings())
    back = edited(found.out["县水利局"], E2="清了两次")
    found.now(xlsx(now))
    merged, problems = found.merge(back)
    return found.written(merged), codes(problems)


@pytest.mark.parametrize(
    ("now", "cell"),
    [
        (HEAD + URGENT + ROADS + WATER + FUNDS, "E4"),
        (HEAD + WATER + ROADS + FUNDS, "E2"),
        (HEAD + FUNDS + WATER, "E3"),
        ("| 重点事项台账 |\n" + HEAD + URGENT + URGENT.replace("燃气", "校车") + WATER, "E5"),
        (HEAD + WATER.replace("垃圾 |", "垃圾。 |"), "E2"),
        (HEAD + WATER.replace("清理", "抓紧清理"), "E2"),
    ],
    ids=["put above", "sorted", "deleted above", "title and rows above", "full stop", "reworded"],
)
def test_an_answer_reaches_its_row_wherever_it_stands_now(now: str, cell: str) -> None:
    assert after(now)[0] == {cell: "清了两次"}


@pytest.mark.parametrize(
    "now",
    [
        HEAD + ROADS + FUNDS,
        HEAD + ROADS + WATER.replace("清理青溪河道垃圾", "编制防汛应急预案"),
        HEAD + ROADS + WATER.replace("青溪", "白溪"),
        HEAD + ROADS + WATER.replace("县水利局", "县城管局"),
        HEAD + WATER + WATER,
    ],
    ids=["deleted", "rewritten", "another river", "another unit", "there twice"],
)
def test_an_answer_without_its_row_is_told_and_written_nowhere(now: str) -> None:
    written, said = after(now)
    assert written == {}
    assert "row_strange" in said


def test_columns_may_move_in_the_ledger() -> None:
    now = (
        "| 交办事项 | 序号 | 分管领导 | 责任单位 | 备注 | 完成情况 | 完成时限 |\n"
        "| 清理青溪河道垃圾 | 2 | 王县长 | 县水利局 | | | 2022年4月底 |\n"
    )
    assert after(now)[0] == {"F2": "清了两次"}


def test_the_sheet_may_be_renamed_in_the_ledger() -> None:
    found = Round(xlsx(HEAD + WATER), meetings())
    back = edited(found.out["县水利局"], E2="清了两次")

    def rename(sheet: Any) -> None:
        sheet.title = "四月"

    found.now(edited(found.data, rename))
    assert found.written(found.merge(back)[0]) == {"E2": "清了两次"}


def insert(at: int, *values: Any) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        areas = [str(area) for area in sheet.merged_cells.ranges]
        for area in areas:
            sheet.unmerge_cells(area)
        sheet.insert_rows(at)
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value

    return edit


def test_rows_of_one_text_are_told_apart_by_their_units() -> None:
    found = Round(xlsx(ITEM), year_tasks())
    water, homes = edited(found.out["县水利局"], D2="清淤"), edited(found.out["县住建局"], D2="改厕")
    found.now(xlsx(ITEM.replace("| 1 | 改善", "| 9 | 应急一件 | 县应急局 | 旧九 | 正常 |\n| 1 | 改善")))
    assert found.written(found.merge(water, homes)[0]) == {"D4": "清淤", "D5": "改厕"}


def test_rows_of_one_text_and_one_unit_are_told_apart_by_their_other_cells() -> None:
    found = Round(xlsx(TWINS), projects())
    back = edited(found.out["城投公司"], E2="一号封顶", E3="二号封顶")
    found.now(edited(found.data, insert(2, 9, "新项目", "县水务局", 1)))
    assert found.written(found.merge(back)[0]) == {"E3": "一号封顶", "E4": "二号封顶"}


def test_of_two_alike_the_one_that_is_left_keeps_its_answer() -> None:
    found = Round(xlsx(TWINS), projects())
    back = edited(found.out["城投公司"], E2="一号封顶", E3="二号封顶")
    found.now(edited(found.data, lambda sheet: sheet.delete_rows(2)))
    merged, problems = found.merge(back)
    assert found.written(merged) == {"E2": "二号封顶"}
    assert "row_strange" in codes(problems)


def test_rows_that_are_quite_alike_are_paired_only_where_none_is_missing() -> None:
    alike = TWINS.replace("2.5", "1.5")
    found = Round(xlsx(alike), projects())
    back = edited(found.out["城投公司"], E2="一号封顶", E3="二号封顶")
    assert found.written(found.merge(back)[0]) == {"E2": "一号封顶", "E3": "二号封顶"}
    found.now(edited(found.data, lambda sheet: sheet.delete_rows(2)))
    assert found.written(found.merge(back)[0]) == {}


def test_an_id_that_was_lent_and_is_another_row_s_by_now_leads_nobody_astray() -> None:
    """An earlier version lent ids by position; merged by hand, the ledger then bears them in other rows."""
    found = Round(xlsx(HEAD + ROADS + WATER + FUNDS), meetings())
    back = edited(found.out["县水利局"], E2="清了两次")
    ids = ["2022-002", "2022-003", "2022-004"]
    head, *rows = (HEAD + ROADS + WATER + FUNDS).splitlines()
    now = [f"{head} 编号 |", *(f"{row} {id} |" for row, id in zip(rows, ids, strict=True))]
    found.now(xlsx("\n".join(now)))
    assert found.written(found.merge(back)[0]) == {"E3": "清了两次"}


def test_a_number_that_was_changed_makes_it_another_item() -> None:
    found = Round(xlsx(HEAD + "| 1 | 新建人行天桥1座 | 县交通局 | | | |\n"), meetings())
    back = edited(found.out["县交通局"], E2="已招标")
    found.now(xlsx(HEAD + "| 1 | 新建人行天桥2座 | 县交通局 | | | |\n"))
    assert found.written(found.merge(back)[0]) == {}
