"""The ledgers before the newest one, each linked with the one before it and counted as was decided then."""

from __future__ import annotations

from collections.abc import Sequence

from tongbao.config.kinds import Kind
from tongbao.matching.answers import Answer
from tongbao.matching.kept_decisions import Line, decided
from tongbao.matching.match import match
from tongbao.matching.silence import settled
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger


def followed(
    ledgers: Sequence[Ledger], answers: Sequence[Answer], lines: Sequence[Line], kind: Kind
) -> tuple[list[Ledger], list[Matching]]:
    """The ledgers, oldest first, and the matching of each with the next; one fewer than there are ledgers."""
    found: list[Ledger] = []
    links: list[Matching] = []
    for ledger in ledgers:
        link = match(found[-1], ledger, answers)[0] if found else None
        settled_ledger, link = settled(ledger, link, kind, decided(lines, ledger.period, ledger.rows))
        found.append(settled_ledger)
        links += [link] if link else []
    return found, links
