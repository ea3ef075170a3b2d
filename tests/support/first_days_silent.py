"""Ledgers without a plain column of the state: the progress says what is done, ticks, and 是 or 否 beside the words."""

from __future__ import annotations

from tests.support.first_days import Layout

SILENT: dict[str, Layout] = {}

_TEXT = """
| 序号 | 工作任务 | 责任单位 | 完成期限 | 目前进展 |
| 1 | 集镇农贸市场改造 | 县商务局 | 2025年9月20日 | {} |
| 2 | 拆除存量违建26处 | 县住建局 | 2025年8月底 | 拆除23处，剩3处涉诉 |
| 3 | 村级活动阵地提升5个 | 县民政局 | 2025年12月 | 已完成3个 |
| 4 | 新建污水处理厂 | 县水利局 | 2025年12月 | 完成招标 |
"""
SILENT["只有进展写着完成"] = Layout(
    {
        "重点事项2025年8月.xlsx": {"a": _TEXT.format("预计9月完成")},
        "重点事项2025年9月.xlsx": {"a": _TEXT.format("已完成改造，9月18日开业")},
    },
    {"total": 4, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 2},
)

_TICKED = """
| 序号 | 议定事项 | 责任单位 | 完成时间 | 进展 | 进度（打√） | < | < |
| ^ | ^ | ^ | ^ | ^ | 已完成 | 推进中 | 滞后 |
| 1 | 改造门诊候诊区 | 县卫健局 | 2025年5月8日 | 恢复使用 | {} |
| 2 | 论证设备采购方案 | 县财政局 | 2025年4月30日 | 已约谈 | | | √ |
| 3 | 修订爽约规则 | 县医保局 | 2025年5月12日 | 正在测试 | | √ | |
"""
SILENT["打勾的三栏在一个表头下"] = Layout(
    {
        "议定事项2025年4月.xlsx": {"a": _TICKED.format(" | √ | ")},
        "议定事项2025年5月.xlsx": {"a": _TICKED.format("√ | | ")},
    },
    {"total": 3, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 1},
)

_ASKED = """
| 编号 | 诉求内容 | 承办部门 | 办结时间 | 办理过程 | 办理结果 | 是否回访 |
| QY-1 | 增加蒸汽供应量 | 县工信局 | 2025年6月30日 | 同意增供 | 正在解决 | 否 |
| QY-2 | 办理土地证 | 县自然资源局 | 2025年5月12日 | 缺测绘报告 | 超时未办结 | 否 |
| QY-3 | 申请流动资金贷款 | 县财政局 | 2025年6月25日 | 授信到位 | {} |
| QY-4 | 安排员工子女入学 | 县教体局 | 2025年8月25日 | 登记31人 | 正在解决 | 否 |
"""
SILENT["是否回访不是状态"] = Layout(
    {
        "诉求2025年5月.xlsx": {"a": _ASKED.format("正在解决 | 否")},
        "诉求2025年6月.xlsx": {"a": _ASKED.format("已解决 | 是")},
    },
    {"total": 4, "completed": 1, "newly_completed": 1, "lagging": 1, "on_track": 2},
)
