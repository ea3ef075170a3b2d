"""Which column and which line of an edited table is which printed one."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.printed import paper
from tongbao.proof.against_ledger.table_lines import columns, edited_lines, partners, printed_items
from tongbao.proof.basis.kept import Line, PrintedTable

HEADER = ["序号", "事项", "单位", "进展"]
ROWS = [
    ["第一次会议"],
    ["1", "清水河治理", "县水利局", "完成土地组卷。"],
    ["2", "学府路东延", "县住建局", "征收剩余7户。"],
    ["第二次会议"],
    ["3", "园区道路", "青石镇", "路基成型。"],
]


def drawn(*rows: Sequence[str | None]) -> PrintedTable:
    lines, number = [], 0
    for row in rows:
        lines.append(Line(tuple(row), title=True) if len(row) == 1 else Line(tuple(row), number))
        number += len(row) > 1
    return PrintedTable(tuple(HEADER), tuple(lines), annex=True)


PRINTED = drawn(*ROWS)


def places(header: Sequence[str], *rows: Sequence[str]) -> tuple[int | None, ...] | None:
    return columns(paper(annex=[header, *rows]).tables[0], PRINTED)


def matched(printed: PrintedTable, *rows: Sequence[str]) -> dict[str, str]:
    """For the second cell of each edited line that of its printed one."""
    table = paper(annex=[HEADER, *rows]).tables[0]
    lines = [line for line in edited_lines(table, (0, 1, 2, 3), printed) if not line.title]
    items = printed_items(printed)
    found = partners(items, lines)
    return {cell.text: items[p].line.cells[1] or "" for n, p in found.items() if (cell := lines[n].cells[1])}


def test_columns_are_found_by_their_headers_in_any_order():
    assert places(["单位", "序号", "进展", "事项"]) == (1, 3, 0, 2)


def test_a_column_under_another_header_is_found_by_what_stands_in_it():
    rows = [row for row in ROWS if len(row) > 1]
    assert places(["序号", "事项", "责任单位", "进展"], *rows) == (0, 1, 2, 3)


def test_a_lost_column_is_known_to_be_lost_and_a_table_of_other_things_is_no_part():
    assert places(["序号", "事项", "进展"]) == (0, 1, None, 2)
    assert places(["姓名", "电话"], ["张三", "0371"]) is None


def test_lines_stand_under_the_title_of_their_section_and_a_repeated_header_is_none():
    table = paper(annex=[HEADER, *ROWS[:3], HEADER, *ROWS[3:]]).tables[0]
    found = [(line.section, line.name) for line in edited_lines(table, (0, 1, 2, 3), PRINTED) if not line.title]
    assert found[0] == ("第一次会议", "1 清水河治理 县水利局")
    assert [section for section, _ in found] == ["第一次会议", "第一次会议", "第二次会议"]


def test_a_line_is_known_again_when_a_cell_of_it_was_changed_and_another_put_before_it():
    rows = [["1", "老旧小区改造", "县教育局", "摸底。"], ["2", "清水河治理", "县水利局", "完成组卷。"], ROWS[4]]
    assert matched(PRINTED, *rows) == {"清水河治理": "清水河治理", "园区道路": "园区道路"}


def test_what_is_not_known_to_be_printed_does_not_speak_against_a_line():
    unknown = drawn(["3", "园区道路", "青石镇", None])
    assert matched(unknown, ["3", "园区桥梁", "青石镇", "路基成型，桥墩浇筑完成，正在架设桥面。"]) == {
        "园区桥梁": "园区道路"
    }


# ---------------------------------------------------------------------------------------------- headers of several rows

STACKED = PrintedTable(
    ("事项", "一季度\n计划", "一季度\n实际", "二季度\n计划", "二季度\n实际"),
    (Line(("修渠", "5", "4", "6", "7"), 0),),
    annex=True,
)
GROUPS = ["事项", "一季度", "一季度", "二季度", "二季度"]
LEAVES = ["事项", "计划", "实际", "计划", "实际"]


def test_columns_under_stacked_headers_are_told_apart_by_their_groups():
    table = paper(annex=[GROUPS, LEAVES, ["修渠", "5", "4", "6", "7"]]).tables[0]
    assert columns(table, STACKED) == (0, 1, 2, 3, 4)
    (line,) = edited_lines(table, (0, 1, 2, 3, 4), STACKED)
    assert [cell.text for cell in line.cells if cell] == ["修渠", "5", "4", "6", "7"]


def test_stacked_headers_may_stand_in_another_order():
    groups, leaves = (["事项", *row[3:], *row[1:3]] for row in (GROUPS, LEAVES))
    assert columns(paper(annex=[groups, leaves, ["修渠", "6", "7", "5", "4"]]).tables[0], STACKED) == (0, 3, 4, 1, 2)


def test_of_two_columns_of_one_header_the_first_is_the_first():
    twice = PrintedTable(("事项", "备注", "备注"), (Line(("修渠", "甲", "乙"), 0),), annex=True)
    assert columns(paper(annex=[["事项", "备注", "备注"], ["修渠", "甲", "乙"]]).tables[0], twice) == (0, 1, 2)


def test_a_column_without_a_header_keeps_its_place_and_no_row_is_taken_for_the_header():
    bare = PrintedTable(("事项", "", "单位"), (Line(("修渠", "", ""), 0),), annex=True)
    table = paper(annex=[["事项", "", "单位"], ["修渠", "", ""]]).tables[0]
    assert columns(table, bare) == (0, 1, 2)
    assert len(list(edited_lines(table, (0, 1, 2), bare))) == 1
