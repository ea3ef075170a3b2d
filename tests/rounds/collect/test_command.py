"""`split` and `merge` as the clerk uses them: out to the units, filled in, and back into one ledger."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.office import FEBRUARY, JANUARY, Office, command


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.ledger("2022-02-07", FEBRUARY)
    return office


def sent(office: Office) -> dict[str, Path]:
    """The sheets that went out, by unit."""
    folder = office.output("2022-02-07") / "分发"
    return {path.name.split("——")[0]: path for path in folder.glob("*.xlsx")}


def answer(office: Office, unit: str, header: str, text: str) -> None:
    """A unit fills in its first row and sends the sheet back."""
    back = office.folder / "input/决策事项/退回"
    back.mkdir(exist_ok=True)
    book = load_workbook(shutil.copy(sent(office)[unit], back))
    sheet = next(s for s in book.worksheets if any(c.value == header for row in s.iter_rows() for c in row))
    head = next(c for row in sheet.iter_rows() for c in row if c.value == header)
    row = next(r for r in range(head.row + 1, sheet.max_row + 1) if sheet.cell(r, 1).value in (1, "1", 3, "3"))
    sheet.cell(row, head.column).value = text
    book.save(back / sent(office)[unit].name)


def test_each_unit_gets_its_open_rows(office, capsys):
    assert command(office, "split", "-r", "决策事项") == 0
    assert set(sent(office)) == {"青石镇", "县财政局"}
    assert "分发给2个单位，共2行次" in capsys.readouterr().out


def test_what_comes_back_goes_into_a_new_ledger(office, capsys):
    before = (office.folder / "input/决策事项/台账2022-02-07.xlsx").read_bytes()
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定报告已经上报。")
    assert command(office, "merge") == 0
    said = capsys.readouterr().out
    assert "退回1个单位，未退回1个" in said
    assert "没有退回：县财政局" in said
    assert "采纳1" in said
    (merged,) = (office.output("2022-02-07") / "汇总").glob("*（汇总）.xlsx")
    texts = [c.value for row in load_workbook(merged).worksheets[0].iter_rows() for c in row]
    assert "鉴定报告已经上报。" in texts
    assert (office.folder / "input/决策事项/台账2022-02-07.xlsx").read_bytes() == before


def test_nothing_came_back(office, capsys):
    assert command(office, "merge") == 1
    assert "还没有退回的表" in capsys.readouterr().out


def test_a_file_of_somebody_else_is_told(office, capsys):
    command(office, "split")
    answer(office, "青石镇", "完成情况", "已上报。")
    (office.folder / "input/决策事项/退回/通知.xlsx").write_bytes(
        (office.folder / "input/决策事项/台账2022-02-07.xlsx").read_bytes()
    )
    assert command(office, "merge") == 1
    assert "这不是由本程序分发出去的表" in capsys.readouterr().out


def test_the_period_that_is_asked_for_is_sent_out(office, capsys):
    office.ledger("2022-01-19", JANUARY)
    assert command(office, "split", "-p", "2022-01-19") == 0
    assert (office.output("2022-01-19") / "分发").is_dir()
    assert not (office.output("2022-02-07") / "分发").exists()
    assert command(office, "split", "-p", "2021-12") == 1
    assert "没有2021年12月的台账" in capsys.readouterr().out
