"""One record of a thing to look at, whoever found it: its words, its order, and what an office dismissed for good."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions
from tests.support.docx_maker import docx, para
from tests.support.printed import paper, printed, proved
from tongbao.model import Level
from tongbao.proof.against_standard import check_layout
from tongbao.proof.remarks import (
    Remark,
    Source,
    fingerprints,
    in_order,
    on_layout,
    on_verdicts,
    undecided,
    with_dismissed,
)
from tongbao.proof.verdicts import Status, Verdict
from tongbao.word.document import Stretch, read

WRONG = "县政府共交办事项40项，已完成30项，其余9项正在推进。"
HANDED = "累计交办[92]项。"
LATE = "需加快推进的[2]项是：[冷链仓储用地保障、城西供水管网迁改]。"
BASIS = printed(HANDED, LATE)
MADE = [p.text for p in BASIS.paragraphs]


def against(*lines: str) -> list[Remark]:
    """The remarks on a paper of these lines, by the ledger behind the two printed ones."""
    return list(on_verdicts(proved(BASIS, *lines).verdicts, paper(*lines), BASIS))


def layout(*blocks: str) -> list[Remark]:
    data = docx(*blocks)
    read_back, _ = read(data, "通报.docx")
    assert read_back
    return list(on_layout(check_layout(data, read_back)))


# ---------------------------------------------------------------------------------------------- fingerprints


@pytest.mark.parametrize(
    ("found", "fingerprint"),
    [
        (contradictions("前言。", WRONG), "97b9894057cb"),
        (against("累计交办93项。", MADE[1]), "de6dc502f0eb"),
        (against(MADE[0]), "89f6e3e635f5"),
        (against("累计交办92项，走访企业33家。", MADE[1]), "645c75ba7988"),
        (layout("关于重点工作推进情况的通报", "附件1：")[-1:], "e56c45e476a4"),
    ],
    ids=["sum", "differs", "deleted", "new", "layout"],
)
def test_what_an_office_dismissed_with_an_earlier_version_stays_dismissed(found: list[Remark], fingerprint: str):
    assert [r.fingerprint for r in found] == [fingerprint]


def test_a_remark_keeps_its_fingerprint_wherever_its_paragraph_moves_and_loses_it_with_its_words():
    (found,), (moved,) = contradictions("前言。", WRONG), contradictions(WRONG, "前言。", "后语。")
    (changed,) = contradictions(WRONG.replace("30", "28"))
    assert moved.fingerprint == found.fingerprint != changed.fingerprint


def test_the_file_of_dismissed_remarks_grows_by_a_line_for_each_and_may_hold_words_of_the_clerk():
    first, second = against("累计交办93项。", "需加快推进的3项是：冷链仓储用地保障、城西供水管网迁改。")
    once = with_dismissed("", [first], "稿.docx")
    twice = with_dismissed(once + "已请示王主任\n", [second], "稿.docx")
    assert once.startswith("# 已核实无误")
    assert f"{first.fingerprint}  稿.docx  【不一致】第1段" in once
    assert "已请示王主任" in twice
    assert fingerprints(twice) == {first.fingerprint, second.fingerprint}


def test_a_line_may_be_indented_and_its_words_be_anything_but_a_fingerprint_in_the_middle_is_none():
    assert fingerprints("  97b9894057cb 已核\n见 de6dc502f0eb\n97b9894057cb0 长\n") == {"97b9894057cb"}


# ---------------------------------------------------------------------------------------------- words


def test_a_remark_is_said_on_the_screen_beside_the_text_and_to_programs():
    (found,) = against("累计交办93项。", MADE[1])
    assert found.line == "【不一致】第1段“累计交办93项”：稿中是“93项”，应为“92项”。"
    assert found.note is not None
    assert (found.note.paragraph, found.note.start, found.note.end) == (0, 4, 7)
    assert found.note.text == "【不一致】稿中是“93项”，应为“92项”。（编号de6dc502f0eb）"
    assert found.plain() == {
        "label": "不一致",
        "code": "differs",
        "place": "第1段",
        "quote": "累计交办93项",
        "text": "稿中是“93项”，应为“92项”。",
        "fingerprint": "de6dc502f0eb",
    }


def test_a_remark_on_a_list_names_the_rows_of_the_ledger():
    (found,) = against(MADE[0], MADE[1].replace("、城西供水管网迁改", ""))
    assert found.text == "应有“城西供水管网迁改”。名单里少了它。依据：台账.xlsx“台账”第4行。"


def test_a_long_quotation_is_cut_on_the_screen_and_whole_in_the_record():
    (found,) = contradictions("会议要求，各责任单位要提高认识、压实责任、倒排工期，" + WRONG)
    assert "…”：" in found.line
    assert str(found.in_full()["quote"]).endswith("其余9项正在推进。")


def test_layout_is_about_no_words_and_only_what_is_demanded_counts():
    found = layout(para("关于重点工作推进情况的通报", '<w:jc w:val="center"/>'))
    assert {(r.source, r.label, r.at, r.note) for r in found} == {(Source.LAYOUT, "版式", None, None)}
    assert {r.code: r.counts for r in found} == {"page-number": True, "title-size": False}
    assert found[0].text == "没有页码（GB/T 9704 7.5，必须）。请插入页码。"


def test_remarks_stand_in_the_order_of_the_text_and_those_on_the_layout_last():
    found = in_order([*layout("一"), *contradictions("前言。", "后语。", WRONG), *against("累计交办93项。", MADE[1])])
    assert [r.place for r in found][:2] == ["第1段", "第3段"]
    assert {r.source for r in found[2:]} == {Source.LAYOUT}


# ---------------------------------------------------------------------------------------------- one thing, told once


SUM = printed("共交办事项[40]项，已完成[30]项，其余[10]项正在推进。")


def undecided_in(text: str) -> list[tuple[str, Level]]:
    return [(r.code, r.level) for r in undecided(contradictions(text), proved(SUM, text).verdicts)]


def test_a_sum_that_the_ledger_finds_wrong_is_not_told_again():
    text = "共交办事项40项，已完成30项，其余9项正在推进。"
    assert [r.code for r in contradictions(text)] == ["sum"]
    assert undecided_in(text) == []


def test_a_sum_over_figures_that_nobody_can_prove_is_told():
    text = "共走访企业40家，已办结30家，其余9家正在办理。"
    assert undecided_in(text) == [("sum", Level.ERROR)]


def test_the_quotation_is_the_one_sentence_that_is_wrong():
    (found,) = contradictions("会议研究了三项议题。" + WRONG + "请抓好落实。")
    assert found.quote == WRONG


def test_what_is_there_and_should_not_be_is_quoted_without_an_alternative():
    (found,) = against(MADE[0], MADE[1].replace("迁改。", "迁改、客运站迁建。"))
    assert "稿中是“客运站迁建”，应为“冷链仓储用地保障、城西供水管网迁改”。" in found.text


def test_a_doubt_about_one_clause_is_told_once_for_all_its_figures():
    doubts = [Verdict(Status.UNPROVEN, Stretch(0, n, n + 2), "甲3项乙2项", why="说法变了，请核对") for n in (1, 4)]
    other = Verdict(Status.UNPROVEN, Stretch(1, 0, 2), "甲3项乙2项", why="说法变了，请核对")
    found = on_verdicts([*doubts, other], paper("甲3项乙2项", "甲3项乙2项"), BASIS)
    assert [(r.place, r.at) for r in found] == [("第1段", Stretch(0, 1, 3)), ("第2段", Stretch(1, 0, 2))]


def test_every_new_number_is_told_by_itself():
    new = against(MADE[0] + "走访企业33家，发放资料45份。", MADE[1])
    assert [(r.code, r.quote) for r in new] == [("unproven", "走访企业33家"), ("unproven", "发放资料45份")]
    assert {r.level for r in new} == {Level.WARNING}


def test_what_agrees_is_no_remark():
    assert against(*MADE) == []
    assert {v.status for v in proved(BASIS, *MADE).verdicts} == {Status.AGREES}
