"""The only writer of files: whole or not at all, and never over a file that a person has changed.

Every file is written to a temporary file beside its target, read back, and then put in place in one step. Its checksum
is kept in `.tongbao.json` in the same folder *before* it is put in place. A file whose checksum is not there is thus
somebody else's work, at whatever moment an earlier run was cut off.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.file_names import MOST_COPIES, candidates, cleaned, lock_of
from tongbao.outside.files import UnreadableFile, Why, content_if_there, is_there
from tongbao.outside.locking import alone_in
from tongbao.outside.refusals import Cause, cause_of, refused, told_plainly, too_long, unwritten

MEMORY = ".tongbao.json"
TEMPORARY = ".tongbao-{}.tmp"
# Word is said to refuse longer paths than 259, Excel than 218; it was not tried. On Linux 4096 is the system's limit.
LONGEST_PATH = 259 if os.name == "nt" else 4096
Record = Callable[[Mapping[str, str]], bytes]


def deliver(
    folder: Path, files: Mapping[str, bytes], record: tuple[str, Record] | None = None
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the files into the folder; all are made ready before the first is put in place.

    Gives the path of each, in order, and what the clerk should know: a file that a person has changed since, or that
    is open in Word or WPS, stays as it is, and the new one gets a new name. `record` is the name of a file that is
    written last, always under that name, and a function that makes its bytes from the names that the others got, by
    the names asked for. Raises `Refusal` where the folder cannot be written to (read-only, disk full, path too long);
    what was there before is then whole.
    """
    named = {name: cleaned(name) for name in files}
    with told_plainly(folder):
        longest = max(len(str(folder.absolute() / name)) for name in ("", *named.values())) + len("（99）")
        if longest > LONGEST_PATH:
            raise Refusal(too_long(folder))
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder) as alone:
            if alone:
                _sweep(folder)
            delivery = _Delivery(folder, _remembered(folder))
            with delivery.temporaries():
                names = delivery.carry_out([(named[asked], data) for asked, data in files.items()])
                if record:
                    delivery.put_record(record[0], record[1](dict(zip(files, names, strict=True))))
            _sync(folder)
            return tuple(folder / name for name in names), [*delivery.problems, *delivery.stale()]


def write_whole(path: Path, data: bytes) -> None:
    """Writes one file of the program's own (stored answers, records), replacing what was there. Raises `Refusal`."""
    with told_plainly(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written(path.parent, data)
        try:
            temporary.replace(path)
        except BaseException as error:
            _remove(temporary)
            if not isinstance(error, OSError):
                raise
            raise Refusal(_not_replaced(path, cause_of(error))) from error


def put_instead(old: Path, new: Path, data: bytes) -> None:
    """Writes a file in the place of another one, which may have another name; never are both there afterwards.

    Raises `Refusal` where the old one cannot be taken away; the new one is then taken away again.
    """
    write_whole(new, data)
    if new != old:
        try:
            old.unlink()
        except OSError as error:
            _remove(new)
            raise Refusal(_not_replaced(old, cause_of(error))) from error


def keep(folder: Path, files: Mapping[str, bytes], unwanted: Iterable[str]) -> None:
    """Writes files that the program can do without and removes unwanted ones, as far as the disk lets it.

    Nothing is told of what fails: who needs such a file and does not find it makes it anew.
    """
    with suppress(Refusal), told_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder) as alone:
            if alone:
                _sweep(folder)
            for name in unwanted:
                with suppress(OSError):
                    (folder / name).unlink()
            for name, data in files.items():
                with suppress(Refusal):
                    write_whole(folder / name, data)


def write_log(folder: Path, when: datetime, text: str) -> Path:
    """Writes the details of a fault into the folder, or into the system's temporary one where that is read-only.

    Gives the path of the log, also where neither could be written.
    """
    name = f"{when:%Y%m%d-%H%M%S}.txt"
    data = text.encode("utf-8-sig", errors="replace")
    with suppress(Refusal):
        write_whole(folder / name, data)
        return folder / name
    with suppress(Refusal, OSError):  # there may be no temporary folder at all
        write_whole(Path(tempfile.gettempdir()) / name, data)
        return Path(tempfile.gettempdir()) / name
    return folder / name


