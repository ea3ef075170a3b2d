"""What the checks of the layout look at: the lines of a .docx with their looks, its title, its pages' footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.word import gb9704
from tongbao.word.document import Paper
from tongbao.word.looks import Look, Looks
from tongbao.word.package import BODY, FOOTER, W, open_package, parse_part
from tongbao.word.sight import Sight
from tongbao.word.story import story
from tongbao.words.folding import fold


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the body outside tables: its number in the paper, text as typed and folded, look, and place."""

    index: int
    typed: str
    text: str
    look: Look
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the checks are given: the lines, which of them ends the title (None: none), and what the footers have."""

    paper: Paper
    lines: tuple[Line, ...]
    title: int | None
    odd_and_even: bool
    footer_fields: bool


def read_sheet(data: bytes, paper: Paper) -> Sheet:
    """The lines and footers of a .docx (its bytes, and the paper that was read from them)."""
    with open_package(data) as package:
        sight = Sight(package)
        trees = [(root, where) for _, root, where in sight.parts()]
        looks = Looks(sight)
        settings = parse_part(package, sight.related.get("settings", "word/settings.xml"))
        footers = [tree for tree, where in trees if where == FOOTER]
        spots = list(story(trees[0][0], sight))
    lines = [
        Line(i, p.text, fold(p.text).text.replace("\n", ""), looks.of(spot.elements[0]), p.place)
        for i, (p, spot) in enumerate(zip(paper.paragraphs, spots, strict=False))
        if p.where == BODY and not p.table and spot.host is None and p.text.strip()
    ]
    fields = any("PAGE" in (e.text or "") + (e.get(W + "instr") or "") for f in footers for e in f.iter())
    mirrored = settings is not None and settings.find(W + "evenAndOddHeaders") is not None
    return Sheet(paper, tuple(lines), _title(lines), mirrored, fields)


# Kinds of official papers (通报, 通知, 意见 …), 方案, and 情况, in which titles end too. A title that ends otherwise
# (…台账) is not known, and then nothing below it is checked as text.
_TITLE = re.compile(r"(?:通报|通知|报告|意见|方案|决定|公告|函|情况)$")


def _title(lines: Sequence[Line]) -> int | None:
    """The number of the line that ends the title: the largest of the first ten that reads like one, or None."""
    # Ten lines hold a masthead of five rows and a title of three (7.3.1); what is red belongs to the masthead.
    candidates = [n for n, x in enumerate(lines[:10]) if _TITLE.search(x.text) and not re.search("[。；：]", x.text)]
    candidates = [n for n in candidates if lines[n].look.color.upper() != gb9704.RED]
    return max(candidates, key=lambda n: (lines[n].look.size, n), default=None)
