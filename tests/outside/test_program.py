"""The digest of the program: every text that has a part in reading and matching is in it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.support.folders import ROOT
from tongbao.ledger import kept
from tongbao.outside import program
from tongbao.outside.files import UnreadableFile
from tongbao.outside.program import program_digest

HOUSE = ROOT / "tongbao"


def imported(file: Path) -> set[Path]:
    """The modules of the program that one imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tongbao"):
            for name in (str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)):
                module = ROOT.joinpath(*name.split("."))
                found |= {file for file in (module.with_suffix(".py"), module / "__init__.py") if file.is_file()}
    return found


@pytest.mark.parametrize("begin", ["ledger/intake.py", "matching/kept_links.py"])
def test_all_that_reading_and_matching_use_lies_in_the_rooms_of_the_digest(begin):
    seen: set[Path] = set()
    ahead = {HOUSE / begin}
    while ahead:
        seen |= ahead
        ahead = {other for file in ahead for other in imported(file)} - seen
    names = {file.relative_to(HOUSE).parts[0].removesuffix(".py") for file in seen}
    assert len(seen) > 20
    assert names - {"__init__"} <= set(kept.ROOMS)


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house of two rooms; every question about it is asked anew."""
    for name in ("model.py", "words/units.py", "words/inner/more.py", "word/other.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(program, "HOUSE", tmp_path)
    program_digest.cache_clear()
    yield tmp_path
    program_digest.cache_clear()


def digest() -> str:
    program_digest.cache_clear()
    return program_digest(("model", "words"))


@pytest.mark.parametrize("name", ["model.py", "words/units.py", "words/inner/more.py"])
def test_one_changed_sign_is_another_program(house, name):
    before = digest()
    (house / name).write_text("x = 2\n", encoding="utf-8")
    assert digest() != before
    (house / name).write_text("x = 1\n", encoding="utf-8")
    assert digest() == before


def test_a_new_or_renamed_module_is_another_program(house):
    before = digest()
    (house / "words" / "units.py").rename(house / "words" / "unit.py")
    renamed = digest()
    (house / "words" / "empty.py").touch()
    assert len({before, renamed, digest()}) == 3


def test_other_rooms_are_nothing_to_it(house):
    before = digest()
    (house / "word" / "other.py").write_text("x = 2\n", encoding="utf-8")
    assert digest() == before


def test_another_version_of_a_library_is_another_program(house, monkeypatch):
    before = digest()
    (house / "site" / "python_calamine-0.9.2.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(house / "site"))
    newer = digest()
    monkeypatch.setattr(sys, "version", "3.99")
    assert len({before, newer, digest()}) == 3


def test_a_program_that_does_not_lie_in_files_has_no_digest(house):
    (house / "model.py").unlink()
    with pytest.raises(UnreadableFile):
        digest()
