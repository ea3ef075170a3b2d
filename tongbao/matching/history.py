"""Each item through all ledgers on file: how long it has lagged, how often its deadline moved, when it was done."""

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
    """An item followed through the ledgers. `last` is its newest row.

    `done` is the row in which it was last done, None where it is not done now. `lagging`: the periods in a row in
    which it lagged up to now. `moved`: the changes of its deadline. `same_progress`: the periods in a row, after the
    first, with this very progress text.
    """

    last: Row
    done: Row | None
    lagging: int
    moved: int = 0
    same_progress: int = 0


def _carried(before: Thread | None, row: Row) -> Thread:
    """The thread with one more row. An item that was done stays done when withdrawn, not when it is open again."""
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
    """Was a deadline replaced by another one? Filling in or emptying the cell does not count."""
    old, new = before.deadline, now.deadline
    return bool(old.text and new.text) and old.text != new.text and not same_deadline(old, new)


def _copied(before: Row, now: Row) -> bool:
    """Is the progress last period's text (照搬), white space aside?

    One changed character, a new date for instance, makes it another text: who only changes that is not found.
    """
    old, new = before.get(PROGRESS), now.get(PROGRESS)
    return bool(new) and (old == new or old.split() == new.split())


class History:
    """Every item of every ledger as one thread, read from the oldest ledger to the newest.

    `threads`: the items of the newest ledger, by the place of their row. `origins`: the same items as they were
    before that ledger, by the same places; new items have none. `left`: the items that are no longer in it.
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
        """The origins that the matching gives. Of several items merged into one row, one still open carries on."""
        origins = {p.current.place: self.threads[p.prior.place] for p in (*link.pairs, *link.split)}
        for pair in sorted(link.merged, key=lambda p: not p.prior.is_open):
            origins.setdefault(pair.current.place, self.threads[pair.prior.place])
        return origins

    def _find_returned(self, rows: Sequence[Row], link: Matching) -> None:
        """Adds the origins of rows that earlier ledgers had and the last one lacked: by 编号, else by text and units.

        Both have to be unique on either side. Without a matching of the two last ledgers, this alone links them.
        """
        asked = {row.place for question in link.questions for row, _ in question.candidates}
        away = {id(t): t for t in (*self.left, *(self.threads.values() if link is NO_LINK else ()))}
        for named in (_by_id, _by_text) if away else ():
            threads = _unique((named(t.last), t) for t in away.values())
            back = _unique((named(r), r) for r in rows if r.place not in self.origins and r.place not in asked)
            for name in threads.keys() & back.keys():
                self.origins[back[name].place] = away.pop(id(threads[name]))

    def past(self) -> Mapping[Place, Past]:
        """What the earlier ledgers tell of each row of the newest one, by its place."""
        return {p: Past(t.lagging, t.moved, t.same_progress) for p, t in self.threads.items()}


def _by_id(row: Row) -> Hashable:
    return row.id


def _by_text(row: Row) -> Hashable:
    return row.text and (text.key(row.text), text.key(row.get("名称")), *sorted(row.units))


def _unique(named: Iterable[tuple[Hashable, Value]]) -> dict[Hashable, Value]:
    """The values by name, without the names that several have."""
    found: dict[Hashable, list[Value]] = {}
    for name, value in named:
        if name:
            found.setdefault(name, []).append(value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}
