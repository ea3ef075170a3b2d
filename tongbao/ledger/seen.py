"""Numbers that the screen shows otherwise than they are stored: what is meant, exactly.

`0!.0000` over 123450000 shows 12345.0000: the number meant is 12345, as exact as the stored one. Rounding alone means
nothing: 12345.678 shown as 12346 stays what it is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from tongbao.excel.values import Cell, SeenDate, SeenNumber, stored_text, text_of
from tongbao.model import Deadline
from tongbao.words.amounts import parse_amount, parse_percent
from tongbao.words.periods import chinese_date

_SPOKEN = "零〇○一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d*)?(?:E[+-]?\d+)?|\.\d+")
# By how many places a format may move the point: none, percent, 万 (0!.0000), thousands (0,), 亿, and the others; up by
# zeros that stand in the format (0"0000").
_MOVES = (0, 2, -4, -3, -6, -8, -1, -2, -5, -7, -9, -12, -16, 4, 3, 8)
_RATES = ("%", "％", "‰")
_MONEY = re.compile(r"\s*((?:[十百千]?[万亿]|[十百千]|万亿)?)(元?)(?![一-龥])")


class Figure(NamedTuple):
    """The one number in what a cell shows: exact, by how many places its point was moved, and the words around it."""

    number: Decimal
    moved: int
    before: str
    after: str

    @property
    def unit(self) -> str:
        """The unit of money that stands behind the number (万元, also where only 万 is written); empty if none."""
        match = _MONEY.match(self.after)
        return f"{match[1]}元" if match and (match[1] or match[2]) else ""


def figure(raw: SeenNumber) -> Figure | None:
    """The number that a cell shows; None where it shows none, several, or one that is not the stored one."""
    if raw.rounded:
        return Figure(_trimmed(Decimal(repr(float(raw)))), 0, "", "")
    found = list(_NUMERAL.finditer(raw.seen))
    if len(found) != 1:
        return None
    typed = Decimal(found[0][0].replace(",", ""))
    stored, half = abs(Decimal(repr(float(raw)))), Decimal(1).scaleb(int(typed.as_tuple().exponent)) / 2
    before, after = raw.seen[: found[0].start()], raw.seen[found[0].end() :]
    for moved in _MOVES:
        exact = stored.scaleb(moved)
        if abs(typed - exact) <= half:
            number = _trimmed(exact if typed or not moved else typed)
            return Figure(-number if raw < 0 else number, moved, before.strip("-+( （"), after.strip(" )）"))
    return None


def _trimmed(number: Decimal) -> Decimal:
    """The number without trailing zeros and without an exponent."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def is_unreadable(raw: SeenNumber) -> bool:
    """Does a cell show no number: a day of 1900, a time, words (待定)? A fraction (1 1/4) and 壹万贰仟 are numbers."""
    return not figure(raw) and re.fullmatch(r"-?(?:\d+ )?\d+/\d+|[-元圆整.\s" + _SPOKEN + "]*", raw.seen) is None


def meant(raw: Cell) -> Cell | Decimal | None:
    """The number that a cell means, in no unit; None where it shows something else than a number."""
    if not isinstance(raw, SeenNumber) or raw.rounded:
        return raw
    if is_unreadable(raw):
        return None
    found = figure(raw)
    plain = float(raw)
    return found.number if found and found.moved not in (0, 2) else plain


def amount_meant(raw: Cell, measure: str) -> Decimal | None:
    """An amount in the unit `measure`: a bare number is in it already, a unit that the cell shows counts.

    What shows as a rate (75%) is no amount, as it is none where it is typed.
    """
    if not isinstance(raw, SeenNumber) or raw.rounded:
        return parse_amount(raw, measure)
    if shows_percent(raw):
        return None
    number, found = meant(raw), figure(raw)
    if found and found.after[:1] in _RATES:
        return None
    if found and found.unit:
        return parse_amount(f"{found.number:f}{found.unit}", measure)
    return None if number is None else parse_amount(number, measure)


