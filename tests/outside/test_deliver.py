"""Writing files: whole or not at all, and never over another's work."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.folders import ROOT
from tests.support.trials import ALL
from tongbao.model import Level, Problem, Refusal
from tongbao.outside import deliver as module
from tongbao.outside.deliver import MEMORY, deliver, write_log, write_whole

NAME = "关于重点项目办理情况的通报.docx"
SECOND = "关于重点项目办理情况的通报（2）.docx"


def shown(folder: Path) -> dict[str, bytes]:
    """What the clerk sees in the folder."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != MEMORY}


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# ------------------------------------------------------------------------------------------ the usual month


def test_files_are_written_and_told_in_order(tmp_path):
    paths, problems = deliver(tmp_path / "报告" / "2022-02", {NAME: b"one", "附表.xlsx": b"two"})
    assert paths == (tmp_path / "报告" / "2022-02" / NAME, tmp_path / "报告" / "2022-02" / "附表.xlsx")
    assert problems == []
    assert shown(tmp_path / "报告" / "2022-02") == {NAME: b"one", "附表.xlsx": b"two"}


def test_our_own_earlier_circular_is_replaced(tmp_path):
    deliver(tmp_path, {NAME: b"first"})
    _, problems = deliver(tmp_path, {NAME: b"second"})
    assert problems == []
    assert shown(tmp_path) == {NAME: b"second"}


def test_the_same_circular_again_leaves_the_file_untouched(tmp_path):
    (path,), _ = deliver(tmp_path, {NAME: b"same"})
    os.utime(path, (1, 1))
    deliver(tmp_path, {NAME: b"same"})
    assert path.stat().st_mtime == 1


def test_the_record_tells_the_names_that_the_files_got(tmp_path):
    (tmp_path / NAME).write_bytes(b"another's")
    deliver(tmp_path, {NAME: b"ours"}, record=("figures.json", lambda names: json.dumps(dict(names)).encode("utf-8")))
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8")) == {NAME: SECOND}


def test_the_record_keeps_its_name_whoever_changed_it(tmp_path):
    deliver(tmp_path, {}, record=("figures.json", lambda names: b"1"))
    (tmp_path / "figures.json").write_bytes(b"changed")
    _, problems = deliver(tmp_path, {}, record=("figures.json", lambda names: b"2"))
    assert problems == []
    assert [p.name for p in tmp_path.iterdir()] == ["figures.json"]
    assert (tmp_path / "figures.json").read_bytes() == b"2"


# ------------------------------------------------------------------------------------------ another's work


def test_an_edited_circular_is_kept_and_the_new_one_gets_a_new_name(tmp_path):
    deliver(tmp_path, {NAME: b"ours"})
    (tmp_path / NAME).write_bytes(b"edited by the clerk")
    paths, problems = deliver(tmp_path, {NAME: b"ours, newer"})
    assert paths == (tmp_path / SECOND,)
    assert shown(tmp_path) == {NAME: b"edited by the clerk", SECOND: b"ours, newer"}
    (problem,) = problems
    assert problem.level is Level.WARNING
    assert problem.place.file == NAME
    assert problem.message == f"“{NAME}”已被人改动过（或不是本程序写的），没有覆盖"
    assert problem.fix == f"新的另存为“{SECOND}”，请比较后取用"


def test_an_edited_circular_is_kept_even_if_the_ledger_has_not_changed(tmp_path):
    deliver(tmp_path, {NAME: b"ours"})
    (tmp_path / NAME).write_bytes(b"edited")
    paths, _ = deliver(tmp_path, {NAME: b"ours"})
    assert paths == (tmp_path / SECOND,)
    assert (tmp_path / NAME).read_bytes() == b"edited"


def test_the_second_name_is_used_again_while_nobody_edits_it(tmp_path):
    deliver(tmp_path, {NAME: b"1"})
    (tmp_path / NAME).write_bytes(b"edited")
    for data in (b"2", b"3"):
        deliver(tmp_path, {NAME: data})
    assert shown(tmp_path) == {NAME: b"edited", SECOND: b"3"}


