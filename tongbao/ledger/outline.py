"""Headings and their levels: what stands above each item, outermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongbao.ledger.lines import Line, What

_RANKS = (
    (re.compile(r"第[一二三四五六七八九十百\d]+(?:部分|篇|章)"), 1.0),
    (re.compile(r"[一二三四五六七八九十百]+[、.．]"), 2.0),
    (re.compile(r"[（(][一二三四五六七八九十百]+[）)]"), 3.0),
    (re.compile(r"\d+[、.．](?!\d)"), 4.0),
    (re.compile(r"[（(]\d+[）)]"), 5.0),
)


def sections(lines: Sequence[Line], depth: int) -> dict[int, tuple[str, ...]]:
    """For each heading row the headings that hold from there on, outermost first, at most `depth` of them.

    Levels are told apart by numbering (一、 before （一）), by merging, and else by order: a heading with another
    directly under it is the outer one.
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


def _rank(text: str) -> float | None:
    """The level that a numbering says; None for a heading without one."""
    return next((rank for pattern, rank in _RANKS if pattern.match(text)), None)


def _plain_rank(line: Line, first: Line, stack: Sequence[tuple[float, str]], *, numbered: bool, outer: bool) -> float:
    """The level of a heading without numbering: below the numbered ones where those came first."""
    if _rank(first.text) is not None:
        return 6.0
    if line.wide != first.wide:
        return 0.5
    if outer:
        return 0.0
    return 0.25 if stack and stack[0][0] == 0 and not numbered else 0.1
