"""The first start on a fresh machine, the later ones, and everything that can be wrong with the machine."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import generate
from tests.support.folders import ROOT
from tongbao.outside import environment

OFFICE_CLI = '''
import sys

def main(argv):
    """Stands for the program: says where it runs and what it needs from there."""
    if "出错" in argv:
        raise RuntimeError("something inside")
    if "tiny" in argv:
        import tiny
    print("通报 ㎡", *argv, "在 .venv 里" if sys.prefix.endswith(".venv") else "就地")
    return 1
'''


# ------------------------------------------------------------------------------------------ a fresh machine


def wheel(folder: Path, name: str) -> str:
    """A package of one empty module; gives its line for requirements.txt."""
    info = f"{name}-1.0.dist-info"
    parts = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for path, text in parts.items():
            package.writestr(path, text)
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-1.0-py3-none-any.whl").write_bytes(data.getvalue())
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(data.getvalue()).hexdigest()}\n"


def clone(folder: Path, requirements: str) -> Path:
    """The files that a start needs, with a stand-in for the program behind them."""
    for name in ("", "outside", "run"):
        (folder / "tongbao" / name).mkdir(parents=True, exist_ok=True)
    for name in ("generate.py", "tongbao/__init__.py", "tongbao/outside/__init__.py", "tongbao/run/__init__.py"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("environment.py", "locking.py"):
        shutil.copy(ROOT / "tongbao" / "outside" / name, folder / "tongbao" / "outside")
    (folder / "tongbao" / "run" / "cli.py").write_text(OFFICE_CLI, encoding="utf-8")
    (folder / "requirements.txt").write_text(requirements, encoding="utf-8")
    return folder


NO_NETWORK = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "https://127.0.0.1:9/simple",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "1",
}


def start(folder: Path, *argv: str, encoding: str = "utf-8") -> tuple[int, str]:
    """The exit status and all that the screen shows, on a machine without network."""
    done = subprocess.run(
        [sys.executable, str(folder / "generate.py"), *argv],
        env={**os.environ, **NO_NETWORK, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode(encoding)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A clone with a folder of wheels after its first start, and what the screen showed."""
    folder = tmp_path_factory.mktemp("新电脑") / "督查 通报"
    line = wheel(folder.parent / "wheels", "tiny")
    shutil.move(folder.parent / "wheels", clone(folder, line))
    status, screen = start(folder, "tiny")
    assert status == 1, screen
    return folder, screen


def test_the_first_start_installs_from_wheels_with_a_line_for_each_package(installed):
    _, screen = installed
    assert "正在安装需要的组件（共 1 个，来自 wheels 文件夹）：\n  1/1 tiny\n" in screen
    assert screen.endswith("通报 ㎡ tiny 在 .venv 里\n")


def test_the_second_start_prepares_nothing(installed):
    folder, _ = installed
    assert start(folder, "tiny") == (1, "通报 ㎡ tiny 在 .venv 里\n")


def test_arguments_reach_the_program_as_typed(installed):
    folder, _ = installed
    assert start(folder, "-p", "2022年2月", "a b.xlsx")[1] == "通报 ㎡ -p 2022年2月 a b.xlsx 在 .venv 里\n"


def test_a_console_that_lacks_a_character_shows_a_question_mark(installed):
    folder, _ = installed
    assert start(folder, encoding="gb2312") == (1, "通报 ? 在 .venv 里\n")


@pytest.mark.parametrize(
    "damage",
    [
        lambda venv: next(venv.glob("lib/*/site-packages/tiny.py")).unlink(),
        lambda venv: shutil.rmtree(next(venv.glob("lib/*/site-packages/tiny-1.0.dist-info"))),
        lambda venv: (venv / "bin" / "python").unlink(),
        lambda venv: (venv / "requirements.txt.installed").unlink(),
    ],
    ids=["module lost", "package lost", "python lost", "interrupted"],
)
@pytest.mark.skipif(os.name == "nt", reason="the folders of .venv are named otherwise")
def test_a_broken_environment_is_repaired(installed, damage):
    folder, _ = installed
    damage(folder / ".venv")
    first, _ = start(folder, "tiny")
    second, screen = start(folder, "tiny")
    assert first in (1, 2)
    assert second == 1, screen
    assert screen.endswith("通报 ㎡ tiny 在 .venv 里\n")


