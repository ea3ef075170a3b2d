"""The numbers that Word draws before list paragraphs, as the reader of the page sees them."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import NAMESPACES, docx, para
from tongbao.word.document import read
from tongbao.word.numbering import spelled


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (12, "chineseCountingThousand", "十二"),
        (3, "decimalEnclosedCircle", "③"),
        (12, "decimalFullWidth", "１２"),
        (2, "upperLetter", "B"),
        (28, "lowerLetter", "bb"),
        (5, "ordinalText", "5"),
    ],
)
def test_a_number_is_spelled_as_word_draws_it(number: int, style: str, text: str):
    assert spelled(number, style) == text


def labels(levels: str, nums: str, *listed: tuple[str, int]) -> list[str]:
    numbering = (
        f"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>{nums}</w:numbering>"
    )
    blocks = [
        para("甲", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>') for num, level in listed
    ]
    found, _ = read(docx(*blocks, parts={"numbering.xml": ("numbering", numbering)}), "通报.docx")
    assert found
    return [p.label for p in found.paragraphs]


def level(number: int, form: str, text: str, start: int = 1) -> str:
    return f"<w:lvl w:ilvl='{number}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"


ONE = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
TWO_LEVELS = level(0, "chineseCounting", "（%1）") + level(1, "decimal", "%1.%2")


def test_a_deeper_level_begins_anew_under_each_heading_and_may_name_it():
    assert labels(TWO_LEVELS, ONE, ("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)) == [
        "（一）", "一.1", "一.2", "（二）", "二.1",
    ]  # fmt: skip


def test_a_list_may_begin_later_and_be_taken_up_again_at_a_number_of_its_own():
    again = ONE + (
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>"
        "</w:lvlOverride></w:num>"
    )
    assert labels(level(0, "decimal", "%1.", 5), again, ("1", 0), ("1", 0), ("2", 0)) == ["5.", "6.", "1."]


def test_bullets_and_lists_that_are_not_there_have_no_number():
    assert labels(level(0, "bullet", "●"), ONE, ("1", 0), ("9", 0)) == ["", ""]


def test_a_tick_drawn_as_a_bullet_is_read_and_other_bullets_only_adorn():
    wingdings = "<w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr></w:lvl>"

    def bullet(sign: str) -> str:
        return level(0, "bullet", sign).replace("</w:lvl>", wingdings)

    assert labels(bullet("\uf0fc"), ONE, ("1", 0)) == ["√"]
    assert labels(bullet("\uf06c"), ONE, ("1", 0)) == [""]
    assert labels(level(0, "bullet", "✔"), ONE, ("1", 0)) == ["√"]
