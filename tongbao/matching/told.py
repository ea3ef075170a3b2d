"""The problems that comparing two periods gives: open questions, untraced and returned rows, missing reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tongbao.matching.face import Face
from tongbao.matching.history import History
from tongbao.matching.likeness import SIMILAR, Difference, difference, of_texts, same_units
from tongbao.matching.quoting import where, which
from tongbao.matching.two_periods import Bond, Changes, Fate, How, Matching, Pair, Question
from tongbao.model import ANSWERS_FILE, PROGRESS, REASON, Ledger, Level, Place, Problem, Row
from tongbao.words.text import first_few, shortened

# Where ledgers say why an item was withdrawn, the surest column first. Any text counts: a withdrawn row whose progress
# still says 正在施工 is not told to give a reason.
REASONS = ("理由", REASON, PROGRESS)
# A quoted task is cut here so that two of them fit one message (set by feel; the place leads to the whole text).
_QUOTED = 30
# So many items of a sort are named in a line (set by feel); the page of 核对表 with this title has all of them.
_NAMED = 3
BASIS = "认定依据"


def reason(row: Row) -> str:
    """Why a row was withdrawn, in the words of the ledger; empty where it does not say."""
    return next(filter(None, map(row.get, REASONS)), "")


def told(
    changes: Changes, matching: Matching, history: History, earlier: Sequence[Ledger], links: Sequence[Matching]
) -> list[Problem]:
    """All problems of the two periods. Questions and untraced rows are errors: they stop the circular."""
    return [
        *map(_question, matching.questions),
        *_assumed(changes),
        *_unaccounted(changes, matching),
        *_lost_before(changes, history),
        *map(_reopened, changes.reopened),
        *_returned(changes, history),
        *_like_closed(changes),
        *_unexplained(changes),
        *_unsettled(earlier, links),
    ]


def _question(question: Question) -> Problem:
    """An open question, quoting both rows. It stops the circular because the figures depend on the answer."""
    best, score = question.candidates[0]
    likest = f"{where(best)}“{shortened(best.text, _QUOTED)}”（相似{score:.0%}）"
    others = f"；另有{len(question.candidates) - 1}处相近" if len(question.candidates) > 1 else ""
    message = f"上期这一项在本期没有原样对上，最像{likest}：{question.why}{others}"
    fix = "在“对应关系”表的“答复”列选：同一项、不是同一项、并入、拆分或撤销（写明理由）"
    return _problem(Level.ERROR, "undecided", question.row, message, fix)


def _assumed(changes: Changes) -> Iterator[Problem]:
    """The pairs that count though some doubt is left, in one line: a person looks at them in 核对表."""
    if changes.assumed:
        sorts: dict[str, list[str]] = defaultdict(list)
        numbers = Counter(which(pair.current) for pair in changes.assumed)
        for pair in changes.assumed:
            name = which(pair.current)
            # Sub-rows of one 序号, and rows into which others were merged, are told apart by their line.
            sorts[_sort(pair)].append(name if numbers[name] == 1 else f"第{pair.current.place.row}行")
        said = "；".join(f"{sort}的{len(rows)}处（{first_few(rows, _NAMED)}）" for sort, rows in sorts.items())
        basis = f"依据见“{ANSWERS_FILE}”的“疑问”一栏，也见核对表的“{BASIS}”"
        message = f"有{len(changes.assumed)}处不问您，由程序认定：{said}。{basis}"
        fix = f"请核对；认错了的，在“{ANSWERS_FILE}”那一行的答复里填“不是”，再运行一次"
        yield Problem(Level.WARNING, "assumed", message, fix, place=Place(changes.current.file))


def _sort(pair: Pair) -> str:
    """What was assumed, by what changed."""
    if pair.bond is not Bond.SAME:
        return f"认定为{pair.bond}"
    a, b = Face(pair.prior), Face(pair.current)
    moved = a.name != b.name or a.section != b.section
    changed = {"文字": a.text != b.text, "责任单位": not same_units(a.units, b.units), "名称或标题": moved}
    parts = "、".join(name for name, is_so in changed.items() if is_so)
    return f"{parts}变了、仍认定为同一项" if parts else "文字、责任单位没有变、凭位置等认定为同一项"


def _unaccounted(changes: Changes, matching: Matching) -> Iterator[Problem]:
    """Prior rows that cannot be traced and that no question is about."""
    asked = {question.row.place for question in matching.questions}
    for outcome in changes.outcomes:
        if outcome.fate is Fate.UNACCOUNTED and outcome.row.place not in asked:
            fix = "补回本期台账（划掉的行不算）；或移到“销号”表并注明；或在“对应关系”表里答复并入、拆分或撤销及理由"
            message = f"上期未完成，本期的{changes.current.file}里没有，去向不明"
            yield _problem(Level.ERROR, "unaccounted", outcome.row, message, fix)


def _lost_before(changes: Changes, history: History) -> Iterator[Problem]:
    """Items that left unfinished before the prior ledger, and stand in none since.

    A warning: the paper of that period was to tell of them, and this period's total does not fall by them.
    """
    for thread, lacking in history.lost:
        if lacking is not changes.current:
            message = f"{where(thread.last)}未完成，{lacking.file}里没有，以后也没有，去向不明"
            fix = f"按那一期运行一次（-p {lacking.period.token}），答复并入、拆分或撤销；漏了的补进本期台账"
            yield _problem(Level.WARNING, "lost_before", thread.last, message, fix)


def _reopened(pair: Pair) -> Problem:
    word = "已撤销" if pair.prior.withdrawn else "已完成"
    message = f"{where(pair.prior)}{word}，本期又列为“{pair.current.label or '未完成'}”"
    return _problem(Level.WARNING, "reopened", pair.current, message, "核对状态；确属重新办理的不用改")


def _returned(changes: Changes, history: History) -> Iterator[Problem]:
    """Rows that the prior ledger lacked: known from an older ledger, or on the sheet 销号 without ever being open."""
    assert changes.prior is not None
    for row in changes.added:
        thread = history.origins.get(row.place)
        if thread:
            message = f"上期的{changes.prior.file}里没有，{where(thread.last)}却有，按本期新增计"
            yield _problem(Level.WARNING, "returned", row, message, "核对上期台账是否漏了这一行")
    closed = {row.place for row in changes.current.closed}
    for row in changes.newly_completed:
        if row.place in closed and row.place not in history.origins:
            message = "“销号”表里有，以前各期台账里都没有，按本期新增并完成计"
            fix = "首期台账以前已销号的（已计入 opening 的）请从“销号”表删去"
            yield _problem(Level.WARNING, "closed_unseen", row, message, fix)


def like_closed(changes: Changes) -> Iterator[Pair]:
    """New rows in almost the words of an item that is over, each with its last row: typed anew, it counts twice."""
    over: dict[str, list[Row]] = {}
    for entry in changes.register:
        if entry.done and not entry.in_sheet:
            for unit in entry.row.units:
                over.setdefault(unit, []).append(entry.row)
    for row in changes.added if over else ():
        face = Face(row)
        near = {other.place: other for unit in row.units for other in over.get(unit, ()) if not row.done}
        likest = max(near.values(), key=lambda other: of_texts(face, Face(other)), default=None)
        same = likest and difference(face, Face(likest)) < Difference.REPLACED
        if likest and same and (score := of_texts(face, Face(likest))) >= SIMILAR:
            yield Pair(likest, row, How.SIMILAR, score)


def _like_closed(changes: Changes) -> Iterator[Problem]:
    for pair in like_closed(changes):
        quoted = f"“{shortened(pair.prior.text, _QUOTED)}”（{where(pair.prior)}，相似{pair.score:.0%}）"
        message = f"像是已经办结的{quoted}，按本期新增计"
        fix = "确是重新办理的，把那一行从“销号”表移回来（或照原来的文字写）；又一次交办的不用改"
        if changes.prior and pair.prior.place.file == changes.prior.file:
            fix = f"确是重新办理的，在“{ANSWERS_FILE}”那一行的答复里填“是”，再运行一次；又一次交办的不用改"
        yield _problem(Level.WARNING, "like_closed", pair.current, message, fix)


def _unexplained(changes: Changes) -> Iterator[Problem]:
    """Rows of the current ledger that were withdrawn without a reason."""
    assert changes.prior is not None
    for row in changes.withdrawn:
        if row.place.file != changes.prior.file and not reason(row):
            fix = "在这一行的" + "、".join(REASONS) + "任一列写明理由"
            yield _problem(Level.WARNING, "withdrawn_unexplained", row, "撤销没有写明理由", fix)


def _unsettled(earlier: Sequence[Ledger], links: Sequence[Matching]) -> Iterator[Problem]:
    """Unanswered questions of earlier periods about items that were done: these may be counted twice now."""
    for before, now, link in zip(earlier, earlier[1:], links, strict=False):
        count = sum(question.row.done for question in link.questions)
        if count:
            message = f"与{before.file}之间有{count}处疑问没有答复，涉及已完成的事项，累计数可能重复"
            fix = f"按那一期运行一次（-p {now.period.token}），答复疑问"
            yield Problem(Level.WARNING, "older_undecided", message, fix, place=Place(now.file))


def _problem(level: Level, code: str, row: Row, message: str, fix: str) -> Problem:
    return Problem(level, code, message, fix, place=row.place, item=row.item, value=row.typed)
