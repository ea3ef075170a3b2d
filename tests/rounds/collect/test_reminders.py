"""催办单: a text for each unit that has not answered, or not so that it can be used."""

from __future__ import annotations

from datetime import date
from typing import Any

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


def after(now: str, **cells: Any) -> tuple[str, list[str]]:
    """The text after the office has changed its ledger, where both units have answered; and what the screen says."""
    found = Round(xlsx(TABLE), meetings())
    files = [
        edited(found.out["县水利局"], **{"E2": "清了两次", "E3": "已加固", **cells}),
        edited(found.out["县交通局"], E2="已修通"),
    ]
    found.now(xlsx(now))
    merged, problems = found.merge(*files)
    about = About(OFFICE, REPORT, "2022年3月", {})
    items = [p.item for p in problems if p.code == "row_strange"]
    return reminders(merged, found.assigned, about).decode("utf-8-sig"), items


@pytest.mark.parametrize(
    "now",
    [
        TABLE.replace("| 2 | 清理青溪河道垃圾 | 县水利局 | 2022年4月底 | | |\n", ""),
        TABLE.replace("垃圾 | 县水利局", "垃圾 | 县城管局"),
        TABLE.replace("清理青溪河道垃圾", "编制防汛应急预案"),
        TABLE.replace("| 3 |", "| 2 | 清理青溪河道垃圾 | 县水利局 | 2022年4月底 | | |\n| 3 |"),
    ],
    ids=["deleted", "another unit", "another item", "there twice"],
)
def test_no_unit_is_blamed_for_what_the_office_has_changed(now: str) -> None:
    said, items = after(now)
    assert "县水利局：\r\n" not in said
    assert items == ["第2项 清理青溪河道垃圾"]


def test_the_clerk_is_told_of_such_a_row_in_one_line_with_what_was_answered() -> None:
    found = Round(xlsx(TABLE), meetings())
    back = edited(found.out["县水利局"], E2="清了两次", F2="完成")
    found.now(xlsx(TABLE.replace("垃圾 | 县水利局", "垃圾 | 县城管局")))
    _, problems = found.merge(back)
    assert [p.message for p in problems if p.item == "第2项 清理青溪河道垃圾"] == [
        "县水利局退回的这一行没有汇总：台账里这一项现在的责任单位是“县城管局”，不再是县水利局。"
        "“完成情况”填的是“清了两次”，“备注”填的是“完成”"
    ]


def test_what_the_unit_got_wrong_is_told_it_all_the_same() -> None:
    said, _ = after(TABLE.replace("垃圾 | 县水利局", "垃圾 | 县城管局"), F3="差不多了")
    assert "1. 第3项 加固县城堤防，“备注”填的是“差不多了”，不认识的状态" in said
    assert "2022-0" not in said


def test_a_column_that_the_office_deleted_is_not_the_unit_s_fault() -> None:
    rows = [line.split("|") for line in TABLE.strip().splitlines()]
    said, _ = after("\n".join("|".join(row[:5] + row[6:]) for row in rows))
    assert "完成情况" not in said


def test_a_unit_that_let_its_status_stand_hears_of_the_dispute_once() -> None:
    joint = TABLE.replace("县交通局 | 2022年4月底 | | |", "县交通局、县水利局 | 2022年4月底 | 选址 | 正常推进 |")
    found = Round(xlsx(joint), meetings())
    water = edited(found.out["县水利局"], E2="已修通", F2="完成", E3="清了两次", E4="已加固")
    about = About(OFFICE, REPORT, "2022年3月", {})
    merged, _ = found.merge(water, edited(found.out["县交通局"], E2="已修通"))
    said = reminders(merged, found.assigned, about).decode("utf-8-sig")
    assert said.count("有1处与共同承办的单位填得不一样") == 2
    merged, _ = found.merge(water, found.out["县交通局"])
    said = reminders(merged, found.assigned, about).decode("utf-8-sig")
    assert said.count("有1处与共同承办的单位填得不一样") == 1
    assert said.count("有1项没有填（与发出时一样）") == 1


def test_joint_units_are_asked_to_agree_on_a_status() -> None:
    found = Round(xlsx(TABLE.replace("大桥引道 | 县交通局", "大桥引道 | 县交通局、县水利局")), meetings())
    water = edited(found.out["县水利局"], E2="甲", F2="完成", E3="清了两次", E4="已加固")
    merged, _ = found.merge(water, edited(found.out["县交通局"], E2="甲", F2="需加快推进"))
    said = reminders(merged, found.assigned, About(OFFICE, REPORT, "2022年3月", {})).decode("utf-8-sig")
    assert said.count("有1处与共同承办的单位填得不一样，没有采用，请与其商定后填成一样的：") == 2
    assert (
        "1. 第1项 修通东门大桥引道，“备注”填的是“完成”，几个单位填的不一样。县交通局：需加快推进；县水利局：完成（F2）"
        in said
    )
    assert "没有写入" not in said
