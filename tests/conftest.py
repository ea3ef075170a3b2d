"""What all tests share: the switch of rendering tests, pages through LibreOffice, and golden texts.

`pytest --update` writes the golden texts anew. With `TONGBAO_RENDER=1` a rendering test that lacks its tools fails;
without it, it is skipped and says what is missing.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
STAND_IN = "Fandol"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden texts anew instead of comparing")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("render") and (missing := missing_for_rendering()):
        if os.environ.get("TONGBAO_RENDER") == "1":
            pytest.fail(f"rendering tests must run here, but {missing}", pytrace=False)
        pytest.skip(missing)


@functools.cache
def missing_for_rendering() -> str:
    """Why pages cannot be looked at on this machine; empty where they can."""
    for program in ("soffice", "pdftoppm", "fc-match"):
        if not shutil.which(program):
            return f"{program} is not installed (run .ci/rendering)"
    matched = subprocess.run(["fc-match", "仿宋_GB2312"], capture_output=True, encoding="utf-8", check=False).stdout
    return "" if STAND_IN in matched else "the stand-in fonts are not installed (run .ci/rendering)"


ToPdf = Callable[[Sequence[Path]], list[Path]]


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> ToPdf:
    """Converts Word files and workbooks to PDF, in their order, in one call of LibreOffice with a profile of our own.

    A file whose bytes were converted before in this session is not converted again.
    """
    folder = tmp_path_factory.mktemp("pdf")

    def convert(files: Sequence[Path]) -> list[Path]:
        staged = [folder / f"{hashlib.sha256(f.read_bytes()).hexdigest()[:16]}{f.suffix}" for f in files]
        fresh = {copy: f for copy, f in zip(staged, files, strict=True) if not copy.exists()}
        for copy, original in fresh.items():
            shutil.copyfile(original, copy)
        if fresh:
            run_libreoffice(folder, list(fresh))
        pages = [copy.with_suffix(".pdf") for copy in staged]
        unmade = [str(f) for f, pdf in zip(files, pages, strict=True) if not pdf.exists()]
        assert not unmade, f"LibreOffice did not convert {unmade}"
        return pages

    return convert


def run_libreoffice(folder: Path, files: Sequence[Path]) -> None:
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)],
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=True,
    )


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
