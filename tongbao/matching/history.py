"""Each item through all ledgers on file: how long it has lagged, how often its deadline moved, when it was done."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypeVar

from tongbao.matching.two_periods import Matching, Past
from tongbao.model import CLOSED_IN, PROGRESS, Ledger, Period, Place, Row
from tongbao.words import text
from tongbao.words.deadlines import same_deadline
from tongbao.words.periods import parse_period

NO_LINK = Matching((), (), ())
NO_PAST = Past()
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Thread:
    """An item followed through the ledgers. `last` is its newest row.

    `done` is the row in which it was last done, None where it is not done now. `version` is what counts for it now: its
    newest row, or that in which it was done. `closed_in` is the period in which it was closed, None where that was
    before the first ledger on file and nobody wrote when. `home` is its last row in a working sheet, None where it was
    only ever seen on a sheet 销号; `items` is what one 序号 covered in each of these sheets, by the file of the ledger.
    """

    number: int
    last: Row
    done: Row | None
    version: Row
    past: Past = NO_PAST
    closed_in: Period | None = None
    home: Row | None = None
    items: Mapping[str, Hashable] = field(default_factory=dict)


def _carried(before: Thread, number: int, row: Row, period: Period) -> Thread:
    """The thread with one more row of a working sheet. What was done stays done when withdrawn, not when open again."""
    if before.done and row.withdrawn:
        return replace(before, last=row, past=_past(before, row), home=row)
    done = row.done and not row.withdrawn
    stood = before.items if number == before.number else {}  # of a part of what was split, only the first stood before
    return Thread(
        number=number,
        last=row,
        done=row if done else None,
        version=row,
        past=_past(before, row),
        closed_in=(before.closed_in if _is_over(before) else period) if done else None,
        home=row,
        items={**stood, row.place.file: row.item_key},
    )


def _begun(number: int, row: Row, period: Period) -> Thread:
    """The thread of an item that is seen for the first time, in a working sheet."""
    done = row.done and not row.withdrawn
    return Thread(
        number=number,
        last=row,
        done=row if done else None,
        version=row,
        past=Past(lagging_periods=int(row.is_lagging)),
        closed_in=period if done else None,
        home=row,
        items={row.place.file: row.item_key},
    )


def _is_over(before: Thread) -> bool:
    """Was an item closed? One that was done and still to be accepted is closed with its acceptance, maybe next year."""
    return before.done is not None and not before.done.awaits


def _past(before: Thread, row: Row) -> Past:
    """The past of an item with one more row.

    A row that is over and was over before says nothing new: else the counts of an item that is taken up again would
    hang on how long its finished row was kept.
    """
    past = before.past
    if not (row.is_open or before.last.is_open):
        return replace(past, lagging_periods=0)
    return Past(
        lagging_periods=past.lagging_periods + 1 if row.is_lagging else 0,
        moved=past.moved + _moved(before.version, row),
        same_progress=past.same_progress + 1 if _copied(before.version, row) else 0,
    )


def item_of(row: Row) -> Hashable:
    """What one 序号 covers, in that ledger."""
    return row.place.file, row.item_key


def _archived(before: Thread | None, number: int, row: Row, period: Period | None) -> Thread:
    """The thread with a row of a sheet 销号, closed in this period; in the first ledger its row may say when."""
    written = period or parse_period(row.others.get(CLOSED_IN, ""))
    done = None if row.withdrawn else row
    if before is None:
        return Thread(number, row, done, row, closed_in=written)
    closed_in = before.closed_in if _is_over(before) else written
    version = _filled_up(row, before.version)
    past = _past(before, version)
    return replace(
        before, number=number, last=row, done=done or before.done, version=version, past=past, closed_in=closed_in
    )


def _filled_up(row: Row, known: Row) -> Row:
    """A row of a sheet 销号 with what that sheet leaves out, as the item was last seen."""
    cells = {**known.cells, **{name: value for name, value in row.cells.items() if value not in (None, "", ())}}
    return replace(
        row,
        cells=cells,
        section=row.section or known.section,
        units=row.units or known.units,
        collective=row.collective if row.units else known.collective,
        deadline=row.deadline if row.deadline.text else known.deadline,
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
    before that ledger, by the same places; new items have none. `left`: the items that are no longer in it. `lost`: of
    these, what nobody finished, withdrew or merged, each with the first ledger that lacks it.
    """

    def __init__(self, ledgers: Sequence[Ledger], links: Sequence[Matching]) -> None:
        self.threads: dict[Place, Thread] = {}
        self.origins: dict[Place, Thread] = {}
        self.left: list[Thread] = []
        self.lost: list[tuple[Thread, Ledger]] = []
        self._sheets: dict[str, list[int]] = {}  # the items of every working sheet by number, in its order, by file
        self._numbers = count()
        for ledger, link in zip(ledgers, [NO_LINK, *links], strict=True):
            self.read(ledger, link)

    def read(self, ledger: Ledger, link: Matching) -> None:
        """Follows every item into one more ledger; `link` is the matching from the last one to it."""
        rows = (*ledger.rows, *ledger.closed)
        self.origins = self._linked(link)
        self._find_returned([r for r in rows if r.place not in self.origins], link)
        used = {id(thread) for thread in self.origins.values()}
        gone = [] if link is NO_LINK else _without_a_trace(self.threads.values(), link)
        self.lost = [(t, lacking) for t, lacking in (*self.lost, *((t, ledger) for t in gone)) if id(t) not in used]
        self.left = [t for t in (*self.left, *self.threads.values()) if id(t) not in used]
        dropped = {outcome.row.place for outcome in link.withdrawn}
        self.left = [_withdrawn(t) if t.last.place in dropped else t for t in self.left]
        taken: set[int] = set()
        working = [self._follow(row, ledger.period, taken) for row in ledger.rows]
        archived = [self._archive(row, ledger.period if self._sheets else None, taken) for row in ledger.closed]
        self.threads = {thread.last.place: thread for thread in (*working, *archived)}
        self._sheets[ledger.file] = [thread.number for thread in working]

    def _follow(self, row: Row, period: Period, taken: set[int]) -> Thread:
        before = self.origins.get(row.place)
        number = self._number(before, taken)
        return _carried(before, number, row, period) if before else _begun(number, row, period)

    def _archive(self, row: Row, period: Period | None, taken: set[int]) -> Thread:
        before = self.origins.get(row.place)
        return _archived(before, self._number(before, taken), row, period)

    def _number(self, before: Thread | None, taken: set[int]) -> int:
        """The parts of an item that was split are items of their own; the first of them keeps its number."""
        number = before.number if before and before.number not in taken else next(self._numbers)
        taken.add(number)
        return number

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

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The files read so far, the oldest first."""
        return tuple(self._sheets)

    def register(self) -> tuple[Thread, ...]:
        """Every item that is in the last ledger, or was done when it left, in the order of the working sheets.

        One that is not in the last sheet stands behind the item that it stood behind last: so the order is the same
        whether an office keeps finished rows, deletes them or moves them to the sheet 销号.
        """
        order = [thread for thread in self.threads.values() if thread.home is thread.last]
        archived = (thread for thread in self.threads.values() if thread.home is not thread.last)
        away = {t.number: t for t in (*archived, *self.left) if t.done}
        for sheet in list(reversed(self._sheets.values()))[1:]:
            order = list(_with_followers(order, sheet, away))
        return (*order, *away.values())

    def was_done(self, thread: Thread) -> bool:
        """Was the item done already before the last ledger?"""
        before = self.origins.get(thread.last.place) if thread.last.place in self.threads else thread
        return before is not None and before.done is not None

    def past(self) -> Mapping[Place, Past]:
        """What the earlier ledgers tell of each row of the newest one, by its place."""
        return {place: thread.past for place, thread in self.threads.items()}


def _withdrawn(thread: Thread) -> Thread:
    """An item that was withdrawn by an answer is as one withdrawn by its status: it may be taken up again."""
    return replace(thread, last=replace(thread.last, withdrawn=True))


def _without_a_trace(threads: Iterable[Thread], link: Matching) -> Iterator[Thread]:
    """The items that are neither over nor told of by an answer."""
    told = {pair.prior.place for pair in link.merged} | {outcome.row.place for outcome in link.withdrawn}
    return (t for t in threads if t.done is None and t.last.is_open and t.last.place not in told)


def _with_followers(order: Sequence[Thread], sheet: Sequence[int], away: dict[int, Thread]) -> Iterator[Thread]:
    """The items in their order, each followed by those away that stood behind it in a sheet (taken out of `away`)."""
    placed = {thread.number for thread in order}
    behind: dict[int | None, list[Thread]] = {}
    before: int | None = None
    for number in sheet:
        if number in placed:
            before = number
        elif number in away:
            behind.setdefault(before, []).append(away.pop(number))
    yield from behind.get(None, ())
    for thread in order:
        yield thread
        yield from behind.get(thread.number, ())


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
