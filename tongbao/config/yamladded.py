"""Words added to the settings of a report, as text: all else in the file, comments too, stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tongbao.config.yamltext import read_yaml


@dataclass(frozen=True, slots=True)
class Added:
    """Words for a key below a section of a report: `labels`, 正在办理, [未开工]; written as YAML takes them.

    `single`: the key holds one text, not a list.
    """

    section: tuple[str, ...]
    key: str
    words: tuple[str, ...]
    single: bool = False

    @property
    def value(self) -> str:
        """What stands behind the key where it is new."""
        return self.words[0] if self.single else f"[{', '.join(self.words)}]"


def with_words(text: str, report: str, added: Sequence[Added]) -> str:
    """The text of settings with these words in the report of this name."""
    for one in added:
        text = _with(text, report, one)
    return text


def _with(text: str, report: str, added: Added) -> str:
    at: Any = next(it for it in read_yaml(text, "").items("reports") if it.text("name") == report).node
    for depth, name in enumerate(added.section):
        below = _value(at, name)
        if below is None or below.id != "mapping" or not below.value:
            rest = added.section[depth + 1 :]
            inner = (
                "".join(f"{{{part}: " for part in (*rest, "")[:-1])
                + f"{{{added.key}: {added.value}}}"
                + "}" * len(rest)
            )
            return _put(text, at, name, inner) if below is None else _replaced(text, below, inner)
        at = below
    there = _value(at, added.key)
    if there is None:
        return _put(text, at, added.key, added.value)
    if added.single:
        return text
    if there.id == "scalar":
        old = text[there.start_mark.index : there.end_mark.index]
        return _replaced(text, there, f"[{', '.join((*([old] if old else []), *added.words))}]")
    if there.flow_style:
        end = there.end_mark.index - 1
        return f"{text[:end].rstrip()}{', ' if there.value else ''}{', '.join(added.words)}{text[end:]}"
    indent = " " * there.start_mark.column
    return _after_line(text, _end(there), [f"{indent}- {word}" for word in added.words])


def _value(mapping: Any, name: str) -> Any:
    """The node under a key, by the key's text without quotation marks; None where there is none."""
    bare = name.strip("\"'")
    return next((value for key, value in mapping.value if str(key.value) == bare), None)


def _replaced(text: str, node: Any, value: str) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    space = "" if text[:start].endswith(" ") else " "
    return text[:start] + space + value + text[end:]


def _put(text: str, mapping: Any, name: str, value: str) -> str:
    """A new key at the end of a mapping."""
    if mapping.flow_style:
        end = mapping.end_mark.index - 1
        return f"{text[:end].rstrip()}{', ' if mapping.value else ''}{name}: {value}{text[end:]}"
    return _after_line(text, _end(mapping), [f"{' ' * mapping.start_mark.column}{name}: {value}"])


def _end(node: Any) -> int:
    """Where the last word of a node ends: what PyYAML gives for a block reaches to the next one."""
    while node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _after_line(text: str, end: int, lines: Sequence[str]) -> str:
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    return text[:stop] + "".join(f"\n{line}" for line in lines) + text[stop:]
