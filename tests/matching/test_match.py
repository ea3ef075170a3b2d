"""Who carries on whom: every way in which two periods of a ledger have misled a matcher before."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import codes
from tests.support.drawn import drawn
from tests.support.pairing import assumed, matched, number, pairs
from tests.support.trials import tried
from tongbao.matching.answers import Answer, Mark, Verdict, answer
from tongbao.matching.board import Board
from tongbao.matching.match import match
from tongbao.matching.two_periods import How, Matching
from tongbao.matching.weighing import weighed
from tongbao.model import Ledger

LONG = "完成滨河路雨污分流改造并恢复路面，同步建设人行步道"


def questions(found: Matching) -> list[tuple[int, list[int]]]:
    return [(number(q.row), [number(row) for row, _ in q.candidates]) for q in found.questions]


# ---------------------------------------------------------------------------------------------- equal rows


def test_an_unchanged_row_is_the_same_wherever_it_stands():
    found = matched("事项\n修路\n修桥\n种树", "事项\n种树\n修路\n修桥")
    assert pairs(found) == [(1, 2), (2, 3), (3, 1)]
    assert {p.how for p in found.pairs} == {How.EXACT}


def test_serial_numbers_decide_nothing():
    found = matched(
        "序号 | 事项\n1 | 新建石桥镇卫生院\n2 | 整治云水河河道", "序号 | 事项\n1 | 整治云水河河道\n2 | 举办丰收节"
    )
    assert pairs(found) == [(2, 1)]
    assert [row.text for row in found.gone] == ["新建石桥镇卫生院"]
    assert [row.text for row in found.new] == ["举办丰收节"]


@pytest.mark.parametrize(
    "text",
    [
        "完成滨河路雨污分流改造并恢复路面。同步建设人行步道。",
        "完成滨河路雨污分流改造并恢复路面,同步建设 人行步道",
        "完成滨河路雨污分流改造并恢复路面，\n同步建设人行步道；",
    ],
)
def test_punctuation_width_and_line_breaks_do_not_matter(text: str):
    prior = drawn(f"事项\n{LONG}", "2022-01")
    current = drawn("事项\n占位", "2022-02")
    current = replace(current, rows=(replace(current.rows[0], text=text),))
    assert [p.how for p in match(prior, current)[0].pairs] == [How.EXACT]


def test_book_title_marks_come_in_many_shapes():
    assert pairs(matched("事项\n落实《云溪县城市更新方案》", "事项\n落实〈云溪县城市更新方案〉")) == [(1, 1)]


def test_a_point_between_digits_is_not_punctuation():
    found = matched("事项\n争取专项债券8.9亿元", "事项\n争取专项债券89亿元")
    assert assumed(found) == [(1, 1)]
    assert found.pairs[0].how is How.SIMILAR


def test_a_row_may_move_to_another_heading_and_into_the_sheet_of_closed_items():
    prior = "标题 | 单位 | 事项\n一、工业 | 工信局 | 建设标准化厂房\n一、工业 | 商务局 | 引进冷链企业"
    current = "标题 | 单位 | 事项\n二、工业 | 工信局 | 建设标准化厂房\n销号\n | 商务局 | 引进冷链企业"
    assert pairs(matched(prior, current)) == [(1, 1), (2, 101)]


def test_a_decision_of_a_meeting_is_known_again_on_the_sheet_of_closed_items_without_its_heading():
    prior = "标题 | 事项\n第一次会议 | 尽快完成土地组卷上报\n第一次会议 | 拆除违法建筑"
    current = "标题 | 事项\n第一次会议 | 拆除违法建筑\n销号\n | 尽快完成土地组卷上报"
    assert pairs(matched(prior, current)) == [(1, 101), (2, 1)]


def test_the_same_words_at_a_new_meeting_beside_the_old_one_are_asked_about():
    prior = "标题 | 事项\n第一次会议 | 尽快完成土地组卷上报\n第一次会议 | 拆除违法建筑"
    current = "标题 | 事项\n第一次会议 | 拆除违法建筑\n第九次会议 | 尽快完成土地组卷上报"
    found = matched(prior, current)
    assert pairs(found) == [(2, 1)]
    assert questions(found) == [(1, [2])]


def test_the_same_words_for_two_projects_are_two_items():
    prior = "名称 | 事项\n石桥镇卫生院 | 尽快完成土地组卷上报\n白塔镇小学 | 尽快完成选址论证"
    current = "名称 | 事项\n望山乡水厂 | 尽快完成土地组卷上报\n白塔镇小学 | 尽快完成选址论证"
    found = matched(prior, current)
    assert pairs(found) == [(2, 2)]


def test_six_rows_of_one_text_are_told_apart_by_their_units():
    units = ["住建局", "财政局", "商务局", "教育局", "水利局", "民政局"]
    prior = "单位 | 事项\n" + "\n".join(f"{u} | 稳增长保态势" for u in units)
    current = "单位 | 事项\n" + "\n".join(f"{u} | 稳增长保态势" for u in reversed(units))
    assert pairs(matched(prior, current)) == [(n, 7 - n) for n in range(1, 7)]


def test_rows_that_nothing_tells_apart_are_assumed_in_their_order_where_no_figure_hangs_on_it():
    prior = "单位 | 事项 | 进展\n住建局 | 稳增长保态势 | 已开工\n住建局 | 稳增长保态势 | 已招标"
    current = "单位 | 事项 | 进展\n住建局 | 稳增长保态势 | 主体封顶\n住建局 | 稳增长保态势 | 正在装修"
    found = matched(prior, current)
    assert assumed(found) == [(1, 1), (2, 2)]
    assert questions(found) == []


def test_rows_that_nothing_tells_apart_are_asked_about_where_one_more_may_be_finished():
    prior = "单位 | 事项 | 状态\n住建局 | 稳增长保态势 | 完成\n住建局 | 稳增长保态势 | 滞后"
    current = (
        "单位 | 事项 | 状态\n住建局 | 稳增长保态势 | 滞后\n住建局 | 稳增长保态势 | 滞后\n住建局 | 稳增长保态势 | 滞后"
    )
    assert questions(matched(prior, current))


def test_an_unchanged_progress_text_tells_twins_apart():
    prior = "单位 | 事项 | 进展\n住建局 | 稳增长保态势 | 已开工\n住建局 | 稳增长保态势 | 已招标"
    current = "单位 | 事项 | 进展\n住建局 | 稳增长保态势 | 已招标\n住建局 | 稳增长保态势 | 已封顶"
    assert pairs(matched(prior, current)) == [(1, 2), (2, 1)]


def test_a_unit_that_is_abbreviated_is_the_same_unit():
    prior = "单位 | 事项\n县住房和城乡建设局 | 稳增长保态势\n县发展和改革委员会 | 稳增长保态势"
    current = "单位 | 事项\n县发改委 | 稳增长保态势\n县住建局 | 稳增长保态势"
    assert pairs(matched(prior, current)) == [(1, 2), (2, 1)]


def test_a_township_with_a_similar_name_is_not_the_same_unit():
    prior = "单位 | 事项\n云溪镇 | 稳增长保态势\n石桥镇 | 稳增长保态势"
    current = "单位 | 事项\n云岭镇 | 稳增长保态势\n石桥镇 | 稳增长保态势"
    found = matched(prior, current)
    assert pairs(found) == [(1, 1), (2, 2)]
    assert assumed(found) == [(1, 1)]


def test_a_unit_that_a_reform_renamed_keeps_its_rows():
    prior = "单位 | 事项\n县乡村建设办 | 改造农村厕所三百座\n县乡村建设办 | 硬化村组道路\n县教育局 | 新建中心小学"
    current = "单位 | 事项\n县乡村振兴局 | 改造农村厕所三百座\n县乡村振兴局 | 硬化村组道路\n县教育局 | 新建中心小学"
    assert pairs(matched(prior, current)) == [(1, 1), (2, 2), (3, 3)]


def test_a_row_handed_over_to_another_unit_in_its_place_is_the_same_row():
    prior = "单位 | 事项\n教育局 | 新建中心小学\n住建局 | 改造农贸市场\n水利局 | 加固病险水库"
    current = "单位 | 事项\n教育局 | 新建中心小学\n商务局 | 改造农贸市场\n水利局 | 加固病险水库"
    assert pairs(matched(prior, current)) == [(1, 1), (2, 2), (3, 3)]


def test_texts_pasted_into_each_others_row_are_told_of():
    prior = "单位 | 事项\n教育局 | 新建城南中心小学\n住建局 | 改造老城农贸市场\n水利局 | 加固病险水库"
    current = "单位 | 事项\n教育局 | 改造老城农贸市场\n住建局 | 新建城南中心小学\n水利局 | 加固病险水库"
    found = matched(prior, current)
    assert pairs(found) == [(1, 2), (2, 1), (3, 3)]
    assert assumed(found) == [(1, 2), (2, 1)]


def test_unit_cells_that_slipped_by_one_row_are_told_of():
    prior = "单位 | 事项\n教育局 | 新建城南中心小学\n住建局 | 改造老城农贸市场\n水利局 | 加固病险水库"
    current = "单位 | 事项\n教育局 | 新建城南中心小学\n教育局 | 改造老城农贸市场\n住建局 | 加固病险水库"
    found = matched(prior, current)
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]
    assert assumed(found) == [(2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        # the unit of the second row was written over, and the first one was put a little otherwise
        (
            "应急局 | 推进小学建设，动态消除隐患 | 正在立项 | 正常\n水利局 | 推进小学建设，动态消除隐患 | 正在招标 | 正常",
            "应急局 | 推进小学的设，动态消除隐患 | 已经进场 | 正常\n应急局 | 推进小学建设，动态消除隐患 | 正在验收 | 正常",
        ),
        # the first row was over and left, and the second one got its unit and was finished
        (
            "民政局 | 治理黑臭水体，化解遗留问题 | 正在推进 | 完成\n城关镇 | 治理黑臭水体，化解遗留问题 | 完成八成 | 正常",
            "民政局 | 治理黑臭水体，化解遗留问题 | 已开会研究 | 完成",
        ),
    ],
)
def test_a_row_in_the_words_of_one_that_has_no_partner_is_told_of(before: str, now: str):
    head = "单位 | 事项 | 进展 | 状态\n"
    found = matched(head + before, head + now)
    assert [place for place in pairs(found) if place not in assumed(found)] == []
    carried = now.replace("正在验收", "正在立项，正在验收").replace("已开会研究", "正在推进，已开会研究")
    assert len(assumed(matched(head + before, head + carried))) < len(assumed(found))


# ---------------------------------------------------------------------------------------------- stable 编号


def test_the_number_holds_even_when_every_text_was_rewritten():
    prior = "编号 | 事项\n2022-001 | 新建石桥镇卫生院\n2022-002 | 整治云水河河道"
    current = "编号 | 事项\n2022-002 | 清理水葫芦二十公里\n2022-001 | 改善镇村就医条件"
    found, problems = match(drawn(prior, "2022-01"), drawn(current))
    assert pairs(found) == [(1, 2), (2, 1)]
    assert {p.how for p in found.pairs} == {How.ID}
    assert codes(problems) == ["id_rewritten", "id_rewritten"]


def test_a_number_whose_text_went_to_another_row_is_not_trusted():
    prior = "编号 | 事项\n2022-001 | 新建石桥镇卫生院\n2022-002 | 整治云水河河道"
    current = "编号 | 事项\n2022-001 | 举办丰收节\n | 新建石桥镇卫生院\n2022-002 | 整治云水河河道"
    found, problems = match(drawn(prior, "2022-01"), drawn(current))
    assert pairs(found) == [(1, 2), (2, 3)]
    assert [row.text for row in found.new] == ["举办丰收节"]
    assert codes(problems) == ["id_reused"]
    assert "2022-001" in problems[0].message


def test_a_column_of_numbers_sorted_by_itself_pairs_nothing_wrongly():
    prior = "编号 | 事项\n2022-001 | 新建石桥镇卫生院\n2022-002 | 整治云水河河道\n2022-003 | 硬化村组道路"
    current = "编号 | 事项\n2022-003 | 新建石桥镇卫生院\n2022-002 | 整治云水河河道\n2022-001 | 硬化村组道路"
    found, problems = match(drawn(prior, "2022-01"), drawn(current))
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]
    assert codes(problems) == ["id_reused", "id_reused"]


def test_a_copied_row_brings_its_number_along_and_the_text_decides():
    prior = f"编号 | 事项\n2022-001 | {LONG}\n2022-002 | 整治云水河河道"
    current = f"编号 | 事项\n2022-001 | {LONG}\n2022-001 | 举办丰收节\n2022-002 | 整治云水河河道"
    found, problems = match(drawn(prior, "2022-01"), drawn(current))
    assert pairs(found) == [(1, 1), (2, 3)]
    assert codes(problems) == ["id_copied"]
    assert problems[0].place.row == 3


def test_numbers_lost_by_copying_into_a_new_file_do_no_harm():
    prior = f"编号 | 事项\n2022-001 | {LONG}\n2022-002 | 整治云水河河道"
    current = f"编号 | 事项\n | {LONG}\n | 整治云水河河道"
    assert pairs(matched(prior, current)) == [(1, 1), (2, 2)]


def test_equal_text_under_the_number_of_another_row_is_that_text_and_the_other_row_is_missed():
    prior = "编号 | 事项\n2022-001 | 新建石桥镇卫生院\n2022-002 | 整治云水河河道"
    current = "编号 | 事项\n2022-002 | 新建石桥镇卫生院"
    found, problems = match(drawn(prior, "2022-01"), drawn(current))
    assert [row.text for row in found.gone] == ["整治云水河河道"] or questions(found)
    assert codes(problems) == ["id_reused"] or questions(found)


# ---------------------------------------------------------------------------------------------- similar rows


def similar(before: str, after: str) -> Matching:
    """One row edited, between two that did not change."""
    head, tail = "单位 | 事项\n教育局 | 新建城南中心小学\n", "\n水利局 | 加固病险水库"
    return matched(f"{head}住建局 | {before}{tail}", f"{head}住建局 | {after}{tail}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG, "进一步加快" + LONG),
        (LONG, LONG.replace("同步建设", "同步抓好建设")),
        (LONG, LONG + "，定期通报进展情况"),
        (LONG + "，定期通报进展情况", LONG),
        (LONG, LONG.replace("人行步道", "人行步道及附属设施")),
    ],
)
def test_wording_added_or_left_out_is_no_other_task(before: str, after: str):
    found = similar(before, after)
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]
    assert found.pairs[1].how is How.SIMILAR


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG + "（一期）", LONG + "（二期）"),
        ("2022年" + LONG, "2023年" + LONG),
        (LONG + "第一标段", LONG + "第二标段"),
        (LONG.replace("滨河", "城东滨河"), LONG.replace("滨河", "城西滨河")),
    ],
)
def test_another_phase_year_or_side_of_the_town_makes_a_question(before: str, after: str):
    found = similar(before, after)
    assert pairs(found) == [(1, 1), (3, 3)]
    assert questions(found) == [(2, [2])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG + "（一期）", LONG),
        (LONG + "，投资8.9亿元", LONG + "，投资89亿元"),
        (LONG, LONG.replace("滨河路", "建设路")),
        (LONG, LONG.replace("滨河路", "滨江路")),
    ],
)
def test_other_amounts_and_names_without_a_rival_are_told_of(before: str, after: str):
    found = similar(before, after)
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]
    assert assumed(found) == [(2, 2)]


def test_a_deadline_within_the_text_that_moved_is_told_of():
    found = similar(LONG + "，3月底前完工", LONG + "，9月底前完工")
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]
    assert assumed(found) == [(2, 2)]


def test_the_question_says_which_numerals_differ():
    assert similar("2022年" + LONG, "2023年" + LONG).questions[0].why == "数字不同（2022→2023）"


def test_a_sibling_project_that_takes_the_place_of_a_finished_one_is_not_taken_for_it():
    prior = "名称 | 单位 | 事项\n石桥镇水厂（一期） | 水利局 | 完成管网铺设和设备安装并试运行\n"
    current = "名称 | 单位 | 事项\n石桥镇水厂（二期） | 水利局 | 完成管网铺设和设备安装并试运行\n"
    assert pairs(matched(prior, current)) == []


def test_two_equally_similar_rows_make_a_question_of_both():
    prior = f"单位 | 事项\n住建局 | {LONG}"
    current = f"单位 | 事项\n住建局 | 加快{LONG}\n住建局 | 尽快{LONG}"
    found = matched(prior, current)
    assert pairs(found) == []
    assert questions(found) == [(1, [1, 2])]


def test_an_item_cut_in_two_is_taken_for_split_and_told_of():
    prior = f"单位 | 事项\n住建局 | {LONG}\n水利局 | 加固病险水库"
    first, second = LONG.split("，")
    found = matched(prior, f"单位 | 事项\n住建局 | {first}\n住建局 | {second}\n水利局 | 加固病险水库")
    assert pairs(found) == [(2, 3)]
    assert [(number(p.prior), number(p.current), p.assumed) for p in found.split] == [(1, 1, True), (1, 2, True)]
    assert questions(found) == []


def test_a_joint_item_dealt_out_to_its_units_is_taken_for_split_and_told_of():
    found = matched(f"单位 | 事项\n住建局、水利局 | {LONG}", f"单位 | 事项\n住建局 | {LONG}\n水利局 | {LONG}")
    assert [(number(p.prior), number(p.current), p.assumed) for p in found.split] == [(1, 1, True), (1, 2, True)]


def test_items_put_into_one_are_taken_for_merged_and_told_of():
    prior = f"单位 | 事项\n住建局 | {LONG}\n住建局 | 修缮老城文化中心屋面"
    found = matched(prior, f"单位 | 事项\n住建局 | {LONG}；修缮老城文化中心屋面")
    assert assumed(found) == [(1, 1)]
    assert [(number(p.prior), number(p.current), p.assumed) for p in found.merged] == [(2, 1, True)]


def test_an_item_that_went_into_a_row_known_by_its_number_is_taken_for_merged():
    prior = f"编号 | 事项\n2022-001 | {LONG}\n2022-002 | 修缮老城文化中心屋面"
    found = matched(prior, f"编号 | 事项\n2022-001 | {LONG}；修缮老城文化中心屋面")
    assert pairs(found) == [(1, 1)]
    assert [(number(p.prior), number(p.current)) for p in found.merged] == [(2, 1)]


def test_a_slip_of_the_scanner_in_a_name_is_no_other_task():
    found = similar("启动高铁片区城市设计，建立滨河新区指挥部", "启动高铁片区城市设计，建立缤河新区指挥部")
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]


def test_nothing_is_asked_about_a_done_item_that_left():
    prior = "事项 | 状态\n改造老旧小区供热管网 | 完成\n修桥 | "
    found = matched(prior, "事项\n建设老旧小区充电设施\n修桥")
    assert questions(found) == []


def test_never_all_pairs_of_a_large_ledger_are_weighed():
    head = "事项\n" + "\n".join(f"排查第{n}网格" for n in range(1200))
    board = Board(drawn(head, "2022-01"), drawn("事项\n" + "\n".join(f"巡查第{n}网格" for n in range(1200))))
    assert 0 < len(weighed(board).evidence) <= 20 * 1200


# ---------------------------------------------------------------------------------------------- whole months


def test_six_rows_under_one_task_keep_their_units_though_one_is_rewritten_and_all_progress_is_new():
    units = ["住建局", "财政局", "商务局", "教育局", "水利局", "民政局"]
    prior = "单位 | 事项 | 进展\n" + "\n".join(f"{u} | 稳增长保态势 | {u}已部署" for u in units)
    now = [
        f"{u} | {'稳增长、保良好态势' if u == '商务局' else '稳增长保态势'} | 完成{n}0%" for n, u in enumerate(units, 1)
    ]
    found = matched(prior, "单位 | 事项 | 进展\n" + "\n".join(now))
    assert pairs(found) == [(n, n) for n in range(1, 7)]
    assert questions(found) == []


def test_numbers_that_begin_anew_under_each_heading_do_not_mix_rows_up():
    tasks = ["新建中心小学", "改造农贸市场", "加固病险水库", "硬化村组道路"]
    before = [f"{n % 2 + 1} | {'一、城建' if n < 2 else '二、农村'} | {task}" for n, task in enumerate(tasks)]
    now = [f"{n % 2 + 1} | {'一、农村' if n < 2 else '二、城建'} | {tasks[(n + 2) % 4]}" for n in range(4)]
    found = matched("序号 | 标题 | 事项\n" + "\n".join(before), "序号 | 标题 | 事项\n" + "\n".join(now))
    assert pairs(found) == [(1, 3), (2, 4), (3, 1), (4, 2)]
    assert assumed(found) == []


def test_rows_that_changed_places_and_were_put_otherwise_are_found_by_their_words():
    prior = "单位 | 事项\n住建局 | 改造老旧小区管网\n教育局 | 新建城南中心小学\n水利局 | 整治云水河河道"
    current = (
        "单位 | 事项\n水利局 | 加快整治云水河河道\n住建局 | 改造老旧小区管网，确保质量\n教育局 | 新建城南中心小学教学楼"
    )
    assert pairs(matched(prior, current)) == [(1, 2), (2, 3), (3, 1)]


def test_a_finished_row_that_leaves_takes_no_new_row_for_itself():
    prior = "单位 | 事项 | 状态\n水利局 | 推进金山水厂建设 | 完成\n住建局 | 推进临河停车场建设 | "
    current = "单位 | 事项 | 状态\n住建局 | 推进临河停车场建设 | \n水利局 | 推进双桥粮库建设 | "
    found = matched(prior, current)
    assert pairs(found) == [(2, 1)]
    assert [row.text for row in found.new] == ["推进双桥粮库建设"]
    assert questions(found) == []


def test_an_open_row_that_is_gone_is_missed_and_not_made_up_for_by_a_new_one():
    prior = "单位 | 事项\n水利局 | 推进金山水厂建设\n住建局 | 推进临河停车场建设"
    current = "单位 | 事项\n住建局 | 推进临河停车场建设\n教育局 | 开展校园安全整治"
    found = matched(prior, current)
    assert [row.text for row in found.gone] == ["推进金山水厂建设"]


# ---------------------------------------------------------------------------------------------- answers

BEFORE = drawn(f"编号 | 单位 | 事项\n | 住建局 | {LONG}（一期）\n | 水利局 | 加固病险水库", "2022-01")
AFTER = drawn(f"编号 | 单位 | 事项\n | 住建局 | {LONG}（二期）\n | 水利局 | 加固病险水库\n | 住建局 | 装修食堂")


def told(verdict: Verdict, to: int | None = None, reason: str = "") -> Answer:
    return answer(BEFORE, AFTER, BEFORE.rows[0], verdict, None if to is None else AFTER.rows[to], reason)


def test_an_answer_decides_and_is_shown():
    found, problems = match(BEFORE, AFTER, [told(Verdict.SAME, 0)])
    assert pairs(found) == [(1, 1), (2, 2)]
    assert found.pairs[0].how is How.ANSWER
    assert codes(problems) == ["answer_used"]
    place = AFTER.rows[0].place
    assert problems[0].message.endswith(f"同一项（本期{place.file}“{place.sheet}”第{place.row}行）")


def test_nothing_is_said_of_an_answer_that_ids_or_places_give_too() -> None:
    """Of `next`, which names the row by the 编号 that it has just given; of one 编号; of one text in one place."""
    before = drawn("编号 | 单位 | 事项\n | 住建局 | 清理河道\n | 水利局 | 清理河道\nA7 | 住建局 | 修桥", "2022-01")
    after = drawn("编号 | 单位 | 事项\nA1 | 住建局 | 清理河道\nA2 | 水利局 | 清理河道\nA7 | 住建局 | 建设新桥")
    of_next = replace(answer(before, after, before.rows[0], Verdict.SAME), current=Mark(id="A1"))
    same_place = answer(before, after, before.rows[1], Verdict.SAME, after.rows[1])
    same_id = answer(before, after, before.rows[2], Verdict.SAME, after.rows[2])
    found, problems = match(before, after, [of_next, same_place, same_id])
    assert pairs(found) == [(1, 1), (2, 2), (3, 3)]
    assert problems == []
    crossed = answer(before, after, before.rows[0], Verdict.SAME, after.rows[1])
    assert "answer_used" in codes(match(before, after, [crossed])[1])


@pytest.mark.parametrize("to", [0, None])
def test_rows_that_are_not_the_same_are_not_asked_about_again(to: int | None):
    found = matched(BEFORE, AFTER, told(Verdict.DIFFERENT, to))
    assert questions(found) == []
    assert [number(row) for row in found.gone] == [1]


def test_answers_for_items_that_were_merged_split_or_withdrawn():
    found = matched(BEFORE, AFTER, told(Verdict.MERGED, 1))
    assert [(number(p.prior), number(p.current)) for p in found.merged] == [(1, 2)]
    assert pairs(found) == [(2, 2)]
    found = matched(BEFORE, AFTER, told(Verdict.SPLIT, 0), told(Verdict.SPLIT, 2))
    assert [(number(p.prior), number(p.current)) for p in found.split] == [(1, 1), (1, 3)]
    assert found.new == ()
    found = matched(BEFORE, AFTER, told(Verdict.WITHDRAWN, reason="规划调整，项目取消"))
    assert [(o.row.text, o.reason) for o in found.withdrawn] == [(BEFORE.rows[0].text, "规划调整，项目取消")]
    assert questions(found) == []


def test_an_answer_holds_for_its_own_two_periods_only():
    stale = replace(told(Verdict.SAME, 0), periods=("2021-11", "2021-12"))
    found, problems = match(BEFORE, AFTER, [stale])
    assert pairs(found) == [(2, 2)]
    assert problems == []


def test_an_answer_that_no_row_fits_or_that_contradicts_another_is_said():
    lost = replace(told(Verdict.SAME, 0), current=Mark(text="一行没有的事项"))
    found, problems = match(BEFORE, AFTER, [lost, told(Verdict.SAME, 2), told(Verdict.SAME, 0)])
    assert codes(problems) == ["answer_unused", "answer_used", "answer_unused"]
    assert pairs(found) == [(1, 3), (2, 2)]


def test_an_answer_may_name_its_row_by_place_alone():
    found = matched(BEFORE, AFTER, replace(told(Verdict.SAME), current=Mark(place="台账!4")))
    assert pairs(found) == [(1, 3), (2, 2)]


# ---------------------------------------------------------------------------------------------- laws

WORDS = st.sampled_from(["修路", "修桥", "种树", "建校", LONG, LONG + "（二期）", "加快" + LONG])
ROWS = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), WORDS, st.sampled_from(["甲局", "乙局"])), max_size=8)


def made(rows: list[tuple[str, str, str]], label: str) -> Ledger:
    lines = [f"{number} | {unit} | {words}" for number, words, unit in rows]
    return drawn("\n".join(["编号 | 单位 | 事项", *lines]), label)


@given(ROWS, ROWS)
@settings(max_examples=tried(150, 60), deadline=None)
def test_every_row_of_both_ledgers_is_somewhere_exactly_once(before, after):
    prior, current = made(before, "2022-01"), made(after, "2022-02")
    found, _ = match(prior, current)
    carried = [*found.pairs, *found.merged, *{p.prior.place: p for p in found.split}.values()]
    assert sorted([p.prior.place for p in carried] + [r.place for r in found.gone]) == [r.place for r in prior.rows]
    taken = {p.current.place for p in (*found.pairs, *found.merged, *found.split)}
    assert sorted([*taken, *(r.place for r in found.new)]) == [r.place for r in current.rows]
    gone = {row.place for row in found.gone}
    assert all(question.row.place in gone for question in found.questions)


@given(ROWS)
@settings(max_examples=tried(60, 30), deadline=None)
def test_a_row_is_never_paired_with_another_row_of_the_same_ledger(rows):
    ledger = made(rows, "2022-01")
    found, _ = match(ledger, ledger)
    assert all(p.prior == p.current for p in found.pairs)
    told_apart = [
        row for row in ledger.rows if sum(r.text == row.text and r.units == row.units for r in ledger.rows) == 1
    ]
    assert {row.place for row in told_apart} <= {p.prior.place for p in found.pairs}


@given(st.lists(st.integers(0, 10**6), unique=True, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_numbers_pair_all_rows_whatever_became_of_texts_and_order(numbers, rng: random.Random):
    prior = made([(f"2022-{n}", f"事项{n}", "甲局") for n in numbers], "2022-01")
    rewritten = [(f"2022-{n}", f"另一种说法其{k}", "乙局") for k, n in enumerate(numbers)]
    rng.shuffle(rewritten)
    found, _ = match(prior, made(rewritten, "2022-02"))
    assert all(p.prior.id == p.current.id for p in found.pairs)
    assert len(found.pairs) == len(numbers)
    assert not found.questions


@given(st.permutations(range(8)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_does_not_matter(order):
    rows = [("", f"{place}{LONG}", "甲局") for place in "东南西北上下左右"]
    found, _ = match(made(rows, "2022-01"), made([rows[n] for n in order], "2022-02"))
    assert all(p.prior.text == p.current.text for p in found.pairs)
    assert len(found.pairs) == 8
