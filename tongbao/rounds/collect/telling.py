"""What the clerk is told of returns: a line for each row, cell and file that was not taken as it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tongbao.model import Level, Place, Problem
from tongbao.rounds.collect.arrivals import Unusable
from tongbao.rounds.collect.joint import CellReport, Verdict
from tongbao.rounds.collect.returns import Added, Return
from tongbao.rounds.collect.sent import RowKey
from tongbao.rounds.collect.tracing import Master
from tongbao.words.text import shortened

# So much of an answer is quoted in a line (set by feel); 汇总情况 shows the rest.
_QUOTED = 40


def same_twice(unit: str, several: Sequence[Return]) -> Problem:
    """A unit sent several files that say the same."""
    message = f"{unit}退回了{len(several)}个文件，填的一样，用了其中一个：" + "、".join(one.file for one in several)
    return Problem(Level.NOTE, "returned_same", message, place=Place(several[0].file))


def of_unusable(one: Unusable) -> Problem:
    """A file that cannot be used."""
    message = f"{one.unit}退回的文件不能用：{one.why}" if one.unit else f"这个文件不能用：{one.why}"
    return Problem(Level.ERROR, one.code, message, one.fix, place=Place(one.file))


def of_missing(units: Sequence[str], master: Master) -> Iterator[Problem]:
    """All units that have not answered, in one line."""
    if units:
        message = f"还有{len(units)}个单位没有退回：{'、'.join(units)}"
        fix = "照“催办单”催要后放进文件夹，再汇总一次"
        yield Problem(Level.WARNING, "not_returned", message, fix, place=Place(master.ledger.file))


def of_deleted(one: Return, address: RowKey) -> Problem:
    """A row that was sent and did not come back."""
    message, fix = f"{one.unit}退回的表里少了这一行", "台账里这一项没有改动；请向该单位核实"
    return Problem(Level.WARNING, "row_deleted", message, fix, place=Place(one.file), item=one.item(address))


def of_added(one: Return, line: Added) -> Problem:
    """A line that the unit put in."""
    message = f"{one.unit}退回的表里多了一行，没有汇总：{shortened(line.shown, 80)}"
    return Problem(Level.WARNING, "row_added", message, "确要新增的事项，请督查室写进台账", place=line.place)


def of_row(one: Return, address: RowKey, why: str, cells: Sequence[CellReport]) -> Problem:
    """A row that is not taken, with what it says: one line for all its cells."""
    said = "，".join(f"“{c.sent.header}”填的是“{shortened(c.returned, _QUOTED)}”" for c in cells if c.returned)
    message = f"{one.unit}退回的这一行没有汇总：{why}" + (f"。{said}" if said else "")
    place, item = cells[0].place, one.item(address)
    return Problem(Level.WARNING, "row_strange", message, "请核对后手工抄入台账", place=place, item=item)


def not_heard(cells: Iterable[CellReport]) -> Iterator[Problem]:
    """One note for each item into which joint units' answers were put while others of them are silent."""
    by_row: dict[Place, list[CellReport]] = {}
    for cell in cells:
        if cell.row and cell.silent:
            by_row.setdefault(cell.row.place, []).append(cell)
    for place, found in by_row.items():
        if any(cell.verdict is Verdict.CONFLICT for cell in found):
            continue  # the line of that cell names them already
        units, silent = ("、".join(dict.fromkeys(n)) for n in ((c.unit for c in found), found[0].silent))
        message = f"采纳了{units}填的，共同承办的{silent}还没有退回这一项"
        yield Problem(Level.NOTE, "joint_silent", message, "退回后再汇总一次", place=place, item=found[0].item)


def is_told_alone(cell: CellReport) -> bool:
    """Is a cell to be told of that no line of its row tells?"""
    return cell.verdict not in (Verdict.ACCEPTED, Verdict.UNCHANGED) and not cell.with_row


def of_cell(cell: CellReport) -> Problem:
    """A cell that was not taken, and why."""
    shown = f"填的是“{shortened(cell.returned, _QUOTED)}”，" if cell.returned else ""
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
        value=shortened(cell.returned, _QUOTED),
    )
