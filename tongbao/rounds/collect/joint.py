"""What becomes of one cell of the ledger for which several units answer: put together, the lead unit's, or neither."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tongbao.model import TO_BE_AGREED, Place, Row
from tongbao.rounds.collect.returns import Found
from tongbao.rounds.collect.sent import Nature, RowKey, Sent


class Verdict(StrEnum):
    """What becomes of one cell of a return; each cell has exactly one verdict."""

    ACCEPTED = "采纳"
    UNCHANGED = "未变"
    OUTSIDE = "越权"
    BLANK = "清空"
    UNREADABLE = "无法识别"
    CONFLICT = "冲突"
    ASIDE = "未用"


class Joining(StrEnum):
    """The choice for a whole ledger: joint units' sentences are put together, or the lead unit's is taken."""

    TOGETHER = "合写"
    LEAD = "牵头"


@dataclass(frozen=True, slots=True)
class Reached:
    """A row of the ledger into which a cell reaches, and the units to which it is sent (none: it is not sent)."""

    row: Row
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellReport:
    """One cell of a return as sent and as found; `target` is its cell in the ledger, `why` explains the verdict.

    `row` is its row in the ledger (None: not found there), `item` how a message names it; `units` are those to which
    that row is sent, the lead unit first; `now` is what the ledger holds. `reach` are all rows that the cell of the
    ledger covers, as merged cells do. `label` is what the answer means where it is a status: two words may mean the
    same; `ends`: it ends the item, `says_nothing`: it says that nothing was sent (未报送).

    `left` is what the ledger holds meanwhile, `fix` what to do about the verdict; `undecided`: it waits for the choice
    how joint answers are put together; `disputed`: the joint units themselves must agree; `office`: what the office
    changed in the ledger is in its way, and the unit is not to blame; `with_row`: the line about its row tells of it,
    too; `silent` are the joint units that have not
    answered for the cell.
    """

    unit: str
    sent: Sent
    found: Found
    target: Place
    row: Row | None
    item: str
    units: tuple[str, ...]
    verdict: Verdict
    why: str = ""
    now: str = ""
    reach: tuple[Reached, ...] = ()
    is_status: bool = False
    label: str = ""
    ends: bool = False
    says_nothing: bool = False
    left: str = ""
    fix: str = ""
    undecided: bool = False
    disputed: bool = False
    office: bool = False
    with_row: bool = False
    silent: tuple[str, ...] = ()

    @property
    def address(self) -> RowKey:
        """Its row in the sheet that was sent."""
        return self.sent.sheet, self.sent.id

    @property
    def returned(self) -> str:
        """What came back."""
        return self.found.value

    @property
    def explained(self) -> str:
        """The verdict explained to the clerk: to a unit `why` is enough."""
        return "。".join(filter(None, (self.why, self.left)))

    @property
    def meaning(self) -> str:
        """What it says, in the office's own word where it is a status."""
        return self.label or self.returned

    @property
    def place(self) -> Place:
        """Where it stands in the return."""
        return self.found.place


def settled(
    cells: Sequence[CellReport], choice: Joining | None, ours: Mapping[Place, Collection[str]]
) -> tuple[tuple[CellReport, ...], dict[Place, str]]:
    """The cells with their last verdict, and the new texts by cell of the ledger.

    `ours` are texts that earlier merges wrote, by cell; what else the ledger holds and was not sent is the office's.
    """
    by_target: dict[Place, list[CellReport]] = {}
    for cell in cells:
        if cell.target.column and cell.sent.nature is Nature.OPEN:
            by_target.setdefault(cell.target, []).append(cell)
    outcomes: dict[int, CellReport] = {}
    writes: dict[Place, str] = {}
    for target, group in by_target.items():
        text, judged = _outcome(group, choice, ours.get(target, ()))
        outcomes |= {id(cell): now for cell, now in zip(group, judged, strict=True)}
        if text is not None and text != group[0].now:
            writes[target] = text
    return tuple(outcomes.get(id(cell), cell) for cell in cells), writes


_SO = "台账里已是这样"
_SPLIT = "请在台账里拆开合并的单元格，再汇总一次；或手工填写"
_WAIT = "等它们退回后再汇总一次；已经商定的请手工填写"


