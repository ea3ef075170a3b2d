"""`split` and `merge` as the clerk uses them: out to the units, filled in, and back into one ledger."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.office import CONFIG, FEBRUARY, JANUARY, Office, command
from tongbao.model import column_letters
from tongbao.run import cli, collecting


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.ledger("2022-02-07", FEBRUARY)
    return office


def sent(office: Office) -> dict[str, Path]:
    """The sheets that went out, by unit."""
    folder = office.output("2022-02-07") / "分发"
    return {path.name.split("——")[0]: path for path in folder.glob("*.xlsx")}


def answer(office: Office, unit: str, header: str, text: str, name: str = "") -> None:
    """A unit fills in its first row and sends the sheet back."""
    back = office.folder / "input/决策事项/退回"
    back.mkdir(exist_ok=True)
    book = load_workbook(shutil.copy(sent(office)[unit], back))
    sheet = next(s for s in book.worksheets if any(c.value == header for row in s.iter_rows() for c in row))
    head = next(c for row in sheet.iter_rows() for c in row if c.value == header)
    row = next(r for r in range(head.row + 1, sheet.max_row + 1) if sheet.cell(r, 1).value in (1, "1", 3, "3"))
    sheet.cell(row, head.column).value = text
    (back / sent(office)[unit].name).unlink()
    book.save(back / (name or sent(office)[unit].name))


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


def test_ids_have_a_column_of_their_own_beside_what_stands_there(office):
    file = office.folder / "input/决策事项/台账2022-02-07.xlsx"
    book = load_workbook(file)
    sheet = book.worksheets[0]
    right = sheet.max_column
    last = column_letters(right)
    sheet.merge_cells(f"{last}{sheet.max_row}:{column_letters(right + 2)}{sheet.max_row}")
    sheet.cell(sheet.max_row - 1, right + 3).value = "催办过两次"
    book.save(file)
    assert command(office, "split") == 0
    answer(office, "青石镇", "完成情况", "鉴定报告已经上报。")
    assert command(office, "merge", "--apply") == 0
    cells = [cell for row in load_workbook(file).worksheets[0].iter_rows() for cell in row]
    assert "催办过两次" in [cell.value for cell in cells]
    assert {cell.column for cell in cells if str(cell.value).startswith(("编号", "2022-0"))} == {right + 4}


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


# ---------------------------------------------------------------------------------------------- into its place

JOINT = """
| 2022年1月5日第一次会议决策事项 |
| 1 | 金石水库加固 | | 完成大坝安全鉴定。 | 青石镇、县财政局 | 2022年3月底 | | | 鉴定工作 |
| 2 | 老旧小区改造 | | 完成二期施工招标。 | 县财政局 | | | | 招标工作 |
"""


def ledger_of(office: Office) -> Path:
    return office.folder / "input/决策事项/台账2022-02-07.xlsx"


def progress(office: Office) -> list[Any]:
    """The column 完成情况 of the period's ledger."""
    return [row[6].value for row in load_workbook(ledger_of(office)).worksheets[0].iter_rows(min_row=3)]


def test_the_merged_ledger_is_put_in_place_and_the_next_run_counts_it(office, capsys):
    before = ledger_of(office).read_bytes()
    command(office, "split")
    answer(office, "青石镇", "备注", "完成")
    assert command(office, "merge", "--apply") == 0
    assert "已用汇总后的台账替换“台账2022-02-07.xlsx”" in capsys.readouterr().out
    kept = office.folder / "input/决策事项/备份/台账2022-02-07（汇总前1）.xlsx"
    assert kept.read_bytes() == before
    office.run()
    assert office.record("2022-02-07")["figures"]["open"] == 1
    assert "同一期" not in capsys.readouterr().out


def test_an_answer_of_a_joint_unit_that_comes_late_joins_the_first(tmp_path):
    office = Office(tmp_path)
    office.ledger("2022-02-07", JOINT)
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定已委托。")
    command(office, "merge", "--apply", "--joint", "合写")
    assert progress(office) == ["鉴定已委托。", None]
    answer(office, "县财政局", "完成情况", "资金已列支。")
    command(office, "merge", "--apply", "--joint", "合写")
    assert progress(office) == ["青石镇：鉴定已委托；县财政局：资金已列支。", None]


