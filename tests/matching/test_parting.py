"""Items that were split in other words: a new row that begins with what an item has lost is a part of it."""

from __future__ import annotations

import pytest

from tests.support.pairing import matched, number, pairs
from tongbao.matching.two_periods import Matching

OTHERS = "县教育局 | 扩建白塔镇中心小学，年底前投入使用\n县水利局 | 整治云水河河道，清淤3公里\n县交通局 | 改建青禾镇至柳湾公路"
WHOLE = "完成滨河路雨污分流改造，压实属地责任，落实配套资金"


def ledger(first: str, *last: str) -> str:
    """A ledger of four rows, and what was added behind them."""
    return "\n".join(["单位 | 事项", f"县住建局 | {first}", OTHERS, *last])


def parts(found: Matching) -> list[tuple[int, int]]:
    return [(number(p.prior), number(p.current)) for p in found.split]


@pytest.mark.parametrize(
    ("rest", "part"),
    [
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "落实配套资金", id="to the letter"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "落实配在资金", id="a slip"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "保障配套资金", id="another word"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "落实配套资金，6月底前到位", id="gone on with"),
        pytest.param("完成滨河路雨污分流改造，", "压实在地责任，落实配套资金", id="two clauses"),
        pytest.param("抓好滨河路雨污分流提升改造", "筹集配套的资金", id="both rewritten"),
    ],
)
def test_a_row_that_begins_with_a_clause_that_an_item_lost_is_its_part(rest: str, part: str):
    found = matched(ledger(WHOLE), ledger(rest, f"县住建局 | {part}"))
    assert parts(found) == [(1, 1), (1, 5)]
    assert found.new == ()
    assert all(pair.assumed for pair in found.split), "it is told of"


def test_a_part_is_found_wherever_it_stands_and_also_where_both_have_another_unit_now():
    now = ledger("完成滨河路雨污分流改造，压实属地责任", "县民政局 | 建设养老服务中心", "县住建局 | 落实配在资金")
    assert parts(matched(ledger(WHOLE), now)) == [(1, 1), (1, 6)]
    moved = now.replace("县住建局", "县城投公司")
    assert (1, 6) in parts(matched(ledger(WHOLE), moved))


def test_the_parts_of_a_project_whose_name_is_put_otherwise_are_its_parts():
    then, now = (
        "名称 | 单位 | 事项\n" + rows + "白塔镇中心小学 | 县教育局 | 扩建教学楼\n云水河治理工程 | 县水利局 | 清淤3公里"
        for rows in (
            "滨河公园项目 | 县住建局 | 协调解决选址论证，每周报送进展情况\n",
            "云溪县滨河公园项目 | 县住建局 | 协调解决选址论证\n云溪县滨河公园项目 | 县住建局 | 每周报送进展情况\n",
        )
    )
    assert parts(matched(then, now)) == [(1, 1), (1, 2)]


def test_a_clause_in_far_other_words_is_asked_about():
    found = matched(ledger(WHOLE), ledger("完成滨河路雨污分流改造，压实属地责任", "县住建局 | 足额筹措并管好配套资金"))
    assert [(number(q.row), [number(row) for row, _ in q.candidates], q.why) for q in found.questions] == [
        (1, [1, 5], "像是拆成了几项")
    ]


@pytest.mark.parametrize(
    ("rest", "new"),
    [
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "县住建局 | 新建滨江公园，落实配套资金", id="behind another task"),
        pytest.param(WHOLE, "县住建局 | 落实配套资金", id="the item has it still"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任，保障配套资金", "县住建局 | 落实配套资金", id="in other words"),
        pytest.param("完成滨河路雨污分流改造，压实属地责任", "县财政局 | 落实配套资金", id="of another unit"),
    ],
)  # fmt: skip
def test_a_row_with_a_clause_of_an_item_is_new_where_the_item_lost_nothing_to_it(rest: str, new: str):
    found = matched(ledger(WHOLE), ledger(rest, new))
    assert pairs(found) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert [number(row) for row in found.new] == [5]
    assert found.questions == ()
