"""Every item through all ledgers on file: since when it lags, how often its deadline moved, when it was done."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tongbao.matching.two_periods import Matching, Past
from tongbao.model import PROGRESS, Ledger, Place, Row
from tongbao.words import text
from tongbao.words.deadlines import same_deadline

NO_LINK = Matching((), (), ())
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Thread:
    """An item followed through the ledgers. `done` is its last appearance if that was done, else None."""

    last: Row
    done: Row | None
    lagging: int
    moved: int = 0
    same_progress: int = 0


def _carried(before: Thread | None, row: Row) -> Thread:
    """The thread with one more appearance. Being withdrawn does not undo being done; being open again does."""
    done = row if row.done and not row.withdrawn else (before.done if before and row.withdrawn else None)
    if before is None:
        return Thread(row, done, int(row.is_lagging))
    return Thread(
        last=row,
        done=done,
        lagging=before.lagging + 1 if row.is_lagging else 0,
        moved=before.moved + _moved(before.last, row),
        same_progress=before.same_progress + 1 if _copied(before.last, row) else 0,
    )


def _moved(before: Row, now: Row) -> bool:
    """Was a deadline replaced by another one? (setting the first one moves nothing)"""
    old, new = before.deadline, now.deadline
    return bool(old.text and new.text) and old.text != new.text and not same_deadline(old, new)


def _copied(before: Row, now: Row) -> bool:
    """Is the progress the very text of last time (照搬)?"""
    old, new = before.get(PROGRESS), now.get(PROGRESS)
    return bool(new) and (old == new or old.split() == new.split())


class History:
    """Every item of every ledger as one thread, read from the oldest ledger to the newest.

    `threads` holds the items of the last ledger by the place of their row, `origins` the same items before that
    ledger, `left` those that are not in it.
    """

    def __init__(self, ledgers: Sequence[Ledger], links: Sequence[Matching]) -> None:
        self.threads: dict[Place, Thread] = {}
        self.origins: dict[Place, Thread] = {}
        self.left: list[Thread] = []
        for ledger, link in zip(ledgers, [NO_LINK, *links], strict=True):
            self._read(ledger, link)

    def _read(self, ledger: Ledger, link: Matching) -> None:
        rows = (*ledger.rows, *ledger.closed)
        self.origins = self._linked(link)
        self._find_returned([r for r in rows if r.place not in self.origins], link)
        used = {id(thread) for thread in self.origins.values()}
        self.left = [t for t in (*self.left, *self.threads.values()) if id(t) not in used]
        self.threads = {r.place: _carried(self.origins.get(r.place), r) for r in rows}

    def _linked(self, link: Matching) -> dict[Place, Thread]:
        """Origins by the matching. Of several rows merged into one, the one still open goes on in it."""
        origins = {p.current.place: self.threads[p.prior.place] for p in (*link.pairs, *link.split)}
        for pair in sorted(link.merged, key=lambda p: not p.prior.is_open):
            origins.setdefault(pair.current.place, self.threads[pair.prior.place])
        return origins

    def _find_returned(self, rows: Sequence[Row], link: Matching) -> None:
        """Origins of rows that were away in between: by 编号, else by text and units, where both are unique.

        Where nobody matched the two last ledgers, this is how they are linked.
        """
        asked = {row.place for question in link.questions for row, _ in question.candidates}
        away = {id(t): t for t in (*self.left, *(self.threads.values() if link is NO_LINK else ()))}
        for named in (_by_id, _by_text) if away else ():
            threads = _unique((named(t.last), t) for t in away.values())
            back = _unique((named(r), r) for r in rows if r.place not in self.origins and r.place not in asked)
            for name in threads.keys() & back.keys():
                self.origins[back[name].place] = away.pop(id(threads[name]))

    def past(self) -> Mapping[Place, Past]:
        """What is known of each row of the last ledger."""
        return {p: Past(t.lagging, t.moved, t.same_progress) for p, t in self.threads.items()}


def _by_id(row: Row) -> Hashable:
    return row.id


def _by_text(row: Row) -> Hashable:
    return row.text and (text.key(row.text), text.key(row.get("名称")), *sorted(row.units))


def _unique(named: Iterable[tuple[Hashable, Value]]) -> dict[Hashable, Value]:
    """Only what a name means without doubt."""
    found: dict[Hashable, list[Value]] = {}
    for name, value in named:
        if name:
            found.setdefault(name, []).append(value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}
