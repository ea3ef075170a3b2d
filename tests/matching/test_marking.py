"""The words in which two texts differ, as a clerk would underline them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.matching.marking import bracketed, exchanged, marked, spans, spans_of_names


@pytest.mark.parametrize(
    ("before", "now", "then", "today"),
    [
        ("推进水厂建设。", "加快推进水厂改造。", "推进水厂【建设】。", "【加快】推进水厂【改造】。"),
        (
            "完成坝体鉴定（2022年）",
            "完成坝体鉴定（2023年）",
            "完成坝体鉴定（【2022】年）",
            "完成坝体鉴定（【2023】年）",
        ),
        ("争取专项债券8.9亿元", "争取专项债券89亿元", "争取专项债券【8.9】亿元", "争取专项债券【89】亿元"),
        ("完成率达到95%", "完成率达到100%", "完成率达到【95%】", "完成率达到【100%】"),
        ("治理柳林河", "治理临河", "治理【柳林】河", "治理【临】河"),
        ("建设水厂一期", "建设水厂二期", "建设水厂【一】期", "建设水厂【二】期"),
        ("建设水厂", "建设水厂和管网", "建设水厂", "建设水厂【和管网】"),
        ("建设水厂", "建设水厂", "建设水厂", "建设水厂"),
        ("建设\n水厂", "建设水厂", "建设水厂", "建设水厂"),
        # In another order: what the other text has nowhere is marked.
        (
            "推进石桥片区道路改造，打通断头路，完善配套管网",
            "石桥片区断头路打通及管网配套工程",
            "【推进】石桥片区【道路改造】，打通断头路，【完善】配套管网",
            "石桥片区断头路打通【及】管网配套【工程】",
        ),
        # Nothing in common: marks around everything would show nothing.
        ("建设石桥水厂", "举办丰收节", "建设石桥水厂", "举办丰收节"),
        ("", "举办丰收节", "", "【举办丰收节】"),
    ],
)
def test_the_words_that_differ_are_marked(before, now, then, today):
    assert marked(before, now) == (then, today)


def test_of_a_long_text_what_differs_is_shown():
    before = "由县水利局牵头会同有关乡镇全面完成全县十二座小型水库除险加固工程建设任务，年底前全部通过竣工验收，2025年6月底前完成主体，并做好移民后扶工作"
    now = before.replace("十二座", "十五座").replace("6月", "9月")
    found = spans(before, now)[1]
    assert (
        bracketed(now, found, 50)
        == "由县水利局牵头会同有关乡镇全面完成全县十【五】座小型水库除险加…验收，2025年【9】月底前完成主体，…"
    )
    assert bracketed(now, found, 500) == now.replace("五座", "【五】座").replace("9月", "【9】月")
    assert bracketed(now, [], 50) == now


TEXTS = st.text("一二三甲乙水库9.0%，", max_size=12)


@given(TEXTS, TEXTS)
def test_spans_lie_in_order_within_the_text(before, now):
    for text, found in zip((before, now), spans(before, now), strict=True):
        edges = [edge for span in found for edge in span]
        assert edges == sorted(set(edges))
        assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@given(TEXTS, TEXTS)
def test_marks_change_nothing_else(before, now):
    assert [text.replace("【", "").replace("】", "") for text in marked(before, now)] == [before, now]


@given(TEXTS)
def test_nothing_is_marked_in_equal_texts(text):
    assert spans(text, text) == ([], [])


def test_of_two_lists_of_names_those_that_the_other_lacks_are_marked():
    assert spans_of_names("县财政局、县水利局", "县财政局、县交通局、青石镇") == ([(5, 9)], [(5, 9), (10, 13)])
    assert spans_of_names("县财政局", "县财政局") == ([], [])
    assert spans_of_names("", "县财政局") == ([], [])


def test_words_that_stand_for_each_other_without_numerals_and_signs_alone():
    assert list(exchanged("深化提升行动，9月底前见效。", "深化攻坚行动、10月底前见效")) == [("提升", "攻坚")]
    assert list(exchanged("建设水厂", "建设水厂及管网")) == [("", "及管网")]
    assert list(exchanged("修桥", "修桥")) == []
