"""Every line that the clerk can read: Chinese, whole, and nothing of ours. All commands, and all problems of the gallery."""

from __future__ import annotations

import os
import warnings

import pytest

from tests.support import house as houses
from tests.support.faults import disk
from tests.support.house import KIND, PAPER, House
from tests.support.screened import ugly
from tongbao.excel import sheets
from tongbao.excel.grid import ReadError
from tongbao.model import Level, Place, Problem
from tongbao.outside.screen import Stages, _folded, line_of, show_problems
from tongbao.run import cli
from tools.gallery import CASES

PAPER_FILE = f"~output/决策事项/2022-02-07/{PAPER}"
SAID = {
    "help": (houses.fresh, ("--help",)),
    "a run": (houses.printed, ()),
    "a run with questions": (houses.doubtful, ()),
    "unfilled": (houses.doubtful, ("--unfilled", "未报送", "--draft")),
    "check": (houses.edited, ("check", PAPER_FILE)),
    "check a template": (houses.fresh, ("check", f"~templates/{KIND}/circular.docx")),
    "check a ledger": (houses.fresh, ("check", "~units.xlsx")),
    "check nothing": (houses.fresh, ("check",)),
    "next": (houses.fresh, ("next", "-p", "2022-03-07")),
    "next without a period": (houses.fresh, ("next",)),
    "new": (houses.fresh, ("new", KIND, "-p", "2022-05")),
    "new of no kind": (houses.fresh, ("new", "没有")),
    "split": (houses.fresh, ("split",)),
    "merge": (houses.sent, ("merge",)),
    "merge --apply": (houses.sent, ("merge", "--apply")),
    "merge of nothing": (houses.fresh, ("merge",)),
    "import": (houses.old_paper, ("import", "~旧通报.docx")),
    "import of a roster": (houses.fresh, ("import", "~units.xlsx")),
    "a name with a NUL": (houses.fresh, ("~甲\0乙.xlsx",)),
    "half a character": (houses.fresh, ("check", "~半\udce4.docx")),
    "a name far too long": (houses.fresh, ("check", f"~{'长' * 300}.docx")),
    "a reserved name": (houses.fresh, ("check", "~CON.docx")),
    "a name with a blank at its end": (houses.fresh, ("-c", "~config.yaml ")),
}


@pytest.mark.parametrize("name", SAID)
def test_what_a_command_says(tmp_path, capfd, name):
    house = House(tmp_path / "督查通报")
    made, arguments = SAID[name]
    made(house)
    capfd.readouterr()
    status = house.does(*arguments)
    out, err = capfd.readouterr()
    assert status in (0, 1, 2)
    assert err == ""
    assert [(ugly(line), line) for line in out.splitlines() if ugly(line)] == []
    assert "\n\n\n" not in out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_the_gallery_says(case, capsys):
    show_problems(case.problems())
    lines = capsys.readouterr().out.splitlines()
    assert [(ugly(line), line) for line in lines if ugly(line)] == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[台账.xlsx]文件打不开（Permission denied）。怎么办：请关闭", "English"),
        ("文件损坏。。怎么办：请重做", "punctuation doubled"),
        ("同类问题还有3处：", ""),
        ("新的另存为“{}”，请比较后取用", "a blank left unfilled"),
        ("写明，如 columns: {事项: [表里的表头]}", ""),
        ("标签“{{ 总数 }}”没有这个名称", ""),
        ("缺少{name}", "a blank left unfilled"),
        ("期次是None", "English"),
        ("依据：/usr/lib/python3/site-packages/openpyxl/reader.py", "a path of the program"),
        ("  已写出：output/决策事项/2022-02/核稿依据.json", ""),
        ("（序号[]）", "punctuation doubled"),
    ],
)
def test_what_counts_as_ugly(line, why):
    assert ugly(line) == why


# ------------------------------------------------------------------------------------------ libraries


def test_no_warning_of_a_library_reaches_the_screen(tmp_path, monkeypatch, capfd):
    house = House(tmp_path / "督查通报")
    real = sheets.parse

    def warned(data: bytes, name: str):
        warnings.warn("Workbook contains no default style, apply openpyxl's default", UserWarning, stacklevel=1)
        return real(data, name)

    monkeypatch.setattr(sheets, "parse", warned)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # python -W error
        assert house.does() == 0
    assert capfd.readouterr().err == ""


