"""Which current row carries on which prior row, by evidence from the surest to the least sure.

A person's answer; a row that did not change; a stable 编号; equal text that is unique; similar text with a margin.
A row left over with a likely partner becomes a question. 序号 alone decides nothing, and nothing is guessed: a wrong
pair falsifies the circular, a question costs the clerk one look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from tongbao.matching import likeness
from tongbao.matching.answers import Answer, Finder, Mark, Verdict
from tongbao.matching.board import Board, Names, Side
from tongbao.matching.likeness import NAME, REWRITTEN, SIMILAR, same_units
from tongbao.matching.quoting import where
from tongbao.matching.similar import Table
from tongbao.matching.two_periods import How, Matching
from tongbao.model import ANSWERS_FILE, ID, TASK, Ledger, Level, Problem, Row
from tongbao.words import text

# A text of fewer characters says too little to be known again under another heading: 竣工验收 may be of any project.
# Set by feel: in the 400 periods of `tests/test_simulator.py` 0 changes nothing, 12 gives 5000 questions for 4998.
# The price: 修路 that moves to another heading is asked about.
_SHORT = 6
# Messages below quote 20 characters of a task, to fit two (set by feel; the place leads to the whole text).


def match(prior: Ledger, current: Ledger, answers: Sequence[Answer] = ()) -> tuple[Matching, list[Problem]]:
    """Which row carries on which between the ledgers of two periods, their sheets 销号 included.

    The problems tell which answers were used, which could not be used, and which 编号 cannot be trusted.
    """
    board = Board(prior, current)
    problems = _by_answers(board, [a for a in answers if a.periods == (prior.period.label, current.period.label)])
    _unchanged(board)
    problems += _by_id(board)
    _by_text(board)
    if board.prior.left:
        table = Table(board)
        for i, j, score in table.clear():
            board.pair(i, j, How.SIMILAR, score)
        board.questions.extend(table.questions())
    return board.matching(), problems


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
    return Problem(Level.NOTE, "answer_used", message, "", place=row.place, item=row.item)


def _unused(answer: Answer) -> Problem:
    named = f"上期{answer.prior.place}“{answer.prior.text[:20]}”→{answer.verdict}"
    message = f"“{ANSWERS_FILE}”里的一条答复没有用上：{named}"
    return Problem(Level.WARNING, "answer_unused", message, "核对两行是否还在、是否另有答复，改正或删去这一条")


# ---------------------------------------------------------------------------------------------- equal rows


def _unchanged(board: Board) -> None:
    """Pairs rows with 编号, headings, text, units and name unchanged to the character: most rows of most periods."""

    def names(side: Side) -> dict[int, Hashable]:
        first_closed = len(side.ledger.rows)
        return {
            i: (i < first_closed, r.id, r.section, r.text, r.units, r.cells.get(NAME)) if r.text else None
            for i, r in enumerate(side.rows)
            if i in side.left
        }

    for i, j in board.unique(names):
        if board.free(i, j):
            board.pair(i, j, How.ID if board.prior.rows[i].id else How.EXACT)


def _by_id(board: Board) -> list[Problem]:
    """Pairs rows of the same 编号 if each ledger has it once and neither text stands in another row.

    Gives a warning for each 编号 that was reused, copied, or kept with nearly all of its text rewritten.
    """

    def names(side: Side) -> dict[int, Hashable]:
        return {i: side.rows[i].id if side.ids[side.rows[i].id] == 1 else None for i in side.left}

    problems, rewritten = [], []
    for i, j in board.unique(names):
        if board.free(i, j):
            same = board.prior.face(i).words == board.current.face(j).words
            board.pair(i, j, How.ID) if same else rewritten.append((i, j))
    taken = _better_elsewhere(board, rewritten)
    for i, j in rewritten:
        if (i, j) in taken:
            problems.append(_reused(board, i, j))
            board.doubt(i, j, "编号相同，事项文字却更像另一行")
        else:
            problems += _rewritten(board, i, j)
            board.pair(i, j, How.ID)
    rest = [board.current.rows[j] for j in board.current.left]
    return problems + [_copied(board, row) for row in rest if board.current.ids[row.id] > 1]


def _better_elsewhere(board: Board, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The pairs whose prior or current text stands in another row: the same or, where it was rewritten, similar."""
    if not pairs:
        return set()
    priors, currents = board.prior.faces(), board.current.faces()
    found = board.unique(_parts("name", "text"))
    strange = [(i, j) for i, j in pairs if likeness.of_texts(priors[i], currents[j]) < REWRITTEN]
    nearby = [*likeness.near({i: priors[i] for i, _ in strange}, currents)]
    nearby += likeness.near(priors, {j: currents[j] for _, j in strange})
    found += [(i, j) for i, j in nearby if likeness.of_texts(priors[i], currents[j]) >= SIMILAR]
    others = set(found) - set(pairs)
    wanted = {i for i, _ in others}, {j for _, j in others}
    return {(i, j) for i, j in pairs if i in wanted[0] or j in wanted[1]}


def _reused(board: Board, i: int, j: int) -> Problem:
    before, now = board.prior.rows[i], board.current.rows[j]
    message = f"编号“{now.id}”上期是“{before.text[:20]}”，本期这一行写的却像是另一项，这个编号不作数"
    fix = "编号不能复制、改写或单独排序；清空有误的编号，程序按文字核对"
    place = board.current.ledger.place(now, ID)
    return Problem(Level.WARNING, "id_reused", message, fix, place=place, header=ID, item=now.item, value=now.id)


