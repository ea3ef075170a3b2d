"""Items that were over: that one left is no loss, that it counts as new is a wrong figure."""

from __future__ import annotations

import pytest

from tests.support.pairing import assumed, matched, number, pairs
from tongbao.matching.two_periods import Matching

OTHERS = (
    ("县教育局", "扩建白塔镇中心小学，年底前投入使用", "完成"),
    ("县水利局", "整治云水河河道，清淤3公里", ""),
    ("县交通局", "改建青禾镇至柳湾公路", ""),
    ("县民政局", "建设县养老服务中心", "完成"),
    ("县商务局", "培育电商企业，6月底前见效", ""),
)
TASK = "深化秸秆利用提升一期行动，引导社会力量参与，健全部门联动机制，解决突出问题"


def ledger(*first: str, ids: bool = False, finished: bool = True) -> str:
    """A ledger with a column 状态: some rows, and five others, those that are finished perhaps dropped."""
    rest = [f"{n:02} | {u} | {t} | {s}" for n, (u, t, s) in enumerate(OTHERS, 2) if finished or s != "完成"]
    rows = [*first, *rest]
    rows = rows if ids else [row.split(" | ", 1)[1] for row in rows]
    return "\n".join([f"{'编号 | ' * ids}单位 | 事项 | 状态", *rows])


def asked(found: Matching) -> list[tuple[int, list[int]]]:
    return [(number(q.row), [number(row) for row, _ in q.candidates]) for q in found.questions]


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TASK, id="the same words"),
        pytest.param(TASK.replace("健全", "完善"), id="a synonym"),
        pytest.param("抓紧" + TASK.replace("利用", "的用"), id="a slip and a filler"),
        pytest.param(TASK + "，按月报送进展", id="a clause more"),
    ],
)
def test_a_finished_item_put_a_little_otherwise_under_another_unit_is_not_finished_anew(text: str, finished: bool):
    found = matched(
        ledger(f"01 | 县农业局 | {TASK} | 完成"), ledger(f"01 | 县民政局 | {text} | 完成", finished=finished)
    )
    assert (1, 1) in assumed(found)
    assert (found.new, found.questions) == ((), ())


def test_a_finished_item_reworded_under_another_unit_is_known_though_its_id_was_copied_to_a_twin():
    twin = TASK.replace("秸秆", "电商")
    now = ledger(f"01 | 县民政局 | {TASK}，按月报送进展 | 完成", f"01 | 县农业局 | {twin} | ", ids=True)
    found = matched(ledger(f"01 | 县农业局 | {TASK} | 完成", ids=True), now)
    assert (1, 1) in pairs(found)
    assert [number(row) for row in found.new] == [2]
    assert found.questions == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TASK.replace("秸秆利用", "扬尘治理"), id="another thing"),
        pytest.param(TASK.replace("一期", "二期"), id="another phase"),
    ],
)
def test_another_thing_finished_in_the_same_words_is_new(text: str):
    found = matched(ledger(f"01 | 县农业局 | {TASK} | 完成"), ledger(f"01 | 县民政局 | {text} | 完成", finished=False))
    assert (1, 1) not in pairs(found)
    assert [number(row) for row in found.new] == [1]
    assert found.questions == ()


def test_of_two_finished_rows_that_one_may_be_none_is_taken():
    now = [f"0{n} | {unit} | {TASK} | 完成" for n, unit in enumerate(["县民政局", "县司法局"], 1)]
    found = matched(ledger(f"01 | 县农业局 | {TASK} | 完成"), ledger(*now))
    assert [pair for pair in pairs(found) if pair[0] == 1 and pair not in assumed(found)] == []


PLACE = "推进柳林桥梁改造，开展联合执法，引入社会资本"


def bridges(text: str, state: str, *, stay: bool) -> Matching:
    """A finished bridge, and one in another place or other words; elsewhere stand both places."""
    there = [f"0{n} | 县住建局 | 建设{place}公园 | " for n, place in enumerate(["柳林", "枫林"], 7)]
    then = ledger(f"01 | 县交通局 | {PLACE} | 完成", *there)
    return matched(then, ledger(f"01 | 县交通局 | {text} | {state}", *there, finished=stay))


def test_where_finished_items_leave_the_ledger_one_in_another_place_is_another():
    found = bridges(PLACE.replace("柳林", "枫林"), "", stay=False)
    assert [number(row) for row in found.new] == [1]
    assert asked(found) == []


