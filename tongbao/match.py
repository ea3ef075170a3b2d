"""Which current row carries on which prior row: graded, from the surest evidence to the least.

A person's answer, then a row that did not change, then a stable 编号, then unique equal text, then similar text with
a clear margin. What is left over with a likely partner becomes a question. Never by 序号 alone, never on the strength
of a guess: a wrong pair falsifies the circular, a question costs the clerk one look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tongbao import likeness, text
from tongbao.answers import FILE, Answer, Finder, Verdict
from tongbao.board import Board, Name, Side
from tongbao.likeness import Difference, Face, Likeness, same_units
from tongbao.model import ID, How, Ledger, Level, Matching, Problem, Question, Row

# A text that is less alike than this was rewritten; one that is at least this alike may be paired without asking,
# if it is ahead of all others by the margin; one less alike than the last is not even worth a question.
REWRITTEN, SIMILAR, MARGIN, ASKABLE = 0.5, 0.75, 0.05, 0.35
# An item that was done already is asked about only where it may well be one that is still on the ledger.
_ASKABLE_IF_DONE = 0.6
_SAME_PROGRESS = 0.5
# A text of fewer characters says too little by itself.
_SHORT = 6
_OPTIONS = 5


def match(prior: Ledger, current: Ledger, answers: Sequence[Answer] = ()) -> tuple[Matching, list[Problem]]:
    """Who carries on whom, between the ledgers of two periods; the sheet 销号 belongs to each.

    Problems tell which answers were used or could not be, and which 编号 cannot be trusted.
    """
    board = Board(prior, current)
    problems = _by_answers(board, [a for a in answers if a.periods == (prior.period.label, current.period.label)])
    _unchanged(board)
    problems += _by_id(board)
    _by_text(board)
    if board.prior.left:
        _by_likeness(board)
    return board.matching(), problems


# ---------------------------------------------------------------------------------------------- answers


def _by_answers(board: Board, answers: Sequence[Answer]) -> list[Problem]:
    """What a person decided stands, and is said; an answer whose rows are not there (any more) is said too."""
    if not answers:
        return []
    priors, currents = Finder(board.prior.rows), Finder(board.current.rows)
    problems = []
    for answer in answers:
        i, j = priors.find(answer.prior), currents.find(answer.current)
        settled = i is not None and _settle(board, answer, i, j)
        problems.append(_used(board, answer, i, j) if i is not None and settled else _unused(answer))
    return problems


def _settle(board: Board, answer: Answer, i: int, j: int | None) -> bool:
    """Does as one answer says. False where it names no row, or rows that an answer before settled otherwise."""
    free = i in board.prior.left
    untaken = j in board.current.left
    match answer.verdict:
        case Verdict.WITHDRAWN if free:
            board.withdraw(i, answer.reason)
        case Verdict.DIFFERENT if j is not None:
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


def _used(board: Board, answer: Answer, i: int, j: int | None) -> Problem:
    row = board.prior.rows[i]
    to = answer.reason if j is None else f"本期第{board.current.rows[j].place.row}行"
    message = f"按“{FILE}”里的答复处理：{answer.verdict}（{to}）"
    return Problem(Level.NOTE, "answer_used", message, "", row.place, item=row.item)


def _unused(answer: Answer) -> Problem:
    named = f"上期{answer.prior.place}“{answer.prior.text[:20]}”→{answer.verdict}"
    message = f"“{FILE}”里的一条答复没有用上：{named}"
    return Problem(Level.WARNING, "answer_unused", message, "核对两行是否还在、是否另有答复，改正或删去这一条")


# ---------------------------------------------------------------------------------------------- equal rows


def _unchanged(board: Board) -> None:
    """Rows whose identity did not change by a single character: most rows of most periods."""

    def name(side: Side, index: int) -> tuple[object, ...]:
        row = side.rows[index]
        return (side.is_closed(index), row.id, row.section, row.text, row.units, row.cells.get("名称"))

    for i, j in board.unique(name):
        if board.free(i, j):
            board.pair(i, j, How.ID if board.prior.rows[i].id else How.EXACT)


def _by_id(board: Board) -> list[Problem]:
    """The same 编号, once in each file, whatever became of the text: unless that text belongs to another row."""

    def name(side: Side, index: int) -> str | None:
        row = side.rows[index]
        return row.id if side.ids[row.id] == 1 else None

    problems, rewritten = [], []
    for i, j in board.unique(name):
        if board.free(i, j):
            same = _same_words(board.prior.face(i), board.current.face(j))
            board.pair(i, j, How.ID) if same else rewritten.append((i, j))
    taken = _better_elsewhere(board, rewritten)
    for i, j in rewritten:
        if (i, j) in taken:
            problems.append(_reused(board, i, j))
            board.doubts[i, j] = "编号相同，事项文字却更像另一行"
        else:
            board.pair(i, j, How.ID)
    rest = [board.current.rows[j] for j in board.current.left]
    return problems + [_copied(board, row) for row in rest if board.current.ids[row.id] > 1]


def _same_words(a: Face, b: Face) -> bool:
    return (a.name, a.text) == (b.name, b.text)


def _better_elsewhere(board: Board, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the pairs of which one row's text stands in another row: word for word or, after rewriting, nearly."""
    if not pairs:
        return set()
    priors, currents = board.prior.faces(), board.current.faces()
    found = board.unique(lambda side, index: (side.face(index).name, side.face(index).text))
    strange = [(i, j) for i, j in pairs if likeness.of_texts(priors[i], currents[j]) < REWRITTEN]
    for some, others in (
        ({i: priors[i] for i, _ in strange}, currents),
        (priors, {j: currents[j] for _, j in strange}),
    ):
        found += [
            (i, j) for i, j in likeness.near(some, others) if likeness.of_texts(priors[i], currents[j]) >= SIMILAR
        ]
    known = set(pairs)
    wanted_i = {i for i, j in found if (i, j) not in known}
    wanted_j = {j for i, j in found if (i, j) not in known}
    return {(i, j) for i, j in pairs if i in wanted_i or j in wanted_j}


