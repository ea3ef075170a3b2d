"""Second months of six generators: few stops, no wrong pair. `python -m tests.test_second_months` tells of more of them."""

from __future__ import annotations

import random
import sys
from collections import Counter
from zlib import crc32

from tests.support.judged import Judged, judged
from tests.support.months import GENERATORS, Habits, habits, month
from tests.support.simulator import Step

CLASSES: dict[str, dict[str, object]] = {
    "any": {},
    "ordinary": {"ordinary": True},
    "ordinary, with id": {"ordinary": True, "ids": "kept"},
    "ordinary, with number": {"ordinary": True, "ids": "", "numbers": "kept"},
    "ordinary, neither": {"ordinary": True, "ids": "", "numbers": "none"},
}


def made(generator: str, seed: int, **given: object) -> tuple[Step, Habits]:
    """The month of that number."""
    rng = random.Random(crc32(f"{generator} {seed}".encode()))
    how = habits(rng, **given)
    return month(GENERATORS[generator](rng), how, rng), how


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