def test_what_a_library_writes_past_python_is_not_seen(capfd):
    def panics(*_: object) -> None:
        os.write(2, b"thread '<unnamed>' panicked at src/xls.rs")
        raise OSError("broken")

    with pytest.raises(ReadError), sheets._plainly():
        panics()
    assert capfd.readouterr().err == ""


# ------------------------------------------------------------------------------------------ the last net


def test_a_file_that_nobody_expected_to_fail_is_told_by_its_name(tmp_path, monkeypatch, capsys):
    house = House(tmp_path / "督查通报")

    def fails(*_: object) -> int:
        raise OSError(5, "Input/output error", str(tmp_path / "台账2022-02.xlsx"))

    monkeypatch.setattr(cli, "_circulars", fails)
    assert house.does() == 2
    said = capsys.readouterr().out
    assert "台账2022-02.xlsx" in said
    assert "怎么办：请检查网络、U盘是否接好" in said
    assert "Input" not in said


def test_a_file_of_the_program_itself_is_a_fault_of_ours(tmp_path, monkeypatch, capsys):
    house = House(tmp_path / "督查通报")

    def fails(*_: object) -> int:
        raise FileNotFoundError(2, "No such file", cli.__file__)

    monkeypatch.setattr(cli, "_circulars", fails)
    assert house.does() == 3
    assert "程序自身出了错" in capsys.readouterr().out


def test_the_folder_from_which_the_program_was_started_is_gone(tmp_path, capsys):
    house = House(tmp_path / "督查通报")
    with disk(tmp_path / "nowhere"), houses.at_home(house.folder):
        (tmp_path / "gone").mkdir()
        os.chdir(tmp_path / "gone")
        (tmp_path / "gone").rmdir()
        assert cli.main([]) == 0
    assert "通报已写出" in capsys.readouterr().out


def test_places_of_several_sheets_are_told_by_sheet():
    cells = [("甲", 2, 5), ("甲", 3, 5), ("乙", 2, 5), ("乙", 4, 0)]
    notes = [Problem(Level.NOTE, "x", "不对", place=Place("台账.xlsx", *cell)) for cell in cells]
    assert list(_folded(notes))[1] == "……同类问题还有3处：“甲”E3；“乙”E2、第4行"
    assert list(_folded(notes[:2]))[1] == "……同类问题还有1处：E3"


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([Problem(Level.NOTE, "x", "不对")] * 3, "还有2处：不对"),
        ([Problem(Level.NOTE, "x", f"缺少{what}") for what in "甲乙丙"], "还有2处：缺少乙、缺少丙"),
        ([Problem(Level.NOTE, "x", "不认识", value=word) for word in "甲乙丙"], "还有2处：“乙”、“丙”"),
        ([Problem(Level.NOTE, "x", "旧了", place=Place(f"{n}.xlsx")) for n in (1, 2, 3)], "还有2处：2.xlsx；3.xlsx"),
        ([Problem(Level.NOTE, "x", "隐藏", place=Place("台账.xlsx", n)) for n in "甲乙丙"], "还有2处：“乙”；“丙”"),
        ([Problem(Level.NOTE, "x", "不对", item=f"第{n}项") for n in "123"], "还有2处：第2项、第3项"),
        ([Problem(Level.NOTE, "x", f"{n}" * 40) for n in "123"], f"还有2处：{'2' * 24}…、{'3' * 24}…"),
        (
            [Problem(Level.NOTE, "x", "不对", place=Place("台账.xlsx", "甲", 2, 5))]
            + [Problem(Level.NOTE, "x", f"没有{n}", place=Place("台账.xlsx", "甲")) for n in "12"],
            "还有2处：没有1、没有2",
        ),
    ],
)
def test_what_is_folded_is_always_named(problems, said):
    assert list(_folded(problems))[1].removeprefix("……同类问题") == said


def test_a_message_that_ends_with_a_stop_has_one():
    assert line_of(Problem(Level.ERROR, "x", "文件坏了。", "请重做")) == "文件坏了。怎么办：请重做"


def test_a_run_for_which_the_memory_does_not_suffice_is_told_as_that(tmp_path, monkeypatch, capsys):
    house = House(tmp_path / "督查通报")

    def fails(*_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(cli, "_circulars", fails)
    assert house.does() == 2
    assert "内存不够" in capsys.readouterr().out
    assert not (house.folder / "运行日志").exists()


def test_a_stage_goes_on_where_no_thread_can_be_had(monkeypatch, capsys):
    def fails(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fails)
    with Stages(0.01) as stage:
        stage("统计")
        stage("写出文件")
    assert capsys.readouterr().out == "  统计\n  写出文件\n"
