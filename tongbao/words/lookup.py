"""The spellings of the units of a roster: by which unit a typed name is meant, and where two stand in one word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tongbao.words.text import key
from tongbao.words.unitnames import (
    is_back_half,
    is_slip,
    looks_complete,
    place_in_front,
    place_of,
    run_together,
    spellings,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the roster."""

    name: str
    aliases: tuple[str, ...] = ()
    order: int = 0


def fold(name: str) -> str:
    """A name for comparison, with 人民政府 as 政府 and 委员会 as 委: both forms are in common use for one unit."""
    return key(name).replace("人民政府", "政府").replace("委员会", "委")


def town_forms(name: str) -> tuple[str, ...]:
    """The other names of a town in the form of `fold`: 青石镇 and 青石镇政府, 柳林街道 and 柳林街道办事处."""
    found = re.fullmatch(r"(.{2,}(?:(?<!街)[镇乡]|街道))(政府|办事处)?", name)
    if found is None:
        return ()
    return (found[1], found[1] + ("办事处" if found[1].endswith("街道") else "政府"))


def common_places(names: Iterable[str], least: int = 2) -> frozenset[str]:
    """The place of most of the names as they have it in front (县), with longer spellings of it (云溪县).

    `least`: so many different names must have it. 市 of two units in a county's ledger is not its place.
    """
    placed = {name: place for name in names if (place := place_of(name))}
    levels = Counter(place[-1] for place in placed.values())
    home = max(levels, key=lambda level: levels[level], default="")
    if levels[home] < least:
        return frozenset()
    own = Counter(place for place in placed.values() if place[-1] == home)
    return frozenset({home, *own})


@dataclass(frozen=True)
class Lookup:
    """The units of a roster by all their spellings; `places` may stand in front of any of them."""

    units: tuple[Unit, ...]
    places: frozenset[str] = frozenset()

    @cached_property
    def _by_key(self) -> dict[str, str]:
        spellings = {fold(alias): unit.name for unit in reversed(self.units) for alias in unit.aliases}
        named = spellings | {fold(unit.name): unit.name for unit in self.units}
        return {other: unit for name, unit in named.items() for other in town_forms(name)} | named

    @cached_property
    def home(self) -> frozenset[str]:
        """The places that may be left out or put in front of a name without making it another unit."""
        return self.places | common_places(self._by_key, least=1)

    @cached_property
    def _by_core(self) -> dict[str, set[str]]:
        """The units by what is left of their spellings without a place of the roster in front."""
        cores: dict[str, set[str]] = {}
        for spelling, unit in self._by_key.items():
            cores.setdefault(self._core(spelling), set()).add(unit)
        return cores

    def _core(self, name: str) -> str:
        place = max((p for p in self.home if name.startswith(p)), key=len, default="")
        rest = name.removeprefix(place)
        # 县委宣传部 is 宣传部; but of 县委办公室 and 县政府办公室 the half that tells them apart stays.
        rest = rest[1:] if place and re.match("委.{2,}(?<!办)(?<!办公室)部$", rest) else rest
        return rest if len(rest) > 2 else name

    def find(self, name: str, beside: str = "") -> str | None:
        """The full name of a unit by its name, an alias, or either without the place in front (县公安局, 公安局).

        A place that is put in front must be one of the roster's: 县卫健委 in front of 县水利局 is another unit. Where
        several fit, the one of the same place as `beside`, the unit before it in the cell; None if none is.
        """
        folded = fold(name)
        if folded in self._by_key:
            return self._by_key[folded]
        found = set(self._by_core.get(self._core(folded), ())) if self._core(folded) != folded else set[str]()
        found |= {unit for spelling, unit in self._by_key.items() if place_in_front(folded, spelling)}
        if len(found) > 1 and beside:
            found = {unit for unit in found if fold(beside).startswith(fold(unit).removesuffix(folded))}
        return found.pop() if len(found) == 1 else None

    def halves(self, name: str) -> tuple[str, ...]:
        """The two units that stand in one word with nothing, 和 or 及 between them; empty where it is one unit.

        县商务局县财政局 is cut where one of them is known, 县公安局交警大队 never.
        """
        for joint in re.finditer("以及|[和及与]", name):
            both = name[: joint.start()], name[joint.end() :]
            if all(map(self.find, both)) or (all(map(looks_complete, both)) and any(map(self.find, both))):
                return both
        return next((both for both in run_together(name) if self._begins_anew(*both)), ())

    def _begins_anew(self, first: str, second: str) -> bool:
        """Is the second a unit of its own: by a place in front, or as both are known and end alike (财政局水利局)?"""
        known = self.find(first), self.find(second)
        placed = place_of(second) and (place_of(first) == place_of(second) or place_of(second) in self.home)
        if placed:
            return bool(known[1] or (known[0] and not is_back_half(second)))
        return all(known) and first[-1] == second[-1]

    @cached_property
    def _by_spelling(self) -> dict[str, set[str]]:
        index: dict[str, set[str]] = {}
        for name in self._by_key:
            for spelling in spellings(name):
                index.setdefault(spelling, set()).add(name)
        return index

    def meant(self, name: str) -> set[str]:
        """The units whose names are one slip away."""
        near = {n for spelling in spellings(fold(name)) for n in self._by_spelling.get(spelling, ())}
        return {self._by_key[n] for n in near if is_slip(fold(name), n)}