def percent_meant(raw: Cell, *, fractions: bool) -> tuple[Decimal, str] | None:
    """A percent in points, and the words around it; a percent sign on the screen says which are points."""
    if isinstance(raw, SeenNumber):
        found = figure(raw)
        if found and found.after[:1] in _RATES[:2]:
            return found.number, ""
        raw = float(raw) if found or not is_unreadable(raw) else raw.seen
    return parse_percent(raw, fractions=fractions)


def shows_percent(raw: Cell) -> bool:
    """Does the screen show a percent sign, so that the number says nothing of what the bare ones are?"""
    return isinstance(raw, SeenNumber) and "%" in raw.seen


def other_unit(raw: Cell, measure: str) -> tuple[str, str] | None:
    """What an amount is by its own format and by the header, where these name units that do not agree."""
    found = figure(raw) if isinstance(raw, SeenNumber) and not raw.rounded else None
    if found is None or not found.unit or found.unit == measure:
        return None
    stored = parse_amount(float(raw) if isinstance(raw, float) else raw, measure)
    if stored is None or parse_amount(f"{found.number:f}{found.unit}", measure) == stored:
        return None
    return f"{found.number:f}{found.unit}", f"{stored:f}{measure}"


def differs(raw: Cell) -> str:
    """What is stored, where the screen shows it otherwise than rounded or grouped; else empty."""
    if isinstance(raw, SeenDate):
        return "" if raw.whole and not raw.worded else chinese_date(raw)
    if not isinstance(raw, SeenNumber) or not raw.seen or raw.rounded:
        return ""
    found = figure(raw)
    zeros = re.match(r"[-(（]?0\d", raw.seen)
    same = found and not found.moved and not zeros and not found.before and not found.after
    return "" if same else stored_text(raw)


def is_moved(raw: Cell) -> bool:
    """Does a format move the point of a number, or name its unit, so that it means another number than it holds?"""
    found = figure(raw) if isinstance(raw, SeenNumber) and not raw.rounded else None
    return bool(found and (found.moved not in (0, 2) or found.unit))


# ---------------------------------------------------------------------------------------------- deadlines


def shows_no_day(raw: Cell) -> bool:
    """Does a cell show less than a day, or words around it, so that its serial number is not meant?"""
    if isinstance(raw, SeenDate):
        return not raw.whole or raw.worded
    return bool(differs(raw)) and isinstance(raw, SeenNumber)


def _without_year(raw: SeenDate) -> bool:
    return "年" not in raw.seen and "月" in raw.seen


_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)\.(\d{1,2})")


def with_its_year(raw: Cell) -> str:
    """What a date shows of which only the year is hidden, together with that; empty for all others."""
    return f"{raw.year}年{raw.seen}" if isinstance(raw, SeenDate) and _without_year(raw) else ""


def day_shown(raw: Cell) -> str:
    """The day that a cell shows with words around it; empty where it shows none."""
    return chinese_date(raw) if isinstance(raw, SeenDate) and raw.whole and raw.worded else ""


def deadline_doubt(raw: Cell, deadline: Deadline) -> str:
    """Why it is open which day a number or a date without a year means; empty where it is not.

    Of the number 2022.10 Excel keeps 2022.1, and shows that too unless the format has two decimals.
    """
    if isinstance(raw, SeenDate) and _without_year(raw):
        read = deadline.milestones[-1].last if deadline.milestones else raw
        return f"屏幕上是“{raw.seen}”，没有年份，存的是{chinese_date(raw)}" if raw.year < read.year else ""
    if isinstance(raw, str) or not isinstance(raw, float) or not (match := _YEAR_AND_MONTH.fullmatch(text_of(raw))):
        return ""
    year, month = match[1], match[2]
    if month == "1":
        return f"“{text_of(raw)}”是数字，末尾的0不显示，可指{year}年1月，也可指{year}年10月"
    if int(month) > 12 and month.endswith("0"):
        return f"屏幕上是“{text_of(raw)}”，存的是{stored_text(raw)}，可能是{year}年{month[0]}月"
    return ""
