"""Many months of one ledger, each made from the one before by the hands of `months`, and which item every row truly is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.support.months import GENERATORS, habits, month
from tests.support.simulator import Step, ledger_of
from tongbao.model import Ledger, Place, Row


@dataclass(frozen=True)
class Link:
    """A ledger of a chain. `items`: the true item of each row, those of its sheet 销号 last; `step`: how it came about."""

    ledger: Ledger
    items: tuple[int, ...]
    step: Step | None = None


def chain(generator: str, rng: random.Random, months: int = 8) -> Iterator[Link]:
    """The ledgers of some months. Nothing is withdrawn, split or merged; what was closed stays on the sheet 销号."""
    ledger = labelled(GENERATORS[generator](rng), 1)
    items = list(range(len(ledger.rows)))
    yield Link(ledger, tuple(items))
    count = len(items)
    archive: list[tuple[Row, int]] = []
    for number in range(2, months + 1):
        how = habits(rng, ids="", ordinary=True, numbers=rng.choice(["kept", "renumbered"]))
        step = month(ledger, how, rng)
        came = {j: items[i] for i, j in step.truth.pairs.items()}
        rows = (*step.current.rows, *step.current.closed)
        for j in sorted(step.truth.added):
            came[j], count = count, count + 1
        at_work = len(step.current.rows)
        archive += [(row, came[at_work + n]) for n, row in enumerate(step.current.closed)]
        items = [came[j] for j in range(at_work)]
        ledger = labelled(ledger_of(rows[:at_work]), number, [row for row, _ in archive])
        yield Link(ledger, (*items, *(item for _, item in archive)), step)


def labelled(ledger: Ledger, number: int, closed: Sequence[Row] = ()) -> Ledger:
    """The ledger as that of a month of 2024, with the rows of its sheet 销号."""
    found = ledger_of(ledger.rows, (date(2024, number + 1, 1) - timedelta(days=1)).isoformat())
    return replace(found, closed=tuple(replace(r, place=Place(found.file, "销号", n)) for n, r in enumerate(closed, 2)))
