"""Returns brought together: a verdict on every cell that went out, and what to write into the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongbao.ledger.labels import Labels
from tongbao.model import PROGRESS, Place, Problem, Row, State
from tongbao.rounds.collect import telling
from tongbao.rounds.collect.arrivals import Unusable
from tongbao.rounds.collect.joint import CellReport, Joining, Reached, Verdict, settled
from tongbao.rounds.collect.naming import present_names, renamed
from tongbao.rounds.collect.returns import Added, Found, Return
from tongbao.rounds.collect.sent import Copy, Nature, RowKey, Sent
from tongbao.rounds.collect.tracing import Master, Traced, Tracer


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decided for the whole ledger: how joint units' answers are put together (None: not decided), and
    which file counts of a unit that sent several (by unit)."""

    joining: Joining | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """All returns together. `writes` are new texts by cell of the ledger; `files` the returned file by unit; `missing`
    are units that have not answered, `refused` (with the reasons) those whose files cannot be used.

    `unfilled` are the rows, by unit, into which a unit put nothing; `added` the lines that units put in; `versions` the
    different files of units that sent several.
    """

    cells: tuple[CellReport, ...]
    writes: Mapping[Place, str]
    files: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unfilled: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    added: tuple[tuple[str, Added], ...] = ()
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def undecided(self) -> int:
        """How many cells of the ledger wait for the choice how joint answers are put together."""
        return len({cell.target for cell in self.cells if cell.undecided})


def merge(
    master: Master,
    returns: Sequence[Return],
    expected: Iterable[str],
    unusable: Sequence[Unusable] = (),
    choices: Choices | None = None,
    ours: Mapping[Place, Collection[str]] | None = None,
    sent: Iterable[Copy] = (),
) -> tuple[Merged, list[Problem]]:
    """What the returns bring into a ledger, and all that was not taken. `expected` are the units that got a sheet.

    A return of another office, report or period is an error and left out, and so are returns of one unit that differ.
    `ours` are texts that earlier merges wrote, by cell: they are no work of the office and may be replaced. `sent` are
    all sheets that went out, which help to know units by the names that they have now.
    """
    choices, expected = choices or Choices(), tuple(expected)
    names = present_names([*sent, *(one.copy for one in returns)], master)
    returns = [replace(one, copy=renamed(one.copy, names)) for one in returns]
    counting, problems = _counting(master, returns, choices)
    unusable = [*unusable, *counting.unusable]
    cells, said = _judged(master, counting.usable)
    judged, writes = settled(cells, choices.joining, ours or {})
    usable, files = counting.usable, _files(counting.usable)
    refused = {unit: whys for unit in expected if unit not in files and (whys := _whys(unit, unusable))}
    missing = tuple(unit for unit in expected if unit not in files and unit not in refused)
    added = tuple((one.unit, line) for one in usable for line in one.added)
    unfilled = {one.unit: places for one in usable if (places := _unfilled(one.unit, judged))}
    told = [*map(telling.of_cell, filter(telling.is_told_alone, judged)), *telling.not_heard(judged)]
    told += [*map(telling.of_unusable, unusable), *telling.of_missing(missing, master)]
    merged = Merged(judged, writes, files, missing, refused, unfilled, added, counting.versions)
    return merged, [*problems, *said, *told]


def _judged(master: Master, returns: Sequence[Return]) -> tuple[list[CellReport], list[Problem]]:
    """A report on every cell of all returns, and the problems of their rows."""
    judge = _Judge(master)
    each = [judge.cells(one) for one in returns]
    return [cell for cells, _ in each for cell in cells], [problem for _, said in each for problem in said]


def _files(returns: Sequence[Return]) -> dict[str, str]:
    """What each unit returned; several files where sheets of several of its names went out."""
    names: dict[str, list[str]] = {}
    for one in returns:
        names.setdefault(one.unit, []).append(one.file)
    return {unit: "、".join(dict.fromkeys(files)) for unit, files in names.items()}


