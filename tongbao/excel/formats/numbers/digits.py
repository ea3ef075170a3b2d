"""A number by the digits of a section of a format (`#,##0.00`): rounded, grouped, scaled, as a power or a fraction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from tongbao.excel.formats.numbers.code import Part, Section

# The largest float has 309 digits before the point, and a code at most 255 places behind it.
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)
_FIGURES = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_RANKS = {1: "十百千", 2: "拾佰仟"}


def digits(section: Section, number: float) -> str:
    """What a section shows of a number that is not negative."""
    parts = section.parts
    value = Decimal(repr(number)) * 100 ** sum(part.kind == "%" for part in parts)
    places = [n for n, part in enumerate(parts) if part.kind == "digit"]
    if not places:
        return _plain(parts)
    if section.has("power"):
        text = _power(parts, value)
    elif (bar := _bar(parts)) is not None:
        text = _fraction(parts, bar, value)
    else:
        text = _decimal(*_scaled(parts, places, value))
    return text


def in_figures(text: str, style: int) -> str:
    """Digits one by one in the figures of DBNum 1, 2 or 3 (一〇五); with style 0 as they are."""
    return text.translate({48 + n: figure for n, figure in enumerate(_FIGURES[style])}) if style else text


def in_words(text: str, style: int) -> str:
    """A number read out (一百二十三), as DBNum shows it in General; decimals one by one."""
    whole, point, rest = text.partition(".")
    if style not in _RANKS or not whole.isdigit() or len(whole) > 12:
        return in_figures(text, style)
    return _spoken(int(whole), style) + point + in_figures(rest, style)


def _spoken(number: int, style: int) -> str:
    zero = _FIGURES[style][0]
    said, gap = "", False
    for rank in (8, 4, 0):
        group = number // 10**rank % 10**4
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if not digit:
                gap = bool(said)
                continue
            said += (zero if gap else "") + _FIGURES[style][digit] + (" " + _RANKS[style])[place].strip()
            gap = False
        said += {8: "亿", 4: "万", 0: ""}[rank] if group else ""
    return said or zero


def _plain(parts: Sequence[Part]) -> str:
    return "".join(part.text for part in parts)


# ---------------------------------------------------------------------------------------------- whole and decimals


def _scaled(parts: Sequence[Part], places: Sequence[int], value: Decimal) -> tuple[list[Part], Decimal, bool]:
    """The parts without their commas, the number divided as these say, and whether its digits are grouped.

    A comma behind the last digit (or the last before the point) divides by a thousand; one between digits groups.
    """
    point = next((n for n, part in enumerate(parts) if part.kind == "."), len(parts))
    whole = [n for n in places if n < point]
    ends = {n for run in (places, whole) if run for n in _commas_behind(parts, run[-1])}
    inner = {n for n, part in enumerate(parts) if part.kind == "," and whole and whole[0] < n < whole[-1]}
    kept = [part for n, part in enumerate(parts) if n not in ends | inner]
    return kept, value.scaleb(-3 * len(ends)), bool(inner)


def _commas_behind(parts: Sequence[Part], last: int) -> list[int]:
    found = []
    while last + 1 < len(parts) and parts[last + 1].kind == ",":
        last += 1
        found.append(last)
    return found


def _decimal(parts: Sequence[Part], value: Decimal, grouped: bool) -> str:
    point = next((n for n, part in enumerate(parts) if part.kind == "."), len(parts))
    behind = sum(part.kind == "digit" for part in parts[point:])
    rounded = f"{_EXACT.quantize(value, Decimal(1).scaleb(-behind)):f}"
    whole, _, rest = rounded.partition(".")
    return _whole(parts[:point], whole.lstrip("0"), grouped) + _rest(parts[point:], rest)


def _whole(parts: Sequence[Part], number: str, grouped: bool) -> str:
    """The digits before the point, filled in from the right; the first place takes all that are left."""
    left = sum(part.kind == "digit" for part in parts)
    shown: list[str] = [] if left else [number[::-1]]
    count = 0
    for part in reversed(parts):
        if part.kind != "digit":
            shown.append(part.text[::-1])
            continue
        left -= 1
        taken, number = (number, "") if not left else (number[-1:], number[:-1])
        for digit in reversed(taken or {"0": "0", "?": " "}.get(part.text, "")):
            shown.append("," + digit if grouped and count and count % 3 == 0 and digit != " " else digit)
            count += 1
    return "".join(shown)[::-1]


def _rest(parts: Sequence[Part], number: str) -> str:
    """The point and what stands behind it; a `#` shows no zero at the end, a `?` a blank."""
    needed = len(number.rstrip("0"))
    shown, at = "", 0
    for part in parts:
        if part.kind == "digit":
            shown += number[at] if at < needed or part.text == "0" else " " if part.text == "?" else ""
            at += 1
        else:
            shown += part.text
    return shown


# ---------------------------------------------------------------------------------------------- powers, fractions


def _power(parts: Sequence[Part], value: Decimal) -> str:
    at = next(n for n, part in enumerate(parts) if part.kind == "power")
    mantissa = parts[:at]
    point = next((n for n, part in enumerate(mantissa) if part.kind == "."), at)
    step = max(1, sum(part.kind == "digit" for part in mantissa[:point]))
    behind = sum(part.kind == "digit" for part in mantissa[point:])
    exponent = value.adjusted() // step * step if value else 0
    if _EXACT.quantize(value.scaleb(-exponent), Decimal(1).scaleb(-behind)) >= 10**step:
        exponent += step
    sign = "-" if exponent < 0 else parts[at].text[1].replace("-", "")
    shown = _decimal(list(mantissa), value.scaleb(-exponent), False) + "E" + sign
    return shown + _whole(parts[at + 1 :], str(abs(exponent)).lstrip("0"), False)


def _bar(parts: Sequence[Part]) -> int | None:
    """Where the bar of a fraction stands: digits before it, digits or a number behind it."""
    for n, part in enumerate(parts):
        if part.kind == "/" and n and parts[n - 1].kind == "digit" and _below(parts, n):
            return n
    return None


def _below(parts: Sequence[Part], bar: int) -> str:
    """The places below the bar (`??`), or the number that stands there (`16`)."""
    found = ""
    for part in parts[bar + 1 :]:
        if part.kind != "digit" and not (part.kind == "text" and part.text.isascii() and part.text.isdigit()):
            break
        found += part.text
    return found


def _fraction(parts: Sequence[Part], bar: int, value: Decimal) -> str:
    below = _below(parts, bar)
    top = bar
    while top and parts[top - 1].kind == "digit":
        top -= 1
    number = Fraction(value)
    if below.strip("0#?"):
        base = int(below.replace("#", "").replace("?", "") or "1") or 1
        above = int(number * base + Fraction(1, 2))
    else:
        near = number.limit_denominator(10 ** min(len(below), 9) - 1)
        above, base = near.numerator, near.denominator
    leading = [part for part in parts[:top] if part.kind == "digit"]
    whole, above = divmod(above, base) if leading else (0, above)
    shown = f"{above}/{base}" if above or not leading else ""
    front = (
        _whole(parts[:top], str(whole) if whole else "" if above else "0", False) if leading else _plain(parts[:top])
    )
    return " ".join((front + shown + _plain(parts[bar + 1 + len(below) :])).split(" "))
