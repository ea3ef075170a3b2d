"""The code of a number format (`0.00;[Red](0.00)`) taken apart: its sections, and the parts that these are made of.

Source: ECMA-376 part 1, 18.8.31. Any string is a code: what means nothing is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Excel takes no longer code; the fields of a file may hold any.
_LONGEST = 255
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | (?P<gap>_.) | (?P<fill>\*.) | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>General|G/通用格式) | (?P<half>AM/PM|A/P|上午/下午) | (?P<power>(?<=[0\#?.])E[+-])
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|g+|aaaa?|bbbb|bb) | (?P<digit>[0\#?]) | (?P<sign>[.,%/@;]) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*([-+]?\d+(?:\.\d+)?(?:E[-+]?\d{1,3})?)", re.IGNORECASE)
_CHINESE = re.compile(r"(?:.*(?:804|404|C04|1004)|zh.*)", re.IGNORECASE)


class Part(NamedTuple):
    """A part of a section: `text` (shown as it stands), `general`, `digit`, `power`, `date`, `elapsed`, `half`, or a
    sign (`.,%/@`), which is its own kind. A minute is `date` with the text `M`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a format. `figures` is the number of DBNum, `locale` that of `[$-804]`, `condition` (`>=`, 100)."""

    parts: tuple[Part, ...]
    condition: tuple[str, float] | None = None
    figures: int = 0
    locale: str = ""

    def has(self, *kinds: str) -> bool:
        """Is any part of one of these kinds?"""
        return any(part.kind in kinds for part in self.parts)

    @property
    def is_date(self) -> bool:
        """Does it show a day or a time?"""
        return self.has("date", "elapsed", "half")

    @property
    def chinese(self) -> bool:
        """Does it ask for Chinese names?"""
        return _CHINESE.fullmatch(self.locale) is not None


class Code(NamedTuple):
    """The sections of a format for numbers, and that for texts: None where texts are shown as they are."""

    numbers: tuple[Section, ...]
    text: Section | None


@lru_cache(2048)
def parsed(code: str) -> Code:
    """A format taken apart."""
    sections = [_section(tokens) for tokens in _split(code)] if 0 < len(code) <= _LONGEST else []
    text = None
    if len(sections) > 3 or (sections and sections[-1].has("@")):
        text = sections[min(len(sections), 4) - 1]
        sections = sections[: min(len(sections), 4) - 1] or sections[:1]
    return Code(tuple(sections) or (Section((Part("general", ""),)),), text)


def _split(code: str) -> Iterator[list[re.Match[str]]]:
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["sign"] == ";":
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _section(tokens: list[re.Match[str]]) -> Section:
    parts: list[Part] = []
    condition, figures, locale = None, 0, ""
    for token in tokens:
        kind = token.lastgroup or ""
        inside = token["bracket"]
        if inside is None:
            parts.append(_part(kind, token[0], token[kind] or ""))
        elif match := _CONDITION.fullmatch(inside.strip()):
            condition = (match[1], float(match[2]))
        elif inside[:5].lower() == "dbnum":
            figures = int(inside[5:]) if inside[5:] in ("1", "2", "3") else 0
        elif inside[:1] == "$":
            currency, _, locale = inside[1:].partition("-")
            parts.append(Part("text", currency))
        elif re.fullmatch("h+|m+|s+", inside.lower()):
            parts.append(Part("elapsed", inside.lower()))
    return Section(tuple(_with_minutes(parts)), condition, figures, locale)


def _part(kind: str, token: str, inner: str) -> Part:
    match kind:
        case "date":
            return Part("date", token.lower())
        case "general" | "digit" | "power" | "half":
            return Part(kind, token)
        case "sign":
            return Part(token, token)
        case "gap":
            return Part("text", " ")
        case "fill":
            return Part("text", "")
    return Part("text", inner)


def _with_minutes(parts: list[Part]) -> Iterator[Part]:
    """The parts, where an m or mm behind an hour or before a second stands for minutes."""
    times = [n for n, part in enumerate(parts) if part.kind in ("date", "elapsed")]
    for n, part in enumerate(parts):
        if part.kind != "date" or part.text not in ("m", "mm"):
            yield part
            continue
        at = times.index(n)
        before = parts[times[at - 1]].text[0] if at else ""
        after = parts[times[at + 1]].text[0] if at + 1 < len(times) else ""
        yield Part("date", part.text.upper()) if before == "h" or after == "s" else part
