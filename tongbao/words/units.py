"""Responsible units: the roster of an office, and the units that one cell names.

A line break in a unit cell sometimes separates two units and sometimes lies inside one long name; only a list of
known names can tell. An unclear cell is read all the same, and the doubt is handed back with the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from tongbao.model import Level, Place, Problem
from tongbao.words.amounts import parse_number
from tongbao.words.collective import is_collective
from tongbao.words.lookup import Lookup, Unit, common_places, fold
from tongbao.words.text import key, nearest, one_line
from tongbao.words.unitnames import (
    Group,
    group,
    is_person,
    looks_complete,
    parts,
)

# Characters of a unit cell, set by feel: a hundred long names stay below it. A longer cell is not read but told of, as
# the time to group its fragments would grow with it.
LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something unclear in a unit cell: the text, how it was read, what else it may mean, and why (in Chinese)."""

    text: str
    reading: str = ""
    candidates: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """The units of one cell in the order typed (the lead unit first), the doubts, and the persons named beside them.

    `printed` are the units as the page shows them, with what stands in brackets behind a name and is no person;
    `collective` those of the units that stand for several which nobody lists.
    """

    units: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    heads: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    collective: tuple[str, ...] = ()


def _names_in(cell: str) -> Iterator[str]:
    if len(cell) <= LONGEST_CELL:
        yield from (fold(fragment) for fragments in parts(cell) for fragment in fragments)


@dataclass(frozen=True)
class Roster:
    """The units that the office knows, in the order in which they are printed.

    `places` are those that may stand in front of any of them, beside those that the roster itself has in front of its
    names: 云溪县 and 县 for an office of 云溪县.
    """

    units: tuple[Unit, ...] = ()
    places: frozenset[str] = frozenset()

    @classmethod
    def from_names(cls, names: Iterable[str]) -> Roster:
        """A roster in the order given, without aliases; a name given twice counts once."""
        unique = dict.fromkeys(filter(None, map(one_line, names)))
        return cls(tuple(Unit(n, order=i) for i, n in enumerate(unique)))

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[object]], place: Place | None = None) -> tuple[Roster, list[Problem]]:
        """A roster from the rows of a sheet with the headers 名称, 简称/别名, 排序; `place` is the sheet.

        Problems: no column of names, a name given twice, a short name that two units share, an order that is no number.
        """
        place = place or Place()
        # Titles and notes come first. Ten rows, set by feel; the cost: a header in row 11 is not found, and told so.
        header = next(((n, found) for n, row in enumerate(rows[:10]) if "name" in (found := roster_columns(row))), None)
        if header is None:
            fix = "请在表头写：名称、简称、排序"
            return cls(), [Problem(Level.ERROR, "roster_header", "单位名单里找不到“名称”一列", fix, place=place)]
        entries = [_Entry.of(row, header[1], n) for n, row in enumerate(rows) if n > header[0]]
        return _roster(cls, [e for e in entries if e.name], place)

    @cached_property
    def _orders(self) -> dict[str, int]:
        return {unit.name: unit.order for unit in self.units}

    def order(self, name: str) -> int:
        """The number of a unit in the roster's order; unknown names come after all others."""
        return self._orders.get(name, len(self.units) + 1)

    def at_home(self, place: str) -> Roster:
        """The roster of an office of this place, whose name may stand in front of any of its units."""
        return replace(self, places=self.places | {place, place[-1:]} - {""})

    def seeing(self, cells: Iterable[str]) -> Roster:
        """The roster with the place that the cells have in front of several units, where it knows none yet."""
        if self._lookup.home:
            return self
        return replace(self, places=common_places(name for cell in cells for name in _names_in(cell)))

    def read(self, cell: str) -> UnitsRead:
        """The units that a cell names. An unknown name is kept as typed, with a doubt."""
        if len(cell) > LONGEST_CELL:
            return UnitsRead(doubts=(Doubt(cell[:20] + "…", why="太长，不像是单位名称，没有读"),))
        reading = _CellReading(self)
        for fragments in parts(cell, self.is_collective):
            for found in group(fragments, self._knows, self.is_collective):
                reading.take(found)
        return reading.read()

    def is_collective(self, name: str) -> bool:
        """Does a name stand for several units that nobody lists? One that the roster lists is a unit (县各界联谊会)."""
        return is_collective(name) and self.find(name) is None

    def _knows(self, name: str) -> bool:
        return self.find(name) is not None or is_collective(name)

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.units, self.places)

    def find(self, name: str, beside: str = "") -> str | None:
        """The full name of a unit by one of its spellings (see `Lookup.find`); None where the roster has it not."""
        return self._lookup.find(name, beside)

    def meant(self, name: str) -> list[str]:
        """The units whose names are one slip away, in the roster's order."""
        return sorted(self._lookup.meant(name), key=self.order)

    def halves(self, name: str) -> tuple[str, ...]:
        """The two units that stand in one word (see `Lookup.halves`); empty where it is one unit."""
        return self._lookup.halves(name)

    def apart(self, name: str) -> list[str]:
        """The names that stand in one word, each for itself; the word itself where it is one name or a slip of one."""
        halves = () if self._knows(name) or self.meant(name) else self.halves(name)
        return [part for half in halves for part in self.apart(half)] or [name]

    def resolve(self, found: Group, before: str) -> tuple[str, Doubt | None]:
        """The full name that a group of fragments stands for, with a doubt where the roster does not have it.

        `before` is the unit that the cell names before it.
        """
        name = found.name
        if full := self.find(name, before):
            return full, None
        if is_collective(name):
            return name, None
        meant = self.meant(name)
        if len(meant) == 1:
            return meant[0], Doubt(name, meant[0], why="不在单位名单里，只差一个字")
        if found.unsure and not meant:
            why = "不在单位名单里，也看不准换行处是不是两个单位"
            return name, Doubt("\n".join(found.fragments), name, ("、".join(found.fragments),), why)
        close = nearest(name, [u.name for u in self.units])
        return name, Doubt(name, "", tuple(meant) or ((close,) if close else ()), "不在单位名单里")


