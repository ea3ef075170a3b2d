"""The levels of headings: which headings stand above each item, outermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongbao.ledger.line import Line, What

# The order of numbering in official papers: 第一部分, 一、, （一）, 1., （1）, here with 、 and ． too. A number in
# front of a digit is a measure (1.5公里). 第一次会议, 第一批, ① and 壹、 have no rank here: merging and order decide
# about them.
_RANKS = (
    (re.compile(r"第[一二三四五六七八九十百\d]+(?:部分|篇|章)"), 1.0),
    (re.compile(r"[一二三四五六七八九十百]+[、.．]"), 2.0),
    (re.compile(r"[（(][一二三四五六七八九十百]+[）)]"), 3.0),
    (re.compile(r"\d+[、.．](?!\d)"), 4.0),
    (re.compile(r"[（(]\d+[）)]"), 5.0),
)


def sections(lines: Sequence[Line], depth: int) -> dict[int, tuple[str, ...]]:
    """For each row with a heading the headings that hold from there on, outermost first, at most `depth` of them.

    Levels are told apart by their numbering (一、 is above （一）), else by merging, else by order: a heading with
    another directly below it is the outer one.
    """
    shown = [line for line in lines if line.what is not What.ASIDE]
    headings = [n for n, line in enumerate(shown) if line.what is What.HEADING]
    ranks = [_rank(shown[n].text) for n in headings]
    numbered = any(rank is not None for rank in ranks)
    stack: list[tuple[float, str]] = []
    found: dict[int, tuple[str, ...]] = {}
    for n, rank in zip(headings, ranks, strict=True):
        line = shown[n]
        outer = n + 1 < len(shown) and shown[n + 1].what is What.HEADING
        if rank is None:
            rank = _plain_rank(line, shown[headings[0]], stack, numbered=numbered, outer=outer)
        while stack and stack[-1][0] >= rank:
            stack.pop()
        stack.append((rank, line.text))
        stack[:] = stack[: depth - 1] + stack[-1:] if len(stack) > depth else stack
        found[line.row] = tuple(text for _, text in stack)
    return found


def is_numbered_below(inner: str, outer: str) -> bool:
    """Does the numbering of two headings put one below the other, as （一） is below 一、?"""
    ranks = _rank(outer), _rank(inner)
    return ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1]


def _rank(text: str) -> float | None:
    """The rank of a heading by its numbering, the smaller the further out; None for a heading without numbering."""
    return next((rank for pattern, rank in _RANKS if pattern.match(text)), None)


def _plain_rank(line: Line, first: Line, stack: Sequence[tuple[float, str]], *, numbered: bool, outer: bool) -> float:
    """The rank of a heading without numbering: below the numbered ones where those came first.

    Otherwise it is above every numbering: 0.5 where it is merged otherwise than the first heading, 0 where another
    heading is directly below it, else 0.25 or 0.1. Only their order counts. It costs: after 省重点 / 在建 / items, an
    outer heading 县重点 with items directly below it is taken for an inner one.
    """
    if _rank(first.text) is not None:
        return 6.0
    if line.wide != first.wide:
        return 0.5
    if outer:
        return 0.0
    return 0.25 if stack and stack[0][0] == 0 and not numbered else 0.1
