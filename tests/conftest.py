"""What pytest itself needs: the switch of rendering tests, pages through LibreOffice, and golden texts.

`pytest --update` writes the golden texts anew. With `TONGBAO_RENDER=1` a rendering test that lacks its tools fails;
without it, it is skipped and says what is missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.folders import GOLDEN
from tests.support.pages import ToPdf, converter, missing_for_rendering
from tests.support.trials import tried

# No deadline: how long an example takes depends on what else the machine does.
settings.register_profile("tests", max_examples=tried(100, 40), deadline=None)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden texts anew instead of comparing")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("render") and (missing := missing_for_rendering()):
        if os.environ.get("TONGBAO_RENDER") == "1":
            pytest.fail(f"rendering tests must run here, but {missing}", pytrace=False)
        pytest.skip(missing)


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> ToPdf:
    """Converts Word files and workbooks to PDF, each once in a session."""
    return converter(tmp_path_factory.mktemp("pdf"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path | str, str], None]:
    """Compares a text with the file that holds it (under `tests/golden`, or anywhere by a full path)."""

    def compare(path: Path | str, text: str) -> None:
        file = GOLDEN / path
        if request.config.getoption("--update"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            return
        assert file.exists(), f"{file} is not there: look at the text, then write it with pytest --update"
        assert text == file.read_text(encoding="utf-8")

    return compare
