"""A status word that the kind does not know: counted where it means the same everywhere, else told once."""

from __future__ import annotations

import pytest

from tests.support.builders import codes, ledger, read, shipped
from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import adapted, kind_names
from tongbao.config.kind_words import sure_label
from tongbao.config.kinds import Kind
from tongbao.ledger.unknown_words import advice
from tongbao.model import State


def table(*words: str) -> str:
    lines = [f"| {n} | 修建第{n}号桥梁 | 县交通局 | 正在施工 | {word} |" for n, word in enumerate(words, 1)]
    return "\n".join(["| 序号 | 交办事项 | 承办单位 | 进展情况 | 备注 |", *lines])


def test_an_unknown_word_is_told_once_with_its_cells_and_its_line() -> None:
    _, problems = read(table("未开工", "完成", "未开工", "临期", "未开工"), shipped())
    unknown = [p for p in problems if p.code == "status_unknown"]
    assert [(p.place.cell, p.message) for p in unknown] == [
        ("E2", "不认识的状态“未开工”，共3格：E2、E4、E6"),
        ("E5", "不认识的状态“临期”"),
    ]
    assert [place.cell for place in unknown[0].also] == ["E4", "E6"]
    assert "labels: {正常推进: [未开工]}" in unknown[0].fix
    assert "或运行 setup" in unknown[0].fix


def test_the_line_makes_the_word_known() -> None:
    by = adapted(shipped(), {"正常推进": ("未开工",)}, {})
    assert codes(read(table("未开工", "完成"), by)[1]) == []


def test_a_word_that_means_the_same_everywhere_counts_and_is_printed_as_typed() -> None:
    found = ledger(table("序时推进", "超期未办结", "全部办结"), shipped())
    assert [(row.typed, row.label, row.done) for row in found.rows] == [
        ("序时推进", "正常推进", False),
        ("超期未办结", "需加快推进", False),
        ("全部办结", "完成", True),
    ]
    _, problems = read(table("序时推进", "序时推进", "完成"), shipped())
    shared = [p.message for p in problems if p.code == "status_shared"]
    assert shared == ["“序时推进”按“正常推进”统计，共2格：E2、E3"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("rectification", "已完成"),  # 待验收 or 已销号: the word does not say
        ("rectification", "已办结"),
        ("rectification", "基本完成"),  # would count as done
        ("work-report", "已完成"),  # the year's target, or the quarter's
        ("work-report", "推进中"),  # no word on the quarter's target
        ("key-projects", "推进中"),  # no word on the schedule
        ("meeting-decisions", "部分完成"),  # 视为完成 counts as done
        ("meeting-decisions", "未开工"),
        ("meeting-decisions", "未完成"),
        ("meeting-decisions", "红灯"),
        ("meeting-decisions", "一般"),  # the kind has no label for what is at risk
    ],
)
def test_what_only_a_person_can_say_is_not_counted(name: str, word: str) -> None:
    assert sure_label(shipped(name), word) is None


@pytest.mark.parametrize(
    ("name", "word", "label"),
    [
        ("rectification", "验收销号", None),
        ("rectification", "验收合格", "已销号"),
        ("rectification", "按序时", "正在整改"),
        ("standing-meeting", "办理中", "正在推进"),
        ("standing-meeting", "逾期未办结", "进展缓慢"),
        ("annual-tasks", "序时推进", "正常"),
        ("annual-tasks", "竣工", "完成"),
        ("key-projects", "验收合格", "已完工"),
        ("work-report", "按计划推进", "完成季度目标"),
        ("meeting-decisions", "在办", "正常推进"),
        ("meeting-decisions", "不再推进", "不再办理"),
    ],
)
def test_the_label_that_a_sure_word_counts_in(name: str, word: str, label: str | None) -> None:
    found = sure_label(shipped(name), word)
    assert (found and found.name) == label


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_a_word_of_the_kind_itself_is_never_overridden(name: str) -> None:
    by = shipped(name)
    words = [(label, word) for label in by.labels for word in label.words]
    found = ledger(table_of(by, [word for _, word in words]), by)
    assert [(row.typed, row.label) for row in found.rows] == [(word, label.name) for label, word in words]


def table_of(by: Kind, words: list[str]) -> str:
    """A ledger with the first header of every required column, and a row for each word."""
    columns = [c for c in by.columns if c.required and c.field != "状态"]
    head = " | ".join([*(c.headers[0] for c in columns), by.status.headers[0]])
    lines = [
        " | ".join([*("1" if c.type == "amount" else f"{c.field}{n}" for c in columns), w]) for n, w in enumerate(words)
    ]
    return "\n".join(f"| {line} |" for line in [head, *lines])


def test_words_for_nothing_sent_are_known_in_every_kind() -> None:
    found = ledger(table("没有报送", "逾期未报送", "未报送"), shipped())
    assert {row.state for row in found.rows} == {State.UNREPORTED}


def test_a_word_that_the_office_maps_wins_over_the_vocabulary() -> None:
    by = adapted(shipped(), {"需加快推进": ("序时推进",)}, {})
    assert ledger(table("序时推进"), by).rows[0].state is State.LAGGING


def test_a_slip_is_never_said_to_be_its_contrary() -> None:
    for word in ("未办结", "未完成", "尚未落实", "未提前完成"):
        said = advice(shipped(), word, ["完成"], "备注")
        assert "是不是“办结”" not in said, word
        assert "是不是“完成”" not in said, word
        assert "是不是“已" not in said, word
        assert f"完成: [{word}]" not in said, word
    assert advice(shipped(), "以完成", [], "备注").startswith("是不是“")


def test_a_sentence_in_the_status_column_is_no_word_to_be_made_known() -> None:
    said = advice(shipped(), "县交通局正在组织施工单位进场施工预计年底", [], "备注")
    assert "labels" not in said
