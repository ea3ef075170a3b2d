"""What a progress text says outright, and what it must not be taken to say."""

from __future__ import annotations

import pytest

from tongbao.words.progress import counted, finished, stalled, unfinished


@pytest.mark.parametrize(
    ("text", "task", "clause"),
    [
        ("已完成。", "修建青石镇环镇路", "已完成"),
        ("该项工作已全部办结", "修建青石镇环镇路", "该项工作已全部办结"),
        ("截至2月7日已全部完成。", "修建青石镇环镇路", "截至2月7日已全部完成"),
        ("项目已竣工并投入使用。", "建设标准化厂房", "项目已竣工并投入使用"),
        ("方案已印发。", "印发方案", "方案已印发"),
        ("《青石镇改造方案》已印发实施", "印发青石镇改造方案", "《青石镇改造方案》已印发实施"),
        ("目前，项目环评手续已全部办结。", "办理环评手续", "项目环评手续已全部办结"),
        ("经多次协商，选址意见书已出具", "出具选址意见书", "选址意见书已出具"),
        ("已完成柳林镇污水处理厂选址", "完成柳林镇污水处理厂选址工作", "已完成柳林镇污水处理厂选址"),
    ],
)
def test_a_text_that_says_the_whole_is_done(text: str, task: str, clause: str) -> None:
    assert finished(text, task) == clause


@pytest.mark.parametrize(
    "text",
    [
        "尚未完成",
        "未完成",
        "预计3月底完成",
        "预计3月底前已全部完成",
        "力争6月底前办结",
        "完成80%",
        "已完成80%",
        "已完成投资80万元",
        "已基本完成",
        "一期已完成",
        "主体已完成",
        "12项任务已完成",
        "除两项外已全部完成",
        "已完成，正在准备验收",
        "已完成测绘，提出整改意见，项目单位正在整改",
        "地勘已完成，待专家评审",
        "已完成季度目标",
        "已完成招标工作",
        "",
    ],
)
def test_a_part_a_plan_or_a_negation_is_not_the_whole(text: str) -> None:
    assert finished(text, "修建青石镇环镇路并通车") == ""


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("因资金问题停工。", "因资金问题停工"),
        ("图审已通过，尚未开工", "尚未开工"),
        ("受征地影响，进度滞后", "进度滞后"),
        ("推进较为缓慢", "推进较为缓慢"),
        ("未达到序时进度", "未达到序时进度"),
        ("该事项已逾期", "该事项已逾期"),
    ],
)
def test_a_text_that_says_work_stands_still(text: str, clause: str) -> None:
    assert stalled(text) == clause


@pytest.mark.parametrize(
    "text",
    [
        "因降雨停工，现已复工",
        "上月停工，目前恢复施工",
        "没有停工",
        "避免停工",
        "不停工、不停产",
        "2个项目未开工，其余有序推进",
        "解决了进度滞后问题",
        "对进展缓慢的单位进行约谈",
        "逾期贷款清收到位",
        "停工期间的损失已核定",
        "",
    ],
)
def test_what_only_mentions_a_standstill_says_nothing(text: str) -> None:
    assert stalled(text) == ""


def test_a_text_that_says_not_yet() -> None:
    assert unfinished("主体封顶，尚未完成验收") == "尚未完成验收"
    assert unfinished("年初尚未开工，现已建成") == ""
    assert unfinished("未完成部分由镇里接手") == ""


@pytest.mark.parametrize(
    "text",
    [
        "未完成，正在征求意见",
        "未完成",
        "尚未完成",
        "没有完成",
        "未按期完成",
        "未能如期办结",
        "仍未开工",
        "暂未启动",
        "还未印发",
        "目前未落实",
        "方案未印发",
        "未通过验收",
        "正在征求意见",
        "正在抓紧办理",
        "正在施工",
        "预计6月底完成",
        "力争年底前竣工",
        "计划12月底前印发",
        "完成80%",
        "进度达60%",
        "已征求意见，未完成",
        "未完成，已征求意见",
        "资金未到位",
        "整改未完成",
        "没完成",
        "无法按期完成",
        "未完成任务",
        "正积极推进",
        "主体完工，尚未验收",
        "未完成整改",
    ],
)
def test_texts_that_say_not_yet(text: str) -> None:
    assert unfinished(text)


@pytest.mark.parametrize(
    "text",
    [
        "已完成",
        "已完成，正在准备验收",
        "年初尚未完成，现已完成",
        "未完成部分由镇里接手",
        "未完成的3项移交下批",
        "全部完成",
        "已办结，资料归档",
        "已印发实施",
        "已完成主体，正在装修",
        "完成招标，正在施工",
        "已通车",
        "完成100%",
        "完成率100%",
        "已完成80%的任务，其余移交",
        "2户未完成签约，其余已完成",
        "对未完成的进行通报",
        "已建成，预计6月投用",
        "竣工",
        "办理完毕",
        "没有遗留问题",
        "未发现问题",
        "已销号",
        "长期坚持",
        "无",
        "按期完成",
        "如未完成将通报",
        "已制定方案，确保年底前完成",
        "提前完成目标",
        "资金已拨付，未结余",
        "现已投入使用",
    ],
)
def test_texts_that_do_not_say_not_yet(text: str) -> None:
    assert not unfinished(text)


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("累计完成投资0.8亿元，占年度计划的80%", {"完成投资": "0.8亿元"}),
        ("资金拨付1,200万元", {"资金拨付": "1,200万元"}),
        ("拆除30户，签约40户", {"拆除": "30户", "签约": "40户"}),
        ("支付率达到60%", {"支付率": "60%"}),
        ("本月完成投资80万元", {}),
        ("剩余未拆除30户", {}),
        ("计划完成投资80万元", {}),
        ("甲标段完成3公里，完成3公里，完成2公里", {"甲标段完成": "3公里"}),
        ("有30户居民", {}),
    ],
)
def test_numerals_that_only_grow(text: str, numerals: dict[str, str]) -> None:
    assert {one.name: one.typed for one in counted(text).values()} == numerals


def test_a_growing_length_is_one_value_in_all_its_units() -> None:
    texts = ("累计铺设管网9.8公里", "累计铺设管网9800米", "累计铺设管网9.8千米")
    assert len({(one.unit, one.value) for text in texts for one in counted(text).values()}) == 1
