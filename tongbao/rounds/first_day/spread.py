"""A state told by two places together: one column says what is done, another what is late of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tongbao.config.kinds import Kind, Label
from tongbao.model import PROGRESS, State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.claims import SAID, is_state, says_state
from tongbao.rounds.first_day.labelling import judged
from tongbao.rounds.first_day.meaning import Understood, outdated
from tongbao.rounds.first_day.sources import Source, Where
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen
from tongbao.rounds.first_day.ticked import answer_label, asked_state, is_answered, tick_columns
from tongbao.rounds.first_day.wordless import by_text
from tongbao.words.text import key

_BAD = frozenset((State.LAGGING, State.AT_RISK))
# A stage stands for a state in some kinds: 建设阶段 已竣工, 在建.
_STAGE = frozenset(("建设阶段", "开工情况"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A column and the label of each of its words; `asks`: it is answered by yes and no."""

    column: ColumnSeen
    labels: Mapping[str, Label] = field(default_factory=dict)
    asks: bool = False

    def has(self, *states: State) -> bool:
        """Is one of its words of one of these states?"""
        return any(label.state in states or (State.DONE in states and label.is_done) for label in self.labels.values())


def spread(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> Source | None:
    """The column of what is done with that of what is late; where only what is late has one, the texts that end it."""
    kind = understood.kind
    meaning = understood.fields.get(kind.status.field)
    if meaning and meaning.why == SAID:
        return None
    if any(label.is_done for _, label in tick_columns(understood.table, kind)):
        return None  # a column to tick for each state, one of them for what is done
    told = list(_told(understood, tables, answers))
    late = next((it for it in told if it.has(*_BAD) and not it.has(State.DONE)), None)
    if late is None:
        return None
    done = next((it for it in told if it.has(State.DONE) and not it.has(*_BAD)), None)
    asked = (late.column.parts[-1], {word: label.name for word, label in late.labels.items()})
    if done:
        ends = {word: "" if it.state is State.ON_TRACK else it.name for word, it in done.labels.items()}
        why = f"办结看“{done.column.parts[-1]}”，其余看“{late.column.parts[-1]}”"
        return Source(Where.COLUMNS, columns=((done.column.parts[-1], ends), asked), why=why)
    if late.asks and by_text(understood, tables):
        why = f"进展写明完成的算办结，其余看“{late.column.parts[-1]}”"
        return Source(Where.COLUMNS, columns=(asked,), head_of=PROGRESS, why=why)
    return None


def _told(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> Iterator[_Told]:
    kind, table = understood.kind, understood.table
    older = {c.number for c in outdated(table, kind)}
    taken = {it.column.number for name, it in understood.fields.items() if name not in (kind.status.field, PROGRESS)}
    for column in (c for c in table.columns if c.number not in older | taken and c.evidence):
        if is_answered(set(map(key, column.said))):
            yield from _asking(column, kind)
        elif is_state(column, kind) and _is_told_of(column, kind):
            words = list(judged(Counter(column.said), kind, column.header, tables, answers))
            names = {label.name: label for label in kind.labels}
            if all(word.label for word in words):
                yield _Told(column, {word.text: names[word.label] for word in words})


def _is_told_of(column: ColumnSeen, kind: Kind) -> bool:
    """Does the header mean the state or a stage? 问题等级 is graded by words that may be states, and tells of none."""
    known = kind.vocabulary.known(column.parts[-1])
    return says_state(column, kind) or bool(_STAGE.intersection(known)) or PROGRESS in known


def _asking(column: ColumnSeen, kind: Kind) -> Iterator[_Told]:
    state = asked_state(column.parts[-1], kind)
    if state in (None, State.DONE):
        return
    given = {text: answer_label(text, column.parts[-1], kind)[0] for text in dict.fromkeys(column.said)}
    yield _Told(column, {text: label for text, label in given.items() if label}, asks=True)
