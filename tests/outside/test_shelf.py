"""Files that may be lost: whole and as written, or as if they were not there; no trouble is told, none is made."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.support.folders import ROOT
from tests.support.trials import ALL
from tongbao.outside import deliver, shelf
from tongbao.outside.shelf import Shelf

TOLD = ("说明.txt", "可以删去")
LABEL = {"of": "台账"}
TEXT = b'["text"]' * 50


def on(folder: Path) -> Shelf:
    return Shelf(folder, TOLD)


def put(folder: Path, text: bytes = TEXT, name: str = "a.json") -> None:
    one = on(folder)
    one.put(name, LABEL, text)
    one.save(lambda name: False)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_put_is_found_by_another_run(tmp_path):
    put(tmp_path / "报告" / ".底账")
    assert on(tmp_path / "报告" / ".底账").get("a.json") == (LABEL, TEXT)


def test_nothing_is_there_before_it_is_saved(tmp_path):
    one = on(tmp_path / "x")
    one.put("a.json", LABEL, TEXT)
    assert one.get("a.json") is None
    assert not (tmp_path / "x").exists()


def test_a_person_who_opens_the_folder_is_told_what_it_is(tmp_path):
    put(tmp_path)
    assert (tmp_path / "说明.txt").read_text(encoding="utf-8-sig") == "可以删去"
    (tmp_path / "说明.txt").write_text("我的话", encoding="utf-8")
    put(tmp_path, b"more")
    assert (tmp_path / "说明.txt").read_text(encoding="utf-8") == "我的话"


def test_stale_files_go_and_others_stay(tmp_path):
    put(tmp_path, name="a.json")
    put(tmp_path, name="b.json")
    on(tmp_path).save(lambda name: name == "a.json")
    assert names(tmp_path) == ["b.json", "说明.txt"]


def test_where_nothing_changes_nothing_is_written(tmp_path):
    on(tmp_path / "x").save(lambda name: True)
    assert not (tmp_path / "x").exists()


# ---------------------------------------------------------------------------------------------- damaged, foreign


def test_a_file_cut_anywhere_is_not_there(tmp_path):
    put(tmp_path)
    whole = (tmp_path / "a.json").read_bytes()
    for end in range(len(whole)):
        (tmp_path / "a.json").write_bytes(whole[:end])
        assert on(tmp_path).get("a.json") is None


def test_a_file_with_any_bit_turned_is_not_there(tmp_path):
    put(tmp_path)
    whole = (tmp_path / "a.json").read_bytes()
    for place in range(len(whole)):
        (tmp_path / "a.json").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert on(tmp_path).get("a.json") is None


def summed(rest: bytes) -> bytes:
    """With the checksum that it ought to have."""
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"{}",
        summed(b""),
        summed(b"{}\n"),
        summed(b"{}\nnot packed"),
        summed(b"5\n" + zlib.compress(TEXT)),
        summed(b"[" * 99_999 + b"\n" + zlib.compress(TEXT)),
        summed(b"{}\n" + zlib.compress(TEXT)[:-1]),
        summed(b"{}\n" + zlib.compress(bytes(2**21))),  # unfolds to more than the most
        bytes(2**21),
    ],
)
def test_another_file_of_the_name_is_not_there(tmp_path, monkeypatch, data):
    monkeypatch.setattr(shelf, "MOST", 2**20)
    (tmp_path / "a.json").write_bytes(data)
    assert on(tmp_path).get("a.json") is None
    put(tmp_path)
    assert on(tmp_path).get("a.json") == (LABEL, TEXT)


def test_a_folder_of_the_name_is_not_there_and_stays(tmp_path):
    (tmp_path / "a.json").mkdir()
    assert on(tmp_path).get("a.json") is None
    put(tmp_path)
    on(tmp_path).save(lambda name: True)
    assert "a.json" in names(tmp_path)
    assert [name for name in names(tmp_path) if name.endswith(".tmp")] == []


# ---------------------------------------------------------------------------------------------- the disk refuses


def test_a_file_in_the_place_of_the_folder_hinders_nobody(tmp_path):
    (tmp_path / "x").write_bytes(b"somebody's")
    put(tmp_path / "x")
    assert on(tmp_path / "x").get("a.json") is None
    assert (tmp_path / "x").read_bytes() == b"somebody's"


@pytest.mark.parametrize("owner", ["write", "replace", "mkdir", "lock"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "no"), OSError(5, "io")]
)
def test_a_disk_that_refuses_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch, owner, error):
    put(tmp_path, b"old")

    def refuse(*args: object, **options: object) -> None:
        raise error

    target, name = {
        "write": (os, "fsync"),
        "replace": (Path, "replace"),
        "mkdir": (Path, "mkdir"),
        "lock": (deliver, "alone_in"),
    }[owner]
    with monkeypatch.context() as patched:
        patched.setattr(target, name, refuse)
        put(tmp_path, b"new")
    assert on(tmp_path).get("a.json") == (LABEL, b"old")
    assert names(tmp_path) == ["a.json", "说明.txt"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_hinders_nobody(tmp_path):
    put(tmp_path, b"old")
    tmp_path.chmod(0o500)
    try:
        put(tmp_path, b"new")
        on(tmp_path).save(lambda name: True)
        assert on(tmp_path).get("a.json") == (LABEL, b"old")
    finally:
        tmp_path.chmod(0o700)


def test_what_a_killed_run_left_behind_is_swept(tmp_path):
    (tmp_path / ".tongbao-0123456789ab.tmp").write_bytes(b"half")
    put(tmp_path)
    assert names(tmp_path) == ["a.json", "说明.txt"]


KILLED = """
import os, signal, sys
from pathlib import Path
from tongbao.outside.shelf import Shelf

