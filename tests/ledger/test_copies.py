"""Sub-rows in the same words: which of them was finished, and what was taken up again."""

from __future__ import annotations

import pytest

from tests.support.drawing import xlsx
from tests.support.drawn import drawn
from tests.support.office import HEAD as HEADER
from tests.support.office import Office
from tongbao.ledger.copies import parted, without_copies

HEAD = "编号 | 单位 | 事项 | 状态\n"
OPEN, DONE = " | 县水利局 | 清淤河道 |", " | 县水利局 | 清淤河道 | 完成"
OTHER = " | 县教育局 | 建校 |"


@pytest.mark.parametrize(
    ("before", "now", "closed", "taken_up"),
    [
        ([OPEN, OPEN, OPEN], [OPEN, OPEN, "销号", DONE], 1, 0),
        ([OPEN, OPEN], [OPEN, "销号", DONE], 1, 0),
        ([OPEN, DONE], [OPEN, "销号", DONE], 1, 0),  # finished last month, moved this month
        ([OPEN], [OPEN, "销号", DONE], 0, 1),  # closed, and open all the same
        ([OTHER, "销号", DONE], [OPEN, "销号", DONE], 0, 1),  # taken up again
        ([OTHER, "销号", DONE, DONE], [OPEN, "销号", DONE, DONE], 1, 1),  # one of two taken up again
        ([OTHER], [OPEN, "销号", DONE], 0, 1),
        ([OPEN.replace("水利", "财政"), OPEN], [OPEN, "销号", DONE], 0, 1),  # of two units
    ],
)
def test_of_several_rows_in_one_wording_one_was_finished(before, now, closed, taken_up):
    prior, _ = without_copies(drawn(HEAD + "\n".join(before), "2022-01"))
    found, _ = without_copies(drawn(HEAD + "\n".join(now), "2022-02"))
    found, places = parted(found, prior)
    assert (len(found.closed), len(found.taken_up)) == (closed, taken_up)
    assert {row.place for row in found.closed} >= places


REWORDED = {
    OPEN: OPEN.replace("清淤河道", "抓紧清淤河道，按月调度"),
    DONE: DONE.replace("清淤河道", "抓紧清淤河道，按月调度"),
}
SYNONYM = {OPEN: OPEN.replace("清淤河道", "疏浚河流"), DONE: DONE.replace("清淤河道", "疏浚河流")}


@pytest.mark.parametrize("other", [REWORDED, SYNONYM])
@pytest.mark.parametrize(
    ("before", "now", "closed", "taken_up"),
    [
        ([OPEN, OPEN, OPEN], [OPEN, "销号", DONE, DONE], 2, 0),
        ([OPEN, OPEN], [OPEN, "销号", DONE], 1, 0),
        ([OPEN, OPEN, OTHER, OTHER], [OPEN, OTHER, OTHER, "销号", DONE], 1, 0),
        ([OPEN], [OPEN, "销号", DONE], 0, 1),  # there was only one
        ([OPEN.replace("水利", "财政")] * 2, [OPEN, "销号", DONE], 0, 1),  # of another unit
    ],
)
def test_where_all_rows_of_one_wording_were_reworded_one_of_them_was_finished_too(before, now, closed, taken_up, other):
    prior, _ = without_copies(drawn(HEAD + "\n".join(before), "2022-01"))
    found, _ = without_copies(drawn(HEAD + "\n".join(other.get(row, row) for row in now), "2022-02"))
    found, _ = parted(found, prior)
    assert (len(found.closed), len(found.taken_up)) == (closed, taken_up)


def test_of_two_wordings_that_are_gone_the_one_that_is_alike_was_reworded():
    gone = " | 县水利局 | 除险加固 |"
    prior, _ = without_copies(drawn(HEAD + "\n".join([OPEN, OPEN, gone, gone, gone]), "2022-01"))
    found, _ = without_copies(drawn(HEAD + "\n".join([REWORDED[OPEN], "销号", REWORDED[DONE], REWORDED[DONE]])))
    found, _ = parted(found, prior)
    assert (len(found.closed), len(found.taken_up)) == (1, 1)


