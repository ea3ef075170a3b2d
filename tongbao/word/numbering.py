"""The numbers that Word draws before list paragraphs (一、 （二） 3.). No file holds them as text; they are counted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tongbao.word.package import Element, W
from tongbao.word.styles import Style, list_of
from tongbao.words.signs import in_signs
from tongbao.words.text import chinese_number

# The styles of Word that count in Chinese (ECMA-376 part 1, 17.18.59). All are drawn as 一, 二 … 二十七, also the legal
# one (壹) and the digital ones (二七): such labels differ from what Word shows. Roman and others are drawn in digits.
_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting"}
_CHINESE |= {"taiwaneseCountingThousand", "chineseLegalSimplified", "japaneseDigitalTenThousand"}
_CIRCLES = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


class Labeller:
    """Counts the lists of one document. It must be asked once for every paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Element]] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        for abstract in numbering.iter(W + "abstractNum"):
            levels = {int(v.get(W + "ilvl", "0")): v for v in abstract.iter(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for num in numbering.iter(W + "num"):
            number, target = num.get(W + "numId", ""), num.find(W + "abstractNumId")
            if target is not None:
                self._list_of[number] = target.get(W + "val", "")
            for override in num.iter(W + "lvlOverride"):
                start = override.find(W + "startOverride")
                if start is not None:
                    self._starts[number, int(override.get(W + "ilvl", "0"))] = int(start.get(W + "val", "1"))

    def label(self, paragraph: Element) -> str:
        """The label of the next paragraph as Word draws it; empty where it has none, or a bullet that is no tick."""
        number, level = self._list(paragraph)
        abstract = self._list_of.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number not in self._started:
            self._started.add(number)
            for (of, at), start in self._starts.items():
                if of == number:
                    counts[at] = start - 1
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        return self._drawn(levels, level, counts)

    def _list(self, paragraph: Element) -> tuple[str, int]:
        """(list, level), the paragraph's own or its style's."""
        if own := list_of(paragraph):
            return own
        mark = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles.get(mark.get(W + "val", "") if mark is not None else "")
        return style.list if style and style.list else ("", 0)

    def _drawn(self, levels: Mapping[int, Element], level: int, counts: Mapping[int, int]) -> str:
        pattern = levels[level].find(W + "lvlText")
        if pattern is None or _format(levels[level]) == "none":
            return ""
        if _format(levels[level]) == "bullet":
            return _ticked(levels[level], pattern.get(W + "val", ""))

        def digits(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            return spelled(counts.get(at, _start(levels[at])), _format(levels[at]))

        return re.sub(r"%(\d)", digits, pattern.get(W + "val", "")).strip()


def _ticked(level: Element, drawn: str) -> str:
    """A bullet that says something: in a cell of states a tick may be drawn so. All others only adorn."""
    fonts = level.find(f"{W}rPr/{W}rFonts")
    sign = in_signs(drawn, fonts.get(W + "ascii", "") if fonts is not None else "")
    return _TICKS.get(sign, "")


_TICKS = {"√": "√", "✓": "√", "✔": "√", "×": "×", "✗": "×", "✘": "×", "☑": "☑", "☒": "☒"}


def _start(level: Element) -> int:
    mark = level.find(W + "start")
    return int(mark.get(W + "val", "1")) if mark is not None else 1


def _format(level: Element) -> str:
    mark = level.find(W + "numFmt")
    return mark.get(W + "val", "decimal") if mark is not None else "decimal"


def spelled(number: int, style: str) -> str:
    """A list number in one of Word's styles (`numFmt`); in digits where the style is not known here."""
    if style in _CHINESE and number >= 0:
        return chinese_number(number)
    if style in _CIRCLES and 1 <= number <= 20:  # ① to ⑳: there are no more in a row
        return chr(0x2460 + number - 1)
    if style == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    if style in {"upperLetter", "lowerLetter"} and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter if style == "upperLetter" else letter.lower()
    return str(number)
