"""Rows that look the same, and rows that moved: drawn as offices draw them, read from the workbook, then paired.

Equal keys, sub-rows under a merged cell, numbers that begin anew, exchanged rows, rows under another heading, items
split or merged. Pairs are given by the order of rows in the ledgers, from 1; rows of the sheet 销号 from 101.
"""

from __future__ import annotations

import pytest

from tests.support.builders import ledger, meetings, projects, year_tasks
from tests.support.drawing import xlsx
from tongbao.config.kinds import Kind
from tongbao.matching.match import match
from tongbao.matching.two_periods import Matching
from tongbao.model import Ledger, Place

TASKS = "| 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 |\n"
DECISIONS = "| 序号 | 名称 | 责任单位 | 存在问题及交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |\n"
PROJECTS = "| 序号 | 项目名称 | 责任单位 | 总投资 | 年度计划投资 | 完成投资 | 形象进度 | 推进状态 |\n"


def found(head: str, by: Kind, before: str, now: str, closed: str = "") -> tuple[Matching, list[tuple[int, int]]]:
    """The matching of two drawn ledgers, and its pairs."""
    prior = ledger(head + before, by, "2022-01-31")
    sheets = [head + now, head + closed] if closed else [head + now]
    current = ledger(xlsx(*sheets, names=("台账", "销号")), by, "2022-02-28")
    matching, _ = match(prior, current)
    return matching, sorted((at(prior)[p.prior.place], at(current)[p.current.place]) for p in matching.pairs)


def at(one: Ledger) -> dict[Place, int]:
    return {row.place: n for n, row in enumerate(one.rows, 1)} | {row.place: n for n, row in enumerate(one.closed, 101)}


def same(*numbers: int) -> list[tuple[int, int]]:
    """Row 1 became the first of the numbers, row 2 the second, and so on."""
    return list(enumerate(numbers, 1))


# ---------------------------------------------------------------------------------------------- equal keys


@pytest.mark.parametrize(
    ("before", "now", "pairs"),
    [
        (  # the deadline tells them apart
            "| 1 | 水库加固 | 县水利局 | 完成年度除险加固任务 | 青石镇 | 2022年6月30日 | 正在招标 | |\n"
            "| 2 | 水库加固 | 县水利局 | 完成年度除险加固任务 | 青石镇 | 2022年10月31日 | 正在设计 | |\n",
            "| 1 | 水库加固 | 县水利局 | 完成年度除险加固任务 | 青石镇 | 2022年10月31日 | 图纸送审 | |\n"
            "| 2 | 水库加固 | 县水利局 | 完成年度除险加固任务 | 青石镇 | 2022年6月30日 | 已经开标 | |\n",
            same(2, 1),
        ),
        (  # the project
            "| 1 | 松岭镇小学 | 县教育局 | 尽快完成土地报批 | 县教育局 | | 正在组卷 | |\n"
            "| 2 | 白塔镇小学 | 县教育局 | 尽快完成土地报批 | 县教育局 | | 等待选址 | |\n"
            "| 3 | 望山乡小学 | 县教育局 | 尽快完成土地报批 | 县教育局 | | 已报市局 | |\n",
            "| 1 | 望山乡小学 | 县教育局 | 尽快完成土地报批 | 县教育局 | | 市局已转报 | |\n"
            "| 2 | 松岭镇小学 | 县教育局 | 尽快完成土地报批 | 县教育局 | | 组卷完成 | |\n"
            "| 3 | 白塔镇小学 | 县教育局 | 尽快完成土地报批 | 县教育局 | | 选址已定 | |\n",
            same(2, 3, 1),
        ),
        (  # only who carries it out
            "| 1 | 河道整治 | 县水利局 | 清理河道障碍 | 青石镇 | | 已清理2公里 | |\n"
            "| 2 | 河道整治 | 县水利局 | 清理河道障碍 | 白塔镇 | | 已清理5公里 | |\n"
            "| 3 | 河道整治 | 县水利局 | 清理河道障碍 | 松岭镇 | | 尚未动工 | |\n",
            "| 1 | 河道整治 | 县水利局 | 清理河道障碍 | 松岭镇 | | 进场施工 | |\n"
            "| 2 | 河道整治 | 县水利局 | 清理河道障碍 | 白塔镇 | | 已清理8公里 | |\n"
            "| 3 | 河道整治 | 县水利局 | 清理河道障碍 | 青石镇 | | 已清理6公里 | |\n",
            same(3, 2, 1),
        ),
    ],
    ids=["by deadline", "by project", "by who carries it out"],
)
def test_decisions_in_the_same_words(before, now, pairs):
    assert found(DECISIONS, meetings(), before, now)[1] == pairs


