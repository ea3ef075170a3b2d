"""One cell for which several units answer: put together, the lead unit's, or left to the clerk."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.builders import codes, meetings, year_tasks
from tests.support.drawing import xlsx
from tests.support.returning import Round, edited
from tongbao.config.kinds import Joint, Units
from tongbao.model import Problem
from tongbao.rounds.collect.joint import Joining, Verdict, together
from tongbao.rounds.collect.merging import Merged

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 增设人行天桥 | 县交警大队、县住建局、县财政局 | 选址 | 正常推进 |
"""
POLICE, HOMES, FUNDS = "县交警大队", "县住建局", "县财政局"


@pytest.fixture(scope="module")
def sent() -> Round:
    return Round(xlsx(TABLE), meetings())


def merged(sent: Round, joining: Joining | None, *answers: tuple[str, str, str | None]) -> dict[str, str]:
    """The texts that are written: each answer is a unit, its progress and (where it changes it) its status."""
    files = [
        edited(edited(sent.out[unit], D2=progress), E2=status) if status else edited(sent.out[unit], D2=progress)
        for unit, progress, status in answers
    ]
    return sent.written(sent.merge(*files, joining=joining)[0])


def test_sentences_are_put_together_in_the_order_of_the_ledger(sent: Round) -> None:
    answers = (FUNDS, "资金已列支", None), (POLICE, "已招标。", None), (HOMES, "已设计；", None)
    assert merged(sent, Joining.TOGETHER, *answers) == {
        "D2": "县交警大队：已招标；县住建局：已设计；县财政局：资金已列支。"
    }


def test_the_lead_unit_s_answer_is_taken_and_the_others_set_aside(sent: Round) -> None:
    files = [edited(sent.out[unit], D2=text) for unit, text in [(HOMES, "已设计"), (POLICE, "已招标")]]
    found, problems = sent.merge(*files, joining=Joining.LEAD)
    assert sent.written(found) == {"D2": "已招标"}
    assert codes(problems) == ["cell_aside", "not_returned"]


def test_nobody_speaks_for_a_lead_unit_that_has_not_answered(sent: Round) -> None:
    assert merged(sent, Joining.LEAD, (HOMES, "已设计", None)) == {}


def test_undecided_answers_wait(sent: Round) -> None:
    files = [edited(sent.out[unit], D2=text) for unit, text in [(HOMES, "已设计"), (POLICE, "已招标")]]
    found, _ = sent.merge(*files)
    assert (sent.written(found), found.undecided) == ({}, 1)


@pytest.mark.parametrize("joining", [None, Joining.TOGETHER, Joining.LEAD])
def test_the_only_answer_or_the_same_answer_stands_as_it_is(sent: Round, joining: Joining | None) -> None:
    assert merged(sent, joining, (POLICE, "已招标", None)) == {"D2": "已招标"}
    assert merged(sent, joining, (POLICE, "已招标", None), (HOMES, "已招标", None)) == {"D2": "已招标"}


def test_statuses_that_differ_are_never_put_together(sent: Round) -> None:
    answers = (POLICE, "已招标", "完成"), (HOMES, "已招标", "需加快推进")
    assert merged(sent, Joining.TOGETHER, *answers) == {"D2": "已招标"}
    assert merged(sent, Joining.LEAD, *answers) == {"D2": "已招标", "E2": "完成"}


def test_a_status_that_one_unit_let_stand_speaks_against_another_one_s(sent: Round) -> None:
    files = [edited(sent.out[POLICE], D2="已招标"), edited(sent.out[HOMES], D2="已招标", E2="完成")]
    found, _ = sent.merge(*files, joining=Joining.TOGETHER)
    assert sent.written(found) == {"D2": "已招标"}
    [cell] = [cell for cell in found.cells if cell.verdict is Verdict.CONFLICT]
    assert "县住建局：完成" in cell.why
    assert "县交警大队：正常推进" in cell.why


def test_two_words_for_one_status_agree(sent: Round) -> None:
    answers = (POLICE, "已招标", "完成"), (HOMES, "已招标", "办结"), (FUNDS, "已招标", "已完成")
    assert merged(sent, Joining.TOGETHER, *answers)["E2"] == "完成"


