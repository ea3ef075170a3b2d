"""The one reader of files: their bytes, or the plain reason why these cannot be had."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal


class Why(StrEnum):
    """Why a file cannot be read, in the words that the clerk reads."""

    MISSING = "没有这个文件"
    FOLDER = "这是文件夹，不是文件"
    LOCKED = "没有读取权限，或正被别的程序占用"
    LARGE = "文件太大"


_FIX = {
    Why.MISSING: "检查文件名和所在文件夹",
    Why.FOLDER: "请指定里面的文件",
    Why.LOCKED: "请关闭正在打开它的程序（Word、Excel、WPS、网盘同步），再运行一次",
    Why.LARGE: "请核对是不是这个文件",
}


class UnreadableFile(Refusal):
    """A file that cannot be read; whoever has better words for it catches this, otherwise it is a plain refusal."""

    def __init__(self, path: Path, why: Why) -> None:
        super().__init__(Problem(Level.ERROR, "use", f"{why}：{path}", _FIX[why], place=Place(path.name)))
        self.why = why


def content(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file, at most so many. Raises UnreadableFile.

    Windows says PermissionError for a folder as for a file that Word holds open, so the folder is asked for first.
    """
    try:
        if path.is_dir():
            raise UnreadableFile(path, Why.FOLDER)
        if most is not None and path.stat().st_size > most:
            raise UnreadableFile(path, Why.LARGE)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(path, Why.MISSING) from error
    except OSError as error:
        raise UnreadableFile(path, Why.LOCKED) from error
