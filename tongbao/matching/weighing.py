"""The rows of two ledgers weighed: first those that did not change, then by evidence, in two looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from tongbao.matching.belief import Link
from tongbao.matching.board import Board, Side
from tongbao.matching.comparing import Comparing
from tongbao.matching.deciding import Judge
from tongbao.matching.doubts import written_over
from tongbao.matching.evidence import Evidence
from tongbao.matching.face import NAME, Face
from tongbao.matching.look import Look
from tongbao.matching.two_periods import How
from tongbao.matching.weights import LIKELY
from tongbao.matching.wording import Wording
from tongbao.model import PROGRESS
from tongbao.words.text import one_line

# Of larger ledgers only those rows get a second look whose partner is less certain than this.
_LARGE, _CERTAIN = 400, 0.9995
# So many settled rows say how rare a word is, beside all rows without a partner.
_SETTLED = 500


def pair_unchanged(board: Board) -> None:
    """Pairs rows with 编号, headings, text, units and name unchanged to the character: most rows of most periods."""
    mine, theirs = _once(board.prior), _once(board.current)
    same = {i: j for name, i in mine.items() if (j := theirs.get(name)) is not None}
    went_on = _gone_on_elsewhere(board, same)
    for i, j in same.items():
        if not board.ruled_out(i, j) and not _may_be_a_twin(board, i, j) and i not in went_on:
            board.pair(i, j, How.ID if board.prior.rows[i].id else How.EXACT)


def _gone_on_elsewhere(board: Board, same: Mapping[int, int]) -> set[int]:
    """The rows, one of several with their text, whose progress another row goes on with, or whose partner does so.

    Or whose unit another row has now that begins alike. Of rows under one task that got each other's units, or whose
    unit was written over, only that tells.
    """
    had = {j: i for i, j in same.items()}
    loose = [n for n in board.prior.left if n not in same], [n for n in board.current.left if n not in had]
    texts = {side.rows[n].text for side, rest in zip((board.prior, board.current), loose, strict=True) for n in rest}
    several = {i: j for i, j in same.items() if board.prior.rows[i].text in texts and not board.prior.rows[i].id}
    if not several:
        return set()
    before = [said for n in loose[0] if (said := _said(board.prior, n))]
    now = [said for n in loose[1] if (said := _said(board.current, n))]
    alike = {(board.current.rows[n].units, board.current.face(n).clauses[:1]) for n in loose[1]}
    moved = written_over(
        (board.prior.face(n) for n in (*loose[0], *several)),
        (board.current.face(n) for n in (*loose[1], *several.values())),
    )

    def gone_on(i: int, j: int) -> bool:
        return (
            _goes_on(_said(board.prior, i), now)
            or any(_goes_on(said, [_said(board.current, j)]) for said in before)
            or (board.current.rows[j].units, board.current.face(j).clauses[:1]) in alike
            or board.current.face(j).clauses[:1] in moved
        )

    return {i for i, j in several.items() if gone_on(i, j)}


def doubt_beside_lost(board: Board) -> None:
    """Leaves a doubt in each row whose words an open row had that has no partner: it may be that one, under its unit.

    Not where it goes on with its own progress.
    """
    lost = {board.prior.rows[i].text for i in board.prior.left if board.prior.rows[i].is_open}
    for i, j in board.sure if lost else ():
        if board.prior.rows[i].text in lost and not _goes_on(_said(board.prior, i), [_said(board.current, j)]):
            board.doubt(i, j, "另有文字一样、本期没有着落的行")


def _said(side: Side, index: int) -> str:
    return one_line(side.rows[index].get(PROGRESS))


def _goes_on(before: str, now: Iterable[str]) -> bool:
    return bool(before) and any(said.startswith(before) for said in now)


def _may_be_a_twin(board: Board, i: int, j: int) -> bool:
    """Was a row over that is worked on now, while others had its words: one of them may have got its unit?"""
    before = board.prior.rows[i]
    if before.is_open or before.id or not board.current.rows[j].is_open:
        return False
    return sum(row.text == before.text for row in board.prior.rows) > 1


def _once(side: Side) -> dict[Hashable, int]:
    """The rows left by all that tells them apart, without what several rows share."""
    found: dict[Hashable, int] = {}
    several: set[Hashable] = set()
    first_closed = len(side.ledger.rows)
    for index in side.left:
        row = side.rows[index]
        name = (index < first_closed, row.id, row.section, row.text, row.units, row.cells.get(NAME))
        if name in found or not row.text:
            several.add(name)
        found[name] = index
    return {name: index for name, index in found.items() if name not in several}


def weighed(board: Board) -> Judge:
    """The rows left, weighed once by what is beyond doubt, and once more by what that made likely."""
    settled = board.partners
    some = list(settled.items())[:: max(1, len(settled) // _SETTLED)]
    faces = [(board.prior.face(i), board.current.face(j)) for i, j in some]
    wording = Wording(board.prior.faces(), board.current.faces(), faces)
    comparing = Comparing(wording)
    anchors = {**settled, **_equal(board, wording)}
    judge = Judge(board, Look(board, anchors, comparing).evidence({}), wording)
    likely = {i: j for i, j in judge.best.items() if judge.belief[i, j] > LIKELY}
    wording.rivals.learn(likely)
    anchors = {**settled, **likely}
    known = _beyond_doubt(judge) if len(wording.priors) > _LARGE else {}
    return Judge(board, Look(board, anchors, comparing).evidence(known), wording)


def _beyond_doubt(judge: Judge) -> dict[Link, Evidence]:
    """The evidence about rows that both have a partner for certain: a second look would find the same."""
    certain = {i: j for i, j in judge.best.items() if judge.belief[i, j] > _CERTAIN}
    had = set(certain.values())
    return {(i, j): found for (i, j), found in judge.evidence.items() if i in certain and j in had}


def _equal(board: Board, wording: Wording) -> dict[int, int]:
    """The rows of one 编号, or of equal words, that no other row has."""
    found: dict[int, int] = {}
    had: set[int] = set()
    names: tuple[Callable[[Face], Hashable], ...] = (lambda face: face.row.id, lambda face: face.core)
    for name in names:
        there = [_single(side, name) for side in (wording.priors, wording.currents)]
        for key, i in there[0].items():
            j = there[1].get(key)
            if j is not None and i not in found and j not in had and not board.ruled_out(i, j):
                found[i] = j
                had.add(j)
    return found


def _single(faces: Mapping[int, Face], name: Callable[[Face], Hashable]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    several: set[Hashable] = {"", ()}
    for index, face in faces.items():
        key = name(face)
        if key in found:
            several.add(key)
        found[key] = index
    return {key: index for key, index in found.items() if key not in several}