def _outcome(
    group: Sequence[CellReport], choice: Joining | None, ours: Collection[str]
) -> tuple[str | None, list[CellReport]]:
    """The text for one cell of the ledger (None: it stays), and the reports on it."""
    answers = [cell for cell in group if cell.verdict is Verdict.ACCEPTED]
    if not answers:
        return None, list(group)
    now = answers[0].now
    # An empty cell holds nothing of the office's: merged cells that were split leave such cells behind.
    known = {"", *ours, *(cell.sent.value for cell in group), *(cell.returned for cell in answers)}
    if now not in known:
        return None, _each(group, Verdict.CONFLICT, f"分发以后台账里这一格也改过，现在是“{now}”")
    if all(cell.returned == now for cell in answers) and not _kept(group, answers):
        silent = () if choice is Joining.LEAD else _others(group, {cell.unit for cell in group})
        return None, _each(group, Verdict.UNCHANGED, _SO, silent=silent)
    if why := _merged_over(group, answers):
        return None, _each(group, Verdict.CONFLICT, why, fix=_SPLIT)
    rivals = [*answers, *_kept(group, answers)]
    if unit := _of_two_minds(rivals):
        return None, _each(group, Verdict.CONFLICT, f"{unit}自己填的就不一样。{_told(rivals)}")
    units = _units(group)
    if choice is Joining.LEAD and len(units) > 1:
        return _lead(group, answers, units[0])
    if len({cell.meaning for cell in rivals}) == 1:
        return _agreed(group, answers, rivals)
    return _disagreed(group, choice, {cell.unit: cell for cell in rivals}, ours)


def _each(group: Sequence[CellReport], verdict: Verdict, why: str = "", **more: Any) -> list[CellReport]:
    """The reports with this verdict on every answer."""
    return [replace(c, verdict=verdict, why=why, **more) if c.verdict is Verdict.ACCEPTED else c for c in group]


def _units(group: Sequence[CellReport]) -> list[str]:
    """The units of the rows that share the cell, in the order of the ledger; those known by another name there last."""
    by_row = {c.row.place: c.units for c in group if c.row}
    return list(dict.fromkeys([*(u for place in sorted(by_row) for u in by_row[place]), *(c.unit for c in group)]))


def _kept(group: Sequence[CellReport], answers: Sequence[CellReport]) -> list[CellReport]:
    """The statuses that units let stand: where another one changes it, that is their answer too."""
    answered = {(cell.unit, cell.row and cell.row.place) for cell in answers}
    kept = [c for c in group if c.is_status and c.verdict is Verdict.UNCHANGED and c.returned]
    return [cell for cell in kept if (cell.unit, cell.row and cell.row.place) not in answered]


def _of_two_minds(rivals: Sequence[CellReport]) -> str:
    """A unit that gives two answers for one cell, in two rows or in two sheets; empty where none does."""
    meant: dict[str, set[str]] = {}
    for cell in rivals:
        meant.setdefault(cell.unit, set()).add(cell.meaning)
    return next((unit for unit, meanings in meant.items() if len(meanings) > 1), "")


def _told(rivals: Iterable[CellReport]) -> str:
    return "；".join(dict.fromkeys(f"{cell.unit}：{cell.returned.rstrip('。；;') or '（空）'}" for cell in rivals))


# ---------------------------------------------------------------------------------------------- merged over items


def _merged_over(group: Sequence[CellReport], answers: Sequence[CellReport]) -> str:
    """Why nobody may fill in a cell that is merged over several items; empty where it can be, or covers one item.

    What is written there holds for all of them: so the same units must answer for all, and say the same of each.
    """
    reach = group[0].reach
    if len({one.row.item_key for one in reach}) < 2:
        return ""
    over = f"台账里这一格合并在{_items(reach)}上"
    if len({frozenset(one.units) for one in reach}) > 1:
        return f"{over}，这几项的承办单位不一样"
    said = {(c.unit, c.row.place): c.meaning for c in group if c.row}
    meant = {(unit, said.get((unit, one.row.place), "")) for unit in {c.unit for c in answers} for one in reach}
    if len({unit for unit, _ in meant}) < len(meant):
        return f"{over}，各项填的不一样"
    return ""


def _items(reach: Sequence[Reached]) -> str:
    """`第1、2项`; rows without a number by their lines."""
    numbers = list(dict.fromkeys(one.row.no for one in reach))
    if all(numbers):
        return f"第{'、'.join(numbers)}项"
    return f"第{'、'.join(str(one.row.place.row) for one in reach)}行"


# ---------------------------------------------------------------------------------------------- several units