left = int(sys.argv[2])

def step(function):
    def counted(*args, **kwargs):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return function(*args, **kwargs)
    return counted

one = Shelf(Path(sys.argv[1]), ("说明.txt", "x"))
one.put("a.json", {"of": "台账"}, b"new")
one.put("b.json", {"of": "台账"}, b"new")
for owner, name in [(os, "fsync"), (Path, "open"), (Path, "replace"), (Path, "unlink"), (Path, "read_bytes")]:
    setattr(owner, name, step(getattr(owner, name)))
one.save(lambda name: name == "c.json")
os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_run_killed_at_any_moment_leaves_whole_files(tmp_path):
    moment, ended = 0, False
    while not ended:
        folder = tmp_path / str(moment)
        for name in ("a.json", "b.json", "c.json"):
            put(folder, b"old", name)
        killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(moment)], cwd=ROOT, check=False)
        ended = killed.returncode == -signal.SIGTERM
        assert ended or killed.returncode == -signal.SIGKILL
        for name in ("a.json", "b.json"):
            assert on(folder).get(name) in ((LABEL, b"old"), (LABEL, b"new"))
        put(folder, b"next")
        assert on(folder).get("a.json") == (LABEL, b"next")
        assert set(names(folder)) <= {"a.json", "b.json", "c.json", "说明.txt"}
        moment += 1 if ALL else 2
    assert moment > 6


MANY = """
import sys
from pathlib import Path
from tongbao.outside.shelf import Shelf
for n in range(20):
    one = Shelf(Path(sys.argv[1]), ("说明.txt", "x"))
    found = one.get("a.json")
    assert found is None or found[1] in (b"1" * 9999, b"2" * 9999), found
    one.put("a.json", {}, sys.argv[2].encode() * 9999)
    one.save(lambda name: False)
"""


def test_two_runs_at_once_never_see_half_a_file(tmp_path):
    command = [sys.executable, "-X", "utf8", "-c", MANY, str(tmp_path)]
    both = [subprocess.Popen([*command, text], cwd=ROOT) for text in "12"]
    assert [one.wait() for one in both] == [0, 0]
    assert names(tmp_path) == ["a.json", "说明.txt"]
