"""The sweep counts what the program refuses with a reason, and tells every fault, also of a run that does not end."""

from __future__ import annotations

import faulthandler
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the sweep forks, and sets limits of Linux", allow_module_level=True)

import tools.sweep.__main__ as command
from tests.support.folders import ROOT, TEMPLATES
from tongbao.run import cli
from tools.sweep import faults, public, report, trial
from tools.sweep.forked import Limits, Ran, forked
from tools.sweep.office import Office, office_for
from tools.sweep.trial import Trial, masked

LEDGER = min((TEMPLATES / "meeting-decisions" / "sample").glob("*.xlsx"))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good ledger, a broken package, a picture, and a folder that is called like a workbook."""
    made = tmp_path / "files"
    (made / "里面.xlsx").mkdir(parents=True)
    (made / "里面.xlsx" / "说明.txt").write_text("说明", encoding="utf-8")
    shutil.copyfile(LEDGER, made / "台账.xlsx")
    (made / "断了.xlsx").write_bytes(LEDGER.read_bytes()[:900])
    (made / "照片.png").write_bytes(PNG)
    return made


def swept(folder: Path, capsys, *options: str) -> tuple[int, str]:
    status = command.main([str(folder), *options])
    return status, capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- counting


def test_good_and_bad_files_are_counted_and_are_no_fault(folder, capsys):
    status, said = swept(folder, capsys)
    assert "5个文件、3种格式，运行25次" in said
    assert "没有毛病" in said
    assert status == 0
    lines = {line.split()[0]: line.split()[1:] for line in said.splitlines() if line[:1].strip()}
    assert lines["命令"] == ["合计", "状态0", "状态1", "状态2"]
    assert lines["run"] == ["5", "1", "3", "1"]
    assert lines[".xlsx"][0] == "15"


def test_a_run_is_the_run_of_the_command_line(tmp_path):
    """The same words and the same files as in a process of its own, status included."""
    for name in ("forked", "alone"):
        (tmp_path / name).mkdir()
    office = office_for(tmp_path / "forked", LEDGER, "run")
    ran = forked(office.run, tmp_path, Limits())
    other = office_for(tmp_path / "alone", LEDGER, "run")
    arguments = [sys.executable, str(ROOT / "generate.py"), "-c", "config.yaml", *other.argv]
    alone = subprocess.run(arguments, cwd=other.folder, capture_output=True, encoding="utf-8", check=False)
    assert (ran.status, steady(ran.out), ran.err) == (alone.returncode, steady(alone.stdout), alone.stderr)
    assert written(office.folder) == written(other.folder)


def steady(screen: str) -> list[str]:
    """The lines that do not depend on how busy the machine is."""
    return [line for line in screen.splitlines() if "仍在进行" not in line]


def written(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if "templates" not in path.parts}


def test_a_sample_is_the_same_with_the_same_seed(folder, capsys):
    drawn = [swept(folder, capsys, "--sample", "2", "--seed", seed, "--commands", "check")[1] for seed in "113"]
    kept = [said.rpartition("秒；")[0].rpartition("次，")[0] for said in drawn]
    assert kept[0] == kept[1]
    assert "2个文件" in kept[2]


def test_what_was_written_and_said_is_kept(folder, capsys, tmp_path):
    swept(folder, capsys, "--keep", str(tmp_path / "kept"), "--commands", "run")
    kept = tmp_path / "kept" / "台账.xlsx" / "run"
    assert "通报已写出" in (kept / "屏幕.txt").read_text(encoding="utf-8")
    assert list((kept / "output").rglob("*.docx"))


def test_refusals_are_drawn_with_file_and_message(folder, capsys):
    status, said = swept(folder, capsys, "--refusals", "2", "--commands", "import")
    assert status == 0
    assert said.count("（import）\n    ") == 2
    assert "怎么办" in said


def test_like_reasons_count_as_one():
    texts = (
        "[台账2023-06.xlsx，表“甲”，C12“进展”]（3 修路）“甲”有3行。怎么办：删去",
        "[b.xls]“乙镇”有12行。怎么办：删去",
    )
    assert {masked(text) for text in texts} == {"“…”有N行"}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["没有这个文件夹"],
        [".", "--public"],
        [".", "--jobs", "many"],
        [".", "--commands", "run,fly"],
        [".", "--foo"],
    ],
)
def test_a_mistake_in_the_arguments(arguments, capsys):
    assert command.main(arguments) == 2
    assert "用法：" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- faults


def broken(monkeypatch, work) -> None:
    """The command `check` does this instead of its work."""
    monkeypatch.setattr(cli, "_check", work)


def crash(arguments: list[str]) -> int:
    raise KeyError("webp")


def loop(arguments: list[str]) -> int:
    while True:
        pass


def sleep(arguments: list[str]) -> int:
    time.sleep(60)
    return 0


def eat(arguments: list[str]) -> int:
    return len(bytearray(8 << 30))


def abort(arguments: list[str]) -> int:
    faulthandler.disable()
    os.abort()


def leave(arguments: list[str]) -> int:
    Path("output").mkdir()
    Path("output", ".tongbao-0123456789ab.tmp").write_bytes(b"half")
    Path("output", "通报.docx").write_bytes(LEDGER.read_bytes()[:500])
    Path(arguments[0]).write_bytes(b"mine")
    print("已写出")
    return 0


def babble(arguments: list[str]) -> int:
    print("读不了这个文件：File is not a zip file")
    print(f"见 {ROOT}/templates/x.yaml")
    print("UserWarning: Data Validation extension is not supported", file=sys.stderr)
    return 2


def escape(arguments: list[str]) -> int:
    raise SystemExit(9)


def test_a_file_for_which_the_memory_does_not_suffice_is_told_by_the_program_itself(tmp_path, capsys, monkeypatch):
    broken(monkeypatch, eat)
    (tmp_path / "通报.docx").write_bytes(b"")
    status, said = swept(tmp_path, capsys, "--commands", "check")
    assert status == 0
    assert "内存" in said


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (crash, ["状态3：KeyError: 'webp'（"]),
        (loop, ["秒，被终止"]),
        (sleep, ["超过2秒，被终止"]),
        (abort, ["被信号SIGABRT终止"]),
        (escape, ["状态9："]),
        (leave, ["留下了临时文件：.tongbao-0123456789ab.tmp", "写了一半：通报.docx", "改动了输入的文件"]),
        (babble, ["错误输出：UserWarning", "屏幕上有英文：File is not a zip file", "屏幕上有程序的路径："]),
        (lambda arguments: 1, ["状态1，屏幕上什么也没有"]),
    ],
    ids=["crash", "loop", "sleep", "abort", "escape", "leave", "babble", "silent"],
)
def test_a_fault_is_told(tmp_path, capsys, monkeypatch, work, told):
    broken(monkeypatch, work)
    (tmp_path / "通报.docx").write_bytes(b"")
    status, said = swept(tmp_path, capsys, "--commands", "check", "--seconds", "1")
    assert [words for words in told if words not in said] == []
    assert "通报.docx：generate.py check 来件/通报.docx" in said
    assert f"{len(told)}处毛病" in said
    assert status == 1


@pytest.mark.parametrize(
    ("work", "limits", "told"),
    [
        (loop, Limits(cpu=1), "处理器时间超过1秒，被终止"),
        (sleep, Limits(clock=1), "超过1秒，被终止"),
    ],
    ids=["loop", "sleep"],
)
def test_a_run_that_does_not_end_is_ended(tmp_path, work, limits, told):
    assert forked(lambda: work([]), tmp_path, limits).killed == told


@pytest.mark.parametrize("new_session", [False, True])
def test_what_a_run_has_started_ends_with_it(tmp_path, new_session):
    started = tmp_path / "started"

    def work() -> int:
        child = subprocess.Popen(["sleep", "300"], start_new_session=new_session)
        started.write_text(str(child.pid), encoding="ascii")
        return 0

    assert forked(work, tmp_path, Limits()).status == 0
    assert not Path("/proc", started.read_text(encoding="ascii")).exists()


@pytest.mark.parametrize(
    "line",
    [
        "表头 → 字段：including without limitation → 事项；copy → 进展",
        "[a.xlsx，表“This is not a sheet”，H2]“No such file or directory”一列按内容当作“进展”",
        "已写出：input/决策/决策台账2023-06.xlsx",
        "  见 README.md、config.yaml",
    ],
)
def test_what_a_file_says_itself_is_no_english_of_a_library(tmp_path, line):
    office = Office(tmp_path, tmp_path / "a.xlsx", ())
    assert list(faults.on_the_screen(Ran(2, "", line, "", 0.1, 1), office)) == []


def test_a_file_that_is_laid_out_like_no_ledger_comes_through_to_a_circular(tmp_path, capsys):
    text = "Name,Amount,State\nRoad,12,open\nBridge,7,closed\nSchool,9,open\n"
    (tmp_path / "works.csv").write_text(text, encoding="utf-8")
    assert "没有找到表头" in swept(tmp_path, capsys, "--commands", "run", "--plain")[1]
    said = swept(tmp_path, capsys, "--commands", "run")[1]
    assert "没有找到表头" not in said
    assert "run                  1          1" in said


# ---------------------------------------------------------------------------------------------- the public files


def package(path: Path, files: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, BytesIO(data))


def test_only_what_a_clerk_may_have_is_taken_out_of_a_package(tmp_path):
    files = {
        "p-1/tests/a.xlsx": b"a",
        "p-1/setup.py": b"b",
        "p-1/p.egg-info/SOURCES.txt": b"c",
        "p-1/../../b.xls": b"d",
    }
    package(tmp_path / "p-1.tar.gz", files)
    public.take_out(tmp_path / "p-1.tar.gz", tmp_path / "out")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"p-1.tar.gz", "a.xlsx"}
    with zipfile.ZipFile(tmp_path / "p-2.zip", "w") as archive:
        archive.writestr("p-2/b.ods", b"b")
        archive.writestr("p-2/b.py", b"b")
    public.take_out(tmp_path / "p-2.zip", tmp_path / "zip")
    assert [path.name for path in (tmp_path / "zip").rglob("*") if path.is_file()] == ["b.ods"]


@pytest.mark.parametrize(("options", "status"), [([], 0), (["--required"], 1)])
def test_packages_that_cannot_be_had_are_told_of(monkeypatch, tmp_path, capsys, options, status):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "nowhere").as_uri())
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    assert command.main(["--public", *options]) == status
    assert "取不到公开的样本文件" in capsys.readouterr().out
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_package_that_is_not_the_one_of_the_table_is_refused(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    package(
        tmp_path / "p-1.tar.gz", {"p-1/PKG-INFO": b"Metadata-Version: 2.1\nName: p\nVersion: 1\n", "p-1/a.csv": b"a"}
    )
    table = tmp_path / "table.txt"
    table.write_text(f"p==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(public.Tampered):
        public.fixtures(table)


def test_a_package_is_brought_without_running_a_line_of_it(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    code = f"open({str(tmp_path / 'ran')!r}, 'w')".encode()
    told = b"Metadata-Version: 2.1\nName: p\nVersion: 1\n"
    package(tmp_path / "p-1.tar.gz", {"p-1/PKG-INFO": told, "p-1/setup.py": code, "p-1/tests/a.csv": b"a"})
    table = tmp_path / "table.txt"
    table.write_text(f"p==1 --hash=sha256:{public.checksum(tmp_path / 'p-1.tar.gz')}\n", encoding="utf-8")
    folder = public.fixtures(table)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["a.csv"]
    assert not (tmp_path / "ran").exists()


def test_too_few_public_files_are_no_proof(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(public, "fixtures", lambda: tmp_path)
    (tmp_path / "a.csv").write_bytes(b"a")
    assert command.main(["--public"]) == 1
    assert "太少" in capsys.readouterr().out


def test_the_slowest_and_the_largest_are_named():
    trials = [Trial(n, "run", (), "0", "", (), s, p) for n, s, p in (("a.xls", 3, 50), ("b.xls", 1, 90))]
    said = report.closing(trials, 4)
    assert "最慢3.0秒（a.xls，run），最多用内存90 MiB（b.xls，run）" in said
    assert trial.masked("第12行") == "第N行"
