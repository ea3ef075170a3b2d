"""What a column of these two ledgers tells, learned from pairs of rows that are beyond doubt.

If the units of nine such pairs in ten are the same, equal units speak for a pair, the more the rarer the unit is here,
and other units speak against it; a column that changes each month (序号 counted anew, the aim of the quarter) tells
nothing, and nobody has to say so (Fellegi and Sunter).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from math import log

from tongbao.matching.face import Face, bare
from tongbao.matching.likeness import same_unit

Pairs = Sequence[tuple[Face, Face]]
Value = Callable[[Face], Hashable]


class Column:
    """One column by its values: `odds` of a pair is positive where it speaks for it, 0 where it is empty."""

    def __init__(self, value: Value, pairs: Pairs, rows: Sequence[Face], share: float, weight: float) -> None:
        """`share` of unseen pairs agree, which counts as much as `weight` pairs seen."""
        self.value = value
        self._held = Counter(filter(None, map(value, rows)))
        both = [(a, b) for x, y in pairs if (a := value(x)) and (b := value(y))]
        agreeing = sum(a == b for a, b in both)
        self.kept = (agreeing + share * weight) / (len(both) + weight)
        self._all = sum(self._held.values())
        self._odds: dict[Hashable, tuple[float, float]] = {}

    def odds(self, priors: Iterable[Face], currents: Iterable[Face]) -> list[float]:
        """What the column says of each of some pairs, as the logarithm of odds."""
        both = zip(map(self.value, priors), map(self.value, currents), strict=True)
        return [self._told(now)[before == now] if before and now else 0.0 for before, now in both]

    def _told(self, now: Hashable) -> tuple[float, float]:
        """What it says where the prior row has another value, and where it has this one."""
        found = self._odds.get(now)
        if found is None:
            common = min(0.99, max(self._held[now], 1) / self._all)
            found = self._odds[now] = log((1 - self.kept) / (1 - common)), log(self.kept / common)
        return found


class Units:
    """The responsible units, which may be the same, overlap or differ; abbreviated or renamed they are the same."""

    # Of unseen pairs; it counts as much as twelve pairs seen, since rows whose units changed are the ones that are hard
    # to see.
    _SHARES, _WEIGHT = {"same": 0.88, "overlap": 0.08, "other": 0.04}, 12.0

    def __init__(self, pairs: Pairs, priors: Sequence[Face], currents: Sequence[Face]) -> None:
        self._renamed = renamed(pairs, priors, currents)
        self._sets = Counter(self._now(row.units) for row in currents if row.units)
        self._single: Counter[str] = Counter()
        for units, rows in self._sets.items():
            self._single.update(dict.fromkeys(units, rows))
        self._all = sum(self._sets.values()) or 1
        self._odds: dict[tuple[frozenset[str], frozenset[str]], float] = {}
        seen = Counter(self.level(a, b) for a, b in pairs if a.units and b.units)
        told = sum(seen.values()) + self._WEIGHT
        self._share = {level: (seen[level] + share * self._WEIGHT) / told for level, share in self._SHARES.items()}

    def level(self, a: Face, b: Face) -> str:
        """same, overlap or other."""
        before, now = self._now(a.units), self._now(b.units)
        if before == now:
            return "same"
        rest, others = before - now, now - before
        short = {(x, y) for x in rest for y in others if same_unit(x, y)}
        if len(rest) == len(others) == len({x for x, _ in short}) == len({y for _, y in short}):
            return "same"
        return "overlap" if before & now or short else "other"

    def odds(self, priors: Iterable[Face], currents: Iterable[Face]) -> list[float]:
        """What the units say of each of some pairs, as the logarithm of odds."""
        return [self._told(a, b) if a.units and b.units else 0.0 for a, b in zip(priors, currents, strict=True)]

    def _told(self, a: Face, b: Face) -> float:
        found = self._odds.get((a.units, b.units))
        if found is None:
            found = self._odds[a.units, b.units] = self._weighed(self.level(a, b), self._now(b.units))
        return found

    def _weighed(self, level: str, now: frozenset[str]) -> float:
        same = min(0.98, max(self._sets[now], 1) / self._all)
        overlap = min(0.98 - same, sum(self._single[unit] for unit in now) / self._all - same)
        common = {"same": same, "overlap": max(overlap, 0.02), "other": max(1 - same - overlap, 0.05)}
        return log(self._share[level] / common[level])

    def _now(self, units: frozenset[str]) -> frozenset[str]:
        return frozenset(self._renamed.get(unit, unit) for unit in units) if self._renamed else units


def renamed(pairs: Pairs, priors: Sequence[Face], currents: Sequence[Face]) -> dict[str, str]:
    """The units that a reform renamed: a name that is gone stands where one stands that is new, in two rows or more."""
    before, now = (set(chain.from_iterable({row.units for row in side})) for side in (priors, currents))
    found: Counter[tuple[str, str]] = Counter()
    for a, b in pairs:
        gone, come = a.units - b.units, b.units - a.units
        if len(gone) == len(come) == 1 and not (gone & now or come & before):
            found[next(iter(gone)), next(iter(come))] += 1
    return {gone: come for (gone, come), times in reversed(found.most_common()) if times >= 2}


def stable(priors: Sequence[Face], currents: Sequence[Face]) -> list[Value]:
    """The columns besides the known ones that both ledgers have, without those that only repeat another."""
    one, two = ({tuple(row.particulars) for row in side} for side in (priors, currents))
    both = set(chain.from_iterable(one)) & set(chain.from_iterable(two))
    names = {row.row.units: "" for row in currents}
    names = {units: "".join(map(bare, units)) for units in names}
    seen = [[names[row.row.units] for row in currents]]
    found: list[Value] = []
    for name in sorted(both):
        values = [row.particulars.get(name, "") for row in currents]
        if not any(_repeats(values, others) for others in seen):
            seen.append(values)
            found.append(_cell(name))
    return found


def _cell(name: str) -> Value:
    return lambda row: row.particulars.get(name, "")


def _repeats(values: Sequence[str], others: Sequence[str]) -> bool:
    """Do two columns say the same in nearly all rows, as 承办单位 beside 责任单位?"""
    filled = [(a, b) for a, b in zip(values, others, strict=True) if a]
    return bool(filled) and sum(a == b for a, b in filled) >= 0.9 * len(filled)
