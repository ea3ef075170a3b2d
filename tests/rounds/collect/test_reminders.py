"""催办单: a text for each unit that has not answered, or not so that it can be used."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.builders import meetings
from tests.support.drawing import xlsx
from tests.support.returning import OFFICE, REPORT, Round, edited
from tongbao.rounds.collect.reminders import Round as About
from tongbao.rounds.collect.reminders import reminders

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 |
| 1 | 修通东门大桥引道 | 县交通局 | 2022年4月底 | | |
| 2 | 清理青溪河道垃圾 | 县水利局 | 2022年4月底 | | |
| 3 | 加固县城堤防 | 县水利局 | | | |
"""


@pytest.fixture(scope="module")
def sent() -> Round:
    return Round(xlsx(TABLE), meetings())


def text(sent: Round, *files: bytes, due: date | None = None) -> str:
    about = About(OFFICE, REPORT, "2022年3月", {"县水利局": "县水利局——台账.xlsx"}, due)
    return reminders(sent.merge(*files)[0], sent.assigned, about).decode("utf-8-sig")


def test_a_unit_that_has_not_answered_is_told_what_is_open(sent: Round) -> None:
    said = text(sent, edited(sent.out["县交通局"], E2="已修通"), due=date(2022, 3, 28))
    assert "县交通局" not in said
    part = said.split("—" * 30)[1].replace("\r\n", "\n").strip()
    assert part == (
        "县水利局：\n"
        "　　发给你单位的“重点事项”2022年3月填报表，至今没有收到。你单位承办的事项共2项：\n"
        "　　1. 序号2，清理青溪河道垃圾（时限：2022年4月底）\n"
        "　　2. 序号3，加固县城堤防\n"
        "　　请在发给你单位的《县水利局——台账.xlsx》上填好黄色的格，于2022年3月28日前报回。\n"
        "\n"
        "　　　　　　　　　　　　　　　　云溪县督查室"
    )


def test_what_cannot_be_used_and_what_was_left_empty_is_named(sent: Round) -> None:
    said = text(
        sent, edited(sent.out["县水利局"], E2="清了两次", F2="差不多了"), edited(sent.out["县交通局"], E1="汇报")
    )
    assert "不能用：" in said
    assert "找不到“完成情况”" in said
    assert "有1项没有填（与发出时一样）" in said
    assert "填的是“差不多了”，不认识的状态" in said
    assert "尽快重新报回" in said


def test_where_all_have_answered_nobody_is_urged(sent: Round) -> None:
    files = edited(sent.out["县水利局"], E2="甲", E3="乙"), edited(sent.out["县交通局"], E2="丙")
    assert "没有要催办的" in text(sent, *files)
