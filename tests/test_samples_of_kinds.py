"""Every kind makes its sample's circular: the whole text, for people to read in a diff (`pytest --update`)."""

from __future__ import annotations

import pytest

from tests.support.folders import TEMPLATES
from tests.support.office import sample_office
from tongbao.config.kind_file import kind_names


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_the_sample_says_what_was_approved(tmp_path, golden, kind):
    office, period = sample_office(tmp_path, kind)
    assert office.run() == 0
    golden(TEMPLATES / kind / "sample" / "expected.txt", office.paper(period, kind) + "\n")
