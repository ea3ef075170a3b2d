"""Settings files, read strictly; with `yamllines` the one home of PyYAML.

A file is read as a tree of sections. The caller asks for each key by name and type; scalars stay as typed (`no`, `012`
and `12:30` are texts here), and a key that was not asked for is refused. Mistakes are gathered with file and line, so
that one run shows them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from tongbao.config.slips import slips
from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.files import UnreadableFile, content, from_here
from tongbao.words.text import nearest

_Choice = TypeVar("_Choice", bound=StrEnum)
_KINDS = {yaml.MappingNode: "若干“键: 值”", yaml.SequenceNode: "列表", yaml.ScalarNode: "文字"}


SLIP_FIX = "改好这一行，保存后再运行一次"


class Source:
    """One settings file and the mistakes found in it so far."""

    def __init__(self, file: str, text: str = "") -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._slips = slips(text)

    def wrong(self, node: yaml.Node | None, message: str, fix: str, value: str = "") -> None:
        """Notes a mistake: at the node's line, what is wrong (`message`), what to do (`fix`), and the value found.

        Where that line has a slip of the hand (a full-width colon), that is noted instead, once.
        """
        line = line_of(node)
        if slip := self._slips.get(line):
            self._note(line, slip, SLIP_FIX)
        else:
            self._note(line, message, fix, value)

    def unreadable(self, line: int) -> None:
        """Notes that the file is no YAML from this line on: the slips of the hand up to it, else just the line."""
        found = [number for number in self._slips if number <= line + 1]
        for number in found:
            self._note(number, self._slips[number], SLIP_FIX)
        if not found:
            fix = "检查这一行及上一行：冒号后要有空格，缩进用空格对齐，引号成对"
            self.problems.append(
                Problem(Level.ERROR, "settings", f"第{line}行格式不对，无法读取", fix, place=Place(self.file))
            )

    def _note(self, line: int, message: str, fix: str, value: str = "") -> None:
        where = f"第{line}行：" if line else ""
        problem = Problem(Level.ERROR, "settings", where + message, fix, place=Place(self.file), value=value)
        self.problems += [problem] if problem not in self.problems else []


class Section:
    """A mapping whose keys are asked for one by one. A value of the wrong sort is noted, and the default given."""

    def __init__(self, source: Source, node: yaml.Node | None, name: str = "") -> None:
        self.source = source
        self.node = node
        self.name = name
        self._values: dict[str, yaml.Node] = {}
        self._asked: list[str] = []
        if isinstance(node, yaml.MappingNode):
            self._take_keys(node)
        elif node is not None and not _is_blank(node):
            self._refuse(node, yaml.MappingNode)

    def __bool__(self) -> bool:
        return self.node is not None

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _take_keys(self, node: yaml.MappingNode) -> None:
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in self._values:
                first = self._values[key].start_mark.line + 1
                self.source.wrong(key_node, f"“{key}”写了两次（前一次在第{first}行）", "只留一处")
            self._values[key] = value

    def _refuse(self, node: yaml.Node, wanted: type[yaml.Node]) -> None:
        found = str(node.value) if isinstance(node, yaml.ScalarNode) else _KINDS[type(node)]
        self.source.wrong(node, f"“{self.name}”应当是{_KINDS[wanted]}，实际是{found}", "按说明改写这一处", found)

    def _get(self, key: str, wanted: type[yaml.Node]) -> yaml.Node | None:
        self._asked.append(key)
        node = self._values.get(key)
        if node is None or _is_blank(node):
            return None
        if isinstance(node, wanted):
            return node
        Section(self.source, None, self._path(key))._refuse(node, wanted)
        return None

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """The text under a key, as typed; a missing key is noted where it is required."""
        node = self._get(key, yaml.ScalarNode)
        if node is None and required and key not in self._values:
            self.source.wrong(self.node, f"缺少“{self._path(key)}”", f"补上一行“{key}: …”")
        return default if node is None else str(node.value)

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false` (also yes, no, 是, 否)."""
        words = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
        typed = self.text(key)
        if typed and typed.lower() not in words:
            self._wrong_value(key, typed, "写 true 或 false")
        return words.get(typed.lower(), default)

    def integer(self, key: str, default: int = 0) -> int:
        """The whole number, zero or more, under a key."""
        typed = self.text(key)
        if typed and not (typed.isascii() and typed.isdigit()):
            self._wrong_value(key, typed, "写一个整数，如 55")
            return default
        return int(typed) if typed else default

    def choice(self, key: str, choices: type[_Choice], default: _Choice) -> _Choice:
        """The member of an enumeration whose word stands under a key."""
        typed = self.text(key)
        words = [c.value for c in choices]
        if typed and typed not in words:
            self._wrong_value(key, typed, suggestion(typed, words))
            return default
        return choices(typed) if typed else default

    def _wrong_value(self, key: str, typed: str, fix: str) -> None:
        self.source.wrong(self._values[key], f"“{self._path(key)}”不能是“{typed}”", fix, typed)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The list of texts under a key; a single text stands for a list of one."""
        self._asked.append(key)
        node = self._values.get(key)
        if node is None or _is_blank(node):
            return default
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value),)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(n, yaml.ScalarNode) for n in node.value):
            return tuple(str(n.value) for n in node.value)
        self._refuse_texts(key, node)
        return default

    def _refuse_texts(self, key: str, node: yaml.Node) -> None:
        """Notes a value that is no list, or each entry of a list that is no text."""
        entries = node.value if isinstance(node, yaml.SequenceNode) else []
        wrong = [(i, entry) for i, entry in enumerate(entries, 1) if not isinstance(entry, yaml.ScalarNode)]
        for i, entry in wrong:
            Section(self.source, None, f"{self._path(key)}[{i}]")._refuse(entry, yaml.ScalarNode)
        if not wrong:
            Section(self.source, None, self._path(key))._refuse(node, yaml.SequenceNode)

    def section(self, key: str) -> Section:
        """The mapping under a key; an empty (false) one where it is missing."""
        return Section(self.source, self._get(key, yaml.MappingNode), self._path(key))

    def entries(self, key: str) -> list[tuple[str, Section]]:
        """The names under a key in the order of the file, each with the mapping under it; empty where it is missing."""
        node = self._get(key, yaml.MappingNode)
        if not isinstance(node, yaml.MappingNode):
            return []
        Section(self.source, node, self._path(key))
        return [(str(k.value), Section(self.source, v, f"{self._path(key)}.{k.value}")) for k, v in node.value]

    def items(self, key: str) -> list[Section]:
        """The list of mappings under a key; empty where it is missing."""
        node = self._get(key, yaml.SequenceNode)
        if not isinstance(node, yaml.SequenceNode):
            return []
        return [Section(self.source, n, f"{self._path(key)}[{i}]") for i, n in enumerate(node.value, 1)]

    def words(self, key: str) -> dict[str, tuple[str, ...]]:
        """The names under a key, which are the office's own, each with its text or list of texts."""
        inner = self.section(key)
        return {name: inner.texts(name) for name in inner._values}

    def line(self, key: str) -> yaml.Node | None:
        """The node of a key's value (the section's own where it is missing), to note a mistake that a caller finds."""
        return self._values.get(key, self.node)

    def at(self, *path: str) -> yaml.Node | None:
        """The node of the last key or list entry on a path that exists, to note a mistake that a caller finds."""
        found, node = self.node, self.node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pairs = [(k, v) for k, v in node.value if k.value == step]
            elif isinstance(node, yaml.SequenceNode):
                pairs = [(n, n) for n in node.value if n.value == step]
            else:
                pairs = []
            if not pairs:
                break
            found, node = pairs[-1]
        return found

    def is_list(self, key: str) -> bool:
        """Whether the key holds a list."""
        return isinstance(self._values.get(key), yaml.SequenceNode)

    def finish(self) -> None:
        """Notes each key that was not asked for, with the nearest one that was."""
        for key, node in self._values.items():
            if key not in self._asked:
                fix = suggestion(key, list(dict.fromkeys(self._asked)), "可用的键：")
                self.source.wrong(node, f"不认识的键“{self._path(key)}”", fix, key)


