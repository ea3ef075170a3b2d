"""A piece of work in a process of its own, within limits: what it printed, how it ended, and nothing left over."""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

MIB = 1 << 20
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Limits:
    """What one run may take: seconds of processor, seconds on the clock, MiB of memory.

    A ledger of 10 000 items is done in 4 seconds and 160 MiB; address space counts what is mapped, unused parts too.
    """

    cpu: int = 60
    clock: int = 150
    memory: int = 2048


@dataclass(frozen=True)
class Ran:
    """How a piece of work ended: its status, or what ended it (`killed`, a phrase); what it wrote on both streams."""

    status: int | None
    killed: str
    out: str
    err: str
    seconds: float
    peak: float


def forked(work: Callable[[], int], screen: Path, limits: Limits) -> Ran:
    """Does the work in a child of this process; `screen` is a folder for what it prints."""
    _adopt_orphans()
    own = _children()
    out, err = screen / "out.txt", screen / "err.txt"
    sys.stdout.flush()
    sys.stderr.flush()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _child(work, out, err, limits)
    in_time = _ends(pid, limits.clock)
    if not in_time:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
            os.kill(pid, signal.SIGKILL)
    _, code, used = os.wait4(pid, 0)
    _end_orphans(own)
    killed = "" if os.WIFEXITED(code) and in_time else _cause(os.waitstatus_to_exitcode(code), in_time, limits)
    return Ran(
        None if killed else os.waitstatus_to_exitcode(code),
        killed,
        _text(out),
        _text(err),
        time.monotonic() - began,
        used.ru_maxrss / 1024,
    )


def _child(work: Callable[[], int], out: Path, err: Path, limits: Limits) -> NoReturn:
    """The life of the child. It ends here and now: what the parent would do at its own end is not the child's to do."""
    status = 1
    try:
        os.setsid()
        _take_streams(out, err)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 5))
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory * MIB, limits.memory * MIB))
        status = work()
    except SystemExit as asked:
        status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status & 0xFF)


def _take_streams(out: Path, err: Path) -> None:
    """No console to ask on, and both streams into files: below Python too, where libraries print."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)  # noqa: SIM115


def _ends(pid: int, seconds: float) -> bool:
    """Does the process end within these seconds?"""
    handle = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(handle)


def _cause(code: int, in_time: bool, limits: Limits) -> str:
    if not in_time:
        return f"超过{limits.clock}秒，被终止"
    if -code == signal.SIGXCPU:
        return f"处理器时间超过{limits.cpu}秒，被终止"
    return f"被信号{signal.Signals(-code).name}终止"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


# ---------------------------------------------------------------------------------------------- what it started


def _adopt_orphans() -> None:
    """From now on a grandchild whose parent ends becomes a child of this process, which can then end it."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _end_orphans(own: Collection[int]) -> None:
    """Ends every process that the run has left behind. Where one ends, those that it has started come to us in turn."""
    while left := _children() - set(own):
        for pid in left:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _children() -> set[int]:
    """The children of this process."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()}
