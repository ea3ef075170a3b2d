"""Sheets that go out to the units and come back: every row goes to its units, every cell gets its verdict."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.drawing.image import Image

from tests.support.builders import codes, meetings, opened, year_tasks
from tests.support.drawing import saved, workbook, xlsx
from tests.support.handmade import png
from tests.support.returning import NAME, Round, edited
from tests.support.trials import tried
from tongbao.config.kinds import Joint, Units
from tongbao.excel.writing.opening import whole
from tongbao.rounds.collect.joint import CellReport, Verdict
from tongbao.rounds.collect.merging import Merged
from tongbao.rounds.collect.report import merge_report
from tongbao.rounds.collect.returns import Return
from tongbao.rounds.collect.sent import assignments, return_name
from tongbao.rounds.collect.workbook import Splitter

TABLE = """
| 重点事项台账（2022年3月） |
| 序号 | 名称   | 交办事项 | 责任单位         | 完成时限    | 完成情况 | 备注     | 联系人 |
| 第一次会议 |
| 1    | 东门桥 | 修复护栏 | 县交通局         | 2022年4月底 |          |          | 李工   |
| 2    | ^      | 绿化桥头 | 县林业局、青溪镇 | 2022年5月底 |          |          |        |
| 第二次会议 |
| 3    | 青溪河 | 清理垃圾 | 青溪镇           | 2022年4月底 | 已清两次 | 正常推进 | 王工   |
| 4    | 旧城   | 安置住户 | 各有关单位       |             |          |          |        |
| 5    | 老街   | 铺设石板 | 县交通局         | 2022年2月底 | 铺设完毕 | 完成     |        |
| 填表人：周某 |
"""


def verdicts(merged: Merged) -> dict[str, int]:
    """Verdict → how many cells, the unchanged left out."""
    counts = Counter(cell.verdict.value for cell in merged.cells)
    del counts["未变"]
    return dict(counts)


def told(merged: Merged, verdict: Verdict) -> list[CellReport]:
    return [cell for cell in merged.cells if cell.verdict is verdict]


@pytest.fixture(scope="module")
def sent() -> Round:
    return Round(xlsx(TABLE), meetings())


# ---------------------------------------------------------------------------------------------- going out


def test_every_open_row_goes_to_each_of_its_units(sent: Round) -> None:
    assert {unit: [row.no for row in rows] for unit, rows in sent.assigned.items()} == {
        "县交通局": ["1"],
        "县林业局": ["2"],
        "青溪镇": ["2", "3"],
    }


def test_what_goes_to_nobody_is_told(sent: Round) -> None:
    assert codes(sent.problems) == ["not_sent"]
    assert "各有关单位" in sent.problems[0].message


def test_a_joint_row_goes_to_the_lead_unit_alone_where_the_kind_says_so() -> None:
    lead = meetings(units=Units("责任单位", Joint.LEAD))
    assert sorted(assignments(opened(xlsx(TABLE), NAME, lead)[1], lead)[0]) == ["县交通局", "县林业局", "青溪镇"]
    assert len(assignments(opened(xlsx(TABLE), NAME, lead)[1], lead)[0]["青溪镇"]) == 1


def test_a_unit_sees_its_rows_under_their_headings_and_nothing_else(sent: Round) -> None:
    book = load_workbook(io.BytesIO(sent.out["青溪镇"]))
    assert [[c.value for c in line] for line in book["台账"].iter_rows()] == [
        ["重点事项台账（2022年3月）", *[None] * 8],
        ["序号", "名称", "交办事项", "责任单位", "完成时限", "完成情况", "备注", "联系人", "编号"],
        ["第一次会议", *[None] * 8],
        ["2", "东门桥", "绿化桥头", "县林业局、青溪镇", "2022年5月底", None, None, None, "2022-002"],
        ["第二次会议", *[None] * 8],
        ["3", "青溪河", "清理垃圾", "青溪镇", "2022年4月底", "已清两次", "正常推进", "王工", "2022-003"],
    ]
    everything = b"".join(zipfile.ZipFile(io.BytesIO(sent.out["青溪镇"])).read(n) for n in names_in(sent.out["青溪镇"]))
    for secret in ("修复护栏", "李工", "安置住户", "填表人"):
        assert secret.encode() not in everything
        assert "".join(f"&#{ord(c)};" for c in secret).encode() not in everything


def names_in(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_only_the_unit_s_own_fields_can_be_filled_in(sent: Round) -> None:
    book = load_workbook(io.BytesIO(sent.out["青溪镇"]))
    sheet: Any = book["台账"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    unlocked = [c.coordinate for line in sheet.iter_rows() for c in line if not c.protection.locked]
    assert unlocked == ["F4", "G4", "F6", "G6"]
    assert book["底稿"].sheet_state == "veryHidden"
    assert book.properties.title == "青溪镇 2022年3月"
    assert return_name(sent.ledger, "青溪镇") == "青溪镇——重点事项台账2022-03.xlsx"


def test_formulas_go_out_as_values_and_other_sheets_not_at_all() -> None:
    book = workbook(TABLE)
    book["台账"]["H4"] = "=1+1"
    book.create_sheet("领导批示")["A1"] = "内部"
    out = load_workbook(io.BytesIO(Round(saved(book), meetings()).out["县交通局"]))
    assert out.sheetnames == ["台账", "填报说明", "底稿"]
    assert out["台账"]["H4"].value is None


# ---------------------------------------------------------------------------------------------- coming back


def test_a_return_without_an_answer_changes_nothing(sent: Round) -> None:
    merged, problems = sent.merge(*sent.out.values())
    assert verdicts(merged) == {}
    assert merged.writes == {}
    assert problems == []
    assert sent.new_ledger(merged).rows[0].id == "2022-001"


def test_answers_reach_the_rows_by_their_ids(sent: Round) -> None:
    road = edited(sent.out["县交通局"], F4="护栏已修复三十米", G4="正常推进")
    town = edited(sent.out["青溪镇"], F6="清理垃圾五吨", G6="完成")
    merged, problems = sent.merge(road, town, sent.out["县林业局"])
    assert verdicts(merged) == {"采纳": 4}
    assert problems == []
    after = sent.new_ledger(merged)
    assert [(row.get("进展"), row.label) for row in after.rows] == [
        ("护栏已修复三十米", "正常推进"),
        ("", "正常推进"),
        ("清理垃圾五吨", "完成"),
        ("", "正常推进"),
        ("铺设完毕", "完成"),
    ]
    before = opened(sent.data, NAME, sent.kind)[1]
    assert [(row.text, row.units, row.deadline) for row in after.rows] == [
        (row.text, row.units, row.deadline) for row in before.rows
    ]


def test_rows_and_columns_may_move_in_a_return(sent: Round) -> None:
    def shuffle(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(2)
        sheet.insert_rows(1)
        sheet["G7"] = "清理五吨"
        for upper, lower in zip(sheet[5], sheet[7], strict=True):
            upper.value, lower.value = lower.value, upper.value

    data = edited(sent.out["青溪镇"], shuffle)
    merged, _ = sent.merge(data)
    accepted = told(merged, Verdict.ACCEPTED)
    assert [(cell.sent.id, cell.returned) for cell in accepted] == [("2022-003", "清理五吨")]


def test_what_is_outside_the_unit_s_rights_is_told_and_left(sent: Round) -> None:
    merged, problems = sent.merge(edited(sent.out["县交通局"], E4="2022年12月底", F4="已修"))
    assert verdicts(merged) == {"采纳": 1, "越权": 1}
    assert "cell_outside" in codes(problems)
    assert sent.new_ledger(merged).rows[0].deadline.text == "2022年4月底"


def test_a_status_that_nobody_knows_is_told_and_left(sent: Round) -> None:
    merged, problems = sent.merge(edited(sent.out["县交通局"], G4="差不多了"))
    assert verdicts(merged) == {"无法识别": 1}
    [found] = [p for p in problems if p.code == "cell_unreadable"]
    assert "完成、视为完成" in found.message
    assert (found.place.file, found.place.cell, found.value) == ("退回0.xlsx", "G4", "差不多了")


def test_a_formula_without_a_result_is_told_and_left(sent: Round) -> None:
    assert verdicts(sent.merge(edited(sent.out["县交通局"], F4="=A1"))[0]) == {"无法识别": 1}


def test_a_picture_for_an_answer_is_told_and_no_unit_is_called_silent_for_it(sent: Round) -> None:
    def paste(sheet: Any) -> None:
        sheet.add_image(Image(io.BytesIO(png())), "F4")

    merged, problems = sent.merge(edited(sent.out["县交通局"], paste))
    assert verdicts(merged) == {"无法识别": 1}
    assert merged.unfilled == {}
    [found] = [p for p in problems if p.code == "cell_unreadable"]
    assert "这一格是图片" in found.message


def test_joint_units_that_differ_are_told_and_neither_is_taken(sent: Round) -> None:
    forest = edited(sent.out["县林业局"], F4="栽树百株")
    town = edited(sent.out["青溪镇"], F4="栽树八十株", F6="清理五吨")
    merged, problems = sent.merge(forest, town)
    assert verdicts(merged) == {"冲突": 2, "采纳": 1}
    assert all("县林业局：栽树百株；青溪镇：栽树八十株" in cell.why for cell in told(merged, Verdict.CONFLICT))
    assert codes(problems).count("cell_conflict") == 2


def test_joint_units_that_agree_are_taken_once(sent: Round) -> None:
    same = (edited(sent.out[unit], F4="栽树百株") for unit in ("县林业局", "青溪镇"))
    merged, _ = sent.merge(*same)
    assert verdicts(merged) == {"采纳": 2}
    assert len(merged.writes) == 1


def test_the_office_s_own_edit_since_is_never_overwritten(sent: Round) -> None:
    later = Round(sent.data, sent.kind)
    later.now(edited(sent.data, F4="督查室已现场核实"))
    untouched, _ = later.merge(sent.out["县交通局"])
    assert untouched.writes == {}
    merged, _ = later.merge(edited(sent.out["县交通局"], F4="护栏修复"))
    assert verdicts(merged) == {"冲突": 1}
    assert "督查室已现场核实" in told(merged, Verdict.CONFLICT)[0].why


def test_rows_added_deleted_and_copied_are_told(sent: Round) -> None:
    def tamper(sheet: Any) -> None:
        sheet.unmerge_cells("A5:H5")
        sheet["B8"], sheet["C8"] = "新项目", "新事项"
        sheet.delete_rows(4)

    merged, problems = sent.merge(edited(sent.out["青溪镇"], tamper))
    assert sorted(set(codes(problems)) - {"not_returned"}) == ["row_added", "row_deleted"]
    assert {cell.sent.id for cell in merged.cells} == {"2022-003"}
    copied = edited(sent.out["青溪镇"], I4="2022-003", F6="甲")
    merged, problems = sent.merge(copied)
    assert sent.written(merged) == {"F7": "甲"}
    assert codes(problems) == ["not_returned"]


def test_units_that_have_not_returned_are_named(sent: Round) -> None:
    merged, problems = sent.merge(sent.out["青溪镇"])
    assert merged.missing == ("县交通局", "县林业局")
    assert codes(problems) == ["not_returned"]
    assert "县交通局、县林业局" in problems[0].message


def test_two_files_of_one_unit_are_both_left(sent: Round) -> None:
    merged, problems = sent.merge(edited(sent.out["县交通局"], F4="甲"), edited(sent.out["县交通局"], F4="乙"))
    assert merged.writes == {}
    assert codes(problems) == ["returned_twice", "not_returned"]
    assert merged.refused == {"县交通局": ("退回了2个文件，填的不一样，不知道用哪一个：退回0.xlsx、退回1.xlsx",)}


@pytest.mark.parametrize("other", [{"period": "2022年2月"}, {"office": "清河县督查室"}, {"report": "年度任务"}])
def test_a_return_of_another_period_office_or_report_is_left(sent: Round, other: dict[str, str]) -> None:
    splitter = Splitter(whole(sent.data, sent.name), sent.book, sent.ledger, sent.kind, sent.ids)
    data, _ = splitter.workbook(sent.stamp("县交通局", **other), sent.assigned["县交通局"])
    merged, problems = sent.merge(edited(data, F4="已修"))
    assert merged.cells == ()
    assert codes(problems) == ["return_of_another", "not_returned"]


def test_a_file_that_was_never_sent_is_told(sent: Round) -> None:
    _, problems = sent.merge(xlsx(TABLE))
    assert codes(problems)[0] == "not_a_return"


def test_a_changed_header_makes_the_return_useless(sent: Round) -> None:
    _, problems = sent.merge(edited(sent.out["县交通局"], F2="汇报"))
    assert codes(problems)[0] == "return_header"


def test_the_report_counts_every_cell_and_lists_every_change(sent: Round) -> None:
    merged, _ = sent.merge(edited(sent.out["县交通局"], F4="已修", E4="年底", G4="差不多"), sent.out["青溪镇"])
    data = merge_report(merged, {unit: len(rows) for unit, rows in sent.assigned.items()})
    book = load_workbook(io.BytesIO(data))
    assert [[c.value for c in line] for line in book["回收情况"].iter_rows(min_row=4)] == [
        ["县交通局", "退回0.xlsx", 1, 1, 0, 1, 5, 1, 0, 1, 0, 0, 0],
        ["县林业局", "没有退回", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["青溪镇", "退回1.xlsx", 2, 2, 2, 0, 16, 0, 0, 0, 0, 0, 0],
    ]
    listed = [[line[i].value for i in (0, 3, 5, 6)] for line in book["逐格清单"].iter_rows(min_row=4)]
    assert sorted(listed) == [
        ["县交通局", "备注", "差不多", "无法识别"],
        ["县交通局", "完成情况", "已修", "采纳"],
        ["县交通局", "完成时限", "年底", "越权"],
    ]


# ---------------------------------------------------------------------------------------------- by law

EDITS = st.lists(
    st.tuples(st.sampled_from("ABCDEFGH"), st.integers(3, 8), st.sampled_from(["甲", "乙", "完成", "", "=A1", "2022"])),
    max_size=8,
)


@given(st.lists(EDITS, min_size=3, max_size=3))
@settings(max_examples=tried(20, 8), deadline=None)
def test_rows_and_values_of_all_returns_add_up(sent: Round, edits: list[list[tuple[str, int, str]]]) -> None:
    """Each cell that went out is judged once or its row is told as missing; only accepted cells differ afterwards."""
    files = []
    for data, changes in zip(sent.out.values(), edits, strict=True):
        book = load_workbook(io.BytesIO(data))
        for letter, row, value in changes:
            cell: Any = book["台账"][f"{letter}{row}"]
            if type(cell).__name__ == "Cell":
                cell.value = value or None
        files.append(saved(book))
    merged, problems = sent.merge(*files)
    rows = sum(len(own) for own in sent.assigned.values())
    assert len(merged.cells) == rows * 8
    assert codes(problems).count("row_deleted") == 0
    addresses = [(cell.unit, cell.sent.address) for cell in merged.cells]
    assert len(set(addresses)) == len(addresses)
    after = load_workbook(io.BytesIO(sent.merged_bytes(merged)))["台账"]
    before = load_workbook(io.BytesIO(sent.data))["台账"]
    differing = {c.coordinate for line in before.iter_rows() for c in line if after[c.coordinate].value != c.value}
    assert differing == {place.cell for place in merged.writes}
    for cell in merged.cells:
        if cell.verdict is Verdict.ACCEPTED:
            assert (after[cell.target.cell].value or "") == cell.returned


def test_a_progress_that_several_units_share_in_one_merged_cell_is_one_cell() -> None:
    table = """
    | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
    | 1 | 改善人居环境 | 县农业局 | | 正常 |
    | ^ | ^ | 县水利局 | ^ | 正常 |
    """
    found = Round(xlsx(table), year_tasks())
    farm, water = (edited(found.out[unit], D2=text) for unit, text in [("县农业局", "改厕"), ("县水利局", "清淤")])
    merged, _ = found.merge(farm, water)
    assert verdicts(merged) == {"冲突": 2}
    merged, _ = found.merge(farm, found.out["县水利局"])
    assert {place.cell: text for place, text in merged.writes.items()} == {"D2": "改厕"}


def test_ids_of_the_ledger_itself_are_used() -> None:
    table = "| 编号 | 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |\n| 2021-077 | 1 | 修路 | 县交通局 | | |\n"
    found = Round(xlsx(table), meetings())
    merged, _ = found.merge(edited(found.out["县交通局"], E2="在修"))
    assert [cell.sent.id for cell in told(merged, Verdict.ACCEPTED)] == ["2021-077"]
    assert found.new_ledger(merged).rows[0].get("进展") == "在修"


def test_read_return_gives_what_was_sent(sent: Round) -> None:
    found = sent.back(sent.out["青溪镇"])
    assert isinstance(found, Return)
    assert found.copy.stamp == sent.stamp("青溪镇")
    values = {address: f.value for address, f in found.found.items()}
    assert values == {s.address: s.value for s in found.copy.sent if s.id}


@pytest.mark.parametrize("word", ["未报送", "未上报", "未反馈"])
def test_nobody_reports_that_it_has_not_reported(sent: Round, word: str) -> None:
    merged, problems = sent.merge(edited(sent.out["县交通局"], F4="护栏已修复", G4=word))
    assert sent.written(merged) == {"F4": "护栏已修复"}
    [cell] = told(merged, Verdict.UNREADABLE)
    assert (cell.returned, cell.why) == (word, f"写着{word}，却填了进展")
    assert "cell_unreadable" in codes(problems)


def test_a_unit_without_anything_to_report_may_say_so(sent: Round) -> None:
    assert sent.written(sent.merge(edited(sent.out["县交通局"], G4="未报送"))[0]) == {"G4": "未报送"}


def test_a_row_that_is_gone_is_named_by_number_and_text(sent: Round) -> None:
    _, problems = sent.merge(edited(sent.out["青溪镇"], lambda sheet: sheet.delete_rows(6)))
    assert [(p.item, p.message) for p in problems if p.code == "row_deleted"] == [
        ("第3项 清理垃圾", "青溪镇退回的表里少了这一行")
    ]


# ---------------------------------------------------------------------------------------------- as the screen shows it

ANSWERS = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 增设人行天桥 | 县交通局 | 选址 | 正常推进 |
"""


def typed_in(value: float, code: str) -> Any:
    def edit(sheet: Any) -> None:
        sheet["D2"] = value
        sheet["D2"].number_format = code

    return edit


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(0.85, "0%", "85%"), (1234567.5, "#,##0.00", "1,234,567.50"), (12.5, "General", "12.5"), (3, "General", "3")],
)
def test_an_answer_reaches_the_ledger_as_it_was_seen(value: float, code: str, text: str) -> None:
    sent = Round(xlsx(ANSWERS), meetings())
    assert sent.written(sent.merge(edited(sent.out["县交通局"], typed_in(value, code)))[0]) == {"D2": text}


def test_a_number_that_was_sent_and_left_alone_is_no_answer() -> None:
    sent = Round(edited(xlsx(ANSWERS), typed_in(0.85, "0%")), meetings())
    assert sent.merge(sent.out["县交通局"])[0].writes == {}
