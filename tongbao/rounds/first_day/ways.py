"""How the paper is made, beside what its columns and words mean: which annex, what counts as one, counted from when.

Each is proposed with its reason, and a person may want another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tongbao.config.kind_words import fields_of
from tongbao.config.kinds import Base, Count
from tongbao.excel.values import holds
from tongbao.model import ID, LAST_PROGRESS, NO, SHORT
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.choosing import Choice
from tongbao.rounds.first_day.issues import Issues
from tongbao.rounds.first_day.paper import Habits
from tongbao.rounds.first_day.printed_annex import annex_headers
from tongbao.rounds.first_day.sources import Where
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen
from tongbao.words.text import key

OWN, KIND, COLUMNS = "own", "kind", "columns"
ASKED, NEVER = "问", "不"
# So many columns of an annex, and such a share of them, are columns of the ledger: else it is another table (by feel).
_FEWEST, _MOST = 3, 0.6
# Columns that are there for the program: an annex does not show them (see `circular.own_annex`).
_FOR_THE_PROGRAM = frozenset({SHORT, LAST_PROGRESS, "通报简称"})


class Of(StrEnum):
    """What is to be chosen; as the keys of config.yaml."""

    ANNEX = "annex"
    COUNT = "count"
    BASE = "base"
    ISSUING = "issuing"


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


def ways_of(
    choice: Choice, table: TableSeen, answers: Answers, habits: Sequence[Habits], issues: Issues
) -> tuple[Way, ...]:
    """The ways for the newest table of a ledger, as the last circulars show them (`habits`, the newest last)."""
    issuing = [_issuing(issues, answers)] if issues else []
    return (_annex(choice, table, answers, habits), _count(choice, table, answers), _base(choice, answers), *issuing)


def _chosen(of: Of, answers: Answers, choices: Mapping[str, str], proposed: str, why: str) -> tuple[str, str]:
    said = answers.ways.get(of, "")
    return (said, "按所说的") if said in choices else (proposed, why)


# ---------------------------------------------------------------------------------------------- the annex


def _annex(choice: Choice, table: TableSeen, answers: Answers, habits: Sequence[Habits]) -> Way:
    """As the last circular printed it; else the ledger's own columns where the kind prints others.

    A kind without an annex gets none unless that circular has one.
    """
    printed = annex_headers(choice.kind.template)
    shown = [column.header for column in shown_columns(choice, table)]
    last = next((it for one in reversed(habits) if (it := _as_printed(choice, table, one))), None)
    choices = {OWN: "照台账自己的栏印", KIND: f"印{'、'.join(printed)}这几栏" if printed else "不带附件"}
    if last and not _alike(last.columns, shown) and not _alike(last.headers, printed):
        choices = {COLUMNS: "照上期通报印台账的这几栏", **choices}
        proposed, why = COLUMNS, f"{last.file}的附件是这几栏"
    elif last:
        proposed, why = KIND if _alike(last.headers, printed) else OWN, f"{last.file}的附件就是这样"
    elif not printed:
        proposed, why = KIND, f"{choice.kind.name}平常不带"
    elif _alike(shown, printed):
        proposed, why = KIND, "台账就是这几栏"
    else:
        unseen = "；行的颜色不印" if choice.source.where is Where.FILLS else ""
        proposed, why = OWN, f"台账的栏与这种通报平常印的不同{unseen}"
    value, why = _chosen(Of.ANNEX, answers, choices, proposed, why)
    columns = last.named if last and value == COLUMNS else ()
    return Way(Of.ANNEX, value, why, choices, usual=value == KIND, columns=columns)


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    return list(map(key, some)) == list(map(key, others))


def shown_columns(choice: Choice, table: TableSeen) -> Iterator[ColumnSeen]:
    """The columns that a reader of the ledger sees: neither hidden, nor empty, nor there for the program alone."""
    fields = {meaning.column.number: name for name, meaning in choice.understood.fields.items()}
    hidden = table.sheet.marks.hidden_columns
    for column in table.columns:
        ours = fields.get(column.number) in (SHORT, LAST_PROGRESS, ID) or key(column.header) in _FOR_THE_PROGRAM
        if column.values and column.number not in hidden and not ours:
            yield column


@dataclass(frozen=True, slots=True)
class _Printed:
    """The annex of a circular: its headers, the ledger's columns that they are, and how config.yaml names these."""

    file: str
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    named: tuple[str, ...]


def _as_printed(choice: Choice, table: TableSeen, habits: Habits) -> _Printed | None:
    """The annex of a circular, where most of its columns are those of the ledger."""
    best: list[tuple[str, ColumnSeen]] = []
    headers: tuple[str, ...] = ()
    for printed in habits.annexes:
        found = [(header, column) for header in printed if (column := _column(header, choice, table))]
        unique = list({column.number: (header, column) for header, column in found}.values())
        if len(unique) > len(best) and len(unique) >= max(_FEWEST, _MOST * len(printed)):
            best, headers = unique, printed
    if not best:
        return None
    columns = [column for _, column in best]
    return _Printed(
        habits.file, headers, tuple(c.header for c in columns), tuple(_named(c, choice, table) for c in columns)
    )


def _column(header: str, choice: Choice, table: TableSeen) -> ColumnSeen | None:
    """The column of the ledger that a header of an annex is: by its words, else by the field that it means."""
    whole = [c for c in table.columns if key(c.header) == key(header)]
    last = [c for c in table.columns if key(c.parts[-1]) == key(header)]
    for same in (whole, last):
        if len(same) == 1:
            return same[0]
    names = fields_of(choice.kind, choice.kind.vocabulary.known(header))
    return next((column for name in names if (column := choice.understood.column(name))), None)


def _named(column: ColumnSeen, choice: Choice, table: TableSeen) -> str:
    """How config.yaml names a column: by its own header, by its field where a header changes with the period."""
    own, fields = column.parts[-1], choice.understood.fields
    alone = sum(key(c.parts[-1]) == key(own) for c in table.columns) == 1
    other = any(key(name) == key(own) and it.column is not column for name, it in fields.items())
    if alone and not other and not re.search(r"\d", own):
        return own
    return next((name for name, it in fields.items() if it.column.number == column.number), column.header)


# ---------------------------------------------------------------------------------------------- what counts as one


def _count(choice: Choice, table: TableSeen, answers: Answers) -> Way:
    usual = choice.kind.count
    choices: dict[str, str] = {Count.ROWS: "一行算一项", Count.ITEMS: "一个序号算一项"}
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
    choices: dict[str, str] = {
        Base.ALL: "从第一本台账算起，办结的一直计入",
        Base.YEAR: "算本年度的",
        Base.SHEET: "只算这一期台账里有的",
    }
    value, why = _chosen(Of.BASE, answers, choices, usual, f"{choice.kind.name}平常这样算")
    return Way(Of.BASE, value, why, choices, usual=value == usual)


# ---------------------------------------------------------------------------------------------- date and numbers


def _issuing(issues: Issues, answers: Answers) -> Way:
    choices = {ASKED: "每期问一次，照上期提出", NEVER: "不印"}
    value, why = _chosen(Of.ISSUING, answers, choices, ASKED, f"上期：{issues.why}")
    return Way(Of.ISSUING, value, why, choices, usual=value == NEVER)
