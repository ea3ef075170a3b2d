"""What one column of a table may be, each with how sure it is: by its header, by words of all kinds, by its cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from statistics import mean

from tongbao.config.kind_words import fields_of, sure_label
from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.config.wordparts import subject_of
from tongbao.ledger.labels import Labels
from tongbao.model import DEADLINE, ID, LAST_PROGRESS, NO, PROGRESS, STATUS, TASK, State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.content import CROSSES, TICKS, Sort, is_wordy, sort_of
from tongbao.rounds.first_day.survey import ColumnSeen
from tongbao.rounds.first_day.ticked import asked_state, is_answered
from tongbao.words.text import key

_BRACKETS = re.compile(r"[(（〔【\[][^()（）〔〕【】\[\]]*[)）〕】\]]")
# How sure a claim is: the kind's own header, a word of all kinds, a part of a word, the content alone. What the cells
# are adds to it or takes from it. Only the order of these matters (set by feel).
_SAID = 9.0
_OWN, _KNOWN, _STANDS_FOR, _PART, CONTENT = 3.0, 2.4, 2.1, 1.8, 1.0
_FITS, _STRANGE = 0.5, -1.5
# What 是否逾期 has less than a column that may say that an item is done.
_OF_DELAY = 1.4
# What repetition takes from a claim to be the task, at most; the share of its cells that must differ where nothing else
# says that it is (set by feel).
_REPEATED, MOST_DIFFER = 0.25, 0.7
# The share of a column's words that must be words of state, so that it may be the status where its header says nothing.
_STATES = 0.6
REMARKS = "备注"
# What remarks that call nothing done have less than any column that says itself how the items stand; what a column of
# nothing but known words has more than one of phrases.
_OF_REMARKS, _ALL_KNOWN = 1.6, 0.7
# What a header may ask for, which is a day where days stand below it.
_WANTED = frozenset({"措施", "年度目标", "季度目标"})
# Why a column is a field, where a person said so.
SAID, BY_DAYS = "按所说的", "内容是日期"
_LONGEST_WORD = 14


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column that was taken for a field, and why."""

    field: str
    column: ColumnSeen
    why: str
    strength: float


def said(column: ColumnSeen) -> str:
    """The header as a person's answer names it."""
    return key(column.header)


def claims_on(column: ColumnSeen, kind: Kind, answers: Answers) -> Iterator[Meaning]:
    """What a column may be; where a person has said it, that alone."""
    name = answers.fields.get(said(column), "")
    if kind.column(name):
        yield Meaning(name, column, SAID, _SAID)
    else:
        yield from _claims(column, kind)


def _claims(column: ColumnSeen, kind: Kind) -> Iterator[Meaning]:
    sort = sort_of(column)
    seen: set[str] = set()
    claims = (*_by_header(column, kind), *_by_content(column, sort, kind))
    for name, strength, why in sorted(claims, key=lambda it: -it[1]):
        declared = kind.column(name)
        if declared and name not in seen:
            seen.add(name)
            yield Meaning(name, column, why, strength + _agreement(column, sort, declared, kind))


def _by_header(column: ColumnSeen, kind: Kind) -> Iterator[tuple[str, float, str]]:
    spellings = list(dict.fromkeys(s for text in (column.parts[-1], column.header) for s in (text, bare(text))))
    keys = list(map(key, spellings))
    for declared in kind.columns:
        ranks = [n for n, header in enumerate(declared.headers) if key(header) in keys]
        if ranks:
            yield declared.field, _OWN - 0.02 * ranks[0], "表头"
    vocabulary = kind.vocabulary
    for text in (column.header, column.parts[-1]):
        known = vocabulary.known(text)
        own = [name for name in known if kind.column(name)]
        yield from ((name, _KNOWN - 0.1 * n, "表头的意思") for n, name in enumerate(own))
        yield from ((name, _STANDS_FOR, "表头的意思") for name in fields_of(kind, known) if name not in own)
        if vocabulary.known(column.parts[-1]) and not known:
            continue  # 会办 below 承办单位 is no 承办单位
        parts = fields_of(kind, vocabulary.fields(text))
        yield from ((name, _PART - 0.1 * n, "表头里的字") for n, name in enumerate(parts))


