"""One look at the rows of two ledgers that have no partner: every pair that comes into question, weighed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log
from operator import attrgetter, mul

from tongbao.matching.belief import Link
from tongbao.matching.board import Board
from tongbao.matching.columns import Column, Units, stable
from tongbao.matching.comparing import BEGUN, NAMED, TOLD_APART, Comparing
from tongbao.matching.evidence import Evidence, most_of
from tongbao.matching.face import Face
from tongbao.matching.placing import Places, Ranks
from tongbao.matching.progressing import Progress
from tongbao.matching.weights import PLACING, WEIGHTS

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
# The logarithms of odds of an equal 编号 and of another one. An equal one, kept by the program or by the clerk,
# outweighs a task that was rewritten to the last word; another one does not outweigh equal words.
_SAME_ID, _OTHER_ID = 20.0, 6.4


class Look:
    """One look at the rows without a partner, with what the pairs beyond doubt teach."""

    def __init__(self, board: Board, anchors: Mapping[int, int], comparing: Comparing) -> None:
        self.board, self.wording, self._comparing = board, comparing.words, comparing
        wording = comparing.words
        step = max(1, len(anchors) // _TAUGHT_BY)
        chosen = list(anchors.items())[::step]
        pairs = [(board.prior.face(i), board.current.face(j)) for i, j in chosen]
        currents = [*wording.currents.values(), *(b for _, b in pairs)]
        priors = [*wording.priors.values(), *(a for a, _ in pairs)]
        self.units = Units(pairs, priors, currents)
        self.deadline = Column(attrgetter("deadline"), pairs, currents, 0.9, 4)
        self.section = Column(attrgetter("section"), pairs, currents, 0.9, 4)
        self.number = Column(attrgetter("row.no"), pairs, currents, 0.5, 2)
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
        links = list(dict.fromkeys(self._links()))
        if self.board.apart:
            links = [link for link in links if not self.board.ruled_out(*link)]
        new = [link for link in links if link not in known] if known else links
        self.progress.compare(new)
        found = dict(zip(new, self._weighed(new), strict=True))
        self.wording.overlap_all(link for link, one in found.items() if not one.is_hopeless)
        for one in found.values():
            one.look_closer()
        return {link: known.get(link) or found[link] for link in links}

    def _weighed(self, links: Sequence[Link]) -> Iterator[Evidence]:
        """The evidence for these pairs, the words to be looked at later."""
        begun, apart, named = map(most_of, (BEGUN, TOLD_APART, NAMED))
        most = [(begun + apart, apart), (begun + apart + named, apart + named)]
        signs = {name: values for name, values in self._signs(links) if any(values)}
        names, weights = [*signs], [WEIGHTS[name] for name in signs]
        nothing = [0.0] * len(links)
        placed = zip(*(map(WEIGHTS[name].__mul__, signs.get(name, nothing)) for name in PLACING), strict=True)
        for (i, j), own, places in zip(links, zip(*signs.values(), strict=True), placed, strict=True):
            found = {name: value for name, value in zip(names, own, strict=True) if value}
            odds = sum(map(mul, weights, own))
            yield Evidence(found, odds, sum(places), self._comparing.signs(i, j), most[self._comparing.are_named(i, j)])

    def _links(self) -> Iterator[Link]:
        """The pairs worth weighing: of like words, of one text, 编号 or 序号, alone between settled neighbours."""
        yield from ((i, j) for i, found in self.wording.alike.items() for j in found)
        yield from self._of_one(lambda face: face.core)
        yield from self._of_one(lambda face: face.row.id)
        if self.number.kept > _KEPT_NUMBERS:
            yield from self._of_one(lambda face: face.row.no)
        sheet = len(self.board.prior.ledger.rows)
        for i in self.wording.priors if self._is_ordered else ():
            if i < sheet:
                between = self.places.within(self.places.gap(i))
                yield from ((i, j) for j in (between if len(between) <= _NARROW else ()))

    @cached_property
    def _is_ordered(self) -> bool:
        return self.places.kept > 0.5

    def _of_one(self, key: Callable[[Face], Hashable]) -> Iterator[Link]:
        there: dict[Hashable, list[int]] = defaultdict(list)
        for j, face in self.wording.currents.items():
            if own := key(face):
                there[own].append(j)
        of = [(i, there.get(key(face), [])) for i, face in self.wording.priors.items()] if there else []
        yield from ((i, j) for i, found in of for j in found[: _NARROW * 2])

    def _signs(self, links: Sequence[Link]) -> Iterator[tuple[str, Sequence[float]]]:
        """What is found at once, sign by sign: one number for each pair."""
        words = self.wording
        rows = [(words.priors[i], words.currents[j]) for i, j in links]
        priors, currents = [a for a, _ in rows], [b for _, b in rows]
        same = [a.core == b.core for a, b in rows]
        yield "alone", [1.0] * len(links)
        yield from words.standing(links, same)
        columns = ("units", self.units), ("deadline", self.deadline), ("section", self.section), ("number", self.number)
        for name, column in columns:
            yield name, column.odds(priors, currents)
        stable = [column.odds(priors, currents) for column in self.stable]
        yield "stable", list(map(sum, zip(*stable, strict=True))) if stable else [0.0] * len(links)
        yield "order", [self.places.odds(i, j) for i, j in links]
        yield "rank", [self.ranks.odds(i, j) if equal else 0.0 for (i, j), equal in zip(links, same, strict=True)]
        yield "id", list(map(self._id, priors, currents))
        yield from self.progress.signs(links)
        yield "open", [float(a.row.is_open) for a in priors]
        # An item taken up again is listed, whether the ledger keeps its finished rows or drops them.
        stays, reopened = log(self._stays), log(_REOPENED)
        yield "state", [(stays if b.row.done else reopened) if a.row.done else 0.0 for a, b in rows]

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