# ---------------------------------------------------------------------------------------------- one delivery


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that waits beside its target: the name asked for, its checksum (SHA-256), its temporary path."""

    asked: str
    sum: str
    temporary: Path


@dataclass(slots=True)
class _Delivery:
    """One delivery to one folder. `memory` holds the checksums of what we wrote there, by name, the newest last.

    `blocked` are the names that this delivery uses, `waiting` its temporary files.
    """

    folder: Path
    memory: dict[str, list[str]]
    blocked: set[str] = field(default_factory=set)
    waiting: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def temporaries(self) -> Iterator[None]:
        """Leaves no temporary file behind, whatever goes wrong."""
        try:
            yield
        finally:
            for temporary in self.waiting:
                _remove(temporary)

    def carry_out(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Makes all ready, chooses the names, remembers them, then puts the files in place; gives the names."""
        ready = [_Ready(name, _sum(data), self.prepare(data)) for name, data in files]
        names = [self.choose(file) for file in ready]
        if ready:
            self.remember(dict(zip(names, ready, strict=True)))
        return [self.put(file, name) for file, name in zip(ready, names, strict=True)]

    def prepare(self, data: bytes) -> Path:
        """A temporary file in the folder that holds the data."""
        temporary = _written(self.folder, data)
        self.waiting.append(temporary)
        return temporary

    def choose(self, file: _Ready, hindrance: Problem | None = None) -> str:
        """The first of a file's names that can be used. Where it is not the one asked for, a problem tells why."""
        for name in candidates(file.asked):
            obstacle = self.obstacle(name, file)
            if obstacle is None:
                self.blocked.add(name)
                if hindrance:
                    self.problems.append(replace(hindrance, fix=hindrance.fix.format(name)))
                return name
            hindrance = hindrance or obstacle
        raise Refusal(refused("output-names", f"“{file.asked}”已有{MOST_COPIES}份", "请清理这个文件夹", self.folder))

    def obstacle(self, name: str, file: _Ready) -> Problem | None:
        """Why a name cannot be used; None where it is free, holds these very bytes, or is our own file and closed."""
        target = self.folder / name
        if name in self.blocked:
            return _changed(name)
        try:
            data = content_if_there(target)
        except UnreadableFile as error:
            if error.why not in (Why.LOCKED, Why.FOLDER):
                raise
            return _open(name) if error.why is Why.LOCKED else _changed(name)
        if data is None or _sum(data) == file.sum:
            return None
        if _sum(data) not in self.memory.get(name, ()):
            return _changed(name)
        return _open(name) if lock_of(target) else None

    def remember(self, chosen: Mapping[str, _Ready]) -> None:
        """Keeps two checksums for each name, of the file that is there now and of the one that will be.

        With both, the file is known as ours whether or not the run ends before the new one is in place.
        """
        for name, file in chosen.items():
            data = content_if_there(self.folder / name)
            self.memory[name] = [file.sum] if data is None else [_sum(data), file.sum]
        text = json.dumps({"format": 1, "written": self.memory}, ensure_ascii=False, indent=1)
        self.prepare(text.encode("utf-8")).replace(self.folder / MEMORY)

    def put(self, file: _Ready, name: str) -> str:
        """Puts the file in place; where another program holds the target, under the next name."""
        target = self.folder / name
        data = content_if_there(target)
        if data is not None and _sum(data) == file.sum:
            return name
        try:
            file.temporary.replace(target)
        except PermissionError:
            if not is_there(target):
                raise
            other = self.choose(file, _open(name))
            self.remember({other: file})
            return self.put(file, other)
        return name

    def put_record(self, name: str, data: bytes) -> None:
        """Puts the record in place under its own name; where another program holds it, a problem tells so."""
        self.blocked.add(name)
        temporary = self.prepare(data)
        try:
            temporary.replace(self.folder / name)
        except PermissionError:
            if not is_there(self.folder / name):
                raise
            message = f"“{name}”正被其他程序打开，没有更新"
            self.problems.append(_warning("output-open", message, "请关闭后再运行一次", name))

    def stale(self) -> list[Problem]:
        """A problem for each earlier file of ours that this run neither wrote nor told of: it holds old figures."""
        left = self.memory.keys() - self.blocked - {problem.place.file for problem in self.problems}
        with suppress(UnreadableFile):  # all is in place by now: what cannot be looked for is not told of
            return [_stale(name) for name in sorted(left) if is_there(self.folder / name)]
        return []


def _changed(name: str) -> Problem:
    message = f"“{name}”已被人改动过（或不是本程序写的），没有覆盖"
    return _warning("output-edited", message, "新的另存为“{}”，请比较后取用", name)


def _open(name: str) -> Problem:
    message = f"“{name}”正在 Word 或 WPS 中打开，没有覆盖"
    return _warning("output-open", message, "新的另存为“{}”；请关闭旧的，以新的为准", name)


def _not_replaced(path: Path, cause: Cause) -> Problem:
    """What the clerk is told of a file that cannot take the place of an earlier one."""
    if cause is not Cause.HELD or not is_there(path):
        return unwritten(cause, path.parent)
    message = "正被别的程序打开，或是只读的，没有写入"
    fix = "请关闭正在打开它的程序（Excel、WPS、网盘同步），再运行一次"
    return Problem(Level.ERROR, "output-open", message, fix, place=Place(path.name))


def _stale(name: str) -> Problem:
    message = f"文件夹里还有以前生成的“{name}”，本次没有更新"
    return Problem(Level.NOTE, "output-stale", message, "请以本次的文件为准；不再需要时请删去它", place=Place(name))


def _warning(code: str, message: str, fix: str, name: str) -> Problem:
    return Problem(Level.WARNING, code, message, fix, place=Place(name))


# ---------------------------------------------------------------------------------------------- bytes on the disk


def _written(folder: Path, data: bytes) -> Path:
    """A temporary file that holds the data, flushed to the disk and read back. Raises OSError."""
    temporary = folder / TEMPORARY.format(secrets.token_hex(6))
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "read back differs")
    except BaseException:  # also where the clerk stops the run in the middle of it
        _remove(temporary)
        raise
    return temporary


def _remove(temporary: Path) -> None:
    """Removes a temporary file, on the second try where a virus scanner still reads it on the first.

    A share that is just coming back may say of a file that it is not there: that is not believed at once either.
    """
    for _ in range(2):
        with suppress(OSError):
            temporary.unlink()
            return


def _sync(folder: Path) -> None:
    """Flushes the folder, with its new names, to the disk where the system can do so."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Removes the temporary files of killed runs. No other run is in the folder now, so none of them is in use."""
    for leftover in folder.glob(TEMPORARY.format("[0-9a-f]" * 12)):
        with suppress(OSError):
            leftover.unlink()


def _remembered(folder: Path) -> dict[str, list[str]]:
    """The checksums of what we wrote here, by name. Where they are damaged, every file counts as somebody else's.

    Where they cannot be had just now, nothing may be written: they would be lost, and with them what is ours.
    """
    try:
        written = json.loads(content_if_there(folder / MEMORY) or b"")["written"]
        return {str(name): [str(s) for s in sums] for name, sums in written.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
