"""Which column of a table is which field of a kind: by its header, by words of all kinds, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import mean

from tongbao.config.kind_words import fields_of
from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.model import DEADLINE, ID, LAST_PROGRESS, NO, PROGRESS, REASON, STATUS, TASK
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.content import CROSSES, TICKS, Sort, is_wordy, sort_of
from tongbao.rounds.first_day.dating import told_until
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen
from tongbao.rounds.first_day.ticked import is_answered
from tongbao.words.text import key

_BRACKETS = re.compile(r"[(（〔【\[][^()（）〔〕【】\[\]]*[)）〕】\]]")
# How sure a claim is: the kind's own header, a word of all kinds, a part of a word, the content alone. What the cells
# are adds to it or takes from it. Only the order of these matters (set by feel).
_SAID = 9.0
_OWN, _KNOWN, _STANDS_FOR, _PART, _CONTENT = 3.0, 2.4, 2.1, 1.8, 1.0
_FITS, _STRANGE = 0.5, -1.5
# What repetition takes from a claim to be the task, at most; the share of its cells that must differ where nothing else
# says that it is (set by feel).
_REPEATED, _MOST_DIFFER = 0.25, 0.7
_NAME = 5  # characters of the name of a task on average
# The share of a column's words that must be words of state, so that it may be the status where its header says nothing.
_STATES = 0.6
REMARKS = "备注"
# What a header may ask for, which is a day where days stand below it.
_WANTED = frozenset({"措施", "年度目标", "季度目标"})
# Why a column is a field, where a person said so.
SAID = "按所说的"
_LONGEST_WORD = 14


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column that was taken for a field, and why."""

    field: str
    column: ColumnSeen
    why: str
    strength: float


@dataclass(frozen=True, slots=True)
class Understood:
    """The columns of a table by their fields; `status` is None where the state stands elsewhere than in words."""

    kind: Kind
    table: TableSeen
    fields: Mapping[str, Meaning] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """The fields that the kind needs and no column gives, but for the status."""
        needed = (c.field for c in self.kind.columns if c.required or c.field == TASK)
        return [name for name in needed if name not in self.fields and name != self.kind.status.field]

    @property
    def status(self) -> ColumnSeen | None:
        """The column of status words."""
        found = self.fields.get(self.kind.status.field)
        return found.column if found else None

    def column(self, name: str) -> ColumnSeen | None:
        """The column of a field."""
        return self.fields[name].column if name in self.fields else None

    @property
    def others(self) -> list[ColumnSeen]:
        """The columns that are no field."""
        taken = {meaning.column.number for meaning in self.fields.values()}
        return [c for c in self.table.columns if c.number not in taken]


def understand(table: TableSeen, kind: Kind, answers: Answers, without: Sequence[int] = ()) -> Understood:
    """The fields of a kind in a table; `without` are columns that are known to be something else."""
    passed = {*without, *(c.number for c in outdated(table, kind))}
    columns = [c for c in table.columns if c.number not in passed and answers.fields.get(_said(c)) != ""]
    claims = sorted((it for c in columns for it in _said_or_claimed(c, kind, answers)), key=lambda it: -it.strength)
    fields: dict[str, Meaning] = {}
    taken: set[int] = set()
    for claim in claims:
        if claim.strength > 0 and claim.field not in fields and claim.column.number not in taken:
            fields[claim.field] = claim
            taken.add(claim.column.number)
    for claim in (*_texts(columns, kind, fields, taken), *_who_answers(columns, kind, fields)):
        fields[claim.field] = claim
    if TASK in fields and (reason := fields.get(REASON)) and reason.column is fields[TASK].column:
        del fields[REASON]
    return Understood(kind, table, {c.field: fields[c.field] for c in kind.columns if c.field in fields})


def outdated(table: TableSeen, kind: Kind) -> list[ColumnSeen]:
    """The columns that tell of an earlier time what another tells of a later one (一季度完成情况, 上半年完成情况), and
    those of a time to come, in which nothing stands yet."""
    found: dict[str, list[tuple[date, ColumnSeen]]] = {}
    for column in table.columns:
        if until := told_until(column.header):
            found.setdefault(kind.vocabulary.plain_header(column.header), []).append((until, column))
    left: list[ColumnSeen] = []
    for twins in found.values():
        last = max((until for until, column in twins if column.values), default=None)
        left += [column for until, column in twins if last and until != last]
    return left


