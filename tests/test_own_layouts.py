"""next, split and merge on ledgers as offices keep them: wherever their states stand, nothing of the layout is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.first_days import Layout
from tests.support.kept_layouts import (
    BRIDGE,
    FIRST,
    KEPT,
    LAMPS,
    NAMES,
    NOW,
    OPEN,
    PEOPLE,
    UNITS,
    Kept,
    book,
    reported,
    to_sheet,
)
from tests.support.rounds_on import Clerk, carried, edited, line_of, open_cells, shown, texts

ids = pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT.keys())


def coloured(path: Path, item: str) -> list[tuple[str, str]]:
    """The colours of the cells in the line of an item, and of what is written in them."""
    line = line_of(load_workbook(path), item)
    cells = (line.sheet.cell(line.row, column) for column in range(1, 7))
    return [(str(c.fill.fgColor.rgb), str(c.font.color.rgb) if c.font.color else "") for c in cells]


@ids
def test_the_next_ledger_filled_in_by_the_office(kept: Kept, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path, kept.layout)
    old = clerk.ledgers[-1]
    assert clerk.figures(*NAMES) == FIRST
    new = clerk.goes_on()
    states = {"滞后", "正常推进", "√", "（滞后）正在选址", "（推进中）正在施工", "（推进中）清理三成"}
    assert carried(old, new, [*kept.changes, *states]) == []
    assert coloured(old, LAMPS) == coloured(new, LAMPS)

    def fill(it: Any) -> None:
        """What the office types: the progress of each item, and how it stands."""
        for item, state in OPEN.items():
            reported(it, item)
            kept.says(it, item, state)

    edited(new, fill)
    assert clerk.does() == 0
    assert clerk.figures(*NAMES) == NOW
    after = clerk.goes_on()
    assert clerk.does("--unfilled", "照上期") == 0
    assert clerk.figures(*NAMES) == (4, 2, 0, 1, 1, 0, 0)
    assert BRIDGE in texts(after)


@ids
def test_the_next_ledger_filled_in_by_the_units(kept: Kept, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path, kept.layout)
    before = texts(clerk.goes_on())

    def fill(it: Any) -> None:
        """What the unit of this sheet types; the state too where it has a place for it."""
        (item,) = [
            name for name in OPEN if any(name in str(c.value) for s in shown(it) for r in s.iter_rows() for c in r)
        ]
        reported(it, item)
        if kept.by_units:
            kept.says(it, item, OPEN[item])

    sent = clerk.sends_out(fill)
    assert {unit: [n for n in OPEN if carried_by(path, n)] for unit, path in sent.items()} == {
        unit: [item] for unit, item in UNITS.items()
    }
    assert all(person in texts(sent[unit]) for unit, person in PEOPLE.items())
    new = clerk.brings_in()
    assert [text for text in before if text not in texts(new)] == []
    if not kept.by_units:
        edited(new, lambda it: told(kept, it))
    assert clerk.does() == 0
    assert clerk.figures(*NAMES) == NOW


def told(kept: Kept, it: Any) -> None:
    """What the office says of each item when it has the progress of all units."""
    for item, state in OPEN.items():
        kept.says(it, item, state)


def carried_by(path: Path, item: str) -> bool:
    """Does a sheet that was sent out hold an item?"""
    return any(item in str(c.value) for s in shown(load_workbook(path)) for row in s.iter_rows() for c in row)


def test_hidden_columns_stay_hidden_and_keep_what_they_hold(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path, KEPT["自己的栏"].layout)
    edited(clerk.ledgers[-1], lambda it: setattr(it.worksheets[0].column_dimensions["G"], "hidden", True))
    new = clerk.goes_on()
    sent = clerk.sends_out(lambda it: None)
    for path in (new, *sent.values()):
        sheet = shown(load_workbook(path))[0]
        (hidden,) = [cell for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == "包联人"]
        assert sheet.column_dimensions[hidden.column_letter].hidden
        assert any(cell.value in PEOPLE.values() for cell in sheet[hidden.column_letter])


DATES = """
| 项目关键节点管控表（2025年5月） |
| 序号 | 关键节点 | 责任单位 | 计划完成日期 | 实际完成日期 |
| 1 | 新建实验小学 | 县教体局 | 2025-04-30 | |
| 2 | 修缮县城旧桥 | 县交通局 | 2025-09-30 | |
| 3 | 清理河道垃圾 | 县水利局 | 2025-12-31 | |
| 4 | 检修路灯二百盏 | 县住建局 | 2025-04-30 | 2025-04-20 |
"""
_BARE = "| 序号 | 事项 | 责任单位 | 时限 |\n"
BARE_SHEETS = {
    "滞后": _BARE + "| 1 | 新建实验小学 | 县教体局 | 2025年4月底 |",
    "推进中": _BARE + "| 1 | 修缮县城旧桥 | 县交通局 | 2025年9月底 |\n| 2 | 清理河道垃圾 | 县水利局 | 2025年12月底 |",
    "已完成": _BARE + "| 1 | 检修路灯二百盏 | 县住建局 | 2025年4月底 |",
}


@pytest.mark.parametrize(
    ("layout", "done"),
    [
        (book(DATES), lambda it: setattr(line_of(it, BRIDGE).cell("实际完成日期"), "value", "2025-06-18")),
        (Layout({"督办2025年5月.xlsx": BARE_SHEETS}, {}), lambda it: to_sheet(it, BRIDGE, "done")),
    ],
    ids=["完成日期", "各表名称"],
)
def test_what_can_say_nothing_but_that_it_is_done_goes_on_unasked(
    layout: Layout, done: Callable[[Any], None], tmp_path: Path
) -> None:
    clerk = Clerk(tmp_path, layout)
    edited(clerk.goes_on(), done)
    assert clerk.does() == 0
    assert clerk.figures(*NAMES) == NOW


SHARES = """
| 电网工程月报（2025年5月） |
| 序号 | 工程名称 | 责任单位 | 竣工时限 | 完成比例 |
| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 40% |
| 2 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 75% |
| 3 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 30% |
| 4 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 100% |
"""


def test_units_fill_in_the_share_that_says_how_an_item_stands(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path, book(SHARES))
    clerk.goes_on()

    def fill(it: Any) -> None:
        """100 % of the bridge, some per cent of the others."""
        (cell,) = open_cells(it)
        cell.value = "100%" if any(BRIDGE in str(c.value) for r in shown(it)[0].iter_rows() for c in r) else "80%"

    clerk.sends_out(fill)
    clerk.brings_in()
    assert clerk.does() == 0
    assert clerk.figures(*NAMES) == NOW
