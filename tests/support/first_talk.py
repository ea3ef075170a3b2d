"""`setup` as it is tried: in an empty folder, with a person at the console or without; what was made of it."""

from __future__ import annotations

import builtins
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest import mock

from tests.support.own_layouts import annex_rows
from tongbao.config.office import Report, load_settings
from tongbao.run import cli
from tongbao.word import document


class Talk:
    """A console at which these answers are typed, and what was asked there."""

    def __init__(self, answers: Iterable[str]) -> None:
        self.left = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str = "") -> str:
        self.asked.append(question)
        return self.left.pop(0)

    def does(self, *arguments: Path | str) -> int:
        """A command, answered so; gives its status."""
        console = mock.Mock(isatty=lambda: True)
        with mock.patch.object(sys, "stdin", console), mock.patch.object(builtins, "input", self):
            return cli.main([str(it) for it in arguments])


def line_of(text: str, shown: str) -> str:
    """The number of the line of the proposal that holds a text."""
    return next(line.split(".")[0].strip() for line in shown.splitlines() if text in line and "." in line)


def set_up(home: Path, *given: Path | str) -> int:
    """`setup` in a folder, without a person at the console."""
    return cli.main(["-c", str(home / "config.yaml"), "setup", *map(str, given), "--yes"])


def figures(home: Path) -> dict[str, Any]:
    """The figures of the newest period of the only report."""
    newest = max((home / "output").glob("*/*/figures.json"))
    found = json.loads(newest.read_text(encoding="utf-8"))["figures"]
    assert isinstance(found, dict)
    return found


def circular(home: Path) -> Path:
    """The circular of the newest period of the only report."""
    newest = max((home / "output").glob("*/*/figures.json"))
    return newest.parent / str(json.loads(newest.read_text(encoding="utf-8"))["outputs"]["circular"])


def annex(home: Path) -> list[list[str]]:
    """The annex of that circular."""
    return annex_rows(circular(home))


def lines(home: Path) -> list[str]:
    """The paragraphs of that circular, without those of tables."""
    paper, _ = document.read(circular(home).read_bytes(), "通报")
    assert paper
    return [p.text for p in paper.paragraphs if not p.table and p.text]


def report(home: Path) -> Report:
    """The last report of the settings."""
    return load_settings(home / "config.yaml").reports[-1]
