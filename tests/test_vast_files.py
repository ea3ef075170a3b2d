"""Small files that unfold to something vast: refused or read, in 512 MiB of address space and five seconds of processor.

The limits are set on the process itself, as of a small office computer that has other work to do. A sample in every
run, all files under TONGBAO_TRIALS=1.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import bombs
from tests.support.folders import ROOT
from tests.support.house import House, printed
from tests.support.screened import ugly
from tests.support.trials import ALL

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limits")

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (5, 7))
from pathlib import Path
from tongbao.run import cli
cli.HOME = Path(sys.argv[1])
sys.exit(cli.main(sys.argv[2:]))
"""
OLD = ROOT / "tests" / "data" / "台账.xls"
NAMES = [f"{name}.{suffix}" for name, suffix, _ in bombs.all_of(b"", b"", b"")]
SAMPLE = {
    "one text of 350 000 in 3 200 cells.xlsx",
    "tags within tags in the styles.xlsx",
    "a drawing of small tags.xlsx",
    "a million spans of columns.xlsx",
    "papers in papers, many times.docx",
    "a text of 15 MB.docx",
    "5 000 headers of one part.docx",
    "repeated both.ods",
    "10 000 000 separators in a line.csv",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("vast") / "督查通报")
    printed(house)
    return house


def limited(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """A command within the limits: its status, what it said, and what a library wrote past it."""
    command = [sys.executable, "-c", LIMITED, str(folder), *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def test_an_ordinary_run_stays_within_the_limits(house: House, tmp_path: Path) -> None:
    shutil.copytree(house.folder, tmp_path / "督查通报")
    status, said, errors = limited(tmp_path / "督查通报")
    assert (status, errors) == (0, "")
    assert "通报已写出" in said


@pytest.mark.parametrize("name", NAMES if ALL else sorted(SAMPLE))
def test_a_file_that_unfolds_to_something_vast(house: House, tmp_path: Path, name: str) -> None:
    home = House(shutil.copytree(house.folder, tmp_path / "督查通报"))
    paper = home.output("2022-02-07") / "关于调度会决策事项办理情况的通报.docx"
    makers = {
        f"{n}.{s}": make for n, s, make in bombs.all_of(home.newest.read_bytes(), paper.read_bytes(), OLD.read_bytes())
    }
    data = makers[name]()
    if name.endswith(".docx"):
        file = home.folder / "稿.docx"
        arguments = ["check", str(file)]
    else:
        file = home.ledgers / f"台账2022-03-07{Path(name).suffix}"
        arguments = []
    file.write_bytes(data)
    status, said, errors = limited(home.folder, *arguments)
    assert status in (0, 1, 2), said + errors
    assert errors == ""
    assert [(ugly(line), line) for line in said.splitlines() if ugly(line)] == []
    assert [*home.folder.rglob("*.tmp")] == []
