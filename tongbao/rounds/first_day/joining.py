"""Several files that are one ledger of one period (a file for each class, or for each unit), put into one workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.excel.writing.joined_books import Piece, joined
from tongbao.excel.writing.opening import UnopenableError
from tongbao.model import Period
from tongbao.rounds.first_day.dating import names_part_of_year
from tongbao.rounds.first_day.parts import are_parts
from tongbao.rounds.first_day.proposal import LedgerSeen
from tongbao.rounds.first_day.putting_together import ledgers_seen
from tongbao.words.periods import parse_period
from tongbao.words.text import first_few

# Characters that the names of several files share at least, so that they do not tell these apart (by feel: 县交通局 and
# 县水利局 share one at each end).
_SHARED = 3
_NO_SHEET = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31  # of the name of a sheet


def with_parts_joined(
    ledgers: Sequence[LedgerSeen], kinds: Mapping[str, Kind], own: Path
) -> tuple[list[LedgerSeen], tuple[str, ...]]:
    """The ledgers, those of one period that have no item in common as one; what was put together is told. Files below
    the folder `own` stay as they are: they lie where a run looks for them.

    Two versions of one ledger share most of their items: which of them holds is for a person to say.
    """
    by_period: dict[Period | None, list[LedgerSeen]] = {}
    for ledger in ledgers:
        apart = ledger.months or own in ledger.path.parents
        by_period.setdefault(None if apart else ledger.period, []).append(ledger)
    found: list[LedgerSeen] = []
    told: list[str] = []
    for period, several in by_period.items():
        one = _one_of(several, period, kinds) if period and len(several) > 1 else None
        if one and period:
            names = first_few([f"“{it.path.name}”" for it in several], 6)
            told.append(f"{period.label}的{len(several)}个文件没有相同的事项，并成一本，一个文件一张表：{names}")
        found += [one] if one else several
    return sorted(found, key=lambda it: it.last.last.isoformat() if it.last else ""), tuple(told)


def _one_of(several: Sequence[LedgerSeen], period: Period, kinds: Mapping[str, Kind]) -> LedgerSeen | None:
    if any(len(it.parts.tables) > 1 or it.parts.closed for it in several):
        return None
    if not are_parts([it.parts.tables[0] for it in several]):
        return None
    several = sorted(several, key=lambda it: it.path.name)
    names, shared = _apart([it.path.stem for it in several])
    pieces = [Piece(it.data, it.path.name, it.parts.tables[0].name, n) for it, n in zip(several, names, strict=True)]
    try:
        data = joined(pieces)
    except UnopenableError:
        return None
    stem = shared if parse_period(shared) == period else f"{several[0].path.parent.name}台账"
    stem = stem if parse_period(stem) == period else f"台账{period.token}"
    seen, _ = ledgers_seen([(Path(several[0].path.parent / f"{stem}.xlsx"), data)], kinds)
    fits = bool(seen) and len(seen[0].parts.tables) == len(several) and seen[0].period == period
    return seen[0] if fits else None


def _apart(stems: Sequence[str]) -> tuple[list[str], str]:
    """What tells the names of files apart, each fit to be that of a sheet; and what they share."""
    head = _begins_alike(stems)
    tail = _begins_alike([stem[::-1] for stem in stems])[::-1]
    head, tail = (text if len(text) >= _SHARED else "" for text in (head, tail))
    bare = [stem[len(head) : len(stem) - len(tail)].strip(" -—_（）()") for stem in stems]
    own = [name if name and not names_part_of_year(name) else stem for name, stem in zip(bare, stems, strict=True)]
    return list(_names(own)), (tail if parse_period(tail) else head).strip(" -—_（）()")


def _begins_alike(texts: Sequence[str]) -> str:
    places = enumerate(zip(*texts, strict=False))
    differ = next((n for n, characters in places if len(set(characters)) > 1), min(map(len, texts)))
    return texts[0][:differ]


def _names(texts: Sequence[str]) -> Iterator[str]:
    taken: set[str] = set()
    for text in texts:
        name = _NO_SHEET.sub(" ", text)[: _LONGEST - 3]
        name = next(it for it in (name, *(f"{name}{n}" for n in range(2, 99))) if it not in taken)
        taken.add(name)
        yield name
