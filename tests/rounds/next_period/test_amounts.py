"""Numbers when the next period begins: those of one period are emptied, those that grow are marked until changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.builders import column, projects
from tests.support.carrying import Next, carry_on
from tests.support.drawing import xlsx
from tongbao.config.kinds import ColumnType, Holds, Kind

MAY = """
| 重点项目台账（2025年5月） |
| 序号 | 项目名称 | 责任单位 | 总投资（亿元） | 年度计划投资（亿元） | 累计完成投资（亿元） | {own} | 推进状态 |
| 1 | 云溪水厂 | 县水务公司 | #5 | #1.2 | #0.6 | {one} | 达序时 |
| 2 | 青石隧道 | 县交投公司 | #9 | #3 | #0.8 | {two} | 未达序时 |
| 3 | 青溪学校 | 县城投公司 | #2 | #0.5 | #0.5 | {three} | 完工 |
"""


def may(own: str, one: str = "#0.1", two: str = "#0.2", three: str = "#0.3", by: Kind | None = None) -> Next:
    """The ledger of June, of a ledger of May with one more column."""
    table = MAY.format(own=own, one=one, two=two, three=three)
    return carry_on(xlsx(table), by or projects(), "台账2025-05.xlsx")


def in_column(found: Next, header: str) -> list[Any]:
    """What stands below a header of the working sheet."""
    sheet = found.book["台账"]
    at = next(cell for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == header)
    return [sheet.cell(row, at.column).value for row in range(at.row + 1, at.row + 3)]


def messages(found: Next, code: str) -> list[str]:
    return [p.message for p in found.problems if p.code == code]


# ---------------------------------------------------------------------------------------------- of one period


@pytest.mark.parametrize(
    ("own", "after"),
    [
        ("本月完成投资（亿元）", "本月完成投资（亿元）"),
        ("本期新增", "本期新增"),
        ("当月完成", "当月完成"),
        ("当期数", "当期数"),
        ("5月完成投资额", "6月完成投资额"),
        ("5月份投资", "6月份投资"),
        ("2025年5月投资", "2025年6月投资"),
        ("其中：5月", "其中：6月"),
    ],
)
def test_numbers_of_one_period_are_emptied(own: str, after: str) -> None:
    found = may(own)
    assert in_column(found, after) == [None, None]
    assert own in messages(found, "flow_emptied")[0]
    assert in_column(found, "总投资（亿元）") == [5, 9]
    assert found.book["销号"]["G2"].value == 0.3


@pytest.mark.parametrize(
    "own",
    ["1-4月投资", "截至本月投资", "本月末余额", "至本月累计", "开工以来投资", "去年5月投资", "2024年投资", "批复投资"],
)
def test_numbers_of_how_things_stand_stay(own: str) -> None:
    found = may(own)
    assert in_column(found, own) == [0.1, 0.2]
    assert not messages(found, "flow_emptied")


def test_a_cumulative_column_of_the_period_follows_and_stays() -> None:
    assert in_column(may("1-5月投资"), "1-6月投资") == [0.1, 0.2]
    assert in_column(may("截至5月底投资"), "截至6月底投资") == [0.1, 0.2]


def test_a_text_of_one_period_is_emptied_and_what_was_planned_is_not() -> None:
    assert in_column(may("本月进展", "封顶", "掘进", "验收"), "本月进展") == [None, None]
    assert in_column(may("本月工作计划", "封顶", "掘进", "验收"), "本月工作计划") == ["封顶", "掘进"]
    assert in_column(may("本月计划投资"), "本月计划投资") == [None, None]


def test_a_column_for_each_month_is_a_record_and_stays() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 年度计划投资（亿元） | 4月投资 | 5月投资 | 6月投资 | 推进状态 |
    | 1 | 云溪水厂 | 县水务公司 | #1.2 | #0.1 | #0.2 | | 达序时 |
    """
    found = carry_on(xlsx(table), projects(), "台账2025-05.xlsx")
    assert [cell.value for cell in found.book["台账"][2]][3:7] == [1.2, 0.1, 0.2, None]