@pytest.mark.parametrize("memory", [b"", b"{", b'{"written": 5}', b"[]", b"\xff"])
def test_without_a_readable_memory_everything_is_taken_for_anothers_work(tmp_path, memory):
    deliver(tmp_path, {NAME: b"ours"})
    (tmp_path / MEMORY).write_bytes(memory)
    deliver(tmp_path, {NAME: b"newer"})
    assert shown(tmp_path) == {NAME: b"ours", SECOND: b"newer"}


def test_two_files_of_one_name_both_arrive(tmp_path):
    deliver(tmp_path, {"甲/乙.docx": b"1", "甲／乙.docx": b"2"})
    assert shown(tmp_path) == {"甲／乙.docx": b"1", "甲／乙（2）.docx": b"2"}


def test_an_earlier_title_left_behind_is_mentioned(tmp_path):
    deliver(tmp_path, {"旧标题.docx": b"1"})
    _, (problem,) = deliver(tmp_path, {"新标题.docx": b"2"})
    assert (problem.level, problem.message) == (Level.NOTE, "文件夹里还有以前生成的“旧标题.docx”，本次没有更新")
    (tmp_path / "旧标题.docx").unlink()
    assert deliver(tmp_path, {"新标题.docx": b"2"})[1] == []


# ------------------------------------------------------------------------------------------ open in Word or WPS


@pytest.mark.parametrize("mark", ["~$重点项目办理情况的通报.docx", ".~lock.{}#", "~${}", ".~{}"])
def test_a_circular_that_is_open_is_left_alone(tmp_path, mark):
    deliver(tmp_path, {NAME: b"ours"})
    (tmp_path / mark.format(NAME)).write_bytes(b"")
    paths, problems = deliver(tmp_path, {NAME: b"newer"})
    assert paths == (tmp_path / SECOND,)
    assert codes(problems) == ["output-open"]
    assert problems[0].fix == f"新的另存为“{SECOND}”；请关闭旧的，以新的为准"


def test_a_target_that_windows_holds_gets_a_new_name(tmp_path, monkeypatch):
    deliver(tmp_path, {NAME: b"ours"})
    really_replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == NAME:
            raise PermissionError(errno.EACCES, "sharing violation", str(target))
        return really_replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    paths, problems = deliver(tmp_path, {NAME: b"newer"})
    assert paths == (tmp_path / SECOND,)
    assert codes(problems) == ["output-open"]
    assert shown(tmp_path) == {NAME: b"ours", SECOND: b"newer"}
    assert deliver(tmp_path, {NAME: b"newest"})[0] == (tmp_path / SECOND,)


# ------------------------------------------------------------------------------------------ a disk that refuses


def refused(folder: Path, files: dict[str, bytes]) -> Problem:
    with pytest.raises(Refusal) as refusal:
        deliver(folder, files)
    return refusal.value.problems[0]


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不够，没有写出"),
        (OSError(errno.EROFS, "Read-only file system"), "文件夹是只读的，没有写入权限"),
        (PermissionError(errno.EACCES, "Permission denied"), "文件夹是只读的，没有写入权限"),
        (OSError(errno.EIO, "Input/output error"), "写不出文件，所在的磁盘、U盘或网络盘出错或没有接上"),
    ],
)
@pytest.mark.parametrize("at", [0, 1])
def test_a_disk_that_refuses_leaves_the_earlier_output_whole(tmp_path, monkeypatch, error, found, at):
    deliver(tmp_path, {NAME: b"ours", "附表.xlsx": b"ours too"})
    before = shown(tmp_path)
    really_sync, calls = os.fsync, iter(range(9))

    def full(handle: int) -> None:
        if next(calls) == at:
            raise error
        really_sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    problem = refused(tmp_path, {NAME: b"newer", "附表.xlsx": b"newer too"})
    assert problem.message == found
    assert problem.place.file == str(tmp_path)
    assert shown(tmp_path) == before


