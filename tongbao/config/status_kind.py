"""A kind for an office whose ledger says how an item stands elsewhere than by words in a column of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.config.status_from import Asked, Stands, StatusFrom
from tongbao.config.yamltext import suggestion
from tongbao.model import ASKED, STATUS, Level, Problem, Refusal
from tongbao.words.text import key

# Headers of columns that say by their colour alone how an item stands.
_LIGHTS = ("红绿灯", "亮灯", "亮灯情况", "灯号", "预警灯", "预警", "预警情况", "颜色")


def with_status_from(kind: Kind, source: StatusFrom, own: Sequence[str] = ()) -> Kind:
    """The kind that reads the state from there. `own` are the office's own headers of the column of the state.

    Its column of status words is not looked for, nor missed; where rows are coloured it may be there, and under
    headings where the settings name it. Raises Refusal
    for labels and fields that the kind does not have.
    """
    meant, labels = _Labels(kind), list(source.named())
    problems = [meant.stranger(label, source.line) for label in dict.fromkeys(labels) if not meant.known(label)]
    head_of = _field(kind, source.head_of) if source.head_of else ""
    if source.head_of and not head_of:
        problems.append(_stranger("head_of", source.head_of, [c.field for c in kind.columns], source.line))
    text_of = _field(kind, source.text_of) if source.text_of else ""
    if source.text_of and not text_of:
        problems.append(_stranger("text_of", source.text_of, [c.field for c in kind.columns], source.line))
    if problems:
        raise Refusal(*problems)
    asked = tuple(replace(one, field=ASKED + one.header) for one in source.columns)
    found = StatusFrom(
        source.where,
        tuple(_translated(one, meant) for one in asked),
        head_of,
        {name: meant.of(label) for name, label in source.labels.items()},
        text_of=text_of,
        share_of=source.share_of,
        below=tuple(replace(bound, label=meant.of(bound.label)) for bound in source.below),
    )
    named = tuple(own) if source.where is Stands.SECTIONS else ()
    light = _light_headers(kind, own) if source.by_colour else named
    columns = [_adapted(c, head_of, light, [one.header for one in asked]) for c in kind.columns]
    # A merged cell holds for all its rows, as one of a status does.
    columns += [Column(one.field, (one.header,), fill=True, required=True) for one in asked]
    return replace(kind, columns=tuple(columns), status_from=found, worded=kind)


class _Labels:
    """The labels of a kind, by their names and by the words for them."""

    def __init__(self, kind: Kind) -> None:
        words = ((word, label.name) for label in kind.labels for word in (*label.words, label.name))
        self._names = {key(word): name for word, name in words} | {key(it.name): it.name for it in kind.labels}
        self._all = [label.name for label in kind.labels]

    def known(self, typed: str) -> bool:
        """Is this a label, or a word for one?"""
        return key(typed) in self._names

    def of(self, typed: str) -> str:
        """The label that is meant; empty for nothing."""
        return self._names[key(typed)] if typed else ""

    def stranger(self, typed: str, line: int) -> Problem:
        """What is said of a label that the kind does not have."""
        return _stranger("", typed, self._all, line)


def _stranger(part: str, typed: str, known: Sequence[str], line: int) -> Problem:
    where = f"第{line}行：" if line else ""
    what = f"status_from{'.' if part else ''}{part}"
    message = f"{where}{what} 里的“{typed}”不是这种通报的{'栏目' if part else '状态'}"
    return Problem(Level.ERROR, "settings", message, suggestion(typed, known), value=typed)


def _translated(one: Asked, meant: _Labels) -> Asked:
    answers = {answer: meant.of(label) for answer, label in one.answers.items()}
    return replace(one, label=meant.of(one.label), answers=answers)


def _field(kind: Kind, typed: str) -> str:
    """The field that is meant by its name, or by a header that only it may have; empty where none is."""
    if kind.column(typed):
        return typed
    fields = [c.field for c in kind.columns if key(typed) in map(key, c.headers)]
    return fields[0] if fields else ""


def _light_headers(kind: Kind, own: Sequence[str]) -> tuple[str, ...]:
    """The headers of a column that says by its colour how an item stands: none that may mean another column."""
    others = {key(header) for c in kind.columns if c.field != STATUS for header in (*c.headers, c.field)}
    known = (header for header in (*kind.status.headers, *_LIGHTS) if key(header) not in others)
    return tuple(dict.fromkeys((*own, *known)))


def _adapted(column: Column, head_of: str, light: tuple[str, ...], asked: Iterable[str]) -> Column:
    if column.type is ColumnType.STATUS:
        return replace(column, headers=light, required=False)
    taken = {key(header) for header in asked}
    headers = tuple(header for header in column.headers if key(header) not in taken)
    return replace(column, headers=headers, required=column.required or column.field == head_of)
