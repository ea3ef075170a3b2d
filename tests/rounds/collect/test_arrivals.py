"""What lies in the folder 退回: every file is taken, or told of with its true reason and its unit."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.builders import codes, meetings
from tests.support.drawing import saved, xlsx
from tests.support.returning import Round, edited
from tongbao.rounds.collect.arrivals import Unusable, is_nothing, other_form, unit_in
from tongbao.rounds.collect.returns import Return

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 |
| 第一次会议 |
| 1 | 修通东门大桥引道 | 县交通局 | 2022年4月底 | | |
| 2 | 清理青溪河道垃圾 | 县水利局 | 2022年4月底 | | |
| 3 | 安置旧城住户 | 县住建局、县民政局 | 2022年4月底 | | |
| 4 | 加固县城堤防 | 县水利局 | 2022年4月底 | | |
"""


@pytest.fixture(scope="module")
def sent() -> Round:
    return Round(xlsx(TABLE), meetings())


def lines(data: bytes) -> list[list[Any]]:
    """What is seen of a sheet, as it is copied with the mouse: a merged heading comes as one cell."""
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]


def pasted(data: bytes, *, without: tuple[int, ...] = ()) -> bytes:
    book = Workbook()
    for line in lines(data):
        book.worksheets[0].append([value for column, value in enumerate(line, 1) if column not in without])
    return saved(book)


def why(found: Return | Unusable) -> str:
    assert isinstance(found, Unusable)
    return found.why


@pytest.mark.parametrize("name", ["县水利局.xlsx", "水利局报送（终稿）.xlsx", "回复.xlsx"])
@pytest.mark.parametrize("without", [(), (7,)], ids=["with ids", "without ids"])
def test_a_sheet_pasted_into_a_new_book_is_taken(sent: Round, name: str, without: tuple[int, ...]) -> None:
    data = pasted(edited(sent.out["县水利局"], E3="清了两次", E4="加固百米"), without=without)
    found = sent.back(data, name)
    assert isinstance(found, Return)
    assert found.unit == "县水利局"
    merged, _ = sent.merge(data, names=(name,))
    assert sent.written(merged) == {"E4": "清了两次", "E6": "加固百米"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_saved_as_text_is_taken(sent: Round, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(lines(edited(sent.out["县水利局"], E3="清了两次")))
    merged, _ = sent.merge(text.getvalue().encode(encoding), names=("县水利局.csv",))
    assert sent.written(merged) == {"E4": "清了两次"}


def test_a_pasted_sheet_of_a_joint_item_needs_its_unit_in_the_name(sent: Round) -> None:
    data = pasted(edited(sent.out["县民政局"], E3="已签约"))
    assert "看不出是哪个单位退回的" in why(sent.back(data, "回复.xlsx"))
    assert "县住建局、县民政局" in why(sent.back(data, "回复.xlsx"))
    assert sent.written(sent.merge(data, names=("民政局.xlsx",))[0]) == {"E5": "已签约"}


def test_a_pasted_sheet_without_one_of_the_columns_is_refused_by_its_name(sent: Round) -> None:
    assert "找不到“完成时限”" in why(sent.back(pasted(sent.out["县水利局"], without=(4,)), "县水利局.xlsx"))


def test_a_pasted_sheet_of_an_earlier_period_is_known_by_the_progress_it_shows() -> None:
    head = "| 序号 | 交办事项 | 责任单位 | 上期进展 | 完成情况 | 备注 |\n"
    found = Round(xlsx(head + "| 1 | 修通引道 | 县交通局 | 二月情况 | | |\n"), meetings())
    old = pasted(edited(found.out["县交通局"], D2="一月情况", E2="二月情况"))
    merged, problems = found.merge(old, names=("县交通局.xlsx",))
    assert found.written(merged) == {}
    assert any("以前一期" in problem.message for problem in problems)


def test_a_unit_s_refused_file_is_no_silence(sent: Round) -> None:
    broken = edited(sent.out["县水利局"], E1="工作汇报")
    merged, problems = sent.merge(broken)
    assert merged.refused == {"县水利局": ("表头被改动，或删了列：找不到“完成情况”（退回0.xlsx）",)}
    assert "县水利局" not in merged.missing
    assert codes(problems)[0] == "return_header"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("县水利局回复.docx", "是 Word 文件"),
        ("县水利局.wps", "是 Word 文件"),
        ("水利局盖章.PDF", "是 PDF 或版式文件"),
        ("水利局.jpg", "是图片"),
        ("县水利局.rar", "是压缩包"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(sent: Round, name: str, told: str) -> None:
    found = other_form(name, sent.known)
    assert found is not None
    assert (found.why, found.unit) == (told, "县水利局")


def test_what_programs_leave_behind_is_nothing() -> None:
    assert all(map(is_nothing, ["~$县水利局.xlsx", ".~lock.县水利局.xlsx#", "Thumbs.db", ".DS_Store"]))
    assert not is_nothing("县水利局.xlsx")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("县农业农村局——台账.xlsx", "县农业农村局"),
        ("农业农村局.xlsx", "县农业农村局"),
        ("县农业局、县财政局.xlsx", ""),
        ("回复.xlsx", ""),
        ("卫健委报送（已审）.xlsx", "县卫健委"),
    ],
)
def test_the_unit_in_the_name_of_a_file(name: str, unit: str) -> None:
    assert unit_in(name, ["县农业局", "县农业农村局", "县财政局", "县卫健委"]) == unit
