"""An id once given in any ledger on file is never given again, wherever it stands and whoever gives the next one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.drawing import saved, workbook, xlsx
from tests.support.office import CONFIG, Office, command

HEAD = "| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 | 编号 |\n"
WATER = "| 1 | 新建云溪县第二水厂 | 县财政局 | 2022年12月底前 | 完成土建 | 正常推进 | {} |"
RIVER = "| 1 | 整治白塔河河道 | 县财政局 | 2022年12月底前 | 完成一期 | 正常推进 | {} |"
BRIDGE = "| 1 | 修复青石桥 | 青石镇 | 2022年11月底前 | 完成设计 | 正常推进 | |"
DONE = "| 1 | 修复石拱桥 | 青石镇 | 2022年1月底前 | 已通车 | 完成 | {} |"
GIVEN = "2022-007"


def hidden(state) -> bytes:
    book = workbook(HEAD + WATER.format("2022-001"), HEAD + RIVER.format(GIVEN), names=["台账", "旧台账"])
    sheet: Any = book["旧台账"]
    sheet.sheet_state = state
    return saved(book)


def ods(table: str, state: str = "") -> bytes:
    """An OpenDocument workbook with this table on its second sheet."""
    rows = [[c.strip() for c in line.strip("| ").split("|")] for line in table.splitlines()]
    drawn = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    names = {n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "table", "text", "style")}
    spaces = " ".join(f'xmlns:{n}="{uri}"' for n, uri in names.items())
    content = (
        f'<office:document-content {spaces}><office:automatic-styles><style:style style:name="a" style:family="table">'
        f'<style:table-properties table:display="{"false" if state else "true"}"/></style:style></office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="说明"/><table:table table:name="台账" table:style-name="a">'
        f"{drawn}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return buffer.getvalue()


def lines(*rows: str) -> str:
    return HEAD + "\n".join(rows)


ON_FILE: dict[str, Callable[[], dict[str, bytes]]] = {
    "the only sheet": lambda: {"台账2022-02.xlsx": xlsx(lines(WATER.format(GIVEN)))},
    "an older period": lambda: {"台账2021-11.xlsx": xlsx(lines(WATER.format(GIVEN)))},
    "the sheet of closed items": lambda: {
        "台账2022-02.xlsx": xlsx(lines(WATER.format("2022-001")), lines(DONE.format(GIVEN)), names=["台账", "销号"])
    },
    "closed items under another name": lambda: {
        "台账2022-02.xlsx": xlsx(
            lines(WATER.format("2022-001")), lines(DONE.format(GIVEN)), names=["台账", "已办结事项"]
        )
    },
    "a file that needs the sheet to be named": lambda: {
        "台账2022-02.xlsx": xlsx(lines(WATER.format(GIVEN)), lines(RIVER.format("")), names=["台账", "二组"])
    },
    "a sheet that is not read": lambda: {
        "台账2022-02.xlsx": xlsx(lines(WATER.format("2022-001")), lines(RIVER.format(GIVEN)), names=["台账", "二组"])
    },
    "a sheet of another layout": lambda: {
        "台账2022-02.xlsx": xlsx(
            lines(WATER.format("2022-001")), f"| 事项编号 | 说明 |\n| {GIVEN} | 已移交 |", names=["台账", "移交"]
        )
    },
    "a sheet without any header": lambda: {
        "台账2022-02.xlsx": xlsx(lines(WATER.format("2022-001")), f"| 水厂 | {GIVEN} |", names=["台账", "备查"])
    },
    "a hidden sheet": lambda: {"台账2022-02.xlsx": hidden("hidden")},
    "a sheet hidden so that Excel does not offer it": lambda: {"台账2022-02.xlsx": hidden("veryHidden")},
    "a ledger whose other rows have mistakes": lambda: {
        "台账2022-02.xlsx": xlsx(lines(WATER.format(GIVEN), "| 2 | 种树 | | | | 不认识的状态 | |"))
    },
    "a ledger without a column that it must have": lambda: {
        "台账2022-02.xlsx": xlsx(f"| 序号 | 编号 | 情况 |\n| 1 | {GIVEN} | 完成土建 |")
    },
    "a workbook whose name tells no period": lambda: {"台账（旧）.xlsx": xlsx(lines(WATER.format(GIVEN)))},
    "two ledgers of one period": lambda: {
        "台账2022-02.xlsx": xlsx(lines(WATER.format("2022-001"))),
        "台账2022-02（旧）.xlsx": xlsx(lines(WATER.format(GIVEN))),
    },
    "an .ods file": lambda: {"台账2022-02.ods": ods(lines(WATER.format(GIVEN)))},
    "a hidden sheet of an .ods file": lambda: {"台账2022-02.ods": ods(lines(WATER.format(GIVEN)), "hidden")},
    "a .csv file": lambda: {"台账2022-02.csv": f"序号,交办事项,编号\n1,新建云溪县第二水厂,{GIVEN}\n".encode("gb18030")},
    "written in full-width digits": lambda: {"台账2022-02.xlsx": xlsx(lines(WATER.format("２０２２－００７")))},
}


def office_with(tmp_path: Path, files: dict[str, bytes], config: str = CONFIG) -> Office:
    office = Office(tmp_path, config.replace("    opening", "    sheet: 台账\n    opening"))
    folder = tmp_path / "input/决策事项"
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return office


def ids_of(path: Path, sheet: str = "台账") -> list[str]:
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if "编号" in row)
    return [str(row[rows[top].index("编号")]) for row in rows[top + 1 :] if any(row)]


@pytest.mark.parametrize("where", ON_FILE)
def test_import_gives_none_that_is_on_file(tmp_path, where):
    office = office_with(tmp_path, ON_FILE[where]())
    source = tmp_path / "旧表2022-01.xlsx"
    source.write_bytes(xlsx(lines(BRIDGE)))
    assert command(office, "import", str(source)) == 0
    assert ids_of(tmp_path / "input/决策事项/决策事项台账2022-01.xlsx") == ["2022-008"]


def test_parts_of_an_item_go_on_after_those_on_file(tmp_path):
    """The office has ids of its own; what is imported brings the first part, its second one is new."""
    on_file = lines(WATER.format("JC-01"), RIVER.format("JC-01-b"))
    office = office_with(tmp_path, {"台账2022-02.xlsx": xlsx(on_file)})
    source = tmp_path / "旧表2022-01.xlsx"
    source.write_bytes(xlsx(lines(WATER.format("JC-01"), "| ^ | ^ | 青石镇 | ^ | 已开工 | 正常推进 | |")))
    assert command(office, "import", str(source)) == 0
    assert ids_of(tmp_path / "input/决策事项/决策事项台账2022-01.xlsx") == ["JC-01", "JC-01-c"]


READABLE = [
    *("a file that needs the sheet to be named", "a sheet that is not read", "a hidden sheet"),
    *("a sheet of another layout", "a sheet without any header", "the sheet of closed items"),
]


@pytest.mark.parametrize("where", READABLE)
def test_next_gives_none_that_is_on_file(tmp_path, where):
    office = office_with(tmp_path, ON_FILE[where]())
    newer = lines(WATER.format("2022-001"), BRIDGE.replace("1 |", "2 |", 1))
    (tmp_path / "input/决策事项/台账2022-03.xlsx").write_bytes(xlsx(newer))
    assert command(office, "next", "-p", "2022-04") == 0
    assert ids_of(tmp_path / "input/决策事项/台账2022-04.xlsx") == ["2022-001", "2022-008"]


@pytest.mark.parametrize("where", READABLE)
def test_split_gives_none_that_is_on_file(tmp_path, where):
    office = office_with(tmp_path, ON_FILE[where]())
    newer = lines(WATER.format("2022-001"), BRIDGE.replace("1 |", "2 |", 1))
    (tmp_path / "input/决策事项/台账2022-03.xlsx").write_bytes(xlsx(newer))
    assert command(office, "split") == 0
    (sent,) = (office.output("2022-03") / "分发").glob("青石镇*")
    assert ids_of(sent) == ["2022-008"]


@pytest.mark.parametrize("cell", ["2022-002、2022-007", "2022-007（原2022-004）", "2022-002⏎2022-007"])
def test_every_id_of_a_cell_counts(tmp_path, cell):
    office = office_with(tmp_path, {"台账2022-02.xlsx": xlsx(lines(WATER.format(cell)))})
    source = tmp_path / "旧表2022-01.xlsx"
    source.write_bytes(xlsx(lines(BRIDGE)))
    assert command(office, "import", str(source)) == 0
    assert ids_of(tmp_path / "input/决策事项/决策事项台账2022-01.xlsx") == ["2022-008"]


def test_an_id_in_a_remark_counts(tmp_path):
    remarked = WATER.format("2022-001").replace("完成土建", "完成土建，原编号2022-007并入", 1)
    assert "2022-007" in remarked
    office = office_with(tmp_path, {"台账2022-02.xlsx": xlsx(lines(remarked))})
    source = tmp_path / "旧表2022-01.xlsx"
    source.write_bytes(xlsx(lines(BRIDGE)))
    assert command(office, "import", str(source)) == 0
    assert ids_of(tmp_path / "input/决策事项/决策事项台账2022-01.xlsx") == ["2022-008"]


def test_the_ids_of_all_sheets_of_what_is_imported_count(tmp_path):
    office = office_with(tmp_path, {})
    source = tmp_path / "旧表2022-01.xlsx"
    book = workbook(HEAD + BRIDGE, HEAD + WATER.format(GIVEN), names=["台账", "旧台账"])
    book["旧台账"].sheet_state = "hidden"
    source.write_bytes(saved(book))
    assert command(office, "import", str(source)) == 0
    assert ids_of(tmp_path / "input/决策事项/决策事项台账2022-01.xlsx") == ["2022-008"]


def test_a_telephone_number_is_no_id(tmp_path):
    other = "| 联系人 | 电话 |\n| 李某 | 2022-87654321 |"
    files = {"台账2022-02.xlsx": xlsx(lines(WATER.format(GIVEN)), other, names=["台账", "联系人"])}
    office = office_with(tmp_path, files)
    source = tmp_path / "旧表2022-01.xlsx"
    source.write_bytes(xlsx(lines(BRIDGE)))
    assert command(office, "import", str(source)) == 0
    assert ids_of(tmp_path / "input/决策事项/决策事项台账2022-01.xlsx") == ["2022-008"]


def test_where_a_ledger_cannot_be_opened_nothing_is_imported(tmp_path, capsys):
    office = office_with(tmp_path, {"台账2022-02.xlsx": b"PK\x03\x04" + bytes(80)})
    source = tmp_path / "旧表2022-01.xlsx"
    source.write_bytes(xlsx(lines(BRIDGE)))
    assert command(office, "import", str(source)) == 2
    said = capsys.readouterr().out
    assert "“台账2022-02.xlsx”读不了（文件已损坏，读不完整），不知道里面用过哪些编号" in said
    assert len(list((tmp_path / "input/决策事项").iterdir())) == 1
