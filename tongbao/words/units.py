"""Responsible units: the roster of an office, and the units that one cell names.

A line break in a unit cell sometimes separates two units and sometimes lies inside one long name; only a list of
known names can tell. An unclear cell is read all the same, and the doubt is handed back with the reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tongbao.model import Level, Place, Problem, is_collective
from tongbao.words.amounts import parse_number
from tongbao.words.text import key, nearest, one_line
from tongbao.words.unitnames import (
    Group,
    group,
    is_slip,
    looks_complete,
    parts,
    place_in_front,
    spellings,
)

# Characters of a unit cell, set by feel: a hundred long names stay below it. A longer cell is not read but told of, as
# the time to group its fragments would grow with it.
_LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the roster."""

    name: str
    aliases: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something unclear in a unit cell: the text, how it was read, what else it may mean, and why (in Chinese)."""

    text: str
    reading: str = ""
    candidates: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """The units of one cell in the order typed (the lead unit first), the doubts, and the persons named beside them."""

    units: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    heads: tuple[str, ...] = ()


def _fold(name: str) -> str:
    """A name for comparison, with 人民政府 as 政府 and 委员会 as 委: both forms are in common use for one unit."""
    return key(name).replace("人民政府", "政府").replace("委员会", "委")


@dataclass(frozen=True)
class Roster:
    """The units that the office knows, in the order in which they are printed."""

    units: tuple[Unit, ...] = ()

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
        header = next(((n, found) for n, row in enumerate(rows[:10]) if "name" in (found := _columns(row))), None)
        if header is None:
            fix = "请在表头写：名称、简称、排序"
            return cls(), [Problem(Level.ERROR, "roster_header", "单位名单里找不到“名称”一列", fix, place=place)]
        entries = [_Entry.of(row, header[1], n) for n, row in enumerate(rows) if n > header[0]]
        return _roster(cls, [e for e in entries if e.name], place)

    @cached_property
    def _by_key(self) -> dict[str, str]:
        spellings = {_fold(alias): unit.name for unit in reversed(self.units) for alias in unit.aliases}
        return spellings | {_fold(unit.name): unit.name for unit in self.units}

    @cached_property
    def _orders(self) -> dict[str, int]:
        return {unit.name: unit.order for unit in self.units}

    def order(self, name: str) -> int:
        """The number of a unit in the roster's order; unknown names come after all others."""
        return self._orders.get(name, len(self.units) + 1)

    def find(self, name: str, beside: str = "") -> str | None:
        """The full name of a unit by its name, an alias, or either without the place in front (县公安局, 公安局).

        Where several fit, the one of the same place as `beside`, the unit before it in the cell; None if none is.
        """
        folded = _fold(name)
        if folded in self._by_key:
            return self._by_key[folded]
        found = {
            unit
            for spelling, unit in self._by_key.items()
            if place_in_front(folded, spelling) or place_in_front(spelling, folded)
        }
        if len(found) > 1 and beside:
            found = {unit for unit in found if _fold(beside).startswith(_fold(unit).removesuffix(folded))}
        return found.pop() if len(found) == 1 else None

    def read(self, cell: str) -> UnitsRead:
        """The units that a cell names. An unknown name is kept as typed, with a doubt."""
        if len(cell) > _LONGEST_CELL:
            return UnitsRead(doubts=(Doubt(cell[:20] + "…", why="太长，不像是单位名称，没有读"),))
        units: list[str] = []
        doubts: list[Doubt] = []
        heads: list[str] = []
        for fragments in parts(cell):
            for found in group(fragments, self._knows):
                if found.person:  # a bracket may hold several: （李明、王小川）; the cost: so it does in （牵头、协调）
                    heads += re.findall(r"[^\s（()）、，,\d]+", found.name)
                    continue
                names, doubt = self._resolve(found, units[-1] if units else "")
                units += names
                doubts += [doubt] if doubt else []
        doubts += [Doubt(h, why="写在单位后面的括号里，没有算作单位") for h in heads if looks_complete(h)]
        return UnitsRead(tuple(dict.fromkeys(units)), tuple(doubts), tuple(heads))

    def _knows(self, name: str) -> bool:
        return self.find(name) is not None or is_collective(name) or bool(self._two(name))

    def _two(self, name: str) -> tuple[str, ...]:
        """The two units that 和, 及 or 与 joins; empty unless both are known (自然资源和规划局 is one unit)."""
        for joint in re.finditer("以及|[和及与]", name):
            both = (self.find(name[: joint.start()]), self.find(name[joint.end() :]))
            if all(both):
                return tuple(filter(None, both))
        return ()

    @cached_property
    def _by_spelling(self) -> dict[str, set[str]]:
        index: dict[str, set[str]] = {}
        for name in self._by_key:
            for spelling in spellings(name):
                index.setdefault(spelling, set()).add(name)
        return index

    def _meant(self, name: str) -> list[str]:
        """The units whose names are one slip away, in the roster's order."""
        near = {n for spelling in spellings(_fold(name)) for n in self._by_spelling.get(spelling, ())}
        return sorted({self._by_key[n] for n in near if is_slip(_fold(name), n)}, key=self.order)

    def _resolve(self, found: Group, beside: str) -> tuple[tuple[str, ...], Doubt | None]:
        """The full names that a group of fragments stands for, with a doubt where the roster does not have them."""
        name = found.name
        if full := self.find(name, beside):
            return (full,), None
        if is_collective(name):
            return (name,), None
        if both := self._two(name):
            return both, None
        meant = self._meant(name)
        if len(meant) == 1:
            return (meant[0],), Doubt(name, meant[0], why="不在单位名单里，只差一个字")
        if found.unsure and not meant:
            why = "不在单位名单里，也看不准换行处是不是两个单位"
            return (name,), Doubt("\n".join(found.fragments), name, ("、".join(found.fragments),), why)
        close = nearest(name, [u.name for u in self.units])
        return (name,), Doubt(name, "", tuple(meant) or ((close,) if close else ()), "不在单位名单里")


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


