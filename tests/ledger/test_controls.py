"""The ledger's own control figures: right ones in many shapes say nothing, wrong ones are told with both places."""

from __future__ import annotations

import pytest

from tests.support.builders import meetings, projects, read
from tests.support.drawing import saved, workbook
from tongbao.config.kinds import Kind

HEAD = "|序号|项目名称|责任单位|年度计划投资（亿元）|累计完成投资（亿元）|完成率|状态|"
A = "|1|修路|县交通局|#2|#1|50%|达序时|"
B = "|2|建桥|县交通局|#3|#1.5|50%|达序时|"
C = "|3|清淤|县水利局|#4|#1|25%|未达序时|"
D = "|4|植树|县林业局|#1|#1|100%|完工|"
PLAIN = "|序号|事项|责任单位|进展情况|状态|"
P = "|{}|办好第{}件事|县水利局|正在办理|正常推进|"


def plain(*numbers: int) -> str:
    return "\n".join(P.format(n, n) for n in numbers)


def told(*lines: str, by: Kind) -> list[str]:
    _, problems = read("\n".join(lines), by)
    assert not [p for p in problems if p.level == "error"], problems
    return [
        f"{p.place.cell}：{p.message}" for p in problems if p.code in ("total_differs", "count_differs", "rate_differs")
    ]


