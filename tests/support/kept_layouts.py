"""One office in the ways in which offices keep their ledgers: four items, and how the clerk says what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Font, PatternFill

from tests.support.first_days import Layout
from tests.support.rounds_on import line_of, moved

BRIDGE, RIVER, LAMPS, SCHOOL = "修缮县城旧桥", "清理河道垃圾", "检修路灯二百盏", "新建实验小学"
OPEN = {BRIDGE: "done", RIVER: "going", SCHOOL: "late"}
UNITS = {"县交通局": BRIDGE, "县水利局": RIVER, "县教体局": SCHOOL}
PEOPLE = {"县交通局": "李某", "县水利局": "赵某", "县教体局": "王某"}
NAMES = ("total", "completed", "newly_completed", "lagging", "on_track", "dropped", "added")
# Of four items one was done before, one is late; then one is done, one is late, one goes on.
FIRST, NOW = (4, 1, 0, 1, 2, 0, 0), (4, 2, 1, 1, 1, 0, 0)
GREEN, RED, YELLOW = "FF00B050", "FFFF0000", "FFFFFF00"


@dataclass(frozen=True)
class Kept:
    """How an office keeps its ledger, and how it says there that an item is done, goes on, or is late.

    `by_units`: the units say so in their sheets; else the office does, when it has their progress. `changes` are the
    texts that name the period.
    """

    layout: Layout
    says: Callable[[Any, str, str], None]
    by_units: bool = False
    changes: tuple[str, ...] = ("云溪县督办事项（2025年5月）",)
    progress: str = "进展情况"


def reported(book: Any, item: str, text: str = "本月又有进展", header: str = "进展情况") -> None:
    """Types the progress of an item."""
    line_of(book, item).cell(header).value = text


# ---------------------------------------------------------------------------------------------- headings and sheets

SECTIONS = """
| 云溪县督办事项（2025年5月） |
| 序号 | 事项 | 责任单位 | 时限 | 进展情况 | 包联人 |
| 一、滞后事项（1项） |
| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 正在选址 | 王某 |
| 二、正在推进的事项（2项） |
| 2 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 正在施工 | 李某 |
| 3 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 清理三成 | 赵某 |
| 三、已办结事项（1项） |
| 4 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 检修完毕 | 钱某 |
"""


def to_heading(book: Any, item: str, state: str) -> None:
    """Cuts the line of what is done and puts it under 已办结事项."""
    if state == "done":
        moved(book.worksheets[0], line_of(book, item).row, "三、已办结")


_SHEET = "| 序号 | 事项 | 责任单位 | 时限 | 进展情况 | 包联人 |\n"
SHEETS = {
    "滞后": _SHEET + "| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 正在选址 | 王某 |",
    "推进中": _SHEET
    + "| 1 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 正在施工 | 李某 |\n"
    + "| 2 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 清理三成 | 赵某 |",
    "已完成": _SHEET + "| 1 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 检修完毕 | 钱某 |",
}


def to_sheet(book: Any, item: str, state: str) -> None:
    """Cuts the line of what is done and puts it at the end of the sheet 已完成."""
    if state == "done":
        line, done = line_of(book, item), book["已完成"]
        headers = {str(cell.value): cell.column or 0 for cell in line.sheet[1]}
        row = done.max_row + 1
        for cell in done[1]:
            if str(cell.value) in headers:
                done.cell(row, cell.column or 0).value = line.sheet.cell(line.row, headers[str(cell.value)]).value
        line.sheet.delete_rows(line.row)


# ---------------------------------------------------------------------------------------------- texts and colours

_PLAIN = """
| 云溪县督办事项（2025年5月） |
| 序号 | 事项 | 责任单位 | 时限 | 进展情况 | 包联人 |
| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 正在选址 | 王某 |
| 2 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 正在施工 | 李某 |
| 3 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 清理三成 | 赵某 |
| 4 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 已全部完成 | 钱某 |
"""


def in_words(book: Any, item: str, state: str) -> None:
    """Writes into the progress that the item is done."""
    reported(book, item, {"done": "已全部完成"}.get(state, "本月又有进展"))


_OF_COLOUR = {"done": GREEN, "late": RED, "going": YELLOW}
_LINES = {3: RED, 4: YELLOW, 5: YELLOW, 6: GREEN}


def in_fill(book: Any, item: str, state: str) -> None:
    """Colours the line."""
    line = line_of(book, item)
    for column in range(1, 7):
        line.sheet.cell(line.row, column).fill = PatternFill("solid", fgColor=_OF_COLOUR[state])


def in_font(book: Any, item: str, state: str) -> None:
    """Colours what is written in the cell of the task."""
    cell = line_of(book, item).cell("事项")
    cell.font = Font(color=_OF_COLOUR[state])


# ---------------------------------------------------------------------------------------------- ticks and tables

TICKS = """
| 云溪县督办事项（2025年5月） |
| 序号 | 事项 | 责任单位 | 时限 | 进展情况 | 办理结果 | < | < | 包联人 |
| ^ | ^ | ^ | ^ | ^ | 已完成 | 推进中 | 滞后 | ^ |
| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 正在选址 | | | √ | 王某 |
| 2 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 正在施工 | | √ | | 李某 |
| 3 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 清理三成 | | √ | | 赵某 |
| 4 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 检修完毕 | √ | | | 钱某 |
"""


def ticked(book: Any, item: str, state: str) -> None:
    """Ticks one of the three columns."""
    line_of(book, item).cell({"done": "已完成", "late": "滞后", "going": "推进中"}[state]).value = "√"


def headed(book: Any, item: str, state: str) -> None:
    """Writes the state at the head of the progress."""
    reported(book, item, {"done": "（已完成）", "late": "（滞后）", "going": "（推进中）"}[state] + "本月又有进展")


def typed(book: Any, item: str, state: str) -> None:
    """Types the state into its column."""
    cell = line_of(book, item).cell("推进状态")
    cell.value = {"done": "已办结", "late": "滞后", "going": "正常推进"}[state]


HEADS = _PLAIN
for _text, _head in (("正在选址", "滞后"), ("正在施工", "推进中"), ("清理三成", "推进中"), ("已全部", "已完成")):
    HEADS = HEADS.replace(_text, f"（{_head}）{_text}")

_OPEN = """| 序号 | 事项 | 责任单位 | 时限 | 进展情况 | 推进状态 | 包联人 |
| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 正在选址 | 滞后 | 王某 |
| 2 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 正在施工 | 正常推进 | 李某 |
| 3 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 清理三成 | 正常推进 | 赵某 |
"""
_CLOSED = """| 序号 | 事项 | 责任单位 | 办结日期 | 办结文号 |
| 1 | 检修路灯二百盏 | 县住建局 | 2025年4月16日 | 云督2025年5月号 |
"""
_TITLE = "| 云溪县督办事项（2025年5月） |\n"
BELOW = f"{_TITLE}| 一、未办结事项 |\n{_OPEN}| 二、已办结事项 |\n{_CLOSED}"
NOTED = f"{BELOW}| 注：本表由督查室每月更新 |\n"
ABOVE = f"{_TITLE}| 一、已办结事项 |\n{_CLOSED}| 二、未办结事项 |\n{_OPEN}| 注：本表由督查室每月更新 |\n"
HEADERS = """
| 云溪县督办事项（2025年5月） |
| 序号 | 事项基本情况 | < | < | 办理情况 | < | 包联人 |
| ^ | 事项 | 责任单位 | 时限 | 进展情况 | 推进状态 | ^ |
| ① | ② | ③ | ④ | ⑤ | ⑥ | ⑦ |
| 1 | 新建实验小学 | 县教体局 | 2025年4月底 | 正在选址 | 滞后 | 王某 |
| 2 | 修缮县城旧桥 | 县交通局 | 2025年9月底 | 正在施工 | 正常推进 | 李某 |
| 3 | 清理河道垃圾 | 县水利局 | 2025年12月底 | 清理三成 | 正常推进 | 赵某 |
| 4 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 检修完毕 | 已办结 | 钱某 |
"""
WORDS = _TITLE + _OPEN + "| 4 | 检修路灯二百盏 | 县住建局 | 2025年4月底 | 检修完毕 | 已办结 | 钱某 |\n"
APRIL = WORDS.replace("5月）", "4月）").replace("滞后", "正常推进")


def book(table: str, **more: Any) -> Layout:
    """One ledger of May."""
    return Layout({"督办2025年5月.xlsx": {"督办": table}}, {}, **more)


_LEGEND = "| 注：红色为滞后，黄色为推进中，绿色为已完成 |\n"
_WRITTEN = "| 注：红字为滞后，黄字为推进中，绿字为已完成 |\n"
_LETTERS = {"B3": RED, "B4": YELLOW, "B5": YELLOW, "B6": GREEN}
KEPT = {
    "各段标题": Kept(book(SECTIONS), to_heading),
    "各表名称": Kept(Layout({"督办2025年5月.xlsx": SHEETS}, {}), to_sheet, changes=()),
    "进展里的话": Kept(book(_PLAIN), in_words, by_units=True),
    "行的颜色": Kept(book(_PLAIN + _LEGEND, rows={"督办2025年5月.xlsx": _LINES}, columns=6), in_fill),
    "字的颜色": Kept(book(_PLAIN + _WRITTEN, written={"督办2025年5月.xlsx": _LETTERS}), in_font),
    "打勾的各栏": Kept(book(TICKS), ticked, by_units=True),
    "进展开头": Kept(book(HEADS), headed, by_units=True),
    "两段，下面已办结": Kept(book(BELOW), typed, by_units=True),
    "两段，下面已办结，末尾有注": Kept(book(NOTED), typed, by_units=True),
    "两段，上面已办结": Kept(book(ABOVE), typed, by_units=True),
    "两层表头和列号": Kept(book(HEADERS), typed, by_units=True),
    "自己的栏": Kept(book(WORDS), typed, by_units=True),
    "一月一张表": Kept(Layout({"督办2025年.xlsx": {"4月": APRIL, "5月": WORDS}}, {}), typed, by_units=True),
}
