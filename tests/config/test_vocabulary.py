"""The shared vocabulary: what headers and status words mean in any office's ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.folders import TEMPLATES
from tongbao.config.vocabulary_file import FILE, load_vocabulary
from tongbao.model import Refusal, State

VOCABULARY = load_vocabulary(TEMPLATES)

# Headers as offices write them, each with the meaning that a clerk gives it. Written down before the data was widened.
HEADERS = """
督查督办事项 事项
立项事项 事项
议定内容 事项
领导批示内容 事项
工作事项 事项
重点工作内容 事项
具体任务 事项
工程项目名称 名称
主要建设内容 建设内容
主责单位 责任单位
责任科室 责任单位
落实单位 责任单位
主办科室 责任单位
牵头责任单位 责任单位
属地责任单位 责任单位
经办单位 承办单位
参与单位 配合单位
协同单位 配合单位
协助部门 配合单位
包保领导 领导
县级领导 领导
分管副县长 领导
包案领导 领导
挂钩领导 领导
经办人 责任人
具体责任人 责任人
项目负责人 责任人
要求完成时间 时限
计划完成日期 时限
限办日期 时限
拟完成时间 时限
完成期限 时限
最后期限 时限
目前推进情况 进展
截至6月底工作进展 进展
当前形象进度 进展
本周进展 进展
最新落实情况 进展
阶段性成效 进展
上月进展情况 上期进展
前期进展 上期进展
事项状态 状态
是否按时完成 状态
办结与否 状态
亮灯情况 状态
序时进度情况 状态
未按期完成原因 原因
存在困难 原因
制约因素 原因
困难和问题 原因
下步打算 下一步
下阶段工作安排 下一步
下一阶段计划 下一步
补充说明 备注
其它说明 备注
事项序号 序号
督查编号 编号
项目总投资（万元） 总投资
2025年度计划投资(亿元) 年度计划投资
1-6月完成投资 累计完成投资
所属领域 类别
会议名称及时间 会议
完成比例 完成率
任务来源 来源
交办时间 交办日期
实际完成时间 完成日期
开工时间 开工日期
"""

# Found in public programs, or thought of, later: half of these were right at once.
MORE_HEADERS = """
承办单位/部门 承办单位
配合单位/部门 配合单位
主办部门 责任单位
办结期限 时限
督办对象 责任单位
督办标题 事项
进度情况 状态
计划完成 时限
实际完成 完成日期
工单状态 状态
完成期限 时限
整改计划 措施
问题与差距 原因
发现日期 交办日期
执行单位 承办单位
剩余天数 天数
工作内容 事项
开始时间 开工日期
截止日期 时限
案件名称 名称
案件编号 编号
整改责任人 责任人
复查结果 状态
条款内容 事项
时间要求 时限
工作推进情况（截至6月15日） 进展
完成投资占比 完成率
1-5月完成固定资产投资（万元） 累计完成投资
责任单位（牵头） 责任单位
配合部门（单位） 配合单位
县级责任领导 领导
市直牵头部门 责任单位
目标任务及完成时限 事项
本周工作进展 进展
下周工作计划 下一步
需县级层面协调解决的问题 原因
目前存在的困难和问题 原因
是否需要延期 延期
预计完成时限 时限
达标情况 状态
落实单位及责任人 责任单位
督办要求 措施
办理时限要求 时限
反馈截止时间 时限
完成情况（√） 状态
当前进展阶段 进展
形象进度描述 进展
工作成效及亮点 进展
滞后天数 天数
滞后原因分析 原因
年度目标任务完成情况 进展
责任股室负责人 责任人
包联县级领导 领导
督查内容及要求 事项
任务事项名称 事项
工作任务及目标 事项
牵头县领导 领导
挂帅领导 领导
责任领导及单位 领导
主责股室 责任单位
配合股室 配合单位
落实责任人 责任人
经办科室 承办单位
办理科室 承办单位
完成时限（年/月） 时限
约定完成时间 时限
承诺完成时间 时限
计划节点 时限
截至目前工作进展情况 进展
5月底进展 进展
本期办理情况 进展
上次通报进展 上期进展
上期状态 上期状态
办理进度 进展
任务完成状态 状态
督查情况评价 状态
当前是否滞后 状态
红黄绿 状态
存在的突出问题 原因
未达标原因 原因
需上级支持事项 原因
下半年打算 下一步
下一步工作思路 下一步
后期计划 下一步
备注（附件） 备注
2025年计划完成投资 年度计划投资
当年完成投资 累计完成投资
上年底累计完成投资 上期累计完成投资
6月当月完成投资 本期完成投资
投资完成率(%) 完成率
项目法人单位 责任单位
建设起止时间 建设年限
任务序号 序号
文号 编号
批示文号 编号
督办日期 交办日期
交办领导 领导
议题内容 议题
会议事项 事项
问题整改措施 措施
整改完成情况 进展
责任单位（部门） 责任单位
完成与否 状态
"""

# Status words with the words beside them in their column (and its header, where the word says nothing without it).
STATES = """
办毕 | 在办 超期 | done
已落地 | 推进中 | done
结项 | 在研 | done
已交付使用 | 在建 | done
全部完成 | 部分完成 未完成 | done
完成100% | 完成60% | done
已整改到位 | 整改中 | done
按期办结 | 超期未办结 | done
提前办结 | 办理中 | done
超时完成 | 办理中 | done
√ | × | done
是 | 否 | done | 是否完成
解决 | 未解决 | done
落实 | 未落实 | done
大部分完成 | 已完成 未完成 | partial
完成部分 | 已完成 | partial
基本落实 | 已落实 推进中 | partial
阶段性完成 | 已完成 | partial
待销号 | 已销号 整改中 | partial
按计划推进 | 滞后 | on_track
按节点推进 | 已完成 | on_track
顺利推进 | 已完成 | on_track
进度正常 | 进度滞后 | on_track
正常开展 | 已完成 | on_track
施工中 | 已完工 | on_track
在建 | 完工 停工 | on_track
落实中 | 已落实 | on_track
处理中 | 已处理 | on_track
稳步推进 | 已完成 滞后 | on_track
长期工作 | 已完成 | on_track
常态化推进 | 已完成 | on_track
进度超前 | 进度正常 进度滞后 | on_track
绿色 | 黄色 红色 | on_track
未到期 | 已完成 超期 | on_track
即将到期 | 正常 超期 | at_risk
临近到期 | 正常 超期 | at_risk
存在风险 | 正常 滞后 | at_risk
黄色 | 绿色 红色 | at_risk
较慢 | 正常 滞后 | at_risk
需关注 | 正常 滞后 | at_risk
严重超期 | 正常 超期 | lagging
进度滞后 | 进度正常 | lagging
落后序时 | 达序时 | lagging
未按时完成 | 已完成 | lagging
逾期未完成 | 已完成 | lagging
到期未办结 | 已办结 | lagging
红色 | 绿色 黄色 | lagging
推进不力 | 正常 | lagging
停滞 | 正常推进 | lagging
未达标 | 已达标 | lagging
否 | 是 | lagging | 是否达序时
未完成 | 已完成 正常推进 | lagging
未完成 | 已完成 滞后 | on_track
未办结 | 已办结 超期未办结 | on_track
未销号 | 已销号 逾期 | on_track
尚未启动 | 推进中 滞后 | on_track
待启动 | 推进中 已完成 | on_track
缓办 | 办结 | suspended
暂缓推进 | 已完成 | suspended
已停工 | 在建 | suspended
中止 | 推进中 | suspended
C类 | A类 B类 | suspended
B类 | A类 C类 | on_track
移出台账 | 在办 | withdrawn
予以撤销 | 在办 | withdrawn
不予办理 | 已办结 | withdrawn
暂无数据 | 已完成 | unknown
未反馈 | 已完成 | unreported
"""

MORE_STATES = """
整改不合格 | 已整改 整改中 | on_track
未落实 | 已落实 推进中 | lagging
未完成 | 已完成 进行中 | lagging
未整改到位 | 已整改 正在整改 | lagging
未完成 | 已完成 进行中 滞后 | on_track
未落实 | 推进中 逾期 已落实 | on_track
未解决 | 已解决 | on_track
未销号 | 已销号 整改中 | on_track
未验收 | 已验收 施工中 | on_track
已结案归档 |  | done
已撤件 |  | withdrawn
延误 |  | lagging
待确认 |  | unknown
进行中 |  | on_track
已延误 |  | lagging
督办中 |  | on_track
待核查 |  | partial
已交办 |  | on_track
已按要求完成 |  | done
完成过半 |  | on_track
未见实质性进展 |  | lagging
实质性推进 |  | on_track
进展不明显 |  | lagging
提前完成年度目标 |  | done
时间过半任务过半 |  | on_track
完成80% |  | on_track
未启动前期 |  | on_track
正在招标 |  | on_track
主体封顶 |  | on_track
待开工 |  | on_track
基本到位 |  | partial
持续推进（长期） |  | on_track
中止办理 |  | suspended
序时进度滞后 |  | lagging
达到时序进度 |  | on_track
与序时同步 |  | on_track
低于序时 |  | lagging
高于序时 |  | on_track
超前 |  | on_track
不需整改 |  | withdrawn
已转下年 |  | suspended
跨年度实施 |  | on_track
推进有难度 |  | at_risk
有望完成 |  | on_track
确保完成 |  | on_track
可以完成 |  | on_track
难以完成 |  | lagging
年底完成 |  | on_track
到期未完成 |  | lagging
快到期 |  | at_risk
超期3天 |  | lagging
剩余5天 |  | on_track
正常（提前） |  | on_track
一般滞后 |  | lagging
较重滞后 |  | lagging
轻微滞后 |  | at_risk
已整改销号 |  | done
已核销 |  | done
已验收待销号 |  | partial
县级已验收 |  | done
√已完成 |  | done
■完成□未完成 |  | done
□完成■未完成 | 已完成 | on_track
完成√ |  | done
已完成（超期） |  | done
办结（延期） |  | done
未完成（滞后） |  | lagging
达序时进度（正常） |  | on_track
已办复 |  | done
办复 |  | done
正式运行 |  | done
通车 |  | done
完成节点任务 |  | on_track
完成月度目标 |  | on_track
未完成月度目标 |  | lagging
未按要求推进 |  | lagging
工作滞后 |  | lagging
严重滞后（红牌） |  | lagging
预警（黄牌） |  | at_risk
提级督办 |  | lagging
限期整改 |  | on_track
整改未到位 |  | on_track
未全部整改到位 |  | on_track
已立行立改 |  | done
即将完成 |  | on_track
接近完成 |  | on_track
收尾 |  | on_track
收尾阶段 |  | on_track
已进入收尾 |  | on_track
稳步开展 |  | on_track
有效推进 |  | on_track
加紧推进 |  | on_track
全力推进 |  | on_track
推进较慢 |  | at_risk
推进迟缓 |  | lagging
迟滞 |  | lagging
停滞状态 |  | lagging
列入明年 |  | suspended
暂无进展 |  | lagging
尚无进展 |  | lagging
无法推进 |  | lagging
政策原因取消 |  | withdrawn
不纳入考核 |  | withdrawn
未上报进展 |  | unreported
无反馈 |  | unreported
优 |  | on_track
良 |  | on_track
已达序时 |  | on_track
逾期2个月 |  | lagging
未逾期（正常） |  | on_track
完成率100% |  | done
完成90% |  | on_track
"""


def rows(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in text.split("\n") if line]


@pytest.mark.parametrize("line", [it for it in (HEADERS + MORE_HEADERS).split("\n") if it])
def test_a_header_has_its_meaning(line: str) -> None:
    header, meaning = line.rsplit(" ", 1)
    assert VOCABULARY.fields(header)[:1] == (meaning,)


@pytest.mark.parametrize("line", rows(STATES + MORE_STATES), ids=lambda it: it[0])
def test_a_status_word_is_proposed_its_state(line: list[str]) -> None:
    word, sisters, state, *header = line
    found = VOCABULARY.propose(word, sisters.split(), *header)
    assert found is not None, "nothing proposed"
    assert ("withdrawn" if found.withdrawn else found.state) == state


# ---------------------------------------------------------------------------------------------- laws


ENDS = [
    "完成",
    "办结",
    "销号",
    "落实",
    "落实到位",
    "整改到位",
    "解决",
    "竣工",
    "完工",
    "建成",
    "投产",
    "验收",
    "交付使用",
    "办理完毕",
    "处理完毕",
    "达标",
    "结案",
    "印发",
    "清零",
    "整改完成",
    "结项",
]
DENIALS = [
    "未",
    "尚未",
    "还未",
    "仍未",
    "没有",
    "未能",
    "并未",
    "没",
    "未全部",
    "未完全",
    "无法",
    "不能",
    "未予",
    "暂未",
    "均未",
    "未得到",
]
COLUMNS: tuple[list[str], ...] = (["已完成", "正常推进"], ["已办结", "滞后"], [])
NEGATED = [f"{no}{end}" for no in DENIALS for end in ENDS]
# The contrary of a good state is never good either; the contrary of a bad one is never bad.
NOT_WELL = [
    "不正常",
    "未正常推进",
    "未按序时推进",
    "未达序时进度",
    "不达标",
    "未按计划推进",
    "未按节点推进",
    "未按时限推进",
    "进展不正常",
    "未有序推进",
    "推进不顺利",
    "未达时序",
]
NOT_LATE = [
    "没到时限",
    "未到规定时限",
    "尚未到期",
    "未滞后",
    "不滞后",
    "未逾期",
    "没有逾期",
    "未超期",
    "没有滞后",
    "无逾期",
    "未超时",
    "不存在滞后",
    "无滞后",
    "未出现滞后",
]


def test_there_are_negations_enough() -> None:
    assert len(NEGATED) > 200


@pytest.mark.parametrize("sisters", COLUMNS, ids=["", "滞后", "-"])
def test_a_negated_word_is_never_proposed_for_its_contrary(sisters: list[str]) -> None:
    finished = {State.DONE, State.PARTIAL}
    said = {word: VOCABULARY.propose(word, sisters) for word in NEGATED}
    assert {word: it.state for word, it in said.items() if it and (it.state in finished or it.sure)} == {}
    well = {word: VOCABULARY.propose(word, sisters) for word in NOT_WELL}
    assert {word: it.state for word, it in well.items() if it and it.state in finished | {State.ON_TRACK}} == {}
    late = {word: VOCABULARY.propose(word, sisters) for word in NOT_LATE}
    assert {word: it.state for word, it in late.items() if it and it.state is State.LAGGING} == {}


def test_what_is_still_to_come_is_not_done() -> None:
    for word in [
        "待办结",
        "拟完成",
        "计划年底完成",
        "力争6月完成",
        "预计8月竣工",
        "准备验收",
        "即将完工",
        "正在完成",
        "应完成",
        "待落实",
        "争取完成",
        "计划竣工",
    ]:
        found = VOCABULARY.propose(word, ["已完成"])
        assert found is None or found.state is not State.DONE, word


def test_a_word_with_two_meanings_is_refused(tmp_path: Path) -> None:
    text = """
