"""The text of the settings without some of its reports; remarks and all other lines stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tongbao.config.yamllines import Entry, entries_of, line_of_key


def reports_in(text: str) -> dict[str, Entry]:
    """The entries under `reports` by their names, in the order of the file."""
    found = entries_of(text, "reports")
    return {str(e.says.get("name", "")): e for e in found if isinstance(e.says, dict)}


def without_reports(text: str, names: Collection[str]) -> str:
    """The text without the reports of these names, each with the remark right above it."""
    lines = text.splitlines(keepends=True)
    gone: set[int] = set()
    end = 0
    for name, entry in reports_in(text).items():
        if name in names:
            gone |= set(range(end or entry.first, entry.last))
        end = entry.last
    return "".join(line for number, line in enumerate(lines) if number not in gone)


def without_key(text: str, key: str) -> str:
    """The text with a line `key: …` at its top level made a remark."""
    number = line_of_key(text, key)
    lines: Sequence[str] = text.splitlines(keepends=True)
    return "".join(f"# {line}" if at == number else line for at, line in enumerate(lines))
