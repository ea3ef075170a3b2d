"""The record of an issued paper: what counts as one, what a run without a paper leaves, what another base explains."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.support.builders import codes, meetings, period
from tongbao.circular.issued import by_another_base, counted_otherwise, issued, told_of_issued, with_attempt
from tongbao.config.kinds import Base
from tongbao.model import Ledger, Level, Place, Problem

PAPER = {"circular": "关于决策事项的通报.docx", "核稿依据": "核稿依据.json"}


def record(**changes: Any) -> bytes:
    said = {"issued": True, "draft": False, "figures": {"total": 39}, "outputs": PAPER, **changes}
    return json.dumps(said, ensure_ascii=False).encode()


OLD: dict[str, Any] = {"format": 1, "figures": {"total": 39}, "version": "0.1.0"}  # as version 0.1.0 wrote it


def old(**changes: Any) -> bytes:
    return json.dumps({**OLD, **changes}, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("data", "is_issued"),
    [
        (record(), True),
        (record(issued=False, outputs={"问题清单": "问题清单.xlsx"}), False),
        (record(issued=False, draft=True), False),
        (record(outputs={}), False),
        (record(outputs=[]), False),
        (old(outputs=PAPER), True),
        (old(outputs={"circular": "关于决策事项的通报（草稿）.docx"}), False),
        (old(outputs={"问题清单": "问题清单.xlsx"}), False),
        (b"", False),
        (b"{", False),
        (b"[]", False),
        ("\ufeff{}".encode(), False),
    ],
)
def test_what_counts_as_issued(data, is_issued):
    assert (issued(data) is not None) == is_issued


def test_a_run_without_a_paper_stands_beside_what_was_issued():
    failed = record(issued=False, outputs={}, figures={"total": 7})
    kept = json.loads(with_attempt(record(), failed))
    assert kept["figures"] == {"total": 39}
    assert kept["outputs"] == PAPER
    assert kept["attempt"] == json.loads(failed)
    again = json.loads(with_attempt(json.dumps(kept).encode(), record(issued=False, outputs={}, figures={"total": 8})))
    assert (again["figures"], again["attempt"]["figures"]) == ({"total": 39}, {"total": 8})
    assert "attempt" not in again["attempt"]


@pytest.mark.parametrize("there", [b"", b"{", record(issued=False, outputs={})])
def test_where_nothing_was_issued_the_run_stands_alone(there):
    failed = record(issued=False, outputs={}, figures={"total": 7})
    assert with_attempt(there, failed) == failed


def test_an_issued_paper_is_no_leftover():
    stale = [Problem(Level.NOTE, "output-stale", "还有", place=Place(name)) for name in (*PAPER.values(), "附表.xlsx")]
    told = told_of_issued(stale, issued(record()), draft=False)
    assert [(p.code, p.place.file) for p in told] == [("output-stale", "附表.xlsx"), ("issued_kept", PAPER["circular"])]
    assert "没有出通报" in told[-1].message
    assert "只出草稿" in told_of_issued(stale, issued(record()), draft=True)[-1].message
    assert told_of_issued(stale, None, draft=False) == stale


# ---------------------------------------------------------------------------------------------- another base

PRIOR = Ledger("台账2022-01.xlsx", period("2022-01-31"), date(2022, 1, 31), (), sha256="abc")
INPUTS = {PRIOR.file: "abc"}


def told(said: dict[str, int], numbers: dict[str, int], base: Base = Base.ALL, **changes: Any) -> list[Problem]:
    there = issued(old(outputs=PAPER, figures=said, **{"inputs": INPUTS, **changes}))
    assert there is not None
    return list(counted_otherwise(there, numbers, meetings(base=base), PRIOR))


def test_both_figures_and_the_reason_are_told():
    (note,) = told({"total": 39, "completed": 2, "open": 37}, {"total": 41, "completed": 4, "open": 37}, Base.YEAR)
    assert note.level is Level.NOTE
    assert "通报的是总数39、完成2，按现在的口径应为总数41、完成4" in note.message
    assert "本计划年度内的全部事项" in note.message
    assert "读台账" not in note.message


@pytest.mark.parametrize(
    ("said", "numbers", "changes"),
    [
        ({"total": 41, "completed": 4, "open": 37}, {"total": 41, "completed": 4, "open": 37}, {}),
        ({"total": 39}, {"total": 41, "completed": 4, "open": 37}, {"inputs": {PRIOR.file: "changed since"}}),
        ({}, {"total": 41, "completed": 4, "open": 37}, {}),
        ({"total": 39}, {"total": 41, "completed": 4, "open": 37}, {"inputs": None}),
    ],
    ids=["the same", "the ledger was changed", "nothing counted", "no inputs"],
)
def test_nothing_is_told_where_the_base_explains_nothing(said, numbers, changes):
    assert codes(told(said, numbers, **changes)) == []


@pytest.mark.parametrize(
    ("said", "base", "another"),
    [({}, Base.ALL, True), ({"base": "all"}, Base.ALL, False), ({"base": "all"}, Base.YEAR, True)],
)
def test_another_base(said, base, another):
    assert by_another_base(said, meetings(base=base)) is another
