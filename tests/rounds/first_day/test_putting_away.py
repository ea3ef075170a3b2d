"""Ledgers in the folder of their report: under names that tell their periods, none copied beside itself or over another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.first_days import LAYOUTS
from tests.support.first_days_more import MORE
from tests.support.first_talk import Talk, figures, set_up

LAYOUT = LAYOUTS["带备份表"]


def test_ledgers_that_lie_in_the_folder_of_the_report_are_not_copied_beside_themselves(tmp_path: Path) -> None:
    paths = LAYOUT.write(tmp_path / "input" / "交办")
    assert set_up(tmp_path, *paths, "--name", "交办") == 0
    assert sorted(it.name for it in (tmp_path / "input" / "交办").iterdir()) == sorted(it.name for it in paths)


def test_one_without_a_year_there_has_its_year_kept(tmp_path: Path) -> None:
    paths = LAYOUTS["状态词各家各样，文件名没有年份"].write(tmp_path / "input" / "督办")
    assert set_up(tmp_path, *paths, "--name", "督办") == 0
    assert sorted(it.name for it in (tmp_path / "input" / "督办").glob("*.xlsx")) == ["督办3月.xlsx", "督办4月.xlsx"]
    assert figures(tmp_path)["newly_completed"] == 1


def test_one_without_any_period_there_is_to_be_renamed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = MORE["没有哪里写着期次"].write(tmp_path / "input" / "督办")
    talk = Talk(["2025-06", "", ""])
    assert talk.does("setup", "-c", tmp_path / "config.yaml", path, "--name", "督办") == 1
    assert f"改名为“{path.stem} 2025-06.xlsx”" in capsys.readouterr().out
    assert not (tmp_path / "config.yaml").exists()


def test_another_file_of_that_name_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    march, april = LAYOUT.write(tmp_path / "桌面")
    there = tmp_path / "input" / "交办" / march.name
    there.parent.mkdir(parents=True)
    shutil.copy(april, there)
    assert set_up(tmp_path, march, "--name", "交办") == 1
    assert f"input/交办 里已有“{march.name}”，与这次给的内容不同" in capsys.readouterr().out
    assert there.read_bytes() == april.read_bytes()