@pytest.mark.parametrize(
    ("headers", "marked"),
    [
        (("4月完成投资", "5月完成投资"), ""),
        (("4月份完成", "5月份完成"), ""),
        (("一季度完成投资", "二季度完成投资"), "二季度完成投资"),  # June is in it too
        (("1-4月完成投资", "1-5月完成投资"), ""),
        (("截至4月底完成投资", "截至5月底完成投资"), ""),
        (("第19周完成投资", "第20周完成投资"), ""),
        (("上旬完成投资", "中旬完成投资"), ""),
        (("2024年完成投资", "2025年完成投资"), "2025年完成投资"),
        (("截至2024年底累计完成投资", "1-5月完成投资"), "1-5月完成投资"),
        (("2023年以来完成投资", "已拨付资金"), "2023年以来完成投资、已拨付资金"),
        (("完成比例", "实际完成率"), "完成比例、实际完成率"),
    ],
)
def test_a_record_of_a_period_that_is_over_is_never_out_of_date(headers: tuple[str, str], marked: str) -> None:
    table = f"""
    | 序号 | 项目名称 | 责任单位 | 计划投资 | {headers[0]} | {headers[1]} | 推进状态 |
    | 1 | 云溪水厂 | 县水务公司 | #1.2 | #0.6 | 50% | 达序时 |
    | 2 | 青石隧道 | 县交投公司 | #1.2 | #0.7 | 51% | 达序时 |
    """
    found = carry_on(xlsx(table), projects(), "台账2025-05.xlsx")
    told = [f"“{name}”" for name in marked.split("、") if name]
    assert messages(found, "amounts_marked") == (["、".join(told) + "还是上期数，未办结的已标底色"] if told else [])
    assert [cell.value for cell in found.book["台账"][2]][4:6] == [0.6, "50%"]


def test_a_column_for_each_quarter_is_a_record_when_its_quarter_is_over() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 计划投资 | 一季度完成投资 | 二季度完成投资 | 推进状态 |
    | 1 | 云溪水厂 | 县水务公司 | #1.2 | #0.6 | #0.7 | 达序时 |
    """
    assert messages(carry_on(xlsx(table), projects(), "台账2025年二季度.xlsx"), "amounts_marked") == []


def test_the_month_beside_what_was_done_since_january() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 计划投资 | 1-5月完成 | 5月完成 | 推进状态 |
    | 1 | 云溪水厂 | 县水务公司 | #1.2 | #0.6 | #0.1 | 达序时 |
    | 合计 | | | #1.2 | #0.6 | #0.1 | |
    """
    found = carry_on(xlsx(table), projects(), "台账2025-05.xlsx")
    sheet = found.book["台账"]
    assert [cell.value for cell in sheet[1]][4:6] == ["1-6月完成", "6月完成"]
    assert [[cell.value for cell in sheet[row]][3:6] for row in (2, 3)] == [[1.2, 0.6, None], [1.2, 0.6, None]]


def test_a_formula_in_such_a_column_stays() -> None:
    table = MAY.format(own="本月完成", one="", two="", three="")
    found = carry_on(xlsx(table, G3="=F3-0.5", G4="=F4-0.7"), projects(), "台账2025-05.xlsx")
    assert in_column(found, "本月完成") == ["=F3-0.5", "=F4-0.7"]


def test_what_the_kind_declares_goes_before_the_header() -> None:
    def declared(**options: Any) -> Kind:
        by = projects()
        return replace(by, columns=(*by.columns, column("拨付", "拨付资金", "本月拨付", **options)))

    flow = declared(type=ColumnType.AMOUNT, unit="亿元", period=Holds.FLOW)
    stock = declared(type=ColumnType.AMOUNT, unit="亿元", period=Holds.STOCK)
    assert in_column(may("拨付资金", by=flow), "拨付资金") == [None, None]
    assert in_column(may("本月拨付", by=stock), "本月拨付") == [0.1, 0.2]
    assert in_column(may("本月拨付", by=declared(type=ColumnType.AMOUNT, unit="亿元")), "本月拨付") == [None, None]


