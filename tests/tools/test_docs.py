"""The pages of `docs/` that come from the code: what lies there is what the command makes."""

from __future__ import annotations

import pytest

from tools.docs import DOCS, PAGES


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_what_the_command_makes(page):
    assert (DOCS / page).read_text(encoding="utf-8") == PAGES[page]()
