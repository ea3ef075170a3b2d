"""Ledgers whose period, header or columns are hard to find: days without a year, numbered columns, two tables in one."""

from __future__ import annotations

from tests.support.first_days import Layout

READ: dict[str, Layout] = {}

_PLAIN = """
| {title} |
| 序号 | 事项 | 责任单位 | 时限 | {progress} | 状态 |
| 1 | 修缮县城旧桥 | 县交通局 | {year}4月20日 | 正在施工 | {a} |
| 2 | 清理河道垃圾 | 县水利局 | {year}6月30日 | 清理三成 | 正常推进 |
| 3 | 检修路灯二百盏 | 县住建局 | {year}5月10日 | 检修中 | {b} |
"""
_FIGURES = {"total": 3, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 1}


def _two(names: tuple[str, str], titles: tuple[str, str], year: str, progress: tuple[str, str]) -> Layout:
    """Two ledgers of the same items, the later one with one item done and one late."""
    said = (("正常推进", "正常推进"), ("滞后", "已办结"))
    return Layout(
        {
            name: {"a": _PLAIN.format(title=title, year=year, progress=of, a=a, b=b)}
            for name, title, of, (a, b) in zip(names, titles, progress, said, strict=True)
        },
        _FIGURES,
    )


_TITLE = ("云溪县督办事项",) * 2
_OF_YEAR = ("云溪县2025年督办事项",) * 2
_OLD = ("进展",) * 2
READ["月日用点隔开，年份在标题"] = _two(("督办4.30.xlsx", "督办5.31.xlsx"), _OF_YEAR, "", _OLD)
READ["月日四位数，年份在标题"] = _two(("督办0430.xlsx", "督办0531.xlsx"), _OF_YEAR, "", _OLD)
READ["年份只在各行里"] = _two(("督办（4月30日更新）.xlsx", "督办（5月31日更新）.xlsx"), _TITLE, "2025年", _OLD)
READ["期次只在表头里"] = _two(
    ("督办旧.xlsx", "督办新.xlsx"), _TITLE, "2025年", ("截至4月底进展情况", "截至5月底进展情况")
)
READ["第几周，起止在标题"] = _two(
    ("督办第18周.xlsx", "督办第19周.xlsx"),
    ("2025年第18周（4.28—5.4）督办事项", "2025年第19周（5.5—5.11）督办事项"),
    "",
    _OLD,
)
READ["第几周，起止在文件名"] = _two(("督办（第18周4.28-5.4）.xlsx", "督办（第19周5.5-5.11）.xlsx"), _OF_YEAR, "", _OLD)
READ["更新日期在表下"] = Layout(
    {
        name: {"a": table + f"| 填表日期：2025年{day} |\n"}
        for (name, tables), day in zip(
            _two(("督办一.xlsx", "督办二.xlsx"), _TITLE, "", _OLD).files.items(), ("4月30日", "5月31日"), strict=True
        )
        for table in tables.values()
    },
    _FIGURES,
)
READ["一月和十二月都没有年份"] = Layout(
    _two(("督办12月.xlsx", "督办1月.xlsx"), _TITLE, "2025年", _OLD).files, {}, status=1
)

_NUMBERED = """
| 云溪县重点任务台账（2025年{month}月） |
| 序号 | 任务 | < | 责任分工 | < | 目前情况 | < |
| ^ | 领域 | 任务内容 | 牵头单位 | 配合单位 | 进展情况 | 完成情况 |
| {numbers} |
| 1 | 经济 | 引进项目三个 | 县投促局 | 县发改局 | 签约一个 | 达到序时进度 |
| 2 | 民生 | 新建学校一所 | 县教体局 | 县住建局 | 封顶 | {state} |
| 3 | 生态 | 造林五千亩 | 县林业局 | 各乡镇 | 完成四成 | 未达到序时进度 |
"""
for _name, _numbers in {
    "列号带圈": "① | ② | ③ | ④ | ⑤ | ⑥ | ⑦",
    "列号是甲乙和数字": "甲 | 乙 | 丙 | 1 | 2 | 3 | 4",
    "列号带括号": "（1） | （2） | （3） | （4） | （5） | （6） | （7）",
    "列号是字母": "A | B | C | D | E | F | G",
}.items():
    READ[_name] = Layout(
        {
            f"重点任务{n}月.xlsx": {"a": _NUMBERED.format(month=n, numbers=_numbers, state=state)}
            for n, state in ((5, "达到序时进度"), (6, "已完成"))
        },
        {"total": 3, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 1},
    )

