"""Tables of plain text: encodings, separators, and what programs put around values."""

from __future__ import annotations

import pytest

from tests.support.foreign import TEXTS, Foreign, seen


@pytest.mark.parametrize("case", TEXTS.values(), ids=TEXTS)
def test_a_text_reads_as_it_is_meant(case: Foreign) -> None:
    assert seen(case) == case
