"""The year of a month without one: setup and every run say the same, wherever it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.drawing import saved, workbook
from tests.support.first_days import Layout
from tests.support.first_talk import Talk, circular, set_up
from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import load_kind
from tongbao.config.vocabulary_file import load_vocabulary
from tongbao.excel import sheets
from tongbao.ledger.yearless import told_of
from tongbao.rounds.first_day.dating import dated, told_until, year_of_cells
from tongbao.rounds.first_day.survey import TableSeen, survey

TABLE = """
| 序号 | 督办事项 | 责任单位 | 完成时限 | 进展情况 | 办理状态 |
| 1 | 维修县城路灯二百盏 | 县住建局 | 9月 | 维修五十盏 | 正在办理 |
| 2 | 排查校园周边隐患 | 县公安局 | 8月 | 排查完毕 | 已办结 |
"""

YEARLESS = {
    "标题": ("台账3月.xlsx", "| 云溪县2025年重点督办事项台账 |", "表", "2025-03"),
    "年初填报的去年12月": ("台账12月.xlsx", "| 督办事项台账 |\n| 填报日期：2026年1月5日 |", "表", "2025-12"),
    "年底填报的当月": ("台账12月.xlsx", "| 督办事项台账 |\n| 填报日期：2025年12月28日 |", "表", "2025-12"),
    "根据去年的方案": (
        "台账3月.xlsx",
        "| 2025年督办事项台账 |\n| 根据2023年12月印发的方案，每月填报 |",
        "表",
        "2025-03",
    ),
    "工作表名": ("台账一季度.xlsx", "| 督办事项台账 |", "2025年", "2025-Q1"),
    "标题里是同一个月": ("台账5月.xlsx", "| 督办事项台账（2025年5月） |\n| 起草于2024年的任务 |", "表", "2025-05"),
    "文件夹名": ("2025年/台账5月.xlsx", "| 督办事项台账 |", "表", "2025-05"),
    "上半年": ("上半年台账.xlsx", "| 2025年督办事项台账 |", "表", "2025-H1"),
}


@pytest.mark.parametrize(("file", "above", "sheet", "token"), YEARLESS.values(), ids=YEARLESS.keys())
def test_a_run_and_setup_take_the_same_year(tmp_path: Path, file: str, above: str, sheet: str, token: str) -> None:
    path = tmp_path / "桌面" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    data = saved(workbook(f"{above}\n{TABLE.strip()}", names=[sheet]))
    path.write_bytes(data)
    book, _ = sheets.parse(data, path.name)
    assert book
    found = dated(path, survey(book, load_kind(TEMPLATES, "general").vocabulary).tables)
    told = told_of(path, {})
    assert told
    assert found.period
    assert (found.period.token, told.period.token) == (token, token)


def test_years_that_differ_say_nothing_to_either(tmp_path: Path) -> None:
    path = tmp_path / "台账3月.xlsx"
    data = saved(workbook(f"| 2024年、2025年督办事项台账 |\n{TABLE.strip()}"))
    path.write_bytes(data)
    book, _ = sheets.parse(data, path.name)
    assert book
    assert dated(path, survey(book, load_kind(TEMPLATES, "general").vocabulary).tables).period is None
    assert told_of(path, {}) is None


MONTHS = {"11月": "在办", "12月": "在办", "1月": "已办结"}


def test_months_over_the_turn_of_the_year_are_those_that_a_run_reads(tmp_path: Path) -> None:
    tables = [TABLE.replace("正在办理", state) for state in MONTHS.values()]
    path = tmp_path / "桌面" / "督办台账（2025年1月）.xlsx"
    path.parent.mkdir()
    path.write_bytes(saved(workbook(*tables, names=MONTHS)))
    assert set_up(tmp_path, path) == 0
    assert sorted(it.name for it in (tmp_path / "output").glob("*/*") if it.is_dir() and it.name[0] == "2") == [
        "2025-01"
    ]


def test_a_book_of_months_whose_headings_say_the_year_is_kept_under_a_name_that_does(tmp_path: Path) -> None:
    table = TABLE.replace("正在办理", "滞后").strip().splitlines()
    later = TABLE.strip().splitlines()
    tables = [
        "\n".join([table[0], "| 一、2025年第2次会议 |", *table[1:]]),
        "\n".join([later[0], "| 二、2025年第3次会议 |", *later[1:]]),
    ]
    path = tmp_path / "桌面" / "督办台账.xlsx"
    path.parent.mkdir()
    path.write_bytes(saved(workbook(*tables, names=["3月", "4月"])))
    assert set_up(tmp_path, path) == 0
    assert [it.name for it in (tmp_path / "input").glob("*/*.xlsx")] == ["2025年督办台账.xlsx"]


OF_ITS_TIME = """
| {title} |
| 序号 | 事项 | 责任单位 | 时限 | {progress} |
| 1 | 修缮旧桥 | 县交通局 | {deadline} | 施工 |
| 2 | 清理河道 | 县水利局 | {deadline} | 三成 |
"""


def tables(title: str = "督办事项台账", progress: str = "进展", deadline: str = "6月底") -> tuple[TableSeen, ...]:
    """The only table of a workbook."""
    data = saved(workbook(OF_ITS_TIME.format(title=title, progress=progress, deadline=deadline), names=["a"]))
    book, _ = sheets.parse(data, "台账.xlsx")
    assert book
    return survey(book, load_vocabulary(TEMPLATES)).tables


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("台账4.30", (4, 30), (4, 30)),
        ("台账0430", (4, 30), (4, 30)),
        ("台账4-30（终稿）", (4, 30), (4, 30)),
        ("隐患（第18周4.28-5.4）", (4, 28), (5, 4)),
        ("周报4.21-4.25", (4, 21), (4, 25)),
        ("清单（4月30日更新）", (4, 30), (4, 30)),
        ("周报20250512-0518", (5, 12), (5, 18)),
        ("重点项目1.5亿元台账5月", (5, 1), (5, 31)),
        ("台账5月V1.2", (5, 1), (5, 31)),
    ],
)
def test_a_day_without_its_year_has_that_of_the_title(name: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    found = dated(Path(f"桌面/{name}.xlsx"), tables("2025年督办事项台账")).period
    assert found
    assert (found.first, found.last) == (date(2025, *first), date(2025, *last))


def test_a_name_of_one_day_and_a_title_of_its_week_is_that_week() -> None:
    found = dated(Path("桌面/交办单20250317.xlsx"), tables("周期：2025年3月17日至3月21日")).period
    assert found
    assert (found.first, found.last) == (date(2025, 3, 17), date(2025, 3, 21))


def test_a_name_of_one_day_in_the_month_of_its_title_stays_that_day() -> None:
    found = dated(Path("桌面/交办单20250317.xlsx"), tables("2025年3月交办单")).period
    assert found
    assert found.last == date(2025, 3, 17)


def test_headers_tell_the_period_where_nothing_else_does() -> None:
    found = dated(Path("桌面/推进表（新）.xlsx"), tables(progress="截至2025年5月底进展"))
    assert found.period
    assert found.period.last == date(2025, 5, 31)
    assert found.told_by == "“截至2025年5月底进展”一栏的表头"


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("截至5月底进展情况", 5),
        ("二季度完成情况", 6),
        ("1-9月完成投资", 9),
        ("三季度工作打算", 0),
        ("6月底前完成目标", 0),
        ("进展", 0),
    ],
)
def test_only_headers_of_what_was_done_tell_a_time(header: str, month: int) -> None:
    until = told_until(header)
    assert (until.month if until else 0) == month


@pytest.mark.parametrize(
    ("deadline", "year"), [("2025年6月底", 2025), ("2025-06-30", 2025), ("6月底", 0), ("2025个", 0)]
)
def test_the_year_of_most_dates_is_that_of_the_lines(deadline: str, year: int) -> None:
    assert year_of_cells(tables(deadline=deadline)) == year


def _yearless(*months: str) -> Layout:
    table = """
    | 序号 | 存在问题 | 责任单位 | 整改时限 | 整改进展 | 整改状态 |
    | 1 | 清理占道经营摊点 | 县城管局 | 9月底 | {}初又劝导一轮 | 正在整改 |
    | 2 | 修复破损公益广告 | 县委宣传部 | 8月底 | 广告已全部更换 | 已整改 |
    """
    return Layout({f"点位问题清单{month}.xlsx": {"Sheet1": table.format(month)} for month in months}, {})


def test_a_year_that_is_said_of_one_ledger_is_that_of_the_others(tmp_path: Path) -> None:
    talk = Talk(["2025年5月", "", ""])
    paths = _yearless("5月", "6月", "7月").write(tmp_path / "桌面")
    assert talk.does("setup", "-c", tmp_path / "config.yaml", *paths) == 0
    assert sum("是哪一期的台账" in question for question in talk.asked) == 1
    assert circular(tmp_path).parent.name == "2025-07"


def test_but_not_across_the_turn_of_a_year(tmp_path: Path) -> None:
    talk = Talk(["2025年1月", "2024年12月", "", ""])
    paths = _yearless("1月", "12月").write(tmp_path / "桌面")
    assert talk.does("setup", "-c", tmp_path / "config.yaml", *paths) == 0
    assert circular(tmp_path).parent.name == "2025-01"
