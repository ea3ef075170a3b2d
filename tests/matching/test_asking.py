"""In which order a person is asked, and which rows each question offers."""

from __future__ import annotations

from tests.support.drawn import drawn
from tongbao.matching.asking import Offers, in_order, questions
from tongbao.matching.match import match
from tongbao.matching.two_periods import Cause, Matching, Question
from tongbao.model import Row

PRIOR = drawn("事项\n甲\n乙\n丙\n丁\n戊", "2022-01").rows
NOW = drawn("事项\n子\n丑\n寅\n卯\n辰\n巳\n午").rows


def question(row: Row, cause: Cause, **likeness: float) -> Question:
    """A question about a row; candidates by their text."""
    by_text = {one.text: one for one in NOW}
    return Question(row, tuple((by_text[name], score) for name, score in likeness.items()), "", cause)


def texts(asked: list[Question]) -> str:
    return "".join(one.row.text for one in asked)


def offered(offers: Offers, number: int, waiting: set[int], *taken: Row) -> str:
    return "".join(row.text for row, _ in offers.of(number, waiting, {row.place for row in taken}))


def test_questions_of_one_cause_stand_together_the_surest_first():
    asked = [
        question(PRIOR[0], Cause.REWORDED, 子=0.4),
        question(PRIOR[1], Cause.NUMBERS, 丑=0.9),
        question(PRIOR[2], Cause.REWORDED, 寅=0.6),
        question(PRIOR[3], Cause.NUMBERS, 卯=0.8),
    ]
    assert texts(in_order(asked)) == "乙丁丙甲"


def test_questions_that_offer_the_same_rows_stand_beside_each_other():
    asked = [
        question(PRIOR[0], Cause.REWORDED, 子=0.7),
        question(PRIOR[1], Cause.REWORDED, 丑=0.69),
        question(PRIOR[2], Cause.REWORDED, 寅=0.5, 子=0.4),
        question(PRIOR[3], Cause.REWORDED, 卯=0.6),
    ]
    assert texts(in_order(asked)) == "甲丙乙丁"


def test_a_question_with_two_rows_alike_is_less_sure_than_one_with_one():
    asked = [question(PRIOR[0], Cause.ALIKE, 子=0.8, 丑=0.8), question(PRIOR[1], Cause.ALIKE, 寅=0.6)]
    assert texts(in_order(asked)) == "乙甲"


def test_the_best_assignment_of_all_decides_which_row_comes_first():
    """丑 is the best for both, but the second question has nothing else."""
    asked = [question(PRIOR[0], Cause.ALIKE, 丑=0.8, 子=0.79), question(PRIOR[1], Cause.ALIKE, 丑=0.8)]
    offers = Offers(asked, NOW)
    assert offered(offers, 0, {0, 1}) == "子丑"
    assert offered(offers, 1, {0, 1}) == "丑"


def test_what_an_answer_has_taken_is_offered_no_more():
    asked = [question(PRIOR[0], Cause.ALIKE, 丑=0.8, 子=0.7), question(PRIOR[1], Cause.ALIKE, 丑=0.8, 寅=0.5)]
    offers = Offers(asked, NOW)
    assert offered(offers, 1, {1}, NOW[1]) == "寅"
    assert offered(offers, 0, {0}, NOW[0], NOW[1]) == ""


def test_free_rows_in_like_words_fill_the_list_up_to_five():
    prior = drawn("事项\n新建城东小学教学楼\n新建城西小学教学楼", "2022-01").rows
    words = (
        "城东小学扩建教学楼",
        *(f"{place}小学扩建教学楼" for place in ("城南", "城北", "石桥", "清河", "松山", "竹林")),
    )
    now = drawn("事项\n" + "\n".join((*words, "举办丰收节"))).rows
    first = Question(prior[0], ((now[0], 0.8),), "", Cause.REWORDED)
    found = [row.text for row, _ in Offers([first], now).of(0, {0}, set())]
    assert found[0] == "城东小学扩建教学楼"
    assert len(found) == 5
    assert "举办丰收节" not in found
    second = Question(prior[1], ((now[1], 0.7),), "", Cause.REWORDED)
    both = [row.text for row, _ in Offers([first, second], now).of(0, {0, 1}, set())]
    assert "城南小学扩建教学楼" not in both  # left to the other question


def test_rows_of_which_there_is_no_trace_are_asked_last():
    prior = drawn("单位 | 事项\n甲局 | 建设厂房（一期）\n乙局 | 修订防汛预案\n乙局 | 已经办完的事", "2022-01")
    now = drawn("单位 | 事项\n甲局 | 建设厂房（二期）\n丁局 | 举办丰收节")
    found = questions(match(prior, now)[0])
    assert [(one.row.text, one.cause) for one in found] == [
        ("建设厂房（一期）", Cause.NUMBERS),
        ("修订防汛预案", Cause.LOST),
        ("已经办完的事", Cause.LOST),
    ]
    done = drawn("单位 | 事项 | 状态\n乙局 | 修订防汛预案 | 完成", "2022-01").rows
    assert questions(Matching((), done, ())) == ()