def test_what_we_wrote_before_is_no_edit_of_the_office(sent: Round) -> None:
    later = Round(sent.data, sent.kind)
    later.now(edited(sent.data, D2="已招标"))
    files = [edited(sent.out[unit], D2=text) for unit, text in [(HOMES, "已设计"), (POLICE, "已招标")]]
    both, _ = later.merge(*files, joining=Joining.TOGETHER)
    assert later.written(both) == {"D2": "县交警大队：已招标；县住建局：已设计"}
    late, _ = later.merge(files[0], joining=Joining.TOGETHER)
    assert later.written(late) == {}
    known, _ = later.merge(files[0], joining=Joining.TOGETHER, ours={later.at(2, 4): ("已招标",)})
    assert later.written(known) == {"D2": "已设计"}


def test_units_that_say_the_same_stand_together() -> None:
    assert together({"甲局": "已办。", "乙局": "已办", "丙局": "在办。"}) == "甲局、乙局：已办；丙局：在办。"
    assert together({"甲局": "已办", "乙局": "在办"}) == "甲局：已办；乙局：在办"


# ---------------------------------------------------------------------------------------------- who is still to be heard


def silent_lines(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(p.item, p.message) for p in problems if p.code == "joint_silent"]


def answered(sent: Round, unit: str, progress: str | None = None, status: str | None = None) -> bytes:
    data = edited(sent.out[unit], D2=progress) if progress else sent.out[unit]
    return edited(data, E2=status) if status else data


@pytest.mark.parametrize("joining", [None, Joining.TOGETHER])
@pytest.mark.parametrize("status", ["完成", "办结", "视为完成", "撤销", "完成（已通车）"])
def test_one_of_several_units_does_not_end_an_item(sent: Round, joining: Joining | None, status: str) -> None:
    found, problems = sent.merge(answered(sent, FUNDS, "已列支", status), joining=joining)
    assert sent.written(found) == {"D2": "已列支"}
    [cell] = [cell for cell in found.cells if cell.verdict is Verdict.CONFLICT]
    assert cell.why.startswith("其他单位（县交警大队、县住建局）还没有退回")
    [line] = [p for p in problems if p.code == "cell_conflict"]
    assert (line.item, line.fix) == ("第1项 增设人行天桥", "等它们退回后再汇总一次；已经商定的请手工填写")
    assert silent_lines(problems) == []  # the line of the cell has named them


def test_all_but_one_do_not_end_it_either_and_all_do(sent: Round) -> None:
    two = [answered(sent, unit, status="完成") for unit in (POLICE, HOMES)]
    found, _ = sent.merge(*two)
    assert sent.written(found) == {}
    assert {cell.why for cell in found.cells if cell.verdict is Verdict.CONFLICT} == {
        "其他单位（县财政局）还没有退回这一项；这一项不由一个单位办结"
    }
    found, problems = sent.merge(*two, answered(sent, FUNDS, status="办结"))
    assert (sent.written(found), codes(problems)) == ({"E2": "完成"}, [])


def test_the_lead_unit_ends_it_where_the_clerk_chose_so(sent: Round) -> None:
    assert merged(sent, Joining.LEAD, (POLICE, "已建成", "完成")) == {"D2": "已建成", "E2": "完成"}


def test_in_a_kind_that_counts_the_lead_unit_it_alone_answers() -> None:
    lead = Round(xlsx(TABLE), meetings(units=Units("责任单位", Joint.LEAD)))
    found, problems = lead.merge(edited(lead.out[POLICE], E2="完成"))
    assert (lead.written(found), codes(problems)) == ({"E2": "完成"}, [])


def test_a_unit_that_returned_an_empty_status_has_not_agreed() -> None:
    empty = Round(xlsx(TABLE.replace("正常推进", "")), meetings())
    others = [empty.out[unit] for unit in (POLICE, HOMES)]
    found, _ = empty.merge(edited(empty.out[FUNDS], E2="完成"), *others)
    assert empty.written(found) == {}
    [cell] = [cell for cell in found.cells if cell.verdict is Verdict.CONFLICT]
    assert cell.why == "其他单位（县交警大队、县住建局）没有填这一格；这一项不由一个单位办结"