def test_what_the_office_wrote_after_a_merge_stays(office):
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定报告已经上报。")
    command(office, "merge", "--apply")
    book = load_workbook(ledger_of(office))
    book.worksheets[0]["G3"] = "督查室核实：尚未上报。"
    book.save(ledger_of(office))
    answer(office, "青石镇", "完成情况", "鉴定报告已经批复。")
    assert command(office, "merge", "--apply") == 0
    assert progress(office)[0] == "督查室核实：尚未上报。"


def test_a_merged_ledger_that_the_clerk_has_edited_is_not_passed_over(office, capsys):
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定报告已经上报。")
    command(office, "merge")
    (merged,) = (office.output("2022-02-07") / "汇总").glob("*（汇总）.xlsx")
    book = load_workbook(merged)
    book.worksheets[0]["G3"] = "督查室改过。"
    book.save(merged)
    before = ledger_of(office).read_bytes()
    assert command(office, "merge", "--apply") == 1
    assert "有人改动过" in capsys.readouterr().out
    assert ledger_of(office).read_bytes() == before


def test_the_choice_for_joint_answers_may_stand_in_the_settings(tmp_path):
    office = Office(tmp_path, CONFIG.rstrip() + "\n    joint_returns: 牵头\n    returns_by: {2022-02-07: 2022-02-05}\n")
    office.ledger("2022-02-07", JOINT)
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定已委托。")
    answer(office, "县财政局", "完成情况", "资金已列支。", "财政局.xlsx")
    command(office, "merge", "--apply")
    assert progress(office)[0] == "鉴定已委托。"


def test_a_unit_is_urged_in_words_that_can_be_mailed(office):
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定报告已经上报。")
    command(office, "merge")
    said = (office.output("2022-02-07") / "汇总/催办单.txt").read_text(encoding="utf-8-sig")
    assert "县财政局：" in said
    assert "落实配套资金" in said
    assert "《县财政局——台账2022-02-07.xlsx》" in said
    assert "青石镇" not in said


def test_without_the_record_of_sending_the_sheets_themselves_tell(office):
    """An earlier version kept no record."""
    command(office, "split")
    for file in (office.output("2022-02-07") / "分发").glob(".*.json"):
        file.unlink()
    answer(office, "青石镇", "完成情况", "鉴定报告已经上报。")
    assert command(office, "merge", "--apply") == 0
    assert progress(office)[0] == "鉴定报告已经上报。"


def test_a_sheet_sent_again_bears_the_ids_that_it_had(office):
    command(office, "split")
    before = {unit: file.read_bytes() for unit, file in sent(office).items()}
    office.ledger("2022-02-07", FEBRUARY.replace("| 1 | 金石", "| 9 | 新桥 | | 修桥。 | 青石镇 | | | | |\n| 1 | 金石"))
    command(office, "split")
    ids = [
        [row[-1].value for row in load_workbook(file).worksheets[0].iter_rows(min_row=3)]
        for file in sent(office).values()
    ]
    assert len(before) == 2
    assert sorted(ids) == [["2022-003"], ["2022-004", "2022-001"]]


def test_what_only_the_clerk_can_decide_is_asked_once(office, monkeypatch):
    command(office, "split")
    answer(office, "青石镇", "完成情况", "一稿。")
    answer(office, "青石镇", "完成情况", "二稿。", "青石镇(修改后).xlsx")
    command(office, "split")
    shutil.copy(sent(office)["青石镇"], office.folder / "input/决策事项/退回")
    asked: list[tuple[str, ...]] = []

    def ask(question: str, choices: Sequence[str]) -> int:
        asked.append(tuple(choices))
        return 0

    monkeypatch.setattr(cli, "ask", ask)
    monkeypatch.setattr(collecting, "ask", ask)
    command(office, "merge")
    assert asked[0] == ("青石镇(修改后).xlsx", "青石镇——台账2022-02-07.xlsx")
    assert asked[1] == ("替换", "先不替换，我看过再说")
    assert progress(office)[0] == "二稿。"


def test_before_anything_has_come_back_all_units_can_be_urged(office):
    command(office, "split")
    assert command(office, "merge") == 1
    said = (office.output("2022-02-07") / "汇总/催办单.txt").read_text(encoding="utf-8-sig")
    assert "青石镇：" in said
    assert "县财政局：" in said


