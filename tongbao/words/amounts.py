"""Number cells as clerks type them, read exactly: amounts with units, percents with remarks, counts.

The declared type of a column says how its cells are read; nothing is guessed. What is not plainly a number gives None,
and the ledger reader asks the clerk. Excel's floats are taken by their shortest spelling, so 8.9 is 8.9.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from tongbao.words.measures import MEASURED, SCALE, SCALES, exactly
from tongbao.words.numerals import ARABIC, CHINESE, decimal
from tongbao.words.text import clean, parse_chinese_number

_NUMERAL = rf"{ARABIC}|\.\d+"
# One number in parts of falling scale, and a unit that is checked later. The cost: 伍万元 and 5万元整 are asked about.
_AMOUNT = re.compile(rf"(?P<sign>[-+]?)(?P<parts>(?:(?:{_NUMERAL})(?:{SCALE})?)+)(?P<base>\D*[23]?)")  # m2, m3
_PART = re.compile(rf"({_NUMERAL})({SCALE})?")
_UNIT = re.compile(rf"(?P<scale>{SCALE})?(?P<base>.*)")
# A number cell holds no list, so any dash in front is a minus. The cost: so is one typed as a bullet (—5 is -5).
_MINUS = str.maketrans(dict.fromkeys("−–—‐‑﹣", "-"))

# Characters of an amount; set by feel: 1亿2000万元 has 9, and a cell with more than 50 is a remark.
_LONGEST = 50

Raw = str | int | float | Decimal


def parse_amount(value: Raw | object, unit: str = "元") -> Decimal | None:
    """An amount in the column's unit, exact: `8.9亿元` in a column of 万元 is 89000. None where the cell holds none.

    A bare number is in the column's unit already. `1亿2000万元` is added up, `9800米` is 9.8 in a column of 公里. Not
    read: the unit of another thing (美元), an amount that has no finite decimal in the column's unit (1亩 in 公顷),
    words around the number (约577万元), misplaced separators (12,34).
    """
    return _quantity(value, unit or "元")


def _quantity(value: object, unit: str) -> Decimal | None:
    """A number, typed with or without a unit of measure, converted to the given unit."""
    number = _exact(value)
    if number is not None or not isinstance(value, str):
        return number
    if len(value) > _LONGEST:
        return None
    own = _UNIT.fullmatch(unicodedata.normalize("NFKC", unit))
    match = _AMOUNT.fullmatch(_plain(value).removeprefix("¥").removeprefix("人民币"))
    if own is None or match is None:
        return None
    total = _plain_number(match)
    if total is None:
        total = _measured(match, own["base"], SCALES[own["scale"] or ""])
    return total if total is None or match["sign"] != "-" else -total


def _plain_number(match: re.Match[str]) -> Decimal | None:
    """A numeral without scale and unit: it is in the column's unit already."""
    bare = not match["base"] and re.fullmatch(_NUMERAL, match["parts"])
    return Decimal(match["parts"].replace(",", "")) if bare else None


def _measured(match: re.Match[str], own: str, scale: int) -> Decimal | None:
    """A number with a scale or unit, converted to the column's."""
    worth, total = _worth(match["base"] or own, own), _add_up(_PART.findall(match["parts"]))
    return None if worth is None or total is None else exactly(total * worth / scale)


def _worth(base: str, own: str) -> Fraction | None:
    """How many of the column's own unit one unit is; None where they measure different things."""
    if base == own:
        return Fraction(1)
    one, other = (MEASURED.get(unicodedata.normalize("NFKC", unit)) for unit in (base, own))
    return Fraction(one.factor) / Fraction(other.factor) if one and other and one.base == other.base else None


def _add_up(parts: list[tuple[str, str]]) -> Fraction | None:
    """The sum of an amount's parts; None unless each part is of a smaller scale than the one before (2万3亿)."""
    scales = [SCALES[scale] for _, scale in parts]
    if scales != sorted(set(scales), reverse=True):
        return None
    return sum((Fraction(n.replace(",", "")) * s for (n, _), s in zip(parts, scales, strict=True)), Fraction(0))


