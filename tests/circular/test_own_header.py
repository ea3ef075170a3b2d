"""The header of the own annex, for the columns that are printed and in their order."""

from __future__ import annotations

from tongbao.circular.own_header import header_rows
from tongbao.ledger.own_table import OwnColumn, Piece


def column(number: int, *pieces: tuple[str, int]) -> OwnColumn:
    """A column by the texts of its header, each with the column in which its cell begins."""
    return OwnColumn(number, tuple(Piece(text, (row, at)) for row, (text, at) in enumerate(pieces, 1)))


def drawn(*columns: OwnColumn) -> list[str]:
    """The rows of a header: a cell over several columns has their number, ^ goes on from above."""

    def cell(it) -> str:
        wide = f"×{it.span}" if it.span > 1 else ""
        return f"^{wide}" if it.down == "续" else it.text + wide

    return [" | ".join(map(cell, row)) for row in header_rows(columns)]


NO, TASK = column(1, ("序号", 1)), column(2, ("事项", 2))
PLAN, DONE = column(3, ("投资", 3), ("计划", 3)), column(4, ("投资", 3), ("完成", 4))


def test_a_header_of_one_row():
    assert drawn(NO, TASK) == ["序号 | 事项"]


def test_a_group_stands_over_its_columns_and_single_headers_go_down():
    assert drawn(NO, TASK, PLAN, DONE) == ["序号 | 事项 | 投资×2", "^ | ^ | 计划 | 完成"]


def test_of_a_group_of_which_one_column_is_printed_the_group_is_printed_too():
    assert drawn(TASK, DONE) == ["事项 | 投资", "^ | 完成"]


def test_a_group_whose_columns_are_taken_apart_stands_over_each():
    assert drawn(PLAN, TASK, DONE) == ["投资 | 事项 | 投资", "计划 | ^ | 完成"]


def test_headers_of_three_rows_beside_shorter_ones():
    a = column(3, ("全年", 3), ("上半年", 3), ("计划", 3))
    b = column(4, ("全年", 3), ("上半年", 3), ("完成", 4))
    c = column(5, ("全年", 3), ("合计", 5))
    assert drawn(TASK, a, b, c) == ["事项 | 全年×3", "^ | 上半年×2 | 合计", "^ | 计划 | 完成 | ^"]


def test_a_header_over_two_columns_with_nothing_below_stays_over_both():
    assert drawn(TASK, column(3, ("备注", 3)), column(4, ("备注", 3))) == ["事项 | 备注×2"]


def test_a_column_of_a_group_that_has_no_text_of_its_own():
    assert drawn(TASK, PLAN, column(4, ("投资", 3))) == ["事项 | 投资×2", "^ | 计划 | "]


def test_a_column_without_any_header():
    assert drawn(TASK, column(3)) == ["事项 | "]


def test_equal_cells_of_two_sheets_are_not_one():
    other = OwnColumn(4, (Piece("说明", (1, 2), "二"),))
    assert drawn(TASK, other) == ["事项 | 说明"]
