"""Other formats through LibreOffice: turned where it is, nothing where it is not, hangs, or cannot."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.support.docx_maker import docx
from tests.support.foreign import Foreign, seen
from tongbao.outside import converter
from tongbao.word.document import read
from tongbao.word.foreign import as_docx

SYLK = b'ID;PWXL;N;E\r\nC;Y1;X1;K"No"\r\nC;Y1;X2;K"Item"\r\nC;Y2;X1;K1\r\nC;Y2;X2;K"road"\r\nE\r\n'


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Stands a script in for LibreOffice."""

    def stand_in(script: str) -> None:
        file = tmp_path / "soffice"
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)
        monkeypatch.setattr(converter, "_program", lambda: str(file))

    return stand_in


def test_without_the_program_nothing_is_made_and_the_format_is_told(monkeypatch):
    monkeypatch.setattr(converter, "_program", lambda: None)
    assert converter.converted(b"{\\rtf1 x}", "rtf", "docx") is None
    assert as_docx(b"{\\rtf1 x}", "a.rtf") == (b"{\\rtf1 x}", [])
    assert seen(Foreign("a.slk", SYLK)).code == "file_convertible"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize("script", ["exit 1", "sleep 60 & sleep 60", "kill -9 $$"])
def test_a_program_that_fails_or_hangs_makes_nothing(program, monkeypatch, script):
    monkeypatch.setattr(converter, "LIMIT", 0.5)
    program(script)
    began = time.monotonic()
    assert converter.converted(b"{\\rtf1 x}", "rtf", "docx") is None
    assert time.monotonic() - began < 10


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_the_program_gets_a_copy_and_a_profile_without_macros(program, tmp_path):
    kept = tmp_path / "kept"
    program(f'mkdir "{kept}"; cp -r . "{kept}"; for last; do :; done; echo "$last" > "{kept}/last"')
    converter.converted(b"{\\rtf1 x}", "rtf", "docx")
    assert (kept / "paper.rtf").read_bytes() == b"{\\rtf1 x}"
    assert Path((kept / "last").read_text(encoding="utf-8").strip()).name == "paper.rtf"
    profile = (kept / "profile" / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert "DisableMacrosExecution" in profile


@pytest.mark.render
def test_old_papers_are_read_through_libreoffice():
    rtf = converter.converted(docx("云溪县通报", "本期共3项。"), "docx", "rtf")
    assert rtf is not None
    made, problems = as_docx(rtf, "通报.rtf")
    assert [p.code for p in problems] == ["paper-converted"]
    paper, _ = read(made, "通报.rtf")
    assert paper is not None
    assert [p.text for p in paper.paragraphs][:2] == ["云溪县通报", "本期共3项。"]


@pytest.mark.render
def test_tables_that_only_libreoffice_knows_are_read_through_it():
    assert seen(Foreign("a.slk", SYLK)).sheets == [[["No", "Item"], ["1", "road"]]]
