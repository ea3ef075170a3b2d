"""Counting: the figures of two periods, shares, measures, selections, units; and the laws that always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import column, kind, meetings, period
from tongbao.circular.figures import tabulate
from tongbao.circular.printed_numbers import percent, rounded, shown
from tongbao.config.kinds import ColumnType, Count, Joint, Label, Measure, Rounding, Selection, Shares, Units
from tongbao.matching.two_periods import Changes, Fate, Outcome
from tongbao.model import Ledger, Place, Row, State
from tongbao.words.collective import is_collective
from tongbao.words.units import Roster

LABELS = {
    "完成": Label("完成", State.DONE),
    "视为完成": Label("视为完成", State.PARTIAL, counts_as_done=True),
    "正常": Label("正常", State.ON_TRACK, default=True),
    "滞后": Label("滞后", State.LAGGING),
}
NOBODY = Roster.from_names([])


def rows(*lines: str) -> tuple[Row, ...]:
    """Rows as `序号 事项 状态 单位、单位 字段=值 …`."""
    made = []
    for number, line in enumerate(lines, 5):
        no, text, label, units, *fields = line.split()
        standing = LABELS[label]
        cells = dict(f.split("=") for f in fields)
        made.append(
            Row(
                place=Place("台账.xlsx", "台账", number),
                no=no,
                text=text,
                units=tuple(units.split("、")) if units != "-" else (),
                collective=tuple(filter(is_collective, units.split("、"))),
                label=label,
                state=standing.state,
                done=standing.state is State.DONE or standing.counts_as_done,
                cells={k: Decimal(v) if v[0].isdigit() else v for k, v in cells.items()},
            )
        )
    return tuple(made)


def ledger(*lines: str, label: str = "2022-02-07") -> Ledger:
    return Ledger("台账.xlsx", period(label), date.fromisoformat(label), rows(*lines))


def count(changes: Changes, opening: int = 0, roster: Roster = NOBODY, **options):
    some = kind([column("事项"), column("状态", type=ColumnType.STATUS)], LABELS.values(), **options)
    return tabulate(changes, some, roster, opening)


def numbers(changes: Changes, opening: int = 0, **options) -> dict[str, int]:
    return {id_: int(f.value) for id_, f in count(changes, opening, **options)[0].numbers.items()}


FIVE = (
    "1 甲 完成 县财政局",
    "2 乙 视为完成 县财政局、县教育局",
    "3 丙 正常 县教育局",
    "4 丁 滞后 县水利局",
    "5 戊 正常 -",
)


def test_a_first_period_has_no_newly_completed():
    found = numbers(Changes(ledger(*FIVE)), opening=55)
    assert "newly_completed" not in found
    assert (found["closed_before"], found["completed"], found["open"], found["total"]) == (55, 57, 3, 60)
    assert (found["lagging"], found["on_track"], found["rows"], found["units"]) == (1, 2, 5, 3)


def test_a_second_period_tells_what_is_new():
    current = ledger(*FIVE)
    prior = ledger(*(line.replace("视为完成", "正常").replace("完成", "正常") for line in FIVE), label="2022-01-19")
    changes = Changes(current, prior, newly_completed=current.rows[:2])
    found = numbers(changes, opening=55)
    assert (found["closed_before"], found["newly_completed"], found["completed"]) == (55, 2, 57)
    assert (found["open"], found["total"]) == (3, 60)


def test_rows_done_in_part_that_do_not_count_as_done_are_a_figure_of_their_own():
    LABELS["部分"] = Label("部分", State.PARTIAL)
    try:
        found = numbers(Changes(ledger("1 甲 部分 县财政局", "2 乙 滞后 县水利局")))
    finally:
        del LABELS["部分"]
    assert (found["open"], found["partial"], found["lagging"]) == (2, 1, 1)


def test_a_list_of_the_office_may_be_called_as_a_selection_that_came_later():
    mine = Selection("未报送", of=("滞后",))
    some = kind([column("事项"), column("状态", type=ColumnType.STATUS)], LABELS.values(), lists=(mine,))
    figures, _ = tabulate(Changes(ledger(*FIVE)), some, NOBODY)
    assert (figures.choices["未报送"].count, figures.numbers["unreported"].value) == (1, 0)


def test_every_figure_leads_to_its_rows():
    figures, _ = count(Changes(ledger(*FIVE)), opening=55)
    assert [r.no for r in figures.numbers["lagging"].rows] == ["4"]
    assert (figures.numbers["total"].constant, len(figures.numbers["total"].rows)) == (55, 5)


def test_an_item_is_as_far_as_its_least_advanced_row():
    sub_rows = ("8 甲 完成 县财政局", "8 甲 滞后 县教育局", "9 乙 完成 县水利局")
    assert numbers(Changes(ledger(*sub_rows)))["lagging"] == 1
    found = numbers(Changes(ledger(*sub_rows)), count=Count.ITEMS)
    assert (found["total"], found["completed"], found["lagging"], found["items"], found["rows"]) == (2, 1, 1, 2, 3)


def test_an_item_is_newly_completed_with_its_last_row():
    current = ledger("8 甲 完成 县财政局", "8 甲 滞后 县教育局", "9 乙 完成 县水利局", "9 乙 视为完成 县教育局")
    changes = Changes(current, ledger(label="2022-01-19"), newly_completed=current.rows[:1] + current.rows[2:3])
    found = numbers(replace(changes, closed_before=current.rows[3:]), count=Count.ITEMS)
    assert (found["newly_completed"], found["closed_before"], found["open"], found["total"]) == (1, 0, 1, 2)


def test_shares_of_labels():
    lines = ["1 甲 滞后 -"] * 22 + ["1 甲 正常 -"] * 18 + ["1 甲 视为完成 -"] * 6 + ["1 甲 完成 -"] * 10
    figures, _ = count(Changes(ledger(*lines)), shares=Shares(decimals=0))
    assert {n: figures.share(c, Shares(decimals=0)) for n, c in figures.labels.items()} == {
        "完成": "18%",
        "视为完成": "11%",
        "正常": "32%",
        "滞后": "39%",
    }


def test_balanced_shares_add_up_to_100():
    figures, _ = count(
        Changes(ledger("1 甲 完成 -", "2 乙 正常 -", "3 丙 滞后 -")), shares=Shares(decimals=0, balanced=True)
    )
    assert {n: figures.shares[n] for n in ("完成", "正常", "滞后")} == {"完成": "34%", "正常": "33%", "滞后": "33%"}


@pytest.mark.parametrize(
    ("part", "whole", "style", "text"),
    [
        (86, 99, Shares(decimals=2), "86.87%"),
        (2, 99, Shares(decimals=2), "2.02%"),
        (1, 8, Shares(decimals=2, rounding=Rounding.DOWN), "12.50%"),
        (1, 8, Shares(decimals=2, trailing_zeros=False), "12.5%"),
        (2, 3, Shares(decimals=1, rounding=Rounding.DOWN), "66.6%"),
        (1, 8, Shares(decimals=0), "13%"),
        (1, 1, Shares(decimals=0, trailing_zeros=False), "100%"),
        (0, 0, Shares(), ""),
    ],
)
def test_how_a_share_is_printed(part, whole, style, text):
    assert percent(part, whole, style) == text


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_exact(value, decimals):
    half = Fraction(1, 2 * 10**decimals)
    assert abs(Fraction(rounded(value, Shares(decimals=decimals))) - value) <= half
    cut = Fraction(rounded(value, Shares(decimals=decimals, rounding=Rounding.DOWN)))
    assert abs(cut) <= abs(value) < abs(cut) + 2 * half


def test_numbers_are_never_in_exponent_form():
    assert shown(Decimal("1E+3"), trailing_zeros=True) == "1000"


MONEY = (
    Measure("计划", sum="计划"),
    Measure("投资", sum="投资"),
    Measure("完成率", ratio=("投资", "计划"), decimals=2),
    Measure("滞后率", ratio=("滞后", "全部"), decimals=0),
)
PROJECTS = (
    "1 甲 正常 - 级别=省重点 计划=8.9 投资=7.47",
    "2 乙 滞后 - 级别=县重点 计划=21.1 投资=16.22",
    "3 丙 正常 - 级别=县重点 计划=0.83 投资=0.33",
)


def test_measures_of_all_and_of_each_group():
    figures, _ = count(Changes(ledger(*PROJECTS)), measures=MONEY, groups=("级别",))
    assert figures.choices["全部"].measures == {
        "计划": Decimal("30.83"), "投资": Decimal("24.02"), "完成率": Decimal("77.91"), "滞后率": Decimal("33"),
    }  # fmt: skip
    assert {name: c.measures["完成率"] for name, c in figures.groups["级别"].items()} == {
        "省重点": Decimal("83.93"),
        "县重点": Decimal("75.47"),
    }


def test_a_ratio_without_a_base_is_empty():
    figures, _ = count(Changes(ledger("1 甲 正常 -")), measures=MONEY[:3])
    assert figures.choices["全部"].measures["完成率"] is None


def test_selections_of_a_kind():
    lists = (
        Selection("县里", where={"级别": ("县重点", "乡重点")}),
        Selection("县里滞后", of=("县里",), within=("滞后",)),
        Selection("最大", sort="-计划", take=2),
        Selection("两类", of=("滞后", "正常")),
    )
    figures, _ = count(Changes(ledger(*PROJECTS)), lists=lists)
    chosen = {s.name: [r.no for r in figures.choices[s.name].rows] for s in lists}
    assert chosen == {"县里": ["2", "3"], "县里滞后": ["2"], "最大": ["2", "1"], "两类": ["2", "1", "3"]}


def test_printed_classes_that_leave_rows_out_are_told():
    nested = (Selection("在办", of=("正常", "滞后")), Selection("其中滞后", of=("滞后",)))
    _, problems = count(Changes(ledger(*FIVE)), classes=nested)
    assert [p.message for p in problems] == ["印出的各类（在办3、其中滞后1）相加为4，与全部5不等"]


def test_units_in_roster_order_each_with_its_rate_and_rank():
    roster = Roster.from_names(["县水利局", "县教育局", "县财政局"])
    figures, _ = count(Changes(ledger(*FIVE)), roster=roster, shares=Shares(decimals=0))
    table = [(u.unit, u.assigned.count, u.done.count, u.lagging.count, u.rate, u.rank) for u in figures.units]
    assert table == [("县水利局", 1, 0, 1, "0%", 3), ("县教育局", 2, 1, 0, "50%", 2), ("县财政局", 2, 2, 0, "100%", 1)]


def test_where_items_are_counted_each_unit_has_the_items_of_its_own_rows():
    rows_ = ("1 甲 完成 县财政局", "1 甲 滞后 县水利局", "2 乙 完成 县财政局")
    figures, _ = count(Changes(ledger(*rows_)), count=Count.ITEMS)
    assert [(u.unit, u.assigned.count, u.done.count, u.lagging.count) for u in figures.units] == [
        ("县财政局", 2, 2, 0),
        ("县水利局", 1, 0, 1),
    ]


def test_a_joint_row_may_count_for_its_lead_unit_only():
    figures, _ = count(Changes(ledger(*FIVE)), units=Units(joint=Joint.LEAD))
    assert {u.unit: u.assigned.count for u in figures.units} == {"县财政局": 2, "县教育局": 1, "县水利局": 1}


def test_a_list_without_another_and_the_words_for_it():
    lists = (Selection("甲类", of=("未完成",), without=("滞后",)), Selection("前一", of=("甲类",), take=1))
    figures, _ = count(Changes(ledger(*FIVE)), lists=lists)
    assert [r.no for r in figures.choices["甲类"].rows] == ["3", "5"]
    assert (figures.choices["甲类"].rule, figures.choices["前一"].rule) == ("未完成中不属于滞后的", "甲类，取前1项")


def test_collective_units_have_no_place_in_the_unit_table():
    figures, _ = count(Changes(ledger("1 甲 完成 县财政局、各相关单位", "2 乙 正常 各镇街")))
    assert [(u.unit, u.assigned.count, u.rank) for u in figures.units] == [("县财政局", 1, 1)]
    assert figures.numbers["units"].value == 1


def test_lagging_before_and_what_became_of_it():
    current = ledger("1 甲 完成 -", "2 乙 滞后 -")
    prior = ledger("1 甲 滞后 -", "2 乙 正常 -", label="2022-01-19")
    outcomes = (Outcome(prior.rows[0], Fate.NEWLY_COMPLETED, current.rows[:1]), Outcome(prior.rows[1], Fate.CONTINUED))
    figures, _ = count(Changes(current, prior, outcomes, newly_completed=current.rows[:1]))
    assert [r.no for r in figures.choices["上期滞后"].rows] == ["1"]


ANY_ROWS = st.lists(st.sampled_from(list(LABELS)), max_size=30).map(
    lambda labels: tuple(
        replace(rows(f"{n} 事{n} {label} -")[0], place=Place(row=n)) for n, label in enumerate(labels, 1)
    )
)


@given(ANY_ROWS, st.randoms(), st.integers(0, 99))
def test_identities_hold_and_order_does_not_matter(some, random, opening):
    before = Ledger("台账.xlsx", period(), date(2022, 2, 7), some)
    shuffled = replace(before, rows=tuple(random.sample(some, len(some))))
    found = numbers(Changes(before), opening)
    assert found["total"] == opening + len(some) == found["completed"] + found["open"]
    assert found["open"] == sum(found[s] for s in ("lagging", "at_risk", "on_track", "suspended", "unknown"))
    assert found == numbers(Changes(shuffled), opening)


def test_the_meeting_kind_counts_its_blank_rows_as_on_track():
    assert next(label for label in meetings().labels if label.default).state is State.ON_TRACK
