"""Ledgers that say by lights, colours and signs how an item stands, with legends at many places, or with none."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.first_days import Layout

COLOURED: dict[str, Layout] = {}
RED, YELLOW, GREEN, BLUE = "FF0000", "FFFF00", "00B050", "0070C0"
FIGURES = {"total": 4, "completed": 2, "newly_completed": 1, "lagging": 1, "on_track": 1, "open": 2}

_MAY, _JUNE = "督办台账2025年5月.xlsx", "督办台账2025年6月.xlsx"
_ROWS = (
    ("安装路灯三百盏", "县住建局", "2025年6月底", ("已装一百盏", "已装三百盏")),
    ("修编防汛预案", "县应急局", "2025年4月底", ("预案印发", "预案印发")),
    ("清淤排水管网", "县水利局", "2025年5月底", ("清淤三公里", "清淤四公里")),
    ("改扩建二中食堂", "县教体局", "2025年12月底", ("主体施工", "主体封顶")),
)
_STATES = (["on", "done", "late", "on"], ["done", "done", "late", "on"])


def _files(
    words: Mapping[str, str], header: str, *, above: str = "", below: str = "", aside: str = "", sheets: bool = False
) -> dict[str, dict[str, str]]:
    """The two ledgers: in the column of this header the word of each state."""
    found: dict[str, dict[str, str]] = {}
    for month, name in enumerate((_MAY, _JUNE)):
        lines = ["| 云溪县重点督办事项台账 |", *filter(None, [above])]
        lines.append(f"| 序号 | 督办事项 | 责任单位 | 完成时限 | 工作进展 | {header} |")
        for n, (task, unit, due, progress) in enumerate(_ROWS):
            lines.append(f"| {n + 1} | {task} | {unit} | {due} | {progress[month]} | {words[_STATES[month][n]]} |")
        found[name] = {"台账": "\n".join([*lines, *filter(None, [below])])}
        if sheets:
            found[name]["图例"] = aside
    return found


def _marked(first: int, colours: Mapping[str, str], column: str) -> dict[str, dict[str, str]]:
    """The colour of each line's cell in a column."""
    return {
        name: {f"{column}{first + n}": colours[state] for n, state in enumerate(_STATES[month]) if colours.get(state)}
        for month, name in enumerate((_MAY, _JUNE))
    }


_LIGHTS = {"done": "绿灯", "on": "黄灯", "late": "红灯"}
_COLOURS = {"done": GREEN, "on": YELLOW, "late": RED}
_NOTHING = dict.fromkeys(_COLOURS, "")
_SIGN = dict.fromkeys(_COLOURS, "●")


def _with(more: Mapping[str, Mapping[str, str]], cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {**found, **cells} for name, found in more.items()}