def test_what_ends_nothing_is_taken_with_one_line_for_the_item(sent: Round) -> None:
    found, problems = sent.merge(answered(sent, HOMES, "已设计", "需加快推进"))
    assert sent.written(found) == {"D2": "已设计", "E2": "需加快推进"}
    assert silent_lines(problems) == [
        ("第1项 增设人行天桥", "采纳了县住建局填的，共同承办的县交警大队、县财政局还没有退回这一项")
    ]


def test_who_is_silent_is_told_again_once_the_answer_stands_in_the_ledger() -> None:
    later = Round(xlsx(TABLE), meetings())
    file = answered(later, HOMES, "已设计")
    later.now(edited(later.data, D2="已设计"))
    found, problems = later.merge(file)
    assert later.written(found) == {}
    assert len(silent_lines(problems)) == 1


def test_nothing_is_said_of_an_item_for_which_nobody_answered(sent: Round) -> None:
    _, problems = sent.merge(sent.out[HOMES])
    assert codes(problems) == ["not_returned"]


def test_a_file_that_cannot_be_used_is_no_answer(sent: Round) -> None:
    found, _ = sent.merge(answered(sent, FUNDS, status="完成"), edited(sent.out[POLICE], D1="汇报"), sent.out[HOMES])
    assert sent.written(found) == {}


# ---------------------------------------------------------------------------------------------- what is to be agreed

TWO = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 增设人行天桥 | 县交警大队、县住建局 | | |
"""


def test_answers_to_be_agreed_are_written_once_and_can_still_be_put_together() -> None:
    found = Round(xlsx(TWO), meetings())
    files = [edited(found.out[unit], D2=text) for unit, text in [(POLICE, "已招标"), (HOMES, "已设计")]]
    first, _ = found.merge(*files)
    pending = "【待商定】县交警大队：已招标；县住建局：已设计"
    assert found.written(first) == {"D2": pending}
    found.now(found.merged_bytes(first))
    ours = {found.at(2, 4): (pending,)}
    again, _ = found.merge(*files, ours=ours)
    assert (found.written(again), again.undecided) == ({}, 1)
    assert found.written(found.merge(*files, joining=Joining.TOGETHER, ours=ours)[0]) == {
        "D2": "县交警大队：已招标；县住建局：已设计"
    }
    agreed = [edited(found.out[unit], D2="已招标") for unit in (POLICE, HOMES)]
    assert found.written(found.merge(*agreed, ours=ours)[0]) == {"D2": "已招标"}


def test_statuses_that_differ_say_what_stands_in_the_ledger(sent: Round) -> None:
    empty = Round(xlsx(TWO), meetings())
    found, _ = empty.merge(edited(empty.out[POLICE], E2="完成"), edited(empty.out[HOMES], E2="需加快推进"))
    assert empty.written(found) == {}
    whys = {cell.explained for cell in found.cells if cell.disputed}
    assert whys == {
        "几个单位填的不一样。县交警大队：完成；县住建局：需加快推进。没有写入，台账里还空着，"
        "商定填上以前，这一项按没有填状态或没有填报处理"
    }
    found, _ = sent.merge(answered(sent, POLICE, status="完成"), answered(sent, HOMES, status="需加快推进"))
    assert all(cell.explained.endswith("没有写入，台账里仍是“正常推进”") for cell in found.cells if cell.disputed)


# ---------------------------------------------------------------------------------------------- merged over items

OVER = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 第一次会议 |
| 1 | 加装路口护栏 | 县公安局 | 在办 | 正常推进 |
| 2 | 落实配套资金 | 县财政局 | 在办 | 正常推进 |
| 3 | 划定停车泊位 | 县公安局 | 在办 | 正常推进 |
| 4 | 整治占道停车 | 县公安局 | 在办 | 正常推进 |
"""
OFFICERS, MONEY = "县公安局", "县财政局"


