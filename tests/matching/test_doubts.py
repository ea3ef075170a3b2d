"""What is counted and told of, however far the evidence is for it: a new row may stand in the place of one that went."""

from __future__ import annotations

import pytest

from tests.support.pairing import assumed, matched, pairs
from tongbao.matching.two_periods import Matching

HEAD = "序号 | 单位 | 事项 | 进展 | 上期进展\n"
OTHERS = (("2", "县教育局", "扩建白塔镇中心小学"), ("3", "县水利局", "整治云水河河道，清淤3公里"))
DONE = "已完成可行性研究报告的评审"


def month(text: str, *, unit: str = "县住建局", progress: str = "", before: str = "", others: str = "正常") -> str:
    """A ledger of three rows, of which the first is in question."""
    rest = [f"{number} | {whose} | {words} | {others} | " for number, whose, words in OTHERS]
    return HEAD + "\n".join([f"1 | {unit} | {text} | {progress} | {before}", *rest])


def first(then: str, now: str) -> str:
    """What becomes of the first row: sure, assumed, or nothing of both."""
    found = matched(then, now)
    if (1, 1) not in pairs(found):
        return "no pair"
    return "assumed" if (1, 1) in assumed(found) else "sure"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param("加快补偿资金拨付，确保9月底前投入使用", "加快补偿资金拨付，确保10月底前投入使用", id="month"),
        pytest.param("加快管线迁改，落实资金4700万元", "加快管线迁改，落实资金5700万元", id="amount"),
        pytest.param("关于安置小区项目，由县住建局负责选址论证", "关于安置小区项目，由县住建局负责用地预审", id="step"),
        pytest.param("深化营商环境提升行动，逐一对照验收，定期公布进展", "深化营商环境攻坚行动，逐一对照验收，定期公布进展", id="thing"),
        pytest.param("完成滨河路改造，6月底前开工", "完成滨河路改造，配套建设停车场", id="clause for clause"),
        pytest.param("完成滨河路改造并恢复路面", "完成滨江路改造并恢复路面", id="one character"),
    ],
)  # fmt: skip
def test_words_that_stand_for_others_leave_a_doubt(then: str, now: str):
    assert first(month(then), month(now)) == "assumed"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param("完成滨河路改造并恢复路面", "进一步加快完成滨河路改造并恢复路面", id="fillers"),
        pytest.param("完成滨河路改造并恢复路面，同步建设步道", "完成滨河路改造并恢复路面", id="a clause left out"),
        pytest.param(
            "完成滨河路改造并恢复路面，同步建设步道",
            "完成滨河路改造并恢复路面，同步建设步道，按周调度",
            id="a clause more",
        ),
        pytest.param("完成滨河路改造，恢复路面", "恢复路面；完成滨河路改造。", id="another order"),
    ],
)
def test_fillers_clauses_more_or_less_and_their_order_leave_none(then: str, now: str):
    assert first(month(then), month(now)) == "sure"


def test_a_progress_text_of_its_own_that_is_carried_on_leaves_no_doubt():
    then, now = (f"加快补偿资金拨付，确保{n}月底前投入使用" for n in (9, 10))
    assert first(month(then, progress=DONE), month(now, progress=f"{DONE}，正在招标")) == "sure"
    assert first(month(then, progress=DONE), month(now, before=DONE, progress="正在招标")) == "sure"


def test_a_progress_text_that_others_have_too_proves_nothing():
    then, now = (f"加快补偿资金拨付，确保{n}月底前投入使用" for n in (9, 10))
    assert first(month(then, progress=DONE, others=DONE), month(now, progress=DONE, others=DONE)) == "assumed"


def test_the_same_words_under_another_unit_are_told_of_and_under_a_short_name_are_not():
    text = "完成滨河路改造并恢复路面"
    assert first(month(text, unit="县财政局、县住建局"), month(text)) == "assumed"
    assert first(month(text), month(text, unit="县住房和城乡建设局")) == "sure"


def exchanged(*, times: int) -> Matching:
    """The tasks of several units, in some of which a hand wrote 筹集 for 归集."""
    units = ("县水利局", "县教育局", "县民政局", "县商务局", "县财政局")
    tasks = ("滨河路改造", "校舍加固", "敬老院消防", "冷库扩容", "公路养护")
    now = [
        f"{u} | 归集{t}经费".replace("归集", "筹集" if n < times else "归集")
        for n, (u, t) in enumerate(zip(units, tasks, strict=True))
    ]
    then = [f"{u} | 归集{t}经费" for u, t in zip(units, tasks, strict=True)]
    return matched("单位 | 事项\n" + "\n".join(then), "单位 | 事项\n" + "\n".join(now))


def test_words_that_a_hand_puts_for_others_in_several_rows_are_its_habit():
    assert assumed(exchanged(times=1)) == [(1, 1)]
    assert assumed(exchanged(times=4)) == []


