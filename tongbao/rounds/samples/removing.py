"""Takes the samples away: files as they were shipped, papers made of nothing else, reports word for word as shipped.

What an office has changed, or put beside them, is its own and stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.config.issued_as import FILE
from tongbao.config.office import Report, Settings, load_settings
from tongbao.config.without import without_key, without_reports
from tongbao.config.yamllines import text_in
from tongbao.ledger.on_file import workbooks_in
from tongbao.model import Level, Place, Problem
from tongbao.outside.deliver import MEMORY, write_whole
from tongbao.outside.files import (
    UnreadableFile,
    content,
    content_if_there,
    entries,
    from_here,
    is_folder,
    is_there,
    real_path,
)
from tongbao.outside.removal import remove
from tongbao.rounds.samples.reports import as_shipped, usual_folder
from tongbao.rounds.samples.shipped import Shipped

RECORD, KEPT_AS = "figures.json", "config.示例.yaml"


@dataclass(frozen=True, slots=True)
class Samples:
    """What is there of the samples: files, papers made of them, reports of the settings.

    `units`: the roster is one; `office`: so is the office.
    """

    settings: Settings
    files: tuple[Path, ...]
    papers: tuple[Path, ...]
    reports: tuple[str, ...]
    units: bool
    office: bool

    def __bool__(self) -> bool:
        return bool(self.files or self.papers or self.reports or self.units)

    @property
    def is_all(self) -> bool:
        """Is there nothing of the office's own in the settings?"""
        return self.office and len(self.reports) == len(self.settings.reports)

    @property
    def lines(self) -> list[str]:
        """What will be taken away, for a person who is asked."""
        shown = dict.fromkeys(str(from_here(path.parent)) for path in self.files)
        folders = "、".join("程序文件夹" if name == "." else name for name in shown)
        told = [f"示例文件{len(self.files)}个（{folders}）"] if self.files else []
        told += [f"用示例台账出的通报等{len(self.papers)}个文件"] if self.papers else []
        told += (
            [f"{self.settings.file.name} 里的示例通报{len(self.reports)}份：{'、'.join(self.reports)}"]
            if self.reports
            else []
        )
        return told


@dataclass(frozen=True, slots=True)
class Removed:
    """What was done, as lines, and what is left to a person."""

    told: tuple[str, ...]
    problems: tuple[Problem, ...]


def samples_of(config: Path, templates: Path) -> Samples:
    """What of the samples is there, in the program's folder and in these settings. Raises Refusal."""
    settings, shipped = load_settings(config), Shipped.listed(templates)
    files = shipped.unchanged(templates.parent)
    there = {real_path(path) for path in files}
    reports = [
        report
        for report in as_shipped(settings, shipped)
        if not _own_ledgers(report.input, there) and not _own_ledgers(usual_folder(settings, report), there)
    ]
    units = settings.units_file is not None and real_path(settings.units_file) in there
    papers = [path for report in settings.reports for path in _papers(report, set(shipped.files.values()))]
    return Samples(
        settings, tuple(files), tuple(papers), tuple(r.name for r in reports), units, shipped.is_office(settings.office)
    )


def remove_samples(found: Samples) -> Removed:
    """Takes them away: the settings first, so that no report is left whose ledgers are gone. Raises Refusal."""
    config = found.settings.file
    told = _unlisted(config, found) if found.reports or found.units else []
    removed, kept = remove([*found.files, *found.papers])
    told += [f"已删除{len(removed)}个文件"] if removed else []
    return Removed(tuple(told), (*_held(kept), *_left(found)))


def _own_ledgers(folder: Path, samples: set[Path]) -> list[Path]:
    """The workbooks in a folder that are no samples."""
    found = workbooks_in(folder) if is_folder(folder) else []
    return [path for path in found if real_path(path) not in samples]


