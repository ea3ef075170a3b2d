"""What a progress text says of the end of its task, where nothing else does."""

from __future__ import annotations

import pytest

from tongbao.words.endings import Ending, ending


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("已完成，资料已归档。", "临街餐饮油烟扰民问题整治"),
        ("已于5月20日完成", "修订考核办法"),
        ("已全部完工", "背街小巷改造"),
        ("已办结。", "信访积案化解"),
        ("已完成建设，7月26日投入使用。", "气象监测站点补建"),
        ("已完成检修4.3公里", "镇区污水管网检修"),
        ("已完成改造，9月18日开业", "集镇农贸市场改造"),
        ("已完成防治1.8万亩", "秋粮防虫统防统治"),
        ("已完成，复耕326亩", "撂荒地复耕320亩"),
        ("已完成改造12个", "老旧小区改造12个"),
        ("全部整改到位", "职工子女入学名额不足"),
        ("问题已解决，8月15日回访满意", "土地使用税减免政策咨询"),
        ("资金已全部拨付到位", "产业奖补资金兑现"),
        ("补偿款已于8月3日全部兑付到位", "发放征地补偿款"),
        ("已清零", "柳河治理征地补偿尾款"),
        ("已妥善解决。", "反映小区停水"),
        ("均已处置到位", "清理三处违法建设"),
        ("拖欠工资已全部支付完毕", "解决某工地拖欠工资问题"),
    ],
)
def test_clear_words_say_that_a_task_is_done(text: str, task: str) -> None:
    assert ending(text, task) is Ending.SAID


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("未完成", "修路"),
        ("尚未办结", "修路"),
        ("基本完成，剩余扫尾", "修路"),
        ("预计6月完成", "修路"),
        ("力争年底完成", "修路"),
        ("完成率80%", "修路"),
        ("主体工程完成68%，同步实施附属工程", "修路"),
        ("已处理74%，剩余正在推进。", "修路"),
        ("已完成施工招标，正在组织进场。", "大棚修复"),
        ("已完成3个", "村级活动阵地提升5个"),
        ("已完成改造3个", "老旧小区改造12个"),
        ("完成对账，拨付比例71%。", "账款清理化解"),
        ("完成招标", "污水厂建设"),
        ("征缴启动，参保率11%", "医保参保率95%"),
        ("未整改到位", "职工子女入学名额不足"),
        ("尚未解决", "反映小区停水"),
        ("问题基本解决", "反映小区停水"),
        ("资金未全部拨付到位", "产业奖补资金兑现"),
        ("首批资金已拨付到位", "产业奖补资金兑现"),
        ("部分已解决，其余正在协调", "反映小区停水"),
        ("预计年底清零", "柳河治理征地补偿尾款"),
        ("已解决3户，剩2户", "解决5户安置"),
        ("力争8月底前全部兑付到位", "发放征地补偿款"),
        ("正在解决", "反映小区停水"),
    ],
)
def test_parts_steps_plans_and_shares_do_not(text: str, task: str) -> None:
    assert ending(text, task) is not Ending.SAID


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("完成招标", "污水厂建设"),
        ("已完成设计", "大桥维修"),
        ("已完成3个", "村级活动阵地提升5个"),
        ("主体已完工，正在装修", "敬老院改造"),
        ("预计6月完成", "修路"),
        ("未整改到位", "职工子女入学名额不足"),
    ],
)
def test_a_step_a_smaller_amount_and_a_plan_are_open(text: str, task: str) -> None:
    assert ending(text, task) is Ending.OPEN


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("已完成，待验收", "口袋公园建设"),
        ("5月28日投入使用", "宿舍空调供电增容"),
        ("变压器安装完毕，5月28日送电", "宿舍空调供电增容"),
        ("已于9月18日开业", "集镇农贸市场改造"),
    ],
)
def test_what_only_a_person_can_tell_is_doubtful(text: str, task: str) -> None:
    assert ending(text, task) is Ending.DOUBTFUL
