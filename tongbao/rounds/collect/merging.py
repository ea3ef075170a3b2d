"""Returns brought together: a verdict on every cell that went out, and what to write into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Book, text_of
from tongbao.ledger.labels import Labels
from tongbao.model import TASK, Ledger, Level, Place, Problem, Row
from tongbao.rounds.collect.returns import Found, Nature, Return, Sent
from tongbao.words.text import clean, key


class Verdict(StrEnum):
    """What becomes of one cell of a return; each cell has exactly one verdict."""

    ACCEPTED = "采纳"
    UNCHANGED = "未变"
    OUTSIDE = "越权"
    UNREADABLE = "无法识别"
    CONFLICT = "冲突"


@dataclass(frozen=True, slots=True)
class CellReport:
    """One cell of a return as sent and as returned; `target` is its cell in the ledger, `why` explains the verdict."""

    unit: str
    sent: Sent
    returned: str
    place: Place
    target: Place
    item: str
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """All returns together. `writes` are new texts by cell of the ledger; `files` the returned file by unit; `missing`
    are units that have not answered."""

    cells: tuple[CellReport, ...]
    writes: Mapping[Place, str]
    files: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Master:
    """The ledger into which the returns go: its rows and their ids by place, its workbook as it is now, whose it is."""

    ledger: Ledger
    book: Book
    kind: Kind
    ids: Mapping[Place, str]
    office: str
    report: str


def merge(master: Master, returns: Sequence[Return], expected: Iterable[str]) -> tuple[Merged, list[Problem]]:
    """What the returns bring into a ledger, and all that was not taken. `expected` are the units that got a sheet.

    A return of another office, report or period is an error and left out, and so are two returns of one unit.
    """
    usable, problems = _usable(master, returns)
    judge = _Judge(master)
    cells: list[CellReport] = []
    for one in usable:
        found, more = judge.cells(one)
        cells += found
        problems += more
    settled = tuple(_settled(cells))
    writes = {cell.target: cell.returned for cell in settled if cell.verdict is Verdict.ACCEPTED}
    files = {one.stamp.unit: one.file for one in usable}
    missing = tuple(unit for unit in expected if unit not in files)
    problems += [*map(_told, filter(_is_doubtful, settled)), *_missing(missing, master.ledger)]
    return Merged(settled, writes, files, missing), problems


def _usable(master: Master, returns: Sequence[Return]) -> tuple[list[Return], list[Problem]]:
    own = (master.office, master.report, master.ledger.period.label)
    ours = {one.file for one in returns if (one.stamp.office, one.stamp.report, one.stamp.period) == own}
    units = Counter(one.stamp.unit for one in returns if one.file in ours)
    problems: list[Problem] = []
    usable = []
    for one in returns:
        stamp = one.stamp
        if one.file not in ours:
            message = f"这是{stamp.office}“{stamp.report}”{stamp.period}发给{stamp.unit}的表，不是要汇总的，没有采用"
            fix = f"要的是{own[0]}“{own[1]}”{own[2]}的表，请该单位核对后重新退回"
            problems.append(Problem(Level.ERROR, "return_of_another", message, fix, place=Place(one.file)))
        elif units[stamp.unit] > 1:
            message = f"{stamp.unit}退回了{units[stamp.unit]}个文件，不知道用哪一个，都没有采用"
            problems.append(
                Problem(Level.ERROR, "returned_twice", message, "只留一个，其余移走", place=Place(one.file))
            )
        else:
            usable.append(one)
    return usable, problems


def _missing(units: Sequence[str], ledger: Ledger) -> Iterator[Problem]:
    if units:
        message = f"还有{len(units)}个单位没有退回：{'、'.join(units)}"
        yield Problem(Level.WARNING, "not_returned", message, "催要后放进文件夹，再汇总一次", place=Place(ledger.file))


# ---------------------------------------------------------------------------------------------- one return


class _Judge:
    """Compares each cell of a return with what went out and with what the ledger holds now."""

    def __init__(self, master: Master) -> None:
        self.kind, self.ledger = kind, ledger = master.kind, master.ledger
        self.labels = Labels(kind)
        self.rows = {master.ids[row.place]: row for row in ledger.rows}
        self.sheets = {s.name: (s, s.origins()) for s in master.book.sheets}
        self.status = {
            t.sheet: t.headers[kind.status.field].column for t in ledger.tables if kind.status.field in t.headers
        }

    def cells(self, one: Return) -> tuple[list[CellReport], list[Problem]]:
        """A report on every cell of a return, and the problems of its rows: deleted, added, copied, or strange."""
        sent = [s for s in one.sent if s.id]
        strange = self._strange(one)
        reports = [self._cell(one, s, strange.get(s.id, "")) for s in sent if s.address in one.found]
        deleted = dict.fromkeys(s.id for s in sent if s.address not in one.found)
        return reports, [*self._deleted(one, deleted), *self._added(one), *self._rows_told(one, strange)]

    def _strange(self, one: Return) -> dict[str, str]:
        """Id → why, for rows that cannot be merged: copied in the return, gone from the ledger, another item there."""
        strange = dict.fromkeys(one.twice, "这个编号在退回的表里有几行")
        for s in one.sent:
            row = self.rows.get(s.id)
            if s.id and row is None:
                strange[s.id] = "台账里已没有这个编号"
            elif row and self._is_task(s) and not row.id and key(s.value) != key(row.text):
                strange[s.id] = "台账在分发以后改动过，这个编号现在是另一项"
        return strange

    def _is_task(self, sent: Sent) -> bool:
        tables = (t for t in self.ledger.tables if t.sheet == sent.sheet and TASK in t.headers)
        return any(t.headers[TASK].column == sent.column for t in tables)

    def _cell(self, one: Return, sent: Sent, strange: str) -> CellReport:
        found, row = one.found[sent.address], self.rows.get(sent.id)
        target = self._target(row, sent.column) if row else Place()
        verdict, why = self._verdict(sent, found, strange)
        if verdict is Verdict.ACCEPTED:
            verdict, why = self._against_ledger(sent, found.value, target)
        item = row.item if row else sent.id
        return CellReport(one.stamp.unit, sent, found.value, found.place, target, item, verdict, why)

    def _verdict(self, sent: Sent, found: Found, strange: str) -> tuple[Verdict, str]:
        value = found.value
        if found.failed:
            return Verdict.UNREADABLE, found.failed
        if value == sent.value:
            return Verdict.UNCHANGED, ""
        if strange:
            return Verdict.UNREADABLE, strange
        if sent.nature is not Nature.OPEN:
            return Verdict.OUTSIDE, "这一格不由单位填写"
        if value and sent.column == self.status.get(sent.sheet) and self.labels.named(value)[0] is None:
            return Verdict.UNREADABLE, "不认识的状态，可用：" + "、".join(label.name for label in self.kind.labels)
        return Verdict.ACCEPTED, ""

    def _against_ledger(self, sent: Sent, value: str, target: Place) -> tuple[Verdict, str]:
        """The verdict on an answer by what the ledger holds now: the office may have changed that cell as well."""
        sheet, _ = self.sheets[target.sheet]
        now = clean(text_of(sheet.value(target.row, target.column)))
        if now == value:
            return Verdict.UNCHANGED, "台账里已是这样"
        if now != sent.value:
            return Verdict.CONFLICT, f"分发以后台账里这一格也改过，现在是“{now}”"
        return Verdict.ACCEPTED, ""

    def _target(self, row: Row, column: int) -> Place:
        """The cell of the ledger for a row and a column; where a merged range covers it, the first cell of that."""
        _, origins = self.sheets[row.place.sheet]
        line, column = origins.get((row.place.row, column), (row.place.row, column))
        return Place(row.place.file, row.place.sheet, line, column)

    # What is wrong with rows -------------------------------------------------------------------

    def _deleted(self, one: Return, ids: Iterable[str]) -> Iterator[Problem]:
        for id in ids:
            row = self.rows.get(id)
            message = f"{one.stamp.unit}退回的表里少了一行：编号{id}"
            fix = "台账里这一项没有改动；请向该单位核实"
            yield Problem(
                Level.WARNING, "row_deleted", message, fix, place=Place(one.file), item=row.item if row else ""
            )

    def _added(self, one: Return) -> Iterator[Problem]:
        for place in one.added:
            message = f"{one.stamp.unit}退回的表里多了一行，没有汇总"
            yield Problem(Level.WARNING, "row_added", message, "确要新增的事项，请督查室写进台账", place=place)

    def _rows_told(self, one: Return, strange: Mapping[str, str]) -> Iterator[Problem]:
        for id, why in strange.items():
            message = f"{one.stamp.unit}退回的编号{id}一行没有汇总：{why}"
            yield Problem(
                Level.WARNING, "row_strange", message, "请核对后手工抄入台账", place=Place(one.file), value=id
            )


# ---------------------------------------------------------------------------------------------- all returns


def _settled(cells: Sequence[CellReport]) -> Iterator[CellReport]:
    """The cells; where several returns answer differently for one cell of the ledger, none of them is taken."""
    texts: dict[Place, dict[str, str]] = {}
    for cell in cells:
        if cell.verdict is Verdict.ACCEPTED:
            texts.setdefault(cell.target, {}).setdefault(cell.returned, cell.unit)
    for cell in cells:
        rivals = texts.get(cell.target, {})
        if cell.verdict is Verdict.ACCEPTED and len(rivals) > 1:
            told = "；".join(f"{unit}：{text or '（空）'}" for text, unit in rivals.items())
            yield replace(cell, verdict=Verdict.CONFLICT, why=f"几处退回的不一样。{told}")
        else:
            yield cell


def _is_doubtful(cell: CellReport) -> bool:
    return cell.verdict not in (Verdict.ACCEPTED, Verdict.UNCHANGED)


def _told(cell: CellReport) -> Problem:
    shown = cell.returned if len(cell.returned) <= 40 else cell.returned[:40] + "…"
    message = f"{cell.unit}退回的“{cell.sent.header}”没有采纳（{cell.verdict}）：{cell.why}"
    fix = "请核对；要用的请手工抄入台账"
    code = f"cell_{cell.verdict.name.lower()}"
    return Problem(
        Level.WARNING, code, message, fix, place=cell.place, header=cell.sent.header, item=cell.item, value=shown
    )
