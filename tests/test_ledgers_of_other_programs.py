"""A ledger in the format of another program goes the whole way: next period, sheets for the units, merge, problem list.

What it gives is compared with what the same ledger gives as .xlsx.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.folders import TEMPLATES
from tests.support.foreign import Rows
from tests.support.office import CONFIG, Office, command
from tests.support.other_forms import FORMS, as_xlsx, ods, open_table
from tongbao.excel.sheets import open_book
from tongbao.outside.converter import converted

HEAD = ["序号", "名称", "责任单位", "存在问题及交办事项", "承办单位", "完成时限", "完成情况", "备注", "通报简称"]
MEETING = ["2022年1月5日第一次会议决策事项"]
DAM = ["1", "金石水库加固", "县水利局", "完成大坝安全鉴定。", "青石镇", "2022年3月30日"]
HOUSES = ["2", "老旧小区改造", "县住房和城乡建设局", "完成二期施工招标。", "县财政局", "2022年2月20日"]
MONEY = ["3", "老旧小区改造", "县住房和城乡建设局", "落实配套资金。", "县财政局", ""]


def title(month: int) -> list[str]:
    return [f"决策事项台账（2022年{month}月）"]


JANUARY: Rows = [
    title(1),
    HEAD,
    MEETING,
    [*DAM, "正在编制鉴定报告。", "", "大坝鉴定"],
    [*HOUSES, "招标文件已经审定。", "", "二期招标"],
    [*MONEY, "=已列入预算草案", "", "配套资金"],
]
FEBRUARY: Rows = [
    title(2),
    HEAD,
    MEETING,
    [*DAM, "鉴定报告仍在修改。", "需加快推进", "大坝鉴定"],
    [*HOUSES, "中标结果已经公示。", "完成", "二期招标"],
    [*MONEY, "资金正在申请拨付。", "", "配套资金"],
]
FOLDER = "input/决策事项"


def office(folder: Path, form: str = "") -> Office:
    """An office that keeps its ledgers of two months in a form, .xlsx where none is named."""
    folder.mkdir()
    made = Office(folder, CONFIG)
    (folder / FOLDER).mkdir(parents=True)
    suffix, maker = FORMS[form] if form else (".xlsx", as_xlsx)
    for month, rows in enumerate((JANUARY, FEBRUARY), 1):
        (folder / FOLDER / f"台账2022-0{month}{suffix}").write_bytes(maker(rows))
    return made


def fill(path: Path, **texts: str) -> None:
    """Types progress and status into the rows of a ledger, by the text of the item: `进展 / 状态`."""
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(c.value == "完成情况" for c in row))
    columns = {cell.value: cell.column for cell in head}
    for item, text in texts.items():
        row = next(
            r for r in range(1, sheet.max_row + 1) if item in str(sheet.cell(r, columns["存在问题及交办事项"]).value)
        )
        for header, value in zip(("完成情况", "备注"), text.split(" / "), strict=False):
            sheet.cell(row, columns[header]).value = value
    book.save(path)


def texts(sheet: Any) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the screen says, without what is of the form of the file alone."""
    text = capsys.readouterr().out
    return [line for line in text.splitlines() if "另写" not in line and "已写出：/" not in line]


def carried(made: Office, capsys: pytest.CaptureFixture[str]) -> tuple[object, ...]:
    """generate → next → fill → generate → next: figures, papers and problems on the way."""
    first = made.run()
    figures = made.record("2022-02")["figures"]
    capsys.readouterr()
    assert command(made, "next") == 0, capsys.readouterr().out
    path = made.folder / FOLDER / "台账2022-03.xlsx"
    book = load_workbook(path)
    values, archive = texts(book.worksheets[0]), texts(book["销号"])
    lists = len(book.worksheets[0].data_validations.dataValidation)
    fill(path, 大坝="鉴定报告已经批复。 / 完成", 资金="资金拨付到位。 / ")
    capsys.readouterr()
    second = made.run()
    words = [line for line in said(capsys) if "xls" not in line]
    march = made.record("2022-03")["figures"]
    assert command(made, "next") == 0
    return first, figures, values, archive, lists, second, words, march, made.paper("2022-03")


@pytest.mark.parametrize("form", FORMS)
def test_the_next_period_is_that_of_the_same_ledger_as_xlsx(form, tmp_path, capsys):
    there = office(tmp_path / "there")
    here = office(tmp_path / "here", form)
    before = {path: path.read_bytes() for path in here.folder.glob(f"{FOLDER}/*")}
    assert carried(here, capsys) == carried(there, capsys)
    assert {path: path.read_bytes() for path in before} == before


def answered(made: Office, capsys: pytest.CaptureFixture[str]) -> tuple[object, ...]:
    """split → answer → merge in place → generate: what came of it on the way."""
    assert command(made, "split") == 0, capsys.readouterr().out
    sheets = {path.name: path for path in (made.output("2022-02") / "分发").glob("*.xlsx")}
    back = made.folder / FOLDER / "退回"
    back.mkdir()
    for name, path in sheets.items():
        shutil.copy(path, back / name)
    fill(back / "青石镇——台账2022-02.xlsx", 大坝="鉴定报告已经上报。 / 完成")
    fill(back / "县财政局——台账2022-02.xlsx", 资金="资金已到账。 / 正常推进")
    capsys.readouterr()
    assert command(made, "merge", "--apply") == 0, capsys.readouterr().out
    told = [line for line in said(capsys) if line.startswith(("退回", "逐格"))]
    there = sorted(path.name for path in (made.folder / FOLDER).iterdir() if path.is_file() and "2022-02" in path.name)
    rest = made.run()
    record = made.record("2022-02")["figures"]
    return sorted(sheets), told, there, rest, record, made.paper("2022-02")


