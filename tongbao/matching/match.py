"""Which current row carries on which prior row: all evidence weighed, all rows at once.

A person's answers hold first. Rows that did not change are the same. For the rest every sign of every pair that comes
into question is weighed by how telling it is in these two ledgers (`evidence`), the pairs are weighed against each
other, each row having one partner at most (`belief`), and only what stays balanced is asked about (`deciding`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from tongbao.matching import likeness
from tongbao.matching.answers import Answer, Finder, Mark, Verdict
from tongbao.matching.board import Board
from tongbao.matching.deciding import OPTIONS, Judge, Level, Verdicts
from tongbao.matching.explained import cause_of, differing
from tongbao.matching.face import Face
from tongbao.matching.grounds import Grounds
from tongbao.matching.likeness import REWRITTEN
from tongbao.matching.parting import dealt_out, parts, wholes
from tongbao.matching.quoting import where
from tongbao.matching.two_periods import Cause, How, Matching, Question
from tongbao.matching.weighing import doubt_beside_lost, pair_unchanged, weighed
from tongbao.matching.wording import Wording
from tongbao.model import ANSWERS_FILE, ID, TASK, Ledger, Problem, Row
from tongbao.model import Level as Weight
from tongbao.words import text

# Goes up when two ledgers may be matched otherwise than before: then what was kept is matched anew.
MATCHER = "6"
# In ledgers up to so many rows a merged item is looked for in every row, in larger ones among those of like words.
_SEARCHED = 400
# Messages below quote 20 characters of a task, to fit two (set by feel; the place leads to the whole text).


def match(prior: Ledger, current: Ledger, answers: Sequence[Answer] = ()) -> tuple[Matching, list[Problem]]:
    """Which row carries on which between the ledgers of two periods, their sheets 销号 included.

    The problems tell which answers were used, which could not be used, and which 编号 cannot be trusted.
    """
    with _collector_at_rest():
        board = Board(prior, current)
        problems = _by_answers(board, [a for a in answers if a.periods == (prior.period.label, current.period.label)])
        pair_unchanged(board)
        if board.prior.left and board.current.left:
            _by_evidence(board)
        doubt_beside_lost(board)
        found = board.matching()
        return found, problems + list(_of_ids(board, found))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing here refers to itself, so that the garbage collector would look through thousands of rows in vain.

    What was made meanwhile is then taken for old, unseen.
    """
    if not gc.isenabled() or gc.get_freeze_count():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        gc.enable()


# ---------------------------------------------------------------------------------------------- answers


def _by_answers(board: Board, answers: Sequence[Answer]) -> list[Problem]:
    """Does as the answers say. Gives a note for each one used, a warning for each one whose rows are not found.

    Nothing is said of 同一项 where ids or places say the same: `next` keeps such answers by itself.
    """
    if not answers:
        return []
    priors, currents = Finder(board.prior.rows), Finder(board.current.rows)
    problems = []
    for answer in answers:
        i, j = priors.find(answer.prior), currents.find(answer.current)
        named = j is not None or not any(answer.current.cells)
        settled = i is not None and named and _settle(board, answer, i, j)
        if i is None or not settled:
            problems.append(_unused(answer))
        elif not _is_evident(board, answer, i, j):
            problems.append(_used(board, answer, i, j))
    return problems


def _settle(board: Board, answer: Answer, i: int, j: int | None) -> bool:
    """Does as one answer says. False where it names no row, or a row that an earlier answer has settled."""
    free = i in board.prior.left
    untaken = j in board.current.left
    match answer.verdict:
        case Verdict.WITHDRAWN if free:
            board.withdraw(i, answer.reason)
        case Verdict.DIFFERENT:
            board.apart.add((i, j))
        case Verdict.MERGED if free and j is not None:
            board.merge(i, j)
        case Verdict.SPLIT if j is not None and untaken and (free or board.is_split(i)):
            board.split_off(i, j)
        case Verdict.SAME if j is not None and untaken and free:
            board.pair(i, j, How.ANSWER)
        case _:
            return False
    return True


