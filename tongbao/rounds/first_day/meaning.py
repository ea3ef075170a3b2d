"""Which column of a table is which field of a kind: the surest claims first, then what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import mean

from tongbao.config.kind_words import fields_of
from tongbao.config.kinds import Kind
from tongbao.model import ID, PROGRESS, REASON, TASK
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.claims import (
    BY_DAYS,
    CONTENT,
    MOST_DIFFER,
    Meaning,
    bare,
    claims_on,
    is_state,
    said,
    variety,
)
from tongbao.rounds.first_day.content import Sort, middle_day, sort_of
from tongbao.rounds.first_day.dating import told_until
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen


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
    columns = [c for c in table.columns if c.number not in passed and answers.fields.get(said(c)) != ""]
    claims = sorted((it for c in columns for it in claims_on(c, kind, answers)), key=_surest)
    fields: dict[str, Meaning] = {}
    taken: set[int] = set()
    for claim in claims:
        if claim.strength > 0 and claim.field not in fields and claim.column.number not in taken:
            fields[claim.field] = claim
            taken.add(claim.column.number)
    for claim in (*_texts(columns, kind, fields, taken), *_who_answers(columns, kind, fields)):
        fields[claim.field] = claim
    taken_for_more = [name for name in (REASON, *_CALLED, *_LIKE_UNITS) if _is_taken_from(name, fields)]
    for name in taken_for_more:
        del fields[name]
    return Understood(kind, table, {c.field: fields[c.field] for c in kind.columns if c.field in fields})


def _is_taken_from(name: str, fields: Mapping[str, Meaning]) -> bool:
    """Was the column of a field taken for one that the ledger needs more?"""
    more = [it.column.number for other, it in fields.items() if other != name]
    return name in fields and fields[name].column.number in more


def _surest(claim: Meaning) -> tuple[float, int]:
    """The order of claims; of columns that are the deadline by their days alone the one of the later days: the others
    tell when an item was found, given out, reported."""
    middle = middle_day(claim.column) if claim.why == BY_DAYS else None
    return -claim.strength, -middle.toordinal() if middle else 0


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
    if TASK in wanted and reason and variety(reason.column) >= MOST_DIFFER and _comes_first(reason, chosen):
        yield Meaning(TASK, reason.column, "没有别的栏是事项", CONTENT / 2)  # 存在的问题 is what is to be mended
        return
    if TASK in wanted and all(variety(c) < MOST_DIFFER for c in chosen):
        told = [c for c in free if c not in strange and variety(c) >= MOST_DIFFER and not _is_beside(c, kind)]
        chosen = [*sorted(told, key=lambda c: -mean(map(len, c.said)))[:1], *chosen]
    if TASK in wanted and not chosen:
        called = [it.column for name in _CALLED if (it := fields.get(name)) and variety(it.column) == 1]
        found = [*_named(columns, kind, taken), *called]
        yield from (Meaning(TASK, c, "没有别的栏是事项", CONTENT / 2) for c in found[:1])
    for name, column in zip(wanted, chosen, strict=False):
        yield Meaning(name, column, "内容是成句的文字", CONTENT / 2)


def _comes_first(reason: Meaning, chosen: Sequence[ColumnSeen]) -> bool:
    """Do problems stand before all other texts, as what is to be mended does (存在问题, 改进措施, 改进效果)?"""
    return "问题" in reason.column.header and all(reason.column.number < column.number for column in chosen)


def _named(columns: Sequence[ColumnSeen], kind: Kind, taken: set[int]) -> list[ColumnSeen]:
    """The free columns of names that all differ, short as they are, below a header that nothing is known of
    (项目片区: 沿河路, 职教园)."""
    free = [c for c in columns if c.number not in taken and not kind.vocabulary.fields(c.header)]
    return [c for c in free if sort_of(c) in (Sort.WORDS, Sort.PEOPLE) and variety(c) == 1 and not is_state(c, kind)]


_CALLED = ("名称", ID)  # what an item is called by, where nothing says what it is
_NAME = 5  # characters of the name of a task on average


def _holds_texts(column: ColumnSeen, kind: Kind) -> bool:
    """Does a column hold texts or names? In a short table a few names that all differ are no words of a class."""
    sort = sort_of(column)
    names = sort is Sort.WORDS and variety(column) >= MOST_DIFFER and mean(map(len, column.said)) >= _NAME
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


def _who_answers(columns: Sequence[ColumnSeen], kind: Kind, fields: Mapping[str, Meaning]) -> Iterator[Meaning]:
    """Who answers for the items, where no header says so: the units of a column that this kind calls otherwise or has
    no field for (监管责任科室)."""
    if kind.units.field in fields or kind.column(kind.units.field) is None:
        return
    taken = {meaning.column.number for name, meaning in fields.items() if name not in _LIKE_UNITS}
    free = [c for c in columns if c.number not in taken and not _only_assists(c, kind)]
    found = [c for c in free if sort_of(c) is Sort.UNITS]
    found += [c for c in free if _PLACES.search(bare(c.header)) and sort_of(c) in (Sort.NAMES, Sort.WORDS, Sort.PEOPLE)]
    found += [it.column for name in _LIKE_UNITS if (it := fields.get(name)) and len(set(it.column.texts)) > 1]
    if found:
        yield Meaning(kind.units.field, found[0], "内容是单位名称", CONTENT / 2)


# Whose matter it is where a ledger goes by places: 村（社区）, 所在乡镇, 学校.
_PLACES = re.compile(r"^(?:所[在属])?(?:行政村|村居?|社区|乡镇|镇街?|街道|园区|片区|学校|科室|处室|部门|班组|支部)$")
_LIKE_UNITS = frozenset(("督导单位", "承办单位"))


def _only_assists(column: ColumnSeen, kind: Kind) -> bool:
    return "配合单位" in kind.vocabulary.fields(column.header)