def holds_mapping(section: Section, key: str) -> bool:
    """Does a key hold a mapping?"""
    return key in section and isinstance(section.line(key), yaml.MappingNode)


def is_scalar(node: yaml.Node | None) -> bool:
    """Is this a single value, and no list and no mapping?"""
    return isinstance(node, yaml.ScalarNode)


def line_of(node: yaml.Node | None) -> int:
    """The number of the line where a node stands; 0 where nobody knows."""
    return node.start_mark.line + 1 if node and node.start_mark else 0


def names_in(section: Section) -> list[str]:
    """The keys of a section, which are the office's own names, in the order of the file."""
    return list(section._values)


def suggestion(name: str, known: Sequence[str], otherwise: str = "可写：") -> str:
    """What to do about an unknown name: the nearest known one as a question, else a list of all."""
    near = nearest(name, known)
    return f"是不是“{near}”？" if near else otherwise + "、".join(known)


def _is_blank(node: yaml.Node) -> bool:
    """Is a value left empty, or `~` or `null` without quotation marks? It is read as the default."""
    return isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null") and not node.style


def open_yaml(path: Path, name: str = "") -> Section:
    """The root section of a settings file in UTF-8 or GB18030; `name` is what messages call the file.

    Raises Refusal where the file cannot be read or is no YAML; mistakes found later are noted in `source.problems`.
    """
    try:
        text = decoded(content(path))
    except UnreadableFile as error:
        source = Source(name or path.name)
        source.wrong(None, f"读不了 {from_here(path)}：{error.why}", error.why.fix)
        raise Refusal(*source.problems) from error
    return read_yaml(text, name or path.name)


def read_yaml(text: str | bytes, name: str) -> Section:
    """The root section of settings that are not in a file yet. Raises Refusal where they are no YAML."""
    text = decoded(text) if isinstance(text, bytes) else text
    source = Source(name, text)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        source.unreadable(getattr(getattr(error, "problem_mark", None), "line", -1) + 1)
        raise Refusal(*source.problems) from error
    return Section(source, node or yaml.MappingNode("map", []))


def decoded(data: bytes) -> str:
    """The text of a file. Notepad under Chinese Windows saves in GBK, of which GB18030 is the whole."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
