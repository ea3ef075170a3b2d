"""Which of two columns tells how items stand: remarks about obstacles do not, phrases go behind words that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tests.support.first_talk import figures, set_up

ROWS = """
| 1 | 维修县城路灯二百盏 | 县住建局 | 2025年12月 | {0[0]} | {1[0]} |
| 2 | 排查校园周边隐患 | 县公安局 | 2025年12月 | {0[1]} | {1[1]} |
| 3 | 新建农村公厕十座 | 县农业农村局 | 2025年12月 | {0[2]} | {1[2]} |
| 4 | 清理河道垃圾 | 县水利局 | 2025年12月 | {0[3]} | {1[3]} |
"""
SAID = {
    "进度评价": ("已完成", "达序时", "慢序时", "慢序时"),
    "是否达序时进度": ("已完成", "是", "否", "否"),
    "完成情况": ("已完成", "正常推进", "滞后", "滞后"),
    "办理状态": ("已办结", "正在办理", "超期", "超期"),
}
REMARKS = {
    "资金": ("", "", "资金未到位", "资金未到位"),
    "两种": ("", "", "手续未办理", "用地未落实"),
    "审批": ("", "省级审批中", "", "省级审批中"),
    "一句": ("", "", "要素保障未到位", "征地拆迁难度大"),
    "词": ("", "延期", "", "延期"),
    "每行": ("土地未落实", "资金未到位", "资金未到位", "资金未到位"),
}


def first_figures(folder: Path, *headers: str, cells: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """The figures of a ledger of four items with two more columns."""
    head = "| 序号 | 督办事项 | 责任单位 | 办结时限 | {} | {} |".format(*headers)
    layout = Layout({"督办2025年7月.xlsx": {"台账": head + "\n" + ROWS.format(*cells).strip()}}, {})
    assert set_up(folder, *layout.write(folder / "桌面")) == 0
    found = figures(folder)
    return {name: found[name] for name in ("completed", "lagging", "on_track")}


@pytest.mark.parametrize("remarks", REMARKS.values(), ids=REMARKS.keys())
@pytest.mark.parametrize("header", SAID)
def test_remarks_about_what_stands_in_the_way_are_no_states(
    tmp_path: Path, header: str, remarks: tuple[str, ...]
) -> None:
    found = first_figures(tmp_path, header, "备注", cells=(SAID[header], remarks))
    assert found == {"completed": 1, "lagging": 2, "on_track": 1}


def test_remarks_that_call_items_done_are_states(tmp_path: Path) -> None:
    cells = (("路灯装完", "查完", "招标", "动工"), ("已完成", "已完成", "", "滞后"))
    assert first_figures(tmp_path, "目前进展", "备注", cells=cells) == {"completed": 2, "lagging": 1, "on_track": 1}


PHRASES = {
    "落实": ("已全部落实到位", "正按要求推进", "单位未提出举措", "单位未提出举措"),
    "办理": ("按要求办结", "办理有序推进", "工作没有起色", "工作没有起色"),
}


@pytest.mark.parametrize("headers", [("落实情况", "落实进度"), ("办理情况", "办理进度"), ("工作情况", "目前阶段")])
@pytest.mark.parametrize("phrases", PHRASES.values(), ids=PHRASES.keys())
def test_a_column_of_known_words_goes_before_one_of_phrases(
    tmp_path: Path, headers: tuple[str, str], phrases: tuple[str, ...]
) -> None:
    cells = (phrases, ("已落实", "正在落实", "滞后", "滞后"))
    assert first_figures(tmp_path, *headers, cells=cells) == {"completed": 1, "lagging": 2, "on_track": 1}