class _CellReading:
    """What one unit cell gives, group of fragments by group."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._units: list[str] = []
        self._doubts: list[Doubt] = []
        self._heads: list[str] = []
        self._beside: dict[str, str] = {}

    def take(self, found: Group) -> None:
        """Adds the units of a group, or what stands beside the unit before it."""
        if found.person:
            self._stands_beside(found.name)
            return
        names = self._roster.apart(found.name)
        for one in [found] if len(names) == 1 else [Group((name,)) for name in names]:
            unit, doubt = self._roster.resolve(one, self._units[-1] if self._units else "")
            self._units.append(unit)
            self._doubts += [doubt] if doubt else []

    def _stands_beside(self, text: str) -> None:
        """A person, a telephone number, a bracket. A bracket is printed with its unit unless it holds persons only."""
        # A bracket may hold several: （李明、王小川）; the cost: so it does in （牵头、协调）.
        named = re.findall(r"[^\s（()）、，,；;\d—－-]+", text)
        self._heads += [*named, *re.findall(r"\d[\d—－-]{6,}", text)]
        self._doubts += [Doubt(h, why="写在单位后面的括号里，没有算作单位") for h in named if looks_complete(h)]
        if self._units and not all(map(is_person, named)):
            said = text.strip("（）") if text.startswith("（按") else text  # 县财政局按职责分工负责 has none
            self._beside[self._units[-1]] = self._beside.get(self._units[-1], "") + said

    def read(self) -> UnitsRead:
        """All of it; a unit that is named twice counts once."""
        each = tuple(dict.fromkeys(self._units))
        printed = tuple(unit + self._beside.get(unit, "") for unit in each)
        collective = tuple(filter(self._roster.is_collective, each))
        return UnitsRead(each, tuple(self._doubts), tuple(self._heads), printed, collective)


# ---------------------------------------------------------------------------------------------- the roster's sheet

# Headers of rosters, set by feel beside those that the program's own roster has. The cost: other words are not found.
_HEADERS = {
    "name": ("名称", "单位", "单位名称", "全称", "单位全称", "责任单位"),
    "aliases": ("简称", "别名", "简称/别名", "简称别名", "别称", "曾用名", "其他名称"),
    "order": ("排序", "顺序", "次序", "排列", "序号"),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the roster's sheet, as typed; `row` is its number in the sheet, from 1."""

    name: str
    aliases: tuple[str, ...]
    order: object
    row: int

    @classmethod
    def of(cls, row: Sequence[object], columns: dict[str, int], number: int) -> _Entry:
        cells = {field: row[n] for field, n in columns.items() if n < len(row) and row[n] not in (None, "")}
        aliases = re.split(r"[、，,；;/\n]", str(cells.get("aliases", "")))
        name = one_line(str(cells.get("name", "")))
        return cls(name, tuple(filter(None, map(one_line, aliases))), cells.get("order"), number + 1)


def roster_columns(row: Sequence[object]) -> dict[str, int]:
    """The column, from 0, of each field that a header row names."""
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        field = next((f for f, names in _HEADERS.items() if key(str(cell or "")) in map(key, names)), None)
        if field:
            found.setdefault(field, number)
    return found


def _roster(make: type[Roster], entries: Sequence[_Entry], place: Place) -> tuple[Roster, list[Problem]]:
    """The roster of all entries: a name given twice counts once, a short name that two units share is left out."""
    problems: list[Problem] = []
    first: dict[str, _Entry] = {}
    for entry in entries:
        if (known := first.setdefault(entry.name, entry)) is not entry:
            message = f"单位“{entry.name}”写了两次（第{known.row}行、第{entry.row}行）"
            problems.append(_warning("roster_twice", message, "请删去一行", place, entry))
    shared = _shared(first.values())
    for alias, owners in shared.items():
        message = f"“{alias}”既指“{'”又指“'.join(sorted(owners))}”，不作简称用"
        problems.append(_warning("roster_alias", message, "请只留一处", place, first[min(owners)]))
    ordered = sorted(first.values(), key=lambda e: (_order(e, place, problems), e.row))
    units = (Unit(e.name, tuple(a for a in e.aliases if fold(a) not in shared), n) for n, e in enumerate(ordered))
    return make(tuple(units)), problems


def _shared(entries: Iterable[_Entry]) -> dict[str, set[str]]:
    """The spellings (in the form of `fold`) that stand for more than one unit, with these."""
    owners: dict[str, set[str]] = {}
    for entry in entries:
        for spelling in (entry.name, *entry.aliases):
            owners.setdefault(fold(spelling), set()).add(entry.name)
    return {spelling: names for spelling, names in owners.items() if len(names) > 1}


def _order(entry: _Entry, place: Place, problems: list[Problem]) -> Decimal:
    """The number to sort by; entries without one come last, in the order of the sheet."""
    number = parse_number(entry.order)
    if number is None and entry.order is not None:
        message = f"单位“{entry.name}”的排序“{entry.order}”不是数字，排在最后"
        problems.append(_warning("roster_order", message, "请填数字，或者留空", place, entry))
    return Decimal(10**9) if number is None else number


def _warning(code: str, message: str, fix: str, place: Place, entry: _Entry) -> Problem:
    return Problem(Level.WARNING, code, message, fix, place=Place(place.file, place.sheet, entry.row), item=entry.name)
