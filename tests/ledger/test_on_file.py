"""A ledger dropped on the icon: it is counted among the ledgers on file, under the report that can read it."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.drawing import xlsx
from tests.support.office import CONFIG, FEBRUARY, HEAD, JANUARY, Office
from tongbao.ledger.on_file import ledgers_in

OPEN = "| 1 | | | 修复青石桥。 | 县财政局 | 2022年12月底前 | 已开工。 | | |"
DONE = OPEN.replace("| | |", "| 完成 | |")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def desktop(tmp_path: Path) -> Path:
    folder = tmp_path / "桌面"
    folder.mkdir()
    return folder


def put(folder: Path, period: str, table: str) -> Path:
    """A ledger in a folder that is not that of its report."""
    path = folder / f"台账{period}.xlsx"
    path.write_bytes(xlsx(HEAD + table.strip()))
    return path


# ---------------------------------------------------------------------------------------------- two of one last day

TWICE = [
    ["2022-01", "2022-01（旧）", "2022-02"],  # which is the period before?
    ["2022-01", "2022-01-31", "2022-02"],
    ["2022-02-28", "2022-02"],  # neither is the period before the other
    ["2022-02", "2022-02-28"],
    ["2022-01", "2022-03", "2022-Q1"],
    ["2022-01", "2022年一季度", "2022-03-31"],
    ["2021-12", "2021年下半年", "2022-01", "2022-02"],  # older than the period before
    ["2022-01", "2022-02", "2022年2月（终稿）"],
]


@pytest.mark.parametrize("periods", TWICE, ids="、".join)
def test_two_ledgers_of_one_last_day_are_refused_however_the_run_is_begun(office, capsys, periods):
    for period in periods[:-1]:
        office.ledger(period, OPEN)
    last = office.ledger(periods[-1], DONE)
    for begun in ([], [str(last)]):
        assert office.run(*begun) == 1
        assert "同一期有2本台账：台账" in capsys.readouterr().out
        assert not list((office.folder / "output").rglob("*.docx"))


@pytest.mark.parametrize("periods", TWICE, ids="、".join)
def test_also_where_they_lie_on_the_desktop(office, desktop, capsys, periods):
    for period in periods[:-1]:
        put(desktop, period, OPEN)
    assert office.run(str(put(desktop, periods[-1], DONE))) == 1
    assert "同一期有2本台账：" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("on_file", "beside"), [("2022-01", "2022-01"), ("2022-01", "2022-01-31"), ("2022-Q1", "2022-03")]
)
def test_also_where_one_is_on_file_and_the_other_on_the_desktop(office, desktop, capsys, on_file, beside):
    office.ledger(on_file, OPEN)
    other = put(desktop, beside, DONE)
    assert office.run(str(put(desktop, "2022-05", DONE))) == 1
    assert f"同一期有2本台账：台账{on_file}.xlsx、{other}" in capsys.readouterr().out


def test_a_changed_copy_on_the_desktop_is_a_second_ledger_of_its_period(office, desktop, capsys):
    office.ledger("2022-02", OPEN)
    assert office.run(str(put(desktop, "2022-02", DONE))) == 1
    said = capsys.readouterr().out
    assert "同一期有2本台账：台账2022-02.xlsx、" in said
    assert "只留一本，其余移走；要用的那一本放进" in said


def test_two_dropped_at_once_from_two_folders(office, desktop, tmp_path, capsys):
    other = tmp_path / "U盘"
    other.mkdir()
    assert office.run(str(put(desktop, "2022-02", OPEN)), str(put(other, "2022-02-28", DONE))) == 1
    assert capsys.readouterr().out.count("同一期有2本台账") == 2


# ---------------------------------------------------------------------------------------------- what is counted


def counted(office: Office, period: str) -> tuple[str | None, int, int]:
    """The period before, what was closed before, what is newly completed."""
    record = office.record(period)
    figures = record["figures"]
    return (record["prior"] or {}).get("label"), figures["closed_before"], figures.get("newly_completed", -1)


def test_a_ledger_on_the_desktop_is_compared_with_the_earlier_ones_on_file(office, desktop, capsys):
    office.ledger("2022-01-19", JANUARY)
    assert office.run(str(put(desktop, "2022-02-07", FEBRUARY))) == 0
    assert counted(office, "2022-02-07") == ("2022年1月19日", 55, 1)
    assert f"以前各期用的是 {office.folder / 'input/决策事项'} 里的：台账2022-01-19.xlsx" in capsys.readouterr().out


def test_an_unchanged_copy_is_the_ledger_itself(office, desktop):
    office.ledger("2022-01-19", JANUARY)
    original = office.ledger("2022-02-07", FEBRUARY)
    copy = desktop / "台账2022年2月7日 - 副本.xlsx"
    copy.write_bytes(original.read_bytes())
    (desktop / "台账2022-01-19.xlsx").write_bytes((original.parent / "台账2022-01-19.xlsx").read_bytes())
    assert office.run(str(copy)) == 0
    assert counted(office, "2022-02-07") == ("2022年1月19日", 55, 1)


def test_without_ledgers_on_file_those_beside_it_are_the_earlier_ones(office, desktop):
    put(desktop, "2022-01-19", JANUARY)
    put(desktop, "2022-03-01", FEBRUARY)
    assert office.run(str(put(desktop, "2022-02-07", FEBRUARY))) == 0
    assert counted(office, "2022-02-07") == ("2022年1月19日", 55, 1)


def test_what_else_lies_on_the_desktop_is_left_alone_and_told(office, desktop, capsys):
    office.ledger("2022-01-19", JANUARY)
    (desktop / "通讯录.xlsx").write_bytes(xlsx("| 姓名 | 电话 |\n| 李某 | 123 |"))
    (desktop / "工资2022-01.xlsx").write_bytes(xlsx("| 姓名 | 应发 |\n| 李某 | 123 |"))
    (desktop / "~$别的表.xlsx").write_bytes(b"")
    assert office.run(str(put(desktop, "2022-02-07", FEBRUARY))) == 0
    assert counted(office, "2022-02-07") == ("2022年1月19日", 55, 1)
    said = capsys.readouterr().out
    assert "还有2个文件不像这份通报的台账，没有计入：通讯录.xlsx、工资2022-01.xlsx" in said
    assert "正在 Excel" not in said


def test_two_dropped_at_once_are_two_periods(office, desktop, tmp_path):
    other = tmp_path / "U盘"
    other.mkdir()
    assert office.run(str(put(other, "2022-01-19", JANUARY)), str(put(desktop, "2022-02-07", FEBRUARY))) == 0
    assert counted(office, "2022-01-19")[0] is None
    assert counted(office, "2022-02-07") == ("2022年1月19日", 55, 1)


def test_the_file_that_excel_leaves_while_a_ledger_is_open_is_no_ledger(office, capsys):
    office.ledger("2022-02-07", FEBRUARY)
    left = office.folder / "input/决策事项/~$台账2022-02-07.xlsx"
    left.write_bytes(b"")
    assert office.run(str(left)) == 1
    assert "临时文件" in capsys.readouterr().out


def test_links_lead_to_each_ledger_where_it_lies(office, desktop):
    office.ledger("2022-01-19", JANUARY)
    assert office.run(str(put(desktop, "2022-02-07", FEBRUARY))) == 0
    with ZipFile(office.output("2022-02-07") / "核对表.xlsx") as book:
        links = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".rels"))
    targets = {t for t in re.findall('Target="([^"]+)"', links) if "台账" in t}
    assert targets == {"../../../桌面/台账2022-02-07.xlsx", "../../../input/决策事项/台账2022-01-19.xlsx"}
    assert all((office.output("2022-02-07") / target).is_file() for target in targets)


# ---------------------------------------------------------------------------------------------- whose it is


def of_sheet(name: str) -> str:
    """The settings with the sheet of the ledger named."""
    return CONFIG.replace("kind: meeting-decisions", f"kind: meeting-decisions\n    sheet: {name}")


OTHER = "  - {name: 重点项目, kind: key-projects, title: 关于重点项目推进情况的通报}\n"
SAME = "  - {name: 另一份, kind: meeting-decisions, title: 关于另一份的通报}\n"
SECOND = "  - {name: 二组事项, kind: meeting-decisions, title: 关于二组事项的通报, sheet: 二组}\n"


def two_sheets(first: str = "台账", second: str = "二组") -> bytes:
    return xlsx(HEAD + OPEN, HEAD + DONE.replace("青石桥", "白塔桥"), names=[first, second])


@pytest.mark.parametrize(
    ("config", "sheets", "report", "rows"),
    [
        (of_sheet("台账") + OTHER, ("台账", "二组"), "决策事项", 1),
        (of_sheet("二组") + OTHER, ("台账", "二组"), "决策事项", 1),
        (of_sheet("全部") + OTHER, ("台账", "二组"), "决策事项", 2),
        (of_sheet("台账") + SAME, ("台账", "二组"), "决策事项", 1),
        (of_sheet("一组") + SECOND, ("台账", "二组"), "二组事项", 1),
        (CONFIG + OTHER, ("1月", "2月"), "决策事项", 1),  # that of the period in the file's name
        (of_sheet("已完成") + OTHER, ("台账", "已完成"), "决策事项", 1),
    ],
)
def test_the_report_is_the_one_that_can_read_it(tmp_path, desktop, config, sheets, report, rows):
    office = Office(tmp_path, config)
    ledger = desktop / "台账2022-02.xlsx"
    ledger.write_bytes(two_sheets(*sheets))
    assert office.run(str(ledger)) == 0
    assert office.record("2022-02", report)["figures"]["rows"] == rows


def test_of_two_reports_in_one_folder_the_one_that_can_read_it(tmp_path):
    shared = "    input: input/总台账\n"
    config = of_sheet("一组") + shared + SECOND.replace("sheet: 二组", "sheet: 二组, input: input/总台账")
    office = Office(tmp_path, config)
    ledger = office.folder / "input/总台账/台账2022-02.xlsx"
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(two_sheets())
    assert office.run(str(ledger)) == 0
    assert office.record("2022-02", "二组事项")["figures"]["rows"] == 1


def test_where_only_its_sheet_is_not_said_that_is_what_is_asked(tmp_path, desktop, capsys):
    office = Office(tmp_path, CONFIG + OTHER)
    ledger = desktop / "台账2022-02.xlsx"
    ledger.write_bytes(two_sheets())
    assert office.run(str(ledger)) == 1
    assert "有2张工作表都像台账：“台账”、“二组”" in capsys.readouterr().out


def test_a_ledger_of_two_reports_is_not_guessed(tmp_path, desktop, capsys):
    office = Office(tmp_path, CONFIG + SAME)
    assert office.run(str(put(desktop, "2022-02", OPEN))) == 2
    assert "不能断定 台账2022-02.xlsx 是哪份通报的台账" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_says_why(tmp_path, desktop, capsys):
    office = Office(tmp_path, CONFIG + OTHER)
    ledger = desktop / "台账2022-02.xlsx"
    ledger.write_bytes(b"PK\x03\x04" + bytes(80))
    assert office.run(str(ledger)) == 2
    assert "损坏" in capsys.readouterr().out


def test_a_period_beside_a_given_ledger_is_refused(tmp_path, capsys):
    office = Office(tmp_path)
    given = office.ledger("2022-02-07", FEBRUARY)
    assert office.run("-p", "2022-01", str(given)) == 2
    assert "指定了台账文件，又写了期次“2022-01”" in capsys.readouterr().out


def test_a_file_named_by_its_week_is_told_to_bear_a_date(tmp_path: Path) -> None:
    tmp_path.joinpath("台账2022年第20周.xlsx").write_bytes(b"")
    found, (problem,) = ledgers_in(tmp_path)
    assert (found, problem.code) == ([], "no_period")
    assert "第20周" in problem.message
    assert "2022-05-20" in problem.fix


def test_a_file_of_a_later_period_that_is_not_read_as_a_ledger_is_named(tmp_path: Path) -> None:
    names = [
        "台账2022-01.xlsx",
        "台账2022-02.numbers",
        "台账2022-02.slk",
        "台账2021-12.pdf",
        "会议照片.jpg",
        "~$台账2022-03.doc",
    ]
    for name in names:
        tmp_path.joinpath(name).write_bytes(b"")
    found, problems = ledgers_in(tmp_path)
    assert [one.path.name for one in found] == ["台账2022-01.xlsx"]
    (later,) = [p for p in problems if p.code == "later_unread"]
    assert later.message == (
        "最新一期按“台账2022-01.xlsx”算；期次更晚的2个文件不是能直接读的表格，没有读：台账2022-02.numbers、台账2022-02.slk"
    )
