"""Ledgers in which two columns together say how items stand: what is done in one, what is late of the rest in another."""

from __future__ import annotations

from tests.support.first_days import Layout

SPREAD: dict[str, Layout] = {}

_FIGURES = {"total": 5, "completed": 2, "newly_completed": 1, "lagging": 1, "on_track": 2}
_TASKS = ("改造供水管网", "新建传染病区", "建设产业园路网", "新建实训基地", "建设冷链物流园")


def _two(head: str, may: tuple[str, ...], june: tuple[str, ...]) -> dict[str, dict[str, str]]:
    def table(cells: tuple[str, ...]) -> str:
        lines = [f"| 序号 | 项目名称 | 项目单位 | 完成时限 | {head} |"]
        lines += [
            f"| {n} | {task} | 县住建局 | 2025年{12 if n < 5 else 3}月底 | {cell} |"
            for n, (task, cell) in enumerate(zip(_TASKS, cells, strict=True), 1)
        ]
        return "\n".join(lines)

    return {"项目情况2025年5月.xlsx": {"a": table(may)}, "项目情况2025年6月.xlsx": {"a": table(june)}}


SPREAD["进展写着已完工，旁边问支出是否滞后"] = Layout(
    _two(
        "项目进展 | 支出进度是否滞后",
        ("已完工 | /", "主体施工 | 否", "路网施工 | 否", "装饰装修 | 否", "仅完成场平 | 是"),
        ("已完工 | /", "主体完工，安装施工 | 否", "路网施工 | 是", "已完工 | /", "完成场平和围挡 | 否"),
    ),
    _FIGURES,
)
SPREAD["阶段一栏，是否滞后一栏"] = Layout(
    _two(
        "所处阶段 | 是否滞后",
        ("已竣工 | 否", "在建 | 否", "在建 | 否", "在建 | 否", "未开工 | 是"),
        ("已竣工 | 否", "在建 | 否", "在建 | 是", "已竣工 | 否", "在建 | 否"),
    ),
    _FIGURES,
)
SPREAD["办理状态只分办结和在办，另问是否超期"] = Layout(
    _two(
        "办理情况 | 办理状态 | 是否超期",
        ("归档 | 已办结 | 否", "施工 | 在办 | 否", "放线 | 在办 | 否", "装修 | 在办 | 否", "选址 | 在办 | 是"),
        ("归档 | 已办结 | 否", "吊顶 | 在办 | 否", "开挖 | 在办 | 是", "移交 | 已办结 | 是", "平整 | 在办 | 否"),
    ),
    _FIGURES,
)
SPREAD["是否完成一栏，亮灯一栏"] = Layout(
    _two(
        "工作进展 | 完成状态 | 亮灯情况",
        (
            "归档 | 已完成 | 绿灯",
            "施工 | 推进中 | 绿灯",
            "放线 | 推进中 | 绿灯",
            "装修 | 推进中 | 黄灯",
            "选址 | 推进中 | 红灯",
        ),
        (
            "归档 | 已完成 | 绿灯",
            "吊顶 | 推进中 | 绿灯",
            "开挖 | 推进中 | 红灯",
            "移交 | 已完成 | 绿灯",
            "平整 | 推进中 | 绿灯",
        ),
    ),
    _FIGURES,
)
SPREAD["进展写着已办结，另一栏问是否达序时"] = Layout(
    _two(
        "推进情况 | 是否达序时进度",
        ("已完成，5月移交 | 是", "二层施工 | 是", "完成放线 | 是", "正在装修 | 是", "正在选址 | 否"),
        ("已完成，5月移交 | 是", "三层施工 | 是", "开挖基槽 | 否", "已全部完工 | 是", "开始场平 | 是"),
    ),
    _FIGURES,
)
SPREAD["未落实在已落实、推进中旁边"] = Layout(
    _two(
        "落实进展 | 落实与否",
        ("印发 | 已落实", "施工 | 推进中", "放线 | 推进中", "装修 | 推进中", "没有选址 | 未落实"),
        ("印发 | 已落实", "吊顶 | 推进中", "没有开挖 | 未落实", "移交 | 已落实", "平整 | 推进中"),
    ),
    _FIGURES,
)
