"""Columns that are answered by 是 and 否 or by a tick: what an answer says hangs on the header."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from tongbao.config.kind_words import label_for, sure_label
from tongbao.config.kinds import Kind, Label
from tongbao.config.vocabulary import Proposal
from tongbao.excel.values import text_of
from tongbao.ledger.labels import Labels
from tongbao.model import State
from tongbao.rounds.first_day.content import is_day
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen
from tongbao.words.text import key

# As keys: what says yes in such a cell, and what says no.
_SAYING_YES = "√✓✔☑🗹●■是有对y1v"
_SAYING_NO = "×✗✘☒☐□◻🗆○否无未n0-—/x"
YES = frozenset(map(key, [*_SAYING_YES, "true", "yes"]))
NO = frozenset(map(key, [*_SAYING_NO, "false", "no"]))
_ASKING = re.compile(r"^(?:是否|有无|能否|有否)(?:已)?|(?:与否|情况|状态|打√|打勾)$|[（(][^）)]*[）)]")
# That it was begun says nothing of how it goes on, nor does 否 before its day has come.
_BEGUN = re.compile("开工|动工|启动|开始|进场")
_A_QUESTION = re.compile("是否|有无|能否|有否|与否")
_PLAIN = ("是", "否")
_DAYS_LATE = re.compile(r"(?:天数|日数)(?:[（(].*[）)])?$|[（(][天日][）)]$")
_DAYS = re.compile(r"-?\d+(?:\.0)?[天日]?|[-—/]|无|未超期|未逾期")
_ORDER = (State.DONE, State.LAGGING, State.AT_RISK, State.ON_TRACK)
_OFTEN = 0.8  # of a column of days that may be deadlines or ends, so many at most are filled where they are ends
_FINISHED = "完成日期"  # the meaning of a header in the vocabulary
_CONTRARY = {State.ON_TRACK: State.LAGGING, State.LAGGING: State.ON_TRACK, State.AT_RISK: State.ON_TRACK}


def is_answered(words: Collection[str]) -> bool:
    """Are these keys of words nothing but yes and no?"""
    return bool(words) and set(words) <= YES | NO


def asked_state(header: str, kind: Kind) -> State | None:
    """The state that a header asks about: on track for 是否达序时, done for 是否办结; None where it is none."""
    proposal = kind.vocabulary.propose(_ASKING.sub("", header))
    return proposal.state if proposal and not proposal.withdrawn else None


def answer_label(word: str, header: str, kind: Kind) -> tuple[Label | None, str]:
    """The label of a yes or a no under a header, and why; nothing where the header asks about no state."""
    state = asked_state(header, kind)
    if state is None or key(word) not in YES | NO:
        return None, ""
    said = state if key(word) in YES else _CONTRARY.get(state, State.ON_TRACK)
    why = f"表头是“{header}”"
    return label_for(kind, Proposal(said, withdrawn=False, sure=False, why=why)), why


def done_column(column: ColumnSeen, kind: Kind) -> bool:
    """Does a column say by yes and no, or by a tick, whether an item is done?"""
    words = {key(text) for text in column.said}
    return is_answered(words) and asked_state(column.parts[-1], kind) is State.DONE


def done_or_not(column: ColumnSeen, kind: Kind) -> dict[str, str]:
    """The labels of a column's words where these only say that an item is done or that it is not (办结, 未办结): the
    denial has an empty one, as it says nothing of a delay. Empty where other words stand beside them.
    """
    known, vocabulary, labels = Labels(kind), kind.vocabulary, dict[str, str]()
    for text in dict.fromkeys(column.said):
        own = known.named(text)[0] or sure_label(kind, text)
        said = vocabulary.propose(text)
        if own is None and vocabulary.is_open(text):
            labels[text] = ""
        elif label := own or (label_for(kind, said) if said else None):
            labels[text] = label.name
    said_so = set(labels.values())
    both = "" in said_so and len(said_so) > 1 and len(labels) == len(set(column.said))
    return labels if both and said_so <= {"", *(it.name for it in kind.labels if it.is_done)} else {}


def late_columns(table: TableSeen, kind: Kind) -> list[tuple[ColumnSeen, Mapping[str, str]]]:
    """The columns that say of what is late: by an answer (是否超期), by how many days it is (超期天数)."""
    found: list[tuple[ColumnSeen, Mapping[str, str]]] = []
    for column in table.columns:
        header, words = column.parts[-1], {key(text) for text in column.said}
        days = _DAYS_LATE.search(header)
        if asked_state(_DAYS_LATE.sub("", header), kind) is not State.LAGGING or not words:
            continue
        late = answer_label("是", _DAYS_LATE.sub("", header), kind)[0]
        if late and days and all(_DAYS.fullmatch(word) for word in words):
            found.append((column, {"": late.name}))
        elif late and not days and is_answered(words):
            found.append((column, {text: late.name for text in ("是", *column.said) if key(text) in YES}))
    return found


def asked_columns(table: TableSeen, kind: Kind) -> list[tuple[ColumnSeen, dict[str, str]]]:
    """Columns that ask each for a state (是否办结, 是否超期), each with the labels of its answers; the one of what is
    done first, as what was done late is done. None where they are not several, one of them of what is done.
    """
    found = []
    for column in table.columns:
        state = None if _BEGUN.search(column.parts[-1]) else asked_state(column.parts[-1], kind)
        if state and _A_QUESTION.search(column.parts[-1]) and is_answered({key(text) for text in column.said}):
            said = dict.fromkeys([*column.said, *([] if state is State.DONE else _PLAIN)])
            given = {text: answer_label(text, column.parts[-1], kind)[0] for text in said}
            labels = {text: label.name for text, label in given.items() if label and label.is_done >= _ends(state)}
            found.append((_ORDER.index(state) if state in _ORDER else len(_ORDER), column, labels))
    states = {rank for rank, _, _ in found}
    return [(column, labels) for _, column, labels in sorted(found, key=lambda it: it[0])] if {0} < states else []


def _ends(state: State) -> bool:
    """否 under 是否办结 says nothing more: the other columns are asked."""
    return state is State.DONE


def tick_columns(table: TableSeen, kind: Kind) -> list[tuple[ColumnSeen, Label]]:
    """The columns in which a tick says how an item stands: several, or one that says that it is done."""
    found: list[tuple[ColumnSeen, Label]] = []
    for column in table.columns:
        words = {key(text) for text in column.said}
        state = asked_state(column.parts[-1], kind)
        label = label_for(kind, Proposal(state, withdrawn=False, sure=False, why="")) if state else None
        if label and words <= YES | NO and (words or len(column.parts) > 1):
            found.append((column, label))
    one = len(found) == 1 and found[0][1].is_done
    return found if (len(found) > 1 or one) and any(c.evidence for c, _ in found) else []


def finish_column(table: TableSeen, kind: Kind, deadline: ColumnSeen | None) -> ColumnSeen | None:
    """The column of the days on which items were finished (实际完成日期), blank where one is not."""
    vocabulary = kind.vocabulary
    for column in table.columns:
        texts = (column.parts[-1], column.header)
        known = vocabulary.known(texts[0]) or vocabulary.known(texts[1]) or vocabulary.fields(texts[1])
        often_blank = len(column.values) <= _OFTEN * len(column.cells)
        beside = deadline is not None and column is not deadline
        meant = known[:1] == (_FINISHED,) or (_FINISHED in known and (beside or often_blank))
        if meant and (beside or often_blank or deadline is None) and _are_days_or_blank(column):
            return column
    return None


def _are_days_or_blank(column: ColumnSeen) -> bool:
    days = [cell for cell in column.values if key(text_of(cell)) not in NO]
    return bool(days) and len(days) < len(column.cells) and all(map(is_day, days))


def stand_together(column: ColumnSeen, ticks: list[tuple[ColumnSeen, Label]]) -> bool:
    """Is a column one of several to tick that stand under one header, or one of which says what lags?"""
    if len(ticks) < 2 or column.number not in [c.number for c, _ in ticks]:
        return False
    groups = {c.parts[:-1] for c, _ in ticks}
    return (len(groups) == 1 and groups != {()}) or any(label.state is State.LAGGING for _, label in ticks)


def done_label(kind: Kind) -> str:
    """The label of what is done."""
    return next(it.name for it in kind.labels if it.state is State.DONE and it.is_done)
