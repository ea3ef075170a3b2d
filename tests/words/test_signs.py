"""The signs of Wingdings and Symbol as the characters that are seen."""

from __future__ import annotations

import pytest

from tongbao.words.signs import UNKNOWN, in_signs, is_private, is_signs, seen


@pytest.mark.parametrize(
    ("code", "font", "sign"),
    [
        (0xF0FC, "Wingdings", "√"), (0xFC, "wingdings", "√"), (0xF0FB, "Wingdings", "×"), (0xF0FE, "Wingdings", "☑"),
        (0xF0FD, "Wingdings", "☒"), (0xF0A8, "Wingdings", "□"), (0xF06E, "Wingdings", "■"), (0xF06C, "Wingdings", "●"),
        (0xF0A1, "Wingdings", "○"), (0xF081, "Wingdings", "①"), (0x8A, "Wingdings", "⑩"), (0xF08C, "Wingdings", "❶"),
        (0x50, "Wingdings 2", "√"), (0xF052, "Wingdings 2", "☑"), (0xF04F, "Wingdings 2", "×"),
        (0xF054, "Wingdings 2", "☒"), (0xF0A3, "Wingdings 2", "□"), (0xF06A, "Wingdings 2", "①"),
        (0xF061, "Webdings", "√"), (0xF063, "Webdings", "□"), (0xF0D6, "Symbol", "√"), (0xF0B4, "Symbol", "×"),
        (0xF0B3, "Symbol", "≥"), (0xF041, "Symbol", "Α"), (0xF070, "Wingdings 3", "▲"), (0xF020, "Wingdings", " "),
        (0x25A1, "宋体", "□"), (0x2611, "MS Gothic", "☑"), (0xF041, "OfficeIcons", UNKNOWN), (0, "Wingdings", UNKNOWN),
    ],
)  # fmt: skip
def test_a_code_is_the_character_that_is_seen(code, font, sign):
    assert seen(code, font) == sign


def test_a_text_in_a_font_of_signs_is_read_character_by_character_and_chinese_stays():
    assert in_signs("R 已办", "Wingdings 2") == "☑ 已办"
    assert in_signs("\uf0fc", "Wingdings") == "√"
    assert is_signs("WINGDINGS 2")
    assert not is_signs("仿宋_GB2312")


def test_the_blank_of_office_systems_is_no_sign():
    assert is_private("\ue123")
    assert not is_private("\ue5e5")
    assert not is_private("云")
