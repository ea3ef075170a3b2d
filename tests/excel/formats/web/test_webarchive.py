"""Web pages in one file: each page is a sheet, in whatever way it is packed."""

from __future__ import annotations

import pytest

from tests.support.foreign import ARCHIVES, Foreign, seen


@pytest.mark.parametrize("case", ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_reads_as_it_looks(case: Foreign) -> None:
    assert seen(case) == case
