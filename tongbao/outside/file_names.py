"""Names of files: what every system takes, which comes next where one is taken, what marks a file as open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tongbao.outside.files import is_there

# Characters of a file name without its suffix, set by feel: the folders above need room below `LONGEST_PATH`.
# The cost: two titles that differ only after 60 characters get one name, and the second a number behind it.
LONGEST_NAME = 60
# 名（2）.docx … 名（99）.docx; set by feel. With so many drafts in one folder somebody should tidy it up.
MOST_COPIES = 99
# What Windows takes in no name; `:` it takes and then shows an empty file.
FORBIDDEN = {ord(c): ord(c) + 0xFEE0 for c in '<>:"/\\|?*'}  # to the full-width sign of the same look
# Names of devices under Windows, with any suffix: CON, com1.2022. The cost: an underscore before such a title.
RESERVED = re.compile(r"(con|conin\$|conout\$|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\..*)?", re.IGNORECASE)


def file_name(title: str) -> str:
    """A title as a file name that Windows and Linux both take, without suffix, of at most `LONGEST_NAME` characters."""
    line = re.sub(r"\s+", " ", title).translate(FORBIDDEN)
    shown = "".join(c for c in line if not unicodedata.category(c).startswith("C"))
    name = shown.lstrip(" .~$")[:LONGEST_NAME].rstrip(" .")
    return f"_{name}" if RESERVED.fullmatch(name) else name or "未命名"


def cleaned(name: str) -> str:
    """A file name that every system takes, with its suffix as it was."""
    stem, dot, suffix = name.rpartition(".")
    return file_name(stem) + dot + suffix if stem else file_name(name)


def candidates(name: str) -> Iterator[str]:
    """The names that a file may get, in order: `名.docx`, `名（2）.docx`, `名（3）.docx` …"""
    stem, dot, suffix = name.rpartition(".")
    yield name
    for number in range(2, MOST_COPIES + 1):
        yield f"{stem}（{number}）{dot}{suffix}"


def lock_of(target: Path) -> Path | None:
    """The file by which Word, WPS or LibreOffice marks the target as open; None where there is none.

    Word puts `~$` in the place of the first two characters of a long name, of one or none of a short one. The cost: a
    mark that a crash has left counts too.
    """
    name = target.name
    marks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return next((p for p in map(target.with_name, marks) if is_there(p)), None)
