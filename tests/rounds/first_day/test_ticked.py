"""Two columns answered by 是 and 否 in one ledger: what is done is told by the one, what lags by the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tests.support.first_talk import figures, report, set_up

HEAD = "| 序号 | 督办事项 | 责任单位 | 办结时限 | 办理情况 | {} | {} |"
# Done in time; done late; late by the ledger's word though its day is to come; open though its day is past.
ROWS = """
| 1 | 维修县城路灯二百盏 | 县住建局 | 2025年8月 | 已修好 | {a} |
| 2 | 排查校园周边隐患 | 县公安局 | 2025年3月 | 已排查完 | {b} |
| 3 | 新建农村公厕十座 | 县农业农村局 | 2025年12月 | 还没有开工 | {c} |
| 4 | 清理河道垃圾 | 县水利局 | 2025年6月 | 已同意延期 | {d} |
"""
FORMS = {
    "是否办结在前": (("是否办结", "是否超期"), ("是 | 否", "是 | 是", "否 | 是", "否 | 否")),
    "是否超期在前": (("是否超期", "是否办结"), ("否 | 是", "是 | 是", "是 | 否", "否 | 否")),
    "逾期、完成": (("是否完成", "是否逾期"), ("是 | 否", "是 | 是", "否 | 是", "否 | 否")),
    "达序时": (("是否已办结", "是否达序时进度"), ("是 | 是", "是 | 否", "否 | 否", "否 | 是")),
    "打勾": (("是否办结", "是否滞后"), ("√ |", "√ | √", "| √", "|  ")),
}


@pytest.mark.parametrize(("headers", "answers"), FORMS.values(), ids=FORMS.keys())
def test_both_are_used(tmp_path: Path, headers: tuple[str, str], answers: tuple[str, ...]) -> None:
    rows = ROWS.format(**dict(zip("abcd", answers, strict=True))).strip()
    layout = Layout({"督办2025年7月.xlsx": {"台账": f"{HEAD.format(*headers)}\n{rows}"}}, {})
    assert set_up(tmp_path, *layout.write(tmp_path / "桌面")) == 0
    found = figures(tmp_path)
    late = 2 if "√" in answers[0] else 1  # an empty cell says nothing: the day of the fourth is past
    assert {name: found[name] for name in ("total", "completed", "lagging", "on_track")} == {
        "total": 4,
        "completed": 2,
        "lagging": late,
        "on_track": 2 - late,
    }
    assert report(tmp_path).status_from


def test_a_month_later_other_answers_are_read(tmp_path: Path) -> None:
    now = ROWS.format(a="是 | 否", b="是 | 否", c="是 | 否", d="是 | 否").strip()
    then = ROWS.format(a="否 | 是", b="否 | 否", c="是 | 是", d="是 | 否").strip()
    head = HEAD.format("是否办结", "是否超期")
    paths = Layout({"督办2025年7月.xlsx": {"台账": f"{head}\n{now}"}}, {}).write(tmp_path / "桌面")
    assert set_up(tmp_path, *paths) == 0
    later = Layout({"督办2025年8月.xlsx": {"台账": f"{head}\n{then}"}}, {}).write(tmp_path / "桌面")
    assert set_up(tmp_path, *later) == 0
    found = figures(tmp_path)
    assert (found["lagging"], found["on_track"]) == (1, 1)


def test_a_column_of_status_words_goes_before_them(tmp_path: Path) -> None:
    head = "| 序号 | 督办事项 | 责任单位 | 办结时限 | 办理状态 | 是否超期 |"
    rows = "| 1 | 维修县城路灯二百盏 | 县住建局 | 2025年12月 | 正在办理 | 否 |\n| 2 | 排查隐患 | 县公安局 | 2025年7月 | 已办结 | 否 |"
    paths = Layout({"督办2025年7月.xlsx": {"台账": f"{head}\n{rows}"}}, {}).write(tmp_path / "桌面")
    assert set_up(tmp_path, *paths) == 0
    assert report(tmp_path).status_from is None


# What is done and what is not; the second item is late by its day, the third by the column of days where there is one.
DENIED = {
    "办结": ("办结情况", ("办结", "未办结", "未办结", "未办结")),
    "完成": ("完成情况", ("完成", "未完成", "未完成", "未完成")),
    "已整改到位": ("整改情况", ("已整改到位", "未整改到位", "未整改到位", "未整改到位")),
    "尚未": ("办理状态", ("已办结", "尚未办结", "尚未办结", "尚未办结")),
    "两种": ("办理状态", ("按期办结", "未办结", "尚未办结", "未办结")),
    "落实": ("落实状态", ("已落实", "未落实", "未落实", "未落实")),
}
WITH_DAYS = """
| 1 | 维修县城路灯二百盏 | 县住建局 | 2025年3月 | {0[0]} | 0 |
| 2 | 排查校园周边隐患 | 县公安局 | 2025年3月 | {0[1]} | {1[0]} |
| 3 | 新建农村公厕十座 | 县农业农村局 | 2025年12月 | {0[2]} | {1[1]} |
| 4 | 清理河道垃圾 | 县水利局 | 2025年12月 | {0[3]} | {1[2]} |
"""
BESIDE = {
    "责任人": (("王立", "李成", "周平"), 1),
    "超期天数": (("122", "9", "0"), 2),
    "逾期天数（天）": (("122天", "", ""), 1),
    "是否超期": (("是", "是", "否"), 2),
    "是否逾期": (("√", "", ""), 1),
}


@pytest.mark.parametrize("header", BESIDE)
@pytest.mark.parametrize(("asked", "words"), DENIED.values(), ids=DENIED.keys())
def test_what_is_only_not_done_is_late_by_its_day_or_another_column(
    tmp_path: Path, asked: str, words: tuple[str, ...], header: str
) -> None:
    said, late = BESIDE[header]
    rows = WITH_DAYS.format(words, said).strip()
    head = f"| 序号 | 督办事项 | 责任单位 | 办结时限 | {asked} | {header} |"
    assert (
        set_up(tmp_path, *Layout({"督办2025年7月.xlsx": {"台账": f"{head}\n{rows}"}}, {}).write(tmp_path / "桌面")) == 0
    )
    found = figures(tmp_path)
    assert [found[name] for name in ("completed", "lagging", "on_track")] == [1, late, 3 - late]


@pytest.mark.parametrize("other", ["正在办理", "滞后", "正常推进"])
def test_beside_another_open_word_it_is_not_asked_of_the_day(tmp_path: Path, other: str) -> None:
    rows = WITH_DAYS.format(("已办结", "已办结", "未办结", other), ("王立", "李成", "周平")).strip()
    head = "| 序号 | 督办事项 | 责任单位 | 办结时限 | 办理状态 | 责任人 |"
    paths = Layout({"督办2025年7月.xlsx": {"台账": f"{head}\n{rows}"}}, {}).write(tmp_path / "桌面")
    set_up(tmp_path, *paths)
    assert report(tmp_path).status_from is None
