"""核稿 without a ledger, on invented sentences: what contradicts itself is told, everything else is left alone.

`proof/pairs.txt` holds sentences with marks {right→wrong}: as they stand they are right, and each mark makes one wrong
sentence. `proof/silent.txt` holds sentences that tempt a naive reader and are right, or cannot be judged.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.contradictions import checked, contradictions, told
from tests.support.folders import ROOT
from tongbao.model import Level

HERE = Path(__file__).parent
MARK = re.compile(r"\{([^{}→]*)→([^{}]*)\}")


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def rights() -> list[str]:
    return [MARK.sub(r"\1", line.split(": ", 1)[1]) for line in lines("pairs.txt")]


def wrongs() -> Iterator[tuple[str, str]]:
    for line in lines("pairs.txt"):
        code, text = line.split(": ", 1)
        for mark in MARK.finditer(text):
            yield code, MARK.sub(r"\1", text[: mark.start()] + mark[2] + text[mark.end() :])


@pytest.mark.parametrize("text", rights())
def test_a_right_sentence_is_left_alone(text: str):
    assert told(text) == []


@pytest.mark.parametrize(("code", "text"), list(wrongs()))
def test_a_wrong_number_is_told(code: str, text: str):
    assert code in [c for c, _ in told(text)]


@pytest.mark.parametrize("text", lines("silent.txt"))
def test_what_cannot_be_judged_is_left_alone(text: str):
    assert told(text) == []


@pytest.mark.parametrize("text", lines("missed.txt"))
def test_what_is_known_to_be_missed_stays_in_its_list(text: str):
    """A sentence that is found one day moves to the pairs, and the figures in the documentation change with it."""
    assert told(text) == []


def test_the_documentation_gives_the_numbers_of_sentences():
    page = (ROOT / "docs" / "核稿精度.md").read_text(encoding="utf-8")
    counts = len(rights()), len(lines("silent.txt")), len(list(wrongs())), len(lines("missed.txt"))
    assert tuple(int(n) for n in re.findall(r"txt[^|]*）\s*\|\s*(\d+)", page)) == counts


# ---------------------------------------------------------------------------------------------- laws

PARTS = st.lists(st.integers(2, 400), min_size=2, max_size=5)
WORDS = ("完成并销号", "新增办结", "需加快推进", "逾期未办")


def remainder(total: int, parts: list[int]) -> str:
    inner = "，".join(f"{w}{n}项" for w, n in zip(WORDS, parts[:-1], strict=False))
    return f"县政府共交办事项{total}项，{inner}，其余{parts[-1]}项正常推进。"


@given(PARTS)
def test_a_remainder_that_adds_up_is_never_told(parts: list[int]):
    assert told(remainder(sum(parts), parts)) == []


@given(PARTS, st.integers(1, 9))
def test_a_remainder_that_does_not_add_up_is_told_unless_a_part_may_be_nested(parts: list[int], off: int):
    nested = len(parts) > 2 and parts[1] == off
    assert (told(remainder(sum(parts) + off, parts)) != []) or nested


@given(st.lists(st.integers(1, 300), min_size=2, max_size=6), st.integers(0, 2))
def test_shares_of_a_whole_that_is_printed_are_never_told(parts: list[int], decimals: int):
    total = sum(parts)
    shares = [f"{round(n * 100 / total + 1e-9, decimals):.{decimals}f}" for n in parts]
    inner = "；".join(f"{c}类{n}件，占{s}%" for c, n, s in zip("甲乙丙丁戊己", parts, shares, strict=False))
    assert not [c for c in told(f"共办理建议{total}件，其中{inner}。") if c[1] == "error"]


@given(st.text(alphabet="共其余中项件个占比%0123456789十，；：。、（）完成未开工第年月同比增长分别为等 ", max_size=60))
def test_no_text_brings_the_check_down(text: str):
    checked(text)


# ---------------------------------------------------------------------------------------------- what is said

WRONG = "县政府共交办事项40项，已完成30项，其余9项正在推进。"


def test_a_contradiction_says_where_what_why_and_what_to_do():
    (found,) = contradictions("云溪县通报", "现将情况通报如下。" + WRONG)
    assert (found.code, found.label, found.place) == ("sum", "不一致", "第2段")
    assert found.quote == WRONG
    assert found.says == "各部分相加 30项＋9项＝39项，与总数 40项 不符"
    assert found.why == "各部分之和比总数少 1项。"
    assert found.fix.startswith("请核对")


def test_the_span_is_of_the_text_as_typed():
    text = "　　共交办事项 40 项， 已完成 30 项，其余 9 项正在推进。"
    (found,) = contradictions(text)
    assert found.at is not None
    assert text[found.at.start : found.at.end] == "共交办事项 40 项， 已完成 30 项，其余 9 项正在推进"


def test_numbers_seen_are_divided_into_judged_and_not_judged():
    found = checked("共交办事项40项，已完成31项，其余9项正在推进。检查企业12家。")
    assert (found.numbers, len(found.judged), found.held) == (4, 3, 1)


def test_half_width_punctuation_is_one_note_and_never_a_contradiction():
    (found,) = contradictions("共40项,已完成30项,其余10项正在推进;", "县政府(办公室)")
    assert (found.code, found.level, found.counts) == ("half-width", Level.NOTE, False)
    assert "共 5 处" in found.says or "有 5 处" in found.says


def test_shares_cut_off_are_told_apart_from_wrong_ones():
    rounded, cut = "共办理66件，办结44件，办结率66.7%。", "共办理90件，办结59件，办结率65.5%。"
    assert told(rounded, cut) == [("share-cut", "note")]
    assert told(rounded, cut.replace("65.5", "65.1")) == [("share", "error")]


def test_a_paper_that_cuts_off_all_its_shares_is_left_to_its_habit():
    assert told("共办理66件，办结44件，办结率66.6%。", "共办理90件，办结59件，办结率65.5%。") == []


def test_shares_bent_in_the_last_digit_to_make_100_are_left_alone():
    assert told("共93件，其中甲类54件，占58.07%；乙类33件，占35.48%；丙类2件，占2.15%；丁类4件，占4.30%。") == []


# ---------------------------------------------------------------------------------------------- lists in paragraphs


def test_statements_under_a_heading_with_their_number():
    statements = "青石路改造工程，因资金未到位，影响进度。预计10月开工；粮库扩建项目，因设计变更，影响进度。"
    assert told("1.未开工项目（2项）", statements) == []
    assert told("1.未开工项目（3项）", statements) == [("list", "error")]


def test_numbered_paragraphs_under_their_announcement():
    items = ["1.青石路改造。", "2.粮库扩建。", "3.管网更新。"]
    assert told("进展滞后的有3项，具体如下：", *items) == []
    assert told("进展滞后的有4项，具体如下：", *items) == [("list", "error")]


# ---------------------------------------------------------------------------------------------- a long paper


def test_a_long_paper_is_read_through():
    """The recall on a paper of many paragraphs is that of its sentences."""
    chosen = random.Random(7).sample(list(wrongs()), 40)
    found = contradictions(*[text for code, text in chosen if code in {"sum", "share", "list"}])
    assert len(found) >= len([1 for code, _ in chosen if code in {"sum", "share", "list"}]) - 1


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        (
            "计划铺设管网9.8公里，已完成5公里，其余4800米正在施工。",
            "计划铺设管网9.8公里，已完成5公里，其余3800米正在施工。",
            "sum",
        ),
        ("计划供地3公顷，已完成30亩，其余15亩正在报批。", "计划供地3公顷，已完成30亩，其余25亩正在报批。", "sum"),
        ("共排查问题30个，已整改9个，占三成。", "共排查问题30个，已整改15个，占三成。", "share"),
        ("共排查问题30个，已整改20个，占三分之二。", "共排查问题30个，已整改10个，占三分之二。", "share"),
        ("共排查问题31个，已整改20个，占三分之二。", "共排查问题31个，已整改20个，占四分之三。", "share"),
        ("共排查问题30个，已整改15个，占百分之五十。", "共排查问题30个，已整改16个，占百分之五十。", "share"),
    ],
)
def test_numbers_in_other_units_and_words_are_judged_as_figures_are(right: str, wrong: str, code: str):
    assert told(right) == []
    assert told(wrong) == [(code, "error")]


def test_what_is_right_is_said_in_the_unit_that_was_printed():
    (found,) = contradictions("计划铺设管网9.8公里，已完成5公里，其余3800米正在施工。")
    assert found.why == "各部分之和比总数少 1公里。"


@pytest.mark.parametrize(
    "text",
    [
        "公路沿线G207线完成50项，S315线完成30项，共计80项。",
        "实行7×24小时值班，12345热线受理2300件，办结2300件。",
        "会议于11:30结束，共议定5项。",
        "按1:3配套资金3亿元。",
        "近三成企业、三分之二以上的村已完成。",
        "三年内建成3个，五年规划建设5个。",
        "占地30亩，建筑面积5万平方米，其中住宅3万平方米。",
        "工期3年6个月，已完成2年，剩余1年6个月。",
    ],
)
def test_other_numerals_tempt_to_no_remark(text: str):
    assert told(text) == []