def _whys(unit: str, unusable: Iterable[Unusable]) -> tuple[str, ...]:
    return tuple(one.told for one in unusable if one.unit == unit)


def _unfilled(unit: str, cells: Iterable[CellReport]) -> tuple[Place, ...]:
    """The rows of the ledger for which a unit left all cells to fill in as they were sent, or emptied them."""
    filled: dict[Place, bool] = {}
    for cell in cells:
        if cell.unit == unit and cell.row and cell.sent.nature is Nature.OPEN:
            said = bool(cell.found.failed) or (bool(cell.returned) and cell.returned != cell.sent.value)
            filled[cell.row.place] = filled.get(cell.row.place, False) or said
    return tuple(place for place, said in filled.items() if not said)


# ---------------------------------------------------------------------------------------------- which files count


@dataclass(frozen=True, slots=True)
class _Counting:
    """The returns that count, the files that do not, and the different files of units that sent several."""

    usable: Sequence[Return]
    unusable: Sequence[Unusable]
    versions: Mapping[str, tuple[str, ...]]


def _counting(master: Master, returns: Sequence[Return], choices: Choices) -> tuple[_Counting, list[Problem]]:
    """Which returns count: those of this ledger's round, one of each unit; a note where a unit sent the same twice."""
    unusable = [_of_another(one, master) for one in returns if not _is_of_this_round(one, master)]
    usable: list[Return] = []
    problems: list[Problem] = []
    versions: dict[str, tuple[str, ...]] = {}
    for several in _versions(one for one in returns if _is_of_this_round(one, master)):
        unit = several[0].unit
        chosen = [one for one in several if one.file == choices.versions.get(unit)]
        alike = all(_says_the_same(one, several[0]) for one in several)
        if chosen or alike:
            usable.append(chosen[0] if chosen else several[0])
            problems += [telling.same_twice(unit, several)] if len(several) > 1 and alike else []
        else:
            versions[unit] = tuple(sorted(one.file for one in several))
            unusable.append(Unusable(several[0].file, _several(versions[unit]), unit, "returned_twice", _ONE))
    return _Counting(usable, unusable, versions), problems


def _versions(returns: Iterable[Return]) -> list[list[Return]]:
    """The returns, those together that one unit sent for the same rows.

    Sheets that went out under two names of one unit hold different rows, and both count.
    """
    found: list[list[Return]] = []
    for one in returns:
        same = [group for group in found if group[0].unit == one.unit]
        group = next((group for group in same if any(one.copy.rows.keys() & o.copy.rows.keys() for o in group)), None)
        if group:
            group.append(one)
        else:
            found.append([one])
    return found


def _is_of_this_round(one: Return, master: Master) -> bool:
    stamp = one.copy.stamp
    return (stamp.office, stamp.report, stamp.period) == (master.office, master.report, master.ledger.period.label)


def _of_another(one: Return, master: Master) -> Unusable:
    stamp = one.copy.stamp
    why = f"这是{stamp.office}“{stamp.report}”{stamp.period}发给{stamp.unit}的表，不是要汇总的"
    wanted = f"{master.office}“{master.report}”{master.ledger.period.label}"
    fix = f"要的是{wanted}的表，请该单位核对后重新退回"
    return Unusable(one.file, why, stamp.unit, "return_of_another", fix)


_ONE = "问清以哪一个为准，只留那一个，其余移走"


def _says_the_same(one: Return, other: Return) -> bool:
    lines = [sorted(line.texts for line in each.added) for each in (one, other)]
    return one.answers() == other.answers() and lines[0] == lines[1]


def _several(files: Sequence[str]) -> str:
    return f"退回了{len(files)}个文件，填的不一样，不知道用哪一个：{'、'.join(files)}"


# ---------------------------------------------------------------------------------------------- one return