# ---------------------------------------------------------------------------------------------- what one column may be


def _said(column: ColumnSeen) -> str:
    return key(column.header)


def _said_or_claimed(column: ColumnSeen, kind: Kind, answers: Answers) -> Iterator[Meaning]:
    name = answers.fields.get(_said(column), "")
    if kind.column(name):
        yield Meaning(name, column, SAID, _SAID)
    else:
        yield from _claims(column, kind)


def _claims(column: ColumnSeen, kind: Kind) -> Iterator[Meaning]:
    sort = sort_of(column)
    seen: set[str] = set()
    for name, strength, why in (*_by_header(column, kind), *_by_content(column, sort, kind)):
        declared = kind.column(name)
        if declared and name not in seen:
            seen.add(name)
            yield Meaning(name, column, why, strength + _agreement(column, sort, declared, kind))


def _by_header(column: ColumnSeen, kind: Kind) -> Iterator[tuple[str, float, str]]:
    spellings = list(dict.fromkeys(s for text in (column.parts[-1], column.header) for s in (text, _bare(text))))
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
        parts = fields_of(kind, vocabulary.fields(text))
        yield from ((name, _PART - 0.1 * n, "表头里的字") for n, name in enumerate(parts))


def _bare(header: str) -> str:
    return _BRACKETS.sub("", header)


def _by_content(column: ColumnSeen, sort: Sort, kind: Kind) -> Iterator[tuple[str, float, str]]:
    known = (*kind.vocabulary.known(column.parts[-1]), *kind.vocabulary.known(column.header))
    if REMARKS in known and all_listed(column, kind):
        yield kind.status.field, _PART, "内容都是状态词"
    elif PROGRESS in known and is_state(column, kind):
        yield kind.status.field, _CONTENT, "内容是状态词"
    if sort is Sort.DATE and set(known) and set(known) <= _WANTED:
        yield DEADLINE, _CONTENT, "内容是日期"  # 办理要求: 3月10日前
    if known:
        return  # what its header says is not overruled by what its cells look like
    if is_state(column, kind):
        # 是 and 否 answer what the header asks (是否回访), which may be another thing than how the item stands.
        asked = is_answered(set(map(key, column.said)))
        yield kind.status.field, _CONTENT - 0.2 if asked else _CONTENT + 0.2, "内容是状态词"
    elif sort is Sort.UNITS and not _says_other(column, kind):
        yield kind.units.field, _CONTENT, "内容是单位名称"
    elif sort is Sort.DATE:
        yield DEADLINE, _CONTENT, "内容是日期"
    elif sort is Sort.SERIAL:
        yield NO, _CONTENT + 0.5, "内容是1、2、3"
    elif sort is Sort.CODE:
        yield ID, _CONTENT, "内容是编号"


def _says_other(column: ColumnSeen, kind: Kind) -> bool:
    """Does the header tell of something else than units, though the kind has no column for it (局领导, 联络员)?"""
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
    if not says_state(column, kind) and not _repeats(column) and not all_listed(column, kind):
        return False
    known = {key(word) for label in kind.labels for word in (label.name, *label.words)}
    told = [w in known or kind.vocabulary.propose(w, words, column.header) is not None for w in map(key, column.said)]
    return mean(told) >= _STATES


def _repeats(column: ColumnSeen) -> bool:
    """Are these few words that repeat within the period, too? A progress may say the same as a month before."""
    return is_wordy(column.said) and len(set(column.texts)) < max(2, len(column.texts))


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
        return _STRANGE if odd else -_REPEATED * (1 - _variety(column))
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
        return _FITS
    if sort is Sort.TICKS:
        return 0.0
    meant = kind.vocabulary.known(column.parts[-1]) or kind.vocabulary.known(column.header)
    sure = meant[:1] == (STATUS,) and max(map(len, column.said), default=99) <= _LONGEST_WORD
    return 0.0 if sure else -_OWN - 1


# ---------------------------------------------------------------------------------------------- texts without a header


