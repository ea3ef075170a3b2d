"""A column that nothing is read from is named in the settings where a run would take it for a field or ask about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.drawing import saved, workbook
from tests.support.first_talk import Talk, annex, line_of, report, set_up

_LEDGER = """
| 云溪县重点督办事项台账 |
| 序号 | 督办事项 | 牵头单位 | 责任领导 | 成果形式 | 办结时限 | 目前进展 | 办理状态 |
| 1 | 修复东河大桥桥面 | 县交通局 | 王立 | 桥面验收单 | 2025年5月30日 | {progress} | 正常推进 |
| 2 | 清理城北市场占道经营 | 县综合执法局 | 李成 | 检查记录 | 2025年3月20日 | 清理摊点32处 | 超期 |
| 3 | 印发防汛应急预案 | 县应急局 | 周平 | 预案文本 | 2025年3月30日 | 预案已印发 | 已办结 |
"""


def _given(folder: Path) -> list[Path]:
    folder.mkdir()
    paths = []
    for month, progress in ((3, "已完成设计"), (4, "施工单位进场")):
        paths.append(folder / f"督办2025年{month}月.xlsx")
        paths[-1].write_bytes(saved(workbook(_LEDGER.format(progress=progress))))
    return paths


def test_a_column_that_a_person_calls_unused_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = _given(tmp_path / "桌面")
    Talk(["", "0"]).does("setup", "-c", tmp_path / "看.yaml", *paths)
    number = line_of("领导：“责任领导”一栏", capsys.readouterr().out)
    Talk(["", number, "16", "0"]).does("setup", "-c", tmp_path / "看.yaml", *paths)
    assert "16. （不用这一栏）" in (shown := capsys.readouterr().out)
    assert "不用：“责任领导”一栏" in shown
    assert Talk(["", number, "16", ""]).does("setup", "-c", tmp_path / "config.yaml", *paths) == 0
    assert report(tmp_path).columns == {"不用": ("责任领导",)}
    assert "“责任领导”按“领导”" not in capsys.readouterr().out
    assert annex(tmp_path)[0][3] == "责任领导"  # printed all the same, as it stands in the ledger


_REPORT = """
| 云溪县2025年政府工作报告重点任务 |
| 编号 | 重点任务 | 市级目标 | 牵头领导 | 责任单位 | 半年目标 | 目前进展 | 完成情况 |
| A01 | 新增“四上”企业40家 | 40家 | 王立 | 县统计局 | 20家 | 已新增22家 | 完成半年目标 |
| A02 | 扩建第二污水处理厂 | 完工 | 李成 | 县住建局 | 过半 | 土建三成 | 未完成半年目标 |
"""


def test_a_column_that_setup_called_unused_is_not_asked_about_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "政府工作报告任务分解2025年上半年.xlsx"
    path.write_bytes(saved(workbook(_REPORT)))
    assert set_up(tmp_path, path) == 0
    said = capsys.readouterr().out
    assert "不用：“市级目标”一栏" in said
    assert report(tmp_path).columns == {"不用": ("市级目标",)}
    assert "没有用到" not in said