headers: {进展: [进展, 办理情况], 状态: [状态, 办理 情况]}
either: {进展: [进展, 状态]}
states: {done: {sure: [完成], likely: [办结]}, lagging: {sure: [办结。]}}
by_sisters: {open: {words: [未完成, 完成]}}
"""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        load_vocabulary(tmp_path)
    assert [p.message for p in refused.value.problems] == [
        "第2行：“办理情况”写了两处",
        "第3行：“进展”写了两处",
        "第4行：“办结”写了两处",
        "第5行：“完成”写了两处",
    ]


def test_a_folder_without_a_vocabulary_has_an_empty_one(tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path).fields("进展") == ()
    assert load_vocabulary(tmp_path).propose("已完成") is None


@pytest.mark.parametrize(
    "text",
    ["县住房和城乡建设局", "云溪一中", "县中医院", "县政府办", "推进办", "县城建公司", "建设工程质量监督站", "3", "2024年5月底前",
     "李明", "桥墩已经完成，正在架梁，预计年底完成", "建设年产5万吨饲料加工生产线"],
)  # fmt: skip
def test_what_is_no_status_word_is_not_taken_for_one(text: str) -> None:
    assert VOCABULARY.propose(text) is None


@pytest.mark.parametrize(
    "text", ["县交通局要按照会议要求抓紧完成东门桥修复工作任务", "修建东门桥", "县财政局", "2024年", "1"]
)
def test_what_is_no_header_is_not_taken_for_one(text: str) -> None:
    assert VOCABULARY.fields(text) == ()


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("已化解", State.DONE),
        ("整改完毕", State.DONE),
        ("完工送电", State.DONE),
        ("已闭环", State.DONE),
        ("部分拨付", State.PARTIAL),
        ("已整改未销号", State.PARTIAL),
        ("化解中", State.ON_TRACK),
        ("待签约", State.ON_TRACK),
        ("较好", State.ON_TRACK),
        ("未到整改期限", State.ON_TRACK),
        ("超期未办", State.LAGGING),
        ("逾期未办", State.LAGGING),
    ],
)
def test_more_words_of_state_are_proposed(word: str, state: State) -> None:
    proposal = VOCABULARY.propose(word, ["正常"])
    assert proposal
    assert proposal.state is state
