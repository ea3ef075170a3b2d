"""The matchings of older neighbours, kept from run to run beside what their ledgers hold (see `ledger.kept`).

Two ledgers that have not changed, with the same answers, are matched once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tongbao.ledger.kept import Kept
from tongbao.matching.answers import Answer
from tongbao.matching.match import MATCHER, match
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger
from tongbao.outside.records import Codec
from tongbao.outside.shelf import Label


@cache
def _codec() -> Codec[Matching]:
    return Codec(Matching)


def links(ledgers: Sequence[Ledger], answers: Sequence[Answer], kept: Kept) -> list[Matching]:
    """The matching from each ledger to the next, as kept or made anew; `kept` then holds the new ones too."""
    return [_link(before, after, answers, kept) for before, after in pairwise(ledgers)]


def _link(before: Ledger, after: Ledger, answers: Sequence[Answer], kept: Kept) -> Matching:
    theirs = [a for a in answers if a.periods == (before.period.label, after.period.label)]
    rows = (*before.rows, *before.closed, *after.rows, *after.closed)
    name, label = f"{after.period.last.isoformat()}-links.json", _label(before, after, theirs, kept)
    there = kept.shelf.get(name) if label else None
    matching = _codec().decode(there[1], rows) if there and there[0] == label else None
    if matching is None:
        matching = match(before, after, theirs)[0]
        if label and (text := _codec().encode(matching, rows)):
            kept.shelf.put(name, label, text)
    return matching


def _label(before: Ledger, after: Ledger, answers: Sequence[Answer], kept: Kept) -> Label:
    """What a matching is made from; empty where a ledger is not as it was read, for then nobody knows its rows."""
    both = kept.label_of(before), kept.label_of(after)
    label = {"matcher": MATCHER, "before": repr(both[0]), "after": repr(both[1]), "answers": repr(answers)}
    return label if all(both) else {}
