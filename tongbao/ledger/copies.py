"""Items that stand twice in one workbook: in the ledger itself and on its sheet 销号.

Some offices move a closed item to the sheet 销号, others copy it there and leave it where it was. It is one item either
way, and is counted once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable
from dataclasses import replace

from tongbao.model import Ledger, Level, Place, Problem, Row
from tongbao.words.text import key

CLOSED_BUT_OPEN = "closed_but_open"


def without_copies(ledger: Ledger) -> tuple[Ledger, list[Problem]]:
    """The ledger without the rows of its sheet 销号 that stand in its own rows too; each is told of.

    One that is closed there and open here is an error where the 编号 is the same, unless the words are others: then a
    row was copied with its number, and which of the two bears it by right only last period's ledger tells. Without a
    编号 it is taken for an item that is worked on again (`taken_up`; it gets the 编号 of its closed row), as it is
    where an office deletes the rows of what is finished; only with a 编号 of its own is it another one, which was
    assigned in the same words, or where the ledger before had more rows of these words (see `parted`).
    """
    originals: dict[Hashable, list[Row]] = {}
    for row in ledger.rows if ledger.closed else ():
        for name in _names(row):
            originals.setdefault(name, []).append(row)
    kept, again, problems = [], {}, []
    for closed in ledger.closed:
        original = next(filter(None, (_taken(originals.get(name, []), closed) for name in _names(closed))), None)
        if original:
            problems.append(_said(closed, original))
        if original is None or (original.is_open and closed.id and original.id):
            kept.append(closed)
        elif original.is_open:
            again[original.place] = closed
    if not problems:
        return ledger, []
    named = tuple(_named(row, again.get(row.place)) for row in ledger.rows)
    return replace(ledger, rows=named, closed=tuple(kept), taken_up=tuple(again.values())), problems


def parted(ledger: Ledger, before: Ledger) -> tuple[Ledger, frozenset[Place]]:
    """The ledger with the rows of its sheet 销号 that are one of several sub-rows in one wording, and their places.

    Where the ledger before had three rows of one task and one unit, and this one has two and one on the sheet 销号, one
    of the three was finished, and none was taken up again; nor where all three were put otherwise.
    """
    again = []
    had = Counter(_words(row) for row in (*before.rows, *before.closed)) if ledger.taken_up else Counter()
    has = Counter(_words(row) for row in (*ledger.rows, *ledger.closed)) if ledger.taken_up else Counter()
    reworded = _before_they_were_reworded(ledger, before, had, has)
    for row in ledger.taken_up:
        if has[_words(row)] < had[reworded.get(row.place, _words(row))]:
            has[_words(row)] += 1
            again.append(row)
    if not again:
        return ledger, frozenset()
    given = {(row.id, _words(row)) for row in again if row.id}
    rows = tuple(replace(row, id="") if (row.id, _words(row)) in given else row for row in ledger.rows)
    closed = tuple(sorted((*ledger.closed, *again), key=lambda row: row.place))
    left = tuple(row for row in ledger.taken_up if row not in again)
    return replace(ledger, rows=rows, closed=closed, taken_up=left), frozenset(row.place for row in again)


def _before_they_were_reworded(
    ledger: Ledger, before: Ledger, had: Counter[Hashable], has: Counter[Hashable]
) -> dict[Place, Hashable]:
    """The words that several rows had of which one may be taken up, by its place: no row of either ledger has both.

    They are the only ones of these units that are gone, or the only ones of those that are alike.
    """
    gone = {_words(row): row for row in before.rows if had[_words(row)] > 1 and not has[_words(row)]}
    found: dict[Place, Hashable] = {}
    for row in ledger.taken_up if gone else ():
        options = [words for words, one in gone.items() if one.units == row.units] if not had[_words(row)] else []
        alike = [words for words in options if _is_worded_alike(gone[words], row)]
        if len(alike or options) == 1:
            (found[row.place],) = alike or options
    return found


def _taken(rows: list[Row], closed: Row) -> Row | None:
    """The last of the rows that is the closed item, taken out of them.

    A row in quite other words is none, though it bears the 编号: that was copied with another row.
    """
    found = next((row for row in reversed(rows) if _is_worded_alike(row, closed)), None)
    if found:
        rows.remove(found)
    return found


def _named(row: Row, closed: Row | None) -> Row:
    return replace(row, id=closed.id) if closed and closed.id and not row.id else row


def _names(row: Row) -> list[Hashable]:
    """By what an item is recognised: its 编号, and its name, task and units without any spaces."""
    return [row.id, _words(row)] if row.id else [_words(row)]


def _words(row: Row) -> Hashable:
    return key(row.get("名称")), key(row.text), row.units


def _is_worded_alike(one: Row, other: Row) -> bool:
    """Is it one task, as far as its words go: the same, one with more to it, or the same in its first clause?"""
    names = {key(name) for row in (one, other) if (name := row.get("名称"))}
    if len(names) > 1:
        return False
    words, others = key(one.text), key(other.text)
    heads = {key(re.split("[，,；;。：:]", row.text)[0]) for row in (one, other)}
    return words in others or others in words or len(heads) == 1


def _said(closed: Row, original: Row) -> Problem:
    where = f"“{original.place.sheet}”第{original.place.row}行"
    if not original.is_open:
        message = f"“{closed.place.sheet}”表里的这一项，{where}也有，只计一次"
        return Problem(Level.NOTE, "closed_twice", message, "", place=closed.place, item=closed.item)
    same, two = (
        closed.id != "" and closed.id == original.id,
        bool(closed.id and original.id) and closed.id != original.id,
    )
    message = f"“{closed.place.sheet}”表里有这一项，{where}却还没有完成"
    if not same:
        message += "（两处文字相同，编号不同，按两项计）" if two else "（两处文字相同，按重新办理的一项计）"
    fix = "若是同一项，两处留一处；若是又一次交办，" + ("不用改" if two else "给它填一个没有用过的编号")
    fix = "核对这一项是否已完成，两处留一处" if same else fix
    level = Level.ERROR if same else Level.WARNING
    return Problem(level, CLOSED_BUT_OPEN, message, fix, place=closed.place, item=closed.item, value=original.typed)
