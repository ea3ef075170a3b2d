"""How the paper is made, beside what its columns and words mean: which annex, what counts as one, counted from when.

Each is proposed with its reason, and a person may want another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tongbao.config.kinds import Base, Count
from tongbao.excel.values import holds
from tongbao.model import ID, LAST_PROGRESS, NO, SHORT
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.choosing import Choice
from tongbao.rounds.first_day.printed_annex import annex_headers
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen
from tongbao.words.text import key

OWN, KIND, COLUMNS = "own", "kind", "columns"
# Columns that are there for the program: an annex does not show them (see `circular.own_annex`).
_FOR_THE_PROGRAM = frozenset({SHORT, LAST_PROGRESS, "通报简称"})


class Of(StrEnum):
    """What is to be chosen; as the keys of config.yaml."""

    ANNEX = "annex"
    COUNT = "count"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Way:
    """What is proposed for one of these, why, and what else could be chosen (value → in words).

    `usual`: it is what a run does where config.yaml says nothing. `columns`: those of the annex, where it names some.
    """

    of: Of
    value: str
    why: str
    choices: Mapping[str, str] = field(default_factory=dict)
    usual: bool = False
    columns: tuple[str, ...] = ()


def ways_of(choice: Choice, table: TableSeen, answers: Answers) -> tuple[Way, ...]:
    """The ways for the newest table of a ledger."""
    return _annex(choice, table, answers), _count(choice, table, answers), _base(choice, answers)


def _chosen(of: Of, answers: Answers, choices: Mapping[str, str], proposed: str, why: str) -> tuple[str, str]:
    said = answers.ways.get(of, "")
    return (said, "按所说的") if said in choices else (proposed, why)


# ---------------------------------------------------------------------------------------------- the annex


def _annex(choice: Choice, table: TableSeen, answers: Answers) -> Way:
    """The ledger's own columns where the kind prints others; a kind without an annex has none unless that is wanted."""
    printed = annex_headers(choice.kind.template)
    choices = {OWN: "照台账自己的栏印", KIND: f"印{'、'.join(printed)}这几栏" if printed else "不带附件"}
    shown = [column.header for column in shown_columns(choice, table)]
    if not printed:
        proposed, why = KIND, f"{choice.kind.name}平常不带"
    elif list(map(key, shown)) == list(map(key, printed)):
        proposed, why = KIND, "台账就是这几栏"
    else:
        proposed, why = OWN, "台账的栏与这种通报平常印的不同"
    value, why = _chosen(Of.ANNEX, answers, choices, proposed, why)
    return Way(Of.ANNEX, value, why, choices, usual=value == KIND)


def shown_columns(choice: Choice, table: TableSeen) -> Iterator[ColumnSeen]:
    """The columns that a reader of the ledger sees: neither hidden, nor empty, nor there for the program alone."""
    fields = {meaning.column.number: name for name, meaning in choice.understood.fields.items()}
    hidden = table.sheet.marks.hidden_columns
    for column in table.columns:
        ours = fields.get(column.number) in (SHORT, LAST_PROGRESS, ID) or key(column.header) in _FOR_THE_PROGRAM
        if column.values and column.number not in hidden and not ours:
            yield column


# ---------------------------------------------------------------------------------------------- what counts as one


def _count(choice: Choice, table: TableSeen, answers: Answers) -> Way:
    usual = choice.kind.count
    choices = {Count.ROWS: "一行算一项", Count.ITEMS: "一个序号算一项"}
    lines, numbers = len(table.rows), _numbered(choice, table)
    if numbers in (0, lines):
        proposed, why = usual, "一个序号一行，两种算法一样" if numbers else "没有序号"
    else:
        proposed, why = usual, f"有{numbers}个序号、{lines}行，有的序号下有几行"
    value, why = _chosen(Of.COUNT, answers, choices, proposed, why)
    return Way(Of.COUNT, value, why, choices, usual=value == usual)


def _numbered(choice: Choice, table: TableSeen) -> int:
    """How many numbers the lines have: one that is merged over several lines, or stands before them, counts once."""
    column = choice.understood.column(NO)
    if column is None:
        return 0
    origins = table.sheet.origins(table.bottom + 1)
    begun = {origins.get((row, column.number), (row, column.number)) for row in table.rows}
    return sum(holds(table.sheet.value(*cell)) for cell in begun)


# ---------------------------------------------------------------------------------------------- counted from when


def _base(choice: Choice, answers: Answers) -> Way:
    usual = choice.kind.base
    choices = {
        Base.ALL: "从第一本台账算起，办结的一直计入",
        Base.YEAR: "算本年度的",
        Base.SHEET: "只算这一期台账里有的",
    }
    value, why = _chosen(Of.BASE, answers, choices, usual, f"{choice.kind.name}平常这样算")
    return Way(Of.BASE, value, why, choices, usual=value == usual)


def way(ways: Sequence[Way], of: Of) -> Way | None:
    """One of the ways."""
    return next((it for it in ways if it.of is of), None)
