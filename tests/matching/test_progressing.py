"""What progress texts tell: of several rows in one wording, what each is about."""

from __future__ import annotations

import pytest

from tests.support.pairing import matched, pairs

HEAD = "序号 | 单位 | 事项 | 进展 | 状态\n"
OTHERS = ("县文旅局 | 筹办农民丰收节", "县信访局 | 化解信访积案", "县水利局 | 整治云水河河道")
FIGURES = ("地区生产总值", "规上工业增加值", "社会消费品零售总额", "固定资产投资", "一般预算收入", "建筑业产值")


def ledger(said: list[str], others: str) -> str:
    """Several rows of one task and one unit, each with its progress, and three others."""
    rows = [f"8 | 县发改局 | 稳定主要经济指标 | {words} | " for words in said]
    return HEAD + "\n".join([*rows, *(f"9 | {row} | {others} | " for row in OTHERS)])


def half_year(name: str) -> str:
    return f"上半年{name}完成{len(name) * 7}亿元"


def third_quarter(name: str) -> str:
    return f"前三季度{name}完成{len(name) * 11}亿元"


@pytest.mark.parametrize("order", [(5, 4, 3, 2, 1, 0), (1, 2, 3, 4, 5, 0), (0, 2, 1, 3, 5, 4)])
def test_rows_of_one_wording_and_one_unit_are_told_apart_by_what_their_progress_is_about(order: tuple[int, ...]):
    then = ledger([half_year(name) for name in FIGURES], "策划")
    now = ledger([third_quarter(FIGURES[n]) for n in order], "布展")
    found = dict(pairs(matched(then, now)))
    assert [found.get(n + 1) for n in order] == [1, 2, 3, 4, 5, 6]


def test_numbers_before_the_subject_do_not_decide():
    then = ledger([f"{n}、{half_year(name)}" for n, name in enumerate(FIGURES, 1)], "策划")
    now = ledger([f"{n}、{third_quarter(name)}" for n, name in enumerate(FIGURES[::-1], 1)], "布展")
    assert pairs(matched(then, now))[:6] == [(n, 7 - n) for n in range(1, 7)]


def test_where_the_progress_is_about_nothing_of_its_own_the_order_decides():
    then, now = ledger(["正在推进", "正在推进", "已召开会议"], "策划"), ledger(["有序推进"] * 3, "布展")
    assert pairs(matched(then, now))[:3] == [(1, 1), (2, 2), (3, 3)]
