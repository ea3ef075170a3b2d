"""Reading files: the bytes, or the plain reason why they cannot be had; never a fault of ours."""

from __future__ import annotations

import errno
import ntpath
import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.support.faults import disk
from tests.support.office import Office, command
from tongbao.outside.files import (
    UnreadableFile,
    Why,
    content,
    content_if_there,
    entries,
    is_file,
    is_folder,
    is_there,
    named,
    way_between,
    way_to,
)

FEBRUARY = "2022-02-07"


def test_the_bytes_of_a_file(tmp_path):
    (tmp_path / "通报.docx").write_bytes(b"PK")
    assert content(tmp_path / "通报.docx") == b"PK"


def held_open(path: Path):
    """What Windows answers where Word holds a file open."""
    raise PermissionError(13, "Permission denied", str(path))


@pytest.mark.parametrize(
    ("name", "why", "message"),
    [
        ("没有.docx", Why.MISSING, "没有这个文件"),
        ("文件夹", Why.FOLDER, "这是文件夹"),
        ("大.docx", Why.LARGE, "文件太大"),
        ("开着.docx", Why.LOCKED, "没有读取权限，或正被别的程序占用"),
    ],
)
def test_why_it_cannot_be_read(tmp_path, monkeypatch, name, why, message):
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "大.docx").write_bytes(b"x" * 11)
    (tmp_path / "开着.docx").write_bytes(b"x")
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda p: held_open(p) if p.name == "开着.docx" else real(p))
    with pytest.raises(UnreadableFile) as refused:
        content(tmp_path / name, 10)
    (problem,) = refused.value.problems
    assert refused.value.why is why
    assert problem.message.startswith(message)
    assert problem.place.file == name


@pytest.mark.parametrize("name", ["没有.docx", "文件夹.docx", "开着.docx"])
def test_a_paper_that_cannot_be_read_is_no_fault_of_ours(tmp_path, monkeypatch, capsys, name):
    office = Office(tmp_path)
    (tmp_path / "文件夹.docx").mkdir()
    (tmp_path / "开着.docx").write_bytes(b"x")
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda p: held_open(p) if p.name == "开着.docx" else real(p))
    assert command(office, "check", os.fspath(tmp_path / name)) == 2
    assert name in capsys.readouterr().out


# ------------------------------------------------------------------------------------------ what nobody can know


GONE = (errno.EIO, errno.ESTALE, errno.ENETUNREACH, errno.EACCES)


@pytest.mark.parametrize("number", GONE)
@pytest.mark.parametrize("ask", [is_there, is_file, is_folder, content, content_if_there, entries])
def test_a_share_that_went_away_is_not_taken_for_empty(tmp_path, number, ask):
    (tmp_path / "台账.xlsx").write_bytes(b"x")

    def fails(step):
        return OSError(number, os.strerror(number))

    with disk(tmp_path, fails), pytest.raises(UnreadableFile) as refused:
        ask(tmp_path / "台账.xlsx")
    assert refused.value.why is (Why.LOCKED if number == errno.EACCES else Why.AWAY)


@pytest.mark.parametrize(("what", "ask"), [("open", content_if_there), ("read", content_if_there), ("list", entries)])
def test_what_vanishes_between_two_questions_is_not_taken_for_missing(tmp_path, what, ask):
    (tmp_path / "答复.xlsx").write_bytes(b"x")

    def fails(step):
        return FileNotFoundError(errno.ENOENT, "") if step.what == what else None

    with disk(tmp_path, fails), pytest.raises(UnreadableFile) as refused:
        ask(tmp_path if what == "list" else tmp_path / "答复.xlsx")
    assert refused.value.why is Why.MISSING


def test_what_is_not_there(tmp_path):
    assert not is_there(tmp_path / "没有")
    assert content_if_there(tmp_path / "没有") is None
    assert entries(tmp_path / "没有") == []
    assert named(tmp_path, "*.xlsx") == []


@pytest.mark.parametrize(
    ("name", "why"), [("长" * 300, Why.LONG), ("甲\0乙", Why.NAME), ("半\ud800", Why.NAME), ("", Why.FOLDER)]
)
def test_names_that_no_file_can_have(tmp_path, name, why):
    with pytest.raises(UnreadableFile) as refused:
        content(tmp_path / name)
    assert refused.value.why is why


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "台账").write_bytes(b"")
    with pytest.raises(UnreadableFile) as refused:
        entries(tmp_path / "台账")
    assert refused.value.why is Why.NO_FOLDER


# ------------------------------------------------------------------------------------------ ways between folders


@pytest.mark.parametrize(
    ("folder", "file", "way"),
    [
        (r"D:\督查通报\output\重点项目\2022-09", r"D:\督查通报\input\台账.xlsx", "../../../input/台账.xlsx"),
        (r"D:\督查通报\output", r"d:\督查通报\OUTPUT\台账.xlsx", "台账.xlsx"),
        (r"D:\督查通报\output", r"C:\桌面\台账.xlsx", "C:/桌面/台账.xlsx"),
        (r"D:\督查通报\output", r"\\服务器\共享\台账.xlsx", "//服务器/共享/台账.xlsx"),
        (r"\\服务器\共享\output", r"\\服务器\共享\input\台账.xlsx", "../input/台账.xlsx"),
        (r"\\服务器\共享\output", r"\\服务器\别的\台账.xlsx", "//服务器/别的/台账.xlsx"),
        ("D:\\", r"D:\台账.xlsx", "台账.xlsx"),
    ],
)
def test_the_way_under_windows(folder, file, way):
    found = way_between(PureWindowsPath(folder), PureWindowsPath(file))
    assert found == way
    there = PureWindowsPath(ntpath.normpath(PureWindowsPath(folder) / found))
    assert there == PureWindowsPath(file)


def test_the_way_elsewhere(tmp_path):
    assert way_between(PurePosixPath("/a/output"), PurePosixPath("/a/台账.xlsx")) == "../台账.xlsx"
    assert way_to(tmp_path / "甲" / ".." / "台账.xlsx", tmp_path / "output" / "2022-09") == "../../台账.xlsx"
