"""Rows that nobody filled in for this period: found, told by unit, and counted as the clerk decides.

Source: units send nothing in some month, and a ledger that was carried on and not filled in would otherwise praise them
all (an empty status counts as on track). So silence is a state of its own, never the default label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tongbao.config.kinds import NUMBERS, UNREPORTED, Kind
from tongbao.matching.quoting import in_sheet
from tongbao.matching.staying import tells_by_staying, tells_ends_alone
from tongbao.matching.two_periods import Changes, Matching
from tongbao.model import (
    NEXT_STEP,
    PROGRESS,
    REASON,
    UNFILLED_FILE,
    Filling,
    Ledger,
    Level,
    Place,
    Problem,
    Row,
    State,
)
from tongbao.words import text

# What a row that counts as last period takes over beside its status, where its own cell is empty.
_TAKEN_OVER = (PROGRESS, REASON, NEXT_STEP)
# What is typed where there is nothing to say: it is no news. 无进展 is, for it says that work stands still.
_FILLERS = frozenset(
    {"无", "-", "--", "—", "——", "/", "同上", "同上期", "同前", "无变化", "暂无", "无新进展", "与上期相同", "略"}
)
# Fewer emptied statuses than these are no emptied column: in a small ledger one row may be half of all (set by feel).
_WHOLE_COLUMN = 2
# Rows named in one line; 未填报.xlsx and the list of problems name them all (set by feel: a line and a half).
_NAMED = 6


class Decision(StrEnum):
    """What becomes of a row that was not filled in: it counts as last period, or as not reported."""

    AS_BEFORE = "照上期"
    NOT_REPORTED = "未报送"


Decide = Callable[[Row], Decision | None]


def settled(ledger: Ledger, link: Matching | None, kind: Kind, decide: Decide) -> tuple[Ledger, Matching | None]:
    """The ledger and its matching with the one before, with each open row as it was filled in and as it counts.

    A row without a decision counts as not reported (the circular then waits for one). `link` is None for the first
    ledger on file.
    """
    page = _Page(ledger, priors_of(link) if link else {}, kind, decide)
    rows = {row.place: now for row in ledger.rows if (now := page.counted(row)) is not row}
    if not rows:
        return ledger, link
    after = replace(ledger, rows=tuple(rows.get(row.place, row) for row in ledger.rows))
    return after, link.with_rows(after.rows) if link else None


def priors_of(link: Matching) -> dict[Place, Row]:
    """The row before each current one; of several that were merged, one that was open."""
    merged = sorted(link.merged, key=lambda pair: pair.prior.is_open)
    return {pair.current.place: pair.prior for pair in (*merged, *link.split, *link.pairs)}


# ---------------------------------------------------------------------------------------------- what was filled in


class _Page:
    """A ledger beside the one before it, by the place of its rows in `priors`."""

    def __init__(self, ledger: Ledger, priors: Mapping[Place, Row], kind: Kind, decide: Decide) -> None:
        self._ledger, self._priors, self._kind, self._decide = ledger, priors, kind, decide
        self._blank = not priors and not ledger.prepared and _nobody_filled(ledger)
        self._habit = _leaves_empty(ledger, priors)

    def counted(self, row: Row) -> Row:
        """The row with what was filled in, and as it counts; itself where it counts as it stands."""
        prior = self._priors.get(row.place)
        if not row.is_open or row.state is State.UNREPORTED:
            return row
        told, status = _tells_news(row, prior, self._kind), self._kind.status.field
        if prior and prior.done and not row.typed and not told:
            # What was done is never unfilled: who empties its status with all the others does not open it again.
            return replace(_as_before(row, prior, Filling.REPORTED, status), done=True)
        filling = self._filling(row, prior, told)
        return row if filling is Filling.REPORTED else self._as_decided(replace(row, filling=filling), prior)

    def _filling(self, row: Row, prior: Row | None, told: bool) -> Filling:
        judged = self._ledger.has(row, self._kind.status.field)
        empty = self._habit if prior is None else _left_empty(prior)
        if self._ledger.prepared and tells_by_staying(self._ledger, row, self._kind, left_empty=empty):
            return Filling.REPORTED
        if self._ledger.prepared:
            return _of_prepared(self._as_typed(row, prior), prior, told, judged=judged)
        if prior is None:
            silent = judged and self._ledger.has(row, PROGRESS) and not row.typed and not told
            return Filling.UNFILLED if self._blank else Filling.STATUSLESS if silent else Filling.REPORTED
        unjudged = not row.typed and not self._habit and judged and not tells_ends_alone(self._kind)
        if not self._ledger.has(row, PROGRESS):  # the same status says nothing then: it is all that such a ledger tells
            return Filling.UNFILLED if unjudged and prior.typed else Filling.REPORTED
        return _of_kept_by_hand(row, prior, told, unjudged=unjudged)

    def _as_typed(self, row: Row, prior: Row | None) -> Row:
        """The row with what was typed of its status: nothing, where the name of its sheet says it as it did before.

        `next` can empty a cell, but no name of a sheet: a row that stays where it was says nothing by that.
        """
        source = self._kind.status_from
        stands = source is not None and source.by_place and prior and _same_status(row, prior)
        return replace(row, typed="") if stands else row

    def _as_decided(self, row: Row, prior: Row | None) -> Row:
        """The row as it counts: by the decision, or as it stands where it was copied or only a habit was broken."""
        if row.filling is Filling.COPIED:  # silence changes no state, whatever an empty status stands for
            emptied = prior and prior.typed and not row.typed
            return replace(row, label=prior.label, state=prior.state) if prior and emptied else row
        status = self._kind.status.field
        known = prior is not None and prior.is_open and prior.state is not State.UNREPORTED
        if row.filling is Filling.STATUSLESS:
            if not self._ledger.prepared:  # nobody is asked; but an empty cell moves no item from one state to another
                return _as_before(row, prior, row.filling, status) if prior and known else row
            # Something was sent, so the row is never called unreported: its status is as before, or not known.
            kept = prior and known and self._decide(row)
            return _as_before(row, prior, Filling.STATUS_AS_BEFORE, status) if prior and kept else _unknown(row)
        if prior and known and self._decide(row) is Decision.AS_BEFORE:
            return _as_before(row, prior, Filling.AS_BEFORE, status)
        return replace(row, label=UNREPORTED, state=State.UNREPORTED)


def _unknown(row: Row) -> Row:
    return replace(row, label="", state=State.UNKNOWN)


def _as_before(row: Row, prior: Row, filling: Filling, status: str) -> Row:
    """The row with last period's status (in its cell too, for annexes print that), and the texts that it lacks."""
    names = (status, *_TAKEN_OVER)
    taken = {name: prior.cells[name] for name in names if prior.get(name) and not row.get(name)}
    cells = {**row.cells, **taken}
    return replace(row, cells=cells, label=prior.label, state=prior.state, filling=filling)