def bare(header: str) -> str:
    """A header without its brackets."""
    return _BRACKETS.sub("", header)


def _by_content(column: ColumnSeen, sort: Sort, kind: Kind) -> Iterator[tuple[str, float, str]]:
    known = _known(column, kind)
    more = _ALL_KNOWN if all_listed(column, kind) else 0.0
    if REMARKS in known and all_listed(column, kind):
        yield kind.status.field, _PART, "内容都是状态词"
    elif PROGRESS in known and is_state(column, kind):
        # More than its header has left for a progress (落实情况 whose cells are 已落实, 正在落实), less than any header
        # that says itself that it is the state.
        yield kind.status.field, CONTENT + 0.5 + more, "内容是状态词"
    if sort is Sort.DATE and set(known) and set(known) <= _WANTED:
        yield DEADLINE, CONTENT, BY_DAYS  # 办理要求: 3月10日前
    if known:
        return  # what its header says is not overruled by what its cells look like
    if is_state(column, kind):
        # 是 and 否 answer what the header asks (是否回访), which may be another thing than how the item stands.
        asked = is_answered(set(map(key, column.said)))
        yield kind.status.field, CONTENT - 0.2 if asked else CONTENT + 0.2 + more, "内容是状态词"
    elif sort is Sort.UNITS and not _says_other(column, kind):
        yield kind.units.field, CONTENT, "内容是单位名称"
    elif sort is Sort.DATE and not _says_other(column, kind):
        yield DEADLINE, CONTENT, BY_DAYS
    elif sort is Sort.SERIAL:
        yield NO, CONTENT + 0.5, "内容是1、2、3"
    elif sort is Sort.CODE and variety(column) == 1:
        yield ID, CONTENT, "内容是编号"


def _says_other(column: ColumnSeen, kind: Kind) -> bool:
    """Does the header tell of something else than units or days that the kind has no column for (局领导, 签约日期)?"""
    return bool(kind.vocabulary.fields(column.parts[-1]))


def is_state(column: ColumnSeen, kind: Kind) -> bool:
    """Are most of a column's cells words that tell how an item stands?

    Where the header does not say so, they must repeat: 已整改 in one line of three may be a progress.
    """
    words = {key(text) for text in column.said}
    if column.explained:
        return True
    if not words or words <= TICKS | CROSSES or max(map(len, words)) > _LONGEST_WORD:
        return False
    if sort_of(column) is Sort.PERCENT:
        return False
    if not says_state(column, kind) and (
        _says_one_thing(words, kind) or not (_repeats(column) or all_listed(column, kind))
    ):
        return False
    known = {key(word) for label in kind.labels for word in (label.name, *label.words)}
    remarks = REMARKS in _known(column, kind)
    told = [
        w in known
        or (kind.vocabulary.propose(w, words, column.header) is not None and not (remarks and _names_obstacle(w, kind)))
        for w in map(key, column.said)
    ]
    return mean(told) >= _STATES


def _says_one_thing(words: Collection[str], kind: Kind) -> bool:
    """Do all cells say no more than that the item goes on (下周打算: 继续推进)? So none is told from another."""
    said = [kind.vocabulary.propose(word) for word in words]
    return len(said) == 1 and said[0] is not None and said[0].state is State.ON_TRACK


def _known(column: ColumnSeen, kind: Kind) -> tuple[str, ...]:
    return (*kind.vocabulary.known(column.parts[-1]), *kind.vocabulary.known(column.header))


def _names_obstacle(word: str, kind: Kind) -> bool:
    """Does a remark say what stands in the way (资金未到位, 手续未办理)? It says of what, as no word of state does."""
    vocabulary = kind.vocabulary
    if word in vocabulary.states or word in vocabulary.sisters:
        return False
    return bool(subject_of(key(word), vocabulary.parts))