_STACKED = """
| 云溪县督办事项（2025年{month}月） |
| 一、未办结事项 |
| 序号 | 事项 | 责任部门 | 时限 | 进展情况 | 推进状态 |
| 1 | 改造演播厅 | 县融媒体中心 | 2025年4月底 | 设备安装 | {late} |
{open}| |
| {heading} |
| 序号 | 事项 | 责任部门 | 办结日期 | 备注 |
{closed}"""
_GUIDE = "| 2 | 印发采访规范 | 县委宣传部 | 2025年6月底 | 征求意见 | 正常推进 |\n"
_AUDIT = "| 1 | 审计设备采购 | 县审计局 | 3月16日 | |\n"
for _name, _heading in {
    "一张表上两段，下面已办结": "二、已办结事项",
    "下面一段写着几项": "二、已完成（2项）",
    "下面一段叫已销号问题": "（二）已销号问题",
}.items():
    READ[_name] = Layout(
        {
            "督办2025年5月.xlsx": {
                "a": _STACKED.format(month=5, late="正常推进", open=_GUIDE, heading=_heading, closed=_AUDIT)
            },
            "督办2025年6月.xlsx": {
                "a": _STACKED.format(
                    month=6,
                    late="延误",
                    open="",
                    heading=_heading,
                    closed=_AUDIT + "| 2 | 印发采访规范 | 县委宣传部 | 6月19日 | |\n",
                )
            },
        },
        {"total": 3, "completed": 2, "newly_completed": 1, "lagging": 1, "on_track": 0},
    )

READ["一季度和上半年并列"] = Layout(
    {
        "工作任务推进情况（2025年上半年）.xlsx": {
            "a": """
            | 序号 | 目标任务 | 牵头部门 | 一季度完成情况 | 上半年进展 | 上半年完成情况 | 三季度打算 |
            | 1 | 工业产值增长百分之十 | 区经信局 | 未完成季度目标 | 增长百分之九 | 未完成半年目标 | 加压 |
            | 2 | 建成人才公寓 | 区人社局 | 完成季度目标 | 六月入住 | 完成全年目标 | 管好 |
            | 3 | 新签约项目十个 | 区投促局 | 完成季度目标 | 签约七个 | 完成半年目标 | 继续 |
            """
        }
    },
    {"total": 3, "completed": 1, "lagging": 1, "on_track": 1},
)
READ["每月一栏，后几月还空着"] = Layout(
    {
        "重点工作进度2025年.xlsx": {
            "a": """
            | 序号 | 重点工作 | 责任单位 | 1月完成情况 | 2月完成情况 | 3月完成情况 |
            | 1 | 出台营商条例 | 县司法局 | 正常推进 | 已完成 | |
            | 2 | 建设数据中心 | 县数据局 | 滞后 | 滞后 | |
            | 3 | 改造老旧小区 | 县住建局 | 正常推进 | 正常推进 | |
            """
        }
    },
    {"total": 3, "completed": 1, "lagging": 1, "on_track": 1},
)