def test_projects_of_one_name_by_their_size():
    before = (
        "| 1 | 老旧小区改造 | 县住建局 | #12.5 | #6 | #1.2 | 施工 | 达序时 |\n"
        "| 2 | 老旧小区改造 | 县住建局 | #3.8 | #3 | #0.4 | 施工 | 达序时 |\n"
        "| 3 | 县医院迁建 | 县卫健委 | #9 | #4 | #2 | 施工 | 达序时 |\n"
    )
    now = (
        "| 1 | 老旧小区改造 | 县住建局 | #3.8 | #3 | #1.1 | 主体完工 | 达序时 |\n"
        "| 2 | 县医院迁建 | 县卫健委 | #9 | #4 | #2.6 | 封顶 | 达序时 |\n"
        "| 3 | 老旧小区改造 | 县住建局 | #12.5 | #6 | #2.9 | 外立面施工 | 未达序时 |\n"
    )
    assert found(PROJECTS, projects(), before, now)[1] == same(3, 1, 2)


# ---------------------------------------------------------------------------------------------- under a merged cell

INDICATORS = ("地区生产总值", "规上工业增加值", "社会消费品零售总额", "固定资产投资", "一般预算收入", "建筑业产值")


def indicators(order: str, span: str, words: str = "稳定主要经济指标，提升综合实力") -> str:
    """Six rows under one task and one cell of units; each says of another indicator how it stands."""
    lines = []
    for n, k in enumerate(map(int, order)):
        task = f"| 8 | {words} | 县发改局⏎县工信局⏎县商务局 | 樊烁 |" if not n else "| ^ | ^ | ^ | ^ |"
        lines.append(f"{task} {k}、{span}{INDICATORS[k - 1]}完成{k * 7 + len(span)}.{k}亿元 | 正常 |\n")
    return "| 7 | 开展企业帮扶 | 县工信局 | 樊烁 | 走访企业 | 正常 |\n" + "".join(lines)


