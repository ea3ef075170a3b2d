"""Reading files: the bytes, or the plain reason why they cannot be had; never a fault of ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.office import Office, command
from tongbao.outside.files import UnreadableFile, Why, content

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
