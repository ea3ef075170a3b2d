"""Second months of six generators: few stops, no wrong pair. `python -m tests.test_second_months` tells of more of them."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import Any
from zlib import crc32

import pytest

from tests.support.judged import SILENT, STOP, Judged, judged
from tests.support.months import GENERATORS, Habits, habits, month
from tests.support.simulator import Step, ledger_of
from tests.support.trials import tried

CLASSES: dict[str, dict[str, Any]] = {
    "any": {},
    "ordinary": {"ordinary": True},
    "ordinary, with id": {"ordinary": True, "ids": "kept"},
    "ordinary, with number": {"ordinary": True, "ids": "", "numbers": "kept"},
    "ordinary, neither": {"ordinary": True, "ids": "", "numbers": "none"},
}


def made(generator: str, seed: int, **given: Any) -> tuple[Step, Habits]:
    """The month of that number."""
    rng = random.Random(crc32(f"{generator} {seed}".encode()))
    how = habits(rng, **given)
    return month(GENERATORS[generator](rng), how, rng), how


PER_GENERATOR = tried(60, 12)


@pytest.mark.parametrize("title", ["any", "ordinary", "ordinary, neither"])
def test_most_months_need_no_question_and_no_sure_pair_is_wrong(title: str):
    seeds = range(PER_GENERATOR)
    months = [judged(made(name, seed, **CLASSES[title])[0]) for name in GENERATORS for seed in seeds]
    shares = Counter(m.verdict for m in months)
    assert [pair for m in months for pair in m.sure] == []
    assert shares[STOP] <= 0.06 * len(months), line(months)
    assert shares[SILENT] <= (0.04 if title == "any" else 0.02) * len(months), line(months)
    assert sum(len(m.asked) for m in months) <= 0.005 * sum(m.rows for m in months), line(months)


@pytest.mark.parametrize("generator", GENERATORS)
def test_over_eight_months_no_item_becomes_another_unsaid(generator: str):
    rng = random.Random(crc32(f"{generator} chain".encode()))
    ledger = GENERATORS[generator](rng)
    for _ in range(7):
        step = month(ledger, habits(rng, ids="", ordinary=True), rng)
        found = judged(step)
        assert found.sure == []
        assert found.pairs >= 0.95 * len(step.truth.pairs)
        ledger = ledger_of(step.current.rows)


def tell(first: int, last: int, *names: str) -> None:
    """The figures, for people: of all months and of the ordinary ones."""
    for name in names or GENERATORS:
        for title, given in CLASSES.items():
            print(
                f"{name:12} {title:24} {line([judged(made(name, seed, **given)[0]) for seed in range(first, last)])}",
                flush=True,
            )


def line(months: list[Judged]) -> str:
    shares = Counter(m.verdict for m in months)
    said = " ".join(
        f"{verdict} {100 * shares[verdict] / len(months):5.1f} %"
        for verdict in ("right", "needed question", "needless stop", "silently wrong")
    )
    rows = sum(m.rows for m in months)
    asked = sum(len(m.asked) for m in months)
    wrong = [sum(len(kind) for kind in kinds) for kinds in ([m.sure for m in months], [m.assumed for m in months])]
    pairs, assumed = sum(m.pairs for m in months), sum(m.assumptions for m in months)
    return f"{said}; asked {100 * asked / rows:.2f} %; wrong sure {wrong[0]} of {pairs - assumed}, assumed {wrong[1]} of {assumed}"


if __name__ == "__main__":
    tell(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
