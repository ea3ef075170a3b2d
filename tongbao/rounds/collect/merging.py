"""Returns brought together: a verdict on every cell that went out, and what to write into the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongbao.ledger.labels import Labels
from tongbao.model import NO, PROGRESS, TASK, Level, Place, Problem, Row, State
from tongbao.rounds.collect.arrivals import Unusable
from tongbao.rounds.collect.joint import CellReport, Joining, Reached, Verdict, settled
from tongbao.rounds.collect.naming import present_names, renamed
from tongbao.rounds.collect.returns import Added, Found, Return
from tongbao.rounds.collect.sent import Copy, Nature, RowKey, Sent
from tongbao.rounds.collect.tracing import Master, Traced, Tracer
from tongbao.words.text import shortened


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
    told = [*map(_told, filter(_is_doubtful, judged)), *_not_heard(judged)]
    told += [*map(_unusable, unusable), *_missing(missing, master)]
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
            said = bool(cell.returned) and cell.returned != cell.sent.value
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
            problems += [_same_twice(unit, several)] if len(several) > 1 and alike else []
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


def _same_twice(unit: str, several: Sequence[Return]) -> Problem:
    message = f"{unit}退回了{len(several)}个文件，填的一样，用了其中一个：" + "、".join(one.file for one in several)
    return Problem(Level.NOTE, "returned_same", message, place=Place(several[0].file))


def _unusable(one: Unusable) -> Problem:
    message = f"{one.unit}退回的文件不能用：{one.why}" if one.unit else f"这个文件不能用：{one.why}"
    return Problem(Level.ERROR, one.code, message, one.fix, place=Place(one.file))


def _missing(units: Sequence[str], master: Master) -> Iterator[Problem]:
    if units:
        message = f"还有{len(units)}个单位没有退回：{'、'.join(units)}"
        fix = "照“催办单”催要后放进文件夹，再汇总一次"
        yield Problem(Level.WARNING, "not_returned", message, fix, place=Place(master.ledger.file))


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
        reports = _not_both(reports)
        touched = {(c.sent.sheet, c.sent.id) for c in reports if c.verdict is not Verdict.UNCHANGED}
        strange = {address: where.why for address, where in traced.items() if where.why} | dict(one.strange)
        told = [_strange(one, address, why) for address, why in strange.items() if address in touched]
        gone = [_deleted(one, address) for address in one.copy.rows if address not in there]
        return reports, [*gone, *(_added(one, line) for line in one.added), *told]

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
            row.item if row else _item(one, address),
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
    told = {(c.sent.sheet, c.sent.id) for c in reports if c.sent.field == PROGRESS and c.verdict is Verdict.ACCEPTED}
    return [
        replace(c, verdict=Verdict.UNREADABLE, why=f"写着{c.returned}，却填了进展")
        if c.says_nothing and c.verdict is Verdict.ACCEPTED and (c.sent.sheet, c.sent.id) in told
        else c
        for c in reports
    ]


# ---------------------------------------------------------------------------------------------- what is told


def _item(one: Return, address: RowKey) -> str:
    """How a message names a row that is not in the ledger any more: as `Row.item`, by what was sent."""
    return Row(Place(), one.copy.text(address, NO), one.copy.text(address, TASK)).item


def _deleted(one: Return, address: RowKey) -> Problem:
    fix = "台账里这一项没有改动；请向该单位核实"
    return Problem(
        Level.WARNING,
        "row_deleted",
        f"{one.unit}退回的表里少了这一行",
        fix,
        place=Place(one.file),
        item=_item(one, address),
    )


def _added(one: Return, line: Added) -> Problem:
    message = f"{one.unit}退回的表里多了一行，没有汇总：{shortened(line.shown, 80)}"
    return Problem(Level.WARNING, "row_added", message, "确要新增的事项，请督查室写进台账", place=line.place)


def _strange(one: Return, address: RowKey, why: str) -> Problem:
    message = f"{one.unit}退回的这一行没有汇总：{why}"
    fix = "请核对后手工抄入台账"
    item = _item(one, address)
    return Problem(Level.WARNING, "row_strange", message, fix, place=Place(one.file), item=item, value=address[1])


def _not_heard(cells: Iterable[CellReport]) -> Iterator[Problem]:
    """One note for each item into which joint units' answers were put while others of them are silent."""
    by_row: dict[Place, list[CellReport]] = {}
    for cell in cells:
        if cell.row and cell.silent:
            by_row.setdefault(cell.row.place, []).append(cell)
    for place, found in by_row.items():
        if any(cell.verdict is Verdict.CONFLICT for cell in found):
            continue  # the line of that cell names them already
        units, silent = ("、".join(dict.fromkeys(n)) for n in ((c.unit for c in found), found[0].silent))
        message = f"采纳了{units}填的，共同承办的{silent}还没有退回能用的表"
        yield Problem(Level.NOTE, "joint_silent", message, "退回后再汇总一次", place=place, item=found[0].item)


def _told(cell: CellReport) -> Problem:
    shown = f"填的是“{shortened(cell.returned, 40)}”，" if cell.returned else ""
    message = f"{cell.unit}退回的“{cell.sent.header}”{shown}没有采纳（{cell.verdict}）：{cell.explained}"
    fix = cell.fix or "请核对；要用的请手工抄入台账"
    fix = "用 --joint 写明合写还是以牵头单位为准，或商定后手工抄入" if cell.undecided else fix
    code = f"cell_{cell.verdict.name.lower()}"
    return Problem(
        Level.WARNING,
        code,
        message,
        fix,
        place=cell.place,
        header=cell.sent.header,
        item=cell.item,
        value=shortened(cell.returned, 40),
    )


def _is_doubtful(cell: CellReport) -> bool:
    return cell.verdict not in (Verdict.ACCEPTED, Verdict.UNCHANGED)
