"""The only writer of files: whole or not at all, and never over a file that a person has changed.

Every file is written to a temporary file beside its target, read back, and then put in place in one step. What was
written is remembered in `.tongbao.json` in the same folder *before* it is put in place, so that a file whose bytes
are not in that memory is known to be somebody else's work, whenever an earlier run was cut off.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.locking import alone_in

MEMORY = ".tongbao.json"
TEMPORARY = ".tongbao-{}.tmp"
LONGEST_NAME = 60
LONGEST_PATH = 259 if os.name == "nt" else 4096  # Windows and Word refuse more
MOST_COPIES = 99
FORBIDDEN = {ord(c): ord(c) + 0xFEE0 for c in '<>:"/\\|?*'}  # to the full-width sign of the same look
RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\..*)?", re.IGNORECASE)

Record = Callable[[Mapping[str, str]], bytes]


def deliver(
    folder: Path, files: Mapping[str, bytes], record: tuple[str, Record] | None = None
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the files into the folder, all made ready before the first is put in place.

    Gives the path of each, in order, and what the clerk should know: a file that a person has changed since, or that
    is open in Word or WPS, stays as it is, and the new one gets a new name. `record` names a file that is written
    last, always under its own name, from the names that the others got. Raises `Refusal` where the folder cannot be
    written to (read-only, disk full, path too long); what was there before is then whole.
    """
    named = {name: _cleaned(name) for name in files}
    longest = max(len(str(folder.absolute() / name)) for name in ("", *named.values())) + len("（99）")
    if longest > LONGEST_PATH:
        raise Refusal(_too_long(folder))
    with _plain_refusals(folder):
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
    with _plain_refusals(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written(path.parent, data)
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def write_log(folder: Path, when: datetime, text: str) -> Path:
    """Keeps the details of a fault, in the system's folder for temporary files where the given one is read-only."""
    name = f"{when:%Y%m%d-%H%M%S}.txt"
    for place in (folder, Path(tempfile.gettempdir())):
        with suppress(Refusal):
            write_whole(place / name, text.encode("utf-8-sig"))
            return place / name
    return folder / name


def file_name(title: str) -> str:
    """A title as a file name without suffix that Windows and Linux both take, of at most 60 characters."""
    line = re.sub(r"\s+", " ", title).translate(FORBIDDEN)
    shown = "".join(c for c in line if not unicodedata.category(c).startswith("C"))
    name = shown.lstrip(" .~$")[:LONGEST_NAME].rstrip(" .")
    return f"_{name}" if RESERVED.fullmatch(name) else name or "未命名"


# ---------------------------------------------------------------------------------------------- one delivery


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that waits beside its target, and the sum of its bytes."""

    asked: str
    sum: str
    temporary: Path


@dataclass(slots=True)
class _Delivery:
    """The files under way to one folder. `memory`: the sums of what we wrote there, by name, the newest last."""

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
                temporary.unlink(missing_ok=True)

    def carry_out(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Makes all ready, chooses the names, remembers them, and only then puts the files in place."""
        ready = [_Ready(name, _sum(data), self.prepare(data)) for name, data in files]
        names = [self.choose(file) for file in ready]
        if ready:
            self.remember(dict(zip(names, ready, strict=True)))
        return [self.put(file, name) for file, name in zip(ready, names, strict=True)]

    def prepare(self, data: bytes) -> Path:
        temporary = _written(self.folder, data)
        self.waiting.append(temporary)
        return temporary

    def choose(self, file: _Ready, refused: Problem | None = None) -> str:
        """The first name of its row that is free, or ours and closed; a problem tells why it is not the first."""
        for name in _candidates(file.asked):
            obstacle = self.obstacle(name, file)
            if obstacle is None:
                self.blocked.add(name)
                if refused:
                    self.problems.append(replace(refused, fix=refused.fix.format(name)))
                return name
            refused = refused or obstacle
        raise Refusal(_refused("output-names", f"“{file.asked}”已有{MOST_COPIES}份", "请清理这个文件夹", self.folder))

    def obstacle(self, name: str, file: _Ready) -> Problem | None:
        """Why the name cannot be used; None where it is free, ours, or holds these very bytes."""
        target = self.folder / name
        if name in self.blocked:
            return _changed(name)
        if not os.path.lexists(target):
            return None
        try:
            there = _sum(target.read_bytes())
        except OSError:
            return _open(name)
        if there == file.sum:
            return None
        if there not in self.memory.get(name, ()):
            return _changed(name)
        return _open(name) if _lock_of(target) else None

    def remember(self, chosen: Mapping[str, _Ready]) -> None:
        """Keeps two sums of each name: what of ours is there now, and what is about to be."""
        for name, file in chosen.items():
            target = self.folder / name
            there = [_sum(target.read_bytes())] if target.is_file() else []
            self.memory[name] = [*there, file.sum]
        text = json.dumps({"format": 1, "written": self.memory}, ensure_ascii=False, indent=1)
        self.prepare(text.encode("utf-8")).replace(self.folder / MEMORY)

    def put(self, file: _Ready, name: str) -> str:
        """Puts the file in place; where another program holds the target, under the next name."""
        target = self.folder / name
        if target.is_file() and _sum(target.read_bytes()) == file.sum:
            return name
        try:
            file.temporary.replace(target)
        except PermissionError:
            if not target.exists():
                raise
            other = self.choose(file, _open(name))
            self.remember({other: file})
            return self.put(file, other)
        return name

    def put_record(self, name: str, data: bytes) -> None:
        self.blocked.add(name)
        try:
            self.prepare(data).replace(self.folder / name)
        except PermissionError:
            message = f"“{name}”正被其他程序打开，没有更新"
            self.problems.append(_warning("output-open", message, "请关闭后再运行一次", name))

    def stale(self) -> list[Problem]:
        """Names earlier files of ours that this run neither wrote nor spoke of: they hold earlier figures."""
        left = self.memory.keys() - self.blocked - {problem.place.file for problem in self.problems}
        return [_stale(name) for name in sorted(left) if (self.folder / name).exists()]


def _cleaned(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return file_name(stem) + dot + suffix if stem else file_name(name)


def _candidates(name: str) -> Iterator[str]:
    """`名.docx`, `名（2）.docx`, `名（3）.docx` …"""
    stem, dot, suffix = name.rpartition(".")
    yield name
    for number in range(2, MOST_COPIES + 1):
        yield f"{stem}（{number}）{dot}{suffix}"


def _lock_of(target: Path) -> Path | None:
    """The file by which Word, WPS or LibreOffice marks the target as open."""
    name = target.name
    marks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return next((p for p in map(target.with_name, marks) if p.exists()), None)


def _changed(name: str) -> Problem:
    message = f"“{name}”已被人改动过（或不是本程序写的），没有覆盖"
    return _warning("output-edited", message, "新的另存为“{}”，请比较后取用", name)


def _open(name: str) -> Problem:
    message = f"“{name}”正在 Word 或 WPS 中打开，没有覆盖"
    return _warning("output-open", message, "新的另存为“{}”；请关闭旧的，以新的为准", name)


def _stale(name: str) -> Problem:
    message = f"文件夹里还有以前生成的“{name}”，本次没有更新"
    return Problem(Level.NOTE, "output-stale", message, "请以本次的文件为准；不再需要时请删去它", place=Place(name))


def _warning(code: str, message: str, fix: str, name: str) -> Problem:
    return Problem(Level.WARNING, code, message, fix, place=Place(name))


# ---------------------------------------------------------------------------------------------- bytes on the disk


def _written(folder: Path, data: bytes) -> Path:
    """A temporary file that holds the data, safe on the disk and read back."""
    temporary = folder / TEMPORARY.format(secrets.token_hex(6))
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "read back differs")
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sync(folder: Path) -> None:
    """Makes the new names safe on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)


def _sweep(folder: Path) -> None:
    """Removes what killed runs left. Nobody else is in the folder now, so none of it is in use."""
    for leftover in folder.glob(TEMPORARY.format("[0-9a-f]" * 12)):
        with suppress(OSError):
            leftover.unlink()


def _remembered(folder: Path) -> dict[str, list[str]]:
    """What we wrote here, as far as it can be read: an unreadable memory makes every file somebody else's."""
    try:
        written = json.loads((folder / MEMORY).read_text(encoding="utf-8"))["written"]
        return {str(name): [str(s) for s in sums] for name, sums in written.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ---------------------------------------------------------------------------------------------- what can go wrong


@contextmanager
def _plain_refusals(folder: Path) -> Iterator[None]:
    """Turns what the system says about a folder into what the clerk can do."""
    try:
        yield
    except OSError as error:
        raise Refusal(_reason(error, folder)) from error


def _reason(error: OSError, folder: Path) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", 0) in (39, 112):
        return _refused("disk-full", "磁盘空间不够，没有写出", "请清理磁盘后再运行一次；以前的文件没有动", folder)
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) == 206:
        return _too_long(folder)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return _refused("output-folder", "要写入的文件夹被一个同名文件占用", "请把那个文件移走或改名", folder)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        fix = "请把整个文件夹复制到能写入的本地磁盘，或在配置里改 output"
        return _refused("output-folder", "文件夹是只读的，没有写入权限", fix, folder)
    return _refused(
        "output-folder", f"写不出文件（{error.strerror or error}）", "请检查磁盘或网络盘后再运行一次", folder
    )


def _too_long(folder: Path) -> Problem:
    found = f"文件夹的路径太长（{len(str(folder.absolute()))}个字），写不了文件"
    return _refused("path-too-long", found, "请把整个文件夹移到靠近盘符的位置，或缩短文件夹的名称", folder)


def _refused(code: str, found: str, fix: str, folder: Path) -> Problem:
    return Problem(Level.ERROR, code, found, fix, place=Place(str(folder)))
