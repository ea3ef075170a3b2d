"""One file through one command, and what is kept of it."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import pkgutil
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import tongbao
from tools.sweep.faults import faults_of
from tools.sweep.fitted import write_fitted
from tools.sweep.forked import Limits, Ran, forked
from tools.sweep.office import PLAIN, Office, office_for, sums

LIBRARIES = "dateutil.parser docx docxtpl jinja2 lxml.etree numpy openpyxl pandas python_calamine rapidfuzz yaml"
MEMORY, ROOM = Path("/dev/shm"), 1 << 30
# A folder may be called like a workbook: it is then a thing that a clerk can drop on the icon.
LIKE_A_FILE = re.compile(r"\.(xlsx?|xlsm|xlsb|ods|et|csv|docx?|wps|pdf)$", re.IGNORECASE)


@dataclass(frozen=True)
class Task:
    """A file (`name`: its path below the folder that is swept), the commands that get it, and within which limits.

    `plain`: the office keeps its ledgers like the sample's, not like the file. `keep`: where to leave what was written.
    `converter`: the office has LibreOffice, if this machine has; it takes seconds for each file.
    """

    path: Path
    name: str
    commands: tuple[str, ...]
    limits: Limits
    plain: bool = False
    keep: Path | None = None
    converter: bool = False


@dataclass(frozen=True)
class Trial:
    """What a command made of a file: status (or what ended it), what it gave as its reason, all faults."""

    name: str
    command: str
    argv: tuple[str, ...]
    status: str
    reason: str
    faults: tuple[str, ...]
    seconds: float
    peak: float

    @property
    def format(self) -> str:
        """What the name says that the file is."""
        return Path(self.name).suffix.lower() or "（无后缀）"

    @property
    def message(self) -> str:
        """The first words of the reason, with names and numbers masked, so that like ones count together."""
        return masked(self.reason)


def masked(text: str, most: int = 60) -> str:
    """The first words of a text, with what differs from file to file masked."""
    plain = re.sub(r"\s*(?:\[[^]]*\])?(?:（[^）]*）)?", "", text, count=1) if text.lstrip().startswith("[") else text
    plain = plain.partition("。怎么办：")[0]
    plain = re.sub(r"“[^”]*”", "“…”", plain)
    plain = re.sub(r"\S*/\S+|[\w.()（）-]+\.(?:[A-Za-z]{2,5})\b", "…", plain) if "/" in plain or "." in plain else plain
    return re.sub(r"0x[0-9a-f]+|\d+", "N", plain)[:most]


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder and below; a folder that is called like a workbook or a paper counts as one, too."""
    return sorted(
        path
        for path in folder.rglob("*")
        if not path.is_symlink()
        and (path.is_file() or LIKE_A_FILE.search(path.name))
        and not any(part.startswith(".git") for part in path.relative_to(folder).parts)
    )


def tried(task: Task) -> list[Trial]:
    """Runs each command on one file, in a fresh office."""
    with tempfile.TemporaryDirectory(dir=_quickest(), prefix="sweep-") as name:
        folder = Path(name)
        config = PLAIN if task.plain else _fitted(task, folder)
        return [_tried(task, command, folder / command, config) for command in task.commands]


def _quickest() -> Path | None:
    """Where offices that live for a blink are made: the program flushes each of its files, which takes time on disk."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _fitted(task: Task, folder: Path) -> str:
    """Settings that fit the file; the plain ones where it cannot be read, which the commands have to tell, not we."""
    settings = folder / "config.yaml"
    forked(lambda: write_fitted(task.path, settings), folder, task.limits)
    return settings.read_text(encoding="utf-8") if settings.exists() else PLAIN


def _tried(task: Task, command: str, folder: Path, config: str) -> Trial:
    folder.mkdir()
    office = office_for(folder, task.path, command, config, converter=task.converter)
    before = sums(office.folder)
    ran = forked(office.run, folder, task.limits)
    faults = faults_of(ran, office, before, sums(office.folder))
    if task.keep:
        _keep(task.keep / task.name / command, office, ran)
    return Trial(
        task.name,
        command,
        office.argv,
        ran.killed or str(ran.status),
        _reason(ran.out),
        tuple(dict.fromkeys(faults)),
        ran.seconds,
        ran.peak,
    )


def _reason(screen: str) -> str:
    """The first thing that the screen says is wrong; else its last line that says something."""
    lines = screen.splitlines()
    for number, line in enumerate(lines[:-1]):
        if re.match(r"(?:必改|请核|提示)（\d+处）：", line):
            return lines[number + 1].strip()
    direct = [line.strip() for line in lines if "怎么办：" in line]
    return direct[0] if direct else next((line.strip() for line in reversed(lines) if line.strip()), "")


def _keep(folder: Path, office: Office, ran: Ran) -> None:
    """Copies what the run left in the office, and what it printed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(office.folder, folder, symlinks=True, ignore=shutil.ignore_patterns("templates"))
    (folder / "屏幕.txt").write_text(ran.out + ran.err, encoding="utf-8")


# ---------------------------------------------------------------------------------------------- many


def ready() -> None:
    """Imports once what every run would import anew."""
    # Threads of a library do not survive a fork, and each takes memory from the limit.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in LIBRARIES.split():
        importlib.import_module(name)
    for module in pkgutil.walk_packages(tongbao.__path__, "tongbao."):
        importlib.import_module(module.name)


def all_tried(tasks: Sequence[Task], jobs: int) -> Iterator[list[Trial]]:
    """Tries every task, so many at a time; the trials come in the order of the tasks."""
    ready()
    gc.collect()
    gc.freeze()  # what is there now is shared by all runs: nobody looks through it for waste, which would copy it
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            yield from pool.map(tried, tasks)
    finally:
        gc.unfreeze()
