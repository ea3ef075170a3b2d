"""Rows that are similar but not equal: which pairs need no question, and what to ask about the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tongbao.matching import likeness
from tongbao.matching.board import Board
from tongbao.matching.likeness import ASKABLE, REWRITTEN, SIMILAR, Difference, Face, Likeness, same_units
from tongbao.matching.two_periods import Question

# "Simulated" is explained in `likeness`.
#
# A pair needs no question only where its score is ahead of the next best of either row by this. It comes with SIMILAR,
# and was measured with it. Simulated, 0 or 0.1 give 4988 or 5031 questions. The price: where the current ledger has
# twins (加快… and 尽快… of one task), both are asked about.
MARGIN = 0.05
# An item that was done is asked about only from this likeness on: it leaves the ledger as a matter of course, and a
# question about it would be needless. Set by feel: simulated, 0.4 or 0.8 give 5438 or 4860 questions. The price: a done
# item that comes back in other words is counted as a new one.
_ASKABLE_IF_DONE = 0.6
# Progress that is at least half the same vouches for a row whose text got or lost words, where its place does not: a
# clerk goes on from last period's text. Set by feel: simulated, 0 finds 88.1 % and 0.8 finds 85.0 %, none wrongly; so
# this limit costs questions (4998 against 4552).
_SAME_PROGRESS = 0.5
# So many candidates stand in a question: what fits a console (set by feel). Simulated, 3 leave out the true partner of
# 0.05 % of the pairs more, 20 of none less.
_OPTIONS = 5


class Table:
    """The likeness of all pairs worth comparing: the rows left, and current rows into which others may have merged."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.places = board.neighbours()
        priors, currents = board.prior.faces(), board.current.faces()
        self.priors, self.currents = _by_heading(priors), _by_heading(currents)
        currents |= {j: board.current.face(j) for j in board.changed()}
        self.found: dict[tuple[int, int], Likeness] = {}
        self.by_prior: dict[int, list[int]] = {}
        self.by_current: dict[int, list[int]] = {}
        for i, j in likeness.near(priors, currents):
            found = likeness.compare(priors[i], currents[j], self.places.agreement(i, j))
            if found and not board.ruled_out(i, j):
                self.found[i, j] = found
        for i, j in sorted(self.found, key=lambda pair: (-self.found[pair].score, pair)):
            self.by_prior.setdefault(i, []).append(j)
            self.by_current.setdefault(j, []).append(i)

    def clear(self) -> list[tuple[int, int, float]]:
        """The pairs that need no question, with their score."""
        return [
            (i, j, round(found.score, 3))
            for (i, j), found in self.found.items()
            if self.board.free(i, j) and found.task >= SIMILAR and self._ahead(i, j) and not self._objection(i, j)
        ]

    def questions(self) -> Iterator[Question]:
        """A question about each prior row left that has likely partners; rows without any are gone."""
        for i in self.board.prior.left:
            options = {j: self.found[i, j].task for j in self.by_prior.get(i, ()) if self._worth_asking(i, j)}
            options |= dict.fromkeys(self.board.doubts(i), 1.0)
            chosen = sorted(options, key=lambda j: -options[j])[:_OPTIONS]
            if chosen:
                rows = tuple((self.board.current.rows[j], options[j]) for j in chosen)
                yield Question(self.board.prior.rows[i], rows, self._why(i, chosen))

    def _ahead(self, i: int, j: int) -> bool:
        """Is the score of the pair ahead of the next best pair of either row by the margin?"""
        left = self.board.current.left
        in_row = next(((i, other) for other in self.by_prior[i] if other != j and other in left), None)
        in_column = next(((other, j) for other in self.by_current[j] if other != i), None)
        return all(self.found[i, j].score - self.found[pair].score >= MARGIN for pair in (in_row, in_column) if pair)

    def _objection(self, i: int, j: int) -> str:
        """What speaks against pairing two similar rows without a question (in Chinese); empty where nothing does."""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        found = self.found[i, j]
        doubt = self.board.doubtful(i, j)
        if doubt or a.words == b.words:
            return doubt or "文字相同的不止一行"
        if found.difference >= Difference.REPLACED:
            return _what_differs(a, b, found.difference)
        if self._other_parts(i, j):
            return "像是拆成了几项"
        if self._other_wholes(i, j):
            return "像是几项并成了一项"
        if not same_units(a.units, b.units) and not self.board.renamed(a, b):
            return "文字相近，责任单位变了"
        if found.difference is Difference.ADDED and not self._vouched(i, j):
            return "文字有增减"
        if found.difference is Difference.CLAUSES and not self._telling(a, b):
            return "文字有增减，剩下的话别的行也有"
        return ""

    def _telling(self, a: Face, b: Face) -> bool:
        """Two rows differ by clauses that one has more: has the other a clause that stands in no further row?"""
        short, side = (b, self.board.prior) if len(b.text) < len(a.text) else (a, self.board.current)
        return any(sum(clause in words for words in side.folded) == 1 for clause in likeness.clauses(short.row.text))

    def _vouched(self, i: int, j: int) -> bool:
        """Are section, name and units the same, and the neighbours or most of the progress too?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        same = (a.section, a.name) == (b.section, b.name) and same_units(a.units, b.units)
        return same and (self.places.agreement(i, j) == 1 or likeness.of_progress(a, b) >= _SAME_PROGRESS)

    def _other_parts(self, i: int, j: int) -> bool:
        """Does another current row hold a piece of the prior row that this one lacks?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        return _is_scattered(a, b, _others(self.currents, {a.section, b.section}, j))

    def _other_wholes(self, i: int, j: int) -> bool:
        """Does another prior row hold what the current row has more than this one?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        return _is_scattered(b, a, _others(self.priors, {a.section, b.section}, i))

    def _worth_asking(self, i: int, j: int) -> bool:
        """Is the pair worth a question? A done item's only where the item itself, not a part, may count twice."""
        a, b, found = self.board.prior.face(i), self.board.current.face(j), self.found[i, j]
        left = j in self.board.current.left
        if not a.row.is_open:
            return left and found.task >= _ASKABLE_IF_DONE
        near = a.section == b.section or bool(a.units & b.units)
        return found.within or (left and (found.around or found.task >= (ASKABLE if near else REWRITTEN)))

    def _why(self, i: int, chosen: Sequence[int]) -> str:
        j = chosen[0]
        found = self.found.get((i, j))
        if j in self.board.doubts(i):
            return self.board.doubts(i)[j]
        if found is None or found.task < SIMILAR:
            pieces = [p for p in chosen if (i, p) in self.found and self.found[i, p].around]
            held = found is not None and found.within
            return "像是拆成了几项" if len(pieces) > 1 else "像是并入了这一项" if held else "文字改动较大"
        return self._objection(i, j) or "相近的不止一行"


