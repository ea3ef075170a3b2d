"""Ledgers of offices that keep their own layout, two periods each, and what their annexes are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from tests.support.drawing import saved, workbook
from tests.support.office import WORD, Office
from tongbao.word.template import pack

UNITS = "[县发展和改革局, 县财政局, 县自然资源和规划局, 县住房和城乡建设局, 县民政局, 县水利局, 青石镇]"


@dataclass(frozen=True)
class Layout:
    """A ledger of one's own: drawn with {a} and {b} for two states; `said` are further lines of the settings."""

    table: str
    widths: Mapping[str, float] = field(default_factory=dict)
    said: str = "annex: own"
    kind: str = "general"
    states: tuple[tuple[str, str], tuple[str, str]] = (("正在办理", "正在办理"), ("滞后", "已办结"))


NARROW = Layout(
    """
| 云溪县督办事项台账 |
| 序号 | 责任单位 | 督办事项 | 办理状态 |
| 1 | 县住房和城乡建设局 | 修复老旧管网二十公里，年内完成竣工验收。 | {a} |
| 2 | 县民政局⏎青石镇 | 新建社区养老服务站三处。 | 正在办理 |
| 3 | 县水利局 | 完成河道清淤。 | {b} |
""",
    {"A": 6, "B": 20, "C": 46, "D": 14},
)
STACKED = Layout(
    """
| 云溪县重点事项推进台账 |
| 序号 | 类别 | 督办事项 | 牵头单位 | 责任人 | 联系电话 | 完成时限 | 一季度 | < | 二季度 | < | 进展情况 | 存在问题 | 办理状态 |
| ^ | ^ | ^ | ^ | ^ | ^ | ^ | 计划 | 实际 | 计划 | 实际 | ^ | ^ | ^ |
| 1 | 城建 | 修复老旧管网 | 县住房和城乡建设局 | 周某某 | 0371-60000001 | 2022年5月底 | #5 | #4.5 | #5 | #5.25 | 已完成修复十二公里，正在进行路面恢复（{a}）。 | 征地偏慢 | {a} |
| 2 | ^ | 新建停车场两处 | 县财政局 | 李某某 | 0371-60000002 | 2022年8月底前 | #1 | #1 | #1 | #0 | 一处已开工（{a}）。 | | 正在办理 |
| 3 | 民生 | 新建养老服务站三处 | 县民政局 | 王某某 | 0371-60000003 | 长期坚持 | #2 | #2 | #1 | #1 | 三处均已选址（{b}）。 | | {b} |
""",
    {"A": 5, "B": 8, "C": 30, "D": 16, "L": 40},
    "annex: {without: [联系电话]}",
)
PARTS = Layout(
    """
| 云溪县督查事项台账 |
| 编号 | 督办事项 | 分解任务 | 责任单位 | 办理状态 | 进展情况 | 备注 |
| 一、城市建设 |
| 1 | 老旧小区改造 | 完成施工招标 | 县住房和城乡建设局 | {a} | 招标已经开始（{a}）。 | |
| ^ | ^ | 落实配套资金 | 县财政局 | 正在办理 | 资金正在拨付（{a}）。 | |
| 二、民生保障 |
| 2 | 养老服务站 | 完成选址 | 县民政局 | {b} | 选址已经公示（{b}）。 | |
| ^ | ^ | 开工建设 | 青石镇 | 正在办理 | 正在平整场地（{b}）。 | |
""",
    {"A": 6, "B": 18, "C": 24, "D": 20, "F": 40},
    "annex: own, columns: {序号: [编号], 编号: [督查编号]}",
)
LAYOUTS = {"narrow": NARROW, "stacked": STACKED, "parts": PARTS}
PERIODS = ("2022-05", "2022-06")


def drawn(layout: Layout, a: str, b: str, **cells: Any) -> bytes:
    """The ledger of one period."""
    book = workbook(layout.table.format(a=a, b=b), **cells)
    for column, width in layout.widths.items():
        book.worksheets[0].column_dimensions[column].width = width
    return saved(book)


def office_of(folder: Path, layout: Layout, periods: Sequence[str] = PERIODS, **cells: Any) -> Office:
    """An office with the ledgers of two periods; `cells` replaces cells of the second."""
    report = f"{{name: 督办, kind: {layout.kind}, title: 关于督办事项办理情况的通报, {layout.said}}}"
    office = Office(folder, f"office: {{name: 云溪县人民政府督查室}}\nunits: {UNITS}\nreports:\n  - {report}\n")
    for period, states in zip(periods, layout.states, strict=True):
        path = folder / "input" / "督办" / f"台账{period}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn(layout, *states, **(cells if period == periods[1] else {})))
    return office


def paper_of(office: Office, period: str = PERIODS[1]) -> Path:
    """The circular of a period."""
    return office.output(period, "督办") / str(office.record(period, "督办")["outputs"]["circular"])


# ---------------------------------------------------------------------------------------------- the annex in the paper

Cells = list[list[Any]]


def annex_rows(paper: Path) -> list[list[str]]:
    """The rows of the annex as they are in the file: one text for each cell, ^ for one that goes on from above."""
    with ZipFile(paper) as package:
        table = _annex(etree.fromstring(package.read("word/document.xml")))
    return [[_shown(cell) for cell in row] for row in _cells(table)]


def edited(paper: Path, edit: Callable[[Cells], None]) -> None:
    """The paper with its annex changed: `edit` is given the cells of each row of its table, as elements."""
    with ZipFile(paper) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    edit(_cells(_annex(root)))
    parts["word/document.xml"] = etree.tostring(root)
    paper.write_bytes(pack(parts))


def write(cell: Any, text: str) -> None:
    """Other words in a cell."""
    words = list(cell.iter(WORD + "t"))
    words[0].text = text
    for other in words[1:]:
        other.text = ""


def _annex(root: Any) -> Any:
    return max(root.iter(WORD + "tbl"), key=lambda table: len(list(table.iter(WORD + "tr"))))


def _cells(table: Any) -> Cells:
    return [list(row.iterchildren(WORD + "tc")) for row in table.iterchildren(WORD + "tr")]


def _shown(cell: Any) -> str:
    merged = cell.find(f"{WORD}tcPr/{WORD}vMerge")
    if merged is not None and merged.get(WORD + "val") == "continue":
        return "^"
    lines = ("/" if node.tag == WORD + "br" else node.text or "" for node in cell.iter(WORD + "t", WORD + "br"))
    return "".join(lines)
