"""What becomes of one cell of the ledger for which several units answer: put together, the lead unit's, or neither."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tongbao.model import TO_BE_AGREED, Place, Row
from tongbao.rounds.collect.returns import Found
from tongbao.rounds.collect.sent import Nature, Sent


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
class CellReport:
    """One cell of a return as sent and as found; `target` is its cell in the ledger, `why` explains the verdict.

    `row` is its row in the ledger (None: not found there), `units` are those to which that row is sent, the lead unit
    first; `now` is what the ledger holds. `label` is what the answer means where it is a status: two words may mean the
    same. `undecided`: it waits for the choice how joint answers are put together.
    """

    unit: str
    sent: Sent
    found: Found
    target: Place
    row: Row | None
    units: tuple[str, ...]
    verdict: Verdict
    why: str = ""
    now: str = ""
    is_status: bool = False
    label: str = ""
    undecided: bool = False

    @property
    def returned(self) -> str:
        """What came back."""
        return self.found.value

    @property
    def place(self) -> Place:
        """Where it stands in the return."""
        return self.found.place

    @property
    def item(self) -> str:
        """How a message names its row."""
        return self.row.item if self.row else self.sent.id


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


def _outcome(
    group: Sequence[CellReport], choice: Joining | None, ours: Collection[str]
) -> tuple[str | None, list[CellReport]]:
    """The text for one cell of the ledger (None: it stays), and the reports on it."""
    answers = [cell for cell in group if cell.verdict is Verdict.ACCEPTED]
    if not answers:
        return None, list(group)
    known = {*ours, *(cell.sent.value for cell in group), *(cell.returned for cell in answers)}
    if answers[0].now not in known:
        why = f"分发以后台账里这一格也改过，现在是“{answers[0].now}”"
        return None, _each(group, Verdict.CONFLICT, why)
    units = _units(group)
    if choice is Joining.LEAD and len(units) > 1:
        return _lead(group, answers, units[0])
    rivals = _rivals(group, answers)
    if len({cell.label or cell.returned for cell in rivals.values()}) == 1:
        text = answers[0].returned
        return text, _each(group, Verdict.ACCEPTED) if text != answers[0].now else _each(group, Verdict.UNCHANGED, _SO)
    if choice is Joining.TOGETHER and not answers[0].is_status:
        text = together({unit: rivals[unit].returned for unit in sorted(rivals, key=units.index)})
        return text, _each(group, Verdict.ACCEPTED, f"几个单位合写：{text}")
    told = "；".join(f"{unit}：{cell.returned or '（空）'}" for unit, cell in rivals.items())
    judged = _each(group, Verdict.CONFLICT, f"几个单位填的不一样。{told}")
    if answers[0].is_status:
        return None, judged
    judged = [replace(c, undecided=choice is None) if c.verdict is Verdict.CONFLICT else c for c in judged]
    # The cell does not stay empty: else units that have answered would be named as those that sent nothing.
    free = not answers[0].now or answers[0].now in ours
    return (TO_BE_AGREED + told if free else None), judged


_SO = "台账里已是这样"


def _each(group: Sequence[CellReport], verdict: Verdict, why: str = "") -> list[CellReport]:
    """The reports with this verdict on every answer."""
    return [replace(c, verdict=verdict, why=why) if c.verdict is Verdict.ACCEPTED else c for c in group]


def _units(group: Sequence[CellReport]) -> list[str]:
    """The units of the rows that share the cell, in the order of the ledger; those known by another name there last."""
    by_row = {c.row.place: c.units for c in group if c.row}
    return list(dict.fromkeys([*(u for place in sorted(by_row) for u in by_row[place]), *(c.unit for c in group)]))


def _rivals(group: Sequence[CellReport], answers: Sequence[CellReport]) -> dict[str, CellReport]:
    """Unit → its answer. A status that a unit let stand is its answer too where another one changes it."""
    kept = [c for c in group if c.is_status and c.verdict is Verdict.UNCHANGED and c.returned]
    return {cell.unit: cell for cell in (*answers, *kept)}


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