def test_where_finished_items_leave_the_ledger_one_that_is_finished_too_is_asked_about():
    """Nothing but what the words mean tells 柳林 and 枫林 from 整治 and 治理; and few rows are new and over at once."""
    assert asked(bridges(PLACE.replace("柳林", "枫林"), "完成", stay=False)) == [(1, [1])]


def test_where_finished_items_stay_one_of_a_synonym_is_still_the_same():
    found = bridges(PLACE.replace("改造", "提升改造"), "完成", stay=True)
    assert (1, 1) in pairs(found)


def test_two_finished_items_put_into_one_are_not_finished_anew():
    rows = ["01 | 县交通局 | 推进柳林桥梁改造 | 完成", "02 | 县林业局 | 整治石井矿山，做好群众工作 | 完成"]
    one = "01 | 县交通局、县林业局 | 推进柳林桥梁改造；整治石井矿山，做好群众工作 | 完成"
    found = matched(ledger(*rows), ledger(one))
    assert found.new == ()
    assert found.questions == ()


OVER = ("造林三千亩", "筹办农民丰收节", "化解信访积案", "轮训法律明白人", "开展经济普查", "移交历年文书档案")
SYNONYMS = (
    "县交通局 | 新建松岭停车场，落实资金 | ",
    "县城投公司 | 实施古渡大桥环境治理，压实责任 | ",
    "县民政局 | 推进白塔小学建设，引入社会资本 | ",
)


def dropping(first: str, *, now: bool) -> str:
    """A ledger that drops what is over: of its rows only the first is still there, and those that go on."""
    over = [f"县政府办 | {task} | 完成" for task in OVER] if not now else []
    rest = [f"{unit} | {task} | " for unit, task, state in OTHERS if not state]
    return "\n".join(["单位 | 事项 | 状态", first, *over, *rest, *SYNONYMS])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "北川镇 | 实施白塔中心卫生院建设，落实资金", "北川镇 | 推进白塔中心卫生院新建，落实资金", id="two synonyms"
        ),
        pytest.param(
            "北川镇 | 实施松岭农贸市场环境整治，落实资金，压实责任",
            "北川镇 | 实施松岭农贸市场环境治理，落实资金",
            id="a synonym, a clause less",
        ),
        pytest.param(
            "县发展和改革委员会、县教育局 | 做好柳林农贸市场环境整治，做好土地报批",
            "县发改委、县教体局、县交通局 | 做好柳林农贸市场环境治理，做好土地报批，压茬推进",
            id="a synonym, renamed units and one more",
        ),
    ],
)
def test_a_finished_item_reworded_is_not_counted_as_finished_anew_unasked(before: str, after: str):
    """Where what is over is dropped from the ledger, one that is over and has no partner may be one that was."""
    found = matched(dropping(f"{before} | 完成", now=False), dropping(f"{after} | 完成", now=True))
    assert asked(found) == [(1, [1])]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("实施古渡卫生院建设，落实资金 | 完成", id="elsewhere"),
        pytest.param("推进白塔中心卫生院新建，落实资金 | ", id="and it is worked on"),
    ],
)
def test_what_is_like_a_finished_item_that_was_dropped_is_new(after: str):
    then = dropping("北川镇 | 实施白塔中心卫生院建设，落实资金 | 完成", now=False)
    found = matched(then, dropping(f"北川镇 | {after}", now=True))
    assert [number(row) for row in found.new] == [1]
    assert asked(found) == []


@pytest.mark.parametrize("when", [("年底前", "6月底前"), ("", "年底前"), ("年底前", "年底前")])
@pytest.mark.parametrize("said", [("施工单位进场", "完成招标", "主体封顶"), ("已竣工", "已竣工", "已竣工")])
def test_which_of_two_finished_rows_of_one_task_and_unit_left_is_not_asked(
    when: tuple[str, str], said: tuple[str, ...]
):
    def page(*rows: str) -> str:
        rest = [f"{unit} | {task} | 按期推进 | | " for unit, task, state in OTHERS if not state]
        return "\n".join(["单位 | 事项 | 进展 | 期限 | 状态", *rows, *rest])

    row = "县住建局 | 做好七里河道清淤，落实资金 | {} | {} | 完成"
    over = [f"县政府办 | {task} | 已办 | | 完成" for task in OVER]
    then = page(*(row.format(*both) for both in zip(said, when, strict=False)), *over)
    found = matched(then, page(row.format(said[2], when[0])))
    assert asked(found) == []
    assert found.new == ()
