"""Slips of the hand in settings that a reader of YAML cannot name: a full-width colon, a missing blank, a tab."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A key as people write one: Chinese or Latin letters, figures and hyphens, perhaps quoted; in a list behind its dash.
_KEY = r"""(?:["'][^"'\n]*["']|[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff/-]*|\d{4}[\w-]*)"""
# Behind a dash only a Latin key: `- name：`; an entry such as `- 总体要求：…` is a paragraph of the office's.
_START = rf"^\s*(?:-[ \u3000]*(?=[A-Za-z]))?(?P<key>{_KEY})"
_WIDE_COLON = re.compile(rf"{_START}\s*：")
_GLUED = re.compile(rf"{_START}:(?=[^\s:/\\])")
# Inside { } the same, behind the brace or a comma of either width.
_WIDE_INNER = re.compile(rf"[{{,，]\s*(?P<key>{_KEY})\s*：")
_GLUED_INNER = re.compile(rf"[{{,，]\s*(?P<key>{_KEY}):(?=[^\s:/\\}}])")
_WIDE_COMMA = re.compile(rf"，\s*{_KEY}\s*[:：]")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_BLOCK = re.compile(r":\s*[|>][-+\d]*\s*$")
# Signs that Chinese input methods put where YAML wants the narrow one, and the narrow one.
_WIDE_SIGNS = {"｛": "{", "｝": "}", "［": "[", "］": "]", "－": "-", "＃": "#"}
_WIDE_SIGN = re.compile(r"^\s*(?P<first>[－＃])|:\s*(?P<opening>[｛［])")


def slips(text: str) -> dict[int, str]:
    """Line (from 1) → in Chinese, what is wrong with it and how to write it; lines of a text in several lines are free.

    A text may hold whatever it likes behind its key: these are the likeliest slips, to be told where reading failed.
    """
    return {number: said for number, line in _lines(text) if (said := _slip(line))}


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold keys, without their remarks and without what stands in quotation marks."""
    block: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if _BLOCK.search(line) else None
        yield number, re.sub(r"(?:^|\s)#.*$", "", line)


def _slip(line: str) -> str:
    if match := _WIDE_COLON.match(line):
        return f"“{match['key']}”后面是全角冒号“：”，应当用半角冒号加一个空格，写成 {match['key']}: …"
    if match := _GLUED.match(line):
        return f"“{match['key']}:”后面没有空格，写成 {match['key']}: …"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "行首用了制表符（按 Tab 键打的），请换成空格"
    return _wide_sign(line) or _inner_slip(_QUOTED.sub('""', line))


def _wide_sign(line: str) -> str:
    if not (match := _WIDE_SIGN.search(line)):
        return ""
    sign = match["first"] or match["opening"]
    return f"“{sign}”是全角的，应当用半角的“{_WIDE_SIGNS[sign]}”"


def _inner_slip(line: str) -> str:
    """What is wrong within the braces of a line; empty where it has none."""
    inner = line[line.index("{") :] if "{" in line else ""
    if match := _WIDE_INNER.search(inner):
        return f"“{match['key']}”后面是全角冒号“：”，应当用半角冒号加一个空格，写成 {match['key']}: …"
    if match := _GLUED_INNER.search(inner):
        return f"“{match['key']}:”后面没有空格，写成 {match['key']}: …"
    if _WIDE_COMMA.search(inner):
        return "大括号里用了全角逗号“，”，应当用半角逗号加一个空格"
    return ""