RIGHT = {
    "total below": [HEAD, A, B, C, "|合计|||#9|#3.5|39%||"],
    "total above": [HEAD, "|合计|||#9|#3.5|38.9%||", A, B, C],
    "count in brackets": [HEAD, "|合计（3个）|||#9|#3.5|||", A, B, C],
    "count behind": [HEAD, A, B, C, "|合计|3个||#9|#3.5|||"],
    "count in words": [HEAD, A, B, C, "|合计：共3项|||#9|||||"[:-2] + "|"],
    "fraction rates": [HEAD, A.replace("50%", "#0.5"), C.replace("25%", "#0.25"), "|合计|||#6|#2|#0.3333||"],
    "points": [HEAD, A.replace("50%", "#50"), C.replace("25%", "#25"), "|合计|||#6|#2|#33.3||"],
    "average rate": [HEAD, A, C, "|合计|||#6|#2|37.5%||"],
    "cut rate": [HEAD, A, "|2|建桥|县交通局|#3|#2|66%|达序时|", "|合计|||#5|#3|60%||"],
    "units in text": [HEAD, "|1|修路|县交通局|20000万元|#1|50%|达序时|", B, "|合计|||5亿元|#2.5|50%||"],
    "total in other unit": [HEAD, A, B, "|合计|||50000万元|#2.5|||"],
    "headings": [HEAD, "|一、省重点（2个）|", A, B, "|二、市重点（1个）|", C],
    "heading, 共": [HEAD, "|一、省重点（共2项）|", A, B, "|二、市重点（共1项）|", C],
    "subtotals below": [HEAD, "|一、省重点|", A, B, "|小计|||#5|#2.5|||", "|二、市重点|", C, "|小计|||#4|#1|||", "|合计|||#9|#3.5|||"],
    "subtotals above": [HEAD, "|合计|||#9|#3.5|||", "|一、省重点|", "|小计|||#5|#2.5|||", A, B, "|二、市重点|", "|小计|||#4|#1|||", C],
    "subtotals without headings": [HEAD, A, B, "|小计|||#5|#2.5|||", C, D, "|小计|||#5|#2|||", "|总计|||#10|#4.5|||"],
    "subtotal by name": [HEAD, "|一、省重点|", A, B, "|省重点小计|||#5|#2.5|||", "|二、市重点|", C, "|市重点小计|||#4|#1|||"],
    "rounded total": [HEAD, A.replace("#2|", "#20.04|").replace("50%", "5%"), B.replace("#3|", "#30|").replace("50%", "5%"), "|合计|||#50|#2.5|||"],
    "rounded rows": [HEAD, A.replace("#2|", "#2.1|").replace("50%", "47.6%"), B, "|合计|||#5.14|#2.5|||"],
    "other columns": ["|序号|项目名称|责任单位|资金（万元）|计划投资（亿元）|完成投资（万元）|完成率|状态|", "|1|修路|县交通局|#200|#2|#5000|25%|达序时|", "|2|建桥|县交通局|#300|#1|#5000|50%|达序时|", "|合计|||#500|#3|1亿元|33%||"],
    "float noise": [HEAD, A.replace("#2|", "#0.1|").replace("50%", "1000%"), B.replace("#3|", "#0.2|").replace("50%", "750%"), "|合计|||#0.30000000000000004|#2.5|||"],
    "withdrawn counted": [HEAD, A, B, C.replace("未达序时", "未开工"), "|合计（3个）|||#9|#3.5|||"],
    "empty total": [HEAD, A, B, "|合计|||||||"[:-2] + "|"],
    "dash": [HEAD, A, B, "|合计|||#5|—|—||"],
    "no rates": [HEAD, A.replace("50%", ""), B.replace("50%", "—"), "|合计|||#5|#2.5|||"],
    "another measure": [HEAD, A.replace("50%", "80%"), B.replace("50%", "10%"), C.replace("25%", "90%")],
    "zero plan": [HEAD, A.replace("#2|", "#0|").replace("50%", "0%"), B],
    "counted by items": [PLAIN, "|一、城建（2项）|", plain(1, 2), "|^|办好另一件事|县住建局|正在办理|正常推进|"],
    "gaps after closing": [PLAIN, "|一、城建（5项）|", plain(1, 2, 4, 5)],
    "heading that counts nothing": [PLAIN, "|一、第2批（2022年）|", plain(1, 2)],
    "heading of a plan": [PLAIN, "|一、十件实事（3月份）|", plain(1, 2)],
    "outer and inner": [PLAIN, "|一、城建（3项）|", "|（一）道路（2项）|", plain(1, 2), "|（二）桥梁（1项）|", plain(3)],
    "chinese count": [PLAIN, "|一、城建（二项）|", plain(1, 2)],
    "numbers anew": [PLAIN, "|一、城建（2项）|", plain(1, 2), "|二、水利（1项）|", plain(1)],
    "total of both": [PLAIN, "|合计（3项）|", "|一、城建（2项）|", plain(1, 2), "|二、水利（1项）|", plain(1)],
    "note is no total": [HEAD, A, B, "|注：合计数以统计局为准|"],
}  # fmt: skip
WRONG = {
    "plan below": [HEAD, A, B, C, "|合计|||#8|#3.5|||"],
    "done below": [HEAD, A, B, C, "|合计|||#9|#3.6|||"],
    "above": [HEAD, "|合计|||#10|#3.5|||", A, B, C],
    "both": [HEAD, "|合计|||#10|#4|||", A, B, C],
    "count in brackets": [HEAD, "|合计（4个）|||#9|#3.5|||", A, B, C],
    "count behind": [HEAD, A, B, C, "|合计|2个||#9|#3.5|||"],
    "count in words": [HEAD, A, B, C, "|合计：共5项|||#9|#3.5|||"],
    "units in text": [HEAD, "|1|修路|县交通局|20000万元|#1|50%|达序时|", B, "|合计|||3亿元|#2.5|||"],
    "text left out of the sum": [HEAD, "|1|修路|县交通局|2亿元|#1|50%|达序时|", B, "|合计|||#3|#2.5|||"],
    "first heading": [HEAD, "|一、省重点（3个）|", A, B, "|二、市重点（1个）|", C],
    "second heading": [HEAD, "|一、省重点（2个）|", A, B, "|二、市重点（2个）|", C],
    "heading, 共": [HEAD, "|一、省重点（共1项）|", A, B],
    "first subtotal": [HEAD, "|一、省重点|", A, B, "|小计|||#6|#2.5|||", "|二、市重点|", C, "|小计|||#4|#1|||", "|合计|||#9|#3.5|||"],
    "last subtotal": [HEAD, "|一、省重点|", A, B, "|小计|||#5|#2.5|||", "|二、市重点|", C, "|小计|||#4|#2|||"],
    "total under subtotals": [HEAD, A, B, "|小计|||#5|#2.5|||", C, "|小计|||#4|#1|||", "|合计|||#18|#3.5|||"],
    "total over subtotals": [HEAD, "|合计|||#9.5|#3.5|||", "|一、省重点|", "|小计|||#5|#2.5|||", A, B],
    "subtotal above": [HEAD, "|一、省重点|", "|小计|||#7|#2.5|||", A, B, "|二、市重点|", "|小计|||#4|#1|||", C],
    "subtotal by name": [HEAD, "|一、省重点|", A, B, "|省重点小计|||#4|#2.5|||", "|二、市重点|", C],
    "rounded wrong": [HEAD, A.replace("#2|", "#2.04|").replace("50%", "49%"), B, "|合计|||#5.1|#2.5|||"],
    "undeclared column": ["|序号|项目名称|责任单位|资金（万元）|状态|", "|1|修路|县交通局|#200|达序时|", "|2|建桥|县交通局|#300|达序时|", "|合计|||#600||"],
    "other units": ["|序号|项目名称|责任单位|计划投资（亿元）|完成投资（万元）|完成率|状态|", "|1|修路|县交通局|#2|#5000|25%|达序时|", "|2|建桥|县交通局|#1|#5000|5%|达序时|"],
    "a digit": [HEAD, A, B, "|合计|||#50|#2.5|||"],
    "row rate": [HEAD, A.replace("50%", "55%"), B, C],
    "row rate as fraction": [HEAD, A.replace("50%", "#0.6"), B.replace("50%", "#0.5"), C.replace("25%", "#0.25")],
    "row rate in points": [HEAD, A.replace("50%", "#52"), B.replace("50%", "#50"), C.replace("25%", "#25")],
    "only row": [HEAD, A.replace("50%", "55%")],
    "total rate": [HEAD, A, C, "|合计|||#6|#2|50%||"],
    "total rate above": [HEAD, "|合计|||#6|#2|43%||", A, C],
    "inner heading": [PLAIN, "|一、城建（3项）|", "|（一）道路（1项）|", plain(1, 2), "|（二）桥梁（1项）|", plain(3)],
    "outer heading": [PLAIN, "|一、城建（4项）|", "|（一）道路（2项）|", plain(1, 2), "|（二）桥梁（1项）|", plain(3)],
    "chinese count": [PLAIN, "|一、城建（三项）|", plain(1, 2)],
    "numbers anew": [PLAIN, "|一、城建（2项）|", plain(1, 2), "|二、水利（2项）|", plain(1)],
    "total of both": [PLAIN, "|合计（4项）|", "|一、城建（2项）|", plain(1, 2), "|二、水利（1项）|", plain(1)],
}  # fmt: skip


