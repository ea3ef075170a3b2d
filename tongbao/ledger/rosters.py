"""The roster by which the unit cells of a ledger are read: the office's own, or one learned where that does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tongbao.ledger.rawtable import RawTable
from tongbao.ledger.values import unit_finding
from tongbao.model import Level, Place, Problem
from tongbao.words.learning import learn
from tongbao.words.unitnames import looks_complete, place_of
from tongbao.words.units import Roster

UNFIT = "roster_unfit"
# The departments of all counties have the same names; their towns tell them apart. Two towns of a ledger, none of them
# on a roster that lists three or more, are of another county. So are five names and more of which less than half are
# on a roster of ten or more that the ledger in turn hardly uses (all set by feel). A short list that an office keeps of
# some of its units is never put aside.
_TOWNS, _LISTED_TOWNS = 2, 3
_NAMES, _LISTED = 5, 10
_OWN = 3  # so many names with 县 in front make a roster one of a county (set by feel)


def roster_for(tables: Sequence[RawTable], roster: Roster | None, home: str = "") -> tuple[Roster, list[Problem]]:
    """The roster to read these tables by, and what is to be said of it; `home` is the place of the office."""
    cells = [text for table in tables for text in table.unit_cells()]
    if roster is not None and fits(roster, cells):
        return roster.seeing(cells), []
    learned, doubts = learn(cells, home)
    place = Place(tables[0].file)
    unsure = [_told(Level.NOTE, d.code, d.message, d.fix, place) for d in map(unit_finding, doubts)]
    if roster is None:
        return learned, unsure
    message = "台账里的单位大多不在单位名册里，名册像是别处的，没有用它，单位名称照台账所写"
    fix = "把 config.yaml 里 units 一行的名册换成本单位的，或删去这一行"
    return learned, [_told(Level.WARNING, UNFIT, message, fix, place), *unsure]


def _told(level: Level, code: str, message: str, fix: str, place: Place) -> Problem:
    return Problem(level, code, message, fix, place=place)


def fits(roster: Roster, cells: Sequence[str]) -> bool:
    """Is this the roster of the office whose cells these are? In doubt it is."""
    own = {unit.name for unit in roster.units}
    read = [roster.read(cell) for cell in set(cells)]
    names = {name for one in read for name in one.units if name not in one.collective}
    known = names & own
    towns = {name for name in names if _is_town(name)}
    if len(towns) >= _TOWNS and sum(map(_is_town, own)) >= _LISTED_TOWNS and not towns & own:
        return False
    strange = len(names) >= _NAMES and 2 * len(known) < len(names)
    return not (strange and len(own) >= _LISTED and 2 * len(known) < len(own))


def elsewhere(roster: Roster, home: str) -> str:
    """The place of which a roster is, where it is another one than `home`; else empty.

    It is told by the full names of its units: 云溪县水务投资有限公司 in the roster of an office of 松岭县. For an
    office of another level (白塔区) it must also call its own units by that level (县教育局), as a city may list
    some of a county.
    """
    names = {name for unit in roster.units for name in (unit.name, *unit.aliases)}
    placed = Counter(map(place_of, names))
    levels = {home[-1:], *(place for place in placed if len(place) == 1 and placed[place] >= _OWN)}
    places = Counter({place: n for place, n in placed.items() if len(place) > 2 and place[-1] in levels})
    if home[:-1] and any(home[:-1] in name for name in names):
        return ""
    commonest = max(places, key=lambda place: places[place], default="")
    # Two names, for one may be a neighbour's (set by feel).
    return commonest if len(home) > 1 and places[commonest] > 1 and not places[home] else ""


def _is_town(name: str) -> bool:
    return name.endswith(("镇", "乡", "街道", "街道办事处", "镇人民政府")) and looks_complete(name)
