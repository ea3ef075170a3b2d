"""Taking away files that the program itself brought or made; whoever calls knows that they are nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def remove(files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Removes files, and the folders that are empty then. Gives those removed and those that the system keeps."""
    removed, kept = [], []
    for path in files:
        try:
            path.unlink()
        except OSError:
            kept.append(path)
        else:
            removed.append(path)
    for folder in dict.fromkeys(path.parent for path in removed):
        _remove_empty(folder)
    return removed, kept


def _remove_empty(folder: Path) -> None:
    """Removes a folder, and those above it that hold nothing else either."""
    try:
        folder.rmdir()
    except OSError:  # something else lies in it
        return
    _remove_empty(folder.parent)