def kind_of(lines: list[str]) -> Kind:
    return projects() if "项目名称" in lines[0] else meetings()


@pytest.mark.parametrize("lines", RIGHT.values(), ids=RIGHT)
def test_right_control_figures_say_nothing(lines: list[str]) -> None:
    assert told(*lines, by=kind_of(lines)) == []


@pytest.mark.parametrize("lines", WRONG.values(), ids=WRONG)
def test_wrong_control_figures_are_told(lines: list[str]) -> None:
    assert told(*lines, by=kind_of(lines)) != []


def test_a_difference_names_both_places() -> None:
    assert told(HEAD, A, B, "|合计（3个）|||#6|#2.5|44%||", by=projects()) == [
        "A4：“合计（3个）”写的是3，第2至3行有2行",
        "D4：“合计（3个）”的年度计划投资（亿元）写的是6亿元，D2:D3相加是5亿元",
        "F4：“合计（3个）”的完成率写的是44%，与累计完成投资（亿元）÷年度计划投资（亿元）对不上",
    ]
    assert told(HEAD, A.replace("50%", "55%"), B, by=projects()) == ["F2：完成率写的是55%，E2÷D2是50%"]


LEVELS = "|序号|项目名称|级别|总投资（亿元）|年度计划投资（亿元）|累计完成投资（亿元）|完成率|状态|"
E1 = "|1|修路|省重点|#4|#2|#1|50%|达序时|"
E2 = "|2|建桥|省重点|#6|#3|#1.5|50%|达序时|"
E3 = "|3|清淤|县重点|#8|#4|#1|25%|未达序时|"
CLOSED = "|序号|项目名称|级别|总投资（亿元）|年度计划投资（亿元）|累计完成投资（亿元）|完成率|状态|销号期次|\n"
GONE = "|4|植树|县重点|#2|#1|#1|100%|完工|2022年8月|\n"
OLD = "|5|旧路|县重点|#7|#7|#7|100%|完工|2021年8月|\n"


