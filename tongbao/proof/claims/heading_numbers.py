"""Heading numbers: skipped, used twice or out of order, at every level, inside their own parent.

A series that starts again at one is a new list, never a fault. A series is judged only if it begins with one and is
otherwise in step: ledger numbers in front of paragraphs (第6项, 9., 12.) are no headings.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from tongbao.model import Level
from tongbao.proof.text.sentences import Reading
from tongbao.proof.verdicts import Statement
from tongbao.word.package import BODY
from tongbao.words.text import chinese_number, parse_chinese_number

CODE, INLINE = "heading-number", "ordinal"
# Three signs reach 二十三; longer numerals are no heading numbers.
_CN = "[一二三四五六七八九十]{1,3}"


class Form(Enum):
    """The forms of heading numbers (GB/T 9704-2012 7.3.3 has four of them); an annex begins all series anew."""

    PART = auto()
    FIRST = auto()
    SECOND = auto()
    THIRD = auto()
    FOURTH = auto()
    CIRCLED = auto()
    ANNEX = auto()


_FORMS = (
    (Form.PART, re.compile(rf"^第({_CN}|\d{{1,2}})(?:部分|章)")),
    (Form.FIRST, re.compile(rf"^({_CN})、")),
    (Form.SECOND, re.compile(rf"^（({_CN})）")),
    (Form.THIRD, re.compile(r"^(\d{1,2})(?:[.．](?!\d)|、)")),
    (Form.FOURTH, re.compile(r"^（(\d{1,2})）")),
    (Form.CIRCLED, re.compile(r"^([①-⑳])")),
)
# In these forms a ledger's own numbers stand in front of paragraphs too (6., 9., 12.): see `_sure`.
_IN_DIGITS = {Form.THIRD, Form.FOURTH, Form.CIRCLED}


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that begins with a number: its form, the number, and the sign as printed."""

    paragraph: int
    form: Form
    number: int
    sign: str


def heading_numbers(reading: Reading) -> Iterator[Statement]:
    """Every series of heading numbers that is out of step."""
    for series in _series(list(_headings(reading))):
        yield from _judge(series)
    yield from _inline(reading)


def _headings(reading: Reading) -> Iterator[Heading]:
    """The numbered paragraphs of the body; Word's own list numbers cannot be wrong and reset nothing."""
    for paragraph, folded in zip(reading.paper.paragraphs, reading.folded, strict=True):
        if paragraph.where != BODY or paragraph.table or paragraph.style.lower().startswith("toc"):
            continue
        for form, pattern in _FORMS:
            match = pattern.match(folded.text)
            # A line break among the first 40 characters: a cover or a list set in one paragraph, no heading. Set by
            # feel.
            if match and len(folded.text) > match.end() and "\n" not in folded.text[:40]:
                number = _number(match[1])
                if number:
                    yield Heading(paragraph.index, form, number, match[0])
                break
        else:
            if re.match(r"^附件\d*[：:]?$", folded.text):
                yield Heading(paragraph.index, Form.ANNEX, 0, folded.text)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    return parse_chinese_number(text) or 0


def _series(headings: list[Heading]) -> Iterator[list[Heading]]:
    """The headings of one form under one parent, in order; a 1 begins a new series."""
    open_series: list[list[Heading]] = []
    for heading in headings:
        if heading.form is Form.ANNEX:
            yield from open_series
            open_series = []
            continue
        depth = next((d for d, s in enumerate(open_series) if s[0].form is heading.form), None)
        if depth is None:
            open_series.append([heading])
            continue
        yield from open_series[depth + 1 :]
        del open_series[depth + 1 :]
        if heading.number == 1:
            yield open_series[depth]
            open_series[depth] = [heading]
        else:
            open_series[depth].append(heading)
    yield from open_series


def _judge(series: list[Heading]) -> Iterator[Statement]:
    if len(series) < 2 or series[0].number != 1:
        return
    slips = [(a, b) for a, b in itertools.pairwise(series) if b.number != a.number + 1]
    real = [(a, b) for a, b in slips if not _back_in_step(series, b)]
    # A series with more slips than one in three steps counts something else: 一、三、五、六 is left alone, 一、二、四
    # is told. The cost: a circular renumbered badly throughout is not told.
    if len(real) > max(1, (len(series) - 1) // 3) or (series[0].form in _IN_DIGITS and not _sure(series, real)):
        return
    for before, heading in real:
        yield _slip(before, heading, series)


def _back_in_step(series: list[Heading], heading: Heading) -> bool:
    """After a wrong number, is this one right again (（四）（二）（六）: the 六 is right)?"""
    at = series.index(heading)
    return at >= 2 and series[at - 2].number == heading.number - 2


def _sure(series: list[Heading], slips: list[tuple[Heading, Heading]]) -> bool:
    """Is a series in digits sure to be one of headings: three or more, with one slip, a number used twice or left out?

    Otherwise they may be the numbers of ledger items in front of paragraphs: 1. 6. 7. or 1. 3.
    """
    steps = [b.number - a.number for a, b in slips]
    return len(series) >= 3 and len(slips) == 1 and steps[0] in {0, 2}


def _slip(before: Heading, heading: Heading, series: list[Heading]) -> Statement:
    expected = before.number + 1
    earlier = [h for h in series if h.number == heading.number and h.paragraph < heading.paragraph]
    word = "重复" if earlier else "跳号"
    says = f"标题序号“{heading.sign}”{word}"
    right = _spelled(expected, heading.sign)
    why = f"前一个是“{before.sign}”（第{before.paragraph + 1}段），这里应为“{right}”。"
    if earlier:
        why = f"“{heading.sign}”在第{earlier[0].paragraph + 1}段已经用过；" + why
    end = len(heading.sign)
    return Statement(
        CODE, heading.paragraph, 0, end, Level.ERROR, says, why, f"请把序号改为“{right}”，并顺改后面的序号。"
    )


def _spelled(number: int, like: str) -> str:
    """The number in the form of another heading's sign."""
    if "①" <= like[0] <= "⑳":
        return chr(ord("①") + number - 1)
    spelled = str(number) if re.search(r"\d", like) else chinese_number(number)
    return re.sub(r"\d+|[一二三四五六七八九十]+", spelled, like, count=1)


# 一是 at the beginning of a clause; inside one (做到一是快) it belongs to another list, or to none.
_IS = re.compile(r"(?:^|[。；：，\n])([一二三四五六七八九十])是")


def _inline(reading: Reading) -> Iterator[Statement]:
    """`一是…；二是…；四是…` inside one paragraph."""
    for p, folded in enumerate(reading.folded):
        found = [(m.start(1), parse_chinese_number(m[1]) or 0) for m in _IS.finditer(folded.text)]
        run: list[tuple[int, int]] = []
        for at, number in found:
            if number == 1:
                run = []
            # 一是、二是 must stand before a skip: 一是…；三是… may quote two points of a longer list.
            skipped = run and run[0][1] == 1 and len(run) >= 2 and number == run[-1][1] + 2
            if skipped and chinese_number(number - 1) + "是" not in folded.text[run[-1][0] : at]:
                yield _ordinal(p, at, run[-1][1], number)
            run.append((at, number))


def _ordinal(paragraph: int, at: int, before: int, number: int) -> Statement:
    says = f"“{chinese_number(number)}是”前面是“{chinese_number(before)}是”"
    right = chinese_number(before + 1)
    return Statement(
        INLINE, paragraph, at, at + 2, Level.ERROR, says, f"应为“{right}是”。", "请核对是否漏了一条，或改正序号。"
    )
