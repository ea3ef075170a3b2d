"""Headers that only the vocabulary of all kinds knows: read where one alone speaks, never before the kind's own."""

from __future__ import annotations

import pytest

from tests.support.builders import codes, field_values, ledger, read, shipped
from tests.support.drawing import xlsx
from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import adapted, kind_names
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.ledger.choice import choose
from tongbao.ledger.headers import find
from tongbao.ledger.shared_headers import meant_fields
from tongbao.words.text import key

LEDGER = """
| 序号 | {task} | {unit} | {deadline} | {progress} | {state} |
| 1 | 修建东门桥 | 县交通局 | 2022年3月底前 | 桥墩已经完成 | 正常推进 |
| 2 | 清理青溪河 | 县水利局 | 2022年4月底前 | 已经清理完毕 | 已完成 |
"""


@pytest.mark.parametrize(
    ("task", "unit", "deadline", "progress", "state"),
    [
        ("督办事项", "责任科室", "办结期限", "目前进展", "督办状态"),
        ("立项事项", "主责单位", "计划完成时间", "截至1月底进展情况", "办结情况"),
        ("民生实事", "落实单位", "要求完成时间", "最新进展", "是否达序时"),
        ("*督查事项", "主办单位", "4.整改时限", "工作进展（截至2022年1月31日）", "推进评价"),
    ],
)
@pytest.mark.parametrize("kind", ["meeting-decisions", "annual-tasks", "standing-meeting", "general"])
def test_a_ledger_with_headers_of_its_own_is_read(
    kind: str, task: str, unit: str, deadline: str, progress: str, state: str
) -> None:
    text = LEDGER.format(task=task, unit=unit, deadline=deadline, progress=progress, state=state)
    found = ledger(text, shipped(kind))
    assert [row.text for row in found.rows] == ["修建东门桥", "清理青溪河"]
    assert [row.units for row in found.rows] == [("县交通局",), ("县水利局",)]
    assert [row.done for row in found.rows] == [False, True]
    assert all(row.deadline.last for row in found.rows)
    assert field_values(found, "进展") == ["桥墩已经完成", "已经清理完毕"]


def test_what_was_read_by_the_vocabulary_is_said_once() -> None:
    text = LEDGER.format(task="督办事项", unit="承办单位", deadline="完成时限", progress="目前进展", state="备注")
    _, problems = read(text, shipped())
    assert [p.message for p in problems if p.code == "header_shared"] == ["“督办事项”按“事项”、“目前进展”按“进展”读取"]


def texts(text: str, by: Kind | None = None) -> list[str]:
    found, _ = read(text, by or shipped())
    return [row.text for row in found.rows] if found else []


def test_the_words_of_the_kind_and_of_the_office_win() -> None:
    text = LEDGER.format(task="交办事项", unit="承办单位", deadline="督办事项", progress="目前进展", state="备注")
    assert texts(text) == ["修建东门桥", "清理青溪河"]
    by = adapted(shipped(), {}, {"事项": ("目前进展",)})
    assert texts(text, by) == ["桥墩已经完成", "已经清理完毕"]


def test_of_two_headers_that_speak_alike_none_is_read() -> None:
    text = """
    | 序号 | 交办事项 | 承办单位 | 本月进展 | 累计进展 | 备注 |
    | 1 | 修建东门桥 | 县交通局 | 桥墩完成 | 桩基桥墩完成 | 正常推进 |
    """
    found, problems = read(text, shipped())
    assert found is not None
    assert field_values(found, "进展") == [None]
    unsure = next(p for p in problems if p.code == "header_unsure")
    assert unsure.message == "“本月进展”、“累计进展”都像“进展”，都没有读取"
    assert "columns: {进展: [累计进展]}" in unsure.fix
    assert "header_unread" not in codes(problems)


def test_last_period_beside_this_one() -> None:
    text = """
    | 序号 | 交办事项 | 承办单位 | 上月进展 | 本月进展 | 备注 |
    | 1 | 修建东门桥 | 县交通局 | 桩基完成 | 桥墩完成 | 正常推进 |
    """
    found = ledger(text, shipped())
    assert field_values(found, "进展") == ["桥墩完成"]
    assert found.rows[0].others == {"上月进展": "桩基完成"}


