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
}


@pytest.mark.parametrize("case", CASES)
def test_the_columns_of_an_office(case: str, tmp_path: Path):
    table, expected = CASES[case]
    found = fields(table, tmp_path)
    assert {name: found.get(name) for name in expected} == expected