def _unlisted(config: Path, found: Samples) -> list[str]:
    """Takes the reports out of the settings, of which a copy is kept: its remarks say what can be set."""
    data = content(config)
    copy = config.with_name(KEPT_AS)
    kept = content_if_there(copy)
    if kept is None:
        write_whole(copy, data)
    if found.is_all:
        removed, _ = remove([config])
        return [f"设置都是示例的，{config.name} 改名为 {KEPT_AS}"] if removed else []
    text = without_reports(text_in(config), found.reports)
    text = without_key(text, "units") if found.units else text
    write_whole(config, text.encode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"))
    told = [f"{config.name} 里删去了示例通报：{'、'.join(found.reports)}"] if found.reports else []
    told += [f"{config.name} 里停用了示例的单位名册（units 一行）"] if found.units else []
    return [*told, *([f"原来的设置另存为 {KEPT_AS}"] if kept is None else [])]


def _held(kept: Sequence[Path]) -> Iterator[Problem]:
    for path in kept:
        yield Problem(
            Level.WARNING, "sample_held", "删不掉", "关闭正在打开它的程序，再运行一次", place=Place(path.name)
        )


def _left(found: Samples) -> Iterator[Problem]:
    """What a person has to see to: reports that stay without a ledger, and settings of the sample office."""
    left = [report for report in found.settings.reports if report.name not in found.reports]
    samples = {real_path(path) for path in found.files}
    empty = [report for report in left if not _own_ledgers(report.input, samples)]
    moved = [report.name for report in empty if _own_ledgers(usual_folder(found.settings, report), samples)]
    for name in moved:
        message = f"“{name}”留着：input/{name} 里有本单位的台账，设置里它读的还是示例的文件夹"
        yield Problem(Level.WARNING, "sample_report_kept", message, "在 config.yaml 里把这份通报的 input 一行删去")
    bare = [report.name for report in empty if report.name not in moved]
    if bare:
        message = f"{'、'.join(f'“{name}”' for name in bare)}的设置改过，留着；它的文件夹里现在没有台账"
        yield Problem(
            Level.WARNING, "sample_report_kept", message, "放入本单位的台账；不要这份通报的，在 config.yaml 里删去"
        )
    if not left:
        message = "示例都删去了，还没有本单位的通报"
        yield Problem(Level.NOTE, "no_report_left", message, "把本单位的台账拖到图标上，照着提示建立")


# ---------------------------------------------------------------------------------------------- papers of samples


def _papers(report: Report, sums: set[str]) -> Iterator[Path]:
    """The files that the program wrote from samples alone, and that nobody has changed since."""
    if not is_folder(report.output):
        return
    folders = [folder for folder in entries(report.output) if is_folder(folder)]
    whole = True
    for folder in folders:
        if folder.name.startswith("."):
            continue
        made = list(_made_of(folder, sums))
        yield from made
        whole = whole and len(made) == len([p for p in entries(folder) if not is_folder(p)])
    if whole:  # nothing else is left: what the program remembers of the ledgers is of samples too
        yield from (path for folder in folders if folder.name.startswith(".") for path in entries(folder))
        yield from (path for path in [report.output / FILE] if is_there(path))


def _made_of(folder: Path, sums: set[str]) -> Iterator[Path]:
    """The files of one period that were made from samples alone and stand as they were written."""
    try:
        record = json.loads(content_if_there(folder / RECORD) or b"{}")
        written = json.loads(content_if_there(folder / MEMORY) or b"{}").get("written", {})
    except (ValueError, AttributeError, UnreadableFile):
        return
    inputs = set(record.get("inputs", {}).values()) if isinstance(record, dict) else set()
    if not inputs or not inputs <= sums:
        return
    ours = [folder / name for name, known in written.items() if _sum(folder / name) in known]
    yield from ours
    left = {path.name for path in entries(folder)} - {path.name for path in ours}
    if left <= {MEMORY, RECORD}:
        yield from (folder / name for name in left)


def _sum(path: Path) -> str:
    try:
        return hashlib.sha256(content(path)).hexdigest()
    except UnreadableFile:
        return ""