def parse_number(value: Raw | object) -> Decimal | None:
    """A plain number, exact (a scale such as 万 is counted in); None for anything with words, and for true/false."""
    return _quantity(value, "")


def parse_integer(value: Raw | object) -> int | None:
    """A whole number: 12, 12.0, `１２`, `十二`; None for fractions and words."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _LONGEST:
        return int(value)
    number = parse_number(value)
    if number is None and isinstance(value, str):
        return parse_chinese_number(_plain(value))
    return int(number) if number is not None and number == number.to_integral_value() else None


# ---------------------------------------------------------------------------------------------- percents

# At most 8 characters before the number, set by feel: 截至目前完成投资70% is a percent, 目前已完成年度投资70% is a
# sentence that belongs in the progress column. The cost: the clerk is asked about such a cell.
_PERCENT = re.compile(rf"=?(?P<before>[^\d%]{{0,8}}?)(?P<number>-?(?:{_NUMERAL}))%(?P<after>.*)", re.DOTALL)
_SAID = re.compile(rf"(?P<before>\D{{0,8}}?)百分之(?P<number>{CHINESE})(?P<after>.*)", re.DOTALL)


def are_fractions(values: Iterable[Raw | object]) -> bool:
    """Whether the bare numbers of a percent column are fractions (0.39 for 39 %), as Excel stores them.

    The whole column decides: Excel's percents seldom pass 200 %, and points (39) soon pass 2.
    """
    # The cost: a column of points that are all 2 or less, early in a year, is read a hundred times too large.
    numbers = [n for n in map(parse_number, values) if n is not None]
    return all(abs(n) <= 2 for n in numbers)


def parse_percent(value: Raw | object, *, fractions: bool | None = None) -> tuple[Decimal, str] | None:
    """A percent in points, and the words around it: `70%（受征地影响` gives 70 and the remark.

    `fractions` says whether the bare numbers of the column are fractions (see `are_fractions`); without it the number
    is judged alone. None where there is no percent, or where it is not plain which of two is meant.
    """
    number = parse_number(value)
    if number is not None:
        fraction = are_fractions([number]) if fractions is None else fractions
        return (_trimmed(number * 100) if fraction else number), ""
    # A remark may be long (which part lags, and why): 1000 characters, set by feel.
    if not isinstance(value, str) or len(value) > 20 * _LONGEST:
        return None
    line = _folded_signs(value)
    match = _PERCENT.fullmatch(line) or _SAID.fullmatch(line)
    if match is None or (match["before"] and "%" in match["after"]):
        return None
    points = decimal(match["number"])
    return None if points is None else (points, _remark(match["before"] + match["after"]))


def _remark(text: str) -> str:
    """The remark without the brackets around it."""
    text = text.strip("，,；;。 \n")
    # The closing bracket is forgotten in published ledgers: 70%（受征地影响. Words after the bracket keep both.
    match = re.fullmatch(r"[（(]([^（()）]*)[）)]?", text)
    return match[1].strip() if match else text


# ---------------------------------------------------------------------------------------------- spelling


def _exact(value: object) -> Decimal | None:
    """A number cell as an exact decimal; None for texts, true/false, and floats without a value (nan)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, float) and math.isfinite(value):
        return _trimmed(Decimal(repr(value)))
    return None


def _trimmed(number: Decimal) -> Decimal:
    """The number without trailing zeros and without an exponent."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _plain(text: str) -> str:
    """The text half-width, without spaces at the ends or beside the unit, with one minus sign, no equals sign before.

    A space between two digits stays, so that `3 000` is asked about: it may be two numbers.
    """
    folded = unicodedata.normalize("NFKC", clean(text)).translate(_MINUS).strip().removeprefix("=")
    return re.sub(r"\s+(?=\D)|(?<=\D)\s+", "", folded)


def _folded_signs(text: str) -> str:
    """The text with digits, percent and equals signs half-width; the rest stays, for it may be a remark to print."""
    wide = {c: chr(ord(c) - 0xFEE0) for c in "０１２３４５６７８９％＝．"} | {"﹪": "%", "﹦": "="}
    line = "".join(wide.get(c, c) for c in clean(text)).strip()
    return re.sub(r"(?<=[\d%=])\s+(?=[\d%=])", "", line)
