"""The annex, what counts as one, the base: proposed with a reason, changed by number, written only where unusual."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import LAYOUTS, Layout
from tests.support.first_talk import Talk, annex, figures, line_of, report, set_up
from tests.support.folders import TEMPLATES
from tongbao.config.kinds import Base, Count
from tongbao.config.office import OwnAnnex

PRINTED = Layout(
    {
        f"督查事项台账2025年{n}月.xlsx": {
            "台账": f"""
            | 序号 | 督查事项 | 责任单位 | 完成时限 | 进展情况 | 办理状态 |
            | 1 | 维修县城路灯二百盏 | 县住建局 | 2025年9月 | {a} | 正在办理 |
            | 2 | 排查校园周边隐患 | 县公安局 | 2025年8月 | 排查完毕 | 已办结 |
            """
        }
        for n, a in {6: "维修五十盏", 7: "维修一百盏"}.items()
    },
    {},
)
# Two tasks in parts, each part with its own unit and state; the number is merged over them.
PARTED = Layout(
    {
        f"督办2025年{n}月.xlsx": {
            "台账": f"""
            | 序号 | 督办事项 | 分解任务 | 责任单位 | 完成时限 | 目前进展 | 办理状态 |
            | 1 | 老旧小区改造 | 完成施工招标 | 县住建局 | 2025年9月 | {a} | {b} |
            | ^ | ^ | 落实配套资金 | 县财政局 | 2025年9月 | 资金到位 | 已办结 |
            | 2 | 建设养老服务站 | 完成选址公示 | 县民政局 | 2025年8月 | 公示结束 | 已办结 |
            | ^ | ^ | 完成装修并开放 | 青石镇 | 2025年12月 | 正在装修 | 正在办理 |
            """
        }
        for n, (a, b) in {6: ("编制文件", "正在办理"), 7: ("招标完成", "已办结")}.items()
    },
    {},
)


def test_an_annex_of_other_headers_is_the_ledgers_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up(tmp_path, *LAYOUTS["三栏打勾"].write(tmp_path / "桌面")) == 0
    assert report(tmp_path).annex == OwnAnnex()
    assert annex(tmp_path)[:2] == [
        ["序号", "任务内容", "责任部门", "完成时限", "最新进展", "完成情况"],
        ["^", "^", "^", "^", "^", "已完成", "推进中", "滞后"],
    ]
    assert "附件：照台账自己的栏印（台账的栏与这种通报平常印的不同）" in capsys.readouterr().out


def test_a_ledger_with_the_headers_that_the_kind_prints_says_nothing(tmp_path: Path) -> None:
    assert set_up(tmp_path, *PRINTED.write(tmp_path / "桌面")) == 0
    assert report(tmp_path).annex is None
    assert "annex" not in (tmp_path / "config.yaml").read_text(encoding="utf-8")


def test_a_kind_without_an_annex_gets_none(tmp_path: Path) -> None:
    assert set_up(tmp_path, TEMPLATES / "key-projects" / "sample") == 0
    assert report(tmp_path).annex is None


def test_the_annex_of_the_kind_is_chosen_by_number_and_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    Talk(["", "0"]).does("setup", "-c", tmp_path / "看.yaml", *paths)
    number = line_of("附件：", capsys.readouterr().out)
    config = tmp_path / "config.yaml"
    assert Talk(["", number, "2", ""]).does("setup", "-c", config, *paths) == 0
    assert annex(tmp_path)[0] == ["序号", "督查事项", "责任单位", "完成时限", "进展情况", "办理状态"]
    written = config.read_bytes()
    assert set_up(tmp_path, *paths) == 0
    assert config.read_bytes() == written


def test_what_counts_as_one_is_told_with_the_numbers_and_can_be_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = PARTED.write(tmp_path / "桌面")
    assert set_up(tmp_path / "行", *paths) == 0
    shown = capsys.readouterr().out
    assert "项数：一行算一项（有2个序号、4行，有的序号下有几行）" in shown
    assert (figures(tmp_path / "行")["total"], figures(tmp_path / "行")["completed"]) == (4, 3)
    talk = Talk(["", line_of("项数：", shown), "2", ""])
    assert talk.does("setup", "-c", tmp_path / "项" / "config.yaml", *paths) == 0
    assert report(tmp_path / "项").count is Count.ITEMS
    assert (figures(tmp_path / "项")["total"], figures(tmp_path / "项")["completed"]) == (2, 1)


def test_a_ledger_of_one_line_for_each_number_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up(tmp_path, *PRINTED.write(tmp_path / "桌面")) == 0
    assert "项数：一行算一项（一个序号一行，两种算法一样）" in capsys.readouterr().out
    assert "count" not in (tmp_path / "config.yaml").read_text(encoding="utf-8")


def test_the_base_is_a_line_and_can_be_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = PRINTED.write(tmp_path / "桌面")
    Talk(["", "0"]).does("setup", "-c", tmp_path / "看.yaml", *paths)
    shown = capsys.readouterr().out
    assert "统计：从第一本台账算起，办结的一直计入（督查事项平常这样算）" in shown
    talk = Talk(["", line_of("统计：", shown), "3", ""])
    assert talk.does("setup", "-c", tmp_path / "config.yaml", *paths) == 0
    assert report(tmp_path).base is Base.SHEET
