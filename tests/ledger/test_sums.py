"""Lines of a ledger that hold words and sums only: parts of a total, rates, headings with subtotals; never items."""

from __future__ import annotations

import pytest

from tests.support.builders import items, projects, read

HEAD = "|序号|项目名称|级别|责任单位|总投资（亿元）|年度计划投资（亿元）|累计完成投资（亿元）|完成率|形象进度|推进状态|"
A = "|1|水库扩建|省重点|县住建局|#5|#2|#1|50%|施工中|达序时|"
B = "|2|大桥|县重点|县住建局|#3|#1.5|#0.9|60%|施工中|达序时|"
C = "|3|厂房|县重点|县住建局|#10|#4|#4.2|105%|施工中|达序时|"
NAMES = [("1", "水库扩建"), ("2", "大桥"), ("3", "厂房")]
TOTAL = "|合计|3个|||#18|#7.5|#6.1||||"
PARTS = {
    "text before, count in the task": ["|其中：省重点|1个|||#5|#2|#1||||", "|县重点|2个|||#13|#5.5|#5.1||||"],
    "text in the task": ["| |其中：省重点|||#5|#2|#1||||", "| |县重点|||#13|#5.5|#5.1||||"],
    "both 其中": ["| |其中：省重点|||#5|#2|#1||||", "| |其中：县重点|||#13|#5.5|#5.1||||"],
    "without 其中": ["| |省重点|||#5|#2|#1||||", "| |县重点|||#13|#5.5|#5.1||||"],
    "before, without 其中": ["|省重点||||#5|#2|#1||||", "|县重点||||#13|#5.5|#5.1||||"],
    "merged": ["|其中：省重点1个|<|||#5|#2|#1||||", "|县重点2个|<|||#13|#5.5|#5.1||||"],
    "merged over the level": ["|其中：省重点（1个）|<|<||#5|#2|#1||||", "|县重点（2个）|<|<||#13|#5.5|#5.1||||"],
    "count of two parts": ["|省重点|1项|||#5|#2|#1||||", "|县重点|共2件|||#13|#5.5|#5.1||||"],
    "dashes": ["|其中：省重点|1个||—|#5|#2|#1|||—|", "|县重点|2个||/|#13|#5.5|#5.1|||/|"],
    "only some parts": ["|其中：省重点|1个|||#5|#2|#1||||"],
    "其中 alone": ["|其中|省重点|||#5|#2|#1||||", "| |县重点|||#13|#5.5|#5.1||||"],
    "rate": ["|完成率||||||81.3%||||"[:-1] + "|", "|其中：省重点|1个|||#5|#2|#1||||"],
    "rate in its column": ["|完成率|||||||81.3%|||"],
    "share": ["| |占年度计划比例|||||#81.3||||"],
    "only amounts of one column": ["|省重点|1个|||#5||||||", "|县重点|2个|||#13||||||"],
    "parts of parts": ["|其中：省重点|1个|||#5|#2|#1||||", "|市重点|0个|||#0|#0|#0||||", "|县重点|2个|||#13|#5.5|#5.1||||"],
}  # fmt: skip


def seen(*lines: str) -> tuple[list[tuple[str, str]], list[str]]:
    found, problems = read("\n".join(lines), projects())
    assert found is not None
    return items(found), [f"{p.place.cell} {p.code}" for p in problems if p.level != "note"]


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_parts_of_a_total_are_no_items(parts: list[str]) -> None:
    assert seen(HEAD, A, B, C, TOTAL, *parts) == (NAMES, [])
    assert seen(HEAD, TOTAL, *parts, A, B, C) == (NAMES, [])