NAMED = "编号 | 名称 | 单位 | 事项 | 状态\n"
BRIDGE = "7 | 青石大桥 | 县交通局 | 建设桥梁，年底前通车 | 完成"


@pytest.mark.parametrize(
    ("other", "counted"),
    [
        (BRIDGE, 1),
        (BRIDGE.replace("，年底前通车", ""), 1),  # the sheet says less
        (BRIDGE.replace("年底前通车", "已于11月通车"), 1),  # or ends otherwise
        ("7 | | 县交通局 | 建设桥梁 | 完成", 1),  # or has no names
        ("7 | 石桥小学 | 县教育局 | 扩建校舍 | 完成", 2),  # the 编号 was copied with the row above
        ("7 | 白塔大桥 | 县交通局 | 建设桥梁，年底前通车 | 完成", 2),
    ],
)
def test_what_is_finished_in_both_places_is_one_item_unless_it_speaks_of_another(other, counted):
    found, problems = without_copies(drawn(f"{NAMED}{other}\n销号\n{BRIDGE}"))
    assert len(found.rows) + len(found.closed) == counted
    assert [p.code for p in problems] == (["closed_twice"] if counted == 1 else [])


def test_over_the_months_one_sister_after_the_other_is_finished():
    months = [[OPEN] * 3, [OPEN, OPEN, "销号", DONE], [OPEN, "销号", DONE, DONE], [OTHER, "销号", DONE, DONE, DONE]]
    ledgers = [without_copies(drawn(HEAD + "\n".join(rows)))[0] for rows in months]
    before = ledgers[0]
    for number, ledger in enumerate(ledgers[1:], 1):
        before, _ = parted(ledger, before)
        assert len(before.closed) == number


def test_the_open_row_keeps_no_number_that_its_sister_bears():
    prior = drawn(f"{HEAD}7{OPEN}\n8{OPEN}", "2022-01")
    found, _ = without_copies(drawn(f"{HEAD}{OPEN}\n销号\n7{DONE}"))
    assert found.rows[0].id == "7"
    found, _ = parted(found, prior)
    assert (found.rows[0].id, found.closed[0].id) == ("", "7")


TABLE = """
| 1 | 河道治理 | 县水利局 | 清淤河道 | 县水利局 | | {} | {} | |
| 2 | 河道治理 | 县水利局 | 清淤河道 | 县水利局 | | {} | {} | |
| 3 | 新建小学 | 县财政局 | 落实配套资金 | 县财政局 | | {} | | |
"""
CLOSED = "| 序号 | 名称 | 责任单位 | 存在问题及交办事项 | 承办单位 | 完成情况 | 备注 |\n| 1 | 河道治理 | 县水利局 | 清淤河道 | 县水利局 | 上游已完成 | 完成 |"


def test_in_the_run_the_finished_sister_is_newly_completed(tmp_path):
    office = Office(tmp_path)
    office.ledger("2022-01", TABLE.format("上游开工", "", "下游未动", "需加快推进", "正在申请"))
    now = TABLE.format("", "", "下游开工", "需加快推进", "资金到位").strip().splitlines()
    path = office.ledger("2022-02", "")
    path.write_bytes(xlsx(HEADER + "\n".join(now[1:]), CLOSED, names=("台账", "销号")))
    assert office.run("-p", "2022-02") == 0
    record = office.record("2022-02")
    assert "closed_but_open" not in {p["code"] for p in record["problems"]}
    figures = record["figures"]
    assert [figures[name] for name in ("total", "newly_completed", "open", "lagging", "reopened", "added")] == [
        58,
        1,
        2,
        1,
        0,
        0,
    ]
