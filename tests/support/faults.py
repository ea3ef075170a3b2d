"""A disk that refuses: everything that is done to the files of a folder is counted, and what a test chooses fails."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Step(NamedTuple):
    """One thing that is done to a file: what (`open`, `read`, `stat` …), its number from 0, the file."""

    what: str
    number: int
    path: Path


Fails = Callable[[Step], OSError | None]


def never(step: Step) -> OSError | None:
    """A disk that works."""
    return None


@dataclass
class Disk:
    """What was done to the files below a folder, in order; `hit` is the first that failed."""

    root: Path
    fails: Fails = never
    steps: list[Step] = field(default_factory=list)
    hit: Step | None = None
    handles: dict[int, Path] = field(default_factory=dict)

    def step(self, what: str, path: Any) -> None:
        """Counts a step, where the file is one of the folder's. Raises what the test chose for it."""
        there = self.below(path)
        if there is None:
            return
        step = Step(what, len(self.steps), there)
        self.steps.append(step)
        if error := self.fails(step):
            self.hit = self.hit or step
            error.filename = error.filename or os.fspath(there)
            raise error

    def below(self, path: Any) -> Path | None:
        """The path where it is one of the folder's; None for any other, also for one that no system could have."""
        if isinstance(path, int):
            return self.handles.get(path)
        if not isinstance(path, str | os.PathLike):
            return None
        full = os.path.normpath(os.path.join(str(self.root), os.fspath(path)))  # noqa: PTH118
        return Path(full) if Path(full).is_relative_to(self.root) else None


class _File:
    """An open file whose reading and writing are steps too."""

    def __init__(self, disk: Disk, file: Any, path: Any) -> None:
        self._disk, self._file, self._path = disk, file, path
        disk.handles[file.fileno()] = Path(path)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._file, name)
        if name not in ("read", "write", "flush"):
            return found

        def counted(*arguments: Any) -> Any:
            try:
                self._disk.step(name, self._path)
            except OSError:
                if name == "write":  # a disk that fills up takes the first part
                    found(arguments[0][: len(arguments[0]) // 2])
                raise
            return found(*arguments)

        return counted

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._disk.handles.pop(self._file.fileno(), None)
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        self._disk.step("read", self._path)
        return iter(self._file)


# What is done by its path, as the names in `os` and in the steps.
_BY_PATH = {
    "stat": "stat", "lstat": "stat", "listdir": "list", "scandir": "list", "mkdir": "mkdir", "unlink": "unlink",
    "remove": "unlink", "rmdir": "unlink", "fsync": "fsync", "readlink": "stat", "utime": "utime", "chmod": "chmod",
    "access": "stat",
}  # fmt: skip
_BY_TARGET = ("replace", "rename", "link", "symlink")


@contextmanager
def disk(root: Path, fails: Fails = never) -> Iterator[Disk]:
    """Stands between the program and the files below a folder, as long as the block lasts."""
    made = Disk(root, fails)
    with ExitStack() as stack:
        for name, what in _BY_PATH.items():
            stack.enter_context(mock.patch.object(os, name, _by_path(made, what, getattr(os, name))))
        for name in _BY_TARGET:
            stack.enter_context(mock.patch.object(os, name, _by_target(made, getattr(os, name))))
        stack.enter_context(mock.patch.object(os, "open", _handle(made, os.open)))
        stack.enter_context(mock.patch.object(os, "close", _closed(made, os.close)))
        for owner in (io, builtins):
            stack.enter_context(mock.patch.object(owner, "open", _opened(made, io.open)))
        if fcntl:
            stack.enter_context(mock.patch.object(fcntl, "flock", _by_path(made, "lock", fcntl.flock)))
        yield made


def _by_path(made: Disk, what: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def counted(path: Any = ".", *arguments: Any, **named: Any) -> Any:
        made.step(what, path)
        return real(path, *arguments, **named)

    return counted


def _by_target(made: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def counted(source: Any, target: Any, **named: Any) -> Any:
        made.step("replace", target)
        return real(source, target, **named)

    return counted


def _handle(made: Disk, real: Callable[..., int]) -> Callable[..., int]:
    def counted(path: Any, *arguments: Any, **named: Any) -> int:
        made.step("open", path)
        handle = real(path, *arguments, **named)
        if there := made.below(path):
            made.handles[handle] = there
        return handle

    return counted


def _closed(made: Disk, real: Callable[[int], None]) -> Callable[[int], None]:
    def counted(handle: int) -> None:
        made.handles.pop(handle, None)
        real(handle)

    return counted


def _opened(made: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def counted(path: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        writes = set(mode) & set("wxa+")
        made.step("create" if writes else "open", path)
        file = real(path, mode, *arguments, **named)
        return _File(made, file, made.below(path)) if made.below(path) else file

    return counted
