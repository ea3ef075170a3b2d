"""A settings file as lines: which lines an entry of a list takes up, so that it can be taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tongbao.config.yamltext import decoded
from tongbao.outside.files import content


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list in a file: its lines, from `first` up to before `last` (from 0), and what it says."""

    first: int
    last: int
    says: object


def entries_of(text: str, key: str) -> list[Entry]:
    """The entries of the list under a top key, each with its lines; empty where they share lines, or are none.

    Remarks that stand between two entries, no further in than their dashes, belong to neither.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = [(name, value) for name, value in pairs if name.value == key and isinstance(value, yaml.SequenceNode)]
    if not found or found[0][1].flow_style:
        return []
    nodes: list[yaml.Node] = found[0][1].value
    after = [name.start_mark.line for name, _ in pairs if name.start_mark.line > found[0][0].start_mark.line]
    lines = text.splitlines()
    starts = [_dash_of(lines, node.start_mark.line) for node in nodes]
    ends = [*starts[1:], min(after, default=len(lines))]
    return [
        Entry(first, _last_own(lines, first, end), plain(node))
        for node, first, end in zip(nodes, starts, ends, strict=True)
    ]


def _dash_of(lines: Sequence[str], line: int) -> int:
    """The line of the dash before an entry: its first, or the one above where nothing else stands there."""
    return line - 1 if line and re.fullmatch(r"\s*-\s*(?:#.*)?", lines[line - 1]) else line


def _last_own(lines: Sequence[str], first: int, end: int) -> int:
    """The line before which an entry ends: remarks and empty lines behind it, no deeper than its dash, are not it."""
    depth = len(lines[first]) - len(lines[first].lstrip())
    while end > first + 1 and _is_aside(lines[end - 1], depth):
        end -= 1
    return end


def _is_aside(line: str, depth: int) -> bool:
    text = line.lstrip()
    return not text or (text.startswith("#") and len(line) - len(text) <= depth)


def line_of_key(text: str, key: str) -> int | None:
    """The line (from 0) of a top key whose value stands on the same line; None where there is none."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next(
        (n.start_mark.line for n, v in pairs if n.value == key and v.start_mark.line == n.start_mark.line), None
    )


def plain(node: yaml.Node) -> object:
    """A node as texts, lists and mappings."""
    if isinstance(node, yaml.MappingNode):
        return {str(name.value): plain(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    return str(node.value)


def text_in(path: Path) -> str:
    """The text of a settings file. Raises UnreadableFile."""
    return decoded(content(path))
