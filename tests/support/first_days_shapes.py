"""Ledgers in which the same words stand in many lines, in which cells are merged downwards, or sheets are states."""

from __future__ import annotations

from tests.support.first_days import Layout

SHAPES: dict[str, Layout] = {}

_POINTS = "| 问题编号 | 测评点位 | 问题描述 | 责任单位 | 整改要求 |\n"
_POINT = "| CW{n:03} | {place} | {what} | {unit} | {asked} |\n"
_PLACES = (("中山路农贸市场", "市市场监管局"), ("火车站广场", "站前管委会"), ("幸福里小区", "市住建局"))
_WHAT = ("盲道被占用", "小广告清理不及时")


def _points(numbers: tuple[int, ...]) -> str:
    lines = (
        _POINT.format(n=n, place=_PLACES[n % 3][0], what=_WHAT[n % 2], unit=_PLACES[n % 3][1], asked="7日内整改")
        for n in numbers
    )
    return _POINTS + "".join(lines)


def _states(now: dict[str, tuple[int, ...]]) -> dict[str, str]:
    return {name: _points(numbers) for name, numbers in now.items()}


SHAPES["一种状态一张表，同样的话在许多点位"] = Layout(
    {
        "点位问题清单（2025年6月13日）.xlsx": _states({"已整改": (1,), "整改中": (2, 3, 4, 5), "逾期未整改": (6,)}),
        "点位问题清单（2025年6月27日）.xlsx": _states({"已整改": (1, 2, 6), "整改中": (3, 4, 7), "逾期未整改": (5,)}),
    },
    {"total": 7, "completed": 3, "newly_completed": 2, "lagging": 1, "on_track": 3, "added": 1},
)
SHAPES["每个片区一张表，同样的话都有"] = Layout(
    {
        f"点位问题2025年{m}月.xlsx": {
            place: "| 序号 | 点位 | 存在问题 | 责任单位 | 整改状态 |\n"
            + "".join(
                f"| {n} | {place}第{n}处 | {_WHAT[n % 2]} | {unit} | {state} |\n"
                for n, state in enumerate(states[k * 3 : k * 3 + 3], 1)
            )
            for k, (place, unit) in enumerate((("城东片区", "城东街道"), ("城西片区", "城西街道")))
        }
        for m, states in (
            (5, ["整改中"] * 5 + ["已整改"]),
            (6, ["整改中", "已整改", "整改中", "逾期未整改", "整改中", "已整改"]),
        )
    },
    {"total": 6, "completed": 2, "newly_completed": 1, "lagging": 1, "on_track": 3, "added": 0},
)
SHAPES["推进中一张，已完成一张，没有时限"] = Layout(
    {
        f"任务2025年{m}月.xlsx": {
            name: "| 序号 | 任务 | 责任单位 |\n"
            + "".join(f"| {n} | {task} | {unit} |\n" for n, (task, unit) in enumerate(items, 1))
            for name, items in sheets.items()
        }
        for m, sheets in {
            5: {
                "推进中": [("修缮县城旧桥", "县交通局"), ("清理河道垃圾", "县水利局")],
                "已完成": [("检修路灯二百盏", "县住建局")],
            },
            6: {
                "推进中": [("清理河道垃圾", "县水利局")],
                "已完成": [("检修路灯二百盏", "县住建局"), ("修缮县城旧桥", "县交通局")],
            },
        }.items()
    },
    {"total": 3, "completed": 2, "newly_completed": 1, "on_track": 1, "lagging": 0},
)

_VILLAGES = """
| 云坪镇人居环境问题交办清单（2025年{m}月） |
| 序号 | 村（社区） | 问题描述 | 整改期限 | 整改情况 |
| 1 | 柳湾村 | 房前屋后柴草乱堆 | {m}月28日 | 正在整改 |
| 2 | ^ | 公路沿线白色垃圾 | ^ | {a} |
| 3 | ^ | 废弃猪圈未拆除 | ^ | 已整改 |
| 4 | 石桥村 | 公路沿线白色垃圾 | {m}月28日 | 正在整改 |
{more}| 5 | ^ | 废弃猪圈未拆除 | ^ | 正在整改 |
"""
SHAPES["村名和期限向下合并，同样的话各村都有"] = Layout(
    {
        f"问题清单2025年{m}月.xlsx": {"a": _VILLAGES.format(m=m, a=a, more=more)}
        for m, a, more in ((5, "正在整改", ""), (6, "已整改", "| 6 | ^ | 房前屋后柴草乱堆 | ^ | 正在整改 |\n"))
    },
    {"total": 6, "completed": 2, "newly_completed": 1, "on_track": 4, "added": 1},
)
