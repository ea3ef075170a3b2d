"""The sample office: its committed workbooks are what the command makes, and they show what they promise."""

from __future__ import annotations

import io
import zipfile

import pytest

from tools import samples


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return samples.workbooks()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_workbooks_are_what_the_command_makes(workbooks: dict[str, bytes]) -> None:
    for path, content in workbooks.items():
        committed = (samples.ROOT / path).read_bytes()
        assert parts(committed) == parts(content), f"{path}: run python -m tools.samples"


def test_making_them_twice_gives_equal_bytes(workbooks: dict[str, bytes]) -> None:
    path = "units.xlsx"
    source = samples.source_of(samples.SOURCES / "units.yaml")
    assert samples.workbook(source, 0) == workbooks[path]
    assert all(i.date_time[0] == 2022 for i in zipfile.ZipFile(io.BytesIO(workbooks[path])).infolist())