def test_a_row_that_was_over_is_not_taken_for_its_twin_that_went_on_under_its_unit():
    then = "单位 | 事项 | 进展 | 状态\n县财政局 | 处置非法集资 | 已经办结 | 完成\n县民政局 | 处置非法集资 | 已召开专题会议研究 |"
    now = "单位 | 事项 | 进展 | 状态\n县财政局 | 处置非法集资 | 已召开专题会议研究。已开展排查 |"
    found = matched(then, now)
    assert [pair for pair in pairs(found) if pair not in assumed(found)] == []


def test_rows_under_one_task_that_were_rewritten_are_told_of_since_one_may_have_got_the_unit_of_another():
    rest = "\n县教育局 | 扩建白塔镇中心小学\n县水利局 | 整治云水河河道，清淤3公里\n县交通局 | 改建柳湾公路"
    then = f"单位 | 事项\n县水务集团 | 完成麻塘供热管网前期手续\n县城投公司 | 完成麻塘供热管网前期手续{rest}"
    now = f"单位 | 事项\n县水务集团 | 完成麻塘供热管网前期手续，加强调度\n北川镇 | 重点完成麻塘供热管网前期手续{rest}"
    found = matched(then, now)
    assert pairs(found)[:2] == [(1, 1), (2, 2)]
    assert assumed(found) == [(1, 1), (2, 2)]


def test_a_unit_that_two_rows_under_one_task_have_now_tells_nothing_for_certain():
    rest = "\n县教育局 | 扩建白塔镇中心小学\n县水利局 | 整治云水河河道，清淤3公里\n县交通局 | 改建柳湾公路"
    task = "深化志愿服务提升行动，落实专项资金，保障所需经费"
    then = f"单位 | 事项\n县商务局 | {task}\n县民政局 | {task}{rest}"
    now = f"单位 | 事项\n县商务局 | 深化志愿服务提升行动，落实专项资金\n县商务局 | {task}{rest}"
    sure = set(pairs(matched(then, now))) - set(assumed(matched(then, now)))
    assert sure == {(3, 3), (4, 4), (5, 5)}


def under_one_task(now: list[tuple[str, str, str]]) -> Matching:
    """Four units with one task, and three other rows."""
    rest = "\n县交通局 | 扩建白塔镇中心小学 |\n县林业局 | 整治云水河河道，清淤3公里 |\n县文旅局 | 改建柳湾公路 |"
    then = [(unit, "统筹推进校园安全，11月底前完成全部整改", f"{unit}已排查") for unit in SCHOOLS]
    before, after = ("\n".join(["单位 | 事项 | 进展", *map(" | ".join, rows)]) + rest for rows in (then, now))
    return matched(before, after)


SCHOOLS = ("县民政局", "县教育局", "县水利局")


def test_where_a_column_of_units_slipped_among_rows_under_one_task_no_pair_of_them_goes_unsaid():
    now = [
        ("县民政局", "统筹推进校园安全，11月底前办结全部整改", "正在推进"),
        ("县民政局", "统筹推进校园安全，12月底前完成全部整改", "正在推进"),
        ("县教育局", "统筹推进校园安全，11月底前完成全部整改", "正在推进"),
    ]
    found = under_one_task(now)
    assert [pair for pair in pairs(found) if pair[0] <= 3 and pair not in assumed(found)] == []


def test_rows_under_one_task_that_kept_their_units_go_unsaid_though_one_is_put_otherwise():
    now = [(unit, "统筹推进校园安全，11月底前完成全部整改", "正在推进") for unit in SCHOOLS]
    now[1] = ("县教育局", "统筹推进校园安全，12月底前完成全部整改", "正在推进")
    found = under_one_task(now)
    assert pairs(found)[:3] == [(1, 1), (2, 2), (3, 3)]
    assert set(assumed(found)) <= {(2, 2)}


def test_of_rows_that_only_their_progress_tells_apart_none_goes_unsaid():
    rest = "\n县教育局 | 扩建白塔镇中心小学 |\n县水利局 | 整治云水河河道，清淤3公里 |\n县交通局 | 改建柳湾公路 |"
    then, now = (
        "单位 | 事项 | 进展\n" + "\n".join(f"县住建局 | 抓好图书馆工作 | {words}" for words in said) + rest
        for said in (["资金到位", "完成招标"], ["完成招标", "主体封顶"])
    )
    found = matched(then, now)
    assert [pair for pair in pairs(found) if pair[0] <= 2 and pair not in assumed(found)] == []


def test_words_that_a_hand_puts_for_others_elsewhere_put_no_other_item_in_the_place_of_one():
    units = ("县水利局", "县教育局", "县民政局", "县商务局", "县财政局")
    things = ("滨河路", "校舍", "敬老院", "冷库", "柳湾公路")
    then, now = (
        "单位 | 事项 | 进展\n"
        + "\n".join(f"{u} | {word}{t}工程 | {t}{u}已排查" for u, t in zip(units, things, strict=True))
        for word in ("完成", "办结")
    )
    found = matched(then, now)
    assert pairs(found) == [(n, n) for n in range(1, 6)]
    assert found.questions == ()
