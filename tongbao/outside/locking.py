"""One process at a time in a folder. No file of the lock stays behind, however the process ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 0.2  # seconds between two tries, set by feel: nobody notices them, and they cost no processor time


@contextmanager
def alone_in(folder: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[bool]:
    """Waits until no other process is in the folder, and keeps others out meanwhile.

    `on_wait` is called once if there is another process to wait for. Gives False where the file system has no locks
    (some network shares): then nobody is kept out, and no file may be taken for the leftover of a killed run.
    """
    handle = _acquire(folder)
    if handle is None:
        on_wait()
    while handle is None:
        time.sleep(PATIENCE)
        handle = _acquire(folder)
    try:
        yield handle >= 0
    finally:
        if handle >= 0:
            os.close(handle)


if sys.platform == "win32":

    def _acquire(folder: Path) -> int | None:
        """The handle of the lock, None where another process has it, -1 where the file system has no locks.

        The lock is a file that cannot be made twice and that the system deletes when its handle is closed.
        """
        path = folder / ".tongbao.lock"
        try:
            return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY)
        except (FileExistsError, PermissionError):  # made by another, or just being deleted
            return None if path.exists() else -1
        except OSError:
            return -1

else:
    import fcntl

    def _acquire(folder: Path) -> int | None:
        """The handle of a lock on the folder itself; None where another process has it, -1 where there are no locks."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            os.close(handle)
            return -1
        return handle
