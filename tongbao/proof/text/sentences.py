"""What a Chinese official text claims: its sentences and segments, with the numbers in them.

Everything is read from the folded text (no spaces, width and punctuation in one form), and every record keeps its span
there; `Folded.span` leads back to the text as typed. What counts nothing here (dates, years, document numbers, 第三批,
what stands in 《》 or “”) is covered before sentences are cut and numbers are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tongbao.word.document import Paper
from tongbao.words.folding import Folded, fold
from tongbao.words.named import COVER, Kind, Named, cover, named
from tongbao.words.numbers import Quantity, Share, numbers

# ---------------------------------------------------------------------------------------------- covering

HOLE = "■"  # what a bracket's content is replaced by
_PAIRS = {"《": "》", "“": "”", "〈": "〉", "「": "」", "『": "』"}
# Quotations of up to eight characters (ten with their marks) without a numeral or a stop stay, for they are often a
# status: “滞后”的3项. A number word in one (“两个维护”) is covered, and so counts nothing. The cost: a longer status
# in quotation marks is not read. Set by feel.
_KEPT, _NOT_KEPT = 10, re.compile("[0-9〇零一二两三四五六七八九十百千，。；：、]")


def covered(text: str) -> str:
    """The text with titles, quotations, dates and ordinals covered, character for character."""
    chars = list(text)
    for start, end in _quoted(text):
        keep = text[start] == "“" and end - start <= _KEPT and not _NOT_KEPT.search(text[start:end])
        for i in range(start + 1, end - 1):
            chars[i] = chars[i] if keep else COVER
    joined = "".join(chars)
    return cover(joined, (_with_brackets(n, joined) for n in named(joined)))


def _with_brackets(found: Named, text: str) -> Named:
    """An ordinal alone in brackets, （一）, with its brackets: they hold no text."""
    around = text[found.start - 1 : found.start] + text[found.end : found.end + 1]
    enclosed = found.kind is Kind.ORDINAL and around in ("（）", "()")
    return replace(found, start=found.start - 1, end=found.end + 1) if enclosed else found


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost quotations and titles; one that is not closed within its line is none."""
    stack: list[tuple[int, str]] = []
    for i, c in enumerate(text):
        if c == "\n":
            stack.clear()
        elif c in _PAIRS:
            stack.append((i, _PAIRS[c]))
        elif stack and c == stack[-1][1]:
            start, _ = stack.pop()
            if not stack:
                yield start, i + 1


# ---------------------------------------------------------------------------------------------- sentences


@dataclass(frozen=True)
class Segment:
    """A stretch between two of ，；： or 、 after a quantity; `stop` is the sign that ends it, empty at the end.

    `text` is the covered text, with holes for the content of its brackets. `group` is the number of ； before it in the
    sentence.
    """

    text: str
    start: int
    stop: str
    group: int

    @cached_property
    def numbers(self) -> tuple[Quantity | Share, ...]:
        """Quantities and shares, with spans in the paragraph."""
        return tuple(_moved(n, self.start) for n in numbers(self.text))

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities among the numbers."""
        return tuple(n for n in self.numbers if isinstance(n, Quantity))

    @property
    def shares(self) -> tuple[Share, ...]:
        """The percentages among the numbers (no percentage points)."""
        return tuple(n for n in self.numbers if isinstance(n, Share) and not n.points)

    def before(self, number: Quantity | Share) -> str:
        """The segment's text in front of a number."""
        return self.text[: number.start - self.start]

    @property
    def end(self) -> int:
        """Where the segment ends in the paragraph, its stop not counted."""
        return self.start + len(self.text)


def _moved(number: Quantity | Share, by: int) -> Quantity | Share:
    return replace(number, start=number.start + by, end=number.end + by)


@dataclass(frozen=True)
class Sentence:
    """From one full stop to the next. `text` is covered, `start` its place in the folded paragraph."""

    text: str
    start: int
    paragraph: int

    @cached_property
    def flat(self) -> str:
        """The text with the content of brackets as holes."""
        chars = list(self.text)
        for start, end in brackets(self.text):
            chars[start + 1 : end - 1] = HOLE * (end - start - 2)
        return "".join(chars)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in order."""
        return tuple(_segments(self.flat, self.start))

    @property
    def inner(self) -> Iterator[Sentence]:
        """The contents of the outermost brackets, each as a sentence of its own."""
        for start, end in brackets(self.text):
            yield Sentence(self.text[start + 1 : end - 1], self.start + start + 1, self.paragraph)

    @property
    def end(self) -> int:
        """Where the sentence ends in the paragraph."""
        return self.start + len(self.text)


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost full-width brackets, the brackets included."""
    depth, start = 0, 0
    for i, c in enumerate(text):
        if c == "（":
            depth, start = depth + 1, start if depth else i
        elif c == "）" and depth:
            depth -= 1
            if not depth:
                yield start, i + 1


def _segments(flat: str, offset: int) -> Iterator[Segment]:
    """Cuts at ，；： and at a 、 that follows a quantity."""
    begin, group = 0, 0
    for match in re.finditer("[，；：、]|$", flat):
        piece = flat[begin : match.start()]
        if piece == "其中" or (match[0] == "、" and not any(True for _ in numbers(piece))):
            continue
        if piece:
            yield Segment(piece, offset + begin, match[0], group)
        begin, group = match.end(), group + (match[0] == "；")


def sentences(folded: str, paragraph: int) -> list[Sentence]:
    """The sentences of a folded paragraph, dates and quotations covered."""
    text, begin, found = covered(folded), 0, []
    for match in re.finditer(r"[。！？\n]|$", text):
        if text[begin : match.start()]:
            found.append(Sentence(text[begin : match.start()], begin, paragraph))
        begin = match.end()
    return found


# ---------------------------------------------------------------------------------------------- a whole paper


@dataclass(frozen=True)
class Reading:
    """A paper with its paragraphs folded, and the sentences of each paragraph: what every check is given."""

    paper: Paper
    folded: tuple[Folded, ...]
    sentences: tuple[tuple[Sentence, ...], ...]

    @property
    def numbers(self) -> Iterator[tuple[int, Quantity | Share]]:
        """(paragraph, number) for every quantity and share of the paper, those in brackets too."""
        for paragraph in self.sentences:
            for sentence in paragraph:
                for number in numbers(sentence.text):
                    yield sentence.paragraph, _moved(number, sentence.start)


def read_claims(paper: Paper) -> Reading:
    """Folds and cuts every paragraph of the paper."""
    folded = tuple(fold(p.text) for p in paper.paragraphs)
    cut = tuple(tuple(sentences(f.text, i)) for i, f in enumerate(folded))
    return Reading(paper, folded, cut)
