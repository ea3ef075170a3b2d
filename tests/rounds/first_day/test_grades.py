"""Grades that no note explains are asked about, with what they most likely mean as the first choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tests.support.first_talk import Talk, figures, set_up

ROWS = """
| 云溪水务集团重点工作督办清单 |
| 序号 | 督办事项 | 责任部门 | 计划完成日期 | 7月进展 | {header} |
| 1 | 智慧水务平台上线 | 信息技术部 | 2025-09-30 | 完成需求评审 | {best} |
| 2 | 应收账款清收 | 财务资产部 | 2025-08-31 | 收回一半 | {middle} |
| 3 | 主干管改线 | 管网公司 | 2025-08-15 | 占道手续未批 | {last} |
| 4 | 公务用车改革 | 综合管理部 | 2025-09-30 | 方案已上会 | {best} |
"""
GRADES = {
    "字母": ("A", "B", "C"),
    "级": ("A级", "B级", "C级"),
    "档": ("A档", "B档", "D档"),
    "天干": ("甲", "乙", "丙"),
    "等": ("甲等", "乙等", "丙等"),
}


def _given(folder: Path, grades: tuple[str, ...], header: str = "评价", note: str = "") -> list[Path]:
    rows = ROWS.format(header=header, **dict(zip(("best", "middle", "last"), grades, strict=True))).strip() + note
    return Layout({"督办2025年7月.xlsx": {"7月": rows}}, {}).write(folder / "桌面")


@pytest.mark.parametrize("header", ["评价", "评定等次", "办理状态"])
@pytest.mark.parametrize("grades", GRADES.values(), ids=GRADES.keys())
def test_grades_without_a_note_are_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], grades: tuple[str, ...], header: str
) -> None:
    assert set_up(tmp_path, *_given(tmp_path, grades, header)) == 1
    said = capsys.readouterr().out
    assert f"状态“{grades[0]}”（2格，可能是已办结）算哪一种" in said
    assert f"状态“{grades[2]}”（1格，可能是滞后）算哪一种" in said
    assert not (tmp_path / "config.yaml").exists()


def test_the_first_choice_is_what_they_most_likely_mean(tmp_path: Path) -> None:
    talk = Talk(["1", "1", "1", "", "", "", ""])
    assert talk.does("setup", "-c", tmp_path / "config.yaml", *_given(tmp_path, ("A", "B", "C"))) == 0
    found = figures(tmp_path)
    assert [found[name] for name in ("completed", "on_track", "lagging")] == [2, 1, 1]


@pytest.mark.parametrize(
    "note", ["\n| 注：A为已完成，B为正在推进，C为滞后 |", "\n| A—已办结；B—正常推进；C—进度滞后 |"]
)
def test_a_note_answers(tmp_path: Path, note: str) -> None:
    assert set_up(tmp_path, *_given(tmp_path, ("A", "B", "C"), note=note)) == 0
    found = figures(tmp_path)
    assert [found[name] for name in ("completed", "on_track", "lagging")] == [2, 1, 1]


def test_in_replies_to_deputies_they_are_fixed(tmp_path: Path) -> None:
    rows = """
    | 2025年区人大代表建议、政协提案办理情况 |
    | 编号 | 案由 | 主办单位 | 答复日期 | 办理结果 |
    | J001 | 关于完善公共充电设施的建议 | 县住建局 | 2025年5月1日 | A |
    | J002 | 关于推进古镇旅游的建议 | 县文旅局 | 2025年5月2日 | B |
    | J003 | 关于打通断头路的建议 | 县交通局 | 2025年5月3日 | C |
    """
    paths = Layout({"建议提案2025年7月.xlsx": {"台账": rows.strip()}}, {}).write(tmp_path / "桌面")
    assert set_up(tmp_path, *paths) == 0
    found = figures(tmp_path)
    assert [found[it] for it in ("completed", "on_track", "suspended", "lagging")] == [1, 1, 1, 0]
