"""Three items of every kind through two or three periods, until nothing is left open; each ledger drawn as a text table.

`p`, `s`, `r` in a row stand for its progress, its status and the reason for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.support.drawing import xlsx
from tests.support.office import Office, command


@dataclass(frozen=True)
class Drawn:
    """The ledger of a kind: header, rows to be filled in, lines above them, and the office's words for each state."""

    title: str
    head: str
    rows: tuple[str, ...]
    words: Mapping[str, str]
    heading: str = ""
    config: str = ""


KINDS: Mapping[str, Drawn] = {
    "annual-tasks": Drawn(
        "关于2022年县政府重点工作任务推进情况的通报",
        "| 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 | 滞后原因 |",
        (
            "| 1 | 改造老旧小区12个 | 县住建局 | 汪若谷 | p | s | r |",
            "| 2 | 新建农村公路30公里 | 县交通局 | 纪长河 | p | s | r |",
            "| 3 | 治理清水河河道8公里 | 县水利局 | 方润泽 | p | s | r |",
        ),
        {"done": "完成", "open": "正常", "late": "滞后", "gone": "不再实施"},
    ),
    "general": Drawn(
        "关于督查事项办理情况的通报",
        "| 序号 | 类别 | 督查事项 | 责任单位 | 进展情况 | 办理状态 | 滞后原因 |",
        (
            "| 1 | 来信批办 | 疏通东街排水管道 | 县住建局 | p | s | r |",
            "| 2 | 来信批办 | 解决用电遗留问题 | 县发改局 | p | s | r |",
            "| 3 | 调研交办 | 清理清水河河道 | 县水利局 | p | s | r |",
        ),
        {"done": "已办结", "open": "正在办理", "late": "滞后", "gone": "不再办理"},
    ),
    "key-projects": Drawn(
        "关于2022年省市县三级重点项目推进情况的通报",
        "| 序号 | 项目名称 | 级别 | 建设性质 | 责任单位 | 总投资 | 年度计划投资 | 累计完成投资 | 形象进度 | 进度情况 | 滞后原因 |",
        (
            "| 1 | 云溪县污水处理厂扩建 | 省重点 | 续建 | 县住建局 | #3.5 | #1.2 | #1.2 | p | s | r |",
            "| 2 | 云溪县冷链物流园 | 市重点 | 新建 | 县商务局 | #2.8 | #0.9 | #0.9 | p | s | r |",
            "| 3 | 清水河生态治理 | 县重点 | 续建 | 县水利局 | #1.5 | #0.6 | #0.6 | p | s | r |",
        ),
        {"done": "已完工", "open": "达到序时进度", "late": "未达到序时进度", "gone": "调出计划"},
    ),
    "meeting-decisions": Drawn(
        "关于重点项目调度会决策事项办理情况的通报",
        "| 序号 | 名称 | 责任单位 | 存在问题及交办事项 | 承办单位 | 完成情况 | 备注 | 原因 |",
        (
            "| 1 | 金石水库加固 | 县水利局 | 完成大坝安全鉴定。 | 青石镇 | p | s | r |",
            "| 2 | 老旧小区改造 | 县住建局 | 完成二期施工招标。 | 县财政局 | p | s | r |",
            "| 3 | 冷链物流园 | 县商务局 | 协调解决用地指标。 | 县自然资源局 | p | s | r |",
        ),
        {"done": "完成", "open": "正常推进", "late": "需加快推进", "gone": "不再办理"},
        heading="| 2022年1月5日第一次会议决策事项 |\n",
    ),
    "rectification": Drawn(
        "关于问题整改销号情况的通报",
        "| 序号 | 问题类别 | 反馈问题 | 责任单位 | 涉及资金 | 整改资金 | 整改进展 | 整改状态 | 未完成原因 |",
        (
            "| 1 | 资金管理 | 专项资金拨付不及时 | 县财政局 | #120 | #120 | p | s | r |",
            "| 2 | 项目管理 | 二期工程未按期验收 | 县住建局 | #80 | #80 | p | s | r |",
            "| 3 | 项目管理 | 河道清障不彻底 | 县水利局 | #30 | #30 | p | s | r |",
        ),
        {"done": "已销号", "open": "正在整改", "late": "进度滞后", "gone": "不再整改"},
    ),
    "standing-meeting": Drawn(
        "关于县政府常务会议确定事项落实情况的通报",
        "| 会议 | 议题 | 序号 | 确定事项 | 责任单位 | 落实情况 | 完成情况 | 未完成原因 |",
        (
            "| 第12次常务会议 | 研究城市更新工作 | 1 | 制定老旧小区改造方案 | 县住建局 | p | s | r |",
            "| 第12次常务会议 | 研究城市更新工作 | 2 | 落实配套资金 | 县财政局 | p | s | r |",
            "| 第13次常务会议 | 研究防汛工作 | 1 | 完成清水河清淤 | 县水利局 | p | s | r |",
        ),
        {"done": "已完成", "open": "正在推进", "late": "进展缓慢", "gone": "不再实施"},
    ),
    "work-report": Drawn(
        "关于《政府工作报告》重点工作任务进展情况的督查通报",
        "| 序号 | 重点工作任务 | 牵头部门 | 年度目标 | 进展情况 | 完成情况 | 未完成原因 |",
        (
            "| 1 | 改造老旧小区12个 | 县住建局 | 12个全部完工 | p | s | r |",
            "| 2 | 新建农村公路30公里 | 县交通局 | 30公里通车 | p | s | r |",
            "| 3 | 治理清水河河道8公里 | 县水利局 | 8公里完工 | p | s | r |",
        ),
        {"done": "已完成年度目标", "open": "完成季度目标", "late": "未完成季度目标", "gone": "不再实施"},
    ),
}
PROGRESS = {"done": "已经通过验收。", "open": "已完成八成。", "late": "受雨季影响，进度偏慢。", "gone": "已经停止。"}
MONTHS = ("2022-08", "2022-09", "2022-10")

