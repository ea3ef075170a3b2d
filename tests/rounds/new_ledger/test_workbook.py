"""A ledger from nothing: a reader finds its table, and nothing in it that was not typed."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.builders import kind as any_kind
from tests.support.builders import ledger as read_ledger
from tests.support.builders import meetings, projects, year_tasks
from tests.support.folders import ROOT
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.config.kinds import Kind, Label
from tongbao.config.status_from import Asked, Stands, StatusFrom
from tongbao.config.status_kind import with_status_from
from tongbao.excel import sheets
from tongbao.ledger.read import read_book
from tongbao.model import Deadline, Ledger, Level, State
from tongbao.rounds.new_ledger.workbook import new_ledger
from tongbao.words.periods import parse_period

KINDS = [load_kind(ROOT / "templates", name) for name in kind_names(ROOT / "templates")]
UNITS = [f"云溪县第{n}局" for n in range(40)]


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def read_back(data: bytes, by: Kind) -> tuple[Ledger, list[str]]:
    book, _ = sheets.parse(data, "台账2022-03.xlsx")
    period = parse_period("2022-03")
    assert book
    assert period
    found, problems = read_book(book, by, period, as_of=period.last, roster=None)
    assert found, problems
    return found, [p.message for p in problems if p.level is not Level.NOTE]


@pytest.mark.parametrize("by", KINDS, ids=lambda by: by.id)
def test_an_empty_ledger_of_every_kind_is_found_and_holds_nothing(by: Kind) -> None:
    found, problems = read_back(new_ledger(by, "云溪县台账（2022年3月）", UNITS), by)
    assert (found.rows, found.closed, problems) == ((), (), ["表头下面没有事项"])
    [table] = found.tables
    assert {c.field for c in by.columns} == set(table.headers)


@pytest.mark.parametrize("by", KINDS, ids=lambda by: by.id)
def test_every_column_is_explained_with_an_example(by: Kind) -> None:
    guide = opened(new_ledger(by, "台账"))["填表说明"]
    lines = {line[0].value: [c.value for c in line] for line in guide.iter_rows(min_row=4)}
    sheet = opened(new_ledger(by, "台账"))["台账"]
    assert list(lines) == [f"“{cell.value}”" for cell in sheet[2]]
    assert all(line[2] and line[4] for line in lines.values())
    words = next(line[3] for line in lines.values() if line[3])
    assert words == "、".join(label.name for label in by.labels)


def test_sections_without_a_column_are_explained_as_heading_rows() -> None:
    guide = opened(new_ledger(meetings(), "台账"))["填表说明"]
    assert "“会议”（标题行）" in [cell.value for cell in guide["A"]]


def test_the_helps_are_there() -> None:
    sheet = opened(new_ledger(meetings(), "台账", ["县水利局", "县交通局"]))["台账"]
    rules = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules == {'"县水利局,县交通局"', '"完成,视为完成,需加快推进,正常推进,撤销"', "FALSE"}
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A3", "$2:$2", "landscape")
    assert sheet.print_area == "'台账'!$A$1:$I$1048576"


def test_the_whole_width_is_in_sight_where_it_can_still_be_read() -> None:
    assert opened(new_ledger(meetings(), "台账"))["台账"].sheet_view.zoomScale == 100
    assert 70 <= opened(new_ledger(KINDS[0], "台账"))["台账"].sheet_view.zoomScale < 100


def test_a_kind_without_numbers_and_ids_gets_both() -> None:
    by = any_kind([meetings().columns[5], meetings().columns[9]], [Label("完成", State.DONE)])
    assert [cell.value for cell in opened(new_ledger(by, "台账"))["台账"][2]] == ["序号", "交办事项", "备注", "编号"]


# ---------------------------------------------------------------------------------------------- with rows


def test_rows_come_back_as_they_were() -> None:
    table = """
    | 序号 | 名称 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 | 联系人 |
    | 第一次会议 |
    | 1 | 东门桥 | 修复护栏 | 县交通局⏎县财政局 | 2022年3月底前 | =1+1 做好 | 正常推进 | 李工 |
    | 2 | ^ | 绿化桥头 | 县林业局 | @2022-04-30 | | 完成 | |
    | 第二次会议 |
    | 3 | 青溪河 | 清理垃圾 | 县水利局 | 长期坚持 | 清理两次⏎运走三车 | | 王工 |
    """
    before = read_ledger(table.replace("=1+1", "约1+1"), meetings())
    found, problems = read_back(new_ledger(meetings(), "重点事项", rows=before.rows), meetings())
    assert problems == []
    same = ("no", "text", "section", "units", "label", "done")
    assert [[getattr(row, name) for name in same] for row in found.rows] == [
        [getattr(row, name) for name in same] for row in before.rows
    ]
    assert [row.get("进展") for row in found.rows] == [row.get("进展") for row in before.rows]
    assert [row.deadline.last for row in found.rows] == [row.deadline.last for row in before.rows]
    assert [row.others.get("联系人", "") for row in found.rows] == ["李工", "", "王工"]


def test_amounts_and_dates_stay_numbers_and_dates() -> None:
    table = """
    | 序号 | 级别 | 项目名称 | 总投资（亿元） | 完成率 | 开工日期 | 推进状态 |
    | 1 | 省级 | 云溪水厂 | #1.25 | #0.375 | @2022-03-01 | 达序时 |
    | 2 | 省级 | 青石隧道 | #0 | | | 达序时 |
    """
    before = read_ledger(table, projects())
    data = new_ledger(projects(), "重点项目", rows=before.rows)
    sheet = opened(data)["台账"]
    values = dict(zip([c.value for c in sheet[2]], [c.value for c in sheet[3]], strict=True))
    assert values["总投资（亿元）"] == 1.25
    assert sheet.cell(4, list(values).index("总投资（亿元）") + 1).value == 0
    found, _ = read_back(data, projects())
    assert found.rows[0].cells["开工日期"] == date(2022, 3, 1)
    assert found.rows[0].cells["总投资"] == Decimal("1.25")
    assert found.rows[0].cells["完成率"] == before.rows[0].cells["完成率"]


def test_parts_of_an_item_come_back_each_with_its_own_status() -> None:
    table = """
    | 序号 | 工作任务 | 牵头单位 | 进展情况 | 完成情况 |
    | 1 | 改善人居环境 | 县农业局 | 改厕 | 完成 |
    | ^ | ^ | 县水利局 | 清淤 | 滞后 |
    """
    before = read_ledger(table, year_tasks())
    found, _ = read_back(new_ledger(year_tasks(), "台账", rows=before.rows), year_tasks())
    assert [(row.no, row.text, row.units, row.label) for row in found.rows] == [
        (row.no, row.text, row.units, row.label) for row in before.rows
    ]
    assert all(isinstance(row.deadline, Deadline) for row in found.rows)


def test_columns_that_are_asked_how_a_row_stands_stand_in_the_place_of_a_column_of_words() -> None:
    ticks = StatusFrom(Stands.COLUMNS, (Asked("已完成", "完成"), Asked("推进中", "正常推进")))
    header = [c.value for c in opened(new_ledger(with_status_from(meetings(), ticks), "台账"))["台账"][2]]
    assert header[-3:] == ["已完成", "推进中", "编号"]
    assert "备注" not in header