class _Judge:
    """Compares each cell of a return with what went out."""

    def __init__(self, master: Master) -> None:
        self.master, self.kind = master, master.kind
        self.labels, self.tracer = Labels(master.kind), Tracer(master)

    def cells(self, one: Return) -> tuple[list[CellReport], list[Problem]]:
        """A report on every cell of a return, and the problems of its rows: deleted, added, copied, or strange."""
        traced = self.tracer.rows(one.copy)
        there = {(sheet, id) for sheet, id, _ in one.found}
        reports = [self._cell(one, s, traced[s.sheet, s.id]) for s in one.copy.sent if s.address in one.found]
        strange = {address: where.why for address, where in traced.items() if where.why} | dict(one.strange)
        reports = [replace(c, with_row=c.why != "" and c.why == strange.get(c.address)) for c in _not_both(reports)]
        not_taken: dict[RowKey, list[CellReport]] = {}
        for cell in reports:
            if cell.address in strange and cell.verdict is not Verdict.UNCHANGED:
                not_taken.setdefault(cell.address, []).append(cell)
        told = [telling.of_row(one, address, strange[address], cells) for address, cells in not_taken.items()]
        gone = [telling.of_deleted(one, address) for address in one.copy.rows if address not in there]
        return reports, [*gone, *(telling.of_added(one, line) for line in one.added), *told]

    def _cell(self, one: Return, sent: Sent, traced: Traced) -> CellReport:
        found, row, address = one.found[sent.address], traced.row, (sent.sheet, sent.id)
        column = traced.way.columns.get(sent.column, 0) if traced.way else 0
        target = self.master.grid.first(row.place.at(column)) if row and column else Place()
        changed = traced.why or ("" if column else "台账里已没有这一列")
        verdict, why = self._verdict(sent, found, one.strange.get(address, "") or changed)
        label = self.labels.named(found.value)[0] if sent.field == self.kind.status.field and found.value else None
        return CellReport(
            one.unit,
            sent,
            found,
            target,
            row,
            row.item if row else one.item(address),
            self.kind.units.of(row) if row else (),
            verdict,
            why,
            self.master.grid.text(target) if target.column else "",
            self._reach(target, row, column),
            sent.field == self.kind.status.field,
            label.name if label else "",
            label is not None and (label.is_done or label.withdrawn),
            office=why != "" and why == changed,
            says_nothing=label is not None and label.state is State.UNREPORTED,
        )

    def _reach(self, target: Place, row: Row | None, column: int) -> tuple[Reached, ...]:
        rows = self.master.reach(target, column) if row and column else ()
        return tuple(Reached(each, self.kind.units.of(each) if each.is_open else ()) for each in rows)

    def _verdict(self, sent: Sent, found: Found, strange: str) -> tuple[Verdict, str]:
        value, is_status = found.value, sent.field == self.kind.status.field
        if found.failed:
            return Verdict.UNREADABLE, found.failed
        if value == sent.value:
            return Verdict.UNCHANGED, ""
        if strange:
            return Verdict.UNREADABLE, strange
        if sent.nature is not Nature.OPEN:
            return Verdict.OUTSIDE, "这一格不由单位填写"
        if not value and (is_status or sent.field == PROGRESS):
            return Verdict.BLANK, "发出时有字，退回时是空的，台账里的没有清空"
        if value and is_status and self.labels.named(value)[0] is None:
            return Verdict.UNREADABLE, "不认识的状态，可用：" + "、".join(label.name for label in self.kind.labels)
        return Verdict.ACCEPTED, ""


def _not_both(reports: Sequence[CellReport]) -> list[CellReport]:
    """The reports of a return, where a status that says "nothing was sent" beside new progress is not taken."""
    told = {c.address for c in reports if c.sent.field == PROGRESS and c.verdict is Verdict.ACCEPTED}
    return [
        replace(c, verdict=Verdict.UNREADABLE, why=f"写着{c.returned}，却填了进展")
        if c.says_nothing and c.verdict is Verdict.ACCEPTED and c.address in told
        else c
        for c in reports
    ]
