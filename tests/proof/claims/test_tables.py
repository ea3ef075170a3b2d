"""Tables: totals rows, serial numbers, and the status column against the text."""

from __future__ import annotations

from tests.support.contradictions import contradictions
from tests.support.docx_maker import cell, table


def told(*blocks: str) -> list[tuple[str, str, str]]:
    return [(r.code, r.level.value, r.place) for r in contradictions(*blocks)]


PLAN = [
    ["单位", "项目数", "完成投资（亿元）", "完成率"],
    ["青石镇", "12", "3.20", "80%"],
    ["柳河镇", "8", "1.05", "35%"],
    ["白沙镇", "5", "—", ""],
    ["合计", "25", "4.25", "62%"],
]


def changed(row: int, column: int, text: str) -> str:
    rows = [list(r) for r in PLAN]
    rows[row][column] = text
    return table(rows)


def test_totals_that_add_up_are_left_alone():
    assert told(table(PLAN)) == []


def test_a_total_that_does_not_add_up_beside_one_that_does_is_an_error():
    assert told(changed(4, 1, "26")) == [("table-total", "error", "表1第5行第2列")]
    assert told(changed(1, 2, "3.40")) == [("table-total", "error", "表1第5行第3列")]


def test_rates_and_columns_with_words_are_not_summed():
    assert told(changed(4, 3, "150%")) == []
    assert told(changed(2, 1, "8（其中新建2）")) == []


def test_subtotals_are_not_counted_twice():
    rows = [
        PLAN[0],
        PLAN[1],
        ["小计", "12", "3.20", ""],
        PLAN[2],
        ["小计", "8", "1.05", ""],
        ["合计", "20", "4.25", ""],
    ]
    assert told(table(rows)) == []


def test_a_merged_number_counts_once():
    top = cell("12", '<w:vMerge w:val="restart"/>')
    below = cell("", "<w:vMerge/>")
    rows = [["单位", "项目数", "投资"], ["青石镇", top, "1"], ["青石镇", below, "2"], ["合计", "12", "3"]]
    assert told(table(rows)) == []


def test_serial_numbers_skipped_or_used_twice_are_told():
    def serials(*numbers: str) -> str:
        return table([["序号", "事项", "单位"], *[[n, f"事项{n}", "甲局"] for n in numbers]])

    assert told(serials("1", "2", "3", "4")) == []
    assert told(serials("1", "2", "2", "3", "4")) == [("table-serial", "warning", "表1第4行第1列")]
    assert told(serials("1", "2", "4", "5")) == [("table-serial", "warning", "表1第4行第1列")]
    assert told(serials("3", "7", "9", "12")) == []


def ledger(*labels: str) -> str:
    return table([["序号", "工作任务", "完成情况"], *[[str(n), f"任务{n}", x] for n, x in enumerate(labels, 1)]])


TEXT = "进展“积极”事项2件，进展“正常”事项3件，进展“滞后”事项1件。"


def test_a_status_column_that_agrees_with_the_text_is_left_alone():
    assert told(TEXT, ledger("积极", "正常", "正常", "积极", "正常", "滞后")) == []


def test_a_label_counted_otherwise_is_told_at_the_text():
    found = told(TEXT, ledger("积极", "正常", "正常", "积极", "滞后", "滞后"))
    assert found == [("table-status", "error", "第1段"), ("table-status", "error", "第1段")]


def test_a_label_that_says_more_than_the_column_is_not_compared():
    text = "完成并销号55项，新增完成5项，其余30项正在推进，共90项。"
    assert told(text, ledger("完成", "完成", "视为完成", "正常")) == []
