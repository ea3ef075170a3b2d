"""`new`: where the empty ledger goes, never into a shipped sample, and what has to be done before it is read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

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


# ---------------------------------------------------------------------------------------------- reports of their own ways

WAYS = {
    "自己的表头": (
        "columns: {事项: [督办任务], 责任单位: [谁来办], 状态: [办得怎样]}",
        {"督办任务": "维修路灯", "谁来办": "县住建局", "办得怎样": "已办结"},
    ),
    "打勾的栏": (
        "status_from: {columns: {已完成: 已办结, 推进中: 正在办理, 滞后: 滞后}}",
        {"督查事项": "维修路灯", "已完成": "√"},
    ),
    "是否": (
        "status_from: {columns: {是否完成: {是: 已办结, 否: 正在办理}}}",
        {"督查事项": "维修路灯", "是否完成": "是"},
    ),
    "进展开头": ("status_from: {head_of: 进展}", {"督查事项": "维修路灯", "进展情况": "（已办结）全部修好。"}),
    "按时限": ("status_from: deadline", {"督查事项": "维修路灯", "完成时限": "2026-12-31", "完成率": "100%"}),
    "每月一张表": ("periods: sheets", {"督查事项": "维修路灯", "办理状态": "已办结"}),
    "统计全部工作表": ("sheet: 全部", {"督查事项": "维修路灯", "办理状态": "已办结"}),
}


def own_ways(home: Path, more: str) -> None:
    entry = f"  - name: 督查事项\n    kind: general\n    title: 通报\n    {more}\n"
    (home / "config.yaml").write_text(f"office: {{name: 某县督查室}}\nreports:\n{entry}", encoding="utf-8")


def filled(path: Path, sheet: int, **values: str) -> None:
    """Puts one line into the empty ledger, by its headers; a header that is not there gets a column of its own."""
    book = load_workbook(path)
    page = book.worksheets[sheet]
    headers = {str(cell.value): number for number, cell in enumerate(page[2], 1)}
    for header, value in {"序号": "1", **values}.items():
        column = headers.setdefault(header, max(headers.values()) + 1)
        page.cell(2, column, header)
        page.cell(3, column, value)
    book.save(path)


def numbers(home: Path) -> dict[str, int]:
    newest = max((home / "output").glob("*/*/figures.json"))
    found = json.loads(newest.read_text(encoding="utf-8"))["figures"]
    return {name: found[name] for name in ("total", "completed", "lagging")}


@pytest.mark.parametrize(("more", "values"), WAYS.values(), ids=WAYS.keys())
def test_the_empty_ledger_is_one_that_its_own_report_reads(home, capsys, more, values):
    own_ways(home, more)
    assert new(home, "-r", "督查事项") == 0
    (path,) = (home / "input").glob("*/*.xlsx")
    headers = {cell.value for cell in load_workbook(path).worksheets[0][2]}
    assert values.keys() - headers <= {"完成率"}
    filled(path, 0, **values)
    with at_home(home):
        assert cli.main(["-r", "督查事项"]) == 0
    assert numbers(home) == {"total": 1, "completed": 1, "lagging": 0}


def test_it_holds_the_columns_of_the_office_and_none_that_it_does_not_use(home):
    own_ways(home, WAYS["打勾的栏"][0])
    assert new(home, "-r", "督查事项") == 0
    (path,) = (home / "input").glob("*/*.xlsx")
    headers = [cell.value for cell in load_workbook(path).worksheets[0][2]]
    assert {"已完成", "推进中", "滞后"} <= set(headers)
    assert "办理状态" not in headers


def test_a_state_for_each_sheet_makes_a_sheet_for_each(home):
    own_ways(home, "status_from: {sheets: {已办结: 已办结, 未办结: 正在办理}}")
    assert new(home, "-r", "督查事项") == 0
    (path,) = (home / "input").glob("*/*.xlsx")
    assert load_workbook(path).sheetnames == ["已办结", "未办结", "填表说明"]
    filled(path, 0, 督查事项="维修路灯")
    filled(path, 1, 督查事项="排查校园隐患")
    with at_home(home):
        assert cli.main(["-r", "督查事项"]) == 0
    assert numbers(home) == {"total": 2, "completed": 1, "lagging": 0}


def test_colours_are_read_where_they_are_put(home):
    own_ways(home, 'status_from: {fills: {"FF0000": 滞后, "00B050": 已办结}}')
    assert new(home, "-r", "督查事项") == 0
    (path,) = (home / "input").glob("*/*.xlsx")
    filled(path, 0, 督查事项="维修路灯")
    book = load_workbook(path)
    for cell in book.worksheets[0][3]:
        cell.fill = PatternFill("solid", fgColor="00B050")
    book.save(path)
    with at_home(home):
        assert cli.main(["-r", "督查事项"]) == 0
    assert numbers(home) == {"total": 1, "completed": 1, "lagging": 0}


def test_a_book_of_months_begins_with_the_month_and_goes_on(home):
    own_ways(home, "periods: sheets")
    assert new(home, "-r", "督查事项") == 0
    (path,) = (home / "input").glob("*/*.xlsx")
    assert (path.name, load_workbook(path).sheetnames) == ("督查事项台账2026年.xlsx", ["2026年3月", "填表说明"])
    filled(path, 0, 督查事项="维修路灯", 办理状态="正在办理", 进展情况="修了一半")
    with at_home(home):
        assert cli.main(["-r", "督查事项"]) == 0
        assert cli.main(["next"]) == 0
    (newest,) = [it for it in (home / "input").glob("*/*.xlsx") if it != path]
    assert "2026年4月" in load_workbook(newest).sheetnames
