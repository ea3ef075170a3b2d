"""Columns that the vocabulary of all kinds knows, for fields that the kind's own headers left without one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tongbao.config.kind_words import fields_of
from tongbao.config.kinds import Kind


def shared_columns(
    kind: Kind, pieces: Mapping[int, Sequence[str]], columns: Mapping[str, int], claimed: Collection[int]
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """The column of each field that one more header gives, and the fields for which several headers speak alike.

    `columns` are the fields that have one, `claimed` the columns that the kind's own headers speak of. Of a field for
    which several headers speak none is read: the clerk says which.
    """
    asking = {
        c: meant_fields(kind, parts) for c, parts in pieces.items() if c not in claimed and not kind.is_unused(parts)
    }
    wanted: dict[str, list[int]] = {}
    for column, names in asking.items():
        if name := next((n for n in names if n not in columns), ""):
            wanted.setdefault(name, []).append(column)
    alone = {name: found[0] for name, found in wanted.items() if len(found) == 1}
    return alone, {name: tuple(found) for name, found in wanted.items() if len(found) > 1}


def meant_fields(kind: Kind, parts: Sequence[str]) -> tuple[str, ...]:
    """The fields of the kind that a header surely means, its group headers before it; none where it has two meanings.

    累计完成投资 under 上月 is no 累计完成投资: the words of time of a group header hold for what stands below it.
    """
    known = kind.vocabulary.known
    *groups, last = parts
    meanings = known("".join(parts)) or known(kind.vocabulary.time_words("".join(groups)) + last)
    fields = fields_of(kind, meanings) if len(meanings) == 1 else ()
    return tuple(name for name in fields if is_sought(kind, name))


def is_sought(kind: Kind, name: str) -> bool:
    """Does a field have a column at all? That of the state has none where it stands elsewhere (`status_from`)."""
    column = kind.column(name)
    return column is not None and bool(column.headers)
