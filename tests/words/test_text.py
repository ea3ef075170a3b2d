"""Cells as text: what goes on the paper, what is compared, what counts as a numeral."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.words.text import chinese_number, clean, key, nearest, numbers, one_line, parse_chinese_number


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲_x000D_\n乙", "甲\n乙"),
        ("甲\x0b乙\u2028丙", "甲\n乙\n丙"),
        ("进\u200b展\ufeff\x07正常", "进展正常"),
        ("半个\ud83d字", "半个\ufffd字"),
        ("第一行  \n第二行\u3000\n\n", "第一行\n第二行"),
        ("占地３㎡，①（已完成）", "占地３㎡，①（已完成）"),
        ("云\xa0溪\t政府", "云 溪 政府"),
    ],
)
def test_text_for_the_paper_keeps_what_is_seen_and_drops_what_is_not(typed: str, printed: str) -> None:
    assert clean(typed) == printed


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("住房和城乡\n建设局", "住房和城乡建设局"),
        ("视为\n完成", "视为完成"),
        ("5G\n基站", "5G基站"),
        ("Green\nPark", "Green Park"),
        ("PPP\n2022", "PPP 2022"),
        ("  前后有空  ", "前后有空"),
        ("甲，\n乙", "甲，乙"),
        ("", ""),
    ],
)
def test_line_breaks_inside_a_cell_are_joined(typed: str, line: str) -> None:
    assert one_line(typed) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("年度计划投资（万元）", "年度计划投资(万元)"),
        ("关于“三项”工作", '关于"三项"工作'),
        ("牵头\n单位", "牵头单位"),
        ("〈办法〉", "《办法》"),
        ("８月底前完成。", "8月底前完成"),
        ("A区、B区", "a区，b区"),
        ("１—９月", "1-9月"),
    ],
)
def test_spellings_of_one_text_compare_as_equal(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("一期", "二期"), ("1.5", "15"), ("甲（乙）", "甲乙")])
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("已完城", ["已完成", "滞后"], "已完成"),
        ("正常推近", ["正常推进", "需加快推进"], "正常推进"),
        ("colums", ["columns", "labels"], "columns"),
        ("天气晴", ["已完成", "滞后"], None),
        ("滞后", [], None),
    ],
)
def test_the_nearest_known_word_is_offered(typed: str, known: list[str], meant: str | None) -> None:
    assert nearest(typed, known) == meant


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (20000, "二万"),
        (100010, "十万零一十"),
    ],
)
def test_numbers_are_said_in_chinese(number: int, said: str) -> None:
    assert chinese_number(number) == said


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_what_is_said_is_read_back(number: int) -> None:
    assert parse_chinese_number(chinese_number(number)) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("二〇二二", 2022),
        ("两百零五", 205),
        ("一千二", None),
        ("十万零一十", 100010),
        ("叁佰", 300),
        ("三农", None),
        ("", None),
        ("一二", None),
    ],
)
def test_chinese_numerals_are_read(said: str, number: int | None) -> None:
    assert parse_chinese_number(said) == number


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("2022年老旧小区改造（一期）", ("2022", "1")),
        ("二期工程第三标段", ("2", "3")),
        ("Ⅱ期", ("2",)),
        ("投资8.90亿元", ("890000000",)),
        ("投资89000万元", ("890000000",)),
        ("１，２３４.5万元", ("12345000",)),
        ("2022.2.7", ("2022", "2", "7")),
        ("2022年02月07日", ("2022", "2", "7")),
        ("二〇二二年元月", ("2022", "1")),
        ("第二人民医院", ("2",)),
        ("“十四五”规划", ("十四五",)),
        ("完成59.50%", ("59.5%",)),
        ("百分之三十", ("30%",)),
        ("三年行动", ("3",)),
        ("十大民生实事", ("10",)),
        ("一千二百户", ("1200",)),
        ("首批", ("1",)),
        ("统一规划，第一书记带头，谋划一批、推进一体化", ()),
        ("第三方公司千方百计", ()),
    ],
)
def test_numerals_count_where_they_count_something(text: str, numerals: tuple[str, ...]) -> None:
    assert numbers(text) == numerals


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)
    assert one_line(one_line(text)) == one_line(text)
    assert key(key(text)) == key(text)
