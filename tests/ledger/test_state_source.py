"""Ledgers that say how their rows stand elsewhere than by words in a column: what is counted, and what is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from tests.support.builders import codes, meetings, read
from tests.support.drawing import saved, workbook, xlsx
from tests.support.folders import ROOT
from tongbao.config.status_from import Asked, Stands, StatusFrom
from tongbao.config.status_kind import with_status_from
from tongbao.ledger.read import read_data
from tongbao.model import Level, Problem, Refusal
from tongbao.words.periods import parse_period

TICKS = StatusFrom(
    Stands.COLUMNS,
    (Asked("已完成", "完成"), Asked("推进中", "正常推进"), Asked("滞后", "需加快推进")),
)
HEADS = StatusFrom(Stands.HEAD, head_of="进展")
BY_SHEET = StatusFrom(Stands.SHEETS, labels={"已完成": "完成", "未完成": "正常推进", "滞后": "需加快推进"})


def by(source: StatusFrom):
    return with_status_from(meetings(), source)


def labels(table: str | bytes, source: StatusFrom, **options: Any) -> tuple[list[str], list[Problem]]:
    """The label of each row, in order, and the problems."""
    found, problems = read(table, by(source), **options)
    return [row.label for row in found.rows] if found else [], problems


def told(problems: list[Problem], code: str) -> Problem:
    (found,) = [p for p in problems if p.code == code]
    return found


# ---------------------------------------------------------------------------------------------- columns to tick


@pytest.mark.parametrize(
    "mark",
    ["√", "✓", "✔", "☑", "●", "#1", "1", "是", "TRUE", "@2022-01-20", "2022.1.20", "1月20日", "V", "已完成", "■"],
)
def test_any_mark_is_a_tick(mark: str) -> None:
    table = f"""
    | 序号 | 事项 | 已完成 | 推进中 | 滞后 |
    | 1 | 修路 | {mark} | | |
    | 2 | 架桥 | | {mark if mark != "已完成" else "推进中"} | |
    | 3 | 建校 | □ | — | {mark if mark != "已完成" else "滞后"} |
    """
    found, problems = labels(table, TICKS)
    assert found == ["完成", "正常推进", "需加快推进"]
    assert codes(problems) == []


@pytest.mark.parametrize("mark", ["√（5月20日验收）", "√已通车", "是，已通车", "是 已报县政府"])
def test_a_remark_behind_a_tick_changes_nothing(mark: str) -> None:
    found, problems = labels(f"| 序号 | 事项 | 已完成 | 推进中 | 滞后 |\n| 1 | 修路 | {mark} | | |", TICKS)
    assert (found, codes(problems)) == (["完成"], [])
    found, problems = labels(f"| 序号 | 事项 | 是否完成 | 是否滞后 |\n| 1 | 修路 | {mark} | |", ANSWERS)
    assert (found, codes(problems)) == (["完成"], [])


def test_the_word_is_as_if_typed_and_the_ticks_are_no_other_columns() -> None:
    found, _ = read("| 序号 | 事项 | 已完成 | 推进中 | 滞后 |\n| 1 | 修路 | √ | | |", by(TICKS))
    assert found
    (row,) = found.rows
    assert (row.typed, row.label, row.done, row.others) == ("完成", "完成", True, {})
    assert (found.has(row, "状态"), found.place(row, "状态").cell) == (True, "C2")


def test_a_row_without_a_tick_goes_by_its_deadline() -> None:
    table = """
    | 序号 | 事项 | 完成时限 | 已完成 | 推进中 | 滞后 |
    | 1 | 修路 | 2022年1月底前 | | | |
    | 2 | 架桥 | 2022年12月底前 | | ☐ | |
    """
    found, problems = labels(table, TICKS)
    assert found == ["需加快推进", "正常推进"]
    assert codes(problems) == ["status_proposed"]


def test_two_ticks_are_told_and_the_first_wins() -> None:
    table = (
        "| 序号 | 事项 | 已完成 | 推进中 | 滞后 |\n| 1 | 修路 | √ | | √ |\n| 2 | 架桥 | √ | | |\n| 3 | 建校 | √ | √ | |"
    )
    found, problems = labels(table, TICKS)
    assert found == ["完成", "完成", "完成"]
    assert [p.message for p in problems] == [
        "“已完成”、“滞后”都打了勾，按“已完成”算“完成”，共1格：C2",
        "“已完成”、“推进中”都打了勾，按“已完成”算“完成”，共1格：C4",
    ]


def test_what_is_no_mark_is_told_once_and_crosses_count_only_beside_a_tick() -> None:
    table = """
    | 序号 | 事项 | 已完成 | 推进中 | 滞后 |
    | 1 | 修路 | 大部分 | | |
    | 2 | 架桥 | 大部分 | | |
    | 3 | 建校 | × | √ | × |
    | 4 | 通水 | × | | |
    """
    found, problems = labels(table, TICKS)
    assert found[2] == "正常推进"
    assert [(p.level, p.message) for p in problems if p.code == "mark_unclear"] == [
        (Level.ERROR, "“已完成”一栏写的是“大部分”，不是打勾，看不出是哪种状态，共2格：C2、C3"),
        (Level.ERROR, "“已完成”一栏写的是“×”，不是打勾，看不出是哪种状态，共1格：C5"),
    ]


ANSWERS = StatusFrom(
    Stands.COLUMNS,
    (
        Asked("是否完成", answers={"是": "完成", "部分完成": "视为完成", "否": ""}),
        Asked("是否滞后", answers={"是": "需加快推进"}),
    ),
)


def test_answers_by_their_words() -> None:
    table = """
    | 序号 | 事项 | 是否完成 | 是否滞后 |
    | 1 | 修路 | 是 | 否 |
    | 2 | 架桥 | 否 | 是 |
    | 3 | 建校 | 部分完成 | 否 |
    | 4 | 通水 | 否 | |
    | 5 | 通气 | √ | 是 |
    | 6 | 通电 | 也许 | |
    """
    found, problems = labels(table, ANSWERS)
    assert found[:5] == ["完成", "需加快推进", "视为完成", "正常推进", "完成"]
    assert told(problems, "mark_unclear").message.startswith("“是否完成”一栏写的是“也许”，不是是、部分完成、否")


def test_a_header_that_is_not_there_is_named_with_those_that_are() -> None:
    found, problems = labels("| 序号 | 事项 | 已完成 | 推进中 | 滞后的 |\n| 1 | 修路 | √ | | |", TICKS)
    assert found == []
    missing = told(problems, "missing_column")
    assert missing.message == "表头里缺少：滞后（现有：序号、事项、已完成、推进中、滞后的）"
    assert missing.fix.startswith("“滞后”是 status_from 里写的，是不是“滞后的”？")


def test_ticks_in_a_header_of_two_rows_and_merged_over_two_tasks() -> None:
    table = """
    | 序号 | 事项 | 办理状态 | < | < |
    | ^ | ^ | 已完成 | 推进中 | 滞后 |
    | 1 | 修路 | | √ | |
    | 2 | 架桥 | | ^ | |
    """
    assert labels(table, TICKS)[0] == ["正常推进", "正常推进"]


def test_rows_of_one_task_have_ticks_of_their_own() -> None:
    table = """
    | 序号 | 事项 | 责任单位 | 已完成 | 推进中 | 滞后 |
    | 1 | 修路 | 县交通局 | √ | | |
    | ^ | ^ | | | √ | |
    """
    assert labels(table, TICKS)[0] == ["完成", "正常推进"]


def test_a_column_that_the_kind_would_take_for_something_else_is_asked() -> None:
    source = StatusFrom(Stands.COLUMNS, (Asked("完成情况", answers={"√": "完成"}),))
    found, problems = read(
        "| 序号 | 事项 | 进展情况 | 完成情况 | 备注 |\n| 1 | 修路 | 已通车 | √ | 见附件 |", by(source)
    )
    assert found
    assert [(r.label, r.get("进展"), r.others) for r in found.rows] == [("完成", "已通车", {"备注": "见附件"})]
    assert codes(problems) == []


# ---------------------------------------------------------------------------------------------- the head of a text


def test_the_state_stands_at_the_head_of_the_progress() -> None:
    table = """
    | 序号 | 事项 | 进展情况 |
    | 1 | 修路 | （已完成）路面已经铺好。 |
    | 2 | 架桥 | 【需加快推进】征地未完。 |
    | 3 | 建校 | 已完成：校舍已交付。 |
    | 4 | 通水 | 正常推进。管网铺设6公里。 |
    | 5 | 通气 | 办结 |
    | 6 | 通电 | [办结]⏎线路已经投运。 |
    | 7 | 通邮 | 正常推进——已选址。 |
    """
    found, problems = read(table, by(HEADS))
    assert found
    assert [(r.label, r.get("进展")) for r in found.rows] == [
        ("完成", "路面已经铺好。"),
        ("需加快推进", "征地未完。"),
        ("完成", "校舍已交付。"),
        ("正常推进", "管网铺设6公里。"),
        ("完成", ""),
        ("完成", "线路已经投运。"),
        ("正常推进", "已选址。"),
    ]
    assert [r.typed for r in found.rows][:2] == ["已完成", "需加快推进"]
    assert codes(problems) == []


def test_what_only_begins_with_the_characters_of_a_state_is_no_head() -> None:
    table = """
    | 序号 | 事项 | 完成时限 | 进展情况 |
    | 1 | 修路 | 2022年12月 | 已完成路基工程的80%。 |
    | 2 | 架桥 | 2022年12月 | （一）桩基已完成。 |
    | 3 | 建校 | 2022年1月 | （县教育局）正在招标。 |
    | 4 | 通水 | 2022年12月 | 正常推进：管网铺设。 |
    """
    found, problems = labels(table, HEADS)
    assert found == ["正常推进", "正常推进", "需加快推进", "正常推进"]
    bare = told(problems, "head_missing")
    assert (bare.level, bare.message[:17]) == (Level.WARNING, "3格开头没有写状态，按时限推定：“")


def test_an_unknown_word_in_brackets_is_told_once_and_a_ledger_without_heads_is_refused() -> None:
    table = "| 序号 | 事项 | 进展情况 |\n| 1 | 修路 | （未动工）选址。 |\n| 2 | 架桥 | （未动工）勘测。 |\n| 3 | 建校 | （办结）。 |"
    _, problems = labels(table, HEADS)
    unknown = told(problems, "head_unknown")
    assert (unknown.level, unknown.message) == (Level.ERROR, "开头写的“未动工”不是认识的状态，共2格：C2、C3")
    assert "labels: {…: [未动工]}" in unknown.fix
    _, problems = labels("| 序号 | 事项 | 进展情况 |\n| 1 | 修路 | 已开工。 |", HEADS)
    assert told(problems, "head_missing").level is Level.ERROR


def test_the_head_of_what_was_carried_on_is_no_progress_either() -> None:
    table = "| 序号 | 事项 | 上期进展 | 进展情况 |\n| 1 | 修路 | （正常推进）开工。 | （已完成）通车。 |"
    kind = with_status_from(meetings(), HEADS)
    found, _ = read(table, kind)
    assert found
    (row,) = found.rows
    assert row.get("进展") == "通车。"


def test_rows_of_one_task_have_heads_of_their_own() -> None:
    table = """
    | 序号 | 事项 | 进展情况 |
    | 1 | 修路 | （已完成）一标段通车。 |
    | ^ | ^ | （需加快推进）二标段征地。 |
    | ^ | ^ | 拆迁十户。 |
    """
    found, _ = read(table, by(HEADS))
    assert found
    assert [(r.label, r.get("进展")) for r in found.rows] == [
        ("完成", "一标段通车。"),
        ("需加快推进", "二标段征地。\n拆迁十户。"),
    ]


# ---------------------------------------------------------------------------------------------- the name of the sheet

HEAD = "| 序号 | 事项 | 责任单位 |\n"


def test_each_sheet_is_one_state() -> None:
    data = xlsx(
        HEAD + "| 1 | 修路 | 县交通局 |", HEAD + "| 1 | 架桥 | 县交通局 |", HEAD, names=["已完成", "未完成", "滞后"]
    )
    found, problems = labels(data, BY_SHEET)
    assert found == ["完成", "正常推进"]
    assert [p.level for p in problems] == [Level.NOTE] * len(problems)


def test_a_count_behind_the_name_changes_nothing() -> None:
    data = xlsx(
        HEAD + "| 1 | 修路 | |",
        HEAD + "| 1 | 架桥 | |",
        HEAD + "| 1 | 建校 | |",
        names=["已完成（12）", "未完成3项", "滞后 (1)"],
    )
    assert labels(data, BY_SHEET)[0] == ["完成", "正常推进", "需加快推进"]


def test_a_missing_sheet_and_one_that_nobody_named() -> None:
    data = xlsx(HEAD + "| 1 | 修路 | |", HEAD + "| 1 | 架桥 | |", names=["已完成", "未完成"])
    found, problems = labels(data, BY_SHEET)
    assert (found, codes(problems)) == (["完成", "正常推进"], ["state_sheet_missing"])
    data = xlsx(
        HEAD + "| 1 | 修路 | |",
        HEAD + "| 1 | 架桥 | |",
        HEAD + "| 1 | 建校 | |",
        names=["已完成", "未完成", "滞后项目"],
    )
    _, problems = labels(data, BY_SHEET)
    lost = told(problems, "no_such_sheet")
    assert lost.level is Level.ERROR
    assert lost.message == "没有工作表“滞后”（status_from.sheets 里写的），只有“已完成”、“未完成”、“滞后项目”"
    assert told(problems, "state_sheet_unread").place.sheet == "滞后项目"


def test_a_sheet_of_what_is_closed_stays_that() -> None:
    data = xlsx(
        HEAD + "| 1 | 修路 | |", HEAD + "| 1 | 架桥 | |", HEAD + "| 1 | 建校 | |", HEAD + "| 1 | 通水 | |",
        names=["已完成", "未完成", "滞后", "销号"],
    )  # fmt: skip
    found, _ = read(data, by(BY_SHEET))
    assert found
    assert ([r.text for r in found.rows], [r.text for r in found.closed]) == (["修路", "架桥", "建校"], ["通水"])


# ---------------------------------------------------------------------------------------------- the deadline

BY_DEADLINE = StatusFrom(Stands.DEADLINE)


def test_the_deadline_decides_and_that_is_said_once() -> None:
    table = """
    | 序号 | 事项 | 完成时限 | 完成率 |
    | 1 | 修路 | 2022年1月底前 | 60% |
    | 2 | 架桥 | 2022年12月底前 | 30% |
    | 3 | 建校 | 2022年1月底前 | 100% |
    | 4 | 通水 | 长期坚持 | |
    """
    found, problems = labels(table, BY_DEADLINE)
    assert found == ["需加快推进", "正常推进", "完成", "正常推进"]
    assert [(p.level, p.message) for p in problems] == [
        (
            Level.NOTE,
            "没有状态一栏，4项都按时限判断：已过的算“需加快推进”，未过的算“正常推进”，完成100%的1项算“完成”；"
            "其中1项没有能判断的时限，算“正常推进”",
        )
    ]


@pytest.mark.parametrize("header", ["资金支付率", "投资完成率", "计划完成率", "序时进度"])
def test_another_share_says_nothing_of_the_item(header: str) -> None:
    table = f"| 序号 | 事项 | 完成时限 | {header} |\n| 1 | 修路 | 2022年12月底前 | 100% |"
    assert labels(table, BY_DEADLINE)[0] == ["正常推进"]


def test_rows_of_one_task_are_parts_where_they_have_units_of_their_own() -> None:
    table = """
    | 序号 | 事项 | 承办单位 | 责任单位 | 完成时限 |
    | 1 | 修路 | | 县交通局 | 2022年1月底前 |
    | ^ | ^ | | 县财政局 | 2022年12月底前 |
    """
    assert labels(table, BY_DEADLINE)[0] == ["需加快推进", "正常推进"]


# ---------------------------------------------------------------------------------------------- what is typed in config


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            StatusFrom(Stands.COLUMNS, (Asked("已完成", "完城"),), line=7),
            "第7行：status_from 里的“完城”不是这种通报的状态",
        ),
        (
            StatusFrom(Stands.HEAD, head_of="办理进度", line=7),
            "第7行：status_from.head_of 里的“办理进度”不是这种通报的栏目",
        ),
        (StatusFrom(Stands.FILLS, labels={"FF0000": "红灯"}), "status_from 里的“红灯”不是这种通报的状态"),
    ],
)
def test_a_label_or_field_that_the_kind_lacks_is_refused(source: StatusFrom, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        by(source)
    assert [p.message for p in refused.value.problems] == [said]


def test_words_for_labels_and_headers_for_fields_are_understood() -> None:
    kind = with_status_from(meetings(), StatusFrom(Stands.HEAD, head_of="办理情况"))
    assert kind.state_fields == ("进展",)
    kind = with_status_from(meetings(), StatusFrom(Stands.SHEETS, labels={"结了的": "办结"}))
    assert kind.status_from
    assert kind.status_from.labels == {"结了的": "完成"}


# ---------------------------------------------------------------------------------------------- colours

LEGEND = StatusFrom(Stands.FILLS, labels={"FF0000": "需加快推进", "00B050": "完成"})
PLAIN = HEAD + "| 1 | 修路 | 县交通局 |\n| 2 | 架桥 | 县交通局 |\n| 3 | 建校 | 县教育局 |"


def coloured(
    fills: dict[str, Any], table: str = PLAIN, source: StatusFrom = LEGEND, change: Any = None, name: str = "台账.xlsx"
):
    """The rows of a ledger with these cells filled (`{"B2": "FF0000"}`), read from its bytes."""
    book = workbook(table)
    for cell, colour in fills.items():
        book.worksheets[0][cell].fill = PatternFill("solid", fgColor=colour)
    if change:
        change(book.worksheets[0])
    return read_bytes(saved(book), name, source)


def read_bytes(data: bytes, name: str, source: StatusFrom = LEGEND):
    period = parse_period("2022-02")
    assert period
    found, problems = read_data(data, name, by(source), period, as_of=date(2022, 2, 28), roster=None)
    return [row.label for row in found.rows] if found else [], problems


def test_the_task_or_most_of_the_row_is_coloured() -> None:
    found, problems = coloured({"B2": "FF0000", "A3": "00B050", "C3": "00B050"})
    assert found == ["需加快推进", "完成", "正常推进"]
    assert codes(problems) == []


def test_one_coloured_cell_that_is_neither_says_nothing() -> None:
    found, problems = coloured({"C2": "FFFF00", "B3": "00B050"})
    assert (found, codes(problems)) == (["正常推进", "完成", "正常推进"], [])


@pytest.mark.parametrize("shade", ["FFEE0000", "FFFF3300", "FFF00000"])
def test_shades_of_one_colour_are_equal(shade: str) -> None:
    assert coloured({"B2": shade, "B3": "00B050"})[0] == ["需加快推进", "完成", "正常推进"]


def test_a_colour_of_the_theme_with_its_tint() -> None:
    # The sixth accent of the theme of openpyxl is orange F79646; lighter by 60 % it is FCD5B5.
    source = StatusFrom(Stands.FILLS, labels={"FCD5B5": "需加快推进", "00B050": "完成"})
    found, problems = coloured({"B2": Color(theme=9, tint=0.5999938962981048), "B3": "00B050"}, source=source)
    assert (found, codes(problems)) == (["需加快推进", "完成", "正常推进"], [])


def test_a_colour_of_the_palette() -> None:
    assert coloured({"B2": Color(indexed=10), "B3": "00B050"})[0] == ["需加快推进", "完成", "正常推进"]


def test_an_unknown_colour_is_told_once_with_the_ready_line_and_an_empty_one_says_nothing() -> None:
    found, problems = coloured({"B2": "FFFF00", "B3": "FFFF00", "B4": "FF0000"})
    assert found == ["正常推进", "正常推进", "需加快推进"]
    unknown = told(problems, "colour_unknown")
    assert unknown.level is Level.ERROR
    assert (
        unknown.message == "底色FFFF00没有说明是什么状态，共2格：B2、B3；已说明的：FF0000（需加快推进）、00B050（完成）"
    )
    assert 'fills: {"FFFF00": …}' in unknown.fix
    source = StatusFrom(Stands.FILLS, labels={**LEGEND.labels, "FFFF00": ""})
    assert codes(coloured({"B2": "FFFF00", "B4": "FF0000"}, source=source)[1]) == []


def test_pale_colours_of_another_hue_are_no_shades() -> None:
    source = StatusFrom(Stands.FILLS, labels={"E2EFDA": "完成"})
    _, problems = coloured({"B2": "E2EFDA", "B3": "DDEBF7"}, source=source)
    assert "底色DDEBF7" in told(problems, "colour_unknown").message


def test_a_colour_in_the_column_of_lights_goes_first() -> None:
    table = "| 序号 | 事项 | 承办单位 | 预警 |\n| 1 | 修路 | 县交通局 | |\n| 2 | 架桥 | 县交通局 | |"
    found, problems = coloured({"D2": "FF0000", "B2": "00B050", "D3": "00B050"}, table)
    assert found == ["需加快推进", "完成"]
    assert told(problems, "colour_twice").message == "一行里有几种底色（需加快推进、完成），按“需加快推进”算，共1格：D2"


def test_a_word_that_is_typed_goes_before_the_colour() -> None:
    table = "| 序号 | 事项 | 状态 |\n| 1 | 修路 | 完成 |\n| 2 | 架桥 | 见附件 |"
    found, problems = coloured({"B2": "FF0000", "B3": "00B050"}, table)
    assert found == ["完成", "完成"]
    assert told(problems, "colour_twice").message == "写的是“完成”，底色是“需加快推进”，按所写的算，共1格：C2"


def test_a_merged_task_gives_its_colour_to_its_rows() -> None:
    table = "| 序号 | 事项 | 承办单位 | 责任单位 |\n| 1 | 修路 | 甲 | 县交通局 |\n| ^ | ^ | 乙 | 县财政局 |"
    assert coloured({"B2": "FF0000"}, table)[0] == ["需加快推进", "需加快推进"]


def test_rules_colour_nothing_and_that_is_said() -> None:
    def rule(sheet: Any) -> None:
        look = PatternFill(bgColor="FFFF0000")
        sheet.conditional_formatting.add("A2:C4", CellIsRule("equal", ['"县交通局"'], fill=look))

    found, problems = coloured({}, change=rule)
    assert found == ["正常推进"] * 3
    said = told(problems, "colour_by_rule")
    assert (said.level, said.message) == (Level.ERROR, "条件格式涂的颜色（A2:C4）不是底色，没有当作状态")
    assert told(coloured({"B2": "FF0000"}, change=rule)[1], "colour_by_rule").level is Level.WARNING


def test_a_ledger_without_any_of_the_colours() -> None:
    found, problems = coloured({})
    assert found == ["正常推进"] * 3
    assert told(problems, "no_colours").level is Level.WARNING


def test_a_format_that_tells_no_colours_is_refused_in_plain_words() -> None:
    found, problems = read_bytes("序号,事项,责任单位\n1,修路,县交通局\n".encode("gb18030"), "台账.csv")
    assert found == ["正常推进"]
    assert told(problems, "colours_unread").level is Level.ERROR


@pytest.mark.parametrize("name", ["底色.ods", "底色.xls"])
def test_colours_of_other_formats(name: str) -> None:
    source = StatusFrom(Stands.FILLS, labels={**LEGEND.labels, "FCD5B5": "撤销"})
    found, problems = read_bytes((ROOT / "tests" / "data" / name).read_bytes(), name, source)
    assert (found, codes(problems)) == (["需加快推进", "完成", "撤销", "正常推进"], [])


def test_nobody_looks_for_colours_where_they_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongbao.ledger.read.with_fills", lambda *_: pytest.fail("not asked"))
    assert read_bytes(xlsx(PLAIN), "台账.xlsx", BY_DEADLINE)[0] == ["正常推进"] * 3


# ---------------------------------------------------------------------------------------------- headings


BY_HEADING = StatusFrom(Stands.SECTIONS, labels={"未办结事项": "正常推进", "已办结事项": "完成", "滞后": "需加快推进"})


@pytest.mark.parametrize(
    ("open_ones", "done", "late"),
    [
        ("一、未办结事项", "二、已办结事项", "三、滞后"),
        ("未办结事项（2项）", "已办结事项（1项）", "滞后（1项）"),
        ("（一）未办结事项：", "（二）已办结事项：", "（三）滞后："),
        ("1.未办结事项", "2.已办结事项", "3.滞后"),
    ],
)
def test_the_heading_says_how_the_rows_below_it_stand(open_ones: str, done: str, late: str) -> None:
    table = f"""
    | 序号 | 事项 | 进展 |
    | {open_ones} | < | < |
    | 1 | 修路 | 铺油 |
    | 2 | 架桥 | 打桩 |
    | {done} | < | < |
    | 1 | 建校 | 启用 |
    | {late} | < | < |
    | 1 | 植树 | 选苗 |
    """
    found, _ = read(table, by(BY_HEADING))
    assert found is not None
    assert [row.label for row in found.rows] == ["正常推进", "正常推进", "完成", "需加快推进"]
    assert {row.section for row in found.rows} == {()}  # it is no subject


def test_the_heading_of_the_first_rows_may_stand_above_the_header() -> None:
    table = """
    | 一、已办结事项 | < | < |
    | 序号 | 事项 | 进展 |
    | 1 | 修路 | 通车 |
    | 二、未办结事项 | < | < |
    | 1 | 架桥 | 打桩 |
    """
    assert labels(table, BY_HEADING)[0] == ["完成", "正常推进"]


def test_a_typed_word_goes_before_the_heading_where_the_settings_name_its_column() -> None:
    table = """
    | 序号 | 事项 | 情况 | 评定 |
    | 一、未办结事项 | < | < | < |
    | 1 | 修路 | 停工 | 需加快推进 |
    | 2 | 架桥 | 打桩 | |
    """
    kind = with_status_from(meetings(), BY_HEADING, ["评定"])
    found, _ = read(table, kind)
    assert found is not None
    assert [row.label for row in found.rows] == ["需加快推进", "正常推进"]


def test_a_heading_that_says_no_state_is_told_once() -> None:
    table = """
    | 序号 | 事项 | 进展 |
    | 一、已办结事项 | < | < |
    | 1 | 修路 | 通车 |
    | 二、其他事项 | < | < |
    | 1 | 架桥 | 打桩 |
    | 2 | 建校 | 打桩 |
    """
    _, problems = labels(table, BY_HEADING)
    assert "“二、其他事项”下面2行" in told(problems, "heading_unknown").message


def test_a_copy_of_the_header_with_other_words_renames_its_columns_below() -> None:
    table = """
    | 序号 | 事项 | 责任单位 | 进展 | 状态 |
    | 1 | 修路 | 县交通局 | 铺油 | 正常推进 |
    | 二、县长交办事项 | < | < | < | < |
    | 序号 | 事项 | 责任单位 | 交办日期 | 备注 |
    | 1 | 建校 | 县教体局 | 1月16日 | 归档 |
    """
    found, problems = read(table, meetings())
    assert found is not None
    last = found.rows[-1]
    assert (last.get("进展"), last.typed, dict(last.others)) == ("", "", {"交办日期": "1月16日", "备注": "归档"})
    assert [p.code for p in problems if p.level is Level.ERROR] == []
