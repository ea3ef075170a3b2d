"""What lies in a folder and below it: ledgers and circulars of all periods; copies and what is not ours are left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.docx_maker import docx
from tests.support.first_days import LAYOUTS
from tests.support.first_talk import figures, set_up
from tongbao.rounds.first_day.gathering import gathered

LAYOUT = LAYOUTS["带备份表"]


def test_a_folder_for_each_month_is_looked_into(tmp_path: Path) -> None:
    march, april = LAYOUT.write(tmp_path / "督办")
    for path, month in ((march, "3月"), (april, "4月/终稿")):
        (tmp_path / "督办" / month).mkdir(parents=True)
        shutil.move(path, tmp_path / "督办" / month)
    assert set_up(tmp_path / "督查室", tmp_path / "督办") == 0
    assert figures(tmp_path / "督查室")["total"] == 2
    assert len(list((tmp_path / "督查室" / "input").glob("*/*.xlsx"))) == 2


def test_copies_hidden_folders_and_papers_of_the_program_are_left_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = tmp_path / "督办"
    march, april = LAYOUT.write(desk)
    for name in ("备份", "output/督办/2025-03", ".git", "旧版台账"):
        (desk / name).mkdir(parents=True)
        shutil.copy(march, desk / name / "别的2025年1月.xlsx")
    shutil.copy(march, desk / "交办台账2025年3月 - 副本.xlsx")
    (desk / "通报").mkdir()
    (desk / "通报" / "3月通报.docx").write_bytes(docx("关于交办事项的通报"))
    found = gathered([desk])
    assert found.ledgers == (march, april)
    assert [path.name for path in found.papers] == ["3月通报.docx"]
    assert dict(found.left) == {
        "督办/备份": "备份",
        "督办/output": "程序写出的",
        "督办/旧版台账": "备份",
        "交办台账2025年3月 - 副本.xlsx": "备份",
    }
    assert set_up(tmp_path / "督查室", desk) == 0
    assert "没有看的：" in capsys.readouterr().out


def test_a_copy_that_is_given_by_name_or_lies_alone_is_taken(tmp_path: Path) -> None:
    (march, _) = LAYOUT.write(tmp_path)
    copy = tmp_path / "备份" / "交办台账2025年3月备份.xlsx"
    copy.parent.mkdir()
    shutil.copy(march, copy)
    assert gathered([copy]).ledgers == (copy,)
    assert gathered([copy.parent]).ledgers == (copy,)
    assert gathered([copy, copy.parent]).ledgers == (copy,)
