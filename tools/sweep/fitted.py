"""The settings of an office that keeps its ledgers as a given file is laid out, whatever it is about.

Few files of others have a header that a supervision office writes: with its own headers and words in the settings a
file is no longer turned away at the door, and all that comes after the reading is tried on it, too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tongbao.excel import sheets
from tools.sweep.office import PLAIN

ROWS, WORDS = 30, 300  # so many rows are looked through for a header; so many words at most are taken for labels
TITLE, LABEL = "事项", "正常推进"


def write_fitted(file: Path, target: Path) -> int:
    """Writes the settings for a file; none where no sheet has a row to take for a header. Gives the status of a run."""
    book, _ = sheets.open_book(file)
    for sheet in book.sheets if book else ():
        if found := _layout(sheet.texts()):
            target.write_text(_settings(*found), encoding="utf-8")
            return 0
    return 1


def _layout(rows: Sequence[Sequence[str]]) -> tuple[str, str, list[str]] | None:
    """The headers of what is to be done and of how it stands, and the words in the column of the latter.

    The header is the row with the most different texts; the column with the fewest different words tells how things
    stand, and of the others that with the longest text what is to be done.
    """
    head = max(rows[:ROWS], key=lambda row: len({*row} - {""}), default=())
    names = {text.strip(): column for column, text in reversed([*enumerate(head)]) if text.strip()}
    if len(names) < 2:
        return None
    below = rows[list(rows).index(head) + 1 :]
    words = {
        name: sorted({row[column].strip() for row in below if column < len(row)} - {""})
        for name, column in names.items()
    }
    status = min(names, key=lambda name: (len(words[name]), -names[name]))
    title = max(names.keys() - {status}, key=lambda name: (max(map(len, words[name]), default=0), name))
    return title, status, words[status][:WORDS]


def _settings(title: str, status: str, words: Sequence[str]) -> str:
    """The plain settings with two headers and the words of one label; JSON is YAML, too."""
    own = {"columns": {TITLE: [title], "状态": [status]}, **({"labels": {LABEL: list(words)}} if words else {})}
    return PLAIN.rstrip().removesuffix("}") + ", " + json.dumps(own, ensure_ascii=False)[1:-1] + "}\n"
