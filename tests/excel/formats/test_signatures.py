"""Files that are no tables: each is told for what it is."""

from __future__ import annotations

import pytest

from tests.support.foreign import OTHERS, Foreign, seen


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS)
def test_what_is_no_table_is_told_for_what_it_is(case: Foreign) -> None:
    assert seen(case) == case