def test_a_disk_that_garbles_is_noticed(tmp_path, monkeypatch):
    deliver(tmp_path, {NAME: b"ours"})
    monkeypatch.setattr(Path, "read_bytes", lambda self: b"garbled")
    assert refused(tmp_path, {NAME: b"newer"}).message.startswith("写不出文件")
    monkeypatch.undo()
    assert shown(tmp_path) == {NAME: b"ours"}


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "output").write_bytes(b"")
    assert refused(tmp_path / "output", {NAME: b""}).message == "要写入的文件夹被一个同名文件占用"
    assert refused(tmp_path / "output" / "x", {NAME: b""}).message == "要写入的文件夹被一个同名文件占用"


def test_a_path_that_windows_would_not_open(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_PATH", 259)
    deep = tmp_path / ("很深的文件夹" * 40)
    assert refused(deep, {NAME: b""}).code == "path-too-long"


def test_a_path_that_the_system_refuses(tmp_path):
    assert refused(tmp_path / ("深" * 300), {NAME: b""}).code == "path-too-long"


# ------------------------------------------------------------------------------------------ killed at any moment

KILLED_RUN = """
import os, signal, sys
from pathlib import Path
from tongbao.outside import deliver as module

left = int(sys.argv[2])

def step(function):
    def counted(*args, **kwargs):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return function(*args, **kwargs)
    return counted

for owner, name in [(os, "fsync"), (Path, "open"), (Path, "replace"), (Path, "unlink"), (Path, "read_bytes")]:
    setattr(owner, name, step(getattr(owner, name)))
module.deliver(
    Path(sys.argv[1]), {"通报.docx": b"new" * 99, "附表.xlsx": b"new"}, ("figures.json", lambda names: b"new figures")
)
os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_run_killed_at_any_moment_leaves_whole_files_that_are_still_known_as_ours(tmp_path):
    moment, ended = 0, False
    while not ended:
        folder = tmp_path / str(moment)
        deliver(folder, {"通报.docx": b"old" * 99, "附表.xlsx": b"old"}, ("figures.json", lambda names: b"old figures"))
        killed = subprocess.run([sys.executable, "-c", KILLED_RUN, str(folder), str(moment)], cwd=ROOT, check=False)
        ended = killed.returncode == -signal.SIGTERM
        assert ended or killed.returncode == -signal.SIGKILL

        there = shown(folder)
        assert there["通报.docx"] in (b"old" * 99, b"new" * 99)
        assert there["附表.xlsx"] in (b"old", b"new")
        if there["figures.json"] == b"new figures":
            assert (there["通报.docx"], there["附表.xlsx"]) == (b"new" * 99, b"new")
        _, problems = deliver(
            folder, {"通报.docx": b"next", "附表.xlsx": b"next"}, ("figures.json", lambda names: b"next")
        )
        assert problems == []
        assert shown(folder) == {"通报.docx": b"next", "附表.xlsx": b"next", "figures.json": b"next"}
        moment += 1 if ALL else 2
    assert moment > 10


def test_only_our_own_leftovers_are_removed(tmp_path):
    (tmp_path / ".tongbao-0123456789ab.tmp").write_bytes(b"a killed run's")
    for name in ("草稿.tmp", ".tongbao-notes.tmp", "~$台账.xlsx"):
        (tmp_path / name).write_bytes(b"")
    deliver(tmp_path, {NAME: b""})
    assert sorted(shown(tmp_path)) == sorted([".tongbao-notes.tmp", "~$台账.xlsx", "草稿.tmp", NAME])


# ------------------------------------------------------------------------------------------ logs, own files


def test_a_file_of_the_programs_own_is_replaced_whole(tmp_path):
    for text in ("一", "二"):
        write_whole(tmp_path / "答复" / "匹配.yaml", text.encode("utf-8"))
    assert shown(tmp_path / "答复") == {"匹配.yaml": "二".encode()}


def test_a_log_is_kept_elsewhere_where_its_folder_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "运行日志").write_bytes(b"")
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "temp"))
    log = write_log(tmp_path / "运行日志", datetime(2022, 2, 7, 9, 5, 1), "细节")
    assert log == tmp_path / "temp" / "20220207-090501.txt"
    assert log.read_text(encoding="utf-8-sig") == "细节"
