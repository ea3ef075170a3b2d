"""核稿 without a ledger: a circular's own words and figures against each other.

Every check is a plain function over the claims of the paper; adding a check is a function and a line in `CHECKS`. A
check says that something holds, or that it is wrong; where the text leaves room for a right reading it stays silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tongbao.proof.claims.growth import growth
from tongbao.proof.claims.heading_numbers import heading_numbers
from tongbao.proof.claims.members import lists
from tongbao.proof.claims.repeats import definite, repeated
from tongbao.proof.claims.shares import CUT, shares
from tongbao.proof.claims.shares_together import rate_ranges, whole_shares
from tongbao.proof.claims.sums import parts_and_wholes
from tongbao.proof.claims.tables import tables
from tongbao.proof.claims.wording import annexes, dates, half_width, period
from tongbao.proof.text.sentences import Reading, read_claims
from tongbao.proof.verdicts import Statement
from tongbao.word.document import Paper, Stretch

CHECKS: tuple[Callable[[Reading], Iterable[Statement]], ...] = (
    parts_and_wholes,
    lists,
    shares,
    whole_shares,
    rate_ranges,
    growth,
    repeated,
    definite,
    tables,
    heading_numbers,
    dates,
    period,
    annexes,
    half_width,
)


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The statements of a paper that could be judged, each once, and the reading that their spans are of."""

    reading: Reading
    statements: tuple[Statement, ...]

    @property
    def held(self) -> int:
        """How many statements were found right."""
        return sum(s.level is None for s in self.statements)

    @property
    def wrong(self) -> list[Statement]:
        """The statements to be told; shares that were cut off instead of rounded are told in one note."""
        told = [s for s in self.statements if s.level is not None]
        cut = [s for s in told if s.code == CUT]
        if len(cut) < 2:  # one is told in its own words
            return told
        says = f"全文有 {len(cut)} 处占比是截去尾数得到的，其余是四舍五入，第一处在这里"
        return [*(s for s in told if s.code != CUT), replace(cut[0], says=says)]

    @property
    def numbers(self) -> int:
        """How many quantities and shares the text has."""
        return sum(1 for _ in self.reading.numbers)

    @property
    def judged(self) -> frozenset[Stretch]:
        """The numbers that some check could judge, right or wrong, where they stand as typed."""
        folded = self.reading.folded
        spans = ((s.paragraph, *folded[s.paragraph].span(*span)) for s in self.statements for span in s.judged)
        return frozenset(Stretch(*span) for span in spans)


def check_paper(paper: Paper) -> SelfCheck:
    """Checks a paper against itself."""
    reading = read_claims(paper)
    return SelfCheck(reading, tuple(_distinct(s for test in CHECKS for s in test(reading))))


def _distinct(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The first of all statements that are about the very same numbers in the same way."""
    seen = set()
    for s in statements:
        key = (s.code, s.paragraph, frozenset(s.judged) or (s.start, s.end, s.says))
        if key not in seen:
            seen.add(key)
            yield s
