"""What is assumed and what is asked where an item may have a near twin: another name, no 编号, taken up again."""

from __future__ import annotations

import pytest

from tests.support.pairing import assumed, matched, number, pairs
from tongbao.matching.two_periods import Matching

OTHERS = (
    ("县教育局", "扩建白塔镇中心小学，年底前投入使用"),
    ("县水利局", "整治云水河河道，清淤3公里"),
    ("县交通局", "改建青禾镇至柳湾公路"),
    ("县民政局", "建设县养老服务中心"),
    ("县商务局", "培育电商企业，6月底前见效"),
)


def asked(found: Matching) -> list[tuple[int, list[int]]]:
    return [(number(q.row), [number(row) for row, _ in q.candidates]) for q in found.questions]


def numbered(first: str) -> str:
    """A ledger in which all rows but perhaps the first have a 编号."""
    rest = [f"2024-00{n} | {unit} | {text}" for n, (unit, text) in enumerate(OTHERS, 2)]
    return "\n".join(["编号 | 单位 | 事项", first, *rest])


def stated(first: str) -> str:
    """A ledger with a column 状态."""
    return "\n".join(["单位 | 事项 | 状态", first, *(f"{unit} | {text} | " for unit, text in OTHERS)])


def test_where_others_kept_their_id_a_row_without_one_and_with_another_place_is_asked_about():
    then = numbered("2024-001 | 县住建局 | 抓好枫林卫生院改造征地拆迁")
    assert asked(matched(then, numbered(" | 县住建局 | 抓好金山卫生院改造征地拆迁"))) == [(1, [1])]


@pytest.mark.parametrize("text", ["抓好枫林卫生院改造征地拆迁", "加快枫林卫生院改造征地拆迁，确保质量安全"])
def test_a_row_that_lost_its_id_is_known_by_its_words(text: str):
    then = numbered("2024-001 | 县住建局 | 抓好枫林卫生院改造征地拆迁")
    assert (1, 1) in pairs(matched(then, numbered(f" | 县住建局 | {text}")))


@pytest.mark.parametrize(
    "text",
    [
        "完成滨河路雨污分流改造，压实属地责任，按月报送进展",
        "进一步完成滨河路雨污分流改造、压实属地责任",
        "完成滨河路雨雨污分流改造，压实属地责任，落实资金",
    ],
)
def test_an_item_that_is_worked_on_again_in_a_few_other_words_is_assumed(text: str):
    then = stated("县住建局 | 完成滨河路雨污分流改造，压实属地责任 | 完成")
    found = matched(then, stated(f"县住建局 | {text} | "))
    assert (1, 1) in pairs(found)
    assert asked(found) == []


def test_a_finished_item_and_one_like_it_elsewhere_are_two_and_nothing_is_asked():
    then = stated("县住建局 | 完成古渡冷链物流园招商，压实属地责任 | 完成")
    found = matched(then, stated("县住建局 | 完成竹园冷链物流园招商，压实属地责任 | "))
    assert [number(row) for row in found.new] == [1]
    assert asked(found) == []


@pytest.mark.parametrize("text", ["重点加紧初步设计批复，落实资金", "进一步抓紧推进初步设计批复、落实资金"])
def test_words_put_before_what_is_to_be_done_put_nothing_in_its_place(text: str):
    found = matched(numbered(" | 县住建局 | 加快初步设计批复，落实资金"), numbered(f" | 县住建局 | {text}"))
    assert (1, 1) in pairs(found)
    assert asked(found) == []


NAMED = (("白塔镇中心小学", "县教育局", "扩建教学楼"), ("云水河治理工程", "县水利局", "清淤3公里"))


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        pytest.param("枫林公路安防工程项目", True, id="another place"),
        pytest.param("松岭公路改造提升项目", True, id="another work"),
        pytest.param("松岭公路安防项目", False, id="shorter"),
        pytest.param("云溪县松岭公路安防工程", False, id="longer"),
        pytest.param("松岭公路安防在程项目", False, id="a slip"),
    ],
)
def test_a_name_in_which_words_were_put_for_others_is_asked_about(name: str, is_asked: bool):
    then, now = (
        "\n".join(["名称 | 单位 | 事项", f"{called} | 县住建局 | 完成投资3000万元", *(map(" | ".join, NAMED))])
        for called in ("松岭公路安防工程项目", name)
    )
    found = matched(then, now)
    assert asked(found) == ([(1, [1])] if is_asked else [])
    assert ((1, 1) in assumed(found)) is not is_asked
