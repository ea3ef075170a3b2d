"""`next` and `new` as the clerk uses them: a run on the carried ledger accounts for every row."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.folders import TEMPLATES
from tests.support.office import CONFIG, FEBRUARY, JANUARY, Office, command, sample_office
from tongbao.config.kind_file import kind_names
from tongbao.excel.sheets import open_book


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.ledger("2022-01-19", JANUARY)
    office.ledger("2022-02-07", FEBRUARY)
    return office


def test_the_next_ledger_run_without_an_edit(office):
    before = {f: f.read_bytes() for f in office.folder.glob("input/*/*")}
    assert command(office, "next", "-p", "2022-03-01") == 0
    assert {f: f.read_bytes() for f in before} == before
    assert office.run("--unfilled", "照上期") == 0
    figures = office.record("2022-03-01")["figures"]
    assert (figures["closed_before"], figures["newly_completed"], figures["open"], figures["dropped"]) == (56, 0, 2, 0)


def test_a_day_cannot_tell_what_follows_it(office, capsys):
    assert command(office, "next") == 2
    assert "用 -p 写明下一期" in capsys.readouterr().out


def test_a_period_that_is_over(office, capsys):
    assert command(office, "next", "-p", "2022-02-01") == 2
    assert "2022年2月1日不在最新一期（2022年2月7日）之后" in capsys.readouterr().out


def test_an_office_renumbers_by_habit(tmp_path, capsys):
    for habit, numbers in (("", ["1", "3"]), ("    renumber: true\n", ["1", "2"])):
        office = Office(_folder(tmp_path, habit), CONFIG + habit)
        office.ledger("2022-01-19", JANUARY)
        office.ledger("2022-02-07", FEBRUARY)
        assert command(office, "next", "-p", "2022-03-01") == 0
        assert ("序号没有重编" in capsys.readouterr().out) is not bool(habit)
        (made,) = office.folder.glob("input/*/*2022-03-01*")
        cells = [str(c.value) for c in load_workbook(made).worksheets[0]["A"]]
        assert [text for text in cells if text.isdigit()] == numbers


def _folder(parent, habit):
    folder = parent / ("anew" if habit else "kept")
    folder.mkdir()
    return folder


def test_nothing_is_overwritten(office, capsys):
    command(office, "next", "-p", "2022-03-01")
    (made,) = office.folder.glob("input/*/*2022-03-01*")
    made.rename(made.with_name("移走.xlsx"))
    made.write_bytes(b"mine")
    (made.parent / "移走.xlsx").unlink()
    made.rename(made.with_name("台账2022-03-01.xlsx"))
    assert command(office, "next", "-p", "2022-03-01") != 0
    assert (made.parent / "台账2022-03-01.xlsx").read_bytes() == b"mine"


def test_a_ledger_that_nobody_filled_in_is_not_carried_on(office, capsys):
    command(office, "next", "-p", "2022-03-01")
    assert command(office, "next", "-p", "2022-04-01") == 2
    assert "“台账2022-03-01.xlsx”还没有填写进展" in capsys.readouterr().out


def test_of_rows_that_share_their_text_nothing_is_asked_and_nothing_told(tmp_path, capsys):
    office = Office(tmp_path)
    rows = "\n".join(
        f"| {n} | 工程 | 县水利局 | 清理河道。 | {unit} | | 在办。 | |" for n, unit in ((1, "青石镇"), (2, "县财政局"))
    )
    office.ledger("2022-01", rows)
    assert command(office, "next") == 0
    assert (tmp_path / "input" / "决策事项" / "对应关系.xlsx").exists()
    capsys.readouterr()
    assert office.run("--unfilled", "未报送") == 0
    assert "对应关系" not in capsys.readouterr().out


# The status of each of four problems by month; an item leaves the sheet, where it is deleted, the month after 已销号.
STATUSES = {
    1: ("正在整改", "正在整改", "正在整改", "待验收"),
    2: ("待验收", "正在整改", "已整改待验收", "待验收"),
    3: ("待验收", "正在整改", "已销号", "已销号"),
    4: ("已销号", "待验收", "已销号", "已销号"),
    5: ("已销号", "待验收", "已销号", "已销号"),
}
# By month: newly completed, completed, 待验收, 已销号, open.
COUNTS = {1: (None, 1, 1, 0, 3), 2: (2, 3, 3, 0, 1), 3: (0, 3, 1, 2, 1), 4: (1, 4, 1, 3, 0), 5: (0, 4, 1, 3, 0)}
PROBLEMS = ("清理违建", "修复护坡", "追回补贴", "补办手续")


def final(month, item):
    """Was an item accepted before this month?"""
    return month > 1 and STATUSES[month - 1][item] == "已销号"


def by_hand(office, month, habit):
    """The ledger of a month in the hand-kept habits: accepted items are kept in the sheet, or deleted."""
    rows = (
        f"| {n + 1} | {task} | 县水利局 | {'验收通过' if final(month, n) else f'{month}月进展'} | {STATUSES[month][n]} |"
        for n, task in enumerate(PROBLEMS)
        if not (habit == "delete" and final(month, n))
    )
    head = "| 序号 | 反馈问题 | 责任单位 | 整改进展 | 整改状态 |\n"
    office.ledger(f"2025-{month:02}", "\n".join(rows), "整改", head)


def with_next(office, month):
    """The ledger that `next` prepares, filled in: progress and status of what is in the working sheet."""
    assert command(office, "next") == 0
    path = office.folder / "input" / "整改" / f"台账2025-{month:02}.xlsx"
    book = load_workbook(path)
    sheet = book["台账"]
    columns = {cell.value: n for n, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row + 1):
        item = PROBLEMS.index(sheet.cell(row, columns["反馈问题"]).value)
        before, status = STATUSES[month - 1][item], sheet.cell(row, columns["整改状态"])
        assert status.value == (before if "待验收" in before else None)
        status.value = STATUSES[month][item]
        sheet.cell(row, columns["整改进展"]).value = f"{month}月进展"
    book.save(path)
    return [sheet.cell(row, columns["反馈问题"]).value for row in range(2, sheet.max_row + 1)]


@pytest.mark.parametrize("habit", ["keep", "delete", "next"])
def test_the_two_steps_of_an_ending_are_counted_each_in_its_month(tmp_path, habit):
    reports = "reports:\n  - {name: 整改, kind: rectification, title: 关于问题整改情况的通报}\n"
    office = Office(tmp_path, "office: {name: 云溪县人民政府督查室}\n" + reports)
    sheets = {}
    for month, expected in COUNTS.items():
        if habit == "next" and month > 1:
            sheets[month] = with_next(office, month)
        else:
            by_hand(office, month, habit)
        assert office.run() == 0
        record = office.record(f"2025-{month:02}", "整改")
        figures, labels = record["figures"], record["labels"]
        counts = [labels.get(name, {}).get("count", 0) for name in ("待验收", "已销号")]
        assert (
            figures.get("newly_completed"),
            figures["completed"],
            *counts,
            figures["open"],
        ) == expected
        assert figures["total"] == 4
    if habit == "next":
        assert sheets == {2: [*PROBLEMS], 3: [*PROBLEMS], 4: [*PROBLEMS[:2]], 5: [PROBLEMS[1]]}


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_every_kind_is_carried_on(tmp_path, kind):
    office, _ = sample_office(tmp_path, kind)
    folder = tmp_path / "input" / kind
    folder.mkdir(parents=True)
    for ledger in (TEMPLATES / kind / "sample").glob("*.xlsx"):
        (folder / ledger.name).write_bytes(ledger.read_bytes())
    text = office.config.read_text(encoding="utf-8")
    office.config.write_text(text.replace(str(TEMPLATES / kind / "sample"), str(folder)), encoding="utf-8")
    office.run()
    before = sorted((tmp_path / "output" / kind).iterdir())
    open_then = office.record(before[-1].name, kind)["figures"]["open"]
    assert command(office, "next", "-p", "2026-12-31") == 0
    assert office.run("--unfilled", "照上期") == 0
    figures = office.record("2026-12-31", kind)["figures"]
    assert (figures["newly_completed"], figures["dropped"], figures["added"]) == (0, 0, 0)
    assert figures["open"] == open_then


def test_an_empty_ledger_of_a_kind(tmp_path, capsys):
    office = Office(tmp_path)
    assert command(office, "new", "meeting-decisions", "-p", "2022-03") == 0
    (made,) = tmp_path.glob("input/决策事项/*2022-03*.xlsx")
    book, problems = open_book(made)
    assert not problems
    assert book is not None
    assert "填表说明" in [s.name for s in book.sheets]
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    assert command(office, "new", "meeting-decisions", "-p", "2022-03") == 2
    assert hashlib.sha256(made.read_bytes()).hexdigest() == digest


def test_an_empty_ledger_is_of_this_month_unless_told(tmp_path):
    office = Office(tmp_path)
    assert command(office, "new", "annual-tasks") == 0
    assert list(tmp_path.glob(f"input/年度重点工作任务/*{datetime.now():%Y-%m}.xlsx"))


def test_new_wants_a_kind(tmp_path, capsys):
    assert command(Office(tmp_path), "new") == 2
    assert command(Office(tmp_path), "new", "meeting-decision") == 2
    assert "是不是“meeting-decisions”？" in capsys.readouterr().out


def test_an_item_typed_anew_goes_on_as_the_one_it_is(tmp_path):
    """Done in January, moved to 销号 by `next`, typed anew in February with that row left: in March all is in order."""
    office = Office(
        tmp_path,
        "office: {name: 云溪县人民政府督查室}\nreports:\n  - {name: 决策事项, kind: meeting-decisions, title: 关于决策事项的通报}\n",
    )
    head = "| 序号 | 交办事项 | 承办单位 | 完成情况 | 备注 |\n"
    office.ledger(
        "2025-01",
        "| 1 | 整治河道 | 县水利局 | 在办。 | 正常推进 |\n| 2 | 改造路灯 | 县城管局 | 已完工。 | 完成 |",
        head=head,
    )
    made = tmp_path / "input" / "决策事项"
    for month in (2, 3):
        assert command(office, "next") == 0
        path = made / f"台账2025-{month:02}.xlsx"
        book = load_workbook(path)
        sheet = book["台账"] if "台账" in book.sheetnames else book.worksheets[0]
        columns = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
        if month == 2:
            for name, value in (("序号", 3), ("交办事项", "改造路灯"), ("承办单位", "县城管局")):
                sheet.cell(3, columns[name]).value = value
        for row in (2, 3):
            sheet.cell(row, columns["完成情况"]).value = f"{month}月的进展。"
            sheet.cell(row, columns["备注"]).value = "需加快推进"
        book.save(path)
        assert office.run() == 0
        figures = office.record(f"2025-{month:02}")["figures"]
        assert (figures["total"], figures["open"], figures["reopened"]) == (2, 2, 1 if month == 2 else 0)
    closed = load_workbook(made / "台账2025-03.xlsx")["销号"]
    assert [cell.value for row in closed.iter_rows(min_row=2) for cell in row if cell.value == "改造路灯"] == []
