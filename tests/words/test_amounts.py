"""Amounts, percents and counts as clerks type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.words.amounts import are_fractions, parse_amount, parse_integer, parse_number, parse_percent
from tongbao.words.measures import MEASURED, measure
from tongbao.words.numbers import Quantity, read


@pytest.mark.parametrize(
    ("typed", "unit", "amount"),
    [
        ("8.9亿元", "万元", "89000"),
        ("8.9亿元", "亿元", "8.9"),
        ("577万元", "亿元", "0.0577"),
        ("577", "万元", "577"),
        ("５７７．５", "万元", "577.5"),
        ("1,234.50", "万元", "1234.50"),
        ("１，２３４", "万元", "1234"),
        ("3000 元", "万元", "0.3"),
        ("1亿2000万元", "万元", "12000"),
        ("３.５ 亿", "亿元", "3.5"),
        ("¥5万", "元", "50000"),
        ("-1.8", "亿元", "-1.8"),
        ("−1.8", "亿元", "-1.8"),
        ("30公里", "公里", "30"),
        ("3万户", "户", "30000"),
        (8.9, "亿元", "8.9"),
        (30.83, "亿元", "30.83"),
        (1e22, "元", "10000000000000000000000"),
        (12, "", "12"),
        ("8.9亿元", "", "890000000"),
        ("9800米", "公里", "9.8"),
        ("9.8公里", "千米", "9.8"),
        ("9.8千米", "米", "9800"),
        ("1.5公顷", "亩", "22.5"),
        ("30亩", "公顷", "2"),
        ("3平方公里", "亩", "4500"),
        ("1.2万平方米", "亩", "18"),
        ("30㎡", "平方米", "30"),
        ("3万平方米", "㎡", "30000"),
        ("3吨", "公斤", "3000"),
        ("5000斤", "吨", "2.5"),
        ("3千克", "公斤", "3"),
        ("2兆瓦", "万千瓦", "0.2"),
        ("500MW", "千瓦", "500000"),
        ("3万度", "千瓦时", "30000"),
        ("3年", "个月", "36"),
    ],
)
def test_an_amount_comes_out_exactly_in_the_unit_of_its_column(typed: object, unit: str, amount: str) -> None:
    assert str(parse_amount(typed, unit)) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "约577万元",
        "100美元",
        "12,34",
        "1.2.3",
        "7E5",
        "五百万",
        "8.9亿元（含征地）",
        "",
        "—",
        True,
        None,
        float("nan"),
        "2万3亿",
    ],
)
def test_what_is_not_plainly_an_amount_is_not_read(typed: object) -> None:
    assert parse_amount(typed, "万元") is None


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("9.8公里", "亩"),
        ("30户", "公里"),
        ("1亩", "公顷"),
        ("约9.8公里", "米"),
        ("5公里长", "米"),
        ("3元/亩", "元"),
        ("3个", "户"),
    ],
)
def test_an_amount_of_another_thing_or_without_an_end_is_not_read(typed: str, unit: str) -> None:
    assert parse_amount(typed, unit) is None


_UNITS = sorted(u for u in MEASURED if u != "度")


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(_UNITS), st.sampled_from(_UNITS))
def test_a_cell_and_a_text_read_a_measure_alike(number: Decimal, unit: str, other: str) -> None:
    amount = parse_amount(f"{number:f}{unit}", other)
    (measured,) = (n for n in read(f"{number:f}{unit}") if isinstance(n, Quantity)) if unit != "年" else (None,)
    if measure(unit).base != measure(other).base:
        assert amount is None
    elif amount is not None and measured is not None:
        assert amount * measure(other).factor == measured.value


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_in_yi_equals_the_same_amount_in_wan(amount: Decimal) -> None:
    assert parse_amount(f"{amount}亿元", "万元") == amount * 10000


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False))
def test_a_number_cell_keeps_every_digit(number: float) -> None:
    read = parse_number(number)
    assert read is not None
    assert float(read) == number


@pytest.mark.parametrize(
    ("typed", "percent", "remark"),
    [
        ("39%", "39", ""),
        ("＝39", "39", ""),
        (0.39, "39", ""),
        ("0.39", "39", ""),
        (39, "39", ""),
        (1, "100", ""),
        (0.7791, "77.91", ""),
        ("１００％", "100", ""),
        ("-1.8%", "-1.8", ""),
        ("70%（受征地影响）", "70", "受征地影响"),
        ("70%（受征地影响", "70", "受征地影响"),
        ("70%，其中一期90%", "70", "其中一期90%"),
        ("完成70%", "70", "完成"),
        ("93%左右", "93", "左右"),
        ("百分之七十", "70", ""),
        ("百分之七十点五", "70.5", ""),
    ],
)
def test_a_percent_is_read_in_points_with_its_remark(typed: object, percent: str, remark: str) -> None:
    assert parse_percent(typed) == (Decimal(percent), remark)


@pytest.mark.parametrize("typed", ["正常", "", "一期70%二期80%", "3个百分点", None, True])
def test_what_is_not_plainly_one_percent_is_not_read(typed: object) -> None:
    assert parse_percent(typed) is None


@pytest.mark.parametrize(
    ("column", "fractions"),
    [([0.39, 0.7, 1], True), ([0.39, 1.2, "70%"], True), ([39, 0.5, 100], False), (["39", "77.9"], False), ([], True)],
)
def test_the_whole_column_says_whether_its_numbers_are_fractions(column: list[object], fractions: bool) -> None:
    assert are_fractions(column) is fractions


def test_the_column_decides_over_the_single_number() -> None:
    assert parse_percent(0.5, fractions=False) == (Decimal("0.5"), "")
    assert parse_percent(1.2, fractions=True) == (Decimal(120), "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (12.0, 12), ("１２", 12), ("十二", 12), ("1,234", 1234), ("12.5", None), ("12项", None), ("", None)],
)
def test_counts_are_whole_numbers(typed: object, number: int | None) -> None:
    assert parse_integer(typed) == number