COLOURED["灯，图例在副标题里"] = Layout(
    _files(_LIGHTS, "亮灯", above="| 说明：绿灯——已完成；黄灯——正在推进；红灯——超期未完成 |"), FIGURES
)
COLOURED["灯，图例在表下的注里"] = Layout(
    _files(_LIGHTS, "亮灯情况", below="| 注：已完成的标绿灯，正常推进的标黄灯，滞后的标红灯。 |"), FIGURES
)
COLOURED["灯，图例在表头里"] = Layout(_files(_LIGHTS, "进度亮灯（绿灯：完成；黄灯：推进中；红灯：滞后）"), FIGURES)
COLOURED["灯，图例在另一张表里"] = Layout(
    _files(
        {"done": "绿", "on": "黄", "late": "红"},
        "灯号",
        aside="| 标识 | 含义 |\n| 绿 | 已完成 |\n| 黄 | 正在推进 |\n| 红 | 滞后 |",
        sheets=True,
    ),
    FIGURES,
)
COLOURED["彩色圆，图例在表上"] = Layout(
    _files({"done": "🟢", "on": "🟡", "late": "🔴"}, "状态", above="| 🟢已完成 🟡正常推进 🔴滞后 |"), FIGURES
)
_ROW_OF_COLOURS = {"B2": GREEN, "C2": YELLOW, "D2": RED}
COLOURED["空格涂色，图例是涂色的格"] = Layout(
    _files(_NOTHING, "标识", above="| 图例： | 绿色：已完成 | 黄色：正在推进 | 红色：滞后 |"),
    FIGURES,
    cells=_with(_marked(4, _COLOURS, "F"), _ROW_OF_COLOURS),
)
COLOURED["空格涂色，图例是一句话"] = Layout(
    _files(_NOTHING, "进度", below="| 注：绿色表示已办结，黄色表示正常推进，红色表示进度滞后。 |"),
    FIGURES,
    cells=_marked(3, _COLOURS, "F"),
)
COLOURED["进展一格涂色，图例在表下"] = Layout(
    _files(_NOTHING, "备注", below="| 图例 | 已完成 | 按计划推进 | 进度滞后 |"),
    FIGURES,
    cells=_with(_marked(3, {"done": "9DC3E6", "on": "A9D08E", "late": "FF7C80"}, "E"), {"B7": "9DC3E6", "C7": "A9D08E", "D7": "FF7C80"}),
)  # fmt: skip
COLOURED["进展一格涂色，图例在表下，一种颜色一行"] = Layout(
    _files(_NOTHING, "备注", below="| | 已完成 |\n| | 进度正常，按计划推进 |\n| | 进度滞后，要督办 |"),
    FIGURES,
    cells=_with(_marked(3, {"done": "9DC3E6", "on": "A9D08E", "late": "FF7C80"}, "E"), {"A7": "9DC3E6", "A8": "A9D08E", "A9": "FF7C80"}),
)  # fmt: skip
COLOURED["序号一格涂色，只有滞后和完成涂"] = Layout(
    _files(_NOTHING, "备注", above="| 绿色为已完成，红色为滞后，其余正常 |"),
    FIGURES,
    cells=_marked(4, {"done": GREEN, "late": RED}, "A"),
)
COLOURED["圆点看字的颜色，图例是彩字"] = Layout(
    _files(_SIGN, "状态", above="| | | ●已完成 | ●正常 | ●滞后 |"),
    FIGURES,
    written=_with(_marked(4, {**_COLOURS, "done": BLUE}, "F"), {"C2": BLUE, "D2": YELLOW, "E2": RED}),
)
COLOURED["圆点看字的颜色，图例是一句话"] = Layout(
    _files(_SIGN, "进度", below="| 注：绿色圆点表示已完成，黄色表示正在推进，红色表示滞后 |"),
    FIGURES,
    written=_marked(3, _COLOURS, "F"),
)
COLOURED["涂了几种颜色，没有图例"] = Layout(
    _files(_NOTHING, "备注"), {}, status=1, cells=_marked(3, {"done": "D9B3FF", "on": "F8CBAD", "late": "9BC2E6"}, "A")
)
COLOURED["圆点几种颜色，没有图例"] = Layout(_files(_SIGN, "标识"), {}, status=1, written=_marked(3, _COLOURS, "F"))
COLOURED["字涂红，别的不涂，有状态以外的说明"] = Layout(
    _files(_NOTHING, "备注", below="| 注：绿字为已完成，红字为滞后，黑字为正常推进。 |"),
    FIGURES,
    written=_marked(3, {"done": GREEN, "late": RED}, "B"),
)
_BARE = "| 亮灯台账 |\n| 序号 | 任务 | 责任单位 | 进展 | 亮灯 |\n| 1 | 修路 | 县交通局 | 推进 | {} |\n| 2 | 建校 | 县教体局 | 推进 | {} |\n| 3 | 种树 | 县林业局 | 推进 | {} |\n| 4 | 清淤 | 县水利局 | 推进 | {} |\n{}"
COLOURED["四种灯，没有图例没有时限"] = Layout(
    {"亮灯台账2025年9月.xlsx": {"亮灯": _BARE.format("蓝灯", "绿灯", "黄灯", "红灯", "")}}, {}, status=1
)
COLOURED["四种灯，有图例没有时限"] = Layout(
    {
        "亮灯台账2025年9月.xlsx": {
            "亮灯": _BARE.format(
                "蓝灯", "绿灯", "黄灯", "红灯", "| 注：蓝灯：已完成，绿灯：正常推进，黄灯：存在逾期风险，红灯：逾期 |"
            )
        }
    },
    {"total": 4, "completed": 1, "lagging": 1, "at_risk": 1, "on_track": 1},
)

_UNEXPLAINED = """
| 序号 | 任务 | 责任单位 | 完成时限 | 进展 | {} |
| 1 | 修复河堤 | 县水利局 | 2025年12月底 | {} | {} |
| 2 | 新建公厕 | 县住建局 | 2025年10月底 | 正在装修 | {} |
| 3 | 清运垃圾 | 县城管局 | 2025年8月底 | 还剩两处 | {} |
| 4 | 植树造林 | 县林业局 | 2025年11月底 | {} | {} |
"""
_NAME = "任务亮灯2025年9月.xlsx"
COLOURED["三种灯没有图例，绿的在办"] = Layout(
    {_NAME: {"a": _UNEXPLAINED.format("亮灯", "正在砌筑", "绿灯", "黄灯", "红灯", "栽植二百亩", "绿灯")}},
    {"total": 4, "completed": 0, "on_track": 2, "at_risk": 1, "lagging": 1},
)
COLOURED["三种灯没有图例，绿的办完了"] = Layout(
    {_NAME: {"a": _UNEXPLAINED.format("亮灯", "已完成", "🟢", "🟡", "🔴", "已全部完成", "🟢")}},
    {"total": 4, "completed": 2, "on_track": 0, "at_risk": 1, "lagging": 1},
)
COLOURED["三种底色没有图例，绿的在办"] = Layout(
    {_NAME: {"a": _UNEXPLAINED.format("标识", "正在砌筑", "", "", "", "栽植二百亩", "")}},
    {"total": 4, "completed": 0, "on_track": 2, "at_risk": 1, "lagging": 1},
    cells={_NAME: {"F2": GREEN, "F3": YELLOW, "F4": RED, "F5": GREEN}},
)
COLOURED["三种字色没有图例，绿的办完了"] = Layout(
    {_NAME: {"a": _UNEXPLAINED.format("状态", "已完成", "●", "●", "●", "已办结", "●")}},
    {"total": 4, "completed": 2, "on_track": 0, "at_risk": 1, "lagging": 1},
    written={_NAME: {"F2": GREEN, "F3": YELLOW, "F4": RED, "F5": GREEN}},
)