def test_six_rows_of_one_task_and_one_cell_of_units_go_by_their_order():
    before, now = indicators("123456", "上半年"), indicators("123456", "前三季度", "稳定主要经济指标，持续提升综合实力")
    assert found(TASKS, year_tasks(), before, now)[1] == same(1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize("order", ["654321", "124356"])
def test_where_six_such_rows_changed_places_what_is_assumed_is_told(order):
    matching, paired = found(TASKS, year_tasks(), indicators("123456", "上半年"), indicators(order, "前三季度"))
    right = same(1, *(1 + order.index(str(k)) + 1 for k in range(1, 7)))
    told = {pair.prior.place for pair in matching.assumed} | {q.row.place for q in matching.questions}
    wrong = {k for k, pair in paired if (k, pair) not in right}
    assert {pair.prior.place for pair in matching.pairs if pair.prior.place.row - 1 in wrong} <= told


PARTED = (
    "| 2 | 储备申报项目，争取上级资金12亿元 | 县财政局 | 王平 | {} | 正常 |\n| ^ | ^ | 县发改局 | 裴乐 | {} | 正常 |\n"
    "| ^ | ^ | 县应急局 | 刘茜 | {} | 正常 |\n| 3 | 打通断头路 | 县住建局 | 彭超 | {} | 滞后 |\n"
)


@pytest.mark.parametrize(
    ("now", "pairs"),
    [
        (
            PARTED.replace("争取上级资金12亿元", "争取上级资金12亿元以上"),
            same(1, 2, 3, 4),
        ),  # written anew in the merged cell
        (PARTED.replace("| 2 |", "| 5 |").replace("| 3 |", "| 6 |"), same(1, 2, 3, 4)),  # numbered anew
        (
            "| 2 | 储备申报项目，争取上级资金12亿元 | 县应急局 | 刘茜 | {} | 正常 |\n"
            "| ^ | ^ | 县财政局 | 王平 | {} | 正常 |\n| ^ | ^ | 县发改局 | 裴乐 | {} | 正常 |\n"
            "| 3 | 打通断头路 | 县住建局 | 彭超 | {} | 滞后 |\n",
            same(2, 3, 1, 4),
        ),
        (  # the first row of the merged cell moved out of it, with the task typed again
            "| 2 | 储备申报项目，争取上级资金12亿元 | 县发改局 | 裴乐 | {} | 正常 |\n| ^ | ^ | 县应急局 | 刘茜 | {} | 正常 |\n"
            "| 3 | 打通断头路 | 县住建局 | 彭超 | {} | 滞后 |\n| 4 | 储备申报项目，争取上级资金12亿元 | 县财政局 | 王平 | {} | 正常 |\n",
            same(4, 1, 2, 3),
        ),
        (  # another unit joined in front
            "| 2 | 储备申报项目，争取上级资金12亿元 | 县商务局 | 何本 | 刚刚启动 | 正常 |\n| ^ | ^ | 县财政局 | 王平 | {} | 正常 |\n"
            "| ^ | ^ | 县发改局 | 裴乐 | {} | 正常 |\n| ^ | ^ | 县应急局 | 刘茜 | {} | 正常 |\n| 3 | 打通断头路 | 县住建局 | 彭超 | {} | 滞后 |\n",
            same(2, 3, 4, 5),
        ),
    ],
    ids=["reworded", "renumbered", "reordered", "moved out", "one more"],
)
def test_sub_rows_under_a_merged_task(now, pairs):
    later = now.format("资金到位", "项目入库", "可研批复", "路基施工")
    assert found(TASKS, year_tasks(), PARTED.format("上报项目", "谋划项目", "编制方案", "征迁"), later)[1] == pairs


def test_of_three_sub_rows_the_finished_one_goes_to_the_sheet_of_closed_items():
    now = (
        "| 2 | 储备申报项目，争取上级资金12亿元 | 县财政局 | 王平 | 资金到位 | 正常 |\n| ^ | ^ | 县应急局 | 刘茜 | 批复 | 正常 |\n"
        "| 3 | 打通断头路 | 县住建局 | 彭超 | 路基施工 | 滞后 |\n"
    )
    closed = "| 2 | 储备申报项目，争取上级资金12亿元 | 县发改局 | 裴乐 | 全部入库 | 完成 |\n"
    before = PARTED.format("上报项目", "谋划项目", "编制方案", "征迁")
    assert found(TASKS, year_tasks(), before, now, closed)[1] == same(1, 101, 2, 3)


# ---------------------------------------------------------------------------------------------- numbers, order, headings


def decision(number: int, task: str, unit: str = "县水利局", said: str = "正在办理") -> str:
    return f"| {number} | | {unit} | {task} | {unit} | | {said} | |\n"


FIRST = ["修建环镇公路", "整治占道经营", "改造农贸市场"]
SECOND = ["新建公办幼儿园", "化解信访积案", "筹办农民丰收节"]
MEETING_1, MEETING_2 = "| 第一次会议决策事项 |\n", "| 第二次会议决策事项 |\n"
MEETING_3 = "| 第三次会议决策事项 |\n"


def under(heading: str, tasks: list[str], said: str) -> str:
    return heading + "".join(decision(n, task, said=f"{task[-2:]}{said}") for n, task in enumerate(tasks, 1))


@pytest.mark.parametrize(
    ("now", "pairs"),
    [
        (under(MEETING_2, SECOND, "乙") + under(MEETING_1, FIRST, "乙"), same(4, 5, 6, 1, 2, 3)),
        (under(MEETING_3, ["清理河道淤泥"], "乙") + under(MEETING_1, FIRST, "乙") + under(MEETING_2, SECOND, "乙"), same(2, 3, 4, 5, 6, 7)),
        (under(MEETING_1, FIRST[::-1], "乙") + under(MEETING_2, SECOND[1:] + SECOND[:1], "乙"), same(3, 2, 1, 6, 4, 5)),
        (under(MEETING_1, [FIRST[0], *SECOND], "乙") + under(MEETING_2, FIRST[1:], "乙"), same(1, 5, 6, 2, 3, 4)),
        (under(MEETING_1, ["清理河道淤泥", *FIRST], "乙") + under(MEETING_2, SECOND, "乙"), same(2, 3, 4, 5, 6, 7)),
        (under("", FIRST + SECOND, "乙"), same(1, 2, 3, 4, 5, 6)),
        (under(MEETING_1.replace("决策", "确定"), FIRST, "乙") + under(MEETING_2.replace("决策", "确定"), SECOND, "乙"), same(1, 2, 3, 4, 5, 6)),
    ],
    ids=["blocks exchanged", "block before", "reversed", "under the other heading", "one before", "no headings", "headings reworded"],
)  # fmt: skip
def test_numbers_that_begin_anew_and_rows_that_moved(now, pairs):
    before = under(MEETING_1, FIRST, "甲") + under(MEETING_2, SECOND, "甲")
    matching, paired = found(DECISIONS, meetings(), before, now)
    assert paired == pairs
    assert matching.questions == ()


def test_rows_with_exchanged_numbers_and_words_put_otherwise():
    before = (
        decision(1, "加快修建环镇公路，年底前通车")
        + decision(2, "整治占道经营，恢复通行", "县住建局")
        + decision(3, "改造农贸市场")
    )
    now = decision(1, "进一步整治占道经营，恢复道路通行", "县住建局", "已劝离") + decision(
        2, "抓紧修建环镇公路，年底前建成通车", said="开工"
    )
    assert found(DECISIONS, meetings(), before, now + decision(3, "改造农贸市场", said="竣工"))[1] == same(2, 1, 3)


# ---------------------------------------------------------------------------------------------- split, merged

OTHERS = decision(8, "筹办农民丰收节", "县文旅局") + decision(9, "化解信访积案", "县信访局")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (
            decision(1, "修建环镇公路，改造农贸市场停车场", "县住建局"),
            decision(1, "修建环镇公路", "县住建局", "开工") + decision(2, "改造农贸市场停车场", "县住建局", "设计"),
        ),
        (
            decision(1, "实施学府路东延；实施滨河路改造；实施凤凰大道北延", "县住建局"),
            decision(1, "实施学府路东延", "县住建局", "开工")
            + decision(2, "实施滨河路改造；实施凤凰大道北延", "县住建局", "设计"),
        ),
        (
            decision(1, "落实专项债券资金，足额保障安置费用", "县财政局、县自然资源局"),
            decision(1, "落实专项债券资金", "县财政局", "到位")
            + decision(2, "足额保障安置费用", "县自然资源局", "测算"),
        ),
    ],
    ids=["two clauses", "one of three", "by units"],
)
def test_an_item_split_in_two(before, now):
    matching, _ = found(DECISIONS, meetings(), before + OTHERS, now + OTHERS)
    assert [(p.prior.no, p.current.no) for p in matching.split] == [("1", "1"), ("1", "2")]
    assert all(pair.assumed for pair in matching.split)
    assert (matching.gone, matching.new, matching.questions) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (
            decision(1, "修建环镇公路", "县住建局") + decision(2, "改造农贸市场停车场", "县住建局"),
            decision(1, "修建环镇公路，改造农贸市场停车场", "县住建局", "开工"),
        ),
        (
            decision(1, "编制低空经济方案。", "县发改局") + decision(2, "建设无人机起降点。", "县发改局"),
            decision(1, "建设无人机起降点；编制低空经济方案", "县发改局", "选址"),
        ),
    ],
    ids=["two clauses", "the other way round"],
)
def test_two_items_put_into_one(before, now):
    matching, paired = found(DECISIONS, meetings(), before + OTHERS, now + OTHERS)
    whole = {p.prior.no for p in matching.merged} | {p.prior.no for p in matching.pairs if p.current.no == "1"}
    assert whole == {"1", "2"}
    assert matching.merged
    assert (matching.gone, matching.new, matching.questions) == ((), (), ())
    assert len(paired) + len(matching.merged) == 4


