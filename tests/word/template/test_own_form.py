"""How wide the columns of an own table come out, and where its headers are broken."""

from __future__ import annotations

import pytest

from tongbao.word.template.own_form import OwnColumn, balanced, fitted, liked, needed


def columns(*shares: float, need: float = 2, like: float = 2) -> list[OwnColumn]:
    return [OwnColumn(f"列{n}", share, need, like) for n, share in enumerate(shares, 1)]


def test_the_width_is_shared_out_as_on_the_sheet():
    assert fitted(columns(10, 20, 30), 12000) == [2000, 4000, 6000]


def test_a_column_that_would_be_too_narrow_takes_from_the_wide_ones_in_proportion():
    assert fitted(columns(1, 50, 49), 12000) == [560, 5777, 5663]


def test_together_the_columns_are_as_wide_as_the_page_however_many_there_are():
    for count in (1, 7, 13, 40):
        assert sum(fitted(columns(*[8.43] * count, need=3, like=5), 12756)) == 12756


def test_what_columns_would_like_gives_way_before_what_they_need():
    widths = fitted(columns(*[1] * 12, need=2, like=6), 12756)
    assert min(widths) >= 2 * 210 + 140


@pytest.mark.parametrize(
    ("texts", "least"),
    [
        ([], 2.1),
        (["是", "否"], 2.1),
        (["周某某", "李某某"], 3.0),
        (["1234.56"], 3.5),
        (["年内完成竣工验收。" * 10], 9.0),
        (["年内完成竣工验收。" * 30], 10.0),
    ],
)
def test_what_a_column_needs(texts, least):
    assert needed(texts) == least


@pytest.mark.parametrize(
    ("header", "texts", "least"),
    [
        ("完成时限", [], 4.2),
        ("年度计划投资", [], 3.15),
        ("状态", ["正在办理", "正在办理", "滞后"], 4.0),
        ("分管\n（分包）\n领导", [], 4.2),
    ],
)
def test_what_a_column_would_like(header, texts, least):
    assert liked(header, texts) == pytest.approx(least)


@pytest.mark.parametrize(
    ("header", "wide", "printed"),
    [
        ("完成时限", 1100, "完成时限"),
        ("完成时限", 900, "完成\n时限"),
        ("年度目标任务", 700, "年度\n目标\n任务"),
        ("责任人", 600, "责任\n人"),
        ("投资（万元）", 700, "投资（万元）"),
        ("总投资\n（亿元）", 600, "总投\n资\n（亿元）"),
    ],
)
def test_a_header_that_does_not_fit_is_broken_in_like_lines(header, wide, printed):
    assert balanced(header, wide) == printed
