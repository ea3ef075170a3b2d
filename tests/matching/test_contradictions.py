"""Contradictions in a ledger and between two periods: the smallest ledger for each, and the exact words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from tests.support.builders import column, kind, ledger, meetings
from tongbao.config.kinds import ColumnType, Kind, Label
from tongbao.matching.changes import compare
from tongbao.matching.contradictions import CHECKS
from tongbao.matching.two_periods import How, Matching, Pair
from tongbao.model import Ledger, Level, Problem, State
from tongbao.words.text import key

HEAD = "|序号|交办事项|责任单位|完成时限|完成情况|备注|"


def works(**options: object) -> Kind:
    """A kind with reasons, remarks and amounts, whose status stands in 状态."""
    return kind(
        [
            column("序号", fill=True),
            column("事项", required=True, fill=True),
            column("责任单位", type=ColumnType.UNITS),
            column("完成投资", type=ColumnType.AMOUNT, unit="万元"),
            column("进展"),
            column("原因"),
            column("备注"),
            column("状态", type=ColumnType.STATUS, required=True),
        ],
        [
            Label("完成", State.DONE),
            Label("正常", State.ON_TRACK, default=True),
            Label("滞后", State.LAGGING),
            Label("暂缓", State.SUSPENDED),
        ],
        **options,
    )


def linked(before: Ledger, now: Ledger) -> Matching:
    """Rows of the same text are the same item."""
    priors = {key(row.text): row for row in before.rows}
    pairs = [Pair(priors[key(row.text)], row, How.EXACT) for row in now.rows if key(row.text) in priors]
    return Matching(tuple(pairs), (), ())


def problems(*tables: str, by: Kind | None = None, labels: Sequence[str] = ()) -> list[Problem]:
    """What all checks say of the last of these ledgers, oldest first."""
    labels = labels or ["2022-01-19", "2022-02-07", "2022-03-04", "2022-03-25"][: len(tables)]
    read = [ledger(table, by or meetings(), label) for table, label in zip(tables, labels, strict=True)]
    *earlier, current = read
    links = [linked(a, b) for a, b in pairwise(read)]
    changes, _ = compare(current, earlier[-1] if earlier else None, links[-1] if links else None, earlier, links[:-1])
    return [problem for check in CHECKS for problem in check(changes, by or meetings())]


def said(*tables: str, by: Kind | None = None, labels: Sequence[str] = ()) -> list[str]:
    """The same as lines of text: level, cell, header, item, message."""
    return [
        f"{p.level.label} {p.place.cell}「{p.header}」{p.item}：{p.message}"
        for p in problems(*tables, by=by, labels=labels)
    ]


def row(progress: str, status: str, task: str = "修建青石镇环镇路", deadline: str = "2022年12月31日") -> str:
    """A ledger of one row."""
    return f"{HEAD}\n|1|{task}|县交通局|{deadline}|{progress}|{status}|"


def test_a_ledger_without_contradictions_has_no_problems() -> None:
    assert said(row("路基完成3公里", "正常推进"), row("路基完成4公里", "正常推进")) == []


@pytest.mark.parametrize(
    ("progress", "status", "expected"),
    [
        ("因资金不到位停工。", "正常推进", "状态是“正常推进”，进展里写着“因资金不到位停工”"),
        ("尚未开工", "", "状态是“正常推进”，进展里写着“尚未开工”"),
        ("该项工作已办结", "正常推进", "进展里写着“该项工作已办结”，状态是“正常推进”"),
        ("已完成。", "需加快推进", "进展里写着“已完成”，状态是“需加快推进”"),
        ("尚未通过验收", "完成", "状态是“完成”，进展里写着“尚未通过验收”"),
    ],
)
def test_status_and_progress_that_contradict_each_other(progress: str, status: str, expected: str) -> None:
    assert said(row(progress, status)) == [f"请核 E2「完成情况」第1项 修建青石镇环镇路：{expected}"]


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        ("因资金不到位停工", "需加快推进"),
        ("因资金不到位停工，现已复工", "正常推进"),
        ("已完成", "完成"),
        ("已完成主体", "正常推进"),
        ("尚未通过验收", "视为完成"),
        ("该项工作已办结", "视为完成"),
    ],
)
def test_status_and_progress_that_agree(progress: str, status: str) -> None:
    assert said(row(progress, status)) == []


def test_an_open_row_without_progress() -> None:
    assert said(row("", "正常推进")) == ["请核 E2「完成情况」第1项 修建青石镇环镇路：没有填写进展"]
    assert said(row("", "完成")) == []


def test_progress_copied_from_last_period() -> None:
    same = row("正在铺设路基", "正常推进")
    assert said(same, same) == ["请核 E2「完成情况」第1项 修建青石镇环镇路：进展与上期一字不差"]
    assert said(same, same, same) == ["请核 E2「完成情况」第1项 修建青石镇环镇路：进展已连续3期一字不差"]
    assert said(row("已通车", "完成"), row("已通车", "完成")) == []


def test_a_numeral_that_fell() -> None:
    assert said(row("累计完成投资80万元", "正常推进"), row("累计完成投资70万元", "正常推进")) == [
        "请核 E2「完成情况」第1项 修建青石镇环镇路：“完成投资”上期是80万元（台账 2022-01-19.xlsx“台账”E2），本期是70万元，变小了"
    ]
    assert said(row("完成投资8000万元", "正常推进"), row("完成投资0.7亿元", "正常推进")) == [
        "请核 E2「完成情况」第1项 修建青石镇环镇路：“完成投资”上期是8000万元（台账 2022-01-19.xlsx“台账”E2），本期是0.7亿元，变小了"
    ]
    assert said(row("本月完成投资80万元", "正常推进"), row("本月完成投资70万元", "正常推进")) == []


def test_counts_begin_anew_with_the_year() -> None:
    before, now = row("完成投资80万元", "正常推进"), row("完成投资7万元", "正常推进")
    assert said(before, now, labels=["2021-12-31", "2022-01-31"]) == []


def test_an_amount_done_that_fell() -> None:
    table = "|序号|事项|责任单位|完成投资|进展|状态|\n|1|修路|县交通局|#{}|正在施工{}|正常|"
    assert said(table.format("80.5", 1), table.format("70.5", 2), by=works()) == [
        "请核 D2「完成投资」第1项 修路：上期是80.5（台账 2022-01-19.xlsx“台账”D2），本期是70.5，变小了"
    ]


def test_a_row_that_nobody_answers_for() -> None:
    assert said(f"{HEAD}\n|1|修路||2022年底|正在施工|正常推进|") == ["请核 C2「责任单位」第1项 修路：没有责任单位"]


def test_lagging_and_suspended_rows_say_why() -> None:
    table = "|序号|事项|责任单位|进展|原因|备注|状态|"
    assert said(
        f"""
        {table}
        |1|修路|县交通局|正在施工||资金未到|滞后|
        |2|建桥|县交通局|已停止|||暂缓|
        |3|植树|县林业局|已停止||政策调整|暂缓|
        |4|清淤|县水利局|正在施工|汛期水位高||滞后|
        """,
        by=works(),
    ) == [
        "请核 E2「原因」第1项 修路：状态是“滞后”，没有写原因",
        "请核 E3「原因」第2项 建桥：状态是“暂缓”，没有写原因",
    ]


def test_a_number_given_twice() -> None:
    assert said(
        f"""
        {HEAD}
        |1|修路|县交通局|年底|正在施工|正常推进|
        |2|建桥|县交通局|年底|正在施工|正常推进|
        |2|植树|县林业局|年底|正在施工|正常推进|
        """
    ) == ["请核 A4「序号」第2项 植树：序号2与第3行重复"]


def test_sub_rows_of_one_item_share_its_number() -> None:
    assert (
        said(
            """
            |序号|事项|责任单位|进展|状态|
            |1|扩大投资|县发改局|正在推进|正常|
            |^|^|县财政局|正在推进|正常|
            |2|稳定就业|县人社局|正在推进|正常|
            |2|稳定就业|县教体局|正在推进|正常|
            """,
            by=works(),
        )
        == []
    )


def test_numbers_that_begin_anew_in_every_section_are_not_doubles() -> None:
    assert (
        said(
            f"""
            {HEAD}
            |第一次会议|
            |1|修路|县交通局|年底|正在施工|正常推进|
            |2|建桥|县交通局|年底|正在施工|正常推进|
            |第二次会议|
            |1|植树|县林业局|年底|正在施工|正常推进|
            """
        )
        == []
    )


def test_numbers_left_out() -> None:
    rows = "\n".join(f"|{n}|修建第{n}号桥|县交通局|年底|正在施工|正常推进|" for n in (1, 3, 4, 8))
    assert said(f"{HEAD}\n{rows}") == ["提示 A3「序号」第3项 修建第3号桥：序号不连续，缺2、5至7"]


def test_numbers_of_items_that_were_closed_are_no_gap() -> None:
    table = "|序号|交办事项|责任单位|完成时限|完成情况|备注|\n{}"

    def rows(*listed: tuple[int, str]) -> str:
        lines = (f"|{n}|修建第{n}号桥|县交通局|年底|{how}第{n}期|{how}|" for n, how in listed)
        return table.format("\n".join(lines))

    one = rows((1, "正常推进"), (2, "正常推进"), (3, "完成"), (4, "正常推进"), (7, "正常推进"))
    two = rows((1, "正常推进"), (2, "完成"), (4, "正常推进"), (7, "正常推进"))
    three = rows((1, "正常推进"), (4, "正常推进"), (7, "正常推进"))
    assert [line for line in said(one) if "序号" in line] == ["提示 A6「序号」第7项 修建第7号桥：序号不连续，缺5至6"]
    assert [line for line in said(one, two, three) if "序号" in line] == []  # told once
    four = rows((1, "正常推进"), (4, "正常推进"), (7, "正常推进"), (9, "正常推进"))
    gaps = [line for line in said(one, two, three, four) if "序号" in line]
    assert gaps == ["提示 A5「序号」第9项 修建第9号桥：序号不连续，缺8"]


def test_the_same_task_twice() -> None:
    assert said(
        f"""
        {HEAD}
        |1|修建环镇路|县交通局|年底|正在施工|正常推进|
        |2|修建环镇路。|县交通局|年底|正在招标|正常推进|
        |3|修建环镇路|县住建局|年底|正在招标|正常推进|
        """
    ) == ["请核 B3「交办事项」第2项 修建环镇路。：与第2行的事项、单位完全相同"]


def test_a_deadline_that_stands_only_in_the_task() -> None:
    assert said(row("正在施工", "正常推进", "确保4月底前建成环镇路", "")) == [
        "提示 D2「完成时限」第1项 确保4月底前建成环镇路：时限没有填，事项里写着“4月底前”"
    ]
    assert said(row("正在施工", "正常推进", "加快2022年环镇路建设", "")) == []


def test_a_deadline_whose_year_was_read_in_two_ways() -> None:
    before, now = row("路基施工", "正常推进", deadline="12月底前"), row("路面施工", "正常推进", deadline="12月底前")
    assert said(before, now, labels=["2022-11-30", "2023-01-31"]) == [
        "请核 D2「完成时限」第1项 修建青石镇环镇路：同样写“12月底前”，上期按2022年12月31日，本期按2023年12月31日"
    ]


def test_rows_that_lag_period_after_period() -> None:
    tables = [row(f"正在施工{n}", "需加快推进") for n in range(3)]
    assert said(*tables[:1]) == []
    assert said(*tables) == ["提示 F2「备注」第1项 修建青石镇环镇路：已连续3期滞后"]


def test_deadlines_put_off_again_and_again() -> None:
    days = ["2022年3月31日", "2022年6月30日", "2022年9月30日"]
    tables = [row(f"正在施工{n}", "正常推进", deadline=day) for n, day in enumerate(days)]
    assert said(*tables) == [
        "提示 D2「完成时限」第1项 修建青石镇环镇路：时限已改过2次",
        "提示 D2「」：时限与上期不同的1项：第1项（2022年6月30日→2022年9月30日）",
    ]
    assert said(*tables[:2]) == ["提示 D2「」：时限与上期不同的1项：第1项（2022年3月31日→2022年6月30日）"]


def test_every_problem_names_cell_value_and_remedy() -> None:
    (problem,) = problems(row("因资金不到位停工。" + "现场已封闭" * 10, "正常推进"))
    assert problem.level is Level.WARNING
    assert problem.place.file == "台账 2022-01-19.xlsx"
    assert problem.place.sheet == "台账"
    assert problem.value == "因资金不到位停工。" + "现场已封闭" * 6 + "现…"
    assert problem.fix == "确实停滞、滞后的改状态；已经恢复的请在进展里写明"


def test_every_check_is_documented_and_named_by_its_code() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
    assert all(check.__doc__ for check in CHECKS)
