"""Second months of six generators: few stops, no wrong pair. `python -m tests.test_second_months` tells of more of them."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import Any
from zlib import crc32

import pytest

from tests.support.judged import RIGHT, SILENT, Judged, judged, truth_of_row
from tests.support.months import GENERATORS, Habits, habits, month
from tests.support.simulator import Step, ledger_of
from tests.support.trials import ALL, tried
from tongbao.matching.match import match
from tongbao.matching.two_periods import Matching
from tongbao.model import Row

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


PER_GENERATOR = tried(400, 12)
# Of ordinary months so many are right without a question: with numbers or 编号, and without either.
RIGHT_AT_LEAST = {"ordinary": 0.97, "ordinary, with id": 0.97, "ordinary, with number": 0.97, "ordinary, neither": 0.95}
# So many hold a figure that is silently wrong: of all months, and of ordinary ones.
SILENT_AT_MOST = {"any": 0.01}
SILENT_IN_ORDINARY = 0.003
# And no generator by itself is worse than this.
RIGHT_IN_EACH = 0.93


@pytest.mark.parametrize("title", CLASSES)
def test_most_months_need_no_question_and_no_sure_pair_is_wrong(title: str):
    """In a sample of few months one or two more may be wrong than in all of them."""
    by_generator = {
        name: [judged(made(name, seed, **CLASSES[title])[0]) for seed in range(PER_GENERATOR)] for name in GENERATORS
    }
    months = [m for some in by_generator.values() for m in some]
    shares, spare = Counter(m.verdict for m in months), 0 if ALL else 2
    assert [pair for m in months for pair in m.sure] == []
    assert shares[SILENT] <= SILENT_AT_MOST.get(title, SILENT_IN_ORDINARY) * len(months) + spare, line(months)
    assert sum(len(m.asked) for m in months) <= 0.005 * sum(m.rows for m in months), line(months)
    if title in RIGHT_AT_LEAST:
        assert shares[RIGHT] + spare >= RIGHT_AT_LEAST[title] * len(months), line(months)
        for name, some in by_generator.items():
            right = sum(m.verdict == RIGHT for m in some)
            assert right + spare >= RIGHT_IN_EACH * len(some), f"{name}: {line(some)}"


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


@pytest.mark.parametrize("generator", GENERATORS)
def test_when_what_was_asked_is_answered_nothing_more_is_asked(generator: str):
    for seed in range(tried(100, 4)):
        step, _ = made(generator, seed)
        found, _ = match(step.prior, step.current)
        index = {row.place: i for i, row in enumerate(step.prior.rows)}
        asked = dict.fromkeys(index[row.place] for row in stopped(found))
        again, problems = match(step.prior, step.current, [a for i in asked for a in truth_of_row(step, i)])
        assert stopped(again) == [], (generator, seed)
        assert [p for p in problems if p.code == "answer_unused"] == [], (generator, seed)


def stopped(found: Matching) -> list[Row]:
    """The rows about which a person has to say something before there is a paper."""
    return [*(row for row in found.gone if row.is_open), *(question.row for question in found.questions)]


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
