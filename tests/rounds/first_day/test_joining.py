"""A ledger that comes in several files of one period: for each class, or for each unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.first_days import Layout
from tests.support.first_talk import figures, set_up

HEAD = "| 序号 | 督办事项 | 责任单位 | 完成时限 | 进展情况 | 办理状态 |\n"
BRIDGE = "| 1 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | {m}月施工 | 正常推进 |\n"
RIVER = "| 2 | 清理河道垃圾 | 县水利局 | 2025年12月底 | {m}月清理 | {state} |\n"
LAMPS = "| 1 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | {m}月检修 | 滞后 |\n"


def files(first: str, second: str) -> Layout:
    """The files of two months, by the names of their two parts."""
    return Layout(
        {
            name.format(m=m): {"a": HEAD + rows.format(m=m, state=state)}
            for m, state in ((5, "正常推进"), (6, "已办结"))
            for name, rows in ((first, BRIDGE + RIVER), (second, LAMPS))
        },
        {},
    )


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("经济发展督办台账2025年{m}月.xlsx", "民生保障督办台账2025年{m}月.xlsx", ["民生保障", "经济发展"]),
        ("督办台账2025年{m}月（经济）.xlsx", "督办台账2025年{m}月（民生）.xlsx", ["民生", "经济"]),
        ("2025年{m}月/县交通局.xlsx", "2025年{m}月/县住建局.xlsx", ["县交通局", "县住建局"]),
    ],
)
def test_parts_in_several_files_are_one_ledger(
    first: str, second: str, names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files(first, second).write(tmp_path / "桌面")
    home = tmp_path / "督查室"
    assert set_up(home, tmp_path / "桌面") == 0
    found = figures(home)
    assert (found["total"], found["newly_completed"], found["lagging"], found["added"]) == (3, 1, 1, 0)
    assert "没有相同的事项，并成一本" in capsys.readouterr().out
    made = sorted(home.glob("input/*/*2025*6*.xlsx"))
    assert [sorted(load_workbook(path).sheetnames) for path in made] == [sorted(names)]
    before = {path: path.read_bytes() for path in home.glob("input/*/*.xlsx")}
    assert set_up(home, tmp_path / "桌面") == 0
    assert {path: path.read_bytes() for path in home.glob("input/*/*.xlsx")} == before


def test_two_versions_of_one_ledger_are_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = files("督办台账2025年{m}月（初稿）.xlsx", "督办台账2025年{m}月（终稿）.xlsx")
    same = {name: {"a": HEAD + (BRIDGE + RIVER).format(m=6, state=name[-8:-6])} for name in layout.files}
    assert set_up(tmp_path / "督查室", *Layout(same, {}).write(tmp_path / "桌面")) == 1
    assert "以哪一本为准" in capsys.readouterr().out