def _reused(board: Board, i: int, j: int) -> Problem:
    before, now = board.prior.rows[i], board.current.rows[j]
    message = f"编号“{now.id}”上期是“{before.text[:20]}”，本期这一行写的却像是另一项，这个编号不作数"
    fix = "编号不能复制、改写或单独排序；清空有误的编号，程序按文字核对"
    place = board.current.ledger.place(now, ID)
    return Problem(Level.WARNING, "id_reused", message, fix, place, ID, now.item, now.id)


def _copied(board: Board, row: Row) -> Problem:
    message = f"编号“{row.id}”在本期台账里有{board.current.ids[row.id]}行，像是复制行时带来的"
    fix = "原来那一行留着编号，新的一行清空编号"
    return Problem(Level.WARNING, "id_copied", message, fix, board.current.ledger.place(row, ID), ID, row.item, row.id)


def _by_text(board: Board) -> None:
    """Equal text, unique on both sides: with all that tells rows apart at first, then with less of it."""
    for parts in (
        ("section", "name", "text", "units", "particulars"),
        ("section", "name", "text", "units", "progress"),
        ("section", "name", "text", "units"),
        ("name", "text", "units"),
    ):
        _take(board, board.unique(_parts(*parts)))
    for priors, currents in board.groups(_parts("name", "text")):
        _take(board, _by_short_names(board, priors, currents))
    _by_text_alone(board)


def _parts(*parts: str) -> Name:
    return lambda side, index: tuple(getattr(side.face(index), part) for part in parts)


def _take(board: Board, pairs: Iterable[tuple[int, int]]) -> None:
    """Pairs the rows unless something else than their text speaks against it."""
    for i, j in pairs:
        why = _other_number(board, i, j) or _other_meeting(board, i, j)
        if why:
            board.doubts[i, j] = why
        elif board.free(i, j):
            board.pair(i, j, How.EXACT)