def _copied(board: Board, row: Row) -> Problem:
    message = f"编号“{row.id}”在本期台账里有{board.current.ids[row.id]}行，像是复制行时带来的"
    fix = "原来那一行留着编号，新的一行清空编号"
    return Problem(
        Level.WARNING,
        "id_copied",
        message,
        fix,
        place=board.current.ledger.place(row, ID),
        header=ID,
        item=row.item,
        value=row.id,
    )


def _rewritten(board: Board, i: int, j: int) -> list[Problem]:
    before, now = board.prior.rows[i], board.current.rows[j]
    if likeness.of_texts(board.prior.face(i), board.current.face(j)) >= REWRITTEN:
        return []
    message = f"编号“{now.id}”没有变，事项文字却几乎全改了，仍按同一项计；上期是“{before.text[:20]}”"
    place = board.current.ledger.place(now, TASK)
    return [
        Problem(
            Level.WARNING,
            "id_rewritten",
            message,
            "若是另一项，请清空编号",
            place=place,
            header=TASK,
            item=now.item,
            value=now.text,
        )
    ]


def _by_text(board: Board) -> None:
    """Pairs rows of equal text, unique on both sides: at first with all else that tells rows apart, then with less."""
    for parts in (
        ("section", "name", "text", "units", "particulars"),
        ("section", "name", "text", "units", "progress"),
        ("section", "name", "text", "units"),
        ("name", "text", "units"),
    ):
        _take(board, board.unique(_parts(*parts)))
    _take(board, _by_short_names(board))
    _by_text_alone(board)


def _parts(*parts: str) -> Names:
    def names(side: Side) -> dict[int, Hashable]:
        faces = side.faces().items()
        return {i: tuple(getattr(face, part) for part in parts) if face.text else None for i, face in faces}

    return names


def _take(board: Board, pairs: Iterable[tuple[int, int]]) -> None:
    """Pairs these rows of equal text, or notes a doubt where their 编号 or headings speak against it."""
    for i, j in pairs:
        why = _other_number(board, i, j) or _other_heading(board, i, j)
        if why:
            board.doubt(i, j, why)
        elif board.free(i, j):
            board.pair(i, j, How.EXACT)


def _other_number(board: Board, i: int, j: int) -> str:
    """Does the current row have the 编号 of another prior row? Then why not to pair them (in Chinese)."""
    before, now = board.prior.rows[i].id, board.current.rows[j].id
    return "文字相同，编号却是另一项的" if before and before != now and board.prior.ids[now] else ""


def _other_heading(board: Board, i: int, j: int) -> str:
    """Is the text too short to be known again under another heading, or does it stand under another meeting?

    Gives why not to pair the rows (in Chinese). A lost heading says nothing: sheets 销号 mostly have none.
    """
    a, b = board.prior.face(i), board.current.face(j)
    if a.section == b.section or not a.section or not b.section:
        return ""
    if len(a.text) < _SHORT:
        return "文字相同但太短，标题又变了"
    if a.row.section in board.current.sections and _numbers(a.section) != _numbers(b.section):
        return "文字相同，却在另一个标题下面，可能是又一次交办"
    return ""


def _numbers(section: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [text.numbers(heading) for heading in section]


def _by_short_names(board: Board) -> list[tuple[int, int]]:
    """The pairs of rows of equal text whose units are the same, abbreviations allowed, and fit no other row."""
    mine, theirs = board.single(_parts("name", "text", "units"))
    same_text: dict[tuple[str, str], list[int]] = {}
    for j in theirs.values():
        same_text.setdefault(board.current.face(j).words, []).append(j)
    fits = [
        (i, j)
        for i in mine.values()
        for j in same_text.get(board.prior.face(i).words, ())
        if same_units(board.prior.face(i).units, board.current.face(j).units)
    ]
    once_i, once_j = Counter(i for i, _ in fits), Counter(j for _, j in fits)
    return [(i, j) for i, j in fits if once_i[i] == once_j[j] == 1]


def _by_text_alone(board: Board) -> None:
    """Pairs rows of equal text whose units differ (a transfer) or whose names do, or notes a doubt.

    It is a doubt where rows may be mixed up: the new units had another row there, or the neighbours changed as well.
    """
    places = board.neighbours()
    held: dict[tuple[str, ...], set[frozenset[str]]] = {}
    for face in board.prior.faces().values():
        held.setdefault(face.section, set()).add(face.units)
    for i, j in board.unique(_parts("name", "text")):
        a, b = board.prior.face(i), board.current.face(j)
        taken = any(same_units(b.units, units) for units in held.get(b.section, ()))
        if board.prior.texts[a.typed] > 1 or board.current.texts[b.typed] > 1:
            board.doubt(i, j, "几行文字相同，责任单位又变了，分不清是哪一行")
        elif not board.renamed(a, b) and (taken or not places.alone(i, j)):
            board.doubt(i, j, "文字相同，责任单位却变了，可能贴错了行")
        elif a.section != b.section or len(a.text) < _SHORT:
            board.doubt(i, j, "文字相同，责任单位和标题都变了")
        else:
            _take(board, [(i, j)])
    for i, j in board.unique(_parts("text", "units", "section")):
        if likeness.same_name(board.prior.face(i), board.current.face(j)) and places.agreement(i, j) == 1:
            _take(board, [(i, j)])
        else:
            board.doubt(i, j, "文字相同，名称却不同")
