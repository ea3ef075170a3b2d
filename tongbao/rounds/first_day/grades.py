"""Grades (A, B, C; 甲, 乙, 丙) that nothing explains: what they most likely mean is proposed, a person says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tongbao.config.kind_words import label_for
from tongbao.config.kinds import Kind
from tongbao.config.vocabulary import Proposal
from tongbao.ledger.labels import Labels
from tongbao.model import State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.sources import Word
from tongbao.rounds.first_day.survey import TableSeen, around
from tongbao.words.text import key

_GRADE = re.compile(r"([a-e甲乙丙丁戊])[级档等类]?")
# In replies to deputies and members the grades are fixed: A solved, B being solved, C kept for reference.
_FIXED = re.compile(r"建议|提案|议案|政协|人大")
# The best may be finished or only go well; nothing in the ledger says which, so this is no more than the first choice.
_LIKELY = {
    "a": State.DONE,
    "甲": State.DONE,
    "b": State.ON_TRACK,
    "乙": State.ON_TRACK,
}


def unexplained(
    words: Sequence[Word], kind: Kind, tables: Sequence[TableSeen], told: Mapping[str, str], answers: Answers
) -> Iterator[Word]:
    """The words of a column; where all are grades and neither a note, the kind nor the matter of the ledger says what
    they mean, those that no person has answered without a label."""
    grades = [_GRADE.fullmatch(key(word.text)) for word in words]
    known = Labels(kind)
    said = any(key(w.text) in told or known.named(w.text)[0] for w in words)
    if not words or said or not all(grades) or _is_of_replies(tables):
        yield from words
        return
    for word, grade in zip(words, grades, strict=True):
        if answers.label(word.text, kind):
            yield word
            continue
        state = _LIKELY.get(grade[1] if grade else "", State.LAGGING)
        label = label_for(kind, Proposal(state, withdrawn=False, sure=False, why=""))
        yield replace(word, label="", why="表上没有说明", sure=False, likely=label.name if label else "")


def _is_of_replies(tables: Sequence[TableSeen]) -> bool:
    """Does a ledger tell of what deputies and members proposed?"""
    return any(
        _FIXED.search(text)
        for table in tables
        for text in (table.name, *around(table), *(column.header for column in table.columns))
    )