def test_without_network_and_wheels_three_lines_say_so(installed, tmp_path):
    folder, _ = installed
    other = clone(tmp_path / "断网", wheel(tmp_path / "elsewhere", "tinier"))
    shutil.copytree(folder / ".venv", other / ".venv", symlinks=True)
    status, screen = start(other)
    assert status == 2
    assert screen.splitlines()[-3:] == [
        f"哪里：{other / '.venv'}",
        "什么问题：连不上网络，下载不了需要的组件",
        "怎么办：请接通网络再运行一次；不能上网的电脑，请把 wheels 文件夹（安装包）放到 generate.py 旁边",
    ]


def test_a_python_that_has_the_requirements_is_used_and_nothing_is_made(tmp_path):
    folder = clone(tmp_path / "bundled", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert start(folder, "x")[1] == "通报 ㎡ x " + ("在 .venv 里" if sys.prefix.endswith(".venv") else "就地") + "\n"
    assert not (folder / ".venv").exists()


def test_a_fault_of_ours_shows_no_traceback_and_leaves_a_log(installed):
    folder, _ = installed
    status, screen = start(folder, "出错")
    assert status == 3
    assert screen.splitlines()[1] == "什么问题：程序内部出错"
    assert "Traceback" not in screen
    assert "something inside" in (folder / "运行日志" / "启动.txt").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------ what the machine lacks


def three_lines(screen: str) -> list[str]:
    lines = screen.splitlines()
    assert [line.split("：")[0] for line in lines] == ["哪里", "什么问题", "怎么办"]
    return [line.split("：", 1)[1] for line in lines]


def test_an_old_python_is_told_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert generate.main(["x"]) == 2
    assert three_lines(capsys.readouterr().out)[1] == "Python 太旧（3.8），本程序要 3.11 或更新的版本"


def test_the_entry_can_be_read_by_an_old_python():
    ast.parse((ROOT / "generate.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A clone without environment, in this process."""
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("tiny==1.0 \\\n    --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "LOG", tmp_path / "log" / "安装.txt")
    return requirements


def found(requirements: Path) -> str:
    with pytest.raises(environment.Unready) as unready:
        environment.prepared(requirements, lambda line: None)
    return unready.value.lines[1]


def test_a_python_without_ensurepip(bare, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    assert found(bare) == "这个 Python 缺少 venv 或 ensurepip 组件"


def test_a_folder_that_cannot_be_written_to(bare, monkeypatch):
    def denied(self: Path, *args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", denied)
    assert found(bare) == "没有写入权限"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "磁盘空间不够"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "安装包与登记的校验值不符（没下载完整或被改动）"),
        (
            "WARNING: Retrying: NewConnectionError\nERROR: No matching distribution found for lxml==6",
            "连不上网络，下载不了需要的组件",
        ),
        ("ERROR: No matching distribution found for lxml==6.1.3", "的安装包（lxml==6.1.3）"),
        ("Fatal error\nsomething new", "准备运行环境时出错（something new）"),
    ],
)
def test_what_a_failed_installation_prints_is_put_plainly(bare, printed, expected):
    assert environment._explained(printed).lines[1].endswith(expected)


# ------------------------------------------------------------------------------------------ the window


class Console(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stdin", "argv", "expected"),
    [(Console(), [], True), (Console(), ["台账.xlsx"], False), (io.StringIO(), [], False)],
    ids=["double click", "typed command", "no console"],
)
@pytest.mark.skipif(os.name == "nt", reason="there a file may have been dropped on the icon")
def test_the_window_stays_open_only_where_it_would_close(monkeypatch, stdin, argv, expected):
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys, "stdout", Console())
    monkeypatch.delenv("TONGBAO_PAUSE", raising=False)
    assert generate.pauses(argv) is expected


# ------------------------------------------------------------------------------------------ files of the entry


@pytest.mark.parametrize("path", ["generate.py", "tongbao/outside/environment.py", "dev.py"])
def test_what_the_entry_says_can_be_shown_by_every_chinese_console(path):
    (ROOT / path).read_text(encoding="utf-8").encode("gb2312")


STARTERS = [*ROOT.glob("*.bat"), *ROOT.glob("操作/*.bat")]


@pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
def test_a_windows_starter_is_ascii_with_windows_line_ends(file):
    data = file.read_bytes()
    assert data.isascii()
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
def test_every_windows_starter_has_one_for_linux(file):
    assert os.access(file.with_suffix(".sh"), os.X_OK)


LINUX_STARTERS = [file.with_suffix(".sh") for file in STARTERS]


def started_in_a_window(file: Path, folder: Path, typed: bytes, **environ: str) -> tuple[int, str]:
    """What a starter shows in a window of its own, and its status; the Python that it finds shows its arguments."""
    import pty

    (folder / "bin").mkdir()
    python = folder / "bin" / "python3"
    python.write_text('#!/bin/sh\nshift\necho "做了：$*"\nexit 7\n', encoding="utf-8")
    python.chmod(0o755)
    ours, theirs = pty.openpty()
    env = {"PATH": f"{python.parent}:/usr/bin:/bin", **environ}
    with subprocess.Popen([str(file)], stdin=theirs, stdout=theirs, stderr=theirs, env=env) as run:
        os.write(ours, typed)
        status = run.wait(timeout=20)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the end of what a window shows
        while part := os.read(ours, 10_000):
            shown += part
    os.close(ours)
    return status, shown.decode(errors="replace")


@pytest.mark.skipif(os.name == "nt", reason="these are for Linux")
@pytest.mark.parametrize("file", LINUX_STARTERS, ids=lambda file: file.stem)
def test_the_window_of_a_linux_starter_stays_open_until_enter_is_pressed(file, tmp_path):
    status, shown = started_in_a_window(file, tmp_path, b"\n")
    assert (status, "做了：" in shown, shown.count("按回车键关闭")) == (7, True, 1)


@pytest.mark.skipif(os.name == "nt", reason="these are for Linux")
def test_a_starter_that_is_told_not_to_pause_does_not(tmp_path):
    status, shown = started_in_a_window(ROOT / "start.sh", tmp_path, b"", TONGBAO_PAUSE="no")
    assert (status, "按回车键关闭" in shown) == (7, False)


@pytest.mark.skipif(os.name == "nt", reason="these are for Linux")
def test_a_starter_without_a_window_does_not_pause(tmp_path):
    done = subprocess.run(
        [ROOT / "操作" / "核稿.sh", "--help"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "按回车键关闭" in done.stdout) == (0, False)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_with_sums_and_names_no_host(name):
    pinned = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in pinned
    entries = [entry for entry in re.split(r"\n(?=\S)", pinned) if not entry.startswith("#")]
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+", entry) or "--hash=sha256:" not in entry] == []
    asked = re.findall(r"^[A-Za-z][\w-]*", (ROOT / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE)
    assert {a.lower() for a in asked} <= {entry.split("==")[0] for entry in entries}


def test_pins_that_cannot_be_read_are_told_by_their_file(tmp_path):
    with pytest.raises(environment.Unready) as unready:
        environment.pins(tmp_path / "requirements.txt")
    where, found, remedy = unready.value.lines
    assert where.endswith("requirements.txt")
    assert found.startswith("读不了这个文件")
    assert remedy
