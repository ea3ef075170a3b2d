"""`new`: an empty ledger to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.config.office import Periods, Report, Settings
from tongbao.ledger.intake import roster_of
from tongbao.ledger.on_file import workbooks_in
from tongbao.model import Level, Period, Problem
from tongbao.outside.deliver import write_whole
from tongbao.outside.file_names import file_name
from tongbao.outside.files import from_here, is_folder, real_path
from tongbao.rounds.new_ledger.workbook import new_ledger, sheet_names
from tongbao.rounds.samples.shipped import Shipped
from tongbao.rounds.written import Written, refuse_existing


def empty_ledger(settings: Settings, kind: Kind, report: Report | None, period: Period, templates: Path) -> Written:
    """Writes an empty ledger of a kind, with the sheet 填表说明, into the folder of the report.

    Without a report it goes to `input/<name of the kind>` beside the settings; for a report that reads a shipped sample
    to `input/<name of the report>`: no sample is ever written to. Raises Refusal where the file is there.
    """
    roster, problems = roster_of(settings)
    name = report.name if report else kind.name
    moved = report is not None and is_sample_folder(report.input, templates)
    folder = report.input if report and not moved else settings.file.parent / "input" / name
    target = folder / f"{file_name(name)}台账{_told(report, period)}.xlsx"
    refuse_existing(target)
    title = (report and report.annex_title) or f"{name}台账"
    units = [unit.name for unit in roster.units] if roster else []
    said = [*_of_settings(kind, report, folder, moved), *_of_samples(folder, templates)]
    write_whole(target, new_ledger(kind, title, units, names=sheet_names(report, kind, period)))
    return Written(target, (*problems, *said))


def _told(report: Report | None, period: Period) -> str:
    """What the name of the file tells of its period: the year alone, where each of its sheets is one."""
    return f"{period.last.year}年" if report and report.periods is Periods.SHEETS else period.token


def is_sample_folder(folder: Path, templates: Path) -> bool:
    """Does the folder lie in a kind's folder, where the samples are that come with the program?"""
    return real_path(templates) in real_path(folder).parents


def _of_settings(kind: Kind, report: Report | None, folder: Path, moved: bool) -> Iterator[Problem]:
    """What is to be done to the settings before a run reads the new ledger."""
    if report is None:
        entry = f"- {{name: {kind.name}, kind: {kind.id}, title: 关于…的通报}}"
        message = f"config.yaml 里没有读 {from_here(folder)} 的通报"
        yield Problem(Level.WARNING, "new_unread", message, f"在 reports 下加一行：{entry}")
    elif moved:
        message = f"“{report.name}”现在读的是随附的示例，新台账没有放进示例的文件夹，放在 {from_here(folder)}"
        fix = "正式使用时，把 config.yaml 里这份通报的 input 一行删去，就读新台账"
        yield Problem(Level.WARNING, "new_beside_sample", message, fix)


def _of_samples(folder: Path, templates: Path) -> Iterator[Problem]:
    """A warning where ledgers of the sample office lie in the folder: they would count as earlier periods."""
    if not is_folder(folder):
        return
    shipped = Shipped.listed(templates)
    if samples := [path.name for path in workbooks_in(folder) if shipped.holds(path)]:
        message = f"这个文件夹里还有随附的示例台账{len(samples)}本，会当作以前各期计入：{'、'.join(samples)}"
        fix = "正式使用以前，运行 remove-samples（删除示例）把示例删掉"
        yield Problem(Level.WARNING, "new_among_samples", message, fix)
