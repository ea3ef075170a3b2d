"""Similar rows: which pairs are clear without asking, and what to ask about the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tongbao.matching import likeness
from tongbao.matching.board import Board
from tongbao.matching.likeness import ASKABLE, REWRITTEN, SIMILAR, Difference, Face, Likeness, same_units
from tongbao.matching.two_periods import Question

# A pair is clear only if it is ahead of all others of its rows by this.
MARGIN = 0.05
# An item that was done already is asked about only from this likeness on.
_ASKABLE_IF_DONE = 0.6
_SAME_PROGRESS = 0.5
_OPTIONS = 5


class Table:
    """The likeness of all pairs worth comparing among the rows left (and those that others may have gone into)."""

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
        """What to ask about the prior rows left that have likely partners (best first); the others are simply gone."""
        for i in self.board.prior.left:
            options = {j: self.found[i, j].task for j in self.by_prior.get(i, ()) if self._worth_asking(i, j)}
            options |= dict.fromkeys(self.board.doubts(i), 1.0)
            chosen = sorted(options, key=lambda j: -options[j])[:_OPTIONS]
            if chosen:
                rows = tuple((self.board.current.rows[j], options[j]) for j in chosen)
                yield Question(self.board.prior.rows[i], rows, self._why(i, chosen))

    def _ahead(self, i: int, j: int) -> bool:
        """Is the pair better by the margin than the next best pair of either row?"""
        left = self.board.current.left
        in_row = next(((i, other) for other in self.by_prior[i] if other != j and other in left), None)
        in_column = next(((other, j) for other in self.by_current[j] if other != i), None)
        return all(self.found[i, j].score - self.found[pair].score >= MARGIN for pair in (in_row, in_column) if pair)

    def _objection(self, i: int, j: int) -> str:
        """What speaks against pairing two similar rows without asking (in Chinese); empty if nothing does."""
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
        """Of two rows one of which has clauses more: does the other say anything that no further row says?"""
        short, side = (b, self.board.prior) if len(b.text) < len(a.text) else (a, self.board.current)
        return any(sum(clause in words for words in side.folded) == 1 for clause in likeness.clauses(short.row.text))

    def _vouched(self, i: int, j: int) -> bool:
        """Is all but the text the same, and the row's place or its progress too?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        same = (a.section, a.name) == (b.section, b.name) and same_units(a.units, b.units)
        return same and (self.places.agreement(i, j) == 1 or likeness.of_progress(a, b) >= _SAME_PROGRESS)

    def _other_parts(self, i: int, j: int) -> bool:
        """Does another current row hold a piece of the prior one which this one does not hold?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        return _is_scattered(a, b, _others(self.currents, {a.section, b.section}, j))

    def _other_wholes(self, i: int, j: int) -> bool:
        """Was another prior row, or a piece of it, put into the current one?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        return _is_scattered(b, a, _others(self.priors, {a.section, b.section}, i))

    def _worth_asking(self, i: int, j: int) -> bool:
        """An item that is done matters only where it may be counted twice: as the very item, not as a piece of one."""
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
    """The other rows under some headings, and those without any, as on the sheet 销号."""
    for heading in headings | {()}:
        yield from (face for index, face in faces.get(heading, ()) if index != own)


def _is_scattered(whole: Face, part: Face, others: Iterable[Face]) -> bool:
    """Do other rows hold what a row has more than the part of it that was found?"""
    missing = whole.gist - part.gist
    return bool(missing) and any(
        _holds_missing(other, whole, missing)
        for other in others
        if likeness.share_units(other, whole) or likeness.share_units(other, part)
    )


def _holds_missing(other: Face, whole: Face, missing: Counter[str]) -> bool:
    """Of a row of the same project any clause counts; a row of another one must have gone in altogether."""
    if likeness.same_name(other, whole):
        return likeness.has_some_of(other, missing)
    return likeness.has_some_of(whole, ["".join(other.clauses)])
