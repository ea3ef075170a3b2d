"""What was answered on the screen, as lines of a small text file: written, read again, damaged."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import codes
from tongbao.matching.answers import Answer, Mark, Verdict
from tongbao.matching.decisions_aside import Decision, read, spelt

MONTHS = ("2022-01", "2022-02")
ROW, OTHER = Mark("台账!2", "7", "一、工业", "建设厂房", "甲局"), Mark("台账!3", text="修订预案")


def decision(prior: Mark, verdict: Verdict, *current: Mark, reason: str = "") -> Decision:
    return Decision(MONTHS, prior, tuple(Answer(MONTHS, prior, verdict, one, reason) for one in current or (Mark(),)))


SAME, GONE = decision(ROW, Verdict.SAME, OTHER), decision(OTHER, Verdict.WITHDRAWN, reason="不办了")


def test_a_decision_is_one_line_that_a_person_can_read():
    assert spelt(GONE) == (
        '{"上期": "2022-01", "本期": "2022-02", "上期行": {"行": "台账!3", "事项": "修订预案"}, '
        '"答复": [{"答复": "撤销", "理由": "不办了"}]}'
    )


def test_the_last_line_about_a_row_holds():
    lines = [spelt(SAME), spelt(GONE), spelt(decision(ROW, Verdict.DIFFERENT))]
    assert read(lines) == ([GONE, decision(ROW, Verdict.DIFFERENT)], [])
    assert read([*lines, spelt(Decision(MONTHS, ROW))]) == ([GONE, Decision(MONTHS, ROW)], [])


def test_a_line_that_was_not_finished_counts_as_never_written():
    assert read([spelt(SAME), spelt(GONE)[:40]]) == ([SAME], [])
    assert read([]) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "你好",
        "[]",
        "{}",
        "1",
        "null",
        "[" * 100_000,
        spelt(SAME).replace("同一项", "是的"),
        spelt(GONE).replace("不办了", ""),
        spelt(SAME).replace('"2022-01"', "1"),
        spelt(SAME).replace('"台账!2"', "[]"),
        json.dumps({"上期": "2022-01", "本期": "2022-02", "上期行": {}, "答复": []}),
        json.dumps({"上期": "2022-01", "本期": "2022-02", "上期行": [], "答复": {}}),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_count(line):
    found, problems = read([line, "", spelt(GONE)])
    assert found == [GONE]
    assert codes(problems) == ["aside_unread"]
    assert problems[0].place[:3] == ("对应关系（暂存）.txt", "", 1)


CELLS = st.text(max_size=6).filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text))
MARKS = st.builds(Mark, CELLS, CELLS, CELLS, CELLS, CELLS)


@given(MARKS.filter(lambda mark: any(mark.cells)), st.lists(st.tuples(st.sampled_from(Verdict), MARKS, CELLS)))
def test_decisions_survive_their_lines(prior, given_answers):
    answers = tuple(Answer(MONTHS, prior, *one) for one in given_answers)
    one = Decision(MONTHS, prior, tuple(a for a in answers if not a.fault), answers)
    line = spelt(one)
    assert "\n" not in line
    assert read([line]) == ([one], [])
