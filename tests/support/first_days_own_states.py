"""Ledgers that say in many ways how items stand, as clerks keep them: words, marks, days, numbers, headings, two columns."""

from __future__ import annotations

from tests.support.first_days import Layout

OWN_STATES: dict[str, Layout] = {}

_TASKS = ("改造供水管网12公里", "新建传染病区", "建设产业园路网", "新建实训基地", "发放稻谷补贴")
_UNITS = ("县水利局", "县卫健局", "县交通局", "县教育局", "县财政局")
_DUES = ("2025年12月底", "2025年11月底", "2025年10月15日", "2025年3月底", "2025年5月20日")


def _one(head: str, *cells: str, above: str = "", below: str = "", due: bool = True) -> dict[str, dict[str, str]]:
    lines = [*filter(None, [above]), f"| 序号 | 工作任务 | 责任单位 |{' 完成时限 |' if due else ''} {head} |"]
    for n, cell in enumerate(cells):
        day = f" {_DUES[n]} |" if due else ""
        lines.append(f"| {n + 1} | {_TASKS[n]} | {_UNITS[n]} |{day} {cell} |")
    return {"重点工作2025年6月.xlsx": {"a": "\n".join([*lines, *filter(None, [below])])}}


def _fig(done: int, late: int, on: int, risk: int = 0, off: int = 0) -> dict[str, int]:
    figures = {"total": done + late + on + risk + off, "completed": done, "lagging": late, "on_track": on}
    return {**figures, "at_risk": risk, "suspended": off}


