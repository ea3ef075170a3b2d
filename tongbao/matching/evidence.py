"""All that speaks for and against two rows being one item, weighed: for every pair of rows that comes into question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log

from tongbao.matching.belief import Link
from tongbao.matching.board import Board
from tongbao.matching.columns import Column, Units, stable
from tongbao.matching.likeness import Face
from tongbao.matching.placing import Places, Ranks
from tongbao.matching.progressing import Progress
from tongbao.matching.weights import PLACING, WEIGHTS
from tongbao.matching.wording import Wording

# So many pairs beyond doubt, spread over the ledgers, teach what the columns tell: more would only take time.
_TAUGHT_BY = 600
# Of finished items at most this share is taken up again, whatever pairs that are only likely seem to say.
_REOPENED = 0.02
# The number 序号 brings rows together only where it is kept more often than not.
_KEPT_NUMBERS = 0.6
# Of the rows with an 编号 this share loses it, as far as nothing is known, and this share of the new rows has none.
_LOST_ID, _NEW_WITHOUT_ID = 0.2, 0.9
# So few rows without a partner between two settled neighbours are weighed against each other, whatever their words.
_NARROW = 4
# This share of the words that say what an item is about makes it another one, if other rows have the new words too.
_EXCHANGED = 0.25
# Of an item that was over less is enough: that it left is no loss, and a new one may be like it.
_ELSEWHERE = 0.1
# This share of the first clause kept is the same beginning, with a slip or a synonym.
ALIKE = 0.75
# So much speaks against a row that lacks an 编号 where nearly all others kept theirs.
_KEPT_BY_OTHERS = -1.5
# This share of the first clause put otherwise may be another thing: more than a slip, less than a hand's synonym.
_REPLACED = 0.15
# Rows less alike than this, in all their words, are one item by their place alone.
_STRANGE = 0.3
# The logarithms of odds of an equal 编号 and of another one. An equal one, kept by the program or by the clerk,
# outweighs a task that was rewritten to the last word; another one does not outweigh equal words.
_SAME_ID, _OTHER_ID = 20.0, 6.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """The signs of one pair by name, and the logarithm of the odds that follow from them."""

    signs: Mapping[str, float]
    odds: float

    @classmethod
    def of(cls, signs: Iterable[tuple[str, float]]) -> Evidence:
        """The signs weighed."""
        odds, seen = 0.0, {}
        for name, sign in signs:
            if sign:
                seen[name] = sign
                odds += WEIGHTS[name] * sign
        return cls(seen, odds)

    @property
    def odds_without_place(self) -> float:
        """The signs that say what a row is, without where it stands."""
        return self.odds - self.odds_of(*PLACING)

    def odds_of(self, *names: str) -> float:
        """What these signs add to the odds."""
        return sum(WEIGHTS[name] * self.signs.get(name, 0.0) for name in names)

    @property
    def is_named(self) -> bool:
        """Have both rows a name?"""
        return "name" in self.signs or "name_missing" in self.signs

    @property
    def is_another(self) -> bool:
        """Is a phase, a year, a name or what the item is about replaced by another one?"""
        of = self.signs.get
        # Where rows have names, these say what an item is about, and the task begins with what is to be done.
        exchanged = of("known_name" if self.is_named else "known_head", 0) > _EXCHANGED
        # A row without 编号, other words in the place of the item's: new, where the others kept theirs.
        unnumbered = self.begins_otherwise and of("id", 0) < _KEPT_BY_OTHERS
        thing = of("head_thing") and of("kept_progress", 0) <= 0 and not of("name_once")
        numeral = of("ordinal_replaced") or of("year_replaced")
        return bool(numeral or of("name_replaced") or exchanged or unnumbered or thing)

    @property
    def begins_otherwise(self) -> bool:
        """Are words put for others in what the two begin with, be these words of other rows or of none?"""
        return self.signs.get("head_replaced", 0) > _REPLACED or bool(self.signs.get("head_words"))

    @property
    def is_strange(self) -> bool:
        """Have the two hardly a word in common?"""
        return max(self.signs.get(name, 0) for name in ("first", "whole", "name")) < _STRANGE

    @property
    def is_elsewhere(self) -> bool:
        """Is a place or thing put for another one that other rows have too, or hardly a word of the beginning kept?"""
        of = self.signs.get
        if self.is_named:
            return self.is_another
        return self.is_another or of("known_head", 0) > _ELSEWHERE or (self.begins_otherwise and of("first", 0) < 0.5)

    @property
    def is_alike(self) -> bool:
        """Do the two begin alike, with the same numerals, and go on mostly alike?"""
        return self.signs.get("first", 0) >= ALIKE and not self.begins_otherwise and not self.is_changed

    @property
    def is_changed(self) -> bool:
        """Do the words leave room for another item: more or other numerals, other names, another beginning?"""
        of = self.signs.get
        numerals = any(of(name) for name in ("numerals_more", "amounts"))
        exchanged = any(of(name, 0) > 0.05 for name in ("known_head", "known_text", "known_name"))
        less = of("first", 1) < 0.6 or of("whole", 1) < 0.7 or of("name_missing", 0) > 0.2
        return bool(self.is_another or numerals or exchanged or less)


class Look:
    """One look at the rows without a partner, with what the pairs beyond doubt teach."""

    def __init__(self, board: Board, anchors: Mapping[int, int], wording: Wording) -> None:
        self.board, self.wording = board, wording
        step = max(1, len(anchors) // _TAUGHT_BY)
        chosen = list(anchors.items())[::step]
        pairs = [(board.prior.face(i), board.current.face(j)) for i, j in chosen]
        currents = [*wording.currents.values(), *(b for _, b in pairs)]
        priors = [*wording.priors.values(), *(a for a, _ in pairs)]
        self.units = Units(pairs, priors, currents)
        self.deadline = Column(lambda row: row.deadline, pairs, currents, 0.9, 4)
        self.section = Column(lambda row: row.section, pairs, currents, 0.9, 4)
        self.number = Column(lambda row: row.row.no, pairs, currents, 0.5, 2)
        self.stable = [Column(value, pairs, currents, 0.8, 4) for value in stable(priors, currents)]
        self.progress = Progress(pairs, wording)
        sizes = len(board.prior.ledger.rows), len(board.current.ledger.rows)
        self.places = Places(anchors, sorted(wording.currents), *sizes)
        before, now = ({k: face.core for k, face in side.items()} for side in (wording.priors, wording.currents))
        over = {i for i, face in wording.priors.items() if not face.row.is_open}
        self.ranks = Ranks(before, now, over, self.places.kept)
        self._learn(pairs, sum(face.row.done for i, face in wording.priors.items() if i not in anchors))

    def _learn(self, pairs: list[tuple[Face, Face]], left: int) -> None:
        """How often finished rows stay, and how often a 编号 holds. `left`: the finished rows without a partner."""
        done = sum(a.row.done for a, _ in pairs)
        self._stays = (done + 0.7 * 2) / (done + left + 2)
        both = [(a.row.id, b.row.id) for a, b in pairs if a.row.id and b.row.id]
        bare = [not b.row.id for a, b in pairs if a.row.id]
        self._id_lost = (sum(bare) + _LOST_ID * 2) / (len(bare) + 2)
        self._id_holds = min(0.998, (sum(x == y for x, y in both) + 0.98 * 10) / (len(both) + 10))

    def evidence(self, known: Mapping[Link, Evidence]) -> dict[Link, Evidence]:
        """The evidence for each pair that comes into question; what is `known` is not weighed anew."""
        links = [link for link in dict.fromkeys(self._links()) if not self.board.ruled_out(*link)]
        self.progress.compare(link for link in links if link not in known)
        return {link: known.get(link) or Evidence.of(self._signs(*link)) for link in links}

    def _links(self) -> Iterator[Link]:
        """The pairs worth weighing: of like words, of one text, 编号 or 序号, alone between settled neighbours."""
        for i, found in self.wording.alike.items():
            yield from ((i, j) for j in found)
        keys = ["core", "id"] + (["no"] if self.number.kept > _KEPT_NUMBERS else [])
        for key in keys:
            yield from self._of_one(key)
        for i in self.wording.priors if self._is_ordered else ():
            if i < len(self.board.prior.ledger.rows):
                between = self.places.within(self.places.gap(i))
                yield from ((i, j) for j in (between if len(between) <= _NARROW else ()))

    @cached_property
    def _is_ordered(self) -> bool:
        return self.places.kept > 0.5

    def _of_one(self, key: str) -> Iterator[Link]:
        there: dict[object, list[int]] = {}
        for j, face in self.wording.currents.items():
            there.setdefault(_key(face, key), []).append(j)
        for i, face in self.wording.priors.items():
            own = _key(face, key)
            yield from ((i, j) for j in (there.get(own, ()) if own else ())[: _NARROW * 2])

    def _signs(self, i: int, j: int) -> Iterator[tuple[str, float]]:
        a, b = self.wording.priors[i], self.wording.currents[j]
        yield "alone", 1.0
        yield from self.wording.signs(i, j)
        yield "units", self.units.odds(a, b)
        yield "deadline", self.deadline.odds(a, b)
        yield "section", self.section.odds(a, b)
        yield "number", self.number.odds(a, b)
        yield "stable", sum(column.odds(a, b) for column in self.stable)
        yield "order", self.places.odds(i, j)
        yield "rank", self.ranks.odds(i, j) if a.core == b.core else 0.0
        yield "id", self._id(a, b)
        yield from self.progress.signs(i, j)
        if a.row.is_open:
            yield "open", 1.0
        elif a.row.done:
            # An item taken up again is listed, whether the ledger keeps its finished rows or drops them.
            yield "state", log(self._stays if b.row.done else _REOPENED)

    def _id(self, a: Face, b: Face) -> float:
        x, y = a.row.id, b.row.id
        if x and not y:
            # Every new row lacks one: where others kept theirs, a row without is no old one.
            return min(0.0, log(self._id_lost / _NEW_WITHOUT_ID))
        if not x or not y:
            return 0.0
        if x != y:
            return max(-_OTHER_ID, log((1 - self._id_holds) / (1 - 0.002)))
        once = self.board.prior.ids[x] == self.board.current.ids[y] == 1
        if not once:
            return 0.0
        elsewhere = a.core != b.core and (self.wording.rivals.has_now(a) or self.wording.rivals.had_before(b))
        return _OTHER_ID if elsewhere else _SAME_ID * self._id_holds**4


def _key(face: Face, key: str) -> object:
    return face.core if key == "core" else getattr(face.row, key)
