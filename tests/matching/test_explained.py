"""Why two rows are taken for one item, in the words that the clerk reads."""

from __future__ import annotations

from tests.support.drawn import drawn
from tongbao.matching.explained import cause_of, differing, explained
from tongbao.matching.likeness import Face
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
