"""Second months of the generators as workbooks of offices, each run whole: figures.json against the truth.

`python -m tests.test_whole_months 0 40 [generator]` tells of more of them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.judged import NEEDED, RIGHT, SILENT
from tests.support.months import GENERATORS
from tests.support.trials import ALL, tried
from tests.support.whole_runs import REFUSED, VERDICTS, Told, examined, made

CLASSES: dict[str, dict[str, Any]] = {"any": {}, "ordinary": {"ordinary": True}}
# Of 600 fresh months each none and four were silently wrong.
SILENT_AT_MOST = {"ordinary": 0.003, "any": 0.01}
PER_GENERATOR = tried(100, 3)


@pytest.mark.parametrize("title", CLASSES)
def test_most_months_of_offices_need_no_question_and_no_figure_is_wrong_unsaid(title: str):
    months = {name: _examined(name, range(PER_GENERATOR), title) for name in GENERATORS}
    everything = [told for some in months.values() for told in some]
    said = "\n".join(f"{name:12} {line(some)}" for name, some in months.items())
    wrong = Counter(told.verdict for told in everything)
    assert [told.errors for told in everything if told.verdict == REFUSED] == []
    assert wrong[SILENT] <= SILENT_AT_MOST[title] * len(everything), said  # of the few of each commit none
    # One of those stops: an answer leaves a row to choose for another item, about which it is asked then.
    assert _right(everything) >= 0.94, said
    assert min(map(_right, months.values())) >= (0.93 if ALL else 0.66), said


def _examined(generator: str, seeds: Sequence[int], title: str) -> list[Told]:
    return [examined(made(generator, seed, **CLASSES[title])) for seed in seeds]


def _right(months: Sequence[Told]) -> float:
    """The share of those that were right, without a question or after one that nobody could do without."""
    return sum(told.verdict in (RIGHT, NEEDED) for told in months) / len(months)


def line(months: Sequence[Told]) -> str:
    shares = Counter(told.verdict for told in months)
    return " ".join(f"{verdict} {100 * shares[verdict] / len(months):5.1f} %" for verdict in VERDICTS)


def tell(first: int, last: int, *names: str) -> None:
    """The figures, for people; and every month that is not right, by its number."""
    for name in names or GENERATORS:
        for title in CLASSES:
            months = _examined(name, range(first, last), title)
            print(f"{name:12} {title:10} {line(months)}", flush=True)
            for seed, told in enumerate(months, first):
                if told.verdict not in (RIGHT, NEEDED):
                    words = [row.text[:30] for row in told.asked]
                    print(f"    {seed}: {told.verdict} {[*told.errors, *words][:2]} {told.differ or ''}", flush=True)


if __name__ == "__main__":
    tell(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
