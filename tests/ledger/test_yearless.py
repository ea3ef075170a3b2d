"""A ledger whose file name tells a month and no year: its year by its title, by a day on it, or by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.drawing import xlsx
from tests.support.office import FEBRUARY, HEAD, JANUARY, Office, command
from tongbao.ledger.yearless import in_year, likely_year, names_part_of_year, told_of, with_year_in
from tongbao.words.periods import parse_period


def put(folder: Path, name: str, above: str = "", sheet: str = "台账", table: str = JANUARY) -> Path:
    path = folder / f"{name}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xlsx(above + HEAD + table.strip(), names=[sheet]))
    return path


@pytest.mark.parametrize(
    ("name", "above", "sheet", "expected"),
    [
        ("台账3月", "| 云溪县重点工作台账（2022年3月） |\n", "台账", "2022-03"),
        ("台账三月份", "| 云溪县2022年重点工作台账 |\n", "台账", "2022-03"),
        ("3月台账", "| 云溪县重点工作台账 |\n| 填报日期：2022年4月2日 |\n", "台账", "2022-03"),
        ("12月台账", "| 云溪县重点工作台账 |\n| 填报日期：2023-01-05 |\n", "台账", "2022-12"),
        ("台账3月", "| 重点工作台账 |\n| 截至2022年3月31日 |\n", "台账", "2022-03"),
        ("一季度台账", "| 2025年政府工作报告重点任务台账 |\n", "台账", "2025-Q1"),
        ("台账上半年", "| 2025年上半年重点任务台账 |\n", "台账", "2025-H1"),
        ("1-3月台账", "| 2025年重点任务台账 |\n", "台账", "2025-01至2025-03"),
        ("台账3月", "", "2022年3月", "2022-03"),
        ("2022年/台账3月", "", "台账", "2022-03"),
        ("台账3月", "| 二〇二二年三月台账 |\n", "台账", "2022-03"),
        ("台账3月", "| 2021年立项、2022年实施的重点工作台账（2022年3月） |\n", "台账", "2022-03"),
        ("台账1月", "| 根据2021年12月29日会议整理 |\n| 2022年1月台账 |\n", "台账", "2022-01"),
        # nothing says it, or several things do
        ("台账3月", "", "台账", ""),
        ("台账3月", "| 2021年、2022年重点工作台账 |\n", "台账", ""),
        ("台账1月", "| 根据2021年12月29日会议整理 |\n", "台账", ""),
        ("台账", "| 2022年3月台账 |\n", "台账", ""),
    ],
)
def test_the_year(tmp_path, name, above, sheet, expected):
    found = told_of(put(tmp_path, name, above, sheet), {})
    assert (found.period.token if found else "") == expected


@pytest.mark.parametrize("stem", ["台账", "2022年台账", "台账2022-03", "第3次会议", "三农台账", "第20周"])
def test_no_month_without_a_year(stem):
    assert not names_part_of_year(stem)


@pytest.mark.parametrize(
    ("stem", "others", "year"),
    [
        ("台账3月", ["2022-01", "2022-02"], 2022),
        ("台账1月", ["2022-11", "2022-12"], 2023),
        ("台账3月", [], 0),
        ("三季度", ["2022-Q1", "2022-Q2"], 2022),
    ],
)
def test_the_likeliest_year_follows_the_others(stem, others, year):
    assert likely_year(stem, [p for text in others if (p := parse_period(text))]) == year


@pytest.mark.parametrize(
    ("stem", "said"),
    [("台账3月", "台账2022年3月"), ("三季度台账", "2022年三季度台账"), ("重点（上半年）", "重点（2022年上半年）"), ("1-3月", "2022年1-3月")],
)  # fmt: skip
def test_the_name_that_is_proposed_is_one_that_tells_it(stem, said):
    assert with_year_in(stem, 2022) == said
    assert parse_period(said) == in_year(stem, 2022)


# ---------------------------------------------------------------------------------------------- runs


def test_a_run_takes_the_year_from_the_title_and_says_so_once(tmp_path, capsys):
    office = Office(tmp_path)
    folder = tmp_path / "input/决策事项"
    put(folder, "台账1月", "| 2022年1月台账 |\n")
    put(folder, "台账2月", "| 2022年2月台账 |\n", table=FEBRUARY)
    assert office.run() == 0
    said = capsys.readouterr().out
    assert "“台账2月.xlsx”按表上写的“2022年2月台账”定为2022年2月" in said
    assert said.count("文件名没有写年份") == 1
    assert office.record("2022-02")["period"]["label"] == "2022年2月"
    assert command(office, "next") == 0
    assert [path.name for path in folder.glob("*3*")] != []


def test_without_a_console_it_is_one_line_that_says_what_to_write(tmp_path, capsys):
    office = Office(tmp_path)
    office.ledger("2022-01", JANUARY)
    put(tmp_path / "input/决策事项", "台账2月", table=FEBRUARY)
    assert office.run() == 1
    said = capsys.readouterr().out
    assert "文件名“台账2月.xlsx”只有月份、季度，没有年份" in said
    assert "如“台账2022年2月.xlsx”" in said


@pytest.mark.parametrize(("typed", "period"), [("2022", "2022-02"), ("", "2022-02"), ("2023年", "2023-02")])
def test_at_a_console_it_is_asked_once(tmp_path, capsys, monkeypatch, typed, period):
    for module in ("outside.screen", "run.years"):
        monkeypatch.setattr(f"tongbao.{module}.has_console", lambda: True)
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return str(typed)

    monkeypatch.setattr("builtins.input", answer)
    office = Office(tmp_path)
    office.ledger("2022-01", JANUARY)
    put(tmp_path / "input/决策事项", "台账2月", table=FEBRUARY)
    assert office.run() == 0
    assert len(asked) == 1
    assert "直接回车就是2022年" in asked[0]
    assert office.record(period)
    assert office.run() == 0
    assert len(asked) == 1


def test_a_ledger_on_the_desktop_is_asked_about_too(tmp_path, monkeypatch):
    for module in ("outside.screen", "run.years"):
        monkeypatch.setattr(f"tongbao.{module}.has_console", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "2022")
    office = Office(tmp_path)
    office.ledger("2022-01", JANUARY)
    path = put(tmp_path / "桌面", "台账2月", table=FEBRUARY)
    assert office.run(str(path)) == 0
    assert office.record("2022-02")
    assert [p.name for p in path.parent.iterdir()] == [path.name]