def _texts(
    columns: Sequence[ColumnSeen], kind: Kind, fields: Mapping[str, Meaning], taken: set[int]
) -> Iterator[Meaning]:
    """Task and progress where no header gives them: of the free columns of texts those of the longest.

    Where none has a strange header, the task is a column that this kind has no field for (建设内容), or whose cells are
    not what its header says (关键节点 that are no dates).
    """
    free = [c for c in columns if c.number not in taken and _holds_texts(c, kind)]
    strange = [c for c in free if not fields_of(kind, kind.vocabulary.fields(c.header))]
    longest = sorted(strange, key=lambda c: -mean(map(len, c.said)))
    wanted = [name for name in (TASK, PROGRESS) if kind.column(name) and name not in fields]
    chosen = sorted(longest[: len(wanted)], key=lambda c: c.number)
    reason = fields.get(REASON)
    if TASK in wanted and not chosen and reason and _variety(reason.column) >= _MOST_DIFFER:
        yield Meaning(TASK, reason.column, "没有别的栏是事项", _CONTENT / 2)  # 存在的问题 is what is to be mended
        return
    if TASK in wanted and all(_variety(c) < _MOST_DIFFER for c in chosen):
        told = [c for c in free if c not in strange and _variety(c) >= _MOST_DIFFER and not _is_beside(c, kind)]
        chosen = [*sorted(told, key=lambda c: -mean(map(len, c.said)))[:1], *chosen]
    for name, column in zip(wanted, chosen, strict=False):
        yield Meaning(name, column, "内容是成句的文字", _CONTENT / 2)


def _holds_texts(column: ColumnSeen, kind: Kind) -> bool:
    """Does a column hold texts or names? In a short table a few names that all differ are no words of a class."""
    sort = sort_of(column)
    names = sort is Sort.WORDS and _variety(column) >= _MOST_DIFFER and mean(map(len, column.said)) >= _NAME
    return sort in (Sort.TEXTS, Sort.NAMES) or (names and not is_state(column, kind))


# What a column beside the task is: never the task itself, whatever stands in it.
_BESIDE = frozenset(
    (
        "责任人",
        "联系人",
        "联系电话",
        "领导",
        "备注",
        "下一步",
        "措施",
        "进展",
        "配合单位",
        "督导单位",
        "附件",
        "编号",
    )
)


def _is_beside(column: ColumnSeen, kind: Kind) -> bool:
    known = kind.vocabulary.known(column.parts[-1]) or kind.vocabulary.known(column.header)
    return bool(_BESIDE.intersection(known[:1])) or sort_of(column) is Sort.UNITS


def _variety(column: ColumnSeen) -> float:
    """The share of a column's cells that no other repeats: tasks are all different, names of areas are not."""
    texts = column.texts
    return len(set(texts)) / len(texts) if texts else 0.0


def _who_answers(columns: Sequence[ColumnSeen], kind: Kind, fields: Mapping[str, Meaning]) -> Iterator[Meaning]:
    """Who answers for the items, where no header says so: the units of a column that this kind calls otherwise or has
    no field for (监管责任科室)."""
    if kind.units.field in fields or kind.column(kind.units.field) is None:
        return
    taken = {meaning.column.number for name, meaning in fields.items() if name not in _LIKE_UNITS}
    free = [c for c in columns if c.number not in taken and not _only_assists(c, kind)]
    found = [c for c in free if sort_of(c) is Sort.UNITS]
    found += [
        c for c in free if _PLACES.search(_bare(c.header)) and sort_of(c) in (Sort.NAMES, Sort.WORDS, Sort.PEOPLE)
    ]
    if found:
        yield Meaning(kind.units.field, found[0], "内容是单位名称", _CONTENT / 2)


# Whose matter it is where a ledger goes by places: 村（社区）, 所在乡镇, 学校.
_PLACES = re.compile(r"^(?:所[在属])?(?:行政村|村居?|社区|乡镇|镇街?|街道|园区|片区|学校|科室|处室|部门|班组|支部)$")
_LIKE_UNITS = frozenset(("督导单位", "承办单位"))


def _only_assists(column: ColumnSeen, kind: Kind) -> bool:
    return "配合单位" in kind.vocabulary.fields(column.header)
