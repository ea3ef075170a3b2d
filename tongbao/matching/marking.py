"""The words in which two texts differ: as spans, between 【 and 】, and as a short extract around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from tongbao.matching import likeness
from tongbao.words.text import one_line

Span = tuple[int, int]

# A single character that both have between two differences is no word of its own: 【建设】, not 【建】设【改】.
_ALONE = 1
# Texts that have less than this in common in the same order are compared by pairs of characters, whatever the order;
# with less than the second in common, marks would stand around nearly all of them and show nothing (both by feel).
_IN_ORDER, _IN_COMMON = 0.6, 0.3
# A numeral differs as a whole: 【8.9】亿元 and 【89】亿元, not 8【.】9亿元.
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*%?")
# Not quoted with the words beside them.
_AROUND = "，。；、：！？,;: "
# Of what two texts have in common, so many characters stay beside a difference in an extract (set by feel).
_BESIDE = 8


def spans(before: str, now: str) -> tuple[list[Span], list[Span]]:
    """Where two texts differ: first and last position (the latter not included) in each of them.

    Nothing is marked where they are the same, nor where they have next to nothing in common.
    """
    pieces = list(likeness.stretches(before, now))
    if sum(len(a) for same, a, _ in pieces if same) >= _IN_ORDER * min(len(before), len(now)):
        found = _in_order(pieces)
    else:
        found = _strange_in(before, now), _strange_in(now, before)
    return _rounded(before, found[0]), _rounded(now, found[1])


def _in_order(pieces: Sequence[tuple[bool, str, str]]) -> tuple[list[Span], list[Span]]:
    """The pieces that differ; what one text lacks is an empty span there, for a numeral differs as a whole."""
    found: tuple[list[Span], list[Span]] = [], []
    at = [0, 0]
    for same, *both in pieces:
        for side, piece in enumerate(both):
            if not same:
                found[side].append((at[side], at[side] + len(piece)))
            at[side] += len(piece)
    return found


def _strange_in(text: str, other: str) -> list[Span]:
    """The words of a text that the other one has nowhere: characters of which no pair with a neighbour stands there."""
    known = {other[n : n + 2] for n in range(len(other) - 1)}
    pairs = [text[n : n + 2] in known for n in range(len(text) - 1)]
    held = [any(pairs[max(n - 1, 0) : n + 1]) for n in range(len(text))]
    if sum(held) < _IN_COMMON * len(text):
        return []
    return [(n, n + 1) for n, is_held in enumerate(held) if not is_held and text[n].isalnum()]


def spans_of_names(before: str, now: str) -> tuple[list[Span], list[Span]]:
    """Where names joined by 、 stand that the other list lacks; none where one of the lists is empty."""
    both = before.split("、"), now.split("、")
    return _strange_names(*both), _strange_names(*reversed(both))


def _strange_names(names: Sequence[str], others: Sequence[str]) -> list[Span]:
    starts = accumulate((len(name) + 1 for name in names), initial=0)
    found = zip(starts, names, strict=False)
    return [(start, start + len(name)) for start, name in found if name and name not in others] if any(others) else []


def exchanged(before: str, now: str) -> Iterator[tuple[str, str]]:
    """The words of two texts, each on one line, that stand for each other; numerals and signs alone are none."""
    for gone, come in _near_ones_joined(likeness.stretches(one_line(before), one_line(now))):
        if any(map(str.isalpha, gone + come)):
            yield gone.strip(_AROUND), come.strip(_AROUND)


def _near_ones_joined(pieces: Iterable[tuple[bool, str, str]]) -> list[tuple[str, str]]:
    """The pieces that differ; those that a character parts are one."""
    found: list[tuple[str, str]] = []
    between = ""
    for same, gone, come in pieces:
        if same:
            between = gone
        else:
            before, now = found.pop() if found and len(between) <= _ALONE else ("", "")
            beside = between if before or now else ""
            found.append((before + beside + gone, now + beside + come))
            between = ""
    return found


def marked(before: str, now: str) -> tuple[str, str]:
    """Two texts, each on one line, with the words in which they differ between 【 and 】."""
    texts = one_line(before), one_line(now)
    one, other = spans(*texts)
    return bracketed(texts[0], one), bracketed(texts[1], other)


def bracketed(text: str, found: Sequence[Span], most: int = 10**6) -> str:
    """A text with its spans between 【 and 】; longer than `most`, without what lies far from them."""
    parts = []
    for start, end, differs in _cut_up(text, found):
        piece = text[start:end]
        if differs:
            parts.append(f"【{piece}】")
        else:
            parts.append(_thinned(piece, start > 0, end < len(text)) if len(text) > most and found else piece)
    return "".join(parts)


def _cut_up(text: str, found: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """The whole text in pieces: first and last position, and whether it is one of the spans."""
    edges = [0, *(edge for span in found for edge in span), len(text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            yield start, end, number % 2 == 1


def _thinned(piece: str, follows: bool, leads: bool) -> str:
    """What stays of a piece between two spans, before the first one, or behind the last one."""
    head, tail = _BESIDE * 2 if not follows else _BESIDE, _BESIDE if leads else 0
    if len(piece) <= head + tail + 1:
        return piece
    return piece[:head] + "…" + (piece[-tail:] if tail else "")


def _rounded(text: str, found: Sequence[Span]) -> list[Span]:
    """Spans of whole numerals, those that only a character parts taken together, empty ones left out."""
    numerals = [match.span() for match in _NUMERAL.finditer(text)]
    joined: list[Span] = []
    for start, end in (_of_whole_numerals(span, numerals) for span in found):
        if start < end:
            near = joined and start - joined[-1][1] <= _ALONE
            joined.append((joined.pop()[0] if near else start, end))
    return joined


def _of_whole_numerals(span: Span, numerals: Sequence[Span]) -> Span:
    start, end = span
    for first, last in numerals:
        if (first < end and start < last) or (start == end and first < start < last):
            start, end = min(start, first), max(end, last)
    return start, end
