"""Which reports of the settings are samples: word for word as shipped, and without a ledger of the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongbao.config.office import Report, Settings
from tongbao.config.without import reports_in
from tongbao.config.yamllines import text_in
from tongbao.ledger.on_file import workbooks_in
from tongbao.outside.files import is_folder
from tongbao.rounds.samples.shipped import Shipped


def as_shipped(settings: Settings, shipped: Shipped) -> list[Report]:
    """The reports that stand in the settings word for word as they were shipped."""
    entered = reports_in(text_in(settings.file))
    return [r for r in settings.reports if r.name in entered and shipped.is_report(r.name, entered[r.name].says)]


def usual_folder(settings: Settings, report: Report) -> Path:
    """The folder of a report's ledgers where its settings name none: there `new` puts one for a sample report."""
    return settings.file.parent / "input" / report.name


def sample_reports(settings: Settings, templates: Path) -> tuple[str, ...]:
    """The names of the reports that are samples and read nothing else."""
    shipped = Shipped.listed(templates)
    return tuple(
        report.name
        for report in as_shipped(settings, shipped)
        if not _own(report.input, shipped) and not _own(usual_folder(settings, report), shipped)
    )


def is_sample_office(settings: Settings, templates: Path) -> bool:
    """Is there nothing in the settings but the sample office and its reports?"""
    names = sample_reports(settings, templates)
    return Shipped.listed(templates).is_office(settings.office) and len(names) == len(settings.reports)


def _own(folder: Path, shipped: Shipped) -> Sequence[Path]:
    found = workbooks_in(folder) if is_folder(folder) else []
    return [path for path in found if not shipped.holds(path)]