HEADINGS = {
    "merged over the level": ["|一、省重点项目（1个）|<|<|<|#5|#2|#1|50%|||", A, "|二、县重点项目（2个）|<|<|<|#13|#5.5|#5.1|92.7%|||", B, C],
    "merged over the task": ["|一、省重点项目（1个）|<|||#5|#2|#1|50%|||", A, "|二、县重点项目（2个）|<|||#13|#5.5|#5.1||||", B, C],
    "not merged": ["|一、省重点项目（1个）||||#5|#2|#1|50%|||", A, "|二、县重点项目（2个）||||#13|#5.5|#5.1||||", B, C],
    "in the task": ["| |一、省重点项目（1个）|||#5|#2|#1|50%|||", A, "| |二、县重点项目（2个）|||#13|#5.5|#5.1||||", B, C],
    "number apart": ["|一|省重点项目（1个）|||#5|#2|#1|50%|||", A, "|二|县重点项目（2个）|||#13|#5.5|#5.1||||", B, C],
    "without number": ["|省重点项目（1个）||||#5|#2|#1|50%|||", A, "|县重点项目（2个）||||#13|#5.5|#5.1||||", B, C],
    "count apart": ["|省重点|1个|||#5|#2|#1|50%|||", A, "|县重点|2个|||#13|#5.5|#5.1||||", B, C],
    "without count": ["|省重点项目|<|<|<|#5|#2|#1|50%|||", A, "|县重点项目|<|<|<|#13|#5.5|#5.1||||", B, C],
    "brackets": ["|（一）省重点项目（1个）||||#5|#2|#1|50%|||", A, "|（二）县重点项目（2个）||||#13|#5.5|#5.1||||", B, C],
}  # fmt: skip


@pytest.mark.parametrize("lines", HEADINGS.values(), ids=HEADINGS)
def test_a_heading_may_carry_its_subtotals(lines: list[str]) -> None:
    assert seen(HEAD, *lines) == (NAMES, [])
    assert seen(HEAD, "|合计（3个）||||#18|#7.5|#6.1||||", *lines) == (NAMES, [])
    found, _ = read("\n".join([HEAD, *lines]), projects())
    assert found
    assert ["省重点" in row.section[0] for row in found.rows] == [True, False, False]


def test_the_subtotals_of_a_heading_are_checked() -> None:
    lines = [line.replace("#13|", "#14|").replace("（2个）", "（3个）") for line in HEADINGS["not merged"]]
    assert seen(HEAD, *lines) == (NAMES, ["A4 count_differs", "E4 total_differs"])


@pytest.mark.parametrize(
    "line",
    [
        "| |省重点|||#5|#2|#1||||",  # no total above it, no count: it may be an item without number
        "| |某工程|||#7|#2|#1||||",
        "|4|3个|||#5|#2|#1||||",
        "|4|3个||县住建局|#5|#2|#1|||达序时|",
        "| |其中：省重点||县住建局|#5|#2|#1||施工|达序时|",
    ],
)
def test_what_may_be_either_is_an_error_that_names_the_row(line: str) -> None:
    assert seen(HEAD, A, B, C, line) == (NAMES, ["5 line_doubt"])


def test_items_stay_items() -> None:
    lines = [
        "|1|合计路改造工程|县重点|县住建局|#5|#2|#1||施工|达序时|",
        "|2|其中桥改造|县重点|县住建局|#5|#2|#1||施工|达序时|",
        "|3|3个小区改造|县重点|县住建局|#5|#2|#1||施工|达序时|",
        "|4|完成率提升工程|县重点||#5|#2|#1||||",
        "| |没有序号的路|县重点|县住建局|#5|#2|#1||施工|达序时|",
        "|6|第2项工程|县重点|县住建局|#5|#2|#1||||",
    ]
    found, codes = seen(HEAD, *lines)
    assert len(found) == 6
    assert "line_doubt" not in "".join(codes)


def test_without_a_column_of_numbers_items_stay_items() -> None:
    head = "|项目名称|总投资（亿元）|推进状态|"
    assert [text for _, text in seen(head, "|水库|#5||", "|大桥|#3||", "|合计|#8||", "|其中：省重点|#5||")[0]] == [
        "水库",
        "大桥",
    ]
