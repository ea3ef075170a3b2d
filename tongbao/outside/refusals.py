"""Why the disk refuses, in one list for all systems; and what the clerk is told where a file cannot be written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal


class Cause(Enum):
    """What stands in the way, whatever number the system gives it."""

    MISSING = auto()
    FOLDER = auto()  # a folder where a file is wanted
    FILE = auto()  # a file where a folder is wanted
    HELD = auto()  # by another program, or by want of a right: Windows says the same of both
    READ_ONLY = auto()
    FULL = auto()
    LONG = auto()
    NAME = auto()
    AWAY = auto()


# The numbers of Windows come first: it maps many of them to one errno, and most of the share's to EINVAL.
_WINDOWS = {
    Cause.MISSING: (2, 3),  # 15, an unknown drive, is away: a stick was pulled out
    Cause.HELD: (5, 32, 33, 1224),
    Cause.READ_ONLY: (19,),
    Cause.FULL: (39, 112, 1295),
    Cause.LONG: (111, 206),
    Cause.NAME: (87, 123, 161),
    Cause.FILE: (80, 183, 267),
}
_ELSEWHERE = {
    Cause.MISSING: (errno.ENOENT,),
    Cause.FOLDER: (errno.EISDIR,),
    Cause.FILE: (errno.ENOTDIR, errno.EEXIST),
    Cause.HELD: (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EAGAIN),
    Cause.READ_ONLY: (errno.EROFS,),
    Cause.FULL: (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    Cause.LONG: (errno.ENAMETOOLONG,),
    Cause.NAME: (errno.EINVAL, errno.EILSEQ),
}
_BY_WINDOWS = {number: cause for cause, numbers in _WINDOWS.items() for number in numbers}
_BY_NUMBER = {number: cause for cause, numbers in _ELSEWHERE.items() for number in numbers}


def cause_of(error: OSError | ValueError) -> Cause:
    """What stands in the way. A ValueError comes of a name that no system could have: with a NUL, or half a character.

    Whatever is not known is taken for a disk or a share that cannot be reached: an error in reading or writing the
    medium (EIO), a stale handle, any of the dozens of network errors.
    """
    if isinstance(error, ValueError):
        return Cause.NAME
    windows = getattr(error, "winerror", None)
    if windows:
        return _BY_WINDOWS.get(windows, Cause.AWAY)
    return _BY_NUMBER.get(error.errno or 0, Cause.AWAY)


def spellable(path: Path) -> bool:
    """Can the system have a file of this name at all?"""
    try:
        return b"\0" not in os.fsencode(path)
    except ValueError:
        return False


# ---------------------------------------------------------------------------------------------- what cannot be written


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turns an OSError into a `Refusal` that says what the clerk can do about the folder."""
    if not spellable(folder):
        raise Refusal(unwritten(Cause.NAME, folder))
    try:
        yield
    except OSError as error:
        raise Refusal(unwritten(cause_of(error), folder)) from error


def unwritten(cause: Cause, folder: Path) -> Problem:
    """What the clerk is told of a folder into which nothing can be written."""
    if cause is Cause.FULL:
        return refused("disk-full", "磁盘空间不够，没有写出", "请清理磁盘后再运行一次；以前的文件没有动", folder)
    if cause is Cause.LONG:
        return too_long(folder)
    found, fix = _UNWRITTEN.get(cause, _AWAY)
    return refused("output-folder", found, fix, folder)


_TAKEN = ("要写入的文件夹被一个同名文件占用", "请把那个文件移走或改名")
_UNWRITTEN = {
    Cause.FILE: _TAKEN,
    Cause.FOLDER: ("要写入的文件名被一个同名文件夹占用", "请把那个文件夹移走或改名"),
    Cause.HELD: (
        "文件夹是只读的，没有写入权限",
        "请把整个文件夹复制到能写入的本地磁盘再运行；只是通报的文件夹，也可以在 config.yaml 里改 output",
    ),
    Cause.NAME: ("文件夹的名称里有系统不允许的字符，写不了文件", "请改名，去掉特殊字符"),
}
_UNWRITTEN[Cause.READ_ONLY] = _UNWRITTEN[Cause.HELD]
_AWAY = ("写不出文件，所在的磁盘、U盘或网络盘出错或没有接上", "请检查磁盘或网络盘后再运行一次；以前的文件没有动")


def too_long(folder: Path) -> Problem:
    """The problem of a folder whose path leaves no room for a file's name."""
    found = f"文件夹的路径太长（{len(str(folder))}个字），写不了文件"
    return refused("path-too-long", found, "请把整个文件夹移到靠近盘符的位置，或缩短文件夹的名称", folder)


def refused(code: str, found: str, fix: str, folder: Path) -> Problem:
    """An error whose place is the folder, with what was found and what to do, in Chinese."""
    return Problem(Level.ERROR, code, found, fix, place=Place(str(folder)))
