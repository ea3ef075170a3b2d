"""The rules of one row: open or not, lagging or not, whose item, whose work. Every stage asks the row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.builders import column, kind, period
from tongbao.circular.figures import tabulate
from tongbao.circular.views import RowView, Scope
from tongbao.config.kinds import ColumnType, Count, Joint, Label, Units
from tongbao.matching.two_periods import Changes, Fate, Outcome
from tongbao.model import Ledger, Place, Row, State
from tongbao.rounds.collect.sent import assignments
from tongbao.rounds.ids import items
from tongbao.words.collective import is_collective
from tongbao.words.units import Roster

LABELS = (
    Label("完成", State.DONE),
    Label("视为完成", State.PARTIAL, counts_as_done=True),
    Label("部分完成", State.PARTIAL),
    Label("正常", State.ON_TRACK, default=True),
    Label("滞后", State.LAGGING),
    Label("不再办理", State.LAGGING, withdrawn=True),
    Label("并入后完成", State.DONE, withdrawn=True),
)


def row(number: int, no: str = "1", units: str = "", label: str = "正常", **more: Any) -> Row:
    named = next(it for it in LABELS if it.name == label)
    return Row(
        Place("台账2022-02.xlsx", more.pop("sheet", "台账"), number),
        no,
        f"事项{number}",
        units=tuple(units.split("、")) if units else (),
        collective=tuple(filter(is_collective, units.split("、"))),
        label=label,
        state=named.state,
        done=named.is_done,
        withdrawn=named.withdrawn,
        **more,
    )


def ledger(*rows: Row, label: str = "2022-02-07") -> Ledger:
    return Ledger("台账2022-02.xlsx", period(label), date.fromisoformat(label), rows)


# ---------------------------------------------------------------------------------------------- open or not


@pytest.mark.parametrize(
    ("label", "done", "is_open", "is_lagging"),
    [
        ("完成", True, False, False),
        ("视为完成", True, False, False),
        ("部分完成", False, True, False),
        ("正常", False, True, False),
        ("滞后", False, True, True),
        ("不再办理", False, False, False),
        ("并入后完成", False, False, False),
    ],
)
def test_what_a_label_makes_of_a_row(label, done, is_open, is_lagging):
    found = row(2, label=label)
    assert (found.done, found.is_open, found.is_lagging) == (done, is_open, is_lagging)


def test_what_was_withdrawn_did_not_lag_last_period():
    """Its label may have any state."""
    before, now = [row(n, str(n), label=label) for n, label in ((2, "滞后"), (3, "不再办理"))], [row(2), row(3, "2")]
    outcomes = tuple(Outcome(old, Fate.CONTINUED, (new,)) for old, new in zip(before, now, strict=True))
    changes = Changes(ledger(*now), ledger(*before, label="2022-01-19"), outcomes)
    figures, _ = tabulate(changes, some_kind(), Roster(), 0)
    assert figures.choices["上期滞后"].rows == (now[0],)


# ---------------------------------------------------------------------------------------------- items


def test_a_number_covers_its_rows_within_a_sheet_and_section():
    first, part = row(2, "1", section=("第一次会议",)), row(3, "1", section=("第一次会议",))
    others = [
        row(4, "1", section=("第二次会议",)),
        row(5, "1", section=("第一次会议",), sheet="二组"),
        row(6, "", section=("第一次会议",)),
        row(7, "", section=("第一次会议",)),
    ]
    assert items([first, *others, part]) == [[first, part], *([other] for other in others)]
    figures, _ = tabulate(Changes(ledger(first, part, *others)), some_kind(count=Count.ITEMS), Roster(), 0)
    assert figures.numbers["items"].value == figures.numbers["total"].value == 5


# ---------------------------------------------------------------------------------------------- whose work


def some_kind(joint: Joint = Joint.EACH, **options: Any) -> Any:
    columns = [column("事项"), column("责任单位", type=ColumnType.UNITS), column("状态", type=ColumnType.STATUS)]
    return kind(columns, LABELS, units=Units(joint=joint), **options)


WHO = [
    ("县财政局", ["县财政局"], "县财政局"),
    ("县财政局、县住建局", ["县财政局", "县住建局"], "县财政局"),
    ("各相关单位、县住建局、县财政局", ["县住建局", "县财政局"], "县住建局"),
    ("县住建局、各乡镇、县财政局", ["县住建局", "县财政局"], "县住建局"),
    ("各乡镇、县直各部门、青石镇", ["青石镇"], "青石镇"),
    ("各相关单位", [], "各相关单位"),
    ("各乡镇、有关部门", [], "各乡镇、有关部门"),
    ("", [], ""),
]


@pytest.mark.parametrize(("units", "named", "lead"), WHO)
@pytest.mark.parametrize("joint", list(Joint))
def test_who_is_counted_is_sent_the_row_and_printed(units, named, lead, joint):
    made, by = ledger(row(2, "1", units)), some_kind(joint)
    expected = named if joint is Joint.EACH else named[:1]
    figures, _ = tabulate(Changes(made), by, Roster(), 0)
    sent, problems = assignments(made, by)
    scope = Scope(Changes(made), figures, by, Roster())
    assert [line.unit for line in figures.units] == expected
    assert figures.numbers["units"].value == len(expected)
    assert list(sent) == expected
    others = ["others_not_sent"] if len(made.rows[0].units) > len(expected) else []
    assert [p.code for p in problems] == (others if expected else ["not_sent"])
    assert sorted(scope.units_of(made.rows)) == sorted(expected)
    assert RowView(scope, made.rows[0])["牵头"] == lead


def test_only_what_is_open_is_sent():
    by = some_kind()
    rows = [row(n, str(n), "县财政局", label.name) for n, label in enumerate(LABELS, 2)]
    sent, _ = assignments(ledger(*rows), by)
    assert [found.label for found in sent["县财政局"]] == ["部分完成", "正常", "滞后"]
    assert assignments(replace(ledger(*rows), rows=()), by) == ({}, [])