_NODES = """
| 项目关键节点管控表（2025年{month}月） |
| 标段 | 序号 | 关键节点 | 责任项目部 | 计划完成日期 | {finished} |
| 一标段 | 1 | 青石梁隧道左洞贯通 | 第一项目部 | 2025-07-20 | {a} |
| ^ | 2 | 预制梁场首片梁预制 | 梁场项目部 | 2025-08-31 | |
| 二标段 | 3 | 白水河特大桥封顶 | 第二项目部 | 2025-06-30 | |
| ^ | 4 | 弃渣场防护验收 | 第二项目部 | 2025-06-15 | 2025-06-12 |
"""
for _finished in ("实际完成日期", "办结时间", "实际竣工时间"):
    READ[f"没有状态栏，填了{_finished}的算办结"] = Layout(
        {
            f"节点{n}月.xlsx": {"a": _NODES.format(month=n, finished=_finished, a=a)}
            for n, a in ((6, ""), (7, "2025-07-18"))
        },
        {"total": 4, "completed": 2, "newly_completed": 1, "lagging": 1, "on_track": 1},
    )

_MARKED = """
| 2025年和美乡村项目进度表（{town}） |
| √表示已完成，△表示推进中，×表示滞后 |
| 序号 | 建设内容 | 实施主体 | 完工时限 | 截至{month}月底形象进度 | 完成情况 | 备注 |
"""
READ["各乡镇一张表，打符号"] = Layout(
    {
        f"和美乡村{n}月份.xlsx": {
            "石门乡": _MARKED.format(town="石门乡", month=n)
            + f"| 1 | 村内巷道硬化三公里 | 石门乡政府 | 6月底 | 完成一公里 | △ | |\n| 2 | 乡村记忆馆 | 县文旅局 | 5月底 | 布展 | {a} | |",
            "桃花镇": _MARKED.format(town="桃花镇", month=n)
            + f"| 1 | 桃园观光步道 | 桃花镇政府 | 9月底 | 放线 | △ | |\n| 2 | 户厕改造二百户 | 县卫健局 | 4月底 | 六十户 | {b} | |",
        }
        for n, a, b in ((4, "△", "△"), (5, "√", "×"))
    },
    {"total": 4, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 2},
)

_SHARED = """
| 供电公司2025年电网工程月报（{month}月） |
| 序号 | 工程名称 | 责任部门 | 竣工时间 | 至{month}月底完成比例 | 现场情况 |
| 总计 | | | | | |
| 1 | 清泉变增容 | 发展部 | 2025年12月 | 75% | 正在施工 |
| 2 | 城南线迁改 | 运检部 | 2025年9月 | {a} | {b} |
| 3 | 新区配网建设 | 发展部 | 2025年8月 | 61% | 正在施工 |
"""
READ["完成比例和现场情况"] = Layout(
    {
        f"电网工程月报{n}月.xlsx": {"a": _SHARED.format(month=n, a=a, b=b)}
        for n, a, b in ((9, "90%", "正在施工"), (10, "100%", "完工送电"))
    },
    {"total": 3, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 1},
)

_HAZARDS = """
| 园区安全隐患整改清单（2025年{month}月） |
| 序号 | 企业名称 | 隐患描述 | 隐患等级 | 监管责任科室 | 整改期限 | 整改进展 | 整改状态 |
| 1 | 华拓包装 | 消防通道堆放纸卷 | 一般 | 消防大队 | 5月12日 | 清理 | {a} |
| 2 | 华拓包装 | 配电箱未接地 | 一般 | 监管科 | 6月8日 | 采购接地线 | 整改中 |
| 3 | 大成冶铸 | 除尘管道积尘超标 | 重大 | 工贸科 | 5月20日 | 停炉 | {b} |
| | 小计 | 3个 | | | | | |
"""
READ["企业和隐患两栏，小计在第二栏"] = Layout(
    {
        f"隐患清单{n}月.xlsx": {"a": _HAZARDS.format(month=n, a=a, b=b)}
        for n, a, b in ((4, "整改中", "整改中"), (5, "已销号", "逾期未改"))
    },
    {"total": 3, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 1, "added": 0},
)
