"""Eight months linked pair by pair: no item is lost and none becomes another, at the matcher, in the register, in the paper."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.support.chains import Link, chain
from tests.support.months import GENERATORS
from tests.support.trials import ALL, tried
from tests.support.whole_chains import OfficeOfYear
from tongbao.matching.answers import Answer, Verdict, answer
from tongbao.matching.history import History
from tongbao.matching.match import match
from tongbao.matching.two_periods import Matching
from tongbao.model import Place, Row

SEEDS = range(tried(20, 2))


def linked(before: Link, now: Link) -> Matching:
    """The matching of two neighbouring months; what it asks about, a clerk answers who knows the items."""
    found, _ = match(before.ledger, now.ledger)
    asked = {q.row.place for q in found.questions} | {row.place for row in found.gone if row.is_open}
    return match(before.ledger, now.ledger, list(told(before, now, asked)))[0] if asked else found


def told(before: Link, now: Link, asked: set[Place]) -> Iterator[Answer]:
    rows = dict(zip(now.items, (*now.ledger.rows, *now.ledger.closed), strict=True))
    for row, item in zip((*before.ledger.rows, *before.ledger.closed), before.items, strict=True):
        if row.place in asked and item in rows:
            yield answer(before.ledger, now.ledger, row, Verdict.SAME, rows[item])


def looks(row: Row) -> tuple[object, ...]:
    return row.text, row.get("名称"), row.units


@pytest.mark.parametrize("generator", GENERATORS)
def test_after_eight_months_every_row_bears_the_number_of_its_item(generator):
    rows_in_all = swapped_in_all = 0
    for seed in SEEDS:
        links = list(chain(generator, random.Random(f"{generator} {seed}")))
        matchings = [linked(one, other) for one, other in pairwise(links)]
        history = History([links[0].ledger], [])
        item_of: dict[int, int] = {}
        number_of: dict[int, int] = {}
        assumed = set()
        for link, found in zip(links, [None, *matchings], strict=True):
            if found:
                history.read(link.ledger, found)
                assumed |= {p.current.place for p in found.assumed}
            rows = (*link.ledger.rows, *link.ledger.closed)
            for row, item in zip(rows, link.items, strict=True):
                number = history.threads[row.place].number
                swapped = item_of.setdefault(number, item) != item or number_of.setdefault(item, number) != number
                swapped_in_all += swapped
                rows_in_all += 1
                # A row that was taken for another one without a word has to look exactly like it.
                if swapped and row.place not in assumed:
                    twins = [r for r in rows if r is not row and looks(r) == looks(row)]
                    assert twins, (seed, link.ledger.file, row.place, row.text)
                item_of[number], number_of[item] = item, number
        assert history.lost == []
        kept = {item_of[thread.number] for thread in (*history.threads.values(), *history.left)}
        assert kept == {item for link in links for item in link.items}
    assert swapped_in_all <= 0.002 * rows_in_all


OFFICES = {
    "annual-tasks": "plain",
    "key-projects": "project",
    "meeting-decisions": "plain",
    "rectification": "plain",
    "standing-meeting": "plain",
    "work-report": "plain",
}


@pytest.mark.parametrize("kind", OFFICES)
@pytest.mark.parametrize("prepared", [True, *[False] * ALL], ids=lambda prepared: "next" if prepared else "by hand")
def test_over_eight_months_nothing_finished_leaves_the_year(tmp_path, kind, prepared):
    for seed in range(tried(3, 1)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        office = OfficeOfYear(folder, kind, OFFICES[kind], seed, prepared=prepared)
        for month in office.months(8):
            if ALL or month in (5, 8):
                record, true = office.run(month), office.truth.figures(month)
                assert record["issued"], [p for p in record["problems"] if p["level"] == "error"]
                assert {name: record["figures"][name] for name in true} == true, month