@pytest.mark.parametrize("form", FORMS)
def test_what_the_units_answer_stands_in_the_ledger_as_in_xlsx(form, tmp_path, capsys):
    here, there = office(tmp_path / "here", form), office(tmp_path / "there")
    old = next((here.folder / FOLDER).glob("台账2022-02*"))
    before = old.read_bytes()
    assert answered(here, capsys) == answered(there, capsys)
    assert before in [path.read_bytes() for path in (here.folder / FOLDER / "备份").iterdir()]


# ---------------------------------------------------------------------------------------------- what is said, and when


@pytest.mark.parametrize("name", ["next", "split", "merge"])
def test_what_cannot_be_written_is_refused_in_one_line_before_anything_is_asked(name, tmp_path, capsys, monkeypatch):
    made = office(tmp_path / "here", "web page")
    monkeypatch.setattr("tongbao.excel.writing.afresh._MOST_CELLS", 10)
    monkeypatch.setattr("tongbao.run.cli.ask_text", lambda question: pytest.fail(question))
    monkeypatch.setattr("tongbao.run.cli.ask", lambda question, choices: pytest.fail(question))
    before = sorted(path for path in made.folder.rglob("*"))
    assert command(made, name) == 2
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  [")]
    assert len(lines) == 1
    assert "这本台账能读，但不能接着写：有内容的格或合并单元格太多" in lines[0]
    assert sorted(path for path in made.folder.rglob("*")) == before


@pytest.mark.parametrize(("name", "made"), [("next", "上期台账"), ("split", "台账"), ("merge", "台账")])
def test_the_other_format_is_told_in_one_line(name, made, tmp_path, capsys):
    here = office(tmp_path / "here", "Excel 95")
    if name == "merge":
        assert command(here, "split") == 0
        back = here.folder / FOLDER / "退回"
        shutil.copytree(here.output("2022-02") / "分发", back)
        (back / ".分发记录.json").unlink()
    capsys.readouterr()
    command(here, name)
    told = [line for line in capsys.readouterr().out.splitlines() if "另写" in line]
    assert len(told) == 1
    assert f"]{made}是 .xls，" in told[0]
    assert "按读到的内容另写成 .xlsx，原来的格式和公式没有保留" in told[0]


def test_the_problems_of_a_ledger_in_another_format_are_marked_in_its_cells(tmp_path):
    here = office(tmp_path / "here", "OpenDocument")
    here.run()
    (path,) = here.output("2022-02").glob("问题清单*.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["问题清单", "台账"]
    assert "县水利局" in book["台账"]["C4"].comment.text


def test_text_that_begins_like_a_formula_and_struck_words(tmp_path):
    here = office(tmp_path / "here", "CSV")
    struck = (
        "<table:table-cell table:style-name='s' office:value-type='string'><text:p>作废</text:p></table:table-cell>"
    )
    styles = (
        "<style:style style:name='s' style:family='table-cell'><style:text-properties "
        "style:text-line-through-style='solid' style:text-line-through-type='single'/></style:style>"
    )
    for path in (here.folder / FOLDER).glob("*.csv"):
        path.unlink()
    rows = [row if row[0] != "3" else [*row[:6], "=已列入预算", *row[7:]] for row in FEBRUARY]
    drawn = open_table(rows).replace("<table:table-row>", f"<table:table-row>{struck}", 1)
    (here.folder / FOLDER / "台账2022-02.ods").write_bytes(ods(drawn, styles=styles))
    assert command(here, "next") == 0
    sheet = load_workbook(here.folder / FOLDER / "台账2022-03.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "作废" not in [cell.value for cell in cells]
    (formula,) = [cell for cell in cells if cell.value == "=已列入预算"]
    assert formula.data_type != "f"


@pytest.mark.render
@pytest.mark.parametrize(("kind", "form"), [("key-projects", "xls"), ("rectification", "ods"), ("work-report", "xls")])
def test_a_sample_saved_in_another_format_is_carried_on_as_it_is(kind, form, tmp_path):
    """All sheets in sight of the next ledger say the same, amounts, percents, days and 销号 too."""
    found = []
    for suffix in ("xlsx", form):
        folder = tmp_path / suffix
        (folder / "input" / kind).mkdir(parents=True)
        config = f"{CONFIG.split('reports:')[0].split('units:')[0]}reports:\n  - {{name: {kind}, kind: {kind}, title: 通报}}\n"
        made = Office(folder, config)
        for path in (TEMPLATES / kind / "sample").glob("*.xlsx"):
            data = path.read_bytes()
            data = data if suffix == "xlsx" else converted(data, "xlsx", suffix) or b""
            (folder / "input" / kind / f"{path.stem}.{suffix}").write_bytes(data)
        before = set((folder / "input" / kind).iterdir())
        assert command(made, "next") == 0
        (new,) = (path for path in (folder / "input" / kind).iterdir() if path not in before and path.suffix == ".xlsx")
        book, _ = open_book(new)
        assert book is not None
        found.append((new.name, {sheet.name: sheet.texts() for sheet in book.sheets if not sheet.hidden}))
    assert found[1] == found[0]
