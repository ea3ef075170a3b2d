"""The ledgers before the newest one, each linked with the one before it and counted as was decided then."""

from __future__ import annotations

from collections.abc import Sequence

from tongbao.config.kinds import Kind
from tongbao.matching.kept_decisions import Line, decided
from tongbao.matching.silence import settled
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger


def followed(
    ledgers: Sequence[Ledger], links: Sequence[Matching], lines: Sequence[Line], kind: Kind
) -> tuple[list[Ledger], list[Matching]]:
    """The ledgers and their matchings as they count. `links`: from each ledger to the next, as they were read."""
    found: list[Ledger] = []
    linked: list[Matching] = []
    for number, ledger in enumerate(ledgers):
        link = links[number - 1].with_rows(found[-1].rows) if found else None
        ledger, link = settled(ledger, link, kind, decided(lines, ledger.period, ledger.rows))
        found.append(ledger)
        linked += [link] if link else []
    return found, linked
