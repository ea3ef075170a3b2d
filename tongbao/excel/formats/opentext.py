"""What the XML of an OpenDocument spreadsheet says of how its texts look, and of days by their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from tongbao.excel.formats.lettering import PLAIN, Look, Written, look, written
from tongbao.excel.values import SeenDate, text_of
from tongbao.words.periods import spell_out

Attributes = dict[str, str]
_LINES = ("style:text-line-through-style", "style:text-line-through-type")


@dataclass
class Styles:
    """The names of the styles that hide a table, and the looks that styles give to texts.

    `struck`: whether a style strikes texts out; one that says nothing of it is not there. `fonts`: its font. `raised`:
    1 where it raises texts, 2 where it lowers them.
    """

    name: str = ""
    hidden: set[str] = field(default_factory=set)
    struck: dict[str, bool] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    raised: dict[str, int] = field(default_factory=dict)

    def begin(self, it: Attributes) -> None:
        """A style opens; its properties follow, and what it does not say its parent does."""
        self.name, parent = it.get("style:name", ""), it.get("style:parent-style-name", "")
        if parent in self.struck:
            self.struck[self.name] = self.struck[parent]

    def of_table(self, it: Attributes) -> None:
        """Notes whether the open style hides tables."""
        if it.get("table:display") == "false":
            self.hidden.add(self.name)

    def of_text(self, it: Attributes) -> None:
        """Notes the look that the open style gives to texts."""
        # LibreOffice names the sort of line in cells, and only whether there is one (type) in parts of a text.
        lines = [it[name] for name in _LINES if name in it]
        if lines:
            self.struck[self.name] = any(line != "none" for line in lines)
        if font := it.get("style:font-name") or it.get("xsl-fo-compatible:font-family"):
            self.fonts[self.name] = font.strip("'")
        if place := it.get("style:text-position", "").split():
            low = place[0] == "sub" or place[0].startswith("-")
            self.raised[self.name] = 2 if low else 0 if place[0] in ("0%", "0") else 1

    def look(self, *names: str) -> Look:
        """The look of a text in styles of these names, the innermost last."""
        struck = [self.struck[name] for name in names if name in self.struck]
        fonts = [self.fonts[name] for name in names if name in self.fonts]
        raised = [self.raised[name] for name in names if name in self.raised]
        return look(bool(struck and struck[-1]), fonts[-1] if fonts else "", raised[-1] if raised else 0)


@dataclass
class Writing:
    """The paragraphs of a cell while they are read, in pieces with the style of each.

    `said` is what elements say that are no text of the cell: its comments, text boxes that hang on it, the spelling
    over its characters; `aside` are those of them that are open.
    """

    paragraphs: list[list[tuple[str, str]]] = field(default_factory=list)
    inside: bool = False
    spans: list[str] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def reset(self) -> None:
        """A cell opens."""
        self.__init__()  # type: ignore[misc]

    def begin(self) -> None:
        """A paragraph opens."""
        if not self.aside:
            self.paragraphs.append([])
            self.inside = True

    def end(self) -> None:
        """A paragraph closes."""
        self.inside = self.inside and bool(self.aside)

    def add(self, text: str) -> None:
        """Adds text to the open paragraph, or to what stands beside the cell; other text is dropped."""
        if self.aside:
            element, before = self.said[self.aside[-1]]
            self.said[self.aside[-1]] = element, before + text.strip("\n")
        elif self.inside:
            self.paragraphs[-1].append((text, self.spans[-1] if self.spans else ""))

    def close_span(self) -> None:
        """A piece with a style of its own ends."""
        if self.spans:
            self.spans.pop()

    def open_aside(self, element: str) -> None:
        """Something opens that is no text of the cell."""
        self.aside.append(len(self.said))
        self.said.append((element, ""))

    def close_aside(self) -> None:
        """It closes."""
        if self.aside:
            self.aside.pop()

    def written(self, styles: Styles, cell: str) -> Written:
        """What the paragraphs say, in a cell of this style."""
        lines = [[(text, styles.look(cell, span)) for text, span in paragraph] for paragraph in self.paragraphs]
        joined = [piece for n, line in enumerate(lines) for piece in ([("\n", PLAIN)] if n else []) + line]
        return written(joined)


# What a day and a time are written with; what else stands in the text of a day are words of its format.
_SPELT = re.compile(r"[\da-zA-Z\s年月日号时點点分秒星期周()（）,，.。:：/／\-—上下午〇零一二三四五六七八九十○]*")


def day_shown(day: date, text: str, stored: str) -> date:
    """A day with what its text shows of it: a part (2022年3月, Mar-22), or the time of day too, if `stored` has one.

    What cannot be told by the text counts as the whole day.
    """
    if "上半年" in text or "下半年" in text or not _SPELT.fullmatch(text):
        return SeenDate.of(day, text, whole=len(re.findall(r"\d+", text)) > 2, worded=True)
    clock = re.search(r"T(\d\d):(\d\d)", stored)
    spelt = spell_out(text)
    named = re.search(r"[A-Za-z]{3,}|[一二三四五六七八九十]+月", spelt)
    numbers = [int(n) for n in re.findall(r"\d+", re.sub(r"\d+:\d+(?::\d+)?", "", spelt))]
    if len(numbers) + bool(named) > 2:
        shows_time = clock and re.search(r"\d:\d\d", text) and (clock[1], clock[2]) != ("00", "00")
        if not clock or not shows_time:
            return day
        return SeenDate.of(day, f"{text_of(day)}{int(clock[1])}:{clock[2]}", whole=True)
    year = day.year in numbers or (day.year % 100 in numbers and not ("日" in spelt or day.day in numbers))
    written = f"{day.year}年" if year else ""
    written += f"{day.month}月" if day.month in numbers or named else ""
    written += (
        f"{day.day}日" if not year and day.day in numbers and (named or len(numbers) > 1 or "日" in spelt) else ""
    )
    return SeenDate.of(day, written, whole=False) if written else day
