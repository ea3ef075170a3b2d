"""Which program this is: a digest of its own text, of Python and of the libraries, so that no update is overlooked."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tongbao.outside.files import content

HOUSE = Path(__file__).resolve().parent.parent


@cache
def program_digest(rooms: tuple[str, ...]) -> str:
    """A digest that changes with any text of these rooms (folders or modules) and with any library's version.

    The text is taken, not a number that somebody has to raise: 80 files took 5 ms. Raises UnreadableFile where the
    program does not lie in files.
    """
    told = hashlib.sha256("\n".join([sys.version, *sorted(_libraries(sys.path))]).encode())
    for file in sorted(file for room in rooms for file in _texts(HOUSE / room)):
        told.update(f"\n{file.relative_to(HOUSE).as_posix()}\n".encode())
        told.update(content(file))
    return told.hexdigest()


def _texts(room: Path) -> Iterable[Path]:
    return room.rglob("*.py") if room.is_dir() else [room.with_suffix(".py")]


def _libraries(folders: Iterable[str]) -> set[str]:
    """The names of all libraries with their versions, as the folders say in which they are kept."""
    return {found.name for folder in folders if Path(folder).is_dir() for found in Path(folder).glob("*.dist-info")}
