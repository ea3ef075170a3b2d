"""A small text file to which one line after the other is added: what was typed is on the disk before the next question.

It stands beside a file that somebody may have open, and is folded into that one when nobody has.
"""

from __future__ import annotations

import os
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.deliver import write_whole
from tongbao.outside.file_names import lock_of
from tongbao.outside.files import content_if_there
from tongbao.outside.locking import alone_in
from tongbao.outside.refusals import told_plainly

# Answers of many years take less; what is larger is none of ours (set by feel).
_MOST = 16 * 1024 * 1024


def lines_in(path: Path) -> tuple[bytes, list[str]]:
    """The bytes of the file and its lines; nothing where there is no such file. Raises UnreadableFile."""
    data = content_if_there(path, _MOST) or b""
    return data, data.decode("utf-8-sig", errors="replace").splitlines()  # Notepad puts a mark in front


def add_line(path: Path, line: str) -> tuple[bytes, bytes]:
    """Adds a line, which is on the disk when this returns. Gives what the file held before, and holds now.

    Raises `Refusal`.
    """
    with told_plainly(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone_in(path.parent):
            before = content_if_there(path, _MOST) or b""
            # Where the power failed in the middle of a line, the next one does not go down with it.
            joint = b"" if before[-1:] in (b"", b"\n") else b"\n"
            added = joint + line.encode("utf-8", errors="replace") + b"\n"
            with path.open("ab") as file:
                file.write(added)
                file.flush()
                os.fsync(file.fileno())
            return before, before + added


def fold_in(target: Path, data: bytes, before: bytes | None, journal: Path, known: bytes) -> Problem | None:
    """Writes a file in which all stands that the journal held so far, and takes the journal away.

    `before` and `known` are what the two files held when they were read; what was written into either since is not
    lost. Gives a problem, and changes nothing, where somebody has the file open or has changed it. Raises `Refusal`
    where nothing can be written at all.
    """
    with told_plainly(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        with alone_in(target.parent):
            if lock_of(target):
                return _left(target, "正在 Excel 或 WPS 中打开", f"关闭它；没有打开的，删去旁边的“~${target.name}”")
            if content_if_there(target) != before:
                return _left(target, "在运行当中被人改过", "不用改什么")
            try:
                write_whole(target, data)
            except Refusal as refusal:
                if refusal.problems[0].code != "output-open":
                    raise
                return _left(target, "正被别的程序打开，或是只读的", "关闭正在打开它的程序（Excel、WPS、网盘同步）")
            if known and content_if_there(journal) == known:
                journal.unlink(missing_ok=True)
    return None


def _left(target: Path, found: str, fix: str) -> Problem:
    message = f"{found}，没有更新"
    return Problem(Level.WARNING, "answers_waiting", message, f"{fix}，再运行一次", place=Place(target.name))