def _other_number(board: Board, i: int, j: int) -> str:
    """Does the current row bear the 编号 of another prior row?"""
    before, now = board.prior.rows[i].id, board.current.rows[j].id
    return "文字相同，编号却是另一项的" if before and before != now and board.prior.ids[now] else ""


def _other_meeting(board: Board, i: int, j: int) -> str:
    """Does the text stand under a new heading with other numerals, while its own heading is still there?"""
    before, now = board.prior.face(i), board.current.face(j)
    moved = now.row.section not in board.prior.sections and before.row.section in board.current.sections
    if moved and not now.row.done and _numbers(before.section) != _numbers(now.section):
        return "文字相同，却在新的标题下面，可能是又一次交办"
    return ""


def _numbers(section: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [text.numbers(heading) for heading in section]


def _by_short_names(board: Board, priors: list[int], currents: list[int]) -> list[tuple[int, int]]:
    """Rows of one text whose units are the same if one of the two names is taken for an abbreviation."""
    fits = [
        (i, j) for i in priors for j in currents if same_units(board.prior.face(i).units, board.current.face(j).units)
    ]
    once_i, once_j = Counter(i for i, _ in fits), Counter(j for _, j in fits)
    return [(i, j) for i, j in fits if once_i[i] == once_j[j] == 1]


def _by_text_alone(board: Board) -> None:
    """Equal text but other units: a transfer, unless the rows may have got mixed up. And equal text, other name."""
    places = board.neighbours()
    for i, j in board.unique(_parts("name", "text")):
        a, b = board.prior.face(i), board.current.face(j)
        if board.prior.texts[a.row.text] > 1 or board.current.texts[b.row.text] > 1:
            board.doubts[i, j] = "几行文字相同，责任单位又变了，分不清是哪一行"
        elif not board.renamed(a, b) and (_rivals(board, i, b) or not places.alone(i, j)):
            board.doubts[i, j] = "文字相同，责任单位却变了，可能贴错了行"
        elif a.section != b.section or len(a.text) < _SHORT:
            board.doubts[i, j] = "文字相同，责任单位和标题都变了"
        else:
            _take(board, [(i, j)])
    for i, j in board.unique(_parts("text", "units", "section")):
        renamed = likeness.same_name(board.prior.face(i), board.current.face(j)) and places.agreement(i, j) == 1
        board.doubts.setdefault((i, j), "文字相同，名称却不同") if not renamed else _take(board, [(i, j)])


def _rivals(board: Board, i: int, b: Face) -> bool:
    """Is there another prior row left, under the same heading, that has the units of the current row?"""
    others = (face for index, face in board.prior.faces().items() if index != i)
    return any(face.section == b.section and same_units(face.units, b.units) for face in others)


# ---------------------------------------------------------------------------------------------- similar rows


def _by_likeness(board: Board) -> None:
    """Similar text, ahead of all others on both sides by a margin, and without a difference that may matter."""
    table = _Table(board)
    for (i, j), found in table.clear():
        board.pair(i, j, How.SIMILAR, round(found.score, 3))
    board.questions.extend(filter(None, (table.question(i) for i in board.prior.left)))


class _Table:
    """The likeness of all pairs worth comparing among the rows left (and those that others may have gone into)."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.places = board.neighbours()
        priors = board.prior.faces()
        currents = board.current.faces() | {j: board.current.face(j) for j in board.changed()}
        self.found: dict[tuple[int, int], Likeness] = {
            (i, j): likeness.compare(priors[i], currents[j], self.places.agreement(i, j))
            for i, j in likeness.near(priors, currents)
            if (i, j) not in board.apart
        }
        self.by_prior: dict[int, list[int]] = {}
        self.by_current: dict[int, list[int]] = {}
        for i, j in sorted(self.found, key=lambda pair: -self.found[pair].score):
            self.by_prior.setdefault(i, []).append(j)
            self.by_current.setdefault(j, []).append(i)

    def clear(self) -> list[tuple[tuple[int, int], Likeness]]:
        """The pairs that need no question."""
        return [
            ((i, j), found)
            for (i, j), found in self.found.items()
            if self.board.free(i, j) and found.task >= SIMILAR and self._ahead(i, j) and not self._objection(i, j)
        ]

    def _ahead(self, i: int, j: int) -> bool:
        """Is the pair better by the margin than any other pair of either row?"""
        left = self.board.current.left
        others = [self.found[i, other] for other in self.by_prior[i] if other != j and other in left]
        others += [self.found[other, j] for other in self.by_current[j] if other != i]
        return all(self.found[i, j].score - other.score >= MARGIN for other in others)

    def _objection(self, i: int, j: int) -> str:
        """What speaks against pairing two similar rows without asking (in Chinese); empty if nothing does."""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        found = self.found[i, j]
        doubt = next((why for pair, why in self.board.doubts.items() if i == pair[0] or j == pair[1]), "")
        if doubt or _same_words(a, b):
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
        """Of two rows one of which has clauses more: does the other say anything that only this one row said?"""
        short, rows = (b, self.board.prior.rows) if len(b.text) < len(a.text) else (a, self.board.current.rows)
        return any(sum(clause in row.text for row in rows) < 2 for clause in likeness.clauses(short.row.text))

    def _vouched(self, i: int, j: int) -> bool:
        """Is all but the text the same, and the row's place or its progress too?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        same = (a.section, a.name) == (b.section, b.name) and same_units(a.units, b.units)
        return same and (self.places.agreement(i, j) == 1 or likeness.of_progress(a, b) >= _SAME_PROGRESS)

    def _other_parts(self, i: int, j: int) -> bool:
        """Does another current row hold a piece of the prior one which this one does not hold?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        others = (o for o in self.by_prior.get(i, ()) if o != j and o in self.board.current.left)
        return any(self._is_piece(self.board.current.face(o), a, b, self.found[i, o].around) for o in others)

    def _other_wholes(self, i: int, j: int) -> bool:
        """Was another prior row, or a piece of it, put into the current one?"""
        a, b = self.board.prior.face(i), self.board.current.face(j)
        others = (o for o in self.by_current.get(j, ()) if o != i)
        return any(self._is_piece(self.board.prior.face(o), b, a, self.found[o, j].within) for o in others)

    @staticmethod
    def _is_piece(part: Face, whole: Face, other: Face, held: bool) -> bool:
        """Is a row, or a clause of it, a piece of the whole that the other row (of the whole's side) lacks?"""
        if held:
            return not likeness.holds(other.text, part.text)
        near = (part.section, part.name) == (whole.section, whole.name)
        shared = not part.units.isdisjoint(whole.units) or same_units(part.units, whole.units)
        return near and shared and likeness.has_some_of(part, whole.gist - other.gist)

    def question(self, i: int) -> Question | None:
        """What to ask about a prior row that is left: its likely partners, best first; None where it has none."""
        options = {j: self.found[i, j].task for j in self.by_prior.get(i, ()) if self._worth_asking(i, j)}
        options |= {j: 1.0 for who, j in self.board.doubts if who == i and j in self.board.current.left}
        if not options:
            return None
        chosen = sorted(options, key=lambda j: -options[j])[:_OPTIONS]
        row, rows = self.board.prior.rows[i], self.board.current.rows
        return Question(row, tuple((rows[j], options[j]) for j in chosen), self._why(i, chosen))

    def _worth_asking(self, i: int, j: int) -> bool:
        a, b, found = self.board.prior.face(i), self.board.current.face(j), self.found[i, j]
        if found.within:
            return True
        if j not in self.board.current.left:
            return False
        near = a.section == b.section or bool(a.units & b.units)
        least = _ASKABLE_IF_DONE if a.row.done else ASKABLE if near else REWRITTEN
        return found.around or found.task >= least

    def _why(self, i: int, chosen: Sequence[int]) -> str:
        j = chosen[0]
        found = self.found.get((i, j))
        if (i, j) in self.board.doubts:
            return self.board.doubts[i, j]
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
