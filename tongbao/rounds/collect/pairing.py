"""Pairs of two lists by how much they agree, the surest first; what cannot be told apart is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


def paired(
    ones: Sequence[One], others: Sequence[Other], agreement: Mapping[tuple[One, Other], Any]
) -> tuple[dict[One, Other], list[One]]:
    """The pairs, and those that several others fit equally well.

    Where there are as many on either side, none was put in or taken away, and what is quite alike is paired in order.
    """
    first, second = ({one: n for n, one in enumerate(ones)}, {other: n for n, other in enumerate(others)})
    pairs = sorted(agreement, key=lambda pair: agreement[pair], reverse=True)
    found: dict[One, Other] = {}
    taken: set[Other] = set()
    for _, level in groupby(pairs, key=lambda pair: agreement[pair]):
        free = [(one, other) for one, other in level if one not in found and other not in taken]
        clashing = any(n > 1 for side in (0, 1) for n in Counter(pair[side] for pair in free).values())
        if clashing and len(ones) != len(others):
            return found, [one for one in ones if one not in found]
        for one, other in sorted(free, key=lambda pair: (first[pair[0]], second[pair[1]])):
            if one not in found and other not in taken:
                found[one] = other
                taken.add(other)
    return found, []
