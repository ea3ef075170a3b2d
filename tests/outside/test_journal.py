"""A text file to which lines are added, and the file into which they go when nobody has that open."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from tongbao.model import Refusal
from tongbao.outside.journal import add_line, fold_in, lines_in


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "台账" / "暂存.txt"


def test_every_line_is_on_the_disk_at_once(journal):
    assert lines_in(journal) == (b"", [])
    for number, line in enumerate(("第一行", "第二行"), 1):
        before = journal.read_bytes() if journal.exists() else b""
        assert add_line(journal, line) == (before, journal.read_bytes())
        assert len(lines_in(journal)[1]) == number
    assert lines_in(journal)[1] == ["第一行", "第二行"]


def test_a_line_that_was_cut_off_does_not_spoil_the_next_one(journal):
    add_line(journal, "第一行")
    journal.write_bytes(journal.read_bytes() + "第二".encode()[:-1])
    add_line(journal, "第三行")
    assert [lines_in(journal)[1][n] for n in (0, 2)] == ["第一行", "第三行"]


def test_a_file_saved_by_a_text_editor_is_read(journal):
    journal.parent.mkdir()
    journal.write_bytes("\ufeff第一行\r\n第二行".encode())
    assert lines_in(journal)[1] == ["第一行", "第二行"]


def test_the_journal_goes_into_its_file(journal):
    target = journal.with_name("对应关系.xlsx")
    _, known = add_line(journal, "第一行")
    assert fold_in(target, b"new", None, journal, known) is None
    assert target.read_bytes() == b"new"
    assert not journal.exists()


@pytest.mark.parametrize("mark", ["~$对应关系.xlsx", ".~对应关系.xlsx", ".~lock.对应关系.xlsx#"])
def test_nothing_changes_while_the_file_is_open(journal, mark):
    target = journal.with_name("对应关系.xlsx")
    _, known = add_line(journal, "第一行")
    target.write_bytes(b"old")
    (journal.parent / mark).touch()
    left = fold_in(target, b"new", b"old", journal, known)
    assert left is not None
    assert left.message == "正在 Excel 或 WPS 中打开，没有更新"
    assert (target.read_bytes(), journal.read_bytes()) == (b"old", known)
    (journal.parent / mark).unlink()
    assert fold_in(target, b"new", b"old", journal, known) is None
    assert (target.read_bytes(), journal.exists()) == (b"new", False)


def test_nothing_changes_where_another_program_holds_the_file(journal):
    target = journal.with_name("对应关系.xlsx")
    _, known = add_line(journal, "第一行")
    target.write_bytes(b"old")
    with mock.patch.object(Path, "replace", side_effect=PermissionError(13, "held")):
        left = fold_in(target, b"new", b"old", journal, known)
    assert left is not None
    assert "正被别的程序打开" in left.message
    assert sorted(p.name for p in journal.parent.iterdir()) == sorted([journal.name, target.name])
    assert (target.read_bytes(), journal.read_bytes()) == (b"old", known)


def test_what_a_person_saved_meanwhile_is_not_overwritten(journal):
    target = journal.with_name("对应关系.xlsx")
    _, known = add_line(journal, "第一行")
    target.write_bytes(b"saved by a person")
    left = fold_in(target, b"new", b"old", journal, known)
    assert left is not None
    assert "在运行当中被人改过" in left.message
    assert (target.read_bytes(), journal.read_bytes()) == (b"saved by a person", known)


def test_what_another_run_added_meanwhile_stays(journal):
    _, known = add_line(journal, "第一行")
    add_line(journal, "另一次运行的")
    assert fold_in(journal.with_name("对应关系.xlsx"), b"new", None, journal, known) is None
    assert lines_in(journal)[1] == ["第一行", "另一次运行的"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that is read-only to its owner")
def test_a_folder_that_takes_nothing_is_told(journal):
    journal.parent.mkdir()
    journal.parent.chmod(0o555)
    with pytest.raises(Refusal):
        add_line(journal, "第一行")


def test_a_file_where_the_folder_is_wanted_is_told(tmp_path):
    (tmp_path / "台账").write_bytes(b"")
    with pytest.raises(Refusal):
        add_line(tmp_path / "台账" / "暂存.txt", "第一行")
