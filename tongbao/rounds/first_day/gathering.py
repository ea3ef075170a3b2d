"""The ledgers and circulars among what was given: files, and folders with all that lies in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.ledger.on_file import SUFFIXES, workbooks_in
from tongbao.outside.files import entries, is_folder
from tongbao.words.periods import parse_period
from tongbao.words.text import first_few

_PAPERS = {".docx", ".docm"}
# Folders in which copies lie, and those that the program or others write into.
_COPIES = re.compile(r"备份|副本|复件|拷贝|旧版|作废|废弃|backup|copy", re.IGNORECASE)
_NOT_OURS = {
    "output": "程序写出的",
    "分发": "分发下去的",
    "退回": "各单位退回的",
    "运行日志": "程序写出的",
    "wheels": "程序的",
}
# Folders below each other that are looked into: years, months and units make three (set by feel).
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Gathered:
    """The ledgers; the circulars by the periods in their names; what was not looked at, each with the reason."""

    ledgers: tuple[Path, ...] = ()
    papers: tuple[Path, ...] = ()
    left: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """A line that says what was not looked at."""
        names = first_few([f"{name}（{why}）" for name, why in self.left], 6)
        return (f"没有看的：{names}",) if self.left else ()


def gathered(given: Sequence[Path]) -> Gathered:
    """The files that were given, and those in folders that were, in the folders below too; copies are left out."""
    folders: list[Path] = []
    left: list[tuple[str, str]] = []
    for path in given:
        if is_folder(path):
            _walk(path, path.name, _DEPTH, folders, left)
    files = [path for path in given if not is_folder(path)]
    ledgers = [path for path in files if path.suffix.lower() in SUFFIXES or not path.suffix]
    papers = [path for path in files if path.suffix.lower() in _PAPERS]
    for folder in folders:
        ledgers += _without_copies(workbooks_in(folder), left)
        papers += _without_copies(_papers_in(folder), left)
    return Gathered(tuple(_each_once(ledgers)), tuple(_by_period(_each_once(papers))), tuple(left))


def _walk(folder: Path, name: str, depth: int, folders: list[Path], left: list[tuple[str, str]]) -> None:
    folders.append(folder)
    for inner in filter(is_folder, entries(folder)):
        shown = f"{name}/{inner.name}"
        if inner.name.startswith((".", "~", "__")):
            continue
        if why := _NOT_OURS.get(inner.name.lower()) or ("备份" if _COPIES.search(inner.name) else ""):
            left.append((shown, why))
        elif depth <= 1:
            left.append((shown, "太深了"))
        else:
            _walk(inner, shown, depth - 1, folders, left)


def _papers_in(folder: Path) -> list[Path]:
    found = (path for path in entries(folder) if path.suffix.lower() in _PAPERS)
    return [path for path in found if not path.name.startswith((".", "~$"))]


def _without_copies(files: Iterable[Path], left: list[tuple[str, str]]) -> Iterator[Path]:
    """The files of a folder that are no copies by their names; those that are called so alone are taken."""
    files = list(files)
    copies = [path for path in files if _COPIES.search(path.stem)]
    if len(copies) == len(files):
        copies = []
    left += [(path.name, "备份") for path in copies]
    return (path for path in files if path not in copies)


def _each_once(files: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(files))


def _by_period(papers: Iterable[Path]) -> list[Path]:
    dated = {path: parse_period(path.stem) for path in papers}
    return sorted(dated, key=lambda path: it.last.isoformat() if (it := dated[path]) else "")
