"""Half a year with what is kept of earlier ledgers, without it, and with all that can befall it: the same papers.

Byte by byte: the circular, 核对表, the basis of a later check, figures.json, and the questions in 对应关系.xlsx; but for
the time of day, which workbooks hold.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.drawing import xlsx
from tests.support.folders import ROOT
from tests.support.office import HEAD, JANUARY, Office
from tests.support.trials import ALL
from tongbao.ledger.kept import FOLDER
from tongbao.outside.deliver import MEMORY

REPORT = "决策事项"
# What changes in each month, the earlier changes kept: texts are reworded, rows finished, added, dropped, reopened.
MONTHS: dict[str, list[tuple[str, str]]] = {
    "2022-01": [],
    "2022-02": [
        ("正在编制鉴定报告。 | |", "鉴定报告仍在修改。 | 需加快推进 |"),
        ("招标文件已经审定。 | |", "已开标。 | 完成 |"),
    ],
    "2022-03": [("落实配套资金。", "落实小区改造的配套资金。"), ("鉴定报告仍在修改。", "已经报送。")],
    "2022-04": [("已开标。 | 完成 |", "重新招标。 | |"), ("已经报送。", "专家已经评审。")],
    "2022-05": [
        ("已列入年度预算草案。 | |", "已经拨付。 | 完成 |"),
        ("| 3 |", "| 4 | 新桥 | 青石镇 | 完成新桥的初步设计。 | 青石镇 | | 正在比选。 | | 新桥设计工作 |\n| 3 |"),
    ],
    "2022-06": [("专家已经评审。 | 需加快推进 |", "已经批复。 | 完成 |"), ("正在比选。", "已经送审。")],
}


def shelf(folder: Path) -> Path:
    return folder / "output" / REPORT / FOLDER


def kept(folder: Path) -> None:
    pass


def deleted(folder: Path) -> None:
    shutil.rmtree(shelf(folder), ignore_errors=True)


def damaged(folder: Path) -> None:
    for number, path in enumerate(sorted(shelf(folder).glob("*.json"))):
        whole = path.read_bytes()
        path.write_bytes((whole[: len(whole) // 2], b"", whole[::-1], b"{}")[number % 4])


def exchanged(folder: Path) -> None:
    """Each file under the name of another, as a careless copy leaves them."""
    paths = sorted(shelf(folder).glob("*.json"))
    contents = [path.read_bytes() for path in paths]
    for path, data in zip(paths, [*contents[1:], *contents[:1]], strict=True):
        path.write_bytes(data)


def unwritable(folder: Path) -> None:
    shelf(folder).parent.mkdir(parents=True, exist_ok=True)
    if not shelf(folder).exists():
        shelf(folder).write_bytes(b"")


def half(folder: Path) -> None:
    for path in sorted(shelf(folder).glob("*.json"))[::2]:
        path.unlink()


@cache
def drawn(table: str) -> bytes:
    """The ledger, in the same bytes for every office."""
    return xlsx(HEAD + table.strip())


def contents(folder: Path) -> dict[str, bytes]:
    """All files of an office by their path, workbooks by their parts, but for what is kept, and without the time."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or FOLDER in path.parts or path.name == MEMORY:  # MEMORY has the checksums of workbooks
            continue
        found[name] = b"" if path.suffix == ".xlsx" else path.read_bytes()
        if path.suffix == ".xlsx":
            with ZipFile(path) as package:
                found |= {f"{name}/{part}": package.read(part) for part in package.namelist() if "core.xml" not in part}
    return found


def year(folder: Path, befalls: Callable[[Path], None]) -> dict[str, bytes]:
    """What half a year leaves behind."""
    folder.mkdir()
    office, table = Office(folder), JANUARY
    for month, changes in MONTHS.items():
        for old, new in changes:
            assert old in table
            table = table.replace(old, new)
        office.ledger(month, "| 序号 |").write_bytes(drawn(table))
        befalls(folder)
        assert office.run("--draft") in (0, 1)  # 1: a draft in spite of errors
    return contents(folder)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, bytes]:
    return year(tmp_path_factory.mktemp("year") / "办公室", kept)


def test_the_half_year_makes_all_its_papers(undisturbed):
    for month in MONTHS:
        names = [name.split("/")[3] for name in undisturbed if f"/{month}/" in name]
        assert {"figures.json", "核对表.xlsx", "核稿依据.json"} <= {name.replace("（草稿）", "") for name in names}
        assert [name for name in names if name.endswith(".docx")]


@pytest.mark.parametrize("befalls", [deleted, exchanged, *((damaged, unwritable, half) if ALL else ())])
def test_whatever_befalls_what_is_kept_the_papers_are_the_same(tmp_path, undisturbed, befalls):
    found = year(tmp_path / "办公室", befalls)
    assert found.keys() == undisturbed.keys()
    assert [name for name in found if found[name] != undisturbed[name]] == []


def test_two_runs_at_once_make_the_papers_of_one(tmp_path, undisturbed):
    """Both without anything kept; then both with it."""
    year(tmp_path / "办公室", kept)
    folder = tmp_path / "办公室"
    deleted(folder)
    for _ in range(2):
        command = [sys.executable, "generate.py", "--draft", "-c", str(folder / "config.yaml")]
        runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [run.wait() for run in runs] == [0, 0]
        assert contents(folder) == undisturbed
        names = {path.name for path in shelf(folder).iterdir()}
        assert {f"{month}-{day}.json" for month, day in zip(MONTHS, (31, 28, 31, 30, 31, 30), strict=True)} < names
        assert not [name for name in names if name.endswith(".tmp")]


def test_a_changed_old_ledger_gives_the_papers_of_an_office_that_had_it_so_from_the_start(tmp_path):
    """But for the warning that it changed; and the warning comes once."""
    made = []
    for name, late in (("先改", False), ("后改", True)):
        (tmp_path / name).mkdir()
        office, table = Office(tmp_path / name), JANUARY
        mended = drawn(table.replace("金石", "清水"))
        for month in ("2022-01", "2022-02", "2022-03"):
            path = office.ledger(month, table)
            if not late or month != "2022-01":
                path.write_bytes(mended)
        assert office.run() == 0
        if late:
            (path.parent / "台账2022-01.xlsx").write_bytes(mended)
            assert office.run() == 0
            told = [p["message"] for p in office.record("2022-03")["problems"] if p["code"] == "earlier_changed"]
            assert told == ["“台账2022-01.xlsx”在上次生成之后改过，已重新读取；以前各期的数以改后的为准"]
        assert office.run() == 0
        record = office.record("2022-03")
        made.append({part: record[part] for part in record if part != "outputs"} | {"paper": office.paper("2022-03")})
    assert made[0] == made[1]


def test_what_is_kept_serves_every_later_run(tmp_path):
    """Each run is a process of its own, in which Python orders sets in another way."""
    office = Office(tmp_path)
    for month in ("2022-01", "2022-02"):
        office.ledger(month, JANUARY)
    seen = set()
    for seed in ("1", "2", "3"):
        command = [sys.executable, "generate.py", "-c", str(office.config)]
        subprocess.run(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": seed}, check=True
        )
        seen.add((shelf(tmp_path) / "2022-01-31.json").stat().st_mtime_ns)
    assert len(seen) == 1