EAST, WEST = "滨河路改造工程（东段）", "滨河路改造工程（西段）"
MORE_PROJECTS = (
    "| 8 | 县医院迁建 | 县卫健委 | #9 | #4 | #2 | 封顶 | |\n| 9 | 冷链物流园 | 县商务局 | #7 | #3 | #1 | 施工 | |\n"
)


def project(number: int, name: str, whole: float, planned: float) -> str:
    return f"| {number} | {name} | 县住建局 | #{whole} | #{planned} | #0.4 | 施工 | |\n"


@pytest.mark.parametrize(
    ("head", "by", "whole", "parts"),
    [
        (
            DECISIONS, meetings(), decision(1, "改造柳林、桃源农贸市场", "县商务局") + OTHERS,
            decision(1, "改造柳林农贸市场", "县商务局") + decision(2, "改造桃源农贸市场", "县商务局") + OTHERS,
        ),
        (
            DECISIONS, meetings(), decision(1, "落实专项债券资金，足额保障安置费用", "县财政局、县自然资源局") + OTHERS,
            decision(1, "落实专项债券资金", "县财政局") + decision(2, "足额保障安置费用", "县自然资源局") + OTHERS,
        ),
        (
            PROJECTS, projects(), project(1, "滨河路改造工程", 12, 6) + MORE_PROJECTS,
            project(1, EAST, 7, 4) + project(2, WEST, 5, 2) + MORE_PROJECTS,
        ),
        (
            DECISIONS, meetings(), decision(1, "实施学府路东延；实施滨河路改造；实施凤凰大道北延", "县住建局") + OTHERS,
            "".join(decision(n, f"实施{road}", "县住建局") for n, road in enumerate(["学府路东延", "滨河路改造", "凤凰大道北延"], 1)) + OTHERS,
        ),
    ],
    ids=["by places", "by units", "by sections of a road", "three"],
)  # fmt: skip
def test_parts_and_the_whole_are_never_taken_for_what_was_withdrawn_and_what_is_new_without_a_word(
    head, by, whole, parts
):
    for before, now in ((whole, parts), (parts, whole)):
        matching, _ = found(head, by, before, now)
        asked = {q.row.place for q in matching.questions}
        # A row that is gone stops the paper, asked about or not; what comes alone and unasked would be counted as new.
        offered = {row.place for q in matching.questions for row, _ in q.candidates}
        told = {pair.current.place for pair in matching.assumed} | offered
        assert {row.place for row in matching.new} <= told
        assert asked or matching.assumed
