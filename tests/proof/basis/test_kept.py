"""核稿依据.json: what an earlier version wrote is read, proves the same, and is written so that it can be read there."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.support.printed import told
from tongbao.proof.basis.kept import Basis, Line, UnreadableBasisError, read_basis, to_json

# As version 0.1.0 wrote it: rows by sheet, runs of rows as first and last, -1 for a title, -2 for no single row.
EARLIER = {
    "format": 1,
    "version": "0.1.0",
    "circular": {"name": "通报.docx", "sha256": "00"},
    "title": "关于决策事项办理情况的通报",
    "report": "决策事项",
    "period": "2022年2月7日",
    "prior": "2022年1月19日",
    "ledgers": [{"file": "台账.xlsx", "path": "../台账.xlsx", "sha256": "11"}],
    "sheets": [["台账.xlsx", "台账"]],
    "rows": [[0, 3, "1", "清水河土地组卷"], [0, 4, "2", "学府路征收"], [0, 6, "3", "园区道路"]],
    "sources": {
        "完成.数": {"value": "2", "rule": "本期状态为完成的事项", "rows": [[0, 1]], "constant": 55},
        "完成|简称": {
            "value": "清水河土地组卷、学府路征收",
            "rule": "逐项列出",
            "rows": [[0, 1]],
            "members": [["清水河土地组卷", [[0, 0]]], ["学府路征收", [[1, 1]]]],
        },
        "单位表.县财政局.承担.数": {"value": "2", "rule": "县财政局承担的事项", "rows": [[0, 0], [2, 2]]},
    },
    "paragraphs": [
        {"text": "完成2项：清水河土地组卷、学府路征收。", "spans": [[2, 3, "完成.数"], [5, 18, "完成|简称"]]},
        {"text": "园区道路路基成型，年底通车。", "cells": [[0, 4, 2, 1], [4, 8, 2, 0]]},
    ],
    "units": [["县财政局", "财政局"], ["青石镇"]],
    "dates": ["2022年2月7日"],
    "labels": [["完成", "办结"]],
    "tables": [
        {
            "headers": ["序号", "事项", "单位"],
            "annex": True,
            "lines": [
                [-1, ["第一次会议"]],
                [0, ["1", "清水河土地组卷", "县财政局"]],
                [1, ["2", "学府路征收", "青石镇"]],
                [-1, ["第二次会议"]],
                [2, ["3", "园区道路", None]],
            ],
        },
        {
            "headers": ["责任单位", "承担"],
            "annex": False,
            "lines": [[-2, ["县财政局", "2"], ["", "单位表.县财政局.承担.数"]]],
        },
    ],
}
TEXT = ("完成2项：清水河土地组卷、学府路征收。", "园区道路路基成型，年底通车。")
ANNEX = [
    ["序号", "事项", "单位"],
    ["第一次会议"],
    ["1", "清水河土地组卷", "县财政局"],
    ["2", "学府路征收", "青石镇"],
    ["第二次会议"],
    ["3", "园区道路", "青石镇"],
]


@pytest.fixture
def earlier() -> Basis:
    return read_basis(json.dumps(EARLIER).encode())


def test_a_basis_of_an_earlier_version_is_read_whole(earlier):
    assert earlier.sources["完成.数"].constant == 55
    assert [m.rows for m in earlier.sources["完成|简称"].members] == [(0,), (1,)]
    assert earlier.sources["单位表.县财政局.承担.数"].rows == (0, 2)
    assert [o.name for o in earlier.paragraphs[1].origins] == [True, False]
    annex, units = earlier.tables
    assert annex.lines[0] == Line(("第一次会议",), title=True)
    assert annex.lines[4] == Line(("3", "园区道路", None), row=2)
    assert units.lines == (Line(("县财政局", "2"), keys=("", "单位表.县财政局.承担.数")),)


def test_it_is_written_as_it_was_so_that_the_earlier_version_can_read_it_too(earlier):
    assert json.loads(to_json(earlier, "0.1.0")) == EARLIER


def test_a_paper_as_it_was_made_is_proved_whole_by_it_but_for_its_second_table(earlier):
    assert told(earlier, *TEXT, annex=ANNEX) == ["已删除 “责任单位”一表"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("完成2项", "完成3项", "不一致 3项→2项"),
        ("学府路征收", "学府路东延", "不一致 学府路东延→学府路征收"),
        ("年底通车。", "", "已删除 园区道路路基成型，年底通车。"),
    ],
)
def test_an_edited_text_is_proved_by_it(earlier, old, new, said):
    lines = [line.replace(old, new) for line in TEXT] if new else [TEXT[0]]
    assert said in told(earlier, *lines, annex=ANNEX)


@pytest.mark.parametrize(
    ("row", "column", "new", "said"),
    [
        (1, 0, "第三次会议", "不一致 第三次会议→第一次会议"),
        (3, 2, "县财政局", "不一致 县财政局→青石镇"),
        (5, 1, "园区桥梁", "不一致 园区桥梁→园区道路"),
    ],
)
def test_an_edited_table_is_proved_by_it(earlier, row, column, new, said):
    annex = [list(line) for line in ANNEX]
    annex[row][column] = new
    assert said in told(earlier, *TEXT, annex=annex)


def test_a_cell_that_the_template_did_more_to_than_print_it_is_not_compared(earlier):
    annex = [*ANNEX[:-1], ["3", "园区道路", "县水利局"]]
    assert told(earlier, *TEXT, annex=annex) == told(earlier, *TEXT, annex=ANNEX)


def test_what_a_later_version_adds_is_left_alone():
    more = {**EARLIER, "seal": "督查专用章"}
    assert read_basis(json.dumps(more).encode()) == read_basis(json.dumps(EARLIER).encode())


@pytest.mark.parametrize("lines", [[["甲"]], [[0]], [[0, ["1"], [""], "多"]], "甲"])
def test_a_table_that_is_no_table_makes_the_basis_unreadable(lines):
    broken = {**EARLIER, "tables": [{"headers": ["序号"], "annex": True, "lines": lines}]}
    with pytest.raises(UnreadableBasisError, match="已损坏"):
        read_basis(json.dumps(broken).encode())


def test_that_the_columns_of_a_table_have_an_order_of_their_own_is_kept(earlier):
    ordered = replace(earlier, tables=(replace(earlier.tables[0], ordered=True), earlier.tables[1]))
    assert [table.ordered for table in earlier.tables] == [False, False]
    assert [table.ordered for table in read_basis(to_json(ordered, "0")).tables] == [True, False]
