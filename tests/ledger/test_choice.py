"""Which sheet of a file holds the ledger, which one the closed items: `import` answers as a run does."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.drawing import xlsx
from tests.support.folders import TEMPLATES
from tests.support.office import CONFIG, Office, command
from tongbao.ledger.asked import plan
from tongbao.ledger.choice import is_closed
from tongbao.ledger.intake import newest_ledger

HEAD = "| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |\n"
WATER = HEAD + "| 1 | 新建云溪县第二水厂 | 县财政局 | 2022年12月底前 | 完成土建 | 正常推进 |"
RIVER = HEAD + "| 2 | 整治白塔河河道 | 县财政局 | 2022年12月底前 | 完成一期 | 正常推进 |"
DONE = HEAD + "| 1 | 修复石拱桥 | 青石镇 | 2022年1月底前 | 已通车 | 完成 |"
SECOND = "  - {name: 二组事项, kind: meeting-decisions, title: 关于二组事项的通报, sheet: 二组}\n"


def of_sheet(name: str) -> str:
    return CONFIG.replace("    opening", f"    sheet: {name}\n    opening")


def tasks(path: Path, sheet: str) -> list[str]:
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if "编号" in row)
    column = next(n for n, text in enumerate(rows[top]) if text and "交办事项" in str(text))
    return [str(row[column]) for row in rows[top + 1 :] if any(row)]


# ---------------------------------------------------------------------------------------------- read and brought in

FORMS = {
    "closed items beside it": (CONFIG, ["台账", "已完成"], [WATER, DONE], ["新建云溪县第二水厂"]),
    "closed items before it": (CONFIG, ["已办结事项", "台账"], [DONE, WATER], ["新建云溪县第二水厂"]),
    "two sheets of closed items": (CONFIG, ["台账", "销号", "办结"], [WATER, DONE, DONE], ["新建云溪县第二水厂"]),
    "a sheet for each month": (CONFIG, ["1月", "2月"], [WATER, RIVER], ["整治白塔河河道"]),
    "an empty form": (CONFIG, ["样表", "台账"], [HEAD.strip(), WATER], ["新建云溪县第二水厂"]),
    "the sheet is named": (of_sheet("二组"), ["台账", "二组"], [WATER, RIVER], ["整治白塔河河道"]),
    "the named sheet looks like one of closed items": (
        of_sheet("已完成"), ["台账", "已完成"], [WATER, RIVER], ["整治白塔河河道"],
    ),
    "all sheets": (of_sheet("全部"), ["台账", "二组"], [WATER, RIVER], ["新建云溪县第二水厂", "整治白塔河河道"]),
    "the only sheet speaks of closing": (CONFIG, ["整改销号台账"], [WATER], ["新建云溪县第二水厂"]),
    "all sheets but that of closed items": (
        of_sheet("全部"), ["台账", "二组", "销号"], [WATER, RIVER, DONE], ["新建云溪县第二水厂", "整治白塔河河道"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_a_run_reads_without_a_question_is_brought_in_without_one(tmp_path, form):
    config, names, tables, expected = FORMS[form]
    office = Office(tmp_path, config)
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(*tables, names=names))
    ledger = tmp_path / "input/决策事项/台账2022-02.xlsx"
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(source.read_bytes())
    assert office.run() == 0
    assert office.record("2022-02")["figures"]["open"] == len(expected)
    ledger.unlink()
    assert command(office, "import", str(source)) == 0
    (made,) = ledger.parent.glob("*.xlsx")
    (job,) = plan(office.config, TEMPLATES, [], None, None)
    newest, problems = newest_ledger(job)
    assert newest, problems
    assert [row.text for row in newest.ledger.rows] == expected
    assert newest.path == made


def test_of_two_reports_the_one_whose_sheet_it_has(tmp_path):
    office = Office(tmp_path, of_sheet("一组") + SECOND)
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(WATER, RIVER, names=["封面表", "二组"]))
    assert command(office, "import", str(source)) == 0
    (made,) = (tmp_path / "input/二组事项").glob("*.xlsx")
    assert tasks(made, "二组") == ["整治白塔河河道"]


def test_what_a_run_asks_is_asked(tmp_path, capsys):
    office = Office(tmp_path)
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(WATER, RIVER, names=["台账", "二组"]))
    assert command(office, "import", str(source)) == 2
    assert "有2张工作表都像台账：“台账”、“二组”" in capsys.readouterr().out


def test_closed_items_that_only_their_content_tells_are_not_taken_for_the_ledger(tmp_path):
    """The open items have headers of their own, the closed ones those of the kind."""
    foreign = WATER.replace("交办事项", "内容").replace("备注", "办理结果")
    office = Office(tmp_path)
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(foreign, DONE, names=["一览", "销号"]))
    assert command(office, "import", str(source)) == 0
    (made,) = (tmp_path / "input/决策事项").glob("*.xlsx")
    assert tasks(made, "台账") == ["新建云溪县第二水厂"]


def test_numbers_of_two_sheets_that_meet_in_one_are_told(tmp_path, capsys):
    office = Office(tmp_path, of_sheet("全部"))
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(WATER, RIVER.replace("| 2 |", "| 1 |"), names=["台账", "二组"]))
    assert command(office, "import", str(source)) == 0
    assert "与“台账”的第1项序号相同，接成一张表后会当作同一项" in capsys.readouterr().out


def test_a_sheet_of_closed_items_that_is_left_out_is_called_so(tmp_path, capsys):
    office = Office(tmp_path)
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(WATER, DONE, names=["台账", "已完成"]))
    command(office, "import", str(source))
    assert "是已办结事项的表，没有导入" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- written and read again


@pytest.mark.parametrize("name", ["二组", "销号台账", "全部", "主表/附表", "填表说明"])
def test_what_is_imported_or_new_is_a_ledger_that_a_run_can_read(tmp_path, name):
    """Ledgers of our own stand in the sheet that the settings name."""
    office = Office(tmp_path, of_sheet(name))
    source = tmp_path / "旧台账2022-02.xlsx"
    source.write_bytes(xlsx(WATER, names=["一览"]))
    assert command(office, "import", str(source)) == 0
    (made,) = (tmp_path / "input/决策事项").glob("*.xlsx")
    wanted = name if name in ("二组", "销号台账") else "台账"
    assert load_workbook(made).sheetnames[0] == wanted
    if wanted == name or name == "全部":
        assert office.run() == 0
    assert command(office, "new", "meeting-decisions", "-p", "2022-03") == 0
    (empty,) = (tmp_path / "input/决策事项").glob("*2022-03.xlsx")
    assert load_workbook(empty).sheetnames[0] == wanted


# ---------------------------------------------------------------------------------------------- closed or not


@pytest.mark.parametrize(
    ("name", "wanted", "closed"),
    [
        ("销号", "", True),
        ("2022年已销号事项", "", True),
        ("已完成", "", True),
        (" 办结 ", "", True),
        ("完成事项", "", True),
        ("台账", "", False),
        ("完成情况", "", False),
        ("未销号", "", False),
        ("待销号事项", "", False),
        ("应销号台账", "", False),
        ("办结情况", "", False),
        ("整改销号台账", "", True),
        ("整改销号台账", "整改销号台账", False),
        ("已完成", "台账", True),
    ],
)
def test_the_sheet_of_closed_items_is_known_by_its_name(name, wanted, closed):
    assert is_closed(name, wanted) is closed


@pytest.mark.parametrize("name", ["已完成", "办结", "已销号事项"])
def test_next_moves_rows_to_the_sheet_that_the_reader_takes_for_the_closed_ones(tmp_path, name):
    office = Office(tmp_path)
    path = tmp_path / "input/决策事项/台账2022-02.xlsx"
    path.parent.mkdir(parents=True)
    finished = HEAD + "| 1 | 新建云溪县第二水厂 | 县财政局 | | 已投产 | 完成 |\n" + RIVER.removeprefix(HEAD)
    path.write_bytes(xlsx(finished, DONE, names=["台账", name]))
    assert command(office, "next", "-p", "2022-03") == 0
    made = load_workbook(path.with_name("台账2022-03.xlsx"))
    assert made.sheetnames[:2] == ["台账", name]
    assert tasks(path.with_name("台账2022-03.xlsx"), name) == ["修复石拱桥", "新建云溪县第二水厂"]
