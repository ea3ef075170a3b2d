"""What lines of words and sums are (县重点 | 2个 | 13): parts of the total above, headings with subtotals, or a doubt.

They have no number, unit or status, so they are no items for certain; by itself none tells what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from tongbao.ledger.frame import Frame
from tongbao.ledger.line import Line, What
from tongbao.ledger.linewords import begins_as_heading, begins_as_part, ends_in_count, is_total
from tongbao.words.amounts import parse_number

_WHY = "没有序号、单位和状态，只有名称和数，看不出是事项、标题还是小计"


def settled(frame: Frame, lines: Sequence[Line]) -> list[Line]:
    """The lines, where each of sums has become a heading, an aside, or a doubt."""
    found: list[Line] = []
    for sums, run in groupby(lines, lambda line: line.what is What.SUMS):
        same = list(run)
        found += _told(frame, same, found, lines) if sums else same
    return found


def _told(frame: Frame, run: list[Line], above: Sequence[Line], lines: Sequence[Line]) -> Iterator[Line]:
    """What a run of lines of sums is, by the total directly above it and the items directly below it."""
    total = _total_above(frame, above)
    below = next((line.what for line in lines if line.row > run[-1].row), None)
    parts = total is not None and (_begun_as_parts(above) or _repeat(frame, total, run) or _all_counted(run))
    for line in run:
        over_items = line is run[-1] and below in (What.ITEM, What.HEADING)
        yield _one(frame, line, parts=parts, over_items=over_items)


def _one(frame: Frame, line: Line, *, parts: bool, over_items: bool) -> Line:
    if begins_as_heading(line.text):
        return replace(line, what=What.HEADING, wide=True)
    if parts:
        return replace(line, what=What.ASIDE)
    beside_task = frame.task not in line.filled and frame.no in line.filled
    if over_items and (beside_task or ends_in_count(line.text)):
        return replace(line, what=What.HEADING, wide=True)
    if ends_in_count(line.text):
        return replace(line, what=What.ASIDE)
    if not frame.numbered:  # where no line has a number, a row of a name and sums may well be an item
        return Line(What.ITEM, line.row, line.filled, gap=line.gap)
    return replace(line, what=What.DOUBT, why=_WHY)


def _total_above(frame: Frame, above: Sequence[Line]) -> Line | None:
    """The total above a line with nothing but asides between them; None where there is none."""
    for line in reversed(above):
        if line.what is not What.ASIDE:
            return None
        if any(is_total(frame.text(line.row, c)) for c in line.filled if c in (frame.no, frame.first, frame.task)):
            return line
    return None


def _begun_as_parts(above: Sequence[Line]) -> bool:
    """Does the line above say 其中, so that those below go on with it?"""
    return bool(above) and begins_as_part(above[-1].text)


def _all_counted(run: Sequence[Line]) -> bool:
    return len(run) > 1 and all(ends_in_count(line.text) for line in run)


def _repeat(frame: Frame, total: Line, run: Sequence[Line]) -> bool:
    """Do several lines together repeat the total above them, in any of its columns?"""
    columns = set(total.filled) - {frame.no, frame.first, frame.task}
    return len(run) > 1 and any(_adds_up(frame, total, run, column) for column in columns)


def _adds_up(frame: Frame, total: Line, run: Sequence[Line], column: int) -> bool:
    whole, *parts = (_number(frame, line.row, column) for line in (total, *run))
    if not whole:
        return False
    return abs(whole - sum((part for part in parts if part), Decimal(0))) < Decimal("0.01") * len(run)


def _number(frame: Frame, row: int, column: int) -> Decimal | None:
    try:
        return parse_number(frame.text(row, column).rstrip("十百千万亿元个项件"))
    except ArithmeticError:  # more digits than exact decimals have
        return None
