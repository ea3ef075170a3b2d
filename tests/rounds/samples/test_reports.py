"""The samples beside an office's own report: offered once to be taken away, never run, never in the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.first_days import LAYOUTS, Layout
from tests.support.first_talk import Talk
from tests.support.folders import ROOT
from tests.support.house import at_home
from tongbao.config.office import load_settings
from tongbao.run import cli

LAYOUT = LAYOUTS["带备份表"]
OFFERED = "随附的示例"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh copy of the program's folder, as far as a clerk sees it."""
    home = tmp_path / "督查通报"
    for name in ("input", "templates"):
        shutil.copytree(ROOT / name, home / name)
    for name in ("config.yaml", "units.xlsx"):
        shutil.copy(ROOT / name, home)
    return home


def does(home: Path, *arguments: Path | str) -> int:
    with at_home(home):
        return cli.main([str(it) for it in arguments])


def of_their_own(home: Path) -> None:
    """The settings as of an office that has put its name in, and kept the sample reports."""
    config = home / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("name: 云溪县人民政府督查室 ", "name: 白塔区政府督查室 ", 1)
    config.write_text(text, encoding="utf-8")


def names(home: Path) -> list[str]:
    return [report.name for report in load_settings(home / "config.yaml").reports]


def test_without_a_person_nothing_is_removed_and_one_command_is_told(clone, tmp_path, capsys):
    assert does(clone, "setup", *LAYOUT.write(tmp_path / "桌面"), "--yes") == 0
    assert (
        "没有删。不要了的，双击“操作”里的“删除示例”，或运行：python3 generate.py remove-samples"
        in capsys.readouterr().out
    )
    assert (clone / "templates/general/sample").is_dir()
    assert does(clone, "remove-samples") == 0
    assert not list(clone.glob("templates/*/sample/*.xlsx"))
    assert does(clone) == 0


def test_a_person_is_asked_once_and_the_own_report_stays(clone, tmp_path):
    talk = Talk(["", "", "1"])
    with at_home(clone):
        assert talk.does("setup", *LAYOUT.write(tmp_path / "桌面")) == 0
    assert talk.left == []
    assert not list(clone.glob("templates/*/sample/*.xlsx"))
    (name,) = names(clone)
    assert list((clone / "output" / name).rglob("*.docx"))
    again = Talk(["", ""])
    with at_home(clone):
        assert again.does("setup", *LAYOUTS["三栏打勾"].write(tmp_path / "桌面二")) == 0
    assert not any("示例" in asked for asked in again.asked)


def test_who_keeps_them_is_not_asked_again(clone, tmp_path):
    with at_home(clone):
        assert Talk(["", "", "2"]).does("setup", *LAYOUT.write(tmp_path / "桌面")) == 0
        again = Talk(["", ""])
        assert again.does("setup", *LAYOUTS["三栏打勾"].write(tmp_path / "桌面二")) == 0
    assert (clone / "templates/general/sample").is_dir()


def test_in_settings_elsewhere_the_samples_of_the_program_are_not_spoken_of(clone, tmp_path, capsys):
    assert does(clone, "-c", tmp_path / "别处" / "config.yaml", "setup", *LAYOUT.write(tmp_path / "桌面"), "--yes") == 0
    assert OFFERED not in capsys.readouterr().out


def test_a_run_makes_the_own_reports_alone_and_says_what_it_left(clone, tmp_path, capsys):
    of_their_own(clone)
    assert does(clone, "setup", *LAYOUT.write(tmp_path / "桌面"), "--yes") == 0
    own = names(clone)[-1]
    capsys.readouterr()
    assert does(clone) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("【")] == [f"【{own}】"]
    assert "随附的示例没有出通报：重点项目调度会决策事项、常务会议确定事项、" in said
    assert not (clone / "output" / "常务会议确定事项").exists()


def test_broken_samples_refuse_nothing(clone, tmp_path):
    of_their_own(clone)
    assert does(clone, "setup", *LAYOUT.write(tmp_path / "桌面"), "--yes") == 0
    shutil.rmtree(clone / "templates" / "work-report")
    shutil.rmtree(clone / "input" / "重点项目调度会决策事项")
    assert does(clone) == 0


def test_a_sample_that_is_named_or_given_is_made(clone, tmp_path):
    of_their_own(clone)
    assert does(clone, "setup", *LAYOUT.write(tmp_path / "桌面"), "--yes") == 0
    assert does(clone, "-r", "督查事项") == 0
    assert does(clone, max((clone / "templates/rectification/sample").glob("*.xlsx"))) == 0
    assert (clone / "output" / "问题整改销号").exists()


def test_a_fresh_copy_makes_all_samples(clone, capsys):
    assert does(clone) == 0
    assert "没有出通报" not in capsys.readouterr().out


GENERAL = {
    "督查事项2025年6月.xlsx": """
    | 序号 | 督查事项 | 责任单位 | 完成时限 | 进展情况 | 办理状态 |
    | 1 | 维修县城路灯二百盏 | 县住建局 | 2025年9月 | 维修五十盏 | 正在办理 |
    """
}


def test_an_own_ledger_like_a_sample_begins_a_report_of_its_own(clone, tmp_path):
    paths = Layout({name: {"台账": table} for name, table in GENERAL.items()}, {}).write(tmp_path / "桌面")
    with at_home(clone):
        assert Talk(["某县督查室", "", "2"]).does(*paths) == 0
    assert len(names(clone)) == 1
    assert len(list((clone / "templates/general/sample").glob("*.xlsx"))) == 2


def test_a_ledger_is_never_put_among_the_samples(clone, tmp_path):
    of_their_own(clone)
    paths = Layout({name: {"台账": table} for name, table in GENERAL.items()}, {}).write(tmp_path / "桌面")
    assert does(clone, "setup", *paths, "--yes") == 0
    assert names(clone)[-1] == "督查事项（2）"
    assert len(list((clone / "templates/general/sample").glob("*.xlsx"))) == 2


def test_the_next_ledger_asks_among_the_own_reports_alone(clone, tmp_path):
    of_their_own(clone)
    assert does(clone, "setup", *LAYOUT.write(tmp_path / "桌面"), "--yes") == 0
    assert does(clone, "next") == 0
