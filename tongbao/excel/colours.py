"""Colours of cells as RGB (`FF0000`): of the palette, of a theme with its tint; and which two look alike."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

# The colours of Excel 97 by number from 8 on, which newer files still name so; the first eight are these again.
_NUMBERED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 "
    "C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF "
    "800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC "
    "99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
PALETTE = tuple(re.findall(r"\w+", _NUMBERED))
WHITE, BLACK = "FFFFFF", "000000"
# How far apart two colours are by the formula CIE76, where 2 is just seen. Set on the standard colours of Excel: red
# FF0000 and FF3300 are 10 apart, light green 92D050 and green 00B050, which offices tell apart, are 30.
_ALIKE = 20
# Pale colours are all near each other: shades of one colour have its hue too (in degrees), and a grey, whose chroma is
# below the second number, is a shade of greys alone.
_ONE_HUE, _GREY = 20, 4
# So much farther the next colour of a legend must be, or nobody can say which of the two is meant.
_CLEARLY = 1.5


def indexed(number: int, palette: Sequence[str] = PALETTE) -> str:
    """A colour of the palette by its number; empty for those of the system (64, 65) and for numbers that it has not."""
    place = number - 8 if number >= 8 else number
    return palette[place] if 0 <= place < len(palette) else ""


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, as ECMA-376 18.8.19 says."""
    if not tint:
        return colour
    hue, light, depth = colorsys.rgb_to_hls(*_parts(colour))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(min(max(part, 0), 1) * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, depth))


def nearest_colour(colour: str, legend: Iterable[str]) -> str:
    """The colour of a legend that another one is, or is a shade of; empty where it is none, or two are as near."""
    ranked = sorted((_distance(colour, known), known) for known in legend)
    if not ranked or ranked[0][0] > _ALIKE or not _of_one_hue(colour, ranked[0][1]):
        return ""
    (first, known), *others = ranked
    clear = first == 0 or not others or others[0][0] > first * _CLEARLY
    return known if clear else ""


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def _of_one_hue(one: str, other: str) -> bool:
    (_, *first), (_, *second) = _lab(one), _lab(other)
    greys = [math.hypot(*axes) < _GREY for axes in (first, second)]
    if any(greys):
        return all(greys)
    apart = abs(math.degrees(math.atan2(first[1], first[0]) - math.atan2(second[1], second[0])))
    return min(apart, 360 - apart) <= _ONE_HUE


@lru_cache(4096)
def _distance(one: str, other: str) -> float:
    pairs = zip(_lab(one), _lab(other), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@lru_cache(1024)
def _lab(colour: str) -> tuple[float, float, float]:
    """Lightness and the two axes of hue (CIE L*a*b*, light D65), in which distances are as the eye sees them."""
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour))
    x = _root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
    y = _root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 0.008856 else 7.787 * value + 16 / 116