OWN_STATES["实际完成日期"] = Layout(
    _one("进展 | 实际完成时间", "铺管 |", "主体 |", "放线 |", "交付 | 2025年3月28日", "核对名单 |"), _fig(1, 1, 3)
)
OWN_STATES["完成情况写几分之几"] = Layout(
    _one("进展 | 完成情况", "铺管 | 5/12", "主体 | 1/3", "放线 | 2/8", "交付 | 4/4", "核对 | 3/9"), _fig(1, 1, 3)
)
OWN_STATES["是否办结，是否超期"] = Layout(
    _one(
        "进展 | 是否办结 | 是否超期",
        "铺管 | 否 | 否",
        "主体 | 否 | 否",
        "放线 | 否 | 否",
        "交付 | 是 | 是",
        "核对 | 否 | 是",
    ),
    _fig(1, 1, 3),
)
OWN_STATES["进展情况里写着状态和话"] = Layout(
    _one("进展情况", "正在铺管", "主体封顶", "滞后，征地没有完成", "已完成，3月交付", "已全部发放到位"), _fig(2, 0, 3)
)
OWN_STATES["打勾两栏"] = Layout(
    _one("进展 | 已办结 | 未办结", "铺管 | | √", "主体 | | √", "放线 | | √", "交付 | √ |", "核对 | | √"), _fig(1, 0, 4)
)
OWN_STATES["三栏打圈，在一个表头下"] = Layout(
    _one("进展 | 完成 | 正常 | 滞后", "铺管 | | ○ |", "主体 | | ○ |", "放线 | | | ○", "交付 | ○ | |", "核对 | | | ○"),
    _fig(1, 2, 2),
)
OWN_STATES["阶段"] = Layout(
    _one("当前阶段", "施工阶段", "前期阶段", "施工阶段", "竣工验收", "前期阶段", due=False), _fig(0, 0, 5), status=1
)
OWN_STATES["序时评价"] = Layout(
    _one("进展 | 序时评价", "铺管 | 达序时", "主体 | 达序时", "放线 | 欠序时", "交付 | 已完成", "核对 | 欠序时"),
    _fig(1, 2, 2),
)
OWN_STATES["好中差"] = Layout(
    _one("进展 | 推进评价", "铺管 | 好", "主体 | 好", "放线 | 中", "交付 | 已完成", "核对 | 差"), {}, status=1
)
OWN_STATES["备注写着状态"] = Layout(
    _one("进展 | 备注", "铺管 | 推进中", "主体 | 推进中", "放线 | 滞后", "交付 | 已完成", "核对 | 滞后"), _fig(1, 2, 2)
)
OWN_STATES["办理结果一栏写办结日期或在办"] = Layout(
    _one("办理结果", "在办", "在办", "在办", "3月28日办结", "在办"), _fig(1, 0, 4)
)
OWN_STATES["百分数，低于六成滞后"] = Layout(
    _one(
        "进展 | 完成率",
        "铺管 | 80%",
        "主体 | 65%",
        "放线 | 30%",
        "交付 | 100%",
        "核对 | 55%",
        below="| 注：完成率低于60%的为滞后。 |",
    ),
    _fig(1, 2, 2),
)
OWN_STATES["方框打勾"] = Layout(
    _one(
        "进展 | 完成情况",
        *(
            f"{t} | {s}"
            for t, s in (
                ("铺管", "□完成 ☑推进 □滞后"),
                ("主体", "□完成 ☑推进 □滞后"),
                ("放线", "□完成 □推进 ☑滞后"),
                ("交付", "☑完成 □推进 □滞后"),
                ("核对", "□完成 □推进 ☑滞后"),
            )
        ),
    ),
    _fig(1, 2, 2),
)
OWN_STATES["未完成与正常推进、已完成"] = Layout(
    _one("进展 | 完成情况", "铺管 | 正常推进", "主体 | 正常推进", "放线 | 未完成", "交付 | 已完成", "核对 | 未完成"),
    _fig(1, 2, 2),
)
OWN_STATES["落实、正在落实、没有落实"] = Layout(
    _one(
        "进展 | 落实情况", "铺管 | 正在落实", "主体 | 正在落实", "放线 | 没有落实", "交付 | 已落实", "核对 | 没有落实"
    ),
    _fig(1, 2, 2),
)
OWN_STATES["标题下分段"] = Layout(
    {
        "重点工作2025年6月.xlsx": {
            "a": """
            | 序号 | 工作任务 | 责任单位 | 进展 |
            | 一、已完成事项（1项） |
            | 1 | 新建实训基地 | 县教育局 | 交付使用 |
            | 二、正在推进事项（2项） |
            | 2 | 改造供水管网 | 县水利局 | 铺管 |
            | 3 | 新建传染病区 | 县卫健局 | 主体 |
            | 三、进度滞后事项（1项） |
            | 4 | 建设路网 | 县交通局 | 放线 |
            """
        }
    },
    _fig(1, 1, 2),
)
OWN_STATES["字母，说明在表头里"] = Layout(
    _one("进展 | 类别（A已办结、B正常推进、C滞后）", "铺管 | B", "主体 | B", "放线 | C", "交付 | A", "核对 | C"),
    {},
    status=1,
)
OWN_STATES["数字代号，说明在表下"] = Layout(
    _one(
        "进展 | 状态",
        "铺管 | 2",
        "主体 | 2",
        "放线 | 3",
        "交付 | 1",
        "核对 | 3",
        below="| 注：1表示已完成，2表示正常推进，3表示滞后 |",
    ),
    _fig(1, 2, 2),
)
OWN_STATES["快慢"] = Layout(
    _one("进展 | 进度评价", "铺管 | 较快", "主体 | 正常", "放线 | 缓慢", "交付 | 已完成", "核对 | 缓慢"), _fig(1, 2, 2)
)
OWN_STATES["销号打勾，没有勾的看时限"] = Layout(
    _one("进展 | 销号", "铺管 |", "主体 |", "放线 |", "交付 | √", "核对 |"), _fig(1, 1, 3)
)
OWN_STATES["暂缓和调整"] = Layout(
    _one("进展 | 状态", "铺管 | 推进", "主体 | 推进", "放线 | 暂缓", "交付 | 完成", "核对 | 逾期"), _fig(1, 1, 2, off=1)
)
OWN_STATES["进展末尾写着已办结"] = Layout(
    _one("办理情况", "正在铺管", "主体施工", "正在放线", "3月28日交付使用。已办结。", "正在核对名单。在办。"),
    _fig(1, 1, 3),
)
