"""What a command is asked for: the office's own reports; the samples beside them only where they are named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongbao.config.office import load_settings
from tongbao.ledger.asked import Job, is_in, plan
from tongbao.outside.screen import say
from tongbao.rounds.samples.reports import sample_reports
from tongbao.rounds.samples.shipped import Shipped
from tongbao.run.options import Options


def jobs_of(options: Options, templates: Path, files: Sequence[Path] = (), period: str | None = None) -> list[Job]:
    """The jobs that were asked for, without the samples beside them. Raises Refusal, never because of a sample."""
    return plan(options.config, templates, files, options.report, period, left_beside(options, templates, files))


def left_beside(options: Options, templates: Path, files: Sequence[Path] = ()) -> tuple[str, ...]:
    """The samples that are not meant, as the office has reports of its own; none where one is named or given."""
    if options.report:
        return ()
    settings = load_settings(options.config)
    names = sample_reports(settings, templates)
    if len(names) == len(settings.reports):
        return ()
    folders = [report.input for report in settings.reports if report.name in names]
    shipped = Shipped.listed(templates)
    given = any(shipped.holds(file) or any(is_in(file, folder) for folder in folders) for file in files)
    return () if given else names


def tell_left(names: Sequence[str]) -> None:
    """Says which samples no paper was made of, and how they go for good."""
    if names:
        say(f"随附的示例没有出通报：{'、'.join(names)}。")
        say("不要了的，双击“操作”里的“删除示例”（命令 remove-samples）；想看的，用 -r 写明名称。")


def is_meant_for_sample(job: Job, templates: Path) -> bool:
    """Is a ledger of somebody's own taken for one of a sample report, only because their columns are alike?"""
    if job.ledger is None or is_in(job.ledger, job.report.input):
        return False
    return job.report.name in sample_reports(job.settings, templates) and not Shipped.listed(templates).holds(
        job.ledger
    )
