"""Which current row carries on which prior row: graded, from the surest evidence to the least.

A person's answer, then a row that did not change, then a stable 编号, then unique equal text, then similar text with
a clear margin. What is left over with a likely partner becomes a question. Never by 序号 alone, never on the strength
of a guess: a wrong pair falsifies the circular, a question costs the clerk one look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from tongbao.answers import FILE, Answer, Finder, Verdict
from tongbao.likeness import Face
from tongbao.model import Fate, How, Ledger, Level, Matching, Outcome, Pair, Problem, Question

Name = Callable[[int], Hashable]


def match(prior: Ledger, current: Ledger, answers: Sequence[Answer] = ()) -> tuple[Matching, list[Problem]]:
    """Who carries on whom, between the ledgers of two periods; the sheet 销号 belongs to each.

    Problems tell which answers were used or could not be, and which 编号 cannot be trusted.
    """
    board = _Board(prior, current)
    _by_answers(board, [a for a in answers if a.periods == (prior.period.label, current.period.label)])
    _unchanged(board)
    _by_id(board)
    _by_text(board)
    return board.matching(), board.problems


class _Side:
    """The rows of one ledger, those of its sheet 销号 last, and which of them have no partner yet."""

    def __init__(self, ledger: Ledger) -> None:
        self.rows = (*ledger.rows, *ledger.closed)
        self.left = dict.fromkeys(range(len(self.rows)))
        self.ids = Counter(row.id for row in self.rows if row.id)
        self._closed_from = len(ledger.rows)
        self._faces: dict[int, Face] = {}

    def face(self, i: int) -> Face:
        """The row as it is compared."""
        if i not in self._faces:
            self._faces[i] = Face.of(self.rows[i])
        return self._faces[i]

    def is_closed(self, i: int) -> bool:
        """Does the row stand in the sheet 销号?"""
        return i >= self._closed_from

    def named(self, name: Name) -> dict[Hashable, list[int]]:
        """The rows left over, by name."""
        found: dict[Hashable, list[int]] = {}
        for i in self.left:
            found.setdefault(name(i), []).append(i)
        return found


class _Board:
    """What is settled so far. Rows are indices into their sides: `i` prior, `j` current."""

    def __init__(self, prior: Ledger, current: Ledger) -> None:
        self.prior, self.current = _Side(prior), _Side(current)
        self.pairs: list[tuple[int, int, How, float]] = []
        self.merged: list[tuple[int, int]] = []
        self.split: list[tuple[int, int]] = []
        self.withdrawn: list[tuple[int, str]] = []
        self.apart: set[tuple[int, int]] = set()
        self.doubts: dict[tuple[int, int], str] = {}
        self.questions: list[Question] = []
        self.problems: list[Problem] = []

    def pair(self, i: int, j: int, how: How, score: float = 1.0) -> None:
        """Settle that `j` carries on `i`."""
        del self.prior.left[i], self.current.left[j]
        self.pairs.append((i, j, how, score))

    def free(self, i: int, j: int) -> bool:
        """May the two still be paired, and does nothing speak against it?"""
        pair = (i, j)
        return i in self.prior.left and j in self.current.left and pair not in self.apart and pair not in self.doubts

    def unique(self, prior_name: Name, current_name: Name) -> list[tuple[int, int]]:
        """Of the rows left over, those that share a name with exactly one row of the other side."""
        theirs = self.current.named(current_name)
        return [
            (rows[0], theirs[name][0])
            for name, rows in self.prior.named(prior_name).items()
            if name is not None and len(rows) == 1 and len(theirs.get(name, ())) == 1
        ]

    def matching(self) -> Matching:
        """The result, in the order of the ledgers."""
        prior, current = self.prior.rows, self.current.rows
        joined = {j for _, j in self.merged}
        return Matching(
            pairs=tuple(Pair(prior[i], current[j], how, score) for i, j, how, score in sorted(self.pairs)),
            gone=tuple(prior[i] for i in self.prior.left),
            new=tuple(current[j] for j in self.current.left if j not in joined),
            merged=tuple(Pair(prior[i], current[j], How.ANSWER) for i, j in self.merged),
            split=tuple(Pair(prior[i], current[j], How.ANSWER) for i, j in self.split),
            withdrawn=tuple(Outcome(prior[i], Fate.WITHDRAWN, (), reason) for i, reason in self.withdrawn),
            questions=tuple(self.questions),
        )


# ---------------------------------------------------------------------------------------------- answers


def _by_answers(board: _Board, answers: Sequence[Answer]) -> None:
    """What a person decided stands, and is said; an answer whose rows are gone is said too."""
    if not answers:
        return
    priors, currents = Finder(board.prior.rows), Finder(board.current.rows)
    for answer in answers:
        i = priors.find(answer.prior)
        j = currents.find(answer.current)
        settled = i is not None and _settle(board, answer, i, j)
        board.problems.append(_used(board, answer, i, j) if settled and i is not None else _unused(answer))


def _settle(board: _Board, answer: Answer, i: int, j: int | None) -> bool:
    """Does one answer as it says. False where its rows are missing, or settled otherwise by an answer before."""
    if answer.verdict is Verdict.SPLIT and any(i == whole for whole, _ in board.split) and j in board.current.left:
        board.split.append((i, j))
        del board.current.left[j]
        return True
    if i not in board.prior.left:
        return False
    if answer.verdict is Verdict.WITHDRAWN:
        board.withdrawn.append((i, answer.reason))
        del board.prior.left[i]
        return True
    if j is None:
        return False
    if answer.verdict is Verdict.DIFFERENT:
        board.apart.add((i, j))
        return True
    if answer.verdict is Verdict.MERGED:
        board.merged.append((i, j))
        del board.prior.left[i]
        return True
    if j not in board.current.left:
        return False
    if answer.verdict is Verdict.SAME:
        board.pair(i, j, How.ANSWER)
    else:
        board.split.append((i, j))
        del board.prior.left[i], board.current.left[j]
    return True


def _used(board: _Board, answer: Answer, i: int, j: int | None) -> Problem:
    row = board.prior.rows[i]
    to = f"本期第{board.current.rows[j].place.row}行" if j is not None else answer.reason
    return Problem(
        Level.NOTE, "answer_used", f"按“{FILE}”里的答复处理：{answer.verdict}（{to}）", "", row.place, item=row.item
    )


def _unused(answer: Answer) -> Problem:
    message = f"“{FILE}”里的一条答复没有用上：上期{answer.prior.place}“{answer.prior.text[:20]}”→{answer.verdict}"
    return Problem(Level.WARNING, "answer_unused", message, "核对这一行，改正或删去")


# ---------------------------------------------------------------------------------------------- equal rows


def _unchanged(board: _Board) -> None:
    """Rows whose identity did not change by a single character; most rows of most periods."""

    def name(side: _Side) -> Name:
        def of(i: int) -> Hashable:
            row = side.rows[i]
            return (side.is_closed(i), row.id, row.section, row.text, row.units, row.cells.get("名称"))

        return of

    for i, j in board.unique(name(board.prior), name(board.current)):
        if board.free(i, j):
            board.pair(i, j, How.ID if board.prior.rows[i].id else How.EXACT)


def _by_id(board: _Board) -> None:
    """The same 编号, once in each file."""

    def name(side: _Side) -> Name:
        return lambda i: side.rows[i].id if side.ids[side.rows[i].id] == 1 else None

    for i, j in board.unique(name(board.prior), name(board.current)):
        if board.free(i, j):
            board.pair(i, j, How.ID)


def _by_text(board: _Board) -> None:
    """Equal text, unique on both sides: first with its heading and units, then without."""
    for parts in (("section", "name", "text", "units"), ("name", "text", "units"), ("name", "text")):
        for i, j in board.unique(_faces(board.prior, parts), _faces(board.current, parts)):
            if board.free(i, j):
                board.pair(i, j, How.EXACT)


def _faces(side: _Side, parts: tuple[str, ...]) -> Name:
    return lambda row: tuple(getattr(side.face(row), part) for part in parts)