def _is_evident(board: Board, answer: Answer, i: int, j: int | None) -> bool:
    """Does an answer pair two rows that nobody would doubt: of one 编号, or of one text where they stood before?

    An answer that names the current row by its 编号 alone is of `next`, which has just given it.
    """
    if answer.verdict is not Verdict.SAME or j is None:
        return False
    prior, current = board.prior.rows[i], board.current.rows[j]
    given = current.id and (prior.id == current.id or answer.current.cells == Mark(id=current.id).cells)
    return bool(given) or (prior.place[1:] == current.place[1:] and text.key(prior.text) == text.key(current.text))


def _used(board: Board, answer: Answer, i: int, j: int | None) -> Problem:
    row = board.prior.rows[i]
    to = answer.reason or "本期各行都不是" if j is None else f"本期{where(board.current.rows[j])}"
    message = f"按“{ANSWERS_FILE}”里的答复处理：{answer.verdict}（{to}）"
    return Problem(Weight.NOTE, "answer_used", message, "", place=row.place, item=row.item)


def _unused(answer: Answer) -> Problem:
    named = f"上期{answer.prior.place}“{answer.prior.text[:20]}”→{answer.verdict}"
    message = f"“{ANSWERS_FILE}”里的一条答复没有用上：{named}"
    return Problem(Weight.WARNING, "answer_unused", message, "核对两行是否还在、是否另有答复，改正或删去这一条")


# ---------------------------------------------------------------------------------------------- by evidence


def _by_evidence(board: Board) -> None:
    """Pairs what the evidence makes sure or likely, and asks about the rest."""
    judge = weighed(board)
    verdicts = judge.verdicts()
    _assume_exchanges(judge.wording, verdicts)
    pairs = dict(verdicts.pairs.keys())
    parted = _parted(judge, verdicts)
    _merge(judge, pairs, verdicts)
    carried = set(pairs.values())
    grounds = Grounds(judge, verdicts.pairs)
    for (i, j), level in verdicts.pairs.items():
        ground = grounds.of(i, j) if level is Level.ASSUMED else None
        board.pair(i, j, _how(judge, i, j), round(judge.belief[i, j], 3), ground)
    for i, options in verdicts.asked.items():
        options = [j for j in options if j in board.current.left or j in carried]
        if options and (i, None) not in board.apart:
            board.questions.append(_question(judge, i, options, is_split=i in parted))


def _how(judge: Judge, i: int, j: int) -> How:
    a, b = judge.wording.priors[i], judge.wording.currents[j]
    if a.row.id and a.row.id == b.row.id:
        return How.ID
    return How.EXACT if likeness.same_words(a, b) else How.SIMILAR


def _parted(judge: Judge, verdicts: Verdicts) -> set[int]:
    """Takes apart the items that were split, or asks about them; gives those asked about."""
    board = judge.board
    for i, options in list(verdicts.asked.items()):
        if dealt_out(judge, i, options):
            del verdicts.asked[i]
            for j in options:
                board.split_off(i, j, _how(judge, i, j))
    pairs = dict(verdicts.pairs.keys())
    carried = set(pairs.values())
    new = [j for j in judge.wording.currents if j in board.current.left and j not in carried]
    found = list(parts(judge, pairs, new)) if new else []
    unsure = {part.whole for part in found if not part.sure}
    for part in found:
        verdicts.pairs.pop((part.whole, part.other), None)
        if part.whole in unsure:
            options = [*verdicts.asked.get(part.whole, [part.other]), part.new]
            verdicts.asked[part.whole] = [*dict.fromkeys(options)][:OPTIONS]
        else:
            for j in {part.other, part.new} & board.current.left.keys():
                board.split_off(part.whole, j, How.SIMILAR)
    return unsure


def _assume_exchanges(wording: Wording, verdicts: Verdicts) -> None:
    """Two rows that exchanged their units may have been pasted wrongly: that is told of."""
    by_units: dict[tuple[frozenset[str], frozenset[str]], tuple[int, int]] = {}
    for i, j in verdicts.pairs:
        a, b = wording.priors[i].units, wording.currents[j].units
        if a != b:
            other = by_units.get((b, a))
            by_units[a, b] = (i, j)
            if other:
                verdicts.pairs[i, j] = verdicts.pairs[other] = Level.ASSUMED


