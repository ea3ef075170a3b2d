"""What a matcher makes of two drawn ledgers, told by the numbers of the rows."""

from __future__ import annotations

from tests.support.drawn import drawn
from tongbao.matching.answers import Answer
from tongbao.matching.match import match
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger, Row


def matched(prior: str | Ledger, current: str | Ledger, *answers: Answer) -> Matching:
    """The matching of two ledgers, drawn or ready."""
    before = drawn(prior, "2022-01") if isinstance(prior, str) else prior
    now = drawn(current, "2022-02") if isinstance(current, str) else current
    return match(before, now, answers)[0]


def pairs(found: Matching) -> list[tuple[int, int]]:
    """The pairs by their numbers in the ledgers, from 1; rows of the sheet 销号 from 101."""
    return [(number(p.prior), number(p.current)) for p in found.pairs]


def number(row: Row) -> int:
    """The number of a row in its ledger, from 1; on the sheet 销号 from 101."""
    return row.place.row - 1 + 100 * (row.place.sheet == "销号")


def assumed(found: Matching) -> list[tuple[int, int]]:
    """The pairs that count and are told of."""
    return [(number(p.prior), number(p.current)) for p in found.pairs if p.assumed]
