"""Ledgers drawn as text tables, straight into records: for tests of what happens between two periods.

The first line names the columns (序号 编号 标题 名称 单位 事项 时限 进展 上期进展 理由 状态, any, and others that are no field); a row is one line;
below a line `销号` stand the rows of that sheet. States: 完成, 滞后, 撤销; anything else goes on.
"""

from __future__ import annotations

from datetime import date

from tongbao.model import DEADLINE, LAST_PROGRESS, NO, PROGRESS, Deadline, Ledger, Milestone, Period, Place, Row, State

_KNOWN = frozenset(["序号", "编号", "标题", "名称", "单位", "事项", "时限", "进展", "上期进展", "理由", "状态"])
STATES = {"完成": State.DONE, "滞后": State.LAGGING, "撤销": State.SUSPENDED}


def drawn(table: str, label: str = "2022-02") -> Ledger:
    """The ledger of a month (`2022-02`)."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    columns = lines[0]
    rows: list[Row] = []
    closed: list[Row] = []
    sheet, into = "台账", rows
    for cells in lines[1:]:
        if cells == ["销号"]:
            sheet, into = "销号", closed
        else:
            place = Place(f"{label}.xlsx", sheet, len(into) + 2)
            into.append(_row(dict(zip(columns, cells, strict=True)), place))
    day = date.fromisoformat(f"{label}-28")
    return Ledger(f"{label}.xlsx", Period(label, day.replace(day=1), day, label), day, tuple(rows), tuple(closed))


def _row(cells: dict[str, str], place: Place) -> Row:
    word = cells.get("状态", "完成" if place.sheet == "销号" else "")
    when = cells.get("时限", "")
    deadline = Deadline(when, milestones=(Milestone(date.fromisoformat(when)),)) if when else Deadline()
    own = {PROGRESS: "进展", LAST_PROGRESS: "上期进展", DEADLINE: "时限", "名称": "名称", "理由": "理由"}
    return Row(
        place,
        cells.get("序号", str(place.row - 1)),
        cells["事项"],
        section=tuple(filter(None, [cells.get("标题", "")])),
        id=cells.get("编号", ""),
        units=tuple(filter(None, cells.get("单位", "").split("、"))),
        typed=word,
        label=word or "正常推进",
        state=STATES.get(word, State.ON_TRACK),
        done=word == "完成",
        withdrawn=word == "撤销",
        deadline=deadline,
        cells={field: cells[header] for field, header in own.items() if cells.get(header)}
        | {NO: cells.get("序号", "")},
        others={header: text for header, text in cells.items() if header not in _KNOWN},
    )