def _merge(judge: Judge, pairs: Mapping[int, int], verdicts: Verdicts) -> None:
    """Takes prior rows whose text stands in the partner of another one for merged into it."""
    words, board = judge.wording, judge.board
    lost = [i for i in words.priors if i not in pairs and i in board.prior.left]
    owner = {j: i for i, j in pairs.items()}
    for i in lost:
        options = words.currents if len(words.currents) <= _SEARCHED else judge.of[i]
        if not words.priors[i].row.is_open:  # that it left is no loss, unless it is counted as new in another one
            options = [j for j in options if j not in owner and not words.currents[j].row.is_open]
        found = [k for k in wholes(words, owner, i, list(options), lost) if not board.ruled_out(i, k)]
        if len(found) == 1:
            verdicts.asked.pop(i, None)
            board.merge(i, found[0], How.SIMILAR)
        elif found:
            verdicts.asked[i] = [*dict.fromkeys([*found, *verdicts.asked.get(i, ())])][:OPTIONS]


def _question(judge: Judge, i: int, options: Sequence[int], *, is_split: bool) -> Question:
    """What to ask about a prior row: the candidates with their likeness, and why it cannot be decided."""
    board, a = judge.board, judge.wording.priors[i]
    rows = tuple((board.current.rows[j], likeness.of_texts(a, board.current.face(j))) for j in options)
    best = board.current.face(options[0])
    why, cause = ("像是拆成了几项", Cause.SPLIT) if is_split else (differing(a, best), cause_of(a, best))
    if not a.row.is_open and best.row.is_open:
        why, cause = f"上期已完成，本期相近的一项却在办：{why}", Cause.REOPENED
    return Question(board.prior.rows[i], rows, why, cause)


# ---------------------------------------------------------------------------------------------- 编号


def _of_ids(board: Board, found: Matching) -> Iterator[Problem]:
    """A warning for each 编号 that was reused, copied, or kept with nearly all of its text rewritten."""
    ids = [side.ids for side in (board.prior, board.current)]
    before = {row.id: row for row in board.prior.rows if ids[0][row.id] == 1}
    partner = {pair.current.place: pair.prior for pair in (*found.pairs, *found.split)}
    told = {pair.current.place for pair in found.pairs if pair.how is How.ANSWER}
    asked = {row.place for q in found.questions for row, _ in q.candidates}
    for row in board.current.rows if before else ():
        prior = partner.get(row.place)
        if not row.id or row.place in told or (prior and prior.id == row.id and prior.text == row.text):
            continue
        if ids[1][row.id] > 1:
            if not prior or prior.id != row.id:
                yield _copied(board, row)
        elif row.id in before and (prior.id != row.id if prior else row.place not in asked):
            yield _reused(board, before[row.id], row)
        elif prior and prior.id == row.id and likeness.of_texts(Face(prior), Face(row)) < REWRITTEN:
            yield _rewritten(board, prior, row)


def _reused(board: Board, before: Row, now: Row) -> Problem:
    message = f"编号“{now.id}”上期是“{before.text[:20]}”，本期这一行写的却像是另一项，这个编号不作数"
    fix = "编号不能复制、改写或单独排序；清空有误的编号，程序按文字核对"
    place = board.current.ledger.place(now, ID)
    return Problem(Weight.WARNING, "id_reused", message, fix, place=place, header=ID, item=now.item, value=now.id)


def _copied(board: Board, row: Row) -> Problem:
    message = f"编号“{row.id}”在本期台账里有{board.current.ids[row.id]}行，像是复制行时带来的"
    fix = "原来那一行留着编号，新的一行清空编号"
    place = board.current.ledger.place(row, ID)
    return Problem(Weight.WARNING, "id_copied", message, fix, place=place, header=ID, item=row.item, value=row.id)


def _rewritten(board: Board, before: Row, now: Row) -> Problem:
    message = f"编号“{now.id}”没有变，事项文字却几乎全改了，仍按同一项计；上期是“{before.text[:20]}”"
    fix = "若是另一项，请清空编号"
    place = board.current.ledger.place(now, TASK)
    return Problem(
        Weight.WARNING, "id_rewritten", message, fix, place=place, header=TASK, item=now.item, value=now.text
    )