def _nobody_filled(ledger: Ledger) -> bool:
    """Has no open row a status or a progress, though there are columns for both?"""
    rows = [row for row in ledger.rows if row.is_open]
    return bool(rows) and all(ledger.has(r, PROGRESS) and not r.typed and not r.get(PROGRESS) for r in rows)


def _leaves_empty(ledger: Ledger, priors: Mapping[Place, Row]) -> bool:
    """Is it the office's habit to leave a status empty: then the default label, or the deadline, speaks?

    It is where the ledger before had such rows, unless most statuses that stood there are gone now and few others were
    typed: that is a copy in which somebody emptied the column and nobody filled it. Where rows catch up and others fall
    behind, statuses go and come.
    """
    before = [(row, prior) for row in ledger.rows if (prior := priors.get(row.place)) and prior.is_open]
    left = any(_left_empty(prior) for _, prior in before)
    stood = [row for row, prior in before if prior.typed and row.is_open]
    emptied = sum(not row.typed for row in stood)
    typed = sum(bool(row.typed) for row, _ in before)
    return left and (emptied < _WHOLE_COLUMN or emptied * 2 <= len(stood) or typed * 2 >= len(stood))


def _left_empty(prior: Row) -> bool:
    """Was the status left empty, though the row was filled in?"""
    return not prior.typed and prior.filling in (Filling.REPORTED, Filling.COPIED)


