"""The number that follows: by one, in the form of the last; anew with the year only where the numbers show it."""

from __future__ import annotations

import pytest

from tongbao.words.serials import begins_anew, following_serial, in_its_form, number_of


@pytest.mark.parametrize(
    ("last", "following"),
    [
        ("第8期", "第9期"),
        ("第 8 期", "第 9 期"),
        ("第09期", "第10期"),
        ("第008期", "第009期"),
        ("第十六期", "第十七期"),
        ("第十九期", "第二十期"),
        ("二〇二二年第十六期", "二〇二二年第十七期"),
        ("2022年第8期", "2022年第9期"),
        ("云政督〔2022〕8号", "云政督〔2022〕9号"),
        ("云政督字[2022]第8号", "云政督字[2022]第9号"),
        ("督查通报〔2022〕第9期", "督查通报〔2022〕第10期"),
        ("第8期（总第120期）", "第9期（总第121期）"),
        ("2022年第8期 总第120期", "2022年第9期 总第121期"),
        ("增刊", ""),
    ],
)
def test_within_a_year(last, following):
    assert following_serial([(2022, last)], 2022) == following


@pytest.mark.parametrize(
    ("history", "following"),
    [
        ([(2022, "第24期")], "第25期"),  # nothing shows that it begins anew
        ([(2021, "第22期"), (2022, "第1期"), (2022, "第24期")], "第1期"),
        ([(2021, "第22期"), (2022, "第23期"), (2022, "第24期")], "第25期"),
        ([(2020, "第20期"), (2021, "第1期"), (2021, "第22期"), (2022, "第23期")], "第24期"),  # given up since
        ([(2022, "云政督〔2022〕24号")], "云政督〔2023〕1号"),
        ([(2022, "2022年第24期（总第120期）")], "2023年第1期（总第121期）"),
        ([(2022, "二〇二二年第十六期")], "二〇二三年第一期"),
        ([], ""),
    ],
)
def test_when_the_year_turns(history, following):
    assert following_serial(history, 2023) == following


@pytest.mark.parametrize(
    ("typed", "last", "meant"),
    [
        ("9", "第8期", "第9期"),
        ("第9", "第8期", "第9期"),
        ("9", "云政督〔2022〕8号", "云政督〔2022〕9号"),
        ("9", "第8期（总第120期）", "第9期（总第120期）"),
        ("第9期", "第8期", "第9期"),
        ("云政督〔2022〕9号", "", "云政督〔2022〕9号"),
        ("9", "", "9"),
    ],
)
def test_a_bare_number_takes_the_form_of_the_last(typed, last, meant):
    assert in_its_form(typed, last) == meant


def test_what_is_read_in_a_number():
    assert [number_of(t) for t in ("第8期（总第120期）", "云政督〔2022〕8号", "第十期", "2022年", "")] == [
        8,
        8,
        10,
        None,
        None,
    ]
    assert not begins_anew([])
