"""Annex tables put together again: however the pages cut them, the same rows come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import annexes
from tests.support.annexes import MEETING_HEAD, YEAR_HEAD, Rows, blanked, circular, meeting_rows, paged, year_rows
from tests.support.builders import meetings, period, year_tasks
from tests.support.docx_maker import cell
from tests.support.trials import tried
from tongbao.config.kinds import Kind
from tongbao.excel.grid import Book
from tongbao.excel.values import text_of
from tongbao.ledger.read import read_book
from tongbao.model import Ledger, Problem
from tongbao.rounds.bring_in.annex import grids, taken
from tongbao.rounds.bring_in.joined_pages import assembled
from tongbao.word.document import read


def read_in(blocks: Sequence[str], by: Kind) -> tuple[Ledger, list[Problem]]:
    """What a reader finds in the tables of a circular, and the doubts of putting them together."""
    paper, problems = read(circular(*blocks), "通报.docx")
    assert paper, problems
    sheet, doubts = assembled(taken(grids(paper), by), by)
    when = period()
    found, said = read_book(Book("通报.docx", (sheet,)), by, when, as_of=when.last, roster=None)
    assert found, said
    return found, doubts


def said(found: Ledger) -> list[Any]:
    """All that a row says, but for where it stands."""
    return [
        (row.section, row.no, row.text, row.units, row.label, row.get("名称"), row.get("进展")) for row in found.rows
    ]


SHAPES = {"meetings": (meetings(), meeting_rows(), MEETING_HEAD), "year": (year_tasks(), year_rows(), YEAR_HEAD)}
WHOLE = {name: said(read_in([annexes.table(rows, [head])], by)[0]) for name, (by, rows, head) in SHAPES.items()}


@pytest.mark.parametrize(("shape", "count"), [("meetings", 37), ("year", 56)])
def test_the_whole_table_has_all_rows(shape, count):
    assert len(WHOLE[shape]) == count


@settings(max_examples=tried(40, 15), deadline=None)
@given(
    shape=st.sampled_from(sorted(SHAPES)),
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=6),
    repeated=st.booleans(),
    between=st.sampled_from(["", "续表", "决策事项台账"]),
)
def test_no_cut_loses_or_invents_a_row(shape: str, sizes: list[int], repeated: bool, between: str) -> None:
    by, rows, head = SHAPES[shape]
    parts = annexes.split(*sizes)(rows)
    found, _ = read_in(paged(parts, head, repeated=repeated, between=between), by)
    assert said(found) == WHOLE[shape]


@settings(max_examples=tried(30, 12), deadline=None)
@given(row=st.integers(0, 55), at=st.integers(1, 8), repeated=st.booleans())
def test_a_row_cut_anywhere_in_its_progress_is_whole_again(row: int, at: int, repeated: bool) -> None:
    rows = blanked(year_rows())[0]
    text = rows[row][4]
    rest = ["", "", "", "", text[at:], ""]
    first = [*rows[:row], [*rows[row][:4], text[:at], rows[row][5]]]
    found, doubts = read_in(paged([first, [rest, *rows[row + 1 :]]], YEAR_HEAD, repeated=repeated), year_tasks())
    assert said(found) == WHOLE["year"]
    assert [d.code for d in doubts].count("row_joined") == 1


CELL = st.sampled_from(["", "", "^", "<", "字", "完成", "滞后", "1", "2", "县水利局", "正在施工", "已经完成。"])
ROW = st.lists(CELL, min_size=1, max_size=8)


@settings(max_examples=tried(150, 50), deadline=None)
@given(tables=st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=1, max_size=3))
def test_no_text_of_any_table_is_lost(tables: list[list[list[str]]]) -> None:
    """However rows are merged, ragged or cut: each text stands in the sheet, alone or joined to another."""
    numbers = iter(range(100, 1000))
    named = [
        [[text if text in ("", "^", "<") else f"{text}{next(numbers)}号" for text in row] for row in rows]
        for rows in tables
    ]
    first = [*(["1", "建设水厂", "县水利局", "李某", "开工", "积极"],) * 8, *named[0]]
    blocks = [annexes.table(first, [YEAR_HEAD]), *map(annexes.table, named[1:])]
    paper, problems = read(circular(*blocks), "通报.docx")
    assert paper, problems
    parts = taken(grids(paper), year_tasks())
    sheet, _ = assembled(parts, year_tasks())
    shown = "|".join(text_of(value) for row in sheet.cells for value in row)
    drawn = [
        cell.text for part in parts for row in paper.tables[int(part.grid.sheet.name[1:]) - 1].rows for cell in row
    ]
    assert [text for text in drawn if text not in shown] == []


# ---------------------------------------------------------------------------------------------- single seams


def tasks(rows: Rows) -> tuple[Ledger, list[Problem]]:
    return read_in([annexes.table(rows, [YEAR_HEAD])], year_tasks())


def test_a_blank_number_belongs_to_the_number_above_where_the_next_one_follows_it():
    rows = [
        ["1", "建设水厂", "县水利局", "李某", "开工", "积极"],
        ["", "铺设管网", "县住建局", "王某", "开工", "滞后"],
        ["2", "绿化河岸", "县林业局", "赵某", "植树", "正常"],
    ]
    found, doubts = tasks(rows)
    assert [row.no for row in found.rows] == ["1", "1", "2"]
    assert [d.code for d in doubts] == ["blank_merged"]


def test_a_number_that_was_left_out_is_not_made_up():
    rows = [
        ["1", "建设水厂", "县水利局", "李某", "开工", "积极"],
        ["", "铺设管网", "县住建局", "王某", "开工", "滞后"],
        ["3", "绿化河岸", "县林业局", "赵某", "植树", "正常"],
    ]
    found, doubts = tasks(rows)
    assert [row.no for row in found.rows] == ["1", "", "3"]
    assert doubts == []


def test_a_unit_that_was_left_blank_is_not_that_of_another_task():
    rows = [["1", "建设水厂", "县水利局", "李某", "开工", "积极"], ["2", "铺设管网", "", "", "开工", "滞后"]]
    found, _ = tasks(rows)
    assert [row.units for row in found.rows] == [("县水利局",), ()]


def test_nothing_is_carried_over_a_heading():
    rows = [["1", "东门桥", "", "", "修复护栏。", "县交通局", "", "", ""]]
    below = ["2", "", "", "", "清理垃圾。", "县水利局", "", "", ""]
    found, _ = read_in([annexes.table([*rows, ["第二次会议"], below], [MEETING_HEAD])], meetings())
    assert [row.get("名称") for row in found.rows] == ["东门桥", ""]


def test_headings_in_the_first_cell_only_are_headings():
    rows = [["第一次会议", *[""] * 8], ["1", "东门桥", "", "", "修复护栏。", "县交通局", "", "", "完成"]]
    found, _ = read_in([annexes.table(rows, [MEETING_HEAD])], meetings())
    assert [(row.section, row.no) for row in found.rows] == [(("第一次会议",), "1")]


def test_a_table_with_its_columns_in_another_order_is_put_in_line():
    first = [["1", "建设水厂", "县水利局", "李某", "开工", "积极"]]
    second = [["王某", "2", "铺设管网", "已联系", "县住建局", "开工", "滞后"]]
    other = ["责任人", "序号", "工作任务", "附注", "牵头单位", "进展情况", "完成情况"]
    found, _ = read_in([annexes.table(first, [YEAR_HEAD]), annexes.table(second, [other])], year_tasks())
    assert [(row.no, row.text, row.units, row.label) for row in found.rows] == [
        ("1", "建设水厂", ("县水利局",), "积极"),
        ("2", "铺设管网", ("县住建局",), "滞后"),
    ]
    assert [dict(row.others) for row in found.rows] == [{}, {"附注": "已联系"}]


def test_a_table_of_other_things_is_no_next_page():
    rows = [["1", "建设水厂", "县水利局", "李某", "开工", "积极"]]
    other = [["甲", "乙", "丙", "丁", "戊", "己"]]
    found, _ = read_in([annexes.table(rows, [YEAR_HEAD]), "另附本月来信来访情况", annexes.table(other)], year_tasks())
    assert len(found.rows) == 1


def test_an_extra_cell_in_a_row_is_read_with_its_neighbour():
    rows = [["1", "建设水厂", "县水利局", "李某", "开工", "积极"]] * 2
    drawn = annexes.table([*rows, ["3", "铺设管网", "县住建局", "王某", "开工", "滞后"]], [YEAR_HEAD])
    head, _, last = drawn.rpartition("<w:tr>")
    found, _ = read_in([head + "<w:tr>" + last.replace("</w:tr>", f"{cell('另报')}</w:tr>")], year_tasks())
    assert found.rows[-1].typed == "滞后另报"
