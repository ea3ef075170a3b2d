"""setup on a report that is there: what a newer ledger brings is added and told, what the office wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.docx_maker import docx
from tests.support.first_days import Layout
from tests.support.first_talk import figures, set_up
from tongbao.config.office import load_settings

HEAD = "| 序号 | 督办任务 | 责任部门 | 完成时限 | 目前进展 | 办理状态 |{}\n"
ROWS = (("修缮县城旧桥", "县交通局"), ("清理河道垃圾", "县水利局"), ("检修路灯二百盏", "县住建局"))


def month(number: int, states: tuple[str, ...], more: str = "") -> Layout:
    """The ledger of a month, with a further column where one is named."""
    lines = (
        f"| {n} | {task} | {unit} | 2025年9月底 | {number}月进展 | {state} |{' 12 |' if more else ''}"
        for n, ((task, unit), state) in enumerate(zip(ROWS, states, strict=True), 1)
    )
    return Layout(
        {f"督办任务2025年{number}月.xlsx": {"a": HEAD.format(f" {more} |" if more else "") + "\n".join(lines)}}, {}
    )


def office(tmp_path: Path) -> Path:
    assert set_up(tmp_path / "督查室", *month(4, ("正常推进", "正常推进", "滞后")).write(tmp_path / "四月")) == 0
    return tmp_path / "督查室"


def test_a_new_status_word_is_proposed_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = office(tmp_path)
    config = home / "config.yaml"
    before = config.read_text(encoding="utf-8")
    capsys.readouterr()
    newer = month(5, ("未开工", "正常推进", "已办结")).write(tmp_path / "五月")
    assert set_up(home, *newer) == 0
    assert "新的状态词“未开工”1格：算正在办理" in capsys.readouterr().out
    after = config.read_text(encoding="utf-8")
    assert load_settings(config).reports[0].labels["正在办理"] == ("未开工",)
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert (figures(home)["on_track"], figures(home)["newly_completed"]) == (2, 1)
    assert set_up(home, *newer) == 0
    assert config.read_text(encoding="utf-8") == after


def test_what_the_office_wrote_goes_before_what_is_proposed(tmp_path: Path) -> None:
    home = office(tmp_path)
    config = home / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "    labels: {滞后: [未开工]}\n", encoding="utf-8")
    assert set_up(home, *month(5, ("未开工", "暂缓实施", "已办结")).write(tmp_path / "五月")) == 0
    assert load_settings(config).reports[0].labels["滞后"] == ("未开工",)
    assert figures(home)["lagging"] == 1


def test_a_new_column_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = office(tmp_path)
    capsys.readouterr()
    assert set_up(home, *month(5, ("正常推进", "正常推进", "滞后"), "包联天数").write(tmp_path / "五月")) == 0
    assert "新的一栏“包联天数”：没有用" in capsys.readouterr().out


def test_a_new_sheet_of_a_state_is_added(tmp_path: Path) -> None:
    row = "| 序号 | 任务 | 责任单位 |\n| 1 | {} | {} |"
    tables = {"推进中": row.format(*ROWS[0]), "已完成": row.format(*ROWS[1])}
    home = tmp_path / "督查室"
    assert set_up(home, *Layout({"任务2025年4月.xlsx": tables}, {}).write(tmp_path / "四月")) == 0
    more = {**tables, "滞后": row.format(*ROWS[2])}
    assert set_up(home, *Layout({"任务2025年5月.xlsx": more}, {}).write(tmp_path / "五月")) == 0
    found = load_settings(home / "config.yaml").reports[0].status_from
    assert found is not None
    assert found.labels["滞后"] == "滞后"
    assert (figures(home)["total"], figures(home)["lagging"]) == (3, 1)


def test_a_circular_for_a_known_report_is_used_or_the_screen_says_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = office(tmp_path)
    paper = tmp_path / "4月通报.docx"
    title = "关于2025年4月督办任务办理情况的通报"
    paper.write_bytes(docx("督查通报", "第8期", title, "现通报如下。", "云溪县督查室", "2025年5月4日"))
    newer = month(5, ("正常推进", "正常推进", "滞后")).write(tmp_path / "五月")
    capsys.readouterr()
    assert set_up(home, *newer, paper) == 0
    assert "“4月通报.docx”没有用：“督办任务”已经建好" in capsys.readouterr().out
    config = home / "config.yaml"
    text = config.read_text(encoding="utf-8").replace(
        "    annex", "    masthead: {name: 督查通报, issue: 问}\n    annex"
    )
    config.write_text(text, encoding="utf-8")
    assert set_up(home, *newer, paper) == 0
    said = capsys.readouterr().out
    assert "期号第8期" in said
    assert "“第9期”" in said
