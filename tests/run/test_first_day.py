"""`setup` at the console: few questions, any line changed by its number, and nothing is edited by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.first_days import LAYOUTS
from tests.support.first_days_more import MORE
from tests.support.first_talk import Talk, line_of
from tests.support.folders import ROOT
from tongbao.config.office import load_settings


def test_an_unknown_word_and_the_signature_are_asked(tmp_path: Path) -> None:
    talk = Talk(["5", "云溪县督查室", ""])
    paths = MORE["谁也不认识的状态词"].write(tmp_path / "桌面")
    config = tmp_path / "config.yaml"
    assert talk.does("setup", "-c", config, *paths) == 0
    assert (len(talk.asked), talk.left) == (3, [])
    settings = load_settings(config)
    assert settings.office.name == "云溪县督查室"
    assert settings.reports[0].labels == {"滞后": ("红红火火",)}


def test_which_of_two_holds_and_the_period_are_asked(tmp_path: Path) -> None:
    paths = MORE["同一期两本不同"].write(tmp_path / "桌面")
    talk = Talk(["2", "", ""])
    assert talk.does("setup", *paths, "-c", tmp_path / "config.yaml") == 0
    assert [p.name for p in (tmp_path / "input").glob("*/*")] == ["事项2025年7月（改）.xlsx"]
    nameless = MORE["没有哪里写着期次"].write(tmp_path / "桌面二")
    assert Talk(["2025-06", "", ""]).does("setup", "-c", tmp_path / "二" / "config.yaml", *nameless) == 0
    assert [p.name for p in (tmp_path / "二" / "input").glob("*/*")] == ["督办事项 2025-06.xlsx"]


def test_any_line_is_changed_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = LAYOUTS["一块一张表"].write(tmp_path / "桌面")
    shown = tmp_path / "看" / "config.yaml"
    assert Talk(["", "0"]).does("setup", "-c", shown, *paths) == 0
    assert not shown.exists()
    text = capsys.readouterr().out
    talk = Talk(["", line_of("标题：", text), "关于八月工作的通报", line_of("状态词“滞后”", text), "3", ""])
    config = tmp_path / "config.yaml"
    assert talk.does("setup", "-c", config, *paths) == 0
    report = load_settings(config).reports[0]
    assert report.title == "关于八月工作的通报"
    assert report.labels == {"一般": ("滞后",)}


def test_at_most_seven_questions_for_any_layout(tmp_path: Path) -> None:
    for number, layout in enumerate({**LAYOUTS, **MORE}.values()):
        talk = Talk(["1" for _ in range(6)] + [""] * 30)
        talk.does("setup", "-c", tmp_path / str(number) / "config.yaml", *layout.write(tmp_path / f"桌面{number}"))
        assert sum("直接回车照此建立" not in question for question in talk.asked) <= 7


def test_a_ledger_that_no_report_can_read_begins_it_when_dropped(tmp_path: Path) -> None:
    for name in ("config.yaml", "units.xlsx"):
        shutil.copy(ROOT / name, tmp_path)
    for report in ("重点项目调度会决策事项",):
        shutil.copytree(ROOT / "input" / report, tmp_path / "input" / report)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    paths = LAYOUTS["表头都是自己的说法"].write(tmp_path / "桌面")
    assert Talk(["", ""]).does("-c", tmp_path / "config.yaml", *paths) == 0
    assert [report.name for report in load_settings(tmp_path / "config.yaml").reports] == ["督查事项"]
