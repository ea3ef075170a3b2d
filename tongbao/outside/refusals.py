"""What the clerk is told where the disk refuses a file: full, read-only, a path too long, a name in use."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turns an OSError into a `Refusal` that says what the clerk can do about the folder."""
    try:
        yield
    except OSError as error:
        raise Refusal(_reason(error, folder)) from error


def _reason(error: OSError, folder: Path) -> Problem:
    """What the clerk is told of an error. The numbers of Windows: 39 and 112 disk full, 206 name too long."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", 0) in (39, 112):
        return refused("disk-full", "磁盘空间不够，没有写出", "请清理磁盘后再运行一次；以前的文件没有动", folder)
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) == 206:
        return too_long(folder)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return refused("output-folder", "要写入的文件夹被一个同名文件占用", "请把那个文件移走或改名", folder)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        fix = "请把整个文件夹复制到能写入的本地磁盘，或在配置里改 output"
        return refused("output-folder", "文件夹是只读的，没有写入权限", fix, folder)
    return refused(
        "output-folder", f"写不出文件（{error.strerror or error}）", "请检查磁盘或网络盘后再运行一次", folder
    )


def too_long(folder: Path) -> Problem:
    """The problem of a folder whose path leaves no room for a file's name."""
    found = f"文件夹的路径太长（{len(str(folder.absolute()))}个字），写不了文件"
    return refused("path-too-long", found, "请把整个文件夹移到靠近盘符的位置，或缩短文件夹的名称", folder)


def refused(code: str, found: str, fix: str, folder: Path) -> Problem:
    """An error whose place is the folder, with what was found and what to do, in Chinese."""
    return Problem(Level.ERROR, code, found, fix, place=Place(str(folder)))