BEFORE = ("done", "open", "late")
# What a form is: the states of the three items in each month (`-`: no row, `x`: in the sheet 销号); `next` prepares it.
FORMS: Mapping[str, tuple[Sequence[str] | str, ...]] = {
    "首期全部办结": (("done",) * 3,),
    "次期全部办结": (BEFORE, ("done",) * 3),
    "全部移入销号": (BEFORE, ("x", "x", "x")),
    "首期即全在销号": (("x", "x", "x"),),
    "上月全部办结后结转": (BEFORE, ("done",) * 3, "next"),
    "首期全部办结后结转": (("done",) * 3, "next"),
    "上月全在销号后结转": (BEFORE, ("x", "x", "x"), "next"),
    "上月全部办结后删去": (BEFORE, ("done",) * 3, ("-", "-", "-")),
    "只剩一项正常": (BEFORE, ("done", "done", "open")),
    "只剩一项滞后": (BEFORE, ("done", "done", "late")),
    "结转后只剩一项": (BEFORE, ("done", "open", "done"), "next"),
    "结转后一项未报送": (BEFORE, "next"),
    "结转后都未报送": (BEFORE, "next"),
    "首期三项都未报送": (("open", "open", "late"), "next"),
    "全部撤销": (("open", "open", "late"), ("gone",) * 3),
    "首期全部撤销": (("gone",) * 3,),
    "办结一项其余撤销": (BEFORE, ("done", "gone", "gone")),
}


def ledger(kind: str, states: Sequence[str]) -> bytes:
    """The workbook of one month: rows in the working sheet, those marked `x` as done in the sheet 销号."""
    drawn = KINDS[kind]
    here = [_row(drawn, n, state) for n, state in enumerate(states) if state not in "x-"]
    away = [_row(drawn, n, "done") for n, state in enumerate(states) if state == "x"]
    working = "\n".join([drawn.head, *([drawn.heading.strip()] if drawn.heading and here else []), *here])
    sheets = [working] + ["\n".join([drawn.head, *away])] * bool(away)
    return xlsx(*sheets, names=("台账", "销号"))


def _row(drawn: Drawn, number: int, state: str) -> str:
    cells = {
        "p": PROGRESS[state],
        "s": drawn.words[state],
        "r": {"late": "材料供应不足", "gone": "政策调整"}.get(state, ""),
    }
    return "|".join(f" {cells.get(cell.strip(), cell.strip())} " for cell in drawn.rows[number].split("|")).strip()


def office(folder: Path, kind: str, more: str = "") -> Office:
    """An office with one report of the kind; `more`: more settings of it."""
    return Office(
        folder,
        "office: {name: 云溪县人民政府督查室}\n"
        f"reports:\n  - {{name: 试, kind: {kind}, title: {KINDS[kind].title}, annex_title: 事项台账{more}}}\n",
    )


def run_through(folder: Path, kind: str, form: str, *arguments: str, more: str = "") -> tuple[Office, str, int]:
    """An office with the ledgers of a form, run in its last month; that month, and the status of the run."""
    made = office(folder, kind, more)
    ledgers = folder / "input" / "试"
    ledgers.mkdir(parents=True)
    status = 0
    for month, states in zip(MONTHS, FORMS[form], strict=False):
        if states == "next":
            assert command(made, "next") == 0
            if form in ("结转后只剩一项", "结转后一项未报送"):
                _fill_in(ledgers / f"台账{month}.xlsx", kind)
        else:
            (ledgers / f"台账{month}.xlsx").write_bytes(ledger(kind, list(states)))
        unfilled = ("--unfilled", "未报送") if form.endswith("未报送") and states == "next" else ()
        status = made.run("-p", month, *unfilled, *arguments)
    return made, month, status


def _fill_in(path: Path, kind: str) -> None:
    """Types progress and status of the one row that is left in the ledger that `next` prepared."""
    book = load_workbook(path)
    sheet = book["台账"]
    words, drawn = KINDS[kind].words, KINDS[kind].head
    names = [name.strip() for name in drawn.strip("|").split("|")]
    progress, status = names[_place(kind, "p")], names[_place(kind, "s")]
    for row in sheet.iter_rows():
        texts = [str(cell.value) for cell in row]
        if progress in texts:
            columns: dict[str, Any] = {name: texts.index(name) for name in (progress, status)}
            last = int(row[0].row or 0)
    line = next(r for r in range(sheet.max_row, last, -1) if any(c.value for c in sheet[r]))
    sheet.cell(line, columns[progress] + 1).value = "已完成九成。"
    sheet.cell(line, columns[status] + 1).value = words["open"]
    book.save(path)


def _place(kind: str, mark: str) -> int:
    return [cell.strip() for cell in KINDS[kind].rows[0].strip().strip("|").split("|")].index(mark)
