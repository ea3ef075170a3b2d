"""Numbers as a circular prints them: rounded or cut off, and shares balanced to 100 percent, as the kind says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tongbao.config.kinds import Measure, Rounding, Shares


def rounded(value: Fraction, style: Measure | Shares) -> Decimal:
    """An exact value to the decimals of the style, rounded half up (as Excel does) or cut off."""
    # A ratio of a kind that sets no decimals has 2, as 9 of the 40 published circulars with a share that can be checked
    # have (9 have none, 11 have 1, 11 mix): no count is usual, so a kind should say its own.
    decimals = 2 if style.decimals is None else style.decimals
    units, rest = divmod(abs(value.numerator) * 10**decimals, value.denominator)
    units += style.rounding is Rounding.HALF_UP and 2 * rest >= value.denominator
    # From text: any arithmetic on decimals would round to 28 digits first.
    return Decimal(f"{'-' if value < 0 and units else ''}{units}E-{decimals}")


def measure_text(value: Decimal | None, measure: Measure) -> str:
    """A measure as printed: a ratio in percent; a sum with the ledger's own decimals unless the kind sets some."""
    if value is None:
        return ""
    if measure.decimals is not None:
        value = rounded(Fraction(value), measure)
    return shown(value, measure.trailing_zeros) + ("%" if measure.ratio else "")


def shown(value: Decimal, trailing_zeros: bool) -> str:
    """A number as printed: `83.90` or `83.9`, never in exponent form."""
    text = format(value, "f")
    return text if trailing_zeros or "." not in text else text.rstrip("0").rstrip(".")


def percent(part: int, whole: int, shares: Shares) -> str:
    """A part of a whole in percent, `22` of `56` as `39%`; empty where the whole is 0."""
    return shown(rounded(Fraction(part * 100, whole), shares), shares.trailing_zeros) + "%" if whole else ""


def balanced(counts: Mapping[str, int], whole: int, shares: Shares) -> dict[str, str]:
    """Shares, as printed, that add up to 100: the largest remainders are rounded up, the others down.

    Empty where the kind does not ask for it, or where the counts do not add up to the whole.
    """
    if not shares.balanced or not whole or sum(counts.values()) != whole:
        return {}
    scale = 100 * 10**shares.decimals
    floors = {name: divmod(count * scale, whole) for name, count in counts.items()}
    missing = scale - sum(floor for floor, _ in floors.values())
    raised = sorted(floors, key=lambda name: -floors[name][1])[:missing]
    step = Decimal(1).scaleb(-shares.decimals)
    return {
        name: shown((floor + (name in raised)) * step, shares.trailing_zeros) + "%"
        for name, (floor, _) in floors.items()
    }
