"""Which column is which field, where headers are those of offices: by the words in them, then by what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.putting_together import kinds_in, ledgers_seen, propose

KINDS = kinds_in(Path("templates"))


def fields(table: str, folder: Path) -> dict[str, str]:
    """The header that each field is read from."""
    paths = Layout({"台账2025年5月.xlsx": {"Sheet1": table}}, {}).write(folder)
    ledgers, problems = ledgers_seen([(path, path.read_bytes()) for path in paths], KINDS)
    assert problems == []
    understood = propose(ledgers, KINDS, Answers()).choice.understood
    return {name: meaning.column.parts[-1] for name, meaning in understood.fields.items()}


CASES = {
    "a court: who takes the lead is a tribunal, what is said is 文字说明": (
        """
        | 序号 | 决定事项 | 牵头庭室 | 完成时间 | 办理进度 | 文字说明 |
        | 1 | 建设诉讼服务中心二期 | 立案庭 | 2025年8月 | 推进中 | 已完成装修招标，正在进场施工 |
        | 2 | 清理三年以上长期未结案件 | 审管办 | 2025年5月 | 滞后 | 还有二十一件没有审结，正在逐件调度 |
        | 3 | 更新庭审语音识别系统 | 技术室 | 2025年4月 | 已完成 | 系统已安装调试并投入使用 |
        """,
        {"事项": "决定事项", "责任单位": "牵头庭室", "时限": "完成时间", "进展": "文字说明", "状态": "办理进度"},
    ),
    "the police: leaders are no units though their names look so": (
        """
        | 序号 | 交办事项 | 责任警种 | 局领导 | 节点 | 本周工作 | 状态 |
        | 1 | 建成反诈宣传示范社区五个 | 刑侦大队 | 张副局长 | 2025年8月 | 完成两个社区的布置和培训 | 推进中 |
        | 2 | 升级城区治安卡口三十处 | 科信大队 | 李副局长 | 2025年5月 | 设备没有到货，已经催促厂家 | 滞后 |
        | 3 | 清查出租房屋一轮 | 治安大队 | 王副局长 | 2025年4月 | 清查房屋六百多户，已经全部完成 | 已完成 |
        """,
        {"事项": "交办事项", "责任单位": "责任警种", "进展": "本周工作", "状态": "状态"},
    ),
    "complaints of firms: the item is what they ask for, not the firm": (
        """
        | 序号 | 企业名称 | 企业诉求 | 承办部门 | 办理时限 | 办理过程 | 办理状态 |
        | 1 | 云溪机械有限公司 | 协调解决厂区外污水管网接入 | 县住建局 | 2025年6月 | 已到现场查看，正在编制方案 | 正在办理 |
        | 2 | 云溪食品有限公司 | 解决员工子女入学的学位 | 县教体局 | 2025年5月 | 已安排到城东小学就读 | 已办结 |
        """,
        {"事项": "企业诉求", "责任单位": "承办部门", "进展": "办理过程", "状态": "办理状态"},
    ),
    "hazards: what was found is the item, the firm that has it stays beside": (
        """
        | 序号 | 企业名称 | 隐患描述 | 责任站所 | 整改期限 | 本周整改进展 | 整改状态 |
        | 1 | 云溪化工有限公司 | 氯气报警装置没有定期检定 | 安监站 | 2025年6月 | 已联系检定机构上门 | 正在整改 |
        | 2 | 云溪油脂有限公司 | 储罐区消防栓水压不够 | 消防所 | 2025年5月 | 增压泵已安装，水压合格 | 已整改 |
        """,
        {"事项": "隐患描述", "责任单位": "责任站所", "时限": "整改期限", "进展": "本周整改进展", "状态": "整改状态"},
    ),
    "the number is 项次, though the weights look like one": (
        """
        | 项次 | 年度目标任务 | 权重分 | 责任科室 | 完成期限 | 完成情况说明 | 完成状态 |
        | 1 | 完成档案数字化三万卷 | 1 | 档案科 | 2025年11月 | 已扫描一万二千卷，质检合格 | 推进中 |
        | 2 | 修订内部管理制度十二项 | 2 | 办公室 | 2025年5月 | 已修订四项，其余正在征求意见 | 滞后 |
        | 3 | 组织业务培训六期 | 3 | 人事科 | 2025年9月 | 六期培训都已办完 | 已完成 |
        """,
        {"序号": "项次", "事项": "年度目标任务", "责任单位": "责任科室", "进展": "完成情况说明", "状态": "完成状态"},
    ),
    "a header of two rows: 具体情况 below 进展": (
        """
        | 序号 | 具体任务 | 责任部门 | 投资及进展情况 | < | < |
        | ^ | ^ | ^ | 年度计划 | 具体情况 | 序时评价 |
        | 1 | 新建城东小学教学楼 | 区教育局 | 3200 | 主体封顶，正在砌墙 | 达到序时 |
        | 2 | 加装老旧小区电梯四十部 | 区住建局 | 1600 | 还有二十二部没有签约 | 落后序时 |
        | 3 | 改造背街小巷十条 | 区城管局 | 900 | 十条都已完工通行 | 已完成 |
        """,
        {"事项": "具体任务", "责任单位": "责任部门", "进展": "具体情况", "状态": "序时评价"},
    ),
    "落实情况 is the state where its cells say so, and what units sent back is the progress": (
        """
        | 序号 | 议定事项 | 牵头单位 | 办结时限 | 上次反馈 | 本次反馈 | 落实情况 |
        | 1 | 完成职教中心可研评审 | 县教体局 | 2025年6月 | 正在编制可研报告 | 可研报告已报送评审 | 正在落实 |
        | 2 | 核拨供水项目前期经费 | 县财政局 | 2025年4月 | 正在审核资金计划 | 资金已全部拨付到位 | 已落实 |
        | 3 | 清查临时收储粮食库点 | 县发改局 | 2025年3月 | 还没有拿出清查方案 | 方案仍在征求意见 | 未按期落实 |
        | 4 | 建立重点信访案件清单 | 县信访局 | 2025年5月 | 已梳理案件二十件 | 清单已印发各镇 | 已落实 |
        | 5 | 提出闲置资产处置意见 | 县国资中心 | 2025年9月 | 正在摸底资产情况 | 完成资产评估六处 | 正在落实 |
        """,
        {"事项": "议定事项", "进展": "本次反馈", "状态": "落实情况", "责任单位": "牵头单位"},
    ),
    "of several days the deadline is the one that is called so; 调研时间 and 反馈日期 are none": (
        """
        | 序号 | 调研时间 | 交办事项 | 领办单位 | 要求办结日 | 反馈日期 | 办理进展 | 办结情况 |
        | 1 | 2025-03-04 | 硬化枫林村入村道路 | 县交通局 | 2025-06-30 | 2025-05-20 | 路基已经完成 | 正在办理 |
        | 2 | 2025-03-11 | 增设第三小学护学岗 | 县公安局 | 2025-04-20 | 2025-05-21 | 护学岗已经上岗 | 已办结 |
        """,
        {"事项": "交办事项", "责任单位": "领办单位", "时限": "要求办结日", "进展": "办理进展"},
    ),
    "of days under headers that nothing is known of the later ones are the deadline": (
        """
        | 序号 | 项目名称 | 服务专班 | 落笔之日 | 开门之日 | 当前进展 | 推进状态 |
        | 1 | 锂电隔膜生产线 | 县工信局 | 2024-09-15 | 2025-09-30 | 设备正在安装 | 正常推进 |
        | 2 | 中药饮片加工厂 | 县卫健局 | 2024-11-08 | 2025-06-30 | 厂房还未封顶 | 推进缓慢 |
        """,
        {"时限": "开门之日", "进展": "当前进展", "状态": "推进状态"},
    ),
    "the day of signing is no deadline, that of going into production is": (
        """
        | 序号 | 项目名称 | 投资方 | 牵头服务单位 | 签约日期 | 计划投产 | 当前进展 | 推进状态 |
        | 1 | 锂电隔膜生产线 | 浙江恒新 | 县工信局 | 2024-09-15 | 2025年9月 | 设备正在安装 | 正常推进 |
        | 2 | 中药饮片加工厂 | 安徽本草 | 县卫健局 | 2024-11-08 | 2025年6月 | 厂房还未封顶 | 推进缓慢 |
        """,
        {"事项": "项目名称", "责任单位": "牵头服务单位", "时限": "计划投产"},
    ),
    "whether it is late does not say whether it is done: the other column of states does": (
        """
        | 督查文号 | 来文单位 | 督查事由 | 承办单位 | 反馈时限 | 是否逾期 | 上报情况 | 反馈状态 |
        | 1号 | 市督查室 | 核查拖欠企业账款 | 县财政局 | 2025-05-15 | 否 | 账款清单已经核实上报 | 已反馈 |
        | 2号 | 市督查室 | 清查耕地撂荒图斑 | 县农业农村局 | 2025-05-20 | 是 | 还有十二个图斑没有核实 | 逾期未反馈 |
        | 3号 | 县长信箱 | 处理校车超载投诉 | 县教体局 | 2025-06-30 | 否 | 已约谈校车公司 | 未到期 |
        """,
        {"事项": "督查事由", "责任单位": "承办单位", "进展": "上报情况", "状态": "反馈状态"},
    ),
    "names that all differ are the items, short as they are, where no other column can be": (
        """
        | 序号 | 项目片区 | 实施主体 | 包保领导 | 应签户数 | 已签户数 | 签约率 | 进度状态 |
        | 1 | 沿河路 | 县城投公司 | 何涛 | 320 | 190 | 59.4% | 正常 |
        | 2 | 职教园 | 县交投公司 | 刘正 | 86 | 12 | 14.0% | 滞后 |
        | 3 | 茶旅小镇 | 县水投公司 | 何涛 | 45 | 45 | 100.0% | 清零 |
        """,
        {"事项": "项目片区", "责任单位": "实施主体", "领导": "包保领导", "状态": "进度状态"},
    ),
    "what a firm asks for, not the firm, under a header of two nouns": (
        """
        | 序号 | 企业名称 | 诉求问题 | 诉求类别 | 首办单位 | 协同单位 | 上期进展 | 本期进展 | 解决情况 |
        | 1 | 恒新电子 | 厂区用电容量不够 | 要素 | 县供电公司 | 县发改局 | 已受理申请 | 正在更换变压器 | 正在解决 |
        | 2 | 云茶集团 | 茶叶仓储用地审批慢 | 审批 | 县自然资源局 | 县农业农村局 | 正在组卷 | 已取得批复 | 已解决 |
        """,
        {"事项": "诉求问题", "责任单位": "首办单位", "进展": "本期进展", "状态": "解决情况"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_columns_of_an_office(case: str, tmp_path: Path):
    table, expected = CASES[case]
    found = fields(table, tmp_path)
    assert {name: found.get(name) for name in expected} == expected