def _repeats(column: ColumnSeen) -> bool:
    """Are these few words that repeat within the period, too? A progress may say the same as a month before."""
    return is_wordy(column.said) and len(set(column.texts)) < max(3, len(column.texts))


def all_listed(column: ColumnSeen, kind: Kind) -> bool:
    """Are all cells words that lists have as words of state, none by its look alone?"""
    vocabulary = kind.vocabulary
    words = set(map(key, column.said))
    return bool(words) and len(words) > 1 and all(w in vocabulary.states or w in vocabulary.sisters for w in words)


def says_state(column: ColumnSeen, kind: Kind) -> bool:
    """Does the header mean the state, whatever else it may mean?"""
    vocabulary = kind.vocabulary
    return any(STATUS in vocabulary.fields(text) for text in (column.parts[-1], column.header))


# ---------------------------------------------------------------------------------------------- header and content


def _agreement(column: ColumnSeen, sort: Sort, declared: Column, kind: Kind) -> float:
    """What the cells add to a claim: more where they are of the sort of the field, less where they cannot be."""
    if sort is Sort.EMPTY:
        return -0.3 if declared.type is not ColumnType.STATUS and declared.field != TASK else _STRANGE
    if declared.type is ColumnType.STATUS:
        return _agrees_as_state(column, sort, kind)
    if declared.field == TASK:
        odd = sort in (Sort.SERIAL, Sort.AMOUNT, Sort.PERCENT, Sort.DATE, Sort.TICKS)
        return _STRANGE if odd else -_REPEATED * (1 - variety(column))
    if declared.field in (PROGRESS, LAST_PROGRESS):
        return _STRANGE if is_state(column, kind) or sort in (Sort.TICKS, Sort.DATE) else 0.0
    if fitting := _SORTS.get(declared.type):
        return _FITS if sort in fitting else _STRANGE / 2
    return 0.0


_SORTS: Mapping[ColumnType, frozenset[Sort]] = {
    ColumnType.UNITS: frozenset({Sort.UNITS, Sort.NAMES, Sort.WORDS, Sort.TEXTS, Sort.PEOPLE}),
    ColumnType.DEADLINE: frozenset({Sort.DATE, Sort.WORDS, Sort.NAMES, Sort.TEXTS}),
    ColumnType.AMOUNT: frozenset({Sort.AMOUNT, Sort.SERIAL, Sort.CODE, Sort.DATE}),
    ColumnType.PERCENT: frozenset({Sort.PERCENT, Sort.AMOUNT}),
}


def _agrees_as_state(column: ColumnSeen, sort: Sort, kind: Kind) -> float:
    """A header that can be nothing else is the status whatever its words; any other only by its words."""
    if is_state(column, kind):
        less = _OF_DELAY if _asks_of_delay(column, kind) else _OF_REMARKS if _only_remarks(column, kind) else 0
        return _FITS - less
    if sort is Sort.TICKS:
        return 0.0
    meant = kind.vocabulary.known(column.parts[-1]) or kind.vocabulary.known(column.header)
    sure = meant[:1] == (STATUS,) and max(map(len, column.said), default=99) <= _LONGEST_WORD
    return 0.0 if sure else -_OWN - 1


def _asks_of_delay(column: ColumnSeen, kind: Kind) -> bool:
    """Does a column only say by yes and no whether an item is late?"""
    asked = asked_state(column.parts[-1], kind)
    return asked is State.LAGGING and is_answered({key(text) for text in column.said})


def _only_remarks(column: ColumnSeen, kind: Kind) -> bool:
    """Is a column one of remarks that call nothing done?"""
    known = Labels(kind)
    found = (known.named(word)[0] or sure_label(kind, word) for word in set(column.said))
    return REMARKS in _known(column, kind) and not any(label and label.is_done for label in found)


def variety(column: ColumnSeen) -> float:
    """The share of a column's cells that no other repeats: tasks are all different, names of areas are not."""
    texts = column.texts
    return len(set(texts)) / len(texts) if texts else 0.0
