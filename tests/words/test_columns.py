"""Texts in a window of 80 columns, where a Chinese character takes two."""

from __future__ import annotations

import pytest

from tongbao.words.columns import WINDOW, cut, width, wrapped


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("大坝", 4), ("第37行", 6), ("“一”…", 8), ("【改】", 6), ("e\u0301", 1), ("𠮷", 2)],
)
def test_how_wide_a_text_is(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("大坝", 4, "大坝"),
        ("大坝安全", 7, "大坝…"),
        ("大坝安全", 6, "大坝…"),
        ("大坝安全", 8, "大坝安全"),
        ("abcdef", 5, "abc…"),
    ],
)
def test_what_is_too_wide_is_cut(text, most, shown):
    assert cut(text, most) == shown


def test_a_long_text_goes_on_below_its_beginning():
    assert wrapped("  事项：", "完成大坝安全鉴定", most=16) == ["  事项：完成大坝", "        安全鉴定"]
    assert wrapped("  事项：", "完成大坝安全鉴定和除险加固", lines=2, most=16) == [
        "  事项：完成大坝",
        "        安全鉴…",
    ]
    assert wrapped("事项：", "") == ["事项："]


def test_no_line_is_wider_than_the_window():
    found = wrapped("    事项：", "完成全县12座小型水库（含病险水库）的大坝安全鉴定。" * 9)
    assert {width(line) <= WINDOW for line in found} == {True}
    assert "".join(line.strip() for line in found).startswith("事项：完成全县12座小型水库")
