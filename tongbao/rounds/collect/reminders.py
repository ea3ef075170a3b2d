"""催办单: for each unit that has not answered, or not so that it can be used, a text that can be mailed as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tongbao.model import Row
from tongbao.rounds.collect.joint import CellReport, Verdict
from tongbao.rounds.collect.merging import Merged
from tongbao.words.periods import chinese_date

REMINDERS = "催办单.txt"
_RULE = "—" * 30
_INDENT = "　　"
_REFUSED = (Verdict.UNREADABLE, Verdict.BLANK)


@dataclass(frozen=True, slots=True)
class Round:
    """What the texts name beside the rows: office, report, period, the files that were sent, the day to answer by."""

    office: str
    report: str
    period: str
    files: Mapping[str, str]
    due: date | None = None


def reminders(merged: Merged, assigned: Mapping[str, Sequence[Row]], about: Round) -> bytes:
    """The text file: one part for each unit, in the order of the ledger. Notepad shows it right (UTF-8 with mark)."""
    parts = [part for unit, rows in assigned.items() if (part := _part(merged, unit, rows, about))]
    head = f"{about.report}（{about.period}）催办单：{len(parts)}个单位" if parts else "各单位都已退回，没有要催办的。"
    lines = [head, *(line for part in parts for line in ("", _RULE, "", *part))]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _part(merged: Merged, unit: str, rows: Sequence[Row], about: Round) -> list[str]:
    """The lines for one unit; none where it has answered."""
    name = f"“{about.report}”{about.period}填报表"
    again = f"请在{_sent(unit, about)}上填好黄色的格，{_due(about)}报回。"
    if unit in merged.missing:
        told = [f"发给你单位的{name}，至今没有收到。你单位承办的事项共{len(rows)}项：", *_items(rows)]
    elif unit in merged.refused:
        told = [
            f"你单位退回的{name}不能用：",
            *merged.refused[unit],
            f"你单位承办的事项共{len(rows)}项：",
            *_items(rows),
        ]
    elif unit in merged.files:
        told = [*_unfilled(merged, unit, rows, name), *_mistakes(merged, unit, name), *_disputes(merged, unit, name)]
        again = f"请补填、改正后，{_due(about)}重新报回整张表。"
    else:
        told = []
    return (
        [f"{unit}：", *(_INDENT + line for line in (*told, again)), "", f"{_INDENT * 8}{about.office}"] if told else []
    )


def _unfilled(merged: Merged, unit: str, rows: Sequence[Row], name: str) -> Iterator[str]:
    places = merged.unfilled.get(unit, ())
    if places:
        yield f"你单位退回的{name}，有{len(places)}项没有填（与发出时一样）："
        yield from _items([row for row in rows if row.place in places])


def _mistakes(merged: Merged, unit: str, name: str) -> Iterator[str]:
    """What the unit got wrong; where the office has changed the ledger, that is not the unit's to mend."""
    cells = [c for c in merged.cells if c.unit == unit and c.verdict in _REFUSED and not c.office]
    if cells:
        yield f"你单位退回的{name}，有{len(cells)}处不能采用："
        yield from (_mistake(number, cell) for number, cell in enumerate(cells, 1))


def _disputes(merged: Merged, unit: str, name: str) -> Iterator[str]:
    blank = merged.unfilled.get(unit, ())  # those are asked for already
    disputed = (cell for cell in merged.cells if cell.unit == unit and cell.disputed)
    cells = [cell for cell in disputed if cell.row and cell.row.place not in blank]
    if cells:
        yield f"你单位退回的{name}，有{len(cells)}处与共同承办的单位填得不一样，没有采用，请与其商定后填成一样的："
        yield from (_mistake(number, cell) for number, cell in enumerate(cells, 1))


def _mistake(number: int, cell: CellReport) -> str:
    shown = f"填的是“{_line(cell.returned)}”，" if cell.returned else ""
    return f"{number}. {cell.item}，“{_line(cell.sent.header)}”{shown}{cell.why}（{cell.place.cell}）"


def _items(rows: Iterable[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        due = f"（时限：{_line(row.deadline.text)}）" if row.deadline.text else ""
        no = f"序号{row.no}，" if row.no else ""
        yield f"{number}. {no}{_line(row.text)}{due}"


def _sent(unit: str, about: Round) -> str:
    return f"发给你单位的《{about.files[unit]}》" if unit in about.files else "发给你单位的表"


def _due(about: Round) -> str:
    return f"于{chinese_date(about.due)}前" if about.due else "尽快"


def _line(text: str) -> str:
    return " ".join(text.split())
