"""核对表.xlsx: every row of both periods is in it, every printed number leads to its rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.support.builders import period
from tongbao.circular.choices import Figure
from tongbao.circular.reconciliation import equations, reconciliation
from tongbao.excel.writing.listing import Entry, Page, listing
from tongbao.matching.two_periods import Bond, Changes, Fate, How, Line, Outcome, Pair, Past
from tongbao.model import DEADLINE, PROGRESS, Deadline, Ledger, Place, Row, Value

OLD, NEW = "台账2022-01-19.xlsx", "台账2022-02-07.xlsx"


def row(file: str, number: int, text: str, label: str = "正常推进", **cells: str) -> Row:
    typed: dict[str, Value] = {PROGRESS: cells.get("progress", ""), DEADLINE: Deadline(cells.get("deadline", ""))}
    place = Place(file, "台账", number)
    return Row(place, str(number - 2), text, units=("县住建局",), label=label, done=label == "完成", cells=typed)


def ledger(file: str, label: str, *rows: Row) -> Ledger:
    return Ledger(file, period(label), date.fromisoformat(label), rows)


BRIDGE, RIVER, TREES = (row(OLD, n, t, progress="在办") for n, t in [(3, "修桥"), (4, "清河"), (5, "种树")])
BRIDGE_NOW = row(NEW, 3, "修桥", "完成", progress="已通车")
RIVER_NOW = row(NEW, 4, "清理河道", progress="在办", deadline="3月底")
ROAD_NOW = row(NEW, 5, "修路")
CHANGES = Changes(
    ledger(NEW, "2022-02-07", BRIDGE_NOW, RIVER_NOW, ROAD_NOW),
    ledger(OLD, "2022-01-19", BRIDGE, RIVER, TREES),
    outcomes=(
        Outcome(BRIDGE, Fate.NEWLY_COMPLETED, (BRIDGE_NOW,)),
        Outcome(RIVER, Fate.CONTINUED, (RIVER_NOW,)),
        Outcome(TREES, Fate.UNACCOUNTED),
    ),
    pairs=(Pair(BRIDGE, BRIDGE_NOW, How.EXACT), Pair(RIVER, RIVER_NOW, How.ANSWER)),
    added=(ROAD_NOW,),
    newly_completed=(BRIDGE_NOW,),
    past={RIVER_NOW.place: Past(lagging_periods=2, moved=1, same_progress=3)},
)
FIGURES = [
    Figure("newly_completed", "新增完成", 1, "本期完成、上期未完成的事项", (BRIDGE_NOW,)),
    Figure("total", "总数", 58, "完成加未完成", (BRIDGE_NOW, RIVER_NOW, ROAD_NOW), 55),
    Figure("ratio", "完成率", "1.7%", "完成比总数", (BRIDGE_NOW,)),
]
BALANCE = [
    Line("上期未完成", "+", 3),
    Line("本期新增", "+", 1),
    Line("撤销", "-", 0),
    Line("去向不明", "-", 1),
    Line("本期新增完成", "=", 1),
    Line("本期未完成", "=", 2),
    Line("此前累计完成", "+", 55),
    Line("累计事项", "=", 58),
]


def book(
    changes: Changes = CHANGES,
    folder: str | None = "../../input/台账 2022/",
    printed: Sequence[str] = ("newly_completed", "total"),
) -> Any:
    way = None if folder is None else folder.__add__
    return load_workbook(io.BytesIO(reconciliation(changes, FIGURES, printed, BALANCE, way)))


def lines(sheet: Any) -> list[list[Any]]:
    return [[c.value for c in line] for line in sheet.iter_rows(min_row=int(sheet.freeze_panes[1:]))]


def test_the_balance_is_said_as_a_sum_without_noughts() -> None:
    assert equations(BALANCE) == [
        "上期未完成3项 + 本期新增1项 - 去向不明1项 = 本期新增完成1项 + 本期未完成2项",
        "此前累计完成55项 = 累计事项58项",
    ]
    assert book()["衔接平衡表"]["A2"].value == equations(BALANCE)[0]


def test_every_prior_row_has_one_line_with_its_fate_and_new_rows_follow() -> None:
    told = [(n[0], n[2], n[5], n[8]) for n in lines(book()["衔接平衡表"]) if n[2]]
    assert told == [
        ("去向不明", "种树", "台账 第5行", None),
        ("本期新增完成", "修桥", "台账 第3行", "台账 第3行"),
        ("继续办理", "清河", "台账 第4行", "台账 第4行"),
        ("本期新增", "修路", None, "台账 第5行"),
    ]


def test_a_reworded_row_shows_its_new_words() -> None:
    assert [n[9] for n in lines(book()["衔接平衡表"]) if n[2] == "清河"] == ["文字改为：清理河道"]


def test_links_lead_into_both_ledgers() -> None:
    sheet = book()["衔接平衡表"]
    bridge = next(line for line in sheet.iter_rows() if line[2].value == "修桥")
    assert [(bridge[c].hyperlink.target, bridge[c].hyperlink.location) for c in (5, 8)] == [
        ("../../input/台账%202022/" + OLD, "'台账'!A3"),
        ("../../input/台账%202022/" + NEW, "'台账'!A3"),
    ]


def test_every_printed_number_has_its_rule_and_its_rows() -> None:
    told = [(n[0], n[1], n[2], n[6]) for n in lines(book()["数字来源"])]
    assert told == [
        ("新增完成", 1, "本期完成、上期未完成的事项", "1行"),
        ("新增完成", None, "修桥", f"{NEW} 台账 第3行"),
        ("总数", 58, "完成加未完成", "3行"),
        ("总数", 55, "首期台账以前已办结的，写在 config.yaml 的 opening 中，没有台账可查", "config.yaml"),
        ("总数", None, "修桥", f"{NEW} 台账 第3行"),
        ("总数", None, "清理河道", f"{NEW} 台账 第4行"),
        ("总数", None, "修路", f"{NEW} 台账 第5行"),
    ]


def test_numbers_that_are_not_printed_are_not_listed_and_shares_are_shown_as_printed() -> None:
    assert [n[1] for n in lines(book(printed=["ratio"])["数字来源"])] == ["1.7%", None]


def test_what_changed_is_shown_before_and_after_and_coloured() -> None:
    sheet = book()["逐项变化"]
    river = next(line for line in sheet.iter_rows() if line[1].value == "清理河道")
    assert [c.value for c in river][3:13] == [
        "继续办理",
        "正常推进",
        "正常推进",
        None,
        "3月底",
        "在办",
        "在办",
        2,
        1,
        3,
    ]
    coloured = [c.column_letter for c in river if c.fill.fill_type]
    assert coloured == ["H"]


def test_without_a_prior_ledger_the_balance_says_so() -> None:
    first = Changes(CHANGES.current)
    sheet = book(first)["衔接平衡表"]
    assert "没有上期台账" in [line[0].value for line in sheet.iter_rows()][3]
    assert sheet.max_row == int(sheet.freeze_panes[1:]) - 1


def test_without_a_way_to_the_ledgers_the_places_stay_readable() -> None:
    sheet = book(folder=None)["数字来源"]
    assert sheet["G5"].value.endswith("第3行")
    assert sheet["G5"].hyperlink is None


def test_pages_are_ready_for_the_printer() -> None:
    for sheet in book().worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToWidth == 1
        header = int(sheet.freeze_panes[1:]) - 1
        assert sheet.print_title_rows == f"${header}:${header}"


@pytest.mark.parametrize(
    "value", ["=1+1", "<b>&\"'", "x" * 40_000, "\x07铃", "半个\ud83d", "第一行\n第二行", " 前导空格"]
)
def test_a_listing_holds_any_text(value: str) -> None:
    page = Page("表", ["题"], {"甲": 20, "乙": 8}, [Entry([value, Decimal("8.90")])])
    sheet = load_workbook(io.BytesIO(listing([page], None)))["表"]
    expected = value.replace("\x07", "").replace("\ud83d", "\ufffd")[:32_767]
    assert (sheet["A3"].value, sheet["B3"].value) == (expected, 8.9)


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(-9, 9)), max_size=6))
def test_a_listing_gives_back_its_rows(rows: list[tuple[str, int]]) -> None:
    from tongbao.words.text import clean

    page = Page("表", ["题"], {"甲": 20, "乙": 8}, [Entry(list(values)) for values in rows])
    sheet = load_workbook(io.BytesIO(listing([page], None)))["表"]
    read = (
        [(a or "", b) for a, b in sheet.iter_rows(min_row=3, max_row=2 + len(rows), values_only=True)] if rows else []
    )
    assert [(clean(str(a)), b) for a, b in read] == [(clean(a), b) for a, b in rows]


def test_what_was_assumed_stands_on_a_page_of_its_own_with_its_evidence():
    assert "认定依据" not in book().sheetnames
    assumed = Pair(RIVER, RIVER_NOW, How.SIMILAR, 0.83, assumed=True)
    page = book(replace(CHANGES, assumed=(assumed,)))["认定依据"]
    shown = [c.value for line in page.iter_rows() for c in line if c.value]
    assert "同一项" in shown
    assert "83%" in shown
    sure = replace(assumed, score=1.0, ground="仅凭行序认定")
    part = Pair(RIVER, ROAD_NOW, How.SIMILAR, 1.0, assumed=True, bond=Bond.SPLIT)
    page = book(replace(CHANGES, assumed=(sure, part)))["认定依据"]
    shown += [c.value for line in page.iter_rows() for c in line if c.value]
    assert {"同一项", "拆分", "99%"} <= set(shown)
    assert "100%" not in shown  # of nothing that is to be looked at
    assert any(str(value).endswith("；仅凭行序认定") for value in shown)
    assert any(isinstance(value, str) and "文字" in value and "相" in value for value in shown)
