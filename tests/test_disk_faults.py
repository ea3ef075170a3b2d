"""Every command on a disk that refuses one thing: no fault of ours, nothing by halves, and the next run puts it right.

A run without faults counts what is done to the files of the house; then, one after the other, each of these steps
fails. A sample in every run, all steps with every error under TONGBAO_TRIALS=1.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from unittest import mock
from zipfile import ZipFile, is_zipfile

import pytest

from tests.support import house as houses
from tests.support.faults import Fails, Step, disk, never
from tests.support.house import KIND, PAPER, House
from tests.support.screened import ugly
from tests.support.trials import ALL
from tongbao.ledger.kept import FOLDER
from tongbao.outside.deliver import MEMORY

ERRORS = [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EIO, errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR]
CHECKED = f"~output/决策事项/2022-02-07/{PAPER}"


@dataclass(frozen=True)
class Command:
    """A command, the house in which it is given, and what is typed where it asks."""

    made: Callable[[House], object]
    arguments: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


COMMANDS = {
    "start": Command(houses.fresh),
    "start again": Command(houses.printed),
    "questions unanswered": Command(houses.doubtful),
    "questions answered": Command(houses.doubtful, typed=("1", "1", "1", "1", "1")),
    "--unfilled": Command(houses.doubtful, ("--unfilled", "照上期", "--draft")),
    "a dropped ledger": Command(houses.dropped, ("~桌面/台账2022-03-07.xlsx",)),
    "a dropped paper": Command(houses.edited, (CHECKED,)),
    "check": Command(houses.edited, ("check", CHECKED)),
    "check, dismissing": Command(houses.edited, ("check", CHECKED), typed=("1",)),
    "check elsewhere": Command(houses.taken_home, ("check", "~桌面/稿.docx")),
    "check a template": Command(houses.fresh, ("check", f"~templates/{KIND}/circular.docx")),
    "kinds": Command(houses.fresh, ("kinds",)),
    "kinds of a name": Command(houses.fresh, ("kinds", KIND)),
    "next": Command(houses.fresh, ("next", "-p", "2022-03-07")),
    "new": Command(houses.fresh, ("new", KIND, "-p", "2022-03")),
    "split": Command(houses.fresh, ("split",)),
    "split again": Command(houses.sent, ("split",)),
    "merge": Command(houses.sent, ("merge",)),
    "merge --apply": Command(houses.sent, ("merge", "--apply")),
    "import a paper": Command(houses.old_paper, ("import", "~旧通报.docx")),
    "import a ledger": Command(houses.old_paper, ("import", "~旧台账2022-04-07.xlsx")),
}  # fmt: skip


@dataclass
class Ran:
    """What came of a command: its status, the screen, the files, and what was done to them."""

    status: int
    screen: str
    files: Mapping[str, bytes]
    steps: list[Step]
    hit: Step | None


class Bench:
    """A house that is put back as it was before each run."""

    def __init__(self, folder: Path, command: Command, capsys: pytest.CaptureFixture[str]) -> None:
        self.command, self.capsys = command, capsys
        self.root, self.model = folder / "督查通报", folder / "原样"
        self.house = House(self.root)
        command.made(self.house)
        shutil.copytree(self.root, self.model)
        self.before = files_of(self.root)

    def again(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.model, self.root)

    def run(self, fails: Fails = never) -> Ran:
        self.capsys.readouterr()
        with Console(self.command.typed), disk(self.root, fails) as counted:
            status = self.house.does(*self.command.arguments)
        return Ran(status, self.capsys.readouterr().out, files_of(self.root), counted.steps, counted.hit)


def files_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


class Console:
    """What the clerk types, line by line; nothing where there is nobody at the console."""

    def __init__(self, typed: tuple[str, ...]) -> None:
        lines: Iterator[str] = iter((*typed, *[""] * 99))
        stream = mock.Mock(isatty=lambda: bool(typed))
        self._patches = [
            mock.patch.object(sys, "stdin", stream),
            mock.patch("builtins.input", side_effect=lambda question="": next(lines)),
        ]

    def __enter__(self) -> None:
        for patch in self._patches:
            patch.start()

    def __exit__(self, *_: object) -> None:
        for patch in self._patches:
            patch.stop()


# ------------------------------------------------------------------------------------------ what must hold


def told(data: bytes) -> object:
    """What a file says, without the time of day and the checksums that hang on it."""
    if is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as package:
            return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}
    return re.sub(rb"[0-9a-f]{64}", b"", data)


# What a command makes of all that it could read; the rest is told, and goes in with the next run.
LISTS = ("催办单.txt", "汇总情况.xlsx", "（汇总）.xlsx", "（核稿意见）.docx")


def ours_alone(name: str) -> bool:
    """A file that nobody but the program reads, and that may hold more or less after a fault."""
    return FOLDER in name or name.endswith(MEMORY)


def says(files: Mapping[str, bytes]) -> dict[str, object]:
    return {name: told(data) for name, data in files.items() if not ours_alone(name)}


def nothing_by_halves(ran: Ran, before: Mapping[str, bytes], clean: Mapping[str, bytes]) -> Iterator[str]:
    """Every file that is neither as before nor as a run without faults writes it."""
    whole = [told(data) for data in clean.values()]
    told_of = ran.status != 0 and "怎么办" in ran.screen
    for name, data in ran.files.items():
        if name.endswith(".tmp"):
            yield f"{name} is left behind"
        elif ours_alone(name):
            continue
        elif name.endswith(".json"):
            json.loads(data)  # names other files, which may have got another name
        elif told_of and name.endswith(LISTS):
            continue  # it says, among others, what could not be read
        elif told(data) not in (told(before.get(name, b"")), *whole):
            yield f"{name} is by halves"


NO_LINE = "no line names the file and what to do"


def plain(ran: Ran) -> Iterator[str]:
    """What is wrong with what the clerk reads of a step that failed."""
    assert ran.hit
    lines = ran.screen.splitlines()
    path = ran.hit.path
    names = {path.name, path.parent.name} | {p.name for p in path.parents if p.name == "output"}
    if not any("怎么办" in line and any(name in line for name in names) for line in lines):
        yield NO_LINE
    yield from (f"{why}: {line}" for line in lines if (why := ugly(line)))


def broken(bench: Bench, clean: Ran, fails: Fails) -> list[str]:
    """What is not as it must be after a run in which something fails, and after the run that follows it."""
    bench.again()
    ran = bench.run(fails)
    if ran.hit is None:
        return []
    found = [f"status {ran.status}"] if ran.status not in (0, 1, 2) else []
    if not as_if_missing(ran.hit, fails):
        found += nothing_by_halves(ran, bench.before, clean.files)
    if (ran.status, says(ran.files)) != (clean.status, says(clean.files)):
        found += (one for one in plain(ran) if one != NO_LINE or not as_if_missing(ran.hit, fails))
    if says(ran.files) != says(clean.files) and not as_if_missing(ran.hit, fails):
        after = bench.run()
        kept = {name: told for name, told in says(after.files).items() if "（2）" not in name or name in clean.files}
        expected = says(clean.files)
        found += [
            f"{n} is not put right"
            for n in {*kept, *expected}
            if kept.get(n) != expected.get(n) and not n.endswith(".json")
        ]
    return [f"{ran.hit.what} {ran.hit.number} {ran.hit.path}: {one}\n{ran.screen}" for one in found]


def as_if_missing(hit: Step, fails: Fails) -> bool:
    """Was a file or folder said not to be there? Nobody can know better, and the command does without it."""
    error = fails(hit)
    return hit.what == "stat" and error is not None and error.errno in (errno.ENOENT, errno.ENOTDIR)


def failing(number: int, error: int) -> Fails:
    def fails(step: Step) -> OSError | None:
        return OSError(error, os.strerror(error)) if step.number == number else None

    return fails


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_refuses_one_step(tmp_path, capsys, name):
    bench = Bench(tmp_path, COMMANDS[name], capsys)
    bench.again()
    clean = bench.run()
    assert clean.status in (0, 1), clean.screen
    steps = range(len(clean.steps))
    tries = [(n, e) for n in steps for e in ERRORS] if ALL else sample(clean.steps)
    found = [one for number, error in tries for one in broken(bench, clean, failing(number, error))]
    assert found == []


def sample(steps: list[Step]) -> list[tuple[int, int]]:
    """One step of each sort, from another part of each command, each with another error."""
    sorts: dict[str, list[int]] = {}
    for step in steps:
        sorts.setdefault(step.what, []).append(step.number)
    chosen = [numbers[len(steps) * 7 % len(numbers)] for numbers in sorts.values()]
    errors = cycle(ERRORS[len(steps) % len(ERRORS) :] + ERRORS[: len(steps) % len(ERRORS)])
    return list(zip(sorted(chosen), errors, strict=False))


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("name", COMMANDS if ALL else ["start", "new", "split"])
def test_a_run_that_is_stopped_while_it_writes(tmp_path, capsys, name, stopped):
    bench = Bench(tmp_path, COMMANDS[name], capsys)
    bench.again()
    clean = bench.run()
    writing = [s.number for s in clean.steps if s.what in ("create", "write", "flush", "fsync", "replace", "mkdir")]
    for number in writing if ALL else writing[:: max(1, len(writing) // 5)]:
        bench.again()
        ran = bench.run(stopping(number, stopped))
        assert ran.status in (0, 1, 2), ran.screen
        assert list(nothing_by_halves(ran, bench.before, clean.files)) == []
        assert says(bench.run().files) == says(clean.files)


def stopping(number: int, stopped: type[BaseException]) -> Fails:
    """Not the disk, but the clerk or the memory ends the run at one step."""

    def fails(step: Step) -> OSError | None:
        if step.number == number:
            raise stopped
        return None

    return fails
