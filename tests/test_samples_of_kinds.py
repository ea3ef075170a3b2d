"""Every kind makes its sample's circular: the whole text, for people to read in a diff (`pytest --update`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import Office
from tongbao.kind_file import kind_names
from tongbao.words.periods import parse_period

TEMPLATES = Path(__file__).parent.parent / "templates"


def sample_office(folder: Path, kind: str) -> tuple[Office, str]:
    """An office that makes one report from a kind's sample ledgers; and the newest period among them."""
    sample = TEMPLATES / kind / "sample"
    config = f"""
office: {{name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}}
reports:
  - {{name: {kind}, kind: {kind}, title: 关于示例事项办理情况的通报, input: '{sample}'}}
"""
    periods = [p for f in sample.glob("*.xlsx") if (p := parse_period(f.stem))]
    return Office(folder, config), max(periods, key=lambda p: p.last).token


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_the_sample_says_what_was_approved(tmp_path, golden, kind):
    office, period = sample_office(tmp_path, kind)
    assert office.run() == 0
    golden(TEMPLATES / kind / "sample" / "expected.txt", office.paper(period, kind) + "\n")
