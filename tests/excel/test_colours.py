"""Colours as people see them: a tint of a theme, a number of the palette, a shade of a colour of the legend."""

from __future__ import annotations

import pytest

from tongbao.excel.colours import indexed, nearest_colour, tinted

# The columns of the colour menu of Excel: 80, 60 and 40 % lighter, 25 and 50 % darker.
TINTS = [
    ("4472C4", 0.7999816888943144, "DAE3F3"),
    ("4472C4", 0.3999755851924192, "8FAADC"),
    ("4472C4", -0.249977111117893, "2F5597"),
    ("FFFFFF", -0.149998474074526, "D9D9D9"),
    ("70AD47", 0, "70AD47"),
]


@pytest.mark.parametrize(("colour", "tint", "seen"), TINTS)
def test_a_tint_is_what_the_menu_shows(colour: str, tint: float, seen: str) -> None:
    made = tinted(colour, tint)
    parts = [abs(int(made[n : n + 2], 16) - int(seen[n : n + 2], 16)) for n in (0, 2, 4)]
    assert max(parts) <= 2  # Excel rounds in another place


def test_the_palette() -> None:
    assert [indexed(n) for n in (2, 10, 13, 17, 64, 99)] == ["FF0000", "FF0000", "FFFF00", "008000", "", ""]


LEGEND = ["FF0000", "FFFF00", "00B050"]


@pytest.mark.parametrize(
    ("colour", "meant"),
    [
        ("FF0000", "FF0000"),
        ("EE1100", "FF0000"),
        ("FFFF33", "FFFF00"),
        ("00A550", "00B050"),
        ("FFC7CE", ""),
        ("FFC000", ""),
        ("92D050", ""),
        ("00B0F0", ""),
        ("808080", ""),
    ],
)
def test_shades_of_one_colour_are_that_colour_and_no_other_is(colour: str, meant: str) -> None:
    assert nearest_colour(colour, LEGEND) == meant


def test_of_two_as_near_neither_is_meant() -> None:
    assert nearest_colour("E8E8E8", ["E0E0E0", "F0F0F0"]) == ""
    assert nearest_colour("E0E0E0", ["E0E0E0", "E2E2E2"]) == "E0E0E0"