def _tells_news(row: Row, prior: Row | None, kind: Kind) -> bool:
    """Was a progress, a number, or a share of an undeclared column filled in that is not last period's?"""
    progress = text.key(row.get(PROGRESS))
    said = bool(progress) and progress not in _FILLERS
    if prior is None or (said and progress != text.key(prior.get(PROGRESS))):
        return said
    numbers = ((row.cells.get(c.field), prior.cells.get(c.field)) for c in kind.columns if c.type in NUMBERS)
    shares = (it for it in row.others.items() if it[1].endswith(("%", "％")))
    return any(now is not None and now != before for now, before in numbers) or any(
        now != prior.others.get(header, "") for header, now in shares
    )


def _of_prepared(row: Row, prior: Row | None, told: bool, *, judged: bool) -> Filling:
    """A row of a ledger whose statuses and progress the program emptied, but for the statuses of suspended rows.

    What was typed back to the letter is a copy, as it is in a ledger kept by hand.
    """
    if not row.typed:
        emptied = judged and not (prior and _left_empty(prior))  # else the office never fills it in
        return Filling.UNFILLED if not told else Filling.STATUSLESS if emptied else Filling.REPORTED
    copied = prior and not told and row.get(PROGRESS) and _same_status(row, prior)
    return Filling.COPIED if copied and row.state is not State.SUSPENDED else Filling.REPORTED


def _of_kept_by_hand(row: Row, prior: Row, told: bool, *, unjudged: bool) -> Filling:
    """A row of a ledger kept by hand. `unjudged`: its status is empty, against the habit of the office."""
    if told:
        return Filling.STATUSLESS if unjudged else Filling.REPORTED
    emptied = prior.get(PROGRESS) and not row.get(PROGRESS) and row.state is not State.SUSPENDED
    same = not row.typed or _same_status(row, prior)
    if unjudged or (emptied and same):
        return Filling.UNFILLED
    return Filling.COPIED if same else Filling.REPORTED


def _same_status(row: Row, prior: Row) -> bool:
    """Does the status mean what it meant last period, in whatever word?"""
    return row.label == prior.label or text.key(row.typed) == text.key(prior.typed)


# ---------------------------------------------------------------------------------------------- what is told


def silent_rows(ledger: Ledger) -> tuple[Row, ...]:
    """The open rows of a settled ledger that a person has to decide about, or has decided about."""
    asked = {Filling.UNFILLED, Filling.AS_BEFORE, Filling.STATUS_AS_BEFORE}
    asked |= {Filling.STATUSLESS} if ledger.prepared else set()
    return tuple(row for row in ledger.rows if row.filling in asked)


@dataclass(frozen=True, slots=True)
class _Sort:
    """Rows that are told of in one way, unit by unit."""

    code: str
    filling: Filling
    level: Level
    what: str
    fix: str = "请核对；已经报来的补填进台账"


# Before and after the clerk's decision; what nobody decides about comes last.
_WAITING = (
    _Sort(
        "unfilled", Filling.UNFILLED, Level.ERROR, "没有填报本期情况",
        f"补填后再运行；不再等的，在台账旁的“{UNFILLED_FILE}”里选“照上期”或“未报送”",
    ),
    _Sort(
        "statusless", Filling.STATUSLESS, Level.ERROR, "填了进展，没有填状态",
        f"补填状态；不填的，在台账旁的“{UNFILLED_FILE}”里选“照上期”，状态照上期计",
    ),
)  # fmt: skip
_DECIDED = (
    _Sort("not_reported", Filling.UNFILLED, Level.WARNING, "没有填报，列为未报送"),
    _Sort("status_unknown", Filling.STATUSLESS, Level.WARNING, "没有填状态，上期的也不知道，列为待定"),
    _Sort("as_before", Filling.AS_BEFORE, Level.WARNING, "没有填报，照上期计"),
    _Sort("status_as_before", Filling.STATUS_AS_BEFORE, Level.WARNING, "没有填状态，状态照上期计"),
)
_COPIED = _Sort("copied", Filling.COPIED, Level.WARNING, "状态、进展与上期一字不差")
_BY_DEFAULT = _Sort(
    "status_by_default",
    Filling.STATUSLESS,
    Level.WARNING,
    "没有填状态，照上期的计（上期也没有的按时限推定）",
    "请补填状态",
)


