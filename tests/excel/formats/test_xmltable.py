"""Workbooks in one XML file."""

from __future__ import annotations

import pytest

from tests.support.foreign import XML, Foreign, seen


@pytest.mark.parametrize("case", XML.values(), ids=XML)
def test_a_workbook_in_xml_reads_as_it_looks(case: Foreign) -> None:
    assert seen(case) == case