def _agreed(
    group: Sequence[CellReport], answers: Sequence[CellReport], rivals: Sequence[CellReport]
) -> tuple[str | None, list[CellReport]]:
    """The one answer that all give who answered; not if it ends an item for which others are still to be heard."""
    text, silent = answers[0].returned, _others(group, {cell.unit for cell in group})
    if text == answers[0].now:
        return text, _each(group, Verdict.UNCHANGED, _SO, silent=silent)
    waiting = _others(group, {cell.unit for cell in rivals})
    if answers[0].ends and waiting:
        blank = [unit for unit in waiting if unit not in silent]
        whys = [f"其他单位（{'、'.join(silent)}）还没有退回这一项"] if silent else []
        whys += [f"其他单位（{'、'.join(blank)}）没有填这一格"] if blank else []
        why = f"{'，'.join(whys)}；这一项不由一个单位办结"
        return None, _each(group, Verdict.CONFLICT, why, fix=_WAIT, silent=silent)
    return text, _each(group, Verdict.ACCEPTED, silent=silent)


def _others(group: Sequence[CellReport], heard: Collection[str]) -> tuple[str, ...]:
    """The units that answer for the cell as well and are not among these."""
    asked = dict.fromkeys(unit for one in group[0].reach for unit in one.units)
    return tuple(unit for unit in asked if unit not in heard) if len(asked) > 1 else ()


def _disagreed(
    group: Sequence[CellReport], choice: Joining | None, rivals: Mapping[str, CellReport], ours: Collection[str]
) -> tuple[str | None, list[CellReport]]:
    """Answers that differ: put together where they are sentences and the clerk chose so, else left to be agreed."""
    one, units = group[0], _units(group)
    if choice is Joining.TOGETHER and not one.is_status:
        text = together({unit: rivals[unit].returned for unit in sorted(rivals, key=units.index)})
        silent = _others(group, {cell.unit for cell in group})
        return text, _each(group, Verdict.ACCEPTED, f"几个单位合写：{text}", silent=silent)
    why = f"几个单位填的不一样。{_told(sorted(rivals.values(), key=lambda cell: units.index(cell.unit)))}"
    if one.is_status:
        left = f"仍是“{one.now}”" if one.now else "还空着，商定填上以前，这一项按没有填状态或没有填报处理"
        judged = _each(group, Verdict.CONFLICT, why, left=f"没有写入，台账里{left}", disputed=True)
        # Those that let their status stand are party to it, and must hear of it as well.
        parties = {id(cell) for cell in _kept(group, ())}
        return None, [replace(c, why=why, disputed=True) if id(c) in parties else c for c in judged]
    # The cell does not stay empty: else units that have answered would be named as those that sent nothing.
    free = not one.now or one.now in ours
    told = together({unit: rivals[unit].returned for unit in sorted(rivals, key=units.index)})
    judged = _each(group, Verdict.CONFLICT, why, undecided=choice is None)
    return (TO_BE_AGREED + told if free else None), judged


def _lead(group: Sequence[CellReport], answers: Sequence[CellReport], lead: str) -> tuple[str | None, list[CellReport]]:
    """The lead unit's answer; those of the others are set aside, also while the lead unit has given none."""
    mine = next((cell for cell in answers if cell.unit == lead), None)
    text = mine.returned if mine else None
    why = f"以牵头单位{lead}为准" if mine else f"以牵头单位{lead}为准，它还没有填（或没有改）这一格"
    is_new = mine is not None and text != mine.now
    verdicts = {True: (Verdict.ACCEPTED, "") if is_new else (Verdict.UNCHANGED, _SO), False: (Verdict.ASIDE, why)}
    judged = []
    for cell in group:
        if cell.verdict is Verdict.ACCEPTED:
            same = cell.returned == text
            verdict, reason = verdicts[same]
            cell = replace(cell, verdict=verdict, why=reason)
        judged.append(cell)
    return text, judged


def together(texts: Mapping[str, str]) -> str:
    """The answers as one: `县交警大队：已招标；县住建局：已设计。`; units that say the same stand together."""
    by_text: dict[str, list[str]] = {}
    for unit, text in texts.items():
        by_text.setdefault(text.rstrip("。；;，, \n"), []).append(unit)
    pieces = [f"{'、'.join(units)}：{text}" for text, units in by_text.items() if text]
    stopped = any(text.rstrip().endswith(("。", "；", ";")) for text in texts.values())
    return "；".join(pieces) + ("。" if stopped else "")
