"""An empty folder, an office's own ledgers in, the first circular out: nothing was written by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from tests.support.first_days import LAYOUTS, Layout
from tests.support.first_days_coloured import COLOURED
from tests.support.first_days_more import MORE
from tests.support.first_days_offices import OFFICES
from tests.support.first_days_own_states import OWN_STATES
from tests.support.first_days_read import READ
from tests.support.first_days_shapes import SHAPES
from tests.support.first_days_shares import SHARES
from tests.support.first_days_silent import SILENT
from tests.support.first_days_spread import SPREAD
from tests.support.first_days_third import THIRD
from tests.support.first_talk import figures, set_up
from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import kind_names
from tongbao.run import cli

ALL = {**LAYOUTS, **COLOURED, **MORE, **OFFICES, **OWN_STATES, **THIRD, **READ, **SHAPES, **SHARES, **SILENT, **SPREAD}


@pytest.mark.parametrize("layout", ALL.values(), ids=ALL.keys())
def test_the_ledgers_of_an_office_give_their_figures(layout: Layout, tmp_path: Path) -> None:
    paths = layout.write(tmp_path / "桌面")
    assert set_up(tmp_path / "督查室", *paths) == layout.status
    if layout.status:
        assert not (tmp_path / "督查室" / "config.yaml").exists()
    else:
        found = figures(tmp_path / "督查室")
        assert {name: found[name] for name in layout.figures} == layout.figures


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_the_samples_of_every_kind_come_in_as_they_are(kind: str, tmp_path: Path) -> None:
    desk = tmp_path / "桌面"
    shutil.copytree(TEMPLATES / kind / "sample", desk)
    assert set_up(tmp_path / "新单位", desk) == 0
    settings = tmp_path / "示例.yaml"
    text = f"office: {{name: 某县督查室}}\nreports:\n  - {{name: 示例, kind: {kind}, title: 通报, input: '{desk}'}}\n"
    settings.write_text(text, encoding="utf-8")
    assert cli.main(["-c", str(settings)]) == 0
    expected = json.loads(max((tmp_path / "output").glob("*/*/figures.json")).read_text(encoding="utf-8"))["figures"]
    got = figures(tmp_path / "新单位")
    names = ("total", "completed", "newly_completed", "open", "lagging", "at_risk", "on_track", "suspended", "unknown")
    assert {n: got.get(n) for n in names} == {n: expected.get(n) for n in names}


def test_run_twice_nothing_is_added(tmp_path: Path) -> None:
    paths = LAYOUTS["两层表头"].write(tmp_path / "桌面")
    home = tmp_path / "督查室"
    assert set_up(home, *paths) == 0
    before = {path: path.read_bytes() for path in home.rglob("*") if "output" not in path.parts and path.is_file()}
    assert set_up(home, *reversed(paths)) == 0
    after = {path: path.read_bytes() for path in home.rglob("*") if "output" not in path.parts and path.is_file()}
    assert after == before


def test_the_next_month_is_put_beside_the_others(tmp_path: Path) -> None:
    *earlier, newest = MORE["三本乱序，完成情况是状态"].write(tmp_path / "桌面")
    home = tmp_path / "督查室"
    assert set_up(home, *earlier) == 0
    assert set_up(home, newest, *earlier) == 0
    assert len(list((home / "input").glob("*/*.xlsx"))) == 3
    assert (home / "config.yaml").read_text(encoding="utf-8").count("- name:") == 1


def test_the_next_month_alone_finds_its_report(tmp_path: Path) -> None:
    july, august = MORE["按单位分段，没有单位栏"].write(tmp_path / "桌面")
    home = tmp_path / "督查室"
    assert set_up(home, july) == 0
    assert set_up(home, august) == 0
    assert len(list((home / "input").glob("*/*.xlsx"))) == 2
    assert (home / "config.yaml").read_text(encoding="utf-8").count("- name:") == 1


def test_a_ledger_of_a_period_on_file_with_other_content_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = MORE["同一期两本不同"].write(tmp_path / "桌面")
    home = tmp_path / "督查室"
    assert set_up(home, one) == 0
    name = next(path.name for path in (home / "input").iterdir())
    status = cli.main(["-c", str(home / "config.yaml"), "setup", "--name", name, str(other), "--yes"])
    assert status == 1
    assert "以哪一本为准" in capsys.readouterr().out
    assert len(list((home / "input").glob("*/*.xlsx"))) == 1


def test_a_report_is_put_behind_those_of_an_office_and_its_comments_stay(tmp_path: Path) -> None:
    home = tmp_path / "督查室"
    assert set_up(home, *LAYOUTS["两层表头"].write(tmp_path / "一")) == 0
    config = home / "config.yaml"
    text = config.read_text(encoding="utf-8") + "\n# 打印机在三楼\nfonts: {仿宋: 仿宋}\n"
    config.write_text(text, encoding="utf-8")
    assert set_up(home, *LAYOUTS["三栏打勾"].write(tmp_path / "二")) == 0
    after = config.read_text(encoding="utf-8")
    assert after.count("- name:") == 2
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []


def test_ledgers_of_two_reports_are_not_put_into_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = tmp_path / "桌面"
    LAYOUTS["巡察整改"].write(desk)
    OFFICES["重点项目"].write(desk)
    assert set_up(tmp_path / "督查室", desk) == 1
    assert "是不是同一份通报的台账" in capsys.readouterr().out


def test_the_sample_office_makes_way(tmp_path: Path) -> None:
    home = tmp_path / "程序"
    home.mkdir()
    for name in ("config.yaml", "units.xlsx"):
        shutil.copy(TEMPLATES.parent / name, home)
    assert set_up(home, *LAYOUTS["两层表头"].write(tmp_path / "桌面")) == 0
    assert (home / "config.示例.yaml").read_bytes() == (TEMPLATES.parent / "config.yaml").read_bytes()
    text = (home / "config.yaml").read_text(encoding="utf-8")
    assert "云溪县人民政府督查室" not in text
    assert text.count("- name:") == 1


# Headers of the samples as other offices call them; the words of state stay.
RENAMED = {
    "工作任务": "督办任务",
    "事项": "督查督办事项",
    "牵头单位": "主办部门",
    "责任单位": "责任部门",
    "进展情况": "目前进展",
    "落实情况": "最新落实情况",
    "完成时限": "办结时限",
    "整改时限": "整改完成时限",
    "反馈问题": "具体问题",
    "确定事项": "议定内容",
    "项目名称": "工程名称",
    "备注": "办理状态",
    "完成情况": "进展评价",
    "整改状态": "整改销号状态",
}


def renamed(path: Path) -> None:
    """The headers of a sample under other names; of two columns that would share one, neither."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=4):
            there = {str(cell.value or "").replace("\n", "") for cell in row}
            for cell in row:
                header = str(cell.value or "").replace("\n", "")
                other = RENAMED.get(header)
                if header == "完成情况" and "备注" in there:
                    continue  # the progress, where the state stands in 备注
                if other and other not in there and not isinstance(cell, MergedCell):
                    cell.value = other
    book.save(path)


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_the_samples_come_in_under_other_headers(kind: str, tmp_path: Path) -> None:
    for name, change in (("原样", lambda _: None), ("改名", renamed)):
        desk = tmp_path / name
        shutil.copytree(TEMPLATES / kind / "sample", desk)
        for path in desk.glob("*.xlsx"):
            change(path)
        assert set_up(tmp_path / f"{name}单位", desk) == 0
    names = ("total", "completed", "newly_completed", "open", "lagging", "at_risk", "on_track", "suspended")
    one, other = figures(tmp_path / "原样单位"), figures(tmp_path / "改名单位")
    assert {n: one.get(n) for n in names} == {n: other.get(n) for n in names}
