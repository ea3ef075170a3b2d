"""Why two rows are taken for one item, in the words that the clerk reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.drawn import drawn
from tongbao.matching.explained import cause_of, differing, explained
from tongbao.matching.face import Face
from tongbao.matching.two_periods import Cause, How, Pair

HEAD = "编号 | 序号 | 标题 | 名称 | 单位 | 事项 | 进展\n"


def why(before: str, now: str) -> str:
    (a,), (b,) = drawn(HEAD + before, "2022-01").rows, drawn(HEAD + now).rows
    return explained(Pair(a, b, How.SIMILAR))


def test_what_agrees_comes_first_and_then_what_changed_into_what():
    told = why(
        "7 | 1 | 一、工业 | 水厂 | 甲局 | 建设水厂 | 已开工", "7 | 2 | 一、工业 | 水厂 | 乙局 | 建设水厂 | 已开工"
    )
    assert told == "编号相同；标题相同；名称相同；文字相同；进展接着上期写；责任单位由甲局变乙局"


def test_numerals_names_and_headings_that_changed_are_named():
    told = why(" | | 一、工业 | 水厂一期 | 甲局 | 建设水厂一期 | ", " | | 二、民生 | 水厂二期 | 甲局 | 建设水厂二期 | ")
    assert "名称由“水厂一期”变“水厂二期”" in told
    assert "标题由“一、工业”变“二、民生”" in told
    assert "数字不同（1→2）" in told
    assert "责任单位相同" in told


def test_a_question_says_what_differs_or_that_several_are_alike():
    (a,), (b,) = drawn(HEAD + " | | | | 甲局 | 建设水厂 | ").rows, drawn(HEAD + " | | | | 甲局 | 建设水厂 | ").rows
    assert differing(Face(a), Face(b)) == "相近的不止一行"
    (b,) = drawn(HEAD + " | | | | 甲局 | 建设水厂扩建 | ").rows
    assert differing(Face(a), Face(b)) == "文字略有增减"
    (b,) = drawn(HEAD + " | | | | 甲局 | 整治河道沿线环境 | ").rows
    assert differing(Face(a), Face(b)) == "文字改动较大"


def test_questions_of_one_cause_are_known_by_it():
    causes = {
        "甲局 | 建设水厂一期 | ": Cause.NUMBERS,
        "乙局 | 建设水厂二期 | ": Cause.UNITS,
        "甲局 | 建设水厂二期 | ": Cause.ALIKE,
        "甲局 | 建成水厂二期 | ": Cause.NUMBERS,
        "甲局 | 整治河道沿线环境二期 | ": Cause.REWORDED,
    }
    (a,) = drawn(HEAD + " | | | | 甲局 | 建设水厂二期 | ").rows
    found = {row: cause_of(Face(a), Face(drawn(f"{HEAD} | | | | {row}").rows[0])) for row in causes}
    assert found == causes


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("惠及群众2万人", "惠及群众3.5万人", "数字不同（2万→3.5万）"),
        ("完成投资30亿元", "完成投资31亿元", "数字不同（30亿→31亿）"),
        ("整改率85%", "整改率90%", "数字不同（85%→90%）"),
        ("新增车位1,200个", "新增车位1500个", "数字不同（1,200→1500）"),
        ("第一标段开工", "第二标段开工", "数字不同（1→2）"),
        ("完成招标", "完成招标，惠及群众2万人", "数字不同（无→2万）"),
    ],
)
def test_numerals_are_quoted_as_they_are_typed(before, now, said):
    assert said in why(f" | | | | 甲局 | {before} | ", f" | | | | 甲局 | {now} | ")


def test_of_headings_on_several_levels_the_one_that_differs_is_quoted():
    (a,), (b,) = drawn(HEAD + " | | | | 甲局 | 修桥 | ").rows, drawn(HEAD + " | | | | 甲局 | 修桥 | ").rows
    a, b = replace(a, section=("一、发展", "（一）工业")), replace(b, section=("一、民生", "（一）工业"))
    assert "标题由“一、发展”变“一、民生”" in explained(Pair(a, b, How.SIMILAR))
    assert "标题由“一、民生 / （一）工业”变“一、民生”" in explained(
        Pair(b, replace(b, section=("一、民生",)), How.SIMILAR)
    )
