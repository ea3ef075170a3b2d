"""Two offices whose ledgers have the shape of annexes that were published, with a period before; all that is said is invented.

`tasks`: 48 numbers and 56 rated rows; the second number has three rows of three units, the eighth six rows under one
merged task with one merged cell of five units, the thirty-first two. `projects`: 41 projects of which a column says
whether they were begun, and a status column has the words of building sites.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.support.drawing import xlsx

# ---------------------------------------------------------------------------------------------- tasks of a year

TASKS = (
    "推进县属平台公司重组，提升市场化融资能力",
    "围绕专项债券、预算内资金支持的方向储备申报项目，争取更多上级资金",
    "打通城区断头路，加快学府路东延、滨河南路改造等道路建设",
    "完善背街小巷整治和老旧小区改造方案，建立台账，加快提升进度",
    "启动汽车站片区城市更新",
    "依托龙头企业发展储能产业，抓好清洁能源一体化、储能综合利用等项目",
    "深入开展企业帮扶活动，为企业提供个性化、全程式服务",
    "稳定主要经济指标，持续提升综合实力",
    "强化企业上规入库，提高入库数量和通过率",
    "加快学校建设，力争两所小学今年秋季投用，缓解大班额",
    "处置非法集资存量案件",
    "完善政银企对接机制，引导金融机构支持实体经济",
    "建成9个街道养老服务中心，完善36个社区养老设施",
    "完善城乡低保制度，提高特困人员、残疾人保障标准",
    "发展绿色果蔬种植，办好采摘节和农产品推介会",
    "推进人居环境集中整治，打造湖岸乡村振兴示范带",
    "落实河湖长制，加快污水管网建设，实现水质稳定提升",
    "落实就业政策，开展事业单位招聘，动态消除零就业家庭",
    "开展根治欠薪行动，维护劳动者合法权益",
    "结合主导产业开展产业链招商、专班招商，引进优质项目",
    "聘请招商顾问，建设专业招商队伍",
    "兑现招商奖励，全年引进亿元以上项目20个",
    "推进三个老市场改造",
    "做好网络舆情应对处置",
    "保护展示文物和红色资源，建设城市书房",
    "针对极端天气暴露的薄弱环节查漏补缺，治理各类隐患",
    "建设综合应急救援中心和应急指挥平台",
    "巩固提升安全生产专项整治，做到责任、管理、投入、培训、救援五到位",
    "推进气囊丝、切片项目落地，推动纸业二期低碳项目",
    "实施工业用地承诺制改革，收储园区土地900亩",
    "开工建设妇幼保健院新院区、市民中心等重点项目，完善新区功能",
    "加快新区道路和管网建设，年度完成投资14亿元",
    "启动高铁片区城市设计，确定片区建设方案",
    "加强信访形势研判，开展矛盾纠纷大排查",
    "健全首席服务员等机制，抓好23个省市重点项目",
    "打通签约、开工、投产链条，推进项目压茬开工",
    "发展现代物流业，支持物流园壮大",
    "开展营商环境整改提升，推行承诺制和一件事一次办",
    "完善公共信用平台，打击恶意逃废债务",
    "落实营商环境考核奖惩办法",
    "开展爱国卫生和全民健康活动",
    "完成两个乡镇国土空间规划评审",
    "加强大气、土壤污染综合整治，完成年度空气质量指标",
    "建成农村公路34公里，创建美丽农村路10公里",
    "改进领导班子和干部考核工作，强化结果运用",
    "开展能力作风建设年活动，解决干部队伍突出问题",
    "把招商实绩作为干部考核、评先的重要内容",
    "提升党员干部专业素养，补齐知识短板",
)
_FIVE = "县工信局⏎县商务局⏎县发改局⏎县住建局⏎县财政局"
# Of each row: number, units, person, rating of last period and of this one. A second row of a number stands below it.
_SUBROWS = {
    2: (
        ("县财政局", "王平", "积极", "积极"),
        ("县发改局", "裴乐", "正常", "积极"),
        ("县应急局", "刘茜", "一般", "一般"),
    ),
    8: tuple(
        ("^" if n else _FIVE, "^" if n else "樊烁⏎赵强⏎徐亚⏎苑增⏎刘燕", before, now)
        for n, (before, now) in enumerate(
            [("滞后", "滞后"), ("正常", "一般"), ("正常", "积极"), ("积极", "一般"), ("一般", "滞后"), ("滞后", "滞后")]
        )
    ),
    31: (
        ("新区指挥部", "侯冰（规划）⏎张鹤（土地）", "积极", "积极"),
        ("县机关事务中心⏎县城投公司", "师剑⏎王新", "正常", "滞后"),
    ),
}
_UNITS = dict(
    zip(
        (n for n in range(1, 49) if n not in _SUBROWS),
        [
            "县财政局",
            "县住建局",
            "县住建局",
            "县住建局",
            "县工信局",
            "县工信局",
            "县统计局⏎县工信局⏎县商务局⏎县发改局⏎县住建局⏎各乡镇",
            "县教育局",
            "县金融办",
            "县金融办",
            "县民政局",
            "县民政局",
            "县农业农村局",
            "县农业农村局",
            "县农业农村局",
            "县人社局",
            "县人社局",
            "县商务局",
            "县商务局",
            "县商务局",
            "县市场中心",
            "县委宣传部",
            "县文旅局",
            "县应急局",
            "县应急局",
            "县应急局",
            "县企业服务中心",
            "县企业服务中心⏎县收储办",
            "新区指挥部",
            "新区指挥部",
            "县委政法委⏎县信访局",
            "县发改局",
            "县发改局",
            "县发改局",
            "县发改局",
            "县发改局",
            "县发改局",
            "县卫健委",
            "县自然资源局",
            "县生态环境局",
            "县交通局",
            "县委组织部",
            "县委组织部",
            "县委组织部",
            "县委组织部",
        ],
        strict=True,
    )
)
_RATED = dict(
    zip(
        (n for n in range(1, 49) if n not in _SUBROWS),
        [
            "正常",
            "滞后",
            "滞后",
            "正常",
            "积极",
            "正常",
            "一般",
            "积极",
            "积极",
            "积极",
            "正常",
            "正常",
            "积极",
            "积极",
            "积极",
            "正常",
            "积极",
            "积极",
            "积极",
            "一般",
            "滞后",
            "积极",
            "正常",
            "积极",
            "正常",
            "积极",
            "滞后",
            "正常",
            "滞后",
            "积极",
            "积极",
            "一般",
            "正常",
            "正常",
            "正常",
            "正常",
            "正常",
            "正常",
            "正常",
            "积极",
            "滞后",
            "正常",
            "积极",
            "正常",
            "积极",
        ],
        strict=True,
    )
)
# What was rated otherwise last period.
_BEFORE = {
    3: "滞后",
    4: "一般",
    10: "正常",
    16: "正常",
    22: "正常",
    23: "滞后",
    32: "一般",
    35: "滞后",
    44: "正常",
    46: "正常",
}
_INDICATORS = ("地区生产总值", "规模以上工业增加值", "社会消费品零售总额", "固定资产投资", "一般预算收入", "建筑业产值")
_SAID = (
    ("已成立专班，方案正在征求意见。", "方案印发，{n}家单位签订责任书，正在组织实施。"),
    ("完成摸底{n}处，正在编制计划。", "累计完成{n}处，占年度计划的七成。"),
    ("召开推进会{n}次，建立工作台账。", "两次现场督办后，剩余{n}项手续办结。"),
    ("正在对接设计单位。", "图纸通过审查，{n}个标段进场施工。"),
)


def tasks(period: int) -> bytes:
    """The ledger of the period before (0) or of this one (1)."""
    span = ("5—7月份", "8—10月份")[period]
    lines = [
        f"| 云溪县2022年重点工作任务{span}推进情况台账 |",
        "| 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 |",
    ]
    for number, task in enumerate(TASKS, 1):
        rows = _SUBROWS.get(number) or (
            (_UNITS[number], _person(number), _BEFORE.get(number, _RATED[number]), _RATED[number]),
        )
        for n, (unit, person, *rated) in enumerate(rows):
            said = _indicator(n, period) if number == 8 else _progress(number, n, period)
            lines.append(
                f"| {'^' if n else f'#{number}'} | {'^' if n else task} | {unit} | {person} | {said} | {rated[period]} |"
            )
    return xlsx("\n".join(lines), names=(f"{span}台账",))


def _person(number: int) -> str:
    return f"{'赵钱孙李周吴郑冯陈褚卫蒋'[number % 12]}{'立本小川守拙远山长庚'[number % 10]}"


def _indicator(n: int, period: int) -> str:
    """Each of the six rows of one task says another indicator."""
    span = ("上半年", "前三季度")[period]
    return f"{n + 1}、{span}{_INDICATORS[n]}完成{7 + 13 * n + 5 * period}.{n + 3}亿元，增长{2 + n + period}.{n}%。"


def _progress(number: int, n: int, period: int) -> str:
    return _SAID[(number + n) % 4][period].format(n=number + 3 * n + 2)


# ---------------------------------------------------------------------------------------------- projects

PLACES = ["桃源", "柳林", "临河", "双桥", "新城", "金山", "古渡", "北川", "松岭", "白塔"]
THINGS = [
    "标准厂房",
    "高炉搬迁",
    "文旅康养基地",
    "输变电工程",
    "污水管网",
    "公路改线",
    "集中供热",
    "冷链物流园",
    "医院迁建",
    "农产品市场",
]
_WORDS = {"begun": "已开工", "late": "未达序时", "waits": "未开工", "stopped": "缓建", "early": "前期"}


def projects(period: int) -> bytes:
    """The ledger of the month before (0) or of this one (1)."""
    lines = ["| 2021年省市县三级重点工程进展情况表 |", "| 单位：亿元 |"]
    lines.append(
        "| 序号 | 项目名称 | 级别 | 建设性质 | 责任单位 | 概算总投资 | 年度计划投资 | 累计完成投资 | 是否开工 | 形象进度 | 状态 | 存在问题 |"
    )
    totals = _shares(Decimal("136.8"), 41)
    plans = [
        *_shares(Decimal("8.9"), 3),
        *_shares(Decimal("0.23"), 1),
        *_shares(Decimal("21.1"), 33),
        *_shares(Decimal("0.60"), 4),
    ]
    spent = [
        *_shares(Decimal("7.47"), 3),
        *_shares(Decimal("0.08"), 1),
        *_shares(Decimal("16.22"), 33),
        *_shares(Decimal("0.25"), 4),
    ]
    for n in _order(period):
        level = "省重点" if n == 0 else "市重点" if n < 4 else "县重点"
        nature = "前期" if n == 3 or n > 36 else "在建"
        site = _site(n, period)
        begun = {"early": "", "waits": "否", "stopped": "否"}.get(site, "是")
        name = f"{PLACES[n % 10]}{THINGS[n * 7 // 10 % 10]}{'（二期）' if n % 20 > 9 else ''}项目"
        done = spent[n] if period else (spent[n] * Decimal("0.8")).quantize(Decimal("0.01"))
        said = f"{'主体施工' if begun == '是' else '办理手续'}，{'9月' if period else '8月'}完成{n + 2}项节点。"
        why = {"late": "资金未落实", "waits": "用地手续未办结", "stopped": "设计方案调整"}.get(site, "")
        lines.append(
            f"| #{n + 1} | {name} | {level} | {nature} | {_OWNERS[n % 5]} | #{totals[n]} | #{plans[n]} | #{done} | {begun} | {said} | {_WORDS[site]} | {why} |"
        )
    return xlsx("\n".join(lines), names=("进展表",))


_OWNERS = ("县发改局", "县住建局", "县交通局", "县水务公司", "县城投公司")


def _order(period: int) -> Sequence[int]:
    """This month two projects have changed places in the table."""
    order = list(range(41))
    if period:
        order[10], order[25] = order[25], order[10]
    return order


def _site(n: int, period: int) -> str:
    """What the status column says: one of the province and three of the county lag, two were not begun."""
    if n == 3 or n > 36:
        return "early"
    if n == 20:
        return "stopped" if period else "waits"
    if n == 21:
        return "waits"
    late = {0, 8, 15, 30} if period else {0, 8, 15, 24, 33}
    return "late" if n in late else "waits" if n == 12 and not period else "begun"


def _shares(whole: Decimal, parts: int) -> list[Decimal]:
    """The sum dealt out unevenly, to the cent."""
    weights = [3 + n * 5 % 7 for n in range(parts)]
    found = [(whole * w / sum(weights)).quantize(Decimal("0.01")) for w in weights]
    found[-1] += whole - sum(found)
    return found
