"""Names of printed lists and rows, looked for in what became of their sentence."""

from __future__ import annotations

import pytest

from tests.support.printed import printed
from tongbao.proof.against_ledger.names import Elsewhere, compare_listing, listings
from tongbao.proof.text.tokens import Reader
from tongbao.proof.verdicts import Judgement, Status
from tongbao.words.folding import fold

BASIS = printed("需加快推进的是：[冷链仓储用地保障、城西供水管网迁改、学府路雨污分流改造]。")
READER = Reader(BASIS.units)


def judged(text: str, elsewhere: str = "") -> list[Judgement]:
    (listing,) = listings(BASIS, 0, fold(BASIS.paragraphs[0].text), READER)
    return compare_listing(listing, fold(text).text, Elsewhere(fold(elsewhere).text, READER), BASIS, READER)


def test_all_names_there_in_any_order_agree_and_lead_to_their_rows():
    (found,) = judged("需加快推进的是：学府路雨污分流改造、冷链仓储用地保障和城西供水管网迁改。")
    assert (found.status, found.rows) == (Status.AGREES, (0, 1, 2))


@pytest.mark.parametrize(
    ("text", "status", "said", "should", "why"),
    [
        ("是：冷链仓储用地保障、学府路雨污分流改造。", Status.DIFFERS, "", "城西供水管网迁改", "名单里少了它"),
        (
            "是：冷链仓储用地保障、城东供水管网迁改、学府路雨污分流改造。",
            Status.DIFFERS, "城东供水管网迁改", "城西供水管网迁改", "名称与台账不同",
        ),
        (
            "是：冷链仓储用地保障、城西管网迁改、学府路雨污分流改造。",
            Status.UNPROVEN, "城西管网迁改", "城西供水管网迁改", "名称缩短了，请核对是不是同一项",
        ),
    ],
)  # fmt: skip
def test_a_name_that_is_missing_changed_or_shortened(text, status, said, should, why):
    (found,) = judged(text)
    assert (found.status, found.said, found.should, found.why) == (status, said, should, why)


def test_a_name_that_is_none_of_the_list_is_told():
    (found,) = judged("是：冷链仓储用地保障、城西供水管网迁改、客运站迁建、学府路雨污分流改造。")
    assert found.why == "多了“客运站迁建”，台账的这一类里没有它"


def test_a_list_laid_out_in_lines_of_its_own_is_found_there():
    (found,) = judged("需加快推进的是：", "1.冷链仓储用地保障2.城西供水管网迁改3.学府路雨污分流改造")
    assert found.status is Status.AGREES


def test_lists_of_numbers_and_of_units_are_facts_and_no_names():
    basis = printed("涉及第[35、41、46]项，单位是[县财政局、县教育局]。")
    assert list(listings(basis, 0, fold(basis.paragraphs[0].text), READER)) == []
