"""What stands below the last item of a table is no item: who made it and when, how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tests.support.first_talk import figures, set_up

LEDGER = """
| 云溪县重点问题整改推进表（5月） |
| 序号 | 整改内容 | 责任单位 | 时限 | 进度 | 督导组 |
| 1 | 背街小巷硬化十五条 | 城东街道 | 4月底 | √ | 第二督导组 |
| 2 | 飞线充电整治 | 县住建局 | 4月15日 | × | 第一督导组 |
| 3 | 公厕补建四座 | 县城管局 | 6月底 | △ | 第三督导组 |
| 4 | 好人馆布展 | 县委宣传部 | 6月底 | △ | 第三督导组 |
| 注：√表示已完成，△表示推进中，×表示滞后 |
"""
FEET = {
    "谁和哪天": "| 县文明办 | | | | 2025.5.31 | |",
    "在末栏": "| 县文明办 | | | | | 2025年5月31日 |",
    "在事项栏": "| | 县文明办 | | | 2025-5-31 | |",
    "三格": "| 县文明办 | | 王立 | | 2025年5月 | |",
    "汉字日期": "| 县文明办 | | | | 二〇二五年五月三十一日 | |",
    "在时限栏": "| 县文明办 | | | 2025.5.31 | | |",
    "制表日期": "| 制表日期 | | | | 2025.5.31 | |",
    "统计时间": "| 统计时间 | | 2025年5月31日 | | | |",
    "截止日期": "| 截止日期 | 2025.5.31 | | | | |",
    "合计数": "| 合计数 | | | | 4 | |",
    "总数": "| | 总数 | | | 4项 | |",
    "事项总数": "| 事项总数 | 4 | | | | |",
}


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET.keys())
def test_the_foot_of_a_table_is_no_item(tmp_path: Path, foot: str) -> None:
    layout = Layout({"整改推进表2025年5月.xlsx": {"Sheet": LEDGER.strip() + "\n" + foot}}, {})
    assert set_up(tmp_path, *layout.write(tmp_path / "桌面")) == 0
    found = figures(tmp_path)
    assert {name: found[name] for name in ("total", "completed", "lagging", "on_track")} == {
        "total": 4,
        "completed": 1,
        "lagging": 1,
        "on_track": 2,
    }


def test_a_last_item_with_a_deadline_of_its_own_is_one(tmp_path: Path) -> None:
    rows = """
    | 督办事项 | 责任单位 | 办结时限 | 办理状态 |
    | 维修县城路灯二百盏 | 县住建局 | 2025年12月31日 | 正在办理 |
    | 排查校园周边隐患 | 县公安局 | 2025年6月30日 | 已办结 |
    | 新建农村公厕十座 | | 2025年12月31日 | |
    """
    paths = Layout({"督办2025年7月.xlsx": {"台账": rows.strip()}}, {}).write(tmp_path / "桌面")
    set_up(tmp_path, *paths)
    assert figures(tmp_path)["total"] == 3
