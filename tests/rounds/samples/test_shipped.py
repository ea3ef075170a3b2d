"""The list of samples is true: what is committed is what it names."""

from __future__ import annotations

from tests.support.folders import ROOT
from tongbao.config.without import reports_in
from tongbao.rounds.samples.shipped import LIST, Shipped

SHIPPED = Shipped.listed(ROOT / "templates")


def test_every_sample_lies_there_unchanged():
    """Otherwise: run python -m tools.samples."""
    assert {path.relative_to(ROOT).as_posix() for path in SHIPPED.unchanged(ROOT)} == set(SHIPPED.files)


def test_every_workbook_that_is_shipped_is_listed():
    found = [*ROOT.glob("input/*/*.xlsx"), *ROOT.glob("templates/*/sample/*"), ROOT / "units.xlsx"]
    assert {path.relative_to(ROOT).as_posix() for path in found} <= set(SHIPPED.files)


def test_every_report_of_the_settings_is_listed_as_it_stands():
    entries = reports_in((ROOT / "config.yaml").read_text(encoding="utf-8"))
    assert set(entries) == set(SHIPPED.reports)
    assert [name for name, entry in entries.items() if not SHIPPED.is_report(name, entry.says)] == []


def test_a_program_without_the_list_knows_no_samples(tmp_path):
    assert Shipped.listed(tmp_path) == Shipped()
    assert LIST not in {path.name for path in tmp_path.iterdir()}