@pytest.mark.parametrize(
    ("parts", "fields"),
    [
        (["1-6月完成投资"], ("累计完成投资",)),
        (["本月完成投资"], ()),
        (["6月份完成投资（万元）"], ()),
        (["上月", "完成投资"], ()),
        (["本月情况", "完成投资"], ()),
        (["投资情况", "年度计划投资额"], ("年度计划投资",)),
        (["上月", "进展"], ()),
        (["完成时间"], ()),  # the day by which, or the day on which
        (["交办时间"], ()),
        (["实际完成时间"], ()),
        (["配合单位"], ()),  # this kind has no such column
    ],
)
def test_what_a_header_surely_means(parts: list[str], fields: tuple[str, ...]) -> None:
    assert meant_fields(shipped("key-projects"), parts) == fields


def test_an_unread_header_is_told_with_a_value_and_its_line() -> None:
    text = """
    | 序号 | 交办事项 | 承办单位 | 完成情况小结及说明进展 | 备注 |
    | 1 | 修建东门桥 | 县交通局 | 桥墩已经完成并开始架梁和护栏施工 | 正常推进 |
    """
    problem = next(p for p in read(text, shipped())[1] if p.code == "header_unread")
    assert problem.message == "“完成情况小结及说明进展”一列没有用到，像是“进展”（如“桥墩已经完成并开始架梁和护栏施…”）"
    assert "columns: {进展: [完成情况小结及说明进展]}" in problem.fix


@pytest.mark.parametrize("unused", ["完成情况小结及说明进展", "完成情况小结 及说明进展"])
def test_an_unread_header_that_the_office_knows_is_not_told(unused: str) -> None:
    text = """
    | 序号 | 交办事项 | 承办单位 | 完成情况小结及说明进展 | 备注 |
    | 1 | 修建东门桥 | 县交通局 | 桥墩已经完成 | 正常推进 |
    """
    assert "header_unread" not in codes(read(text, adapted(shipped(), {}, {"不用": (unused,)}))[1])


def test_of_two_headers_the_one_that_the_office_does_not_use_is_passed_over() -> None:
    text = """
    | 序号 | 交办事项 | 承办单位 | 本月进展 | 累计进展 | 备注 |
    | 1 | 修建东门桥 | 县交通局 | 桥墩完成 | 桩基桥墩完成 | 正常推进 |
    """
    found, problems = read(text, adapted(shipped(), {}, {"不用": ("本月进展",)}))
    assert found is not None
    assert field_values(found, "进展") == ["桩基桥墩完成"]
    assert "header_unsure" not in codes(problems)


def test_a_header_that_means_something_else_is_not_said_to_be_like_a_field() -> None:
    text = """
    | 序号 | 交办事项 | 承办单位 | 配合单位 | 交办时间 | 备注 |
    | 1 | 修建东门桥 | 县交通局 | 县财政局 | 2022年1月5日 | 正常推进 |
    """
    assert "header_unread" not in codes(read(text, shipped())[1])


def test_a_sheet_that_the_kind_knows_goes_before_one_that_only_the_vocabulary_knows() -> None:
    own = LEDGER.format(task="交办事项", unit="承办单位", deadline="完成时限", progress="完成情况", state="备注")
    other = LEDGER.format(task="督办事项", unit="主责单位", deadline="办结期限", progress="目前进展", state="督办状态")
    book, _ = sheets.parse(xlsx(own, other), "台账.xlsx")
    assert book is not None
    chosen, problems = choose(book, shipped(), "")
    assert [c.sheet.name for c in chosen] == [book.sheets[0].name]
    assert codes(problems) == []
    assert find(book.sheets[1], shipped()).widened  # type: ignore[union-attr]


def test_the_general_kind_claims_no_task_of_a_special_kind() -> None:
    general = {key(h) for h in shipped("general").column("事项").headers}  # type: ignore[union-attr]
    others = [shipped(name).column("事项") for name in kind_names(TEMPLATES) if name != "general"]
    assert general & {key(h) for column in others if column for h in column.headers} == set()
