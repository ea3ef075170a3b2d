"""Older neighbours are matched once: a kept matching is the one that would be made, with the rows of these ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from tests.support.folders import TEMPLATES
from tests.support.office import FEBRUARY, JANUARY, Office
from tongbao.ledger.asked import plan
from tongbao.ledger.intake import read_all
from tongbao.ledger.kept import FOLDER, Kept
from tongbao.ledger.on_file import ledgers_for
from tongbao.matching import kept_links as module
from tongbao.matching.answers import Answer, Mark, Verdict
from tongbao.matching.kept_links import links
from tongbao.matching.match import match
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger, Problem

MONTHS = ("2022-01", "2022-02", "2022-03", "2022-04")
REWORDED = FEBRUARY.replace("落实配套资金。", "落实小区改造的配套资金。")


@pytest.fixture
def office(tmp_path) -> Office:
    made = Office(tmp_path)
    for month, table in zip(MONTHS, (JANUARY, FEBRUARY, REWORDED, REWORDED), strict=True):
        made.ledger(month, table)
    return made


@pytest.fixture
def matched(monkeypatch) -> list[str]:
    """The neighbours that were matched, in order."""
    pairs: list[str] = []

    def noted(before: Ledger, after: Ledger, answers: Sequence[Answer]) -> tuple[Matching, list[Problem]]:
        pairs.append(f"{before.period.token}→{after.period.token}")
        return match(before, after, answers)

    monkeypatch.setattr(module, "match", noted)
    return pairs


def linked(
    office: Office, *answers: Answer, other: Any = lambda ledgers: ledgers
) -> tuple[list[Ledger], list[Matching]]:
    """The older ledgers as a run reads them, and their links; `other` changes them in between."""
    (job,) = plan(office.config, TEMPLATES, [], None, None)
    found, _ = ledgers_for(job)
    kept = Kept(job)
    ledgers = other(read_all(found, job, kept)[0][:-1])
    made = links(ledgers, answers, kept)
    kept.save(found)
    return ledgers, made


def test_two_unchanged_ledgers_are_matched_once(office, matched):
    ledgers, first = linked(office)
    assert matched == ["2022-01→2022-02", "2022-02→2022-03"]
    _, again = linked(office)
    assert matched == ["2022-01→2022-02", "2022-02→2022-03"]
    assert again == first == [match(one, other)[0] for one, other in pairwise(ledgers)]


def test_the_rows_of_a_kept_matching_are_those_of_the_ledgers(office, matched):
    linked(office)
    ledgers, made = linked(office)
    assert len(made[0].pairs) == 3
    for before, after, link in zip(ledgers[:-1], ledgers[1:], made, strict=True):
        assert all(any(pair.prior is row for row in before.rows) for pair in link.pairs)
        assert all(any(pair.current is row for row in after.rows) for pair in link.pairs)


def test_in_a_new_month_only_the_last_neighbours_are_matched(office, matched):
    linked(office)
    office.ledger("2022-05", REWORDED)
    matched.clear()
    linked(office)
    assert matched == ["2022-03→2022-04"]


def test_a_changed_ledger_is_matched_anew_with_both_neighbours(office, matched):
    linked(office)
    office.ledger("2022-02", FEBRUARY.replace("金石", "清水"))
    matched.clear()
    linked(office)
    assert matched == ["2022-01→2022-02", "2022-02→2022-03"]


def test_an_answer_about_two_neighbours_makes_them_matched_anew_and_no_others(office, matched):
    linked(office)
    matched.clear()
    labels = ("2022年1月", "2022年2月")
    answer = Answer(labels, Mark(place="台账!4"), Verdict.WITHDRAWN, reason="政策调整")
    _, made = linked(office, answer, replace(answer, periods=("2021年1月", "2021年2月")))
    assert matched == ["2022-01→2022-02"]
    assert [one.reason for one in made[0].withdrawn] == ["政策调整"]
    assert linked(office, answer)[1] == made
    assert matched == ["2022-01→2022-02"]


def test_ledgers_that_are_not_as_they_were_read_are_matched_as_they_are(office, matched):
    linked(office)
    matched.clear()

    def shortened(ledgers: list[Ledger]) -> list[Ledger]:
        return [replace(ledgers[0], rows=ledgers[0].rows[1:]), *ledgers[1:]]

    _, made = linked(office, other=shortened)
    assert matched == ["2022-01→2022-02"]
    assert len(made[0].pairs) == 2
    assert len(linked(office)[1][0].pairs) == 3


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_a_matching_that_is_damaged_or_gone_is_made_anew(office, matched, damage):
    _, first = linked(office)
    path = office.folder / "output" / "决策事项" / FOLDER / "2022-02-28-links.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] if damage is None else damage)
    matched.clear()
    assert linked(office)[1] == first
    assert matched == ["2022-01→2022-02"]
    assert path.read_bytes() == whole


def test_what_is_kept_goes_with_its_ledger(office, matched):
    linked(office)
    (office.folder / "input" / "决策事项" / "台账2022-02.xlsx").unlink()
    linked(office)
    kept = sorted(path.name for path in (office.folder / "output" / "决策事项" / FOLDER).glob("*-links.json"))
    assert kept == ["2022-03-31-links.json"]
    assert matched[2:] == ["2022-01→2022-03"]
