"""One cell for which several units answer: put together, the lead unit's, or left to the clerk."""

from __future__ import annotations

import pytest

from tests.support.builders import codes, meetings
from tests.support.drawing import xlsx
from tests.support.returning import Round, edited
from tongbao.rounds.collect.joint import Joining, Verdict, together

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 增设人行天桥 | 县交警大队、县住建局、县财政局 | 选址 | 正常推进 |
"""
POLICE, HOMES, FUNDS = "县交警大队", "县住建局", "县财政局"


@pytest.fixture(scope="module")
def sent() -> Round:
    return Round(xlsx(TABLE), meetings())


def merged(sent: Round, joining: Joining | None, *answers: tuple[str, str, str | None]) -> dict[str, str]:
    """The texts that are written: each answer is a unit, its progress and (where it changes it) its status."""
    files = [
        edited(edited(sent.out[unit], D2=progress), E2=status) if status else edited(sent.out[unit], D2=progress)
        for unit, progress, status in answers
    ]
    return sent.written(sent.merge(*files, joining=joining)[0])


def test_sentences_are_put_together_in_the_order_of_the_ledger(sent: Round) -> None:
    answers = (FUNDS, "资金已列支", None), (POLICE, "已招标。", None), (HOMES, "已设计；", None)
    assert merged(sent, Joining.TOGETHER, *answers) == {
        "D2": "县交警大队：已招标；县住建局：已设计；县财政局：资金已列支。"
    }


def test_the_lead_unit_s_answer_is_taken_and_the_others_set_aside(sent: Round) -> None:
    files = [edited(sent.out[unit], D2=text) for unit, text in [(HOMES, "已设计"), (POLICE, "已招标")]]
    found, problems = sent.merge(*files, joining=Joining.LEAD)
    assert sent.written(found) == {"D2": "已招标"}
    assert codes(problems) == ["cell_aside", "not_returned"]


def test_nobody_speaks_for_a_lead_unit_that_has_not_answered(sent: Round) -> None:
    assert merged(sent, Joining.LEAD, (HOMES, "已设计", None)) == {}


def test_undecided_answers_wait(sent: Round) -> None:
    files = [edited(sent.out[unit], D2=text) for unit, text in [(HOMES, "已设计"), (POLICE, "已招标")]]
    found, _ = sent.merge(*files)
    assert (sent.written(found), found.undecided) == ({}, 1)


@pytest.mark.parametrize("joining", [None, Joining.TOGETHER, Joining.LEAD])
def test_the_only_answer_or_the_same_answer_stands_as_it_is(sent: Round, joining: Joining | None) -> None:
    assert merged(sent, joining, (POLICE, "已招标", None)) == {"D2": "已招标"}
    assert merged(sent, joining, (POLICE, "已招标", None), (HOMES, "已招标", None)) == {"D2": "已招标"}


def test_statuses_that_differ_are_never_put_together(sent: Round) -> None:
    answers = (POLICE, "已招标", "完成"), (HOMES, "已招标", "需加快推进")
    assert merged(sent, Joining.TOGETHER, *answers) == {"D2": "已招标"}
    assert merged(sent, Joining.LEAD, *answers) == {"D2": "已招标", "E2": "完成"}


def test_a_status_that_one_unit_let_stand_speaks_against_another_one_s(sent: Round) -> None:
    files = [edited(sent.out[POLICE], D2="已招标"), edited(sent.out[HOMES], D2="已招标", E2="完成")]
    found, _ = sent.merge(*files, joining=Joining.TOGETHER)
    assert sent.written(found) == {"D2": "已招标"}
    [cell] = [cell for cell in found.cells if cell.verdict is Verdict.CONFLICT]
    assert "县住建局：完成" in cell.why
    assert "县交警大队：正常推进" in cell.why


def test_two_words_for_one_status_agree(sent: Round) -> None:
    answers = (POLICE, "已招标", "完成"), (HOMES, "已招标", "办结")
    assert merged(sent, Joining.TOGETHER, *answers)["E2"] == "完成"


def test_what_we_wrote_before_is_no_edit_of_the_office(sent: Round) -> None:
    later = Round(sent.data, sent.kind)
    later.now(edited(sent.data, D2="已招标"))
    files = [edited(sent.out[unit], D2=text) for unit, text in [(HOMES, "已设计"), (POLICE, "已招标")]]
    both, _ = later.merge(*files, joining=Joining.TOGETHER)
    assert later.written(both) == {"D2": "县交警大队：已招标；县住建局：已设计"}
    late, _ = later.merge(files[0], joining=Joining.TOGETHER)
    assert later.written(late) == {}
    known, _ = later.merge(files[0], joining=Joining.TOGETHER, ours={later.at(2, 4): ("已招标",)})
    assert later.written(known) == {"D2": "已设计"}


def test_units_that_say_the_same_stand_together() -> None:
    assert together({"甲局": "已办。", "乙局": "已办", "丙局": "在办。"}) == "甲局、乙局：已办；丙局：在办。"
    assert together({"甲局": "已办", "乙局": "在办"}) == "甲局：已办；乙局：在办"
