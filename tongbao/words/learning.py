"""A roster learned from a ledger, for an office that keeps none: which names are units, which are spellings of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tongbao.words.collective import is_collective
from tongbao.words.lookup import Unit, fold, town_forms
from tongbao.words.text import key
from tongbao.words.unitnames import Group, group, parts
from tongbao.words.units import LONGEST_CELL, Doubt, Roster


def learn(cells: Iterable[str], home: str = "") -> tuple[Roster, tuple[Doubt, ...]]:
    """A roster from the unit cells of a ledger, in order of appearance, and its doubts.

    A name that stands alone in a cell or between separators is certain, and decides how cells with line breaks are
    cut. Of two spellings of one unit the commoner is its name, the other an alias; `home` is the place of the office,
    whose units are the same with 云溪县, with 县 and without.
    """
    cut = [fragments for cell in cells if len(cell) <= LONGEST_CELL for fragments in parts(cell)]
    alone = {key(fragments[0]) for fragments in cut if len(fragments) == 1 and fragments[0][0] not in "（("}
    groups = [g for fragments in cut for g in group(fragments, lambda n: key(n) in alone or is_collective(n))]
    counted = Counter(g.name for g in groups if not g.person and not is_collective(g.name))
    everyone = Roster.from_names(counted)
    names = [name for name in counted if not everyone.halves(name)]
    spelt = _Spellings(counted, names, home)
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

    def __init__(self, counted: Counter[str], names: Sequence[str], home: str) -> None:
        self.aliases: dict[str, list[str]] = {}
        self.doubts: list[Doubt] = []
        self._counted = counted
        self._home = self._commonest_place(names)
        self._roster = Roster.from_names(names)
        self._same: dict[str, list[str]] = {}
        self._places = sorted({home, home[-1:]} - {""}, key=len, reverse=True)
        for name in names:
            self._same.setdefault(self._core(name), []).append(name)
        renamed = {name: other for name in names if (other := self._other(name))}
        for name, other in renamed.items():
            self.aliases.setdefault(renamed.get(other, other), []).append(name)
        self.names = [name for name in names if name not in renamed]

    def _commonest_place(self, names: Iterable[str]) -> str:
        """The place that most names have in front (县 in 县财政局); empty where none has one."""
        # Up to four characters and the word of a level, before at least three others: 云溪县财政局, not 县人大.
        # The cost: a longer name of a place is not seen, and its units stay two spellings.
        places = Counter(m[0] for n in names if (m := re.match(r"[^省市县区州旗]{0,4}[省市县区州旗](?=.{3})", n)))
        return max(places, key=lambda p: places[p], default="")

    def _core(self, name: str) -> str:
        """A name without the place of the office in front, a town without its 政府: equal for names of one unit."""
        place = next((p for p in self._places if name.startswith(p) and len(name) > len(p) + 2), "")
        rest = fold(name.removeprefix(place))
        # 云溪县水利局 is 县水利局; a bare 水利局 is asked about below.
        return next(iter(town_forms(rest)), self._places[-1] + rest if place else rest)

    def _other(self, name: str) -> str | None:
        """The commoner name of the same unit, noting a doubt; None where this name is to stay."""
        same = self._same[self._core(name)]
        commonest = max(same, key=lambda other: (self._counted[other], not other.startswith(tuple(self._places[:1]))))
        if len(same) > 1:
            return commonest if commonest != name else None
        longer = self._home + name
        if self._home and self._counted[longer]:
            self.doubts.append(Doubt(name, longer, why=f"与“{longer}”像是同一个单位"))
            return longer
        for other in self._roster.meant(name):
            # Twice as common, set by feel: 2 and 1 are a name and its slip, 3 and 2 perhaps two units.
            if self._counted[other] >= 2 * self._counted[name]:
                self.doubts.append(Doubt(name, other, why=f"与“{other}”只差一个字"))
                return other
            if self._counted[other] >= self._counted[name] and other < name:
                self.doubts.append(Doubt(name, "", (other,), f"与“{other}”只差一个字"))
        return None
