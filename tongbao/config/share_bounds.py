"""Below which share of what is done an item is behind: `below` under `status_from.share_of`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

BY_NOW = "序时"
_FIXED = re.compile(r"\s*(?P<number>\d{1,3}(?:\.\d+)?)\s*[%％]?\s*")
_OTHER = re.compile(r"\s*(?P<what>[^\d\s].*?)\s*(?:[-－—]\s*(?P<less>\d{1,3}(?:\.\d+)?)\s*[%％]?\s*)?")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a share must reach so as not to be counted as `label` (empty: what is late).

    It is a number of percent, or (`header` empty) as much as must be done by the end of the period, or what stands in
    another column of the row; less so many points.
    """

    label: str = ""
    percent: Decimal | None = None
    header: str = ""
    less: Decimal = Decimal(0)


def bound_of(label: str, typed: str) -> Bound | None:
    """A bound as it is typed: 60%, 序时, 序时-10, 应完成进度; None where nothing is."""
    if match := _FIXED.fullmatch(typed):
        return Bound(label, Decimal(match["number"]))
    if match := _OTHER.fullmatch(typed):
        return Bound(label, None, "" if match["what"] == BY_NOW else match["what"], Decimal(match["less"] or 0))
    return None