def over(*areas: str, table: str = OVER) -> Round:
    def merge(sheet: Any) -> None:
        for area in [str(area) for area in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        for area in areas:
            sheet.merge_cells(area)

    return Round(edited(xlsx(table), merge), meetings())


def cell_of(data: bytes, address: str) -> Any:
    return load_workbook(io.BytesIO(data)).worksheets[0][address]


def conflicts(found: Merged) -> list[tuple[str, str]]:
    cells = [cell for cell in found.cells if cell.verdict is Verdict.CONFLICT]
    return [(cell.unit, f"{cell.why}。{cell.fix}") for cell in cells]


@pytest.mark.parametrize(
    ("area", "cells", "items"),
    [
        ("E3:E4", {"E3": "完成"}, "第1、2项"),
        ("E3:E6", {"E3": "完成"}, "第1、2、3、4项"),
        ("E2:E4", {"E2": "完成"}, "第1、2项"),
        ("E4:E6", {"E4": "完成"}, "第2、3、4项"),
        ("D3:D4", {"D3": "已装"}, "第1、2项"),
        ("D2:D6", {"D2": "已装"}, "第1、2、3、4项"),
    ],
)
def test_a_cell_over_items_of_several_units_takes_no_unit_s_answer(
    area: str, cells: dict[str, Any], items: str
) -> None:
    sent = over(area)
    assert not any(cell_of(sent.out[OFFICERS], address).protection.locked for address in cells)
    found, problems = sent.merge(edited(sent.out[OFFICERS], **cells))
    assert sent.written(found) == {}
    assert conflicts(found)[0] == (
        OFFICERS,
        f"台账里这一格合并在{items}上，这几项的承办单位不一样。请在台账里拆开合并的单元格，再汇总一次；或手工填写",
    )
    assert "cell_conflict" in codes(problems)


@pytest.mark.parametrize("joining", list(Joining))
def test_no_choice_for_joint_units_changes_that(joining: Joining) -> None:
    sent = over("E3:E4")
    files = [edited(sent.out[unit], E3="完成") for unit in (OFFICERS, MONEY)]
    found, _ = sent.merge(*files, joining=joining)
    assert sent.written(found) == {}
    assert len(conflicts(found)) == 2


def test_a_cell_over_items_of_one_unit_takes_its_answer() -> None:
    sent = over("E5:E6", "D5:D6")
    assert sent.written(sent.merge(edited(sent.out[OFFICERS], D4="一并整治", E4="完成"))[0]) == {
        "D5": "一并整治",
        "E5": "完成",
    }


def test_unless_it_answers_differently_for_each() -> None:
    sent = over("E5:E6")

    def split(sheet: Any) -> None:
        sheet.unmerge_cells("E4:E5")
        sheet["E4"], sheet["E5"] = "完成", "需加快推进"

    found, _ = sent.merge(edited(sent.out[OFFICERS], split))
    assert sent.written(found) == {}
    assert "合并在第3、4项上，各项填的不一样" in conflicts(found)[0][1]


def test_nor_one_over_an_item_that_was_not_sent() -> None:
    sent = over("D5:D6", table=OVER.replace("县公安局 | 在办 | 正常推进 |\n| 4", "各乡镇 | 在办 | 正常推进 |\n| 4"))
    found, _ = sent.merge(edited(sent.out[OFFICERS], D4="已整治"))
    assert sent.written(found) == {}


def test_once_the_clerk_has_split_the_cell_the_answers_go_in() -> None:
    sent = over("E3:E4")
    files = [edited(sent.out[OFFICERS], E3="完成"), edited(sent.out[MONEY], E3="需加快推进")]
    sent.now(edited(sent.data, lambda sheet: sheet.unmerge_cells("E3:E4")))
    assert sent.written(sent.merge(*files)[0]) == {"E3": "完成", "E4": "需加快推进"}


def test_what_the_ledger_holds_already_is_no_conflict() -> None:
    sent = over("E3:E4")
    sent.now(edited(sent.data, E3="需加快推进"))
    found, _ = sent.merge(edited(sent.out[OFFICERS], E3="需加快推进"))
    assert conflicts(found) == []


def test_a_status_over_the_rows_of_one_item_is_ended_by_all_its_units() -> None:
    table = """
    | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
    | 1 | 改善人居环境 | 县农业局 | | 正常 |
    | ^ | ^ | 县水利局 | | ^ |
    """
    sent = Round(xlsx(table), year_tasks())
    farm, water = (edited(sent.out[unit], E2="完成") for unit in ("县农业局", "县水利局"))
    assert sent.written(sent.merge(farm)[0]) == {}
    assert sent.written(sent.merge(farm, water)[0]) == {"E2": "完成"}