def _columns(row: Sequence[object]) -> dict[str, int]:
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
    units = (Unit(e.name, tuple(a for a in e.aliases if _fold(a) not in shared), n) for n, e in enumerate(ordered))
    return make(tuple(units)), problems


def _shared(entries: Iterable[_Entry]) -> dict[str, set[str]]:
    """The spellings (in the form of `_fold`) that stand for more than one unit, with these."""
    owners: dict[str, set[str]] = {}
    for entry in entries:
        for spelling in (entry.name, *entry.aliases):
            owners.setdefault(_fold(spelling), set()).add(entry.name)
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


# ---------------------------------------------------------------------------------------------- learning


def learn(cells: Iterable[str]) -> tuple[Roster, tuple[Doubt, ...]]:
    """A roster from the unit cells of a ledger, in order of appearance, and its doubts.

    A name that stands alone in a cell or between separators is certain, and decides how cells with line breaks are
    cut. Of two spellings of one unit the commoner is its name, the other an alias.
    """
    cut = [fragments for cell in cells if len(cell) <= _LONGEST_CELL for fragments in parts(cell)]
    alone = {key(fragments[0]) for fragments in cut if len(fragments) == 1}
    groups = [g for fragments in cut for g in group(fragments, lambda n: key(n) in alone or is_collective(n))]
    counted = Counter(g.name for g in groups if not g.person)
    everyone = Roster.from_names(counted)
    names = [name for name in counted if not everyone._two(name)]
    spelt = _Spellings(counted, names)
    units = [Unit(n, tuple(spelt.aliases.get(n, ())), i) for i, n in enumerate(spelt.names)]
    return Roster(tuple(units)), (*_broken(groups, counted), *spelt.doubts)


def _broken(groups: Iterable[Group], counted: Counter[str]) -> Iterator[Doubt]:
    """A doubt for each name that was put together over a line break and stands nowhere else."""
    for found in groups:
        if found.unsure and counted[found.name] == 1:
            why = "中间换行，看不准是不是两个单位"
            yield Doubt("\n".join(found.fragments), found.name, ("、".join(found.fragments),), why)


class _Spellings:
    """Which names of a ledger are spellings of one unit: with and without the place in front, or one slip apart.

    `names` holds the names that are left, `aliases` the other spellings of each, `doubts` what was taken for what.
    """

    def __init__(self, counted: Counter[str], names: Sequence[str]) -> None:
        self.aliases: dict[str, list[str]] = {}
        self.doubts: list[Doubt] = []
        self._counted = counted
        self._home = self._commonest_place(names)
        self._roster = Roster.from_names(names)
        renamed = {name: other for name in names if (other := self._other(name))}
        for name, other in renamed.items():
            self.aliases.setdefault(other, []).append(name)
        self.names = [name for name in names if name not in renamed]

    def _commonest_place(self, names: Iterable[str]) -> str:
        """The place that most names have in front (县 in 县财政局); empty where none has one."""
        # Up to four characters and the word of a level, before at least three others: 云溪县财政局, not 县人大.
        # The cost: a longer name of a place is not seen, and its units stay two spellings.
        places = Counter(m[0] for n in names if (m := re.match(r"[^省市县区州旗]{0,4}[省市县区州旗](?=.{3})", n)))
        return max(places, key=lambda p: places[p], default="")

    def _other(self, name: str) -> str | None:
        """The commoner name of the same unit, noting a doubt; None where this name is to stay."""
        longer = self._home + name
        if self._home and self._counted[longer]:
            self.doubts.append(Doubt(name, longer, why=f"与“{longer}”像是同一个单位"))
            return longer
        for other in self._roster._meant(name):
            # Twice as common, set by feel: 2 and 1 are a name and its slip, 3 and 2 perhaps two units.
            if self._counted[other] >= 2 * self._counted[name]:
                self.doubts.append(Doubt(name, other, why=f"与“{other}”只差一个字"))
                return other
            if self._counted[other] >= self._counted[name] and other < name:
                self.doubts.append(Doubt(name, "", (other,), f"与“{other}”只差一个字"))
        return None