RENAMED = """
| 2022年1月5日第一次会议决策事项 |
| 1 | 金石水库加固 | | 完成大坝安全鉴定。 | 县住建局、县财政局 | 2022年3月底 | | | 鉴定工作 |
| 2 | 老旧小区改造 | | 完成二期施工招标。 | 县住建局 | | | | 招标工作 |
| 3 | 青石大桥 | | 修好引道。 | 县财政局 | | | | 引道工作 |
"""
BEFORE = "units: [县财政局]"
AFTER = "units: units.xlsx"


@pytest.fixture
def renaming(tmp_path: Path) -> Office:
    """Sheets went out to 县住建局 and 县财政局; then the roster names the first 县住房和城乡建设局."""
    line = next(line for line in CONFIG.splitlines() if line.startswith("units:"))
    office = Office(tmp_path, CONFIG.replace(line, BEFORE))
    office.ledger("2022-02-07", RENAMED)
    command(office, "split")
    office.config.write_text(CONFIG.replace(line, AFTER), encoding="utf-8")
    book = Workbook()
    for row in (("名称", "简称", "排序"), ("县住房和城乡建设局", "县住建局", 1), ("县财政局", None, 2)):
        book.worksheets[0].append(row)
    book.save(tmp_path / "units.xlsx")
    return office


def test_a_roster_adopted_meanwhile_knows_the_sheets_that_went_out(renaming, capsys):
    answer(renaming, "县住建局", "完成情况", "鉴定已委托。")
    assert command(renaming, "merge", "--apply", "--joint", "牵头") == 0
    assert progress(renaming)[0] == "鉴定已委托。"
    said = capsys.readouterr().out
    assert "没有退回：县财政局" in said
    assert "没有发过表" not in said
    urged = (renaming.output("2022-02-07") / "汇总/催办单.txt").read_text(encoding="utf-8-sig")
    assert "《县财政局——台账2022-02-07.xlsx》" in urged


def test_and_urges_those_that_have_not_answered_with_the_names_of_their_sheets(renaming, capsys):
    answer(renaming, "县财政局", "完成情况", "资金已列支。")
    command(renaming, "merge")
    urged = (renaming.output("2022-02-07") / "汇总/催办单.txt").read_text(encoding="utf-8-sig")
    assert "县住房和城乡建设局：" in urged
    assert "《县住建局——台账2022-02-07.xlsx》" in urged
    assert "没有发过表" not in capsys.readouterr().out


def test_a_sheet_that_was_pasted_is_known_by_the_old_name_and_by_the_new(renaming):
    for name in ("县住建局.xlsx", "县住房和城乡建设局.xlsx"):
        answer(renaming, "县住建局", "完成情况", "鉴定已委托。", name)
        back = renaming.folder / "input/决策事项/退回" / name
        book = load_workbook(back)
        for title in book.sheetnames[1:]:
            del book[title]
        book.save(back)
        assert command(renaming, "merge") == 0
        back.unlink()
        (merged,) = (renaming.output("2022-02-07") / "汇总").glob("*（汇总）.xlsx")
        assert load_workbook(merged).worksheets[0]["G3"].value == "鉴定已委托。"


def test_a_file_that_cannot_be_used_is_put_down_to_the_unit_as_it_is_called_now(renaming, capsys):
    answer(renaming, "县财政局", "完成情况", "资金已列支。")
    (renaming.folder / "input/决策事项/退回/县住建局.docx").write_bytes(b"PK")
    command(renaming, "merge")
    assert "退回了但不能用：县住房和城乡建设局" in capsys.readouterr().out


def test_what_is_to_be_agreed_is_applied_twice_and_then_put_together(tmp_path):
    office = Office(tmp_path)
    office.ledger("2022-02-07", JOINT)
    command(office, "split")
    answer(office, "青石镇", "完成情况", "鉴定已委托。")
    answer(office, "县财政局", "完成情况", "资金已列支。")
    for _ in range(2):
        assert command(office, "merge", "--apply") == 0
        assert progress(office)[0] == "【待商定】青石镇：鉴定已委托；县财政局：资金已列支。"
    assert command(office, "merge", "--apply", "--joint", "合写") == 0
    assert progress(office)[0] == "青石镇：鉴定已委托；县财政局：资金已列支。"