def silences(changes: Changes, decide: Decide, kind: Kind) -> Iterator[Problem]:
    """A line for each unit whose rows were not filled in, first those that stop the circular; then those copied.

    Where nobody has filled in anything yet, that is one line.
    """
    page = changes.current
    waiting = [row for row in silent_rows(page) if decide(row) is None]
    going_on = [row for row in page.rows if row.is_open and row.state is not State.SUSPENDED]
    if len(going_on) > _NAMED and all(row.filling is Filling.UNFILLED for row in going_on) and waiting:
        yield _nothing_yet(going_on, page, kind)
        return
    decided = [row for row in silent_rows(page) if decide(row) is not None]
    for sorts, rows in (
        (_WAITING, waiting),
        (_DECIDED, decided),
        ((_COPIED,), page.rows),
        ((_BY_DEFAULT,), () if page.prepared else page.rows),
    ):
        for sort in sorts:
            for unit, theirs in _by_unit([row for row in rows if row.filling is sort.filling], kind):
                yield _told(unit, theirs, sort, page, kind)


def _nothing_yet(rows: Sequence[Row], ledger: Ledger, kind: Kind) -> Problem:
    units = "、".join(f"{unit}{len(theirs)}项" for unit, theirs in _by_unit(rows, kind))
    message = f"整本台账还没有填报本期情况，共{len(rows)}项：{units}"
    place = ledger.place(rows[0], kind.status.field)
    return Problem(Level.ERROR, "unfilled", message, _WAITING[0].fix, place=place)


def _by_unit(rows: Iterable[Row], kind: Kind) -> Iterable[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for unit in kind.units.of(row) or ("没有写明单位的",):
            found.setdefault(unit, []).append(row)
    return found.items()


def _told(unit: str, rows: Sequence[Row], sort: _Sort, ledger: Ledger, kind: Kind) -> Problem:
    named = text.first_few([f"{row.item}（{_line(row, rows, ledger)}）" for row in rows], _NAMED, "；")
    message = f"{unit}有{len(rows)}项{sort.what}：{named}"
    place = ledger.place(rows[0], kind.status.field)
    return Problem(sort.level, sort.code, message, sort.fix, place=place)


def _line(row: Row, rows: Sequence[Row], ledger: Ledger) -> str:
    """Where a row stands; and that its progress is a picture, which its unit may well have sent."""
    progress = ledger.place(row, PROGRESS)
    pictured = progress.column and not row.get(PROGRESS) and any(p.place == progress for p in row.pictures)
    header = ledger.header(row, PROGRESS)
    said = f"，“{header.text if header else PROGRESS}”一格是图片" if pictured else ""
    return f"{in_sheet(row, rows)}第{row.place.row}行{said}"


# What is told of a progress that is there, though not as a text; that it is missing is not told beside.
_SHOWN_OTHERWISE = {"cell_picture", "cell_unread", "only_comment"}


def heard(problems: Sequence[Problem], ledger: Ledger) -> list[Problem]:
    """The problems without those that say how the empty cells of a row are read that counts in another way now."""
    silent = {
        (row.place.sheet, row.place.row)
        for row in ledger.rows
        if row.filling not in (Filling.REPORTED, Filling.COPIED) or (row.done and not row.typed)
    }
    said = ("status_proposed", "progress_missing")
    shown = {p.place for p in problems if p.code in _SHOWN_OTHERWISE}
    return [
        p
        for p in problems
        if not (p.code in said and p.place.file == ledger.file and (p.place.sheet, p.place.row) in silent)
        and not (p.code == "progress_missing" and p.place in shown)
    ]
