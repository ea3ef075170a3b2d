"""Offices that keep one workbook with a sheet for each month: what counts as a period, and the next month's sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.drawing import saved, workbook, xlsx
from tests.support.office import CONFIG, Office, command

HEAD = "| 序号 | 存在问题及交办事项 | 承办单位 | 责任单位 | 完成时限 | 完成情况 | 备注 |\n"
TITLE = "| 云溪县决策事项台账（{}） | < | < | < | < | < | < |\n"


def month(*rows: str, title: str = "") -> str:
    """A sheet: its rows are `task | progress | status`."""
    lines = [
        f"| {n} | {task} | 县财政局 | 县财政局 | 2025年12月底前 | {progress} | {status} |"
        for n, (task, progress, status) in enumerate(([c.strip() for c in row.split("|")] for row in rows), 1)
    ]
    return (TITLE.format(title) if title else "") + HEAD + "\n".join(lines)


JANUARY = month("修桥 | 已开工。 | 正常推进", "修路 | 已选址。 | 正常推进", "建校 | 已交付。 | 完成")
FEBRUARY = month("修桥 | 已合龙。 | 正常推进", "修路 | 已通车。 | 完成")
MARCH = month("修桥 | 已通车。 | 完成", "引水 | 已立项。 | 正常推进")
MONTHS = {"1月": JANUARY, "2月": FEBRUARY, "3月": MARCH}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, CONFIG.replace("    opening: {closed: 55}", "    periods: sheets"))


def put(office: Office, name: str, sheets: dict[str, str] | bytes) -> Path:
    path = office.folder / "input" / "决策事项" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sheets if isinstance(sheets, bytes) else xlsx(*sheets.values(), names=list(sheets)))
    return path


def figures(office: Office, period: str) -> tuple[int, ...]:
    """Total, closed before, newly completed, open."""
    found = office.record(period)["figures"]
    return tuple(found[name] for name in ("total", "closed_before", "newly_completed", "open"))


def test_each_sheet_is_a_period(office: Office, capsys: Any) -> None:
    put(office, "2025年台账.xlsx", MONTHS)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)
    record = office.record("2025-03")
    assert (record["period"]["label"], record["prior"]["label"]) == ("2025年3月", "2025年2月")
    assert office.run("-p", "2025-02") == 0
    assert figures(office, "2025-02") == (3, 1, 1, 1)


@pytest.mark.parametrize(
    ("file", "names", "token"),
    [
        ("2025年台账.xlsx", ["一月", "二月", "三月"], "2025-03"),
        ("2025年台账.xlsx", ["3月", "2月", "1月"], "2025-03"),
        ("2025年台账.xlsx", ["01", "02", "03"], "2025-03"),
        ("2025年台账.xlsx", ["1月份进展", "2月份进展", "3月份进展"], "2025-03"),
        ("督查台账.xlsx", ["2025年1月", "2025年2月", "2025年3月"], "2025-03"),
        ("督查台账.xlsx", ["2025.01", "2025.02", "2025.03"], "2025-03"),
        ("督查台账.xlsx", ["202501", "202502", "202503"], "2025-03"),
        ("台账2025-03.xlsx", ["1月", "2月", "3月"], "2025-03"),
        ("台账（截至2025年1月）.xlsx", ["11月", "12月", "1月"], "2025-01"),
        ("督查台账.xlsx", ["2024年11月", "12月", "1月"], "2025-01"),
        ("督查台账.xlsx", ["11月", "12月", "2025年1月"], "2025-01"),
        ("2025年台账.xlsx", ["一季度", "二季度", "三季度"], "2025-Q3"),
        ("2025年台账.xlsx", ["第一季度", "第二季度", "第三季度"], "2025-Q3"),
        ("2025年台账.xlsx", ["1-1月", "1-2月", "1-3月"], "2025-01至2025-03"),
        ("2025年台账.xlsx", ["截至1月底", "截至2月底", "截至3月底"], "2025-03-31"),
    ],
)
def test_names_of_sheets(office: Office, capsys: Any, file: str, names: list[str], token: str) -> None:
    newest_first = names[0] == "3月"
    tables = list(MONTHS.values())
    put(office, file, dict(zip(names, reversed(tables) if newest_first else tables, strict=True)))
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, token) == (4, 2, 1, 1)


def test_the_year_of_a_title(office: Office, capsys: Any) -> None:
    sheets = {
        "1月": TITLE.format("2025年1月") + JANUARY,
        "2月": TITLE.format("2025年2月") + FEBRUARY,
        "3月": TITLE.format("2025年3月") + MARCH,
    }
    put(office, "督查台账.xlsx", sheets)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_months_that_are_over_may_be_hidden(office: Office, capsys: Any) -> None:
    book = workbook(*MONTHS.values(), names=list(MONTHS))
    book["1月"].sheet_state = book["2月"].sheet_state = "hidden"
    put(office, "2025年台账.xlsx", saved(book))
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_no_year_anywhere_is_an_error(office: Office, capsys: Any) -> None:
    put(office, "督查台账.xlsx", MONTHS)
    assert office.run() == 1
    assert "工作表“1月”、“2月”、“3月”看不出是哪一年" in capsys.readouterr().out


def test_copies_and_other_sheets_are_told_apart_and_said(office: Office, capsys: Any) -> None:
    more = {"3月 (2)": MARCH.replace("引水", "供气"), "2月备份": JANUARY, "Sheet2": JANUARY, "封面": "| 云溪县 |"}
    put(office, "2025年台账.xlsx", {**MONTHS, **more})
    assert office.run() == 0
    said = capsys.readouterr().out
    assert "工作表“3月 (2)”、“2月备份”、“Sheet2”像台账，名字却不是一个期次（或是备份、副本），没有算作一期" in said
    assert "工作表“封面”不是台账，没有读取" in said
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_a_month_to_come_is_no_period_until_something_is_filled_in(office: Office, capsys: Any) -> None:
    put(office, "2025年台账.xlsx", {**MONTHS, "4月": month("引水 | | "), "5月": HEAD})
    assert office.run() == 0
    assert "工作表“4月”、“5月”还没有填状态和进展，没有算作一期" in capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_an_empty_sheet_for_the_next_month_does_not_stand_in_its_way(office: Office, capsys: Any) -> None:
    path = put(office, "2025年台账.xlsx", {**MONTHS, "4月": HEAD + "| 1 | | | | | | |"})
    assert command(office, "next") == 0, capsys.readouterr().out
    made = load_workbook(path.with_name("台账2025-04.xlsx"))
    assert [s.title for s in made.worksheets if s.sheet_state == "visible"] == ["1月", "2月", "3月", "2025年4月", "4月"]
    capsys.readouterr()
    assert office.run() == 1
    assert "县财政局有1项没有填报本期情况" in capsys.readouterr().out


def test_books_that_repeat_older_months_count_these_once(office: Office, capsys: Any) -> None:
    put(office, "2025年台账2月.xlsx", {name: MONTHS[name] for name in ("1月", "2月")})
    put(office, "2025年台账3月.xlsx", MONTHS)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_books_that_contradict_each_other_are_refused_with_both_cells(office: Office, capsys: Any) -> None:
    put(office, "2025年台账2月.xlsx", {name: MONTHS[name] for name in ("1月", "2月")})
    put(office, "2025年台账3月.xlsx", {**MONTHS, "1月": JANUARY.replace("已选址", "已立项")})
    assert office.run() == 1
    said = capsys.readouterr().out
    assert "2025年1月有两张内容不同的表：2025年台账3月.xlsx“1月”F3与2025年台账2月.xlsx“1月”F3不一样" in said


def test_two_sheets_of_one_month_in_one_book(office: Office, capsys: Any) -> None:
    put(office, "2025年台账.xlsx", {**MONTHS, "三月": MARCH.replace("引水", "供气")})
    assert office.run() == 1
    assert "2025年3月有两张内容不同的表" in capsys.readouterr().out


def test_years_of_one_book_each(office: Office, capsys: Any) -> None:
    put(
        office,
        "2024年台账.xlsx",
        {"11月": month("修桥 | 已立项。 | 正常推进"), "12月": month("修桥 | 已招标。 | 正常推进")},
    )
    put(office, "2025年台账.xlsx", MONTHS)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)
    assert office.run("-p", "2024-12") == 0
    assert figures(office, "2024-12") == (1, 0, 0, 1)


def test_a_book_dropped_on_the_icon_means_its_newest_month(office: Office, capsys: Any, tmp_path: Path) -> None:
    put(office, "2024年台账.xlsx", {"12月": month("修桥 | 已招标。 | 正常推进")})
    (tmp_path / "桌面").mkdir()
    given = tmp_path / "桌面" / "2025年台账.xlsx"
    given.write_bytes(xlsx(*MONTHS.values(), names=list(MONTHS)))
    assert office.run(str(given)) == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_what_is_closed_counts_from_the_month_in_which_it_was(office: Office, capsys: Any) -> None:
    closed = "| 序号 | 存在问题及交办事项 | 承办单位 | 销号期次 |\n| 1 | 修路 | 县财政局 | 2025年2月 |\n| 2 | 修桥 | 县财政局 | 3月 |"
    sheets = {
        "1月": JANUARY,
        "2月": month("修桥 | 已合龙。 | 正常推进"),
        "3月": month("引水 | 已立项。 | 正常推进"),
        "销号": closed,
    }
    put(office, "2025年台账.xlsx", sheets)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_the_next_month_is_one_more_sheet_in_a_copy_of_the_book(office: Office, capsys: Any) -> None:
    book = workbook(*MONTHS.values(), names=list(MONTHS))
    book.worksheets[0]["H2"] = "=LEN(F2)+LEN(F3)"
    first = put(office, "2025年台账.xlsx", saved(book))
    before = first.read_bytes()
    assert command(office, "next") == 0, capsys.readouterr().out
    assert first.read_bytes() == before
    made = office.folder / "input/决策事项/台账2025-04.xlsx"
    new = load_workbook(made)
    assert [s.title for s in new.worksheets if s.sheet_state == "visible"] == ["1月", "2月", "3月", "4月"]
    assert [c.value for c in new["3月"]["B"]] == ["存在问题及交办事项", "修桥", "引水"]
    assert [c.value for c in new["4月"]["B"]] == ["存在问题及交办事项", "引水"]
    assert [c.value for c in new["3月"][3]][:7] == [
        "2",
        "引水",
        "县财政局",
        "县财政局",
        "2025年12月底前",
        "已立项。",
        "正常推进",
    ]
    assert [c.value for c in new["4月"][1]][5:8] == ["上期进展", "完成情况", "备注"]
    assert [c.value for c in new["4月"][2]][5:8] == ["已立项。", None, None]
    assert office.run("-p", "2025-03") == 0
    capsys.readouterr()
    assert office.run() == 1
    said = capsys.readouterr().out
    assert "县财政局有1项没有填报本期情况" in said
    assert "改过" not in said  # the older months stand in another file now, and say what they said
    new["4月"]["G2"], new["4月"]["H2"] = "已开工。", "正常推进"
    new.save(made)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-04") == (4, 3, 0, 1)
    assert command(office, "next") == 0, capsys.readouterr().out
    again = load_workbook(office.folder / "input/决策事项/台账2025-05.xlsx")
    assert [s.title for s in again.worksheets if s.sheet_state == "visible"] == ["1月", "2月", "3月", "4月", "5月"]
    capsys.readouterr()
    assert office.run("-p", "2025-04") == 0, capsys.readouterr().out
    assert figures(office, "2025-04") == (4, 3, 0, 1)


@pytest.mark.parametrize(
    ("names", "last", "order"),
    [
        (["3月", "2月", "1月"], "4月", ["4月", "3月", "2月", "1月"]),
        (["一季度", "二季度", "三季度"], "四季度", ["一季度", "二季度", "三季度", "四季度"]),
        (["10月", "11月", "12月"], "1月", ["10月", "11月", "12月", "1月"]),
        (["01", "02", "03"], "4", ["01", "02", "03", "4"]),
    ],
)
def test_the_name_of_the_next_sheet(office: Office, capsys: Any, names: list[str], last: str, order: list[str]) -> None:
    tables = list(MONTHS.values())
    put(office, "2025年台账.xlsx", dict(zip(names, reversed(tables) if names[0] == "3月" else tables, strict=True)))
    assert command(office, "next") == 0, capsys.readouterr().out
    (made,) = (
        path
        for path in (office.folder / "input/决策事项").glob("*.xlsx")
        if path.name != "2025年台账.xlsx" and "对应" not in path.name
    )
    assert [s.title for s in load_workbook(made).worksheets if s.sheet_state == "visible"] == order
    assert last in order


def test_sheets_go_out_from_the_newest_month_and_come_back(office: Office, capsys: Any) -> None:
    put(office, "2025年台账.xlsx", MONTHS)
    assert command(office, "split") == 0, capsys.readouterr().out
    (out,) = (office.output("2025-03") / "分发").glob("县财政局*.xlsx")
    book = load_workbook(out)
    assert [s.title for s in book.worksheets if s.sheet_state == "visible"] == ["3月", "填报说明"]
    book["3月"]["F2"] = "已勘测。"
    back = office.folder / "input/决策事项/退回"
    back.mkdir()
    book.save(back / out.name)
    assert command(office, "merge", "--apply") == 0, capsys.readouterr().out
    merged = load_workbook(office.folder / "input/决策事项/2025年台账.xlsx")
    assert (merged["3月"]["F3"].value, merged["2月"]["F3"].value) == ("已勘测。", "已通车。")
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2025-03") == (4, 2, 1, 1)


def test_a_book_without_a_period_in_any_name(office: Office, capsys: Any) -> None:
    put(office, "2025年台账.xlsx", {"重点": JANUARY, "其他": FEBRUARY})
    assert office.run() == 1
    assert "没有一张工作表的名字是期次" in capsys.readouterr().out


def test_old_files_of_one_period_each_stay_on_file(office: Office, capsys: Any) -> None:
    put(office, "台账2024-12.xlsx", {"台账": month("修桥 | 已招标。 | 正常推进")})
    put(office, "2025年台账.xlsx", MONTHS)
    assert office.run("-p", "2025-01") == 0, capsys.readouterr().out
    assert office.record("2025-01")["prior"]["label"] == "2024年12月"