@pytest.mark.parametrize(
    ("closed", "total"),
    [
        (GONE, "|合计（3个）|||#18|#9|#3.5|||"),
        (GONE, "|合计（4个）|||#20|#10|#4.5|||"),
        (GONE + OLD, "|合计（4个）|||#20|#10|#4.5|||"),
        (GONE + OLD, "|合计（5个）|||#27|#17|#11.5|||"),
        (GONE.replace("（亿元）", "") + OLD, "|合计|||#18|#9|#3.5|||"),
    ],
)
def test_a_total_may_hold_what_was_closed(closed: str, total: str) -> None:
    sheets = {"台账": "\n".join([LEVELS, E1, E2, E3, total]), "销号": CLOSED + closed}
    assert _told_of_book(sheets) == []
    assert _told_of_book({**sheets, "台账": sheets["台账"].replace("#18", "#19").replace("#2", "#28")}) != []


def _told_of_book(sheets: dict[str, str]) -> list[str]:
    book = workbook(*sheets.values())
    for sheet, name in zip(book.worksheets, sheets, strict=True):
        sheet.title = name
    _, problems = read(saved(book), projects())
    return [p.message for p in problems if p.code in ("total_differs", "count_differs", "rate_differs")]


@pytest.mark.parametrize(
    "below",
    [
        ["|省重点小计|||#10|#5|#2.5|||", "|县重点小计|||#8|#4|#1|||"],
        ["|省重点小计（2个）|||#10|#5|#2.5|||", "|县重点小计（1个）|||#8|#4|#1|||", "|合计|||#18|#9|#3.5|||"],
        ["|续建小计|||#12|#5|#2.5|||", "|新建小计|||#6|#4|#1|||", "|总计|||#18|#9|#3.5|||"],
        ["|县重点小计|||#8|#4|#1|||"],
        ["|合计|||#18|#9|#3.5|38.9%||", "|完成率||||||38.9%||"],
    ],
)
def test_named_subtotals_below_all_rows_are_of_their_own_rows(below: list[str]) -> None:
    assert told(LEVELS, E1, E2, E3, *below, by=projects()) == []


def test_a_wrong_named_subtotal_below_all_rows_is_told() -> None:
    lines = ["|省重点小计|||#10|#5|#2.5|||", "|县重点小计|||#9|#4|#1|||"]
    assert told(LEVELS, E1, E2, E3, *lines, by=projects()) == [
        "D6：“县重点小计”的总投资（亿元）写的是9亿元，D4:D4相加是8亿元"
    ]


def test_a_wrong_rate_is_told_of_the_amounts_that_the_others_are_of() -> None:
    assert told(LEVELS, E1, E2.replace("50%", "90%"), E3, by=projects()) == ["G3：完成率写的是90%，F3÷E3是50%"]


@pytest.mark.parametrize(
    ("title", "differs"),
    [
        ("重点项目台账（共3个）", False),
        ("重点项目台账（共3个项目，截至2月7日）", False),
        ("重点项目台账（共6个，截至2月7日）", True),
        ("重点项目台账 共4个项目", True),
        ("重点项目台账（共五项）", True),
        ("共6个单位填报", False),
        ("共4个批次", False),
        ("3月份台账", False),
    ],
)
def test_a_count_in_the_title_is_that_of_the_rows(title: str, differs: bool) -> None:
    assert bool(told(f"|{title}|", LEVELS, E1, E2, E3, by=projects())) == differs
