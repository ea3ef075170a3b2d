"""The answers of 对应关系.xlsx and those of the screen together: each once, and where they contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.drawn import drawn
from tongbao.matching.answers import Answer, Mark, Verdict, answer
from tongbao.matching.decisions_aside import Decision
from tongbao.matching.two_places import Names, united
from tongbao.model import Row

PRIOR = drawn("事项\n甲事\n乙事\n丙事", "2022-01")
NOW = drawn("事项\n子事\n丑事\n寅事")
A, B, _ = PRIOR.rows
X, Y, Z = NOW.rows
SAME, NOT, JOINED, PARTS, GONE = Verdict
NAMES = Names(PRIOR, NOW)


def of(row: Row, verdict: Verdict, to: Row | None = None, reason: str = "") -> Answer:
    return answer(PRIOR, NOW, row, verdict, to, reason)


def on_screen(*answers: Answer) -> Decision:
    return Decision(answers[0].periods, answers[0].prior, answers)


@pytest.mark.parametrize(
    ("filed", "given"),
    [
        ([of(A, SAME, X)], [of(A, SAME, Y)]),
        ([of(A, SAME, X)], [of(A, NOT)]),
        ([of(A, SAME, X)], [of(A, NOT, X)]),
        ([of(A, NOT, X)], [of(A, SAME, X)]),
        ([of(A, NOT)], [of(A, SAME, X)]),
        ([of(A, NOT)], [of(A, PARTS, X), of(A, PARTS, Y)]),
        ([of(A, SAME, X)], [of(A, JOINED, X)]),
        ([of(A, GONE, reason="不办了")], [of(A, SAME, X)]),
        ([of(A, GONE, reason="不办了")], [of(A, JOINED, X)]),
        ([of(A, JOINED, X)], [of(A, JOINED, Y)]),
        ([of(A, PARTS, X), of(A, PARTS, Y)], [of(A, PARTS, X), of(A, PARTS, Z)]),
        ([of(A, SAME, X)], [of(B, SAME, X)]),  # one row of now for two of last period
        ([of(A, PARTS, X), of(A, PARTS, Y)], [of(B, SAME, Y)]),
    ],
)
def test_what_cannot_both_hold_is_found_and_the_workbook_counts(filed, given):
    answers, found = united(filed, [on_screen(*given)], NAMES)
    assert len(found) == 1
    assert answers == filed
    assert set(found[0].filed) <= set(filed)


@pytest.mark.parametrize(
    ("filed", "given"),
    [
        ([of(A, SAME, X)], [of(B, SAME, Y)]),
        ([of(A, NOT, X)], [of(A, SAME, Y)]),
        ([of(A, NOT, X)], [of(A, NOT)]),
        ([of(A, NOT)], [of(A, GONE, reason="不办了")]),  # first that it is none of them, later why
        ([of(A, NOT)], [of(A, JOINED, X)]),
        ([of(A, SAME, X)], [of(B, JOINED, X)]),
        ([of(A, JOINED, X)], [of(B, JOINED, X)]),
    ],
)
def test_what_can_both_hold_does(filed, given):
    assert united(filed, [on_screen(*given)], NAMES) == ([*filed, *given], [])


def test_what_both_say_counts_once_however_it_names_its_rows():
    typed = Answer(("2022-01", "2022-02"), Mark(text="甲 事"), SAME, Mark(place="台账!2"))
    assert united([typed], [on_screen(of(A, SAME, X))], NAMES) == ([typed], [])
    withdrawn = of(A, GONE, reason="不办了")
    assert united([withdrawn], [on_screen(replace(withdrawn, reason="停办"))], NAMES) == ([withdrawn], [])


def test_rows_that_moved_are_still_the_same_ones():
    moved = replace(of(A, SAME, X), prior=replace(Mark.of(A), place="台账!99"))
    assert united([moved], [on_screen(of(A, NOT))], NAMES)[1] != []


def test_other_periods_have_nothing_to_do_with_each_other():
    older = replace(of(A, SAME, X), periods=("2021-12", "2022-01"))
    given = of(A, NOT)
    assert united([older], [on_screen(given)], NAMES) == ([older, given], [])


def test_what_was_preferred_to_the_workbook_holds_until_it_says_something_else():
    filed, given = of(A, SAME, X), of(A, NOT)
    preferred = replace(on_screen(given), instead=(filed,))
    assert united([filed], [preferred], NAMES) == ([given], [])
    later = of(A, SAME, Y)
    answers, found = united([later], [preferred], NAMES)
    assert answers == [later]
    assert [one.filed for one in found] == [(later,)]
