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
    ],
)
def test_parts_steps_plans_and_shares_do_not(text: str, task: str) -> None:
    assert ending(text, task) is not Ending.SAID


def test_a_completed_step_is_doubtful_and_a_plan_is_not() -> None:
    assert ending("完成招标", "污水厂建设") is Ending.DOUBTFUL
    assert ending("已完成3个", "村级活动阵地提升5个") is Ending.DOUBTFUL
    assert ending("预计6月完成", "修路") is Ending.OPEN
