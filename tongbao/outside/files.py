"""The one reader of files and folders: what is there, or the plain reason why nobody can know.

Nothing else asks the system for a file. `exists` and its like answer no where a share went away, or raise: both would
be wrong, since what is taken for missing is written anew.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import TypeVar

from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.refusals import Cause, cause_of, unwritten

HOUSE = Path(__file__).parents[1]
Answer = TypeVar("Answer")


class Why(StrEnum):
    """Why a file cannot be read, in the words that the clerk reads."""

    MISSING = "没有这个文件"
    FOLDER = "这是文件夹，不是文件"
    NO_FOLDER = "这是文件，不是文件夹"
    LOCKED = "没有读取权限，或正被别的程序占用"
    LARGE = "文件太大"
    LONG = "文件名或所在文件夹的路径太长，系统打不开"
    NAME = "文件名里有系统不允许的字符"
    AWAY = "读不出来，所在的磁盘、U盘或网络共享出错或没有接上"

    @property
    def code(self) -> str:
        """The code of the problem, for a workbook that cannot be read."""
        return f"file_{self.name.lower()}"

    @property
    def fix(self) -> str:
        """What the clerk can do."""
        return _FIX[self]


_FIX = {
    Why.MISSING: "检查文件名和所在文件夹",
    Why.FOLDER: "请指定里面的文件",
    Why.NO_FOLDER: "请把这个文件移走或改名，再新建同名的文件夹",
    Why.LOCKED: "请关闭正在打开它的程序（Word、Excel、WPS、网盘同步），再运行一次；仍不行，把它复制到自己的文件夹再试",
    Why.LARGE: "请核对是不是这个文件；是的，请删去图片和无关工作表，另存后再试",
    Why.LONG: "请缩短名称，或把整个文件夹移到靠近盘符的位置",
    Why.NAME: "检查文件名，去掉特殊字符",
    Why.AWAY: "请检查网络、U盘是否接好，在文件夹里能打开它之后，再运行一次",
}
# What a reader makes of the rest (a full disk, a read-only one) is of no use to it: the medium has failed.
_WHY = {
    Cause.MISSING: Why.MISSING,
    Cause.FILE: Why.MISSING,
    Cause.FOLDER: Why.FOLDER,
    Cause.HELD: Why.LOCKED,
    Cause.LONG: Why.LONG,
    Cause.NAME: Why.NAME,
}


# The codes of these problems, where they stand among others.
UNREADABLE = {why.code for why in Why}


class UnreadableFile(Refusal):
    """A file that cannot be read; whoever has better words for it catches this, otherwise it is a plain refusal."""

    def __init__(self, path: Path, why: Why) -> None:
        shown = Path(str(path).replace("\0", ""))
        folder = str(from_here(shown).parent)
        where = f"（文件夹：{folder}）" if folder != "." else ""
        super().__init__(Problem(Level.ERROR, "use", f"{why}{where}", why.fix, place=Place(shown.name)))
        self.why = why
        self.name = shown.name

    @property
    def of_a_workbook(self) -> Problem:
        """The same among the problems of a ledger, of which there may be more."""
        return Problem(Level.ERROR, self.why.code, self.why, self.why.fix, place=Place(self.name))


def content(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file, at most so many. Raises UnreadableFile.

    Windows says PermissionError for a folder as for a file that Word holds open, so the folder is asked for first.
    """
    if is_folder(path):
        raise UnreadableFile(path, Why.FOLDER)
    if most is not None and _asked(path, lambda: path.stat().st_size) > most:
        raise UnreadableFile(path, Why.LARGE)
    return _asked(path, path.read_bytes)


def content_if_there(path: Path, most: int | None = None) -> bytes | None:
    """The bytes of a file; None where there is no such file. Raises UnreadableFile where there is one.

    One that is gone between the two questions is no missing one: what is taken for missing may be written anew.
    """
    return content(path, most) if is_there(path) else None


def is_there(path: Path) -> bool:
    """Is there a file or folder of this name? Raises UnreadableFile where nobody can know."""
    return _mode(path) != 0


def is_file(path: Path) -> bool:
    """Is there a file of this name? Raises UnreadableFile where nobody can know."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Is there a folder of this name? Raises UnreadableFile where nobody can know."""
    return stat.S_ISDIR(_mode(path))


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, by name; nothing where there is no such folder. Raises UnreadableFile.

    A folder that is gone between the two questions is no missing one: without its ledgers the figures were others.
    """
    mode = _mode(folder)
    if mode and not stat.S_ISDIR(mode):
        raise UnreadableFile(folder, Why.NO_FOLDER)
    return sorted(_asked(folder, lambda: list(folder.iterdir()))) if mode else []


def named(folder: Path, pattern: str) -> list[Path]:
    """The entries of a folder whose names fit, such as `*.xlsx`; nothing where there is no such folder."""
    return [path for path in entries(folder) if fnmatchcase(path.name, pattern)]


def real_path(path: Path) -> Path:
    """The whole path without links, so that one file has one; as it is where the system cannot tell."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle
        return path


def way_between(start: PurePath, end: PurePath) -> str:
    """The way from a folder to a file, with `/`; the whole path of the file where there is none, as between drives."""
    if start.anchor.casefold() != end.anchor.casefold():
        return end.as_posix()
    shared = next(folder for folder in (start, *start.parents) if end.is_relative_to(folder))
    up = len(start.parts) - len(shared.parts)
    return PurePath(*[".."] * up, *end.parts[len(shared.parts) :]).as_posix()


def way_to(file: Path, folder: Path) -> str:
    """The way from a folder to a file, both as they lie on the disk; see `way_between`."""
    return way_between(real_path(folder), real_path(file))


def from_here(path: Path) -> Path:
    """The path from the current folder where it lies below that, else as it is; also where that folder is gone."""
    try:
        here = Path.cwd()
    except OSError:
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path


def disk_fault(error: Exception) -> Problem | None:
    """What the clerk is told of a file that the disk refused, where no room has better words; None for other faults.

    A file of the program itself, or of a library, that is not there is no fault of the disk's.
    """
    if not isinstance(error, OSError) or not isinstance(error.filename, str):
        return None
    path, cause = Path(error.filename), cause_of(error)
    if any(path.is_relative_to(home) for home in (HOUSE, sys.prefix, sys.base_prefix)):
        return None
    if cause in (Cause.FULL, Cause.READ_ONLY):
        return unwritten(cause, path.parent)
    return UnreadableFile(path, _WHY.get(cause, Why.AWAY)).problems[0]


def _mode(path: Path) -> int:
    """What sort of thing a path is; 0 where there is nothing."""
    try:
        return _asked(path, lambda: path.stat().st_mode)
    except UnreadableFile as error:
        if error.why is Why.MISSING:
            return 0
        raise


def _asked(path: Path, ask: Callable[[], Answer]) -> Answer:
    """What the system answers about a file. Raises UnreadableFile."""
    try:
        return ask()
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, _WHY.get(cause_of(error), Why.AWAY)) from error
