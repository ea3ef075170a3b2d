"""What an assumed pair rests on is said in words, and each of them is true."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from zlib import crc32

import pytest

from tests.support.months import GENERATORS, habits, month
from tests.support.pairing import matched, number
from tests.support.trials import tried
from tongbao.matching.explained import explained
from tongbao.matching.face import Face
from tongbao.matching.likeness import same_units
from tongbao.matching.match import match
from tongbao.matching.two_periods import Bond, Matching, Pair
from tongbao.model import Row

HEAD = "编号 | 序号 | 单位 | 事项 | 进展 | 状态\n"
OTHERS = "\n".join(
    f" | {n} | {unit} | {text} | {text}正在办理 | "
    for n, (unit, text) in enumerate(
        [("教育局", "扩建白塔小学"), ("民政局", "建设养老中心"), ("商务局", "培育电商企业"), ("文旅局", "筹办丰收节")],
        5,
    )
)


def told(before: str, now: str) -> dict[tuple[int, int], str]:
    """Why each assumed pair is, by the numbers of its rows."""
    found = matched(f"{HEAD}{before}\n{OTHERS}", f"{HEAD}{now}\n{OTHERS}")
    return {(number(pair.prior), number(pair.current)): explained(pair) for pair in found.assumed}


def test_of_two_rows_alike_the_order_decided_and_nothing_else():
    before = " | | 甲局、乙局 | 稳住外贸基本盘 | 已召开会议 | 滞后\n | | 甲局、乙局 | 稳住外贸基本盘 | 已开展走访 | "
    now = " | | 甲局、乙局 | 稳住外贸基本盘 | 截至目前完成三成 | 滞后\n | | 甲局、乙局 | 稳住外贸基本盘 | 方案已印发 | "
    found = told(before, now)
    assert found == dict.fromkeys([(1, 1), (2, 2)], "文字相同；责任单位相同；仅凭行序认定")


def test_another_unit_alone_is_said_to_be_all_that_changed():
    before, now = (f" | 1 | {unit} | 完成滨河路改造 | {said} | " for unit, said in (("甲局", "招标"), ("乙局", "开工")))
    (why,) = told(before, now).values()
    assert why == "序号相同；文字相同；责任单位由甲局变乙局"


def test_exchanged_units_are_named_as_such():
    one, two = "完成滨河路改造并恢复路面", "整治云水河河道并清淤"
    found = told(
        f" | 1 | 甲局 | {one} | 正在招标 | \n | 2 | 乙局 | {two} | 正在测量 | ",
        f" | 1 | 乙局 | {one} | 正在评标 | \n | 2 | 甲局 | {two} | 正在放线 | ",
    )
    assert [why.rpartition("；")[2] for why in found.values()] == ["与另一项对换了责任单位"] * 2


def test_words_put_for_others_are_quoted_and_numerals_not_twice():
    before = " | 1 | 甲局 | 推进营商环境提升行动，9月底前兑现奖补 | 正在招标 | "
    (why,) = told(before, before.replace("提升", "攻坚").replace("9月", "10月")).values()
    assert "“提升”改为“攻坚”" in why
    assert "数字不同（9→10）" in why
    assert why.count("10") == 1


def test_a_finished_item_that_is_worked_on_again():
    before = " | 1 | 甲局 | 完成滨河路雨污分流改造，压实属地责任 | 已竣工 | 完成"
    now = " | 1 | 甲局 | 完成滨河路雨污分流改造，压实属地责任，按月报送进展 | 返工 | "
    (why,) = told(before, now).values()
    assert "上期已办结，本期又在办" in why
    assert "多了“按月报送进展”" in why


def test_other_signs_between_the_same_words_are_no_doubt():
    before = " | 1 | 甲局 | 推进供热管网改造，落实资金，压实责任 | 正在招标 | "
    assert told(before, before.replace("造，落", "造、落").replace("金，压", "金、压")) == {}


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_reason_is_true_and_no_assumption_is_without_a_doubt(generator: str):
    for seed in range(tried(150, 12)):
        rng = random.Random(crc32(f"{generator} {seed}".encode()))
        how = habits(rng)
        step = month(GENERATORS[generator](rng), how, rng)
        found = match(step.prior, step.current)[0]
        for pair in found.assumed:
            why = re.split("；(?![^“]*”)", explained(pair))
            doubts = [one for one in why if not re.fullmatch(".*(相同|相似.*|进展接着上期写)", one)]
            assert doubts, explained(pair)
            for one in why:
                assert _is_true(one, pair, found, step.current.rows), (explained(pair), pair)


def _is_true(words: str, pair: Pair, found: Matching, currents: Sequence[Row]) -> bool:
    """Does this hold, by the two rows as they are typed?"""
    before, now = pair.prior, pair.current
    a, b = Face(before), Face(now)
    same = {
        "编号相同": before.id == now.id != "",
        "序号相同": before.no == now.no != "",
        "标题相同": bool(a.section) and a.section == b.section,
        "名称相同": bool(a.name) and a.name == b.name,
        "文字相同": a.text == b.text,
        "责任单位相同": bool(a.units) and same_units(a.units, b.units),
        "文字改动较大": a.text != b.text,
        "上期已办结，本期又在办": not before.is_open and now.is_open,
        "与另一项对换了责任单位": any(
            set(p.prior.units) == set(now.units) and set(p.current.units) == set(before.units) for p in found.pairs
        ),
        "另有文字一样、本期没有着落的行": any(row.text == before.text for row in found.gone),
        "本期这一行里有上期这一项的内容": pair.bond is Bond.MERGED,
        "上期这一项的内容分在本期几行里": pair.bond is Bond.SPLIT,
    }
    if words in same:
        return same[words]
    if change := re.fullmatch("(编号|名称|标题|责任单位)由“?(.*?)”?变“?(.*?)”?", words):
        return change[2] != change[3]
    if change := re.fullmatch("“(.*)”改为“(.*)”", words):
        return _said(change[1], before) and _said(change[2], now)
    if change := re.fullmatch("(多了|少了)“(.*)”", words):
        return _said(change[2], now if change[1] == "多了" else before)
    if "数字" in words:
        return a.numbers != b.numbers or "先后" in words
    return bool(re.fullmatch("文字相似.*|进展接着上期写|文字只有.*|仅凭.*认定|另有.*的行|把握.*", words))


def _said(quoted: str, row: Row) -> bool:
    return quoted.removesuffix("…") in row.text.replace("\n", "")