def _what_differs(a: Face, b: Face, difference: Difference) -> str:
    if difference is Difference.REPLACED:
        return "文字相近，但有字词不同" if a.name == b.name else "文字相近，但名称不同"
    gone, come = (Counter(x.numbers) - Counter(y.numbers) for x, y in ((a, b), (b, a)))
    return f"数字不同（{'、'.join(gone) or '无'}→{'、'.join(come) or '无'}）"


def _by_heading(faces: Mapping[int, Face]) -> dict[tuple[str, ...], list[tuple[int, Face]]]:
    found: dict[tuple[str, ...], list[tuple[int, Face]]] = {}
    for index, face in faces.items():
        found.setdefault(face.section, []).append((index, face))
    return found


def _others(
    faces: Mapping[tuple[str, ...], Sequence[tuple[int, Face]]], headings: set[tuple[str, ...]], own: int
) -> Iterator[Face]:
    """The other rows under these headings, and those under none, as on the sheet 销号."""
    for heading in headings | {()}:
        yield from (face for index, face in faces.get(heading, ()) if index != own)


def _is_scattered(whole: Face, part: Face, others: Iterable[Face]) -> bool:
    """Do other rows, of the same units, hold what `whole` has more than `part`?"""
    missing = whole.gist - part.gist
    return bool(missing) and any(
        _holds_missing(other, whole, missing)
        for other in others
        if likeness.share_units(other, whole) or likeness.share_units(other, part)
    )


def _holds_missing(other: Face, whole: Face, missing: Counter[str]) -> bool:
    """Does the other row hold a missing clause or, where it is another project's, stand in `whole` altogether?"""
    if likeness.same_name(other, whole):
        return likeness.has_some_of(other, missing)
    return likeness.has_some_of(whole, ["".join(other.clauses)])