def test_a_header_in_two_rows_says_it_together() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 年度计划投资（亿元） | 5月 | < | 推进状态 |
    | ^ | ^ | ^ | ^ | 投资 | 累计投资 | ^ |
    | 1 | 云溪水厂 | 县水务公司 | #1.2 | #0.1 | #0.6 | 达序时 |
    """
    found = carry_on(xlsx(table), projects(), "台账2025-05.xlsx")
    assert [cell.value for cell in found.book["台账"][1]][4] == "6月"
    assert [cell.value for cell in found.book["台账"][3]][3:6] == [1.2, None, 0.6]


# ---------------------------------------------------------------------------------------------- that grow


def rules(found: Next) -> dict[str, list[str]]:
    """The colours of the working sheet that compare with last period's numbers: cells → formulas."""
    sheet = found.book["台账"]
    listed = {str(one.sqref): [r.formula[0] for r in one.rules] for one in sheet.conditional_formatting}
    return {cells: formulas for cells, formulas in listed.items() if "上期数对照" in formulas[0]}


def test_a_number_that_grows_stays_in_sight_and_is_marked_until_it_is_changed() -> None:
    found = may("备案文号", "甲1", "乙2", "丙3")
    assert in_column(found, "累计完成投资（亿元）") == [0.6, 0.8]
    [(cells, [formula])] = rules(found).items()
    assert cells == "F3:F104"
    assert formula.startswith('AND($F3<>"",IFERROR(VLOOKUP($I3,上期数对照1,2,FALSE)=$F3,FALSE),')
    assert '$H3<>"已完工"' in formula
    kept = found.book["程序用"]
    at = next(c.column for c in kept[1] if c.value == "上期数对照1")
    assert [[kept.cell(r, at + n).value for n in (0, 1)] for r in (2, 3)] == [["2025-001", 0.6], ["2025-002", 0.8]]
    assert "上期数，未更新" in found.book["台账"]["F2"].comment.text
    assert messages(found, "amounts_marked") == ["“累计完成投资（亿元）”还是上期数，未办结的已标底色"]


def test_numbers_of_the_office_s_own_columns_are_marked_by_their_names() -> None:
    assert len(rules(may("已拨付资金"))) == 2
    assert len(rules(may("1-5月完成投资额"))) == 2
    assert len(rules(may("计划完成投资"))) == 1
    assert len(rules(may("本月完成投资"))) == 1
    assert len(rules(may("累计协调事项", "用地", "征迁", "无"))) == 1


def test_month_by_month_the_marks_and_their_hidden_copy_do_not_pile_up() -> None:
    found = may("已拨付资金")
    for _ in range(3):
        found = carry_on(found.data, projects(), found.name)
    assert len(rules(found)) == 2
    names = [cell.value for cell in found.book["程序用"][1] if cell.value]
    assert names.count("上期数对照1") == 3
    assert found.book.defined_names["上期数对照1"].attr_text.endswith("$3")


def test_a_header_that_is_merged_downwards_takes_the_remark() -> None:
    table = """
    | 序号 | 项目名称 | 责任单位 | 累计完成投资（亿元） | 投资 | < | 推进状态 |
    | ^ | ^ | ^ | ^ | 总投资 | 计划投资 | ^ |
    | 1 | 云溪水厂 | 县水务公司 | #0.6 | #5 | #1.2 | 达序时 |
    """
    found = carry_on(xlsx(table), projects(), "台账2025-05.xlsx")
    assert "上期数，未更新" in found.book["台账"]["D1"].comment.text
