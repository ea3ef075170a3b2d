"""`new`: where the empty ledger goes, never into a shipped sample, and what has to be done before it is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.folders import ROOT
from tests.support.house import at_home
from tests.support.office import CONFIG
from tongbao.run import cli

SAMPLES = """
office: {name: 云溪县人民政府督查室}
reports:
  - {name: 年度任务, kind: annual-tasks, title: 通报, input: templates/annual-tasks/sample}
  - {name: 决策事项, kind: meeting-decisions, title: 通报}
  - {name: 二组事项, kind: meeting-decisions, title: 通报}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "督查通报"
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "config.yaml").write_text(SAMPLES, encoding="utf-8")
    return folder


def new(home: Path, *arguments: str) -> int:
    with at_home(home):
        return cli.main(["new", "-p", "2026-03", *arguments])


def made(home: Path) -> list[str]:
    return [path.relative_to(home).as_posix() for path in home.rglob("*2026-03.xlsx")]


@pytest.mark.parametrize(
    "arguments", [["annual-tasks"], ["年度重点工作任务"], ["-r", "年度任务"], ["annual-tasks", "-r", "年度任务"]]
)
def test_a_sample_is_never_written_to(home, capsys, arguments):
    assert new(home, *arguments) == 0
    assert made(home) == ["input/年度任务/年度任务台账2026-03.xlsx"]
    said = capsys.readouterr().out
    assert "没有放进示例的文件夹" in said
    assert "input 一行删去" in said


def test_what_is_said_is_true(home):
    assert new(home, "annual-tasks") == 0
    config = home / "config.yaml"
    config.write_text(SAMPLES.replace(", input: templates/annual-tasks/sample", ""), encoding="utf-8")
    with at_home(home):
        assert cli.main(["-r", "年度任务"]) == 1  # it is read, and empty
    assert (home / "output/年度任务/2026-03").is_dir()


def test_a_report_of_no_kind_yet_is_told_with_the_line_to_add(home, capsys):
    assert new(home, "重点项目") == 0
    assert made(home) == ["input/重点项目/重点项目台账2026-03.xlsx"]
    assert "在 reports 下加一行：- {name: 重点项目, kind: key-projects, title: 关于…的通报}" in capsys.readouterr().out


def test_among_several_reports_the_one_that_is_named_counts(home):
    assert new(home, "-r", "二组事项") == 0
    assert made(home) == ["input/二组事项/二组事项台账2026-03.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "如 new 年度重点工作任务；可选：年度重点工作任务（annual-tasks）"),
        (["年度重点工作"], "是不是“年度重点工作任务”？"),
        (["anual-tasks"], "是不是“annual-tasks”？"),
        (["annual-tasks", "-r", "决策事项"], "“决策事项”不是年度重点工作任务一种的通报"),
        (["-r", "决定事项"], "是不是“决策事项”？"),
    ],
)
def test_what_is_not_understood(home, capsys, arguments, said):
    assert new(home, *arguments) == 2
    assert said in capsys.readouterr().out
    assert made(home) == []


def test_the_menu_of_kinds_is_chinese(home, capsys, monkeypatch):
    monkeypatch.setattr("tongbao.outside.screen.sys.stdin", Console())
    monkeypatch.setattr("builtins.input", lambda _: "1")
    assert new(home) == 0
    said = capsys.readouterr().out
    assert "  1. 年度重点工作任务\n" in said
    assert "annual-tasks\n" not in said


def test_samples_that_lie_in_the_folder_are_told(tmp_path, capsys):
    home = tmp_path / "督查通报"
    for name in ("templates", "input"):
        shutil.copytree(ROOT / name, home / name)
    text = CONFIG.replace("  - name: 决策事项\n", "  - name: 重点项目调度会决策事项\n")
    (home / "config.yaml").write_text(text, encoding="utf-8")
    assert new(home, "meeting-decisions") == 0
    said = capsys.readouterr().out
    assert "还有随附的示例台账2本" in said
    assert "remove-samples（删除示例）" in said


class Console:
    def isatty(self) -> bool:
        return True
