"""The samples go by one command; what an office has changed, or put beside them, stays and works."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.drawing import xlsx
from tests.support.folders import ROOT
from tests.support.house import at_home
from tests.support.office import HEAD, JANUARY, text_of
from tongbao.config.kind_file import kind_names
from tongbao.config.office import load_settings
from tongbao.run import cli

REPORT = "重点项目调度会决策事项"
OWN = "  - name: 本县督办事项\n    kind: meeting-decisions\n    title: 关于督办事项的通报  # 自己的\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh copy of the program's folder, as far as a clerk sees it."""
    home = tmp_path / "督查通报"
    for name in ("input", "templates"):
        shutil.copytree(ROOT / name, home / name)
    for name in ("config.yaml", "units.xlsx"):
        shutil.copy(ROOT / name, home)
    return home


def does(home: Path, *arguments: str) -> int:
    with at_home(home):
        return cli.main(list(arguments))


def own_ledger(home: Path, report: str, period: str = "2026-03-10") -> Path:
    path = home / "input" / report / f"台账{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xlsx(HEAD + JANUARY.strip()))
    return path


def files(home: Path) -> set[str]:
    found = (path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    kinds = {
        f"templates/{kind}/{name}" for kind in kind_names(ROOT / "templates") for name in ("kind.yaml", "circular.docx")
    }
    return set(found) - kinds - {"templates/随附示例.txt"}


def test_a_fresh_copy_is_left_without_samples(clone, capsys):
    assert does(clone, "remove-samples") == 0
    assert files(clone) - {"templates/vocabulary.yaml"} == {"config.示例.yaml"}
    said = capsys.readouterr().out
    assert "还没有本单位的通报" in said
    assert "拖到图标上" in said
    assert (clone / "config.示例.yaml").read_bytes() == (ROOT / "config.yaml").read_bytes()


def test_so_is_one_that_was_run(clone):
    assert does(clone) == 0
    assert does(clone, "删除示例", "--yes") == 0
    assert files(clone) - {"templates/vocabulary.yaml"} == {"config.示例.yaml"}
    assert not (clone / "output").exists()


def test_an_office_that_has_begun_keeps_its_own(clone, capsys):
    config = clone / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    mine = own_ledger(clone, "本县督办事项")
    assert does(clone) == 0
    paper = next((clone / "output/本县督办事项").rglob("*.docx"))
    before = text_of(paper)
    assert does(clone, "remove-samples") == 0
    assert [report.name for report in load_settings(config).reports] == ["本县督办事项"]
    assert "# 自己的" in config.read_text(encoding="utf-8")
    assert "示例台账" not in config.read_text(encoding="utf-8")
    assert mine.exists()
    assert text_of(paper) == before
    capsys.readouterr()
    assert does(clone) == 0
    assert "本县督办事项" in capsys.readouterr().out


def test_own_ledgers_in_the_folder_of_a_sample_keep_its_report(clone):
    mine = own_ledger(clone, REPORT)
    assert does(clone, "remove-samples") == 0
    assert [report.name for report in load_settings(clone / "config.yaml").reports] == [REPORT]
    assert list((clone / "input" / REPORT).iterdir()) == [mine]
    assert does(clone) == 0


def test_settings_that_name_the_office_are_kept_without_reports(clone, capsys):
    config = clone / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("name: 云溪县", "name: 白塔县", 1), encoding="utf-8")
    assert does(clone, "remove-samples") == 0
    assert "白塔县人民政府督查室" in config.read_text(encoding="utf-8")
    capsys.readouterr()
    assert does(clone) == 2
    said = capsys.readouterr().out
    assert "没有列出任何通报" in said
    assert "应当是列表" not in said


def test_a_new_ledger_for_a_sample_report_keeps_it_and_says_what_to_do(clone, capsys):
    assert does(clone, "new", "问题整改销号", "-p", "2026-03") == 0
    assert does(clone, "remove-samples") == 0
    assert [report.name for report in load_settings(clone / "config.yaml").reports] == ["问题整改销号"]
    assert "input/问题整改销号 里有本单位的台账" in capsys.readouterr().out


def test_a_changed_ledger_is_the_offices_own(clone):
    changed = clone / "input" / REPORT / f"{REPORT}台账2022-02-07.xlsx"
    changed.write_bytes(xlsx(HEAD + JANUARY.strip()))
    assert does(clone, "remove-samples") == 0
    assert changed.exists()
    assert REPORT in {report.name for report in load_settings(clone / "config.yaml").reports}


def test_a_changed_report_stays_and_is_told_to_have_no_ledger(clone, capsys):
    config = clone / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("关于问题整改销号情况的通报", "关于本县整改情况的通报")
    config.write_text(text, encoding="utf-8")
    assert does(clone, "remove-samples") == 0
    assert [report.name for report in load_settings(config).reports] == ["问题整改销号"]
    assert "“问题整改销号”的设置改过，留着" in capsys.readouterr().out


def test_an_edited_paper_is_not_taken_away(clone):
    assert does(clone, "-r", "重点项目") == 0
    paper = next((clone / "output/重点项目").rglob("*.docx"))
    paper.write_bytes(paper.read_bytes() + b" ")
    other = paper.with_name("领导批示.txt")
    other.write_text("已阅", encoding="utf-8")
    assert does(clone, "remove-samples") == 0
    assert {paper.name, other.name} <= {path.name for path in paper.parent.iterdir()}


def test_a_second_time_there_is_nothing_left(clone, capsys):
    config = clone / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    assert does(clone, "remove-samples") == 0
    capsys.readouterr()
    assert does(clone, "remove-samples") == 0
    assert "没有随附的示例可删" in capsys.readouterr().out


def test_broken_settings_leave_everything_as_it_is(clone):
    (clone / "config.yaml").write_text("office：本县\n", encoding="utf-8")
    before = files(clone)
    assert does(clone, "remove-samples") == 2
    assert files(clone) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_settings_saved_by_a_notepad(clone, encoding):
    config = clone / "config.yaml"
    config.write_bytes((config.read_text(encoding="utf-8") + OWN).replace("\n", "\r\n").encode(encoding))
    assert does(clone, "remove-samples") == 0
    assert [report.name for report in load_settings(config).reports] == ["本县督办事项"]
    assert b"\r\n" in config.read_bytes()


@pytest.mark.parametrize(("typed", "gone"), [("1", True), ("2", False), ("", False)])
def test_at_a_console_it_is_asked_once(clone, capsys, monkeypatch, typed, gone):
    monkeypatch.setattr("tongbao.outside.screen.has_console", lambda: True)
    monkeypatch.setattr("tongbao.run.samples.has_console", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    before = files(clone)
    assert does(clone, "remove-samples") == 0
    assert (files(clone) == before) is not gone
    assert ("没有删。" in capsys.readouterr().out) is not gone
